"""The small ledger with a single sum of arms money, told with a number or without."""

from dataclasses import replace

import pandas as pd

from claimbook.model import ledger

GIVEN = {
    "value alone": ({"value": 40e6, "bound": "approximate"}, True),
    "value and low": ({"value": 40e6, "low": 40e6, "bound": "at_least"}, True),
    "low alone": ({"low": 30e6, "bound": "unspecified"}, True),
    "high alone": ({"high": 50e6, "bound": "unspecified"}, True),
    "both ends": ({"low": 30e6, "high": 50e6, "bound": "range"}, True),
    "words of scale": ({"bound": "unspecified"}, False),
}
"""Cells of the sum, and whether they hold a number."""


def telling(folder, cells):
    """Return the text of a small ledger that tells the sum, with these cells."""
    small = ledger.load(folder.path)
    row = small.quantities[small.quantities["quantity_id"] == "alder-2030-q04"]
    ends = {end: pd.array([cells.get(end, pd.NA)], "Float64") for end in ("value", "low", "high")}
    text = small.text("alder-2030")
    return replace(text, tables={**text.tables, "quantities": row.assign(bound=cells["bound"], **ends)})
