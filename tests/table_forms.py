"""Tables as people's tools leave them without being asked."""

import csv
import io
import re
import unicodedata

import pandas as pd


def rewritten(change):
    """Return a change of a file, given as a change of its rows and of how they are written."""

    def change_file(raw, **form):
        rows = list(csv.reader(io.StringIO(raw.decode(), newline="")))
        out = io.StringIO()
        csv.writer(out, **{"lineterminator": "\n"} | form).writerows(change(rows))
        return out.getvalue().encode()

    return change_file


def shouted(raw):
    """Write what is true or false as Excel does; in text such words stay."""
    return re.sub(rb"(?<=,)(true|false)(?=[,\n])", lambda found: found[0].upper(), raw)


same = rewritten(lambda rows: rows)

TOOLS = {
    "a byte-order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "lines of Windows": lambda raw: raw.replace(b"\n", b"\r\n"),
    "lines of an old Mac": lambda raw: raw.replace(b"\n", b"\r"),
    "no line end at the end": lambda raw: raw.removesuffix(b"\n"),
    "TRUE and FALSE": shouted,
    "True and False": lambda raw: re.sub(rb"(?<=,)(true|false)(?=[,\n])", lambda found: found[0].capitalize(), raw),
    "blank lines at the end": lambda raw: raw + b"\n\n\n",
    "empty rows at the end": lambda raw: raw + b",,,\n" + b",,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n" + b"\n",
    "empty columns at the end": lambda raw: raw and rewritten(lambda rows: [[*row, "", ""] for row in rows])(raw),
    "quotation marks everywhere": lambda raw: same(raw, quoting=csv.QUOTE_ALL),
    "decomposed letters": lambda raw: unicodedata.normalize("NFD", raw.decode()).encode(),
}


TOOLS["all of it"] = lambda raw: TOOLS["a byte-order mark"](
    TOOLS["decomposed letters"](
        same(
            rewritten(lambda rows: [*([*row, ""] for row in rows), [""] * (len(rows[0]) + 1)])(shouted(raw)),
            quoting=csv.QUOTE_ALL,
            lineterminator="\r\n",
        )
    )
)


def mangle(folder, tool, pattern="*.csv"):
    """Leave every table of a folder as a tool leaves it."""
    for path in folder.rglob(pattern):
        path.write_bytes(TOOLS[tool](path.read_bytes()))


def assert_same(one, other):
    """Hold that two ledgers have the same cells."""
    for mine, theirs in ((one.tables, other.tables), (one.records, other.records)):
        assert list(mine) == list(theirs)
        for name, frame in mine.items():
            pd.testing.assert_frame_equal(frame, theirs[name], check_exact=True)
