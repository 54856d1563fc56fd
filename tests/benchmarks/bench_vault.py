"""What a vault costs, beside the bare limit measured in the same run: git, or the same files without this program.

Every row is a whole command in a process of its own: the wall clock and the CPU time (user and system)
of the median run. The vault lies outside a git work tree; git looks at the same folder with a repository
kept elsewhere. Run it with ``python -m tests.benchmarks.bench_vault [--items 10000]``; it prints a table.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from notes_tui.model.item import Annotation
from notes_tui.services import collecting, reading, writing
from notes_tui.services.home import init_home, open_home
from notes_tui.settings import Home
from notes_tui.store import notes, search
from notes_tui.store.database import Store
from tests.benchmarks.bench_interface import WORDS, grow

NOTES = (sys.executable, "-m", "notes_tui")
STATUSES = ("read", "reading", "queued", "skimmed")
SENTENCE = "The {} of {} is {} when the {} grows, 调度 included, and $O(n \\log n)$ holds."


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the wall clock and of CPU."""

    wall: float
    cpu: float

    @classmethod
    def median(cls, costs: Sequence[Cost]) -> Cost:
        """The median of each."""
        return cls(
            statistics.median(each.wall for each in costs), statistics.median(each.cpu for each in costs)
        )

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu)

    def times(self, number: int) -> Cost:
        """The cost of doing it so often."""
        return Cost(self.wall * number, self.cpu * number)


def words(number: int, count: int) -> list[str]:
    """Words that go with a number, always the same."""
    return [WORDS[(number * (2 * step + 1) + step) % len(WORDS)] for step in range(count)]


def write_notes(store: Store) -> None:
    """Give every item a note, tags, a status, a place in a list, and many of them an annotation."""
    ids = [row[0] for row in store.rows("SELECT id FROM items ORDER BY id")]
    with store.step("notes written"):
        for number, item_id in enumerate(ids):
            lines = (SENTENCE.format(*words(number + line, 4)) for line in range(8))
            notes.put(store, item_id, "", "\n\n".join(lines) + "\n")
            if number % 2:
                quote = SENTENCE.format(*words(number, 4))
                notes.put_annotation(store, item_id, Annotation(kind="highlight", quote=quote, page=1))
        for number, word in enumerate(WORDS[:10]):
            collecting.create(store, f"List {number}")
            collecting.put(store, f"list-{number}", ids[number::10])
            writing.add_tag(store, word, ids[number::10])
            writing.add_tag(store, f"topic/{word}", ids[number::7])
        for number, status in enumerate(STATUSES):
            reading.mark(store, status, ids[number::5], allowed=STATUSES)
    search.refresh(store)


def _cpu(who: int) -> float:
    spent = resource.getrusage(who)
    return spent.ru_utime + spent.ru_stime


def run(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> Cost:
    """Run a command, which has to succeed, and say what it cost."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = _cpu(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        list(map(str, command)), check=True, capture_output=True, env=inherited | (environment or {})
    )
    return Cost(time.perf_counter() - started, _cpu(resource.RUSAGE_CHILDREN) - before)


def here(work: Callable[[], object]) -> Cost:
    """What a function costs in this process."""
    before, started = _cpu(resource.RUSAGE_SELF), time.perf_counter()
    work()
    return Cost(time.perf_counter() - started, _cpu(resource.RUSAGE_SELF) - before)


def write_plainly(files: dict[str, bytes], folder: Path) -> None:
    """The same bytes in files of the same names, and nothing else."""
    for path, content in files.items():
        place = folder / path
        if not place.parent.exists():
            place.parent.mkdir(parents=True)
        with open(place, "wb") as file:
            file.write(content)


def look_at(files: Iterable[str], folder: Path) -> None:
    """Nothing but the metadata of files."""
    for path in files:
        os.stat(folder / path)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Bench:
    """A library with a vault, and a repository that looks at the vault from elsewhere."""

    def __init__(self, folder: Path, items: int, runs: int) -> None:
        self.folder, self.runs, self.items = folder, runs, items
        self.home, self.vault = Home(folder / "home"), folder / "vault"
        init_home(self.home, empty=True)
        with open_home(self.home) as store:
            grow(store, items)
            write_notes(store)
        self.environment = {"NOTES_TUI_HOME": str(self.home.path)}
        self.git = (
            "git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "--git-dir",
            folder / "repository", "--work-tree", self.vault,
        )  # fmt: skip

    def notes(self, *arguments: str | Path) -> Cost:
        """A command of the program."""
        return run((*NOTES, *arguments), self.environment)

    def edit(self, number: int) -> None:
        """Somebody adds a paragraph to one file."""
        path = self.vault / "papers" / f"key{number % self.items}.md"
        with path.open("a") as file:
            file.write(f"\nOne more paragraph, the {number}th.\n")

    def exports(self) -> list[tuple[str, Cost, Cost]]:
        """A full export beside writing plainly, a second one beside looking at the files."""
        first, plain, again, looks = [], [], [], []
        for number in range(self.runs):
            new = self.folder / f"vault-{number}"
            first.append(self.notes("export", "markdown", new))
            files = contents(new)
            plain.append(here(partial(write_plainly, files, self.folder / f"plain-{number}")))
            again.append(self.notes("export", "markdown", new))
            looks.append(here(partial(look_at, files, new)))
        return [
            ("full export, beside writing the same bytes", Cost.median(first), Cost.median(plain)),
            ("export of what is there, beside its metadata", Cost.median(again), Cost.median(looks)),
        ]

    def syncs(self) -> list[tuple[str, Cost, Cost]]:
        """A sync after one edit beside a verb and git, in turn."""
        self.notes("sync", self.vault)
        run((*self.git, "init", "-q"))
        run((*self.git, "add", "--all"))
        run((*self.git, "commit", "-q", "-m", "Notes"))
        edited, idle, verbs, statuses = [], [], [], []
        for number in range(self.runs + 1):
            self.edit(number)
            statuses.append(run((*self.git, "status", "--porcelain")))
            verbs.append(self.notes("show", "key1"))
            edited.append(self.notes("sync", self.vault))
            idle.append(self.notes("sync", self.vault))
        verb, status, synced, second = (Cost.median(each[1:]) for each in (verbs, statuses, edited, idle))
        bound = verb + status.times(3)
        return [
            ("a verb, beside git status", verb, status),
            ("sync after one edit, beside verb + 3 git status", synced, bound),
            ("sync without a change, beside the same", second, bound),
        ]


def report(rows: Sequence[tuple[str, Cost, Cost]]) -> None:
    """Print the table: what, here, bare limit, ratio, for both clocks."""
    print(f"{'what':50} {'here':>9} {'bare':>9} {'ratio':>6} {'CPU here':>9} {'bare':>9} {'ratio':>6}")
    for name, cost, bare in rows:
        cells = [
            f"{mine * 1000:7.0f}ms {limit * 1000:7.0f}ms {mine / limit if limit else 0:6.2f}"
            for mine, limit in ((cost.wall, bare.wall), (cost.cpu, bare.cpu))
        ]
        print(f"{name:50} {' '.join(cells)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.items, options.runs)
        report([*bench.syncs(), *bench.exports()])
    print(f"{options.items:,} items with notes; median of {options.runs}")


if __name__ == "__main__":
    main()
