"""The tests of the package need no book: they are all found, and some of them run, in a folder that holds none."""

import os
import shutil
import subprocess
import sys

from places import ROOT

SOME = "one_text_holds or typed_columns or chapter_has_a_line or readme_says or yardsticks or hostile"


def test_the_tests_of_the_package_run_where_there_is_no_book(tmp_path):
    for name in ("claimbook", "tests/engine", "tests/fixtures"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (ROOT / "pyproject.toml", *(ROOT / "tests").glob("*.py")):
        shutil.copy(path, tmp_path / path.relative_to(ROOT))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CLAIMBOOK_", "PYTEST_"))}
    options = ("-n", "0", "-p", "no:cacheprovider", "--assert=plain")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "tests/engine", "-k", SOME],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.rpartition(" passed")[0].split()[-1]) > 5
