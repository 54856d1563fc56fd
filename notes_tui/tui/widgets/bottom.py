"""The two lowest lines: what is shown and what just happened, and the keys that matter here."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from notes_tui.model.text import one_line
from notes_tui.tui.commands import BY_ID
from notes_tui.tui.keys import Keymap

MUTED = "$foreground 60%"
Part = tuple[str, str]
"""Text and the style name (``$accent``, ``bold``, …) it is shown in."""


class StatusLine(Static):
    """Place, numbers, selection and filter at the left; the last message and the saved state at the right."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left: tuple[Part, ...] = ()
        self.message = ""
        self.saved = ""

    def show_left(self, parts: Iterable[Part]) -> None:
        """Say what is shown."""
        self.left = tuple((one_line(text), style) for text, style in parts if text)
        self.refresh(layout=False)

    def show_message(self, message: str, saved: str = "") -> None:
        """Say what just happened."""
        self.message = one_line(message)
        self.saved = saved or self.saved
        self.refresh(layout=False)

    def render(self) -> Content:
        """Both sides; where it is narrow the message gives way first."""
        width = self.size.width
        left = Content("  ").join(Content.styled(text, style) for text, style in self.left)
        room = width - left.cell_length - 3
        right = Content.styled(self.message, MUTED)
        if self.saved and cell_len(self.saved) + 2 + right.cell_length <= room:
            right = Content.assemble(right, "  " if self.message else "", (self.saved, "$text-success"))
        if room < 8:
            return Content.assemble(" ", left).truncate(width, ellipsis=True)
        right = right.truncate(room, ellipsis=True)
        return Content.assemble(
            " ", left, " " * (width - left.cell_length - right.cell_length - 2), right, " "
        )


class KeyLine(Static):
    """As many keys as fit, each to press or to click."""

    ALLOW_SELECT = False

    def __init__(self, keymap: Keymap, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.auto_links = False
        self.keymap = keymap
        self.command_ids: tuple[str, ...] = ()

    def offer(self, command_ids: tuple[str, ...]) -> None:
        """Offer these commands, the most wanted first."""
        if command_ids != self.command_ids:
            self.command_ids = command_ids
            self.refresh(layout=False)

    def render(self) -> Content:
        """Keys with their labels, up to the width."""
        parts: list[Content] = []
        room = self.size.width - 1
        for command_id in self.command_ids:
            command = BY_ID[command_id]
            key = self.keymap.shown(command_id)
            label = command.label.lower() if command.label.isascii() else command.label
            needed = cell_len(key) + cell_len(label) + 3
            if not key or needed > room:
                continue
            room -= needed
            click = Style.from_meta({"@click": _click(command_id)})
            part = Content.assemble(" ", (key, "bold $footer-key-foreground"), " ", (label, MUTED), " ")
            parts.append(part.stylize(click))
        return Content("").join(parts)


def _click(command_id: str) -> str:
    command = BY_ID[command_id]
    return f"screen.run_focused('{command.run}')" if isinstance(command.run, str) else command.action
