"""What the ledger says of each text: it is valid, and holds the counts and lists that the texts themselves fix."""

import csv
import re
import shutil
import time
from pathlib import Path

import ids_cut
import pytest
from places import ROOT
from table_forms import assert_same, mangle
from this_book import BOOK, DATA

from claimbook.analysis import chains, coherence, dates, evidence
from claimbook.analysis.cases import PRACTICES
from claimbook.analysis.verdicts import ORDER, OWN_WORD
from claimbook.cli import main
from claimbook.model import ledger
from claimbook.model.ledger import texts_dir
from claimbook.model.span import DIFFERS, RULE
from claimbook.site import folding, things
from claimbook.validation import validate
from claimbook.view import codebook, tables, walk
from claimbook.view.assessments import Assessments

VERDICT = evidence.verdicts(BOOK, columns=("claim_id", "verdict")).set_index("claim_id")["verdict"]

SENTENCES = {"wnd-2001": 20, "srebrnik-2023": 38, "defence-ua": 49, "walsh-2021": 26}

SPEAKERS = {
    "wnd-2001": {
        "worldnetdaily",
        "putin",
        "voice-of-russia",
        "rferl",
        "unnamed-report",
        "us-and-israeli-intelligence-sources",
        "wezeman",
        "belarus-foreign-ministry-official",
        "unnamed-observers",
        "unnamed-questioners",
        "election-observers",
        "russia",
    },
    "srebrnik-2023": {"srebrnik", "putin", "lukashenko", "belarus-foreign-ministry", "ukraine", "raisi", "irna"},
    "defence-ua": {
        "defence-ua-author",
        "russia",
        "russia-today",
        "abu-marzuk",
        "ynetnews",
        "daily-beast",
        "hezbollah-commanders",
    },
    "walsh-2021": {"michael-walsh-writer", "shoigu", "putin", "mezentsev"},
}

# List in the text → how many rows it must give, as (text, relation, subject or None, object or None).
LISTS = [
    ("wnd-2001", "has_close_contacts_with", "belarus", {"libya", "iran", "cuba", "syria"}),
    ("srebrnik-2023", "loyal_to", {"belarus", "eritrea", "north-korea", "syria"}, "russia"),
    (
        "wnd-2001",
        "concluded_arms_contracts_with",
        "belarus",
        {"arab-extremist-groups", "palestinian-extremist-groups", "albanian-muslim-extremist-groups"},
    ),
]

WEAPONS_TO_SYRIA = 9


@pytest.mark.parametrize("source_id", SENTENCES)
def test_every_sentence_is_there(source_id):
    assert len(BOOK.text(source_id).sentences) == SENTENCES[source_id]


@pytest.mark.parametrize("source_id", BOOK.texts)
def test_content_carries_claims(source_id):
    text = BOOK.text(source_id)
    content = set(text.sentences[text.sentences["role"] == "content"]["sentence_id"])
    assert set(text.claims["sentence_id"]) == content


@pytest.mark.parametrize("source_id", SPEAKERS)
def test_every_attributed_speaker_is_in_a_chain(source_id):
    assert SPEAKERS[source_id] <= set(BOOK.text(source_id).chains["actor_id"])


@pytest.mark.parametrize("source_id", BOOK.texts)
def test_every_text_has_a_thesis_and_every_said_claim_its_content(source_id):
    text = BOOK.text(source_id)
    assert 1 <= (text.claims["weight"] == "thesis").sum() <= 15
    said = set(text.claims[text.claims["layer"] == "said"]["claim_id"])
    links = text.claim_links
    assert said <= set(links[links["type"] == "content_of"]["related_claim_id"])


@pytest.mark.parametrize(("source_id", "relation", "subject", "obj"), LISTS)
def test_lists_are_split(source_id, relation, subject, obj):
    claims = BOOK.text(source_id).claims
    claims = claims[claims["relation"] == relation]
    for column, wanted in (("subject", subject), ("object", obj)):
        assert (wanted if isinstance(wanted, set) else {wanted}) <= set(claims[column])


def test_every_weapon_said_to_reach_syria_is_a_claim():
    claims = BOOK.text("defence-ua").claims
    rows = claims[(claims["relation"] == "supplies_arms_to") & (claims["object"] == "syria") & (claims["item"] != "")]
    assert rows["item"].nunique() == len(rows) == WEAPONS_TO_SYRIA


def test_the_500_million_runs_back_to_unnamed_sources():
    quantity = BOOK.quantities[BOOK.quantities["value"] == 500_000_000].iloc[0]
    assert (quantity["bound"], quantity["stage"], quantity["supplier"]) == ("approximate", "contract", "belarus")
    claim = BOOK.quantity_claims.set_index("quantity_id").loc[quantity["quantity_id"], "claim_id"]
    ends = chains.terminal_sources(BOOK).set_index("claim_id").loc[claim]
    assert ends["hops"] == 4
    assert ends["nameless"]


def test_a_quantity_told_twice_is_one_quantity():
    told = BOOK.quantity_claims.groupby("quantity_id").size()
    programmes = BOOK.quantities[BOOK.quantities["value"] == 28]
    programmes = programmes[programmes["unit"] == "programmes"]
    assert len(programmes) == 1
    assert told[programmes["quantity_id"].iloc[0]] == 2


def test_a_wednesday_that_was_a_thursday_is_found():
    rows = dates.compared(BOOK).set_index("event_id")
    assert rows.loc["ev-2021-union-state-doctrine-signed", "outcome"] == DIFFERS


def test_the_ledger_of_the_book_is_valid():
    assert [str(problem) for problem in validate(DATA)] == []


def test_the_ledger_owes_nothing():
    assert "debts" not in BOOK.tables


def test_every_party_has_the_same_letter_on_its_own_conduct():
    rows = BOOK.evidence[BOOK.evidence["stance"].isin(OWN_WORD)]
    assert not set(rows["reliability"]) & set("AB")
    assert rows["origin"].nunique() > 20


def test_every_origin_that_was_read_has_a_letter():
    read = BOOK.evidence["origin"][BOOK.evidence["check"] == ""]
    named = {*BOOK.origins["origin"][BOOK.origins["reliability"] != ""], *BOOK.origin_matters["origin"]}
    assert set(read) <= named


ACTS = {"un_ukraine_roll_calls", "un_ukraine_votes", "ofac_snapshots", "ofac_iran_programs"}
"""Records that register acts, votes and listings; the others are estimates, compilations and works of reference."""

INFERRED = {"un_isolation", "un_isolation_since"}
"""Checks over acts that are no record of what they are asked: a roll call registers votes, not isolation."""


def test_a_check_over_acts_is_a_record_and_one_over_a_compilation_a_witness():
    rows = BOOK.evidence[BOOK.evidence["check"] != ""]
    acts = [set(BOOK.checks[name].records) <= ACTS and name not in INFERRED for name in rows["check"]]
    assert rows["primary"].tolist() == acts


def test_a_claim_and_its_denial_never_both_stand_and_what_is_told_again_fits_or_says_why_not():
    pairs = coherence.pairs(BOOK)
    opposed = pairs[pairs["type"].isin(coherence.OPPOSED)]
    assert len(opposed) > 10
    assert opposed["fits"].all()
    others = pairs[~pairs["type"].isin(coherence.OPPOSED)]
    assert ((others["differs"] == "") == others["fits"]).all()


@pytest.mark.parametrize(
    ("claim", "related"),
    [
        ("srebrnik-2023-c142", "srebrnik-2023-c068"),
        ("defence-ua-c153", "defence-ua-c146"),
        ("walsh-2021-c132", "walsh-2021-c099"),
    ],
)
def test_claims_that_tell_the_same_share_what_speaks_for_and_against(claim, related):
    mine, others = (set(BOOK.evidence[BOOK.evidence["claim_id"] == of]["origin"]) for of in (claim, related))
    assert mine & others
    assert VERDICT[claim] == VERDICT[related]


def test_absence_is_told_alike_for_every_weapon_so_that_less_trace_is_never_milder():
    """A type of which nothing was seen is not better borne out than one that the army had from elsewhere."""
    rank = ORDER[VERDICT["defence-ua-c054"]]  # T-80: no trace
    for claim in ("defence-ua-c052", "defence-ua-c053", "defence-ua-c055", "defence-ua-c056"):
        assert rank <= ORDER[VERDICT[claim]]


def test_every_practice_that_the_rule_follows_stands_in_the_bibliography():
    addresses = {entry.get("url") for entry in BOOK.bibliography.values()}
    assert {practice.url for practice in PRACTICES.values()} <= addresses


def test_an_owner_has_a_reason_and_is_an_origin_or_an_actor():
    assert BOOK.origins["reason"].ne("").all()
    assert BOOK.origins["owner"].isin({*BOOK.origins["origin"], *BOOK.actors["actor_id"]}).all()
    assert BOOK.origins["owner"].nunique() < len(BOOK.origins)


def test_every_owner_was_looked_up():
    left = BOOK.origins["reason"].str.contains("not looked up", case=False)
    assert BOOK.origins.loc[left, "origin"].tolist() == []


def test_records_are_shown_in_chapters_that_exist():
    shown = {name for r in BOOK.schema["resources"] for name in r.get("shownIn", [])}
    assert shown <= {path.stem for path in (ROOT / "chapters").rglob("*.ipynb")}


def test_the_ledger_of_the_book_agrees_with_the_texts():
    if texts_dir() is None:
        pytest.skip("passages are not compared with the texts: CLAIMBOOK_TEXTS is not set")
    assert [str(problem) for problem in validate(DATA, texts_dir())] == []


def test_the_book_shows_no_tex():
    shown = tables.references(BOOK)
    assert not any(sign in shown for sign in ("\\", "{", "}"))
    entries = BOOK.bibliography
    assert entries["businessinsider-2022-nato-border"]["author"] == "Sinéad Baker"
    assert entries["foi-2021-endgame-belarus"]["note"].count("FOI-R--5181--SE") == 1


def test_every_name_of_the_ledger_is_found_by_every_spelling_of_it():
    found = things.in_ledger(BOOK)
    for spellings in found.actors.values():
        assert all(folding.words(form) for form in spellings.split(" · "))
    assert {"wezeman", "wezemaen"} <= set(folding.words(found.actors["wezeman"]))


def test_the_checks_of_the_schema_take_at_most_as_long_again():
    def seconds(**options):
        started = time.process_time()
        ledger.load(DATA, **options)
        return time.process_time() - started

    assert min(seconds() for _ in range(5)) < 2 * min(seconds(validate=False) for _ in range(5))


def test_every_table_of_the_book_is_read_as_it_is_meant(tmp_path):
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    mangle(data, "all of it")
    read, meant = ledger.load(data), ledger.load(DATA, validate=False)
    assert codebook.examples(read) == codebook.examples(meant)
    for book in (read, meant):  # a column of text, in which a spreadsheet takes some words for truth values
        book.tables["examples"] = book.examples.assign(value=book.examples["value"].str.lower())
    assert_same(read, meant)


def spoil(file, column, value):
    """Return a corruption of every row of a table of the book that has a value in a column."""

    def corrupt(data):
        rows = list(csv.reader((data / file).open(encoding="utf-8", newline="")))
        at, before = rows[0].index(column), [list(row) for row in rows]
        for row in rows[1:]:
            row[at] = row[at] and value(row[at])
        changed = sum(row != was for row, was in zip(rows, before, strict=True))
        with (data / file).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(rows)
        return changed

    return corrupt


def american(day):
    """Write a day as an American does; a date that is no day stays as it is."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day)
    return f"{int(found[2])}/{int(found[3])}/{found[1]}" if found else day


def test_one_fault_in_every_row_is_one_line_with_its_number(tmp_path, capsys):
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    (tmp_path / "checks").symlink_to(ROOT / "checks")
    rows = spoil("evidence.csv", "reliability", lambda _: "b")(data)
    dated = spoil("evidence.csv", "fact_public_from", american)(data)
    assert rows > dated > 900
    assert main(["validate", "--data", str(data)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2
    day = r"\d+/\d+/\d{4}"
    assert re.fullmatch(
        rf"evidence\.csv:2:fact_public_from: {day}: {re.escape(RULE)}; and {dated - 1:,} more rows, such as "
        rf"row \d+: {day}, row \d+: {day}, row \d+: {day}",
        told[0],
    )
    assert told[1] == (
        "evidence.csv:2:reliability: b: must be one of: A, B, C, D, E, F; write it in capital letters; and "
        f"{rows - 1:,} more rows with this value, the last of them row {rows + 1}"
    )
    with pytest.raises(ValueError, match="more rows") as refused:
        ledger.load(data)
    assert str(refused.value).splitlines()[1:] == told
    assert len(refused.value.problems) == rows + dated


def test_what_the_book_brings_along_leaves_ids_to_the_engine():
    files = list((ROOT / "checks").glob("*.py"))
    assert len(files) > 4
    assert not {path.name: lines for path in files if (lines := ids_cut.places(path.read_text(encoding="utf-8")))}


def test_each_checkable_claim_has_evidence_or_a_search_on_both_sides():
    assessed, open_ = Assessments(BOOK), []
    for claim in BOOK.claims.loc[BOOK.claims["checkable"], "claim_id"]:
        stances = {row["stance"] for row in assessed.told(claim)}
        for side, mine in walk.SIDES.items():
            if not stances.intersection(mine) and assessed.absent(claim, side.lower()) == "not searched":
                open_.append((claim, side))
    assert open_ == []
