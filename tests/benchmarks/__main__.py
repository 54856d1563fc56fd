"""All benchmarks in one run: ``python -m tests.benchmarks [--quick] [--papers 1000 10000 100000] [--only NAME]``.

Libraries are made once and kept in a folder of the system's temporary files (``--homes`` names another).
Each suite runs in a process of its own on a copy; its rows are kept in ``tests/benchmarks/results`` at once,
so that a run that was broken off goes on with ``--resume``. At the end the tables and the plot of
``docs/speed.md`` are written anew, unless the run was ``--quick`` or left something out. Exit status 1:
a goal is missed or a suite failed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks import plot, report
from tests.benchmarks.report import Results
from tests.benchmarks.rows import Row, environment
from tests.benchmarks.suites import SUITES, Suite

SIZES = (1_000, 10_000, 100_000)
QUICK = (1_000,)
_TIME = 900
"""Seconds a suite may take at one size."""
_SOURCES = ("generate.py", "papers.py", "vocabulary.py")
INTERACTIVE = (
    ("first screen", "first screen of the interface"),
    ("letter typed in the search", "letter in the search"),
    ("key", "key in the list"),
    ("list of 20 unread items, JSON", "list of 20, whole command"),
    ("--help", "--help, whole command"),
    ("mark what is so already", "mark, whole command"),
    ("search: two words", "search for two words, ranked"),
    ("counts of the first pane", "counts of the first pane"),
)
"""Kinds of work in the plot, by how their rows begin, and what the plot calls them."""


LINEAR = (
    "list of 20 unread items, JSON", "search: two words", "search: word in half of all papers",
    "suggestion for two misspelt words", "list of all papers, ids in order", "counts of the first pane",
    "size of the database", "backup, checked", "dump of everything", "size of the dump",
    "dump of everything, memory",
)  # fmt: skip
"""Kinds of work whose growth is carried on to a million papers."""


def home_of(size: int, homes: Path) -> Path:
    """The library of a size, made where it is not there; another generator makes another one."""
    here = Path(__file__).parent
    sources = hashlib.sha256(b"".join((here / name).read_bytes() for name in _SOURCES)).hexdigest()[:10]
    place = homes / f"home-{size}-{sources}"
    done = place.with_suffix(".done")
    if not done.exists():
        print(f"making a library of {size:,} papers …", flush=True)
        shutil.rmtree(place, ignore_errors=True)
        command = [sys.executable, "-m", "tests.benchmarks.generate", str(place), "--papers", str(size)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        done.touch()
    return place


def measured(suite: Suite, size: int, home: Path) -> list[Row]:
    """The rows of a suite at a size, from a process of its own on a copy of the home.

    Raises ``CalledProcessError`` or ``TimeoutExpired`` with what it said.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy, answer = Path(folder) / "home", Path(folder) / "rows.json"
        shutil.copytree(home, copy)
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks",
            "--measure",
            suite.name,
            str(size),
            str(copy),
            str(answer),
        ]
        subprocess.run(command, check=True, timeout=_TIME, env=environment(), stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE)  # fmt: skip
        return [Row(**row) for row in json.loads(answer.read_text("utf-8"))]


def _measure_here(name: str, size: str, home: str, answer: str) -> None:
    suite = next(suite for suite in SUITES if suite.name == name)
    rows = [asdict(row) for row in suite.measure(Path(home), int(size))]
    Path(answer).write_text(json.dumps(rows), encoding="utf-8")


def _why(error: subprocess.SubprocessError) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        said = (error.stderr or b"").decode("utf-8", "replace").strip().splitlines()
        return said[-1] if said else f"exit status {error.returncode}"
    return f"not done within {_TIME} s"


def run(sizes: list[int], names: list[str], homes: Path, results: Results) -> None:
    """Measure the suites at the sizes, those of the largest library last; print each row as it comes."""
    homes.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        for suite in SUITES:
            key = f"{suite.name} at {size}"
            if suite.name not in names or not suite.applies(size, sizes) or key in results.suites:
                continue
            started = time.perf_counter()
            try:
                rows = measured(suite, size, home_of(size, homes))
            except subprocess.SubprocessError as error:
                results.fail(key, _why(error))
                print(f"{key}: failed: {_why(error)}", flush=True)
                continue
            results.keep(key, rows)
            print(f"{key} ({time.perf_counter() - started:.0f} s)", flush=True)
            for row in rows:
                print(f"  {_line(row)}", flush=True)


def _line(row: Row) -> str:
    text = f"{row.what:46} {report.amount(row.ours, row.unit):>10}"
    if row.bare:
        text += f" {report.amount(row.bare, row.unit):>10} {row.ratio:6.2f}"
    return f"{text}  goal {row.goal:g}" if row.goal else text


def picture(rows: list[Row]) -> str:
    """The growth plot of the kinds of work a person waits for; empty where none was measured at two sizes."""
    names = {row.what: label for begin, label in INTERACTIVE for row in rows if row.what.startswith(begin)}
    first = {label: what for what, label in reversed(names.items())}
    lines = plot.lines_of(rows, [(what, label) for label, what in first.items()])
    if not lines:
        return ""
    return plot.growth(
        lines, "What a person waits for", "seconds of CPU by size of the library; both scales are logarithmic"
    )


def write_pages(results: Results) -> None:
    """Write the tables, the machine and the plot into the documents."""
    rows = results.rows
    if drawn := picture(rows):
        (report.PAGE.parent / "growth.svg").write_text(drawn, encoding="utf-8")
    tables = {
        "goals": report.goals_table(rows),
        "growth": report.growth_table(rows),
        "million": report.million_table(rows, LINEAR),
        "machine": report.machine_line(report.machine()),
    }
    if report.PAGE.exists():
        report.write_into(report.PAGE, tables)


def main() -> int:
    """Read the command line, measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--quick", action="store_true", help="the smallest library alone; no page is written")
    parser.add_argument("--only", nargs="+", choices=[suite.name for suite in SUITES])
    parser.add_argument("--homes", type=Path, default=Path(tempfile.gettempdir()) / "notes-tui-benchmarks")
    parser.add_argument("--resume", action="store_true", help="go on with the run that was broken off")
    parser.add_argument(
        "--write", action="store_true", help="write the pages from what is kept, without measuring"
    )
    parser.add_argument("--measure", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        _measure_here(*options.measure)
        return 0
    names = options.only or [suite.name for suite in SUITES]
    path = report.RESULTS / ("quick.json" if options.quick else "table.json")
    results = Results(path, resume=options.resume or options.write or bool(options.only))
    if options.only and not options.resume:
        results.forget(names)
    if not options.write:
        run(list(QUICK) if options.quick else options.papers, names, options.homes, results)
    if not options.quick:
        write_pages(results)
    missed = [row for row in report.at_the_largest(results.rows) if not row.holds]
    for row in missed:
        print(
            f"missed: {row.what} at {row.size:,}: {row.ratio:.2f} times, goal {row.goal:g}", file=sys.stderr
        )
    return int(bool(missed or results.failures))


if __name__ == "__main__":
    raise SystemExit(main())
