"""Quotes, tags and the choice of a note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from notes_tui.errors import InvalidValueError
from notes_tui.model.item import Annotation, Note
from notes_tui.settings import ROLES
from notes_tui.tui.dialogs.annotate import AnnotateDialog, AnnotationDraft, page_number
from notes_tui.tui.dialogs.note_list import NoteListDialog
from notes_tui.tui.dialogs.tags import TagChanges, TagsDialog
from tests.tui.dialog_host import HOSTILE, LONG, OPEN, opened

TAGS = [("moe", 12), ("moe/routing", 3), ("scheduling", 8), ("调度", 2), ("[/b]", 1)]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("", None),
        ("5", 5),
        (" p. 5 ", 5),
        ("p5", 5),
        ("pp 12", 12),
        ("Page 7", 7),
        ("S. 9", 9),
        ("第3页", 3),
        ("１２", 12),
    ],
)
def test_pages_as_people_write_them(text: str, page: int | None) -> None:
    assert page_number(text) == page


@pytest.mark.parametrize("text", ["0", "p. 0", "-1", "five", "5/12", "1234567", "5 6", "\x1b[5m"])
def test_what_is_no_page(text: str) -> None:
    with pytest.raises(InvalidValueError):
        page_number(text)


@given(st.text())
def test_any_text_is_a_page_none_or_an_error(text: str) -> None:
    try:
        page = page_number(text)
    except InvalidValueError:
        page = None
    assert page is None or 1 <= page < 1_000_000


async def test_a_page_and_enter_are_enough_where_the_clipboard_holds_a_quote() -> None:
    async with opened(AnnotateDialog("Quote", ROLES, "  scales dynamically\n")) as window:
        await window.press("5", "enter")
        assert window.result == AnnotationDraft(5, "scales dynamically", "", "")


async def test_without_a_clipboard_the_quote_is_typed_first() -> None:
    async with opened(AnnotateDialog("Quote", ROLES)) as window:
        await window.type("so be it")
        await window.press("enter")
        await window.type("two")
        await window.press("tab", "3", "tab", "tab")
        await window.type("mine")
        await window.press("ctrl+s")
        assert window.result == AnnotationDraft(3, "so be it\ntwo", "mine", "")


async def test_a_bad_page_is_said_beside_the_field_and_keeps_everything() -> None:
    async with opened(AnnotateDialog("Quote", ROLES, "words")) as window:
        await window.press("x", "enter")
        assert "x is no page; write 5 or p. 5" in window.text
        assert window.result is OPEN
        await window.press("backspace", "8")
        assert "is no page" not in window.text
        await window.press("enter")
        assert window.result == AnnotationDraft(8, "words", "", "")


async def test_an_annotation_that_says_nothing_is_not_saved() -> None:
    async with opened(AnnotateDialog("Quote", ROLES)) as window:
        await window.press("tab", "4", "enter")
        assert "write a quote or a comment first" in window.text
        await window.type("now")
        await window.press("ctrl+s")
        assert window.result == AnnotationDraft(4, "now", "", "")


@pytest.mark.parametrize(
    ("keys", "role"), [(["right"], "claim"), (["m"], "method"), (["left"], "quote"), (["q", "q"], "quote")]
)
async def test_roles_are_chosen_with_arrows_or_a_letter(keys: list[str], role: str) -> None:
    async with opened(AnnotateDialog("Quote", ROLES, "words")) as window:
        await window.press("tab", *keys, "enter")
        assert window.result == AnnotationDraft(None, "words", "", role)


async def test_roles_are_chosen_with_the_mouse() -> None:
    async with opened(AnnotateDialog("Quote", ROLES, "words")) as window:
        await window.click_on("definition")
        await window.press("enter")
        assert window.result == AnnotationDraft(None, "words", "", "definition")


async def test_an_annotation_that_is_edited_keeps_what_nobody_touched() -> None:
    before = Annotation(id="x", page=4, quote=f"a\r\n{HOSTILE}", comment="old", role="unheard of")
    async with opened(AnnotateDialog("Annotation", ROLES, "not this", before)) as window:
        assert "unheard of" in window.text
        assert "\x1b" not in window.text
        await window.press("backspace", "6", "ctrl+s")
        assert window.result == AnnotationDraft(6, before.quote, "old", "unheard of")


async def test_a_clipboard_full_of_text_is_no_quote() -> None:
    async with opened(AnnotateDialog("Quote", ROLES, LONG * 10)) as window:
        assert "long long" not in window.text


async def test_pasted_text_loses_its_control_characters_and_keeps_its_lines() -> None:
    async with opened(AnnotateDialog("Quote", ROLES)) as window:
        window.app.post_message(events.Paste("one\rtwo\r\n\x1b[2Jthree"))
        await window.pilot.pause()
        await window.press("ctrl+s")
        assert window.result == AnnotationDraft(None, "one\ntwo\n␛[2Jthree", "", "")


async def test_a_typed_tag_is_added_and_enter_saves() -> None:
    async with opened(TagsDialog("Tags", TAGS, ["moe"])) as window:
        await window.type("gpu/sharing")
        assert "new tag" in window.text
        await window.press("enter")
        assert window.result == TagChanges(add=("gpu/sharing",))


async def test_what_is_typed_is_what_is_added_though_a_longer_tag_is_known() -> None:
    async with opened(TagsDialog("Tags", [("moe/routing", 3)], [])) as window:
        await window.type("moe")
        await window.press("enter")
        assert window.result == TagChanges(add=("moe",))


async def test_tab_completes_a_known_tag() -> None:
    async with opened(TagsDialog("Tags", TAGS, [])) as window:
        await window.type("Sch")
        await window.until(lambda: "Scheduling" in window.text or "scheduling" in window.line_with("▌"))
        await window.press("tab", "enter")
        assert window.result == TagChanges(add=("scheduling",))


async def test_letter_case_makes_no_second_tag() -> None:
    async with opened(TagsDialog("Tags", TAGS, [])) as window:
        await window.type("MOE, Scheduling")
        await window.press("enter")
        assert window.result == TagChanges(add=("scheduling", "moe")) or window.result == TagChanges(
            add=("moe", "scheduling")
        )


async def test_the_space_bar_toggles_the_tag_under_the_cursor() -> None:
    async with opened(TagsDialog("Tags", TAGS, ["moe"])) as window:
        await window.press("space", "down", "space", "enter")
        assert window.result == TagChanges(add=("moe/routing",), remove=("moe",))


async def test_a_tag_that_some_have_goes_to_all_to_none_and_back() -> None:
    async with opened(TagsDialog("Tags", TAGS, [], ["moe"], 3)) as window:
        assert "on some" in window.line_with("moe")
        assert "all 3 items" in window.text
        await window.press("space")
        assert "will be added" in window.line_with("moe")
        await window.press("space")
        assert "will be taken off" in window.line_with("moe")
        await window.press("space", "enter")
        assert window.result == TagChanges()


async def test_a_click_toggles_a_tag() -> None:
    async with opened(TagsDialog("Tags", TAGS, [])) as window:
        await window.click_on("[/b]")
        await window.press("ctrl+s")
        assert window.result == TagChanges(add=("[/b]",))


async def test_a_tag_found_by_typing_is_toggled_after_an_arrow() -> None:
    async with opened(TagsDialog("Tags", TAGS, ["scheduling"])) as window:
        await window.type("duli")
        await window.press("down", "enter", "enter")
        assert window.result == TagChanges(remove=("scheduling",))


async def test_what_cannot_be_a_tag_is_refused_with_the_reason() -> None:
    async with opened(TagsDialog("Tags", [], [])) as window:
        assert "no tags yet" in window.text
        await window.press("slash", "enter")
        assert "a/b nests" in window.text
        assert window.result is OPEN


async def test_leaving_the_tags_changes_nothing() -> None:
    async with opened(TagsDialog("Tags", TAGS, ["moe"])) as window:
        await window.press("space", "escape")
        assert window.result is None


async def test_thousands_of_tags() -> None:
    many = [(f"area{number % 50}/topic {number}", number) for number in range(5_000)]
    async with opened(TagsDialog("Tags", many, [])) as window:
        await window.type("topic 4999")
        assert "area49/topic 4999" in window.text
        await window.press("down", "enter", "enter")
        assert window.result == TagChanges(add=("area49/topic 4999",))


NOTES = [Note("Questions", "# Why\n\nnot"), Note("", "# Summary\n\nA good paper"), Note(HOSTILE, LONG)]


@pytest.mark.parametrize(
    ("typed", "keys", "title"),
    [
        ("", ["enter"], ""),
        ("quest", ["enter"], "Questions"),
        ("", ["down", "down", "enter"], "Questions"),
        ("Ideas", ["enter"], "Ideas"),
    ],
)
async def test_a_note_is_chosen_or_begun(typed: str, keys: list[str], title: str) -> None:
    async with opened(NoteListDialog("Notes", NOTES)) as window:
        await window.type(typed)
        await window.press(*keys)
        assert window.result == title


async def test_notes_show_how_they_begin() -> None:
    async with opened(NoteListDialog("Notes", NOTES)) as window:
        assert "# Summary" in window.line_with("main note")
        assert "BERT [MASK] and [/b]" in window.text
        assert "\x1b" not in window.text
        await window.type("Ques")
        assert "new note" in window.line_with("+ Ques")
