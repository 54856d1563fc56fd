"""One-line widgets: what is shown and what just happened, the keys that matter here, the first hints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from notes_tui.model.text import one_line
from notes_tui.tui.commands import BY_ID
from notes_tui.tui.inks import Ground, inks
from notes_tui.tui.keys import Keymap

Part = tuple[str, str]
"""A text and the name of the ink it is written in."""
Sign = tuple[str, str, str]
"""A text, the name of its ink, and the action of a click on it."""


class OneLine(Widget):
    """A line of text in the theme's inks."""

    ALLOW_SELECT = False
    GROUND: ClassVar[Ground] = "background"
    DEFAULT_CSS = "OneLine { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.auto_links = False
        self._inks: dict[str, Style] = {}

    def ink(self, name: str, action: str = "") -> Style:
        """A style of the theme; with an action it can be clicked."""
        if not self._inks:
            self._inks = inks(self.app.theme_variables, self.GROUND)
        return self._inks[name] + Style(meta={"@click": action}) if action else self._inks[name]

    def notify_style_update(self) -> None:
        """Colours change with the theme."""
        super().notify_style_update()
        self._inks = {}

    def segments(self, width: int) -> list[Segment]:
        """The line, at most ``width`` cells wide."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """The one line there is."""
        width = self.size.width
        return Strip(self.segments(width)).adjust_cell_length(width, self.ink("plain"))


class StatusLine(OneLine):
    """Place, numbers, selection and filter at the left; the last message, the saved state and the vault at the right."""

    GROUND = "panel"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left: tuple[Part, ...] = ()
        self.message = ""
        self.saved = ""
        self.signs: tuple[Sign, ...] = ()

    def show_left(self, parts: Iterable[Part]) -> None:
        """Say what is shown."""
        left = tuple((one_line(text), ink) for text, ink in parts if text)
        if left != self.left:
            self.left = left
            self.refresh()

    def show_message(self, message: str, saved: str = "") -> None:
        """Say what just happened."""
        self.message = one_line(message)
        self.saved = saved or self.saved
        self.refresh()

    def show_signs(self, signs: Iterable[Sign]) -> None:
        """Say how the vault stands."""
        found = tuple((one_line(text), ink, action) for text, ink, action in signs)
        if found != self.signs:
            self.signs = found
            self.refresh()

    def segments(self, width: int) -> list[Segment]:
        """Both sides; where it is narrow the right side gives way first, the vault last."""
        left = [Segment(" ", self.ink("plain"))]
        for text, ink in self.left:
            left.append(Segment(f"{text}  ", self.ink(ink)))
        signs: list[Segment] = []
        for text, ink, action in self.signs:
            signs += [Segment("  ", self.ink("plain")), Segment(text, self.ink(ink, action))]
        room = width - _cells(left) - 1
        if _cells(signs) > room:
            signs = []
        room -= _cells(signs)
        message, saved = self.message, self.saved if cell_len(self.saved) < room else ""
        room -= cell_len(saved) + (2 if saved and message else 0)
        if cell_len(message) > room:
            message = set_cell_size(message, room - 1) + "…" if room > 8 else ""
        gap = "  " if saved and message else ""
        blank = max(width - _cells(left) - cell_len(message + gap + saved) - _cells(signs) - 1, 0)
        return [
            *left,
            Segment(" " * blank, self.ink("plain")),
            Segment(message + gap, self.ink("muted")),
            Segment(saved, self.ink("done")),
            *signs,
        ]


def _cells(segments: Iterable[Segment]) -> int:
    return sum(segment.cell_length for segment in segments)


class KeyLine(OneLine):
    """As many keys as fit, each to press or to click."""

    def __init__(self, keymap: Keymap, *, separator: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.keymap = keymap
        self.separator = separator
        self.command_ids: Sequence[str] = ()

    def offer(self, command_ids: Sequence[str]) -> None:
        """Offer these commands, the most wanted first."""
        if command_ids != self.command_ids:
            self.command_ids = command_ids
            self.refresh()

    def segments(self, width: int) -> list[Segment]:
        """Key and label of each command that has a key, up to the width."""
        shown: list[Segment] = []
        room = width - 1
        for command_id in self.command_ids:
            command, key = BY_ID[command_id], self.keymap.shown(command_id)
            label = command.label[0].lower() + command.label[1:]
            gap = self.separator if shown and self.separator else " "
            needed = cell_len(gap + key + label) + 2
            if not key or needed > room:
                continue
            room -= needed
            action = f"screen.run('{command_id}')"
            shown += [
                Segment(gap, self.ink("label")),
                Segment(key, self.ink("short", action)),
                Segment(f" {label}", self.ink("muted", action)),
                Segment("" if self.separator else " ", self.ink("plain")),
            ]
        return shown
