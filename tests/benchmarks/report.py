"""Results on file and on paper: the machine, the Markdown table, and the pages they are written into."""

from __future__ import annotations

import json
import math
import os
import platform
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from tests.benchmarks.rows import Row, Unit

RESULTS = Path(__file__).parent / "results"
PAGE = Path(__file__).parents[2] / "docs" / "speed.md"


def machine() -> dict[str, str]:
    """What the numbers were taken on, without a name or a path of it."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": _system(),
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "day": date.today().isoformat(),
    }


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def _system() -> str:
    try:
        name = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    except OSError:
        name = platform.system()
    return f"{name}, {platform.system()} {platform.release().split('-')[0]}"


class Results:
    """The rows of a run in a JSON file, kept after every suite, so that a run can be taken up again."""

    def __init__(self, path: Path, *, resume: bool) -> None:
        self.path = path
        self.suites: dict[str, list[Row]] = {}
        self.failures: dict[str, str] = {}
        if resume and path.exists():
            kept = json.loads(path.read_text("utf-8"))
            self.suites = {key: [Row(**row) for row in rows] for key, rows in kept["suites"].items()}

    def keep(self, key: str, rows: Sequence[Row]) -> None:
        """Keep the rows of a suite at a size, in place of those of an earlier run."""
        self.suites[key] = list(rows)
        self.failures.pop(key, None)
        self.write()

    def fail(self, key: str, why: str) -> None:
        """Remember that a suite could not be measured."""
        self.suites.pop(key, None)
        self.failures[key] = why
        self.write()

    def forget(self, names: Sequence[str]) -> None:
        """Let go of the rows of some suites, at every size: they are measured anew."""
        self.suites = {key: rows for key, rows in self.suites.items() if key.split()[0] not in names}

    @property
    def rows(self) -> list[Row]:
        """All rows: those of a kind together, by size."""
        found = [row for rows in self.suites.values() for row in rows]
        order = {what: place for place, what in enumerate(dict.fromkeys(row.what for row in found))}
        return sorted(found, key=lambda row: (order[row.what], row.size))

    def write(self) -> None:
        """Write the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "machine": machine(),
            "failures": self.failures,
            "suites": {key: [asdict(row) for row in rows] for key, rows in self.suites.items()},
        }
        self.path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def amount(value: float, unit: Unit) -> str:
    """A cost for people: ``3.2 ms``, ``1.24 s``, ``48 MB``."""
    if unit == "MB":
        return f"{value:,.0f} MB" if value >= 10 else f"{value:.1f} MB"
    if value < 0.0005:
        return f"{value * 1e6:.0f} µs"
    if value < 0.0995:
        return f"{value * 1e3:.1f} ms"
    return f"{value * 1e3:.0f} ms" if value < 0.9995 else f"{value:.2f} s"


def at_the_largest(rows: Sequence[Row]) -> list[Row]:
    """The rows that goals are about: of each kind of work that has one, the one of the largest library."""
    largest: dict[str, Row] = {}
    for row in rows:
        if row.goal or row.most:
            largest[row.what] = max(largest.get(row.what, row), row, key=lambda each: each.size)
    return list(largest.values())


def goals_table(rows: Sequence[Row]) -> str:
    """What has a goal, at its largest size: cost, bare limit, ratio, goal."""
    lines = [
        "| what | papers | here | bare | bare limit | ratio | goal | |",
        "|---|---:|---:|---:|---|---:|---:|:-:|",
    ]
    for row in at_the_largest(rows):
        bare = amount(row.bare, row.unit) if row.bare else "–"
        ratio = f"{row.ratio:.2f}" if row.bare else "–"
        lines.append(
            f"| {row.what} | {row.size:,} | {amount(row.ours, row.unit)} | {bare} | {row.limit}"
            f" | {ratio} | {_goal(row)} | {'✓' if row.holds else '✗'} |"
        )
    return "\n".join(lines)


def _goal(row: Row) -> str:
    goals = [f"≤ {row.goal:g}"] if row.goal else []
    if row.most:
        goals.append(f"≤ {amount(row.most, row.unit)}")
    return ", ".join(goals)


def growth_table(rows: Sequence[Row]) -> str:
    """All rows: a line a kind, a column a size, the ratio to the bare limit in brackets where there is one."""
    sizes = sorted({row.size for row in rows})
    lines = [f"| what | {' | '.join(f'{size:,}' for size in sizes)} |", "|---|" + "---:|" * len(sizes)]
    for what in dict.fromkeys(row.what for row in rows):
        found = {row.size: _cell(row) for row in rows if row.what == what}
        lines.append(f"| {what} | {' | '.join(found.get(size, '–') for size in sizes)} |")
    return "\n".join(lines)


def _cell(row: Row) -> str:
    ratio = f" ({row.ratio:.1f})" if row.bare else ""
    return amount(row.ours, row.unit) + ratio


MILLION = 1_000_000


def million_table(rows: Sequence[Row], kinds: Sequence[str]) -> str:
    """What kinds of work would cost at a million papers, if they grow on as between the two largest sizes.

    The exponent is the power of the size that the cost grew with: 0 not at all, 1 in proportion.
    """
    lines = ["| what | measured at | cost | grows by the power | a million |", "|---|---:|---:|---:|---:|"]
    for what in kinds:
        found = sorted((row for row in rows if row.what == what), key=lambda row: row.size)
        if len(found) < 2:
            continue
        before, last = found[-2:]
        power = max(0.0, math.log(last.ours / before.ours) / math.log(last.size / before.size))
        guess = last.ours * (MILLION / last.size) ** power
        lines.append(
            f"| {what} | {last.size:,} | {amount(last.ours, last.unit)} | {power:.1f} | {amount(guess, last.unit)} |"
        )
    return "\n".join(lines)


def machine_line(about: Mapping[str, str]) -> str:
    """The machine in a sentence."""
    return (
        f"{about['processor']}, {about['cores']} cores, {about['memory']}; {about['system']};"
        f" Python {about['Python']}, SQLite {about['SQLite']}; {about['day']}."
    )


def write_into(page: Path, parts: Mapping[str, str]) -> None:
    """Replace what stands between the marks ``<!-- NAME -->`` and ``<!-- end of NAME -->`` in a page."""
    text = page.read_text("utf-8")
    for name, part in parts.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, found, rest = text.partition(begin)
        if found and end in rest:
            text = f"{before}{begin}\n{part.strip()}\n{end}{rest.split(end, 1)[1]}"
    page.write_text(text, encoding="utf-8")
