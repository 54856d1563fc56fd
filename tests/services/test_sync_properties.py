"""Random edits of a library and its vault: nothing that somebody wrote is lost, and a second sync is quiet."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from notes_tui.services import conflicts, editing, writing
from notes_tui.services.exporting import export_text
from notes_tui.store import items, notes
from notes_tui.store.database import Store
from tests.services.sync_worlds import Person, check_quiet, some_items


@pytest.fixture
def person(store: Store, tmp_path: Path) -> Person:
    """A small library in step with its vault."""
    made = Person(store, tmp_path / "vault", random.Random(1))
    some_items(made, 1)
    made.sync()
    return made


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_file_with_a_conflict_keeps_its_name_until_that_ends(person: Person) -> None:
    [path] = person.files()
    item = person.item()
    assert item is not None
    editing.rekey(person.store, item.item_id, "library")
    change(path, f"citekey: {item.citekey}", "citekey: file")
    [waiting] = person.sync().conflicts
    assert (waiting.path, path.exists()) == (f"papers/{path.name}", True)
    assert person.sync().conflicts == [waiting]
    [same] = conflicts.waiting(person.store)
    assert same.waiting == waiting


@pytest.mark.parametrize("edited", [False, True])
def test_a_moved_file_of_an_item_in_the_trash_stays_that_items(person: Person, edited: bool) -> None:
    [path] = person.files()
    item = person.item()
    assert item is not None
    there = person.vault / "elsewhere.md"
    path.rename(there)
    if edited:
        change(there, "Second line.", "Second line, edited.")
    editing.remove(person.store, [item.item_id])
    report = person.sync()
    assert report.out.left == (["elsewhere.md"] if edited else [])
    assert ("elsewhere.md" in report.out.removed, there.exists()) == (not edited, edited)
    assert items.by_id(person.store, item.item_id).trashed
    assert person.sync().trashed == []
    editing.restore(person.store, [item.item_id])
    person.sync()
    assert writing.read_note(person.store, item.item_id).count("Third.") == 1


def test_a_file_that_the_records_do_not_know_is_taken_by_its_shape(person: Person) -> None:
    [path] = person.files()
    item = person.item()
    assert item is not None
    text = path.read_text("utf-8")
    editing.remove(person.store, [item.item_id])
    person.sync()
    assert not path.exists()
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    report = person.sync()
    assert report.trashed == [item.citekey]
    assert path.read_text("utf-8") == text
    assert [each.title for each in notes.of_item(person.store, item.item_id)] == ["", "Ideas: 一"]
    assert len(notes.annotations_of(person.store, item.item_id)) == 1


def test_annotations_copied_into_the_file_of_another_item_are_that_items_own(person: Person) -> None:
    [path] = person.files()
    item = person.item()
    assert item is not None
    copy = path.with_name("other.md")
    text = path.read_text("utf-8")
    copy.write_text(
        text.replace(f"citekey: {item.citekey}", "citekey: other").replace("AntMan", "Gandiva"), "utf-8"
    )
    editing.remove(person.store, [item.item_id])
    assert person.sync().added == ["other"]
    assert "Quoted zq0001z." in copy.read_text("utf-8")
    assert export_text(person.store, "json").count("Quoted zq0001z.") == 2
    check_quiet(person, person.sync())


REFUSED = ["read_status: finished", "doi: 'no doi'", "related: [nobody2020]", "tags: [gpu, '///']"]


@pytest.mark.parametrize("line", REFUSED)
def test_what_the_library_refuses_stays_in_the_file(person: Person, line: str) -> None:
    [path] = person.files()
    item = person.item()
    assert item is not None
    key = line.partition(":")[0]
    text = re.sub(f"\n{key}: .*", "", path.read_text("utf-8"))
    path.write_text(text.replace("\ntype:", f"\n{line}\ntype:"), "utf-8")
    for _ in range(2):
        report = person.sync()
        assert len(report.problems) == 1
        assert f"\n{line}\n" in path.read_text("utf-8")
        check_quiet(person, report)
        change(path, "Second line", "Second line, and more")
    writing.add_tag(person.store, "moe", [item.item_id])
    person.sync()
    person.sync()
    assert "moe" in items.by_id(person.store, item.item_id).tags
    assert line.partition("[")[2].strip("]") in path.read_text("utf-8")
