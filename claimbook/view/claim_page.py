"""What the page of a single claim shows: the whole of what is coded of it, its evidence in full, and how it came so."""

import pandas as pd

from claimbook.analysis import history, readings
from claimbook.model import ids
from claimbook.model.ledger import Ledger, kept
from claimbook.view import addresses, palette
from claimbook.view.assessments import mark
from claimbook.view.cards import Cards, badges
from claimbook.view.markup import Html, el, folded, join, named, plain
from claimbook.view.tables import date_text, facts

MOST_LOOKS = 4
"""So many remarks of further readers stand open; more are folded."""

MOST_BESIDE = 8
"""So many claims from the same place stand open; more are folded."""

UNDATED = "Counting also what has no known date"


def body(cards: Cards, claim) -> Html:
    """Show a claim as a page of its own, from its statement to the history of its verdict.

    Parameters
    ----------
    cards : Cards
        Made with ``whole=True``, so that every row of evidence is printed in full.
    claim : pandas.Series
        A row of ``claims.csv``.
    """
    claim_id, assessed = claim["claim_id"], cards.assessed
    sentence = cards.sentences.loc[claim["sentence_id"]]
    source = cards.sources.loc[sentence["source_id"]]
    place = f"paragraph {sentence['paragraph']}, sentence {sentence['sentence']}"
    chapter = el("a", named(source["short_name"]), href=addresses.sentence(claim["sentence_id"], cards.base))
    when = date_text(source["published_earliest"], source["published_latest"], "bounded")
    return join(
        [
            el("p", chapter, f" ({when}), {place}", class_="cb-quiet"),
            el("h1", claim["statement"], id=claim_id),
            el("p", assessed.mark(claim_id, why=False), " ", badges(claim)),
            el("p", assessed.why(claim_id)) if claim["checkable"] else None,
            el("p", extent) if (extent := assessed.extent(claim_id)) else None,
            assessed.denied_in_words(claim_id),
            [el("h2", "For and against"), _evidence(cards, claim)] if claim["checkable"] else None,
            _beside(cards, claim),
            [el("h2", "How the verdict came about"), past] if (past := _history(cards, claim)) else None,
            [el("h2", "Read again"), again] if (again := _read_again(cards, claim_id)) else None,
            el("h2", "The claim in its text"),
            cards.facts(claim),
        ]
    )


def _evidence(cards: Cards, claim) -> Html:
    assessed, claim_id = cards.assessed, claim["claim_id"]
    fragility = assessed.verdicts.at[claim_id, "fragility"]
    return join(
        [
            assessed.sides(claim_id),
            facts(
                [
                    ("Searched", assessed.searched(claim_id)),
                    ("Would change it", assessed.what_would_change(claim_id)),
                    ("Hangs on", None if pd.isna(fragility) else _origins(int(fragility))),
                ]
            ),
        ]
    )


def _beside(cards: Cards, claim) -> Html | None:
    """List the claims of the same sentence, then those that the text has from the same mouth, but for linked ones."""
    claim_id, claims = claim["claim_id"], cards.assessed.claims
    ends = cards.assessed.trail_ends
    placed = {claim_id, *(other for _, other, _ in cards.links.get(claim_id, ()))}
    lists = []
    same = {"Told in the same breath": claims["sentence_id"] == claim["sentence_id"]}
    end = ends.loc[claim_id]
    if not (end["own"] or end["nameless"]):
        of_text = ids.texts_of(claims["claim_id"]) == ids.text_of(claim_id)
        same[f"On the word of {cards.names[end['actor_id']]} too"] = of_text & (ends["actor_id"] == end["actor_id"])
    for head, mine in same.items():
        others = [other for other in claims.index[mine] if other not in placed]
        placed.update(others)
        if others:
            shown = el("ul", [el("li", cards.assessed.linked(other)) for other in others])
            more = folded(f"{len(others)} claims", shown) if len(others) > MOST_BESIDE else shown
            lists.append([el("h2", head), more])
    return join(lists) if lists else None


def _origins(number: int) -> str:
    return "a single origin: without it the verdict would be another one" if number == 1 else f"{number} origins"


def _history(cards: Cards, claim) -> Html | None:
    """List the days from which the verdict would have been another one, and what was corrected."""
    claim_id, assessed = claim["claim_id"], cards.assessed
    if not claim["checkable"]:
        return None
    items, appeared = assessed.items.get(claim_id, []), cards.appeared[claim_id]
    steps = history.steps(items, assessed.asked[claim_id], appeared)
    rows = [
        (f"{'When the text may first have appeared' if day == appeared else 'From'} {date_text(day, day)}", verdict)
        for day, verdict in steps
    ]
    now = assessed.verdicts.at[claim_id, "verdict"]
    if not steps or steps[-1][1] != now:
        rows.append((UNDATED if any(not item.known_from for item in items) else "Now", now))
    return el("ul", [el("li", f"{when}: ", mark(verdict)) for when, verdict in rows])


@kept
def _second_looks(ledger: Ledger) -> dict[str, list[Html]]:
    """Return per claim what others made of it and of its evidence: a hard case, a second reading, an audit."""
    looks: dict[str, list[Html]] = {}
    if "hard_cases" in ledger.tables:
        for row in ledger.hard_cases.itertuples(index=False):
            head = f"A hard case ({row.difficulty.replace('_', ' ')}). Argued for: "
            looks.setdefault(row.claim_id, []).append(join([head, mark(row.expected), f": {row.argument}"]))
    known = dict(zip(ledger.evidence["evidence_id"], ledger.evidence["claim_id"], strict=True))
    origins = dict(zip(ledger.origins["origin"], ledger.origins["name"], strict=True))
    if len(ledger.tables.get("second_reading", ())):
        for row_id, one in readings.differences(ledger).iterrows():
            first, second = (_coded(one, reader, origins) for reader in ("first", "second"))
            said = f" was read twice. One reader: {first}. The other: {second}. Settled: {one['why', 'second']}"
            looks.setdefault(known[row_id], []).append(join([_row(row_id), said]))
    if "audits" in ledger.tables:
        for row in ledger.audits[ledger.audits["note"] != ""].itertuples(index=False):
            coded = f"coded {palette.STANCES[row.coded_stance]}, by the auditor {palette.STANCES[row.stance]}"
            said = f" was opened again at its source; its stance was {coded}. The auditor noted: {row.note}"
            claim = known.get(row.evidence_id, ids.claim_of(row.evidence_id))
            looks.setdefault(claim, []).append(join([_row(row.evidence_id, row.evidence_id in known), said]))
    return looks


def _row(row_id: str, there: bool = True) -> Html | str:
    return el("a", "A row of evidence", href=f"#{row_id}", title=row_id) if there else "A row that is gone since"


def _coded(one: pd.Series, reader: str, origins: dict[str, str]) -> str:
    origin = one["origin", reader]
    primary = ", primary" if one["primary", reader] else ""
    return f"{palette.STANCES[one['stance', reader]]} ({origins.get(origin, origin)}{primary})"


def _read_again(cards: Cards, claim_id: str) -> Html | None:
    looks = _second_looks(cards.ledger).get(claim_id)
    if not looks:
        return None
    shown = el("ul", [el("li", look) for look in looks])
    return shown if len(looks) <= MOST_LOOKS else folded(f"{len(looks)} remarks", shown)


def outcome(cards: Cards, claim_id: str) -> str:
    """Say in plain words what a citation of a claim carries: its verdict, and who denies it."""
    denial = cards.assessed.denial(claim_id)
    return f"verdict: {cards.assessed.outcome(claim_id)}" + (f"; denied: {plain(denial)}" if denial else "")


def snippet(cards: Cards, claim_id: str, address: str) -> Html:
    """Return a plain card of a claim to put into another page: statement, verdict, denial, and where it stands.

    Parameters
    ----------
    cards : Cards
        Of the whole ledger.
    claim_id : str
        The claim.
    address : str
        Absolute address of its page, or "" where the book's is not known: then nothing is linked.
    """
    claim, verdict = cards.assessed.claims.loc[claim_id], cards.assessed.verdicts.at[claim_id, "verdict"]
    source = cards.sources.at[ids.text_of(claim_id), "short_name"]
    title = cards.ledger.schema["title"]
    denial = cards.assessed.denial(claim_id)
    return el(
        "blockquote",
        el("p", claim["statement"]),
        el(
            "p", el("strong", palette.VERDICTS[verdict]), f": {cards.assessed.why(claim_id)}" * bool(claim["checkable"])
        ),
        el("p", "Denied: ", plain(denial)) if denial else None,
        el("p", named(source), ", in ", el("a", title, href=address) if address else title),
    )
