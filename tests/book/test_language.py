"""Language: rates are counts over sentences, epithets stand side by side, shared runs are the longest there are."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from figures import block
from this_book import BOOK, with_tables

from claimbook.analysis import wording
from claimbook.model import ledger
from claimbook.model.decimals import FEW
from claimbook.view import language, prose
from claimbook.view.markup import plain


def test_chart_carries_all_that_a_reader_needs():
    meta = block(language.rates(BOOK))
    assert all(meta[part].strip() for part in ("id", "title", "caption", "alt", "source"))
    assert meta["title"] in meta["alt"]
    assert "n = " in meta["caption"]
    assert [row[0] for row in meta["rows"]] == list(wording.KINDS)


@pytest.mark.parametrize(
    ("one", "other", "count", "words"),
    [
        ("", "anything", 0, ""),
        ("one two", "three four", 0, ""),
        ("He said: “A wall is being built.”", "It is known that a wall is being dug", 4, "A wall is being"),
        ("a b c a b d", "x a b d y", 3, "a b d"),
        (
            "Damascus, Iran, Hezbollah and Russia",
            "damascus iran hezbollah, and russia",
            5,
            "Damascus, Iran, Hezbollah and Russia",
        ),
        ("the so-called West", "the so called West", 1, "the"),
    ],
)
def test_the_longest_run_leaves_case_and_punctuation_aside(one, other, count, words):
    found, start, end = wording.longest_run(one, other)
    assert (found, one[start:end]) == (count, words)


def test_a_run_is_as_long_from_either_side():
    one, other = "so the two countries have the will to strengthen", "both countries have the will to do so"
    assert wording.longest_run(one, other)[0] == wording.longest_run(other, one)[0] == 5


def test_rates_are_counts_per_hundred_content_sentences():
    frame = wording.measures(BOOK).set_index(["source_id", "kind"])
    for source_id in BOOK.sources["source_id"]:
        text = BOOK.text(source_id)
        content = (text.sentences["role"] == "content").sum()
        hedged = (text.claims["hedge"] != "").sum()
        row = frame.loc[(source_id, "hedged claims")]
        assert (row["n"], row["sentences"]) == (hedged, content)
        rate = 100 * hedged / content if content >= FEW else float("nan")
        assert row["rate"] == pytest.approx(rate, nan_ok=True)
    assert frame["n"].groupby("kind").sum()["epithets"] == (BOOK.mentions["epithet"] != "").sum()


def test_the_texts_own_voice_is_no_unsourced_collective():
    claims = wording.collective_claims(BOOK)
    assert (claims["hop"] > 1).all()
    assert "common-knowledge" in set(claims["actor_id"])
    assert "defence-ua-author" not in set(claims["actor_id"])


def test_collectives_name_their_claims():
    html = language.collectives(BOOK)
    assert all(f'#{c}"' in html for c in wording.collective_claims(BOOK)["claim_id"])


def test_differing_epithets_are_shown_in_the_words_of_each_text():
    html = language.differing_epithets(BOOK)
    given = BOOK.mentions[(BOOK.mentions["actor_id"] == "lukashenko") & (BOOK.mentions["epithet"] != "")]
    assert given["epithet"].nunique() > 1
    text = plain(html)
    assert all(epithet in text for epithet in given["epithet"])
    once = BOOK.mentions.assign(epithet="")
    shown = plain(language.differing_epithets(with_tables(mentions=once)))
    assert shown == "No actors under more than one epithet."


def test_shared_runs_lie_in_their_sentences_and_lead_to_what_was_compared():
    sentences = BOOK.sentences.set_index("sentence_id")
    html = language.text_reuse(BOOK)
    for row in BOOK.shared_wording.itertuples(index=False):
        sentence = sentences.loc[row.sentence_id]
        assert sentence["start"] <= row.start < row.end <= sentence["end"]
        assert f'#{row.reference}"' in html


@pytest.mark.skipif(ledger.texts_dir() is None, reason="CLAIMBOOK_TEXTS is not set")
def test_shared_runs_have_as_many_words_as_the_table_says():
    for row in BOOK.shared_wording.itertuples(index=False):
        path = ledger.texts_dir() / f"{row.sentence_id.rsplit('-p', 1)[0]}.txt"
        assert len(wording.words(path.read_text(encoding="utf-8")[row.start : row.end])) == row.words


def test_the_lead_follows_the_tables():
    none = BOOK.claims.assign(hedge="")
    assert "hedge 0 claims" in plain(language.lead(with_tables(claims=none)))


def resized(sentences, **cells):
    """Return the book with so many content sentences in its first text, and with other cells in its tables."""
    first = BOOK.sentences["source_id"] == BOOK.texts[0]
    content = BOOK.sentences.index[first & (BOOK.sentences["role"] == "content")]
    roles = BOOK.sentences["role"].mask(BOOK.sentences.index.isin(content[sentences:]), "boilerplate")
    tables = {**BOOK.tables, "sentences": BOOK.sentences.assign(role=roles)}
    for name, changed in cells.items():
        tables[name] = tables[name].assign(**changed)
    return replace(BOOK, tables=tables)


@pytest.mark.parametrize("sentences", [0, 1, 9])
def test_of_few_sentences_no_rate_is_told(sentences):
    small = resized(sentences)
    text = small.text(BOOK.texts[0])
    short = BOOK.sources["short_name"].iloc[0]
    meta = block(language.rates(small))
    assert short not in [trace.name for trace in language.rates(small).data]
    assert short not in meta["title"]
    content = BOOK.sentences[BOOK.sentences["role"] == "content"].groupby("source_id").size()
    others = int((content.drop(BOOK.texts[0]) < FEW).sum())
    told = f"{1 + others} text{'s' if others else ''}"
    assert f"Without a rate: {told} of fewer than {FEW} sentences. " in meta["caption"]
    assert all(row[meta["columns"].index(short)] is None for row in meta["rows"])
    row = next(tr for tr in BeautifulSoup(language.counts(small), "html.parser").select("tr") if short in tr.text)
    assert "per hundred" not in row.text
    assert "per hundred" not in plain(prose.language_lead(text))
    assert "No chart: of fewer than 10 content sentences" in plain(language.rates(text))
    assert ("Without a rate" in block(language.rates(resized(FEW)))["caption"]) == (others > 0)
    assert "per hundred" in plain(prose.language_lead(resized(10).text(BOOK.texts[0])))


def test_the_highest_is_whoever_has_the_most_and_nobody_where_none_has_any():
    none = {"claims": {"hedge": ""}, "mentions": {"epithet": ""}}
    title = block(language.rates(resized(10, **none)))["title"]
    assert "hedged claims" not in title
    assert "epithets" not in title
    alone = resized(10, **none).text("walsh-2021")
    assert "No chart: there is no hedged claim" in language.rates(alone)


def test_texts_that_stand_level_are_all_named(monkeypatch):
    frame = wording.measures(BOOK)
    shorts = BOOK.sources.set_index("source_id")["short_name"]
    level = frame.assign(rate=[5.0 if s in BOOK.texts[:2] else 1.0 for s in frame["source_id"]])
    monkeypatch.setattr(language, "measures", lambda _: level)
    assert f"{shorts[BOOK.texts[0]]} and {shorts[BOOK.texts[1]]} in hedged" in block(language.rates(BOOK))["title"]
    monkeypatch.setattr(language, "measures", lambda _: frame.assign(rate=5.0))
    assert f"{len(BOOK.texts)} texts in hedged claims, epithets" in block(language.rates(BOOK))["title"]


def test_a_whole_that_speaks_as_one_is_listed_where_the_ledger_marks_it():
    marked = BOOK.actors[BOOK.actors["collective"].fillna(False).astype(bool)]
    assert set(marked["actor_id"]) == {"civilized-world", "international-community"}
    bare = with_tables(actors=BOOK.actors.drop(columns="collective"))
    for book, times in ((BOOK, BOOK.mentions["actor_id"].isin(marked["actor_id"]).sum()), (bare, 0)):
        assert language.collectives(book).count("named as one: ") == times
