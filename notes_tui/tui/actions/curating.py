"""What belongs to the library: adding, correcting, the trash, own collections, saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notes_tui.errors import InvalidValueError
from notes_tui.model.text import one_line
from notes_tui.model.times import ago
from notes_tui.services import browsing, capturing, collecting, editing, listing, writing
from notes_tui.services.browsing import EVERYWHERE, Place
from notes_tui.services.wording import count_of, name_of

if TYPE_CHECKING:
    from notes_tui.tui.screens.main import MainScreen

_LABELS = {
    "title": ("Title", "as published"),
    "title_short": ("Short name", "AntMan"),
    "creators": ("Creators", "Family, Given; Family, Given"),
    "venue": ("Venue", "the short name people use: OSDI"),
    "year": ("Year", ""),
    "type": ("Type", "a CSL type such as paper-conference or software"),
    "doi": ("DOI", ""),
    "arxiv": ("arXiv", ""),
    "links": ("Links", "kind:address, separated by spaces"),
    "abstract": ("Abstract", ""),
    "pages": ("Pages", "how many there are"),
    "private": ("Private", "yes keeps it out of shared vaults, lists and sites"),
    "citekey": ("Citekey", "the old one stays an alias"),
}
_LONG_FIELDS = ("abstract",)


async def add(desk: MainScreen) -> None:
    """Add items from pasted lines; the cursor goes to the first."""
    from notes_tui.tui.dialogs.add import AddDialog

    text = await desk.ask(AddDialog(_preview))
    if not (text or "").strip():
        return
    lines, config = (text or "").splitlines(), desk.config
    added = await desk.in_thread(
        lambda store: capturing.add(store, lines, statuses=config.status_names, roles=config.roles)
    )
    desk.reload()
    desk.go_to(added.items[0].item_id)
    if added.new:
        desk.tell_change(added.label)
    else:
        desk.tell(added.label)
    if added.problems:
        first = added.problems[0]
        desk.warn(
            f"{count_of(len(added.problems), 'line')} not taken; line {first.line}: {one_line(first.message)}"
        )


def _preview(text: str) -> str:
    """What is seen in pasted lines, in words."""
    seen = [one_line(reference.title)[:60] for reference in capturing.references_from(text)]
    if not seen:
        return "nothing to add yet"
    return seen[0] if len(seen) == 1 else f"{count_of(len(seen), 'paper')}: {seen[0]}, …"


async def edit(desk: MainScreen) -> None:
    """Correct the fields of the item under the cursor."""
    from notes_tui.tui.dialogs.edit_fields import EditDialog, FieldValue

    item = desk.the_item()
    fields = [
        FieldValue(name, label, editing.field_text(item, name), name in _LONG_FIELDS, help)
        for name, (label, help) in _LABELS.items()
    ]
    values = await desk.ask(
        EditDialog(
            f"Edit · {name_of(item)}", fields, lambda each: editing.refusals(desk.store, item.item_id, each)
        )
    )
    if values:
        base = {field.name: field.value for field in fields}
        edited = await desk.change(lambda store: editing.edit(store, item.item_id, values, base=base))
        desk.tell_change(edited.label)


async def trash(desk: MainScreen) -> None:
    """Move the chosen items to the trash."""
    ids = desk.targets()
    label = await desk.change(lambda store: editing.remove(store, ids), ids)
    desk.table.select(ids, on=False)
    desk.tell_change(label)


async def restore(desk: MainScreen) -> None:
    """Take the chosen items out of the trash."""
    ids = [item.item_id for item in desk.items(desk.targets()) if item.trashed]
    if not ids:
        desk.tell("this is not in the trash")
        return
    desk.tell_change(await desk.change(lambda store: editing.restore(store, ids), ids))


async def browse_trash(desk: MainScreen) -> None:
    """Browse the trash: restore, or empty it."""
    from notes_tui.tui.dialogs.trash import TrashItem, TrashScreen

    now = desk.store.clock()
    items = [
        TrashItem(item.item_id, name_of(item), count_of(item.note_count, "note") if item.note_count else "",
                  ago(item.trashed, now))
        for item in editing.trash(desk.store)
    ]  # fmt: skip
    choice = await desk.ask(TrashScreen(items))
    if choice is None:
        return
    if choice.empty:
        desk.tell_change(await desk.change(editing.empty_trash))
    elif choice.restore:
        ids = list(choice.restore)
        desk.tell_change(await desk.change(lambda store: editing.restore(store, ids), ids))


async def duplicates(desk: MainScreen) -> None:
    """Go through pairs that may be one work: merge them, or remember that they are two."""
    from notes_tui.services import duplicates, merging
    from notes_tui.tui.dialogs.duplicates import Decision, DuplicatesScreen

    def decide(decision: Decision, keep_id: int, other_id: int) -> bool:
        def do() -> bool:
            if decision == "merge":
                desk.tell_change(merging.merge(desk.store, keep_id, [other_id]).label)
            else:
                desk.tell_change(duplicates.set_apart(desk.store, keep_id, [other_id])[1])
            desk.reload()
            return True

        return desk.attempt(do, False)

    small = browsing.is_small(desk.store)
    if small:
        pairs = duplicates.find(desk.store)
    else:
        pairs = await desk.in_thread(
            lambda store: duplicates.find(store, lambda: desk.tell_work("comparing papers")),
            if_cancelled="no duplicates were looked for",
        )
    item_id = await desk.ask(DuplicatesScreen(pairs, desk.items, decide))
    if item_id is not None:
        desk.go_to(item_id)


_NEW = "\x00new"


async def collect(desk: MainScreen) -> None:
    """Put the chosen items into a collection of the person's own, an old or a new one."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    ids = desk.targets()
    own = [each for each in collecting.collections(desk.store) if each.kind == "own"]
    options = [Option("", each.title, count_of(each.items, "paper"), each.slug) for each in own]
    options.append(Option("n", "New collection…", "", _NEW, "+"))
    slug = await desk.ask(ChooseDialog(f"Put into · {desk.targets_name()}", options)) if own else _NEW
    title = await _ask_title(desk) if slug == _NEW else ""
    if slug is None or title is None:
        return
    if slug == _NEW:
        slug = collecting.slug_from(title)
    number, label = await desk.change(lambda store: collecting.collect(store, slug, ids, title=title), ids)
    if number:
        desk.tell_change(label)
    else:
        desk.tell("it stands there already")


async def _ask_title(desk: MainScreen, title: str = "New collection", value: str = "") -> str | None:
    from notes_tui.tui.dialogs.ask import AskDialog

    return await desk.ask(
        AskDialog(title, "Title", value, check=lambda text: "" if text else "it needs a title")
    )


async def new_collection(desk: MainScreen) -> None:
    """Make a collection of the person's own."""
    title = await _ask_title(desk)
    if title is not None:
        collection = await desk.change(lambda store: collecting.create(store, title))
        desk.show(Place("collection", collection.slug))
        desk.tell_change(f"collection {collection.title} made")


def _open_collection(desk: MainScreen) -> str:
    if desk.place.kind != "collection":
        raise InvalidValueError("no collection is open", hint="choose one in the first pane")
    return desk.place.name


async def take_out(desk: MainScreen) -> None:
    """Take the chosen items out of the collection that is open; they stay in the library."""
    slug, ids = _open_collection(desk), desk.targets()
    _, label = await desk.change(lambda store: collecting.take(store, slug, ids), ids)
    desk.tell_change(label)


async def rename_collection(desk: MainScreen) -> None:
    """Give the open collection another title."""
    slug = _open_collection(desk)
    title = await _ask_title(desk, "Rename collection", desk.place_title[0])
    if title is not None:
        desk.tell_change(await desk.change(lambda store: collecting.rename(store, slug, title)))


async def hide_collection(desk: MainScreen) -> None:
    """Take the open collection out of sight."""
    slug = _open_collection(desk)
    label = await desk.change(lambda store: collecting.hide(store, slug))
    desk.show(EVERYWHERE)
    desk.tell_change(label)


async def unhide_collection(desk: MainScreen) -> None:
    """Bring a hidden collection back."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    hidden = [each for each in collecting.collections(desk.store) if each.hidden]
    options = [Option("", each.title, count_of(each.items, "paper"), each.slug) for each in hidden]
    slug = await desk.ask(ChooseDialog("Show again", options, "no collection is hidden"))
    if slug is not None:
        label = await desk.change(lambda store: collecting.hide(store, slug, hidden=False))
        desk.show(Place("collection", slug))
        desk.tell_change(label)


async def remove_collection(desk: MainScreen) -> None:
    """Remove the open collection; its items stay, or the untouched ones go to the trash."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    slug = _open_collection(desk)
    untouched = len(collecting.untouched_items(desk.store, slug))
    options = [Option("k", "Remove the list, keep its papers", "", False)]
    if untouched:
        options.append(
            Option("t", f"…and move {count_of(untouched, 'untouched paper')} to the trash", "", True)
        )
    trash_untouched = await desk.ask(ChooseDialog(f"Remove · {desk.place_title[0]}", options))
    if trash_untouched is not None:
        _, label = await desk.change(
            lambda store: collecting.remove(store, slug, trash_untouched=trash_untouched)
        )
        desk.show(EVERYWHERE)
        desk.tell_change(label)


async def save_view(desk: MainScreen) -> None:
    """Keep what is shown under a name: the filter, and the place it stays in."""
    from notes_tui.tui.dialogs.ask import AskDialog

    query = desk.query_text()
    if not query:
        raise InvalidValueError(
            "there is no filter to keep", hint=f"{desk.keymap.shown('main.search')} begins one"
        )
    name = await desk.ask(
        AskDialog(
            "Save view", "Name", one_line(query)[:60], check=lambda text: "" if text else "it needs a name"
        )
    )
    if name:
        label = await desk.change(lambda store: writing.save_view(store, name, query))
        desk.search_bar.clear()
        desk.show(Place("view", " ".join(name.split())))
        desk.tell_change(label)


async def remove_view(desk: MainScreen) -> None:
    """Forget the saved view that is open, or one that is chosen."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    name: str | None = desk.place.name
    if desk.place.kind != "view":
        views = listing.overview(desk.store).views
        options = [Option("", view, query, view) for view, query in views]
        name = await desk.ask(ChooseDialog("Remove view", options, "there are no saved views"))
    if name is not None:
        view = name
        label = await desk.change(lambda store: writing.remove_view(store, view))
        if desk.place.kind == "view":
            desk.show(EVERYWHERE)
        desk.tell_change(label)
