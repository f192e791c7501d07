"""Texts, claims and sentences changed by command: ids, hashes and positions follow, and all files change or none."""

import json
import re
import shutil
import subprocess

import pytest
from files import contents, rows

from claimbook.authoring import skeleton
from claimbook.authoring.rows import Rows
from claimbook.cli import main
from claimbook.model import ids, prints
from claimbook.validation import validate

TOC = "format: jb-book\nroot: index\nchapters:\n- file: chapters/texts/alder-2030\n- file: chapters/texts/birch-2031\n"
INDEX = 'Of [a text](chapters/texts/birch-2031.ipynb#birch-2031-c002): "birch-2031", birch-2031-p02-s1.\n'


@pytest.fixture
def book(folder, texts):
    root = folder.path.parent
    (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    (root / "index.md").write_text(INDEX, encoding="utf-8")
    (root / "chapters" / "texts").mkdir(parents=True)
    for source_id in ("alder-2030", "birch-2031"):
        made = skeleton.notebook(source_id, "A title").decode().replace(skeleton.TO_DO, "Written:")
        (root / "chapters" / "texts" / f"{source_id}.ipynb").write_text(made, encoding="utf-8")
    return root


def run(book, *arguments):
    return main([*arguments, "--data", str(book / "data"), "--texts", str(book / "texts")])


def table(book, name):
    return rows(book / "data" / f"{name}.csv")


def column(book, name, key):
    return [row[key] for row in table(book, name)]


def sound(book):
    return list(map(str, validate(book / "data", book / "texts")))


# One text or claim -----------------------------------------------------------------------------------


def test_a_text_goes_with_all_that_hangs_on_it_and_its_claims_leave_their_ids(book, capsys):
    claims = [claim for claim in column(book, "claims", "claim_id") if claim.startswith("birch")]
    assert run(book, "remove", "birch-2031", "--reason", "It was withdrawn.") == 0
    out = capsys.readouterr().out
    assert sound(book) == []
    left = "".join(
        (book / "data" / f"{name}.csv").read_text() for name in ("claims", "sentences", "chains", "evidence")
    )
    assert "birch-2031" not in left
    assert not (book / "chapters" / "texts" / "birch-2031.ipynb").exists()
    assert (book / "_toc.yml").read_text() == TOC.replace("- file: chapters/texts/birch-2031\n", "")
    retired = {row["id"]: row for row in table(book, "retired_ids")}
    assert {retired[claim]["reason"] for claim in claims} == {"It was withdrawn."}
    assert "alder-2030-c016" in retired
    assert "index.md: names birch-2031 or a claim of it" in out


def test_a_quantity_that_another_text_tells_as_well_gets_an_id_of_that_text(book):
    folder_rows = table(book, "quantity_claims")
    with (book / "data" / "quantity_claims.csv").open("a", encoding="utf-8") as file:
        file.write("alder-2030-q01,birch-2031-c001,saw\n")
    assert folder_rows[0]["quantity_id"] == "alder-2030-q01"
    assert run(book, "remove", "alder-2030", "--reason", "It was withdrawn.") == 0
    assert column(book, "quantities", "quantity_id") == ["birch-2031-q01"]
    assert table(book, "quantity_claims")[0]["quantity_id"] == "birch-2031-q01"


def test_a_claim_goes_and_says_what_stands_in_its_place(book, capsys):
    assert "alder-2030-c005" in column(book, "claims", "claim_id")
    arguments = ["--reason", "It was said twice.", "--successor", "alder-2030-c004"]
    assert run(book, "remove", "alder-2030-c005", *arguments) == 0
    assert "alder-2030-c005" not in "".join(
        json.dumps(table(book, name)) for name in ("claims", "evidence", "searches", "claim_links", "claim_accused")
    )
    last = table(book, "retired_ids")[-1]
    assert (last["id"], last["successors"]) == ("alder-2030-c005", "alder-2030-c004")
    assert "alder-2030-c005: " in capsys.readouterr().out


def test_what_led_to_a_row_that_is_gone_leads_to_why(book, folder):
    evidence = table(book, "evidence")[0]["evidence_id"]
    folder.add("retired_ids.csv", id="alder-2030-c001-e90", successors=evidence, reason="It stood twice.")
    assert sound(book) == []
    assert run(book, "remove", ids.claim_of(evidence), "--reason", "It was withdrawn.") == 0
    assert not [fault for fault in sound(book) if fault.startswith("retired_ids.csv")]
    assert evidence in column(book, "retired_ids", "id")


def test_an_example_of_the_codebook_goes_with_its_claim(book, folder):
    folder.add("examples.csv", variable="claims.layer", value="content", claim_id="alder-2030-c005")
    folder.add("examples.csv", variable="claims.layer", value="said", claim_id="alder-2030-c004")
    assert run(book, "remove", "alder-2030-c005", "--reason", "It was said twice.") == 0
    assert column(book, "examples", "claim_id") == ["alder-2030-c004"]


def test_what_is_in_a_log_of_corrections_stays_without_its_claim(book):
    before = len(table(book, "corrections"))
    claim = next(filter(None, column(book, "corrections", "claim_id")))
    assert run(book, "remove", claim, "--reason", "It was said twice.") == 0
    assert len(table(book, "corrections")) == before
    assert claim not in column(book, "corrections", "claim_id")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["cedar-2032", "--reason", "x"], "cedar-2032: must be the id of a text or of a claim"),
        (["birch-2031", "--reason", " "], "--reason: : must be given"),
        (
            ["alder-2030-c005", "--reason", "x", "--successor", "alder-2030-c005"],
            "--successor: alder-2030-c005: must be a claim that stays",
        ),
    ],
)
def test_a_removal_that_breaks_a_rule_changes_nothing(book, capsys, arguments, complaint):
    before = contents(book)
    assert run(book, "remove", *arguments) == 1
    assert complaint in capsys.readouterr().err
    assert contents(book) == before


def test_a_removal_that_cannot_be_written_leaves_the_chapter_where_it_was(book, monkeypatch):
    before = contents(book)
    replace, calls = shutil.os.replace, []

    def failing(old, new):
        calls.append(new)
        if len(calls) == 3:
            raise OSError("no room")
        replace(old, new)

    monkeypatch.setattr("claimbook.authoring.transaction.os.replace", failing)
    assert run(book, "remove", "birch-2031", "--reason", "x") == 1
    assert contents(book) == before


def test_a_text_gets_another_id_and_everything_follows(book, capsys):
    before = {name: table(book, name) for name in ("claims", "sentences", "evidence", "mentions")}
    assert run(book, "rename", "birch-2031", "beech-2031") == 0
    (book / "texts" / "birch-2031.txt").rename(book / "texts" / "beech-2031.txt")
    assert sound(book) == []
    for name, old in before.items():
        expected = [{k: v.replace("birch-2031", "beech-2031") for k, v in row.items()} for row in old]
        assert table(book, name) == expected, name
    assert "birch" not in (book / "_toc.yml").read_text()
    assert not (book / "chapters" / "texts" / "birch-2031.ipynb").exists()
    assert 'text(\\"beech-2031\\")' in (book / "chapters" / "texts" / "beech-2031.ipynb").read_text()
    assert (book / "index.md").read_text() == INDEX.replace("birch-2031", "beech-2031")
    kept = {row["id"]: row["successors"] for row in table(book, "retired_ids")}
    assert kept["birch-2031-c002"] == "beech-2031-c002"
    assert kept["alder-2030-c016"] == "alder-2030-c014 | alder-2030-c015"
    assert "name your copy of the text beech-2031.txt" in capsys.readouterr().out


def test_a_page_that_puts_an_id_together_is_named(book, capsys):
    (book / "index.md").write_text('f"birch-2031-{row}"\n')
    assert run(book, "rename", "birch-2031", "beech-2031") == 0
    assert "index.md: puts together ids of birch-2031; change it" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("cedar-2032", "oak-2033", "cedar-2032: must be the id of a text"),
        ("birch-2031", "Oak", "Oak: must be lower-case letters and digits"),
        ("birch-2031", "alder-2030", "alder-2030: is or was the id of another text"),
    ],
)
def test_a_text_gets_no_id_that_is_none_or_another_s(book, capsys, old, new, complaint):
    before = contents(book)
    assert run(book, "rename", old, new) == 1
    assert complaint in capsys.readouterr().err
    assert contents(book) == before


# Sentences -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "begins"),
    [("alder-2030-p03-s1", "Officials"), ("alder-2030-p05-s1", "His army"), ("alder-2030-p06-s1", "Billions")],
)
def test_two_sentences_joined_and_cut_again_are_as_before(book, sentence, begins):
    before = contents(book)
    whole = column(book, "sentences", "sentence_id")
    assert run(book, "join", sentence) == 0
    assert sound(book) == []
    assert len(table(book, "sentences")) == len(whole) - 1
    claims = {row["claim_id"]: row["sentence_id"] for row in table(book, "claims")}
    assert f"{sentence[:-1]}2" not in claims.values()
    assert run(book, "split", sentence, begins) == 0
    assert contents(book) == before


def test_later_sentences_of_the_paragraph_move_and_what_names_them_follows(book, capsys):
    (book / "index.md").write_text("[Here](chapters/texts/alder-2030.ipynb#alder-2030-p06-s2).\n")
    assert run(book, "split", "alder-2030-p06-s1", "has not") == 0
    rule = "sentences.csv:10:sentence_id: alder-2030-p06-s1: a sentence of role content must carry a claim"
    assert rule in capsys.readouterr().out
    assert [fault.startswith(rule) for fault in sound(book)] == [True]
    mine = [row for row in table(book, "sentences") if row["paragraph"] == "6" and row["source_id"] == "alder-2030"]
    assert [(r["sentence_id"][-2:], r["sentence"], r["start"], r["end"]) for r in mine] == [
        ("s1", "1", "571", "590"),
        ("s2", "2", "591", "639"),
        ("s3", "3", "640", "707"),
    ]
    text = (book / "texts" / "alder-2030.txt").read_text(encoding="utf-8")
    assert {k: mine[1][k] for k in ("sha256", "folded_sha256")} == {
        k: str(v) for k, v in prints.cells(text[591:639]).items() if k in ("sha256", "folded_sha256")
    }
    placed = {row["claim_id"]: row["sentence_id"] for row in table(book, "claims")}
    assert placed["alder-2030-c013"] == "alder-2030-p06-s2"
    assert placed["alder-2030-c015"] == "alder-2030-p06-s3"
    assert "alder-2030-p06-s3" in (book / "index.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ["split", "alder-2030-p06-s1", "so near"],
            "'so near': must stand once in alder-2030-p06-s1, and stands there 0",
        ),
        (["split", "alder-2030-p06-s1", "The Northern"], "must not be the beginning of alder-2030-p06-s1"),
        (["split", "alder-2030-p99-s1", "x"], "alder-2030-p99-s1: must be the id of a sentence"),
        (
            ["join", "alder-2030-p06-s2"],
            "must have a sentence after it in its paragraph; there is no alder-2030-p06-s3",
        ),
        (
            ["split", "alder-2030-p03-s1", "of rockets"],
            "claims.csv:4:end: 107: must lie on one side of character 97, where alder-2030-p03-s1 is cut",
        ),
    ],
)
def test_a_cut_that_breaks_a_rule_is_told_with_its_place_and_changes_nothing(book, capsys, arguments, complaint):
    before = contents(book)
    assert run(book, *arguments) == 1
    assert complaint in capsys.readouterr().err
    assert contents(book) == before


def test_words_that_would_leave_their_sentence_keep_it_whole(book, folder, capsys):
    # The claim lies in the first half; the words that hedge it would be in the second.
    line = 2 + column(book, "claims", "claim_id").index("alder-2030-c010")
    folder.set("claims.csv", line, "hedge", "may be")
    before = contents(book)
    assert sound(book) == []
    assert run(book, "split", "alder-2030-p05-s1", "may be preparing") == 1
    assert re.search(rf"claims\.csv:{line}:hedge: may be: must stand verbatim", capsys.readouterr().err)
    assert contents(book) == before


def test_a_copy_that_is_another_text_is_refused(book, capsys):
    (book / "texts" / "alder-2030.txt").write_text("Another text.")
    assert run(book, "join", "alder-2030-p06-s1") == 1
    assert "alder-2030.txt: must be the text of the ledger, by its SHA-256" in capsys.readouterr().err


# Two branches ----------------------------------------------------------------------------------------


def git(book, *arguments):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(["git", *who, *arguments], cwd=book, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def commit(book, words):
    assert git(book, "add", "-A")[0] == 0
    assert git(book, "commit", "-q", "-m", words)[0] == 0


def append(book, table_, **cells):
    known = table(book, table_)[0]
    row = ",".join(cells.get(c, "") for c in known)
    with (book / "data" / f"{table_}.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")


def claim_of(book, person):
    """Let a person add a claim with a search and a further row on a claim that is there."""
    claim = {"claim_id": "birch-2031-c004", "sentence_id": "birch-2031-p01-s1", "start": "0", "end": "7"}
    claim |= {"statement": f"What {person} reads.", "layer": "content", "kind": "status", "subject": "vestria"}
    claim |= {"relation": "is", "polarity": "positive", "weight": "background", "checkable": "true"}
    append(book, "claims", **claim, chain_id="birch-2031-k01")
    sought = {"side": "both", "looked_for": person, "where": "a library", "result": "none", "date": "2031-02-03"}
    append(book, "searches", search_id="birch-2031-c004-s01", claim_id="birch-2031-c004", **sought)
    number = 1 + sum(claim == "birch-2031-c002" for claim in column(book, "searches", "claim_id"))
    append(book, "searches", search_id=f"birch-2031-c002-s{number:02d}", claim_id="birch-2031-c002", **sought)
    (book / "note.md").write_text("See birch-2031-c004.\n") if person == "Ben" else None


@pytest.fixture
def branches(book):
    """Let two people code on two branches of one book, Ben on the one that is checked out."""
    shutil.copy(shutil.os.path.join(shutil.os.path.dirname(__file__), "..", "..", ".gitattributes"), book)
    assert git(book, "init", "-q", "-b", "main")[0] == 0
    commit(book, "begin")
    assert git(book, "checkout", "-q", "-b", "ben")[0] == 0
    claim_of(book, "Ben")
    commit(book, "Ben's")
    assert git(book, "checkout", "-q", "main")[0] == 0
    claim_of(book, "Ann")
    commit(book, "Ann's")
    assert git(book, "checkout", "-q", "ben")[0] == 0
    assert sound(book) == []
    return book


def test_two_people_s_branches_merge_when_one_has_numbered_anew(branches, capsys):
    assert run(branches, "renumber", "main") == 0
    out = capsys.readouterr().out
    assert "birch-2031-c004 is birch-2031-c005" in out
    assert (branches / "note.md").read_text() == "See birch-2031-c005.\n"
    commit(branches, "numbered anew")
    status, said = git(branches, "merge", "-q", "main")
    assert status == 0, said
    assert run(branches, "renumber") == 0
    assert sound(branches) == []
    said = {row["claim_id"]: row["statement"] for row in table(branches, "claims")}
    assert said["birch-2031-c004"] == "What Ann reads."
    assert said["birch-2031-c005"] == "What Ben reads."
    sought = {row["search_id"]: row["looked_for"] for row in table(branches, "searches")}
    assert sought["birch-2031-c004-s01"] == "Ann"
    assert sought["birch-2031-c005-s01"] == "Ben"
    assert {"Ann", "Ben"} <= {words for key, words in sought.items() if key.startswith("birch-2031-c002-")}


def test_whoever_merges_the_rows_stand_in_one_order(branches, tmp_path):
    assert run(branches, "renumber", "main") == 0
    commit(branches, "numbered anew")
    other = shutil.copytree(branches, tmp_path / "other")
    assert git(branches, "merge", "-q", "main")[0] == 0
    assert git(other, "checkout", "-q", "main")[0] == 0
    assert git(other, "merge", "-q", "ben")[0] == 0
    for one in (branches, other):
        assert run(one, "renumber") == 0
    assert contents(branches / "data") == contents(other / "data")


def test_without_numbering_anew_the_merge_is_told_row_by_row(branches):
    assert git(branches, "merge", "-q", "main")[0] == 0
    assert any(fault.startswith("claims.csv:") and "birch-2031-c004" in fault for fault in sound(branches))


def test_rows_that_both_have_added_alike_stand_once(branches):
    append(branches, "actors", **table(branches, "actors")[0])
    before = len(table(branches, "actors"))
    assert run(branches, "renumber") == 0
    assert len(table(branches, "actors")) == before - 1


def test_a_branch_that_git_does_not_know_is_named(branches, capsys):
    before = contents(branches / "data")
    assert run(branches, "renumber", "nowhere") == 1
    assert "git merge-base HEAD nowhere" in capsys.readouterr().err
    assert contents(branches / "data") == before


def test_numbers_in_ids_order_as_numbers(book):
    ledger = Rows(book / "data")
    assert ids.place_in_order("alder-2030-c9") < ids.place_in_order("alder-2030-c010")
    assert ledger.order() == 0
