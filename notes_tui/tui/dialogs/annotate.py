"""An annotation being written: quote, page, role and comment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from notes_tui.errors import InvalidValueError
from notes_tui.model.item import Annotation
from notes_tui.model.text import ellipsis, one_line, printable
from notes_tui.settings import Role
from notes_tui.tui.dialogs.base import CANCEL, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Box, Chips, Field, Line

_PAGE = re.compile(r"(?:(?:pages?|pg|pp?|seite|s|第)\.?\s*)?(\d{1,6})\s*页?", re.IGNORECASE)
_INK = "#202020"
"""What is legible on the colours of highlighters."""
_LONGEST_CLIPBOARD = 10_000
"""Characters above which what the clipboard holds is no quote."""


@dataclass(frozen=True, slots=True)
class AnnotationDraft:
    """What an annotation shall say."""

    page: int | None
    quote: str
    comment: str
    role: str


def page_number(text: str) -> int | None:
    """The page a person means by ``5`` or ``p. 5``, ``None`` where nothing is written.

    Raises :class:`InvalidValueError` for anything else.
    """
    text = one_line(unicodedata.normalize("NFKC", text))
    if not text:
        return None
    found = _PAGE.fullmatch(text)
    if found is None:
        raise InvalidValueError(f"{ellipsis(text, 20)} is no page; write 5 or p. 5")
    if int(found[1]) < 1:
        raise InvalidValueError("pages count from 1")
    return int(found[1])


class AnnotateDialog(Dialog[AnnotationDraft]):
    """Asks for an annotation; the quote begins as what the clipboard holds.

    The keyboard begins on the page where there is a quote already, so that a page and Enter are enough.
    """

    CSS_PATH = sheets("annotate.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "accept", "Save", show=False, priority=True),
        Binding("enter", "accept", "Save", show=False),
    ]

    def __init__(
        self,
        title: str,
        roles: Sequence[Role],
        clipboard_text: str = "",
        annotation: Annotation | None = None,
    ) -> None:
        super().__init__(title)
        self.annotation = annotation or Annotation(quote=_usable(clipboard_text))
        self.roles = [Role("", "", ""), *roles]
        if self.annotation.role not in {role.name for role in self.roles}:
            self.roles.append(Role(self.annotation.role, "•", "#aaaaaa"))

    def compose_body(self) -> Iterable[Widget]:
        """The four fields."""
        before = self.annotation
        names = [role.name for role in self.roles]
        yield Field("Quote", Box(before.quote, "what the paper says", id="quote"))
        yield Field("Page", Line(str(before.page or ""), "5 or p. 5", id="page"), id="page-field")
        yield Field("Role", Chips([_chip(role) for role in self.roles], names.index(before.role), id="role"))
        yield Field("Comment", Box(before.comment, "what you think of it", id="comment"))

    def on_mount(self) -> None:
        """Begin where something is missing."""
        self.query_one("#page" if self.annotation.quote or self.annotation.comment else "#quote").focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Enter saves from a field of one line; in the others it begins a new line."""
        several = isinstance(event.widget, Box)
        save = Hint("ctrl+s" if several else "enter", "save", "screen.accept")
        self.show_hints((save, Hint("tab", "next field", "app.focus_next"), CANCEL))

    @on(Line.Submitted)
    def action_accept(self) -> None:
        """Save, unless the page is none or the annotation would say nothing."""
        field = self.query_one("#page-field", Field)
        try:
            page = page_number(self.query_one("#page", Line).value)
        except InvalidValueError as error:
            field.complain(error.detail)
            field.field.focus()
            return
        quote = self._text("quote", self.annotation.quote)
        comment = self._text("comment", self.annotation.comment)
        if not quote.strip() and not comment.strip():
            field.complain("write a quote or a comment first")
            self.query_one("#quote").focus()
            return
        role = self.roles[self.query_one("#role", Chips).chosen].name
        self.dismiss(AnnotationDraft(page, quote, comment, role))

    @on(Line.Changed)
    def _take_back_complaint(self) -> None:
        self.query_one("#page-field", Field).complain("")

    def _text(self, name: str, before: str) -> str:
        """What stands in a box; where nobody touched it, the text as it was, to the character."""
        text = self.query_one(f"#{name}", Box).text
        return before if text == printable(before) else text


def _usable(clipboard: str) -> str:
    """The clipboard's text as a quote; too long a one is none."""
    return printable(clipboard).strip() if len(clipboard) <= _LONGEST_CLIPBOARD else ""


def role_sign(role: Role) -> Content:
    """A role by its glyph, on its colour as a highlighter leaves it, and its name."""
    glyph = Content.styled(one_line(role.glyph), f"{_INK} on {role.color}" if role.color else "")
    return Content.assemble(glyph, " ", shown(role.name))


def _chip(role: Role) -> Content:
    return role_sign(role) if role.name else Content.styled("none", MUTED)
