"""What searching costs: ``python -m tests.benchmarks.bench_search [HOME] [--items 100000]``.

Beside the search call stands the bare FTS5 statement on a connection of its own: the same ``MATCH``,
``ORDER BY rank LIMIT 200``. Beside a letter typed in the search bar stands the same statement for what has been
typed so far, plus the letter typed in the same program with ten papers, which is one repaint.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from notes_tui.model import query as q
from notes_tui.services import listing
from notes_tui.store import search
from notes_tui.store.database import Store, open_store
from notes_tui.store.matching import match_of, split
from tests.benchmarks.bench_interface import NOTES, Program
from tests.benchmarks.generate import generate
from tests.benchmarks.rows import FUNCTION_ROUNDS, Row, Side, alternating, environment

ITEMS = 1_000
LIMIT = 200
BARE = f"SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT {LIMIT}"
STATEMENT = f"the bare FTS5 statement, top {LIMIT}"
TYPED = "learning sched"
REPAINT = "the bare FTS5 statements and as many repaints"
QUIET = 0.4
"""Seconds without output after which a letter has done all it does."""
SHORT = 0.002
"""Seconds below which a call is measured several times together; a rare word takes no longer."""
LARGE = 100_000
"""Papers from which on the goal of the search call counts; in small libraries a call takes about a millisecond."""
RARE = "rare word, also in PDFs"
"""Nothing is found in the first index, so the pages of PDFs are asked too: fractions of a millisecond each."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and what it is called in the table."""

    what: str
    text: str
    unfinished: bool = False

    @property
    def match(self) -> str:
        """The words of the query as the index is asked for them."""
        words, _ = split(q.parse(self.text, unfinished=self.unfinished).where)
        return match_of(words) if words is not None else ""


QUERIES = (
    Asked("word in half of all papers", "learning"),
    Asked("word in a quarter", "scheduling"),
    Asked("two words", "deep learning"),
    Asked("phrase", '"deep learning"'),
    Asked("unfinished word", "sch", unfinished=True),
    Asked("Chinese, two characters", "调度"),
    Asked("Chinese, one character", "调"),
    Asked("word with status", "status:unread scheduling"),
    Asked("word with tag", "tag:moe learning"),
    Asked("word with year", "learning year:2020"),
    Asked("word without another", "learning -deep"),
    Asked("either of two words", "scheduling OR routing"),
    Asked("word in the title", "title:learning"),
)


def rare_word(db: sqlite3.Connection) -> str:
    """A word that few papers have."""
    db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'search', 'row')")
    sql = "SELECT term FROM temp.vocabulary WHERE term >= 'm' AND term < 'n' AND length(term) > 5 ORDER BY doc, term"
    return str(db.execute(f"{sql} LIMIT 1").fetchone()[0])


def calls(store: Store, db: sqlite3.Connection, size: int, rounds: int) -> list[Row]:
    """The search call beside the bare statement, for every kind of query."""
    found: list[Row] = []
    for asked in (*QUERIES, Asked(RARE, rare_word(db))):
        ours = partial(listing.find, store, asked.text, unfinished=asked.unfinished, sort="rank", limit=LIMIT)
        bare = partial(_rows, db, BARE, (asked.match,))
        [once] = alternating([Side(bare)], 1)
        repeat = 1 if once > SHORT else 20
        here, limit = alternating([Side(ours), Side(bare)], rounds, repeat)
        goal, most = (0.0, SHORT) if asked.what == RARE else (1.3 if size >= LARGE else 0.0, 0.0)
        found.append(Row(f"search: {asked.what}", size, here, limit, goal, limit=STATEMENT, most=most))
    return found


def _rows(db: sqlite3.Connection, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
    return db.execute(sql, parameters).fetchall()


def others(store: Store, db: sqlite3.Connection, size: int, rounds: int) -> list[Row]:
    """What a search may be followed by: suggestions where nothing was found, and the counts of the first pane."""

    def counted() -> None:
        for sql in (
            "SELECT read_status, count(*) FROM items WHERE trashed = '' GROUP BY read_status",
            "SELECT tag, count(*) FROM item_tags GROUP BY tag",
            "SELECT collection_id, section, count(DISTINCT item_id) FROM entries GROUP BY 1, 2",
        ):
            _rows(db, sql)

    corrected, overview, bare = alternating(
        [
            Side(partial(listing.suggest, store, "trasformer sheduling")),
            Side(partial(listing.overview, store)),
            Side(counted),
        ],
        rounds,
    )
    return [
        Row("suggestion for two misspelt words", size, corrected, 0, 0),
        Row("counts of the first pane", size, overview, bare, 0, limit="counting by three bare statements"),
    ]


def letters(home: Path, typed: str = TYPED) -> list[float]:
    """CPU seconds of each letter typed in the search bar over all papers, up to the end of what it does."""
    program = Program.start(NOTES, environment(home, TERM="xterm-256color"))
    program.read_until_quiet(seconds=1.5)
    for keys in ("h", "g", "\r", "/"):
        program.press(keys)
        program.read_until_quiet(seconds=QUIET)
    costs: list[float] = []
    for letter in typed:
        before = program.cpu
        program.press(letter)
        program.read_until_quiet(seconds=QUIET)
        costs.append(program.cpu - before)
    program.stop()
    return costs


def typing(home: Path, size: int, db: sqlite3.Connection, rounds: int) -> Row:
    """All letters of a query typed one after the other, beside the bare statements and repaints."""
    matches = [Asked("", TYPED[: end + 1], unfinished=True).match for end in range(len(TYPED))]
    statements = [alternating([Side(partial(_rows, db, BARE, (match,)))], rounds)[0] for match in matches]
    with tempfile.TemporaryDirectory() as folder:
        ten = Path(folder) / "ten"
        generate(ten, 10)
        sides = [(letters(home), letters(ten)) for _ in range(max(rounds // 2, 1))]
    ours = sum(statistics.median(costs) for costs in zip(*(here for here, _ in sides), strict=True))
    repaints = sum(statistics.median(costs) for costs in zip(*(bare for _, bare in sides), strict=True))
    number = len(TYPED)
    return Row(
        "letter typed in the search bar", size, ours / number, (sum(statements) + repaints) / number, 1.5, limit=REPAINT
    )  # fmt: skip


def measure(home: Path, size: int = ITEMS, rounds: int = FUNCTION_ROUNDS) -> list[Row]:
    """The rows of this benchmark."""
    db = sqlite3.connect(home / "notes.db", isolation_level=None)
    with open_store(home / "notes.db") as store:
        search.refresh(store)
        rows = [*calls(store, db, size, rounds), *others(store, db, size, rounds)]
    rows.append(typing(home, size, db, rounds))
    db.close()
    return rows


def main() -> int:
    """Print the rows; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, nargs="?")
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--rounds", type=int, default=FUNCTION_ROUNDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder) / "home"
        if options.home is None:
            generate(home, options.items)
        rows = measure(home, options.items, options.rounds)
    for row in rows:
        print(
            f"{row.what:36} {row.ours * 1000:8.2f} ms, bare {row.bare * 1000:8.2f} ms: {row.ratio:.2f} times"
        )
    return int(not all(row.holds for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
