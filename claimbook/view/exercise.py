"""The blind-coding exercise: claims to code from their statement and quote, compared with the coding of the book.

It lives twice, as the controls do: ipywidgets where a kernel runs, a plain form on the page, which its script compares
in the browser. Nothing is sent; whoever codes may save a file, and those of a whole class are brought together.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import ipywidgets
import pandas as pd

from claimbook.analysis import agreement, care, pooling
from claimbook.model import ids
from claimbook.model.cells import Cells
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view import palette
from claimbook.view.codebook import RULES
from claimbook.view.explore import Living, show
from claimbook.view.markup import Html, el, folded, join
from claimbook.view.tables import cited, claim_link, quiet, spoken_in, table

CLAIMS = 20

VARIABLES = {
    "layer": ("Layer", palette.LAYERS),
    "kind": ("Kind", palette.KINDS),
    "checkable": ("Checkable", {"yes": "yes", "no": "no"}),
    "polarity": ("Polarity", {"positive": "positive", "negative": "negative"}),
}
"""What is coded (:data:`claimbook.analysis.pooling.VARIABLES`), with its label and the words for its values."""

NO_NAME = "Give your file a name: letters and digits, without blanks."
NAME = re.compile(r"\w+")
NOTHING = "You have coded nothing yet."

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


class Exercise(Living):
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
        self.answers = {claim.claim_id: pooling.coded(claim) for claim in self.claims.itertuples(index=False)}
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
        none = "No difference in what you have coded." if coded else NOTHING
        return el("div", shown, el("ul", differ) if differ else el("p", none))

    def file(self, coder: str, given: dict[str, dict[str, str]]) -> str:
        """Return a reader's coding as the CSV that :func:`claimbook.analysis.pooling.read` brings together.

        Parameters
        ----------
        coder : str
            What the coder is called: letters and digits.
        given : dict of str to dict of str to str
            As :meth:`compare` takes it.

        Raises
        ------
        ValueError
            If the name is none, or nothing is coded; it says so in words for whoever codes.
        """
        if not NAME.fullmatch(coder):
            raise ValueError(NO_NAME)
        rows = [{"coder": coder, "claim_id": c} | given[c] for c in self.answers if any(given.get(c, {}).values())]
        if not rows:
            raise ValueError(NOTHING)
        columns: dict[str, list[str]] = {column: [] for column in pooling.COLUMNS}
        return Cells("", columns, []).written(rows).decode()

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

        coder, save, saved = (
            ipywidgets.Text(description="Name of your file", style={"description_width": "initial"}),
            ipywidgets.Button(description="Save your coding", layout={"width": "auto"}),
            ipywidgets.Output(),
        )

        def given() -> dict[str, dict[str, str]]:
            return {claim: {name: box.value for name, box in of.items()} for claim, of in boxes.items()}

        def write(_):
            try:
                text = self.file(coder.value.strip(), given())
            except ValueError as error:
                show(saved, el("p", str(error)))
                return
            path = Path(f"coding-{coder.value.strip()}.csv")
            path.write_text(text, encoding="utf-8", newline="")
            show(saved, el("p", "Written to ", el("code", str(path.resolve())), "."))

        button.on_click(lambda _: show(result, self.compare(given())))
        save.on_click(write)
        return ipywidgets.VBox([*shown, button, coder, save, saved, result])

    def form(self) -> Html:
        """Return the exercise as the page shows it; the script ``exercise.js`` compares."""
        claims = [self._fieldset(number, row) for number, row in enumerate(self.claims.itertuples(index=False), 1)]
        buttons = el(
            "p", el("button", "Compare with the book", type="submit"), " ", el("button", "Start again", type="reset")
        )
        save = el(
            "p",
            el("label", "Name of your file", for_="code-coder"),
            " ",
            el("input", type="text", id="code-coder", name="coder"),
            " ",
            el("button", "Save your coding", type="submit", class_="cb-save"),
            " ",
            el("span", class_="cb-saved", role="status"),
        )
        names = json.dumps({name: label for name, (label, _) in VARIABLES.items()})
        return el(
            "section",
            el("noscript", el("p", "The exercise needs JavaScript, or a kernel.", class_="cb-note")),
            el("form", claims, buttons, save, class_="cb-js", autocomplete="off"),
            el("div", class_="cb-result", role="status"),
            class_="cb-exercise",
            data_variables=names,
            data_columns=" ".join(pooling.COLUMNS),
            data_no_name=NO_NAME,
            data_nothing=NOTHING,
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
            data_claim=claim.claim_id,
        )

    def _quoted(self, claim) -> Html | None:
        if not claim.quote:
            return None
        words = cited(claim.quote, self.spoken[ids.text_of(claim.claim_id)])
        return el("p", "In the words of the text: ", words, class_="cb-quiet")

    def html(self) -> Html:
        """Return the form, which a page's script answers."""
        return self.form()


def chosen_how() -> Html:
    """Say by which rule the claims of the exercise are chosen."""
    return el("p", CHOICE, class_="cb-quiet")


def blind(ledger: Ledger) -> Exercise | Html:
    """Return the exercise over the whole ledger; where no claim can be chosen, a sentence says so."""
    exercise = Exercise(ledger)
    return exercise if len(exercise.claims) else quiet("Nothing to code: no claim can be chosen.")


def pooled(paths: Iterable[Path | str], ledger: Ledger) -> Html:
    """Show what a class saved of the exercise: agreement, and a table of the items on which not all agree.

    Parameters and errors are those of :func:`claimbook.analysis.pooling.read`.
    """
    pool = pooling.read(paths, ledger)
    agreed = pd.DataFrame(
        {
            "Variable": [VARIABLES[name][0] for name in pool.agreement],
            "Claims": [found.n for found in pool.agreement.values()],
            "Alike by all": [found.agreed for found in pool.agreement.values()],
            "Alpha": [found.words[0] for found in pool.agreement.values()],
            "95 % interval": [found.words[1] for found in pool.agreement.values()],
        }
    )
    statements = dict(zip(ledger.claims["claim_id"], ledger.claims["statement"], strict=True))
    items = pd.DataFrame(
        [
            {
                "Claim": statements[item.claim_id],
                "Variable": VARIABLES[item.variable][0],
                "Given": pooling.told(_worded(item.variable, item.values)),
                "The book": VARIABLES[item.variable][1][item.book],
                "As the book": f"{item.as_book} of {item.coders}",
                "Pairs who differ": "–" if pd.isna(item.disputed) else f"{item.disputed:.0%}",
            }
            for item in pool.items.itertuples(index=False)
        ]
    )
    alike = (pool.items["disputed"].fillna(0) == 0) & (pool.items["as_book"] == pool.items["coders"])
    open_ = items[~alike.to_numpy()]
    first, rest = open_.head(pooling.MOST), open_.iloc[pooling.MOST :]
    caption = f"{count(len(rest), 'more item')}, less disputed"
    agree = f"On {count(int(alike.sum()), 'item')} all agree with one another and with the book."
    return el(
        "div",
        table(agreed, f"Agreement of {count(len(pool.coders), 'coder')}"),
        table(first, "Most disputed, or otherwise than the book") if len(first) else None,
        folded(caption, table(rest, caption)) if len(rest) else None,
        el("p", agree),
    )


def _worded(variable: str, values: Counter) -> Counter:
    return Counter({VARIABLES[variable][1][value]: number for value, number in values.items()})
