"""Looking things up: help, palette, history, what is next, statistics; themes; leaving."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from notes_tui.services import browsing, keys, reading
from notes_tui.services.wording import name_of

if TYPE_CHECKING:
    from notes_tui.store.database import Store
    from notes_tui.tui.desk import Desk
    from notes_tui.tui.dialogs.queue import NextRow
    from notes_tui.tui.screens.main import MainScreen

SOME_SECONDS = 0.4
"""How long changes are taken into the search index before it is told how far that is."""
HELP_ORDER = ("Reading", "Writing", "Searching", "Selecting", "Taking along", "Library", "Window", "Moving")


async def help_keys(desk: MainScreen) -> None:
    """All keys, with what they do."""
    from notes_tui.tui.commands import COMMANDS
    from notes_tui.tui.dialogs.help import HelpRow, HelpScreen, HelpSection

    ordered = sorted(COMMANDS, key=lambda command: HELP_ORDER.index(command.group))
    sections = [
        HelpSection(
            group,
            [HelpRow(desk.keymap.all_shown(each), each.label, each.help, each.id) for each in commands],
        )
        for group, commands in groupby(ordered, key=lambda command: command.group)
    ]
    await desk.ask(HelpScreen(sections))


def palette(desk: MainScreen) -> None:
    """Find a command or a paper by name."""
    from notes_tui.tui.palette import CommandHits, Palette, PaperHits

    desk.app.push_screen(Palette([CommandHits, PaperHits], placeholder="a command, or words of a paper"))


async def history(desk: MainScreen) -> None:
    """What happened to the item under the cursor."""
    from notes_tui.tui.dialogs.history import HistoryScreen

    item = desk.current_item()
    events = reading.history(desk.store, item.item_id if item else None)
    name = name_of(item) if item else "the library"
    citekey = await desk.ask(HistoryScreen(f"History · {name}", events, desk.config.glyph))
    if citekey:
        desk.go_to(keys.find_item(desk.store, citekey))


async def next_up(desk: MainScreen) -> None:
    """What to read next, and why."""
    from notes_tui.tui.dialogs.queue import NextScreen

    def move(item_id: int, offset: int) -> list[NextRow]:
        if reading.move_in_queue(desk.store, item_id, offset):
            desk.reload()
        return _next_rows(desk)

    item_id = await desk.ask(NextScreen(_next_rows(desk), move))
    if item_id is not None:
        desk.go_to(item_id)


def _next_rows(desk: MainScreen) -> list[NextRow]:
    from notes_tui.tui.dialogs.queue import NextRow

    return [
        NextRow(
            each.item.item_id, name_of(each.item), each.reason, each.item.read_status == "queued",
            desk.config.glyph(each.item.read_status),
        )
        for each in reading.next_items(desk.store, 100)
    ]  # fmt: skip


async def stats(desk: MainScreen) -> None:
    """What was read, month by month."""
    from notes_tui.tui.dialogs.stats import StatsScreen

    await desk.ask(StatsScreen(reading.stats(desk.store, desk.config.status_names), desk.config.statuses))


def take_in_words(store: Store, desk: Desk) -> None:
    """Take changes into the search index in a thread, telling how far it is; then the list is looked up again."""
    from textual.worker import get_current_worker

    worker = get_current_worker()
    total = browsing.take_in(store, 0)
    left = total
    while left and not worker.is_cancelled:
        said = f"indexing words · {total - left:,} of {total:,}"
        desk.app.call_from_thread(desk.status.show_message, said)
        left = browsing.take_in(store, SOME_SECONDS)
        total = max(total, left)
    if not worker.is_cancelled:
        desk.app.call_from_thread(desk.status.show_message, "the words of all changes are indexed")
        desk.app.call_from_thread(desk.reload)


def switch_theme(desk: MainScreen) -> None:
    """Switch between the light and the dark theme."""
    from notes_tui.tui.theme import DARK, LIGHT

    desk.app.theme = LIGHT.name if desk.app.current_theme.dark else DARK.name
    desk.remember_soon()


def choose_theme(desk: MainScreen) -> None:
    """Choose among all themes."""
    desk.app.action_change_theme()


async def _may_cancel(desk: MainScreen) -> bool:
    from notes_tui.tui.dialogs.ask import ConfirmDialog

    question = ConfirmDialog(
        "Something is under way", "Leave and cancel it? What is saved already stays.", "Leave", "Stay"
    )
    if not await desk.ask(question):
        return False
    desk.cancel_work()
    return True


async def quit_app(desk: MainScreen) -> None:
    """Leave; everything is saved. Where something is under way, ask before it is cancelled."""
    if desk.work is not None and not await _may_cancel(desk):
        return
    desk.remember()
    desk.app.exit()
