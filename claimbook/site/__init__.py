"""The Sphinx extension of the book: what its pages need beyond the theme.

It stands beside the chapters: it renders their outputs and is never imported by them. ``python -m claimbook.site``
builds the book with it; ``jupyter-book build`` works too, without the finishing step.

Python imports this package before the command line runs. So what brings pandas is imported where it is used: nobody
waits a second for a wrong argument, or gets a traceback for pressing Ctrl-C in that second.
"""

import hashlib
import re
import shutil
import time
from html import unescape
from pathlib import Path

import plotly
from docutils import nodes
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset_file

import claimbook
from claimbook.site import openings, publish
from claimbook.site.launch import add_forms, add_launch

logger = logging.getLogger(__name__)

PACKAGE = Path(claimbook.__file__).parent
SITE = Path(__file__).parent
STATIC = SITE / "static"
CHARTS = "charts"
"""The folder of the book with the table of each chart."""
TOKENS = "tokens.css"
"""The style sheet with the colours, made of :data:`claimbook.view.palette.TOKENS`."""
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

# What a page without scripts has instead: no dead form, and every chart's table open.
# Where a browser refuses storage, as in a sandboxed frame or with cookies switched off, asking for it is an error on
# which the scripts of the theme would end: there, what they keep is kept for the visit. First of all scripts.
STORAGE = """<script>
for (const name of ["localStorage", "sessionStorage"]) {
  try {
    const probe = "claimbook";
    window[name].setItem(probe, "");
    window[name].removeItem(probe);
  } catch {
    const kept = new Map();
    Object.defineProperty(window, name, { configurable: true, value: {
      get length() { return kept.size; },
      key: (n) => [...kept.keys()][n] ?? null,
      getItem: (key) => kept.get(`${key}`) ?? null,
      setItem: (key, value) => { kept.set(`${key}`, `${value}`); },
      removeItem: (key) => { kept.delete(`${key}`); },
      clear: () => kept.clear(),
    } });
  }
}
</script>"""

WITHOUT_SCRIPTS = (
    "<noscript><style>.cb-js,.sidebar-toggle,.btn-fullscreen-button{display:none!important}"
    "@media screen{div.cell details.above-input{display:block!important}}"
    ".cb-data::details-content{content-visibility:visible;block-size:auto}</style></noscript>"
)


def setup(app):
    """Register the extension with Sphinx."""
    # A page is rendered anew when the code that renders it has changed.
    app.add_config_value("claimbook_site", fingerprint(SITE), "env", str)
    app.add_config_value("claimbook_progress", False, "", bool)
    app.add_config_value("claimbook_cache", "", "", str)
    app.add_config_value("claimbook_cited", {}, "", dict)
    app.add_config_value("claimbook_moved", {}, "html", dict)
    app.connect("config-inited", configure)
    app.connect("builder-inited", replace_search)
    app.connect("builder-inited", write_tokens)
    app.connect("env-get-outdated", changed_sources)
    app.connect("env-purge-doc", forget_page)
    app.connect("source-read", note_start)
    app.connect("doctree-read", note_end)
    app.connect("doctree-read", note_tables)
    app.connect("doctree-read", note_figures)
    app.connect("doctree-read", note_leaves)
    app.connect("env-updated", note_version)
    app.connect("env-updated", pages_to_write)
    openings.setup(app)
    app.connect("doctree-resolved", tell_notices)
    app.connect("doctree-resolved", add_launch)
    app.connect("doctree-resolved", add_forms)
    app.connect("html-page-context", add_head)
    app.connect("html-collect-pages", own_pages)
    app.connect("build-finished", copy_plotly)
    app.connect("build-finished", copy_preview)
    app.connect("build-finished", write_tables)
    app.connect("build-finished", write_leaves)
    app.connect("build-finished", write_map)
    app.connect("build-finished", write_downloads)
    app.add_css_file(TOKENS, priority=899)
    app.add_css_file("claimbook.css", priority=900)
    app.add_css_file("finding.css", priority=901)
    app.add_js_file("claimbook.js", loading_method="defer")
    app.add_js_file("finding.js", loading_method="defer")
    app.add_js_file("search.js", loading_method="defer")
    app.add_js_file("checked.js", loading_method="defer")
    app.add_js_file("exercise.js", loading_method="defer")  # kept on pages that hold an exercise
    app.add_js_file("copy.js", loading_method="defer")
    app.add_js_file("audit.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def fingerprint(*paths, without=()):
    """Return a hash of files and folders: of relative names and contents, not of times or places.

    Parameters
    ----------
    *paths : Path
        Files or folders; what does not exist counts as empty.
    without : sequence of Path
        Files and folders to leave out.
    """
    return hashlib.sha256("".join(digests(*paths, without=without).values()).encode()).hexdigest()[:16]


def digests(*paths, without=()):
    """Return per file what tells it from others, its relative name, size and content; parameters as before."""
    left, found = {*without}, {}
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix == ".pyc" or not left.isdisjoint((file, *file.parents)) or not file.is_file():
                continue
            content = file.read_bytes()
            known = f"{file.relative_to(path.parent).as_posix()}\0{len(content)}\0".encode() + content
            found[file] = hashlib.sha256(known).hexdigest()
    return found


def cache_key(source):
    """Return a hash of all that a notebook of the book in `source` computes from besides its own cells."""
    from claimbook.exchange.published import base_url
    from claimbook.model.ledger import BESIDE, folder_of

    data = data_of(source)
    results = source / "benchmarks" / "results"
    # Notebooks chart what was measured of builds; what was measured of pages stands in `benchmarks/README.md` alone.
    unread = [SITE, results / "pages.csv", results / "binder.csv"]
    own = (folder_of(data, name) for name in BESIDE)
    computed = fingerprint(data, *own, PACKAGE, results, source / "requirements.txt", without=unread)
    return hashlib.sha256(f"{computed}\0{base_url(data)}".encode()).hexdigest()[:16]


def data_of(source):
    """Return the data folder of the book in `source`."""
    from claimbook.model.settings import Settings

    return Settings.read().data or source / "data"


def configure(app, config):
    """Give notebooks a cache that goes stale with what they compute from, and pages our own files."""
    known = config.claimbook_cache or Path(app.outdir).parent / "cache" / cache_key(Path(app.srcdir))
    config.nb_execution_cache_path = str(known)
    config.html_static_path.append(str(STATIC))
    config.html_favicon = config.html_favicon or str(STATIC / "favicon.svg")
    config.html_baseurl = publish.base_url(config.html_baseurl)


def replace_search(app):
    """Keep Sphinx from indexing words for a search that finds nothing but pages; ours is in :mod:`.find`."""
    app.builder.search = False


def write_tokens(app):
    """Write the style sheet with the colours of text and charts."""
    from claimbook.view import palette

    if app.builder.format == "html":
        folder = Path(app.outdir, "_static")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / TOKENS).write_text(palette.styles(), encoding="utf-8")


def note_start(app, docname, source):
    """Begin a page's line of progress."""
    if app.config.claimbook_progress:
        app.env.temp_data["claimbook_start"] = time.time()
        print(f"  {docname} … ", end="", flush=True)


def note_end(app, doctree):
    """Forget a notebook's widget state, which only a kernel could use, and end its line of progress."""
    page = getattr(app.env, "nb_metadata", {}).get(app.env.docname, {})
    page.get("js_files", {}).pop("ipywidgets_state", None)
    if app.config.claimbook_progress:
        start = app.env.temp_data["claimbook_start"]
        run = page.get("exec_data") or {"mtime": 0, "succeeded": True}
        what = "read" if run["mtime"] < start else "executed" if run["succeeded"] else "failed"
        print(f"{what} in {time.time() - start:.1f} s", flush=True)


def note_version(app, env):
    """Find out version and year that citations of the pages carry."""
    app.config.claimbook_cited = app.config.claimbook_cited or publish.cited_as(data_of(Path(app.srcdir)))


def changed_sources(app, env, added, changed, removed):
    """Return the pages whose source is not what it was; a file that was put back may be older than its page."""
    before, env.claimbook_sources = getattr(env, "claimbook_sources", {}), {}
    for name in env.found_docs:
        env.claimbook_sources[name] = hashlib.sha256(Path(env.doc2path(name)).read_bytes()).hexdigest()
    return [name for name, digest in env.claimbook_sources.items() if before.get(name) != digest]


def forget_page(app, env, docname):
    """Forget the tables, the figures and the leaves of a page that is read anew."""
    tables(env).pop(docname, None)
    figures(env).pop(docname, None)
    leaves(env).pop(docname, None)


def tables(env):
    """Return per page the tables of its charts, by name of the file."""
    if not hasattr(env, "claimbook_tables"):
        env.claimbook_tables = {}
    return env.claimbook_tables


def figures(env):
    """Return per page the figures of its charts as JSON, by name."""
    if not hasattr(env, "claimbook_figures"):
        env.claimbook_figures = {}
    return env.claimbook_figures


def leaves(env):
    """Return per page its leaves as title and HTML, by path."""
    if not hasattr(env, "claimbook_leaves"):
        env.claimbook_leaves = {}
    return env.claimbook_leaves


def note_leaves(app, doctree):
    """Keep the leaves of a page."""
    for node in doctree.findall(nodes.raw):
        if "leaves" in node:
            leaves(app.env).setdefault(app.env.docname, {}).update(node.attributes.pop("leaves"))


def note_figures(app, doctree):
    """Keep what the script of a page draws its charts from."""
    known = dict(node["figure"] for node in doctree.findall(nodes.raw) if "figure" in node)
    for node in doctree.findall(nodes.raw):
        node.attributes.pop("figure", None)
    if known:
        figures(app.env)[app.env.docname] = known


def note_tables(app, doctree):
    """Keep the table of each chart of a page."""
    own = tables(app.env).setdefault(app.env.docname, {})
    for name, text in (node["csv"] for node in doctree.findall(nodes.raw) if "csv" in node):
        for owner, others in tables(app.env).items():
            if others.get(name, text) != text:
                logger.warning(f"{name} is already the table of another chart in {owner}", location=app.env.docname)
        own[name] = text


def tell_notices(app, doctree, docname):
    """Print what the outputs of a page lack.

    That is no warning, which would stop the build: what a reader's own chapter shows is still worth a page.
    """
    for node in doctree.findall(nodes.raw):
        if "notice" in node:
            print(f"  notice: {docname}, {node['notice']}", flush=True)


def write_tables(app, exception):
    """Write the CSV of each chart, and of each page a script with its figures."""
    from claimbook.site.renderers import figures_script, script_path

    if exception is not None or app.builder.format != "html":
        return
    shutil.rmtree(Path(app.outdir, CHARTS), ignore_errors=True)
    made = {name: text for own in tables(app.env).values() for name, text in own.items()}
    made |= {script_path(docname): figures_script(known) for docname, known in figures(app.env).items()}
    for name, text in made.items():
        path = Path(app.outdir, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def write_leaves(app, exception):
    """Write the leaves of the pages, and those at old addresses."""
    from claimbook.model.ledger import SCHEMA, read_schema
    from claimbook.site import light

    if exception is not None or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        with path.open(encoding="utf-8") as page:
            stale = light.is_leaf(page.read(len(light.START)))
        if stale:
            path.unlink()
    data = data_of(Path(app.srcdir))
    coder = read_schema(data).get("coder", "") if (data / SCHEMA).is_file() else ""
    facts = {"book": app.config.html_title, "coder": coder}
    titles = {docname: title.astext() for docname, title in app.env.titles.items()}
    made = {
        path: light.leaf(path, title, body, page=docname, of=titles[docname], **facts)
        for docname, own in leaves(app.env).items()
        for path, (title, body) in own.items()
    }
    for old, page in app.config.claimbook_moved.items():
        if page in titles:
            made[f"{old}.html"] = light.moved(f"{old}.html", page=page, title=titles[page], **facts)
    for path, text in made.items():
        Path(app.outdir, path).parent.mkdir(parents=True, exist_ok=True)
        Path(app.outdir, path).write_text(text, encoding="utf-8")


def pages_to_write(app, env):
    """Return all pages where something that pages show of others has changed: titles, labels, citations, contents.

    Sphinx writes only those that it has read, so that others would go on showing, beside the page and in links, what is
    no longer so.
    """
    titles = {name: title.astext() for name, title in env.titles.items()}
    seen = plain([titles, env.toctree_includes, {k: data for k, data in env.domaindata.items() if k != "index"}])
    before, env.claimbook_shared = getattr(env, "claimbook_shared", None), seen
    return [] if before in (None, seen) else sorted(env.found_docs)


def plain(value):
    """Return a text that is the same for equal values, in whatever order they came into dicts and sets."""
    if isinstance(value, dict):
        return f"{{{', '.join(sorted(f'{plain(k)}: {plain(v)}' for k, v in value.items()))}}}"
    if isinstance(value, (set, frozenset)):
        return f"{{{', '.join(sorted(map(plain, value)))}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(plain, value))}]"
    return str(value) if isinstance(value, nodes.Node) else repr(value)


def add_head(app, pagename, templatename, context, doctree):
    """Describe a page by the first sentence of its first paragraph."""
    description = context.get("description", "")
    if doctree is not None and (lead := next(doctree.findall(nodes.paragraph), None)):
        description = openings.first_sentence(lead.astext())
    config = app.config
    book = {"title": config.html_title, "authors": config.author} | config.claimbook_cited
    said = publish.head(
        title=unescape(re.sub("<[^>]*>", "", context.get("title", ""))),
        description=description,
        book=book,
        address=f"{pagename}.html",
        base=config.html_baseurl,
        preview=Path(app.srcdir, publish.OWN_PREVIEW).is_file(),
    )
    context["metatags"] = f"{STORAGE}\n{context.get('metatags', '')}{WITHOUT_SCRIPTS}\n{said}"
    if pagename in publish.UNLISTED:
        context["pageurl"] = None


def own_pages(app):
    """Yield the search page and the page a server shows for an address that leads nowhere."""
    titles = {name: app.env.titles[name].astext() for name in openings.in_order(app.env, app.config.root_doc)}
    yield (
        "404",
        {"title": "Page not found", "body": publish.not_found(titles), "description": publish.LOST},
        "page.html",
    )
    yield "search", {"title": "Search", "body": publish.search(titles), "description": publish.FINDS}, "page.html"
    for old, page in app.config.claimbook_moved.items():
        if page not in titles:
            logger.warning(f"_config.yml: claimbook_moved: {old} leads to {page}, which is no page of the book")


def write_map(app, exception):
    """Write the map of a published book."""
    if exception is None and app.builder.format == "html":
        publish.write_map(Path(app.outdir), app.env.found_docs, app.config.html_baseurl)


def copy_plotly(app, exception):
    """Put the one copy of plotly.js, as installed with plotly, beside the scripts of the book."""
    if exception is None and app.builder.format == "html":
        copy_asset_file(PLOTLY, Path(app.outdir, "_static", "plotly.min.js"))


def copy_preview(app, exception):
    """Put the picture that links to the book are shown with beside its style sheets, where it has one."""
    own = Path(app.srcdir, publish.OWN_PREVIEW)
    if exception is None and app.builder.format == "html" and own.is_file():
        copy_asset_file(own, Path(app.outdir, publish.PREVIEW))


def write_downloads(app, exception):
    """Put the tables of the ledger, and all that an export makes of them, into the book's folder ``data``."""
    from claimbook.exchange.export import export
    from claimbook.exchange.published import base_url
    from claimbook.model.ledger import SCHEMA
    from claimbook.model.settings import Settings

    data = data_of(Path(app.srcdir))
    if exception is None and app.builder.format == "html" and (data / SCHEMA).is_file():
        shutil.rmtree(Path(app.outdir, "data"), ignore_errors=True)
        if made := Settings.read().export:
            shutil.copytree(made, Path(app.outdir, "data"))
        else:
            export(data, Path(app.outdir, "data"), everything=True, base=base_url(data))
