"""Menus, questions and confirmations."""

from __future__ import annotations

import pytest

from notes_tui.tui.dialogs.ask import AskDialog, ConfirmDialog
from notes_tui.tui.dialogs.choose import ChooseDialog, Option
from tests.tui.dialog_host import HOSTILE, OPEN, opened

STATUSES = [
    Option("e", "unread", "", "unread", "○"),
    Option("i", "reading", "", "reading", "◐", current=True),
    Option("r", "read", "done", "read", "●"),
    Option("", "studied", "done", "studied", "★"),
    Option("j", "skimmed", "done", "skimmed", "◍"),
]
MANY = [Option("", f"list {number}", f"{number} items", number) for number in range(40)]


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["r"], "read"),
        (["1"], "studied"),
        (["j"], "skimmed"),
        (["enter"], "reading"),
        (["down", "enter"], "read"),
        (["up", "up", "enter"], "skimmed"),
        (["end", "enter"], "skimmed"),
        (["escape"], None),
    ],
)
async def test_a_menu_is_answered_with_keys(keys: list[str], result: str | None) -> None:
    async with opened(ChooseDialog("Status", STATUSES)) as window:
        await window.press(*keys)
        assert window.result == result


async def test_a_menu_shows_keys_glyphs_and_what_is_so_now() -> None:
    async with opened(ChooseDialog(HOSTILE, STATUSES)) as window:
        assert "BERT [MASK] and [/b]" in window.text
        assert "\x1b" not in window.text
        assert "i  ◐  reading  ✓" in window.text
        assert "1  ★  studied" in window.text


async def test_a_menu_is_answered_with_the_mouse() -> None:
    async with opened(ChooseDialog("Status", STATUSES)) as window:
        await window.click_on("unread")
        assert window.result == "unread"


async def test_a_click_beside_a_menu_closes_it() -> None:
    async with opened(ChooseDialog("Status", STATUSES)) as window:
        await window.pilot.click(offset=(1, 1))
        assert window.result is None


async def test_a_click_on_a_key_hint_does_what_the_key_does() -> None:
    async with opened(ChooseDialog("Status", STATUSES)) as window:
        await window.click_on("cancel")
        assert window.result is None


async def test_a_long_menu_is_filtered_by_typing() -> None:
    async with opened(ChooseDialog("Lists", MANY)) as window:
        await window.type("3")
        assert "list 13" in window.text
        assert "list 12 " not in window.text
        await window.press("down", "enter")
        assert window.result == 13


async def test_a_filter_without_hits_says_so_and_chooses_nothing() -> None:
    async with opened(ChooseDialog("Lists", MANY, "no such list")) as window:
        await window.type("zz")
        await window.press("enter")
        assert "no such list" in window.text
        assert window.result is OPEN


async def test_an_empty_menu_says_why() -> None:
    async with opened(ChooseDialog[str]("Annotations", [], "there are none")) as window:
        assert "there are none" in window.text
        await window.press("enter")
        assert window.result is OPEN
        await window.press("escape")
        assert window.result is None


async def test_a_question_is_answered_in_a_line() -> None:
    async with opened(AskDialog("Name", "of the view", "old")) as window:
        await window.type("new name")
        await window.press("enter")
        assert window.result == "new name"


async def test_a_wrong_answer_is_explained_until_it_is_changed() -> None:
    def check(text: str) -> str:
        return "" if text.isdigit() else "write a number"

    async with opened(AskDialog("Page", "", "", "5 or 5/12", check)) as window:
        await window.press("x", "enter")
        assert window.result is OPEN
        assert "write a number" in window.text
        await window.press("backspace")
        assert "write a number" not in window.text
        await window.press("7", "enter")
        assert window.result == "7"


async def test_a_known_answer_is_offered_and_taken_with_the_arrow() -> None:
    async with opened(AskDialog("Tag", "", suggestions=["scheduling", "serving"])) as window:
        await window.type("sch")
        await window.until(lambda: "scheduling" in window.text)
        await window.press("right", "enter")
        assert window.result == "scheduling"


async def test_what_was_there_is_shown_on_one_line() -> None:
    async with opened(AskDialog("Title", HOSTILE, "two\nlines \x1b[0m")) as window:
        assert "two lines ␛[0m" in window.text
        assert "BERT [MASK] and [/b]" in window.text
        assert "\x1b" not in window.text


@pytest.mark.parametrize(
    ("danger", "keys", "result"),
    [
        (False, ["enter"], True),
        (True, ["enter"], False),
        (True, ["y"], True),
        (False, ["n"], False),
        (True, ["left", "enter"], True),
        (False, ["tab", "enter"], False),
        (False, ["escape"], None),
    ],
)
async def test_yes_and_no(danger: bool, keys: list[str], result: bool | None) -> None:
    async with opened(ConfirmDialog("Empty the trash", HOSTILE, "Delete", "Keep", danger)) as window:
        assert "BERT [MASK] and [/b]" in window.text
        await window.press(*keys)
        assert window.result is result


async def test_yes_by_mouse() -> None:
    async with opened(ConfirmDialog("Empty", "All of it?", "Delete", "Keep", danger=True)) as window:
        await window.click_on("Delete")
        assert window.result is True
