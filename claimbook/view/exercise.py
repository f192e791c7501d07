"""The blind-coding exercise: claims to code from their statement and quote, compared with the coding of the book.

It lives twice, as the controls do: ipywidgets where a kernel runs, a plain form on the page, which its script compares
in the browser. Nothing is sent or kept.
"""

import hashlib
import json

import ipywidgets
import pandas as pd

from claimbook.analysis import agreement, care
from claimbook.model import ids
from claimbook.model.ledger import Ledger
from claimbook.view import palette
from claimbook.view.codebook import RULES
from claimbook.view.explore import show
from claimbook.view.markup import Html, el, join, lined
from claimbook.view.tables import cited, claim_link, quiet, spoken_in, table

CLAIMS = 20

VARIABLES = {
    "layer": ("Layer", palette.LAYERS),
    "kind": ("Kind", palette.KINDS),
    "checkable": ("Checkable", {"yes": "yes", "no": "no"}),
    "polarity": ("Polarity", {"positive": "positive", "negative": "negative"}),
}
"""What is coded, with its label and the words for its values. Weight and chain are left out: who has not read the whole
text cannot give them."""

CHOICE = f"""\
The {CLAIMS} claims are chosen by rule: one after the other, each time from the kind chosen least often so far, within
it from the text chosen least often, and then the claim whose layer, weight, checkability and polarity are rarest among
those chosen; ties by the hash of the claim's identifier. Left out are claims that name a living person or a company,
because their denial and verdict would have to stand beside them."""


def choose(ledger: Ledger, n: int = CLAIMS) -> pd.DataFrame:
    """Choose claims for the exercise as :data:`CHOICE` says.

    Returns
    -------
    pandas.DataFrame
        Rows of ``claims.csv``, in the order in which they were chosen; fewer than `n` where the ledger has fewer.
    """
    source = ledger.claims["sentence_id"].map(ledger.sentences.set_index("sentence_id")["source_id"])
    claims = ledger.claims.assign(
        source=source, hashed=[hashlib.sha256(c.encode()).hexdigest() for c in ledger.claims["claim_id"]]
    )
    claims = claims[~claims["claim_id"].isin(care.claims_about(ledger))].sort_values("hashed")
    traits = ["kind", "source", "layer", "weight", "checkable", "polarity"]
    left = {row.claim_id: [(t, getattr(row, t)) for t in traits] for row in claims.itertuples(index=False)}
    seen: dict[tuple, int] = {}
    chosen = []

    def rank(claim: str) -> tuple[int, int, int]:
        kind, text, *rest = (seen.get(trait, 0) for trait in left[claim])
        return kind, text, sum(rest)

    while left and len(chosen) < n:
        claim = min(left, key=rank)
        for trait in left.pop(claim):
            seen[trait] = seen.get(trait, 0) + 1
        chosen.append(claim)
    return ledger.claims.set_index("claim_id", drop=False).loc[chosen]


class Exercise:
    """The exercise: its claims, the book's coding, the comparison.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    n : int
        How many claims.
    """

    def __init__(self, ledger: Ledger, n: int = CLAIMS):
        self.claims = choose(ledger, n)
        self.answers = {
            claim.claim_id: {
                "layer": claim.layer,
                "kind": claim.kind,
                "checkable": "yes" if claim.checkable else "no",
                "polarity": claim.polarity,
            }
            for claim in self.claims.itertuples(index=False)
        }
        self.spoken = spoken_in(ledger)
        self.notes = dict(zip(self.claims["claim_id"], self.claims["note"], strict=True))

    def compare(self, given: dict[str, dict[str, str]]) -> Html:
        """Compare a reader's coding with the book's.

        Parameters
        ----------
        given : dict of str to dict of str to str
            Per claim and variable the value; what is empty or missing does not count.

        Returns
        -------
        Html
            Agreement per variable, and each disagreement with the rule and the note of the book.
        """
        rows, differ = [], []
        for variable, (label, words) in VARIABLES.items():
            pairs = []
            for claim, book in self.answers.items():
                mine = given.get(claim, {}).get(variable)
                if mine:
                    pairs.append((mine, book[variable]))
                    if mine != book[variable]:
                        differ.append(self._difference(claim, label, words[mine], words[book[variable]], variable))
            k = agreement.kappa(pairs)
            value, interval = k.words
            rows.append(
                {
                    "Variable": label,
                    "Coded": str(k.n),
                    "Same as the book": str(k.agreed),
                    "Kappa": value,
                    "95 % interval": interval,
                }
            )
        shown = table(pd.DataFrame(rows), "Your coding and the book's")
        coded = any(row["Coded"] != "0" for row in rows)
        none = "No difference in what you have coded." if coded else "You have coded nothing yet."
        return el("div", shown, el("ul", differ) if differ else el("p", none))

    def _difference(self, claim: str, label: str, mine: str, book: str, variable: str) -> Html:
        head = f"{label}: you {mine}, the book {book}. "
        return el(
            "li",
            claim_link(claim, words=f"Claim {[*self.answers].index(claim) + 1}"),
            " ",
            head,
            self.reason(claim, variable),
        )

    def reason(self, claim: str, variable: str) -> str:
        """Return why the book codes a claim so: the rule for the value, and the note on the claim if there is one."""
        value = self.answers[claim][variable]
        if variable == "checkable":
            rule = RULES["claims.checkable"]["true" if value == "yes" else "false"]
        else:
            rule = RULES[f"claims.{variable}"][value]
        return join([rule, self.notes[claim]], " ").strip()

    def widget(self) -> ipywidgets.Widget:
        """Return the exercise as ipywidgets."""
        boxes: dict[str, dict[str, ipywidgets.Dropdown]] = {}
        shown = []
        for number, claim in enumerate(self.claims.itertuples(index=False), 1):
            boxes[claim.claim_id] = {
                variable: ipywidgets.Dropdown(
                    options=[("–", ""), *((word, value) for value, word in words.items())], description=label
                )
                for variable, (label, words) in VARIABLES.items()
            }
            head = el("p", el("strong", f"{number}. {claim.statement}"), self._quoted(claim))
            shown.append(ipywidgets.VBox([ipywidgets.HTML(head), *boxes[claim.claim_id].values()]))
        button, result = ipywidgets.Button(description="Compare with the book"), ipywidgets.Output()
        button.layout.width = "auto"

        def compare(_):
            given = {claim: {name: box.value for name, box in of.items()} for claim, of in boxes.items()}
            show(result, self.compare(given))

        button.on_click(compare)
        return ipywidgets.VBox([*shown, button, result])

    def form(self) -> Html:
        """Return the exercise as the page shows it; the script ``exercise.js`` compares."""
        claims = [self._fieldset(number, row) for number, row in enumerate(self.claims.itertuples(index=False), 1)]
        buttons = el(
            "p", el("button", "Compare with the book", type="submit"), " ", el("button", "Start again", type="reset")
        )
        names = json.dumps({name: label for name, (label, _) in VARIABLES.items()})
        return el(
            "section",
            el("noscript", el("p", "The exercise needs JavaScript, or a kernel.", class_="cb-note")),
            el("form", claims, buttons, class_="cb-js", autocomplete="off"),
            el("div", class_="cb-result", role="status"),
            class_="cb-exercise",
            data_variables=names,
            aria_label="Blind-coding exercise",
        )

    def _fieldset(self, number: int, claim) -> Html:
        fields = [
            el(
                "p",
                el("label", label, for_=f"code-{number}-{variable}"),
                " ",
                el(
                    "select",
                    el("option", "–", value=""),
                    [el("option", word, value=value) for value, word in words.items()],
                    id=f"code-{number}-{variable}",
                    name=variable,
                    data_answer=self.answers[claim.claim_id][variable],
                    data_reason=self.reason(claim.claim_id, variable),
                ),
            )
            for variable, (label, words) in VARIABLES.items()
        ]
        return el(
            "fieldset",
            el("legend", f"{number}. {claim.statement}"),
            self._quoted(claim),
            el("div", fields, class_="cb-form"),
            el(
                "p",
                "The book's coding: ",
                claim_link(claim.claim_id, words=f"Claim {number}"),
                class_="cb-quiet cb-book",
                hidden=True,
            ),
        )

    def _quoted(self, claim) -> Html | None:
        if not claim.quote:
            return None
        words = cited(claim.quote, self.spoken[ids.text_of(claim.claim_id)])
        return el("p", "In the words of the text: ", words, class_="cb-quiet")

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        form = self.form()
        return self.widget()._repr_mimebundle_() | {"text/html": str(form), "text/plain": lined(form)}


def chosen_how() -> Html:
    """Say by which rule the claims of the exercise are chosen."""
    return el("p", CHOICE, class_="cb-quiet")


def blind(ledger: Ledger) -> Exercise | Html:
    """Return the exercise over the whole ledger; where no claim can be chosen, a sentence says so."""
    exercise = Exercise(ledger)
    return exercise if len(exercise.claims) else quiet("Nothing to code: no claim can be chosen.")
