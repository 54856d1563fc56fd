"""The note editor: saving while typing, other windows, control characters, preview."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from textual import events

from notes_tui.errors import StoreError
from notes_tui.model.text import printable
from notes_tui.tui.dialogs.disguise import Disguise
from notes_tui.tui.dialogs.note_editor import NoteEditor
from notes_tui.tui.dialogs.preview import Drawing, Preview, blocks_of
from tests.tui.dialog_host import HOSTILE, OPEN, Window, opened

_CONTROLS = st.sampled_from("\r\x00\x1b\x07\x85\u2028\u202e\u241b\ufffd\u240d▯\n\t a調")
_TEXTS = st.one_of(st.text(), st.text(_CONTROLS))
_STYLES = {name: Style() for name in ("heading", "muted", "code", "link", "strong")}


class Library:
    """A note as a library keeps it, which another window may write to."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.known = text
        self.saved: list[str] = []
        self.fails = False

    def save(self, text: str) -> None:
        """Keep a text, unless the library is broken or another window was there first."""
        if self.fails:
            raise StoreError("notes.db: the disk is full", hint="make room")
        if self.text != self.known:
            raise StoreError("changed elsewhere", hint="choose")
        self.text = self.known = text
        self.saved.append(text)

    def reload(self) -> str:
        """The text; what is saved from here on continues it."""
        self.known = self.text
        return self.text

    def editor(self) -> NoteEditor:
        """An editor on the note."""
        return NoteEditor("Note · AntMan", "", self.text, self.save, self.reload)


def text_of(window: Window) -> str:
    """What stands in the editor."""
    assert isinstance(window.app.dialog, NoteEditor)
    return window.app.dialog.text


@given(_TEXTS)
def test_a_disguised_text_is_harmless_and_comes_back_to_the_character(text: str) -> None:
    disguise = Disguise()
    shown = disguise.show(text)
    assert printable(shown) == shown
    assert "\r" not in shown
    assert shown.count("\n") == text.count("\n")
    assert disguise.keep(shown) == text


async def test_typing_is_saved_without_being_asked_to() -> None:
    library = Library("begin\n")
    async with opened(library.editor()) as window:
        await window.type("word")
        await window.until(lambda: library.text == "begin\nword")
        assert window.result is OPEN
        await window.until(lambda: "saved" in window.text)


async def test_steady_typing_is_saved_at_least_every_second() -> None:
    library = Library()
    async with opened(library.editor()) as window:
        start = time.monotonic()
        while not library.saved and time.monotonic() - start < 10:
            await window.press("x")
        assert library.saved
        assert len(library.text) < len(text_of(window)) + 1


async def test_closing_saves_and_gives_the_text() -> None:
    library = Library()
    async with opened(library.editor()) as window:
        await window.type("all of it")
        await window.press("escape")
        assert library.text == "all of it"
        assert window.result == "all of it"


async def test_closing_without_a_change_saves_nothing() -> None:
    library = Library("as it was\n")
    async with opened(library.editor()) as window:
        await window.press("x", "backspace", "escape")
        assert window.result is None
        assert library.saved == []


async def test_leaving_the_program_saves() -> None:
    library = Library()
    async with opened(library.editor()) as window:
        await window.type("last words")
        window.app.exit()
    assert library.text == "last words"


async def test_a_failing_save_is_told_and_tried_again() -> None:
    library = Library()
    library.fails = True
    async with opened(library.editor()) as window:
        await window.type("kept")
        await window.press("ctrl+s")
        assert "the disk is full; make room" in window.text
        assert text_of(window) == "kept"
        library.fails = False
        await window.press("ctrl+s")
        assert library.text == "kept"
        assert "disk is full" not in window.text


async def test_what_cannot_be_saved_is_not_thrown_away_by_escape() -> None:
    library = Library()
    library.fails = True
    async with opened(library.editor()) as window:
        await window.type("precious")
        await window.press("escape")
        assert "could not be saved" in window.text
        await window.press("enter")
        assert window.result is OPEN
        assert text_of(window) == "precious"
        await window.press("escape", "y")
        assert window.result is None
        assert window.app.clipboard == "precious"


async def test_words_of_another_window_come_in_while_nobody_types() -> None:
    library = Library("one\ntwo\n")
    async with opened(library.editor()) as window:
        await window.press("up", "up")
        library.text = "one\nand a half\ntwo\n"
        await window.until(lambda: text_of(window) == "one\nand a half\ntwo\n")
        await window.type("first ")
        await window.press("escape")
        assert library.text == "first one\nand a half\ntwo\n"


@pytest.mark.parametrize(
    ("key", "kept"),
    [("m", "old and mine"), ("t", "theirs"), ("b", "old and mine\n\n---\n\ntheirs")],
)
async def test_where_two_windows_wrote_a_person_chooses(key: str, kept: str) -> None:
    library = Library("old")
    async with opened(library.editor()) as window:
        await window.type(" and min")
        library.text = "theirs"
        await window.type("e")
        await window.press("ctrl+s")
        assert "Changed in another window" in window.text
        assert library.text == "theirs"
        await window.press(key)
        assert text_of(window) == kept
        assert library.text == kept
        await window.press("escape")
        assert window.result == kept


async def test_a_choice_put_off_is_asked_again_before_closing() -> None:
    library = Library("old")
    async with opened(library.editor()) as window:
        await window.type(" and min")
        library.text = "theirs"
        await window.type("e")
        await window.press("ctrl+s", "escape")
        await window.type(", more")
        assert "ctrl+r to choose" in window.text
        assert library.text == "theirs"
        await window.press("escape")
        assert window.result is OPEN
        await window.press("m", "escape")
        assert window.result == library.text == "old and mine, more"


@pytest.mark.parametrize(
    "text", ["a\x1b[31mb\r\nc\r\n", f"{HOSTILE}\n", "␛ and \x1b\n", "lone\rreturn\u2028and\x85more"]
)
async def test_control_characters_are_shown_harmless_and_kept(text: str) -> None:
    library = Library(text)
    async with opened(library.editor(), size=(120, 40)) as window:
        await window.until(lambda: bool(window.app.dialog.query_one(Preview).page.strips))
        assert "\x1b" not in window.text
        await window.press("ctrl+home", "x", "escape")
        assert library.text == f"x{text}"


async def test_the_preview_follows_and_can_be_folded() -> None:
    library = Library("# Heading\n\nsome **bold** words [MASK] and [/b]\n")
    async with opened(library.editor(), size=(120, 40)) as window:
        preview = window.app.dialog.query_one(Preview)
        await window.until(lambda: "some bold words [MASK] and [/b]" in window.text)
        await window.type("- point")
        await window.until(lambda: "• point" in window.text)
        await window.press("ctrl+l")
        assert not preview.display
        await window.press("ctrl+l")
        assert preview.display
        await window.until(lambda: "• point" in window.text)


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((120, 40), True)])
async def test_the_preview_stands_below_where_the_screen_is_narrow(
    size: tuple[int, int], beside: bool
) -> None:
    library = Library("word")
    async with opened(library.editor(), size=size) as window:
        editor = window.app.dialog
        assert isinstance(editor, NoteEditor)
        assert (editor.area.region.y == editor.preview.region.y) is beside
        assert editor.area.region.height >= 10


@pytest.mark.parametrize(
    ("begin", "keys", "text"),
    [
        ("- one", ["enter", "x"], "- one\n- x"),
        ("- [x] one", ["enter", "x"], "- [x] one\n- [ ] x"),
        ("9. one", ["enter", "x"], "9. one\n10. x"),
        ("> said", ["enter", "x"], "> said\n> x"),
        ("- one\n- ", ["enter", "x"], "- one\nx"),
        ("word", ["enter", "x"], "word\nx"),
        ("```\n- one", ["enter", "x"], "```\n- one\nx"),
        ("- one", ["tab", "x"], "  - onex"),
        ("1. one", ["tab", "shift+tab", "x"], "1. onex"),
        ("word", ["tab", "x"], "word    x"),
        ("- one", ["home", "enter", "x"], "\nx- one"),
    ],
)
async def test_lists_go_on_by_themselves(begin: str, keys: list[str], text: str) -> None:
    library = Library(begin)
    async with opened(library.editor()) as window:
        await window.press(*keys, "escape")
        assert library.text == text


async def test_undo_and_redo_inside_the_editor() -> None:
    library = Library("begin")
    async with opened(library.editor()) as window:
        await window.type("s")
        await window.press("ctrl+z")
        assert text_of(window) == "begin"
        await window.press("ctrl+y", "escape")
        assert library.text == "begins"


async def test_pasted_line_ends_become_lines() -> None:
    library = Library()
    async with opened(library.editor()) as window:
        window.app.post_message(events.Paste("one\rtwo\r\nthree\x1b[m"))
        await window.until(lambda: "three" in text_of(window))
        await window.press("escape")
        assert library.text == "one\ntwo\nthree␛[m"


async def test_a_titled_note_says_which_and_hostile_titles_are_shown_as_they_are() -> None:
    async with opened(NoteEditor("Note · AntMan", HOSTILE, "", lambda text: None)) as window:
        assert "Note · AntMan › BERT [MASK] and [/b]" in window.text
        assert "\x1b" not in window.text


async def test_a_long_note_is_drawn_and_kept() -> None:
    text = "\n\n".join(f"## Part {number}\n\n{'word ' * 90}" for number in range(110))
    assert len(text) > 50_000
    library = Library(text)
    async with opened(library.editor(), size=(120, 40)) as window:
        await window.until(lambda: "Part 109" in window.text.split("│")[-1] or "Part 109" in window.text)
        await window.type("end")
        await window.press("escape")
        assert library.text == f"{text}end"


@given(st.text("#`>- *[]()|:\n ab1.調~", max_size=200))
def test_blocks_hold_every_line_that_is_not_blank_once_and_in_order(text: str) -> None:
    blocks = blocks_of(text)
    lines = [line for block in blocks for line in block.text.split("\n") if line.strip()]
    assert lines == [line for line in text.split("\n") if line.strip()]
    assert [block.line for block in blocks] == sorted(block.line for block in blocks)


@given(st.text("#`>- *[]()|:\n ab1.調~<&", max_size=200), st.integers(3, 60))
def test_any_text_can_be_drawn_at_any_width(text: str, width: int) -> None:
    page = Drawing(width, _STYLES).draw(text, lambda: False)
    assert page is not None
    assert len(page.sources) == len(page.places)


def test_what_did_not_change_is_not_drawn_again() -> None:
    drawing = Drawing(40, _STYLES)
    first = drawing.draw("one\n\ntwo", lambda: False)
    second = drawing.draw("one\n\ntwo and more", lambda: False)
    assert first is not None
    assert second is not None
    assert first.strips[0] is second.strips[0]
    assert second.place_of(2) == 2


def test_links_of_a_note_lead_nowhere_from_the_preview() -> None:
    page = Drawing(60, _STYLES).draw("[words](javascript:alert(1)) and <https://example.org>", lambda: False)
    assert page is not None
    assert not any(segment.style and segment.style.link for strip in page.strips for segment in strip)


def test_drawing_stops_when_nobody_waits() -> None:
    assert Drawing(40, _STYLES).draw("one\n\ntwo", lambda: True) is None
