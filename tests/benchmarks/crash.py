"""Kill a real process at random moments and look at what is left.

A worker makes changes through the services and prints a line for each one that was acknowledged. It is killed
(SIGKILL) after a random time; then the home is opened again: the database must be sound, every acknowledged change
there, and a list either whole or absent.

    python -m tests.benchmarks.crash 300
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from notes_tui.model.item import Reference
from notes_tui.model.reading_list import ListEntry, ReadingList
from notes_tui.services import (
    backing_up,
    capturing,
    editing,
    home,
    journaling,
    list_importing,
    listing,
    reading,
    writing,
)
from notes_tui.settings import Config, Home
from notes_tui.store import snapshots
from notes_tui.store.database import Store, open_store

STATUSES = ("unread", "queued", "reading", "read")
LIST_LENGTH = 60


def a_list(number: int) -> ReadingList:
    """A reading list of works that stand in no other."""
    entries = tuple(
        ListEntry(
            section=("Part", str(place % 5)),
            title=f"Listed Work {number}-{place}",
            text=f"Listed Work {number}-{place} (OSDI20)",
            reference=Reference(title=f"Listed Work {number}-{place}", venue="OSDI", year=2020),
        )
        for place in range(LIST_LENGTH)
    )
    return ReadingList(title=f"List {number}", slug=f"list-{number}", entries=entries)


def acknowledge(*words: object) -> None:
    """Say that a change is done; whatever is said must be there after a crash."""
    print(*words, flush=True)


def work(folder: Path) -> None:
    """Make changes for ever."""
    with home.open_home(Home(folder), bundled=False) as store:
        start = store.count("SELECT coalesce(max(id), 0) FROM items")
        for number in range(start, start + 1_000_000):
            _one_round(store, folder, number)


def _one_round(store: Store, folder: Path, number: int) -> None:
    [item] = capturing.add(store, [f"Crash Study {number}"]).items
    acknowledge("item", item.citekey, "-")
    writing.save_note(store, item.item_id, f"笔记 {number}")
    acknowledge("note", item.citekey, f"笔记-{number}")
    status = random.choice(STATUSES[1:])
    reading.mark(store, status, [item.item_id], allowed=STATUSES)
    acknowledge("status", item.citekey, status)
    writing.add_tag(store, "bulk", listing.find(store))
    acknowledge("tagged", item.citekey, "bulk")
    if number % 3 == 0:
        list_importing.import_list(store, a_list(number))
        acknowledge("list", f"list-{number}", LIST_LENGTH)
    if number % 4 == 0:
        editing.edit(store, item.item_id, {"title": f"Edited {number}"})
        journaling.undo(store)
        acknowledge("undone", item.citekey, f"Crash-Study-{number}")
    if number % 7 == 0:
        written = backing_up.backup(store, Home(folder), Config())
        acknowledge("backup", written.path.name, "-")


def check(folder: Path, acknowledged: list[str]) -> list[str]:
    """What is wrong with a home after a crash, in words; nothing is the answer wanted."""
    wrong: list[str] = []
    with home.open_home(Home(folder), bundled=False) as store:
        wrong += snapshots.problems(store)
        wrong += [f"status of row {row}" for row in snapshots.stale_derived_rows(store)]
        for row in store.rows(
            "SELECT c.slug, count(e.id) FROM collections c LEFT JOIN entries e ON e.collection_id = c.id GROUP BY c.id"
        ):
            if row[1] != LIST_LENGTH:
                wrong.append(f"{row[0]} has {row[1]} entries")
        for line in acknowledged:
            kind, key, value = line.split(" ", 2)
            if not _is_there(store, folder, kind, key, value):
                wrong.append(f"acknowledged and lost: {line}")
    for path in (folder / "backups").glob("*.db"):
        with open_store(path) as snapshot:
            wrong += [f"{path.name}: {problem}" for problem in snapshots.problems(snapshot)]
    return wrong


def _is_there(store: Store, folder: Path, kind: str, key: str, value: str) -> bool:
    if kind == "backup":
        return (folder / "backups" / key).exists()
    if kind == "list":
        return store.count("SELECT count(*) FROM collections WHERE slug = ?", (key,)) == 1
    row = store.row("SELECT * FROM items WHERE citekey = ?", (key,))
    if row is None:
        return False
    if kind == "note":
        return writing.read_note(store, row["id"]) == value.replace("-", " ")
    if kind == "status":
        return bool(row["read_status"] == value)
    if kind == "tagged":
        return (
            store.count("SELECT count(*) FROM item_tags WHERE item_id = ? AND tag = ?", (row["id"], value))
            == 1
        )
    return kind == "item" or bool(row["title"] == value.replace("-", " "))


def kill_once(folder: Path, seconds: float) -> tuple[list[str], list[str]]:
    """Start a worker, kill it after some time, check. Returns what was acknowledged, and what is wrong."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.crash", "--work", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    time.sleep(seconds)
    worker.kill()
    output, _ = worker.communicate()
    acknowledged = [line for line in output.splitlines(keepends=True) if line.endswith("\n")]
    lines = [line.strip() for line in acknowledged]
    return lines, check(folder, lines)


def main(kills: int) -> int:
    """Kill a worker many times on one growing home after another; prints a table of what was seen."""
    seen: Counter[str] = Counter()
    failures: list[str] = []
    for number in range(kills):
        if number % 10 == 0:
            folder = Path(tempfile.mkdtemp(prefix="crash-"))
        acknowledged, wrong = kill_once(folder, random.uniform(0.1, 1.2))
        seen.update(line.split(" ", 1)[0] for line in acknowledged)
        failures += wrong
        for complaint in wrong:
            print(f"kill {number}: {complaint}", file=sys.stderr)
    print(f"{kills} kills, {sum(seen.values())} acknowledged changes, {len(failures)} lost or damaged")
    for kind, number in sorted(seen.items()):
        print(f"  {kind:8} {number:8,}")
    return 1 if failures else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(Path(sys.argv[2]))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
