"""An annotation being written: quote, page, role and comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notes_tui.model.item import Annotation
from notes_tui.settings import Role
from notes_tui.tui.dialogs.base import Dialog


@dataclass(frozen=True, slots=True)
class AnnotationDraft:
    """What an annotation shall say."""

    page: int | None
    quote: str
    comment: str
    role: str


class AnnotateDialog(Dialog[AnnotationDraft]):
    """Asks for an annotation; the quote begins as what the clipboard holds."""

    def __init__(
        self,
        title: str,
        roles: Sequence[Role],
        clipboard_text: str = "",
        annotation: Annotation | None = None,
    ) -> None:
        super().__init__(title)
        self.roles = roles
        self.clipboard_text = clipboard_text
        self.annotation = annotation
