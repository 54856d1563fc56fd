"""The shape that is made of rows is the shape that is made of items."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notes_tui.model.brief import Brief
from notes_tui.model.item import LINK_KINDS, Creator, Link, Reference
from notes_tui.model.shapes import creator_shape, item_shape
from notes_tui.model.text import storable
from notes_tui.services import reading
from notes_tui.services.list_importing import load_bundled
from notes_tui.settings import STATUS_NAMES, bundled_texts
from notes_tui.store import item_rows, items, notes
from notes_tui.store.database import Store
from tests.conftest import AddItem


def assert_same(store: Store, item_ids: list[int]) -> None:
    """Check that all ways give the same, the order of keys included."""
    whole = items.by_ids(store, item_ids)
    from_items = [(item.item_id, item_shape(item)) for item in whole]
    assert json.dumps(list(item_rows.shapes(store, item_ids))) == json.dumps(from_items)
    names = Brief.__match_args__
    assert list(item_rows.briefs(store, item_ids)) == [
        Brief(*(getattr(item, name) for name in names)) for item in whole
    ]


def test_the_bundled_library_has_one_shape(store: Store) -> None:
    load_bundled(store, bundled_texts())
    ids = [row[0] for row in store.rows("SELECT id FROM items ORDER BY citekey")]
    reading.mark(store, "reading", ids[::7], allowed=STATUS_NAMES, page=3)
    reading.rate(store, 4, ids[::5])
    with store.step("made up"):
        store.run("UPDATE items SET pages = 12, private = 1 WHERE id % 3 = 0")
        notes.put(store, ids[0], "", "words\n")
        notes.add_tag(store, "moe/routing", ids[:4])
        items.add_alias(store, ids[1], "known-as")
        for kind, title in (("pdf", ""), ("figure", "a figure")):
            store.run(
                "INSERT INTO attachments (uid, item_id, path, kind, title, added) VALUES (?, ?, ?, ?, ?, '')",
                (kind, ids[2], f"/{kind}", kind, title),
            )
    assert len(ids) > 200
    assert_same(store, ids)
    assert_same(store, [*reversed(ids), 1_000_000])


TEXTS = st.text(max_size=6).map(storable)
CREATORS = st.lists(
    st.builds(Creator, literal=TEXTS) | st.builds(Creator, family=TEXTS, given=TEXTS), max_size=3
).map(tuple)
LINKS = st.lists(st.builds(Link, st.sampled_from(LINK_KINDS), TEXTS), max_size=2).map(tuple)
REFERENCES = st.builds(
    Reference, title=TEXTS, title_short=TEXTS, creators=CREATORS, links=LINKS, venue=TEXTS, doi=TEXTS, abstract=TEXTS,
    year=st.none() | st.integers(0, 2100), extra=st.dictionaries(TEXTS, TEXTS, max_size=2),
)  # fmt: skip


@given(REFERENCES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_item_has_one_shape(store: Store, add_item: AddItem, reference: Reference) -> None:
    fields = {name: getattr(reference, name) for name in ("title", "title_short", "creators", "links", "venue", "doi", "abstract",
                                                          "year", "extra")}  # fmt: skip
    assert_same(store, [add_item(**fields)])


CSL_NAMES = st.dictionaries(
    st.sampled_from(("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")),
    st.none() | TEXTS,
)


@given(CSL_NAMES)
def test_a_stored_name_is_shaped_as_the_creator_it_is(name: dict[str, str]) -> None:
    creator = Creator.from_dict(name)
    if creator.literal is not None:
        assert list(creator_shape(name).items()) == list(creator.as_dict().items())


def test_keys_that_begin_so_are_offered_in_list_order(store: Store, add_item: AddItem) -> None:
    first = add_item("Zebra", citekey="zebra2020")
    add_item("", citekey="ZEN2021", title_short="Zen")
    add_item("Another", citekey="another2020")
    gone = add_item("Gone", citekey="zero2020")
    store.run("UPDATE items SET trashed = '2026-01-01' WHERE id = ?", (gone,))
    items.add_alias(store, first, "ant2020")
    assert item_rows.keys_beginning(store, "ze", 9) == [("zebra2020", "Zebra"), ("ZEN2021", "Zen")]
    assert item_rows.keys_beginning(store, "AN", 9) == [("zebra2020", "Zebra"), ("another2020", "Another")]
    assert [key for key, _ in item_rows.keys_beginning(store, "", 2)] == ["zebra2020", "ZEN2021"]
    assert item_rows.keys_beginning(store, "z%", 9) == []
