"""A larger ledger for measuring: the book's own tables, repeated with fresh identifiers, valid under its schema."""

import re
import shutil
from pathlib import Path

import pandas as pd

from claimbook.model.ledger import CHECKS, folder_of, read_schema

REPEATED = (
    *("sources", "sentences", "claims", "claim_links", "chains", "mentions", "number_exceptions", "shared_wording"),
    *("quantities", "quantity_claims", "quantity_recipients", "events", "event_claims", "event_actors", "outcomes"),
    *("claim_accused", "evidence", "searches", "hard_cases", "debts"),
)
"""Tables of a text's own rows; what texts share (actors, origins, records, the lineage of one sum) stays as it is."""


def repeat(data: Path, target: Path, factor: int) -> None:
    """Write the ledger in `data` to `target`, `factor` times its size.

    The first copy is the ledger itself; in every further one each text, with all that is coded of it, and each event
    has an identifier of its own, and each text a short name.
    """
    shutil.copytree(data, target)
    if (own := folder_of(data, CHECKS)).is_dir():
        shutil.copytree(own, target / CHECKS)
    tables = {r["name"]: r["path"] for r in read_schema(data)["resources"]}
    sources = pd.read_csv(data / tables["sources"], dtype=str, keep_default_na=False)["source_id"]
    # An identifier is the text's, or the text's with a letter and a number for each part; or an event's.
    form = re.compile(rf"(?:(?:{'|'.join(map(re.escape, sources))})(?=$|(?:-[a-z]\d+)+$)|ev-[a-z0-9-]+$)")
    for name in filter(tables.get, REPEATED):
        frame = pd.read_csv(data / tables[name], dtype=str, keep_default_na=False)
        marked = {
            column: frame[column].map(lambda cell: form.sub(lambda found: f"{found[0]}\0", cell))
            for column in frame
            if frame[column].map(form.match).any()
        }
        with (target / tables[name]).open("a", encoding="utf-8", newline="") as file:
            for copy in range(1, factor):
                fresh = {column: cells.str.replace("\0", f"-r{copy}", regex=False) for column, cells in marked.items()}
                if "sha256" in frame and name == "sources":  # each text is another file
                    fresh["sha256"] = f"{copy:08x}" + frame["sha256"].str[8:]
                    fresh["short_name"] = frame["short_name"] + f" ({copy})"
                frame.assign(**fresh).to_csv(file, header=False, index=False, lineterminator="\n")
