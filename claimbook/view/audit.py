"""An audit by a reader: rows of evidence drawn at random, all that is needed to check them, and a form to report.

It lives twice, as the controls do: ipywidgets where a kernel runs, a plain form on the page. The answers become a CSV
in the form of the audits that the ledger holds, and a fault a line of its corrections. Nothing is sent.
"""

import csv
import datetime
import hashlib
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import ipywidgets
import pandas as pd

from claimbook.analysis import evidence, readings
from claimbook.analysis.verdicts import STANCES
from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.model.spreadsheet import neutral
from claimbook.view import addresses, palette
from claimbook.view.assessments import Assessments
from claimbook.view.explore import Living, show
from claimbook.view.markup import Html, el, join, named
from claimbook.view.tables import claim_link, date_text, facts, in_english, published_words, quiet

SEED = "1"
ROWS = 20

COLUMNS = (
    *("auditor", "evidence_id", "drawn_from", "seen", "right", "complete", "assessment_seen", "words_right"),
    *("stance", "stance_second", "origin", "date", "note", "coded_stance", "coded_origin", "coded_date"),
)
"""Columns of the audits of a ledger."""

FAULT = ("correction_id", "date", "claim_id", "raised_by", "was", "now", "reason")
"""Columns of the corrections of a ledger."""

YES_NO = {"yes": "yes", "no": "no"}
QUESTIONS = {
    "seen": ("Did you see the source?", YES_NO),
    "words_right": ("Do the words stand there, in that sense?", YES_NO),
    "stance": ("What is its stance on the claim?", {stance: palette.STANCES[stance] for stance in STANCES}),
    "stance_second": ("Which other stance is defensible?", {stance: palette.STANCES[stance] for stance in STANCES}),
    "origin": ("From whose mouth is it?", None),
    "date": ("Of which day?", None),
    "right": ("Does the finding say only what the source says?", YES_NO),
    "complete": ("Is nothing of weight left out?", YES_NO),
    "note": ("What is wrong or doubtful?", None),
}
"""What an auditor answers, in order, by column, with the words for its values; None where the answer is free."""

NEEDED = ("seen", "stance")
"""The answers without which a row cannot be counted."""

AUDITOR = re.compile(r"[a-z]+")
NO_NAME = "Give yourself a name of lower-case letters, without blanks."
NOTHING = "No row has both what it needs: whether you saw the source, and its stance."


def draw(ledger: Ledger, seed: str = SEED, n: int = ROWS) -> pd.DataFrame:
    """Draw rows of evidence at random.

    They are those whose ids, hashed together with the seed, come first; so who knows the seed can draw them again, on
    any machine. What its own source has taken back is left out.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    seed : str
        Any words.
    n : int
        How many rows; fewer are returned where the ledger has fewer.

    Returns
    -------
    pandas.DataFrame
        As :func:`claimbook.analysis.evidence.resolved` gives them.
    """
    rows = evidence.resolved(ledger)
    rows = rows[~rows["superseded"]]
    order = [hashlib.sha256(f"{seed} {row}".encode()).hexdigest() for row in rows["evidence_id"]]
    return rows.assign(drawn=order).sort_values("drawn").head(n).drop(columns="drawn").reset_index(drop=True)


def drawn_from(seed: str) -> str:
    """Return what an audit calls its draw: a seed that is the hash of a commit, or the SHA-1 of any other."""
    return seed if re.fullmatch("[0-9a-f]{40}", seed) else hashlib.sha1(seed.encode()).hexdigest()


class Audit(Living):
    """Rows to be audited, with the form for the answers.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    seed : str
        What the rows are drawn by.
    n : int
        How many rows.
    folder : path
        Where a kernel writes the answers.
    """

    def __init__(self, ledger: Ledger, seed: str = SEED, n: int = ROWS, folder: Path | str = "."):
        self.ledger, self.seed, self.n, self.folder = ledger, seed, n, Path(folder)
        self.rows = draw(ledger, seed, n)
        self.assessed = Assessments(ledger)
        self.sentences = ledger.sentences.set_index("sentence_id")
        self.sources = ledger.sources.set_index("source_id")

    @property
    def next_correction(self) -> str:
        """The id that the next correction of the ledger would have."""
        numbers = [int(row.lstrip("k")) for row in self.ledger.corrections["correction_id"]]
        return f"k{max(numbers, default=0) + 1:03d}"

    def coded(self, row) -> dict[str, str]:
        """Return the cells of an audit that are known of a row before anybody answers."""
        return {
            "evidence_id": row["evidence_id"],
            "coded_stance": row["stance"],
            "coded_origin": row["origin"],
            "coded_date": row["known_from"],
        }

    def asked(self, row) -> Html:
        """Show what an auditor sees of a row first: the claim, where it stands, and the source with its words."""
        claim = self.assessed.claims.loc[row["claim_id"]]
        sentence = self.sentences.loc[claim["sentence_id"]]
        source = self.sources.loc[sentence["source_id"]]
        when = date_text(source["published_earliest"], source["published_latest"], "bounded")
        place = f" ({when}), paragraph {sentence['paragraph']}, sentence {sentence['sentence']}"
        where = join([named(source["short_name"]), place])
        entry = self.ledger.bibliography.get(row["reference"], {})
        said = None if row["check"] else "none taken down"
        if row["words"]:
            said = join([published_words(row, entry), in_english(row)])
        return join(
            [
                el("strong", claim["statement"]),
                " ",
                self.assessed.mark(row["claim_id"], why=False),
                self.assessed.denied(row["claim_id"]),
                facts(
                    [
                        ("Sentence", el("a", where, href=addresses.sentence(claim["sentence_id"]))),
                        ("Source", self._source(row)),
                        ("Place in it", row["locator"] or None),
                        ("Words", said),
                        ("Claim", claim_link(row["claim_id"], words="its own page, with all its evidence")),
                    ]
                ),
            ]
        )

    def _source(self, row) -> Html:
        if row["check"]:
            address = addresses.use("method", f"check-{row['check']}")
            return join([el("a", "our calculation", href=address), ", which says what it reads and how"])
        entry = self.ledger.bibliography[row["reference"]]
        title, url = entry["title"], entry.get("url")
        told = [entry.get("author"), entry.get("organization") or entry.get("publisher") or entry.get("journal")]
        told = ", ".join(dict.fromkeys(filter(None, [*told, entry.get("date") or entry.get("year")])))
        linked = el("a", named(title), href=addresses.words(url, row["words"]), rel="noopener") if url else named(title)
        kept = entry.get("archived")
        copy = ["; ", el("a", "archived copy", href=kept, rel="noopener")] if kept else None
        return join([linked, f" ({told})" if told else None, copy])

    def coding(self, row) -> Html:
        """Show how the book codes a row: what an auditor compares with, and not what the stance is judged by."""
        known, origin = row["known_from"], row["origin"]
        return facts(
            [
                ("Finding", row["finding"]),
                ("Assessment", row["assessment"] or None),
                ("Stance", palette.STANCES[row["stance"]]),
                (
                    "Origin",
                    f"{self.assessed.origins[origin]} ({origin}), reliability {row['reliability']}",
                ),
                ("Read", None if row["check"] else palette.READ_AS[row["read_as"]]),
                ("Public since", f"{date_text(known, known)} ({known})" if known else "undated"),
            ]
        )

    def table(self, auditor: str, answers: Mapping[str, Mapping[str, str]]) -> str:
        """Return answers as CSV, in the form of the audits of a ledger.

        Parameters
        ----------
        auditor : str
            Who answers, in lower-case letters.
        answers : mapping of str to mapping of str to str
            By row of evidence: the answers by column, and ``assessment_seen``. Rows without what is :data:`NEEDED` are
            left out.

        Raises
        ------
        ValueError
            If the name is none, or no row can be counted; it says so in words for whoever answers.
        """
        if not AUDITOR.fullmatch(auditor):
            raise ValueError(NO_NAME)
        rows = []
        for _, row in self.rows.iterrows():
            given = answers.get(row["evidence_id"], {})
            if all(given.get(name) for name in NEEDED):
                own = {"auditor": auditor, "drawn_from": drawn_from(self.seed), "assessment_seen": "no"}
                rows.append(own | self.coded(row) | given)
        if not rows:
            raise ValueError(NOTHING)
        return _csv(COLUMNS, rows)

    def fault(self, evidence_id: str, was: str, now: str, reason: str, date: str = "") -> str:
        """Return a fault of a row as CSV, in the form of the corrections of a ledger.

        Parameters
        ----------
        evidence_id : str
            The row.
        was, now, reason : str
            What stands there, what should stand there, and why.
        date : str
            ISO date; today where not given.

        Raises
        ------
        ValueError
            If one of the three is empty.
        """
        if not (was and now and reason):
            raise ValueError("Say what stands there, what should stand there, and why.")
        told = [self.next_correction, date or datetime.date.today().isoformat(), ids.claim_named(evidence_id), "reader"]
        return _csv(FAULT, [dict(zip(FAULT, [*told, was, now, reason], strict=True))])

    def form(self) -> Html:
        """Return the audit as the page shows it; the script ``audit.js`` collects the answers."""
        rows = [self._item(number, row) for number, (_, row) in enumerate(self.rows.iterrows(), 1)]
        without = f"The form needs JavaScript or a kernel. A CSV by hand has these columns: {', '.join(COLUMNS)}."
        return el(
            "section",
            el("noscript", el("p", without, class_="cb-note")),
            el("form", el("ol", rows), self._send(), self._report(), autocomplete="off"),
            class_="cb-audit",
            data_drawn=drawn_from(self.seed),
            data_next=self.next_correction,
            data_columns=" ".join(COLUMNS),
            data_fault=" ".join(FAULT),
            data_needed=" ".join(NEEDED),
            data_no_name=NO_NAME,
            data_nothing=NOTHING,
            aria_label="Audit of rows of evidence",
        )

    def _item(self, number: int, row) -> Html:
        fields = [
            el("p", el("label", label, for_=f"audit-{number}-{name}"), _field(f"audit-{number}-{name}", name, words))
            for name, (label, words) in QUESTIONS.items()
        ]
        return el(
            "li",
            self.asked(row),
            el(
                "details",
                el("summary", "Your answers"),
                el("div", fields, class_="cb-form"),
                class_="cb-js cb-answers",
            ),
            el(
                "details",
                el("summary", "How the book codes it: open it once you have given a stance"),
                self.coding(row),
                class_="cb-coding",
            ),
            data_row=json.dumps(self.coded(row)),
        )

    def _send(self) -> Html:
        return el(
            "div",
            el(
                "p", el("label", "Your name, in lower-case letters", for_="audit-name"), _field("audit-name", "auditor")
            ),
            el("p", el("button", "Make the CSV of your answers", type="submit", class_="cb-make-answers")),
            el("p", el("button", "Start again", type="reset")),
            el("div", class_="cb-made cb-made-answers", role="status"),
            class_="cb-js cb-form",
        )

    def _report(self) -> Html:
        numbers = [el("option", str(at), value=row) for at, row in enumerate(self.rows["evidence_id"], 1)]
        asked = {"was": "What stands there", "now": "What should stand there", "reason": "Why, with the source"}
        fields = [
            el("p", el("label", label, for_=f"audit-{name}"), _field(f"audit-{name}", name))
            for name, label in asked.items()
        ]
        return el(
            "fieldset",
            el("legend", "Report a fault in one row"),
            el("p", el("label", "Row", for_="audit-row"), el("select", numbers, id="audit-row", name="row")),
            fields,
            el("p", el("button", "Make the line of the correction", type="submit", class_="cb-make-fault")),
            el("div", class_="cb-made cb-made-fault", role="status"),
            class_="cb-js cb-form cb-fault",
        )

    def widget(self) -> ipywidgets.Widget:
        """Return the audit as ipywidgets: a seed that can be changed, the rows, and buttons that write files."""
        seed = ipywidgets.Text(self.seed, description="Seed", continuous_update=False)
        place = ipywidgets.VBox()

        def fill(_=None):
            audit = self if seed.value == self.seed else Audit(self.ledger, seed.value, self.n, self.folder)
            place.children = audit._boxes()

        seed.observe(fill, "value")
        fill()
        return ipywidgets.VBox([seed, place])

    def _boxes(self) -> list[ipywidgets.Widget]:
        boxes: dict[str, dict[str, ipywidgets.Widget]] = {}
        shown: list[ipywidgets.Widget] = []
        for number, (_, row) in enumerate(self.rows.iterrows(), 1):
            own = boxes[row["evidence_id"]] = {name: _box(*asked) for name, asked in QUESTIONS.items()}
            own["assessment_seen"], coding = self._reveal(row)
            head, below = ipywidgets.Output(), ipywidgets.VBox([own["assessment_seen"], coding])
            show(head, el("div", el("p", el("strong", f"Row {number}")), self.asked(row)))
            shown += [head, *(own[name] for name in QUESTIONS), below]
        name, make, result = (
            ipywidgets.Text(description="Your name"),
            _button("Write the CSV of your answers"),
            ipywidgets.Output(),
        )

        def write(_):
            given = {row: {column: _said(box) for column, box in own.items()} for row, own in boxes.items()}
            self._write(result, f"audit-{name.value}-{drawn_from(self.seed)[:8]}.csv", self.table, name.value, given)

        make.on_click(write)
        options = [(str(at), row) for at, row in enumerate(self.rows["evidence_id"], 1)]
        which = ipywidgets.Dropdown(options=options, description="Fault in row")
        asked = [ipywidgets.Text(description=label) for label in ("Stands there", "Should stand", "Why")]
        report, line = _button("Write the line of the correction"), ipywidgets.Output()

        def fault(_):
            said = [box.value.strip() for box in asked]
            self._write(line, f"fault-{which.value}.csv", self.fault, which.value, *said)

        report.on_click(fault)
        return [*shown, name, make, result, which, *asked, report, line]

    def _reveal(self, row) -> tuple[ipywidgets.ToggleButton, ipywidgets.Output]:
        """Return a button that shows how the book codes a row, and its place; what was shown once counts as seen."""
        button, place = ipywidgets.ToggleButton(description="Show how the book codes it"), ipywidgets.Output()
        button.layout.width = "auto"

        def reveal(_):
            if button.value:
                show(place, self.coding(row))
                button.disabled = True

        button.observe(reveal, "value")
        return button, place

    def _write(self, place: ipywidgets.Output, name: str, make, *given) -> None:
        try:
            text = make(*given)
        except ValueError as error:
            show(place, el("p", str(error)))
            return
        path = self.folder / name
        path.write_text(text, encoding="utf-8", newline="")
        show(place, el("div", el("p", "Written to ", el("code", str(path.resolve())), "."), el("pre", text)))

    def html(self) -> Html:
        """Return the form, which a page's script answers."""
        return self.form()


def of(ledger: Ledger, seed: str = SEED, n: int = ROWS) -> Audit | Html:
    """Return an audit of a ledger; where it has no evidence, a sentence says so."""
    audit = Audit(ledger, seed, n)
    return audit if len(audit.rows) else quiet("Nothing to audit: there is no evidence yet.")


def so_far(ledger: Ledger) -> Html:
    """Say in a sentence what the latest draw of the audits found; where nobody has audited, that."""
    if "audits" not in ledger.tables or ledger.audits.empty:
        return quiet("Nobody has audited this ledger yet.")
    judged = readings.audited(ledger)
    last = judged[judged["draw"] == judged["draw"].max()]
    right, whole = last["right"].dropna().astype(bool), last["right_and_complete"].dropna().astype(bool)
    return el(
        "p",
        f"The latest of {count(int(judged['draw'].max()), 'draw')} was of {count(len(last), 'row')}: of {len(right)} "
        f"findings that could be judged {int(right.sum())} said what their source says, and {int(whole.sum())} of "
        f"{len(whole)} also left nothing of weight out.",
    )


def _csv(columns: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([neutral(row.get(column, "")) for column in columns] for row in rows)
    return out.getvalue()


def _field(key: str, name: str, words: Mapping[str, str] | None = None) -> Html:
    if words is None:
        return el("input", type="text", id=key, name=name)
    options = [el("option", "–", value=""), *(el("option", word, value=value) for value, word in words.items())]
    return el("select", options, id=key, name=name)


def _box(label: str, words: Mapping[str, str] | None) -> ipywidgets.Widget:
    wide = {"description": label, "style": {"description_width": "initial"}, "layout": {"width": "auto"}}
    if words is None:
        return ipywidgets.Text(**wide)
    return ipywidgets.Dropdown(options=[("–", ""), *((word, value) for value, word in words.items())], **wide)


def _said(box: ipywidgets.Widget) -> str:
    return ("no", "yes")[box.value] if isinstance(box, ipywidgets.ToggleButton) else box.value.strip()


def _button(words: str) -> ipywidgets.Button:
    button = ipywidgets.Button(description=words)
    button.layout.width = "auto"
    return button
