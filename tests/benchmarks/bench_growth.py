"""What grows with a library, and what must not: size on disk, dump, backup, memory of the commands.

Most rows have no bare limit; they are there for the plot, and for the sum of what a million items would
need. ``python -m tests.benchmarks.bench_growth HOME``.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from pathlib import Path

from notes_tui.services import listing
from notes_tui.services.home import open_home
from notes_tui.settings import Home
from tests.benchmarks.rows import Row, Side, alternating, cost_of_process, environment, peak_memory

NOTES = (sys.executable, "-m", "notes_tui")
_ALL = "SELECT id FROM items WHERE trashed = '' ORDER BY list_order, id"


def measure(home: Path, size: int) -> list[Row]:
    """The rows of this benchmark for a home that may be changed."""
    return [_on_disk(home, size), _list(home, size), *_files(home, size), *_memory(home, size)]


def _on_disk(home: Path, size: int) -> Row:
    return Row("size of the database", size, (home / "notes.db").stat().st_size / 1e6, 0.0, 0, "MB")


def _list(home: Path, size: int) -> Row:
    """Opening the whole library as a list."""
    with open_home(Home(home)) as store:
        bare = sqlite3.connect(home / "notes.db")
        repeat = 20 if size <= 10_000 else 1
        find, select = alternating(
            [Side(lambda: listing.find(store, "")), Side(lambda: bare.execute(_ALL).fetchall())],
            repeat=repeat,
        )
        bare.close()
    return Row("list of all papers, ids in order", size, find, select, 0, limit="the SELECT alone")


def _files(home: Path, size: int) -> list[Row]:
    """Dump and backup, once each: both are long enough for the clock."""
    env = environment(home)
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "dump.json")
        dump = cost_of_process([*NOTES, "export", "json", target], env)
        length = os.path.getsize(target) / 1e6
    backup = cost_of_process([*NOTES, "backup"], env)
    return [
        Row("dump of everything", size, dump.cpu, 0.0, 0),
        Row("size of the dump", size, length, 0.0, 0, "MB"),
        Row("backup, checked", size, backup.cpu, 0.0, 0),
    ]


def _memory(home: Path, size: int) -> list[Row]:
    env = environment(home)
    python = peak_memory([sys.executable, "-c", "import sqlite3, json"], env)
    bare = "Python with sqlite3 and json"
    commands = {
        "list of 20, memory": ("list", "status:unread", "--limit", "20", "--json"),
        "search, memory": ("list", "scheduling memory", "--limit", "20", "--json"),
        "dump of everything, memory": ("export", "json", os.devnull),
    }
    return [
        Row(what, size, peak_memory([*NOTES, *arguments], env), python, 0, "MB", bare)
        for what, arguments in commands.items()
    ]


def main() -> None:
    """Print the rows for a home."""
    home = Path(sys.argv[1])
    with open_home(Home(home)) as store:
        size = store.count("SELECT count(*) FROM items")
    for row in measure(home, size):
        print(f"{row.what:36} {row.ours:9.3f} {row.unit:2} bare {row.bare:9.3f}")


if __name__ == "__main__":
    main()
