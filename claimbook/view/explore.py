"""Controls that live twice: real ipywidgets where a kernel runs, a plain form on the page.

One object holds what can be chosen and what is shown. Its MIME bundle carries the widget for JupyterLab and, beside
it, a type of our own (:mod:`claimbook.view.mime`), from which the book's renderer writes the form.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Sequence

import ipywidgets
import pandas as pd

from claimbook.analysis import evidence
from claimbook.analysis.verdicts import VERDICTS, Threshold
from claimbook.model.decimals import count
from claimbook.model.ids import text_of
from claimbook.model.ledger import Ledger
from claimbook.view import addresses, palette
from claimbook.view.assessments import NAMED, SIDES, mark
from claimbook.view.cards import Cards
from claimbook.view.markup import Html, el, fold, join, lined, plain
from claimbook.view.mime import FACETS, FEW, STATES
from claimbook.view.tables import actor_names, claim_link, claim_links, date_text, quiet
from claimbook.view.walk import stands_open

YEARS_APART = 5
"""Between the days on which the texts appeared, the threshold control can ask for the end of every fifth year."""

MOST_DAYS = 12
"""Days on which texts appeared that the threshold control offers; with more of them it offers years alone."""


class Living:
    """What is a widget where a kernel runs, and markup where none does."""

    def widget(self) -> ipywidgets.Widget:
        """Return it as ipywidgets, which compute the answer anew at every change."""
        raise NotImplementedError

    def html(self) -> Html:
        """Return what it shows before anything is chosen, for where no kernel can be had."""
        raise NotImplementedError

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        html = self.html()
        return self.widget()._repr_mimebundle_() | {"text/html": str(html), "text/plain": lined(html)}


class Control(Living):
    """What both kinds of control share: fields that are one choice each, and a place where the answer is shown."""

    mime = ""

    def content(self) -> dict:
        """Return what the page's renderer needs, as :mod:`claimbook.view.mime` describes it."""
        raise NotImplementedError

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        return super()._repr_mimebundle_() | {self.mime: self.content()}


def _box(kind, label: str, **settings) -> ipywidgets.Widget:
    return kind(description=label, style={"description_width": "initial"}, **settings)


def show(place: ipywidgets.Output, html: Html) -> None:
    """Show markup in a widget as the output of a cell is shown; in an HTML widget its links would leave JupyterLab."""
    data = {"text/html": html._repr_html_(), "text/plain": plain(html)}
    place.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)


def _panel(boxes: Sequence[ipywidgets.Widget], answer: Callable[[], Sequence[Html]], parts: int) -> ipywidgets.Widget:
    """Put boxes, a button that resets them and the parts of the answer into one widget that keeps itself current."""
    first = [box.value for box in boxes]
    reset = ipywidgets.Button(description="Reset")
    shown = [ipywidgets.Output() for _ in range(parts)]

    def update(_=None):
        for place, html in zip(shown, answer(), strict=True):
            show(place, html)

    def start_again(_):
        for box, value in zip(boxes, first, strict=True):
            box.value = value

    for box in boxes:
        box.observe(update, "value")
    reset.on_click(start_again)
    update()
    return ipywidgets.VBox([*boxes, reset, *shown])


class FacetFilter(Control):
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
    columns : dict of str to tuple of (str, list of str), optional
        Where the rows stand in columns side by side, per column its heading and the ids of its rows. Each column says
        how many rows it shows, also where it shows none.
    folds : dict of str to tuple of (str, list of str), optional
        Where rows lie folded, per fold its heading and the ids of its rows, all rows in the order of the folds. What
        is chosen opens the folds that hold some of it. Rows of no fold stand open, before the fold that follows them.
    widgets : dict of str to type, optional
        Per facet name: the kind of ipywidgets that offers its values, where it is no list that opens.
    first : int, optional
        How many rows, in each column or fold, are shown before anything is chosen; all where not given.
    briefs : dict of str to Html, optional
        Per fold what stands in it instead of its rows before anything is chosen: where these stand.
    """

    mime = FACETS

    def __init__(
        self, *, id, label, noun, facets, rows, columns=None, folds=None, widgets=None, first=None, briefs=None
    ):
        self.id, self.label, self.noun, self.facets, self.rows = id, label, noun, facets, rows
        self.columns, self.folds, self.widgets, self.first = columns or {}, folds or {}, widgets or {}, first
        self.briefs = briefs or {}
        self._plain = {row_id: fold(plain(html)) for row_id, _, html in rows}

    def select(self, q: str = "", **choices: str) -> list[str]:
        """Return the ids of the rows that pass, in order.

        Parameters
        ----------
        q : str
            Words that a row's text must all contain, as :func:`claimbook.view.markup.fold` makes both alike.
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
        words = fold(q).split()
        return [
            row_id
            for row_id, values, _ in self.rows
            if all(not value or value in values[name] for name, value in choices.items())
            and all(word in self._plain[row_id] for word in words)
        ]

    def widget(self) -> ipywidgets.Widget:
        """Return the control as ipywidgets, which choose the rows anew at every change."""
        chosen = {
            name: _box(
                self.widgets.get(name, ipywidgets.Dropdown),
                label,
                options=[("all", ""), *((word, value) for value, word in words.items())],
                value="",
            )
            for name, (label, words) in self.facets.items()
        }
        text = _box(ipywidgets.Text, "Words", continuous_update=True)

        def answer():
            choices = {name: box.value for name, box in chosen.items()}
            ids = self.select(text.value, **choices)
            asked = bool(text.value.strip() or any(choices.values()))
            shown = self._show(ids, None if asked else self.first, asked)
            return el("p", f"{len(ids)} of {len(self.rows)} {self.noun}"), shown

        return _panel([*chosen.values(), text], answer, parts=2)

    def html(self) -> Html:
        """Return all rows, those of folds unfolded: what is printed from it can open nothing."""
        head = el("p", el("strong", self.label), f": {len(self.rows)} {self.noun}")
        return el("div", head, self._show([row_id for row_id, _, _ in self.rows], None, True))

    def _show(self, ids: Sequence[str], most: int | None, unfolded: bool) -> Html:
        by_id = {row_id: html for row_id, _, html in self.rows}
        if self.folds:
            parts = []
            fold_of = {row_id: name for name, (_, mine) in self.folds.items() for row_id in mine}
            for name, group in itertools.groupby(ids, fold_of.get):
                found = [by_id[i] for i in group]
                if name is None:
                    parts += found[:most]
                else:
                    head = el("summary", self.folds[name][0], f": {len(found)}")
                    inner = found[:most] if unfolded else self.briefs.get(name, found[:most])
                    parts.append(el("details", head, inner, id=name, open=unfolded))
            return el("div", parts)
        if not self.columns:
            return el("div", [by_id[i] for i in ids[:most]])
        wanted, parts = set(ids), []
        for heading, mine in self.columns.values():
            found = [by_id[i] for i in mine if i in wanted]
            head = el("p", el("strong", heading), f": {len(found)}")
            parts.append(el("div", head, found[:most] or el("p", "None.")))
        grid = "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:0 1.5rem"
        return el("div", parts, style=grid)

    def content(self) -> dict:
        """Return what the page's renderer needs, as :data:`claimbook.view.mime.FACETS` describes it."""
        column = {row_id: {"column": name} for name, (_, ids) in self.columns.items() for row_id in ids}
        column |= {row_id: {"fold": name} for name, (_, ids) in self.folds.items() for row_id in ids}
        return {
            "id": self.id,
            "label": self.label,
            "noun": self.noun,
            "first": self.first,
            "facets": _fields(self.facets),
            "columns": [[name, heading] for name, (heading, _) in self.columns.items()],
            "folds": {name: heading for name, (heading, _) in self.folds.items()},
            "briefs": self.briefs,
            "rows": [
                {"id": row_id, "facets": values, "html": html, **column.get(row_id, {})}
                for row_id, values, html in self.rows
            ],
        }


def _fields(fields: dict[str, tuple[str, dict[str, str]]]) -> list[dict]:
    return [
        {"name": name, "label": label, "options": [[value, word] for value, word in words.items()]}
        for name, (label, words) in fields.items()
    ]


class StateChoice(Control):
    """A choice among states, each of which gives every item an outcome; shown is what each choice changes.

    A kernel computes the state that is asked for. The page has them all, computed beforehand, as one character for
    each item, and counts them itself.

    Parameters
    ----------
    id : str
        Name of the control in the page's address, lower case with hyphens.
    label : str
        What the control does.
    noun : str
        What an item is, in the plural.
    fields : dict of str to tuple of (str, dict of str to str)
        Per field name: its label, and the words for its values; the first value of each makes the default state.
    outcomes : dict of str to Html
        Per outcome, in order, how it is shown.
    groups : dict of str to Html
        Per row of the table, in order, its heading.
    items : list of tuple of (str, list of str, Html)
        Per item: its id, the groups that count it, what is shown of it where its outcome changes.
    compute : callable
        Takes a value for each field by name and returns a dict from item id to outcome, without the items of which
        that state says nothing.
    caption : str
        What the table counts.
    left_out : str
        Words after the number of items of which a state says nothing.
    note : str
        What a reader must know to read the answer.
    """

    mime = STATES

    def __init__(self, *, id, label, noun, fields, outcomes, groups, items, compute, caption, left_out, note):
        self.id, self.label, self.noun, self.fields, self.outcomes = id, label, noun, fields, outcomes
        self.groups, self.items, self.compute = groups, items, compute
        self.caption, self.left_out, self.note = caption, left_out, note
        self.default = {name: next(iter(words)) for name, (_, words) in fields.items()}
        self._usual = compute(**self.default)

    def state(self, **choices: str) -> dict[str, str]:
        """Return the outcome of every item under `choices`; a field that is not named has its default.

        Raises
        ------
        KeyError
            If there is no such field.
        ValueError
            If the field has no such value.
        """
        for name, value in choices.items():
            if value not in self.fields[name][1]:
                raise ValueError(f"{name} has no value {value!r}")
        return self.compute(**self.default | choices)

    def counts(self, **choices: str) -> pd.DataFrame:
        """Count the outcomes under `choices`: a row per group, a column per outcome."""
        return self._counts(self.state(**choices))

    def _counts(self, state: dict[str, str]) -> pd.DataFrame:
        found = Counter((group, state[i]) for i, groups, _ in self.items if i in state for group in groups)
        rows = [[found[group, outcome] for outcome in self.outcomes] for group in self.groups]
        return pd.DataFrame(rows, index=list(self.groups), columns=list(self.outcomes))

    def changes(self, **choices: str) -> dict[tuple[str, str], list[str]]:
        """Return the ids of the items whose outcome is not the default's, by the outcome they lose and gain."""
        state = self.state(**choices)
        found: dict[tuple[str, str], list[str]] = {}
        for item, _, _ in self.items:
            if item in state and state[item] != self._usual[item]:
                found.setdefault((self._usual[item], state[item]), []).append(item)
        order = list(self.outcomes)
        return dict(sorted(found.items(), key=lambda change: tuple(map(order.index, change[0]))))

    def sentence(self, **choices: str) -> str:
        """Say how many items change, and how many are left out."""
        state = self.state(**choices)
        changed = sum(map(len, self.changes(**choices).values()))
        left = len(self.items) - len(state)
        words = f"{changed} of {len(state)} {self.noun} get another verdict"
        return f"{words}; {left} {self.left_out}" if left else words

    def table(self, **choices: str) -> Html:
        """Show the counts, each with its difference from the default among the items that are not left out."""
        state = self.state(**choices)
        now, usual = self._counts(state), self._counts({i: self._usual[i] for i in state})
        head = [el("th", "Weight and text", scope="col"), [el("th", o, scope="col") for o in self.outcomes.values()]]
        body = [
            el(
                "tr",
                el("th", heading, scope="row"),
                [el("td", _count(now.at[g, o], usual.at[g, o]), class_="cb-number") for o in self.outcomes],
            )
            for g, heading in self.groups.items()
        ]
        chosen = self.default | choices
        under = "; ".join(f"{label}: {words[chosen[name]]}" for name, (label, words) in self.fields.items())
        caption = el("caption", f"{self.caption}. {under}")
        whole = el("table", caption, el("thead", el("tr", head)), el("tbody", body), class_="cb-table")
        return el("div", whole, class_="cb-scroll", role="region", tabindex="0", aria_label=self.caption)

    def widget(self) -> ipywidgets.Widget:
        """Return the control as ipywidgets, which compute the state anew at every change."""
        boxes = {
            name: _box(
                ipywidgets.RadioButtons if len(words) <= FEW else ipywidgets.Dropdown,
                label,
                options=[(word, value) for value, word in words.items()],
            )
            for name, (label, words) in self.fields.items()
        }
        html = {item: html for item, _, html in self.items}

        def answer():
            chosen = {name: box.value for name, box in boxes.items()}
            changes = [
                el(
                    "details",
                    el("summary", self.outcomes[before], " → ", self.outcomes[after], f": {len(ids)}"),
                    el("ul", [el("li", html[i]) for i in ids]),
                )
                for (before, after), ids in self.changes(**chosen).items()
            ]
            note = el("p", self.note, class_="cb-quiet")
            return el("p", self.sentence(**chosen)), self.table(**chosen), el("div", changes), note

        return _panel(list(boxes.values()), answer, parts=4)

    def html(self) -> Html:
        """Return the default state."""
        note = el("p", self.note, class_="cb-quiet")
        return el("div", el("p", el("strong", self.label), ": ", self.sentence()), self.table(), note)

    def content(self) -> dict:
        """Return what the page's renderer needs, as :data:`claimbook.view.mime.STATES` describes it."""
        place = {outcome: str(n) for n, outcome in enumerate(self.outcomes)}
        row = {group: n for n, group in enumerate(self.groups)}
        states: dict[str, int] = {}
        of = []
        for values in itertools.product(*(words for _, words in self.fields.values())):
            state = self.compute(**dict(zip(self.fields, values, strict=True)))
            line = "".join(place[state[i]] if i in state else "-" for i, _, _ in self.items)
            of.append(states.setdefault(line, len(states)))
        # What no choice changes is counted and never listed: its words would only weigh.
        moves = [len(set(column) - {"-"}) > 1 for column in zip(*states, strict=True)]
        return {
            "id": self.id,
            "label": self.label,
            "noun": self.noun,
            "note": self.note,
            "left_out": self.left_out,
            "fields": _fields(self.fields),
            "outcomes": list(self.outcomes),
            "items": [
                {"id": i, "groups": [row[g] for g in groups], "html": html if moved else ""}
                for (i, groups, html), moved in zip(self.items, moves, strict=True)
            ],
            "states": list(states),
            "of": of,
            "table": self.table(),
        }


def _count(now: int, usual: int) -> str:
    if now == usual:
        return str(now)
    return f"{now} ({'+' if now > usual else '−'}{abs(now - usual)})"


def filtered(
    frame: pd.DataFrame,
    widgets: dict[str, type],
    *,
    id: str,
    label: str,
    noun: str,
    beside: str = "",
    under: str = "",
    first: int | None = None,
) -> FacetFilter | Html:
    """Return a filter over the rows of any frame; where it has none, a sentence says so.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a thing that can be found. Columns that no widget chooses by are shown: the first as the heading, the
        others below it, each under its name; cells may be markup. A list in a column to choose by is several values.
    widgets : dict of str to type
        Per column to choose by: the kind of ipywidgets, such as ``ipywidgets.Dropdown`` or
        ``ipywidgets.RadioButtons``. A cell that is a list has each of its values.
    id, label, noun, first
        As :class:`FacetFilter` has them.
    beside : str, optional
        A column by whose values the rows stand in columns side by side, each under its value.
    under : str, optional
        A column by whose values the rows lie folded, each under its value.

    Raises
    ------
    KeyError
        If the frame has no such column.

    Examples
    --------
    >>> deals = pd.DataFrame({"deal": ["one", "two"], "year": [2001, 2002]})
    >>> found = filtered(deals, {"year": ipywidgets.Dropdown}, id="deals", label="Find a deal", noun="deals")
    >>> found.select(year="2002")
    ['deals-2']
    """
    if frame.empty:
        return quiet(f"Nothing to filter: there are no {noun}.")
    if under:
        order = list(dict.fromkeys(frame[under].astype(str)))
        frame = frame.iloc[sorted(range(len(frame)), key=lambda place: order.index(str(frame[under].iloc[place])))]
    texts = {name: [_values(cell) for cell in frame[name]] for name in widgets}
    head, *rest = [name for name in frame if name not in widgets and name not in (beside, under)]
    offered = {name: sorted({value for cell in cells for value in cell}) for name, cells in texts.items()}
    facets = {name: (name.capitalize(), {value: value for value in values}) for name, values in offered.items()}
    rows, columns, folds = [], {}, {}
    for place in range(len(frame)):
        row, row_id = frame.iloc[place], f"{id}-{place + 1}"
        below = [el("div", el("small", f"{name}: "), _told(row[name])) for name in rest]
        values = {name: cells[place] for name, cells in texts.items()}
        rows.append(
            (row_id, values, el("div", el("strong", _told(row[head])), " ", join(below, " "), class_="cb-claim"))
        )
        if beside:
            columns.setdefault(str(row[beside]), []).append(row_id)
        if under:
            folds.setdefault(str(row[under]), []).append(row_id)
    side = {f"column-{n}": (heading, ids) for n, (heading, ids) in enumerate(columns.items(), 1)}
    folded = {f"{id}-fold-{n}": (heading, ids) for n, (heading, ids) in enumerate(folds.items(), 1)}
    more = {"columns": side, "folds": folded, "widgets": widgets, "first": first}
    return FacetFilter(id=id, label=label, noun=noun, facets=facets, rows=rows, **more)


def _values(cell) -> list[str]:
    return [plain(_told(value)) for value in (cell if isinstance(cell, list) else [cell])]


def _told(cell) -> str | Html:
    return cell if isinstance(cell, str) else str(cell)


def claims(ledger: Ledger) -> FacetFilter | Html:
    """Return the filter over all claims of `ledger`: by text, kind, layer, weight, verdict, reason, hedge, actor.

    Of each text what carries its thesis and what is contradicted stands open, and the rest lies folded. Where there
    is no claim, a sentence says so.
    """
    if ledger.claims.empty:
        return quiet("Nothing to filter: no claim is coded.")
    source_of = ledger.sentences.set_index("sentence_id")["source_id"]
    shorts = ledger.sources.set_index("source_id")["short_name"]
    names = actor_names(ledger)
    cards = Cards(ledger)
    rows, involved, folds = [], set(), {}
    verdicts = cards.assessed.verdicts
    told = ledger.claims.assign(source_id=ledger.claims["sentence_id"].map(source_of))
    told["central"] = [stands_open(c, verdicts.at[c["claim_id"], "verdict"]) for _, c in told.iterrows()]
    told["place"] = told["source_id"].map(list(shorts.index).index)
    for _, claim in told.sort_values(["place", "central"], ascending=[True, False], kind="stable").iterrows():
        source_id = claim["source_id"]
        actors = cards.people(claim)
        involved.update(actors)
        values = {
            "text": [source_id],
            "kind": [claim["kind"]],
            "layer": [claim["layer"]],
            "weight": [claim["weight"]],
            "checkable": ["yes" if claim["checkable"] else claim["not_checkable_reason"]],
            "hedge": ["yes" if claim["hedge"] else "no"],
            "verdict": [verdicts.at[claim["claim_id"], "verdict"]],
            "then": [verdicts.at[claim["claim_id"], "verdict_then"]],
            "actor": actors,
        }
        rows.append((claim["claim_id"], values, _claim_row(cards, claim, shorts[source_id])))
        if not claim["central"]:
            heading = f"{shorts[source_id]}, all other claims"
            folds.setdefault(f"claims-{source_id}", (heading, []))[1].append(claim["claim_id"])
    briefs = {name: _brief(ids_, shorts) for name, (_, ids_) in folds.items()}
    reasons = {r: f"no: {w}" for r, w in palette.REASONS.items() if r in set(ledger.claims["not_checkable_reason"])}
    facets = {
        "text": ("Text", shorts.to_dict()),
        "kind": ("Kind", palette.KINDS),
        "layer": ("Layer", palette.LAYERS),
        "weight": ("Weight", palette.WEIGHTS),
        "checkable": ("Checkable", {"yes": "yes", **reasons}),
        "verdict": ("Verdict", palette.VERDICTS),
        "then": ("When the text appeared", palette.VERDICTS),
        "hedge": ("Hedged", {"yes": "yes", "no": "no"}),
        "actor": ("Actor", {a: names[a] for a in sorted(involved, key=lambda a: names[a].casefold())}),
    }
    more = {"rows": rows, "folds": folds, "briefs": briefs}
    return FacetFilter(id="claims", label="Filter the claims", noun="claims", facets=facets, **more)


def _brief(claim_ids: list[str], shorts: pd.Series) -> Html:
    """Say where the claims of a text stand one by one, and lead to each by its number."""
    source_id = text_of(claim_ids[0])
    place = el("a", shorts[source_id], href=addresses.text(source_id))
    return el("p", "In the order of their text they stand in ", place, ": ", claim_links(claim_ids), ".")


def _claim_row(cards: Cards, claim: pd.Series, short: str) -> Html:
    """Show a claim in a line, of what stands open who bears it out or not."""
    assessed, claim_id = cards.assessed, claim["claim_id"]
    place = f" {short}, paragraph {cards.sentences.at[claim['sentence_id'], 'paragraph']}"
    sides = [
        join([f" {head}: ", named or assessed.absent(claim_id, head.lower()), "."])
        for head, stances in SIDES[:4]
        if (named := assessed.origins_on(claim_id, stances, NAMED)) or head in ("For", "Against")
    ]
    denied = assessed.denial(claim_id)
    return el(
        "div",
        el("span", claim["statement"], class_="cb-statement"),
        " ",
        assessed.mark(claim_id, why=False),
        el("small", claim_link(claim_id), place, ", thesis" if claim["weight"] == "thesis" else None),
        el("small", sides) if claim["central"] and claim["checkable"] else None,
        el("small", "Denied: ", denied) if denied else None,
        class_="cb-line",
    )


def threshold(ledger: Ledger) -> StateChoice | Html:
    """Return the choice of how much evidence establishes a side, and what had to be public by when.

    The days that can be chosen are those on which the texts may first have appeared, since what their readers could
    know is the question, and the ends of every fifth year after the first of them, since later evidence bears on old
    claims. Where no claim is checkable, a sentence says so.
    """
    if not ledger.claims["checkable"].any():
        return quiet("Nothing to choose: no claim is checkable.")
    shorts = ledger.sources.set_index("source_id")["short_name"]
    source_of = ledger.claims["sentence_id"].map(ledger.sentences.set_index("sentence_id")["source_id"])
    cards = Cards(ledger)
    fields = {
        "origins": ("Independent origins needed", {"1": "one", "2": "two", "3": "three"}),
        "primary": ("Primary records only", {"no": "no", "yes": "yes"}),
        "known": (
            "Evidence public by",
            {"now": "now", evidence.THEN: "the day each text appeared", **known_days(ledger)},
        ),
    }
    groups: dict[str, Html] = {}
    for weight, word in palette.WEIGHTS.items():
        groups[weight] = el("strong", word)
        hidden = el("span", f"{word}, ", class_="visually-hidden")
        groups |= {f"{weight} {s}": join([hidden, short]) for s, short in shorts.items()}
    groups["all"] = el("strong", "all")
    # Where evidence cannot settle a claim, no threshold matters.
    claims_ = ledger.claims.assign(source_id=source_of)[ledger.claims["checkable"]]
    rank = claims_["weight"].map(list(palette.WEIGHTS).index)
    items = [
        (c["claim_id"], [c["weight"], f"{c['weight']} {c['source_id']}", "all"], _changed(cards, c, shorts))
        for _, c in claims_.loc[rank.sort_values(kind="stable").index].iterrows()
    ]

    def compute(origins: str, primary: str, known: str) -> dict[str, str]:
        asked = Threshold(origins=int(origins), primary_only=primary == "yes")
        found = evidence.verdicts(ledger, asked, None if known == "now" else known, ("claim_id", "verdict"))
        return {c: v for c, v in zip(found["claim_id"], found["verdict"], strict=True) if v != "not_checkable"}

    return StateChoice(
        id="threshold",
        label="Choose how much evidence a verdict needs",
        noun="checkable claims",
        fields=fields,
        outcomes={v: mark(v) for v in VERDICTS if v != "not_checkable"},
        groups=groups,
        items=items,
        compute=compute,
        caption="Checkable claims by weight, text and verdict; in brackets the difference from the rule as it stands",
        left_out="left out, because their text had not appeared",
        note="A single origin is enough only with reliability A or B, and an accusation takes two. "
        "One record establishes a side by itself, so where only records count the number changes nothing. "
        "Evidence without a known first day counts only under “now”.",
    )


def known_days(ledger: Ledger) -> dict[str, str]:
    """Name the days of the threshold control, in order: when the texts may have appeared, and ends of years between.

    Each day is one more verdict on every claim, so of very many days only the ends of years stay.
    """
    days: dict[str, list[str]] = {}
    for source in ledger.sources.itertuples(index=False):
        if source.published_earliest:
            days.setdefault(source.published_earliest, []).append(source.short_name)
    words = {
        day: f"{date_text(day, day)} ({' and '.join(names) if len(names) < 4 else count(len(names), 'text')})"
        for day, names in (days if len(days) <= MOST_DAYS else {}).items()
    }
    ends = [day[:4] for day in (*days, *evidence.resolved(ledger)["known_from"]) if day]
    for year in range(int(min(days)[:4]), int(max(ends))) if days else ():
        if year % YEARS_APART == 0:
            words.setdefault(f"{year}-12-31", f"the end of {year}")
    return dict(sorted(words.items()))


def _changed(cards: Cards, claim: pd.Series, shorts) -> Html:
    denied = cards.assessed.denial(claim["claim_id"])
    return join(
        [
            claim["statement"],
            " ",
            claim_link(claim["claim_id"]),
            el("small", f" {palette.WEIGHTS[claim['weight']]}, {shorts[claim['source_id']]}"),
            el("small", "; denied: ", denied) if denied else None,
        ]
    )
