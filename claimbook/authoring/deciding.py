"""Deciding between two codings in a notebook: each difference with what both have, and the decisions that are kept.

It lives twice, as the controls do: ipywidgets where a kernel runs, which write the file of decisions, and a table on
the page.
"""

import datetime
from collections.abc import Mapping
from pathlib import Path

import ipywidgets
import pandas as pd

from claimbook.authoring import decisions
from claimbook.authoring.decisions import Codings, Difference
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view.explore import Living, show
from claimbook.view.markup import Html, el, folded
from claimbook.view.tables import claim_link, lines, quiet, table

NOBODY = "Say who decides."
WORDS = {
    decisions.FIRST: "as the first",
    decisions.SECOND: "as the second",
    decisions.KEEP: "kept",
    decisions.LEAVE_OUT: "left out",
}
"""Decisions in words; any other is the value that stands."""


class Deciding(Living):
    """The differences of two codings, with a place for each decision.

    Parameters
    ----------
    first, second : pathlib.Path
        The data folders of the codings, or exports of them.
    file : pathlib.Path
        The file of decisions; it is begun, or what it has decided is kept.
    text : str, optional
        The one text; by default every text that both have.

    Raises
    ------
    LedgerError, ValueError
        As :class:`claimbook.authoring.decisions.Codings` and :func:`claimbook.authoring.decisions.begin` do.
    """

    def __init__(self, first: Path, second: Path, file: Path, text: str | None = None):
        self.differences, self.file = Codings(first, second, text).differences, Path(file)
        decisions.begin(self.file, self.differences)

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of the file as they stand, one a difference."""
        return decisions.rows(self.file)

    def decide(self, given: Mapping[tuple, tuple[str, str]], by: str, date: str = "") -> list[Difference]:
        """Write decisions to the file.

        Parameters
        ----------
        given : mapping
            By key of the difference: what is decided, and why; what is not named stays as it is.
        by : str
            Who decides.
        date : str
            ISO date; today where not given.

        Returns
        -------
        list of Difference
            What is still undecided.

        Raises
        ------
        ValueError
            If nobody is named.
        """
        if not by.strip():
            raise ValueError(NOBODY)
        made, day = self.rows, date or datetime.date.today().isoformat()
        for row in made:
            decision, reason = given.get(decisions.key(row), ("", ""))
            if decision and (decision, reason) != (row["decision"], row["reason"]):
                row |= {"decision": decision, "by": by.strip(), "date": day, "reason": reason}
        decisions.write(self.file, made)
        return [one for one, row in zip(self.differences, made, strict=True) if not row["decision"]]

    def html(self) -> Html:
        """Show every difference with what both codings have and what was decided."""
        shown = [
            {
                "What": lines(row["variable"], one.on if one.on not in (one.first_value, one.second_value) else ""),
                "First": one.first_value or decisions.NOTHING,
                "Second": one.second_value or decisions.NOTHING,
                "Decided": lines(WORDS.get(row["decision"], row["decision"]) or "–", row["reason"]),
            }
            for one, row in zip(self.differences, self.rows, strict=True)
        ]
        left = sum(not row["decision"] for row in self.rows)
        return table(pd.DataFrame(shown), f"{count(len(shown), 'difference')}, {left} undecided")

    def widget(self) -> ipywidgets.Widget:
        """Return the differences as ipywidgets, with a button that writes the file."""
        boxes, shown = {}, []
        for one, row in zip(self.differences, self.rows, strict=True):
            choices = [("–", ""), *((WORDS.get(choice, choice), choice) for choice in one.choices)]
            own = boxes[one.key] = (
                ipywidgets.Dropdown(options=choices, value=row["decision"], description="Decision"),
                ipywidgets.Text(row["reason"], description="Why", layout={"width": "auto"}),
            )
            head = el("p", el("strong", one.variable), f" {one.on}")
            both = el("ul", el("li", f"First: {one.first_value}"), el("li", f"Second: {one.second_value}"))
            shown += [ipywidgets.HTML(str(el("div", head, both))), *own]
        by, button, result = (
            ipywidgets.Text(description="Decided by"),
            ipywidgets.Button(description="Write the decisions", layout={"width": "auto"}),
            ipywidgets.Output(),
        )

        def write(_):
            try:
                left = self.decide(
                    {key: tuple(box.value.strip() for box in own) for key, own in boxes.items()}, by.value
                )
            except ValueError as error:
                show(result, el("p", str(error)))
                return
            told = f"Written to {self.file}; {count(len(left), 'difference')} undecided."
            show(result, el("div", el("p", told), el("ul", [el("li", str(one)) for one in left])))

        button.on_click(write)
        return ipywidgets.VBox([*shown, by, button, result])


def between(first: Path, second: Path, file: Path, text: str | None = None) -> Deciding:
    """Return what somebody decides between two codings with; parameters and errors are those of :class:`Deciding`."""
    return Deciding(first, second, file, text)


def record(ledger: Ledger) -> Html:
    """Show the decisions that a ledger keeps: what was decided on which row, by whom and why."""
    if "adjudications" not in ledger.tables or ledger.adjudications.empty:
        return quiet("No two codings have been joined in this ledger.")
    claims = set(ledger.claims["claim_id"])
    shown = [
        {
            "Row": claim_link(row["row"]) if row["row"] in claims else row["row"] or "–",
            "What": row["variable"],
            "Had": lines(f"first: {row['first_value'] or decisions.NOTHING}", f"second: {row['second_value'] or '–'}"),
            "Decided": lines(WORDS.get(row["decision"], row["decision"]), row["reason"]),
            "By": lines(row["by"], row["date"]),
        }
        for row in ledger.adjudications.to_dict("records")
    ]
    caption = f"{count(len(shown), 'decision')} between two codings"
    return folded(caption, table(pd.DataFrame(shown), caption))
