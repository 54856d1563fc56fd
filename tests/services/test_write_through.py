"""A saved note and its file in a synced vault."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notes_tui.model.item import Reference
from notes_tui.services import capturing, editing, journaling, listing, syncing, writing
from notes_tui.services.adopting import adopt
from notes_tui.store import items, notes
from notes_tui.store.database import Store, open_store
from tests.conftest import AddItem


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def item_id(store: Store, add_item: AddItem, vault: Path) -> int:
    """An item with a note, in a vault that was synced."""
    added = add_item("AntMan: Dynamic Scaling")
    add_item("Another Paper")
    writing.save_note(store, added, "One.\n")
    syncing.sync(store, vault)
    return added


def file_of(store: Store, vault: Path, item_id: int) -> Path:
    return vault / "papers" / f"{items.by_id(store, item_id).citekey}.md"


def append(path: Path, text: str) -> None:
    path.write_bytes(path.read_bytes() + text.encode())


def test_the_file_has_the_new_words_at_once_and_the_next_sync_nothing_to_do(
    store: Store, vault: Path, item_id: int
) -> None:
    path = file_of(store, vault, item_id)
    writing.save_note(store, item_id, "One.\n\nTwo, 调度.\n")
    assert path.read_text().endswith("One.\n\nTwo, 调度.\n")
    written = path.stat().st_mtime_ns
    writing.append_note(store, item_id, "Three.")
    assert path.read_text().endswith("Two, 调度.\n\nThree.\n")
    report = syncing.sync(store, vault)
    assert (report.came_in, report.out.changed, report.conflicts) == (0, [], [])
    assert path.stat().st_mtime_ns > written
    assert store.notices == []


def test_what_the_owner_added_to_the_file_stays_when_a_note_is_saved(
    store: Store, vault: Path, item_id: int
) -> None:
    path = file_of(store, vault, item_id)
    path.write_bytes(path.read_bytes().replace(b"citekey:", b"my_score: 9  # mine\nciteKey:".lower(), 1))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    syncing.sync(store, vault)
    writing.append_note(store, item_id, "Two.")
    content = path.read_bytes()
    assert b"my_score: 9  # mine\r\n" in content
    assert content.endswith(b"One.\r\n\r\nTwo.\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_a_file_that_was_changed_outside_waits_for_the_sync(store: Store, vault: Path, item_id: int) -> None:
    path = file_of(store, vault, item_id)
    append(path, "\nBy hand.\n")
    before = path.read_bytes()
    writing.save_note(store, item_id, "Zero.\n\nOne.\n")
    assert path.read_bytes() == before
    report = syncing.sync(store, vault)
    assert report.conflicts == []
    assert writing.read_note(store, item_id) == "Zero.\n\nOne.\n\nBy hand.\n"
    assert path.read_text().endswith("Zero.\n\nOne.\n\nBy hand.\n")


def test_an_edit_of_the_file_after_a_save_comes_in_beside_it(store: Store, vault: Path, item_id: int) -> None:
    path = file_of(store, vault, item_id)
    for body in ("One.\n\nno line end", "One.\n\nno line end\n", "One.\n\nno line end\n\nLast"):
        writing.save_note(store, item_id, body)
    writing.save_note(store, item_id, "Titled.", title="Questions")
    append(path, "\nBy hand.\n")
    report = syncing.sync(store, vault)
    assert report.conflicts == []
    assert writing.read_note(store, item_id) == "One.\n\nno line end\n\nLast"
    assert writing.read_note(store, item_id, "Questions").startswith("Titled.\n\nBy hand.")
    assert path.read_text().count("By hand.") == 1
    assert syncing.sync(store, vault).written == 0


def test_a_note_begun_after_the_sync_and_then_edited_outside(
    store: Store, add_item: AddItem, vault: Path, item_id: int
) -> None:
    other = add_item("A Third Paper")
    syncing.sync(store, vault)
    writing.save_note(store, other, "Begun")
    path = file_of(store, vault, other)
    assert path.read_text().endswith("Begun\n")
    append(path, "\nBy hand.\n")
    report = syncing.sync(store, vault)
    assert report.conflicts == []
    assert writing.read_note(store, other).split() == ["Begun", "By", "hand."]


def test_nothing_is_written_inside_a_step_or_without_a_sync(
    store: Store, add_item: AddItem, vault: Path, item_id: int
) -> None:
    before = file_of(store, vault, item_id).read_bytes()
    with store.step("two things"):
        writing.save_note(store, item_id, "Inside.\n")
        writing.append_note(store, item_id, "Still inside.")
        assert file_of(store, vault, item_id).read_bytes() == before
    later = add_item("Later")
    writing.save_note(store, later, "Not in the vault.\n")
    assert not file_of(store, vault, later).exists()


def test_after_an_undo_the_next_sync_writes_the_older_words(store: Store, vault: Path, item_id: int) -> None:
    writing.save_note(store, item_id, "Two.\n")
    journaling.undo(store)
    report = syncing.sync(store, vault)
    assert (report.came_in, report.conflicts) == (0, [])
    assert file_of(store, vault, item_id).read_text().endswith("One.\n")
    assert writing.read_note(store, item_id) == "One.\n"


def test_a_file_that_cannot_be_written_fails_no_save(store: Store, vault: Path, item_id: int) -> None:
    path = file_of(store, vault, item_id)
    stamp = path.stat()
    path.write_bytes(b"\xff" * stamp.st_size)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    saved = writing.save_note(store, item_id, "Two.\n")
    assert saved.changed
    assert writing.read_note(store, item_id) == "Two.\n"
    [notice] = store.notices
    assert path.name in notice
    assert "UTF-8" in notice
    assert path.read_bytes() == b"\xff" * stamp.st_size


def test_a_link_that_took_the_place_of_the_file_is_not_followed(
    store: Store, vault: Path, item_id: int, tmp_path: Path
) -> None:
    path = file_of(store, vault, item_id)
    elsewhere = tmp_path / "elsewhere.md"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    writing.save_note(store, item_id, "Two.\n")
    assert elsewhere.read_bytes() == before
    assert "link" in store.notices[0]


def test_a_vault_that_is_gone_is_nothing_to_speak_of(store: Store, vault: Path, item_id: int) -> None:
    vault.rename(vault.with_name("moved"))
    writing.save_note(store, item_id, "Two.\n")
    assert store.notices == []
    assert not vault.exists()


def test_what_is_private_stays_out_of_a_vault_with_a_remote(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    vault.mkdir()
    for words in (["init", "-q"], ["remote", "add", "origin", "https://example.org/notes.git"]):
        subprocess.run(["git", *words], cwd=vault, check=True)
    shown, hidden = add_item("Shown"), add_item("Hidden")
    for each in (shown, hidden):
        writing.save_note(store, each, "One.\n")
    writing.save_note(store, shown, "Secret.\n", title="For me")
    writing.set_note_private(store, shown, True, title="For me")
    editing.edit(store, hidden, {"private": "yes"})
    syncing.sync(store, vault)
    writing.append_note(store, shown, "More secrets.", title="For me")
    writing.append_note(store, shown, "Two.")
    writing.append_note(store, hidden, "Hidden words.")
    everything = b"".join(path.read_bytes() for path in (vault / "papers").iterdir())
    assert b"Two." in everything
    assert b"ecret" not in everything
    assert b"Hidden words" not in everything


def test_an_adopted_file_gets_the_words_without_any_sync(store: Store, tmp_path: Path) -> None:
    root = tmp_path / "own"
    (root / "Kiln").mkdir(parents=True)
    readme = root / "Kiln" / "README.md"
    readme.write_bytes(
        b"\xef\xbb\xbf# Kiln: Firing Models in Small Ovens\r\n\r\n> OSDI 2021\r\n\r\nWords.\r\n"
    )
    adopt(store, root)
    [item_id] = listing.find(store, "words")
    before = readme.read_bytes()
    writing.append_note(store, item_id, "More.")
    assert readme.read_bytes() == before + b"\r\nMore.\r\n"
    assert [path.name for path in root.iterdir()] == ["Kiln"]
    append(readme, "By hand.\n")
    writing.append_note(store, item_id, "Not yet.")
    assert b"Not yet" not in readme.read_bytes()


def test_a_private_note_stays_out_of_an_adopted_file_that_is_shared(store: Store, tmp_path: Path) -> None:
    root = tmp_path / "own"
    (root / "Kiln").mkdir(parents=True)
    readme = root / "Kiln" / "README.md"
    readme.write_text("# Kiln: Firing Models in Small Ovens\n\n> OSDI 2021\n\nWords.\n")
    for words in (["init", "-q"], ["remote", "add", "origin", "https://example.org/notes.git"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    adopt(store, root)
    [item_id] = listing.find(store, "words")
    writing.set_note_private(store, item_id, True)
    writing.append_note(store, item_id, "Secret.")
    assert "Secret" not in readme.read_text()


_TITLES = st.sampled_from(["", "", "Questions", "Q/A: 调度"])
_BODIES = st.text(st.sampled_from("ab 调\n#-`>*|[]"), max_size=30)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(_TITLES, _BODIES), min_size=1, max_size=6), st.booleans())
def test_whatever_was_saved_the_file_says_it_and_a_sync_has_nothing_to_take(
    saves: list[tuple[str, str]], by_hand: bool
) -> None:
    with tempfile.TemporaryDirectory() as place:
        vault = Path(place) / "vault"
        with open_store(Path(place) / "notes.db", create=True) as store:
            with store.step("added"):
                item_id = capturing.insert(store, Reference(title="Kiln"))
            syncing.sync(store, vault)
            for title, body in saves:
                writing.save_note(store, item_id, body, title=title)
            said = {note.title: note.body for note in notes.of_item(store, item_id)}
            path = file_of(store, vault, item_id)
            before = path.read_bytes()
            if by_hand:
                path.write_bytes(before.replace(b"tags: []", b"tags: [mine]", 1))
            report = syncing.sync(store, vault)
            assert {note.title: note.body for note in notes.of_item(store, item_id)} == said
            assert (report.conflicts, report.problems, report.out.changed) == ([], [], [])
            assert [each.parts for each in report.taken] == ([("tags",)] if by_hand else [])
            assert path.read_bytes().replace(b"tags: [mine]", b"tags: []") == before
