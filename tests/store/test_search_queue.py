"""The index follows every change, whoever makes it, and only changes of words are queued."""

from __future__ import annotations

import sqlite3
from functools import partial

import pytest

from notes_tui.errors import StoreError
from notes_tui.model import query as q
from notes_tui.model.item import Annotation, Creator
from notes_tui.services import doctor, editing, listing, writing
from notes_tui.services.browsing import EVERYWHERE, browse, take_in
from notes_tui.settings import Home
from notes_tui.store import search
from notes_tui.store.database import Store
from tests.conftest import AddItem


@pytest.fixture
def item(store: Store, add_item: AddItem) -> int:
    item_id = add_item("Adaptive Clusters", creators=(Creator("Doe", "Jane"),), venue="OSDI")
    writing.save_note(store, item_id, "a note on scheduling")
    writing.add_tag(store, "moe", [item_id])
    writing.annotate(store, item_id, Annotation(quote="wall of text", comment="why"))
    assert listing.find(store, "adaptive") == [item_id]
    return item_id


def from_outside(store: Store, *statements: str) -> None:
    """Change the file as another program would that knows nothing of the index."""
    db = sqlite3.connect(store.path, isolation_level=None)
    for statement in statements:
        db.execute(statement)
    db.close()


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("UPDATE items SET title = 'Zebra'", "zebra"),
        ("UPDATE items SET abstract = 'about zebras'", "zebras"),
        ('UPDATE items SET creators = \'[{"family": "Zebra"}]\'', "zebra"),
        ("UPDATE notes SET body = '关于调度'", "调度"),
        ("UPDATE item_tags SET tag = 'zebra/one'", "zebra"),
        ("INSERT INTO item_tags (item_id, tag) SELECT id, 'zebra' FROM items", "zebra"),
        ("UPDATE annotations SET quote = 'zebra crossing'", "zebra"),
        ("UPDATE annotations SET comment = 'zebra'", "zebra"),
        (
            "INSERT INTO notes (uid, item_id, title, body, created, modified)"
            " SELECT 'u2', id, 'Zebra', 'x', '', '' FROM items",
            "zebra",
        ),
    ],
)
def test_changes_from_outside_are_found(store: Store, item: int, statement: str, word: str) -> None:
    assert listing.find(store, word) == []
    from_outside(store, statement)
    assert listing.find(store, word) == [item]
    assert listing.find(store, word, sort="rank") == [item]


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("DELETE FROM notes", "scheduling"),
        ("DELETE FROM item_tags", "moe"),
        ("DELETE FROM annotations", "wall"),
        ("DELETE FROM items", "adaptive"),
        ("UPDATE items SET trashed = '2026-01-01T00:00:00+00:00'", "adaptive"),
        ("UPDATE items SET venue = ''", "osdi"),
        (
            "REPLACE INTO items (id, uid, citekey, type, title, title_short, creators, venue, doi, arxiv, abstract,"
            " links, extra, added, title_key, rest_key) SELECT id, uid, citekey, type, 'New', '', '[]', '', '', '',"
            " '', '[]', '{}', added, 'new', '' FROM items",
            "adaptive",
        ),
    ],
)
def test_what_was_taken_away_outside_is_not_found(store: Store, item: int, statement: str, word: str) -> None:
    assert listing.find(store, word) == [item]
    from_outside(store, statement)
    assert listing.find(store, word) == []
    assert listing.find(store, word, sort="rank") == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE items SET title = title, venue = venue, abstract = abstract",
        "UPDATE items SET read_status = 'read', rating = 5, doi = '10.1/x', list_order = 7",
        "UPDATE notes SET modified = 'now', private = 1",
        "UPDATE annotations SET color = '#ffffff', page = 3",
        "UPDATE item_tags SET tag = tag",
    ],
)
def test_what_changes_no_words_is_not_queued(store: Store, item: int, statement: str) -> None:
    from_outside(store, statement)
    assert search.waiting(store) == 0


def test_the_trash_is_searched_by_itself(store: Store, item: int, add_item: AddItem) -> None:
    add_item("Another Cluster Paper")
    editing.remove(store, [item])
    in_trash = listing.Scope(trash=True)
    assert listing.find(store, "adaptive scheduling", in_trash) == [item]
    assert listing.find(store, "tag:moe wall", in_trash) == [item]
    assert listing.find(store, "another", in_trash) == []
    assert listing.find(store, "-adaptive", in_trash) == []
    assert listing.find(store, "adaptive") == []


def test_many_changes_are_taken_in_by_and_by(store: Store, add_item: AddItem) -> None:
    number = search.AT_ONCE * 2 + 10
    with store.step("many"):
        for each in range(number):
            add_item(f"Paper {each} of many")
    assert search.waiting(store) == number
    shown = browse(store, EVERYWHERE, "many")
    assert (shown.waiting, len(shown.ids)) == (number, 0)
    left = take_in(store, 0)
    assert left == number - search.AT_ONCE
    assert len(browse(store, EVERYWHERE, "many").ids) == search.AT_ONCE
    while left:
        left = take_in(store, 0)
    shown = browse(store, EVERYWHERE, "many")
    assert (shown.waiting, len(shown.ids)) == (0, number)


def test_a_search_by_itself_waits_for_all_changes(store: Store, add_item: AddItem) -> None:
    with store.step("many"):
        for each in range(search.AT_ONCE + 1):
            add_item(f"Paper {each} of many")
    assert len(listing.find(store, "many")) == search.AT_ONCE + 1
    assert search.waiting(store) == 0


def test_doctor_makes_a_lost_index_anew(store: Store, home: Home, item: int) -> None:
    from_outside(store, "DELETE FROM search")
    assert listing.find(store, "adaptive") == []
    doctor.examine(store, home, mend=True)
    assert listing.find(store, "adaptive") == [item]


def test_a_search_that_is_ended_anywhere_says_so_in_words(store: Store, item: int) -> None:
    said: list[str] = []
    for after in range(0, 400, 7):
        store.db.set_progress_handler(partial(next, iter([0] * after), 1), 1)
        try:
            search.find(store, q.parse("adaptive -moe sort:rank has:note"), take_in=False)
            search.count(store, q.parse("wall OR tag:moe"), take_in=False)
        except StoreError as error:
            said.append(str(error))
        finally:
            store.db.set_progress_handler(None, 0)
    assert said
    assert all("interrupt" in words for words in said)
    assert listing.find(store, "adaptive") == [item]
