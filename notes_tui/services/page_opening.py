"""Opening an attached file in the reader's own viewer, at a page where the viewer can do that.

How viewers are told the page stands in their own manuals; Preview cannot be told. Nothing goes through a shell.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from notes_tui.errors import NotesError, UnreadableFileError
from notes_tui.services import stored_files
from notes_tui.services.reading import log_opened
from notes_tui.store import attachments, file_annotations, items, notes
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store

if TYPE_CHECKING:
    from notes_tui.services.figures import Figure

Start = Callable[[Sequence[str]], None]
"""Starts a command and does not wait for it."""
_LINUX = (
    ("zathura", "--page={page}", "{file}"),
    ("sioyek", "--page", "{page}", "{file}"),
    ("okular", "--page", "{page}", "{file}"),
    ("evince", "--page-index={page}", "{file}"),
    ("papers", "--page-index={page}", "{file}"),
    ("atril", "--page-index={page}", "{file}"),
    ("xreader", "--page-index={page}", "{file}"),
    ("qpdfview", "--unique", "{file}#{page}"),
    ("mupdf", "{file}", "{page}"),
    ("xdg-open", "{file}"),
)
_MAC = (
    ("sioyek", "--page", "{page}", "{file}"),
    ("zathura", "--page={page}", "{file}"),
    ("open", "-a", "Preview", "{file}"),
)
_SKIM = ("open", "skim://{address}#page={page}")
_WINDOWS = (
    ("SumatraPDF", "-reuse-instance", "-page", "{page}", "{file}"),
    ("sioyek", "--page", "{page}", "{file}"),
    ("okular", "--page", "{page}", "{file}"),
)
_HANDING_ON = frozenset(("xdg-open", "open"))
_HANDED_ON_SECONDS = 0.6
_SKIM_PLACE = "/Applications/Skim.app"
_FIGURES = {"darwin": ("open", "{file}"), "win32": ("explorer", "{file}")}


class ViewerError(NotesError):
    """No viewer is known, or it cannot be started."""

    title = "viewer"


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened."""

    citekey: str
    path: str
    page: int | None
    command: tuple[str, ...]
    name: str
    """What the file is called, which its place among the copies does not tell."""

    def as_dict(self) -> dict[str, object]:
        """``{citekey, path, page, command}``."""
        return {"citekey": self.citekey, "path": self.path, "page": self.page, "command": list(self.command)}


def viewer_command(
    chosen: Sequence[str], *, platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> tuple[str, ...]:
    """The viewer with ``{file}`` and ``{page}``: the one of the config, else the first of the platform's there is.

    Raises :class:`ViewerError` where there is none.
    """
    if chosen:
        return (
            tuple(chosen)
            if any("{file}" in word or "{address}" in word for word in chosen)
            else (*chosen, "{file}")
        )
    if platform == "darwin" and os.path.isdir(_SKIM_PLACE):
        return _SKIM
    known = {"darwin": _MAC, "win32": _WINDOWS}.get(platform, _LINUX)
    for command in known:
        if which(command[0]):
            return command
    raise ViewerError(
        "no PDF viewer was found", hint="set `viewer: zathura --page={page} {file}` in config.yaml"
    )


def filled_in(command: Sequence[str], file: str, page: int | None) -> tuple[str, ...]:
    """The command with the file and the page, counted from 1, in place."""
    values = {"{file}": file, "{page}": str(page or 1), "{address}": quote(file)}
    return tuple(
        re.sub(r"\{(?:file|page|address)\}", lambda found: values[found[0]], word) for word in command
    )


def start_viewer(command: Sequence[str]) -> None:
    """Start a viewer beside the program. Raises :class:`ViewerError` where it cannot be started.

    A command that only hands the file on (``xdg-open``) ends at once; where it found nobody to take it, that is told.
    """
    hint = "set `viewer: zathura --page={page} {file}` in config.yaml"
    try:
        started = subprocess.Popen(
            list(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise ViewerError(f"{command[0]}: {error}", hint=hint) from error
    if os.path.basename(command[0]) not in _HANDING_ON:
        return
    with suppress(subprocess.TimeoutExpired):
        if status := started.wait(_HANDED_ON_SECONDS):
            raise ViewerError(f"{command[0]} found no program for it (exit status {status})", hint=hint)


def open_file(
    store: Store, item_id: int, viewer: Sequence[str], *,
    page: int | None = None, annotation_id: str = "", path: str = "", start: Start | None = start_viewer,
) -> Opened:  # fmt: skip
    """Open the PDF of an item at a page, at an annotation, or where reading stopped; the status stays as it is.

    Of several PDFs the one at ``path`` is taken, else the annotation's, else the latest. Without ``start`` nothing is opened, and the command is only told. Raises :class:`UnreadableFileError` where there is no PDF, and :class:`ViewerError`.
    """
    item = items.by_id(store, item_id)
    annotation = notes.annotation(store, item_id, annotation_id) if annotation_id else None
    file = _pdf_of(store, item_id, annotation_id, path)
    place = stored_files.place_of(store, file) if file else None
    if place is None:
        what = "its PDF is not where it was" if file else "no PDF is attached to it"
        raise UnreadableFileError(f"{item.citekey}: {what}", hint=f"`notes-tui attach {item.citekey} FILE`")
    if page is None and annotation is not None:
        page = annotation.page
    if page is None and item.progress:
        page = item.progress.page
    command = filled_in(viewer_command(viewer), place, page)
    if start is not None:
        start(command)
        log_opened(store, item_id)
    name = (file.title if file else "") or os.path.basename(place)
    return Opened(item.citekey, place, page, command, name)


def open_figure(figure: Figure, *, start: Start | None = start_viewer) -> tuple[str, ...]:
    """Show a figure with the platform's own program; returns the command, which is only told without ``start``.

    Raises :class:`UnreadableFileError` and :class:`ViewerError`.
    """
    from notes_tui.services.figures import require_place

    place = require_place(figure)
    command = filled_in(_FIGURES.get(sys.platform, ("xdg-open", "{file}")), place, None)
    if start is not None:
        try:
            start(command)
        except ViewerError as error:
            raise ViewerError(error.detail, hint=f"the figure is {place}") from error
    return command


def _pdf_of(store: Store, item_id: int, annotation_id: str, path: str) -> AttachedFile | None:
    """The PDF at a path, else the one that an annotation stands in, else the latest one of the item."""
    files = [each for each in attachments.of_items(store, [item_id], "pdf") if not each.is_replaced]
    key = ""
    if annotation_id and len(files) > 1:
        from notes_tui.services.file_words import file_of

        kept = file_annotations.with_id(store, item_id, annotation_id)
        key = file_of(kept) if kept is not None else ""
    named = [each for each in files if path == each.path or (key and each.text("key") == key)]
    return next(reversed(named or files), None)
