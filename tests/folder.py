"""A data folder that a test may corrupt."""

import csv
import shutil
from pathlib import Path

import fixture_checks
from places import FIXTURES


class Folder:
    """A data folder that a test may corrupt: the small ledger of the tests, with checks of its own beside it."""

    def __init__(self, path):
        self.path = Path(shutil.copytree(FIXTURES / "ledger", path))
        checks = path.parent / "checks"
        checks.mkdir()
        shutil.copy(Path(fixture_checks.__file__), checks / "rockets.py")

    def rows(self, file):
        with (self.path / file).open(encoding="utf-8", newline="") as handle:
            return list(csv.reader(handle))

    def write(self, file, rows):
        with (self.path / file).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(rows)

    def set(self, file, line, column, value):
        """Put `value` into a cell of the line `line` (the header is 1)."""
        rows = self.rows(file)
        rows[line - 1][rows[0].index(column)] = value
        self.write(file, rows)

    def add(self, file, **cells):
        """Append a row; columns that are not given stay empty."""
        rows = self.rows(file)
        self.write(file, [*rows, [cells.get(column, "") for column in rows[0]]])

    def drop(self, file, line):
        rows = self.rows(file)
        del rows[line - 1]
        self.write(file, rows)

    def replace(self, file, old, new):
        """Replace text in the file as it stands."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
