"""Language: rates are counts over sentences, epithets stand side by side, shared runs are the longest there are."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from notebooks import results_of, shown_by
from this_book import BOOK, with_tables

from claimbook.analysis import wording
from claimbook.model import ledger
from claimbook.model.decimals import FEW
from claimbook.view import prose
from claimbook.view.markup import plain

PAGE = "chapters/record/actors-language"
SHORTS = BOOK.sources.set_index("source_id")["short_name"]


@pytest.fixture
def page():
    return shown_by(PAGE)


def table_of(page, caption):
    """Return the table of the chapter whose caption begins so."""
    found = [t for r in page for t in BeautifulSoup(str(r), "html.parser").select("table") if t.caption]
    [table] = [t for t in found if t.caption.text.startswith(caption)]
    return table


def control(page, name):
    [found] = [result for result in page if getattr(result, "id", "") == name]
    return found


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


@pytest.mark.skipif(ledger.texts_dir() is None, reason="CLAIMBOOK_TEXTS is not set")
def test_shared_runs_have_as_many_words_as_the_table_says():
    for row in BOOK.shared_wording.itertuples(index=False):
        path = ledger.texts_dir() / f"{row.sentence_id.rsplit('-p', 1)[0]}.txt"
        assert len(wording.words(path.read_text(encoding="utf-8")[row.start : row.end])) == row.words


def resized(sentences, **cells):
    """Return the book with so many content sentences in its first text, and with other cells in its tables."""
    first = BOOK.sentences["source_id"] == BOOK.texts[0]
    content = BOOK.sentences.index[first & (BOOK.sentences["role"] == "content")]
    roles = BOOK.sentences["role"].mask(BOOK.sentences.index.isin(content[sentences:]), "boilerplate")
    tables = {**BOOK.tables, "sentences": BOOK.sentences.assign(role=roles)}
    for name, changed in cells.items():
        tables[name] = tables[name].assign(**changed)
    return replace(BOOK, tables=tables)


def test_the_table_has_the_counts_of_each_text(page):
    frame = wording.measures(BOOK).set_index(["source_id", "kind"])
    table = table_of(page, "Hedges, epithets")
    assert [th.text for th in table.select("thead th")][2:] == list(wording.KINDS)
    for row, source_id in zip(table.select("tbody tr"), BOOK.sources["source_id"], strict=True):
        short, sentences, *told = [cell.text for cell in row.select("th, td")]
        assert short == SHORTS[source_id]
        assert int(sentences) == frame.loc[(source_id, wording.KINDS[0]), "sentences"]
        assert [int(cell.split()[0]) for cell in told] == [frame.loc[(source_id, k), "n"] for k in wording.KINDS]


@pytest.mark.parametrize("sentences", [0, 1, 9])
def test_of_few_sentences_no_rate_is_told(sentences, monkeypatch):
    small = resized(sentences)
    text = small.text(BOOK.texts[0])
    table = table_of(results_of(PAGE, monkeypatch, small), "Hedges, epithets")
    [row] = [tr for tr in table.select("tbody tr") if SHORTS.iloc[0] in tr.text]
    assert "per hundred" not in row.text
    assert "nan" not in row.text
    assert "per hundred" not in plain(prose.language_lead(text))
    assert "per hundred" in plain(prose.language_lead(resized(FEW).text(BOOK.texts[0])))


def test_the_lead_follows_the_tables(page, monkeypatch):
    hedged = (BOOK.claims["hedge"] != "").sum()
    assert f"hedge {hedged} claims" in plain(page[0])
    none = BOOK.claims.assign(hedge="")
    assert "hedge 0 claims" in plain(results_of(PAGE, monkeypatch, with_tables(claims=none))[0])


def test_collectives_name_their_claims_and_those_that_speak_as_one_their_sentences(page, monkeypatch):
    caption = "Sources and witnesses that nobody can ask"
    html = str(table_of(page, caption))
    assert all(f'#{c}"' in html for c in wording.collective_claims(BOOK)["claim_id"])
    marked = BOOK.actors[BOOK.actors["collective"].fillna(False).astype(bool)]
    assert set(marked["actor_id"]) == {"civilized-world", "international-community"}
    assert html.count("named as one: ") == BOOK.mentions["actor_id"].isin(marked["actor_id"]).sum()
    bare = with_tables(actors=BOOK.actors.drop(columns="collective"))
    assert "named as one: " not in str(table_of(results_of(PAGE, monkeypatch, bare), caption))


def test_epithets_stand_in_the_words_of_each_text_and_can_be_chosen(page, monkeypatch):
    shown = control(page, "epithets")
    given = BOOK.mentions[BOOK.mentions["epithet"] != ""]
    html = " ".join(html for _, _, html in shown.rows)
    assert all(epithet in plain(html) for epithet in given["epithet"])
    assert all(f"#{sentence}" in html for sentence in given["sentence_id"])
    different = given.groupby("actor_id")["epithet"].nunique()
    assert len(shown.rows) == len(different)
    assert len(shown.select(epithets="several")) == (different > 1).sum()
    first = BOOK.texts[0]
    mine = given[given["sentence_id"].str.startswith(f"{first}-p")]
    assert len(shown.select(text=SHORTS[first])) == mine["actor_id"].nunique()
    once = with_tables(mentions=BOOK.mentions.assign(epithet=""))
    assert any("there are no actors" in plain(str(r)) for r in results_of(PAGE, monkeypatch, once))


def test_spellings_are_of_actors_that_several_texts_name(page):
    table = table_of(page, "Actors of several texts")
    named = {row.th.text: row.td.text for row in table.select("tbody tr")}
    assert "Aleksandr Lukashenko" in named["Alexander Lukashenko"]
    written = BOOK.mentions.assign(text=BOOK.mentions["sentence_id"].str.rsplit("-p", n=1).str[0])
    many = written.groupby("actor_id")[["text", "as_written"]].nunique().min(axis=1) > 1
    assert len(named) == many.sum()


def test_shared_runs_lie_in_their_sentences_and_lead_to_what_was_compared(page):
    sentences = BOOK.sentences.set_index("sentence_id")
    table = table_of(page, "The longest runs of words")
    for row in BOOK.shared_wording.itertuples(index=False):
        sentence = sentences.loc[row.sentence_id]
        assert sentence["start"] <= row.start < row.end <= sentence["end"]
        assert f'#{row.reference}"' in str(table)
    numbers = [int(tr.select("td")[0].text) for tr in table.select("tbody tr")]
    assert numbers == sorted(BOOK.shared_wording["words"], reverse=True)


def test_a_publication_is_called_earlier_only_where_its_last_possible_day_is(page, monkeypatch):
    later = BOOK.shared_wording.assign(published="2030")
    for shared, expected in (
        (BOOK.shared_wording, {"earlier", "the copy seen is not earlier"}),
        (later, {"the copy seen is not earlier"}),
    ):
        table = table_of(results_of(PAGE, monkeypatch, with_tables(shared_wording=shared)), "The longest runs")
        assert {tr.select("td")[4].text for tr in table.select("tbody tr")} == expected
