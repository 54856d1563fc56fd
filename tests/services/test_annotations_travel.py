"""What came with PDFs is whole in dumps and vaults, and is known again on the other side."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.services import attaching, exporting, importing, listing, refreshing, vault
from notes_tui.services.vault_importing import import_vault
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES, AddItem
from tests.services.annotated_pdfs import ALL, HALF, QUEUE, Mark, paper, written


@pytest.fixture
def place(store: Store, add_item: AddItem, tmp_path: Path) -> Path:
    """A linked PDF with annotations in other than their order of time, one of them gone."""
    place = written(tmp_path / "antman.pdf", paper(*ALL, Mark(1, "jobs wait"), Mark(2, "throughput grows")))
    item_id = add_item("AntMan: Dynamic Scaling", citekey="AntMan")
    attaching.attach(store, item_id, [str(place)], link=True)
    place.write_bytes(paper(*ALL[:2], Mark(1, "jobs wait"), Mark(2, "throughput grows")))
    refreshing.refresh(store)
    return place


def told(store: Store) -> list[tuple[object, ...]]:
    [item_id] = listing.find(store, "")
    found = listing.detail(store, item_id).annotations
    return [(each.id, each.page, each.quote, each.role, each.gone) for each in found]


def test_a_dump_holds_them_and_the_file_is_read_once_there(store: Store, place: Path, tmp_path: Path) -> None:
    dump = exporting.export_text(store, "json")
    with open_store(tmp_path / "other.db", create=True) as other:
        importing.import_text(other, dump, file="library.json")
        assert exporting.export_text(other, "json") == dump
        assert told(other) == told(store)
        [item_id] = listing.find(other, "")
        again = attaching.attach(other, item_id, [str(place)], link=True)
        assert [is_new for _, is_new in again.files] == [False]
        assert again.taken.changed == 0
        assert told(other) == told(store)


def test_a_vault_holds_them_in_reading_order(store: Store, place: Path, tmp_path: Path) -> None:
    vault.export_vault(store, tmp_path / "vault")
    [page] = [each for each in (tmp_path / "vault").rglob("*.md") if QUEUE.words in each.read_text("utf-8")]
    text = page.read_text("utf-8")
    quotes = ["jobs wait", QUEUE.words, "throughput grows", "every added worker", HALF.words]
    assert sorted(quotes, key=text.index) == quotes
    with open_store(tmp_path / "other.db", create=True) as other:
        import_vault(other, str(tmp_path / "vault"), statuses=STATUSES)
        assert told(other) == told(store)
        assert exporting.export_text(other, "json") == exporting.export_text(store, "json")
