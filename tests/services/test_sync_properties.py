"""Random edits of a library and its vault: nothing that somebody wrote is lost, and a second sync is quiet."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from notes_tui.model.item import Annotation
from notes_tui.services import conflicts, editing, journaling, reading, syncing, writing
from notes_tui.services.exporting import export_text
from notes_tui.services.vault import export_vault
from notes_tui.store import items, notes
from notes_tui.store.database import Store, open_store
from notes_tui.store.vault import live_ids
from tests.conftest import STATUSES, Clock
from tests.services.sync_worlds import Person, check_lines, check_quiet, check_sound, lost_words, some_items


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


class Vault(RuleBasedStateMachine):
    """A library and its vault under random edits, with a sync every now and then."""

    @initialize(seed=st.integers(0, 1 << 32), number=st.integers(1, 3))
    def start(self, seed: int, number: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        place = Path(self.folder.name)
        self.clock = Clock()
        store = open_store(place / "notes.db", create=True)
        store.clock = self.clock
        self.person = Person(store, place / "vault", random.Random(seed))
        some_items(self.person, number)
        self.person.sync()

    def teardown(self) -> None:
        if hasattr(self, "person"):
            self.sync()
            self.person.store.close()
            self.folder.cleanup()

    @rule()
    def change_file(self) -> None:
        self.clock.move(minutes=1)
        self.person.change_file()

    @rule()
    def change_library(self) -> None:
        self.clock.move(minutes=1)
        self.person.change_library()

    @rule()
    def export(self) -> None:
        """Exports between syncs take nothing in and lose nothing."""
        before = export_text(self.person.store, "json")
        export_vault(self.person.store, self.person.vault)
        assert export_text(self.person.store, "json") == before

    @rule()
    def try_out(self) -> None:
        before = self.person.stamps(), export_text(self.person.store, "json")
        syncing.sync(self.person.store, self.person.vault, syncing.SyncWish(dry_run=True))
        assert (self.person.stamps(), export_text(self.person.store, "json")) == before

    @rule(taken_back=st.booleans())
    def sync(self, taken_back: bool = False) -> None:
        self.clock.move(minutes=1)
        store = self.person.store
        before = export_text(store, "json")
        report = self.person.sync()
        after = export_text(store, "json")
        assert lost_words(self.person, report) == set()
        check_sound(self.person)
        check_lines(self.person)
        check_quiet(self.person, report)
        if after != before:
            journaling.undo(store)
            assert export_text(store, "json") == before
            if not taken_back:
                journaling.redo(store)
                assert export_text(store, "json") == after


Vault.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestVault = Vault.TestCase


def test_everything_of_both_sides_is_there_once(store: Store, tmp_path: Path) -> None:
    person = Person(store, tmp_path / "vault", random.Random(7))
    some_items(person, 4)
    export_vault(store, person.vault)
    files = person.files()
    own, titles = set(), set()
    for path in files:
        front, body, _ = person.read(path)
        keys = re.findall(
            r"^\w.*\n(?:[ -].*\n)*", front.removeprefix("---\n").removesuffix("---\n"), re.MULTILINE
        )
        assert "".join(keys) == front.removeprefix("---\n").removesuffix("---\n")
        own.add(word := person.word())
        person.lines.add(line := f"my_score: 9  # {word}")
        front = "".join(["---\n", f"{line}\n", *reversed(keys), "---\n"])
        person.write(
            path, front, f"{body}\n## Mine {person.word()}\n\nA paragraph {person.word()} $x$.\n", "\n"
        )
    for item_id in live_ids(store).values():
        titles.add(word := person.word())
        editing.edit(store, item_id, {"title": f"{items.by_id(store, item_id).title} {word}"})
        reading.mark(store, "read", [item_id], allowed=STATUSES)
        [mark] = notes.annotations_of(store, item_id)
        writing.change_annotation(store, item_id, mark.id, comment=f"So it is, {person.word()}.")
        writing.annotate(store, item_id, Annotation(page=9, quote=f"Another one {person.word()}."))
    report = person.sync()
    assert (report.is_complete, len(report.taken)) == (True, 4)
    assert lost_words(person, report) == set()
    check_lines(person)
    check_sound(person)
    dump = export_text(store, "json")
    texts = "".join(path.read_text("utf-8") for path in files)
    counted = {word: (texts.count(word), dump.count(word)) for word in sorted(person.words)}
    assert counted == {
        word: (1, 0) if word in own else (2, 1) if word in titles else (1, 1) for word in counted
    }
    for path in files:
        assert path.read_text("utf-8").startswith("---\nmy_score: 9")
        assert "\nread_status: read\n" in path.read_text("utf-8")
    check_quiet(person, report)
