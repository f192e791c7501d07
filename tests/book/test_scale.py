"""The chapter on scale: what its charts say follows from the results of the benchmarks, and results are whole."""

import csv
import json

import pandas as pd
import pytest
from figures import block

from claimbook.model.ledger import results_dir
from claimbook.site import cache_key
from claimbook.view import scale
from claimbook.view.markup import Html
from claimbook.view.mime import CHART

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
RESULT_FILES = [path for path in results_dir().glob("*.csv") if path.stem in RESULTS]
CHARTS = ("records_time", "records_memory", "ledger_time", "book_builds", "notebooks", "texts_time")


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
    return {"engine": engine, "votes": size, "status": status, "seconds": seconds, "peak_mb": mb}


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_an_exponent_is_the_power_by_which_time_grows(power):
    sizes = [1, 10, 100, 1000]
    assert scale.exponent(sizes, [3 * size**power for size in sizes]) == pytest.approx(power)
    with pytest.raises(ValueError, match="two sizes"):
        scale.exponent([5, 5], [1, 2])


def test_the_last_step_shows_what_start_up_hides(measured):
    measured("records", [votes("pandas", 10, 1), votes("pandas", 100, 1), votes("pandas", 1000, 100)])
    [row] = scale.growth("records", "votes", "engine", "seconds").itertuples()
    assert (row.largest, row.last) == (1000, pytest.approx(2))
    assert row.fitted < row.last


def test_findings_follow_the_results(measured):
    measured(
        "records",
        [
            votes("pandas", 100_000, 0.2),
            votes("polars", 100_000, 0.1),
            votes("pandas", 10_000_000, 8, 4000),
            votes("polars", 10_000_000, 2, 500),
            votes("pandas", 100_000_000, "", 9000, "stopped: memory"),
            votes("polars", 100_000_000, 30, 3000),
        ],
    )
    said = block(scale.records_time())
    assert "pandas takes 0.2 s" in said["title"]
    assert "only Polars goes through" in said["title"]
    assert "pandas reached the limit set for memory over 100 million votes, holding 9 GB" in said["caption"]
    words = str(scale.lead())
    assert "over 10 million votes in 8 s, holding 4.0 GB" in words
    assert "Polars goes through 100 million votes in 30 s, holding 3.0 GB" in words
    assert "pandas reached the limit set for memory" in words
    measured("records", [votes("pandas", 100_000, 0.2), votes("duckdb", 100_000, 0.1, 50)])
    assert "DuckDB is fastest" in block(scale.records_time())["title"]
    assert "pandas holds 2 times the memory of DuckDB" in block(scale.records_memory())["title"]
    assert "limit" not in str(scale.lead())


@pytest.mark.parametrize(
    ("power", "words"), [(1.0, "no faster than"), (1.06, "nearly in step with"), (1.4, "faster than")]
)
def test_a_step_that_grows_too_fast_is_named(measured, power, words):
    measured(
        "ledger",
        [
            {
                "claims": size,
                "step": step,
                "status": "ok",
                "cpu_seconds": size ** (power if step == "validate" else 0.9),
            }
            for size in (10, 100, 1000)
            for step in ("load", "validate", "verdicts")
        ],
    )
    title = block(scale.ledger_time())["title"]
    assert title.startswith(f"Time grows {words} the ledger: ")
    assert f"{power:.2f}, of validation" in title


def test_how_a_book_grows_with_its_texts_is_said_as_measured(measured):
    def build(texts, seconds, status="ok"):
        return {
            "texts": texts,
            "status": status,
            "seconds": seconds,
            "peak_mb": 100 * texts,
            "text_chapters_seconds": 2 * texts,
            "text_chapters_run": texts,
            "heaviest_page": "chapters/claims.html" if status == "ok" else "",
            "heaviest_kb": 50 * texts if status == "ok" else "",
        }

    measured("texts", [build(4, 60), build(40, 600)])
    words = str(scale.texts_lead())
    assert "40 texts is built in 600 s, 10.0 times as long as that of 4 (exponent 1.00), holding 4.0 GB" in words
    assert "2,000 KB on the wire instead of 200" in words
    assert "A book of 40 texts is built in 600 s, 10.0 times as long as one of 4" in block(scale.texts_time())["title"]
    measured("texts", [build(4, 60), build(40, 300, "stopped: memory")])
    words = str(scale.texts_lead())
    assert "did not end as a book (stopped: memory)" in words
    assert "times as long" not in words
    assert block(scale.texts_time())["title"] == "A book of 4 texts is built in 60 s"
    assert "chapters/claims.html, 200 KB" in str(scale.texts_table())


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


def test_what_was_not_measured_is_said_and_how_to_measure_it(measured):
    measured("records", [votes("pandas", 100_000, 0.2)])
    for name in ("ledger_time", "book_builds", "texts_lead", "texts_time", "texts_table"):
        assert "has not been measured yet" in str(getattr(scale, name)())
    assert "benchmarks/book.py --texts" in str(scale.texts_table())


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
    found = scale.growth("ledger", "claims", "step", "cpu_seconds")
    assert set(found["step"]) == {"load", "validate", "verdicts"}
    assert (found["fitted"] <= scale.LIMIT).all(), found


def test_an_exponent_is_judged_as_it_is_shown(monkeypatch):
    found = scale.growth("ledger", "claims", "step", "cpu_seconds")
    for steep, words in ((scale.LIMIT + 1e-9, "nearly in step with"), (scale.LIMIT + 0.01, "faster than")):
        monkeypatch.setattr(scale, "growth", lambda *_, steep=steep: found.assign(fitted=steep, last=0.5))
        assert (
            f"Time grows {words} the ledger: the steepest exponent is {steep:.2f}"
            in block(scale.ledger_time())["title"]
        )


@pytest.mark.parametrize("name", [c for c in CHARTS if not isinstance(getattr(scale, c)(), Html)])
def test_every_chart_draws_its_table(name):
    figure = getattr(scale, name)()
    said = block(figure)
    assert said["title"] in said["alt"]
    assert "n = " in said["caption"]
    numbers = [v for row in said["rows"] for v in row[1:] if v is not None]
    drawn = [v for trace in json.loads(figure.to_json())["data"] for v in _values(trace)]
    assert sorted(numbers) == pytest.approx(sorted(drawn))


def _values(trace):
    return [v for v in trace["x" if trace["type"] == "bar" else "y"] if v is not None]


def test_sizes_and_times_are_written_without_an_exponent():
    sizes = {999: "999", 1_000: "1 thousand", 2_500_000: "2.5 million", 999_999_999: "1 billion", 10**13: "10 trillion"}
    assert {number: scale._power(number) for number in sizes} == sizes
    times = {0: "0 s", 0.00001234: "0.000012 s", 0.123: "0.12 s", 9.94: "9.9 s", 12.3: "12 s"}
    assert {seconds: scale._seconds(seconds) for seconds in times} == times


def test_a_page_without_results_says_how_to_get_them(tmp_path, monkeypatch):
    def nowhere():
        raise FileNotFoundError("no benchmarks/results")

    monkeypatch.setattr(scale, "results_dir", nowhere)
    for shown in (scale.lead, scale.ledger_table, *(getattr(scale, name) for name in CHARTS)):
        assert "This has not been measured yet: run <code>python benchmarks/" in shown()


def test_a_short_run_and_one_that_failed_are_told_as_what_they_are(measured):
    one_size = [
        {"claims": 10, "step": "load", "status": "ok", "cpu_seconds": 1, "seconds": 1, "peak_mb": 1, "factor": 1}
    ]
    measured("ledger", one_size)
    assert block(scale.ledger_time())["title"] == "Of a single size no growth can be told"
    measured("ledger", [row | {"status": "stopped: time"} for row in one_size])
    measured("records", [votes("pandas", 10, "", status="stopped: memory")])
    measured("book", [{"book": "this book", "build": "cold", "status": "failed", "seconds": 1, "notebooks_run": 1}])
    for chart in (scale.ledger_time, scale.records_time, scale.records_memory, scale.lead, scale.book_builds):
        assert chart() == '<p class="cb-quiet">Nothing to show: no run went through.</p>'
    measured("book", [{"book": "this book", "build": "cold", "status": "ok", "seconds": 1, "notebooks_run": 1}])
    assert "one after a change, did not go through" in scale.book_builds()
    measured("notebooks", [{"book": "this book", "notebook": "a", "seconds": 1}])
    assert "No chart: no notebook was measured" in scale.notebooks()


def test_an_engine_that_is_new_here_is_drawn_and_called_by_its_name(measured):
    engines = [*scale.ENGINES, "ibis", "spark-connect"]
    measured("records", [votes(engine, size, size / 100) for engine in engines for size in (100, 1000)])
    figure = scale.records_time()._repr_mimebundle_()[0][CHART]
    assert [trace["name"] for trace in figure["data"]] == [*scale.ENGINES.values(), "ibis", "spark-connect"]
    assert len({(t["line"]["color"], t["line"]["dash"], t["marker"]["symbol"]) for t in figure["data"]}) == len(engines)
    measured("records", [votes("ibis", 100, 2)])
    assert block(scale.records_time())["title"].startswith("Over 100 votes ibis takes 2 s")
    assert "ibis goes through 100 votes" in scale.lead()
