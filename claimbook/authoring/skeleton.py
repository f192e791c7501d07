"""The common skeleton of a text chapter: the cells that every text's notebook has, in order."""

TO_DO = "To be written:"
"""Stands where a chapter still waits for its author's words."""

LEAD = f"{TO_DO} what the text says, in two or three sentences of your own, attributed to it."
NOT_SAID = f"- {TO_DO} what a reader would need and the text leaves out: sources, dates, names, replies."
CANNOT_TELL = f"- {TO_DO} what no reading of this text can settle: motives, causes, what came later."

TRY = "**Try:**"
"""Begins the one cell in which a chapter says what to change and run again; its words are the chapter's."""

_CELLS = (
    ("markdown", "# {heading}"),
    (
        "code",
        "from claimbook.model import ledger\nfrom claimbook.view import prose, trails, walk\n\n"
        'text = ledger.load().text("{source_id}")\nprose.byline(text)',
    ),
    ("markdown", "{lead}"),
    ("code", "prose.result(text)"),
    (
        "markdown",
        f"{TRY} change `prose.result(text)` to `prose.result(ledger.load())` and run the cell again: the claims of all"
        " texts are counted together.",
    ),
    ("markdown", "## What was known to be wrong when it appeared"),
    ("code", "prose.known_wrong(text)"),
    ("markdown", "## What holds"),
    ("code", "prose.holds(text)"),
    ("markdown", "## What the text does not say\n\n{not_said}"),
    ("markdown", "## On whose word"),
    ("code", "trails.figure(text)"),
    (
        "markdown",
        "## Claim by claim\n\nClaims that carry the thesis or are contradicted stand open, the others folded. In the"
        " strip a column is a sentence. *None found*: a logged search found nothing; *not searched*: no search is"
        " logged.",
    ),
    ("code", "walk.claims(text)"),
    ("markdown", "## About this text"),
    ("code", "prose.about(text)"),
    ("markdown", "## Its own words, or shared verbatim"),
    ("code", "prose.wording(text)"),
    ("markdown", "## What it cannot tell us\n\n{cannot_tell}"),
    ("markdown", "## If you have the text\n\nGive a copy of the text, and its claims are marked in it."),
    ("code", "from claimbook.view import own_copy\n\nown_copy.panel(text)"),
)


def cells(
    source_id: str,
    heading: str,
    *,
    lead: str = LEAD,
    not_said: str = NOT_SAID,
    cannot_tell: str = CANNOT_TELL,
) -> list[tuple[str, str]]:
    """Return the cells of a text's chapter as pairs of type and source.

    Parameters
    ----------
    source_id, heading : str
        The text, and the title of its chapter.
    lead, not_said, cannot_tell : str
        The words that only its author can write; by default a note of what to write there.
    """
    words = {
        "source_id": source_id,
        "heading": heading,
        "lead": lead,
        "not_said": not_said,
        "cannot_tell": cannot_tell,
    }
    return [(kind, source.format(**words)) for kind, source in _CELLS]


def notebook(source_id: str, heading: str) -> bytes:
    """Return the chapter of a new text as a notebook file, stored as the others are."""
    # It can take two seconds to load, for which no command but the one that writes a chapter should wait.
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    made = []
    for number, (kind, source) in enumerate(cells(source_id, heading), 1):
        # A cell's id has at most 64 characters, whatever the length of the text's.
        known = {"source": source, "id": f"{source_id[-60:].strip('-')}-{number:02d}"}
        code = kind == "code"
        made.append(new_code_cell(**known, metadata={"tags": ["hide-input"]}) if code else new_markdown_cell(**known))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return f"{nbformat.writes(new_notebook(cells=made, metadata=metadata))}\n".encode()
