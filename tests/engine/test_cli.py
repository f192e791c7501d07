import json
import os
import shlex
import signal
import subprocess
import sys

import pytest
from files import contents
from places import ROOT
from signals import heeding, ignoring

from claimbook.cli import main
from claimbook.exchange import export as exporting


@pytest.fixture(autouse=True)
def no_texts(monkeypatch):
    monkeypatch.delenv("CLAIMBOOK_TEXTS", raising=False)


def export(folder, target, *arguments):
    return main(["export", str(target), "--data", str(folder.path), *arguments])


def run(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "claimbook", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        **options,
    )


def test_a_sound_ledger_is_counted(folder, capsys):
    assert main(["validate", "--data", str(folder.path)]) == 0
    out = capsys.readouterr().out.splitlines()
    counted = [line.split() for line in out]
    assert ["claims", "18", "rows"] in counted
    assert ["rocket_deliveries", "4", "rows"] in counted
    assert out[-1] == "passages: not compared with the texts (skipped: give --texts DIR or set CLAIMBOOK_TEXTS)"


@pytest.mark.parametrize("by", ["option", "environment"])
def test_the_texts_are_compared_where_given(folder, texts, capsys, monkeypatch, by):
    arguments = ["validate", "--data", str(folder.path)]
    if by == "option":
        arguments += ["--texts", str(texts)]
    else:
        monkeypatch.setenv("CLAIMBOOK_TEXTS", str(texts))
    assert main(arguments) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"passages: compared with the 2 texts in {texts}"


def test_the_data_folder_is_found_by_the_environment(folder, capsys, monkeypatch):
    monkeypatch.setenv("CLAIMBOOK_DATA", str(folder.path))
    assert main(["validate"]) == 0


def test_a_folder_that_is_not_there_is_named(tmp_path, capsys, monkeypatch):
    assert main(["validate", "--data", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().out == f"{tmp_path}/none::: : there is no such folder\n"
    monkeypatch.delenv("CLAIMBOOK_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["validate"]) == 1
    assert "no data/datapackage.json" in capsys.readouterr().err


def test_the_process_says_what_is_wrong_and_fails(folder):
    folder.set("actors.csv", 2, "kind", "realm\u2028\U0001f3f0")
    done = run("validate", "--data", folder.path, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout.startswith("actors.csv:2:kind: realm\\u2028\\U0001f3f0: must not contain line breaks")


def test_a_reader_that_goes_away_is_no_error(folder):
    rows = folder.rows("actors.csv")
    folder.write("actors.csv", rows + [[f"a-{i}", "A", "realm", *[""] * (len(rows[0]) - 3)] for i in range(5000)])
    command = shlex.join([sys.executable, "-m", "claimbook", "validate", "--data", str(folder.path)])
    done = subprocess.run(f"{command} | head -1", shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


SLOW = (
    *("IPython", "ipywidgets", "jsonschema", "jupyter_book", "nbformat", "plotly", "sphinx"),
    *("claimbook.view.cards", "claimbook.exchange.claimreview"),
)
"""What takes long to load, and no command needs that only looks at the tables."""


def test_a_command_loads_only_what_it_needs(folder):
    told = (
        "import sys\n"
        "from claimbook.cli import main\n"
        "main(sys.argv[1:])\n"
        f"print('slow:', *sorted(set({SLOW}) & set(sys.modules)))"
    )
    command = [sys.executable, "-c", told, "validate", "--data", folder.path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "slow:", done.stderr


@pytest.mark.parametrize("command", ["validate", "export"])
def test_help_says_what_is_done_with_formulas_and_texts(command, capsys):
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert "CLAIMBOOK_TEXTS" in out
    assert ("= + - @" in out) == (command == "export")


def test_the_help_of_passage_says_what_offsets_count(capsys):
    with pytest.raises(SystemExit):
        main(["passage", "--help"])
    assert "Offsets count Unicode code points" in capsys.readouterr().out


def test_an_export_equals_the_ledger_and_is_valid(folder, tmp_path, capsys):
    target = tmp_path / "deep" / "export"
    assert export(folder, target) == 0
    exported = contents(target)
    sums = exported.pop("SHA256SUMS").decode()
    package = json.loads(exported["datapackage.json"])
    described = package["resources"].pop()
    assert (described["name"], described["path"]) == ("verdicts", "verdicts.csv")
    assert package == json.loads((folder.path / "datapackage.json").read_text(encoding="utf-8"))
    copied = contents(folder.path) | {"checks/rockets.py": (tmp_path / "checks" / "rockets.py").read_bytes()}
    del copied["datapackage.json"]
    assert {file: raw for file, raw in exported.items() if file not in ("datapackage.json", "verdicts.csv")} == copied
    assert exported["verdicts.csv"].decode().count("\n") == 1 + len(folder.rows("claims.csv")) - 1
    assert "records/rocket_deliveries.csv" in exported
    assert [line.split("  ")[1] for line in sums.splitlines()] == sorted(exported)
    assert main(["validate", "--data", str(target)]) == 0
    assert os.listdir(target.parent) == ["export"]


def test_an_export_replaces_an_earlier_one(folder, tmp_path):
    target = tmp_path / "export"
    target.mkdir()
    assert export(folder, target) == 0
    assert main(["validate", "--data", str(target)]) == 0  # runs its checks, which Python keeps compiled there
    folder.set("actors.csv", 2, "name", "the Norland")
    assert export(folder, target) == 0
    assert "the Norland" in (target / "actors.csv").read_text()
    assert sorted(os.listdir(tmp_path)) == ["checks", "data", "export"]


def test_an_invalid_ledger_is_not_exported(folder, tmp_path, capsys):
    folder.set("actors.csv", 2, "name", "=1+1")
    target = tmp_path / "deep" / "export"
    assert export(folder, target) == 1
    assert "actors.csv:2:name: =1+1: must not begin like a spreadsheet formula" in capsys.readouterr().out
    assert sorted(os.listdir(tmp_path)) == ["checks", "data"]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda target: (target / "SHA256SUMS").unlink(), "is neither empty nor an export"),
        (lambda target: (target / "thesis.txt").write_text("mine"), "has changed since it was exported (thesis.txt)"),
        (lambda target: (target / "claims.csv").write_text("a"), "has changed since it was exported (claims.csv)"),
        (lambda target: (target / "claims.csv").unlink(), "has changed since it was exported (claims.csv)"),
        (
            lambda target: (target / "records" / "league_members.csv").write_text("a"),
            "has changed since it was exported (records/league_members.csv)",
        ),
    ],
    ids=["a folder of something else", "a file of somebody", "a table edited", "a table removed", "a record edited"],
)
def test_a_folder_that_is_no_untouched_export_is_left_alone(folder, tmp_path, capsys, spoil, reason):
    target = tmp_path / "export"
    assert export(folder, target) == 0
    spoil(target)
    before = contents(target)
    assert export(folder, target) == 1
    assert f"{target} {reason}" in capsys.readouterr().err
    assert contents(target) == before


def test_the_data_folder_and_files_are_no_target(folder, tmp_path, capsys):
    assert export(folder, folder.path) == 1
    assert export(folder, folder.path / "export") == 1
    (tmp_path / "file").write_text("mine")
    assert export(folder, tmp_path / "file") == 1
    assert capsys.readouterr().err.count("nothing written") == 3
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("step", ["writing", "first rename", "second rename"])
def test_an_interrupted_export_leaves_the_earlier_one_whole(folder, tmp_path, monkeypatch, step):
    target = tmp_path / "export"
    assert export(folder, target) == 0
    before = contents(target)
    folder.set("actors.csv", 2, "name", "the Norland")
    rename, renames = os.rename, []

    def interrupt(*_):
        raise KeyboardInterrupt

    def renaming(old, new):
        renames.append(old)
        if len(renames) == (1 if step == "first rename" else 2):
            raise KeyboardInterrupt
        rename(old, new)

    if step == "writing":
        monkeypatch.setattr(exporting, "_write_table", interrupt)
    else:
        monkeypatch.setattr(exporting.os, "rename", renaming)
    with pytest.raises(KeyboardInterrupt):
        export(folder, target)
    assert contents(target) == before
    assert sorted(os.listdir(tmp_path)) == ["checks", "data", "export"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate"],
        ["validate", "--texts", "{there}/texts"],
        ["export", "{there}/export", "--all"],
        ["passage", "alder-2030", "River Brigade", "--texts", "{there}/texts"],
        ["agreement", "{there}/data", "{there}/data"],
        ["new-text", "{there}/my.txt", "--id", "one", "--genre", "blog"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_warning_of_a_library_reaches_a_user(folder, texts, tmp_path, arguments):
    (tmp_path / "_toc.yml").write_text("root: index\nchapters:\n- file: a\n", encoding="utf-8")
    (tmp_path / "my.txt").write_text("The Duke of Alder sold guns.\n", encoding="utf-8")
    given = [argument.format(there=tmp_path) for argument in arguments]
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    done = subprocess.run(
        [sys.executable, "-m", "claimbook", *given, "--data", folder.path],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.stderr, done.returncode) == ("", 0)


# What is slowed down so that a signal meets the command at work, and the arguments of the command.
AT_WORK = {
    "validate": ("claimbook.model.schema", "read", ["validate"]),
    "export": ("claimbook.exchange.export", "_write_table", ["export", "{there}/export"]),
    "new-text": ("os", "fsync", ["new-text", "{there}/my.txt", "--id", "one", "--genre", "blog"]),
}
SLOWLY = """
import importlib, runpy, sys, time
module = importlib.import_module(sys.argv.pop(1))
name = sys.argv.pop(1)
function = getattr(module, name)
def slowly(*arguments):
    function(*arguments)
    print("at work", flush=True)
    time.sleep(60)
setattr(module, name, slowly)
runpy.run_module("claimbook", run_name="__main__")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", AT_WORK)
def test_an_interrupted_command_says_so_and_leaves_nothing_half_written(folder, tmp_path, command, number):
    module, name, arguments = AT_WORK[command]
    (tmp_path / "my.txt").write_text("The Duke of Alder sold guns.\n", encoding="utf-8")
    (tmp_path / "_toc.yml").write_text("root: index\nchapters:\n- file: a\n", encoding="utf-8")
    before = contents(tmp_path)
    given = [argument.format(there=tmp_path) for argument in arguments]
    started = heeding(sys.executable, "-c", SLOWLY, module, name, *given, "--data", folder.path)
    with subprocess.Popen(started, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.stdout.readline() != "at work\n":
            assert process.poll() is None, process.stderr.read()
        process.send_signal(number)
        assert process.stderr.read() == "claimbook: interrupted\n"
        assert process.wait(timeout=30) == 128 + number
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("command", "said"),
    [(["claimbook", "validate"], "claimbook: interrupted\n"), (["claimbook.site"], "error: interrupted\n")],
    ids=str,
)
def test_a_command_interrupted_while_it_starts_says_so(tmp_path, command, said):
    started = heeding(sys.executable, "-X", "importtime", "-m", *command)
    # With this seed the build does not start Python again; where it is started there is no book.
    call = {"cwd": tmp_path, "env": {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT)}, "text": True}
    with subprocess.Popen(started, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **call) as process:
        for line in process.stderr:
            if "pandas._libs" in line:
                break
        process.send_signal(signal.SIGINT)
        assert [line for line in process.stderr if not line.startswith("import time:")] == [said]
        assert process.wait(timeout=30) == 130


def test_what_is_started_with_signals_ignored_goes_on(folder):
    started = ignoring(sys.executable, "-X", "importtime", "-m", "claimbook", "validate", "--data", folder.path)
    with subprocess.Popen(started, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if "pandas._libs" in line:
                break
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode in (0, 1)  # the checks of the book are not those of this ledger
