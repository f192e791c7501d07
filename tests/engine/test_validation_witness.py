"""Rules of witnesses: owners, accused parties, superseded rows, numbers, and what an older coding still owes."""

import csv
import json
import os
import re
from importlib import resources

import pandas as pd
import pytest

from claimbook.analysis import evidence
from claimbook.cli import main
from claimbook.model import ledger
from claimbook.validation import validate
from claimbook.validation.witness_rules import DEBTS
from claimbook.view.assessments import Assessments


def problems(folder):
    return [str(problem) for problem in validate(folder.path)]


def publication(folder, number=2, claim="alder-2030-c008", **cells):
    """Add a publication beside a claim that has one already; columns that are not given are those of a sound row."""
    folder.add(
        "evidence.csv",
        **{
            "evidence_id": f"{claim}-e{number:02d}",
            "claim_id": claim,
            "stance": "supports",
            "reference": "norland-2030-statement",
            "finding": "The minister was in Vestria.",
            "words": "was in Vestria that day",
            "origin": "northern-league",
            "reliability": "B",
            "primary": "false",
            "interested": "false",
            "read_as": "full",
        }
        | cells,
    )


def test_the_small_ledger_is_sound(folder):
    publication(folder)
    assert problems(folder) == []


ROWS = {
    "a superseded row that does not exist": (
        {"supersedes": "alder-2030-c008-e09"},
        "evidence.csv:7:supersedes: alder-2030-c008-e09: must be found in evidence.evidence_id",
    ),
    "a row on another claim superseded": (
        {"supersedes": "birch-2031-c002-e01", "origin": "vestria-courier"},
        "evidence.csv:7:supersedes: birch-2031-c002-e01: must be a row on the same claim",
    ),
    "another's word taken back": (
        {"supersedes": "alder-2030-c008-e01"},
        "evidence.csv:7:supersedes: alder-2030-c008-e01: must be a row of the same owner: nobody takes back another's "
        "word",
    ),
    "a row that supersedes itself": (
        {"supersedes": "alder-2030-c008-e02"},
        "evidence.csv:7:supersedes: alder-2030-c008-e02: must not lead back to its own row",
    ),
    "a limit without saying whether a part is affirmed": (
        {"stance": "qualifies"},
        "evidence.csv:7:affirms: : must be true or false where the stance is qualifies",
    ),
    "a part affirmed by a source that supports": (
        {"affirms": "true"},
        "evidence.csv:7:affirms: true: must be empty except where the stance is qualifies",
    ),
    "a part of a whole by a source that supports": (
        {"together": "both towns"},
        "evidence.csv:7:together: both towns: must be empty except where the stance is supports_part",
    ),
    "a part alone as the whole": (
        {"stance": "supports_part", "together": "both towns"},
        "evidence.csv:7:together: both towns: must stand with two rows or more of one claim, which make up the whole",
    ),
    "not verified by an interested party": (
        {"stance": "not_verified", "interested": "true"},
        "evidence.csv:7:interested: true: must be false except where the stance is asserts, denies or admits",
    ),
    "an admission that is not a party's": (
        {"stance": "admits"},
        "evidence.csv:7:interested: false: must be true where the stance is asserts, denies or admits",
    ),
    "one origin with two letters": (
        {"origin": "vestria-courier", "reliability": "C"},
        "evidence.csv:7:reliability: C: one origin must have one letter on one claim; where the matter differs, the "
        "claim does",
    ),
    "a letter that its origin has on no matter": (
        {"origin": "norland", "reliability": "B"},
        "evidence.csv:7:reliability: B: must be the letter of its origin in origins, or one that origin_matters gives",
    ),
    "one origin in full and in part": (
        {"origin": "vestria-courier", "stance": "qualifies", "affirms": "true"},
        "evidence.csv:7:stance: qualifies: its origin supports the same claim as well: say which it does, or code two "
        "claims",
    ),
    "a failure to verify beside the same owner's word": (
        {"origin": "vestria-courier", "stance": "not_verified"},
        "evidence.csv:7:stance: not_verified: its owner speaks for or against the same claim as well",
    ),
    "a silence without a reason": (
        {"stance": "silent"},
        "evidence.csv:7:assessment: : must say why this source would have to tell it; a source that need not is a "
        "search",
    ),
    "a number without a unit": ({"stance": "", "value": "2"}, "evidence.csv:7:unit: : must be given where there is a"),
    "a unit without a number": (
        {"unit": "tanks"},
        "evidence.csv:7:unit: tanks: must be empty where there is no number",
    ),
    "a number and a stance": (
        {"value": "2", "unit": "tanks"},
        "evidence.csv:7:stance: supports: must be empty where a disinterested source counts: it follows from the",
    ),
    "a number of what the claim does not count": (
        {"stance": "", "value": "2", "unit": "tanks"},
        "evidence.csv:7:value: 2: must be comparable: the claim must tell one quantity in tanks, and tells 0",
    ),
    "ends turned": (
        {"stance": "", "low": "5", "high": "4", "unit": "tanks"},
        "evidence.csv:7:high: 4: must not be less than low",
    ),
    "a value outside its ends": (
        {"stance": "", "value": "9", "low": "3", "high": "4", "unit": "tanks"},
        "evidence.csv:7:value: 9: must lie between low and high",
    ),
}


@pytest.mark.parametrize(("cells", "line"), ROWS.values(), ids=ROWS)
def test_a_row_that_breaks_a_rule_of_witnesses_is_named(folder, cells, line):
    publication(folder, **cells)
    assert any(told.startswith(line) for told in problems(folder)), problems(folder)


@pytest.mark.parametrize(
    ("origin", "letter"),
    [("norland", "C"), ("norland", "A"), ("northern-league", "D")],
    ids=["its usual letter", "its letter on a matter", "an origin that has none"],
)
def test_a_letter_that_its_origin_has_may_stand(folder, origin, letter):
    publication(folder, origin=origin, reliability=letter)
    assert problems(folder) == []


def test_a_letter_given_to_an_origin_holds_for_its_publications_and_not_for_its_checks(folder):
    folder.set("origins.csv", 2, "reliability", "D")  # whose checks have the letter of their record, B
    assert problems(folder) == []
    folder.set("origins.csv", 3, "reliability", "D")
    told = [line.split(": ")[:2] for line in problems(folder)]
    assert told == [["evidence.csv:5:reliability", "B"], ["evidence.csv:6:reliability", "B"]]


def test_a_party_may_have_another_letter_on_its_own_conduct(folder):
    publication(folder, origin="vestria-courier", stance="denies", interested="true", reliability="C")
    assert problems(folder) == []


def test_a_number_that_limits_what_its_origin_supports_is_named(folder):
    publication(folder, claim="alder-2030-c012", number=1, origin="vestria-courier")
    counted = {"stance": "", "low": "140", "high": "160", "unit": "tanks", "origin": "vestria-courier"}
    publication(folder, claim="alder-2030-c012", number=2, **counted)
    assert any("its origin supports the same claim as well" in told for told in problems(folder))


def test_a_party_that_counts_its_own_conduct_is_no_disinterested_witness(folder):
    folder.add("claim_accused.csv", claim_id="alder-2030-c012", actor_id="norland", reason="A secret store.")
    counted = {"stance": "", "value": "130", "unit": "tanks", "origin": "norland", "reliability": "C"}
    publication(folder, claim="alder-2030-c012", number=1, **counted)
    assert any("the claim accuses the owner of this origin" in told for told in problems(folder))


def test_what_a_party_owns_is_no_disinterested_witness_of_its_conduct(folder):
    folder.add("claim_accused.csv", claim_id="alder-2030-c008", actor_id="norland", reason="A secret visit.")
    publication(folder, origin="norland")
    rule = "the claim accuses the owner of this origin: code its word as denies, asserts or admits"
    assert any(told.startswith(f"evidence.csv:7:origin: norland: {rule}") for told in problems(folder))


@pytest.mark.parametrize(
    "own",
    [{"primary": "true", "reliability": "A"}, {"stance": "denies", "interested": "true", "reliability": "C"}],
)
def test_the_act_itself_and_a_partys_own_word_may_stand(folder, own):
    folder.add("claim_accused.csv", claim_id="alder-2030-c008", actor_id="norland", reason="A secret visit.")
    publication(folder, origin="norland", **own)
    assert problems(folder) == []


def test_a_government_is_the_state_whose_conduct_it_is(folder):
    folder.add("actors.csv", actor_id="norland-cabinet", name="cabinet of Norland", kind="government_body", iso3="XNO")
    folder.set("claims.csv", 9, "object", "norland-cabinet")
    folder.add("claim_accused.csv", claim_id="alder-2030-c008", actor_id="norland-cabinet", reason="A secret visit.")
    publication(folder, origin="norland")
    assert any("the claim accuses the owner of this origin" in told for told in problems(folder))


def test_a_party_that_could_not_verify_is_refused_and_owes_nothing(folder):
    folder.add("claim_accused.csv", claim_id="alder-2030-c008", actor_id="norland", reason="A secret visit.")
    publication(folder, origin="norland", stance="not_verified")
    folder.add("debts.csv", rule="own_witness", table="evidence", row="alder-2030-c008-e02")
    told = problems(folder)
    assert any("a party that could not verify what it is accused of says nothing" in line for line in told)
    assert any(
        line.startswith("debts.csv:2:row: alder-2030-c008-e02: this row does not break its rule") for line in told
    )


def test_rows_of_one_publication_on_one_sentence_have_one_day(folder):
    publication(folder, fact_public_from="2029-04-12")
    publication(folder, 1, "alder-2030-c009", fact_public_from="2029-05")
    told = [line for line in problems(folder) if "must have one day" in line]
    assert [line.split(": ")[1] for line in told] == ["2029-04-12", "2029-05"]


def test_the_same_words_do_not_stand_for_and_against_a_claim(folder):
    quoted = "It says: “the minister was there in April”."
    publication(folder, finding=quoted)
    publication(folder, 3, finding=quoted, stance="contradicts")
    told = [line for line in problems(folder) if "the same words of this publication have another stance" in line]
    assert len(told) == 2


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ([("origins.csv", 2, "owner", "nobody")], "origins.csv:2:owner: nobody: must be found in origins.origin or"),
        (
            [("origins.csv", 2, "owner", "vestria-courier"), ("origins.csv", 3, "owner", "vestria")],
            "origins.csv:2:owner: vestria-courier: must be who controls it in the end: this owner has another one",
        ),
        (
            [("origins.csv", 2, "joint_of", "norland; nobody")],
            "origins.csv:2:joint_of: norland; nobody: must name owners or actors",
        ),
        (
            [("origins.csv", 2, "owner", "norland"), ("origins.csv", 2, "joint_of", "norland; vestria-courier")],
            "origins.csv:2:joint_of: norland; vestria-courier: must stand with the owner, not with what it owns",
        ),
        ([("origins.csv", 2, "reference", "a page")], "origins.csv:2:reference: a page: must be an http(s) address"),
        (
            [("claim_accused.csv", 2, "claim_id", "alder-2030-c002")],
            "claim_accused.csv:2:claim_id: alder-2030-c002: must be a claim of layer content",
        ),
        (
            [("retired_ids.csv", 2, "id", "alder-2030-c001")],
            "retired_ids.csv:2:id: alder-2030-c001: must not be in use",
        ),
        (
            [("retired_ids.csv", 2, "successors", "alder-2030-c014 | alder-2030-c088")],
            "retired_ids.csv:2:successors: alder-2030-c014 | alder-2030-c088: must be claims, rows of evidence or",
        ),
    ],
)
def test_owners_accused_and_retired_identifiers_are_checked(folder, cells, line):
    for cell in cells:
        folder.set(*cell)
    assert any(told.startswith(line) for told in problems(folder)), problems(folder)


def test_a_debt_is_honoured_until_it_is_paid(folder):
    folder.set("evidence.csv", 6, "assessment", "")
    assert any("must say why this source would have to tell it" in told for told in problems(folder))
    folder.add("debts.csv", rule="silence", table="evidence", row="birch-2031-c002-e01")
    assert problems(folder) == []
    folder.set("evidence.csv", 6, "assessment", "A newspaper that corrects an article says so beside it.")
    rule = "this row does not break its rule, or is not there: delete the debt"
    assert problems(folder) == [f"debts.csv:2:row: birch-2031-c002-e01: {rule}"]


def test_of_a_table_that_breaks_its_schema_no_debt_is_called_paid(folder):
    folder.set("evidence.csv", 6, "assessment", "")
    folder.set("evidence.csv", 6, "reliability", "b")
    folder.add("debts.csv", rule="silence", table="evidence", row="birch-2031-c002-e01")
    assert [line.split(": ")[0] for line in problems(folder)] == ["evidence.csv:6:reliability"]


def test_only_rules_that_came_later_give_credit(folder):
    folder.add("debts.csv", rule="schema", table="evidence", row="birch-2031-c002-e01")
    assert problems(folder) == [f"debts.csv:2:rule: schema: must be one of: {', '.join(DEBTS)}"]


def test_a_publication_that_counts_has_its_decisive_words(folder):
    publication(folder, words="")
    rule = "must be given for a publication that counts; where only another's account was reached, read_as is relay"
    assert problems(folder) == [f"evidence.csv:7:words: : {rule}"]


@pytest.mark.parametrize("cells", [{"read_as": "relay"}, {"reliability": "D"}])
def test_what_was_not_read_or_does_not_count_needs_no_words(folder, cells):
    publication(folder, words="", **cells)
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"words": " ".join(["word"] * 25)}, None),
        ({"words": " ".join(["word"] * 26)}, "words: word.*: must have at most 25 words"),
        (
            {"words": "", "words_english": "here"},
            "words_english: here: must be empty where there are no words to trans",
        ),
    ],
)
def test_words_are_few_and_a_translation_is_of_some(folder, cells, fault):
    publication(folder, **cells, read_as="relay")
    told = problems(folder)
    assert (told == []) if fault is None else re.match(f"evidence.csv:7:{fault}", told[0])


def test_a_check_has_records_in_place_of_words(folder):
    folder.set("evidence.csv", 2, "words", "three rockets")
    rule = "must be empty where a check is given, which has its records"
    assert problems(folder) == [f"evidence.csv:2:words: three rockets: {rule}"]


def test_retired_identifiers_must_not_lead_to_each_other(folder):
    folder.add("retired_ids.csv", id="alder-2030-c090", successors="alder-2030-c091", reason="The same.")
    folder.add("retired_ids.csv", id="alder-2030-c091", successors="alder-2030-c090", reason="The same.")
    rule = "must not lead back to its own identifier"
    assert next(line for line in problems(folder) if rule in line).endswith(f"successors: alder-2030-c091: {rule}")


def test_a_book_without_debts_needs_no_table_of_them(folder):
    package = (folder.path / "datapackage.json").read_text(encoding="utf-8")
    begin = package.index('    {\n      "name": "debts"')
    end = package.index("\n    },", begin) + len("\n    },\n")
    (folder.path / "datapackage.json").write_text(package[:begin] + package[end:], encoding="utf-8")
    (folder.path / "debts.csv").unlink()
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("value", "stance", "verdict"),
    [("2", "supports", "supported"), ("5", "contradicts", "contradicted"), ("", "qualifies", "not_established")],
)
def test_the_stance_of_a_count_follows_from_the_number_told(folder, value, stance, verdict):
    """Two agreements are told; a range that holds two and others bears nothing out."""
    ends = {} if value else {"low": "1", "high": "3"}
    publication(folder, 1, "alder-2030-c009", stance="", value=value, unit="agreements", **ends)
    assert problems(folder) == []
    book = ledger.load(folder.path)
    row = evidence.resolved(book).set_index("evidence_id").loc["alder-2030-c009-e01"]
    assert row["stance"] == stance
    assert evidence.verdicts(book).set_index("claim_id").at["alder-2030-c009", "verdict"] == verdict


def test_two_origins_of_one_owner_are_one_witness(folder):
    folder.set("evidence.csv", 5, "reliability", "C")
    publication(folder, reliability="C", origin="northern-league")
    publication(folder, 3, reliability="B", origin="norland", reference="arms-register-2031")
    book = ledger.load(folder.path)
    before = evidence.verdicts(book).set_index("claim_id").loc["alder-2030-c008"]
    assert (before["verdict"], before["origins_for"]) == ("supported", 3)
    for line in (3, 4, 5):
        folder.set("origins.csv", line, "owner", "norland")
    folder.add("claim_accused.csv", claim_id="alder-2030-c008", actor_id="oda-brandt", reason="A secret visit.")
    after = evidence.verdicts(ledger.load(folder.path)).set_index("claim_id").loc["alder-2030-c008"]
    assert (after["verdict"], after["origins_for"]) == ("not_established", 1)


def test_a_part_of_the_ledger_has_the_tables_of_witnesses(folder):
    part = ledger.load(folder.path).text("birch-2031")
    assert part.claim_accused.empty
    assert part.retired_ids.empty
    assert set(part.origin_matters["origin"]) <= set(part.origins["origin"])
    assert "debts" not in part.tables


def test_a_superseded_row_is_shown_struck_through_and_not_counted(folder):
    publication(folder, origin="vestria-courier", stance="contradicts", supersedes="alder-2030-c008-e01")
    assert problems(folder) == []
    shown = Assessments(ledger.load(folder.path))
    rows = shown.rows["alder-2030-c008"].set_index("evidence_id", drop=False)
    assert rows["superseded"].tolist() == [True, False]
    assert rows["counts"].tolist() == [False, True]
    assert "<s>The minister was received" in shown.row(rows.iloc[0])
    assert "taken back or replaced by its own source" in shown.weight(rows.iloc[0])
    assert shown.verdicts.at["alder-2030-c008", "verdict"] == "contradicted"


LATER = {"versions", "version_verdicts", "coded_anew"}
"""Tables that a ledger of the second edition may have, and that no migration makes."""


def first_edition(folder):
    """Turn the small ledger into one of the first edition: without the new columns, tables and words."""
    new = json.loads(resources.files("claimbook.authoring").joinpath("ledger-2.json").read_text(encoding="utf-8"))
    gone = {table["resource"]["name"] for table in new["tables"]} | LATER
    path = folder.path / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["version"] = "1.3.0"
    package["resources"] = [r for r in package["resources"] if r["name"] not in gone]
    for resource in package["resources"]:
        added = {c["field"]["name"] for c in new["columns"] if c["table"] == resource["name"]}
        fields = [f for f in resource["schema"]["fields"] if f["name"] not in added]
        resource["schema"]["fields"] = fields
        for field in fields:
            values = field.get("constraints", {}).get("enum", [])
            if "not_established" in values:
                values[values.index("not_established")] = "unverifiable"
            if (resource["name"], field["name"]) == ("evidence", "stance"):
                values[:] = [value for value in values if value not in ("admits", "supports_part", "not_verified")]
        if added or resource["name"] == "hard_cases":
            rows = pd.read_csv(folder.path / resource["path"], dtype=str, keep_default_na=False)
            rows = rows.drop(columns=[c for c in rows if c in added]).replace("not_established", "unverifiable")
            rows.to_csv(folder.path / resource["path"], index=False, lineterminator="\n")
    path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for name in gone:
        (folder.path / f"{name}.csv").unlink()


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}


def rows_of(folder, name):
    with (folder.path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_ledger_of_the_first_edition_is_brought_over(folder, capsys):
    before = evidence.verdicts(ledger.load(folder.path))
    first_edition(folder)
    assert main(["validate", "--data", str(folder.path)]) == 1
    capsys.readouterr()
    assert main(["migrate", "--data", str(folder.path)]) == 0
    told = capsys.readouterr().out
    assert "evidence.supersedes: new" in told
    assert "hard_cases: unverifiable is not_established" in told
    assert "claim_links.differs: new" in told
    assert "debts.csv: 3 rows break a rule that is new" in told
    assert main(["validate", "--data", str(folder.path)]) == 0
    assert rows_of(folder, "debts") == [
        {"rule": "coherence", "table": "claim_links", "row": "alder-2030-c003 alder-2030-c001 repeats"},
        {"rule": "silence", "table": "evidence", "row": "birch-2031-c002-e01"},
        {"rule": "words", "table": "evidence", "row": "alder-2030-c008-e01"},
    ]
    assert all(row["owner"] == row["origin"] for row in rows_of(folder, "origins"))
    assert rows_of(folder, "claim_accused") == []
    book = ledger.load(folder.path)
    assert book.schema["version"] == "2.0.0"
    pd.testing.assert_frame_equal(evidence.verdicts(book), before)


def test_what_a_migration_describes_is_what_the_ledger_of_the_tests_has(folder):
    wanted = [r for r in ledger.read_schema(folder.path)["resources"] if r["name"] not in LATER]
    first_edition(folder)
    assert main(["migrate", "--data", str(folder.path)]) == 0
    assert ledger.read_schema(folder.path)["resources"] == wanted


def test_a_limit_of_the_first_edition_affirmed_a_part(folder):
    publication(folder, stance="qualifies", affirms="true", origin="northern-league")
    first_edition(folder)
    assert main(["migrate", "--data", str(folder.path)]) == 0
    assert [row["affirms"] for row in rows_of(folder, "evidence")] == ["", "", "", "", "", "true"]


def test_migrating_again_changes_nothing(folder, capsys):
    first_edition(folder)
    assert main(["migrate", "--data", str(folder.path)]) == 0
    before = contents(folder)
    capsys.readouterr()
    assert main(["migrate", "--data", str(folder.path)]) == 0
    assert "is of the second edition already: nothing changed" in capsys.readouterr().out
    assert contents(folder) == before


def test_a_dry_run_writes_nothing(folder, capsys):
    first_edition(folder)
    before = contents(folder)
    assert main(["migrate", "--dry-run", "--data", str(folder.path)]) == 0
    assert "if it were written" in capsys.readouterr().out
    assert contents(folder) == before


def test_a_ledger_that_is_not_sound_is_not_migrated_and_every_fault_is_named(folder, capsys):
    first_edition(folder)
    folder.set("evidence.csv", 3, "reliability", "Z")
    folder.set("claims.csv", 2, "kind", "rumour")
    before = contents(folder)
    assert main(["migrate", "--data", str(folder.path)]) == 1
    told = capsys.readouterr().err
    assert "nothing is migrated, because of what is wrong already" in told
    assert "evidence.csv:3:reliability: Z: must be one of" in told
    assert "claims.csv:2:kind: rumour: must be one of" in told
    assert contents(folder) == before


def test_a_rule_of_the_first_edition_gives_no_credit(folder, capsys):
    first_edition(folder)
    folder.set("evidence.csv", 3, "interested", "false")
    before = contents(folder)
    assert main(["migrate", "--data", str(folder.path)]) == 1
    assert "evidence.csv:3:interested: false: must be true where the stance is" in capsys.readouterr().err
    assert contents(folder) == before


def test_a_migration_that_is_interrupted_leaves_every_file_as_it_was(folder, monkeypatch, capsys):
    first_edition(folder)
    before, replaced, replace = contents(folder), [], os.replace

    def fail(source, target):
        replaced.append(target)
        if len(replaced) == 3:
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail)
    assert main(["migrate", "--data", str(folder.path)]) == 1
    assert "No space left on device" in capsys.readouterr().err
    monkeypatch.undo()
    assert contents(folder) == before
    assert main(["migrate", "--data", str(folder.path)]) == 0
