"""Random edits of a library and its vault: nothing that somebody wrote is lost, and a second sync is quiet."""

from __future__ import annotations

import os
import random
import re
import tempfile
from collections.abc import Callable
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


def _link_out(path: Path, outside: Path) -> None:
    path.unlink()
    path.symlink_to(outside)


def _folder_out(path: Path, outside: Path) -> None:
    (path.parent.parent / "linked").symlink_to(outside.parent)
    path.write_text(path.read_text("utf-8") + "\nMore.\n", "utf-8")


def _pipe(path: Path, _: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path, _: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def _records(text: str) -> Callable[[Path, Path], None]:
    def write(path: Path, _: Path) -> None:
        with (path.parent.parent / ".notes-tui" / "items.jsonl").open("a", encoding="utf-8") as file:
            file.write(text)
        lists = path.parent.parent / ".notes-tui" / "collections"
        lists.mkdir(exist_ok=True)
        (lists / "bad.jsonl").write_text(text, "utf-8")
        (path.parent.parent / ".notes-tui" / "events").mkdir(exist_ok=True)
        (path.parent.parent / ".notes-tui" / "events" / "bad.jsonl").write_text(text, "utf-8")

    return write


def _says(content: bytes) -> Callable[[Path, Path], None]:
    return lambda path, _: (path.write_bytes(content), None)[1]


BOMB = "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n"
CYCLE = "".join(
    f'{{"recorded": "2026-01-0{one}T00:00:00", "uid": "r{one}", "citekey": "antman", "kind": "retraction",'
    f' "value": "", "at": "2026-01-01T00:00:00+00:00", "retracts": "r{other}"}}\n'
    for one, other in ((1, 2), (2, 1))
)
HOSTILE: dict[str, Callable[[Path, Path], None]] = {
    "link out": _link_out,
    "folder out": _folder_out,
    "pipe": _pipe,
    "folder in its place": _folder,
    "huge": _says(b"---\ncitekey: antman\n---\n" + b"x" * (17 << 20)),
    "not UTF-8": _says(b"---\ncitekey: antman\n---\n\n# A\n\n\xff\xfe\n"),
    "null bytes": _says(b"---\ncitekey: antman\n---\n\n# A\n\n\x00\x1b[31m\n"),
    "YAML bomb": _says(f"---\ncitekey: antman\n{BOMB}---\n\n# A\n".encode()),
    "YAML tags": _says(b"---\ncitekey: !!python/object/apply:os.system [id]\n---\n"),
    "deep YAML": _says(b"---\ncitekey: antman\nx: " + b"[" * 5000 + b"\n---\n"),
    "citekey is a list": _says(b"---\ncitekey: [a, b]\n---\n"),
    "every field of a wrong kind": _says(
        b"---\ncitekey: antman\ntitle: {a: b}\nyear: [1]\ntags: {a: b}\ncreators: 7\nlinks: [1, [2]]\n"
        b"progress: [3]\ncollections: {slug: [x]}\nrelated: {a: 1}\naliases: 3\nextra: [1]\nprivate: [yes]\n---\n"
    ),
    "records of wrong kinds": _records(
        '[]\n7\nnull\n{"citekey": 7, "uid": [1], "file": {}}\n{"slug": [1], "uid": {}}\n'
    ),
    "records no JSON": _records("{{{\n\x00\n" + "[" * 3000 + "\n"),
    "retractions in a circle": _records(CYCLE),
    "a copy of it": lambda path, _: (path.with_name("copy.md").write_bytes(path.read_bytes()), None)[1],
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_harm_nothing_and_hinder_no_other_file(store: Store, tmp_path: Path, kind: str) -> None:
    person = Person(store, tmp_path / "vault", random.Random(3))
    some_items(person, 2)
    person.sync()
    outside = tmp_path / "outside" / "secret.md"
    outside.parent.mkdir()
    outside.write_text("---\ncitekey: secret\n---\n\nSecret.\n")
    bad, good = person.files()
    before = {note.title: note.body for note in notes.of_item(store, live_ids(store)["antman"])}
    HOSTILE[kind](bad, outside)
    change(good, "Second line.", "Second line, and more.")
    for _ in range(2):
        report = person.sync()
        assert all(problem.message.isprintable() for problem in (*report.problems, *report.out.problems))
    other = next(key for key in live_ids(store) if key not in ("antman", "secret"))
    assert "Second line, and more." in writing.read_note(store, live_ids(store)[other])
    assert outside.read_text() == "---\ncitekey: secret\n---\n\nSecret.\n"
    assert list(outside.parent.iterdir()) == [outside]
    assert "secret" not in live_ids(store)
    assert "antman" in live_ids(store)
    if not bad.is_file() or bad.is_symlink() or kind in ("huge", "not UTF-8", "YAML tags", "deep YAML"):
        assert {note.title: note.body for note in notes.of_item(store, live_ids(store)["antman"])} == before
    assert store.value("PRAGMA integrity_check") == "ok"
