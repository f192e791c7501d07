"""The first page of a book: what the reading finds, all claims in one picture, the texts, and a search."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

import pandas as pd

from claimbook.analysis import evidence, readings
from claimbook.analysis.chains import terminal_sources
from claimbook.analysis.verdicts import VERDICTS, shares
from claimbook.model import ids
from claimbook.model.decimals import count
from claimbook.model.ledger import Ledger
from claimbook.view import addresses, palette
from claimbook.view.assessments import Assessments, mark
from claimbook.view.markup import Html, el, join, named
from claimbook.view.proofs import NotBorneOutError, Sentence, finding
from claimbook.view.prose import WORDED, listing
from claimbook.view.tables import date_text, quiet, table

WEIGHTS = {
    "background": ("Background", "what sets the scene"),
    "support": ("Supporting", "what carries the argument"),
    "thesis": ("Main points", "what the text is out to say"),
}
"""What the claims of each weight are called on the first page, from the farthest to the point itself."""

WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
"""Small numbers as a sentence writes them."""


NONE = "none can be checked"
"""What stands for the number of those supported where none is counted; the page's script says the same."""

NOT_STATED = "not stated"
"""What stands for who coded where the data package does not say it."""

NAMED = 1
"""So many of those who deny something are named on a card."""


def _word(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else f"{number:,}"


def _standing(rows: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Count charges by weight and verdict, from the farthest weight to the nearest."""
    return {weight: shares(rows.loc[rows["weight"] == weight, "verdict"]) for weight in WEIGHTS}


FEWEST = 3
"""So many texts have to show a thing for it to be said of texts."""


def _share(found: dict[str, int]) -> float:
    return found["supported"] / max(sum(found.values()), 1)


def headline(ledger: Ledger) -> Sentence:
    """Say what becomes of the main points of the texts, as strongly as the evidence bears it out and no more.

    Counted are charges (:func:`claimbook.analysis.evidence.charges`): what evidence could settle, and what a text says
    twice once.
    """
    rows = evidence.charges(ledger)
    found = _standing(rows)
    central, held = sum(found["thesis"].values()), found["thesis"]["supported"]
    if not central:
        return finding("No main point of the texts can be checked.", holds=True)
    by_text = [_standing(part) for _, part in rows.groupby("text")]
    with_points = [of for of in by_text if sum(of["thesis"].values())]
    each = all(_share(of["thesis"]) < _share(of["background"]) for of in with_points)
    if each and len(with_points) >= FEWEST and sum(found["background"].values()):
        return finding("In every text the main points hold in full less often than the background", holds=each)
    return finding(
        "{held} of {central} {points} in full",
        held=_word(held).capitalize() if held else "None",
        central=_word(central),
        points="main points holds" if held == 1 else "main points hold",
        holds=held <= central,
    )


def lead(ledger: Ledger, about: str = "") -> Html:
    """Show the headline with its proof: of the charges of each weight, how many hold, and what becomes of the rest.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    about : str, optional
        What the texts are about, as words that follow "texts": "on the weather".
    """
    if ledger.claims.empty:
        return el("p", "This edition holds no claim yet.", class_="cb-lead")
    rows = evidence.charges(ledger)
    found = _standing(rows)
    number = len(ledger.sources)
    who = f"{_word(number).capitalize()} published {'text' if number == 1 else 'texts'}"
    verb = "makes" if number == 1 else "make"
    said = [f"{' '.join(filter(None, (who, about, verb)))} {count(len(ledger.claims), 'claim')}. "]
    if len(rows):
        said.append("Of what can be checked, ")
        parts = [
            f"{of['supported']} of {sum(of.values())} {name}"
            for weight, name in (("background", "background claims"), ("support", "supporting claims"))
            if sum((of := found[weight]).values())
        ]
        central = found["thesis"]
        if total := sum(central.values()):
            parts.append(f"{central['supported']} of {total} main points")
        said += [listing(parts), " hold in full. "]
        if total > central["supported"]:
            short = ("partly_supported", "disputed", "not_established")
            rest = [f"{central[v]} {WORDED[v][central[v] > 1]}" for v in short if central[v]]
            wrong = central["contradicted"]
            rest.append(f"{wrong or 'none'} {'are' if wrong > 1 else 'is'} contradicted")
            said += ["Of the other main points, ", listing(rest), "."]
    return join([el("p", str(headline(ledger)), class_="cb-headline"), el("p", said, class_="cb-lead")])


def coded(ledger: Ledger) -> Html:
    """Say who coded the texts and the evidence, and how far others who looked came to the same, where some did."""
    who = el("p", el("strong", f"Coded by: {ledger.schema.get('coder') or NOT_STATED}."))
    told = []
    if len(ledger.tables.get("second_reading", ())):
        pairs = readings.evidence_pairs(ledger)
        same = (pairs["stance", "first"] == pairs["stance", "second"]).mean()
        told.append(
            f"A second reader of {count(len(pairs), 'row')} of evidence gave {same:.0%} of them the same stance. "
        )
    if len(ledger.tables.get("audits", ())):
        drawn = readings.audited(ledger)
        last = drawn.loc[drawn["draw"] == drawn["draw"].max(), "right"].dropna().astype(bool)
        told.append(
            f"Of {count(len(last), 'row')} drawn at random and opened again at their source in the last audit, "
            f"{last.mean():.0%} said what the source says. "
        )
    trust = (
        "So trust it as a guide with its sources beside it, which you can check yourself: a verdict is no more than "
    )
    return join([who, el("p", told, trust, "what follows from the rows that stand there.") if told else None])


def _coloured(verdict: str) -> str:
    """Return the class of what has a verdict's colour."""
    return f"cb-is-{verdict.replace('_', '-')}"


def _claims(ledger: Ledger) -> pd.DataFrame:
    """Return every claim with its text, verdict and whether it is counted, in the order of the picture."""
    rows = ledger.claims.assign(verdict=evidence.verdicts(ledger, columns=["verdict"])["verdict"].to_numpy())
    rows["text"] = ids.texts_of(rows["claim_id"])
    rows["again"] = rows["checkable"] & ~rows["claim_id"].isin(evidence.charges(ledger)["claim_id"])
    order = {name: at for at, name in enumerate((*VERDICTS, *ledger.sources["source_id"]))}
    return rows.sort_values(["verdict", "again", "text"], key=lambda column: column.replace(order), kind="stable")


def squares(ledger: Ledger, base: str = addresses.BASE) -> Html:
    """Show every claim as a square, by its weight in its text and its verdict, with a choice of texts and a table.

    A square leads to its claim; the page's script lets arrow keys go from one to the next and shows what it says.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    base : str
        Leads from the page to the chapters.
    """
    if ledger.claims.empty:
        return quiet("No claim is coded, so there is nothing to draw.")
    rows = _claims(ledger)
    names = dict(zip(ledger.sources["source_id"], ledger.sources["short_name"], strict=True))
    number = {source_id: str(at) for at, source_id in enumerate(names, start=1)}
    blocks = []
    for weight, (name, meaning) in WEIGHTS.items():
        mine = rows[rows["weight"] == weight]
        counted = mine[mine["checkable"] & ~mine["again"]]
        marks = [
            el(
                "a",
                palette.VERDICT_GLYPHS[row.verdict],
                class_=f"cb-sq {_coloured(row.verdict)}" + (" cb-again" if row.again else ""),
                href=addresses.claim(row.claim_id, base),
                data_text=number[row.text],
                aria_label=f"{palette.VERDICTS[row.verdict]}: {row.statement}",
            )
            for row in mine.itertuples(index=False)
        ]
        held = int((counted["verdict"] == "supported").sum())
        head = el(
            "p",
            el("strong", name),
            f", {meaning}: ",
            el("span", f"{held} of {len(counted)} supported" if len(counted) else NONE, class_="cb-held"),
            id=f"squares-{weight}",
        )
        shown = el("div", marks, class_="cb-cells") if marks else quiet("None.")
        blocks.append(el("div", head, shown, role="group", aria_labelledby=f"squares-{weight}"))
    found = shares(rows["verdict"])
    key = [
        el("span", el("span", class_=f"cb-sq {_coloured(verdict)}", aria_hidden="true"), f" {word} ", n)
        for verdict, word in palette.VERDICTS.items()
        if (n := el("b", found[verdict]))
    ]
    note = (
        "One square, one claim: point at it, tap it or use the arrow keys, and follow it to the evidence. Not "
        "established means that nothing found settles it, not that it is false; broad charges are hard to document. "
        "Not counted: what no evidence could settle, and, drawn small, what a text says again."
    )
    wrong = rows.loc[rows["verdict"] == "contradicted", "claim_id"]
    if others := int((~terminal_sources(ledger).set_index("claim_id")["own"].reindex(wrong).astype(bool)).sum()):
        verb = "is" if others == 1 else "are"
        note += f" Of {count(len(wrong), 'contradicted claim')} {others} {verb} words of others that a text reports."
    counts = pd.crosstab([rows["text"].map(names), rows["weight"]], rows["verdict"])
    counts = counts.reindex(columns=[v for v in VERDICTS if v in counts]).rename(columns=palette.VERDICTS)
    counts = counts.reset_index()
    return el(
        "section",
        _choice(names, number),
        el("div", blocks, class_="cb-blocks"),
        el("p", key, class_="cb-key"),
        el("p", note, class_="cb-note"),
        el("details", el("summary", "The picture as a table"), table(counts, "Claims by text, weight and verdict")),
        class_="cb-squares",
        data_control="squares",
        data_noun="claims",
        aria_label="All claims by weight and verdict",
    )


def _choice(names: dict[str, str], number: dict[str, str]) -> Html | None:
    """Return the form that chooses a text; none where there is one text alone."""
    if len(names) < 2:
        return None
    options = [("all", "all texts"), *((number[source_id], name) for source_id, name in names.items())]
    fields = [
        el("label", el("input", type="radio", name="text", value=value, checked=value == "all"), " ", name)
        for value, name in options
    ]
    return el("form", el("fieldset", el("legend", "Show"), fields), class_="cb-form cb-js", autocomplete="off")


def texts(ledger: Ledger, told: Mapping[str, tuple[str, str, str]], base: str = addresses.BASE) -> Html:
    """Show a card for each text: what it argues, how its claims stand, its clearest error, and what holds.

    Parameters
    ----------
    ledger : Ledger
        The whole ledger.
    told : mapping of str to tuple of (str, str, str)
        By ``source_id``: what the text argues, in a sentence with a verb and without a subject ("Argues that …"); a
        claim of it that is contradicted; one that is supported. A text that is not named has the first of its
        weightiest claims of either kind.
    base : str
        Leads from the page to the chapters.

    Raises
    ------
    NotBorneOutError
        If a claim that is given as an error is not contradicted, or one that is given as holding is not supported.
    """
    if ledger.sources.empty:
        return quiet("No text is in this ledger.")
    assessed, rows = Assessments(ledger, base), _claims(ledger)
    rank = rows["weight"].map(list(palette.WEIGHTS).index)
    number = [ids.counted(claim_id)[1] for claim_id in rows["claim_id"]]
    rows = rows.assign(rank=rank, number=number).sort_values(["rank", "text", "number"], kind="stable")
    rows = rows.set_index("claim_id", drop=False)
    items = []
    for source in ledger.sources.itertuples(index=False):
        mine = rows[rows["text"] == source.source_id]
        argument, *chosen_claims = told.get(source.source_id, ("", "", ""))
        when = _appeared(source.published_earliest, source.published_latest)
        title = el("a", named(source.short_name), href=addresses.text(source.source_id, base=base))
        parts = [el("p", title, el("span", f" · {when}", class_="cb-quiet"), class_="cb-head")]
        parts.append(el("p", argument) if argument else None)
        parts.append(_main_points(mine, assessed))
        parts.append(_bar(mine))
        for claim, verdict, words in zip(
            chosen_claims, ("contradicted", "supported"), ("Clearest error", "What holds"), strict=True
        ):
            if claim in mine.index and mine.at[claim, "verdict"] != verdict:
                raise NotBorneOutError(f"{claim}: {words}: its verdict is {mine.at[claim, 'verdict']}, not {verdict}")
            fitting = mine[mine["verdict"] == verdict]
            chosen = mine.loc[claim] if claim in mine.index else None if fitting.empty else fitting.iloc[0]
            parts.append(_shown(assessed, chosen, verdict, words))
        items.append(el("li", parts))
    return el("ul", items, class_="cb-cards")


def _appeared(first: str, last: str) -> str:
    """Say when a text appeared: its month, or the years between which it is open."""
    if first[:7] == last[:7]:
        return date_text(first[:7], last[:7])
    return " or ".join(dict.fromkeys(day[:4] for day in (first, last) if day))


def _shown(assessed: Assessments, claim, verdict: str, words: str) -> Html:
    """Show a claim that is an error, or one that holds; say where there is none."""
    if claim is None:
        return el("p", el("strong", f"{words}: "), f"no claim of it is {palette.VERDICTS[verdict]}.")
    link = el("a", claim["statement"], href=addresses.claim(claim["claim_id"], assessed.base))
    return el("p", el("strong", f"{words}: "), link, " ", mark(verdict))


def _denied(who: list[str]) -> Html | None:
    """Say who denies something; of many the first and how many more."""
    more = [f"{len(who) - NAMED} more"] if len(who) > NAMED + 1 else who[NAMED:]
    return join([" Denied by ", listing([*who[:NAMED], *more]), "."]) if who else None


def _main_points(mine: pd.DataFrame, assessed: Assessments) -> Html | None:
    """Show the verdicts on the main points of a text, and who denies any of them."""
    points = mine[(mine["weight"] == "thesis") & mine["checkable"] & ~mine["again"]]
    if points.empty:
        return el("p", "No main point of it can be checked.", class_="cb-quiet")
    found = shares(points["verdict"])
    said = listing(f"{n} {palette.VERDICTS[verdict]}" for verdict, n in found.items() if n)
    who = dict.fromkeys(name for claim in points["claim_id"] for name in assessed.deniers(claim))
    return el("p", f"Main points: {said}.", _denied([*who]), class_="cb-quiet")


def _bar(mine: pd.DataFrame) -> Html | None:
    """Draw how all claims of a text stand as one bar."""
    if mine.empty:
        return None
    found = {verdict: n for verdict, n in shares(mine["verdict"]).items() if n}
    said = listing(f"{n} {palette.VERDICTS[verdict]}" for verdict, n in found.items())
    parts = [el("span", el("i", n), class_=_coloured(verdict), style=f"flex-grow:{n}") for verdict, n in found.items()]
    return el("div", parts, class_="cb-bar", role="img", aria_label=f"All {count(len(mine), 'claim')}: {said}")


def search(label: str, examples: Iterable[str] = (), sentences: Mapping[str, str] | None = None) -> Html:
    """Show one box to search the book, with questions to try.

    Parameters
    ----------
    label : str
        What can be looked up.
    examples : iterable of str
        Questions that the search answers.
    sentences : mapping of str to str, optional
        Sentences to hold against the claims of the book, by the words that name them.
    """
    tried = [(question, {"q": question}) for question in examples]
    tried += [(words, {"sentence": sentence}) for words, sentence in (sentences or {}).items()]
    links = [el("a", words, href=f"search.html?{urlencode(asked)}") for words, asked in tried]
    return el(
        "form",
        el(
            "p",
            el("label", label, for_="cb-q"),
            el("input", type="search", id="cb-q", name="q", autocomplete="off"),
        ),
        el("p", el("button", "Search", type="submit")),
        el("p", "Try: ", join(links, " · "), class_="cb-tries") if links else None,
        class_="cb-form cb-search cb-js",
        role="search",
        action="search.html",
        method="get",
    )
