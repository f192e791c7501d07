"""Icons of the theme on a page of their own: drawn where they stand, without a font, and seen by a browser."""

import base64
import re
import shutil
from pathlib import Path

import pydata_sphinx_theme
import pytest
from browser import Visit
from bs4 import BeautifulSoup

from claimbook.site import icons
from claimbook.site.finish import finish
from claimbook.site.kept import Kept

THEME = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
PRIVATE_USE = re.compile("[\ue000-\uf8ff]|\\\\[ef][0-9a-f]{3}")
PAGE = """<!DOCTYPE html>
<html lang="en" data-theme="light"><head><meta charset="utf-8"/><title>Icons</title>
<link rel="stylesheet" href="_static/styles/pydata-sphinx-theme.css"/>
<link rel="stylesheet" href="_static/claimbook.css"/>
<script src="_static/make.js" defer></script></head><body><main>
<p id="plain">x</p>
<p id="named"><i class="fa-solid fa-sun"></i> <span class="far fa-bell"></span> <i class="fab fa-github"></i>
<i class="fa fa-times fa-2x" title="Close"></i> <i class="fas fa-plus"></i></p>
<p><i class="fas fa-nonsense"></i> <i class="bell sun"></i></p>
<a href="#plain" class="reference download"></a> <span class="versionmodified"></span>
<div class="admonition warning"><p class="admonition-title"></p></div>
<a href="#plain" id="made"></a>
</main></body></html>"""
SCRIPT = """
const icon = document.createElement("i");
icon.className = "fa-solid fa-xmark";
document.querySelector("#made").append(icon);
"""
NAMED = {"fa-sun": 512, "fa-bell": 448, "fa-github": 496, "fa-times": 384, "fa-plus": 448}
MASKED = [("a.download", "::before"), (".versionmodified", "::before"), (".admonition-title", "::after")]
MASKED += [("#made i", "::before")]
LOOK = """([selector, part]) => {
    const style = getComputedStyle(document.querySelector(selector), part);
    return [style.maskImage.slice(0, 19), style.backgroundColor === style.color];
}"""
# The share of a picture that is not as its first pixel is.
INK = """async picture => {
    const image = new Image();
    image.src = "data:image/png;base64," + picture;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const pixels = new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer);
    return pixels.filter(pixel => pixel !== pixels[0]).length / pixels.length;
}"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A page with icons of every kind, finished."""
    folder = tmp_path_factory.mktemp("icons")
    book = folder / "raw"
    shutil.copytree(THEME / "styles", book / "_static" / "styles")
    shutil.copytree(THEME / "vendor", book / "_static" / "vendor")
    own = Path(icons.__file__).parent / "static" / "claimbook.css"
    shutil.copy(own, book / "_static")
    (book / "_static" / "make.js").write_text(SCRIPT, encoding="utf-8")
    (book / "index.html").write_text(PAGE, encoding="utf-8")
    for name in ("plotly.min.js", "preview.png"):
        (book / "_static" / name).touch()
    finish(book, folder / "book", Kept(folder / "kept", ""))
    return folder / "book"


@pytest.fixture(scope="module")
def style(finished):
    return (finished / "_static" / "book.css").read_text(encoding="utf-8")


def test_a_page_has_each_icon_as_a_drawing_that_is_not_read_out(finished):
    page = BeautifulSoup((finished / "index.html").read_text(encoding="utf-8"), "html.parser")
    for name, width in NAMED.items():
        element = page.select_one(f"#named .{name}")
        assert element.svg["viewbox"] == f"0 0 {width} 512", name
        assert element.svg["aria-hidden"] == "true"
        assert element.svg.path["fill"] == "currentColor"
        assert element.svg.path["d"]
    assert page.select_one(".fa-times")["title"] == "Close"
    assert len(page.select("svg")) == len(NAMED)
    outlines = {name: page.select_one(f".{name} path")["d"] for name in NAMED}
    assert len({*outlines.values()}) == len(NAMED)
    read = icons.Icons.read()
    assert outlines["fa-bell"] == read.named["far", "bell"].path != read.named["fas", "bell"].path


def test_a_finished_book_has_no_font_and_no_glyph_of_one(finished, style):
    assert [path.name for path in finished.rglob("*") if path.suffix in (".woff2", ".woff", ".ttf", ".otf")] == []
    for text in (style, (finished / "index.html").read_text(encoding="utf-8")):
        assert PRIVATE_USE.findall(text) == []
        assert "data:font" not in text
        assert "font-src" not in text
    assert "@font-face" not in style
    assert re.findall(r"Font Awesome.*", style) == [icons.NOTICE.removeprefix("/*! Icons: ")]


def test_a_rule_for_a_named_icon_stays_for_the_script_that_makes_it_alone(style):
    assert re.findall(r"\.(fa-[\w-]+)(?::empty)?:before\{", style) == ["fa-xmark"]
    assert ".fa-xmark:empty:before{" in style


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_icons_are_seen_in_the_colour_of_their_text_on_file(finished, browser, scheme, forced):
    home = finished.as_uri()
    with Visit(browser, home, color_scheme=scheme, forced_colors=forced) as visit:
        page = visit.page
        page.goto(f"{home}/index.html")
        page.evaluate("scheme => { document.documentElement.dataset.theme = scheme; }", scheme)
        assert page.evaluate("document.fonts.size") == 0
        for name, width in NAMED.items():
            icon = page.locator(f"#named .{name}")
            size = icon.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
            box = icon.locator("svg").bounding_box()
            assert box["height"] == pytest.approx(size, abs=0.1), name
            assert box["width"] == pytest.approx(size * width / 512, abs=0.1), name
            text, drawn = (
                icon.evaluate("e => getComputedStyle(e).color"),
                icon.locator("path").evaluate("e => getComputedStyle(e).fill"),
            )
            assert text == drawn, name
        for place in MASKED:
            assert page.evaluate(LOOK, place) == ['url("data:image/svg', True], place
        places = [f"#named .{name}" for name in NAMED] + ["a.download", ".versionmodified", "#made i"]
        pictures = {place: page.locator(place).screenshot() for place in places}
        page.goto("about:blank")
        for place, picture in pictures.items():
            ink = page.evaluate(INK, base64.b64encode(picture).decode())
            assert 0.1 < ink < 0.9, f"{place}: {ink:.0%} is drawn"
        assert visit.errors == []


def test_an_icon_makes_no_line_higher(finished, browser):
    home = finished.as_uri()
    with Visit(browser, home) as visit:
        visit.page.goto(f"{home}/index.html")
        heights = visit.page.evaluate("""() => {
            const line = document.querySelector("#plain");
            const heights = [line.clientHeight];
            for (const icon of document.querySelectorAll(".fa-sun, .fa-plus")) {
                line.append(icon);
                heights.push(line.clientHeight);
                icon.classList.add("fa-lg");
                heights.push(line.clientHeight);
            }
            return heights;
        }""")
        assert len({*heights}) == 1, heights


def test_a_theme_without_icons_in_the_known_form_is_named(tmp_path, monkeypatch):
    package = tmp_path / "bare_theme"
    (package / icons.SCRIPT).parent.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / icons.SCRIPT).write_text("({})", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(icons, "THEME", "bare_theme")
    with pytest.raises(ValueError, match=r"fontawesome\.js: no icons in the known form; install bare_theme as"):
        icons.Icons.read()
