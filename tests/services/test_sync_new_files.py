"""Files that somebody puts into a vault by hand."""

from __future__ import annotations

from pathlib import Path

from notes_tui.formats.vault import citekey_in
from notes_tui.services.syncing import sync
from notes_tui.store.database import Store
from tests.conftest import AddItem


def test_a_new_file_without_a_citekey_is_taken_in_without_a_complaint(
    store: Store, add_item: AddItem, tmp_path: Path
) -> None:
    add_item("AntMan: Dynamic Scaling")
    vault = tmp_path / "vault"
    sync(store, vault)
    file = vault / "papers" / "mine.md"
    file.write_text("---\ntitle: A Paper of My Own\nyear: 2022\nscore: 9\n---\nIt scales.\n", "utf-8")
    report = sync(store, vault)
    assert not report.problems
    [citekey] = report.added
    text = file.read_text("utf-8")
    assert citekey_in(text) == citekey
    assert "score: 9" in text
    assert "It scales." in text
    assert sync(store, vault).written == 0
