"""Folders of syncing services, and the names they give to copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.services import doctor
from notes_tui.services.clouds import cloud_folder, is_conflicted_copy
from notes_tui.settings import Home
from notes_tui.store.database import open_store


@pytest.mark.parametrize(
    ("copy", "original"),
    [
        ("x (conflicted copy 2024-01-02).md", "x.md"),
        ("x (conflicted copy 2024-01-02 120000).md", "x.md"),
        ("x (conflicted copy 2024-01-02 (1)).md", "x.md"),
        ("x (Anna's conflicted copy 2024-01-02).md", "x.md"),
        ("x (my-host's conflicted copy).md", "x.md"),
        ("x (Conflicted Copy).md", "x.md"),
        ("调度 (某人 的冲突副本 2024-01-02).md", "调度.md"),
        ("x.sync-conflict-20240102-120000-ABCDEFG.md", "x.md"),
        ("items.sync-conflict-20240102-120000.jsonl", "items.jsonl"),
        ("x_conflict-20240102-120000.md", "x.md"),
        ("x (SFConflict someone@example.org 2024-01-02-12-00-00).md", "x.md"),
        ("x [conflicted].md", "x.md"),
        ("x-DESKTOP-AB12C3D.md", "x.md"),
        ("x-LAPTOP-1A2B3C4D-2.md", "x.md"),
        ("a (b) (conflicted copy 2024-01-02).md", "a (b).md"),
        ("Makefile (conflicted copy 2024-01-02)", "Makefile"),
    ],
)
def test_a_copy_is_told_by_its_name(copy: str, original: str) -> None:
    assert is_conflicted_copy(copy) == original


@pytest.mark.parametrize(
    "name",
    [
        "x.md", "x (1).md", "x 2.md", "x (copy).md", "On conflicted copy.md", "(conflicted copy 2024-01-02).md",
        "conflict-free replicated data types.md", "x-desktop.md", "x-DESKTOP-notes.md", "x.sync-conflict.md",
        "x (2024-01-02).md", "", ".md",
    ],
)  # fmt: skip
def test_an_own_name_is_no_copy(name: str) -> None:
    assert is_conflicted_copy(name) is None


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/papers", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive - The Lab/notes", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-me/My Drive", "Google Drive"),
        ("Google Drive/a", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/n", "iCloud Drive"),
        ("Nextcloud/n", "Nextcloud"),
        ("Seafile/n", "Seafile"),
    ],
)
def test_a_folder_is_told_by_its_name(tmp_path: Path, folder: str, service: str) -> None:
    assert cloud_folder(tmp_path / folder / "notes.db") == service


@pytest.mark.parametrize(
    ("mark", "service"), [(".stfolder", "Syncthing"), (".dropbox", "Dropbox"), (".dropbox.cache", "Dropbox")]
)
def test_a_folder_is_told_by_what_the_service_left_in_it(tmp_path: Path, mark: str, service: str) -> None:
    (tmp_path / "sync" / "deep").mkdir(parents=True)
    (tmp_path / "sync" / mark).touch()
    assert cloud_folder(tmp_path / "sync" / "deep") == service
    assert cloud_folder(tmp_path) is None


def test_a_link_into_such_a_folder_counts(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "Dropbox")
    assert cloud_folder(tmp_path / "home") == "Dropbox"


@pytest.mark.parametrize("folder", ["dropboxes", "my-onedriver", "papers on google drives", "boxes", "cloud"])
def test_a_name_that_only_sounds_alike_does_not_count(tmp_path: Path, folder: str) -> None:
    assert cloud_folder(tmp_path / folder) is None


def test_doctor_says_so_where_the_database_lies_in_such_a_folder(tmp_path: Path) -> None:
    home = Home(tmp_path / "Dropbox" / "notes")
    home.path.mkdir(parents=True)
    with open_store(home.database, create=True) as store:
        places = [each for each in doctor.examine(store, home) if each.subject == "place"]
    assert [each.state for each in places] == ["note"]
    assert "Dropbox" in places[0].message
