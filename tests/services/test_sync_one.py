"""One file of a vault taken in by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.model.item_merging import Choice
from notes_tui.services import collecting, conflicts, journaling, listing, reading, sync_one, syncing, writing
from notes_tui.services.adopting import adopt
from notes_tui.services.sync_one import FileOfItem
from notes_tui.store import items
from notes_tui.store.database import Store
from tests.conftest import STATUSES, AddItem


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def item_id(store: Store, add_item: AddItem, vault: Path) -> int:
    """An item with a note, in a vault that was synced."""
    added = add_item("AntMan: Dynamic Scaling")
    add_item("Another Paper")
    writing.save_note(store, added, "One.\n\nTwo.\n")
    syncing.sync(store, vault)
    return added


def the_file(store: Store, item_id: int) -> FileOfItem:
    found = sync_one.file_of(store, item_id)
    assert found is not None
    return found


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_words_status_and_places_written_into_the_file_come_in_as_one_step(
    store: Store, vault: Path, item_id: int
) -> None:
    collecting.create(store, "Reading Group")
    collecting.put(store, "reading-group", [item_id])
    syncing.sync(store, vault)
    file = the_file(store, item_id)
    assert file.place.parent == vault / "papers"
    edit(file.place, "Two.\n", "Two.\n\nThree, 调度.\n")
    edit(file.place, "read_status: unread", "read_status: read")
    edit(file.place, "slug: reading-group", "slug: seminar")
    report = sync_one.take_file(store, file, statuses=STATUSES)
    item = items.by_id(store, item_id)
    assert writing.read_note(store, item_id) == "One.\n\nTwo.\n\nThree, 调度.\n"
    assert (item.read_status, [each.slug for each in item.entries]) == ("read", ["seminar"])
    assert report.taken[0].parts == ("note", "read_status", "collections")
    assert "seminar" in file.place.read_text("utf-8")
    journaling.undo(store)
    item = items.by_id(store, item_id)
    assert (item.read_status, [each.slug for each in item.entries]) == ("unread", ["reading-group"])
    assert writing.read_note(store, item_id) == "One.\n\nTwo.\n"


def test_the_file_is_brought_up_to_date_before_it_is_opened(store: Store, vault: Path, item_id: int) -> None:
    reading.mark(store, "reading", [item_id], allowed=STATUSES)
    assert "read_status: reading" in the_file(store, item_id).place.read_text()


def test_an_unchanged_file_is_no_step(store: Store, vault: Path, item_id: int) -> None:
    steps = len(journaling.steps(store))
    file = the_file(store, item_id)
    before = file.place.stat().st_mtime_ns
    report = sync_one.take_file(store, file)
    assert (report.taken, report.conflicts, report.written) == ([], [], 0)
    assert (len(journaling.steps(store)), file.place.stat().st_mtime_ns) == (steps, before)


def test_conflicts_in_the_file_wait_and_can_be_ended(store: Store, vault: Path, item_id: int) -> None:
    file = the_file(store, item_id)
    edit(file.place, "One.", "One, by file.")
    writing.save_note(store, item_id, "One, by program.\n\nTwo.\n")
    [waiting] = sync_one.take_file(store, file).conflicts
    assert (waiting.conflict.mine, waiting.conflict.theirs) == ("One, by program.", "One, by file.")
    assert "One, by file." in file.place.read_text()
    writing.append_note(store, item_id, "Later.")
    assert "One, by file." in file.place.read_text()
    done = conflicts.resolve(store, waiting.uid, Choice("both"))
    assert done.remaining == 0
    assert "AntMan" in done.label
    assert "One, by program.\nOne, by file.\n" in file.place.read_text()


def test_a_status_that_is_none_is_told(store: Store, vault: Path, item_id: int) -> None:
    file = the_file(store, item_id)
    edit(file.place, "read_status: unread", "read_status: devoured")
    report = sync_one.take_file(store, file)
    assert "devoured" in report.problems[0].message


def test_a_file_that_is_no_text_is_a_problem_and_loses_nothing(
    store: Store, vault: Path, item_id: int
) -> None:
    file = the_file(store, item_id)
    file.place.write_bytes(b"\xff\xfe")
    report = sync_one.take_file(store, file)
    assert "UTF-8" in report.problems[0].message
    assert writing.read_note(store, item_id) == "One.\n\nTwo.\n"
    assert file.place.read_bytes() == b"\xff\xfe"


def test_items_without_a_file_have_none(store: Store, add_item: AddItem, vault: Path, item_id: int) -> None:
    assert sync_one.file_of(store, add_item("Not Synced")) is None
    the_file(store, item_id).place.unlink()
    assert sync_one.file_of(store, item_id) is None


def test_an_adopted_file_is_the_file_of_its_note(store: Store, tmp_path: Path) -> None:
    root = tmp_path / "own"
    (root / "Topic" / "Kiln").mkdir(parents=True)
    readme = root / "Topic" / "Kiln" / "README.md"
    readme.write_text("# Kiln: Firing Models in Small Ovens\n\n> OSDI 2021\n\nWords.\n")
    adopt(store, root)
    syncing.sync(store, root)
    [item_id] = listing.find(store, "words")
    file = the_file(store, item_id)
    assert file.place == readme
    edit(readme, "Words.\n", "Words.\n\nMore words.\n")
    report = sync_one.take_file(store, file)
    assert [each.parts for each in report.taken] == [("note",)]
    assert report.label == "Kiln taken in from its file"
    assert writing.read_note(store, item_id).endswith("Words.\n\nMore words.\n")
    assert readme.read_text().endswith("Words.\n\nMore words.\n")


def test_an_editor_that_puts_older_words_over_a_newer_file_loses_none(
    store: Store, vault: Path, item_id: int
) -> None:
    file = the_file(store, item_id)
    opened = file.place.read_text()
    writing.save_note(store, item_id, "One, by program.\n\nTwo.\n\nThree.\n")
    file.place.write_text(opened.replace("One.", "One, by editor."))
    [waiting] = sync_one.take_file(store, file).conflicts
    assert (waiting.conflict.mine, waiting.conflict.theirs) == ("One, by program.", "One, by editor.")
    assert writing.read_note(store, item_id) == "One, by program.\n\nTwo.\n\nThree.\n"
    assert file.place.read_text().endswith("One, by editor.\n\nTwo.\n\nThree.\n")


def test_a_file_written_again_while_an_editor_was_open_and_left_alone_is_no_step(
    store: Store, vault: Path, item_id: int
) -> None:
    file = the_file(store, item_id)
    writing.save_note(store, item_id, "One, by program.\n\nTwo.\n")
    report = sync_one.take_file(store, file)
    assert (report.taken, report.conflicts) == ([], [])
    report = syncing.sync(store, vault)
    assert (report.came_in, report.written, report.conflicts) == (0, 0, [])
