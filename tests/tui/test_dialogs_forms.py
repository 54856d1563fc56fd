"""Adding, correcting, exporting."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Event

from textual import events

from notes_tui.errors import UnwritableFileError
from notes_tui.tui.dialogs.add import AddDialog
from notes_tui.tui.dialogs.edit_fields import EditDialog, FieldValue
from notes_tui.tui.dialogs.export import ExportChoice, ExportDialog, FormatChoice, PlanSummary
from tests.tui.dialog_host import HOSTILE, LONG, OPEN, opened

FORMATS = [
    FormatChoice("markdown", "Markdown", "a folder of notes"),
    FormatChoice("html", "HTML", "a small web site", "/tmp/site"),
    FormatChoice("bibtex", "BibTeX", "one file", "/tmp/notes.bib"),
]


def plan(name: str, destination: str) -> PlanSummary:
    """221 new notes, unless the destination is a file; a warning for a web site."""
    if destination.endswith(".txt"):
        raise UnwritableFileError(f"{destination} is a file", hint="choose a folder")
    return PlanSummary(
        221, 0, 12 if name == "html" else 0, "the folder holds other files" if name == "html" else ""
    )


async def test_an_export_is_two_keys() -> None:
    async with opened(ExportDialog("/tmp/notes", plan, FORMATS)) as window:
        await window.until(lambda: "221 new, 0 changed" in window.text)
        assert "/tmp/notes" in window.text
        await window.press("enter")
        assert window.result == ExportChoice("markdown", "/tmp/notes")


async def test_enter_does_not_wait_for_the_plan() -> None:
    gate = Event()

    def slow(name: str, destination: str) -> PlanSummary:
        gate.wait(10)
        return PlanSummary(1, 0)

    async with opened(ExportDialog("/tmp/notes", slow, FORMATS)) as window:
        assert "looking" in window.text
        await window.press("enter")
        assert window.result == ExportChoice("markdown", "/tmp/notes")
        gate.set()


async def test_a_plan_for_a_path_that_was_changed_is_not_shown() -> None:
    gate = Event()

    def slow(name: str, destination: str) -> PlanSummary:
        if destination == "/tmp/notes":
            gate.wait(10)
            return PlanSummary(999, 0)
        return PlanSummary(5, 2)

    async with opened(ExportDialog("/tmp/notes", slow, FORMATS)) as window:
        await window.press("2")
        await window.until(lambda: "5 new, 2 changed" in window.text)
        gate.set()
        await window.app.workers.wait_for_complete()
        await window.pilot.pause()
        assert "999" not in window.text


async def test_a_place_that_cannot_be_written_is_told_and_kept_open() -> None:
    async with opened(ExportDialog("/tmp/notes", plan, FORMATS)) as window:
        await window.type(".txt")
        await window.until(lambda: "/tmp/notes.txt is a file; choose a folder" in window.text)
        await window.press("enter")
        assert window.result is OPEN
        await window.press(*["backspace"] * 4)
        await window.until(lambda: "221 new" in window.text)
        await window.press("enter")
        assert window.result == ExportChoice("markdown", "/tmp/notes")


async def test_another_format_suggests_another_place_until_one_is_typed() -> None:
    async with opened(ExportDialog("/tmp/notes", plan, FORMATS)) as window:
        await window.press("tab", "h")
        await window.until(lambda: "12 unchanged" in window.text)
        await window.until(lambda: "the folder holds other files" in window.text)
        assert "/tmp/site" in window.text
        await window.press("shift+tab", "end", "2", "tab", "b", "enter")
        assert window.result == ExportChoice("bibtex", "/tmp/site2")


async def test_no_destination_is_no_export() -> None:
    async with opened(ExportDialog("", plan, FORMATS)) as window:
        await window.press("enter")
        assert "write a folder or a file first" in window.text
        assert window.result is OPEN


async def test_a_format_is_chosen_with_the_mouse() -> None:
    async with opened(ExportDialog("/tmp/notes", plan, FORMATS)) as window:
        await window.click_on("BibTeX")
        await window.click_on("export")
        assert window.result == ExportChoice("bibtex", "/tmp/notes.bib")


async def test_lines_are_added() -> None:
    async with opened(AddDialog()) as window:
        await window.type("2301.00010")
        await window.press("ctrl+j")
        await window.type("AntMan")
        assert "2 lines" in window.text
        await window.press("enter")
        assert window.result == "2301.00010\nAntMan"


async def test_many_lines_are_pasted_at_once_and_counted() -> None:
    lines = [f"10.1000/{number}" for number in range(300)]
    async with opened(AddDialog()) as window:
        window.app.post_message(events.Paste("\r".join(lines)))
        await window.until(lambda: "300 lines" in window.text)
        await window.press("ctrl+s")
        assert window.result == "\n".join(lines)


async def test_what_is_seen_in_the_text_is_told() -> None:
    async with opened(AddDialog(lambda text: f"{HOSTILE} {len(text)}")) as window:
        await window.type("abc")
        await window.until(lambda: "BERT [MASK] and [/b]" in window.text)
        assert "\x1b" not in window.text


async def test_nothing_is_not_added() -> None:
    async with opened(AddDialog()) as window:
        await window.press("space", "enter")
        assert window.result is OPEN
        assert "nothing to add yet" in window.text


FIELDS = [
    FieldValue("title", "Title", HOSTILE),
    FieldValue("creators", "Creators", "Xiao, Wencong", help="Family, Given; Family, Given"),
    FieldValue("year", "Year", "2020"),
    FieldValue("abstract", "Abstract", f"two\r\nlines {HOSTILE}", multiline=True),
    *(FieldValue(f"more{number}", f"More {number}", LONG) for number in range(12)),
]


async def test_only_changed_fields_come_back() -> None:
    async with opened(EditDialog("Edit", FIELDS)) as window:
        await window.press("tab", "tab", "end", "backspace", "1")
        await window.press("tab", "ctrl+end", "!", "ctrl+s")
        assert isinstance(window.result, dict)
        assert set(window.result) == {"year", "abstract"}
        assert window.result["year"] == "2021"
        assert window.result["abstract"].startswith("two\nlines BERT [MASK]")


async def test_nothing_changed_is_an_empty_answer() -> None:
    async with opened(EditDialog("Edit", FIELDS)) as window:
        assert "\x1b" not in window.text
        await window.press("ctrl+s")
        assert window.result == {}


async def test_enter_goes_to_the_next_field() -> None:
    async with opened(EditDialog("Edit", FIELDS)) as window:
        await window.press("enter", "enter", "end", "5", "ctrl+s")
        assert window.result == {"year": "20205"}


async def test_a_refusal_stands_beside_its_field() -> None:
    asked: list[dict[str, str]] = []

    def check(values: Mapping[str, str]) -> dict[str, str]:
        asked.append(dict(values))
        return {} if values["year"].isdigit() else {"year": "a number from 1000 to 2100"}

    async with opened(EditDialog("Edit", FIELDS, check), size=(120, 40)) as window:
        await window.press("enter", "enter", "end", "x", "tab", "ctrl+s")
        assert asked == [{"year": "2020x"}]
        assert window.result is OPEN
        rows = window.text.splitlines()
        year = next(number for number, row in enumerate(rows) if "2020x" in row)
        assert "a number from 1000 to 2100" in rows[year + 1]
        await window.press("backspace")
        assert "a number from 1000 to 2100" not in window.text
        await window.press("9", "ctrl+s")
        assert window.result == {"year": "20209"}


async def test_a_form_longer_than_the_screen_scrolls_to_the_field() -> None:
    async with opened(EditDialog("Edit", FIELDS)) as window:
        assert "More 11" not in window.text
        await window.press("shift+tab")
        assert "More 11" in window.text
