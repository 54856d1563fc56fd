"""Notes, annotations and tags."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from notes_tui.errors import NotesError
from notes_tui.model.item import Annotation, Item, ItemDetail
from notes_tui.services import in_parts, listing, writing
from notes_tui.services.quoting import page_of, undivided
from notes_tui.services.wording import name_of
from notes_tui.settings import editor_command

if TYPE_CHECKING:
    from notes_tui.store.database import Store
    from notes_tui.tui.dialogs.annotate import AnnotationDraft
    from notes_tui.tui.screens.main import MainScreen

CLIPBOARD_SECONDS = 0.5
MAX_CLIPBOARD = 4_000
"""Longer texts on the clipboard are no quotes."""


class NoteConflictError(NotesError):
    """The same lines of a note were changed here and elsewhere."""

    title = "changed in another window"


@dataclass
class Sitting:
    """A note while it is being written: saved often, one undo step, never over somebody else's words."""

    store: Store
    item: Item
    title: str
    text: str
    """What the editor held at the last save."""
    step: int | None = None
    label: str = ""
    changed: bool = field(default=False)

    def save(self, text: str) -> None:
        """Save what the editor holds, together with what another window wrote meanwhile.

        Raises :class:`NoteConflictError` where both changed the same lines.
        """
        stored = writing.read_note(self.store, self.item.item_id, self.title) if self._exists() else ""
        wanted = text if stored == self.text else self._joined(text, stored)
        saved = writing.save_note(
            self.store, self.item.item_id, wanted, title=self.title, sitting=self.step, base=stored
        )
        self.text, self.step, self.label = text, saved.step, saved.label
        self.changed = self.changed or saved.changed

    def reload(self) -> str:
        """The note as the library has it; what the editor holds counts as its continuation from here."""
        self.text = writing.read_note(self.store, self.item.item_id, self.title) if self._exists() else ""
        return self.text

    def attach(self, path: str) -> str:
        """Keep a picture for the note, in the step of this sitting; returns what the note is to call it."""
        from notes_tui.services import attaching

        done = attaching.attach_figure(
            self.store, self.item.item_id, path, title=self.title, sitting=self.step
        )
        self.step, self.changed = done.step, True
        self.label = self.label or f"figure attached to {name_of(self.item)}"
        return done.link

    def _exists(self) -> bool:
        titles = {note.title for note in listing.detail(self.store, self.item.item_id).notes}
        return self.title in titles

    def _joined(self, text: str, stored: str) -> str:
        from notes_tui.model.merge import merge_text

        merged = merge_text(self.text, text, stored)
        if merged.conflicts:
            raise NoteConflictError(
                f"the note on {name_of(self.item)}",
                hint="ctrl+r shows that version; copy out what you need first",
            )
        return merged.text


async def edit_note(desk: MainScreen) -> None:
    """Write the note of the item under the cursor, with a live preview."""
    item = desk.the_item()
    title = await _which_note(desk, listing.detail(desk.store, item.item_id))
    if title is not None:
        await _write(desk, item, title)


async def _which_note(desk: MainScreen, detail: ItemDetail) -> str | None:
    """The title of the note to write; asked only where there are several."""
    if all(not note.title for note in detail.notes):
        return ""
    from notes_tui.tui.dialogs.note_list import NoteListDialog

    return await desk.ask(NoteListDialog(f"Notes · {name_of(detail.item)}", detail.notes))


async def new_note(desk: MainScreen) -> None:
    """Begin a further note, with a title."""
    from notes_tui.tui.dialogs.ask import AskDialog

    item = desk.the_item()
    title = await desk.ask(AskDialog(f"New note · {name_of(item)}", "Title"))
    if title and title.strip():
        await _write(desk, item, " ".join(title.split()))


async def _write(desk: MainScreen, item: Item, title: str) -> None:
    from notes_tui.tui.actions.filing import file_on_clipboard, show_figure
    from notes_tui.tui.dialogs.note_editor import NoteEditor, NoteFigures

    sitting = Sitting(desk.store, item, title, "")
    text = sitting.reload()
    writing.begin_editing(desk.store, item.item_id, title)
    figures = NoteFigures(
        lambda: file_on_clipboard(desk), sitting.attach, lambda link: show_figure(desk, item.item_id, link)
    )
    editor = NoteEditor(f"Note · {name_of(item)}", title, text, sitting.save, sitting.reload, figures)
    await desk.ask(editor)
    writing.end_editing(desk.store, item.item_id, title)
    if sitting.changed:
        desk.reload()
        desk.tell_change(sitting.label)


async def edit_note_outside(desk: MainScreen) -> None:
    """Write the note of the item under the cursor in the person's own editor: in its file, where it has one."""
    from notes_tui.services.sync_one import file_of
    from notes_tui.tui.actions.syncing import edit_file
    from notes_tui.tui.external import edit_text

    item = desk.the_item()
    file, title = file_of(desk.store, item.item_id), ""
    if file is None or not file.holds_all:
        chosen = await _which_note(desk, listing.detail(desk.store, item.item_id))
        if chosen is None:
            return
        file, title = file_of(desk.store, item.item_id, chosen), chosen
    if file is not None:
        await edit_file(desk, item, file)
        return
    sitting = Sitting(desk.store, item, title, "")
    text = sitting.reload()
    edit_text(
        editor_command(desk.config), text, item.citekey, sitting.save,
        run=desk.surroundings.run_editor, terminal=desk.app.suspend,
    )  # fmt: skip
    if sitting.changed:
        desk.reload()
        desk.tell_change(sitting.label)
    else:
        desk.tell("the note was left as it was")


async def annotate(desk: MainScreen) -> None:
    """Add a quote or a remark to the item under the cursor; the clipboard offers the quote."""
    from notes_tui.tui.dialogs.annotate import AnnotateDialog

    item = desk.the_item()
    quote = undivided(await clipboard_text(desk))
    near = item.progress.page if item.progress else 1
    page = page_of(desk.store, item.item_id, quote, near)
    found = Annotation(quote=quote, page=page) if page else None
    draft = await desk.ask(AnnotateDialog(f"Quote · {name_of(item)}", desk.config.roles, quote, found))
    if draft is not None:
        annotated = writing.annotate(desk.store, item.item_id, _annotation(draft))
        desk.reload()
        desk.tell_change(annotated.label)


def _annotation(draft: AnnotationDraft) -> Annotation:
    return Annotation(page=draft.page, quote=draft.quote, comment=draft.comment, role=draft.role)


async def clipboard_text(desk: MainScreen) -> str:
    """The text on the clipboard; empty where there is none, it is too long for a quote, or nobody answers."""
    try:
        text = await asyncio.wait_for(asyncio.to_thread(desk.surroundings.clipboard.paste), CLIPBOARD_SECONDS)
    except TimeoutError:
        return ""
    return text.strip() if len(text) <= MAX_CLIPBOARD else ""


async def choose_annotation(desk: MainScreen) -> None:
    """Choose an annotation of the item under the cursor, then change or remove it."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    item = desk.the_item()
    annotations = listing.detail(desk.store, item.item_id).annotations
    glyphs = {role.name: role.glyph for role in desk.config.roles}
    options = [
        Option(
            "", each.quote or each.comment or each.kind, _page_words(each), each.id,
            glyphs.get(each.role, "•" if each.role else ""),
        )
        for each in annotations
    ]  # fmt: skip
    chosen = await desk.ask(
        ChooseDialog(f"Annotations · {name_of(item)}", options, "there are none; `a` adds one")
    )
    if chosen:
        await change_annotation(desk, chosen)


def _page_words(annotation: Annotation) -> str:
    page = annotation.page_label or annotation.page
    return f"p. {page}" if page else ""


async def change_annotation(desk: MainScreen, annotation_id: str) -> None:
    """Do something with an annotation of the item under the cursor: open its page, edit, copy, remove it."""
    from notes_tui.tui.actions import annotating
    from notes_tui.tui.actions.filing import open_at
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    item = desk.the_item()
    found = next(
        (each for each in listing.detail(desk.store, item.item_id).annotations if each.id == annotation_id),
        None,
    )
    if found is None:
        return
    options = [Option("o", "Open the PDF there", "", "open"), Option("e", "Edit", "", "edit"), Option("r", "Role", "", "role"),
               Option("y", "Copy the words", "", "copy"), Option("d", "Remove", "u takes it back", "remove")]  # fmt: skip
    what = await desk.ask(ChooseDialog(f"Annotation · {name_of(item)}", options))
    if what == "open":
        open_at(desk, item.item_id, annotation_id)
    elif what == "copy":
        desk.copy(found.quote or found.comment, "annotation")
    elif what is not None:
        do = {"edit": annotating.edit, "role": annotating.choose_role, "remove": annotating.remove}[what]
        await do(desk, item.item_id, annotation_id)


async def tag(desk: MainScreen) -> None:
    """Put tags on the chosen items and take tags off."""
    from notes_tui.tui.dialogs.tags import TagsDialog

    ids = desk.targets()
    on_all, on_some = writing.tags_among(desk.store, ids)
    title = f"Tags · {desk.targets_name()}"
    changes = await desk.ask(TagsDialog(title, writing.tags(desk.store), on_all, on_some, len(ids)))
    if changes is not None and (changes.add or changes.remove):
        label = await desk.change(
            lambda store: in_parts.change_tags(
                store, ids, changes.add, changes.remove, progress=desk.progress("tagged")
            ),
            ids,
        )
        desk.tell_change(label)


async def rename_tag(desk: MainScreen) -> None:
    """Rename a tag on all items."""
    from notes_tui.tui.dialogs.ask import AskDialog
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    options = [Option("", name, f"{count:,}", name) for name, count in writing.tags(desk.store)]
    old = await desk.ask(ChooseDialog("Rename which tag", options, "there are no tags yet"))
    if old is None:
        return
    new = await desk.ask(AskDialog(f"Rename #{old}", "New name", old))
    if new and new != old:
        _, label = await desk.change(lambda store: writing.rename_tag(store, old, new))
        desk.tell_change(label)
