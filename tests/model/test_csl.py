"""Names and dates of CSL on one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.csl import date_parts, date_text, names_from_text, names_text
from notes_tui.model.item import Creator


def test_names_on_one_line_and_back() -> None:
    names = (Creator("van der Berg", "Jan"), Creator(literal="The Board; and others"), Creator("张", "三"))
    line = names_text(names)
    assert line == "van der Berg, Jan; {The Board; and others}; 张, 三"
    assert names_from_text(line) == names


def test_names_as_people_write_them() -> None:
    assert names_from_text("Jan Berg; Ann Lee;") == (Creator("Berg", "Jan"), Creator("Lee", "Ann"))
    assert names_from_text("") == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2021", (2021,)),
        ("2021-03", (2021, 3)),
        ("2021-3-5", (2021, 3, 5)),
        ("c. 2021", ()),
        ("2021/2022", ()),
        ("", ()),
    ],
)
def test_dates_taken_apart(text: str, parts: tuple[int, ...]) -> None:
    assert date_parts(text) == parts


@given(st.integers(1, 9999), st.integers(-1, 14), st.integers(-1, 33))
def test_dates_put_together_are_within_the_calendar(year: int, month: int, day: int) -> None:
    text = date_text((year, month, day))
    assert date_text(date_parts(text)) == text
    assert len(text) in (4, 7, 10)
