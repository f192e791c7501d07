"""What a book's checks declare, how a file of them that cannot be used is told, and where readers see them."""

from pathlib import Path

import pandas as pd
import pytest

from claimbook.cli import main
from claimbook.model.checks import Finding, check
from claimbook.model.ledger import load
from claimbook.model.problems import LedgerError
from claimbook.validation import validate
from claimbook.view.assessments import Assessments, check_list
from claimbook.view.markup import plain

ROCKETS = (Path(__file__).parents[1] / "fixture_checks.py").read_text(encoding="utf-8")

SECOND = """from claimbook.model.checks import Finding, check


@check(
    "league_members",
    asks="Is it a member?",
    shows="Members.",
    cannot_show="Why.",
    stances={"supports": "it is"},
)
def is_member(members, supplier: str) -> Finding:
    return Finding("supports", "It is.")
"""


def told(capsys, folder):
    """Return the lines that ``validate`` prints on a folder that it must refuse."""
    assert main(["validate", "--data", str(folder.path)]) == 1
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return printed.out.splitlines()


def file(folder, name="rockets.py"):
    return folder.path.parent / "checks" / name


def rewrite(old, new):
    """Return an edit of the checks of the small ledger."""

    def edit(folder):
        assert old in ROCKETS
        file(folder).write_text(ROCKETS.replace(old, new), encoding="utf-8")

    return edit


def beside(text, name="second.py"):
    """Return an edit that puts a second file beside them."""
    return lambda folder: file(folder, name).write_text(text, encoding="utf-8")


DECLARED_AGAIN = ROCKETS + ROCKETS[ROCKETS.index("@check") :]

FAULTS = {
    "no Python": (
        rewrite("    rockets = int(", "    rockets = = int("),
        'checks/rockets.py:20:: rockets = = int(mine["rockets"].sum()): must be Python: invalid syntax; mend this line '
        "or the one before",
    ),
    "import of what is not there": (
        beside("import pandas\nimport registers_of_rockets\n"),
        "checks/second.py:2:: import registers_of_rockets: must run: ModuleNotFoundError: No module named "
        "'registers_of_rockets'; mend the file, or take it out of the folder",
    ),
    "error inside": (
        beside("def half(n):\n    return n / 0\n\n\nHALF = half(3)\n"),
        "checks/second.py:2:: return n / 0: must run: ZeroDivisionError: division by zero; mend the file, or take it "
        "out of the folder",
    ),
    "end of the program": (
        beside("raise SystemExit\n"),
        "checks/second.py:1:: raise SystemExit: must run: SystemExit; mend the file, or take it out of the folder",
    ),
    "nothing asked": (
        rewrite('    asks="Does the register list so many rockets from a supplier to a recipient?",\n', ""),
        "checks/rockets.py:8:: @check(: must run: TypeError: check() missing 1 required keyword-only argument: 'asks'; "
        "mend the file, or take it out of the folder",
    ),
    "no question": (
        rewrite("to a recipient?", "to a recipient."),
        "checks/rockets.py:8:asks: Does the register list so many rockets from a supplier to a recipient.: must be the "
        "question of rockets_delivered, which ends in ?",
    ),
    "nothing shown": (
        rewrite("Rockets by year, as far as they are registered.", " "),
        "checks/rockets.py:8:shows:  : must say what rockets_delivered shows",
    ),
    "limits left out": (
        rewrite('"Rockets that were given away."', '""'),
        "checks/rockets.py:8:cannot_show: : must say what rockets_delivered cannot show",
    ),
    "stance that no check has": (
        rewrite('"silent": "none"', '"denies": "none"'),
        "checks/rockets.py:8:stances: supports, qualifies, denies: must say when rockets_delivered takes a stance, for "
        "each that it can take of supports, qualifies, contradicts, silent",
    ),
    "stances without words": (
        rewrite('{"supports": "as many or more", "qualifies": "fewer", "silent": "none"}', '("supports", "silent")'),
        "checks/rockets.py:8:stances: supports, silent: must say when rockets_delivered takes a stance, for each that "
        "it can take of supports, qualifies, contradicts, silent",
    ),
    "stance not declared": (
        rewrite('"supports": "as many or more", ', ""),
        "evidence.csv:2:check_args: supplier=norland; recipient=river-brigade: the check must run over the records: "
        "RuntimeError: rockets_delivered takes the stance 'supports' and declares only qualifies, silent; add to its "
        "stances when it does so, or mend the function",
    ),
    "parameter not explained": (
        rewrite(', "recipient": "Who receives."', ""),
        "checks/rockets.py:8:recipient: : this parameter of rockets_delivered must be explained: in PARAMETERS of a "
        "file of the folder, or in parameters= of the check where it means something of its own",
    ),
    "parameter of no type": (
        rewrite("recipient: str", "recipient"),
        "checks/rockets.py:8:recipient: : this parameter of rockets_delivered must be annotated as one of str, int, "
        "float",
    ),
    "explanation of nothing": (
        rewrite('{"least": "The number claimed."}', '{"least": "The number claimed.", "most": "The most."}'),
        "checks/rockets.py:8:parameters: most: must be a parameter of rockets_delivered, to be explained by it",
    ),
    "glossary of no words": (
        rewrite('"Who receives."', "7"),
        "checks/rockets.py::PARAMETERS: : must be a dict of names of parameters to meanings",
    ),
    "two meanings": (
        beside('PARAMETERS = {"supplier": "Who sells."}\n'),
        "checks/second.py::PARAMETERS: supplier: must be explained once in the folder; explain it in parameters= of a "
        "check where it differs",
    ),
    "record that is none": (
        rewrite('"rocket_deliveries",', '"rocket_sales",'),
        "checks/rockets.py:8:records: rocket_sales: must be a record that datapackage.json describes, for "
        "rockets_delivered to read it",
    ),
    "more records than the function takes": (
        rewrite('"rocket_deliveries",', '("rocket_deliveries", "league_members", "a", "b", "c"),'),
        "checks/rockets.py:8:records: rocket_deliveries, league_members, a, b, c: rockets_delivered must take a "
        "parameter for each record that it declares, before all others",
    ),
    "large record that it does not read": (
        rewrite("parameters={", 'large=("league_members",),\n    parameters={'),
        "checks/rockets.py:8:large: league_members: must be one of the records of rockets_delivered: rocket_deliveries",
    ),
    "one name twice in a file": (
        lambda folder: file(folder).write_text(DECLARED_AGAIN, encoding="utf-8"),
        "checks/rockets.py:25:: @check(: must run: ValueError: there are two checks rockets_delivered, the first in "
        "line 8; rename one of them; mend the file, or take it out of the folder",
    ),
    "one name in two files": (
        beside(ROCKETS),
        "checks/second.py:8:: rockets_delivered: must not be the name of two checks: checks/rockets.py:8 has it too; "
        "rename one",
    ),
}


@pytest.mark.parametrize(("edit", "line"), FAULTS.values(), ids=FAULTS)
def test_a_check_that_cannot_be_used_is_told_with_its_place(folder, capsys, edit, line):
    edit(folder)
    assert line in told(capsys, folder)


def test_a_file_that_is_not_utf_8_is_told(folder, capsys):
    file(folder).write_bytes(ROCKETS.encode() + b'NAME = "\xff"\n')
    [line] = [one for one in told(capsys, folder) if one.startswith("checks/")]
    assert line.startswith("checks/rockets.py:")
    assert ": must be Python: " in line
    assert "utf-8" in line


def test_all_faults_are_told_at_once_and_no_other_follows_from_them(folder, capsys):
    beside("def (:\n")(folder)
    beside("import registers_of_rockets\n", "third.py")(folder)
    rewrite("to a recipient?", "to a recipient.")(folder)
    folder.set("claims.csv", 2, "layer", "told")
    lines = [line.split(": ")[0] for line in told(capsys, folder)]
    assert [line for line in lines if ":" in line] == [
        "checks/rockets.py:8:asks",
        "checks/second.py:1:",
        "checks/third.py:1:",
        "claims.csv:2:layer",
    ]


def test_sound_checks_are_still_run_beside_broken_ones(folder, capsys):
    beside("def (:\n")(folder)
    folder.set("evidence.csv", 2, "check_args", "supplier=norland")
    assert any("rockets_delivered needs recipient" in line for line in told(capsys, folder))


def test_a_ledger_with_a_broken_check_can_be_read_but_its_checks_not(folder, tmp_path, capsys):
    beside("def (:\n")(folder)
    ledger = load(folder.path)
    with pytest.raises(
        LedgerError, match=r"(?s)checks: nothing of it is used, .*checks/second\.py:1:: def \(:: must be"
    ):
        _ = ledger.checks
    assert main(["export", "--data", str(folder.path), str(tmp_path / "out")]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("left", ["an empty folder", "no folder"])
def test_a_book_needs_no_checks(folder, left):
    file(folder).unlink()
    if left == "no folder":
        file(folder).parent.rmdir()
    for line, cells in reversed(list(enumerate(folder.rows("evidence.csv"), 1))):
        if "rockets_delivered" in cells:
            folder.drop("evidence.csv", line)
    folder.replace(
        "datapackage.json", '"query": "Table of deliveries', '"shownIn": ["data"], "query": "Table of deliveries'
    )
    # Claims that only a check bore on have a search instead, which is not the matter here.
    assert not [p for p in validate(folder.path) if "check" in str(p).replace("checkable", "")]
    ledger = load(folder.path)
    assert ledger.checks == {}
    assert plain(check_list(ledger)) == "No check bears on a claim."


def test_annotations_may_be_kept_as_text(folder):
    file(folder).write_text("from __future__ import annotations\n" + ROCKETS)
    assert validate(folder.path) == []


def test_what_the_folder_explains_holds_for_all_its_files(folder):
    beside(SECOND)(folder)
    checks = load(folder.path).checks
    assert checks["is_member"].meanings == {"supplier": "Who delivers."}
    assert checks["rockets_delivered"].meanings["least"] == "The number claimed."


def test_a_cell_may_declare_its_check_again():
    """Whoever tries a check out in a notebook runs its cell more than once."""
    cell = compile(SECOND, "cell 1", "exec")
    space = {}
    for _ in range(2):
        exec(cell, space)
    assert space["is_member"].check.asks == "Is it a member?"


def test_a_check_takes_no_stance_that_it_has_not_declared():
    @check("r", asks="Is it?", shows="That.", cannot_show="This.", stances={"silent": "always"})
    def boasts(frame) -> Finding:
        return Finding("supports", "It is.")

    with pytest.raises(RuntimeError, match="boasts takes the stance 'supports' and declares only silent"):
        boasts.check.run("", {"r": pd.DataFrame({"a": [1]})})


CHANGES = """

def _changed(deliveries):
    found = int(deliveries["rockets"].sum())
    deliveries["rockets"] = 0
    return Finding("silent", f"{found} rockets", {"rockets": found})


@check("rocket_deliveries", asks="One?", shows="That.", cannot_show="This.", stances={"silent": "always"})
def one(deliveries) -> Finding:
    return _changed(deliveries)


@check("rocket_deliveries", asks="Two?", shows="That.", cannot_show="This.", stances={"silent": "always"})
def two(deliveries) -> Finding:
    return _changed(deliveries)
"""


def test_what_a_check_changes_in_its_records_changes_nothing_for_others(folder):
    file(folder).write_text(ROCKETS + CHANGES, encoding="utf-8")
    ledger = load(folder.path)
    rockets = int(ledger.records["rocket_deliveries"]["rockets"].sum())
    assert rockets
    assert [ledger.finding(name, "").numbers["rockets"] for name in ("one", "two")] == [rockets, rockets]
    assert ledger.text("alder-2030").finding("two", "") is ledger.finding("two", "")


LOGGING = """

def _log(words):
    from pathlib import Path

    with (Path(__file__).parent / "log").open("a") as log:
        log.write(f"{words}\\n")


_log("read")
"""


@pytest.mark.parametrize("command", [["validate"], ["export", "{there}/out"], ["export", "{there}/out", "--all"]])
def test_a_command_reads_the_checks_and_runs_each_once(folder, tmp_path, command):
    text = ROCKETS.replace(
        "    if supplier not in", '    _log(f"{supplier} {recipient} {least}")\n    if supplier not in'
    )
    file(folder).write_text(text + LOGGING, encoding="utf-8")
    assert main([part.format(there=tmp_path) for part in command] + ["--data", str(folder.path)]) == 0
    log = file(folder, "log").read_text().splitlines()
    assert log.count("read") == 1
    runs = set(load(folder.path).evidence.query("check != ''")["check_args"])
    assert len(log) == len(set(log)) == 1 + len(runs)


def test_readers_see_what_a_check_declares(folder):
    ledger = load(folder.path)
    listed = check_list(ledger)
    assert 'id="check-rockets_delivered"' in listed.short  # an old address arrives beside the link to the leaf
    assert 'href="method-checks.html"' in listed.short
    shown = plain(listed)
    bearing = ledger.evidence.loc[ledger.evidence["check"] == "rockets_delivered", "claim_id"]
    assert all(f"#{claim}" in listed for claim in bearing)
    assert "The register lists 60 rockets." not in shown  # that stands once, on the page of the claim
    assert any("The register lists 60 rockets." in Assessments(ledger).sides(claim) for claim in bearing)
    for words in (
        "Does the register list so many rockets from a supplier to a recipient?",
        "Deliveries of rockets",
        "Register of Arms, 2",
        "Rockets by year, as far as they are registered.",
        "Rockets that were given away.",
        "supports: as many or more; in part: fewer; silent: none",
        "least (The number claimed)",
        "Who delivers.",
    ):
        assert words in shown, words
