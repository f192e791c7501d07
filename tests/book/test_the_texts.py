"""The texts of this book as the commands that add a text would have split and shown them."""

import os

import nbformat
import pytest
from places import ROOT
from this_book import BOOK

from claimbook.authoring import skeleton, splitting
from claimbook.model import passages


def test_the_sentences_of_the_texts_read_are_found_again():
    folder = os.environ.get("CLAIMBOOK_TEXTS")
    if not folder:
        pytest.skip("needs the texts: set CLAIMBOOK_TEXTS")
    by_hand = {(r.source_id, r.start, r.end) for r in BOOK.sentences.itertuples(index=False)}
    found = {
        (source, s.start, s.end)
        for source in BOOK.texts
        for s in splitting.sentences(passages.read_text(folder, source))
    }
    # One heading is glued to the sentence after it, which no rule could know.
    assert len(by_hand - found) <= 2


@pytest.mark.parametrize("source_id", BOOK.texts)
def test_the_chapters_of_the_texts_follow_the_skeleton(source_id):
    stored = nbformat.read(ROOT / "chapters" / "texts" / f"{source_id}.ipynb", as_version=4).cells
    made = [(cell.cell_type, cell.source) for cell in stored]
    heading, lead = made[0][1], made[2][1]
    own = {name: made[at][1].partition("\n\n")[2] for name, at in (("not_said", -12), ("cannot_tell", -3))}
    common = skeleton.cells(source_id, heading.removeprefix("# "), lead=lead, **own)
    assert sum(source.startswith(skeleton.TRY) for _, source in made) == 1
    assert [cell for cell in made if not cell[1].startswith(skeleton.TRY)] == [
        cell for cell in common if not cell[1].startswith(skeleton.TRY)
    ]
    assert skeleton.TO_DO not in "".join(source for _, source in made)
