"""The Makefile as whoever has no Python, an old one, or a folder with blanks in its name meets it."""

import os
import shutil
import subprocess
import sys

import pytest
from places import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(folder, *arguments, **variables):
    for name in ("Makefile", "pyproject.toml", "requirements.txt", "requirements-test.txt"):
        shutil.copy(ROOT / name, folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment | variables, capture_output=True, text=True, check=False
    )


def program(path, *lines):
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("target", ["book", "test", "validate"])
def test_a_missing_interpreter_is_not_an_old_one(tmp_path, target):
    done = make(tmp_path, target, "PYTHON=no-such-python")
    assert done.returncode != 0
    said = (
        "There is no no-such-python here. "
        "Install Python 3.11 or newer, or say which one to use: make PYTHON=python3.12\n"
    )
    assert done.stdout == said
    assert not (tmp_path / ".venv").exists()


def test_an_old_interpreter_is_named(tmp_path):
    pretend = "import sys; sys.version_info = (3, 9); exec(sys.argv[1])"
    old = program(tmp_path / "old python", f"""exec "{sys.executable}" -c '{pretend}' "$2" """)
    done = make(tmp_path, "book", f"PYTHON={old}")
    assert done.returncode != 0
    assert "This is Python 3.9; 3.11 or newer is needed." in done.stderr
    assert done.stdout == "Say which one to use: make PYTHON=python3.12\n"
    assert not (tmp_path / ".venv").exists()


def test_every_step_works_in_a_folder_with_blanks_and_signs_in_its_name(tmp_path):
    folder = tmp_path / "My Books #1"
    folder.mkdir()
    # A Python that makes such a Python, and tells what else it is asked for.
    program(
        tmp_path / "a python",
        'case "$1 $2" in',
        '"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;',
        '"-c "*) ;;',
        '*) echo "$(basename "$PWD"): $*" ;;',
        "esac",
    )
    done = make(folder, "-s", "book", f"PYTHON={tmp_path / 'a python'}")
    assert (done.returncode, done.stderr) == (0, "")
    asked = [line.removeprefix("My Books #1: ") for line in done.stdout.splitlines()[1:]]
    assert asked == [
        "-m pip --disable-pip-version-check install -q -r requirements.txt",
        "-m pip --disable-pip-version-check install -q --no-deps --no-build-isolation -e .",
        "-m claimbook validate",
        "-m claimbook.site",
    ]
    assert make(folder, "-s", "clean").returncode == 0
    assert not (folder / ".venv").exists()
