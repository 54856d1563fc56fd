"""Three-way merging: nothing lost, nothing doubled, the same on every machine."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.model.merge import merge_sets, merge_text

BASE = "# Title\n\nFirst paragraph.\n\nSecond paragraph.\n\n- one\n- two\n"

words = st.sampled_from(
    ["alpha", "beta", "调度", "gamma ray", "- item", "# Heading", "", "> quote", "```", "𝜆"]
)
texts = st.lists(words, max_size=14).map("\n".join)
unique_lines = st.lists(st.integers(0, 400).map("line {}".format), unique=True, min_size=1, max_size=12)


@st.composite
def edits(draw: st.DrawFn, base: list[str], owner: str) -> list[str]:
    """The base with lines deleted, and inserted ones that name their owner."""
    result = []
    for index, line in enumerate(base):
        if draw(st.booleans()):
            result.append(f"{owner} before {index}")
        if draw(st.integers(0, 4)):
            result.append(line)
    return [*result, *draw(st.sampled_from([[], [f"{owner} at the end"]]))]


def test_changes_of_different_lines_are_all_made() -> None:
    ours = BASE.replace("First", "1st")
    theirs = BASE.replace("two", "zwei")
    merged = merge_text(BASE, ours, theirs)
    assert merged.text == BASE.replace("First", "1st").replace("two", "zwei")
    assert not merged.conflicts


def test_changes_of_neighbouring_lines_are_no_conflict() -> None:
    merged = merge_text(BASE, BASE.replace("one", "eins"), BASE.replace("two", "zwei"))
    assert merged.text.endswith("- eins\n- zwei\n")
    assert not merged.conflicts


def test_the_same_line_changed_twice_is_a_conflict_that_shows_both() -> None:
    merged = merge_text(BASE, BASE.replace("First", "1st"), BASE.replace("First", "Erster"))
    (conflict,) = merged.conflicts
    assert conflict.line == 3
    assert conflict.base == ("First paragraph.",)
    assert conflict.ours == ("1st paragraph.",)
    assert conflict.theirs == ("Erster paragraph.",)


def test_the_same_change_on_both_sides_is_made_once() -> None:
    changed = BASE.replace("First", "1st") + "\nMore.\n"
    assert merge_text(BASE, changed, changed).text == changed
    other = changed.replace("two", "zwei")
    assert merge_text(BASE, changed, other).text == other


def test_paragraphs_added_at_the_end_by_both_are_both_kept_and_stay_paragraphs() -> None:
    merged = merge_text(BASE, BASE + "\nFrom home.\n", BASE + "\nAt work.\n")
    assert merged.text == BASE + "\nAt work.\n\n\nFrom home.\n"
    assert not merged.conflicts


def test_list_lines_added_at_the_same_place_stay_one_list() -> None:
    merged = merge_text(BASE, BASE + "- b\n- d\n", BASE + "- a\n- c\n")
    assert merged.text == BASE + "- a\n- b\n- c\n- d\n"


def test_a_longer_addition_that_holds_the_other_is_taken_once() -> None:
    merged = merge_text(BASE, BASE + "\nMore.\n\nAnd more.\n", BASE + "\nMore.\n")
    assert merged.text == BASE + "\nMore.\n\nAnd more.\n"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_three_additions_come_out_the_same_in_every_order(order: tuple[int, ...]) -> None:
    added = ["\nZebra.\n\nSecond zebra.\n", "\nMonkey.\n", "\n```\ncode\n\n\nmore code\n```\n"]
    merged = BASE
    for index in order:
        merged = merge_text(BASE, merged, BASE + added[index]).text
    first = merge_text(BASE, merge_text(BASE, BASE + added[0], BASE + added[1]).text, BASE + added[2]).text
    assert merged == first
    assert all(text.strip() in merged for text in added)


def test_a_moved_section_takes_along_what_the_other_side_changed_in_it() -> None:
    base = "# T\n\n## A\n\ntext of a\nmore of a\n\n## B\n\ntext of b\nlast of b\n\n## C\n\nend\n"
    moved = "# T\n\n## B\n\ntext of b\nlast of b\n\n## C\n\nend\n\n## A\n\ntext of a\nmore of a\n"
    merged = merge_text(base, base.replace("text of a", "better text of a"), moved)
    assert merged.text == moved.replace("text of a", "better text of a")
    assert not merged.conflicts


def test_line_ends_of_the_file_stay() -> None:
    theirs = BASE.replace("\n", "\r\n").replace("two", "zwei")
    merged = merge_text(BASE, BASE.replace("First", "1st") + "- three\n", theirs)
    expected = BASE.replace("First", "1st").replace("two", "zwei") + "- three\n"
    assert merged.text == expected.replace("\n", "\r\n")


def test_single_crlf_lines_stay_single() -> None:
    theirs = BASE.replace("First paragraph.\n", "First paragraph.\r\n")
    merged = merge_text(BASE, BASE.replace("two", "zwei"), theirs)
    assert merged.text == theirs.replace("two", "zwei")


def test_a_file_without_final_newline_stays_without() -> None:
    merged = merge_text(BASE, BASE.replace("First", "1st"), BASE.removesuffix("\n"))
    assert merged.text == BASE.replace("First", "1st").removesuffix("\n")


def test_huge_texts_of_equal_lines_take_bounded_time() -> None:
    base = "x\n" * 60_000
    merged = merge_text(base, "begin\n" + base + "y\n", "first\n" + base[:-20_000] + "z\n")
    assert "begin" in merged.text or merged.conflicts


@given(texts, texts)
def test_one_side_alone_wins(base: str, side: str) -> None:
    assert merge_text(base, base, side) == merge_text(base, side, base)
    assert merge_text(base, side, base).text == side
    assert merge_text(base, side, side).text == side


@given(texts, texts, texts)
@settings(max_examples=300)
def test_the_order_of_the_sides_does_not_matter(base: str, one: str, other: str) -> None:
    merged, mirrored = merge_text(base, one, other), merge_text(base, other, one)
    assert len(merged.conflicts) == len(mirrored.conflicts)
    if not merged.conflicts:
        assert merged.text == mirrored.text


@given(texts, texts, texts)
@settings(max_examples=300)
def test_every_new_line_of_either_side_is_there(base: str, one: str, other: str) -> None:
    merged = merge_text(base, one, other)
    if not merged.conflicts:
        new = (set(one.split("\n")) | set(other.split("\n"))) - set(base.split("\n"))
        assert new - {""} <= set(merged.text.split("\n"))


@given(st.data())
@settings(max_examples=300)
def test_nothing_a_side_added_is_missing_and_nothing_is_doubled(data: st.DataObject) -> None:
    base = data.draw(unique_lines)
    one, other = data.draw(edits(base, "one")), data.draw(edits(base, "other"))
    merged = merge_text("\n".join(base), "\n".join(one), "\n".join(other))
    lines = merged.text.split("\n")
    if not merged.conflicts:
        wanted = {line for line in [*one, *other] if line not in base} | (set(base) & set(one) & set(other))
        assert {line for line in lines if line} == {line for line in wanted if line}
    assert len(lines) == len(set(lines)) or "" in lines


@given(
    st.lists(st.lists(words.filter(bool), min_size=1, max_size=3).map("\n\n".join), min_size=3, max_size=3)
)
def test_additions_at_the_end_merge_alike_in_every_order(added: list[str]) -> None:
    sides = [f"{BASE}\n{text}\n" for text in added]
    results = set()
    for order in permutations(sides):
        merged = BASE
        for side in order:
            step = merge_text(BASE, merged, side)
            assert not step.conflicts
            merged = step.text
        results.add(merged)
    assert all(text in merged for text in added for merged in results)


names = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6)


@given(names, names, names)
def test_lists_merge_as_sets(base: list[str], ours: list[str], theirs: list[str]) -> None:
    merged = merge_sets(base, ours, theirs)
    kept = {name for name in base if name in ours and name in theirs}
    added = (set(ours) | set(theirs)) - set(base)
    assert set(merged) == kept | added
    assert len(merged) == len(set(merged))


@given(names, names)
def test_an_unchanged_list_takes_the_other_side_as_it_is(base: list[str], side: list[str]) -> None:
    assert merge_sets(base, base, side) == side
    assert merge_sets(base, side, base) == side


def test_what_both_added_stands_in_one_order() -> None:
    assert merge_sets(["a", "b"], ["a", "z", "b"], ["a", "m", "b"]) == ["a", "m", "z", "b"]
    assert merge_sets(["a", "b"], ["a", "m", "b"], ["a", "z", "b"]) == ["a", "m", "z", "b"]
