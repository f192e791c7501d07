"""Time loading, validating and judging a ledger of 1, 10, 100 and 1,000 times the book's size.

``python benchmarks/ledger.py`` writes ``results/ledger.csv``. The larger ledgers are the book's own, repeated with
fresh identifiers; each step runs in a process of its own, the smallest sizes three times with the best time kept.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import common
import synthetic

STEPS = ("load", "validate", "verdicts")


def work(step: str, data: str) -> None:
    """Run one step and print how long it took and the size of what it read."""
    from claimbook.analysis import evidence
    from claimbook.model.ledger import load
    from claimbook.validation import validate

    if step == "verdicts":
        book = load(data)
    started, used = time.perf_counter(), time.process_time()
    if step == "load":
        book = load(data)
    elif step == "validate":
        if problems := validate(data):
            sys.exit(f"{len(problems)} problems, such as {problems[0]}")
    else:
        evidence.verdicts(book)
    print(json.dumps({"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - used}))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="up to ten times the size only")
    parser.add_argument("--work", nargs=2, metavar=("STEP", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--limit-seconds", type=float, default=900, help="time after which a step is stopped")
    parser.add_argument("--limit-mb", type=float, default=12_000, help="memory at which a step is stopped")
    options = parser.parse_args()
    if options.work:
        work(*options.work)
        return
    busy, rows, gone = os.getloadavg()[0], [], set()
    with tempfile.TemporaryDirectory(prefix="ledger-") as temporary:
        for factor in (1, 10) if options.quick else (1, 10, 100, 1000):
            data = Path(temporary, str(factor))
            synthetic.repeat(common.ROOT / "data", data, factor)
            sizes = [sum(1 for _ in (data / f"{t}.csv").open(encoding="utf-8")) - 1 for t in ("claims", "evidence")]
            for step in STEPS:
                if step in gone:  # what did not go through with a tenth is not tried again
                    continue
                runs = [
                    common.measure(
                        [sys.executable, __file__, "--work", step, data],
                        limit_mb=options.limit_mb,
                        limit_seconds=options.limit_seconds,
                        env=common.environment(CLAIMBOOK_TEXTS=""),
                    )
                    for _ in range(3 if factor < 100 else 1)
                ]
                worst = next((run for run in runs if run.status != "ok"), None)
                if worst:
                    gone.add(step)
                    print(worst.output[-2000:], file=sys.stderr)
                times = [json.loads(run.output.strip().splitlines()[-1]) for run in runs if not worst]
                rows.append(
                    {
                        "factor": factor,
                        "claims": sizes[0],
                        "evidence_rows": sizes[1],
                        "step": step,
                        "status": worst.status if worst else "ok",
                        **{
                            key: round(min(t[key] for t in times), 3) if times else ""
                            for key in ("seconds", "cpu_seconds")
                        },
                        "peak_mb": round(max(run.peak_mb for run in runs)),
                    }
                )
                print(*rows[-1].values(), flush=True)
            common.write("ledger", rows)  # after each size: the largest takes long
            common.note_machine("ledger", busy)


if __name__ == "__main__":
    main()
