"""What was changed on both sides: two versions side by side, and choosing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.item_merging import Choice, PartConflict
from notes_tui.model.sync_report import Waiting
from notes_tui.model.text import printable
from notes_tui.services.conflicts import OpenConflict
from notes_tui.tui.dialogs.conflicts import ConflictsScreen
from notes_tui.tui.dialogs.word_changes import both_marked
from tests.tui.dialog_host import HOSTILE, LONG, OPEN, opened


def conflict(
    uid: str, mine: str, theirs: str, *, part: str = "note", base: str = "", citekey: str = "antman"
) -> OpenConflict:
    each = Waiting(uid, f"papers/{citekey}.md", citekey, PartConflict(part, 1, base, mine, theirs))
    return OpenConflict("/somewhere/notes", each)


class Library:
    """Conflicts that end as they are decided; it takes every decision but those it is told to refuse."""

    def __init__(self, *waiting: OpenConflict, refuses: bool = False) -> None:
        self.waiting = list(waiting)
        self.refuses = refuses
        self.decided: list[tuple[str, Choice]] = []

    async def decide(self, found: OpenConflict, choice: Choice) -> Sequence[OpenConflict]:
        self.decided.append((found.waiting.uid, choice))
        if not self.refuses:
            self.waiting = [each for each in self.waiting if each is not found]
        return self.waiting

    def screen(self) -> ConflictsScreen:
        return ConflictsScreen(self.waiting, self.decide, {"antman": "AntMan"})


async def test_both_versions_stand_side_by_side_with_what_they_began_from() -> None:
    library = Library(conflict("a", "One, here.", "One, there.", base="One."))
    async with opened(library.screen(), size=(80, 24)) as window:
        assert "AntMan  note" in window.line_with("AntMan")
        assert "notes/papers/antman.md" in window.line_with("AntMan")
        assert "One, there." in window.line_with("One, here.")
        assert "theirs · in the file" in window.line_with("mine · in the library")
        assert "One." in window.text.partition("before")[2]


@pytest.mark.parametrize(("key", "side"), [("m", "mine"), ("t", "theirs"), ("b", "both")])
async def test_a_key_ends_the_conflict_and_the_next_one_is_shown(key: str, side: str) -> None:
    library = Library(conflict("a", "x1", "y1"), conflict("b", "x2", "y2", citekey="gandiva"))
    async with opened(library.screen()) as window:
        await window.press(key)
        assert [(uid, choice.side) for uid, choice in library.decided] == [("a", side)]
        assert "x2" in window.text
        assert "x1" not in window.text
        await window.press("m")
        assert "Nothing waits" in window.text
        await window.press("m", "t", "b", "e", "enter")
        assert len(library.decided) == 2
        assert window.result is OPEN
        await window.press("escape")
        assert window.result is None


async def test_words_of_ones_own_begin_with_both_versions() -> None:
    library = Library(conflict("a", "one\ntwo", "three"))
    async with opened(library.screen()) as window:
        await window.press("e")
        assert "two" in window.text
        await window.type("!")
        await window.press("ctrl+s")
        assert library.decided == [("a", Choice("text", "one\ntwo\nthree!"))]


async def test_turning_away_from_the_words_decides_nothing() -> None:
    library = Library(conflict("a", "one", "two"))
    async with opened(library.screen()) as window:
        await window.press("e", "escape")
        assert library.decided == []
        assert "one" in window.text


async def test_a_part_with_one_value_takes_no_both_and_a_number_no_words() -> None:
    library = Library(conflict("a", "2020", "2021", part="year"), conflict("b", "A", "B", part="title"))
    async with opened(library.screen()) as window:
        assert "both" not in window.text
        assert "edit" not in window.text
        await window.press("b", "e")
        assert library.decided == []
        await window.press("j", "b", "e", "ctrl+s")
        assert library.decided == [("b", Choice("text", "A"))]


async def test_what_could_not_be_done_stays() -> None:
    library = Library(conflict("a", "one", "two"), refuses=True)
    async with opened(library.screen()) as window:
        await window.press("m", "t")
        assert [uid for uid, _ in library.decided] == ["a", "a"]
        assert "one" in window.text


async def test_enter_and_the_mouse_go_to_the_paper() -> None:
    async with opened(Library(conflict("a", "one", "two")).screen()) as window:
        await window.click_on("go to it")
        assert window.result == "antman"
    async with opened(Library(conflict("a", "one", "two")).screen()) as window:
        await window.press("enter")
        assert window.result == "antman"


async def test_a_click_on_a_hint_chooses() -> None:
    library = Library(conflict("a", "one", "two"))
    async with opened(library.screen()) as window:
        await window.click_on("t theirs")
        assert [choice.side for _, choice in library.decided] == ["theirs"]


async def test_hostile_and_long_words_are_only_words() -> None:
    library = Library(
        conflict("a", HOSTILE, LONG * 20, base=HOSTILE, citekey=HOSTILE),
        conflict("b", "", "deleted on the other side", part="lines"),
    )
    async with opened(library.screen(), size=(80, 24)) as window:
        assert "[MASK] and [/b]" in window.text
        assert "\x1b" not in window.text
        await window.press("e", "ctrl+s")
        assert library.decided[0][1].text == f"{HOSTILE}\n{LONG * 20}"
        assert "(nothing)" in window.text
        assert "another machine" in window.text


async def test_a_long_version_can_be_scrolled() -> None:
    lines = "\n".join(f"line {number}" for number in range(100))
    async with opened(Library(conflict("a", lines, "short")).screen(), size=(80, 24)) as window:
        assert "line 99" not in window.text
        await window.press(*["space"] * 20)
        assert "line 99" in window.text
        await window.press(*["backspace"] * 20)
        assert "line 0" in window.text


async def test_nothing_waits() -> None:
    async with opened(Library().screen()) as window:
        assert "Nothing waits" in window.text
        await window.press("escape")
        assert window.result is None


def marked(text: str, other: str) -> list[str]:
    """The words of the first text that are marked beside another."""
    found = both_marked(text, other)[0]
    return [found.plain[span.start : span.end] for span in found.spans]


def test_only_words_that_differ_are_marked() -> None:
    assert marked("keeps the GPU busy", "keeps each GPU busy") == ["the"]
    assert marked("集群调度很好", "集群管理很好") == ["调", "度"]
    assert marked("same", "same") == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_marked_texts_are_the_texts(mine: str, theirs: str) -> None:
    first, second = both_marked(mine, theirs)
    assert first.plain == (printable(mine) or "(nothing)")
    assert second.plain == (printable(theirs) or "(nothing)")
