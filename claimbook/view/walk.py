"""The walk through a text: a strip of its sentences by verdict that leads, then its claims, paragraph by paragraph."""

import pandas as pd

from claimbook.analysis import evidence, verdicts
from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.verdicts import shares
from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view import addresses, blocks
from claimbook.view.assessments import LESS
from claimbook.view.cards import Cards
from claimbook.view.markup import Html, el, join, named
from claimbook.view.tables import cited, quantity_text, quiet, readable_words, recorded, told_dates

SIDES = {
    "For": (*verdicts.WHOLE, "supports_part", "asserts"),
    "Against": ("contradicts", "qualifies", "not_verified"),
}
"""Where a row of evidence stands in the walk; a denial has a line of its own."""

LIMIT = LESS["qualifies"].removesuffix(": ")

PREFIXES = {
    "admits": "A party admits it: ",
    "supports_part": LESS["supports_part"],
    "not_verified": "Tried to verify it, and could not: ",
    "asserts": "A party's own word, not counted: ",
}

HEIGHT = "2.5rem"


def stands_open(claim, verdict: str) -> bool:
    """Tell whether a claim is shown unfolded: it carries the thesis, or is contradicted."""
    return claim["weight"] == "thesis" or verdict == "contradicted"


def claims(text: Ledger) -> Html:
    """Walk through a text: the strip that leads, then every paragraph with its claims.

    Thesis and contradicted claims stand open, the others are folded under their paragraph. Every claim, sentence, row
    of evidence and quantity of the text keeps its address.
    """
    if text.sentences.empty:
        return quiet("No sentence of the text is in the ledger.")
    walk = _Walk(text)
    parts = [walk.paragraph(number, rows) for number, rows in text.sentences.groupby("paragraph")]
    return el("div", blocks.key(shares(walk.verdict)), strip(text), parts, class_="cb-walk")


def strip(text: Ledger) -> Html:
    """Draw a text as a strip: a column a sentence, as wide as it is long, stacked by verdict, linked by paragraph."""
    if text.sentences.empty:
        return quiet("No sentence of the text is in the ledger.")
    verdict = evidence.verdicts(text).set_index("claim_id")["verdict"]
    of = {key: part.map(verdict) for key, part in text.claims["claim_id"].groupby(text.claims["sentence_id"])}
    links = []
    for number, rows in text.sentences.groupby("paragraph"):
        found = shares(pd.concat([of[s] for s in rows["sentence_id"] if s in of] or [pd.Series(dtype=str)]))
        said = f"Paragraph {number}: {blocks.told(found) or 'no claim'}"
        columns = [
            el(
                "span",
                [
                    blocks.block(v, f"display:block;flex:{n} 1 0")
                    for v, n in shares(of.get(s.sentence_id, ())).items()
                    if n
                ],
                style=f"flex:{s.end - s.start} 1 0;display:flex;flex-direction:column;gap:1px;min-width:2px",
            )
            for s in rows.itertuples(index=False)
        ]
        links.append(
            el(
                "a",
                el("span", columns, style=f"display:flex;gap:1px;height:{HEIGHT}", class_="cb-columns-of"),
                el("span", f"{number}", style="display:block;text-align:center", class_="cb-place"),
                href=f"#{rows['sentence_id'].iloc[0]}",
                title=said,
                aria_label=said,
                style=f"flex:{int((rows['end'] - rows['start']).sum())} 1 0;min-width:26px;text-decoration:none",
            )
        )
    row = el("div", links, style="display:flex;gap:2px")
    return el("nav", row, aria_label="Sentences by verdict, numbered by paragraph", class_="cb-strip", id="strip")


class _Walk:
    """What the parts of a walk through a text have in common."""

    def __init__(self, text: Ledger):
        self.text, self.cards = text, Cards(text)
        self.assessed = self.cards.assessed
        self.verdict = text.claims["claim_id"].map(self.assessed.verdicts["verdict"])
        self.by_sentence = {key: rows for key, rows in text.claims.groupby("sentence_id")}
        self.ends = terminal_sources(text).set_index("claim_id")
        self.homes = set(text.sources["source_id"])
        self.placed: set[str] = set()
        self.before = ""

    def paragraph(self, number: int, sentences: pd.DataFrame) -> Html:
        mine = [
            claim
            for s in sentences["sentence_id"]
            if s in self.by_sentence
            for _, claim in self.by_sentence[s].iterrows()
        ]
        found = {claim["claim_id"]: self.assessed.verdicts.at[claim["claim_id"], "verdict"] for claim in mine}
        apart = [claim for claim in mine if stands_open(claim, found[claim["claim_id"]])]
        rest = [claim for claim in mine if not stands_open(claim, found[claim["claim_id"]])]
        first, *others = sentences["sentence_id"]
        folded = None
        if rest:
            which = count(len(rest), "other claim" if apart else "claim")
            words = f"{which}: {blocks.told(shares(found[claim['claim_id']] for claim in rest))}"
            folded = el("details", el("summary", words), self._points(rest))
        elif not apart:
            folded = quiet("Not part of what the text says: a heading, a notice or the like.")
        return el(
            "section",
            [el("span", id=sentence) for sentence in others],
            el("h3", f"Paragraph {number}", class_="cb-place"),
            el("div", self._points(apart, whole=True), folded),
            id=first,
            class_="cb-sentence",
        )

    def _points(self, claims: list, whole: bool = False) -> list[Html]:
        """Show claims one after the other; on whose word one rests is told where that has changed."""
        self.before = ""
        return [self.point(claim, whole) for claim in claims]

    def point(self, claim, whole: bool = False) -> Html:
        """Show a claim: statement and verdict in a line, who says it and when it was, both sides, who denies it.

        Of background that lies folded the sides stand on the claim's own page alone, to which the line leads.

        Parameters
        ----------
        claim : pandas.Series
            A row of ``claims.csv``.
        whole : bool
            Whether it stands open, with its words and with findings that are not cut to what they say first.
        """
        claim_id = claim["claim_id"]
        rows = self.assessed.told(claim_id)
        anchors = [row.id for row in self.cards.retired.get(claim_id, [])] + [row["evidence_id"] for row in rows]
        more = "evidence" if rows else "more"
        return el(
            "article",
            [el("span", id=anchor) for anchor in anchors],
            el(
                "p",
                el("span", claim["statement"], class_="cb-statement"),
                " ",
                self.assessed.mark(claim_id, why=False),
                " ",
                el("a", more, href=addresses.claim(claim_id), title=claim_id, class_="cb-more"),
            ),
            self._said(claim, whole),
            self._sides(claim, whole) if claim["checkable"] and (whole or claim["weight"] != "background") else None,
            self.assessed.denied(claim_id, places=True),
            id=claim_id,
            class_=f"cb-point cb-weight-{claim['weight']}",
        )

    def _said(self, claim, whole: bool) -> Html | None:
        """Say whether a claim carries the thesis, on whose word it rests, and what it counts and dates."""
        claim_id = claim["claim_id"]
        own = self.ends.at[claim_id, "own"]
        parts = ["Carries the thesis." if claim["weight"] == "thesis" else None]
        again = claim["chain_id"] == self.before
        self.before = claim["chain_id"]
        if not own and again:
            parts.append("On the same word.")
        elif not own:
            parts.append(["On the word of ", self.cards.chain(claim["chain_id"], verbs=False), "."])
        parts.append("On the text's own word." if own and whole else None)
        spoken = self.cards.spoken[ids.text_of(claim_id)]
        parts.append(["In its words: ", cited(claim["quote"], spoken), "."] if claim["quote"] and whole else None)
        shown = [part for part in (*parts, *self._numbers(claim_id, whole), *self._events(claim_id, whole)) if part]
        return el("p", join(shown, " "), class_="cb-quiet") if shown else None

    def _numbers(self, claim_id: str, whole: bool) -> list[Html]:
        found = []
        for _, q in self.cards.quantities.get(claim_id, pd.DataFrame()).iterrows():
            new = q["quantity_id"] not in self.placed and ids.text_of(q["quantity_id"]) in self.homes
            self.placed.add(q["quantity_id"])
            said = cited(q["wording"], self.cards.spoken[ids.text_of(claim_id)]) if q["wording"] else None
            words = [quantity_text(q), [" (", said, ")"] if said else None]
            shown = words if whole else said or words
            found.append(el("span", "Number: ", shown, ".", id=q["quantity_id"] if new else None))
        return found

    def _events(self, claim_id: str, whole: bool) -> list[list]:
        events = [event for _, event in self.cards.events.get(claim_id, pd.DataFrame()).iterrows()]
        if whole or len(events) < 2:
            return [[self._event(event, "Event"), self._days(event) if whole else "."] for event in events]
        return [["Events ", join((self._event(event, f"{n}") for n, event in enumerate(events, 1)), ", "), "."]]

    def _event(self, event, words: str) -> Html:
        return el("a", words, href=addresses.event(self.text, event["event_id"]), title=event["summary"])

    def _days(self, event) -> list:
        if event["told_start"] or event["told_end"] or event["date_words"] or event["date_basis"]:
            return [": told ", told_dates(event, self.cards.spoken), ", on record ", recorded(event), "."]
        return [" without a date."]

    def _sides(self, claim, whole: bool) -> Html:
        """Show the weightiest evidence on each side, or that none was found, or that none was searched for."""
        claim_id, rows = claim["claim_id"], self.assessed.told(claim["claim_id"])
        best = {}
        for side, stances in SIDES.items():
            mine = [row for row in rows if row["side"] in stances]
            best[side] = min(mine, key=lambda row, stances=stances: _rank(row, stances)) if mine else None
        absent = {side: self.assessed.absent(claim_id, side.lower()) for side, row in best.items() if not row}
        if len(absent) == len(SIDES) and len(set(absent.values())) == 1:
            return el("p", "For and against: ", absent["For"], ".", class_="cb-quiet")
        shown = {_head(side, row): self._line(row, whole) if row else f"{absent[side]}." for side, row in best.items()}
        if whole and not absent:
            return el(
                "div", [el("div", el("strong", side), " ", line) for side, line in shown.items()], class_="cb-sides"
            )
        return el("p", join(([el("strong", side), " ", line] for side, line in shown.items()), " "), class_="cb-told")

    def _line(self, row: dict, whole: bool) -> Html:
        """Show a row of evidence in one line: its decisive words, or what it finds, and whose they are.

        Of what bears out a claim that lies folded, only whose it is: the claim's own page has the words.
        """
        entry = self.text.bibliography.get(row["reference"], {})
        place = addresses.check(row["check"]) if row["check"] else addresses.reference(row["reference"])
        origin = el("a", named(self.assessed.origins[row["origin"]]), href=place)
        if not whole and row["stance"] != "contradicts":
            said = None
        elif row["words"] and not row["check"]:
            said = readable_words(row, entry)
            if url := entry.get("url"):
                said = el("a", said, href=addresses.words(url, row["words"]), rel="noopener")
            said = join([said, " (our translation)" if row["words_english"] else None, ". "])
        else:
            said = f"{row['finding'] if whole else _first(row['finding'])} "
        counted = row["counts"] or row["stance"] in verdicts.OWN_WORD or row["stance"] == "not_verified"
        gone = " Taken back or replaced by its own source." if row["superseded"] else None
        aside = "" if counted or gone else " Shown, not counted."
        return join([PREFIXES.get(row["side"]), said, el("span", origin, ".", aside, gone, class_="cb-quiet")])


def _head(side: str, row: dict | None) -> str:
    """Return the heading of a side: what only limits a claim is not against it."""
    return LIMIT if row and row["side"] == "qualifies" else side


def _rank(row: dict, stances: tuple[str, ...]) -> tuple:
    """Return what sorts the evidence on a side: what counts first, then by stance, record, reliability and length."""
    return (
        bool(row["superseded"]),
        not row["counts"],
        stances.index(row["side"]),
        not row["primary"],
        row["reliability"],
        len(row["finding"]),
    )


def _first(finding: str) -> str:
    """Return what a finding says first, as a sentence.

    Examples
    --------
    >>> _first("The day, by Reuters: it was signed; a second day is named by others.")
    'The day, by Reuters: it was signed.'
    """
    return finding.partition("; ")[0].rstrip(".") + "."
