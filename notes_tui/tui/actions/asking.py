"""What asks the network, and what lists bring: metadata, newer states of lists, their inbox."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from notes_tui.model.text import one_line
from notes_tui.services.wording import count_of

if TYPE_CHECKING:
    from notes_tui.model.list_news import News
    from notes_tui.model.proposals import FieldChange, Proposal
    from notes_tui.services.fetching import Fetched
    from notes_tui.services.list_updating import ListUpdate
    from notes_tui.store.database import Store
    from notes_tui.tui.dialogs.inbox import Settling
    from notes_tui.tui.screens.main import MainScreen


async def fetch(desk: MainScreen, what: str = "") -> None:
    """Ask the services about the chosen items; ``all`` asks about everything that lacks something, ``pdf`` for PDFs."""
    chosen = None if what == "all" else desk.targets()
    await _fetch(desk, chosen, with_pdfs=what == "pdf")


async def _fetch(desk: MainScreen, chosen: Sequence[int] | None, *, with_pdfs: bool) -> None:
    from notes_tui.services import fetching
    from notes_tui.services.net.opening import open_client
    from notes_tui.tui.dialogs.fetched import FetchedScreen

    home, config, progress = desk.home, desk.config, desk.progress("asked about")

    def work(store: Store) -> Fetched:
        with open_client(home, config) as client:
            return fetching.ask(
                store, client, config.sources, fetching.enqueue(store, chosen),
                pdf_folder=home.attachments if with_pdfs else None, progress=progress,
            )  # fmt: skip

    fetched = await desk.in_thread(work, if_cancelled="what was answered is kept for the next time")
    chosen_by: fetching.Chosen = fetching.only_empty
    if any(each.fills or each.offers for each in fetched.proposals):
        picks = await desk.ask(FetchedScreen(fetched.proposals))
        if picks is None and not fetched.pdfs:
            desk.tell("nothing was taken; the answers are kept")
            return
        wanted = {(id(proposal), id(change)) for proposal, change in picks or ()}
        chosen_by = partial(_is_among, wanted)
    await desk.in_thread(lambda store: fetching.take(store, fetched, chosen_by, roles=config.roles))
    desk.reload()
    if fetched.changed:
        desk.tell_change(fetched.label)
    else:
        desk.tell(f"{count_of(fetched.asked, 'paper')} asked about; nothing new")
    if fetched.problems:
        desk.warn(one_line(fetched.problems[0].message))


def _is_among(wanted: set[tuple[int, int]], proposal: Proposal, change: FieldChange) -> bool:
    return (id(proposal), id(change)) in wanted


async def update_list(desk: MainScreen) -> None:
    """Bring the open collection up to a newer state of its list, from a file or an address."""
    from notes_tui.errors import InvalidValueError
    from notes_tui.services import collecting, list_updating
    from notes_tui.services.net.opening import open_client, text_of_list
    from notes_tui.tui.dialogs.ask import AskDialog

    if desk.place.kind != "collection":
        raise InvalidValueError("no collection is open", hint="choose one in the first pane")
    collection = collecting.show(desk.store, desk.place.name).collection
    source = await desk.ask(
        AskDialog(
            f"Update · {one_line(collection.title)}", "Newer file or address of the list", collection.source
        )
    )
    if not source:
        return
    home, config = desk.home, desk.config

    def download(url: str) -> tuple[str, str]:
        with open_client(home, config, [url]) as client:
            return text_of_list(client, url, config.sources)

    def work(store: Store) -> ListUpdate:
        return list_updating.update(store, collection.slug, source, download=download)

    done = await desk.in_thread(work)
    desk.reload()
    if done.news:
        desk.tell_change(done.report.label)
        await inbox(desk, collection.slug)
    else:
        desk.tell(f"{one_line(collection.title)}: nothing new")


async def inbox(desk: MainScreen, slug: str = "") -> None:
    """Go through what updates brought to lists; Enter leads to the paper."""
    from notes_tui.services import list_updating
    from notes_tui.tui.dialogs.inbox import InboxScreen

    def settle(how: Settling, news: Sequence[News]) -> bool:
        def do() -> bool:
            status = "" if how == "seen" else how
            desk.tell_change(
                list_updating.settle(desk.store, news, status, allowed=desk.config.status_names)[1]
            )
            desk.reload()
            return True

        return desk.attempt(do, False)

    found = [each for each in list_updating.unseen(desk.store, slug) if each.news]
    item_id = await desk.ask(InboxScreen(found, settle))
    if item_id is not None:
        desk.go_to(item_id)
