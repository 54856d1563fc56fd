"""Disks and permissions that fail, seen from a process that suffers them."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from notes_tui.errors import StoreError
from notes_tui.services import capturing, listing, writing
from notes_tui.store import snapshots
from notes_tui.store.database import SCHEMA_VERSION, Store, open_store

DUMPS = Path(__file__).parent / "dumps"

FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from notes_tui.errors import StoreError
from notes_tui.services import capturing, writing
from notes_tui.store.database import open_store
store = open_store(Path(sys.argv[1]))
[item] = capturing.add(store, ["Before The Disk Filled"]).items
print("acknowledged", flush=True)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = Path(sys.argv[1] + "-wal").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, size + 20_000))
try:
    writing.save_note(store, item.item_id, "x" * 1_000_000)
except StoreError as error:
    print("refused", error.hint != "", flush=True)
print(len(writing.read_note(store, item.item_id)), flush=True)
"""

READ_ONLY = """
import os, sys
from pathlib import Path
from notes_tui.errors import StoreError
from notes_tui.services import capturing, listing
from notes_tui.store import journal
from notes_tui.store.database import open_store
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
store = open_store(Path(sys.argv[1]))
print(len(listing.find(store, "readable")), flush=True)
try:
    capturing.add(store, ["Another"])
except StoreError as error:
    print("refused", "permissions" in error.hint, flush=True)
"""


def run(script: str, place: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, str(place)], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.splitlines()


def test_a_disk_that_fills_up_loses_nothing_and_says_so(store: Store) -> None:
    assert run(FULL_DISK, store.path) == ["acknowledged", "refused True", "0"]
    assert listing.find(store, "filled") == [1]
    assert snapshots.problems(store) == []


def test_a_home_that_may_not_be_written_can_be_read(store: Store, tmp_path: Path) -> None:
    capturing.add(store, ["Readable"])
    listing.find(store, "readable")
    store.close()
    place = Path("/var/tmp") / f"notes-tui-read-only-{os.getpid()}"
    place.mkdir()
    try:
        shutil.copyfile(store.path, place / "notes.db")
        (place / "notes.db").chmod(0o444)
        place.chmod(0o555)
        if os.getuid() == 0:
            assert run(READ_ONLY, place / "notes.db") == ["1", "refused True"]
        else:
            with open_store(place / "notes.db") as opened:
                assert len(listing.find(opened, "readable")) == 1
                with pytest.raises(StoreError, match="readonly"):
                    capturing.add(opened, ["Another"])
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_databases_of_every_older_version_open_with_every_row(tmp_path: Path, version: int) -> None:
    place = tmp_path / "notes.db"
    place.write_bytes(gzip.decompress((DUMPS / f"schema{version}.db.gz").read_bytes()))
    with open_store(place) as opened:
        assert opened.value("PRAGMA user_version") == SCHEMA_VERSION
        assert snapshots.problems(opened) == []
        counts = {
            table: opened.count(f"SELECT count(*) FROM {table}")
            for table in (
                "items",
                "notes",
                "annotations",
                "item_tags",
                "events",
                "entries",
                "collections",
                "aliases",
            )
        }
        assert counts == {
            "items": 3, "notes": 2, "annotations": 2, "item_tags": 3, "events": 5, "entries": 2, "collections": 1,
            "aliases": 1,
        }  # fmt: skip
        [item_id] = listing.find(opened, "调度")
        assert writing.read_note(opened, item_id) == "研究集群调度"
        assert listing.find(opened, "status:read") == [item_id]
