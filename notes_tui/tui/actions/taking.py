"""What leaves the program: links, the clipboard, exports, backups."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from notes_tui.model.text import one_line
from notes_tui.services import citing, reading
from notes_tui.services.wording import name_of
from notes_tui.tui.external import links_of, safe_address, search_address

if TYPE_CHECKING:
    from notes_tui.model.item import Item
    from notes_tui.services.citing import CopyKind
    from notes_tui.tui.screens.main import MainScreen

_THE_PDF = "pdf"
"""Stands for the attached PDF among the addresses that can be opened."""


async def open_link(desk: MainScreen) -> None:
    """Open the link of the item under the cursor; without one, offer its PDF and to search for its title."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    item = desk.the_item()
    links = links_of(item)
    if len(links) == 1:
        open_address(desk, links[0].url, item)
        return
    options = [Option("", one_line(link.url), link.kind, link.url) for link in links]
    if any(each.kind == "pdf" for each in item.attachments):
        options.append(Option("p", "Open the PDF", "", _THE_PDF))
    options.append(
        Option("s", "Search for the title in the browser", "", search_address(item.title or item.citekey))
    )
    address = await desk.ask(ChooseDialog(f"Open · {name_of(item)}", options))
    if address == _THE_PDF:
        from notes_tui.tui.actions.filing import open_at

        open_at(desk, item.item_id)
    elif address is not None:
        open_address(desk, address, item)


def open_address(desk: MainScreen, address: str, item: Item | None = None) -> None:
    """Open an address in the browser, and log that the item was opened.

    Where there is no browser to open it, the address goes to the clipboard.
    """
    address = safe_address(address)
    if desk.surroundings.open_address(address):
        desk.tell(f"opened {address}")
    else:
        desk.surroundings.clipboard.copy(address)
        desk.tell(f"no browser here; copied {address}")
    if item is not None:
        reading.log_opened(desk.store, item.item_id)
        desk.reload()


async def copy(desk: MainScreen) -> None:
    """Copy something about the chosen items."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    ids = desk.targets()
    options = [Option("k", "Citekey", "", "citekey"), Option("c", "Citation", "", "citation"),
               Option("b", "BibTeX", "", "bibtex"), Option("l", "Link", "", "link")]  # fmt: skip
    kind = await desk.ask(ChooseDialog(f"Copy · {desk.targets_name()}", options))
    if kind is None:
        return
    copied = partial(
        citing.copy_of_many, item_ids=ids, kind=cast("CopyKind", kind), progress=desk.progress("read")
    )
    text = await desk.work_on(ids, copied, if_cancelled="nothing was copied")
    desk.copy(text, kind)


async def back_up(desk: MainScreen) -> None:
    """Write a verified copy of the library."""
    from notes_tui.services.backing_up import backup

    home, config = desk.home, desk.config
    made = await desk.in_thread(lambda store: backup(store, home, config))
    desk.tell(f"backup written to {made.path}")
