"""What a new book takes from the book of this repository: the files that hold for any book, each in one place only.

A checkout has them where its own book uses them; a wheel has them in :data:`PACKED`, where ``setup.py`` puts them when
the package is built, so this module must do without any other package. What in a file is of one book alone is marked
there by :data:`OWN`.
"""

import json
from pathlib import Path

OWN = "this-book"
"""Marks what a new book leaves out: a tag of a cell of a notebook, or a property of a column of the data package. In a
Markdown page, what stands between a comment of this name and one named :data:`ANY`."""

ANY = "any-book"

EVENTS = "chapters/record/events.ipynb"
"""The chapter that lists all events; the data package of a book may give it another name."""

SCHEMA = "data/datapackage.json"

FILES = (
    ".gitattributes",
    ".github/ISSUE_TEMPLATE/config.yml",
    ".github/ISSUE_TEMPLATE/dispute.yml",
    ".github/ISSUE_TEMPLATE/reply.yml",
    "_config.yml",
    "chapters/record/claims.ipynb",
    EVENTS,
    "chapters/record/actors-language.ipynb",
    "chapters/record/texts-collide.ipynb",
    "chapters/use/add-a-text.ipynb",
    "chapters/use/workbench.ipynb",
    "chapters/use/method.ipynb",
    "chapters/use/glossary.md",
    "chapters/use/codebook.ipynb",
    "chapters/use/adjudicate.ipynb",
    "chapters/use/data.ipynb",
    "chapters/use/corrections.ipynb",
    "chapters/use/references.ipynb",
    SCHEMA,
)
"""The files by their paths in a new book; its chapters in the order of its contents."""

PACKED = "generic"
"""The folder beside this module in which a wheel has them."""


def lies(root: Path, name: str) -> Path:
    """Return where one of :data:`FILES` lies in a checkout of this repository."""
    if name == EVENTS:
        resources = json.loads((root / SCHEMA).read_text(encoding="utf-8"))["resources"]
        chapter = next((r.get("chapter") for r in resources if r["name"] == "events"), None)
        return root / EVENTS if chapter is None else (root / EVENTS).with_stem(chapter)
    return root / name


def read(name: str) -> str:
    """Return one of :data:`FILES`, with what is of one book alone still in it.

    Raises
    ------
    FileNotFoundError
        If the package was built without it.
    """
    here = Path(__file__).parent
    packed = here / PACKED
    return (packed / name if packed.is_dir() else lies(here.parents[1], name)).read_text(encoding="utf-8")
