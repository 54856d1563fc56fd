from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from notes_tui.errors import EditConflictError, InvalidValueError, UnknownThingError
from notes_tui.model.item import Annotation
from notes_tui.services import editing, journaling, listing, writing
from notes_tui.store import notes
from notes_tui.store.database import Store, open_store
from tests.conftest import AddItem


def test_a_note_is_kept_as_it_was_typed(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    text = "  # Überschrift\r\n\r\n$x_i$ **注意：**这里 \\alpha\t\n<b>no end"
    writing.save_note(store, item_id, text)
    assert writing.read_note(store, item_id) == text
    writing.save_note(store, item_id, "")
    assert listing.detail(store, item_id).notes == ()


def test_a_sitting_at_the_editor_is_one_step(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    writing.save_note(store, item_id, "before")
    sitting: int | None = None
    for text in ("before a", "before a b", "before a b c"):
        sitting = writing.save_note(store, item_id, text, sitting=sitting).step
    journaling.undo(store)
    assert writing.read_note(store, item_id) == "before"
    journaling.redo(store)
    assert writing.read_note(store, item_id) == "before a b c"
    assert store.count("SELECT count(*) FROM journal_changes WHERE tbl = 'notes'") == 2


def test_a_save_after_another_change_is_a_step_of_its_own(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    sitting = writing.save_note(store, item_id, "one").step
    writing.add_tag(store, "x", [item_id])
    writing.save_note(store, item_id, "two", sitting=sitting)
    journaling.undo(store)
    assert writing.read_note(store, item_id) == "one"
    assert listing.detail(store, item_id).item.tags == ("x",)


def test_appending_makes_a_paragraph(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    for text, expected in (("one", "one"), ("two", "one\n\ntwo"), ("three", "one\n\ntwo\n\nthree")):
        assert writing.append_note(store, item_id, text).body == expected
    writing.save_note(store, item_id, "line\n")
    assert writing.append_note(store, item_id, "more").body == "line\n\nmore\n"
    with pytest.raises(InvalidValueError):
        writing.append_note(store, item_id, " \n")


def test_titled_notes_stand_beside_the_main_one(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    writing.save_note(store, item_id, "side", title="Proof  sketch")
    assert writing.read_note(store, item_id) == ""
    assert writing.read_note(store, item_id, "Proof sketch") == "side"
    with pytest.raises(UnknownThingError, match="Lemma"):
        writing.read_note(store, item_id, "Lemma")


def test_an_editor_that_died_is_told_of_once(store: Store, add_item: AddItem) -> None:
    item_id = add_item("Interrupted")
    with store.transaction():
        notes.begin_editing(store, item_id, "", 2**22 + 1)
    writing.begin_editing(store, item_id)
    assert writing.interrupted_notes(store) == ["Interrupted"]
    assert writing.interrupted_notes(store) == []
    assert [row[2] for row in notes.editing(store)] == [os.getpid()]
    writing.end_editing(store, item_id)
    assert notes.editing(store) == []


def test_annotations_are_added_changed_and_removed(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    quote = writing.annotate(store, item_id, Annotation(page=9, quote=" words ", role="Claim")).annotation
    remark = writing.annotate(store, item_id, Annotation(page=2, comment="why?")).annotation
    assert (quote.kind, quote.quote, quote.role, remark.kind) == ("highlight", "words", "claim", "note")
    assert [each.page for each in listing.detail(store, item_id).annotations] == [2, 9]
    changed = writing.change_annotation(store, item_id, quote.id, comment="because", page=3).annotation
    assert (changed.quote, changed.comment, changed.page) == ("words", "because", 3)
    writing.remove_annotation(store, item_id, remark.id)
    assert [each.id for each in listing.detail(store, item_id).annotations] == [quote.id]
    for _ in range(4):
        journaling.undo(store)
    assert listing.detail(store, item_id).annotations == ()


def test_parts_of_an_annotation_can_be_cleared(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    made = writing.annotate(
        store, item_id, Annotation(page=9, quote="words", comment="why?", role="claim")
    ).annotation
    change = partial(writing.change_annotation, store, item_id, made.id)
    assert change(page=None).annotation.page is None
    assert change(role="None").annotation.role == ""
    assert [listing.find(store, query) for query in ("role:none", "role:claim")] == [[item_id], []]
    assert (change(quote="").annotation.kind, change(quote="more").annotation.kind) == ("note", "highlight")
    assert change(comment="").annotation.comment == ""
    with pytest.raises(InvalidValueError, match="says nothing"):
        change(quote="")


def test_an_annotation_must_say_something_somewhere(store: Store, add_item: AddItem) -> None:
    item_id, other = add_item("One"), add_item("Two")
    for bad in (Annotation(page=1), Annotation(quote="x", page=0), Annotation(quote="  ", comment="\n")):
        with pytest.raises(InvalidValueError):
            writing.annotate(store, item_id, bad)
    made = writing.annotate(store, item_id, Annotation(quote="x")).annotation
    with pytest.raises(UnknownThingError, match=made.id):
        writing.remove_annotation(store, other, made.id)


def test_tags_nest_and_keep_their_first_spelling(store: Store, add_item: AddItem) -> None:
    ids = [add_item("One"), add_item("Two")]
    assert writing.add_tag(store, "#MoE / Routing", ids[:1])[0] == 1
    assert writing.add_tag(store, "moe/routing", ids)[0] == 1
    assert writing.tags(store) == [("MoE/Routing", 2)]
    assert writing.remove_tag(store, "MOE/ROUTING", ids[1:])[0] == 1
    assert writing.rename_tag(store, "moe", "experts")[0] == 1
    assert writing.tags(store) == [("experts/Routing", 1)]
    journaling.undo(store)
    assert writing.tags(store) == [("MoE/Routing", 1)]


def test_items_that_are_gone_meanwhile_get_no_tag_and_the_others_do(store: Store, add_item: AddItem) -> None:
    gone, kept = add_item("Gone"), add_item("Kept")
    editing.remove(store, [gone])
    editing.empty_trash(store)
    assert writing.add_tag(store, "moe", [gone, kept])[0] == 1
    assert writing.tags(store) == [("moe", 1)]


def test_renaming_into_a_tag_that_exists_joins_them(store: Store, add_item: AddItem) -> None:
    ids = [add_item("One"), add_item("Two")]
    writing.add_tag(store, "a", ids)
    writing.add_tag(store, "b", ids[:1])
    writing.rename_tag(store, "a", "b")
    assert writing.tags(store) == [("b", 2)]
    with pytest.raises(UnknownThingError):
        writing.rename_tag(store, "a", "c")


@pytest.mark.parametrize("bad", ["", " / ", "#", "a,b", "x" * 101, "a\x1bb"])
def test_what_is_no_tag_is_refused(store: Store, add_item: AddItem, bad: str) -> None:
    with pytest.raises(InvalidValueError):
        writing.add_tag(store, bad, [add_item()])


def test_views_are_saved_and_removed(store: Store) -> None:
    writing.save_view(store, "Unread  OSDI", "status:unread venue:osdi")
    writing.save_view(store, "unread osdi", "venue:osdi")
    assert listing.overview(store).views == (("Unread OSDI", "venue:osdi"),)
    writing.remove_view(store, "unread OSDI")
    assert listing.overview(store).views == ()
    with pytest.raises(UnknownThingError):
        writing.remove_view(store, "gone")


def test_a_note_changed_elsewhere_meanwhile_is_not_overwritten(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    writing.save_note(store, item_id, "base")
    with open_store(store.path) as other_window:
        writing.save_note(other_window, item_id, "theirs", base="base")
    with pytest.raises(EditConflictError) as caught:
        writing.save_note(store, item_id, "mine", base="base")
    assert (caught.value.mine, caught.value.theirs) == ("mine", "theirs")
    assert writing.read_note(store, item_id) == "theirs"
    assert writing.save_note(store, item_id, "theirs", base="base").changed is False
    assert writing.save_note(store, item_id, "both", base="theirs").changed


def test_the_title_of_a_note_is_the_same_however_it_is_typed(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    writing.save_note(store, item_id, "a", title="Q")
    writing.append_note(store, item_id, "b", title=" Q ")
    assert writing.read_note(store, item_id, "Q  ") == "a\n\nb"


def test_appending_at_once_from_several_windows_loses_nothing(store: Store, add_item: AddItem) -> None:
    item_id = add_item()

    def append(number: int) -> None:
        with open_store(store.path) as window:
            writing.append_note(window, item_id, f"paragraph {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append, range(24)))
    paragraphs = writing.read_note(store, item_id).split("\n\n")
    assert sorted(paragraphs) == sorted(f"paragraph {number}" for number in range(24))


def test_a_tag_can_be_renamed_into_one_below_itself(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    for tag in ("a", "a/b"):
        writing.add_tag(store, tag, [item_id])
    writing.rename_tag(store, "a", "a/b")
    assert [tag for tag, _ in writing.tags(store)] == ["a/b", "a/b/b"]


def test_a_note_can_be_kept_private(store: Store, add_item: AddItem) -> None:
    item_id = add_item()
    writing.save_note(store, item_id, "mine alone")
    writing.set_note_private(store, item_id, True)
    assert listing.detail(store, item_id).notes[0].private
    journaling.undo(store)
    assert not listing.detail(store, item_id).notes[0].private
    with pytest.raises(UnknownThingError):
        writing.set_note_private(store, item_id, True, title="none")
