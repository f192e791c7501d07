"""One's own copy of a text beside its claims: the book does not hold the texts, but its readers may.

The page finds the sentences of a text in a copy that a reader gives, by their fingerprints, in the reader's browser
alone (``copy.js``). In JupyterLab the copies in the folder that ``CLAIMBOOK_TEXTS`` names are shown the same way.
"""

from itertools import pairwise
from pathlib import Path

from claimbook.model import passages
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger, texts_dir
from claimbook.model.settings import TEXTS
from claimbook.view import palette
from claimbook.view.cards import Cards
from claimbook.view.markup import Html, el, lined, plain
from claimbook.view.mime import COPY
from claimbook.view.tables import claim_link, quiet

LINES = {
    "supported": "underline solid",
    "partly_supported": "underline dashed",
    "disputed": "underline double",
    "contradicted": "underline wavy",
    "not_established": "underline dotted",
    "not_checkable": "underline dotted",
}
"""The line under a passage, beside colour and glyph, in JupyterLab, which has no style sheet of the book."""


def known(cards: Cards, source_id: str) -> dict:
    """Return what the page's script has to know of a text to find its sentences in a copy: never its words.

    Parameters
    ----------
    cards : Cards
        Of the whole ledger, or of the text.
    source_id : str
        The text.

    Returns
    -------
    dict
        ``title``. ``sentences``, those with content: paragraph, place in it, start, end, SHA-256, SHA-256 of the folded
        form, its length, its steps, whether another sentence stands right before or after it without a blank.
        ``claims``: id, number of the sentence among these, start and end within it,
        statement, verdict, the reason where it cannot be checked, who denies it.
    """
    sentences = _sentences(cards.ledger, source_id)
    every = cards.ledger.sentences[cards.ledger.sentences["source_id"] == source_id]
    starts, ends = set(every["start"]), set(every["end"])
    numbers = {sentence: number for number, sentence in enumerate(sentences["sentence_id"])}
    start_of = dict(zip(sentences["sentence_id"], sentences["start"], strict=True))
    claims = []
    for _, claim in _claims(cards.ledger, numbers).iterrows():
        at, assessed = start_of[claim["sentence_id"]], cards.assessed
        reason = "" if claim["checkable"] else palette.REASONS[claim["not_checkable_reason"]]
        denial = assessed.denial(claim["claim_id"])
        verdict = assessed.verdicts.at[claim["claim_id"], "verdict"]
        place = [numbers[claim["sentence_id"]], int(claim["start"] - at), int(claim["end"] - at)]
        said = [claim["statement"], verdict, reason, "" if denial is None else plain(denial)]
        claims.append([claim["claim_id"], *place, *said])
    return {
        "title": cards.sources.at[source_id, "short_name"],
        "sentences": [
            [
                *(int(number) for number in (row.paragraph, row.sentence, row.start, row.end)),
                *(row.sha256, row.folded_sha256, int(row.folded_length) if row.folded_sha256 else 0),
                [int(step) for step in row.folded_steps.split()],
                row.start in ends or row.end in starts,
            ]
            for row in sentences.itertuples(index=False)
        ],
        "claims": claims,
    }


def _sentences(ledger: Ledger, source_id: str):
    rows = ledger.sentences
    return rows[(rows["source_id"] == source_id) & (rows["role"] == "content")].sort_values("start")


def _claims(ledger: Ledger, sentences):
    rows = ledger.claims
    return rows[rows["sentence_id"].isin(sentences)].sort_values(["start", "end"], kind="stable")


class Panel:
    """The place of a chapter where a reader gives a copy of its text.

    Parameters
    ----------
    text : Ledger
        One text's part of the ledger.
    """

    def __init__(self, text: Ledger):
        self.text = text
        self.source = text.sources.iloc[0]

    def form(self) -> Html:
        """Return the panel as the page shows it; the script ``copy.js`` does the rest."""
        source_id, address = self.source["source_id"], self.source["url"]
        found = el("a", "its published address", href=address, rel="noopener") if address else None
        return el(
            "section",
            el(
                "p",
                "The text belongs to others and is not printed here. ",
                ["You find it at ", found, ". "] if found else None,
                "Your copy is compared in your browser, with fingerprints of the sentences. Nothing is sent or kept.",
            ),
            el(
                "div",
                el(
                    "p",
                    el("label", "A file of the text or of its web page", for_=f"{source_id}-file"),
                    el("input", type="file", id=f"{source_id}-file", accept=".txt,.htm,.html,.xhtml,.md,text/*"),
                ),
                el(
                    "p",
                    el("label", "or its words, pasted here", for_=f"{source_id}-words"),
                    el(
                        "textarea",
                        id=f"{source_id}-words",
                        dir="auto",
                        rows="2",
                        spellcheck="false",
                        autocomplete="off",
                    ),
                ),
                el("p", el("button", "Mark the claims in it", type="button")),
                class_="cb-form cb-give cb-js",
            ),
            el("noscript", el("p", "Comparing needs JavaScript. The claims above say on which paragraph each rests.")),
            el("div", class_="cb-status", role="status"),
            el("div", class_="cb-marked"),
            class_="cb-own",
            data_text=source_id,
            data_lang=self.source["language"],
            aria_label="Your own copy",
        )

    def _repr_html_(self) -> str:
        return beside(self.text)._repr_html_()

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        here = self._repr_html_()
        return {COPY: {"html": str(self.form())}, "text/html": here, "text/plain": lined(here)}


def panel(text: Ledger) -> Panel | Html:
    """Return the place where a reader gives a copy of a text; where no sentence of it is known, a sentence says so."""
    if _sentences(text, text.sources["source_id"].iloc[0]).empty:
        return quiet("No sentence of the text is in the ledger, so no copy can be compared.")
    return Panel(text)


def beside(text: Ledger, folder: Path | str | None = None) -> Html:
    """Show a text from one's own copy, its claims marked by verdict and listed beside it: for JupyterLab.

    Parameters
    ----------
    text : Ledger
        One text's part of the ledger.
    folder : path, optional
        Where the copy is, as ``<source_id>.txt``; by default ``CLAIMBOOK_TEXTS``.

    Returns
    -------
    Html
        What it shows must not be published. A sentence says what to do where there is no copy.
    """
    source_id = text.sources["source_id"].iloc[0]
    place = Path(folder) if folder else texts_dir()
    if place is None:
        return quiet(
            f"To see the text here beside its claims, put your copy of it into a folder as {source_id}.txt, set {TEXTS}"
            " to that folder, and start JupyterLab again. The book itself does not hold the text."
        )
    try:
        words = passages.read_text(place, source_id)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        return quiet(f"{place / source_id}.txt cannot be read: {why}.")
    cards, shown, lacking = Cards(text), [], []
    for paragraph, rows in _sentences(text, source_id).groupby("paragraph", sort=False):
        said, claims = [], []
        for sentence in rows.itertuples(index=False):
            own = _claims(text, [sentence.sentence_id])
            claims += [claim for _, claim in own.iterrows()]
            if passages.sha256(passages.slice_of(words, sentence.start, sentence.end)) == sentence.sha256:
                said += [_marked(words, sentence, own, cards), " "]
            else:
                lacking.append(f"paragraph {paragraph}, sentence {sentence.sentence}")
        items = [_item(claim, cards) for claim in claims]
        spoken = cards.spoken[source_id]
        shown.append(
            el("div", el("p", said, lang=spoken, dir="auto"), el("ul", items, class_="cb-own-cards"), class_="cb-sides")
        )
    total = len(_sentences(text, source_id))
    head = f"{total - len(lacking)} of {count(total, 'sentence')} found in {place / source_id}.txt."
    note = f" Not found: {'; '.join(lacking)}." if lacking else ""
    if len(lacking) == total:
        return quiet(f"No sentence of the text was found in {place / source_id}.txt: it is another text or version.")
    return el("div", el("p", head, note, " Do not publish this output: the text belongs to others."), shown)


def _marked(words: str, sentence, claims, cards: Cards) -> Html:
    """Return a sentence cut where a claim begins or ends, the innermost claim giving its mark to what is between."""
    cuts = {sentence.start, sentence.end, *claims["start"], *claims["end"]}
    edges, parts, begun = sorted(cuts), [], set()
    for start, end in pairwise(edges):
        here = claims[(claims["start"] <= start) & (claims["end"] >= end)]
        passage = passages.slice_of(words, start, end)
        if here.empty:
            parts.append(passage)
            continue
        claim_id = here.loc[(here["end"] - here["start"]).idxmin(), "claim_id"]
        verdict = cards.assessed.verdicts.at[claim_id, "verdict"]
        sign = el("small", palette.VERDICT_GLYPHS[verdict], aria_hidden="true") if claim_id not in begun else None
        parts.append(
            el(
                "a",
                sign,
                passage,
                href=f"#{claim_id}-copy",
                id=None if claim_id in begun else f"{claim_id}-words",
                title=palette.VERDICTS[verdict],
                class_="cb-mark",
                style=f"color:inherit;text-decoration:{LINES[verdict]} {palette.VERDICT_COLOURS[verdict]}",
                data_claims=" ".join(here["claim_id"]),
            )
        )
        begun.add(claim_id)
    return el("span", parts)


def _item(claim, cards: Cards) -> Html:
    claim_id = claim["claim_id"]
    return el(
        "li",
        claim["statement"],
        " ",
        cards.assessed.mark(claim_id, why=False),
        cards.assessed.denied(claim_id),
        el("div", claim_link(claim_id), class_="cb-quiet"),
        id=f"{claim_id}-copy",
    )
