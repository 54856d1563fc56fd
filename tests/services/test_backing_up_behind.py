"""Backups of a window: the change does not wait, and the copy is from before it."""

from __future__ import annotations

from notes_tui.services import reading
from notes_tui.services.backing_up_behind import BackupsBehind
from notes_tui.settings import Config, Home
from notes_tui.store import items
from notes_tui.store.database import Store, open_store
from tests.conftest import AddItem

STATUSES = Config().status_names


def test_the_backup_is_from_before_the_change_and_taken_once(
    home: Home, store: Store, add_item: AddItem
) -> None:
    store.snapshot = None
    first, second = add_item("Kiln"), add_item("Glaze")
    behind = BackupsBehind(home)
    with open_store(home.database) as window:
        behind.keep(window)
        reading.mark(window, "read", [first], allowed=STATUSES)
        reading.mark(window, "read", [second], allowed=STATUSES)
        behind.wait()
        assert window.notices == []
    assert not behind.is_copying
    [backup] = home.backups.glob("notes-*.db")
    with open_store(backup) as copy:
        assert [items.by_id(copy, each).read_status for each in (first, second)] == ["unread", "unread"]
    assert items.by_id(store, first).read_status == "read"


def test_a_backup_that_fails_stops_nothing_and_is_told(home: Home, store: Store, add_item: AddItem) -> None:
    store.snapshot = None
    item = add_item("Kiln")
    home.backups.parent.mkdir(parents=True, exist_ok=True)
    home.backups.write_text("in the way", "utf-8")
    behind = BackupsBehind(home)
    with open_store(home.database) as window:
        behind.keep(window)
        assert reading.mark(window, "read", [item], allowed=STATUSES).changed
        behind.wait()
        [notice] = window.notices
    assert notice.startswith("no backup was written")
