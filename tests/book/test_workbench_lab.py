"""The workbench in a real JupyterLab, by keyboard alone, in a book that was begun with one command.

The example of the chapter on adding a text is coded anew, and each key is counted.
"""

import ast
import re
import shutil
import sys

import nbformat
import pytest
from browser import DESK, Visit
from files import rows
from lab import Desk, jupyterlab
from places import ROOT
from playwright.sync_api import expect

from claimbook.analysis import evidence
from claimbook.authoring import init, newtext, workshop
from claimbook.model import ledger, passages
from claimbook.validation import validate

TEXT = "ems-1870"
CHAPTER = "chapters/use/workbench"
WROTE = "number => document.querySelectorAll('.cbw')[1].dataset.answers === String(number)"
STOOD = "number => document.querySelectorAll('.cbw')[1].dataset.standing === String(number)"
FIELDS = "[...document.activeElement.closest('.cbw-fields').querySelectorAll('input')].map(input => input.name)"
FIELD = """() => {
    const { name, value, dataset: { ghost = '', other = '' } } = document.activeElement;
    return { name, value, ghost, other };
}"""

WORTH = 3
"""A word that goes on otherwise than was offered is taken, and its blank deleted, for more letters than these."""


@pytest.fixture(scope="module")
def example():
    """The example as the chapter on adding a text codes it, and what the command had written of it before."""
    names, before = {}, {}
    for cell in nbformat.read(ROOT / "chapters" / "use" / "add-a-text.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(ast.parse(cell.source), "cell", "exec"), names)
            if "new_text" in cell.source:
                before = {table: names["desk"].rows(table) for table in names["desk"].columns}
    return names["desk"], before


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book that was just begun, with the example added to it."""
    root = tmp_path_factory.mktemp("bench") / "book"
    init.begin(root, init.Options("Rain"))
    texts = root.parent / "texts"
    texts.mkdir()
    (texts / f"{TEXT}.txt").write_bytes((workshop.EXAMPLE / TEXT / f"{TEXT}.txt").read_bytes())
    shutil.copyfile(workshop.EXAMPLE / TEXT / "references.bib", root / "data" / "references.bib")
    stated = {"title": "Ems", "outlet": "North German Gazette", "published": "1870-07-13"}
    address = "http://germanhistorydocs.ghi-dc.org/docpage.cfm?docpage_id=2663"
    options = newtext.Options(TEXT, "news", url=address, **stated)
    newtext.add(texts / f"{TEXT}.txt", options, root / "data", root)
    return root


@pytest.fixture(scope="module")
def coder(book, browser):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIMBOOK_TEXTS", str(book.parent / "texts"))
        with jupyterlab(sys.executable, book, book.parent) as url, Visit(browser, url, viewport=DESK) as visit:
            desk = Desk(visit.page, url)
            desk.start(CHAPTER)
            desk.look(CHAPTER)
            expect(visit.page.locator(".cbw")).to_have_count(2, timeout=30_000)
            visit.page.locator(".cbw-text").last.focus()
            yield Coder(visit.page, passages.read_text(book.parent / "texts", TEXT))


class Coder:
    """Somebody at the keyboard, who takes what is offered whenever it is what they mean, and counts every key."""

    def __init__(self, page, text):
        self.page, self.keys, self.answers = page, 0, 0
        self.bench = page.locator(".cbw").nth(1)
        self.words = self.bench.locator(".cbw-word").all_inner_texts()
        self.tokens, at = [], 0
        for word in self.words:
            at = text.index(word, at)
            self.tokens.append((at, at + len(word)))
            at += len(word)

    def press(self, key):
        """Press a key; one that is held down meanwhile counts as well."""
        self.keys += len(key.split("+"))
        self.page.keyboard.press(key)

    def letter(self, letter):
        """Type a letter, for which no key is held down: in a table it would be one key as well."""
        self.keys += 1
        if letter.isascii():
            self.page.keyboard.press("Space" if letter == " " else letter)
        else:
            self.page.keyboard.insert_text(letter)

    def now(self):
        return self.page.evaluate(FIELD)

    def say(self, words):
        """Type words into the field, as somebody does who looks at what is offered.

        Behind a word that was offered and taken there is a blank; where the word goes on, it is deleted.
        """
        at = 0
        while at < len(words):
            now, rest = self.now(), words[at:]
            offered = [(now["ghost"], "ArrowRight"), (now["other"], "ArrowDown")]
            for more, key in ((more, key) for more, key in offered if more and rest.startswith(more)):
                after = rest[len(more) : len(more) + 1]
                goes_on = after.isalnum() or after in ("'", "-", "_")
                if goes_on and len(more) <= WORTH:
                    continue
                self.press(key)
                if goes_on:
                    self.press("Backspace")
                at += len(more) + (after == " ")
                break
            else:
                self.letter(rest[0])
                at += 1
        assert self.now()["value"].strip() == words

    def pick(self, value, by=""):
        """Type as much as it takes until a value is offered."""
        for letter in by or value:
            self.letter(letter)
            if value in (self.now()["ghost"], self.now()["value"]):
                return
        raise AssertionError(f"{value} is not offered for {by or value}: {self.now()}")

    def go(self, name):
        """Go to a field in as few keys as can be."""
        names, at = self.page.evaluate(FIELDS), self.now()["name"]
        steps, place = names.index(name) - names.index(at), names.index(name)
        if place < 9 and (steps < 0 or steps > 2):
            self.press(f"Alt+{place + 1}")
        else:
            for _ in range(abs(steps)):
                self.press("Tab" if steps > 0 else "Shift+Tab")
        assert self.now()["name"] == name

    def open(self, letter):
        self.press(f"Alt+{letter}")

    def fill(self, **given):
        """Fill in fields of the form that is open, by the names of their columns, and write the row.

        A value of a list is a pair: the value, and what is typed for it.
        """
        names = self.page.evaluate(FIELDS)
        full = {name.partition(".")[2]: name for name in reversed(names)}
        for column in sorted(given, key=lambda one: names.index(full[one])):
            value = given[column]
            wanted, by = value if isinstance(value, tuple) else (value, "")
            there = self.bench.locator(f"input[name='{full[column]}']").input_value()
            if there == wanted:
                continue
            self.go(full[column])
            if not wanted:
                self.press("Backspace")
            elif isinstance(value, tuple):
                self.pick(wanted, by)
            else:
                self.say(wanted)
        self.write()
        told = self.bench.locator(".cbw-told").inner_text()
        assert told.startswith("Written."), told

    def write(self):
        self.press("Enter")
        self.answered()

    def answered(self):
        self.answers += 1
        self.page.wait_for_function(WROTE, arg=self.answers, timeout=30_000)

    def stands(self):
        """Wait for what validation says, and return it."""
        self.page.wait_for_function(STOOD, arg=self.answers, timeout=30_000)
        return self.bench.locator(".cbw-standing")

    def place(self):
        return [int(number) for number in self.bench.get_attribute("data-passage").split()]

    def choose(self, start, end):
        """Choose words of the text, which has the focus."""
        starts = [at for at, _ in self.tokens]
        first, last = starts.index(start), next(n for n, (_, to) in enumerate(self.tokens) if to == end)
        self.reach(int(self.bench.get_attribute("data-cursor")), first)
        if first < last:
            self.press("Space")
            self.reach(first, last)
        assert self.place() == [start, end]
        self.press("Enter")

    def reach(self, here, there):
        """Go to a word by as few keys as can be: arrows alone, or the letters of a word near it and then arrows."""
        ways = [("", there - here)]
        for beside in range(max(0, there - 3), min(len(self.words), there + 4)):
            behind = [*range(here + 1, len(self.words)), *range(here + 1)]
            for length in range(1, len(self.words[beside]) + 1):
                begun = self.words[beside][:length].lower()
                found = next(n for n in behind if self.words[n].lower().startswith(begun))
                if found == beside:
                    ways.append((begun, there - beside))
                    break
        letters, steps = min(ways, key=lambda way: len(way[0]) + abs(way[1]))
        for letter in letters:
            self.letter(letter)
        for _ in range(abs(steps)):
            self.press("ArrowRight" if steps > 0 else "ArrowLeft")


def test_words_are_chosen_a_claim_is_written_judged_and_taken_back(coder, book):
    before = rows(book / "data" / "claims.csv")
    coder.open("c")
    coder.press("Escape")
    coder.choose(85, 108)
    told = f"{TEXT}-p01-s1, characters 85 to 108: officially communicated"
    expect(coder.bench.locator(".cbw-place")).to_have_text(told)
    coder.say("Spain told it.")
    coder.go("claims.kind")
    rule = coder.bench.locator(".cbw-rule").filter(has_text="Something happened, or happens repeatedly")
    expect(rule).to_be_visible()
    coder.go("claims.subject")
    coder.say("Spain itself")
    coder.press("Enter")  # the relation is missing
    assert coder.now()["name"] == "claims.relation"
    expect(coder.bench.locator(".cbw-wrong").filter(has_text="must not be empty")).to_be_visible()
    assert rows(book / "data" / "claims.csv") == before
    coder.say("tells")
    coder.write()
    [row] = rows(book / "data" / "claims.csv")
    assert (row["start"], row["end"], row["statement"]) == ("85", "108", "Spain told it.")
    expect(coder.stands().locator(".cbw-here")).to_contain_text("a checkable claim must have evidence or a search")
    expect(coder.bench.locator(".cbw-word.cbw-coded")).to_have_count(2)
    coder.press("Alt+z")
    coder.answered()
    assert rows(book / "data" / "claims.csv") == before
    expect(coder.bench.locator("input[name='claims.statement']")).to_have_value("Spain told it.")
    expect(coder.stands()).to_contain_text("2 of 2 sentences left")
    cells = coder.page.evaluate("jupyterapp.shell.currentWidget.content.widgets.length")
    kept = nbformat.read(book / f"{CHAPTER}.ipynb", as_version=4)
    assert cells == len(kept.cells), "a letter was taken for a command of JupyterLab"
    coder.press("Alt+0")


def test_the_values_of_a_list_stand_below_its_field_and_one_is_taken_with_the_mouse(coder):
    coder.open("c")
    coder.go("claims.kind")
    shown = coder.bench.locator(".cbw-values button")
    assert "prediction" in shown.all_inner_texts()
    shown.get_by_text("prediction", exact=True).click()
    assert coder.now() | {"name": "claims.kind", "value": "prediction"} == coder.now()
    expect(shown.get_by_text("prediction", exact=True)).to_have_attribute("aria-pressed", "true")
    coder.go("claims.statement")
    expect(shown).to_have_count(0)
    coder.press("Alt+0")


def test_an_older_row_is_corrected_in_its_place_by_keyboard_and_by_mouse(coder, book):
    before = rows(book / "data" / "actors.csv")
    coder.open("a")
    for name in ("First body", "Second body"):
        coder.fill(name=name, kind=("media", "med"))
    there, told = coder.bench.locator(".cbw-correct select"), coder.bench.locator(".cbw-correcting")
    name = coder.bench.locator("input[name='actors.name']")
    coder.press("Alt+x")
    expect(there).to_be_focused()
    coder.press("ArrowDown")
    coder.press("ArrowDown")
    expect(told).to_have_text("Correcting first-body: First body")
    expect(name).to_have_value("First body")
    coder.press("Enter")
    assert coder.now()["name"] == "actors.name"
    coder.say("The first body")
    coder.write()
    ours = [(row["actor_id"], row["name"]) for row in rows(book / "data" / "actors.csv")[len(before) :]]
    assert ours == [("first-body", "The first body"), ("second-body", "Second body")]
    expect(told).to_have_text("")
    coder.press("Alt+z")
    coder.answered()
    expect(told).to_have_text("Correcting first-body: First body")
    expect(name).to_have_value(re.compile("The first body *"))
    assert rows(book / "data" / "actors.csv")[len(before)]["name"] == "First body"
    coder.bench.get_by_role("button", name="Empty the form").click()
    expect(told).to_have_text("")
    expect(name).not_to_have_value("The first body")
    there.focus()
    there.select_option("second-body")
    expect(name).to_have_value("Second body")
    coder.press("Alt+0")
    for _ in range(2):
        coder.press("Alt+z")
        coder.answered()
    assert rows(book / "data" / "actors.csv") == before
    coder.press("Alt+0")


def test_a_row_that_the_kernel_refuses_stands_in_its_form_again(coder, book):
    coder.open("w")
    coder.say("nobody-known")
    coder.go("claim_accused.claim_id")
    coder.say("ems-1870-c099")
    coder.write()
    assert rows(book / "data" / "claim_accused.csv") == []
    expect(coder.bench.locator("input[name='claim_accused.actor_id']")).to_have_value("nobody-known")
    expect(coder.bench.locator(".cbw-wrong").first).to_have_text("must be found in actors.actor_id")
    coder.press("Alt+0")


SHORT = {
    **{"prince-of-hohenzollern": "her", "aide-de-camp": "ai", "benedetti": "ben", "king-william": "k"},
    **{"france": "f", "spain": "s"},
}
"""What is typed for an actor: the beginning of a word of the name."""


def code(coder, desk, before, named):
    """Code the example anew, row by row as they stand in its tables."""

    def new(table):
        known = before[table]
        return [row for row in desk.rows(table) if row not in known]

    def actor(actor_id):
        return (named[actor_id], SHORT[actor_id])

    def claim(row_id):
        return (row_id, row_id[-1])

    def chosen(*pairs):
        return {column: (value, "") for column, value in pairs if value}

    coder.open("i")
    [source], [was] = new("sources"), before["sources"]
    coder.fill(**{name: value for name, value in source.items() if value != was[name]})
    coder.open("a")
    for row in new("actors"):
        coder.fill(name=row["name"], iso3=row["iso3"], **chosen(("kind", row["kind"]), ("living", row["living"])))
    coder.open("k")
    hop = new("chains")[-1]
    coder.fill(actor_id=actor(hop["actor_id"]), verb=hop["verb"])
    coder.open("c")
    coder.press("Escape")
    for row in new("claims"):
        coder.choose(int(row["start"]), int(row["end"]))
        who = {name: actor(row[name]) if row[name] in SHORT else row[name] for name in ("subject", "object")}
        picked = chosen(*((name, row[name]) for name in ("kind", "weight")))
        if row["not_checkable_reason"] != "":
            picked |= chosen(("not_checkable_reason", row["not_checkable_reason"]))
        chain = {"chain_id": (row["chain_id"], row["chain_id"][-1])}
        told = {"statement": row["statement"], "relation": row["relation"].replace("_", " "), "quote": row["quote"]}
        coder.fill(**told, **who, **picked, **chain)
    coder.open("l")
    for row in new("claim_links"):
        ends = {name: claim(row[name]) for name in ("claim_id", "related_claim_id")}
        coder.fill(**ends, **chosen(("type", row["type"])), differs=row["differs"])
    coder.open("m")
    coder.press("Escape")
    for row in new("mentions"):
        coder.choose(int(row["start"]), int(row["end"]))
        coder.fill(actor_id=actor(row["actor_id"]))
    coder.open("e")
    [event] = new("events")
    roles = {row["role"]: actor(row["actor_id"]) for row in new("event_actors")}
    picked = chosen(*((name, event[name]) for name in ("type", "date_basis")))
    reference = {"reference": (event["reference"], event["reference"][0])}
    told = {name: event[name] for name in ("summary", "place")} | {
        "date_start": (event["date_start"], event["date_start"][0])
    }
    coder.fill(**told, **roles, **picked, **reference, claim_id=claim(new("event_claims")[0]["claim_id"]))
    coder.open("o")
    for row in new("origins"):
        coder.fill(origin=(row["origin"], row["origin"][0]), note=row["note"], **chosen(("kind", row["kind"])))
    coder.open("v")
    for row in new("evidence"):
        picked = chosen(*((name, row[name]) for name in ("stance", "reliability", "primary")))
        reference = {"reference": (row["reference"], row["reference"][0])}
        told = {name: row[name] for name in ("finding", "words")}
        coder.fill(**told, **picked, **reference, claim_id=claim(row["claim_id"]))
    coder.open("s")
    for row in new("searches"):
        told = {name: row[name] for name in ("looked_for", "where")}
        coder.fill(**told, **chosen(("side", row["side"]), ("result", row["result"])), claim_id=claim(row["claim_id"]))


def typed(desk, before):
    """Count the characters of the rows that a coder types, with a line end each; of a changed row, its new cells."""
    counted = 0
    for table in desk.columns:
        lines = (desk.data / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1:]
        if table == "sources":
            [now], [was] = desk.rows(table), before[table]
            counted += sum(len(value) + 1 for name, value in now.items() if value != was[name])
        else:
            counted += sum(len(line) + 1 for line in lines[len(before[table]) :])
    return counted


@pytest.mark.thorough
def test_the_example_is_coded_anew_by_the_workbench_alone_in_a_third_of_the_keys(coder, book, example):
    desk, before = example
    names = {row["actor_id"]: row["name"] for row in desk.rows("actors")}
    named = {actor: newtext.slug(name) for actor, name in names.items()}
    coder.keys = 0
    code(coder, desk, before, named)
    coder.stands()
    assert list(map(str, validate(book / "data", book.parent / "texts"))) == []
    mine, theirs = (evidence.verdicts(ledger.load(folder)) for folder in (book / "data", desk.data))
    columns = ["claim_id", "verdict", "verdict_then"]
    assert mine[columns].equals(theirs[columns])
    for table in ("claims", "claim_links", "mentions", "evidence", "searches", "events"):
        assert len(rows(book / "data" / f"{table}.csv")) == len(desk.rows(table)), table
    assert 3 * coder.keys <= typed(desk, before)
