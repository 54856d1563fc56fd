"""Reading order by place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.pdf.layout import evened, goes_up, in_reading_order, turn_upright
from notes_tui.model.pdf import Box


def row(left: float, y: float, width: float = 200) -> Box:
    return Box(left, y, left + width, y + 10)


def order(*boxes: Box) -> list[int]:
    return [each for row in in_reading_order(boxes, 10) for each in row]


def test_columns_between_wide_lines_are_read_band_by_band() -> None:
    title, foot = row(50, 760, 500), row(50, 20, 500)
    left = [row(50, y) for y in (700, 688, 676, 664)]
    right = [row(300, y) for y in (703, 691, 679)]
    boxes = [foot, *right, title, *left]
    assert order(*boxes) == [4, 5, 6, 7, 8, 1, 2, 3, 0]


def test_three_columns() -> None:
    boxes = [row(x, y, 120) for y in (700, 688, 676, 664) for x in (50, 220, 390)]
    assert order(*boxes) == [*range(0, 12, 3), *range(1, 12, 3), *range(2, 12, 3)]


def test_one_column_is_read_from_the_top_and_pieces_of_a_line_from_the_left() -> None:
    assert in_reading_order([row(50, 600), row(150, 700, 60), row(50, 701, 60)], 10) == [[2, 1], [0]]


def test_lines_that_go_up_are_noticed() -> None:
    down = [row(50, y) for y in (700, 688, 676)]
    assert not goes_up(down)
    assert goes_up(down[::-1])
    assert not goes_up([*down, row(300, 700), row(300, 688)])


@given(st.integers(0, 3), st.floats(-50, 50), st.floats(-50, 50))
def test_turning_upright_four_times_is_where_it_was(quarters: int, left: float, bottom: float) -> None:
    box = Box(left, bottom, left + 7, bottom + 3)
    turned = box
    for _ in range(4):
        turned = turn_upright(turned, quarters)
    assert turned == box
    assert (turned.width, turned.height) == (box.width, box.height)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 700), st.integers(1, 300)), max_size=40))
def test_every_piece_is_read_once(pieces: list[tuple[int, int, int]]) -> None:
    assert sorted(order(*(row(*piece) for piece in pieces))) == list(range(len(pieces)))


def test_low_signs_are_as_high_as_their_line_and_raised_ones_are_not() -> None:
    letters = [Box(10 * place, 0, 10 * place + 8, 10) for place in range(4)]
    comma, raised = Box(40, 0, 43, 3), Box(44, 8, 47, 13)
    assert evened([*letters, comma, raised]) == [*letters, Box(40, 0, 43, 10), raised]
    upwards = [Box(0, 10 * place, 10, 10 * place + 8) for place in range(4)]
    assert evened([*upwards, Box(0, 40, 3, 43)]) == [*upwards, Box(0, 40, 3, 43)]
