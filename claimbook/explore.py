"""Controls that live twice: real ipywidgets where a kernel runs, a plain form on the page.

One object holds the facets and the rows. Its MIME bundle carries the widget for JupyterLab and, beside it, the facets
and rows themselves (:data:`claimbook.mime.FACETS`), from which the book's renderer writes the form.
"""

import ipywidgets
import pandas as pd

from claimbook import palette
from claimbook.cards import Cards, badges
from claimbook.ledger import Ledger
from claimbook.markup import Html, el, join, plain
from claimbook.mime import FACETS
from claimbook.tables import cited, claim_link


class FacetFilter:
    """A filter over rows by facets and free text.

    Parameters
    ----------
    id : str
        Name of the control in the page's address, lower case with hyphens.
    label : str
        What the control does.
    noun : str
        What a row is, in the plural.
    facets : dict of str to tuple of (str, dict of str to str)
        Per facet name: its label, and the words for its values, in order.
    rows : list of tuple of (str, dict of str to list of str, Html)
        Per row: its id, its values per facet, what is shown.
    """

    def __init__(self, *, id, label, noun, facets, rows):
        self.id, self.label, self.noun, self.facets, self.rows = id, label, noun, facets, rows
        self._plain = {row_id: plain(html).casefold() for row_id, _, html in rows}

    def select(self, q: str = "", **choices: str) -> list[str]:
        """Return the ids of the rows that pass, in order.

        Parameters
        ----------
        q : str
            Words that a row's text must all contain, whatever their case.
        **choices : str
            Chosen value per facet; an empty one lets every row pass.

        Raises
        ------
        KeyError
            If there is no such facet.
        ValueError
            If the facet has no such value.
        """
        for name, value in choices.items():
            if value and value not in self.facets[name][1]:
                raise ValueError(f"{name} has no value {value!r}")
        words = q.casefold().split()
        return [
            row_id
            for row_id, values, _ in self.rows
            if all(not value or value in values[name] for name, value in choices.items())
            and all(word in self._plain[row_id] for word in words)
        ]

    def widget(self) -> ipywidgets.Widget:
        """Return the control as ipywidgets, recomputing its rows at every change."""
        chosen = {
            name: ipywidgets.Dropdown(
                options=[("all", ""), *((word, value) for value, word in words.items())], description=label
            )
            for name, (label, words) in self.facets.items()
        }
        text = ipywidgets.Text(description="Words", continuous_update=True)
        count, shown = ipywidgets.HTML(), ipywidgets.HTML()
        by_id = {row_id: html for row_id, _, html in self.rows}

        def update(_=None):
            ids = self.select(text.value, **{name: box.value for name, box in chosen.items()})
            count.value = el("p", f"{len(ids)} of {len(self.rows)} {self.noun}")
            shown.value = el("div", [by_id[i] for i in ids])

        for box in (*chosen.values(), text):
            box.observe(update, "value")
        update()
        return ipywidgets.VBox([*chosen.values(), text, count, shown])

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        bundle = self.widget()._repr_mimebundle_()
        bundle[FACETS] = {
            "id": self.id,
            "label": self.label,
            "noun": self.noun,
            "facets": [
                {"name": name, "label": label, "options": [[value, word] for value, word in words.items()]}
                for name, (label, words) in self.facets.items()
            ],
            "rows": [{"id": row_id, "facets": values, "html": html} for row_id, values, html in self.rows],
        }
        return bundle


def claims(ledger: Ledger) -> FacetFilter:
    """Return the filter over all claims of `ledger`: by text, kind, layer, weight, verdict, reason, hedge, actor."""
    source_of = ledger.sentences.set_index("sentence_id")["source_id"]
    shorts = ledger.sources.set_index("source_id")["short_name"]
    names = ledger.actors.set_index("actor_id")["name"]
    cards = Cards(ledger)
    rows, involved = [], set()
    for _, claim in ledger.claims.iterrows():
        source_id = source_of[claim["sentence_id"]]
        actors = [a for a in dict.fromkeys((claim["subject"], claim["object"])) if a in names.index]
        involved.update(actors)
        values = {
            "text": [source_id],
            "kind": [claim["kind"]],
            "layer": [claim["layer"]],
            "weight": [claim["weight"]],
            "checkable": ["yes" if claim["checkable"] else claim["not_checkable_reason"]],
            "hedge": ["yes" if claim["hedge"] else "no"],
            "verdict": [cards.assessed.verdicts.at[claim["claim_id"], "verdict"]],
            "actor": actors,
        }
        rows.append((claim["claim_id"], values, _claim_row(cards, claim, shorts[source_id])))
    reasons = {r: f"no: {w}" for r, w in palette.REASONS.items() if r in set(ledger.claims["not_checkable_reason"])}
    facets = {
        "text": ("Text", shorts.to_dict()),
        "kind": ("Kind", palette.KINDS),
        "layer": ("Layer", palette.LAYERS),
        "weight": ("Weight", palette.WEIGHTS),
        "checkable": ("Checkable", {"yes": "yes", **reasons}),
        "verdict": ("Verdict", palette.VERDICTS),
        "hedge": ("Hedged", {"yes": "yes", "no": "no"}),
        "actor": ("Actor", {a: names[a] for a in sorted(involved, key=lambda a: names[a].casefold())}),
    }
    return FacetFilter(id="claims", label="Filter the claims", noun="claims", facets=facets, rows=rows)


def _claim_row(cards: Cards, claim: pd.Series, short: str) -> Html:
    assessed, claim_id = cards.assessed, claim["claim_id"]
    denied = assessed.denial(claim_id)
    sides = [
        el("p", el("strong", head), ": ", assessed.origins_on(claim_id, stances) or "none found")
        for head, stances in (("For", ("supports",)), ("In part", ("qualifies",)), ("Against", ("contradicts",)))
    ]
    parts = [
        el(
            "summary",
            el("span", claim["statement"], class_="cb-statement"),
            " ",
            assessed.mark(claim_id),
            " ",
            badges(claim),
        ),
        el("p", claim_link(claim["claim_id"]), f" · {short}"),
        el("p", cited(claim["quote"]), class_="cb-quote") if claim["quote"] else None,
        el("p", "Who says so: ", cards.chain(claim["chain_id"]), class_="cb-quiet"),
        el("p", "Denied: ", denied, class_="cb-quiet") if denied else None,
        [sides, el("p", assessed.reasons(claim_id), class_="cb-quiet")] if claim["checkable"] else None,
    ]
    return el("details", join(parts, " "), class_=f"cb-claim cb-weight-{claim['weight']}")
