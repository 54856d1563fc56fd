"""Annotations find their place in another version of a text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.placing import UNPLACED, Anchor, Placement, letters_of, place

VOCABULARY = (
    "adaptive batch cluster device elastic fault gradient heuristic iteration job kernel latency memory node overlap"
    " partition queue replica schedule tensor utility vertex worker throughput placement profile stage micro pipeline"
).split()


def sentence(source: random.Random, number: int) -> str:
    """A sentence that occurs nowhere else."""
    words = [source.choice(VOCABULARY) for _ in range(source.randint(7, 14))]
    return f"The {' '.join(words)} case{number} holds."


def document(seed: int, pages: int = 5, sentences: int = 8) -> list[list[str]]:
    source = random.Random(seed)
    return [[sentence(source, page * sentences + row) for row in range(sentences)] for page in range(pages)]


def texts(pages: list[list[str]]) -> list[tuple[int, str]]:
    return [(number, " ".join(page)) for number, page in enumerate(pages, 1)]


def anchor(pages: list[list[str]], page: int, row: int) -> Anchor:
    """An anchor on a whole sentence, with what stands beside it on its page."""
    rows = pages[page]
    return Anchor(page + 1, rows[row], " ".join(rows[:row])[-80:], " ".join(rows[row + 1 :])[:80])


def all_anchors(pages: list[list[str]]) -> list[Anchor]:
    return [anchor(pages, page, row) for page in range(len(pages)) for row in range(len(pages[page]))]


def test_nothing_changes_where_nothing_changed() -> None:
    pages = document(1)
    anchors = all_anchors(pages)
    assert place(anchors, texts(pages)) == [Placement(each.page, "same", each.quote) for each in anchors]


@given(st.integers(0, 1000), st.integers(0, 5))
def test_a_page_put_in_moves_what_stands_behind_it(seed: int, at: int) -> None:
    pages = document(seed)
    inserted = [[*pages[0], "Entirely new words."][-1:], *document(seed + 5000, 1)]
    longer = [*pages[:at], inserted[1], *pages[at:]]
    anchors = all_anchors(pages)
    found = place(anchors, texts(longer))
    assert [each.page for each in found] == [each.page + (each.page > at) for each in anchors]


@given(st.integers(0, 1000), st.integers(20, 60))
def test_lines_that_break_elsewhere_change_nothing(seed: int, width: int) -> None:
    pages = document(seed, 3)
    anchors = all_anchors(pages)
    reflowed = []
    for number, text in texts(pages):
        lines = [text[start : start + width] for start in range(0, len(text), width)]
        reflowed.append((number, "-\n".join(lines)))
    found = place(anchors, reflowed)
    assert [(each.page, each.how) for each in found] == [(each.page, "same") for each in anchors]


@given(st.integers(0, 1000), st.integers(0, 4), st.integers(0, 7), st.data())
def test_edited_words_are_found_and_said_to_be_edited(
    seed: int, page: int, row: int, data: st.DataObject
) -> None:
    pages = document(seed)
    wanted = anchor(pages, page, row)
    words = pages[page][row].split()
    at = data.draw(st.integers(0, len(words) - 1))
    pages[page][row] = " ".join([*words[:at], "replaced", *words[at + 1 :]])
    (found,) = place([wanted], texts(pages))
    assert (found.page, found.how) == (page + 1, "edited")
    assert set(found.words.split()) - set(words) <= {"replaced", "The", "holds"}


@given(st.integers(0, 1000), st.integers(0, 4), st.integers(0, 7))
def test_what_was_deleted_is_placed_nowhere_and_the_rest_stays(seed: int, page: int, row: int) -> None:
    pages = document(seed)
    anchors = all_anchors(pages)
    deleted = page * 8 + row
    del pages[page][row]
    found = place(anchors, texts(pages))
    assert found[deleted] == UNPLACED
    assert [each.page for number, each in enumerate(found) if number != deleted] == [
        each.page for number, each in enumerate(anchors) if number != deleted
    ]


@given(st.integers(0, 1000), st.integers(1, 3))
def test_a_sentence_that_is_said_often_stays_with_its_neighbours(seed: int, inserted: int) -> None:
    pages = document(seed)
    again = "We repeat this very sentence on each of the pages."
    for page in pages:
        page.insert(3, again)
    anchors = [anchor(pages, page, 3) for page in range(len(pages))]
    longer = [*document(seed + 7000, inserted), *pages]
    assert [each.page for each in place(anchors, texts(longer))] == [each.page + inserted for each in anchors]


def test_where_neighbours_say_nothing_the_pages_of_others_do() -> None:
    pages = document(4, 6)
    again = "We repeat this very sentence on each of the pages."
    longer = texts([["New words here."], ["More new words."], *([*page, again] for page in pages)])
    anchors = [*all_anchors(pages), *(Anchor(page, again) for page in range(1, 7))]
    assert [each.page for each in place(anchors, longer)[-6:]] == [3, 4, 5, 6, 7, 8]
    assert [each.page for each in place(anchors[-6:], longer)] == [3, 3, 3, 4, 5, 6]


def test_words_that_go_over_to_the_next_page_are_found_there() -> None:
    pages = [(1, "It begins on the first page and goes"), (2, "on at the top of the second one.")]
    (found,) = place([Anchor(3, "on the first page and goes on at the top")], pages)
    assert found == Placement(1, "same", "on the first page and goes on at the top")


@pytest.mark.parametrize(
    ("before", "after", "page"),
    [("we call it", "from now on", 2), ("nothing like", "this anywhere", None), ("", "", 1)],
)
def test_few_words_need_their_neighbours(before: str, after: str, page: int | None) -> None:
    pages = [(1, "Gavel is a tool of judges"), (2, "and so we call it Gavel from now on")]
    (found,) = place([Anchor(1, "Gavel", before, after)], pages)
    assert found.page == page


def test_a_word_that_stands_everywhere_is_found_by_what_stands_beside_it() -> None:
    pages = [(number, "the " * 150 + f"end of the page{number} it was") for number in range(1, 6)]
    found = place([Anchor(2, "the", "the end of", "page2 it was"), Anchor(4, "it", "page4", "was")], pages)
    assert [(each.page, each.words) for each in found] == [(2, "the"), (4, "it")]


def test_a_remark_without_words_is_placed_by_what_stands_round_it() -> None:
    pages = document(9)
    rows = pages[2]
    point = Anchor(3, "", before=" ".join(rows[:4])[-80:], after=" ".join(rows[4:])[:80])
    assert place([point], texts([["New."], *pages])) == [Placement(4, "same", "")]
    assert place([point], texts(document(77))) == [UNPLACED]
    assert place([Anchor(1, "")], texts(pages)) == [UNPLACED]


def test_a_remark_at_the_end_of_a_page_stays_on_it() -> None:
    pages = [(1, "an added page"), (2, "words at the end of the page"), (3, "and the next one begins")]
    [found] = place([Anchor(1, "", "words at the end of the page", "")], pages)
    assert found.page == 2


def test_accents_ligatures_case_and_scripts_make_no_difference() -> None:
    pages = [(1, "Die Universität Hannover. Efficient flow of 分布式系统 调度。")]
    quotes = ("die Universita\u0308t", "e\ufb03cient ﬂow of", "分布式 系统调度", "UNIVERSITAT HANNOVER")
    assert [each.how for each in place([Anchor(1, quote) for quote in quotes], pages)] == ["same"] * 4


@given(
    st.text(max_size=60), st.lists(st.text(max_size=60), max_size=4), st.text(max_size=9), st.text(max_size=9)
)
def test_any_text_is_placed_on_a_page_there_is_or_nowhere(
    quote: str, pages: list[str], before: str, after: str
) -> None:
    (found,) = place([Anchor(1, quote, before, after)], enumerate(pages, 1))
    assert (found.page is None) == (found.how == "unplaced")
    if found.page is not None:
        assert 1 <= found.page <= len(pages)
    if found.how == "same":
        assert letters_of(found.words) == letters_of(quote)


def test_no_pages_place_nothing() -> None:
    assert place([Anchor(1, "words that were there once")], []) == [UNPLACED]
    assert place([], [(1, "text")]) == []
