"""The step after Sphinx: pages without what they do not use, under a policy that lets nothing else in."""

import posixpath
import re
import shutil
from urllib.parse import unquote, urlsplit

import tinycss2

from claimbook.site import STATIC, find, fingerprint, glosses, light, publish
from claimbook.site.icons import Icons
from claimbook.site.page import PROPERTY, STYLE, Page, finished, resolve

# Fetched by a script, or by those who link to the book: no page names them as its own.
UNNAMED = ("_static/plotly.min.js", find.CARDS, find.SEARCH, find.EVIDENCE, find.CHECKED, publish.PREVIEW)
OWN = {f"_static/{path.name}" for path in STATIC.glob("*.js")}
"""The scripts of this package."""
URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<address>.*?)(?P=quote)\s*\)""")
GLOSSARY = re.compile(r'<dl class="[^"]*glossary')
WRAPPED = re.compile(r"\s*\n\s*")
NAME = re.compile(r"-?[A-Za-z_][\w-]*")


class BookError(Exception):
    """A built book that must not be published; the message lists every fault with its page."""


def finish(raw, book, kept, found=None, claims=None):
    """Write the finished book of what Sphinx wrote.

    Parameters
    ----------
    raw : Path
        The folder that Sphinx wrote; it stays as it is.
    book : Path
        The new folder.
    kept : claimbook.site.kept.Kept
        Results of earlier builds.
    found : claimbook.site.find.Found, optional
        What of the ledger can be found; what the pages hold is added to it.
    claims : dict of str to str, optional
        The pages of claims, as :func:`claimbook.site.claim_pages.pages` gives them.

    Raises
    ------
    BookError
        If a link within the book leads nowhere, something is loaded from another host, or two pages describe
        themselves alike.
    """
    found = found or find.Found()
    paths = sorted(path for path in raw.rglob("*") if path.is_file())
    files = [path.relative_to(raw).as_posix() for path in paths if path != raw / ".buildinfo"]
    texts = {
        name: (raw / name).read_text(encoding="utf-8")
        for name in files
        if name.endswith(".html") and "_static" not in name.split("/")
    }
    small = {name: texts.pop(name) for name in [*texts] if light.is_leaf(texts[name])}
    if claims:
        small = {name: light.led(text) for name, text in small.items()} | claims
    place = next((name for name, text in texts.items() if GLOSSARY.search(text)), "")
    terms = kept.once(lambda: find.terms(Page.read(place, texts[place])), "terms", texts[place]) if place else ()
    glossary = glosses.Glossary(place, terms)
    pages = finished(texts, glossary, kept, bool(claims))
    pages += light.finished(small, {*files}, kept)
    for page in pages:
        for group, entries in page.groups.items():
            found.groups[group] += entries
    sheets = [*dict.fromkeys(sheet for page in pages for sheet in page.sheets)]
    names = {name for page in pages for name in page.names}
    scripted = words_of_scripts(pages, raw)
    properties = {name for page in pages for name in page.properties}
    asked = " ".join((fingerprint(raw / "_static"), *sheets, *sorted(names | scripted), *sorted(properties)))
    style = kept.once(lambda: join_styles(sheets, names, scripted, properties, raw), "style", asked)
    anchors = {page.name: {*page.ids} for page in pages}
    faults = [*check(pages, {*files, *anchors, STYLE}), *find.misplaced(found, anchors)]
    faults += described_alike(pages)
    if faults:
        raise BookError("\n".join(faults))
    first, later = find.search_scripts(found)
    made = {STYLE: style, find.CARDS: find.cards_script(found, glossary.glosses), find.SEARCH: first}
    made |= {find.EVIDENCE: later, find.CHECKED: find.checked_script(found)} | find.copy_scripts(found)
    made |= {page.name: page.text for page in pages}
    shown = in_use(pages, style)
    for name in files:
        if name not in made and (name in shown or "_static" not in name.split("/")):
            (book / name).parent.mkdir(parents=True, exist_ok=True)
            if name in OWN:
                made[name] = lean((raw / name).read_text(encoding="utf-8"))
            else:
                shutil.copyfile(raw / name, book / name)
    for name, text in made.items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text(text, encoding="utf-8")


def lean(script):
    """Return one of our scripts without the lines that only people read, and without indentation."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def join_styles(sheets, names, scripted, properties, book):
    """Return one style sheet with the rules that some page or script of the book can use.

    Parameters
    ----------
    sheets : iterable of str
        Paths within the book of the style sheets, in the order in which pages load them.
    names, scripted, properties : set of str
        The names that occur in pages, the words of their scripts, and the custom properties that the pages read.
    book : Path
        The folder of what Sphinx wrote.
    """
    used, kept = names | scripted, []
    for first in sheets:
        for sheet, rule in rules_of(first, book):
            text = keep(rule, used)
            kept.append(URL.sub(lambda match, sheet=sheet: relocate(match, sheet), text))
    return drop_unread_properties(Icons.read().mask("\n".join(filter(None, kept)), scripted), properties)


def rules_of(sheet, book):
    """Yield the rules of a style sheet and of those it imports, each with the sheet it stands in."""
    text = (book / sheet).read_text(encoding="utf-8")
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            address = next(token.value for token in rule.prelude if token.type in ("string", "url"))
            yield from rules_of(resolve(address, sheet), book)
        else:
            yield sheet, rule


def words_of_scripts(pages, book):
    """Return every word of the scripts that the pages load."""
    scripts = {script for page in pages for script in page.scripts}
    return {word for script in scripts for word in NAME.findall((book / script).read_text(encoding="utf-8"))}


def keep(rule, used):
    """Return the text of a rule without the selectors that nothing matches; empty where none is left."""
    if rule.type == "qualified-rule":
        selectors = [part for part in split(rule.prelude) if possible(part, used)]
        body = WRAPPED.sub(" ", tinycss2.serialize(rule.content).strip())
        return f"{','.join(map(text_of, selectors))}{{{body}}}" if selectors and body else ""
    if rule.type != "at-rule":
        return ""
    if rule.content is None or rule.lower_at_keyword not in ("media", "supports", "layer"):
        return rule.serialize()
    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
    body = "\n".join(filter(None, (keep(one, used) for one in inner)))
    return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{\n{body}\n}}" if body else ""


def split(prelude):
    """Split a list of selectors at its commas."""
    parts = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def text_of(selector):
    """Return a selector's text on one line."""
    return " ".join(tinycss2.serialize(selector).split())


def possible(selector, used):
    """Tell whether every name that a selector asks for occurs in the book."""
    after_colon = False
    for token in selector:
        if token.type == "ident" and not after_colon and token.value not in used:
            return False
        if token.type == "hash" and token.value not in used:
            return False
        if token.type == "[] block" and token.content[0].value not in used:
            return False
        after_colon = token == ":"
    return True


def relocate(match, sheet):
    """Return a ``url()`` of `sheet` as seen from the joined style sheet."""
    if match["address"].startswith("data:"):
        return match[0]
    return f"url({posixpath.relpath(resolve(match['address'], sheet), posixpath.dirname(STYLE))})"


def drop_unread_properties(text, properties):
    """Drop custom properties that no rule and no page reads; our own stay, because our script reads them."""
    declaration = re.compile(r"""(?<=[{;\s])(--[\w-]+)\s*:(?:"[^"]*"|'[^']*'|[^;{}"'])*(?:;|(?=\}))""")
    before = None
    while before != text:
        before = text
        read = properties.union(re.findall(PROPERTY, text))
        text = declaration.sub(lambda m, read=read: m[0] if m[1] in read or m[1].startswith("--cb-") else "", text)
    return text


def in_use(pages, style):
    """Return the paths of the files that a page, its style or a script names."""
    addresses = [match["address"] for match in URL.finditer(style) if not match["address"].startswith("data:")]
    return {*UNNAMED, *(name for page in pages for name in page.files), *(resolve(a, STYLE) for a in addresses)}


def check(pages, files):
    """Yield what is wrong with pages: links within the book that lead nowhere, things loaded from outside.

    Parameters
    ----------
    pages : list of claimbook.site.page.Finished
        All pages.
    files : set of str
        Paths of all files of the book.
    """
    anchors = {page.name: {*page.ids} for page in pages}

    def placed(page, tag, address):
        # A link within a page hangs on it, any other on its folder alone: pages of one share most of theirs.
        within = tag == "a" and address.startswith(("#", "?"))
        return page.name if within else posixpath.join(posixpath.dirname(page.name), ""), tag, address

    asked = dict.fromkeys(placed(page, *link) for page in pages for link in page.links)
    faults = {link: _fault(*link, files, anchors) for link in asked}
    for page in pages:
        yield from (f"{page.name}: {fault}" for link in page.links if (fault := faults[placed(page, *link)]))


def _fault(place, tag, address, files, anchors):
    """Return what is wrong with a link of the page or folder `place`; empty where nothing is."""
    parts = urlsplit(address)
    if tag != "a":
        outside = parts.netloc or parts.scheme not in ("", "data")
        return f"loads {address} from elsewhere" if outside else ""
    if parts.scheme in ("http", "https", "mailto"):
        return ""
    target = resolve(address, place) if parts.path else place
    if parts.scheme or parts.netloc or target not in files:
        return f"link to {address} leads nowhere"
    # "#name:…" is the state of a filter, not a place
    if parts.fragment and ":" not in parts.fragment and unquote(parts.fragment) not in anchors.get(target, ()):
        return f"link to {address}, where nothing has that id"
    return ""


def described_alike(pages):
    """Yield the pages that have the description of an earlier one."""
    seen = {}
    for page in pages:
        if page.description and seen.setdefault(page.description, page.name) != page.name:
            yield f"{page.name}: its first sentence, which describes it, is that of {seen[page.description]}"
