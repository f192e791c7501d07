import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.model import bibliography, languages, passages
from claimbook.model.ledger import load


def test_a_text_is_read_as_it_stands(tmp_path):
    raw = "\ufeff“Ā”\r\nb\n".encode()
    (tmp_path / "note.txt").write_bytes(raw)
    text = passages.read_text(tmp_path, "note")
    assert text.encode() == raw
    assert passages.sha256(text) == hashlib.sha256(raw).hexdigest()
    assert passages.slice_of(text, 1, 4) == "“Ā”"


def test_a_text_that_is_not_there_or_not_utf_8_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"note\.txt"):
        passages.read_text(tmp_path, "note")
    (tmp_path / "note.txt").write_bytes(b"\xff")
    with pytest.raises(UnicodeDecodeError):
        passages.read_text(tmp_path, "note")


@pytest.mark.parametrize(
    ("words", "text", "places"),
    [
        ("ab", "ab ab", [(0, 2), (3, 5)]),
        ("aa", "aaa", [(0, 2), (1, 3)]),
        ("c", "ab", []),
        ("", "ab", []),
    ],
)
def test_occurrences(words, text, places):
    assert passages.occurrences(words, text) == places


@pytest.mark.parametrize(
    ("words", "text", "places"),
    [
        ("e", "Cafe\u0301 e", [(6, 7)]),  # no letter without its accent
        ("fi", "ﬁne", [(0, 1)]),
        ("f", "ﬁne", []),
        ("1", "1½", [(0, 1)]),
        ("..…", "x …..", [(2, 5)]),
        ("a\u00adb", "ab a\u00adb", [(0, 2), (3, 6)]),
        ("a a", "a\r\na\t a", [(0, 4), (3, 7)]),
        ("The", "the", []),
        (" \u00ad", "a \u00ad", []),
    ],
)
def test_places_that_look_alike_are_whole_parts_of_the_text(words, text, places):
    assert [(place.start, place.end) for place in passages.alike(words, text)] == places


ODD = st.text(st.sampled_from("ab e\u0301é’'\"“-—.…\u00ad\n\r\u00a0ﬁfi½12⁄\u200c"), max_size=12)


@given(ODD, ODD, ODD)
def test_places_look_alike_from_both_sides_and_say_what_differs(before, words, after):
    text = before + words + after
    for place in passages.alike(words, text):
        there = text[place.start : place.end]
        assert 0 <= place.start < place.end <= len(text)
        assert bool(place.differences) == (there != words.strip())
        assert bool(passages.told(place.differences)) == bool(place.differences)
        assert passages.alike(there, words.strip())


def test_gaps_are_what_no_sentence_covers():
    text = "One. two\n\nThree. "
    assert passages.gaps(text, [(0, 4), (10, 16)]) == [(4, 10)]
    assert passages.gaps(text, [(0, 8), (10, 16)]) == []
    assert passages.gaps(text, []) == [(0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("some $1,500.5 million", ["1,500.5", "million"]),
        ("an S-300, T-72 and 180119 VT", ["300", "72", "180119"]),
        ("Twenty-eight of a dozen halves", ["Twenty", "eight", "dozen", "halves"]),
        ("its fourth-term head, the First", ["fourth", "First"]),
        ("on Sept. 9 and Oct. 31, a Wednesday", ["Sept", "9", "Oct", "31", "Wednesday"]),
        ("it may march on in May", ["May"]),
        ("someone has often gone alone", []),
    ],
)
def test_number_expressions(text, found):
    assert [text[start:end] for start, end in passages.number_expressions(text, languages.read("en"))] == found


def test_runs_of_words_mind_neither_case_nor_punctuation():
    runs = list(passages.word_runs("Don’t stop, it’s late", 3))
    assert runs == [("don't", "stop", "it's"), ("stop", "it's", "late")]
    assert list(passages.word_runs("too short", 3)) == []


def test_quoted_words_are_counted_by_sentence_and_text(folder):
    ledger = load(folder.path)
    sentence = passages.quoted_words(ledger).set_index("sentence_id")
    # "may be" as a hedge, "ruthless" and "president" as epithets
    assert sentence.loc["alder-2030-p05-s1", "held"] == len("may be") + len("ruthless") + len("president")
    # "about" lies within "about $40 million"; bare names do not count
    assert sentence.loc["alder-2030-p03-s1", "held"] == len("about $40 million") + len("3 March 2030")
    text = passages.quoted_shares(ledger).set_index("source_id")
    assert text.loc["alder-2030", "held"] == 144
    assert text.loc["alder-2030", "share"] == pytest.approx(144 / 730)
    assert text.loc["alder-2030", "max_sentence_share"] == pytest.approx(sentence["share"].max())
    assert text.loc["birch-2031"].tolist() == [186, 0, 0, 0]


def test_more_than_a_name_is_held(folder):
    folder.set("mentions.csv", 16, "as_written", "Northern League has")
    held = passages.quoted_words(load(folder.path)).set_index("sentence_id")["held"]
    assert held["alder-2030-p06-s1"] == len("Northern League has")


def test_references_are_read_by_key(folder):
    entries = bibliography.read(folder.path)
    assert list(entries)[:3] == ["alder-2030", "courier-2029-visit", "birch-2031"]
    assert entries["birch-2031"] == {
        "entry_type": "misc",
        "title": "Birch note",
        "note": "No date is stated.",
    }


def test_broken_references_name_file_and_line(folder):
    path = folder.path / "references.bib"
    path.write_text(path.read_text() + "@misc{a, title = {A}}\n@misc{b, title {B}}\n")
    with pytest.raises(ValueError, match=r"(?s)references\.bib:32:date: a: .*references\.bib:33:: : is not BibTeX"):
        bibliography.read(folder.path)
    path.write_bytes(b"\xff")
    with pytest.raises(ValueError, match=r"references\.bib: must be UTF-8"):
        bibliography.read(folder.path)


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://alder.example/a?b=c#d", True),
        ("http://alder.example", True),
        ("ftp://alder.example", False),
        ("javascript:alert(1)", False),
        ("//alder.example", False),
        ("https://", False),
        ("https://a b", False),
        ("https://[::1", False),
        ("https://alder.example:x/", False),
    ],
)
def test_web_addresses(address, good):
    assert bibliography.is_web_address(address) is good
