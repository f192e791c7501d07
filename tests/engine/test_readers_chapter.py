"""A chapter that a reader adds: what notebooks show elsewhere is built here as well, and what it lacks is said."""

import csv
import re

import pytest
from browser import DESK, Visit, draw_charts, served
from bs4 import BeautifulSoup
from small_book import begin, run, write_notebook

TITLED = 'import plotly.express as px\nrows = {"year": ["2001", "2002"], "deals": [3, 5]}\n'
TITLED += 'px.bar(rows, x="year", y="deals", title="Deals <b>by</b> year")'
GIVEN = 'title="Deals grew", alt="Bar chart. Deals grew from 3 to 5.", source="our own count"'
CELLS = {
    "titled": TITLED,
    "bare": 'import plotly.graph_objects as go\ngo.Figure(go.Scatter(y=[1, 2]), {"meta": ["of", "the reader"]})',
    "wrapped": f'from claimbook.view import charts\ncharts.Figure.from_plotly(px.bar(rows, x="year", y="deals"), '
    f"{GIVEN})",
    "moving": 'px.bar(rows | {"step": ["a", "b"]}, x="year", y="deals", animation_frame="step")',
    "frame": "import pandas as pd\npd.DataFrame(rows)",
    "styled": "pd.DataFrame(rows).style.highlight_max()",
    "slider": "import ipywidgets\nipywidgets.IntSlider()",
    "interact": "ipywidgets.interact(lambda n: n, n=3);",
    "image": "import base64\nfrom IPython import display\ndot = b'R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=='\n"
    'display.Image(base64.b64decode(dot), format="gif")',
    "vector": 'display.SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>\')',
    "remote": "display.HTML('<b>map</b><script src=\"https://cdn.example/map.js\"></script>')",
    "within": 'display.IFrame("page.html", 300, 200)',
    "formula": 'display.Math("x^2")',
    "words": 'display.Markdown("**bold** words")',
    "warning": 'import warnings\nwarnings.warn("mind the gap")',
}
NOTICES = {
    "titled": "a Plotly figure without title, text alternative, source and table",
    "bare": "a Plotly figure without title, text alternative, source and table",
    "moving": "a Plotly figure without title, text alternative, source and table",
    "slider": "a bare ipywidgets control",
    "interact": "a bare ipywidgets control",
    "remote": "its output needs https://cdn.example/map.js",
    "within": "its output needs a page within the page (iframe)",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small book with a reader's chapter, and what its build said."""
    book = begin(tmp_path_factory.mktemp("reader") / "book", "own", lead="The lead")
    write_notebook(book, "own", "# My own\n\nWhat I found.", **CELLS)
    result = run(book)
    assert result.returncode == 0, result.stdout + result.stderr
    return book / "_build" / "html", result.stdout


@pytest.fixture(scope="module")
def outputs(built):
    """The output of each cell on the page, by the cell's name."""
    page = BeautifulSoup((built[0] / "chapters" / "own.html").read_text(encoding="utf-8"), "html.parser")
    cells = page.select("div.cell")
    assert len(cells) == len(CELLS)
    return {name: cell.select_one(".cell_output") for name, cell in zip(CELLS, cells, strict=True)}


def test_what_a_cell_lacks_is_said_with_the_way_to_add_it(built):
    said = re.findall(r"^  notice: chapters/own, cell (\d+): (.*)$", built[1], re.M)
    place = {name: str(number) for number, name in enumerate(CELLS, start=2)}
    assert [number for number, _ in said] == [place[name] for name in NOTICES]
    for (_, words), start in zip(said, NOTICES.values(), strict=True):
        assert words.startswith(start)
    assert "claimbook.view.charts.Figure.from_plotly(figure, title=…, alt=…, source=…) adds them" in said[0][1]


def test_a_figure_of_the_book_has_words_table_and_download(built, outputs):
    figure = outputs["wrapped"].select_one("figure.cb-chart#chart-deals-grew")
    assert figure.select_one(".cb-title > span").string == "Deals grew"
    assert "Bar chart. Deals grew from 3 to 5." in (figure.svg or figure.select_one(".cb-plot"))["aria-label"]
    assert "Source: our own count" in figure.figcaption.get_text()
    assert "n = 2 rows" in figure.figcaption.get_text()
    assert [c.get_text() for c in figure.select("table :is(th, td)")] == ["year", "deals", "2001", "3", "2002", "5"]
    with (built[0] / "charts" / "deals-grew.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["year", "deals"], ["2001", "3"], ["2002", "5"]]


def test_a_plain_figure_says_that_nothing_more_is_said_of_it(outputs):
    titled, bare = outputs["titled"].figure, outputs["bare"].figure
    assert titled.select_one(".cb-title").get_text() == "Deals by year"
    assert bare.select_one(".cb-title") is None
    for figure, name in ((titled, "Deals by year"), (bare, "Chart of cell 3")):
        said = f"{name}. Nothing more is said of it in words, and it has no table."
        assert (figure.svg or figure.select_one(".cb-plot"))["aria-label"] == said
        assert figure.select_one("details, a") is None


def test_everything_else_stands_on_the_page_or_says_where_it_is(outputs):
    assert [th.get_text() for th in outputs["frame"].select(".cb-scroll thead th")] == ["", "year", "deals"]
    assert outputs["styled"].select_one(".cb-scroll table td")
    assert outputs["image"].img
    assert outputs["vector"].select_one("img, svg")
    assert "x^2" in outputs["formula"].get_text()
    assert outputs["words"].strong.get_text() == "bold"
    assert "mind the gap" in outputs["warning"].get_text()
    for name in ("slider", "interact"):
        assert "needs a running kernel: run the chapter in JupyterLab" in outputs[name].get_text()
    for name in ("remote", "within"):
        assert "needs a file from another host: run the chapter in JupyterLab" in outputs[name].get_text()
        assert "map" not in outputs[name].get_text()


def test_the_charts_are_drawn_and_nothing_comes_from_elsewhere(built, browser):
    with served(built[0]) as url, Visit(browser, url, viewport=DESK) as visit:
        visit.page.goto(f"{url}chapters/own.html")
        assert len(draw_charts(visit.page)) == 4
        moving = visit.page.locator("figure.cb-chart").nth(3)
        assert moving.locator(".updatemenu-container, .slider-container").count() == 2
        frames = "figure => figure.querySelector('.js-plotly-plot')._transitionData._frames.map(({ name }) => name)"
        assert moving.evaluate(frames) == ["a", "b"]
        assert (visit.outside, visit.errors) == ([], [])
