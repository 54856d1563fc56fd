"""How a synced vault stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notes_tui.services import syncing, writing
from notes_tui.services.vault import export_vault
from notes_tui.services.vault_watch import changed_outside, known_folders
from notes_tui.store.database import Store
from tests.conftest import AddItem, Clock


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def papers(store: Store, add_item: AddItem, vault: Path) -> list[Path]:
    """The files of three items in a vault that was synced."""
    for name in ("First", "Second", "Third"):
        writing.save_note(store, add_item(name), "One.\n")
    syncing.sync(store, vault)
    return sorted((vault / "papers").iterdir())


def test_a_folder_that_was_only_exported_to_is_not_watched(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    add_item()
    export_vault(store, vault)
    assert changed_outside(store) is None


def test_a_vault_in_step_says_since_when(store: Store, clock: Clock, vault: Path, papers: list[Path]) -> None:
    clock.move(hours=2)
    writing.save_note(store, 1, "Two.\n")
    found = changed_outside(store)
    assert found is not None
    assert (found.folder, found.in_step_since) == (str(vault), "2026-03-14T15:09:26+01:00")
    assert (found.changed, found.missing, found.conflicts, found.is_there) == (0, 0, 0, True)


def test_changed_new_and_missing_files_are_counted(
    store: Store, clock: Clock, vault: Path, papers: list[Path]
) -> None:
    papers[0].write_text(papers[0].read_text() + "\nBy hand.\n")
    papers[1].unlink()
    for name, seconds in (("new", 60), ("old", -60)):
        made = vault / "papers" / f"{name}.md"
        made.write_text(f"# {name}\n")
        at = clock().timestamp() + seconds
        os.utime(made, (at, at))
    (vault / "index.md").write_text((vault / "index.md").read_text() + "\nMine.\n")
    (vault / "picture.png").write_bytes(b"")
    (vault / ".hidden").mkdir()
    (vault / ".hidden" / "x.md").write_text("x")
    found = changed_outside(store)
    assert found is not None
    assert (found.changed, found.missing) == (3, 1)
    syncing.sync(store, vault)
    found = changed_outside(store)
    assert found is not None
    assert (found.changed, found.missing) == (0, 1)


def test_all_vaults_are_known_the_one_synced_last_first(
    store: Store, clock: Clock, vault: Path, papers: list[Path], tmp_path: Path
) -> None:
    export_vault(store, tmp_path / "exported")
    clock.move(hours=1)
    syncing.sync(store, tmp_path / "second")
    assert known_folders(store) == [str(tmp_path / name) for name in ("second", "vault", "exported")]
    (tmp_path / "exported").rename(tmp_path / "away")
    assert len(known_folders(store)) == 2


def test_conflicts_are_counted_until_they_end(store: Store, vault: Path, papers: list[Path]) -> None:
    papers[0].write_text(papers[0].read_text().replace("One.", "By hand."))
    writing.save_note(store, 1, "By program.\n")
    syncing.sync(store, vault)
    records = vault / ".notes-tui" / "conflicts"
    records.mkdir()
    (records / "abcd.json").write_text("{}")
    found = changed_outside(store)
    assert found is not None
    assert (found.changed, found.conflicts) == (0, 2)


def test_a_folder_that_is_away_is_told(store: Store, vault: Path, papers: list[Path]) -> None:
    vault.rename(vault.with_name("elsewhere"))
    found = changed_outside(store)
    assert found is not None
    assert (found.is_there, found.changed, found.missing) == (False, 0, 0)
