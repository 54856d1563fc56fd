"""Taking a folder of notes that exists already into the library, from the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notes_tui.services.browsing import Place

if TYPE_CHECKING:
    from notes_tui.tui.screens.main import MainScreen


async def adopt(desk: MainScreen) -> None:
    """Ask for a folder, show what would be adopted, and adopt it as one step."""
    from notes_tui.services import adopting
    from notes_tui.tui.dialogs.adopt import AdoptionPreview, FolderDialog

    folder = await desk.ask(FolderDialog())
    if folder is None:
        return
    statuses, progress = desk.config.status_names, desk.progress("read", "files")
    plan = await desk.in_thread(
        lambda store: adopting.plan_adoption(store, folder, statuses=statuses, progress=progress)
    )
    if not await desk.ask(AdoptionPreview(plan)):
        desk.tell("nothing adopted")
        return
    done = await desk.in_thread(
        lambda store: adopting.adopt(store, folder, statuses=statuses, progress=progress)
    )
    desk.reload()
    if done.collection:
        desk.show(Place("collection", done.collection))
    desk.tell_change(done.label)
