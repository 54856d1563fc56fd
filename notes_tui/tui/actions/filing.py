"""PDFs and figures: attaching them, opening them at a page, reading their annotations again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import unquote

from notes_tui.model.text import one_line
from notes_tui.services import page_opening
from notes_tui.services.wording import count_of, name_of

if TYPE_CHECKING:
    from notes_tui.model.item import Item
    from notes_tui.services.attaching import FigureNote
    from notes_tui.services.figures import Figure
    from notes_tui.services.highlighting import Taken
    from notes_tui.store.database import Store
    from notes_tui.tui.desk import Desk
    from notes_tui.tui.screens.main import MainScreen


async def attach(desk: MainScreen) -> None:
    """Attach a file to the item under the cursor: its path is typed, completed, or taken from the clipboard."""
    from notes_tui.services import attaching
    from notes_tui.tui.dialogs.file_path import FileDialog

    item = desk.the_item()
    path = await desk.ask(FileDialog(f"Attach · {name_of(item)}", await file_on_clipboard(desk)))
    if path is None:
        return
    note = await _note_for(desk, item, path)
    if note is None:
        return
    done = await desk.in_thread(
        lambda store: attaching.attach(store, item.item_id, [path], note=note, roles=desk.config.roles)
    )
    desk.reload()
    if done.is_changed:
        desk.tell_change(f"{done.label}{_numbers(done.taken)}")
    else:
        desk.tell(f"it is attached already{_numbers(done.taken)}")
    for problem in done.problems:
        desk.warn(problem.message)


async def file_on_clipboard(desk: MainScreen) -> str:
    """The path on the clipboard, as a path or a ``file:`` address; empty where it leads to no file."""
    from notes_tui.tui.actions.writing import clipboard_text

    path = (await clipboard_text(desk)).strip("'\"")
    if path.startswith("file://"):
        path = unquote(path.removeprefix("file://"))
    return path if path and "\n" not in path and os.path.isfile(os.path.expanduser(path)) else ""


async def _note_for(desk: MainScreen, item: Item, path: str) -> FigureNote | None:
    """The note that is to show a file, with its caption, where it is a picture; ``None`` where somebody thinks better."""
    from notes_tui.services import figures, listing
    from notes_tui.services.attaching import FigureNote
    from notes_tui.tui.dialogs.ask import AskDialog
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    if not figures.is_picture(path):
        return FigureNote()
    titles = [note.title for note in listing.detail(desk.store, item.item_id).notes if note.title]
    title: str | None = None
    if titles:
        options = [Option("", "The note", "", ""), *(Option("", each, "note", each) for each in titles)]
        title = await desk.ask(ChooseDialog(f"Show it in · {name_of(item)}", options))
        if title is None:
            return None
    caption = await desk.ask(AskDialog(f"Figure · {name_of(item)}", "Caption, or nothing"))
    return None if caption is None else FigureNote(title, caption)


def _numbers(taken: Taken) -> str:
    told = [
        (taken.added, "added"),
        (taken.updated, "updated"),
        (taken.gone, "gone"),
        (taken.placed, "placed"),
    ]
    told.append((len(taken.unplaced), "without a place"))
    words = ", ".join(f"{number:,} {what}" for number, what in told if number)
    return f" · annotations: {words}" if words else ""


async def refresh(desk: MainScreen) -> None:
    """Read the annotations of the chosen items' PDFs again."""
    from notes_tui.services import refreshing

    ids = desk.targets()
    done = await desk.in_thread(
        lambda store: refreshing.refresh(
            store, ids, roles=desk.config.roles, progress=desk.progress("read", "files")
        )
    )
    desk.reload()
    if done.taken.changed:
        desk.tell_change(f"{done.label}{_numbers(done.taken)}")
    else:
        desk.tell(f"{count_of(done.read, 'file')} read; nothing changed")
    for problem in done.problems:
        desk.warn(f"{problem.file}: {problem.message}")


async def follow(desk: MainScreen) -> None:
    """Read the annotations of the PDFs of the item under the cursor again where a file changed."""
    from notes_tui.services import refreshing

    item_id = desk.table.current_id
    if item_id is None or desk.store.read_only or not refreshing.is_due(desk.store, item_id):
        return
    done = await desk.in_thread(
        lambda store: refreshing.refresh(store, [item_id], only_changed=True, roles=desk.config.roles)
    )
    if done.taken.changed:
        desk.reload()
        desk.tell_change(f"{done.label}{_numbers(done.taken)}")


async def open_pdf(desk: MainScreen) -> None:
    """Open a file of the item under the cursor: its PDF where reading stopped, or a figure."""
    from notes_tui.services import figures
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    item = desk.the_item()
    found = figures.of_item(desk.store, item.item_id)
    if found:
        options = (
            [Option("o", "The PDF", "", 0)] if any(each.kind == "pdf" for each in item.attachments) else []
        )
        options += [Option("", each.words, "figure", number) for number, each in enumerate(found, 1)]
        number = await desk.ask(ChooseDialog(f"Open · {name_of(item)}", options))
        if number is None:
            return
        if number:
            page_opening.open_figure(found[number - 1], start=desk.surroundings.start_viewer)
            return
    open_at(desk, item.item_id)


async def open_figure(desk: MainScreen, destination: str) -> None:
    """Open the figure that a note of the item under the cursor calls so."""
    figure = show_figure(desk, desk.the_item().item_id, destination)
    desk.tell(f"opened {figure.words}")


def show_figure(desk: MainScreen, item_id: int, destination: str) -> Figure:
    """Open the figure that a note of an item calls so."""
    from notes_tui.services import figures

    figure = figures.of_link(desk.store, item_id, destination)
    page_opening.open_figure(figure, start=desk.surroundings.start_viewer)
    return figure


def open_at(
    desk: MainScreen, item_id: int, annotation_id: str = "", *, page: int | None = None, path: str = ""
) -> None:
    """Open a PDF of an item in the viewer, at an annotation or a page where one is named."""
    opened = page_opening.open_file(
        desk.store, item_id, desk.config.viewer, page=page, annotation_id=annotation_id, path=path,
        start=desk.surroundings.start_viewer,
    )  # fmt: skip
    desk.reload()
    at = f" at page {opened.page}" if opened.page else ""
    desk.tell(one_line(f"opened {opened.name}{at}"))


async def open_found(desk: MainScreen) -> None:
    """Open the PDF on a page where the words that are searched for stand; without any, choose an annotation."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    item = desk.the_item()
    hits = desk.page_hits(item.item_id, desk.search_bar.text)
    if not hits:
        from notes_tui.tui.actions.writing import choose_annotation

        await choose_annotation(desk)
        return
    options = [Option("", f"p. {hit.page}  {hit.snippet}", "", hit) for hit in hits]
    hit = (
        hits[0]
        if len(hits) == 1
        else await desk.ask(ChooseDialog(f"Found in the PDF · {name_of(item)}", options))
    )
    if hit is not None:
        open_at(desk, item.item_id, page=hit.page, path=hit.path)


def index_texts(store: Store, desk: Desk) -> int:
    """Index the text of PDFs in a thread, telling how far it is; ends when the window does."""
    from textual.worker import get_current_worker

    from notes_tui.services import pdf_texts

    worker = get_current_worker()

    def tell(done: int, total: int) -> None:
        if not worker.is_cancelled:
            desk.app.call_from_thread(
                desk.status.show_message, f"reading PDFs for the search: {done:,} of {total:,}"
            )

    waiting = pdf_texts.number_waiting(store)
    done = pdf_texts.index(store, None, tell, lambda: worker.is_cancelled)
    if waiting and not worker.is_cancelled:
        words = f"{count_of(done, 'PDF')} can be searched now" if done else ""
        desk.app.call_from_thread(desk.status.show_message, words)
    return done
