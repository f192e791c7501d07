"""The chapter on scale: what its charts say follows from the results of the benchmarks, and results are whole."""

import csv

import pandas as pd
import pytest
from figures import block
from notebooks import figure_of, figures_of, results_of

from claimbook.model.ledger import results_dir
from claimbook.site import cache_key
from claimbook.view import scale
from claimbook.view.charts import Figure

RESULTS = {
    "records": ["engine", "votes", "status", "seconds", "process_seconds", "cpu_seconds", "peak_mb"],
    "ledger": ["factor", "claims", "evidence_rows", "step", "status", "seconds", "cpu_seconds", "peak_mb"],
    "book": ["book", "build", "status", "seconds", "cpu_seconds", "peak_mb", "notebooks_run"],
    "notebooks": ["book", "notebook", "seconds"],
    "texts": [
        *("texts", "status", "seconds", "cpu_seconds", "peak_mb", "notebooks_run"),
        *("text_chapters_seconds", "text_chapters_run", "heaviest_page", "heaviest_kb"),
    ],
}
RESULTS_DIR = results_dir()
RESULT_FILES = [path for path in RESULTS_DIR.glob("*.csv") if path.stem in RESULTS]
PAGE = "chapters/use/scale"


@pytest.fixture
def measured(tmp_path, monkeypatch):
    """Return a function that puts other results in the place of those of the book."""

    def put(name, rows):
        folder = tmp_path / "benchmarks" / "results"
        folder.mkdir(parents=True, exist_ok=True)
        pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)
        monkeypatch.setattr(scale, "results_dir", lambda: folder)

    return put


def votes(engine, size, seconds, mb=100, status="ok"):
    cells = {"engine": engine, "votes": size, "status": status, "seconds": seconds or None}
    return {**cells, "cpu_seconds": seconds or None, "peak_mb": mb}


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_an_exponent_is_the_power_by_which_time_grows(power):
    sizes = [1, 10, 100, 1000]
    assert scale.exponent(sizes, [3 * size**power for size in sizes]) == pytest.approx(power)
    with pytest.raises(ValueError, match="two sizes"):
        scale.exponent([5, 5], [1, 2])


def test_the_last_step_shows_what_start_up_hides(measured):
    measured("records", [votes("pandas", 10, 1), votes("pandas", 100, 1), votes("pandas", 1000, 100)])
    [row] = scale.growth(scale.ended("records"), "votes", "engine", "seconds").itertuples()
    assert (row.largest, row.last) == (1000, pytest.approx(2))
    assert row.fitted < row.last


@pytest.fixture
def whole(measured):
    """Put results of a few runs in the place of those of the book, some of them changed; return how to do so."""

    def put(**changed):
        files = {name: pd.read_csv(RESULTS_DIR / f"{name}.csv") for name in (*RESULTS, "machine")}
        for name, rows in (files | changed).items():
            measured(name, rows)

    return put


def step(size, name, seconds, status="ok"):
    cells = {"claims": size, "evidence_rows": 2 * size, "step": name, "status": status}
    return {**cells, "cpu_seconds": seconds, "seconds": seconds, "peak_mb": 100}


def build(texts, seconds, status="ok"):
    return {
        "texts": texts,
        "status": status,
        "seconds": seconds,
        "peak_mb": 100 * texts,
        "text_chapters_seconds": 2 * texts,
        "text_chapters_run": texts,
        "heaviest_page": "chapters/record/claims.html",
        "heaviest_kb": 50 * texts,
    }


def test_every_chart_draws_its_table(monkeypatch):
    figures = figures_of(PAGE, monkeypatch)
    assert set(figures) == {"scale-records", "scale-ledger-time"}
    for name, columns in (("scale-records", ["seconds", "peak_mb"]), ("scale-ledger-time", ["cpu_seconds"])):
        said = block(figures[name])
        assert "n = " in said["caption"]
        table = pd.DataFrame(said["rows"], columns=said["columns"])
        drawn = sorted(y for trace in figures[name].data if trace.mode != "text" for y in trace.y)
        assert drawn == pytest.approx(sorted(value for column in columns for value in table[column]))


def test_what_is_said_of_the_records_follows_the_results(whole, monkeypatch):
    rows = [
        votes("pandas", 100_000, 0.2),
        votes("polars", 100_000, 0.1),
        votes("pandas", 10_000_000, 8, 4000),
        votes("polars", 10_000_000, 2, 500),
        votes("pandas", 100_000_000, "", 9000, "stopped: memory"),
        votes("ibis", 100_000_000, 30, 3000),
    ]
    whole(records=rows)
    found = results_of(PAGE, monkeypatch)
    lead, chart = str(found[0]), block(found[1])
    assert "with pandas over 10 million votes in 8 s, holding 4.0 GB" in lead
    assert "with Polars over 10 million votes in 2 s, holding 0.5 GB" in lead
    assert "with ibis over 100 million votes in 30 s" in lead
    assert chart["title"] == "Over 100 million votes ibis is fastest, in 30 s"
    assert "pandas stopped: memory at 100 million." in chart["caption"]
    whole(records=rows[:2])
    [chart] = [result for result in results_of(PAGE, monkeypatch) if block_id(result) == "scale-records"]
    assert block(chart)["title"] == "Over 100 thousand votes Polars is fastest, in 0.1 s"
    assert "stopped" not in block(chart)["caption"]


def block_id(result):
    return block(result)["id"] if isinstance(result, Figure) else None


@pytest.mark.parametrize(
    ("power", "words"), [(1.0, "no faster than"), (1.06, "nearly in step with"), (1.4, "faster than")]
)
def test_a_step_that_grows_too_fast_is_named(whole, monkeypatch, power, words):
    sizes, steps = (10, 100, 1000), ("load", "validate", "verdicts")
    whole(ledger=[step(n, name, n ** (power if name == "validate" else 0.9)) for n in sizes for name in steps])
    said = block(figure_of("scale-ledger-time", PAGE, monkeypatch))
    assert said["title"] == f"Time grows {words} the ledger; steepest is validation"
    assert f"validation {power:.2f}" in said["caption"]


def test_an_exponent_is_judged_as_it_is_shown():
    assert scale.pace([scale.LIMIT + 1e-9]) == "nearly in step with"
    assert scale.pace([0.5, scale.LIMIT + 0.01]) == "faster than"


def test_of_one_size_no_growth_is_told(whole, monkeypatch):
    whole(ledger=[step(10, "load", 1), step(100, "load", 2, "stopped: time")])
    said = block(figure_of("scale-ledger-time", PAGE, monkeypatch))
    assert said["title"] == "Of a single size no growth can be told"
    assert "1 run, 1 stopped" in said["caption"]


def test_how_a_book_grows_is_said_as_measured(whole, monkeypatch):
    whole(texts=[build(4, 60), build(40, 600)])
    said = "\n".join(map(str, results_of(PAGE, monkeypatch)))
    assert "A book of 40 texts is built in 600 s, 10.0 times as long as one of 4, holding 4.0 GB" in said
    assert "2,000 KB on the wire instead of 200" in said
    assert "chapters/record/claims.html, 200 KB" in said
    assert "0 builds stopped" in said
    whole(texts=[build(4, 60), build(40, 300, "stopped: memory")])
    said = "\n".join(map(str, results_of(PAGE, monkeypatch)))
    assert "A book of 4 texts is built in 60 s" in said
    assert "1 build stopped" in said


def test_builds_are_compared_with_the_stock_configuration(whole, monkeypatch):
    rows = [
        {"book": book, "build": build_, "status": "ok", "seconds": seconds}
        for book, build_, seconds in (
            ("this book", "cold", 30),
            ("this book", "one chapter", 5),
            ("stock configuration", "cold", 60),
            ("stock configuration", "one chapter", 20),
        )
    ]
    notebooks = [
        {"book": book, "notebook": name, "seconds": seconds}
        for book, seconds in (("this book", 1), ("stock configuration", 4))
        for name in ("a", "b", "c")
    ]
    whole(book=rows, notebooks=notebooks)
    said = "\n".join(map(str, results_of(PAGE, monkeypatch)))
    assert "in 0.50 of the time" in said
    assert "in 5 s instead of 20" in said
    assert "In the median of 3 notebooks one takes 0.25 of its time there" in said


def test_new_results_let_the_chapters_run_again(tmp_path, monkeypatch):
    monkeypatch.delenv("CLAIMBOOK_DATA", raising=False)
    folder = tmp_path / "benchmarks" / "results"
    folder.mkdir(parents=True)
    (tmp_path / "data").mkdir()
    before = cache_key(tmp_path)
    assert cache_key(tmp_path) == before
    (folder / "records.csv").write_text("engine,votes\n", encoding="utf-8")
    assert cache_key(tmp_path) != before


def test_results_are_found_beside_the_data_or_said_to_be_missing(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("CLAIMBOOK_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match="no benchmarks/results"):
        results_dir()
    (tmp_path / "benchmarks" / "results").mkdir(parents=True)
    assert results_dir() == tmp_path / "benchmarks" / "results"


def test_what_was_not_measured_and_what_never_ended_is_said_with_the_command(measured):
    measured("records", [votes("pandas", 10, "", status="stopped: memory")])
    with pytest.raises(FileNotFoundError, match=r"texts.csv: not measured yet: run python benchmarks/book.py --texts"):
        scale.results("texts")
    with pytest.raises(ValueError, match=r"no run went through: run python benchmarks/records.py again"):
        scale.ended("records")


@pytest.mark.parametrize("name", sorted(path.stem for path in RESULT_FILES))
def test_results_are_whole(name):
    with (results_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == RESULTS[name]
    for row in rows:
        if row.get("status", "ok") == "ok":
            assert float(row["seconds"]) > 0
    with (results_dir() / "machine.csv").open(encoding="utf-8", newline="") as file:
        parts = {row["part"] for row in csv.DictReader(file)}
    assert {"notebooks": "book"}.get(name, name) in parts


def test_the_ledger_grows_no_faster_than_promised():
    found = scale.growth(scale.ended("ledger"), "claims", "step", "cpu_seconds")
    assert set(found.index) == {"load", "validate", "verdicts"}
    assert (found["fitted"] <= scale.LIMIT).all(), found


def test_sizes_and_times_are_written_without_an_exponent():
    sizes = {999: "999", 1_000: "1 thousand", 2_500_000: "2.5 million", 999_999_999: "1 billion", 10**13: "10 trillion"}
    assert {number: scale.power(number) for number in sizes} == sizes
    times = {0: "0 s", 0.00001234: "0.000012 s", 0.123: "0.12 s", 9.94: "9.9 s", 12.3: "12 s"}
    assert {value: scale.seconds(value) for value in times} == times
