"""The files of a new vault appear together or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notes_tui.errors import UnwritableFileError
from notes_tui.services.folders import Folder
from notes_tui.services.fresh_files import FreshFiles
from notes_tui.services.vault import export_vault
from notes_tui.store.database import Store
from tests.conftest import AddItem

PATHS = [f"papers/{number}.md" for number in range(300)] + ["index.md", ".notes-tui/items.jsonl"]


def listed(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_nothing_is_there_until_everything_is(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    with FreshFiles(Folder(root)) as fresh:
        states = {path: fresh.write(path, f"words of {path} 调度\n") for path in PATHS}
        assert {path.name for path in root.iterdir()} == {f".fresh.{os.getpid()}.part"}
        fresh.put_in_place()
    assert listed(root) == sorted(PATHS)
    assert (root / "index.md").read_text("utf-8") == "words of index.md 调度\n"
    for path, state in states.items():
        status = (root / path).stat()
        assert (state.size, state.mtime_ns, state.usable) == (status.st_size, status.st_mtime_ns, True)


def test_what_is_ended_before_leaves_nothing(tmp_path: Path) -> None:
    with FreshFiles(Folder(tmp_path)) as fresh:
        fresh.write("papers/a.md", "half of it")
    assert list(tmp_path.iterdir()) == []


def test_what_came_in_between_is_not_overwritten(tmp_path: Path) -> None:
    with FreshFiles(Folder(tmp_path)) as fresh:
        fresh.write("index.md", "ours")
        (tmp_path / "index.md").write_text("theirs")
        with pytest.raises(UnwritableFileError):
            fresh.put_in_place()
    assert (tmp_path / "index.md").read_text() == "theirs"
    assert listed(tmp_path) == ["index.md"]


def test_it_suits_many_files_of_which_nothing_is_there(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert FreshFiles.suit(folder, PATHS)
    assert not FreshFiles.suit(folder, PATHS[:10])
    (tmp_path / "papers").symlink_to("nowhere")
    assert not FreshFiles.suit(folder, PATHS)


def test_a_large_library_goes_into_a_new_folder_and_a_used_one_alike(
    store: Store, add_item: AddItem, tmp_path: Path
) -> None:
    for number in range(220):
        add_item(f"Paper number {number}", citekey=f"key{number}")
    new, used = tmp_path / "new", tmp_path / "used"
    (used / "papers").mkdir(parents=True)
    (used / "papers" / "mine.txt").write_text("my own")
    (new / ".fresh.99999999.part" / "papers").mkdir(parents=True)
    told: list[int] = []
    first = export_vault(store, new, progress=lambda done, _: told.append(done))
    second = export_vault(store, used)
    assert (first.new, first.pages, first.problems) == (second.new, second.pages, second.problems)
    assert len(first.new) == 220
    assert [name for name in listed(used) if not name.endswith("mine.txt")] == listed(new)
    assert all((new / name).read_bytes() == (used / name).read_bytes() for name in listed(new))
    assert export_vault(store, new).unchanged == 220
    assert not list(new.glob(".fresh*"))


def test_a_cancelled_export_of_a_new_vault_leaves_nothing_and_can_be_repeated(
    store: Store, add_item: AddItem, tmp_path: Path
) -> None:
    for number in range(600):
        add_item(f"Paper number {number}", citekey=f"key{number}")

    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_vault(store, tmp_path / "vault", progress=cancel)
    assert listed(tmp_path / "vault") == []
    assert len(export_vault(store, tmp_path / "vault").new) == 600
    assert export_vault(store, tmp_path / "vault").unchanged == 600
