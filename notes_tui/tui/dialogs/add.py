"""New items, pasted in any form."""

from __future__ import annotations

from collections.abc import Callable

from notes_tui.tui.dialogs.base import Dialog


class AddDialog(Dialog[str]):
    """Asks for addresses, DOIs, arXiv ids or titles, one a line.

    ``preview`` says in a line what it sees in the text; it is called in a thread.
    """

    def __init__(self, preview: Callable[[str], str] | None = None) -> None:
        super().__init__("Add")
        self.preview = preview
