"""Read status, rating, page reached; undo and redo."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from notes_tui.services import in_parts, journaling, reading
from notes_tui.services.browsing import is_small

if TYPE_CHECKING:
    from notes_tui.services.journaling import JournalStep
    from notes_tui.services.reading import Marked
    from notes_tui.store.database import Store
    from notes_tui.tui.screens.main import MainScreen

_PAGE = re.compile(r"(?:p(?:age)?\.?\s*)?(\d{1,6})(?:\s*(?:/|of)\s*(\d{1,6}))?", re.IGNORECASE)


async def mark(desk: MainScreen, status: str) -> None:
    """Give the chosen items a read status."""
    ids = desk.targets()
    allowed = desk.config.status_names
    marked = await desk.change(
        lambda store: in_parts.mark(store, status, ids, allowed=allowed, progress=desk.progress("marked")),
        ids,
    )
    _tell(desk, marked, ids, status)


def _tell(desk: MainScreen, marked: Marked, ids: Sequence[int], status: str) -> None:
    if marked.changed:
        desk.tell_change(f"{marked.label} today")
        return
    since = marked.unchanged[0][1] if marked.unchanged else ""
    when = f" since {since[:10]}" if since else ""
    subject = marked.label.removesuffix(f" marked {status}")
    desk.tell(f"{subject}: {status}{when}, nothing to change")


async def choose_status(desk: MainScreen) -> None:
    """Choose among all read statuses."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    desk.targets()
    current = desk.current_item()
    options = [
        Option("", each.name, "done" if each.done else "", each.name, each.glyph, _is(current, each.name))
        for each in desk.config.statuses
    ]
    status = await desk.ask(ChooseDialog(f"Status · {desk.targets_name()}", options))
    if status is not None:
        await mark(desk, status)


def _is(item: object, status: str) -> bool:
    return getattr(item, "read_status", "") == status


async def rate(desk: MainScreen, stars: str) -> None:
    """Rate the chosen items; 0 takes the rating away."""
    ids, rating = desk.targets(), int(stars)
    marked = await desk.change(
        lambda store: in_parts.rate(store, rating, ids, progress=desk.progress("rated")), ids
    )
    if marked.changed:
        desk.tell_change(marked.label)
    else:
        desk.tell(f"{marked.label} already")


async def set_page(desk: MainScreen) -> None:
    """Ask for the page reached."""
    from notes_tui.tui.dialogs.ask import AskDialog

    ids = desk.targets()
    item = desk.current_item()
    reached = item.progress if item and len(ids) == 1 else None
    value = (
        f"{reached.page}/{reached.pages}"
        if reached and reached.pages
        else str(reached.page)
        if reached
        else ""
    )
    total = f"Page, of {item.pages}" if item and item.pages and len(ids) == 1 else "Page"
    text = await desk.ask(
        AskDialog(f"Page reached · {desk.targets_name()}", total, value, "5 or 5/12", check=check_page)
    )
    if text is None:
        return
    page, pages = parse_page(text)
    marked = await desk.change(lambda store: reading.set_progress(store, ids, page, pages), ids)
    desk.tell_change(marked.label)


def parse_page(text: str) -> tuple[int, int | None]:
    """``5``, ``p. 5``, ``5/12`` as page and number of pages; page 0 where it is none of these."""
    found = _PAGE.fullmatch(text.strip())
    if not found:
        return 0, None
    return int(found[1]), int(found[2]) if found[2] else None


def check_page(text: str) -> str:
    """What is wrong with a page that was typed; empty where nothing is."""
    page, pages = parse_page(text)
    if page < 1:
        return "a page is a number from 1, or 5/12"
    return f"there are only {pages} pages" if pages is not None and page > pages else ""


async def _replay(desk: MainScreen, do: Callable[[Store], JournalStep]) -> JournalStep:
    """Undo or redo; where a step may be a large one, the screen stays alive meanwhile."""
    if is_small(desk.store):
        return await desk.change(do)
    step = await desk.in_thread(do)
    desk.reload()
    return step


async def undo(desk: MainScreen) -> None:
    """Take back the last change."""
    step = await _replay(desk, journaling.undo)
    desk.tell(f"undone: {step.label} · {desk.keymap.shown('main.redo')} redo")


async def redo(desk: MainScreen) -> None:
    """Repeat the change taken back last."""
    step = await _replay(desk, journaling.redo)
    desk.tell_change(f"again: {step.label}")
