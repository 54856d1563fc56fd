"""What a short command costs from its start to its end: ``python -m tests.benchmarks.bench_commands [HOME]``.

Beside reading commands stands Python with nothing but ``sqlite3`` and ``json`` that opens the same database, selects
the same columns of the same 20 items and prints them as JSON; beside ``--help`` and ``--version`` stands Python
that does nothing. All processes of a table are run in turn.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.generate import generate
from tests.benchmarks.rows import PROCESS_ROUNDS, Row, alternating_processes, environment

ITEMS = 1_000
BARE_QUERY = """
import json, sqlite3, sys

db = sqlite3.connect(sys.argv[1])
db.row_factory = sqlite3.Row
rows = db.execute('''SELECT i.citekey, i.type, i.title, i.title_short, i.creators, i.venue, i.year, i.doi, i.arxiv,
    i.abstract, i.links, i.read_status, i.rating, i.page, i.pages, i.private, i.added,
    (SELECT count(*) FROM notes n WHERE n.item_id = i.id) AS notes,
    (SELECT count(*) FROM annotations a WHERE a.item_id = i.id) AS annotations,
    (SELECT json_group_array(tag) FROM item_tags t WHERE t.item_id = i.id) AS tags,
    (SELECT json_group_array(alias) FROM aliases s WHERE s.item_id = i.id) AS aliases,
    (SELECT json_group_array(json_array(c.slug, e.section, e.position, e.title, e.text, e.fields))
        FROM entries e JOIN collections c ON c.id = e.collection_id WHERE e.item_id = i.id) AS collections,
    (SELECT json_group_array(json_array(f.path, f.kind, f.title)) FROM attachments f WHERE f.item_id = i.id) AS files
    FROM items i WHERE i.trashed = '' AND i.read_status = 'unread' ORDER BY i.list_order, i.id LIMIT 20''')
json.dump([dict(row) for row in rows], sys.stdout)
"""
QUERY, NOTHING = "Python, sqlite3 and json with the same query", "python -c pass"


@dataclass(frozen=True, slots=True)
class Measured:
    """A command line, what it is called in the table, and what it is measured against."""

    what: str
    args: tuple[str, ...]
    limit: str
    goal: float = 0
    variables: Mapping[str, str] | None = None


def reading_commands(citekey: str) -> tuple[Measured, ...]:
    """What only looks, some of it at one item."""
    completing = {
        "_NOTES_TUI_COMPLETE": "bash_complete", "COMP_WORDS": f"notes-tui show {citekey[:3]}", "COMP_CWORD": "2"
    }  # fmt: skip
    return (
        Measured(
            "list of 20 unread items, JSON", ("list", "status:unread", "--limit", "20", "--json"), QUERY, 3
        ),
        Measured("list of 20 unread items, piped", ("list", "status:unread", "--limit", "20"), QUERY),
        Measured("search for a word, 20 items", ("list", "learning", "--limit", "20", "--json"), QUERY),
        Measured("show one item", ("show", citekey, "--json"), QUERY),
        Measured("next, 5 items", ("next", "--limit", "5", "--json"), QUERY),
        Measured("completion of a citekey", (), QUERY, variables=completing),
        Measured("--help", ("--help",), NOTHING, 6),
        Measured("--version", ("--version",), NOTHING, 6),
    )


def changing_commands(citekey: str) -> tuple[Measured, ...]:
    """What changes an item, and what a list costs that takes a change into the index first."""
    return (
        Measured("mark what is so already", ("mark", "read", citekey), QUERY),
        Measured("note --append", ("note", citekey, "--append", "A line."), QUERY),
        Measured("list after a change, JSON", ("list", "status:unread", "--limit", "20", "--json"), QUERY),
    )


def an_item(home: Path) -> str:
    """The citekey of an item that has been read."""
    db = sqlite3.connect(home / "notes.db")
    try:
        sql = "SELECT citekey FROM items WHERE trashed = '' AND read_status = 'read' ORDER BY id LIMIT 1"
        return str(db.execute(sql).fetchone()[0])
    finally:
        db.close()


def measure(home: Path, size: int = ITEMS, rounds: int = PROCESS_ROUNDS) -> list[Row]:
    """The rows of this benchmark. The home gets paragraphs in a note and, where it is due, a backup."""
    citekey = an_item(home)
    return [
        *_rows(home, size, rounds, reading_commands(citekey)),
        *_rows(home, size, rounds, changing_commands(citekey)),
    ]


def _rows(home: Path, size: int, rounds: int, chosen: Sequence[Measured]) -> list[Row]:
    env = environment(home)
    python: Sequence[str] = (sys.executable,)
    costs = alternating_processes(
        [
            ((*python, "-c", BARE_QUERY, str(home / "notes.db")), env),
            ((*python, "-c", "pass"), env),
            *(
                ((*python, "-m", "notes_tui", *each.args), env | dict(each.variables or {}))
                for each in chosen
            ),
        ],
        rounds,
    )
    bare = {QUERY: costs[0].cpu, NOTHING: costs[1].cpu}
    return [
        Row(each.what, size, cost.cpu, bare[each.limit], each.goal, limit=each.limit)
        for each, cost in zip(chosen, costs[2:], strict=True)
    ]


def main() -> int:
    """Print the rows; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, nargs="?")
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--rounds", type=int, default=PROCESS_ROUNDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder) / "home"
        if options.home is None:
            generate(home, options.items)
        rows = measure(home, options.items, options.rounds)
    for row in rows:
        print(
            f"{row.what:32} {row.ours * 1000:6.0f} ms, bare {row.bare * 1000:6.0f} ms: {row.ratio:.2f} times"
        )
    return int(not all(row.holds for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
