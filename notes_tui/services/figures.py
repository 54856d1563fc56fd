"""Figures of notes: put into one, found again, opened.

The file is stored by its content, as every attached file is; the note shows it as a Markdown image. What the link
of an image means is known from the attachment that bears the link, else from the file beside the note's own file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from notes_tui.errors import UnreadableFileError
from notes_tui.model.figures import (
    Picture,
    figure_link,
    image,
    is_named_by_content,
    joined,
    led_to,
    local_link,
    pictures,
    with_destinations,
)
from notes_tui.model.item import Note
from notes_tui.model.text import one_line
from notes_tui.services import stored_files
from notes_tui.services.folders import Folder, NotUsableError
from notes_tui.services.stored_files import FoundFile
from notes_tui.services.writing import note_title
from notes_tui.store import attachments, items, notes
from notes_tui.store import vault as bases
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store

_QUOTED = {ord(each): f"%{ord(each):02X}" for each in "%#?"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an item."""

    note: str | None
    """The title of the note that shows it, empty for the main one; ``None`` where none does."""
    caption: str
    link: str
    """What the note says of its place, or the file's name where no note shows it."""
    place: str
    """Where its file lies now; empty where there is none."""
    sha256: str = ""

    @property
    def words(self) -> str:
        """The caption and the path: ``The queue (figures/queue.png)``."""
        caption, link = one_line(self.caption), one_line(self.link)
        return f"{caption} ({link})" if caption else link

    def as_dict(self) -> dict[str, object]:
        """``{note, caption, link, path, sha256}``; ``note`` is null where no note shows it."""
        return {
            "note": self.note, "caption": self.caption or None, "link": self.link, "path": self.place or None,
            "sha256": self.sha256 or None,
        }  # fmt: skip


def linked(files: Sequence[AttachedFile], picture: Picture) -> AttachedFile | None:
    """The attachment that a picture of a note shows; a wiki link needs no more than the file's name."""
    link = picture.link
    if not link:
        return None
    here = next((each for each in files if each.link == link), None)
    if here is None and picture.is_wiki:
        name = link.rpartition("/")[2]
        here = next((each for each in files if each.link.rpartition("/")[2] == name), None)
    return here


def of_item(store: Store, item_id: int) -> list[Figure]:
    """The figures of an item: those that its notes show, in their order, then pictures that none shows."""
    files = attachments.of_items(store, [item_id], "figure")
    found: list[Figure] = []
    seen: set[int] = set()
    for note in notes.of_item(store, item_id):
        for picture in pictures(note.body):
            file = linked(files, picture)
            if file is not None:
                seen.add(file.row_id)
                place = stored_files.place_of(store, file) or ""
                found.append(Figure(note.title, picture.caption, picture.link, place, file.sha256))
            elif picture.link or picture.absolute:
                place = _beside(store, item_id, note, picture)
                link = picture.link or picture.absolute
                found.append(Figure(note.title, picture.caption, link, place))
    for file in files:
        if file.row_id not in seen and not file.is_replaced:
            name = file.title or os.path.basename(file.path)
            found.append(Figure(None, "", name, stored_files.place_of(store, file) or "", file.sha256))
    return found


def _beside(store: Store, item_id: int, note: Note, picture: Picture) -> str:
    """The file that a link leads to which no attachment bears: beside the note's own file, or anywhere on the disk."""
    if picture.absolute:
        path = os.path.expanduser(picture.absolute)
        return path if os.path.isfile(path) else ""
    for root, path in _note_files(store, item_id, note.title):
        target = joined(path.rpartition("/")[0], picture.link)
        try:
            state = Folder(root).look(target) if target else None
        except NotUsableError:
            continue
        if state is not None and state.usable:
            return str(root / target)
    same = [each for each in attachments.linked_figures(store) if each.link == picture.link]
    if len({each.sha256 for each in same}) == 1:
        return stored_files.place_of(store, same[0]) or ""
    return ""


def _note_files(store: Store, item_id: int, title: str) -> list[tuple[Path, str]]:
    """The files that hold a note in vaults that were synced or adopted: folder and path."""
    files = [(Path(folder), row) for _, folder, row in bases.files_of_item(store, item_id)]
    own = [(folder, row.path) for folder, row in files if row.kind == "note" and row.note == title]
    return own + [(folder, row.path) for folder, row in files if row.kind == "item"]


def named(store: Store, item_id: int, number: int) -> Figure:
    """A figure of an item by its number in :func:`of_item`, from 1. Raises :class:`UnreadableFileError`."""
    found = of_item(store, item_id)
    if not 1 <= number <= len(found):
        key = items.by_id(store, item_id).citekey
        hint = f"it has {len(found)}; `notes-tui show {key}` lists them" if found else "it has none"
        raise UnreadableFileError(f"{key}: there is no figure {number}", hint=hint)
    return found[number - 1]


def of_link(store: Store, item_id: int, destination: str) -> Figure:
    """The figure that a note of an item calls so. Raises :class:`UnreadableFileError`."""
    wanted = local_link(destination) or destination
    for figure in of_item(store, item_id):
        if wanted in (figure.link, figure.link.rpartition("/")[2]):
            return figure
    raise UnreadableFileError(f"{destination}: no note shows it", hint="save the note first")


def require_place(figure: Figure) -> str:
    """Where a figure that may be opened lies. Raises :class:`UnreadableFileError` for one that is gone or no picture."""
    if not figure.place:
        raise UnreadableFileError(f"{figure.link}: it is not where it was", hint="attach it again")
    if stored_files.found_file(figure.place).kind != "figure":
        raise UnreadableFileError(f"{figure.link}: it is no picture", hint="only pictures are opened")
    return figure.place


def link_for(store: Store, item_id: int, title: str, file: FoundFile) -> str:
    """What a note calls a picture that comes to it now.

    A picture that lies among the files of the note's own folder is called as it lies there; one that notes show
    already keeps its name, others are named by their content; a name by which another content goes now is left alone.
    """
    for root, path in _note_files(store, item_id, title):
        real = os.path.realpath(root)
        if file.path.startswith(real.rstrip(os.sep) + os.sep):
            folder = os.path.join(real, os.path.dirname(path))
            link = local_link(os.path.relpath(file.path, folder).translate(_QUOTED))
            inside = os.path.relpath(file.path, real)
            if link and not any(part.startswith(".") for part in inside.split(os.sep)):
                return link
    known = attachments.figures_with(store, file.sha256)
    own = [each.link for each in known if each.item_id == item_id]
    shared = [each.link for each in known if is_named_by_content(each.link, each.sha256)]
    if own or shared:
        return [*own, *shared][0]
    taken = {each.link for each in attachments.linked_figures(store)}
    names = chain([file.name], (f"{number}-{file.name}" for number in count(2)))
    links = (figure_link(name, file.sha256, file.suffix) for name in names)
    return next(link for link in links if link not in taken)


def show_in_note(
    store: Store, item_id: int, file: AttachedFile, given: str, *, title: str | None = None, caption: str = ""
) -> bool:
    """Show an attached figure in a note, as part of the open step; says whether any note changed.

    ``title`` names the note (made where it is missing); without one it is whichever note shows the figure, or the
    file ``given`` by its own path, else the main one. A picture that stands there is given the caption, if there is one.
    """
    wanted = None if title is None else note_title(title)
    changed = is_there = False
    for note in notes.of_item(store, item_id):
        if wanted in (None, note.title):
            body, found = _shown(note.body, file.link, given, caption)
            is_there |= found
            if body != note.body:
                notes.put(store, item_id, note.title, body)
                changed = True
    if not is_there:
        title = wanted or ""
        notes.put(
            store, item_id, title, with_image(notes.body(store, item_id, title) or "", caption, file.link)
        )
    return changed or not is_there


def _shown(body: str, link: str, given: str, caption: str) -> tuple[str, bool]:
    """A note in which what leads to a file by its own path leads to the stored one; and whether it shows it."""
    real = os.path.realpath(os.path.expanduser(given)) if given else ""
    found: list[tuple[Picture, str]] = []
    is_there = False
    for picture in pictures(body):
        by_path = bool(
            real and picture.absolute and os.path.realpath(os.path.expanduser(picture.absolute)) == real
        )
        if picture.link != link and not by_path:
            continue
        is_there = True
        if by_path or (caption and one_line(caption) != picture.caption):
            found.append((picture, led_to(body, picture, link, caption)))
    return with_destinations(body, found), is_there


def with_image(body: str, caption: str, link: str) -> str:
    """A note with a figure below its text, in a paragraph of its own."""
    gap = "" if not body or body.endswith("\n\n") else "\n" if body.endswith("\n") else "\n\n"
    return f"{body}{gap}{image(caption, link)}\n"


def with_link(store: Store, file: AttachedFile, link: str) -> AttachedFile:
    """An attached figure under the name by which notes show it; one that has another keeps that in a row of its own."""
    if file.link == link:
        return file
    if file.link:
        others = attachments.of_items(store, [file.item_id], "figure")
        here = next((each for each in others if each.link == link and each.sha256 == file.sha256), None)
        return here or attachments.put(store, replace(file, row_id=0, extra={**file.extra, "link": link}))
    return attachments.put(store, replace(file, extra={**file.extra, "link": link}))


def is_picture(path: str) -> bool:
    """Whether a file begins as a picture does; what cannot be read does not."""
    place = os.path.expanduser(path)
    if not os.path.isfile(place):
        return False
    try:
        with open(place, "rb") as file:
            return bool(stored_files.picture_kind(file.read(stored_files.BEGINNING)))
    except (OSError, ValueError):
        return False
