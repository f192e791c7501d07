"""The sums that the texts tell and what they are held against: what may be compared, on which index."""

import pytest
from this_book import BOOK

from claimbook.analysis import quantities as q

COLUMNS = {"current": "current_usd", "constant": "constant_usd", "year": "fiscal_year", "currency": "USD"}


def test_the_index_is_derived_from_sums_given_twice():
    frame = BOOK.records["us_foreign_assistance"]
    index = q.derived_index(frame, **COLUMNS, source="us_foreign_assistance")
    same = frame[frame["current_usd"] == frame["constant_usd"]]
    assert {index.base} == set(same["fiscal_year"])
    row = frame[frame["fiscal_year"] == 2001].iloc[0]
    assert index.factors[2001] == pytest.approx(row["constant_usd"] / row["current_usd"], rel=1e-5)
    changed = frame.copy()
    changed.loc[changed.index[changed["fiscal_year"] == 2001][0], "constant_usd"] *= 2
    with pytest.raises(ValueError, match="2001 disagree"):
        q.derived_index(changed, **COLUMNS, source="x")
    with pytest.raises(ValueError, match="no single base year"):
        q.derived_index(frame[frame["fiscal_year"] != index.base], **COLUMNS, source="x")


def test_the_words_of_the_texts_become_what_they_are():
    told = {r.wording: r for r in q.reported(BOOK, BOOK.quantities[BOOK.quantities["arms_deal"]])}
    assert told["some $500 million"].soft
    assert told["some $500 million"].months == 6
    assert told["billions of dollars"].open_ended
    with pytest.raises(q.UnlikeError, match="counts flows with no stage told, not contracts"):
        q.require_alike([told["some $500 million"], told["billions of dollars"]])


def test_yardsticks_of_money_keep_what_they_count():
    rows = BOOK.yardsticks[BOOK.yardsticks["unit"] == "currency"]
    found = q.of_rows(rows, BOOK.column("yardsticks", "counts")["words"])
    assert [(x.name, x.counts, x.unit) for x in found] == list(
        rows[["short_name", "counts", "currency"]].itertuples(index=False, name=None)
    )
    assert {x.kind["counts"] for x in found} >= {"deliveries", "income", "trade in goods of all kinds"}
    for group in q.alike(found):
        q.require_alike(group)
    with pytest.raises(q.UnlikeError):
        q.require_alike(found)
