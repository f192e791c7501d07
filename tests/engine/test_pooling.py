"""A class's files of the blind exercise brought together: agreement, what is disputed, and every wrong cell named."""

import pytest
from bs4 import BeautifulSoup

from claimbook.analysis import agreement, pooling
from claimbook.cli import main
from claimbook.model import ledger
from claimbook.view import exercise

HEAD = "coder,claim_id,layer,kind,checkable,polarity\n"


@pytest.fixture
def book(folder):
    return ledger.load(folder.path)


def saved(tmp_path, **coders):
    """Write what each coder has coded, a file each, and return their folder."""
    place = tmp_path / "class"
    place.mkdir(exist_ok=True)
    for coder, rows in coders.items():
        lines = "".join(f"{coder},{row}\n" for row in rows)
        (place / f"coding-{coder}.csv").write_text(HEAD + lines, encoding="utf-8")
    return place


def test_values_of_a_class_are_counted_per_item_and_the_most_disputed_comes_first(tmp_path, book):
    place = saved(
        tmp_path,
        ann=["alder-2030-c001,content,relation,yes,positive", "alder-2030-c008,content,event,yes,positive"],
        bob=["alder-2030-c001,content,event,yes,positive", "alder-2030-c008,content,event,,"],
        cem=["alder-2030-c001,said,status,yes,positive"],
    )
    pool = pooling.read([place], book)
    assert pool.coders == ("ann", "bob", "cem")
    items = pool.items.set_index(["claim_id", "variable"])
    assert list(pool.items["variable"][:2]) == ["kind", "layer"]
    kind = items.loc[("alder-2030-c001", "kind")]
    assert (kind["coders"], kind["book"], kind["as_book"], kind["disputed"]) == (3, "relation", 1, 1)
    layer = items.loc[("alder-2030-c001", "layer")]
    assert (pooling.told(layer["values"]), round(layer["disputed"], 3)) == ("2 content, 1 said", 0.667)
    alone = items.loc[("alder-2030-c008", "checkable")]
    assert (alone["coders"], alone["disputed"] != alone["disputed"]) == (1, True)
    assert (pool.agreement["kind"].n, pool.agreement["kind"].agreed) == (2, 1)


def test_agreement_of_a_class_is_krippendorffs_alpha(tmp_path, book):
    claims, kinds = list(book.claims["claim_id"][:12]), ["event", "status", "relation"]
    rows = {
        coder: [f"{claim},content,{kinds[(at * step) % 3]},yes,positive" for at, claim in enumerate(claims)]
        for coder, step in (("ann", 1), ("bob", 1), ("cem", 2))
    }
    found = pooling.read([saved(tmp_path, **rows)], book).agreement["kind"]
    units = [[kinds[(at * step) % 3] for step in (1, 1, 2)] for at in range(12)]
    assert found == agreement.alpha(units)
    assert 0 < found.value < 1


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("alder-2030-c900,content,event,yes,positive", ":2:claim_id: alder-2030-c900: must be a claim of the ledger"),
        ("alder-2030-c001,content,rumour,yes,positive", ":2:kind: rumour: must be one of quantity, event,"),
        ("alder-2030-c001,content,event,true,positive", ":2:checkable: true: must be one of yes, no, or empty"),
        ("alder-2030-c001,content,event,yes", ":2:: : the row must have 6 cells and has 5"),
    ],
)
def test_a_wrong_cell_is_named_with_its_place_and_nothing_is_pooled(tmp_path, folder, capsys, row, complaint):
    place = saved(tmp_path, ann=["alder-2030-c001,content,event,yes,positive"], bob=[row])
    assert main(["pool", str(place), "--data", str(folder.path)]) == 1
    shown = capsys.readouterr()
    assert f"coding-bob.csv{complaint}" in shown.err
    assert shown.out == ""


def test_two_files_of_one_name_and_no_file_are_refused(tmp_path, folder, capsys):
    place = saved(tmp_path, ann=["alder-2030-c001,content,event,yes,positive"])
    twice = [str(place), str(place / "coding-ann.csv"), "--data", str(folder.path)]
    assert main(["pool", *twice]) == 1
    assert "ann has coded this claim before: leave one file out, or give each a name" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert main(["pool", str(tmp_path / "empty"), "--data", str(folder.path)]) == 1
    assert "no file of the exercise" in capsys.readouterr().err
    (place / "coding-ann.csv").write_text(HEAD.replace(",", ";"), encoding="utf-8")
    assert main(["pool", str(place), "--data", str(folder.path)]) == 1
    assert "cells must be separated by commas" in capsys.readouterr().err


def test_the_command_and_the_table_say_the_same(tmp_path, folder, book, capsys):
    place = saved(
        tmp_path,
        ann=["alder-2030-c001,content,relation,yes,positive"],
        bob=["alder-2030-c001,content,event,yes,positive"],
    )
    assert main(["pool", str(place), "--data", str(folder.path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("2 coders: ann, bob\n")
    assert "alder-2030-c001 kind       100%  1 event, 1 relation; relation" in out
    page = BeautifulSoup(exercise.pooled([place], book), "html.parser")
    captions = [caption.text for caption in page.select("caption")]
    assert captions == ["Agreement of 2 coders", "Most disputed, or otherwise than the book"]
    assert "On 3 items all agree with one another and with the book." in page.text
    [disputed] = page.select("table")[1].select("tbody tr")
    assert [cell.text for cell in disputed.select("th, td")][1:] == [
        *("Kind", "1 event, 1 relation", "relation", "1 of 2", "100%")
    ]
    same = saved(tmp_path, bob=["alder-2030-c001,content,relation,yes,positive"])
    shown = BeautifulSoup(exercise.pooled([same], book), "html.parser")
    assert len(shown.select("table")) == 1
    assert "On 4 items all agree" in shown.text
    saved(
        tmp_path,
        ann=[f"{claim},content,prediction,yes,positive" for claim in book.claims["claim_id"]],
        bob=["alder-2030-c001,content,prediction,yes,positive"],
    )
    page = BeautifulSoup(exercise.pooled([place], book), "html.parser")
    first, rest = page.select("table")[1:]
    assert len(first.select("tbody tr")) == pooling.MOST
    assert rest.caption.text == page.summary.text == f"{len(rest.select('tbody tr'))} more items, less disputed"


def test_what_the_exercise_saves_is_what_is_pooled(tmp_path, book):
    made = exercise.Exercise(book)
    own = {claim: dict(of) for claim, of in made.answers.items()}
    first = next(iter(own))
    given = own | {first: {name: "" for name in own[first]}}
    place = tmp_path / "coding.csv"
    place.write_text(made.file("Zoë_1", given), encoding="utf-8", newline="")
    pool = pooling.read([place], book)
    assert pool.coders == ("Zoë_1",)
    assert set(pool.items["claim_id"]) == set(own) - {first}
    assert (pool.items["as_book"] == 1).all()
    for coder, coded, complaint in (("", own, "Give your file a name"), ("ann", {}, "You have coded nothing yet")):
        with pytest.raises(ValueError, match=complaint):
            made.file(coder, coded)


def test_the_exercise_asks_for_what_is_pooled():
    assert tuple(exercise.VARIABLES) == pooling.VARIABLES
