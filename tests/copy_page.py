"""The panel for one's own copy of a text without the rest of its book: what its script needs, in a folder."""

import re

from playwright.sync_api import expect

from claimbook.site import STATIC, find
from claimbook.site.page import Page, add_policy
from claimbook.view import own_copy, palette
from claimbook.view.cards import Cards

HEAD = """<!DOCTYPE html><html lang="en" data-theme="light"><head><meta charset="utf-8"><title>A text</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="../_static/page.css">
<script defer src="../_static/copy.js"></script></head><body><main><article class="bd-article"><h1>A text</h1>
<h2>If you have the text</h2>"""


def write(folder, ledger, source_id):
    """Write the page of a text's panel into a folder, under the policy of the book, and return its path."""
    found = find.Found(copies={source_id: own_copy.known(Cards(ledger), source_id)})
    style = "*, ::before, ::after { box-sizing: border-box } body { background: var(--cb-paper); color: var(--cb-ink) }"
    style += " a { color: var(--cb-link) }"
    html = f"{HEAD}{own_copy.panel(ledger.text(source_id)).form()}</article></main></body></html>"
    page = Page.read(f"chapters/{source_id}.html", html)
    add_policy(page)
    files = {
        **find.copy_scripts(found),
        "_static/page.css": style + palette.styles() + (STATIC / "claimbook.css").read_text(encoding="utf-8"),
        "_static/copy.js": (STATIC / "copy.js").read_text(encoding="utf-8"),
        page.name: str(page.soup),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / page.name


def give(page, copy, name="copy.txt"):
    """Give a copy to the panel, as a file or, where it is text without a name, by pasting; return what it says."""
    page.evaluate("document.querySelector('.cb-own [role=status]').replaceChildren()")
    if again := page.locator(".cb-again").all():
        again[0].click()
    if name:
        raw = copy if isinstance(copy, bytes) else copy.encode()
        page.locator(".cb-own [type=file]").set_input_files({"name": name, "mimeType": "", "buffer": raw})
    else:
        page.locator(".cb-own textarea").fill(copy)
        page.locator(".cb-own .cb-give button").click()
    told = page.locator(".cb-own [role=status]")
    expect(told).to_have_text(re.compile(r"^(?!\s*Comparing)\s*\S"), timeout=30_000)
    return told.inner_text()


def passages(page):
    """Return per claim that is marked the words of its passage, joined."""
    return page.evaluate(
        """() => {
          const found = {};
          document.querySelectorAll('.cb-mark[data-claims]').forEach((part) => {
            const words = part.cloneNode(true);
            words.querySelectorAll('.cb-sign, .cb-unseen').forEach((one) => one.remove());
            part.dataset.claims.split(' ').forEach((id) => { found[id] = (found[id] ?? '') + words.textContent; });
          });
          return found;
        }"""
    )
