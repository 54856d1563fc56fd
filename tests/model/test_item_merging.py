"""Three-way merges of items: nothing a side added is missing, and the sides may be swapped."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.model.dump import DumpedAnnotation, DumpedItem
from notes_tui.model.item import Annotation, Item, Note
from notes_tui.model.item_merging import Choice, merge_items

WORDS = st.sampled_from(["", "one", "two\nlines", "调度 🙂", "a\r\nb", "## Note\n\nx"])
TITLES = st.sampled_from(["", "Ideas", "想法"])

annotated = st.builds(
    lambda key, page, quote, comment: DumpedAnnotation(
        Annotation(id=key, page=page, quote=quote, comment=comment)
    ),
    st.sampled_from(["a1", "b2", "c3"]), st.none() | st.integers(1, 3), WORDS, WORDS,
)  # fmt: skip
dumped = st.builds(
    lambda title, venue, year, added, tags, notes, annotations: DumpedItem(
        uid="u",
        item=Item(citekey="key", title=title, venue=venue, year=year, added=added, tags=tuple(tags)),
        notes=tuple(Note(name, body) for name, body in sorted(notes.items())),
        annotations=tuple({each.annotation.id: each for each in annotations}.values()),
    ),
    st.sampled_from(["A", "B", "C"]), st.sampled_from(["", "OSDI", "NSDI"]), st.none() | st.integers(2019, 2021),
    st.sampled_from(["2026-01-01", "2026-01-02"]), st.lists(st.sampled_from("xyz"), unique=True),
    st.dictionaries(TITLES, WORDS, max_size=3), st.lists(annotated, max_size=3),
)  # fmt: skip


def without_order(item: DumpedItem) -> DumpedItem:
    """An item whose notes and annotations stand in one order whichever side was named first."""
    return replace(
        item,
        item=replace(item.item, tags=tuple(sorted(item.item.tags))),
        notes=tuple(sorted(item.notes, key=lambda note: note.title)),
        annotations=tuple(sorted(item.annotations, key=lambda each: each.annotation.id)),
    )


@given(item=dumped, other=dumped)
def test_what_one_side_changed_is_taken_whole(item: DumpedItem, other: DumpedItem) -> None:
    for merged in (merge_items(item, other, item), merge_items(item, item, other)):
        assert merged.conflicts == ()
        assert without_order(merged.ours) == without_order(merged.theirs) == without_order(other)


@given(base=dumped, ours=dumped, theirs=dumped)
@settings(max_examples=200)
def test_the_sides_may_be_swapped(base: DumpedItem, ours: DumpedItem, theirs: DumpedItem) -> None:
    one, other = merge_items(base, ours, theirs), merge_items(base, theirs, ours)
    assert sorted((each.part, each.base, each.mine, each.theirs) for each in one.conflicts) == sorted(
        (each.part, each.base, each.theirs, each.mine) for each in other.conflicts
    )
    if not one.conflicts:
        assert without_order(one.ours) == without_order(other.ours) == without_order(one.theirs)


@given(base=dumped, ours=dumped, theirs=dumped)
@settings(max_examples=200)
def test_new_tags_notes_and_annotations_are_there(
    base: DumpedItem, ours: DumpedItem, theirs: DumpedItem
) -> None:
    merged = merge_items(base, ours, theirs)
    for side in (ours, theirs):
        assert {*side.item.tags} - {*base.item.tags} <= {*merged.ours.item.tags} & {*merged.theirs.item.tags}
        known = {each.annotation.id for each in base.annotations}
        new = {each.annotation.id for each in side.annotations} - known
        assert new <= {each.annotation.id for each in merged.ours.annotations}
        titles = {note.title for note in side.notes} - {note.title for note in base.notes}
        assert titles <= {note.title for note in merged.ours.notes}


@given(base=dumped, ours=dumped, theirs=dumped, side=st.sampled_from(["mine", "theirs"]))
def test_what_somebody_chose_is_no_conflict(
    base: DumpedItem, ours: DumpedItem, theirs: DumpedItem, side: str
) -> None:
    choice = Choice("mine") if side == "mine" else Choice("theirs")
    merged = merge_items(base, ours, theirs, choose=lambda conflict: choice)
    assert merged.conflicts == ()
    assert without_order(merged.ours) == without_order(merged.theirs)


def test_of_two_days_of_arrival_the_earlier_counts() -> None:
    base, early, late = (
        DumpedItem(uid="u", item=Item(citekey="key", added=added))
        for added in ("", "2026-01-01", "2026-02-01")
    )
    merged = merge_items(base, late, early)
    assert (merged.ours.item.added, merged.conflicts) == ("2026-01-01", ())
