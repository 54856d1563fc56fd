"""Help, history, trash, the queue, statistics, and what holds for all dialogs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from notes_tui.model.item import HistoryEvent, Note
from notes_tui.services.reading import Stats
from notes_tui.settings import ROLES, STATUSES
from notes_tui.tui.commands import COMMANDS, Command
from notes_tui.tui.dialogs.add import AddDialog
from notes_tui.tui.dialogs.annotate import AnnotateDialog
from notes_tui.tui.dialogs.ask import AskDialog, ConfirmDialog
from notes_tui.tui.dialogs.base import Dialog
from notes_tui.tui.dialogs.choose import ChooseDialog, Option
from notes_tui.tui.dialogs.edit_fields import EditDialog, FieldValue
from notes_tui.tui.dialogs.export import ExportDialog, FormatChoice, PlanSummary
from notes_tui.tui.dialogs.help import HelpRow, HelpScreen, HelpSection, keys_page
from notes_tui.tui.dialogs.history import HistoryScreen
from notes_tui.tui.dialogs.note_editor import NoteEditor
from notes_tui.tui.dialogs.note_list import NoteListDialog
from notes_tui.tui.dialogs.queue import NextRow, NextScreen
from notes_tui.tui.dialogs.stats import StatsScreen, bar
from notes_tui.tui.dialogs.tags import TagsDialog
from notes_tui.tui.dialogs.trash import TrashChoice, TrashItem, TrashScreen
from tests.tui.dialog_host import HOSTILE, LONG, OPEN, opened

SECTIONS = [
    HelpSection("Moving", [HelpRow("j ↓", "Down", "One line down"), HelpRow("k ↑", "Up", "One line up")]),
    HelpSection("Reading", [HelpRow("r", "Read", "Mark as read"), HelpRow("u", "Undo", LONG)]),
    HelpSection(HOSTILE, [HelpRow(HOSTILE, HOSTILE, HOSTILE)] * 30),
]
QUEUE = [
    NextRow(1, "AntMan", "you queued it", queued=True, glyph="◇"),
    NextRow(2, "Gandiva", "you queued it", queued=True, glyph="◇"),
    NextRow(3, HOSTILE, "next in Research Space", glyph="○"),
]
TRASH = [TrashItem(1, "AntMan", "2 notes", "today"), TrashItem(2, "", "", "yesterday"), TrashItem(3, LONG)]
EVENTS = [
    HistoryEvent("AntMan", "2026-03-13T10:00:00+01:00", "status", "unread", "queued", None, "AntMan"),
    HistoryEvent("AntMan", "2026-03-13T11:00:00+01:00", "opened", None, None, None, "AntMan"),
    HistoryEvent("Gavel", "2026-03-14T09:00:00+01:00", "status", "queued", "read", 7, HOSTILE),
    HistoryEvent("Gavel", "2026-03-14T09:05:00+01:00", "rating", None, 4, None, "Gavel"),
    HistoryEvent("Gavel", "2026-03-14T09:07:00+01:00", "progress", None, 4, 4, "Gavel"),
    HistoryEvent("Gavel", "2026-03-14T09:09:00+01:00", "rating", 4, None, None, "Gavel"),
]
STATS = Stats(
    items=221,
    statuses={"unread": 180, "reading": 3, "read": 38, HOSTILE: 1},
    months={"2026-02": {"read": 12, "skimmed": 2}, "2026-03": {"read": 7, "reading": 3}},
    rated=12,
    notes=1,
    annotations=25,
    collections=[
        {"slug": "research-space", "title": "Research Space", "items": 84, "read": 12},
        {"slug": "empty", "title": HOSTILE, "items": 0, "read": 0},
    ],
)


def glyph(status: str) -> str:
    """The usual glyph of a status."""
    return next((each.glyph for each in STATUSES if each.name == status), "·")


async def test_help_is_searched_and_scrolled() -> None:
    async with opened(HelpScreen(SECTIONS)) as window:
        assert "One line down" in window.text
        before = window.text
        await window.press("pagedown")
        assert window.text != before
        await window.type("mark")
        assert "Mark as read" in window.text
        assert "One line down" not in window.text
        await window.type("zzz")
        assert "no key or command like that" in window.text
        await window.press("escape")
        assert window.result is None


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_help_names_what_a_key_is_remapped_by(command: Command) -> None:
    row = HelpRow(command.keys, command.label, command.help, command.id)
    for width in (90, 94, 120):
        lines = keys_page([HelpSection("Keys", [row])], [], width).plain.splitlines()
        assert lines[-1].endswith(f"({command.id})")
        assert max(map(len, lines)) <= width


async def test_a_long_sentence_of_help_is_folded() -> None:
    async with opened(HelpScreen(SECTIONS)) as window:
        await window.type("undo")
        assert window.text.count("long long") > 3


async def test_history_stands_by_day_and_leads_to_the_item() -> None:
    async with opened(HistoryScreen("History", EVENTS, glyph)) as window:
        rows = window.text
        assert rows.index("2026-03-14") < rows.index("2026-03-13")
        assert "09:05  ★ rated ★★★★·" in rows
        assert "09:00  ● read at page 7  was queued" in rows
        assert "▸ read to page 4" in rows
        assert "☆ rating taken away" in rows
        assert "\x1b" not in rows
        await window.press("G", "enter")
        assert window.result == "AntMan"


async def test_history_of_one_item_does_not_repeat_its_name() -> None:
    async with opened(HistoryScreen("History · AntMan", EVENTS[:2], glyph)) as window:
        assert window.text.count("AntMan") == 1


async def test_no_history_says_what_will_be_there() -> None:
    async with opened(HistoryScreen("History", [])) as window:
        assert "Nothing yet" in window.text
        await window.press("enter")
        assert window.result is OPEN


async def test_ten_thousand_events() -> None:
    many = [
        HistoryEvent(
            f"Item{number}", f"2026-01-{number % 28 + 1:02}T10:00:00+01:00", "status", None, "read", None
        )
        for number in range(10_000)
    ]
    async with opened(HistoryScreen("History", many, glyph)) as window:
        await window.press("G", "enter")
        assert window.result == "Item0"


@pytest.mark.parametrize(
    ("keys", "choice"),
    [
        (["enter"], TrashChoice(restore=(1,))),
        (["space", "space", "enter"], TrashChoice(restore=(1, 2))),
        (["ctrl+a", "R"], TrashChoice(restore=(1, 2, 3))),
        (["ctrl+a", "ctrl+a", "j", "enter"], TrashChoice(restore=(2,))),
        (["E", "y"], TrashChoice(empty=True)),
        (["escape"], None),
    ],
)
async def test_the_trash_is_restored_or_emptied(keys: list[str], choice: TrashChoice | None) -> None:
    async with opened(TrashScreen(TRASH)) as window:
        await window.press(*keys)
        assert window.result == choice


async def test_the_trash_is_not_emptied_without_a_yes() -> None:
    async with opened(TrashScreen(TRASH)) as window:
        await window.press("E", "enter")
        assert window.result is OPEN
        assert "AntMan" in window.text


async def test_an_empty_trash() -> None:
    async with opened(TrashScreen([])) as window:
        assert "The trash is empty." in window.text
        await window.press("E", "space", "R", "ctrl+a", "enter", "escape")
        assert window.result is None


class Queue:
    """A queue that can be put in another order."""

    def __init__(self) -> None:
        self.rows = list(QUEUE)

    def move(self, item_id: int, offset: int) -> Sequence[NextRow]:
        """Move a row."""
        place = [row.item_id for row in self.rows].index(item_id)
        self.rows.insert(min(max(place + offset, 0), 1), self.rows.pop(place))
        return self.rows


async def test_the_queue_is_put_in_order_and_left_for_an_item() -> None:
    queue = Queue()
    async with opened(NextScreen(queue.rows, queue.move)) as window:
        await window.press("J")
        assert [row.item_id for row in queue.rows] == [2, 1, 3]
        assert window.text.index("Gandiva") < window.text.index("AntMan")
        await window.press("enter")
        assert window.result == 1


async def test_what_the_lists_give_cannot_be_moved() -> None:
    queue = Queue()
    async with opened(NextScreen(queue.rows, queue.move)) as window:
        await window.press("G", "K")
        assert [row.item_id for row in queue.rows] == [1, 2, 3]
        assert "Only what you queued" in window.text


async def test_nothing_to_read() -> None:
    async with opened(NextScreen([])) as window:
        assert "Nothing to read" in window.text
        await window.press("enter", "J")
        assert window.result is OPEN


async def test_statistics_are_bars() -> None:
    async with opened(StatsScreen(STATS), size=(120, 50)) as window:
        assert "221 items  1 note, 25 annotations, 12 rated" in window.text
        assert "━" in window.line_with("○ unread")
        assert "12/84" in window.line_with("Research Space")
        longest, shorter = (window.line_with(f"2026-0{month}").count("━") for month in (2, 3))
        assert longest == 2 * shorter or longest == 2 * shorter + 1 or longest == 2 * shorter - 1
        assert "\x1b" not in window.text


async def test_statistics_of_nothing() -> None:
    async with opened(StatsScreen(Stats(0, {"unread": 0}, {}, 0, 0, 0, []))) as window:
        assert "nothing finished yet" in window.text


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0, ""), (0.001, "╸"), (0.5, "━━━━━"), (0.55, "━━━━━╸"), (1, "━" * 10), (3, "━" * 10)],
)
def test_a_bar_shows_the_least_and_stays_in_its_width(share: float, drawn: str) -> None:
    assert bar(share, 10) == drawn


DIALOGS: dict[str, Callable[[], Dialog[Any]]] = {
    "add": lambda: AddDialog(lambda text: HOSTILE),
    "annotate": lambda: AnnotateDialog(HOSTILE, ROLES, HOSTILE),
    "ask": lambda: AskDialog(HOSTILE, LONG, HOSTILE, HOSTILE),
    "choose": lambda: ChooseDialog(LONG, [Option("", HOSTILE, LONG, 1, HOSTILE)] * 9),
    "choose long": lambda: ChooseDialog(LONG, [Option("", HOSTILE, HOSTILE, number) for number in range(90)]),
    "confirm": lambda: ConfirmDialog(HOSTILE, LONG, HOSTILE, "No", danger=True),
    "edit": lambda: EditDialog(
        HOSTILE, [FieldValue("a", HOSTILE, LONG), FieldValue("b", "B", LONG, True, HOSTILE)]
    ),
    "export": lambda: ExportDialog(
        HOSTILE, lambda name, place: PlanSummary(1, 2, 3, LONG), [FormatChoice("x", "X", LONG)]
    ),
    "help": lambda: HelpScreen(SECTIONS),
    "history": lambda: HistoryScreen(HOSTILE, EVENTS, glyph),
    "note": lambda: NoteEditor(HOSTILE, LONG, f"{HOSTILE}\n\n{LONG}", lambda text: None),
    "note list": lambda: NoteListDialog(LONG, [Note(HOSTILE, HOSTILE), Note(LONG, LONG)]),
    "queue": lambda: NextScreen([NextRow(1, LONG, LONG, glyph=HOSTILE)] * 90),
    "stats": lambda: StatsScreen(STATS),
    "tags": lambda: TagsDialog(HOSTILE, [(HOSTILE, 1), (LONG, 2)], [HOSTILE], [LONG], 2),
    "trash": lambda: TrashScreen(TRASH),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)], ids=str)
@pytest.mark.parametrize("name", DIALOGS)
async def test_every_dialog_fits_and_shows_strange_text_as_text(name: str, size: tuple[int, int]) -> None:
    async with opened(DIALOGS[name](), size) as window:
        await window.app.workers.wait_for_complete()
        await window.pilot.pause()
        assert "\x1b" not in window.text
        assert "\u202e" not in window.text
        frame = window.app.screen.query_one("#frame").region
        assert window.app.screen.region.contains_region(frame)
        assert "╭" in window.text
        assert "esc" in window.text or size[0] < 80
        await window.press("escape")
        assert window.result is None
