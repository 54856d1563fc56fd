"""What a vault costs, beside the bare limit measured in the same run: git, or the same files without this program.

Every row is a whole command in a process of its own, in seconds of CPU (user and system); the least of several
runs counts, and the sides take turns. The vault lies outside a git work tree; git looks at the same folder with a
repository kept elsewhere. Run it with ``python -m tests.benchmarks.bench_vault [HOME]``; it prints a table.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from notes_tui.services import reading
from notes_tui.services.home import open_home
from notes_tui.settings import STATUS_NAMES, Home
from tests.benchmarks.generate import generate
from tests.benchmarks.rows import Row, cost_of_process, cpu_of, environment

NOTES = (sys.executable, "-m", "notes_tui")
ITEMS = 10_000
RUNS = 5


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

    def __init__(self, home: Path, folder: Path, items: int, runs: int) -> None:
        self.home, self.folder, self.runs, self.items = home, folder, runs, items
        self.vault = folder / "vault"
        self.env = environment(home)
        self.git = (
            "git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "--git-dir",
            str(folder / "repository"), "--work-tree", str(self.vault),
        )  # fmt: skip

    def notes(self, *arguments: str | Path) -> float:
        """CPU seconds of a command of the program."""
        return cost_of_process([*NOTES, *map(str, arguments)], self.env).cpu

    def edit(self, number: int) -> None:
        """Somebody adds a paragraph to one file."""
        path = sorted((self.vault / "papers").glob("*.md"))[number]
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\nOne more paragraph, the {number}th.\n")

    def mark(self, number: int) -> None:
        """Somebody marks one item."""
        with open_home(Home(self.home)) as store:
            store.snapshot = None
            (item_id,) = store.tuples(
                "SELECT id FROM items WHERE trashed = '' ORDER BY id LIMIT 1 OFFSET ?", (number,)
            )[0]
            reading.mark(store, "dropped", [item_id], allowed=STATUS_NAMES)

    def exports(self) -> list[Row]:
        """A full export beside writing plainly, a second one beside looking at the files."""
        costs = []
        for _ in range(self.runs):
            new, plain = self.folder / "new", self.folder / "plain"
            first = self.notes("export", "markdown", new)
            files = contents(new)
            written = cpu_of(partial(write_plainly, files, plain))
            again = self.notes("export", "markdown", new)
            costs.append((first, written, again, cpu_of(partial(look_at, files, new))))
            shutil.rmtree(new)
            shutil.rmtree(plain)
        first, written, again, looked = map(min, zip(*costs, strict=True))
        return [
            Row("full export of notes", self.items, first, written, 2, limit="writing the same bytes to new files"),
            Row("export of notes, nothing changed", self.items, again, looked, 3, limit="the same files' metadata"),
        ]  # fmt: skip

    def syncs(self) -> list[Row]:
        """A sync after one edit, after one mark and after nothing, beside a verb and three times git, in turn."""
        self.notes("sync", self.vault)
        for arguments in (("init", "-q"), ("add", "--all"), ("commit", "-q", "-m", "Notes")):
            cost_of_process([*self.git, *arguments], self.env)
        costs = []
        for number in range(self.runs):
            self.edit(number)
            status = cost_of_process([*self.git, "status", "--porcelain"], self.env).cpu
            verb = self.notes("stats")
            edited, idle = self.notes("sync", self.vault), self.notes("sync", self.vault)
            self.mark(number)
            costs.append((edited, self.notes("sync", self.vault), idle, verb, status))
        edited, marked, idle, verb, status = map(min, zip(*costs, strict=True))
        bound = verb + 3 * status
        limit = "a verb's start and three times git status"
        return [
            Row("sync after an edit", self.items, edited, bound, 0, limit=limit),
            Row("sync after a mark", self.items, marked, bound, 0, limit=limit),
            Row("sync, nothing changed", self.items, idle, bound, 0, limit=limit),
        ]


def measure(home: Path, items: int = ITEMS, runs: int = RUNS) -> list[Row]:
    """The rows of this benchmark for a home, in which a few items are edited and marked."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(home, Path(folder), items, runs)
        return [*bench.exports(), *bench.syncs()]


def report(rows: Sequence[Row]) -> None:
    """Print the table: what, here, bare limit, ratio."""
    print(f"{'what':40} {'here':>9} {'bare':>9} {'ratio':>6}")
    for row in rows:
        print(f"{row.what:40} {row.ours * 1000:7.0f}ms {row.bare * 1000:7.0f}ms {row.ratio:6.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, nargs="?", help="a library, which is copied")
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if options.home is None:
            generate(home, options.items)
        else:
            home.mkdir()
            shutil.copy(options.home / "notes.db", home)
        report(measure(home, options.items, options.runs))


if __name__ == "__main__":
    main()
