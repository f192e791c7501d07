"""The page of recipes in Python: each answers its question in few lines, in a process of its own; and the reference."""

import csv
import importlib
import inspect
import itertools
import json
import re
import subprocess
import sys
from collections import Counter

import nbformat
import pytest
from bs4 import BeautifulSoup
from places import ROOT
from this_book import BOOK, rows_of

import claimbook

PAGE = ROOT / "chapters" / "use" / "python.ipynb"
CELLS = [cell for cell in nbformat.read(PAGE, as_version=4).cells if not cell.source.startswith("**Try:**")]
RECIPES = {
    before.source.splitlines()[0].removeprefix("## "): cell.source
    for before, cell in itertools.pairwise(CELLS)
    if cell.cell_type == "code" and re.match("## .+[?]\n", before.source)
}
PAIR = ("Iran", "Hezbollah")
REFERENCE = ROOT / "chapters" / "use" / "api.md"
LISTED = re.findall(r"^\.\. auto(?:function|class):: ([\w.]+)", REFERENCE.read_text(encoding="utf-8"), re.M)

RUN = """
import ast, json, sys
scope, found = {}, []
for source in json.load(sys.stdin):
    *body, last = ast.parse(source).body
    exec(compile(ast.Module(body, []), "cell", "exec"), scope)
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), scope)
    frame = getattr(shown, "table", shown).reset_index()
    found.append({"columns": [*frame.columns], "rows": frame.astype(str).values.tolist()})
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def answers():
    """Return what each recipe shows, as its columns and rows of text, run after the first cell in one new process."""
    code = [cell.source for cell in CELLS if cell.cell_type == "code"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN],
        input=json.dumps(code),
        capture_output=True,
        text=True,
        cwd=PAGE.parent,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shown = dict(zip(code, json.loads(done.stdout), strict=True))
    return {question: shown[source] for question, source in RECIPES.items()}


def asked(answers, words):
    """Return the columns and the rows of the one recipe whose question holds some words."""
    [answer] = [answer for question, answer in answers.items() if words in question]
    return answer["columns"], answer["rows"]


def test_ten_questions_are_answered_in_ten_lines_each(answers):
    assert len(RECIPES) == 10
    for question, source in RECIPES.items():
        assert len(source.splitlines()) <= 10, question
        assert max(map(len, source.splitlines())) <= 80, f"{question} has a line that the page cuts"
        assert answers[question]["rows"], question


def test_claims_on_an_actor_are_all_of_them(answers):
    columns, rows = asked(answers, "of an actor")
    mine = [row for row in rows_of("claims") if "hezbollah" in (row["subject"], row["object"])]
    assert sum(int(cell) for row in rows for cell in row[1:]) == len(mine) > 0
    assert set(columns[1:]) <= set(claimbook.verdicts(BOOK)["verdict"])


def test_rows_of_evidence_are_those_of_the_origin(answers):
    _, rows = asked(answers, "carries the verdicts")
    origins = {row["origin"]: row["name"] for row in rows_of("origins")}
    told = Counter(origins[row["origin"]] for row in rows_of("evidence"))
    assert {name: int(counted) + int(shown) for name, _, counted, shown in rows}.items() <= told.items()


def test_sums_are_told_with_their_stage_and_none_is_left_out(answers):
    columns, rows = asked(answers, "Which sums")
    money = {row["quantity_id"]: row["stage"] for row in rows_of("quantities") if row["dimension"] == "money"}
    assert {row[0]: row[columns.index("stage")] for row in rows} == money


def test_what_is_said_of_another_texts_subject_is_said_by_the_other_text(answers):
    columns, rows = asked(answers, "another's subject")
    statements = {row["claim_id"]: row["statement"] for row in rows_of("claims")}
    assert {row[0]: row[columns.index("statement")] for row in rows}.items() <= statements.items()
    subjects = claimbook.claims(BOOK).groupby("text")["subject_name"].agg(lambda names: names.mode().iloc[0])
    assert len({row[columns.index("subject_name")] for row in rows} & set(subjects)) == 1


def test_registered_deals_are_those_of_the_pair(answers):
    columns, rows = asked(answers, "deals of a pair")
    deals = [row for row in rows_of("records/sipri_deals") if (row["supplier"], row["recipient"]) == PAIR]
    told = [(row["order_year"], row["designation"]) for row in deals]
    year, weapon = columns.index("order_year"), columns.index("designation")
    assert {(row[year], row[weapon]) for row in rows} <= set(told)
    assert len(rows) == min(len(told), 8)


def test_what_is_exported_is_a_table_again(answers):
    _, rows = asked(answers, "take a part of it away")
    head, *lines = [row[-1] for row in rows]
    read = list(csv.DictReader([head, *lines]))
    accused = {row["claim_id"] for row in rows_of("claim_accused") if row["actor_id"] == "belarus"}
    assert read
    assert {row["claim_id"] for row in read} <= accused


def test_searches_shown_found_nothing_and_are_on_a_thesis(answers):
    _, rows = asked(answers, "in vain")
    searches = {row["search_id"]: row for row in rows_of("searches")}
    weights = {row["claim_id"]: row["weight"] for row in rows_of("claims")}
    assert {searches[row[0]]["result"] for row in rows} == {"none"}
    assert {weights[searches[row[0]]["claim_id"]] for row in rows} == {"thesis"}


def test_events_of_a_year_are_those_dated_to_it(answers):
    columns, rows = asked(answers, "dated to a year")
    mine = [row for row in rows_of("events") if row["date_start"][:4] <= "2014" <= row["date_end"][:4]]
    mine = [row["summary"] for row in mine if row["date_start"]]
    assert sorted(row[columns.index("summary")] for row in rows) == sorted(mine)


def test_a_stricter_rule_moves_the_verdicts_that_it_says_it_moves(answers):
    _, rows = asked(answers, "single witness")
    strict = claimbook.verdicts(BOOK, claimbook.Threshold(origins=2))["verdict"]
    moved = Counter(zip(claimbook.verdicts(BOOK)["verdict"], strict, strict=True))
    assert {(now, then): int(n) for now, then, n in rows} == {pair: n for pair, n in moved.items() if len({*pair}) > 1}


def test_the_chart_counts_every_claim(answers):
    _, rows = asked(answers, "chart of my own")
    assert sum(int(claims) for *_, claims in rows) == len(BOOK.claims)


# The reference -----------------------------------------------------------------------------------------------


def found(name):
    """Return the object of a dotted name, which stands in a module or is offered by the package."""
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


def test_what_the_package_offers_and_what_the_recipes_use_is_in_the_reference():
    told = re.findall(r"`(claimbook\.\w+)`", REFERENCE.read_text(encoding="utf-8"))
    assert {f"claimbook.{name}" for name in claimbook.__all__} <= {*LISTED, *told}
    used = {call for source in RECIPES.values() for call in re.findall(r"(?:claimbook|evidence)\.\w+", source)}
    assert used
    for call in used:
        assert any(name.endswith(f"{call}") for name in LISTED), call


@pytest.mark.parametrize("name", LISTED)
def test_what_the_reference_lists_says_what_it_takes(name):
    thing = found(name)
    words = inspect.getdoc(thing)
    taken = [one for one in inspect.signature(thing).parameters if one not in ("ledger", "layout")]
    assert words.splitlines()[0].endswith(".")
    assert [one for one in taken if not re.search(rf"\b{one}\b", words)] == []


def test_the_page_has_a_place_for_each_and_the_whole_signature(book):
    page = BeautifulSoup((book / "chapters" / "use" / "api.html").read_text(encoding="utf-8"), "html.parser")
    for name in LISTED:
        heading = page.find("dt", id=name)
        assert heading, name
        assert re.sub(r"^class |[(#].*", "", " ".join(heading.get_text().split())) == name
    assert page.select("dl.py dl.field-list")
