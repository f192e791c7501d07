"""The renderers of charts and filters, and the finishing step, on small inputs of their own."""

import base64
import csv
import hashlib
import io
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from jinja2 import UndefinedError
from places import FIXTURES

from claimbook.model.settings import Settings
from claimbook.site import find, fingerprint, renderers
from claimbook.site.finish import BookError, finish
from claimbook.site.kept import Kept
from claimbook.site.launch import FORMS, binder, form_address, forms, repository
from claimbook.site.templating import render
from claimbook.view import palette
from claimbook.view.markup import el, join, undressed
from claimbook.view.mime import META
from claimbook.view.plot_area import NotDrawnError
from claimbook.view.tables import table

EVIL = '<script>alert("1")</script> & </script><!--'


def chart(**changes):
    meta = {
        "id": "deals",
        "title": "Told exceeds recorded",
        "caption": "Values (n = 2).",
        "alt": "One bar towers.",
        "source": "our calculation",
        "columns": ["year", "value"],
        "rows": [["2001", 500], ["2010", None]],
    }
    layout = {
        "height": 300,
        "width": 900,
        "template": {"x": 1},
        "title": {"text": "again"},
        "meta": {META: meta | changes},
    }
    return {"data": [{"type": "bar", "y": [1, 2], "name": EVIL}], "layout": layout}


def facets(**changes):
    content = {
        "id": "claims",
        "label": "Filter",
        "noun": "claims",
        "facets": [{"name": "kind", "label": "Kind", "options": [["a", "A & <b>"]]}],
        "rows": [{"id": "c1", "facets": {"kind": ["a"]}, "html": "<p>One</p>"}],
    }
    return content | changes


def soup(html):
    return BeautifulSoup(html, "html.parser")


def block(figure, root="", script="charts/page.js"):
    meta = figure["layout"]["meta"][META]
    drawn = renderers.pictures(figure, meta["id"], meta["alt"], strict=not meta.get("adopted"))
    return soup(renderers.chart_html(figure, drawn, root, script)), renderers.live(figure, drawn)


def test_a_chart_has_all_that_a_reader_needs():
    page, known = block(chart(), "../")
    figure = page.figure
    assert figure["id"] == "chart-deals"
    assert figure.select_one("a.headerlink")["href"] == "#chart-deals"
    plot = figure.select_one(".cb-plot")
    assert (plot["role"], plot["data-chart"], plot["data-script"]) == ("group", "deals", "../charts/page.js")
    assert plot["data-title"] == "Told exceeds recorded"
    assert [svg["aria-label"] for svg in plot.find_all("svg", recursive=False)] == ["One bar towers."] * 2
    known = json.loads(known)
    assert known["layout"] == {"height": 300}
    assert [layout["width"] for layout in known["layouts"]] == [760, 350]
    assert "Source: our calculation" in figure.figcaption.get_text()
    assert figure.select_one("a[download]")["href"] == "../charts/deals.csv"
    assert "open" not in figure.select_one(".cb-data").attrs
    table = figure.select_one("details .cb-scroll[tabindex] table")
    assert table.caption.string == "Told exceeds recorded"
    assert [th["scope"] for th in table.select("th")] == ["col", "col", "row", "row"]
    assert [td.get_text() for td in table.select("td")] == ["500", ""]


def test_a_chart_that_cannot_be_drawn_shows_its_words_and_its_table():
    pie = chart(adopted=True) | {"data": [{"type": "pie", "values": [1, 2]}]}
    page, known = block(pie)
    assert page.select_one(".cb-alt p").string == "One bar towers."
    assert "open" in page.select_one(".cb-data").attrs
    assert page.select_one(".cb-plot")["style"] == "height:300px"
    assert json.loads(known)["layouts"] == []


def test_a_figure_of_the_book_that_cannot_be_drawn_is_an_error():
    with pytest.raises(NotDrawnError, match="figure deals: a trace of type pie"):
        block(chart() | {"data": [{"type": "pie", "values": [1, 2]}]})


def test_the_script_of_a_page_holds_its_figures_in_the_colours_of_the_page():
    figure = chart()
    figure["data"][0]["marker"] = {"color": [palette.ACCENT, palette.washed(palette.ACCENT, 0.5), "#123456"]}
    script = renderers.figures_script({"deals": renderers.live(figure, [])})
    known = json.loads(re.fullmatch(r"window\.claimbookFigures=(.*);\n", script)[1])
    assert known["deals"]["data"][0]["marker"]["color"] == ["var(--cb-link) 1", "var(--cb-link) 0.5", "#123456"]


def test_no_text_of_a_chart_becomes_markup():
    figure = chart(title=EVIL, caption=EVIL, alt=EVIL, source=EVIL, columns=[EVIL], rows=[[EVIL]])
    figure["data"][0] |= {"x": [EVIL, "b"]}
    page, known = block(figure)
    assert page.select("script") == []
    assert "<!--" not in f"{page}{known}"
    assert json.loads(known)["data"][0]["name"] == EVIL
    assert page.select_one("td, tbody th").string == EVIL
    assert EVIL in " ".join(text.get_text() for text in page.svg("text"))


@pytest.mark.parametrize("key", ["id", "title", "caption", "alt", "source", "columns", "rows"])
def test_an_incomplete_chart_is_refused(key):
    meta = chart(**{key: None})["layout"]["meta"][META]
    assert f"no {key}" in renderers.chart_problems(meta)


def test_a_chart_with_a_bad_id_or_a_ragged_table_is_refused():
    meta = chart(id="Two words")["layout"]["meta"][META]
    assert renderers.chart_problems(meta) == ["its id is not lower case with hyphens"]
    meta = chart(rows=[["2001", 1], ["2002"]])["layout"]["meta"][META]
    assert renderers.chart_problems(meta) == ["row 2 has 1 cells for 2 columns"]


def test_a_download_is_rfc_4180_and_runs_no_formula():
    rows = [["=1+1", "+x", "-5"], ["@a", "\tb", -5], ['a "b", c', "two\nlines", None], ["–", float("nan"), "+1e3"]]
    text = renderers.csv_text(["=head", "b", "c"], rows)
    assert text.startswith("'=head,b,c\r\n'=1+1,'+x,-5\r\n'@a,'\tb,-5\r\n")
    assert list(csv.reader(io.StringIO(text, newline="")))[3:] == [['a "b", c', "two\nlines", ""], ["–", "", "+1e3"]]


def test_a_filter_is_a_plain_form_before_its_rows():
    page = soup(renderers.facets_html(facets()))
    section = page.section
    assert (section["data-control"], section["data-noun"], section["aria-label"]) == ("claims", "claims", "Filter")
    select = section.select_one("form.cb-js select")
    assert section.select_one(f'label[for="{select["id"]}"]').string == "Kind"
    assert [(o["value"], o.get_text()) for o in select.select("option")] == [("", "all"), ("a", "A & <b>")]
    assert section.select_one("[aria-live]").string == "1 of 1 claims"
    row = section.select_one("#row-c1")
    assert json.loads(row["data-facets"]) == {"kind": ["a"]}
    assert row.p.string == "One"


def test_an_unsound_filter_is_refused():
    row = facets()["rows"][0]
    assert renderers.facets_problems(facets()) == []
    assert renderers.facets_problems(facets(label="")) == ["no label"]
    assert renderers.facets_problems(facets(rows=[row, row])) == ["row id 'c1' occurs twice"]
    stray = {**row, "facets": {"place": ["x"]}}
    assert renderers.facets_problems(facets(rows=[stray])) == ["row 'c1' has unknown facets ['place']"]


def test_rows_in_columns_stand_under_their_headings():
    rows = [dict(facets()["rows"][0], column="told"), {"id": "c2", "facets": {}, "html": "x", "column": "told"}]
    content = facets(rows=rows, columns=[["told", "Told & <b>"], ["kept", "Kept"]])
    assert renderers.facets_problems(content) == []
    told, kept = soup(renderers.facets_html(content)).select("section.cb-column")
    assert [row["id"] for row in told.select(".cb-row")] == ["row-c1", "row-c2"]
    assert [column.p.get_text() for column in (told, kept)] == ["Told & <b>: 2", "Kept: 0"]
    assert told.select("p")[1].has_attr("hidden")
    assert not kept.select("p")[1].has_attr("hidden")
    stray = facets(rows=[facets()["rows"][0]], columns=content["columns"])
    assert renderers.facets_problems(stray) == ["row 'c1' stands in none of the columns ['told', 'kept']"]


def states(**changes):
    content = {
        "id": "strict",
        "label": "Choose",
        "noun": "claims",
        "note": EVIL,
        "left_out": "left out",
        "fields": [
            {"name": "n", "label": "Needed", "options": [["1", "one"], ["2", "two"]]},
            {"name": "day", "label": "By", "options": [[day, day] for day in "abcd"]},
        ],
        "outcomes": ["yes", "no"],
        "items": [{"id": "c1", "groups": [0, 1], "html": "<b>One</b>"}, {"id": "c2", "groups": [1], "html": ""}],
        "states": ["01", "0-"],
        "of": [0, 1, 0, 1, 0, 1, 0, 1],
        "table": "<table><caption>Counts. x</caption></table>",
    }
    return content | changes


def test_a_choice_among_states_is_a_plain_form_with_its_default_and_lists_nothing():
    section = soup(renderers.states_html(states())).section
    assert section["data-control"] == "strict"
    group = section.select_one("fieldset")
    assert group.legend.string == "Needed"
    assert [(i["value"], i.has_attr("checked")) for i in group.select("input")] == [("1", True), ("2", False)]
    select = section.select_one("select")
    assert section.select_one(f'label[for="{select["id"]}"]').string == "By"
    assert section.select_one("[role=status]").string == "0 of 2 claims get another verdict"
    assert section.select_one(".cb-changes").get_text() == ""
    assert [(i["data-groups"], i.decode_contents()) for i in section.template.find_all("li")] == [
        ("0 1", "<b>One</b>"),
        ("1", ""),
    ]
    assert json.loads(section.select_one("script[type='application/json']").string) == {
        "states": ["01", "0-"],
        "of": [0, 1] * 4,
    }
    assert "JavaScript" in section.noscript.get_text()
    assert section.select_one(".cb-quiet").string == EVIL


def test_no_word_of_a_control_becomes_markup_or_a_template():
    evil = EVIL + "' {{ 7 * 7 }} {% raw %}"
    field = {"name": evil, "label": evil, "options": [[evil, evil], ["2", evil]]}
    long = field | {"options": [[day, evil] for day in "abcd"]}
    words = {name: evil for name in ("id", "label", "noun", "left_out", "note")}
    row = {"id": evil, "facets": {evil: [evil]}, "html": "<p>Own</p>", "column": evil}
    choice = soup(renderers.states_html(states(**words, fields=[field, long]))).section
    control = soup(renderers.facets_html(facets(**words, facets=[field], rows=[row], columns=[[evil, evil]]))).section
    assert choice["aria-label"] == control["aria-label"] == control.section["aria-label"] == evil
    assert choice["data-left-out"] == choice.select_one(".cb-quiet").string == choice.legend.string == evil
    assert [option["value"] for option in control.select("option")] == ["", evil, "2"]
    assert {option.string for option in choice.select("option")} == {evil}
    assert control.select_one(".cb-row")["id"] == f"row-{evil}"
    assert json.loads(control.select_one(".cb-row")["data-facets"]) == {evil: [evil]}
    assert [script["type"] for part in (choice, control) for script in part.select("script")] == ["application/json"]


def test_a_template_that_lacks_a_value_is_an_error():
    with pytest.raises(UndefinedError, match="titles"):
        render("search.html")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"label": ""}, "no label"),
        ({"items": [states()["items"][0]] * 2}, "item id 'c1' occurs twice"),
        ({"states": ["01", "0"]}, "state 2 speaks of 1 items, not 2"),
        ({"states": ["01", "07"]}, "state 2 has unknown outcomes ['7']"),
        ({"of": [0]}, "1 of 8 combinations have a state"),
        ({"of": [0, 1, 0, 1, 0, 1, 0, 2]}, "a combination has state 3 of 2"),
        ({"outcomes": list("abcdefghijk")}, "there are more than ten outcomes, and a state has one digit for each"),
    ],
)
def test_an_unsound_choice_among_states_is_refused(changes, problem):
    assert renderers.states_problems(states()) == []
    assert problem in renderers.states_problems(states(**changes))


def test_what_a_notebook_needs_of_its_own_comes_off_for_the_page():
    cells = pd.DataFrame({"Words": ["a < b"], "Claim": [el("a", "c1", href="a.ipynb#c1")]})
    number = el("td", "5", class_="cb-number")
    own = el("td", "6", style="color:red")
    sides = el("div", el("div", "for"), el("div", "against"), class_="cb-sides", id="here")
    html = join([table(cells, "Caption", ids=["row-1"]), el("table", el("tr", number, own)), sides])
    shown = soup(html._repr_html_())
    assert undressed(html._repr_html_()) == html
    for cell in shown.select("table.cb-table :is(td, th)"):
        assert "text-align:start" in cell["style"]
    assert "text-align:end" in shown.select_one("td.cb-number")["style"]
    assert shown.find("td", string="6")["style"] == "color:red"
    assert "display:grid" in shown.select_one(".cb-sides")["style"]
    assert [(e["id"], e["data-jupyter-id"]) for e in shown.select("[id]")] == [("row-1",) * 2, ("here",) * 2]
    assert shown.style is None
    readers = '<table><td id="x" style="text-align:start;vertical-align:top">own</td></table>'
    assert undressed(readers) == readers


def test_links_to_sources_become_links_to_pages():
    html = '<a href="a.ipynb#c1">x</a><a class="y" href="../b.md">x</a><a href="https://example.org/c.md">x</a>'
    assert re.findall('href="([^"]*)"', renderers.page_links(html)) == [
        "a.html#c1",
        "../b.html",
        "https://example.org/c.md",
    ]


def test_a_fingerprint_knows_contents_and_names_but_not_times_and_places(tmp_path):
    for place in ("one", "two"):
        (tmp_path / place / "data").mkdir(parents=True)
        (tmp_path / place / "data" / "a.csv").write_text("a")
    one, two = (tmp_path / place / "data" for place in ("one", "two"))
    assert fingerprint(one) == fingerprint(two)
    (two / "a.csv").rename(two / "b.csv")
    assert fingerprint(one) != fingerprint(two)
    assert fingerprint(one, without=[one]) == fingerprint(two, without=[two])


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><title>{name}</title>
<meta name="viewport" content="width=device-width"/><meta name="viewport" content="again"/>
<script>{inline}</script>
<link rel="preload" as="script" href="{root}_static/site.js"/>
<link rel="stylesheet" href="{root}_static/styles/theme.css?v=1"/>
<script src="{root}_static/fontawesome.js"></script><script src="{root}_static/search.js"></script>
<script src="{root}_static/site.js"></script></head>
<body class="used" style="color: var(--kept)"><i class="fa-solid fa-sun"></i>
<button onclick="toggle()" title="Full screen"></button><script type="application/json">{{}}</script>
{body}</body></html>"""
CSS = """@import "../basic.css";
:root { --kept: red; --chain: var(--end); --end: 1; --unread: 2; --image: url("data:image/svg+xml;x={}") }
.used, .unused { color: var(--chain) } .unused > b { color: red } .by-script.used:hover { top: 0 }
.no:not(.used) { top: 1 } [data-no] { top: 2 } #nothing { top: 3 }
@media print { .used { top: 4 } .unused { top: 5 } } @media screen { .unused { top: 6 } }
.used { background: url(../image.png) }
@font-face { font-family: A; src: url(fa-solid-900.woff2) format("woff2"), url(fa.ttf) }
@font-face { font-family: B; src: url(fa-brands-400.woff2) format("woff2") }
.fa-sun:before { content: "\\f185" } .fa-moon:before { content: "\\f186" }
"""


@pytest.fixture
def book(tmp_path):
    """What Sphinx might write of a book of two pages, with a theme in miniature."""
    tmp_path /= "raw"
    static = tmp_path / "_static"
    (static / "styles").mkdir(parents=True)
    (tmp_path / "chapters").mkdir()
    (static / "styles" / "theme.css").write_text(CSS)
    (static / "basic.css").write_text(".used { left: 0 }")
    (static / "image.png").touch()
    for name in ("fontawesome.js", "search.js", "plotly.min.js", "stray.js"):
        (static / name).write_text("x")
    (static / "site.js").write_text('node.classList.add("by-script")')
    for name in ("fa-solid-900.woff2", "fa.ttf", "fa-brands-400.woff2"):
        (static / "styles" / name).touch()
    write(tmp_path, "index.html", '<p id="here"></p><a href="chapters/a.html#there">x</a>', "let here = '<é';")
    write(tmp_path, "chapters/a.html", '<p id="there"></p><a href="#there">x</a><a href="#f:a=b">x</a>', "let there;")
    return tmp_path


def write(book, name, body, inline=""):
    root = "../" * name.count("/")
    (book / name).write_text(PAGE.format(name=name, root=root, body=body, inline=inline), encoding="utf-8")


def done(book, found=None):
    """Return the folder of the finished book."""
    out = book.parent / "done"
    shutil.rmtree(out, ignore_errors=True)
    finish(book, out, Kept(book.parent / "kept", ""), found)
    return out


def test_finishing_leaves_what_is_used(book):
    book = done(book)
    files = {path.relative_to(book / "_static").as_posix() for path in (book / "_static").rglob("*") if path.is_file()}
    assert files == {
        "book.css",
        "site.js",
        "plotly.min.js",
        "cards-data.js",
        "search-data.js",
        "search-evidence.js",
        "checked-data.js",
        "image.png",
    }
    style = (book / "_static" / "book.css").read_text(encoding="utf-8")
    assert style.index("left: 0") < style.index("--kept")
    for kept in ("--chain", "--end", ".by-script.used:hover", "top: 4", "url(image.png)"):
        assert kept in style, kept
    for gone in (
        "unused",
        "--unread",
        "--image",
        "data-no",
        "#nothing",
        "screen",
        ".no:not",
        "font-face",
        "fa-sun",
        "fa-moon",
    ):
        assert gone not in style, gone


def test_finished_pages_run_nothing_but_their_own_scripts(book):
    book = done(book)
    for name in ("index.html", "chapters/a.html"):
        page = soup((book / name).read_text(encoding="utf-8"))
        policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
        assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
        inline = [s.string for s in page.select("script:not([src])") if not s.get("type")]
        hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
        assert re.findall("sha256-([^']+)'", policy) == hashes
        assert [Path(s["src"]).name for s in page.select("script[src]")] == ["site.js"]
        assert len(page.select('meta[name="viewport"]')) == 1
        assert page.button.attrs == {"title": "Full screen", "aria-label": "Full screen"}
        (link,) = page.select("link")
        assert (book / name).parent.joinpath(link["href"]).resolve() == (book / "_static" / "book.css").resolve()


def test_every_form_has_a_button_that_sends_it(book):
    write(book, "index.html", '<form class="bd-search"><input name="q"/></form>')
    book = done(book)
    search = soup((book / "index.html").read_text(encoding="utf-8")).select_one("form.bd-search")
    for form in (search, soup(renderers.facets_html(facets())).form):
        assert form.select_one('button[type="submit"]').string


def test_what_lay_in_a_removed_element_is_gone(book):
    write(book, "index.html", '<div id="ethical-ad-placement"><div><b id="ad">x</b></div></div><a href="#ad">x</a>')
    with pytest.raises(BookError, match="nothing has that id"):
        done(book)


def test_the_search_page_alone_has_the_search(book):
    write(book, "search.html", '<div id="cb-results"></div>')
    book = done(book)
    assert "search.js" in (book / "search.html").read_text(encoding="utf-8")
    assert "search.js" not in (book / "index.html").read_text(encoding="utf-8")
    assert (book / "_static" / "search.js").is_file()


def test_a_dead_link_and_a_foreign_script_are_named(book):
    write(
        book, "index.html", '<a href="no.html">x</a><a href="chapters/a.html#no">x</a><img src="https://a.example/b"/>'
    )
    with pytest.raises(BookError) as error:
        done(book)
    assert str(error.value).splitlines() == [
        "index.html: link to no.html leads nowhere",
        "index.html: link to chapters/a.html#no, where nothing has that id",
        "index.html: loads https://a.example/b from elsewhere",
    ]


def test_javascript_addresses_are_refused(book):
    write(book, "index.html", '<a href="javascript:alert(1)">x</a>')
    with pytest.raises(BookError, match="leads nowhere"):
        done(book)


NAMED = {"CLAIMBOOK_REPOSITORY": "https://github.com/FORK/NAME", "CLAIMBOOK_BRANCH": "next/one"}


@pytest.mark.parametrize(
    ("options", "environ", "expected"),
    [
        ({}, {}, ("", "")),
        ({"repository_url": ""}, {"CLAIMBOOK_BRANCH": "next"}, ("", "")),
        ({"repository_url": "https://github.com/OWNER/NAME.git"}, {}, ("https://github.com/OWNER/NAME", "main")),
        (
            {"repository_url": "https://github.com/OWNER/NAME/", "repository_branch": "old"},
            {},
            ("https://github.com/OWNER/NAME", "old"),
        ),
        ({"repository_url": "https://github.com/OWNER/NAME"}, NAMED, ("https://github.com/FORK/NAME", "next/one")),
    ],
)
def test_the_repository_is_that_of_the_environment_before_that_of_the_configuration(options, environ, expected):
    assert repository(options, Settings.read(environ)) == expected


@pytest.mark.parametrize("url", ["git@github.com:OWNER/NAME", "https://github.com/OWNER", "javascript:alert(1)"])
def test_what_is_no_address_of_a_repository_is_refused(url):
    with pytest.raises(ValueError, match=re.escape(f"repository: {url}: must be like https://")):
        repository({"repository_url": url}, Settings())


def test_binder_is_asked_for_branch_and_notebook_by_their_encoded_names():
    where = "lab/tree/chapters/a%20b.ipynb"
    assert binder("https://github.com/OWNER/NAME", "next/one", "chapters/a b.ipynb") == (
        f"https://mybinder.org/v2/gh/OWNER/NAME/next%2Fone?urlpath={where}"
    )
    assert binder("https://example.org/OWNER/NAME", "main", "chapters/a b.ipynb") == (
        f"https://mybinder.org/v2/git/https%3A%2F%2Fexample.org%2FOWNER%2FNAME/main?urlpath={where}"
    )


def test_the_forms_for_issues_are_known_by_name_with_what_they_ask_for(tmp_path):
    asked = ["Who replies", "Claims", "The reply", "In your words"]
    assert forms(FIXTURES / "small_book") == {"Reply as a person or body named": ("reply.yml", asked)}
    (tmp_path / FORMS).mkdir(parents=True)
    (tmp_path / FORMS / "config.yml").write_text("blank_issues_enabled: true\n")
    assert forms(tmp_path) == forms(tmp_path / "none") == {}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://github.com/OWNER/NAME", "https://github.com/OWNER/NAME/issues/new?template=dispute.yml"),
        ("https://codeberg.example/OWNER/NAME", "https://codeberg.example/OWNER/NAME/issues"),
    ],
)
def test_a_form_has_an_address_where_the_host_has_forms(url, address):
    assert form_address(url, "dispute.yml") == address


def test_a_thing_whose_address_is_missing_stops_the_build(book):
    found = find.Found()
    found.add("claims", "c1", "chapters/a.html#there", "", claim="c1")
    found.add("actors", "a", "chapters/a.html#claims:actor=a", "A")
    found.claims["c1"] = ("It is so.", "supported", "", "")
    found.add("events", "e1", "chapters/a.html#gone", "An event")
    with pytest.raises(BookError) as error:
        done(book, found)
    assert str(error.value) == "search: events e1 leads to chapters/a.html#gone, where nothing has that id"
    found.groups["events"].clear()
    book = done(book, found)
    data = (book / find.CARDS).read_text(encoding="utf-8").removeprefix("window.claimbookCards=").rstrip(";\n")
    assert json.loads(data)["claims"] == {"c1": ["It is so.", "supported", "", ""]}


def test_two_pages_that_describe_themselves_alike_stop_the_build(book):
    for name in ("index.html", "chapters/a.html"):
        path = book / name
        html = path.read_text(encoding="utf-8").replace("</head>", '<meta name="description" content="One."/></head>')
        path.write_text(html, encoding="utf-8")
    with pytest.raises(
        BookError, match=re.escape("index.html: its first sentence, which describes it, is that of chapters/a.html")
    ):
        done(book)


BASE = "https://books.example/arms/"
LOST = (
    '<h1>Not found</h1><a href="chapters/a.html">x</a><a href="#here">x</a>'
    '<form action="search.html"></form><p id="here"></p>'
)


@pytest.mark.parametrize("base", ["", BASE])
def test_the_page_not_found_works_at_any_depth_where_the_address_is_known(book, base):
    facts = json.dumps({"base": base})
    write(book, "404.html", f'{LOST}<script type="application/json" id="cb-book">{facts}</script>')
    book = done(book)
    page = BeautifulSoup((book / "404.html").read_text(encoding="utf-8"), "html.parser")
    root = "/arms/" if base else ""
    assert [a["href"] for a in page.select("a")] == [f"{root}chapters/a.html", "#here"]
    assert page.form["action"] == f"{root}search.html"
    assert page.select_one("script[src]")["src"] == f"{root}_static/site.js"
    assert page.select_one("link[rel=stylesheet]")["href"] == f"{root}_static/book.css"


def test_a_canonical_address_is_no_foreign_resource(book):
    write(book, "index.html", '<p id="here"></p>')
    path = book / "index.html"
    html = path.read_text(encoding="utf-8")
    path.write_text(
        html.replace("</head>", f'<link rel="canonical" href="{BASE}index.html"/></head>'), encoding="utf-8"
    )
    book = done(book)
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert page.select_one("link[rel=canonical]")["href"] == f"{BASE}index.html"
