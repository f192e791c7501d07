"""Languages: sentences, numbers and scales of each, those of a book's own, and what is quoted in any."""

import csv
import re
import warnings

import pytest
from bs4 import BeautifulSoup
from files import rows
from places import FIXTURES

from claimbook.analysis.quantities import Interval, told_interval
from claimbook.authoring import splitting
from claimbook.cli import main
from claimbook.model import languages, letters, passages
from claimbook.model.languages import Language
from claimbook.model.ledger import load
from claimbook.model.problems import LedgerError
from claimbook.validation import validate
from claimbook.view import prose, tables, walk
from claimbook.view.cards import Cards

KNOWN, _ = languages.known()


def paragraphs():
    """Return the test sentences by language and paragraph."""
    found = {}
    with (FIXTURES / "sentence_ends.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["language"], row["paragraph"]), []).append(row["sentence"])
    return found


def cut(text, language="en", abbreviations=(), breaks=()):
    found = splitting.sentences(text, abbreviations, KNOWN.get(language, Language(language)), breaks)
    return [text[s.start : s.end] for s in found]


@pytest.mark.parametrize(("key", "sentences"), paragraphs().items(), ids="-".join)
def test_sentences_of_each_language_are_cut_where_a_reader_would(key, sentences):
    assert cut(" ".join(sentences), key[0]) == sentences


def test_there_are_forty_sentences_of_each_language():
    numbers = {}
    for (language, _), sentences in paragraphs().items():
        numbers[language] = numbers.get(language, 0) + len(sentences)
    assert numbers == dict.fromkeys(KNOWN, 40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("کیا یہ سچ ہے؟ ہاں۔ ٹھیک ہے۔", ["کیا یہ سچ ہے؟", "ہاں۔", "ٹھیک ہے۔"]),
        ("यह सच है। वह गया।", ["यह सच है।", "वह गया।"]),
        ("Նա գնաց։ Նա եկավ։", ["Նա գնաց։", "Նա եկավ։"]),
        ("ሄደ። መጣ።", ["ሄደ።", "መጣ።"]),
        ("သူသွားသည်။သူလာသည်။", ["သူသွားသည်။", "သူလာသည်။"]),
        ("Really‽ Yes‼ No⁇", ["Really‽", "Yes‼", "No⁇"]),
    ],
    ids=["Urdu", "Hindi", "Armenian", "Amharic", "Burmese", "marks in one"],
)
def test_every_script_ends_sentences_by_its_own_marks(text, expected):
    assert cut(text, "xx") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He went to the U.S. The Kremlin said no.", ["He went to the U.S.", "The Kremlin said no."]),
        ("He went to the U.S. Army base.", ["He went to the U.S. Army base."]),
        ("The note is by A. B. A. Harrow.", ["The note is by A. B. A. Harrow."]),
        ("Talks Between the U.S. The Mill Says No", ["Talks Between the U.S. The Mill Says No"]),
        ("“Go!” — said he. He went.", ["“Go!” — said he.", "He went."]),
        ("“Go!” — He went.", ["“Go!”", "— He went."]),
        ("The United States (U.S.) Army left.", ["The United States (U.S.) Army left."]),
        (
            "(He left in 2001. He came in 2002.) Then he left.",
            ["(He left in 2001.", "He came in 2002.)", "Then he left."],
        ),
        ("It ended in 1998. Later it began.", ["It ended in 1998.", "Later it began."]),
    ],
)
def test_what_a_short_form_or_a_quote_ends(text, expected):
    assert cut(text) == expected


def test_an_abbreviation_is_one_in_its_own_language_alone():
    assert cut("Er kam bzw. Sie ging.", "de") == ["Er kam bzw. Sie ging."]
    assert cut("Er kam bzw. Sie ging.") == ["Er kam bzw.", "Sie ging."]
    assert cut("Am 3. Oktober kam er.", "de") == ["Am 3. Oktober kam er."]
    assert cut("It was 3. October came.") == ["It was 3.", "October came."]


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u3164", "\u200b \u200e"])
def test_what_is_not_seen_makes_no_sentence(unseen):
    text = f"One.{unseen} Two.\n\n{unseen}\n\nThree. {unseen}"
    spans = [(s.start, s.end) for s in splitting.sentences(text)]
    found = [re.sub(rf"[\s{letters.INVISIBLE}]", "", text[start:end]) for start, end in spans]
    assert found == ["One.", "Two.", "Three."]
    assert passages.gaps(text, spans) == []
    assert not letters.seen(unseen)


def test_a_reader_names_what_begins_a_sentence():
    text = "He came, he saw Plan B. Nobody knows it. He came."
    assert cut(text) == ["He came, he saw Plan B.", "Nobody knows it.", "He came."]
    assert cut(text, breaks=["he saw"])[:2] == ["He came,", "he saw Plan B."]
    assert cut(text, breaks=["Nobody knows"]) == cut(text)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("she saw", "she saw: must stand once in the text, and stands there 0 times"),
        ("e came", "e came: must stand once in the text, and stands there 2 times; give more of the words"),
    ],
)
def test_what_does_not_stand_there_once_begins_none(words, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        cut("He came. He came.", breaks=[words])


NUMBERS = {
    "en": ("the nineteenth of May, 1,500 of them, twice", ["nineteenth", "May", "1,500"]),
    "ru": (
        "Январь; в январе двадцать первый из пяти тысяч, в четверг, полтора миллиарда, трёх и трех; маем, но не маяк",
        [
            "Январь",
            "январе",
            "двадцать",
            "первый",
            "пяти",
            "тысяч",
            "четверг",
            "полтора",
            "миллиарда",
            "трёх",
            "трех",
            "маем",
        ],
    ),
    "uk": (
        "у січні двадцять перший з п'яти тисяч, п’ятсот, у п'ятницю, мільярда; сімейний",
        ["січні", "двадцять", "перший", "п'яти", "тисяч", "п’ятсот", "п'ятницю", "мільярда"],
    ),
    "pl": (
        "w styczniu dwunasty z pięciu tysięcy, w piątek, pół miliarda; mają",
        ["styczniu", "dwunasty", "pięciu", "tysięcy", "piątek", "pół", "miliarda"],
    ),
    "de": (
        "am dritten März einundzwanzig von fünftausend, eine Milliarde, ein Mann und noch einer",
        ["dritten", "März", "einundzwanzig", "fünftausend", "Milliarde"],
    ),
    "fa": (
        "در ژانویهٔ ۲۰۰۱ پنج هزار تومان، ۵ مهر ۱۴۰۰، سه‌شنبه، ۲٫۵ و ۱٬۲۰۰، دومین، سي نفر، مهر مادر، نه او",
        ["ژانویه", "۲۰۰۱", "پنج", "هزار", "۵", "مهر", "۱۴۰۰", "سه‌شنبه", "۲٫۵", "۱٬۲۰۰", "دومین", "سي"],
    ),
    "xx": ("five of ५००", ["५००"]),
}


@pytest.mark.parametrize("code", NUMBERS)
def test_numbers_months_and_ordinals_of_each_language(code):
    text, expected = NUMBERS[code]
    language = KNOWN.get(code, Language(code))
    assert [text[start:end] for start, end in passages.number_expressions(text, language)] == expected


def test_the_files_of_the_languages_are_sound():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [language.number.search("no") for language in KNOWN.values()] == [None] * len(KNOWN)


@pytest.mark.parametrize(
    ("code", "wording", "low"),
    [
        ("ru", "миллиарды рублей", 1e9),
        ("uk", "мільйони гривень", 1e6),
        ("pl", "setki miliardów złotych", 1e9),
        ("de", "Billionen Euro", 1e12),
        ("fa", "میلیاردها تومان", 1e9),
        ("en", "Billionen Euro", None),
    ],
)
def test_a_word_of_scale_says_where_a_number_begins(code, wording, low):
    assert told_interval("unspecified", wording=wording, language=KNOWN[code]) == Interval(low, None)


RUSSIAN = "В мае завод продал пять тысяч машин на 3,5 млн руб. Потом он закрылся.\n"


@pytest.fixture
def book(folder):
    root = folder.path.parent
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n- file: chapters/first\n", encoding="utf-8"
    )
    (root / "my.txt").write_text(RUSSIAN, encoding="utf-8")
    return root


def add(book, language, *more):
    given = ["--id", "mill-1890", "--genre", "news", "--data", str(book / "data"), "--language", language]
    return main(["new-text", str(book / "my.txt"), *given, *more])


def sentences_of(book):
    found = rows(book / "data" / "sentences.csv")
    return [RUSSIAN[int(r["start"]) : int(r["end"])] for r in found if r["source_id"] == "mill-1890"]


def test_a_text_is_split_and_its_numbers_are_asked_for_in_its_language(book, texts, capsys):
    assert add(book, "ru") == 0
    assert sentences_of(book) == [*RUSSIAN.strip().replace(". П", ".\nП").split("\n")]
    (texts / "mill-1890.txt").write_text(RUSSIAN, encoding="utf-8")
    asked = [
        p.rule.split("'")[1]
        for p in validate(book / "data", texts, only="mill-1890")
        if "must lie in a wording" in p.rule
    ]
    assert asked == ["3,5", "мае", "млн", "пять", "тысяч"]


def test_sentences_begin_where_the_command_says(book, capsys):
    assert add(book, "ru", "--break", "на 3,5", "--dry-run") == 0
    assert "s2  на 3,5 млн руб." in capsys.readouterr().out
    assert add(book, "ru", "--break", "на 4,5") == 1
    assert "--break: на 4,5: must stand once in the text, and stands there 0 times" in capsys.readouterr().err
    assert sentences_of(book) == []


def test_a_book_has_languages_of_its_own(book, capsys):
    (book / "languages").mkdir()
    own = book / "languages" / "ru.toml"
    own.write_text('[stops]\nnever = "руб"\n[numbers]\nwords = "завод"\n', encoding="utf-8")
    assert add(book, "ru") == 0
    assert sentences_of(book) == [RUSSIAN.strip()]
    language = load(book / "data", validate=False).language("mill-1890")
    assert [m[0] for m in language.number.finditer("пять завод")] == ["завод"]


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("ru", "1,2 млрд крон", "1200000000"),
        ("ru", "около 3,5 тыс. человек", "3500"),
        ("ru", "12 500 000 крон", "12500000"),
        ("ru", "трех миллионов", "3000000"),
        ("ru", "полтора миллиарда", "1500000000"),
        ("en", "about $40 million", "40000000"),
        ("en", "three thousand men", "3000"),
        ("en", "5bn", "5000000000"),
        ("en", "12.5 percent", "12.5"),
        ("de", "1.200,50 Mark", "1200.5"),
        ("de", "eine Million", "1000000"),
        ("pl", "2 mln zł", "2000000"),
        ("uk", "п’ять мільйонів", "5000000"),
        ("fa", "۱۲ میلیون", "12000000"),
        ("xx", "1200 zed", "1200"),
        # None can be read.
        ("ru", "от 3 до 5 млн", None),
        ("ru", "двадцать пять", None),
        ("ru", "миллиарды", None),
        ("ru", "12.04.2030", None),
        ("ru", "1.5 млрд", None),
        ("en", "Billions", None),
        ("en", "3 March 2030", None),
        ("en", "2 million five", None),
        ("en", "many men", None),
        ("en", "S-300", None),
        ("xx", "1,5 zed", None),
    ],
)
def test_the_one_number_that_words_tell_is_read_by_the_marks_and_words_of_their_language(language, words, value):
    read = KNOWN.get(language, Language(language)).value(words)
    assert (read and f"{read:f}") == value


FAULTS = {
    "stops = 1": "languages/be.toml::stops: 1: must be a table",
    '[stops]\nnevr = "a"': "languages/be.toml::stops.nevr: a: there is no such key; it must be one of: never, rarely",
    '[numbers]\nwords = "("': "languages/be.toml::numbers.words: (: must be a regular expression",
    '[numbers.scales]\n"a" = "b"': "languages/be.toml::numbers.scales.a: b: must be a number, such as 1e6",
    '[numbers.multiples]\n"a" = true': "languages/be.toml::numbers.multiples.a: True: must be a number, such as 1e6",
    '[numbers.values]\n"(" = 2': "languages/be.toml::numbers.values: (: must be a regular expression",
    'variants = ["a"]': "languages/be.toml::variants: a: must be letters that are typed for one another",
    "stops = ": "languages/be.toml::: : must be TOML in UTF-8",
}


@pytest.mark.parametrize("words", FAULTS)
def test_a_language_that_is_not_sound_is_told_and_nothing_is_written(book, capsys, words):
    (book / "languages").mkdir()
    (book / "languages" / "be.toml").write_text(words, encoding="utf-8")
    assert add(book, "ru") == 1
    assert FAULTS[words] in capsys.readouterr().err
    assert sentences_of(book) == []
    assert main(["validate", "--data", str(book / "data")]) == 1
    assert FAULTS[words] in capsys.readouterr().out
    with pytest.raises(LedgerError, match=r"nothing of it is used"):
        load(book / "data").language("alder-2030")


def test_a_language_is_named_by_its_code(book, capsys):
    (book / "languages").mkdir()
    (book / "languages" / "Belarusian.toml").write_text("", encoding="utf-8")
    assert add(book, "ru") == 1
    assert "languages/Belarusian.toml::: Belarusian: must be named by an ISO 639-1 code" in capsys.readouterr().err


def test_a_language_goes_with_an_export(book, tmp_path, capsys):
    (book / "languages").mkdir()
    (book / "languages" / "be.toml").write_text('[stops]\nnever = "вул"\n', encoding="utf-8")
    assert main(["export", str(tmp_path / "out"), "--data", str(book / "data")]) == 0
    assert (tmp_path / "out" / "languages" / "be.toml").exists()
    text = "Жыве на вул. Лясной."
    assert [
        s.end for s in splitting.sentences(text, language=languages.read("be", tmp_path / "out" / "languages"))
    ] == [20]
    assert len(splitting.sentences(text)) == 2


def test_a_joiner_within_a_word_is_part_of_it_and_elsewhere_refused(folder):
    folder.set("actors.csv", 2, "name", "دولت تازه‌ای")
    assert not [p for p in validate(folder.path) if p.column == "name"]
    for name in ("Nor\u200cland", "دولت\u200c", "\u200cدولت", "دولت\u200bتازه"):
        folder.set("actors.csv", 2, "name", name)
        (problem,) = (p for p in validate(folder.path) if p.column == "name")
        assert problem.rule.startswith("must not contain line breaks, control or invisible characters")


def test_what_is_quoted_or_named_says_its_language_and_direction(folder):
    folder.set("sources.csv", 2, "language", "fa")
    ledger = load(folder.path)
    text = ledger.text("alder-2030")
    cards = Cards(text)
    shown = [cards.facts(claim) for _, claim in text.claims.iterrows()]
    shown += [walk.claims(text), tables.quantities(text), tables.events(text), prose.language_lead(text)]
    shown += [tables.epithets(text), tables.hedges(text), tables.spellings(text), tables.source_card(text)]
    page = BeautifulSoup("".join(map(str, shown)), "html.parser")
    told = {(q.get("lang"), q.get("dir")) for q in page.find_all("q")}
    assert told == {("fa", "auto")}
    assert {name.get_text() for name in page.find_all("bdi", lang="fa")} >= {"Tess Harrow", "The Alder"}
    assert {name.get("dir") for name in page.find_all("bdi")} == {"auto"}
    names = set(tables.actor_names(ledger).values())
    assert {hop.get_text().split(" (")[0] for hop in page.select(".cb-hop bdi")} <= names
    assert page.select(".cb-hop bdi")


@pytest.mark.parametrize(
    ("english", "entry", "language"),
    [("", {}, "en"), ("Yes.", {"language": "be"}, "be"), ("Yes.", {"language": "Belarusian"}, ""), ("Yes.", {}, "")],
)
def test_words_of_a_publication_are_in_its_language(english, entry, language):
    row = {"words": "Так.", "words_english": english}
    assert str(tables.published_words(row, entry)) == f'<q lang="{language}" dir="auto">Так.</q>'
