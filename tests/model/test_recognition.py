"""Annotations that are read again are the ones known before."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.pdf import Box, PdfAnnotation, Reply
from notes_tui.model.recognition import Recognition, on_pages, recognise


def known(number: int, *, named: bool = True, page: int = 1) -> PdfAnnotation:
    """An annotation at a place of its own."""
    return PdfAnnotation(
        id=f"id-{number}" if named else "",
        kind="highlight",
        page=page,
        box=Box(10, 20 * number, 110, 20 * number + 10),
        quote=f"words number {number}",
        comment=f"comment {number}",
        color="#ffd400",
        modified="2026-01-01T00:00:00+00:00",
    )


def outcome(old: list[PdfAnnotation], new: list[PdfAnnotation]) -> Recognition:
    return recognise(old, new)


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(1, 3)), max_size=12), st.randoms())
def test_reading_again_in_any_order_changes_nothing(each: list[tuple[int, bool, int]], order: object) -> None:
    old = [known(number, named=named, page=page) for number, named, page in each]
    new = list(old)
    order.shuffle(new)  # type: ignore[attr-defined]
    found = outcome(old, new)
    assert (len(found.same), found.edited, found.gone, found.new) == (len(old), [], [], [])
    assert all(old[first] == new[second] for first, second in found.same)


def test_one_more_one_changed_one_deleted() -> None:
    for named in (True, False):
        old = [known(number, named=named) for number in range(4)]
        new = [known(9, named=named), old[3], replace(old[1], comment="better"), old[0]]
        found = outcome(old, new)
        assert found == Recognition(same=[(0, 3), (3, 1)], edited=[(1, 2)], gone=[2], new=[0])


def test_each_thing_that_is_edited_counts_and_a_date_does_not() -> None:
    old = known(1)
    changes = (
        {"comment": "x"}, {"color": "#000000"}, {"quote": "more words"}, {"page": 2}, {"author": "B"},
        {"kind": "underline"}, {"box": Box(0, 0, 5, 5)}, {"replies": (Reply("", "B", "so", ""),)},
    )  # fmt: skip
    for change in changes:
        found = outcome([old], [replace(old, **change)])
        assert (found.edited, found.same) == ([(0, 0)], []) or change == {"kind": "underline"}
    unimportant = replace(
        old, modified="2027", heading="Later", page_label="v", doubts=("no-spaces",), before="x"
    )
    assert outcome([old], [unimportant]).same == [(0, 0)]


def test_without_ids_place_and_words_tell() -> None:
    old = [known(number, named=False) for number in (1, 2)]
    longer = replace(old[0], quote="words number 1 and some", box=Box(10, 20, 150, 30))
    moved = replace(old[1], box=Box(300, 300, 400, 310))
    assert outcome(old, [moved, longer]).edited == [(0, 1), (1, 0)]


def test_ids_that_were_given_anew_do_not_mislead() -> None:
    old = [known(number) for number in range(3)]
    new = [replace(each, id=f"id-{(number + 1) % 3}") for number, each in enumerate(old)]
    assert outcome(old, new).same == [(0, 0), (1, 1), (2, 2)]


def test_an_id_that_several_have_does_not_join_them() -> None:
    old = [replace(known(number), id="annot") for number in (1, 2)]
    new = [replace(known(number), id="annot") for number in (2, 7)]
    assert outcome(old, new) == Recognition(same=[(1, 0)], gone=[0], new=[1])


def test_a_short_id_that_became_free_does_not_join_what_has_nothing_in_common() -> None:
    old = [known(1), known(2), replace(known(3), kind="note", quote="")]
    new = [
        old[0], replace(known(8), id="id-2", quote="quite others"),
        replace(known(9), id="id-3", kind="note", quote="", comment="another"),
    ]  # fmt: skip
    assert outcome(old, new) == Recognition(same=[(0, 0)], gone=[1, 2], new=[1, 2])


def test_a_long_id_joins_what_was_moved_and_edited() -> None:
    old = replace(known(3), id="0b7b1c1e-45a3", kind="note", quote="")
    new = replace(old, comment="another", box=Box(300, 300, 320, 320))
    assert outcome([old], [new]).edited == [(0, 0)]


def test_a_place_that_another_takes_after_pages_moved_does_not_join_them() -> None:
    old = [
        replace(known(1, named=False, page=page), quote=words, comment="")
        for page, words in ((1, "first topic"), (2, "quite another"))
    ]
    new = [replace(each, page=each.page + 1) for each in old]
    assert outcome(old, new).edited == [(0, 0), (1, 1)]


def test_what_a_program_rounds_when_it_saves_is_no_change() -> None:
    old = known(1)
    assert outcome([old], [replace(old, box=Box(10.4, 19.6, 110.4, 30.3))]).same == [(0, 0)]
    assert outcome([old], [replace(old, box=Box(10, 20, 130, 30))]).edited == [(0, 0)]


def test_pages_with_the_same_text_have_moved() -> None:
    old = [known(1, page=1), known(2, page=2), known(3, page=3), known(4, page=4)]
    before = [(1, "one"), (2, "two"), (3, "twice"), (4, "twice")]
    now = [(1, "new"), (2, "one"), (4, "two"), (5, "twice")]
    assert [each.page for each in on_pages(old, before, now)] == [2, 4, 3, 4]


def test_twins_are_as_many_as_there_are() -> None:
    twin = known(1, named=False)
    found = outcome([twin, twin, twin], [twin, twin])
    assert (len(found.same), found.gone, found.new) == (2, [2], [])


def test_a_page_put_in_front_moves_annotations_without_ids() -> None:
    old = [known(number, named=False, page=number) for number in (1, 2, 3)]
    new = [replace(each, page=each.page + 1) for each in old]
    assert outcome(old, new).edited == [(0, 0), (1, 1), (2, 2)]


def test_many_annotations_of_one_page_are_matched_in_bounded_time() -> None:
    old = [known(number, named=False) for number in range(20_000)]
    new = [replace(each, quote=f"{each.quote}!", comment="", box=Box(0, 0, 1, 1)) for each in old]
    found = outcome(old, new)
    assert len(found.gone) == len(found.new) == 20_000


@given(st.lists(st.integers(0, 6), max_size=10), st.lists(st.integers(0, 6), max_size=10), st.booleans())
def test_every_annotation_has_one_fate(old: list[int], new: list[int], named: bool) -> None:
    found = recognise([known(each, named=named) for each in old], [known(each, named=named) for each in new])
    pairs = found.same + found.edited
    assert sorted([first for first, _ in pairs] + found.gone) == list(range(len(old)))
    assert sorted([second for _, second in pairs] + found.new) == list(range(len(new)))
