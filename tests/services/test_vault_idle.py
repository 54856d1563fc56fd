"""An export that has nothing to write says so from what is remembered, and from the names of the files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from notes_tui.services import reading, vault, vault_idle, writing
from notes_tui.store.database import Store
from tests.conftest import STATUSES, AddItem


@pytest.fixture
def folder(store: Store, add_item: AddItem, tmp_path: Path) -> Path:
    for number in range(3):
        writing.save_note(store, add_item(f"Paper {number}"), "Words.\n")
    vault.export_vault(store, tmp_path / "vault")
    return tmp_path / "vault"


def test_a_vault_that_says_all_is_known_without_a_plan(store: Store, folder: Path) -> None:
    report = vault_idle.unchanged(store, folder)
    assert report is not None
    assert report.as_dict() == vault.export_vault(store, folder).as_dict()
    assert report.unchanged == 3


def test_what_changed_or_is_gone_wants_a_plan(store: Store, folder: Path, tmp_path: Path) -> None:
    assert vault_idle.unchanged(store, tmp_path / "elsewhere") is None
    assert vault_idle.unchanged(store, folder, done=("dropped",)) is None
    note = next((folder / "papers").glob("*.md"))
    text = note.read_text()
    note.unlink()
    assert vault_idle.unchanged(store, folder) is None
    note.symlink_to(folder / "index.md")
    assert vault_idle.unchanged(store, folder) is None
    note.unlink()
    note.write_text(text)
    assert vault_idle.unchanged(store, folder) is not None
    left = folder / "papers" / ".half.1.part"
    left.write_text("half")
    assert vault_idle.unchanged(store, folder) is None
    left.unlink()
    reading.rate(store, 3, [1])
    assert vault_idle.unchanged(store, folder) is None
    reading.mark(store, "read", [1], allowed=STATUSES)
    vault.export_vault(store, folder)
    assert vault_idle.unchanged(store, folder) is not None


def test_the_command_loads_nothing_that_makes_files_then(store: Store, folder: Path) -> None:
    code = (
        "import sys; from notes_tui.cli.program import run\n"
        "try: run()\nexcept SystemExit: pass\n"
        "print([name for name in ('notes_tui.formats.vault', 'notes_tui.services.vault') if name in sys.modules])"
    )
    command = [
        sys.executable,
        "-c",
        code,
        "--home",
        str(store.path.parent),
        "export",
        "markdown",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "3 unchanged" in done.stdout
