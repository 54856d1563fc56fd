"""A sync after changes that move nothing writes no more than the pages that tell of them, in the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from notes_tui.formats.vault import SETTINGS
from notes_tui.model.item import Annotation
from notes_tui.model.vault import LAYOUTS
from notes_tui.services import collecting, editing, journaling, reading, syncing, vault, writing
from notes_tui.services.syncing import SyncWish
from notes_tui.store.database import Store
from tests.conftest import STATUSES, AddItem

Change = Callable[[Store, int], object]


def fill(store: Store, add_item: AddItem) -> list[int]:
    ids = [add_item(f"Paper {n}: On Things", venue="OSDI" if n % 2 else "", year=2000 + n) for n in range(6)]
    collecting.create(store, "One")
    collecting.create(store, "Two")
    collecting.put(store, "one", ids[:3])
    collecting.put(store, "two", ids[2:5])
    writing.add_tag(store, "moe/routing", ids[1:4])
    writing.add_tag(store, "other", ids[4:])
    for item_id in ids[:4]:
        writing.save_note(store, item_id, "Words.\n")
    return ids


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


CHANGES: dict[str, Change] = {
    "read": lambda store, item: reading.mark(store, "read", [item], allowed=STATUSES),
    "reading": lambda store, item: reading.mark(store, "reading", [item], allowed=STATUSES, page=4),
    "rated": lambda store, item: reading.rate(store, 4, [item]),
    "pages": lambda store, item: reading.set_progress(store, [item], 3, 12),
    "tagged": lambda store, item: writing.add_tag(store, "fresh", [item]),
    "titled": lambda store, item: editing.edit(store, item, {"title": "Another Title"}),
    "noted": lambda store, item: writing.save_note(store, item, "Other words.\n"),
    "annotated": lambda store, item: writing.annotate(store, item, Annotation(quote="q", page=2)),
    "private": lambda store, item: editing.edit(store, item, {"private": "yes"}),
    "listed": lambda store, item: collecting.put(store, "two", [item]),
}  # fmt: skip
LIGHT = ("read", "reading", "rated", "pages", "annotated")
"""Changes that leave every file but a few as it is."""


def is_as_made_anew(store: Store, folder: Path, fresh: Path) -> bool:
    """Whether a vault has the bytes that the whole library gives in an empty folder."""
    vault.export_vault(store, fresh, profile=json.loads((folder / SETTINGS).read_text())["profile"])
    return contents(folder) == contents(fresh)


@pytest.mark.parametrize("profile", LAYOUTS)
def test_whatever_changed_the_vault_is_as_if_made_anew(
    store: Store, add_item: AddItem, tmp_path: Path, profile: str
) -> None:
    ids = fill(store, add_item)
    folder = tmp_path / "vault"
    syncing.sync(store, folder, SyncWish(profile=profile))
    # Where folders are topics and names are titles, files keep the names that a new vault would not give them.
    names = [each for each in CHANGES if profile != "research-space" or each not in ("titled", "listed")]
    for number, name in enumerate(names):
        CHANGES[name](store, ids[number % 4])
        syncing.sync(store, folder)
        assert is_as_made_anew(store, folder, tmp_path / name), name
        assert syncing.sync(store, folder).out.pages == []
    for number in range(len(names)):
        journaling.undo(store)
        syncing.sync(store, folder)
        assert is_as_made_anew(store, folder, tmp_path / f"undone {number}")


@pytest.mark.parametrize("name", LIGHT)
def test_pages_that_do_not_name_the_item_are_not_looked_at(
    store: Store, add_item: AddItem, tmp_path: Path, name: str
) -> None:
    ids = fill(store, add_item)
    folder = tmp_path / "vault"
    syncing.sync(store, folder)
    CHANGES[name](store, ids[0])
    seen: list[str] = []
    store.db.set_trace_callback(seen.append)
    out = syncing.sync(store, folder).out
    store.db.set_trace_callback(None)
    assert not any("base, size, mtime_ns FROM vault_files WHERE" in each for each in seen)
    assert {*out.pages} <= {
        "index.md", "collections/one.md", ".notes-tui/annotations.jsonl", ".notes-tui/items.jsonl",
        *(path for path in out.pages if path.startswith(".notes-tui/events/")),
    }  # fmt: skip
    assert len(out.changed) == 1
    assert out.unchanged == 5
    assert is_as_made_anew(store, folder, tmp_path / "fresh")


def test_words_that_somebody_added_to_a_page_stay(store: Store, add_item: AddItem, tmp_path: Path) -> None:
    ids = fill(store, add_item)
    folder = tmp_path / "vault"
    syncing.sync(store, folder)
    page = folder / "collections" / "one.md"
    page.write_text(page.read_text() + "\nMy own words.\n")
    syncing.sync(store, folder)
    reading.mark(store, "read", ids[:1], allowed=STATUSES)
    syncing.sync(store, folder)
    assert page.read_text().endswith("\nMy own words.\n")
    assert page.read_text().count("- [x]") == 1
    assert "1 of 3 read" in page.read_text()
