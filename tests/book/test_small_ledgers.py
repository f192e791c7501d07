"""Every chapter that knows no subject on ledgers that hold little or nothing of what it shows; commands on the same."""

import ast
import json
import re
import shutil
from importlib import resources

import pytest
import schemas
import yaml
from commands import ran
from jsonschema import Draft202012Validator as Validator
from ledgers import ALIKE, LEDGERS, write
from notebooks import OF_THE_SUBJECT, code_cells, figure_of, load_once, results_of, toc_pages
from outputs import bundle_of
from this_book import BOOK

from claimbook.authoring import skeleton
from claimbook.cli import main
from claimbook.exchange import published as addresses
from claimbook.model import ledger
from claimbook.model.settings import BASE_URL, EXPORT
from claimbook.site import renderers
from claimbook.validation import validate
from claimbook.view import tables
from claimbook.view.markup import plain
from claimbook.view.mime import CHART, FACETS, META, STATES

TEXTS = {f"chapters/texts/{source_id}" for source_id in BOOK.texts}
UNREADABLE = re.compile(
    r"\bnan\b|\bNaN\b|\bNaT\b|<NA>|\binf\b|\b0 of 0\b|\bof 0 \w|: \.| [,;.]|\(\)|[:;,] ?[;,.]|\bNone \w+ed\b"
)
"""What a sentence must not have: a value that is missing, a number of nothing, an end without words before it."""


def written(made, folder, patch):
    """Write a ledger, and let the package find it."""
    small = write(made(), folder)
    for variable in ("CLAIMBOOK_TEXTS", BASE_URL):
        patch.delenv(variable, raising=False)
    patch.setenv("CLAIMBOOK_DATA", str(small.data))
    return small


@pytest.fixture(scope="module", params=LEDGERS)
def small(request, tmp_path_factory):
    """Each ledger in turn, written and loaded."""
    with pytest.MonkeyPatch.context() as patch:
        found = written(LEDGERS[request.param], tmp_path_factory.mktemp("small") / "book", patch)
        yield found


def chapters(book):
    """Return the code cells of every page of a book with this ledger; of very many texts the first and the last."""
    found = {page: code_cells(page) for page in toc_pages() if page not in TEXTS | ALIKE | OF_THE_SUBJECT}
    if not book.texts and not book.records:
        found |= {page: code_cells(page) for page in ALIKE}
    for source_id in dict.fromkeys((*book.texts[:4], *book.texts[-1:])):
        made = skeleton.cells(source_id, source_id)
        found[f"chapters/texts/{source_id}"] = [source for kind, source in made if kind == "code"]
    return found


def shown(page, cells):
    """Run the code cells of a page one after the other; return what each shows, and the errors of those that fail."""
    scope, found, failed = {}, [], []
    for source in cells:
        *body, last = ast.parse(source).body
        exec(compile(ast.Module(body, []), page, "exec"), scope)
        try:
            found.append(
                (page, ast.unparse(last), bundle_of(eval(compile(ast.Expression(last.value), page, "eval"), scope)))
            )
        except Exception as error:
            failed.append(f"{page}: {ast.unparse(last)}: {type(error).__name__}: {error}")
    return found, failed


def faults(page, call, bundle):
    """Say what a reader of a page could not read of one output, or what a build would warn of."""
    kind = next(kind for kind in (FACETS, STATES, CHART, "text/html") if kind in bundle)
    content, found = bundle[kind], []
    if kind == CHART:
        meta = content["layout"]["meta"][META]
        found += renderers.chart_problems(meta)
        words = "\n".join(meta[name] for name in ("title", "caption", "alt", "source"))
        if not any(len(trace.get("x", ())) for trace in content["data"]):
            found.append("nothing is drawn")
    elif kind == FACETS:
        found += renderers.facets_problems(content)
        words = "\n".join(plain(row["html"]) for row in content["rows"])
    elif kind == STATES:
        found += renderers.states_problems(content)
        words = plain(content["table"])
    else:
        prose = re.sub(r"<pre\b.*?</pre>", "", content, flags=re.DOTALL)  # code is no sentence
        blocks = re.split(r"</?(?:p|li|dt|dd|td|th|div|summary|caption|figcaption)\b[^>]*>", prose)
        words = "\n".join(filter(None, map(plain, blocks)))
        if not plain(content):
            found.append("nothing is shown")
    found += [f"“{words[max(m.start() - 40, 0) : m.end() + 20]}”" for m in UNREADABLE.finditer(words)]
    return [f"{page}: {call}: {fault}" for fault in found]


@pytest.fixture(scope="module")
def exported(small, tmp_path_factory):
    """A whole export of the ledger, as the command writes it."""
    target = tmp_path_factory.mktemp("exported") / "export"
    texts = ("--texts", small.texts) if small.texts else ()
    status, said = ran("export", target, "--all", "--data", small.data, *texts)
    assert status == 0, said
    return target


@pytest.mark.thorough
def test_every_chapter_run_whole_shows_something_that_can_be_read(small, exported, monkeypatch):
    monkeypatch.setenv(EXPORT, str(exported))  # as a build does, for the chapter that lists what there is to download
    book = ledger.load(small.data)
    load_once(monkeypatch, book)
    problems = []
    for page, cells in chapters(book).items():
        found, failed = shown(page, cells)
        problems += failed + [fault for output in found for fault in faults(*output)]
    assert problems == []


def test_the_ledger_is_valid(small):
    assert list(map(str, validate(small.data, small.texts))) == []


def test_a_whole_export_can_be_written(small, exported):
    files = [path for path in exported.rglob("*") if path.is_file() and path.suffix not in (".zip", ".sqlite")]
    read = {path.name: path.read_text(encoding="utf-8") for path in files}
    day = addresses.data_day(ledger.load(small.data))
    crate, cff = json.loads(read["ro-crate-metadata.json"]), yaml.safe_load(read["CITATION.cff"])
    whole = [error.message for error in Validator(schemas.CRATE).iter_errors(crate)]
    assert bool(whole) == (not day)  # a crate must be dated, which nothing here is
    assert [error.message for error in Validator(schemas.CFF).iter_errors(cff)] == []
    named = {"claimreview.jsonld": "claimreview", "events.jsonl": "plover", "undated.jsonl": None}
    for file, name in {**named, "annotations.jsonl": schemas.ANNOTATION}.items():
        raw = resources.files("claimbook.exchange").joinpath(f"schemas/{name}.schema.json")
        rules = json.loads(raw.read_text(encoding="utf-8")) if isinstance(name, str) else name or {}
        for one in read[file].splitlines() if file.endswith("l") else [read[file]]:
            assert [error.message for error in Validator(rules).iter_errors(json.loads(one))] == []
    assert f"day of the data: {day or 'not known'}." in " ".join(read["README.txt"].split())


@pytest.mark.parametrize("name", LEDGERS)
def test_a_text_can_be_added_and_only_what_is_missing_of_it_is_asked_for(name, tmp_path, monkeypatch, capsys):
    small = written(LEDGERS[name], tmp_path / "small", monkeypatch)
    book = tmp_path / "book"
    shutil.copytree(small.data, book / "data")
    (book / "chapters" / "texts").mkdir(parents=True)
    listed = [{"file": f"chapters/texts/{source_id}"} for source_id in ledger.load(small.data).texts]
    toc = {"format": "jb-book", "root": "index", "parts": [{"caption": "The texts", "chapters": listed or None}]}
    toc["parts"].append({"caption": "About", "chapters": [{"file": "chapters/use/method"}]})
    (book / "_toc.yml").write_text(yaml.safe_dump(toc, sort_keys=False), encoding="utf-8")
    (book / "new.txt").write_text("Nobody came. 誰も来なかった。", encoding="utf-8")
    arguments = ["--id", "a-new-text", "--genre", "news", "--outlet", "Газета"]
    assert main(["new-text", str(book / "new.txt"), "--data", str(book / "data"), *arguments]) == 0
    after = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    toc["parts"][0]["chapters"] = [*listed, {"file": "chapters/texts/a-new-text"}]
    assert after == toc
    capsys.readouterr()
    assert main(["validate", "--data", str(book / "data")]) == 1
    asked = capsys.readouterr().out.splitlines()
    assert asked
    places = {line.split(":")[0] for line in asked}
    assert places <= {"sources.csv", "sentences.csv", "chains.csv", "chapters/texts/a-new-text.ipynb"}, asked


def of(name, tmp_path, monkeypatch):
    return ledger.load(written(LEDGERS[name], tmp_path / "book", monkeypatch).data)


def test_a_page_says_in_a_sentence_what_there_is_not(tmp_path, monkeypatch):
    book = of("empty", tmp_path, monkeypatch)
    load_once(monkeypatch, book)
    said = {}
    for page in chapters(book).keys() - ALIKE:
        found, _ = shown(page, code_cells(page))
        said |= {call: plain(bundle["text/html"]) for _, call, bundle in found if "text/html" in bundle}
    for call, words in {
        "front.lead(book, about='on Belarus, Russia and Iran')": "This edition holds no claim yet.",
        "timeline.events(book, assessed)": "Nothing to filter: no event is told.",
        "explore.claims(book)": "Nothing to filter: no claim is coded.",
        "network.edge_filter(book, assessed)": "Nothing to filter: no claim joins two actors.",
        'cards.example(book, "wnd-2001-c113", "wnd-2001-c115")': "Not in this ledger: wnd-2001-c113, wnd-2001-c115.",
    }.items():
        assert said[call.replace('"', "'")] == words


def test_every_key_of_the_bibliography_stands_on_the_leaf_of_its_letter(tmp_path, monkeypatch):
    book = of("accented keys", tmp_path, monkeypatch)
    leaves = {leaf.label: re.findall(r'<li id="([^"]+)"', leaf.body) for leaf in tables.references(book).leaves}
    mine = {"écho-2020", "étude-2021", "яблоко-2020", "人民-2020", "Zeit-2020", "ármada-2019"}
    where = {key: label for label, keys in leaves.items() for key in keys if key in mine}
    expected = {"ármada-2019": "A", "écho-2020": "E", "étude-2021": "E", "Zeit-2020": "Z", "人民-2020": "Other"}
    assert where == expected | {"яблоко-2020": where["яблоко-2020"]}
    assert where["яблоко-2020"] in "IJY"  # however its first letter is romanised
    assert leaves["E"].index("écho-2020") < leaves["E"].index("étude-2021")


def test_actors_of_one_name_are_told_apart(tmp_path, monkeypatch):
    book = of("names alike", tmp_path, monkeypatch)
    assert tables.actor_names(book) == {
        "voice-of-note": "Voice of note",
        "norland": "Norland (norland)",
        "new-norland": "Norland (new-norland)",
    }


def test_a_quantity_has_one_address_on_the_page_of_its_text(tmp_path, monkeypatch):
    book = of("one text", tmp_path, monkeypatch)
    assert ' id="note-q01"' not in tables.quantities(book)
    assert ' id="note-q01"' in tables.quantities(book.text("note"))


def test_an_event_with_an_open_end_is_marked_at_its_first_day(tmp_path, monkeypatch):
    book = of("open ended", tmp_path, monkeypatch)
    figure = figure_of("timeline-events", "chapters/record/diplomatic-events", monkeypatch, book)
    [mark] = figure.data
    assert [int(x) for x in mark.x] == [2011]
    block = figure.layout.meta[META]
    assert block["title"] == "Of 1 dated event 0 have their date from a record"
    assert block["rows"][0][block["columns"].index("year")] == 2011
    assert not figure.layout.shapes  # the text has no day that could be marked


def test_chapters_say_in_words_that_there_is_no_event_and_no_pair(tmp_path, monkeypatch):
    book = of("empty", tmp_path, monkeypatch)
    said = {}
    for page in ("chapters/record/diplomatic-events", "chapters/record/actors-language"):
        said[page] = [
            plain(str(getattr(r, "_repr_html_", lambda r=r: r)())) for r in results_of(page, monkeypatch, book)
        ]
    for words in (
        "The texts tell 0 events. 0 can be placed in time, 0 of them by a record.",
        "No event has a date.",
        "No chart: there is nothing to draw.",
    ):
        assert words in said["chapters/record/diplomatic-events"]
    assert any("there are no things foretold" in words for words in said["chapters/record/diplomatic-events"])
    assert "No claim is coded, and nobody is named." in said["chapters/record/actors-language"]


ID = re.compile(rf"(?:{'|'.join(BOOK.texts)})-[ceq]\d+(?:-e\d+)?")


def ids_named():
    """Return every id of a claim, event or row of evidence that a chapter's code names."""
    named = set()
    for page in set(toc_pages()) - ALIKE:
        for source in code_cells(page):
            nodes = list(ast.walk(ast.parse(source)))
            pieces = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
            strings = (node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in pieces)
            named |= {s for s in strings if isinstance(s, str) and ID.fullmatch(s)}
    return named


def test_what_the_chapters_name_is_in_the_ledger_of_the_book():
    known = {*BOOK.claims["claim_id"], *BOOK.evidence["evidence_id"], *BOOK.quantities["quantity_id"]}
    assert len(ids_named()) > 15
    assert ids_named() - known == set()
