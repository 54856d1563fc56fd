"""The third pane's lines and the rows of the list, whatever the text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from notes_tui.model.item import (
    Annotation,
    Creator,
    Entry,
    HistoryEvent,
    Item,
    ItemDetail,
    Link,
    Note,
    Progress,
)
from notes_tui.settings import Config
from notes_tui.tui.inks import inks
from notes_tui.tui.theme import DARK
from notes_tui.tui.widgets.item_row import Columns, RowStyles, draw_row
from notes_tui.tui.widgets.paper import Look, paper_lines

VARIABLES = DARK.to_color_system().generate() | DARK.variables
LOOK = Look(
    inks(VARIABLES, "surface"), Config().glyph, lambda role: "!", lambda slug: slug, lambda command: "n",
    datetime(2026, 3, 14, tzinfo=UTC),
)  # fmt: skip
ODD = st.text(
    st.one_of(
        st.sampled_from("[]()*_`#>-|\\/<&\n\t\x1b\x00\u202e调度（）：é\u200b😀é"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=80,
)


@settings(max_examples=60, deadline=None)
@given(text=ODD, width=st.integers(4, 120))
def test_any_text_becomes_lines_of_the_width_without_control_characters(text: str, width: int) -> None:
    item = Item(
        citekey="key", title=text, title_short=text[:9], venue=text, creators=(Creator(text, text),), abstract=text,
        tags=(text,), links=(Link("paper", text),), year=2020, rating=3, progress=Progress(2, 5), aliases=(text,),
        entries=(Entry("list", (text,), 1, text, text, {text: text}),), added="2026-01-01T00:00:00+01:00",
    )  # fmt: skip
    detail = ItemDetail(
        item, (Note("", text), Note(text, text * 3)),
        (Annotation(id=text, quote=text, comment=text, role=text, page=3),),
        (HistoryEvent("key", text, "status", None, text, 4), HistoryEvent("key", "2026-03-01", "rating", None, 3, None)),
    )  # fmt: skip
    for strip in paper_lines(detail, width, LOOK):
        assert strip.cell_length <= max(width, 16)
        assert not any(
            letter < " " or "\x7f" <= letter < "\xa0" or letter == "\u202e" for letter in strip.text
        )


@settings(max_examples=60, deadline=None)
@given(text=ODD, width=st.integers(1, 250), selected=st.booleans())
def test_any_row_has_exactly_the_width(text: str, width: int, selected: bool) -> None:
    item = Item(
        citekey="k", title=text, title_short=text[:5], venue=text, year=2020, read_status=text, tags=(text,)
    )
    styles = RowStyles(LOOK.styles.__getitem__, Style(bold=True))
    row = draw_row(item, Columns.fitting(width), width, styles, glyph=lambda status: "●", selected=selected)
    assert row.cell_length == width
    assert row.text.isprintable() or not any(letter < " " for letter in row.text)


@pytest.mark.parametrize(
    "text",
    [
        "> " * 5_000,
        "- " * 5_000,
        "*" * 20_000,
        "[" * 20_000,
        "a" * 200_000,
        "|" * 3_000 + "\n" + "|-" * 3_000,
    ],
)
def test_a_note_of_any_shape_is_drawn_in_bounded_time(text: str) -> None:
    assert paper_lines(ItemDetail(Item(citekey="k"), (Note("", text),), (), ()), 40, LOOK)


def test_links_of_a_note_become_actions_and_never_terminal_links() -> None:
    note = Note("", "[x](javascript:alert(1)) and <https://example.org>")
    segments = [
        segment
        for strip in paper_lines(ItemDetail(Item(citekey="k"), (note,), (), ()), 60, LOOK)
        for segment in strip
        if segment.style
    ]
    assert all(segment.style.link is None for segment in segments if segment.style)
    actions = {
        segment.style.meta.get("@click") for segment in segments if segment.style and segment.style.meta
    }
    assert ("address", ("https://example.org",)) in actions


def test_strong_text_closes_beside_chinese_punctuation() -> None:
    note = Note("", "**注意：**这里")
    text = "\n".join(
        strip.text for strip in paper_lines(ItemDetail(Item(citekey="k"), (note,), (), ()), 40, LOOK)
    )
    assert "**" not in text
    assert "注意：" in text
