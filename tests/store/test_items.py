"""Finding items by what people call them."""

from __future__ import annotations

import pytest

from notes_tui.errors import AmbiguousItemError, UnknownItemError
from notes_tui.store import items
from notes_tui.store.database import Store
from tests.conftest import AddItem


def test_keys_are_looked_up_through_indexes(store: Store, add_item: AddItem) -> None:
    item_id = add_item("AntMan: Dynamic Scaling", citekey="antman2020", title_short="AntMan", doi="10.1/x")
    add_item("Another")
    items.add_alias(store, item_id, "known-as")
    asked: list[str] = []
    store.db.set_trace_callback(asked.append)
    for key in ("antman2020", "ANTMAN2020", "Known-As", "antman"):
        assert items.resolve(store, key) == item_id
    assert items.resolve(store, "10.1/X", doi="10.1/X") == item_id
    store.db.set_trace_callback(None)
    plans = [row["detail"] for sql in asked for row in store.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(plans) > 8
    assert [plan for plan in plans if "SCAN" in plan or "list_order" in plan] == []


def test_a_short_name_is_compared_letter_for_letter_with_a_key_of_another_case(
    store: Store, add_item: AddItem
) -> None:
    add_item("Gavel: One", citekey="one2020", title_short="Gavel")
    keyed = add_item("Another", citekey="gavel", title_short="")
    assert items.resolve(store, "gavel") == keyed
    with pytest.raises(AmbiguousItemError, match="Gavel"):
        items.resolve(store, "Gavel")
    assert items.resolve(store, "GAVEL") == keyed


def test_a_key_of_the_trash_leads_nowhere(store: Store, add_item: AddItem) -> None:
    item_id = add_item("Gone", citekey="gone2020")
    store.run("UPDATE items SET trashed = '2026-01-01' WHERE id = ?", (item_id,))
    with pytest.raises(UnknownItemError, match="gone2020"):
        items.resolve(store, "gone2020")
