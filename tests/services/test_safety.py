from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from notes_tui.errors import NothingToUndoError, UnreadableFileError
from notes_tui.model.item import Annotation
from notes_tui.services import (
    backing_up,
    capturing,
    collecting,
    doctor,
    editing,
    importing,
    journaling,
    listing,
    reading,
    restoring,
    writing,
)
from notes_tui.services.home import init_home, open_home
from notes_tui.services.site import export_site
from notes_tui.settings import Config, Home
from notes_tui.store import events, journal, search
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES, AddItem, Clock

TABLES = (
    "items",
    "aliases",
    "relations",
    "collections",
    "entries",
    "item_tags",
    "notes",
    "annotations",
    "views",
)


def library(store: Store) -> dict[str, object]:
    """Everything a user can see, for comparing two moments."""
    tables: dict[str, object] = {
        name: [tuple(row) for row in store.rows(f"SELECT * FROM {name} ORDER BY id")] for name in TABLES
    }
    return tables | {"history": reading.history(store)}


@pytest.fixture
def busy(store: Store, add_item: AddItem) -> list[int]:
    ids = [add_item(title) for title in ("One", "Two", "Three")]
    writing.save_note(store, ids[0], "a note on 调度")
    writing.annotate(store, ids[1], Annotation(page=2, quote="marked"))
    writing.add_tag(store, "tag", ids)
    collecting.create(store, "List")
    collecting.put(store, "list", ids)
    reading.mark(store, "read", ids[:2], allowed=STATUSES)
    return ids


def test_everything_can_be_undone_and_redone_across_restarts(
    store: Store, home: Home, busy: list[int]
) -> None:
    editing.edit(store, busy[0], {"title": "Uno", "citekey": "uno"})
    editing.remove(store, busy[1:])
    editing.empty_trash(store)
    collecting.remove(store, "list", trash_untouched=True)
    last = library(store)
    steps = len(journaling.steps(store))
    for _ in range(steps):
        with open_store(home.database) as reopened:
            journaling.undo(reopened)
    assert all(not rows for rows in library(store).values())
    with pytest.raises(NothingToUndoError):
        journaling.undo(store)
    for _ in range(steps):
        with open_store(home.database) as reopened:
            journaling.redo(reopened)
    assert library(store) == last
    assert listing.find(store, "uno") == [busy[0]]


def test_a_new_change_ends_what_could_be_redone(store: Store, busy: list[int]) -> None:
    journaling.undo(store)
    writing.add_tag(store, "new", busy)
    with pytest.raises(NothingToUndoError):
        journaling.redo(store)


def test_the_journal_is_bounded_and_says_what_it_forgot(
    store: Store, busy: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MAX_BYTES", 20_000)
    made = len(journaling.steps(store)) + 30
    for number in range(30):
        writing.save_note(store, busy[0], f"{number} " + "x" * 2_000)
    kept = journaling.steps(store)
    assert 5 <= len(kept) <= 12
    assert journaling.dropped(store) == made - len(kept)
    assert kept[-1].label == "note on One changed"
    journaling.undo(store)
    assert writing.read_note(store, busy[0]).startswith("28 ")


def test_a_backup_holds_every_row_and_gets_a_second_copy(
    store: Store, home: Home, busy: list[int], tmp_path: Path
) -> None:
    written = backing_up.backup(store, home, Config(backup_to=str(tmp_path / "disk")))
    assert written.counts["items"] == 3
    assert written.copy is not None
    assert written.copy.read_bytes() == written.path.read_bytes()
    with open_store(written.path) as copy:
        assert library(copy) == library(store)
    assert sorted(path.name for path in home.backups.iterdir()) == [written.path.name]


def test_backups_are_thinned_by_age(store: Store, home: Home, clock: Clock) -> None:
    home.backups.mkdir()
    now = clock.at
    ages = [timedelta(minutes=number * 20) for number in range(72 * 3)] + [
        timedelta(days=number) for number in range(4, 400)
    ]
    for age in ages:
        (home.backups / f"notes-{(now - age).strftime('%Y%m%d-%H%M%S')}.db").touch()
    stranger = home.backups / "letter.db"
    stranger.touch()
    backing_up.thin_out(home.backups, now)
    left = sorted(home.backups.glob("notes-*.db"))
    assert 3 + 23 <= len(left) <= 3 + 25 + 15 + 27
    assert stranger.exists()
    assert backing_up.thin_out(home.backups, now) == []


def test_restoring_shows_first_then_changes_and_is_undone(store: Store, home: Home, busy: list[int]) -> None:
    saved = backing_up.backup(store, home, Config()).path
    before = library(store)
    reading.mark(store, "reading", busy, allowed=STATUSES)
    writing.save_note(store, busy[0], "changed")
    editing.remove(store, busy[2:])
    editing.empty_trash(store)
    editing.edit(store, busy[1], {"citekey": "other"})
    changed = library(store)

    shown = restoring.restore(store, home, Config(), saved, apply=False)
    assert not shown.applied
    assert library(store) == changed
    assert {each.table: (each.back, each.gone, each.changed) for each in shown.changes} | {} == {
        "items": (1, 0, 1), "aliases": (0, 1, 0), "entries": (1, 0, 0), "item_tags": (1, 0, 0), "notes": (0, 0, 1),
        "events": (0, 2, 0),
    }  # fmt: skip

    assert restoring.restore(store, home, Config(), saved, apply=True).applied
    assert library(store) == before
    assert listing.find(store, "调度") == [busy[0]]
    assert restoring.restore(store, home, Config(), saved, apply=True).changes == ()
    journaling.undo(store)
    assert library(store) == changed
    journaling.redo(store)
    assert library(store) == before


def test_a_backup_of_another_home_can_be_restored(
    store: Store, home: Home, busy: list[int], tmp_path: Path
) -> None:
    other_home = Home(tmp_path / "other")
    other_home.path.mkdir()
    with open_store(other_home.database, create=True) as other:
        [item] = capturing.add(other, ["Two"]).items
        reading.mark(other, "dropped", [item.item_id], allowed=STATUSES)
        saved = backing_up.backup(other, other_home, Config()).path
        wanted = library(other)
    before = library(store)
    restoring.restore(store, home, Config(), saved, apply=True)
    assert library(store) == wanted
    journaling.undo(store)
    assert library(store) == before


@pytest.mark.parametrize("content", [b"", b"not a database" * 400, None, "torn"])
def test_a_backup_that_is_empty_or_damaged_is_refused(
    store: Store, home: Home, busy: list[int], tmp_path: Path, content: bytes | str | None
) -> None:
    bad = tmp_path / "bad.db"
    if content == "torn":
        whole = bytearray(backing_up.backup(store, home, Config()).path.read_bytes())
        for start in range(4096, len(whole), 4096):
            whole[start : start + 64] = b"\xff" * 64
        bad.write_bytes(bytes(whole))
    elif isinstance(content, bytes):
        bad.write_bytes(content)
    before = library(store)
    with pytest.raises(UnreadableFileError) as caught:
        restoring.restore(store, home, Config(), bad, apply=True)
    assert str(bad) in caught.value.detail
    assert library(store) == before
    assert [path.name for path in home.path.iterdir() if path.name.startswith(".restore")] == []


def test_a_damaged_database_is_replaced_and_kept(store: Store, home: Home, busy: list[int]) -> None:
    saved = backing_up.backup(store, home, Config()).path
    wanted = library(store)
    store.close()
    home.database.write_bytes(b"ruined" * 1000)
    restored = restoring.replace_damaged(home, saved)
    assert Path(restored.kept).read_bytes().startswith(b"ruined")
    with open_store(home.database) as mended:
        assert library(mended) == wanted


def test_doctor_knows_the_folder_of_a_site(
    store: Store, home: Home, add_item: AddItem, tmp_path: Path
) -> None:
    add_item("AntMan: Dynamic Scaling")
    export_site(store, tmp_path / "site")
    states = {each.subject: each.state for each in doctor.examine(store, home)}
    assert states["vaults"] == "ok"
    (tmp_path / "site").rename(tmp_path / "elsewhere")
    [said] = [each.message for each in doctor.examine(store, home) if each.subject == "vaults"]
    assert said.startswith(str(tmp_path / "site"))


def test_doctor_finds_and_mends_what_follows_from_something_else(
    store: Store, home: Home, busy: list[int]
) -> None:
    search.refresh(store)
    assert {finding.state for finding in doctor.examine(store, home)} <= {"ok", "note"}
    store.run("DELETE FROM search WHERE rowid = ?", (busy[0],))
    store.run("UPDATE items SET read_status = 'dropped'")
    broken = {each.subject: each.state for each in doctor.examine(store, home, mend=False)}
    assert (broken["search"], broken["statuses"]) == ("broken", "broken")
    mended = {each.subject: each.state for each in doctor.examine(store, home)}
    assert (mended["search"], mended["statuses"]) == ("mended", "mended")
    assert {finding.state for finding in doctor.examine(store, home)} <= {"ok", "note"}
    assert listing.find(store, "status:read") == busy[:2]
    home.config.write_text("theme: [", "utf-8")
    assert {each.subject: each.state for each in doctor.examine(store, home)}["config"] == "broken"


def test_the_first_change_of_a_day_is_preceded_by_a_backup(home: Home, clock: Clock) -> None:
    for expected in (1, 1, 2):
        with open_home(home, bundled=False) as store:
            store.clock = clock
            capturing.add(store, [f"Work of {clock.at}"])
            capturing.add(store, [f"Another of {clock.at}"])
        assert len(list(home.backups.glob("*.db"))) == expected
        clock.move(hours=8)
    with open_store(sorted(home.backups.glob("*.db"))[-1]) as copy:
        assert len(listing.find(copy)) == 4


def test_a_backup_that_fails_is_told_and_stops_nothing(home: Home) -> None:
    with open_home(home, bundled=False) as store:
        home.backups.write_text("a file where the folder should be")
        capturing.add(store, ["Kept all the same"])
        assert len(listing.find(store)) == 1
        assert "no backup was written" in store.notices[0]


def test_a_home_is_made_whole_with_its_four_lists_and_then_left_alone(home: Home) -> None:
    made = init_home(home)
    assert (made.created, made.items, made.collections) == (True, 221, 4)
    assert [path.name for path in home.path.iterdir()] == ["notes.db"]
    before = home.database.read_bytes()
    again = init_home(home, empty=True)
    assert (again.created, again.items) == (False, 221)
    assert home.database.read_bytes() == before
    with open_home(home) as store:
        assert journaling.steps(store) == []
        assert reading.history(store) == []


def test_an_empty_home_stays_empty(home: Home) -> None:
    assert init_home(home, empty=True).items == 0
    with open_home(home) as store:
        assert collecting.collections(store) == []


def test_a_large_import_is_preceded_by_a_backup_at_most_once_an_hour(home: Home, clock: Clock) -> None:
    entries = "".join(f"@misc{{k{number}, title={{Work {number}}}}}\n" for number in range(600))
    with open_home(home, bundled=False) as store:
        store.clock = clock
        capturing.add(store, ["One"])
        for minutes, expected in ((30, 1), (40, 2), (10, 2)):
            clock.move(minutes=minutes)
            importing.import_text(store, entries, file="x.bib")
            assert len(list(home.backups.glob("*.db"))) == expected


def test_undoing_an_emptied_trash_brings_events_back_beside_later_ones(store: Store) -> None:
    [first] = capturing.add(store, ["AntMan"]).items
    reading.mark(store, "queued", [first.item_id], allowed=STATUSES)
    editing.remove(store, [first.item_id])
    editing.empty_trash(store)
    [second] = capturing.add(store, ["Gandiva"]).items
    reading.mark(store, "read", [second.item_id], allowed=STATUSES)
    for _ in range(4):
        journaling.undo(store)
    assert [event.after for event in events.history(store)] == ["queued"]
    for _ in range(4):
        journaling.redo(store)
    assert [(event.citekey, event.after) for event in events.history(store)] == [(second.citekey, "read")]
