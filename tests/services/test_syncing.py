"""A vault and the library, both changed, brought together."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from notes_tui.errors import InvalidValueError, UnknownThingError, UnwritableFileError
from notes_tui.formats.vault import citekey_in
from notes_tui.model.item import Annotation
from notes_tui.model.item_merging import Choice
from notes_tui.services import (
    collecting,
    conflicts,
    editing,
    journaling,
    listing,
    reading,
    sharing,
    syncing,
    writing,
)
from notes_tui.services.adopting import adopt
from notes_tui.services.exporting import export_text
from notes_tui.services.syncing import SyncWish
from notes_tui.services.vault import export_vault
from notes_tui.store import items, notes
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES, AddItem


def paper(vault: Path, key: str) -> Path:
    [found] = (path for path in vault.rglob("*.md") if citekey_in(path.read_text()) == key)
    return found


def inside(vault: Path, path: Path) -> str:
    return path.relative_to(vault).as_posix()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def stamps(vault: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in vault.rglob("*") if path.is_file()}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def test_a_second_sync_without_changes_writes_no_file(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan: Dynamic Scaling")
    writing.add_tag(store, "gpu", [item_id])
    writing.save_note(store, item_id, "A note.\n")
    first = syncing.sync(store, vault)
    before = stamps(vault)
    second = syncing.sync(store, vault)
    assert first.written > 0
    assert (second.written, second.came_in, stamps(vault)) == (0, 0, before)


@pytest.mark.parametrize("is_first", [True, False])
def test_what_changes_while_a_vault_is_written_is_in_the_next_sync(
    store: Store, add_item: AddItem, vault: Path, is_first: bool
) -> None:
    ids = [add_item("AntMan: Dynamic Scaling"), add_item("Gavel: Scheduling")]
    if not is_first:
        syncing.sync(store, vault)
        reading.mark(store, "reading", ids, allowed=STATUSES)
    calls: list[int] = []

    def meanwhile(done: int, _total: int) -> None:
        if not calls:
            with open_store(store.path) as other:
                reading.mark(other, "read", ids, allowed=STATUSES)
        calls.append(done)

    syncing.sync(store, vault, SyncWish(progress=meanwhile))
    assert calls
    syncing.sync(store, vault)
    for item_id in ids:
        assert "read_status: read\n" in paper(vault, items.by_id(store, item_id).citekey).read_text()
    assert syncing.sync(store, vault).written == 0


def test_words_status_tags_and_keys_written_into_a_file_come_in(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    item_id = add_item("AntMan: Dynamic Scaling")
    writing.add_tag(store, "gpu", [item_id])
    writing.save_note(store, item_id, "A note.\n")
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    edit(path, "A note.\n", "A note.\n\nAnother paragraph, 调度.\n")
    edit(path, "read_status: unread", "read_status: read")
    edit(path, "tags:\n  - gpu", "tags:\n  - gpu\n  - moe/routing\nmy_score: 9  # mine")
    report = syncing.sync(store, vault)
    item = items.by_id(store, item_id)
    assert report.taken[0].parts == ("tags", "note", "read_status")
    assert (item.read_status, item.tags) == ("read", ("gpu", "moe/routing"))
    assert writing.read_note(store, item_id) == "A note.\n\nAnother paragraph, 调度.\n"
    assert listing.find(store, "调度") == [item_id]
    assert "my_score: 9  # mine\n" in path.read_text()
    assert syncing.sync(store, vault).written == 0


def test_both_sides_changes_of_one_item_are_all_kept(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan: Dynamic Scaling")
    writing.save_note(store, item_id, "First.\n\nSecond.\n\nThird.\n")
    mark = writing.annotate(store, item_id, Annotation(page=3, quote="Marked words.", comment="Mine."))
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    edit(path, "First.", "First, by file.")
    edit(path, "  Mine.", "  Mine, and more.")
    writing.save_note(store, item_id, "First.\n\nSecond.\n\nThird, by program.\n")
    writing.add_tag(store, "gpu", [item_id])
    writing.change_annotation(store, item_id, mark.annotation.id, role="claim")
    report = syncing.sync(store, vault)
    assert report.is_complete
    assert writing.read_note(store, item_id) == "First, by file.\n\nSecond.\n\nThird, by program.\n"
    [annotation] = notes.annotations_of(store, item_id)
    assert (annotation.comment, annotation.role) == ("Mine, and more.", "claim")
    text = path.read_text()
    assert "First, by file." in text
    assert "Third, by program." in text
    assert "  - gpu\n" in text
    assert "claim" in text
    assert syncing.sync(store, vault).written == 0


def test_the_same_line_changed_on_both_sides_waits_and_the_file_stays(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    item_id = add_item("AntMan: Dynamic Scaling")
    writing.save_note(store, item_id, "One.\n\nTwo.\n")
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    edit(path, "One.", "One, says the file.")
    writing.save_note(store, item_id, "One, says the program.\n\nTwo.\n\nThree.\n")
    report = syncing.sync(store, vault)
    [waiting] = report.conflicts
    assert (waiting.conflict.part, waiting.conflict.base) == ("note", "One.")
    assert waiting.conflict.mine == "One, says the program."
    assert waiting.conflict.theirs == "One, says the file."
    assert not report.is_complete
    assert "One, says the file.\n\nTwo.\n\nThree.\n" in path.read_text()
    assert writing.read_note(store, item_id) == "One, says the program.\n\nTwo.\n\nThree.\n"
    before = stamps(vault)
    again = syncing.sync(store, vault)
    assert again.conflicts == report.conflicts
    assert stamps(vault) == before
    writing.add_tag(store, "gpu", [item_id])
    assert syncing.sync(store, vault).conflicts == report.conflicts
    assert "One, says the file." in path.read_text()
    assert "  - gpu\n" in path.read_text()


def test_a_conflict_ends_when_one_side_gives_in(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan: Dynamic Scaling")
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    edit(
        path,
        "title: AntMan: Dynamic Scaling"
        if "title: AntMan" in path.read_text()
        else 'title: "AntMan: Dynamic Scaling"',
        "title: From the file",
    )
    editing.edit(store, item_id, {"title": "From the program"})
    [waiting] = syncing.sync(store, vault).conflicts
    assert (waiting.conflict.part, waiting.conflict.mine, waiting.conflict.theirs) == (
        "title", "From the program", "From the file",
    )  # fmt: skip
    edit(path, "title: From the file", "title: From the program")
    report = syncing.sync(store, vault)
    assert report.conflicts == []
    assert report.is_complete


def test_a_deleted_file_deletes_nothing_unless_asked(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan")
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    path.unlink()
    report = syncing.sync(store, vault)
    assert report.missing == [inside(vault, path)]
    assert not path.exists()
    assert items.by_id(store, item_id).trashed == ""
    writing.save_note(store, item_id, "Still here.\n")
    syncing.sync(store, vault)
    assert "Still here." in path.read_text()
    path.unlink()
    assert syncing.sync(store, vault, SyncWish(trash_missing=True)).trashed == [
        items.by_id(store, item_id).citekey
    ]
    assert items.by_id(store, item_id).trashed


def test_a_file_whose_name_is_no_text_is_told_and_left(
    store: Store, tmp_path: Path, notes_folder: Path
) -> None:
    adopt(store, notes_folder)
    for folder in (tmp_path / "plain", notes_folder):
        syncing.sync(store, folder)
        odd = os.fsencode(folder) + b"/notes\xff.md"
        Path(os.fsdecode(odd)).write_bytes(b"# Words\n")
        for _ in range(2):
            report = syncing.sync(store, folder)
            assert [(each.file, each.line) for each in report.problems] == [("notes?.md", None)]
        assert Path(os.fsdecode(odd)).read_bytes() == b"# Words\n"


def test_a_moved_file_is_followed_and_keeps_its_place(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan")
    writing.save_note(store, item_id, "Words.\n")
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    there = vault / "systems" / "scaling.md"
    there.parent.mkdir()
    os.rename(path, there)
    edit(there, "Words.", "Words, moved.")
    report = syncing.sync(store, vault)
    assert report.moved == [(inside(vault, path), "systems/scaling.md")]
    assert writing.read_note(store, item_id) == "Words, moved.\n"
    assert not path.exists()
    assert syncing.sync(store, vault).written == 0


def test_a_renamed_citekey_title_of_a_note_and_removed_annotation_come_in(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    item_id = add_item("AntMan")
    writing.save_note(store, item_id, "Idea.\n", title="Ideas")
    mark = writing.annotate(store, item_id, Annotation(page=3, quote="Marked words."))
    syncing.sync(store, vault)
    key = items.by_id(store, item_id).citekey
    path = paper(vault, key)
    edit(path, "## Ideas ^", "## Better ideas ^")
    edit(path, f"citekey: {key}", "citekey: Xiao2020")
    text = path.read_text()
    at = text.index(f"- p. 3 ^{mark.annotation.id}")
    path.write_text(text[:at] + text[at:].partition("Marked words.\n")[2])
    syncing.sync(store, vault)
    item = items.by_id(store, item_id)
    assert (item.citekey, item.aliases) == ("Xiao2020", (key,))
    assert [(note.title, note.body) for note in notes.of_item(store, item_id)] == [
        ("Better ideas", "Idea.\n")
    ]
    assert notes.annotations_of(store, item_id) == []
    assert syncing.sync(store, vault).written == 0


def test_undo_takes_a_sync_back_with_its_merge_bases(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan")
    writing.save_note(store, item_id, "Words.\n")
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    edit(path, "Words.", "Other words.")
    before = path.read_bytes()
    syncing.sync(store, vault)
    journaling.undo(store)
    assert writing.read_note(store, item_id) == "Words.\n"
    assert path.read_bytes() == before
    assert syncing.sync(store, vault).taken[0].parts == ("note",)
    assert writing.read_note(store, item_id) == "Other words.\n"


def sync_twice_stopped_once(store: Store, folder: Path, path: Path, owner: int) -> None:
    """Edit both sides, sync while the file cannot be written, edit again and sync: every word stands there once."""
    in_the_way = path.with_name(f".{path.name}.{os.getpid()}.part")
    in_the_way.mkdir()
    path.write_text(path.read_text("utf-8") + "By file 1.\n", "utf-8")
    notes.put(store, owner, "", "By program 1.\n\n" + writing.read_note(store, owner))
    assert not syncing.sync(store, folder).is_complete
    in_the_way.rmdir()
    path.write_text(path.read_text("utf-8") + "By file 2.\n", "utf-8")
    notes.put(store, owner, "", writing.read_note(store, owner) + "\nBy program 2.\n")
    syncing.sync(store, folder)
    for words in ("By file 1.", "By file 2.", "By program 1.", "By program 2."):
        assert path.read_text("utf-8").count(words) == 1
        assert writing.read_note(store, owner).count(words) == 1
    assert syncing.sync(store, folder).written == 0


def test_what_came_in_comes_in_once_though_its_file_could_not_be_written(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    item_id = add_item("AntMan")
    writing.save_note(store, item_id, "First.\n")
    syncing.sync(store, vault)
    sync_twice_stopped_once(store, vault, paper(vault, items.by_id(store, item_id).citekey), item_id)


def test_a_dry_run_changes_neither_side(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan")
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    edit(path, "read_status: unread", "read_status: read")
    writing.add_tag(store, "gpu", [item_id])
    dump, before = export_text(store, "json"), stamps(vault)
    report = syncing.sync(store, vault, SyncWish(dry_run=True))
    assert report.taken[0].parts == ("read_status",)
    assert report.out.changed == [inside(vault, path)]
    assert (export_text(store, "json"), stamps(vault)) == (dump, before)


def test_an_empty_home_and_a_vault_make_the_same_library(
    store: Store, add_item: AddItem, vault: Path, tmp_path: Path
) -> None:
    first, second = add_item("AntMan: Dynamic Scaling"), add_item("Gandiva")
    writing.save_note(store, first, "Words.\n")
    reading.mark(store, "read", [second], allowed=STATUSES, date="2026-01-02")
    collecting.create(store, "Mine")
    collecting.put(store, "mine", [second, first], section=("Deep",))
    syncing.sync(store, vault)
    before = stamps(vault)
    with open_store(tmp_path / "other.db", create=True) as other:
        other.clock = store.clock
        report = syncing.sync(other, vault)
        assert report.problems == []
        assert sorted(report.added) == sorted(item.citekey for item in items.by_ids(store, [first, second]))
        assert export_text(other, "json") == export_text(store, "json")
        assert stamps(vault) == before


def test_two_homes_that_share_a_folder_end_up_the_same(
    store: Store, add_item: AddItem, vault: Path, tmp_path: Path
) -> None:
    first, second = add_item("AntMan: Dynamic Scaling"), add_item("Gandiva")
    collecting.create(store, "Mine")
    collecting.put(store, "mine", [first])
    syncing.sync(store, vault)
    with open_store(tmp_path / "other.db", create=True) as other:
        other.clock = store.clock
        syncing.sync(other, vault)
        keys = {item.citekey: item.item_id for item in items.by_ids(other, listing.find(other, ""))}
        there = [keys[item.citekey] for item in items.by_ids(store, [first, second])]
        writing.save_note(other, there[0], "From the other.\n")
        writing.add_tag(other, "gpu", [there[0]])
        reading.mark(other, "read", [there[1]], allowed=STATUSES)
        collecting.put(other, "mine", [there[1]])
        collecting.create(other, "Theirs")
        writing.save_view(other, "hot", "tag:gpu")
        writing.save_note(store, second, "From the first.\n")
        writing.add_tag(store, "moe", [first])
        reading.rate(store, 4, [second])
        syncing.sync(other, vault)
        syncing.sync(store, vault)
        syncing.sync(other, vault)
        assert export_text(other, "json") == export_text(store, "json")
        before = stamps(vault)
        assert syncing.sync(store, vault).written == 0
        assert syncing.sync(other, vault).written == 0
        assert stamps(vault) == before


def test_what_a_key_cannot_mean_is_refused_and_stays_in_the_file(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    item_id = add_item("AntMan", year=2020)
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    edit(path, "year: 2020", "year: MMXX")
    edit(path, "read_status: unread", "read_status: finished")
    report = syncing.sync(store, vault)
    assert {problem.message for problem in report.problems} == {
        "year is no number from 1 to 9999: MMXX",
        "there is no read status 'finished'",
    }
    assert items.by_id(store, item_id).year == 2020
    assert "year: MMXX" in path.read_text()


def test_export_and_sync_may_take_turns(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan")
    writing.save_note(store, item_id, "One.\n")
    export_vault(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    edit(path, "One.", "One, by file.")
    export_vault(store, vault)
    assert writing.read_note(store, item_id) == "One.\n"
    syncing.sync(store, vault)
    assert writing.read_note(store, item_id) == "One, by file.\n"
    assert export_vault(store, vault).changed == []


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("mine", "One, program.\n\nTwo.\n"),
        ("theirs", "One, file.\n\nTwo.\n"),
        ("both", "One, program.\nOne, file.\n\nTwo.\n"),
        ("text", "One, edited.\n\nTwo.\n"),
    ],
)
def test_choosing_ends_a_conflict_on_both_sides(
    store: Store, add_item: AddItem, vault: Path, side: str, expected: str
) -> None:
    item_id = add_item("AntMan")
    writing.save_note(store, item_id, "One.\n\nTwo.\n")
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    edit(path, "One.", "One, file.")
    writing.save_note(store, item_id, "One, program.\n\nTwo.\n")
    [waiting] = syncing.sync(store, vault).conflicts
    resolved = conflicts.resolve(store, waiting.uid, Choice(side, "One, edited." if side == "text" else ""))  # type: ignore[arg-type]
    assert resolved.remaining == 0
    assert writing.read_note(store, item_id) == expected
    assert path.read_text().endswith(f"\n\n{expected}")
    assert conflicts.waiting(store) == []
    report = syncing.sync(store, vault)
    assert (report.written, report.came_in, report.conflicts) == (0, 0, [])


def test_one_value_cannot_be_both_and_an_unknown_conflict_is_an_error(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    item_id = add_item("AntMan", venue="OSDI")
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    edit(path, "venue: OSDI", "venue: NSDI")
    editing.edit(store, item_id, {"venue": "SOSP"})
    [waiting] = syncing.sync(store, vault).conflicts
    with pytest.raises(InvalidValueError):
        conflicts.resolve(store, waiting.uid, Choice("both"))
    with pytest.raises(UnknownThingError):
        conflicts.resolve(store, "ffffffff", Choice("mine"))
    conflicts.resolve(store, waiting.uid[:5], Choice("mine"))
    assert "venue: SOSP" in path.read_text()
    assert items.by_id(store, item_id).venue == "SOSP"


def git(folder: Path, *words: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org", *words],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


@pytest.fixture
def notes_folder(tmp_path: Path) -> Path:
    """Notes kept by hand: a folder a paper under topics, in two languages and two kinds of line ends."""
    root = tmp_path / "research"
    gandiva, antman = root / "Scheduling" / "Gandiva", root / "Scheduling" / "AntMan"
    for folder in (gandiva, antman):
        folder.mkdir(parents=True)
    (gandiva / "README.md").write_bytes(
        "# Gandiva: Introspective Cluster Scheduling for Deep Learning\r\n\r\n> OSDI 2018\r\n\r\n集群调度，时间片轮转。\r\n".encode()
    )
    (antman / "README.md").write_text(
        "---\ntags: [gpu]\nmood: good # mine\n---\n# AntMan: Dynamic Scaling on GPU Clusters\n\nA remark\n"
    )
    git(tmp_path, "init", "-q", str(root))
    git(root, "add", ".")
    git(root, "commit", "-qm", "Notes")
    return root


def test_an_adopted_folder_gets_back_only_the_lines_that_were_changed_here(
    store: Store, notes_folder: Path
) -> None:
    adopt(store, notes_folder)
    assert git(notes_folder, "status", "--porcelain") == ""
    [gandiva] = listing.find(store, "时间片")
    syncing.sync(store, notes_folder)
    assert git(notes_folder, "status", "--porcelain") == ""
    writing.append_note(store, gandiva, "One more sentence.")
    assert git(notes_folder, "diff", "--numstat").split() == ["2", "0", "Scheduling/Gandiva/README.md"]
    assert (
        (notes_folder / "Scheduling/Gandiva/README.md")
        .read_bytes()
        .endswith("轮转。\r\n\r\nOne more sentence.\r\n".encode())
    )
    assert syncing.sync(store, notes_folder).written == 0


def test_edits_of_adopted_files_come_in_and_both_sides_are_merged(store: Store, notes_folder: Path) -> None:
    adopt(store, notes_folder)
    [antman] = listing.find(store, "remark")
    path = notes_folder / "Scheduling/AntMan/README.md"
    edit(path, "A remark\n", "A remark\n\nBy file.\n")
    body = writing.read_note(store, antman)
    writing.save_note(store, antman, body.replace("# AntMan", "# The AntMan"))
    report = syncing.sync(store, notes_folder)
    assert report.is_complete
    text = path.read_text()
    assert text.startswith("---\ntags: [gpu]\nmood: good # mine\n---\n# The AntMan: Dynamic")
    assert text.endswith("A remark\n\nBy file.\n")
    assert (
        writing.read_note(store, antman)
        == text.partition("---\n# ")[0] * 0 + "# " + text.partition("---\n# ")[2]
    )
    assert syncing.sync(store, notes_folder).written == 0


def test_changed_front_matter_of_an_adopted_file_comes_in(store: Store, notes_folder: Path) -> None:
    adopt(store, notes_folder)
    syncing.sync(store, notes_folder)
    [antman] = listing.find(store, "remark")
    path = notes_folder / "Scheduling/AntMan/README.md"
    head = "---\ntags: [Sharing, 重要]\nrating: 4\nstatus: {}\nmood: good # mine\n---"
    body = path.read_text("utf-8").split("---", 2)[2]
    path.write_text(head.format("reading") + body, "utf-8")
    assert set(syncing.sync(store, notes_folder).taken[0].parts) == {"tags", "read_status", "rating"}
    item = items.by_id(store, antman)
    assert (set(item.tags), item.rating, item.read_status) == ({"Sharing", "重要"}, 4, "reading")
    assert syncing.sync(store, notes_folder).came_in == 0

    path.write_text(head.format("read").replace("4", "5") + body, "utf-8")
    (notes_folder / "Scheduling" / "Tiresias.md").write_text("# Tiresias: A GPU Cluster Manager\n\nGittins\n")
    syncing.sync(store, notes_folder)
    item = items.by_id(store, antman)
    assert (set(item.tags), item.rating, item.read_status) == ({"Sharing", "重要"}, 5, "read")
    assert path.read_text("utf-8") == head.format("read").replace("4", "5") + body
    journaling.undo(store)
    item = items.by_id(store, antman)
    assert (item.rating, item.read_status) == (4, "reading")


def test_what_came_in_from_an_adopted_file_comes_in_once_though_it_could_not_be_written(
    store: Store, notes_folder: Path
) -> None:
    adopt(store, notes_folder)
    [antman] = listing.find(store, "remark")
    sync_twice_stopped_once(store, notes_folder, notes_folder / "Scheduling/AntMan/README.md", antman)


def test_the_same_line_of_an_adopted_file_waits_for_a_choice(store: Store, notes_folder: Path) -> None:
    adopt(store, notes_folder)
    [antman] = listing.find(store, "remark")
    path = notes_folder / "Scheduling/AntMan/README.md"
    edit(path, "A remark", "A remark by file")
    writing.save_note(
        store, antman, writing.read_note(store, antman).replace("A remark", "A remark by program")
    )
    before = path.read_bytes()
    [waiting] = syncing.sync(store, notes_folder).conflicts
    assert (waiting.conflict.mine, waiting.conflict.theirs) == ("A remark by program", "A remark by file")
    assert path.read_bytes() == before
    assert len(syncing.sync(store, notes_folder).conflicts) == 1
    conflicts.resolve(store, waiting.uid, Choice("both"))
    assert path.read_text().endswith("A remark by program\nA remark by file\n")
    assert syncing.sync(store, notes_folder).conflicts == []


def test_what_another_machine_recorded_of_an_adopted_folder_is_not_adopted_again(
    store: Store, notes_folder: Path, tmp_path: Path
) -> None:
    edit(notes_folder / "Scheduling/AntMan/README.md", "tags: [gpu]", "tags: [gpu]\nstatus: read\nrating: 4")
    adopt(store, notes_folder)
    syncing.sync(store, notes_folder, SyncWish(keep_records=True))
    with open_store(tmp_path / "other.db", create=True) as other:
        other.clock = store.clock
        assert syncing.sync(other, notes_folder).problems == []
        assert syncing.sync(other, notes_folder).written == 0
        assert export_text(other, "json") == export_text(store, "json")


def test_a_moved_paper_folder_stays_the_same_paper(store: Store, notes_folder: Path) -> None:
    adopt(store, notes_folder)
    [gandiva] = listing.find(store, "时间片")
    reading.mark(store, "read", [gandiva], allowed=STATUSES)
    syncing.sync(store, notes_folder)
    (notes_folder / "Old").mkdir()
    os.rename(notes_folder / "Scheduling/Gandiva", notes_folder / "Old/Gandiva")
    report = syncing.sync(store, notes_folder)
    assert report.added == []
    assert listing.find(store, "时间片 status:read") == [gandiva]
    writing.append_note(store, gandiva, "After the move.")
    syncing.sync(store, notes_folder)
    assert "After the move." in (notes_folder / "Old/Gandiva/README.md").read_text()


def test_moved_and_deleted_files_of_an_adopted_folder_are_told_and_committed(
    store: Store, notes_folder: Path
) -> None:
    git(notes_folder, "config", "user.name", "a")
    git(notes_folder, "config", "user.email", "a@example.org")
    adopt(store, notes_folder)
    sharing.sync(store, notes_folder)
    os.rename(notes_folder / "Scheduling/Gandiva", notes_folder / "Scheduling/Gandiva: 时间片")
    (notes_folder / "Scheduling/AntMan/README.md").unlink()
    [antman] = listing.find(store, "remark")
    report = sharing.sync(store, notes_folder)
    assert report.moved == [("Scheduling/Gandiva/README.md", "Scheduling/Gandiva: 时间片/README.md")]
    assert report.missing == ["Scheduling/AntMan/README.md"]
    assert items.by_id(store, antman).trashed == ""
    assert git(notes_folder, "status", "--porcelain") == ""
    assert (
        git(notes_folder, "ls-tree", "-rz", "--name-only", "HEAD") == "Scheduling/Gandiva: 时间片/README.md\0"
    )
    assert sharing.sync(store, notes_folder, SyncWish(trash_missing=True)).trashed == ["antman"]
    assert items.by_id(store, antman).trashed
    assert sharing.sync(store, notes_folder).missing == []


def test_records_of_an_adopted_folder_are_kept_with_consent_and_make_the_same_library(
    store: Store, notes_folder: Path, tmp_path: Path
) -> None:
    adopt(store, notes_folder)
    [gandiva] = listing.find(store, "时间片")
    reading.mark(store, "read", [gandiva], allowed=STATUSES)
    writing.annotate(store, gandiva, Annotation(page=2, quote="Marked."))
    assert syncing.wants_consent(store, notes_folder)
    syncing.sync(store, notes_folder)
    assert not (notes_folder / ".notes-tui").exists()
    syncing.sync(store, notes_folder, SyncWish(keep_records=True))
    assert git(notes_folder, "status", "--porcelain") == "?? .notes-tui/\n"
    assert not syncing.wants_consent(store, notes_folder)
    with open_store(tmp_path / "other.db", create=True) as other:
        other.clock = store.clock
        report = syncing.sync(other, notes_folder)
        assert report.problems == []
        [there] = listing.find(other, "时间片 status:read")
        assert writing.read_note(other, there) == writing.read_note(store, gandiva)
        assert [each.quote for each in notes.annotations_of(other, there)] == ["Marked."]
        writing.append_note(other, there, "From the other machine.")
        syncing.sync(other, notes_folder)
        syncing.sync(store, notes_folder)
        assert writing.read_note(store, gandiva).endswith("From the other machine.\n")
        assert git(notes_folder, "diff", "--numstat").split() == ["2", "0", "Scheduling/Gandiva/README.md"]


def test_a_new_file_among_the_papers_becomes_a_paper_with_its_note(store: Store, vault: Path) -> None:
    syncing.sync(store, vault)
    path = vault / "papers" / "MoE" / "README.md"
    path.parent.mkdir(parents=True)
    path.write_text(
        "---\ntags: [moe]\nmine: 1\n---\n# Switch Transformers: Scaling to Trillion Parameters\n\nRouting 路由.\n"
    )
    report = syncing.sync(store, vault)
    [item_id] = listing.find(store, "路由")
    item = items.by_id(store, item_id)
    assert report.added == [item.citekey]
    assert (item.title, item.tags) == ("Switch Transformers: Scaling to Trillion Parameters", ("moe",))
    assert writing.read_note(store, item_id) == "Routing 路由.\n"
    text = path.read_text()
    assert f"citekey: {item.citekey}\n" in text
    assert "\ntags: [moe]\n" in text
    assert "\nmine: 1\n" in text
    assert text.endswith("# Switch Transformers: Scaling to Trillion Parameters\n\nRouting 路由.\n")
    again = syncing.sync(store, vault)
    assert (again.written, again.came_in, again.is_complete) == (0, 0, True)


def test_a_new_file_elsewhere_is_a_note_on_the_paper_it_names_or_is_left_alone(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    item_id = add_item("Switch Transformers: Scaling to Trillion Parameters")
    syncing.sync(store, vault)
    (vault / "talks").mkdir()
    talk, diary = vault / "talks" / "switch.md", vault / "diary.md"
    talk.write_text("# Switch Transformers: Scaling to Trillion Parameters\n\nFrom the talk.\n")
    diary.write_text("Rain all day.\n")
    report = syncing.sync(store, vault)
    assert [taken.path for taken in report.taken] == ["talks/switch.md"]
    assert report.left_alone == ["diary.md"]
    assert report.is_complete
    [note] = notes.of_item(store, item_id)
    assert note.body.endswith("From the talk.\n")
    assert "From the talk." not in paper(vault, items.by_id(store, item_id).citekey).read_text()
    writing.append_note(store, item_id, "From here.", title=note.title)
    syncing.sync(store, vault)
    assert talk.read_text().endswith("From the talk.\n\nFrom here.\n")
    assert diary.read_text() == "Rain all day.\n"
    again = syncing.sync(store, vault)
    assert (again.written, again.came_in, again.left_alone) == (0, 0, [])


def test_a_conflicted_copy_is_taken_in_and_left(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan")
    writing.save_note(store, item_id, "One.\n\nTwo.\n")
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, item_id).citekey)
    copy = path.with_name(f"{path.stem} (conflicted copy 2026-03-01).md")
    copy.write_text(
        path.read_text().replace("One.", "One, there.").replace("Two.\n", "Two.\n\nThree, there.\n")
    )
    edit(path, "One.", "One, here.")
    report = syncing.sync(store, vault)
    assert report.copies == [inside(vault, copy)]
    [waiting] = report.conflicts
    assert (waiting.conflict.mine, waiting.conflict.theirs) == ("One, there.", "One, here.")
    assert path.read_text().endswith("One, here.\n\nTwo.\n\nThree, there.\n")
    before = copy.read_bytes()
    again = syncing.sync(store, vault)
    assert (again.written, again.came_in, copy.read_bytes()) == (0, 0, before)


def test_a_box_ticked_in_the_index_marks_the_paper_read_and_no_untick_flips_a_status(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    first, second = add_item("AntMan: Dynamic [Scaling] (on GPUs)"), add_item("Gandiva")
    reading.mark(store, "read", [second], allowed=STATUSES)
    syncing.sync(store, vault)
    [index] = (path for path in vault.glob("*.md"))
    one, other = (line for line in index.read_text().splitlines() if line.startswith("- ["))
    edit(index, one, one.replace("- [ ] ", "- [x] "))
    edit(index, other, other.replace("- [x] ", "- [ ] "))
    report = syncing.sync(store, vault)
    assert [taken.path for taken in report.taken] == [index.name]
    assert {item.read_status for item in items.by_ids(store, [first, second])} == {"read"}
    assert syncing.sync(store, vault).came_in == 0


def test_no_vault_is_made_among_somebodys_notes_unasked(
    store: Store, add_item: AddItem, tmp_path: Path
) -> None:
    add_item("AntMan")
    own = tmp_path / "own"
    own.mkdir()
    for name in ("README", "one", "two", "three"):
        (own / f"{name}.md").write_text(f"# {name}\n")
    with pytest.raises(UnwritableFileError, match="3 Markdown files"):
        syncing.sync(store, own)
    assert len(list(own.iterdir())) == 4
    syncing.sync(store, own, SyncWish(among_own_notes=True))
    assert (own / "index.md").is_file()


def test_a_sync_that_took_something_in_leaves_nothing_to_look_at_again(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    add_item("AntMan: Dynamic Scaling", citekey="antman")
    syncing.sync(store, vault)
    with paper(vault, "antman").open("a", encoding="utf-8") as file:
        file.write("\nWords of my own.\n")
    assert syncing.sync(store, vault).came_in == 1
    assert store.count("SELECT count(*) FROM vault_queue") == 0
