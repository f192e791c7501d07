"""The common skeleton of a text chapter: the cells that every text's notebook has, in order."""

TO_DO = "To be written:"
"""Stands where a chapter still waits for its author's words."""

LEAD = f"{TO_DO} what the text says, in two or three sentences of your own, attributed to it."
NOT_SAID = f"- {TO_DO} what a reader would need and the text leaves out: sources, dates, names, replies."
CANNOT_TELL = f"- {TO_DO} what no reading of this text can settle: motives, causes, what came later."

TRY = "**Try:**"
"""Begins the one cell in which a chapter says what to change and run again; its words are the chapter's."""

_CELLS = (
    ("markdown", "# {heading}\n\n{lead}"),
    (
        "code",
        "from claimbook.model import ledger\nfrom claimbook.view import cards, charts, dated, prose, tables\n\n"
        'text = ledger.load().text("{source_id}")\nprose.thesis_lead(text)',
    ),
    (
        "markdown",
        f"{TRY} change `prose.theses(text)` to `prose.theses(ledger.load())` and run the cell again: the theses of all"
        " texts stand one below the other.",
    ),
    (
        "markdown",
        "## What becomes of its thesis\n\nThe claims that carry the thesis, attributed to the text, each with the"
        " verdict that [the rule](method.ipynb) draws from the evidence. Every claim links to its place in the"
        " walk-through below, where the evidence stands on both sides.",
    ),
    ("code", "prose.theses(text)"),
    ("markdown", "## What it rests that on\n\nWhat stands, what does not, and what nobody can establish."),
    ("code", "prose.supports(text)"),
    ("markdown", "## The source"),
    ("code", "prose.text_lead(text)"),
    ("code", "tables.source_card(text)"),
    ("markdown", "## The text at a glance"),
    ("code", "charts.strip(text)"),
    (
        "markdown",
        "## Who says so\n\nA claim is worth what its source is worth. The tree follows every claim from the text's own"
        " voice to the source at which its trail ends.",
    ),
    ("code", "prose.authority(text)"),
    ("code", "charts.chain_tree(text)"),
    (
        "markdown",
        "## The claims, in order\n\nOne fact a card, in our words, with the position of the passage it rests on. Open a"
        " card for its verdict, the evidence for and against, its quote, its chain and its links. That a speaker"
        " *said* a thing is one claim, the thing itself another. *None found* means that a logged search for that"
        " side found nothing, not that there is nothing; *not searched* means that no search is logged.",
    ),
    ("code", "cards.claims_in_order(text)"),
    ("markdown", "## The quantities"),
    ("code", "prose.quantities_lead(text)"),
    ("code", "tables.quantities(text)"),
    (
        "markdown",
        "## The events\n\nWhat the text says of when and where is kept apart from what is on record; a difference"
        " between the two is a finding.",
    ),
    ("code", "prose.events_lead(text)"),
    ("code", "dated.events(text)"),
    ("code", "tables.events(text)"),
    ("markdown", "## The language\n\nEpithets and hedges are listed, never rated."),
    ("code", "prose.language_lead(text)"),
    ("code", "tables.epithets(text)"),
    ("code", "tables.hedges(text)"),
    ("code", "tables.spellings(text)"),
    ("markdown", "## What the text does not say\n\n{not_said}"),
    ("markdown", "## What it cannot tell us\n\n{cannot_tell}"),
    ("markdown", "## Your own copy\n\nGive a copy of the text, and its claims are marked in it."),
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
