"""What a reader can find and point at: the data behind the search page and behind the cards at links.

Classic scripts beside the pages hold it, because ``fetch`` fails on ``file://``. ``_static/cards-data.js`` gives for
each claim its statement, verdict and denial and for each term of the glossary its gloss; a page loads it when a reader
first points at such a link. ``_static/search-data.js`` holds what else the search page finds, but for evidence and
publications: these weigh three times as much and come after the first answer, in ``_static/search-evidence.js``.
``_static/checked-data.js`` is what a sentence that a reader pastes is held against, loaded when one is;
``_static/copy-TEXT.js`` is what a copy of a text is compared with, loaded when one is given.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from claimbook.exchange.published import claim_path
from claimbook.model import ids
from claimbook.site import folding, speech
from claimbook.view import palette

CARDS = "_static/cards-data.js"
SEARCH = "_static/search-data.js"
EVIDENCE = "_static/search-evidence.js"
CHECKED = "_static/checked-data.js"

GROUPS = {
    "actors": ("Names", "Name"),
    "claims": ("Claims", "Claim"),
    "quantities": ("Quantities", "Quantity"),
    "events": ("Events", "Event"),
    "terms": ("Glossary", "Term"),
    "charts": ("Charts", "Chart"),
    "sections": ("Pages and sections", "Section"),
    "evidence": ("Evidence", "Evidence"),
    "publications": ("Publications and data sets", "Publication"),
}
"""The sorts of what is found, in the order in which the search page shows them, with the word for one of each."""

BEARS = {
    verdict: [palette.STANCES[stance] for stance in stances]
    for verdict, stances in {
        "supported": ("supports", "admits", "supports_part"),
        "partly_supported": ("supports_part", "qualifies", "supports", "admits"),
        "contradicted": ("contradicts",),
        "disputed": ("contradicts", "supports", "qualifies"),
        "not_established": ("not_verified", "supports", "contradicts", "supports_part", "qualifies"),
    }.items()
}
"""Per verdict the stances of the evidence that says most of why it is so, as they are shown."""

HEAVY = ("evidence", "publications")
"""Those that come after the first answer."""


@dataclass
class Found:
    """All that can be found.

    Attributes
    ----------
    claims : dict of str to tuple of six str
        Per claim_id: statement, verdict (a key of :data:`claimbook.view.palette.VERDICTS`), the reason where it cannot
        be checked, who denies it, why the verdict is so, which part holds ("" where the book does not say).
    actors : dict of str to str
        Per actor_id: every spelling of the name.
    groups : dict of str to list of tuple
        Per group, in order of the book, entries of (id, address, text shown, text shown below it, further words that
        find it, ids of the actors in it, id of the claim that it is, is on or is told in, a verdict of its own, ids of
        the texts that it is about). What a section says has a line for each of its paragraphs. What is on a claim is
        about the claim's text.
    texts : dict of str to tuple
        Per text how a reader may call it, of :func:`claimbook.site.things.called`.
    nearest : dict
        What a sentence is held against, of :func:`claimbook.site.nearest.index`; empty where there are no claims.
    copies : dict of str to dict
        Per text what a copy of it is compared with, of :func:`claimbook.view.own_copy.known`.
    """

    claims: dict[str, tuple[str, str, str, str, str, str]] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    groups: dict[str, list[tuple]] = field(default_factory=lambda: {group: [] for group in GROUPS})
    texts: dict[str, tuple] = field(default_factory=dict)
    nearest: dict = field(default_factory=dict)
    copies: dict[str, dict] = field(default_factory=dict)

    def add(self, group, name, address, text, below="", words="", actors=(), claim="", verdict="", texts=()):
        """Add an entry to a group."""
        self.groups[group].append((name, address, text, below, words, tuple(actors), claim, verdict, tuple(texts)))


def on_page(found: Found, page) -> None:
    """Add the sections, charts and terms of a finished page to what can be found.

    Parameters
    ----------
    found : Found
        Gets the entries.
    page : claimbook.site.finish.Page
        A page of the book.
    """
    article = page.soup.find("article")
    if article is None or article.find("h1") is None:
        return
    title = heading_text(article.find("h1"))
    texts = _about(article)
    for section in article.find_all("section", id=True):
        head = section.find(["h1", "h2", "h3", "h4"], recursive=False)
        if head is None:
            continue
        if SENTENCES & {*section.get("class", ())}:
            continue
        words = "\n".join(_paragraphs(section))
        below = "" if head.name == "h1" else title
        address = f"{page.name}#{section['id']}"
        found.add("sections", section["id"], address, heading_text(head), below, words, texts=texts)
    for figure in article.find_all("figure", id=True):
        if caption := figure.select_one(".cb-title > span"):
            text = figure.find("figcaption").find("p")
            words = text.get_text(" ") if text else ""
            address = f"{page.name}#{figure['id']}"
            shown = " ".join(caption.get_text().split())
            found.add("charts", figure["id"], address, shown, title, words, texts=texts)
    for name, term, gloss, _ in terms(page):
        found.add("terms", name, f"{page.name}#{name}", term, gloss)


TOLD = ("p", "li", "dt", "dd", "caption")
"""What a section says in words, wherever an output puts it."""

SENTENCES = {"cb-sentence"}
"""What lists claims one by one, which are found as such."""

ASIDE = {"glossary", "cb-openings", "cb-cards", "cb-walk", "cb-chart", "cb-form", "cb-squares", "cb-holds", "cb-rows"}
"""What a section shows that is found by itself, or is no words of its own."""


def _told(section):
    """Yield what stands in a section in words, and in no section within it nor in what is found by itself."""
    for part in section.find_all(TOLD):
        for around in part.parents:
            if around is section:
                yield part
                break
            if around.name in (*TOLD, "section", "details", "form", "figure") or ASIDE & {*around.get("class", ())}:
                break


MOSTLY = 0.75
"""So much of the claims to which a page leads must be of one text for the page to be about it."""


def _about(article):
    """Return the text whose claims a page leads to, if nearly all are of one."""
    claims = {ids.claim_named(urlsplit(link["href"]).fragment) for link in article.find_all("a", href=True)} - {""}
    of = Counter(map(ids.text_of, claims))
    return [text for text, times in of.items() if times >= MOSTLY * of.total()]


TRY = "Try:"
"""How a paragraph begins that says what to change in a notebook: it tells nothing of a subject."""


def _paragraphs(section):
    """Yield what a section says, a paragraph at a time; what stands in a list of terms is one, each after its label."""
    terms = []
    for part in _told(section):
        said = _sentence(part, part.name == "dt")
        if said.startswith(TRY):
            continue
        if part.name in ("dt", "dd"):
            terms.append(said)
            continue
        if terms:
            yield " ".join(terms)
            terms = []
        yield said
    if terms:
        yield " ".join(terms)


ENDED = re.compile(r"[.!?:…][)”’\"]*(?:\s*\([^()]*\))?$")
"""How what is whole ends: with a stop, after which a remark in brackets may stand."""


def _sentence(part, label=False):
    """Return what a part says in the open; what has no stop gets one, a label a colon."""
    said = (text for text in part.find_all(string=True) if not text.find_parent("details"))
    told = re.sub(r"\s+(?=[,.;:)])|(?<=\()\s+", "", " ".join(" ".join(said).split()))
    return told if not told or ENDED.search(told) else f"{told}{':' if label else '.'}"


def heading_text(head):
    """Return a heading's text without the link to itself."""
    return " ".join("".join(t for t in head.find_all(string=True) if t.parent.name != "a").split())


def terms(page):
    """Return the terms of a page's glossary: id, term, gloss (the first paragraph of its entry), its other forms."""
    out = []
    for entry in page.soup.select("dl.glossary > dd"):
        heads, before = [], entry.find_previous_sibling()
        while before is not None and before.name == "dt":
            heads.insert(0, before)
            before = before.find_previous_sibling()
        gloss = " ".join(entry.find("p").get_text().split())
        forms = [heading_text(head) for head in heads]
        out.append((heads[0]["id"], forms[0], gloss, forms[1:]))
    return out


def cards_script(found: Found, glosses: dict[str, list[str]]) -> str:
    """Return the script that gives pages the claims and the terms: ``claimbookCards``."""
    data = {"verdicts": verdict_words(), "claims": found.claims, "terms": glosses}
    return f"window.claimbookCards={compact(data)};\n"


def search_scripts(found: Found) -> tuple[str, str]:
    """Return the scripts that give the search page what it finds: ``claimbookSearch``, ``claimbookEvidence``.

    The texts of claims are in the script of the cards.
    """
    number = {actor: n for n, actor in enumerate(found.actors)}
    text = {source_id: n for n, source_id in enumerate(found.texts)}
    light, heavy = [], []
    for group, (label, one) in GROUPS.items():
        rows = []
        for name, address, shown, below, words, actors, claim, verdict, texts in found.groups[group]:
            about = [text[of] for of in texts if of in text]
            row = [name, address, shown, below, words, [number[a] for a in actors], claim, verdict, about]
            while not row[-1]:
                row.pop()
            rows.append(row)
        (heavy if group in HEAVY else light).append([group, label, rows, one])
    data = {"rules": folding.RULES | speech.RULES, "actors": list(found.actors.values()), "groups": light}
    data |= {"texts": list(found.texts.values()), "bears": BEARS}
    return f"window.claimbookSearch={compact(data)};\n", f"window.claimbookEvidence={compact(heavy)};\n"


def checked_script(found: Found) -> str:
    """Return the script that gives the search page what a sentence is held against: ``claimbookNearest``."""
    return f"window.claimbookNearest={compact(found.nearest)};\n"


def copy_scripts(found: Found) -> dict[str, str]:
    """Return, by path, the scripts that give pages what a copy of a text is compared with: ``claimbookCopy``."""
    common = {"verdicts": verdict_words(), "page": claim_path("*")}
    return {
        f"_static/copy-{s}.js": f"window.claimbookCopy={compact(known | common)};\n"
        for s, known in found.copies.items()
    }


def verdict_words():
    """Return per verdict its glyph and its word."""
    return {verdict: [palette.VERDICT_GLYPHS[verdict], word] for verdict, word in palette.VERDICTS.items()}


def compact(data):
    """Return JSON that is a JavaScript expression."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def misplaced(found: Found, anchors):
    """Yield what is wrong with the addresses: pages and anchors that the book does not have.

    Parameters
    ----------
    found : Found
        What can be found.
    anchors : dict of str to set of str
        The ids of every page by its path within the book.
    """
    for group, entries in found.groups.items():
        for name, address, *_ in entries:
            parts = urlsplit(address)
            ids = anchors.get(parts.path)
            if ids is None or (":" not in parts.fragment and parts.fragment not in ids):
                yield f"search: {group} {name} leads to {address}, where nothing has that id"
