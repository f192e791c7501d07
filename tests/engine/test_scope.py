"""What validation shows of one text: its own problems, those of what it names, and how much is left."""

import pytest

from claimbook.authoring import skeleton
from claimbook.cli import main


@pytest.fixture
def only(folder, texts, capsys):
    """Return a call that validates one text and gives status and lines."""

    def run(source_id):
        status = main(["validate", "--only", source_id, "--data", str(folder.path), "--texts", str(texts)])
        return status, capsys.readouterr().out.splitlines()

    return run


def test_a_text_that_is_whole_has_nothing_left(only):
    status, out = only("birch-2031")
    assert status == 0
    assert out[0] == "birch-2031: 0 of 2 sentences left"


def test_a_fault_of_a_text_is_counted_by_its_sentence(only, folder):
    line = next(n for n, row in enumerate(folder.rows("claims.csv"), 1) if row[0] == "birch-2031-c002")
    folder.set("claims.csv", line, "quote", "words that stand nowhere")
    folder.set("claims.csv", line, "hedge", "perhaps so")
    status, out = only("birch-2031")
    assert status == 1
    assert [fault.split(":")[:3] for fault in out[:-1]] == [["claims.csv", str(line), c] for c in ("hedge", "quote")]
    assert out[-1] == "birch-2031: 1 of 2 sentences left"


def test_a_fault_of_another_text_is_left_out(only, folder):
    folder.set("claims.csv", 2, "quote", "words that stand nowhere")
    assert only("birch-2031")[0] == 0
    status, out = only("alder-2030")
    assert status == 1
    assert out[-1].startswith("alder-2030: 1 of 9 sentences left")


def test_what_a_text_names_is_its_own_and_of_no_sentence(only, folder):
    lines = {row[0]: n for n, row in enumerate(folder.rows("actors.csv"), 1)}
    folder.set("actors.csv", lines["river-brigade"], "kind", "crowd")
    status, out = only("alder-2030")
    assert status == 1
    assert out[-1] == "alder-2030: 0 of 9 sentences left, and 1 other place"


def test_an_actor_of_an_event_of_the_text_is_its_own(only, folder):
    rows = folder.rows("event_actors.csv")
    folder.set("event_actors.csv", 2, "role", "witness")
    event = rows[1][0]
    of = {row[1][:10] for row in folder.rows("event_claims.csv") if row[0] == event}
    for source_id in ("alder-2030", "birch-2031"):
        assert only(source_id)[0] == (source_id in of)


def test_a_fault_of_no_text_is_told_of_each(only, folder):
    (folder.path / "references.bib").write_text("@misc{")
    for source_id in ("alder-2030", "birch-2031"):
        status, out = only(source_id)
        assert status == 1
        assert any(fault.startswith("references.bib:") for fault in out)


def test_the_chapter_of_another_text_is_left_out(only, folder):
    book = folder.path.parent
    (book / "_toc.yml").write_text("root: index\n")
    (book / "chapters" / "texts").mkdir(parents=True)
    (book / "chapters" / "texts" / "alder-2030.ipynb").write_bytes(skeleton.notebook("alder-2030", "A"))
    assert only("birch-2031")[0] == 0
    status, out = only("alder-2030")
    assert status == 1
    assert out[-1] == "alder-2030: 0 of 9 sentences left, and 3 other places"


def test_a_text_that_is_none_is_named(folder, capsys):
    assert main(["validate", "--only", "cedar-2032", "--data", str(folder.path)]) == 1
    assert "--only: cedar-2032: must be the id of a text of the ledger" in capsys.readouterr().err
