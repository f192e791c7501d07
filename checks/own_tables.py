"""Tables that this book has and another need not: what they must hold, and what is worked out from the registers.

Quantities say whether they are of arms deals and at which stage; one figure has its tellings, and yardsticks that it is
held against; the trade of two states is told by years and by goals.
"""

import re
from collections.abc import Iterator

import pandas as pd

from claimbook.exchange.derived import Table
from claimbook.model import bibliography, passages
from claimbook.model.ledger import Ledger
from claimbook.validation.claims import MAX_QUOTE
from claimbook.validation.inspection import Inspection, Rule, both_or_neither, lookup, ordered, whole

QUOTED = re.compile(r'"([^"]*)"')
WORDLESS = ("rank", "statement")
"""Yardsticks without a number of their own."""


def _cited(table: str, frame: pd.DataFrame, found: Inspection) -> Iterator[Rule]:
    if found.bibliography is not None:
        unknown = ~frame["reference"].isin(list(found.bibliography))
        yield Rule(table, unknown, "reference", f"must be a key of {bibliography.FILE}")


def _too_long(cells: pd.Series, quoted_only: bool) -> pd.Series:
    parts = cells.map(lambda cell: QUOTED.findall(cell) if quoted_only else [cell])
    return parts.map(lambda words: any(len(passages.words(w)) > MAX_QUOTE for w in words)).astype(bool)


def _lineage(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.lineage
    named, inferred = rows["names_telling"], rows["inferred_from"]

    yield from _cited("lineage", rows, found)
    yield from ordered("lineage", rows, "date", "date_end")
    yield from both_or_neither("lineage", rows, "period_start", "period_end")
    yield Rule("lineage", (named != "") & (inferred != ""), "inferred_from", "must be empty where a telling is named")
    yield Rule(
        "lineage",
        (inferred != "") & (rows["inference_reason"] == ""),
        "inference_reason",
        "must be given for what is inferred",
    )
    yield Rule(
        "lineage",
        (inferred == "") & (rows["inference_reason"] != ""),
        "inference_reason",
        "must be empty where nothing is inferred",
    )
    yield Rule(
        "lineage", ~rows["telling_id"].isin(ledger.lineage_buyers["telling_id"]), "telling_id", "must name a buyer"
    )
    first, loops = lookup(rows, "telling_id", "date"), _in_loops(rows)
    for column in ("names_telling", "inferred_from"):
        begins = rows[column].map(first)
        yield Rule(
            "lineage", (rows["date_end"] != "") & (begins > rows["date_end"]), column, "must not lie after the telling"
        )
        yield Rule(
            "lineage",
            (rows[column] != "") & rows["telling_id"].isin(loops),
            column,
            "must not lead back to the telling",
        )
    for column in ("wording", "period_words", "stage_words"):
        yield Rule(
            "lineage", _too_long(rows[column], column != "wording"), column, f"must quote at most {MAX_QUOTE} words"
        )
    for column, of in (
        ("amount", "value"),
        *((c, c) for c in ("bound", "currency", "stage", "period_start", "period_end")),
    ):
        told = rows["quantity_id"].map(lookup(ledger.quantities, "quantity_id", of))
        yield Rule("lineage", told.notna() & (told != rows[column]), column, f"must be that of the quantity, {of}")


def _in_loops(rows: pd.DataFrame) -> set[str]:
    """Return the tellings from which the way back leads to themselves."""
    before = dict(
        zip(
            rows["telling_id"],
            rows["names_telling"].where(rows["names_telling"] != "", rows["inferred_from"]),
            strict=True,
        )
    )
    loops = set()
    for telling in before:
        seen, at = set(), before[telling]
        while at and at not in seen and at != telling:
            seen.add(at)
            at = before.get(at, "")
        if at == telling:
            loops.add(telling)
    return loops


def _buyers(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.lineage_buyers.sort_values(["telling_id", "place"])
    gap = rows["place"] != rows.groupby("telling_id").cumcount() + 1
    yield Rule(
        "lineage_buyers", gap & whole(rows, "telling_id", "place"), "place", "places must run from 1 without a gap"
    )


def _yardsticks(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.yardsticks
    numbered, money = rows["amount"].notna(), rows["unit"] == "currency"

    yield from _cited("yardsticks", rows, found)
    yield from both_or_neither("yardsticks", rows, "period_start", "period_end")
    for column in ("bound", "unit", "spread"):
        yield Rule("yardsticks", numbered & (rows[column] == ""), column, "must be given where there is an amount")
        yield Rule("yardsticks", ~numbered & (rows[column] != ""), column, "must be empty where there is no amount")
    wordless = rows["counts"].isin(WORDLESS)
    yield Rule(
        "yardsticks",
        numbered == wordless,
        "counts",
        f"must be {' or '.join(WORDLESS)} where there is no amount, and else not",
    )
    yield Rule("yardsticks", money & (rows["currency"] == ""), "currency", "must be given for money")
    yield Rule("yardsticks", ~money & (rows["currency"] != ""), "currency", "must be empty except for money")
    yield Rule("yardsticks", ~money & rows["price_year"].notna(), "price_year", "must be empty except for money")
    yield Rule(
        "yardsticks",
        numbered & ~money & (rows["unit"] != rows["counts"]),
        "unit",
        "must be what is counted where it is no money",
    )
    undated = (rows["spread"] == "sum") & (rows["period_start"] == "")
    yield Rule("yardsticks", undated, "period_start", "must be given for a sum over a period")


def _trade(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    yield from _cited("trade_told", ledger.trade_told, found)


def _stages(ledger: Ledger, found: Inspection) -> Iterator[Rule]:
    rows = ledger.quantities
    aimless = rows["stage"].isin(["contract", "delivery", "flow"]) & ~rows["arms_deal"] & (rows["supplier"] == "")
    rule = "must be other where neither arms_deal is true nor a supplier is given"
    yield Rule("quantities", aimless, "stage", rule)


TABLES = {
    "quantities": "stage arms_deal:boolean",
    "lineage": "telling_id date:date date_end:date amount:integer bound currency wording period_start:date"
    " period_end:date period_words stage stage_words credited_to names_telling inferred_from inference_reason"
    " quantity_id reference read_as",
    "lineage_buyers": "telling_id place:integer buyer buyer_group",
    "lineage_searches": "search_id about looked_for where result date:date",
    "yardsticks": "yardstick_id counts amount:number bound unit currency price_year:year spread period_start:date"
    " period_end:date finding covers_nonstate reference read_as",
    "trade_told": "trade_id kind year:year amount:integer bound counted_by reference read_as note",
}
"""Columns that the rules below, and the chapters, cannot do without; a column with no type is a string."""

RULES = (
    (_stages, "quantities"),
    (_lineage, "lineage lineage_buyers quantities"),
    (_buyers, "lineage_buyers"),
    (_yardsticks, "yardsticks"),
    (_trade, "trade_told"),
)
"""Each group of rules with the tables it needs."""


SIPRI = "sipri"
"""Origin of the records whose terms do not let sums from them go under our own licence."""


def derived(ledger: Ledger) -> list[Table]:
    """Return registered deliveries summed by supplier and year; nothing where the ledger has no such record."""
    if "sipri_flows" not in ledger.records:
        return []
    by = ["release", "supplier", "year"]
    flows = ledger.records["sipri_flows"]
    traps = next(r.get("traps", []) for r in ledger.schema["resources"] if r["name"] == "sipri_flows")
    sums = flows.groupby(by).agg(recipients=("recipient", "nunique"), tiv_millions=("tiv_millions", "sum"))
    frame = sums.reset_index().assign(tiv_millions=lambda f: f["tiv_millions"].round(4))
    return [
        Table(
            "sipri_deliveries_by_year",
            "Registered arms deliveries by supplier and year (our calculation)",
            "Sums over the record sipri_flows: our calculation from the SIPRI Arms Transfers Database, not SIPRI's, "
            "under SIPRI's terms and not licensed by us. TIV is a volume of major weapons, not dollars; a year without "
            "a row has no registered delivery, which proves nothing about what was not registered.",
            frame,
            (
                ("release", "string", "Release of the database.", {"required": True}),
                ("supplier", "string", "Supplier.", {"required": True}),
                ("year", "year", "Year of delivery.", {"required": True}),
                ("recipients", "integer", "Recipients with a registered delivery.", {"minimum": 1}),
                ("tiv_millions", "number", "Million TIV, our sum.", {"minimum": 0}),
            ),
            tuple(by),
            (SIPRI,),
            whole=True,
            traps=("The releases overlap: choose one of them before you add up years.", *traps),
        )
    ]
