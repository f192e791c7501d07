"""A page of its own for every claim: light and static, the one address at which a claim stands.

They are no documents of Sphinx: a book has hundreds of them, and what they show follows from the ledger alone. In the
finished book every link to a claim or to a row of its evidence leads here; in JupyterLab, and in a book that is built
without the finishing step, it leads to the claim's place in the chapter of its text.
"""

import base64
import hashlib
import json
import posixpath
import re
from dataclasses import asdict, dataclass
from html import escape, unescape

from claimbook.exchange.published import CLAIMS, claim_path
from claimbook.model import ids
from claimbook.model.ledger import Ledger
from claimbook.model.passages import SEPARATOR
from claimbook.site.kept import Kept
from claimbook.site.page import STYLE, Finished
from claimbook.site.places import address
from claimbook.site.renderers import page_links
from claimbook.site.templating import render
from claimbook.view import claim_page
from claimbook.view.cards import Cards

CHAPTERS = "../chapters/"
SCHEME = """\
const dark = matchMedia("(prefers-color-scheme: dark)");
let kept = "auto";
try {
  kept = localStorage.getItem("mode") || "auto";
} catch {}
const follow = () => {
  document.documentElement.dataset.theme = kept === "auto" ? (dark.matches ? "dark" : "light") : kept;
};
follow();
dark.addEventListener("change", follow);
"""
"""The one script of such a page: it takes over the reader's choice of light or dark from the book."""

HASH = "sha256-" + base64.b64encode(hashlib.sha256(SCHEME.encode()).digest()).decode()

HREF = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')
LINKED = re.compile(r'<a\b([^>]*?)\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
ID = re.compile(r'\bid="([^"]*)"')
CLASS = re.compile(r'\bclass="([^"]*)"')
TAG = re.compile(r"<([a-z][a-z0-9]*)\b([^>]*)")
NAME = re.compile(r'\s([a-z-]+)="')

ESTABLISHED = ("supported", "partly_supported", "disputed", "contradicted")
"""The verdicts that rest on a side which the evidence establishes: these alone are told to search engines."""


@dataclass(frozen=True)
class Facts:
    """What the pages say of the book: its title, who is cited, version with its day, year, who coded it, its address.

    The address is "" where none is known.
    """

    title: str
    authors: str
    version: str
    year: str
    coder: str
    base: str


def pages(ledger: Ledger, facts: Facts, reviews: dict[str, dict]) -> dict[str, str]:
    """Return the page of every claim of a ledger, and of every claim that is retired, by its path within the book.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    facts : Facts
        What the pages say of the book.
    reviews : dict of str to dict
        The ClaimReview of each claim; a page holds it where the book has an address and its evidence establishes a
        side.
    """
    cards = Cards(ledger, CHAPTERS, whole=True)
    made = {}
    for _, claim in ledger.claims.iterrows():
        claim_id = claim["claim_id"]
        where = facts.base + claim_path(claim_id) if facts.base else ""
        verdict = cards.assessed.verdicts.at[claim_id, "verdict"]
        review = reviews.get(claim_id) if where and verdict in ESTABLISHED else None
        made[claim_path(claim_id)] = render(
            "claim.html",
            facts=facts,
            claim_id=claim_id,
            title=claim["statement"],
            description=f"{cards.assessed.outcome(claim_id)}. {_why(cards, claim)}".strip(),
            address=where,
            script=SCHEME,
            hash=HASH,
            style=posixpath.relpath(STYLE, CLAIMS),
            review=json.dumps(review, ensure_ascii=False).replace("<", "\\u003c") if review else "",
            said=claim_page.outcome(cards, claim_id),
            body=claim_page.body(cards, claim),
            snippet=claim_page.snippet(cards, claim_id, where),
        )
    for row in ledger.retired_ids.itertuples(index=False):
        if ids.claim_named(row.id) == row.id:
            made[claim_path(row.id)] = render(
                "retired.html",
                facts=facts,
                claim_id=row.id,
                reason=row.reason,
                successors=row.successors.split(SEPARATOR),
                script=SCHEME,
                hash=HASH,
                style=posixpath.relpath(STYLE, CLAIMS),
            )
    return {name: HREF.sub(_led, page_links(text)) for name, text in made.items()}


def _why(cards: Cards, claim) -> str:
    return cards.assessed.why(claim["claim_id"]) if claim["checkable"] else ""


def _led(match: re.Match) -> str:
    return match[1] + escape(address(unescape(match[2]))) + match[3]


def finished(texts: dict[str, str], there: set[str], kept: Kept) -> list[Finished]:
    """Return the pages of claims as the finishing step has pages, without links to pages that the book has not.

    Parameters
    ----------
    texts : dict of str to str
        As :func:`pages` gives them.
    there : set of str
        Paths of the other pages of the book.
    kept : claimbook.site.kept.Kept
        Results of earlier builds.
    """
    known = {*texts, *(name for name in there if name.endswith(".html"))}
    asked = "".join(texts.values()), " ".join(sorted(known))
    return [Finished(**one) for one in kept.once(lambda: [asdict(_finished(*p, known)) for p in texts.items()], *asked)]


def _finished(name: str, text: str, known: set[str]) -> Finished:
    def kept(match: re.Match) -> str:
        href = unescape(match[2]).partition("#")[0]
        target = posixpath.normpath(posixpath.join(CLAIMS, href))
        outside = href.startswith(("http:", "https:", "mailto:")) or not href
        return match[0] if outside or target in known else match[3]

    text = LINKED.sub(kept, text)
    tags = TAG.findall(text)
    words = {tag for tag, _ in tags} | {n for _, rest in tags for n in NAME.findall(rest)}
    marks = {one for value in CLASS.findall(text) for one in value.split()} | set(ID.findall(text))
    return Finished(
        name=name,
        text=text,
        groups={},
        sheets=[],
        scripts=[],
        files=["_static/favicon.svg"],
        names=sorted(words | marks),
        properties=[],
        ids=list(dict.fromkeys(ID.findall(text))),
        links=[("a", unescape(href)) for _, href, _ in HREF.findall(text)],
        description="",
    )
