from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from notes_tui.errors import StoreError
from notes_tui.services import capturing, journaling, writing
from notes_tui.store import search
from notes_tui.store.database import BUSY_TIMEOUT_MS, SCHEMA_VERSION, Store, open_store

SCHEMA = Path(__file__).parent / "schema.sql"


def schema_of(store: Store) -> str:
    rows = store.rows(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'search_%' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite%' ORDER BY type, name"
    )
    return (
        "\n\n".join(f"-- {row['type']} {row['name']}\n" + " ".join(row["sql"].split()) for row in rows) + "\n"
    )


def test_the_whole_schema_with_its_triggers_is_the_one_on_record(store: Store) -> None:
    assert schema_of(store) == SCHEMA.read_text("utf-8")


def test_a_database_is_durable_and_checks_its_references(store: Store) -> None:
    assert store.value("PRAGMA journal_mode") == "wal"
    assert store.value("PRAGMA synchronous") == 2
    assert store.value("PRAGMA foreign_keys") == 1
    assert store.value("PRAGMA user_version") == SCHEMA_VERSION


def test_a_failed_step_changes_nothing(store: Store) -> None:
    def add_and_fail() -> None:
        with store.step("add and fail"):
            capturing.add(store, ["A Title"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_fail()
    assert search.total(store) == 0
    assert store.count("SELECT count(*) FROM journal_steps") == 0
    capturing.add(store, ["A Title"])
    assert search.total(store) == 1


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    place = tmp_path / "notes.db"
    place.write_bytes(b"this is a letter to my aunt, not a database" * 50)
    with pytest.raises(StoreError) as caught:
        open_store(place)
    assert str(place) in caught.value.detail
    assert caught.value.hint


def test_a_database_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "notes.db"
    with open_store(place, create=True) as store:
        store.run(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    before = place.read_bytes()
    with pytest.raises(StoreError, match="newer"):
        open_store(place)
    assert place.read_bytes() == before


def test_a_missing_database_is_an_error_unless_it_is_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        open_store(tmp_path / "notes.db")


WRITER = """
import sys
from pathlib import Path
from notes_tui.services import capturing
from notes_tui.store.database import open_store
with open_store(Path(sys.argv[1])) as store:
    for number in range(300):
        capturing.add(store, [f"{sys.argv[2]} number {number}"])
"""


def test_two_processes_writing_at_once_lose_nothing(store: Store) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(store.path), name]) for name in ("Aleph", "Beth")
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    assert search.total(store) == 600
    assert store.value("PRAGMA integrity_check") == "ok"


def test_another_handle_sees_a_write_and_can_tell_that_there_was_one(store: Store) -> None:
    version = store.data_version

    def write() -> None:
        with open_store(store.path) as other:
            capturing.add(other, ["Seen From Elsewhere"])

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert store.data_version != version
    assert len(search.find(store, search.q.parse("elsewhere"))) == 1


def test_a_handle_knows_whether_somebody_else_is_writing(store: Store) -> None:
    with open_store(store.path) as other:
        assert not store.is_kept_waiting()
        with other.transaction():
            assert store.is_kept_waiting()
            assert not other.is_kept_waiting()
        assert not store.is_kept_waiting()
        with other.one_state():
            other.count("SELECT count(*) FROM items")
            assert not store.is_kept_waiting()
    assert store.value("PRAGMA busy_timeout") == BUSY_TIMEOUT_MS


def test_nothing_is_written_behind_a_step_that_was_interrupted(store: Store) -> None:
    numbers = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1000000)"
    [item] = capturing.add(store, ["A Paper"]).items
    steps = len(journaling.steps(store))
    writes = (
        lambda: writing.add_tag(store, "behind", [item.item_id]),
        lambda: store.run_many("INSERT INTO meta VALUES (?, '')", [("behind",)]),
        lambda: store.transaction().__enter__(),
    )

    def interrupted() -> None:
        with store.step("all of it or nothing"):
            writing.add_tag(store, "before", [item.item_id])
            store.stop_when(lambda: True)
            with suppress(StoreError):
                store.run(f"INSERT INTO meta SELECT 'number.' || n, '' FROM ({numbers} SELECT n FROM n)")
            store.stop_when(lambda: False)
            for write in writes:
                with suppress(StoreError):
                    write()

    with pytest.raises(StoreError, match="was ended"):
        interrupted()
    assert writing.tags(store) == []
    assert store.count("SELECT count(*) FROM meta WHERE key = 'behind' OR key LIKE 'number.%'") == 0
    assert len(journaling.steps(store)) == steps
    writing.add_tag(store, "again", [item.item_id])
    assert writing.tags(store) == [("again", 1)]


def test_text_that_utf8_cannot_hold_is_made_storable(store: Store) -> None:
    [item] = capturing.add(store, ["bad \udcff byte and \x00 nul"]).items
    writing.save_note(store, item.item_id, "x\x00y\ud800z")
    assert writing.read_note(store, item.item_id) == "xy\ufffdz"


def test_the_index_survives_replacing_rows_by_hand(store: Store) -> None:
    [item] = capturing.add(store, ["Replaceable"]).items
    search.refresh(store)
    with sqlite3.connect(store.path) as outside:
        outside.execute("UPDATE items SET title = 'Outsider' WHERE id = ?", (item.item_id,))
    assert search.find(store, search.q.parse("outsider")) == [item.item_id]
    assert search.find(store, search.q.parse("title:replaceable")) == []
