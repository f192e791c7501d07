"""Charts and controls as HTML: the MyST-NB plug-in that turns our MIME types into a page's markup."""

import csv
import io
import itertools
import json
import math
import posixpath
import re

from docutils import nodes

from claimbook.model.decimals import written
from claimbook.model.spreadsheet import neutral
from claimbook.site import CHARTS
from claimbook.site.openings import small
from claimbook.site.templating import part, render
from claimbook.view import palette
from claimbook.view.drawing import WIDTHS, draw
from claimbook.view.markup import undressed
from claimbook.view.mime import CHART, COPY, FACETS, FEW, LEAVES, META, STATES
from claimbook.view.plot_area import NotDrawnError

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
CHART_KEYS = ("id", "title", "caption", "alt", "source", "columns", "rows")
FACETS_KEYS = ("id", "label", "noun", "facets", "rows")
STATES_KEYS = ("id", "label", "noun", "note", "left_out", "fields", "outcomes", "items", "states", "of", "table")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_ROWS = 24
"""So many rows has a table that is folded below its chart; a longer one has a leaf."""
LEAF_NAME = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
"""What a leaf may be called: as a figure, or by the name of a table."""
DEFAULT_HEIGHT = 420
FOREIGN = re.compile(
    r"""<(?:script|link|img|audio|video|source)\b[^>]*?\b(?:src|href)\s*=\s*["']?((?:https?:)?//[^"'\s>]+)"""
    r"""|<(iframe|object|embed)\b""",
    re.IGNORECASE,
)
"""What a page of the book may not load: files of other hosts, pages within the page."""

SOURCE_LINK = re.compile(r'(<a\b[^>]*?\bhref="[^":#]*)\.(?:ipynb|md)(?=["#])')


class BookRenderers:
    """Render charts, controls and tables of a notebook into its page.

    MyST-NB loads this class through the entry point group ``myst_nb.mime_renderers``.
    """

    # Lowest wins. A control's own form goes before anything its bundle holds for a kernel; a bare kernel control
    # comes late, so that it is chosen only where nothing but plain text is there to show, and so do formulas, whose
    # renderer would come from another host.
    mime_priority_overrides = (
        ("html", FACETS, 1),
        ("html", STATES, 1),
        ("html", COPY, 1),
        ("html", LEAVES, 1),
        ("html", CHART, 2),
        ("html", WIDGET_VIEW, 800),
        ("html", "text/plain", 900),
        ("html", "text/latex", 850),
    )

    @staticmethod
    def handle_mime(renderer, data, inline):
        """Return docutils nodes for one MIME type of an output, or None to leave it to MyST-NB.

        Parameters
        ----------
        renderer : myst_nb.core.render.NbElementRenderer
            Gives the page being read and the logger that names it.
        data : myst_nb.core.render.MimeData
            Type and content of the output.
        inline : bool
            Whether the output stands within a line of prose, where none of ours can.
        """
        if inline:
            return None
        env, cell = renderer.renderer.sphinx_env, data.cell_index + 1
        if data.mime_type == "text/html":
            if foreign := FOREIGN.search(data.content):
                what = foreign[1] or f"a page within the page ({foreign[2].lower()})"
                notice = f"cell {cell}: its output needs {what}, which a page of the book may not load"
                return [noticed(part("left_out", "This output needs a file from another host"), notice)]
            html = page_links(undressed(data.content))
            if "<table" in html and "cb-scroll" not in html:
                html = scroll(html)
            return [nodes.raw(text=html, format="html", classes=["output", "text_html"])]
        if data.mime_type == WIDGET_VIEW:
            notice = (
                f"cell {cell}: a bare ipywidgets control, which works in a kernel alone; "
                "claimbook.view.explore has controls that work on the page as well"
            )
            return [noticed(part("left_out", "This control needs a running kernel"), notice)]
        if data.mime_type == "text/latex":
            return [nodes.literal_block(text=data.content, language="none")]
        if data.mime_type == COPY:
            return [nodes.raw(text=page_links(data.content["html"]), format="html", classes=["output", "text_html"])]
        if data.mime_type == LEAVES:
            if problems := leaves_problems(data.content["leaves"], env):
                renderer.logger.warning(f"cell {cell}: {'; '.join(problems)}", line=data.line, subtype="claimbook")
                return []
            node = nodes.raw(text=page_links(data.content["html"]), format="html", classes=["output", "text_html"])
            node["leaves"] = {
                leaf_path(leaf["name"], env.docname): (leaf["title"], page_links(leaf["html"]))
                for leaf in data.content["leaves"]
            }
            return [node]
        if data.mime_type not in (CHART, FACETS, STATES):
            return None

        if data.mime_type == CHART:
            kind, content = "chart", own_meta(data.content)
            if content is None:
                notice = (
                    f"cell {cell}: a Plotly figure without title, text alternative, source and table, which a reader "
                    "who does not see it needs; claimbook.view.charts.Figure.from_plotly(figure, title=…, alt=…, "
                    "source=…) adds them"
                )
                said = plain_words(data.content, cell)[1]
                drawn = pictures(data.content, f"cell-{cell}", said, strict=False)
                node = noticed(plain_chart_html(data.content, cell, drawn, script_path(env.docname)), notice)
                node["figure"] = f"cell-{cell}", live(data.content, drawn)
                return [node]
            problems = chart_problems(content)
        elif data.mime_type == FACETS:
            kind, content = "control", data.content
            problems = facets_problems(content)
        else:
            kind, content = "control", data.content
            problems = states_problems(content)
        name = content.get("id")
        seen = env.temp_data.setdefault("claimbook_ids", set())
        if (kind, name) in seen:
            problems.append("its id is taken by another one of this page")
        seen.add((kind, name))
        if problems:
            where = f"{kind} {name!r} in cell {cell}"
            renderer.logger.warning(f"{where}: {'; '.join(problems)}", line=data.line, subtype="claimbook")
            return []
        if data.mime_type == FACETS:
            return [nodes.raw(text=page_links(facets_html(content)), format="html")]
        if data.mime_type == STATES:
            return [nodes.raw(text=page_links(states_html(content)), format="html")]
        root = "../" * env.docname.count("/")
        try:
            drawn = pictures(data.content, name, content["alt"], strict=not content.get("adopted"))
        except NotDrawnError as error:
            renderer.logger.warning(f"{kind} in cell {cell}: {error}", line=data.line, subtype="claimbook")
            return []
        leaf = chart_leaf(content) if drawn and len(content["rows"]) > MOST_ROWS else None
        if leaf and (problems := leaves_problems([leaf], env)):
            renderer.logger.warning(
                f"{kind} in cell {cell}: {'; '.join(problems)}", line=data.line, subtype="claimbook"
            )
            return []
        beside = leaf and f"{leaf['name']}.html"
        node = nodes.raw(text=chart_html(data.content, drawn, root, script_path(env.docname), beside), format="html")
        if leaf:
            node["leaves"] = {leaf_path(leaf["name"], env.docname): (leaf["title"], leaf["html"])}
        node["csv"] = (csv_path(name), csv_text(content["columns"], content["rows"]))
        if not (drawn and content.get("links")):  # what has links in it stays as it is
            node["figure"] = name, live(data.content, drawn)
        if drawn and not env.temp_data.get("claimbook_small"):  # a card shows the first picture of its page
            env.temp_data["claimbook_small"] = True
            node["small"] = small(data.content, name)
        return [node]


def noticed(html, notice):
    """Return a node of a page that is worth a word to whoever builds the book.

    An output may hold other types that go before this one: whether the node stays is known only when the page is
    written, so it carries the words until then.
    """
    return nodes.raw(text=html, format="html", notice=notice)


def own_meta(figure):
    """Return what a figure of the book says of itself; None where it is a figure of Plotly alone."""
    # Plotly takes anything as ``meta``.
    meta = figure.get("layout", {}).get("meta")
    return meta.get(META) if isinstance(meta, dict) else None


def chart_problems(meta):
    """List what a chart's own metadata lacks, in words; empty where it is complete.

    Parameters
    ----------
    meta : dict
        ``layout.meta["claimbook"]`` as :mod:`claimbook.view.mime` describes it.
    """
    problems = [f"no {key}" for key in CHART_KEYS if not meta.get(key)]
    if not problems and not ID.fullmatch(meta["id"]):
        problems.append("its id is not lower case with hyphens")
    width = len(meta.get("columns") or ())
    problems += [
        f"row {number} has {len(row)} cells for {width} columns"
        for number, row in enumerate(meta.get("rows") or (), start=1)
        if len(row) != width
    ]
    return problems


def facets_problems(content):
    """List what a facet filter lacks or contradicts, in words; empty where it is sound."""
    problems = [f"no {key}" for key in FACETS_KEYS if not content.get(key)]
    names = {facet["name"] for facet in content.get("facets", ())}
    if "q" in names:
        problems.append("a facet is named 'q', which is the free text's name")
    seen = set()
    for row in content.get("rows", ()):
        if row["id"] in seen:
            problems.append(f"row id {row['id']!r} occurs twice")
        seen.add(row["id"])
        if unknown := set(row["facets"]) - names:
            problems.append(f"row {row['id']!r} has unknown facets {sorted(unknown)}")
        columns = [column for column, _ in content.get("columns", ())]
        if columns and row.get("column") not in columns:
            problems.append(f"row {row['id']!r} stands in none of the columns {columns}")
        if row.get("fold") and row["fold"] not in content.get("folds", {}):
            problems.append(f"row {row['id']!r} lies in none of the folds {list(content.get('folds', {}))}")
    runs = [fold for fold, _ in itertools.groupby(row.get("fold") for row in content.get("rows", ())) if fold]
    problems += [f"the rows of the fold {fold!r} lie apart" for fold in dict.fromkeys(runs) if runs.count(fold) > 1]
    return problems


def states_problems(content):
    """List what a choice among states lacks or contradicts, in words; empty where it is sound."""
    problems = [f"no {key}" for key in STATES_KEYS if not content.get(key)]
    if problems:
        return problems
    ids, outcomes = [item["id"] for item in content["items"]], len(content["outcomes"])
    problems += [f"item id {name!r} occurs twice" for name in dict.fromkeys(ids) if ids.count(name) > 1]
    known = {"-", *map(str, range(outcomes))}
    for number, state in enumerate(content["states"], start=1):
        if len(state) != len(ids):
            problems.append(f"state {number} speaks of {len(state)} items, not {len(ids)}")
        if unknown := set(state) - known:
            problems.append(f"state {number} has unknown outcomes {sorted(unknown)}")
    combinations = math.prod(len(field["options"]) for field in content["fields"])
    if len(content["of"]) != combinations:
        problems.append(f"{len(content['of'])} of {combinations} combinations have a state")
    problems += [
        f"a combination has state {n + 1} of {len(content['states'])}"
        for n in sorted(set(content["of"]) - set(range(len(content["states"]))))
    ]
    if outcomes > 10:
        problems.append("there are more than ten outcomes, and a state has one digit for each")
    return problems


def leaves_problems(leaves, env):
    """List what is wrong with the names of the leaves of a page, in words; empty where they can be written."""
    names = [leaf["name"] for leaf in leaves]
    problems = [f"the leaf {name!r} is not lower case with hyphens" for name in names if not LEAF_NAME.fullmatch(name)]
    seen = env.temp_data.setdefault("claimbook_leaf_names", set())
    for name in names:
        if name in seen or leaf_path(name, env.docname).removesuffix(".html") in env.found_docs:
            problems.append(f"the name of the leaf {name!r} is taken")
        seen.add(name)
    return problems


def leaf_path(name, docname):
    """Return where the leaf `name` of a page lies, relative to the book's first folder."""
    return posixpath.join(posixpath.dirname(docname), f"{name}.html")


def chart_leaf(meta):
    """Return the leaf with the table of a chart, as :mod:`claimbook.view.mime` describes leaves."""
    table = scroll(table_html(meta["title"], meta["columns"], meta["rows"]), f"Table: {meta['title']}")
    return {"name": f"chart-{meta['id']}", "title": meta["title"], "html": table}


def chart_html(figure, drawn, root="", script="", leaf=None):
    """Return the block of one chart: finding, pictures, caption, source, table, download.

    Parameters
    ----------
    figure : dict
        A Plotly figure as JSON with its ``layout.meta["claimbook"]``.
    drawn : list of claimbook.view.drawing.Drawing
        Its pictures; without any, its words stand in their place, and the table is open.
    root : str
        Relative address of the book's first folder as seen from the page (``""`` or ``"../"``…).
    script : str
        The path within the book of the script that holds the figures of the page.
    leaf : str, optional
        The address of the leaf that holds its table, where the table is too long to stand below it.
    """
    meta = figure["layout"]["meta"][META]
    plot = plot_html(figure, meta["id"], root + script, meta["title"], meta["alt"], drawn)
    table = scroll(table_html(meta["title"], meta["columns"], meta["rows"]), f"Table: {meta['title']}")
    shown = {"plot": plot, "table": table, "drawn": bool(drawn), "leaf": leaf}
    return render("chart.html", **meta, download=root + csv_path(meta["id"]), **shown)


def plain_chart_html(figure, cell, drawn, script=""):
    """Return the block of a figure that was made with Plotly alone: its own title, if any, and the drawing.

    Parameters
    ----------
    figure : dict
        A Plotly figure as JSON.
    cell : int
        The number of the cell that made it, which names a figure without a title.
    drawn : list of claimbook.view.drawing.Drawing
        Its pictures.
    script : str
        The path within the book of the script that holds the figures of the page.
    """
    title, said = plain_words(figure, cell)
    address = "../" * (script.count("/") - 1) + script
    plot = plot_html(figure, f"cell-{cell}", address, title, said, drawn)
    return render("plain_chart.html", title=title, plot=plot)


def plain_words(figure, cell):
    """Return the title of a figure that was made with Plotly alone, empty where it has none, and what is said of it."""
    title = figure.get("layout", {}).get("title") or ""
    title = title if isinstance(title, str) else title.get("text") or ""
    title = " ".join(re.sub("<[^>]*>", " ", title).split())
    return title, f"{title or f'Chart of cell {cell}'}. Nothing more is said of it in words, and it has no table."


def pictures(figure, name, alt, *, strict):
    """Return the pictures of a figure, for wide pages and for narrow ones; none where it cannot be drawn.

    Parameters
    ----------
    figure : dict
        A Plotly figure as JSON.
    name : str
        What it is called.
    alt : str
        Text alternative.
    strict : bool
        Whether one that cannot be drawn is an error, as it is of a figure of the book.

    Raises
    ------
    NotDrawnError
        If it cannot be drawn and `strict` is true.
    """
    try:
        if figure.get("frames"):
            raise NotDrawnError(f"figure {name}: frames: cannot draw what moves")
        told = own_meta(figure) or {}
        shown = zip((figure | {"links": told.get("links")}, told.get("narrow") or figure), WIDTHS.values(), strict=True)
        return [draw(one, across, name=name, alt=alt, links=one.get("links") or ()) for one, across in shown]
    except (NotDrawnError, TypeError, ValueError, KeyError):  # whatever a reader's own figure may hold
        if strict:
            raise
        return []


def plot_html(figure, key, script, title, alt, drawn):
    """Return the place of a drawing: its pictures, or the words that stand there until a script draws.

    Parameters
    ----------
    figure : dict
        A Plotly figure as JSON.
    key : str
        What the page's script finds the figure by.
    script : str
        The address of the script that holds it.
    title, alt : str
        What the chart finds, and its text alternative.
    drawn : list of claimbook.view.drawing.Drawing
        The pictures.
    """
    if not drawn:
        return part("undrawn", key, script, title, alt, int(figure.get("layout", {}).get("height") or DEFAULT_HEIGHT))
    still = bool((own_meta(figure) or {}).get("links"))
    return part("plot", key, script, title, [one.svg for one in drawn], still)


def live(figure, drawn):
    """Return what the page's script has to know to draw a figure, as JSON.

    Where there are pictures, it holds the layout of each, so that the drawing covers the same plot area.
    """
    layout = figure.get("layout", {})
    # The page says the title as text and brings its own template per colour scheme.
    kept = {k: v for k, v in layout.items() if k not in ("template", "title", "meta", "width")}
    kept |= {} if drawn else {"height": int(layout.get("height") or DEFAULT_HEIGHT)}
    moves = {"frames": figure["frames"]} if figure.get("frames") else {}
    known = {"data": figure["data"], "layout": kept, "layouts": [one.layout for one in drawn], **moves}
    return script_json(themed(known))


def themed(value):
    """Return a figure in which each colour that is a token has the name by which the page knows it."""
    if isinstance(value, dict):
        return {key: themed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [themed(part) for part in value] if any(isinstance(v, dict | list | str) for v in value) else value
    if isinstance(value, str) and value.startswith(("#", "rgb")):
        try:
            name, opacity = palette.css(value)
        except ValueError:
            return value
        return f"{name} {opacity:g}"
    return value


def script_path(docname):
    """Return where the script with the figures of a page lies, relative to the book's first folder."""
    return f"{CHARTS}/{docname}.js"


def figures_script(figures):
    """Return the script that holds the figures of a page.

    Parameters
    ----------
    figures : dict of str to str
        The JSON of each, by name.
    """
    entries = (f"{script_json(name)}:{known}" for name, known in figures.items())
    return f"window.claimbookFigures={{{','.join(entries)}}};\n"


def facets_html(content):
    """Return a facet filter: a plain form, a live count and the rows.

    Parameters
    ----------
    content : dict
        As :mod:`claimbook.view.mime` describes it. Each row's ``html`` is taken as it is.
    """
    fields = [facet | {"options": [["", "all"], *facet["options"]]} for facet in content["facets"]]
    rows = [row | {"facets": script_json(row["facets"])} for row in content["rows"]]
    columns = content.get("columns") or ()
    runs = [(fold, list(own)) for fold, own in itertools.groupby(rows, lambda row: row.get("fold"))]
    shown = {"rows": rows, "columns": columns, "folds": content.get("folds") or {}, "runs": runs}
    shown |= {"first": content.get("first"), "briefs": content.get("briefs") or {}}
    return render("facets.html", **content | shown, fields=fields)


def states_html(content):
    """Return a choice among precomputed states: a plain form, a live answer, a table, and all that may be listed.

    What the script lists lies in a ``template``, which no reader meets; without scripts the default state stands
    alone and says so.

    Parameters
    ----------
    content : dict
        As :mod:`claimbook.view.mime` describes it. The items' ``html`` and the ``table`` are taken as they are.
    """
    kept = script_json({"states": content["states"], "of": content["of"]})
    return render("states.html", **content, few=FEW, kept=kept)


def page_links(html):
    """Turn links to notebooks and Markdown files, which JupyterLab opens, into links to their pages."""
    return SOURCE_LINK.sub(r"\1.html", html)


def page_address(address):
    """Turn the address of a notebook or Markdown file into that of its page."""
    return re.sub(r"\.(?:ipynb|md)(?=#|$)", ".html", address)


def table_html(caption, columns, rows):
    """Return a real table whose first column heads its rows; None and NaN are empty cells."""
    cells = [[{"text": cell_text(cell), "numeric": numeric(cell)} for cell in row] for row in rows]
    return part("table", caption, columns, cells)


def scroll(html, label="Table"):
    """Put `html` into a region that scrolls inside itself and takes the keyboard's focus."""
    return part("scroll", html, label)


def script_json(value):
    """Return JSON that cannot end the script element it stands in."""
    # Sorted, as they are in a notebook that comes from the cache.
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c")


def csv_path(name):
    """Return where the table of chart `name` lies, relative to the book's first folder."""
    return f"{CHARTS}/{name}.csv"


def csv_text(columns, rows):
    """Return a table as RFC 4180 CSV in which no text can act as a formula in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (columns, *rows):
        writer.writerow([neutral(cell_text(cell)) for cell in row])
    return out.getvalue()


def cell_text(cell):
    """Return a cell as text, numbers without an exponent; None and NaN are empty."""
    if cell is None or cell != cell:
        return ""
    return written(cell) if isinstance(cell, float) else str(cell)


def numeric(cell):
    """Tell whether a cell is a number, which a table aligns."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)
