"""Letters with their places become rows of text."""

from __future__ import annotations

from typing import Literal

import pytest

from notes_tui.formats.pdf.rows import Letter, rows_of
from notes_tui.model.pdf import Box


def letter(char: str, left: float, space: Literal["", "made", "real"] = "", bottom: float = 0) -> Letter:
    return Letter(char, Box(left, bottom, left + 5, bottom + 10), space)


@pytest.mark.parametrize(
    ("gap", "lower", "text"),
    [(0.5, 0, "f P"), (-0.5, 0, "fP"), (0.5, -3, "fP"), (2, -3, "f P")],
)
def test_a_space_by_the_gap_is_believed_except_beside_a_subscript(
    gap: float, lower: float, text: str
) -> None:
    row = [letter("f", 0), letter("P", 5 + gap, "made", lower)]
    assert rows_of([row]) == [text]


def test_a_low_sign_is_as_far_from_its_letter_as_a_high_one() -> None:
    row = [letter("a", 0), letter("b", 5), letter("c", 10), Letter("”", Box(16, 7, 18, 10), "")]
    assert rows_of([row]) == ["abc”"]
