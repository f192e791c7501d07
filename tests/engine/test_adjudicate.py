"""Two codings and the decisions between them become one ledger: each difference decided and recorded, or nothing."""

import csv
import datetime
import shutil

import ipywidgets
import pytest
from bs4 import BeautifulSoup
from files import contents

from claimbook.analysis import evidence
from claimbook.authoring import deciding, decisions
from claimbook.cli import main
from claimbook.model import ledger
from claimbook.validation import validate


@pytest.fixture
def other(folder, tmp_path):
    """A second coding, which a test may change; its checks lie beside it as well."""
    path = shutil.copytree(folder.path, tmp_path / "second" / "data")
    shutil.copytree(folder.path.parent / "checks", path.parent / "checks")
    copy = object.__new__(type(folder))
    copy.path = path
    return copy


@pytest.fixture
def desk(folder, other, tmp_path, capsys):
    """What somebody does who decides between the two codings."""

    class Desk:
        file = tmp_path / "decisions.csv"
        into = tmp_path / "joined"

        def run(self, *more):
            status = main(["adjudicate", str(folder.path), str(other.path), "--decisions", str(self.file), *more])
            shown = capsys.readouterr()
            return status, shown.out + shown.err

        def rows(self):
            with self.file.open(encoding="utf-8", newline="") as handle:
                return list(csv.DictReader(handle))

        def decide(self, **by_variable):
            """Begin the file, and decide on each difference by its variable, spaces as ``_``; else for the first."""
            assert self.run()[0] == 0
            usual = {"claim": "keep", "evidence": "keep"}
            rows = self.rows()
            for row in rows:
                name = row["variable"].replace(" ", "_").replace("-", "_")
                decided = by_variable.get(name) or usual.get(name) or ("keep" if name[:4] == "link" else "first")
                row |= {"decision": decided, "by": "R. Editor", "date": "2031-04-01", "reason": "Read again together."}
            decisions.write(self.file, rows)

        def join(self, into=None):
            return self.run("--into", str(into or self.into))

        def table(self, name):
            with (self.into / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
                return list(csv.DictReader(handle))

    return Desk()


def without(other, *gone):
    """Let a coding have nothing of a claim, or of an event that it tells."""
    for path in other.path.glob("*.csv"):
        rows = other.rows(path.name)
        other.write(path.name, [row for row in rows if not any(one in " ".join(row) for one in gone)])


def test_codings_that_do_not_differ_need_no_decision(desk, folder):
    assert desk.run() == (0, f"adjudicate: {desk.file}: 0 differences, 0 undecided\n")
    assert desk.rows() == []
    status, out = desk.join()
    assert status == 0, out
    for file in folder.path.glob("*.csv"):
        assert (desk.into / file.name).read_bytes() == file.read_bytes()


def test_each_decision_stands_and_is_kept_with_who_and_why(desk, folder, other):
    other.set("claims.csv", 2, "weight", "support")
    other.set("claims.csv", 5, "weight", "background")
    other.set("claims.csv", 4, "hedge", "")
    other.set("evidence.csv", 5, "stance", "contradicts")
    other.set("evidence.csv", 5, "finding", "He says that the minister was not there.")
    other.set("evidence.csv", 3, "origin", "northern-league")
    assert desk.run()[1].endswith("5 differences, 5 undecided\n")
    rows = desk.rows()
    told = {(row["first_row"], row["variable"]): (row["first_value"], row["second_value"]) for row in rows}
    assert told == {
        ("alder-2030-c001", "weight"): ("thesis", "support"),
        ("alder-2030-c004", "weight"): ("support", "background"),
        ("alder-2030-c003", "hedge"): ("about", ""),
        ("alder-2030-c008-e01", "stance"): ("supports", "contradicts"),
        ("alder-2030-c001-e02", "origin"): ("norland", "northern-league"),
    }
    for row, decided in zip(rows, ("second", "first", "first", "thesis", "second"), strict=True):
        row |= {"decision": decided, "by": "R. Editor", "date": "2031-04-01", "reason": f"Reason {decided}."}
    rows = {(row["first_row"], row["variable"]): row for row in rows}
    chosen = {"alder-2030-c001": "second", "alder-2030-c004": "thesis", "alder-2030-c008-e01": "second"}
    for (row_id, _), row in rows.items():
        row["decision"] = chosen.get(row_id, "first")
    decisions.write(desk.file, rows.values())
    status, out = desk.join()
    assert status == 0, out
    book = ledger.load(desk.into)
    weights = book.claims.set_index("claim_id")["weight"]
    assert weights[["alder-2030-c001", "alder-2030-c004"]].tolist() == ["support", "thesis"]
    row = book.evidence.set_index("evidence_id").loc["alder-2030-c008-e01"]
    assert (row["stance"], row["finding"]) == ("contradicts", "He says that the minister was not there.")
    assert dict(evidence.verdicts(book)[["claim_id", "verdict"]].itertuples(index=False))["alder-2030-c008"] == (
        "contradicted"
    )
    kept = book.adjudications
    assert len(kept) == 5
    assert set(kept["by"]) == {"R. Editor"}
    assert kept.set_index("row").loc["alder-2030-c004", ["decision", "second_value"]].tolist() == [
        "thesis",
        "background",
    ]
    assert validate(desk.into) == []
    resource = next(r for r in book.schema["resources"] if r["name"] == "adjudications")
    assert resource["licenses"] == next(r for r in book.schema["resources"] if r["name"] == "claims")["licenses"]


def test_an_undecided_difference_is_refused_by_name_and_nothing_is_written(desk, folder, other):
    other.set("claims.csv", 2, "weight", "support")
    other.set("claims.csv", 5, "weight", "background")
    assert desk.run()[0] == 0
    rows = desk.rows()
    decisions.write(desk.file, rows[:1])
    status, out = desk.join()
    assert status == 1
    assert "decisions.csv:2:decision: : weight of alder-2030-c001 (thesis | support) is undecided: write one of" in out
    assert "weight of alder-2030-c004 (support | background) is undecided: add its row" in out
    assert not desk.into.exists()


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"decision": "third"}, ":decision: third: must be one of first, second, thesis, support, background, for"),
        ({"decision": "keep"}, ":decision: keep: must be one of first, second"),
        ({"by": ""}, ":by: : must say who decided, for weight of alder-2030-c001"),
        ({"reason": ""}, ":reason: : must say why, for weight of alder-2030-c001"),
        ({"date": "1 April"}, ":date: 1 April: must be a date, YYYY-MM-DD"),
        ({"reason": "=1+1"}, ":reason: =1+1: must not begin like a spreadsheet formula"),
        ({"second_value": "background"}, "the codings differ otherwise now, weight of alder-2030-c001 (thesis"),
        ({"variable": "colour"}, ":variable: colour: must be a difference of these codings: delete the row"),
    ],
)
def test_a_decision_that_fits_nothing_is_named_with_how_to_mend_it(desk, other, cells, complaint):
    other.set("claims.csv", 2, "weight", "support")
    desk.decide()
    decisions.write(desk.file, [desk.rows()[0] | cells])
    status, out = desk.join()
    assert (status, "decisions.csv:2:" in out, complaint in out) == (1, True, True), out
    assert not desk.into.exists()


def test_a_difference_decided_twice_is_refused(desk, other):
    other.set("claims.csv", 2, "weight", "support")
    desk.decide()
    decisions.write(desk.file, desk.rows() * 2)
    assert "decisions.csv:3:variable: weight: must be decided once: delete one of the rows" in desk.join()[1]


def test_a_file_that_no_table_can_be_read_from_stays_as_it_is(desk, other):
    other.set("claims.csv", 2, "weight", "support")
    desk.file.write_text("first_row;second_row\n", encoding="utf-8")
    status, out = desk.run()
    assert status == 1
    assert "decisions.csv:1::" in out
    assert desk.file.read_text(encoding="utf-8") == "first_row;second_row\n"


def test_what_was_decided_is_kept_when_the_file_is_begun_again(desk, other):
    other.set("claims.csv", 2, "weight", "support")
    desk.decide(weight="second")
    other.set("claims.csv", 5, "weight", "background")
    assert desk.run()[1].endswith("2 differences, 1 undecided\n")
    assert [row["decision"] for row in desk.rows()] == ["second", ""]


def test_an_outcome_that_breaks_a_rule_is_refused_and_the_rule_named(desk, folder, other):
    other.set("claims.csv", 2, "kind", "opinion")
    other.set("claims.csv", 2, "checkable", "false")
    other.set("claims.csv", 2, "not_checkable_reason", "opinion")
    for name in ("evidence.csv", "searches.csv"):
        other.write(name, [row for row in other.rows(name) if "alder-2030-c001" not in row])
    desk.decide(kind="second", checkable="first")
    before = contents(folder.path)
    status, out = desk.join(folder.path)
    assert status == 1
    assert "claims.csv:2:checkable: true: must be false where kind is opinion" in out
    assert contents(folder.path) == before
    assert not [path for path in folder.path.parent.iterdir() if path.name.startswith(".claimbook")]


def test_it_may_take_the_place_of_the_first_coding(desk, folder, other):
    other.set("claims.csv", 2, "weight", "support")
    desk.decide(weight="second")
    status, out = desk.join(folder.path)
    assert status == 0, out
    assert ledger.load(folder.path).claims.set_index("claim_id").at["alder-2030-c001", "weight"] == "support"


def test_a_folder_that_holds_something_else_is_refused(desk, other):
    other.set("claims.csv", 2, "weight", "support")
    desk.decide()
    desk.into.mkdir()
    (desk.into / "mine.txt").write_text("x", encoding="utf-8")
    status, out = desk.join()
    assert (status, "must be a new or empty folder, or that of the first coding" in out) == (1, True)
    assert [path.name for path in desk.into.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("decided", ["keep", "leave_out"])
def test_a_claim_of_the_first_alone_is_kept_or_retired(desk, other, decided):
    without(other, "alder-2030-c009")
    desk.decide(claim=decided)
    status, out = desk.join()
    assert status == 0, out
    book = ledger.load(desk.into)
    kept = decided == "keep"
    assert ("alder-2030-c009" in set(book.claims["claim_id"])) == kept
    assert ("alder-2030-q02" in set(book.quantities["quantity_id"])) == kept
    reasons = book.retired_ids.set_index("id")["reason"]
    assert reasons.get("alder-2030-c009") == (None if kept else "Decided between two codings: Read again together.")
    assert book.adjudications["row"].tolist() == (["alder-2030-c009"] if kept else [""])


@pytest.mark.parametrize("decided", ["keep", "leave_out"])
def test_a_claim_of_the_second_alone_comes_with_all_that_hangs_on_it(desk, folder, other, decided):
    without(folder, "alder-2030-c008", "ev-2029-brandt-vestria")
    desk.decide(claim=decided)
    [row] = [row for row in desk.rows() if row["variable"] == "claim"]
    assert (row["first_row"], row["second_row"]) == ("", "alder-2030-c008")
    status, out = desk.join()
    assert status == 0, out
    book = ledger.load(desk.into)
    new = set(book.claims["claim_id"]) - {row[0] for row in folder.rows("claims.csv")}
    assert new == ({"alder-2030-c017"} if decided == "keep" else set())
    assert set(book.evidence["claim_id"]) >= new
    assert set(book.event_claims["claim_id"]) >= new
    assert (book.adjudications["row"] == "alder-2030-c017").sum() == len(new)


def test_evidence_of_one_alone_is_kept_or_left_out(desk, folder, other):
    other.drop("evidence.csv", 3)
    desk.decide(evidence="leave_out")
    status, out = desk.join()
    assert status == 0, out
    book = ledger.load(desk.into)
    assert "alder-2030-c001-e02" not in set(book.evidence["evidence_id"])
    [row] = book.adjudications.to_dict("records")
    assert (row["row"], row["first_row"], row["decision"]) == ("", "alder-2030-c001-e02", "leave_out")


def test_a_publication_and_an_origin_that_the_second_alone_has_come_with_the_evidence(desk, folder, other):
    folder.write("evidence.csv", [row for row in folder.rows("evidence.csv") if "norland-2030-statement" not in row])
    bibliography = (folder.path / "references.bib").read_text(encoding="utf-8")
    cut = bibliography[: bibliography.index("@online{norland-2030-statement")]
    (folder.path / "references.bib").write_text(cut, encoding="utf-8")
    desk.decide()
    status, out = desk.join()
    assert status == 0, out
    assert (desk.into / "references.bib").read_text(encoding="utf-8").strip() == bibliography.strip()
    row = ledger.load(desk.into).evidence.set_index("evidence_id").loc["alder-2030-c001-e02"]
    assert row["reference"] == "norland-2030-statement"


def test_a_validator_finds_a_decision_that_no_longer_stands_unless_a_correction_is_logged(desk, folder, other):
    other.set("claims.csv", 2, "weight", "support")
    desk.decide(weight="second")
    assert desk.join(folder.path)[0] == 0
    shutil.copytree(folder.path, desk.into)
    folder.set("claims.csv", 2, "weight", "background")
    [problem] = [str(one) for one in validate(folder.path) if one.file == "adjudications.csv"]
    assert problem.startswith("adjudications.csv:2:decision: second: is not what the ledger has: log what was changed")
    folder.add(
        "corrections.csv",
        correction_id="k003",
        date="2031-05-01",
        claim_id="alder-2030-c001",
        raised_by="reader",
        was="support",
        now="background",
        reason="The text says less.",
    )
    assert not [one for one in validate(folder.path) if one.file == "adjudications.csv"]


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("row", "", "must be given where it was not left out"),
        ("row", "alder-2030-c900", "must be the id of a row of the ledger, or one that was retired"),
        ("decision", "leave_out", "must be empty where it was left out"),
        ("by", "", "must not be empty"),
        ("reason", "", "must not be empty"),
    ],
)
def test_a_record_of_a_decision_obeys_its_rules(desk, folder, other, column, value, complaint):
    other.set("claims.csv", 2, "weight", "support")
    desk.decide()
    assert desk.join(folder.path)[0] == 0
    folder.set("adjudications.csv", 2, column, value)
    assert any(complaint in str(one) for one in validate(folder.path)), [*map(str, validate(folder.path))]


def test_a_text_that_is_taken_out_takes_its_decisions_along(desk, folder, other):
    other.set("claims.csv", 2, "weight", "support")
    desk.decide()
    assert desk.join(folder.path)[0] == 0
    (folder.path.parent / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    assert main(["remove", "alder-2030-c001", "--reason", "Wrong.", "--data", str(folder.path)]) == 0
    assert folder.rows("adjudications.csv")[1:] == []


def boxes(widget, kind):
    return [box for box in widget.children if type(box) is kind]


def test_the_notebook_shows_each_difference_and_writes_what_is_decided(desk, folder, other):
    other.set("claims.csv", 2, "weight", "support")
    without(other, "alder-2030-c009")
    made = deciding.Deciding(folder.path, other.path, desk.file)
    page = BeautifulSoup(made.html(), "html.parser")
    assert page.caption.text == "2 differences, 2 undecided"
    assert [cell.text for cell in page.select("tbody tr")[0].select("td")] == ["thesis", "support", "–"]
    widget = made.widget()
    choices, texts = boxes(widget, ipywidgets.Dropdown), boxes(widget, ipywidgets.Text)
    assert [label for label, _ in choices[1].options] == ["–", "kept", "left out"]
    choices[0].value, texts[0].value = "second", "It repeats the heading."
    [button] = boxes(widget, ipywidgets.Button)
    button.click()
    assert [row["decision"] for row in desk.rows()] == ["", ""]  # nobody is named yet
    texts[-1].value = "R. Editor"
    button.click()
    first, second = desk.rows()
    assert (first["decision"], first["by"], first["reason"]) == ("second", "R. Editor", "It repeats the heading.")
    assert (first["date"], second["decision"]) == (datetime.date.today().isoformat(), "")
    left = made.decide({("alder-2030-c009", "", "claim"): ("keep", "It is there.")}, "T. Other", "2031-04-02")
    assert left == []
    assert [row["by"] for row in desk.rows()] == ["R. Editor", "T. Other"]
    assert desk.join()[0] == 0
    kept = BeautifulSoup(deciding.record(ledger.load(desk.into)), "html.parser")
    assert kept.caption.text == "2 decisions between two codings"
    assert "It repeats the heading." in kept.text
    assert "No two codings have been joined" in deciding.record(ledger.load(folder.path))


def test_a_decision_without_a_name_is_refused(desk, folder, other):
    other.set("claims.csv", 2, "weight", "support")
    made = deciding.Deciding(folder.path, other.path, desk.file)
    with pytest.raises(ValueError, match="Say who decides"):
        made.decide({("alder-2030-c001", "alder-2030-c001", "weight"): ("first", "Why.")}, " ")
    assert desk.rows()[0]["decision"] == ""


def test_what_hangs_on_a_claim_is_decided_as_a_whole(desk, folder, other):
    other.set("quantities.csv", 2, "bound", "exact")
    other.set("chains.csv", 4, "anonymity", "described")
    other.set("events.csv", 3, "mode", "alleged")
    other.write("claim_accused.csv", other.rows("claim_accused.csv")[:1])
    desk.decide(quantity="second", chain="second", event="second", accused="second")
    variables = {(row["first_row"], row["variable"]) for row in desk.rows()}
    assert {("alder-2030-c003", "quantity"), ("alder-2030-c003", "chain")} <= variables
    assert {("alder-2030-c008", "event"), ("alder-2030-c011", "accused")} <= variables
    status, out = desk.join()
    assert status == 0, out
    book = ledger.load(desk.into)
    claims = book.claims.set_index("claim_id")
    assert book.quantities.set_index("quantity_id").at["alder-2030-q01", "bound"] == "exact"
    assert book.events.set_index("event_id").at["ev-2029-brandt-vestria", "mode"] == "alleged"
    assert book.claim_accused.empty
    ends = book.chains[book.chains["chain_id"] == claims.at["alder-2030-c003", "chain_id"]]
    assert ends["anonymity"].tolist() == ["named", "described"]


def test_a_link_of_one_alone_is_kept_or_left_out(desk, folder, other):
    other.drop("claim_links.csv", 4)
    folder.drop("claim_links.csv", 5)
    assert desk.run()[1].endswith("2 differences, 2 undecided\n")
    rows = desk.rows()
    assert [row["variable"] for row in rows] == ["link denies alder-2030-c003", "link content_of alder-2030-c006"]
    desk.decide(link_denies_alder_2030_c003="leave_out")
    status, out = desk.join()
    assert status == 0, out
    links = [(row["claim_id"], row["type"], row["related_claim_id"]) for row in desk.table("claim_links")]
    assert ("alder-2030-c005", "denies", "alder-2030-c003") not in links
    assert ("alder-2030-c007", "content_of", "alder-2030-c006") in links


def test_an_actor_that_the_second_calls_otherwise_is_one_and_the_same(desk, folder, other):
    for path in {*other.path.glob("*.csv")} - {other.path / "evidence.csv"}:  # its checks name what records name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("river-brigade", "brigade"), encoding="utf-8")
    status, out = desk.run()
    assert (status, out.endswith(" 0 differences, 0 undecided\n")) == (0, True), desk.rows()


def test_cells_of_a_source_that_both_have_filled_in_are_decided_and_empty_ones_filled(desk, folder, other):
    folder.set("sources.csv", 3, "title_basis", "")
    other.set("sources.csv", 2, "stance", "for peace")
    desk.decide(stance="second")
    assert [(row["first_row"], row["variable"]) for row in desk.rows()] == [("alder-2030", "stance")]
    assert desk.join()[0] == 0
    alder, birch = desk.table("sources")
    assert (alder["stance"], birch["title_basis"]) == ("for peace", "none stated")


def test_one_key_for_two_publications_is_refused(desk, folder, other):
    other.replace("references.bib", "https://courier.example/minister", "https://courier.example/other")
    status, out = desk.run()
    assert status == 1
    assert "references.bib::url: courier-2029-visit: courier.example/other: the first coding has another" in out
    assert not desk.file.exists()


def test_an_actor_stays_apart_where_the_second_has_two_of_its_name(desk, folder, other):
    for path in {*other.path.glob("*.csv")} - {other.path / "evidence.csv", other.path / "actors.csv"}:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("river-brigade", "brigade"), encoding="utf-8")
    other.add("actors.csv", actor_id="brigade", name="River Brigade", kind="armed_group")
    assert desk.run()[0] == 0
    assert {row["variable"] for row in desk.rows()} >= {"statement", "quantity"}


def test_what_cannot_be_checked_in_the_end_is_not_searched_for(desk, folder, other):
    other.set("claims.csv", 3, "checkable", "false")
    other.set("claims.csv", 3, "not_checkable_reason", "vague")
    other.write("searches.csv", [row for row in other.rows("searches.csv") if "alder-2030-c002" not in row])
    desk.decide(checkable="second")
    assert [(row["first_value"], row["second_value"]) for row in desk.rows()] == [("yes", "no: vague")]
    status, out = desk.join()
    assert status == 0, out
    book = ledger.load(desk.into)
    assert not book.claims.set_index("claim_id").at["alder-2030-c002", "checkable"]
    assert "alder-2030-c002" not in set(book.searches["claim_id"])


@pytest.mark.parametrize(("decided", "stands"), [("first", "B"), ("second", "C")])
def test_one_letter_of_an_origin_stands_in_all_its_evidence_though_neither_coding_wrote_it_down(
    desk, folder, other, decided, stands
):
    def courier(coding, letter):
        for line, row in enumerate(coding.rows("evidence.csv")[1:], 2):
            if "vestria-courier" in row:
                coding.set("evidence.csv", line, "reliability", letter)

    courier(folder, "B")
    courier(other, "C")
    assert desk.run()[0] == 0
    [told] = [row for row in desk.rows() if row["variable"] == "letter"]
    assert (told["first_row"], told["first_value"], told["second_value"]) == ("vestria-courier", "B", "C")
    desk.decide(letter=decided, evidence="keep")
    status, out = desk.join()
    assert status == 0, out
    letters = {row["reliability"] for row in desk.table("evidence") if row["origin"] == "vestria-courier"}
    assert letters == {stands}
    assert [row["reliability"] for row in desk.table("origins") if row["origin"] == "vestria-courier"] == [""]


def test_a_letter_that_one_coding_wrote_down_goes_with_the_decision(desk, folder, other):
    other.set("origins.csv", 4, "reliability", "D")
    other.set("origins.csv", 4, "reason", "It has denied what it did before.")
    for line, row in enumerate(other.rows("evidence.csv")[1:], 2):
        if "norland" in row:
            other.set("evidence.csv", line, "reliability", "D")
    desk.decide(letter="second")
    status, out = desk.join()
    assert status == 0, out
    [norland] = [row for row in desk.table("origins") if row["origin"] == "norland"]
    assert (norland["reliability"], norland["reason"]) == ("D", "It has denied what it did before.")
    assert {row["reliability"] for row in desk.table("evidence") if row["origin"] == "norland"} == {"D"}
