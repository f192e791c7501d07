"""The search page of a ledger without the rest of its book: what its scripts need, in a folder."""

from playwright.sync_api import expect

from claimbook.site import STATIC, find, publish, things
from claimbook.view import palette

HEAD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Search</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="_static/page.css">
<script defer src="_static/search.js"></script><script defer src="_static/checked.js"></script></head>
<body><main><article>"""


def write(folder, ledger):
    """Write the search page of a ledger into a folder and return its path."""
    found = things.in_ledger(ledger)
    light, heavy = find.search_scripts(found)
    style = "*, ::before, ::after { box-sizing: border-box }"  # as the theme has it
    style += palette.styles() + "".join((STATIC / f"{name}.css").read_text() for name in ("claimbook", "finding"))
    files = {
        find.CARDS: find.cards_script(found, {}),
        find.SEARCH: light,
        find.EVIDENCE: heavy,
        find.CHECKED: find.checked_script(found),
        "_static/page.css": style,
        "search.html": f"{HEAD}{publish.search({})}</article></main></body></html>",
        **{f"_static/{path.name}": path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")},
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "search.html"


def check(page, sentence):
    """Paste a sentence into the page and return the ids of the claims shown, the nearest first."""
    page.locator("#cb-sentence").fill(sentence)
    page.locator("#cb-near").evaluate("status => { status.textContent = ''; }")
    page.get_by_role("button", name="Find the nearest claims").click()
    expect(page.locator("#cb-near")).not_to_be_empty()
    return page.locator("#cb-nearest li").evaluate_all("lines => lines.map(line => line.dataset.claim)")
