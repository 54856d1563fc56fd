"""A Markdown note being written, with its preview beside it, saved while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from notes_tui.tui.dialogs.base import Dialog


class NoteEditor(Dialog[str]):
    """Edits a note. ``save`` is called while typing and on closing; the result is the text as saved.

    ``save`` may raise :class:`~notes_tui.errors.NotesError`, which is shown while the text stays.
    ``reload`` gives the text as it stands in the library.
    """

    def __init__(
        self, title: str, note_title: str, text: str,
        save: Callable[[str], None], reload: Callable[[], str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title)
        self.note_title = note_title
        self.text = text
        self.save = save
        self.reload = reload
