"""What all dialogs share: a frame with a title, a line of keys below it, and a way out.

Every text that comes from a person, a file or a list goes through :func:`shown` before it is drawn; it
is never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.types import CSSPathType
from textual.widget import Widget

from notes_tui.model.text import ellipsis, one_line

Result = TypeVar("Result")
MUTED = "auto 60%"
"""Style of what matters less; ``$text-muted`` means this, yet is not resolved inside a text."""
KEY = "$text-accent bold"
"""Style of a key."""
_LONGEST = 2_000
"""Characters of a single text that are ever laid out on one line."""


def shown(text: str, style: str = "") -> Content:
    """A text as one line that is safe to draw: no control characters, no markup, bounded."""
    return Content.styled(ellipsis(one_line(text[: _LONGEST * 2]), _LONGEST), style)


@dataclass(frozen=True, slots=True)
class Hint:
    """A key with what it does; ``action`` is run when the hint is clicked."""

    key: str
    label: str
    action: str = ""


def sheets(name: str) -> list[str | PurePath]:
    """The stylesheets of a dialog: the common one and its own."""
    return ["base.tcss", name]


CANCEL = Hint("esc", "cancel", "screen.cancel")
CLOSE = Hint("esc", "close", "screen.cancel")


def key_line(hints: Sequence[Hint]) -> Content:
    """Hints on one line, each of them clickable."""
    return Content("  ").join(_hint(hint) for hint in hints)


def _hint(hint: Hint) -> Content:
    line = Content.assemble((hint.key, KEY), " ", (hint.label, MUTED))
    return line.stylize(Style.from_meta({"@click": hint.action})) if hint.action else line


def _breakpoints(small: str, limit: int, large: str) -> list[tuple[int, str]]:
    return [(0, small), (limit, large)]


class Dialog(ModalScreen[Result | None]):
    """A framed modal screen that ends with a result, or with ``None`` when it is cancelled.

    Subclasses yield what stands in the frame from :meth:`compose_body`. A click beside the frame closes
    those that hold nothing typed (``LIGHT``).
    """

    CSS_PATH: ClassVar[CSSPathType | None] = "base.tcss"
    VERTICAL_BREAKPOINTS = _breakpoints("-short", 30, "-tall")
    HORIZONTAL_BREAKPOINTS = _breakpoints("-narrow", 100, "-wide")
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False)]
    LIGHT: ClassVar[bool] = False
    """Whether a click beside the frame closes the dialog."""

    def __init__(self, heading: str, hints: Sequence[Hint] = (CANCEL,)) -> None:
        super().__init__()
        self.heading = heading
        self.hints = hints
        self._ended = False

    def compose(self) -> ComposeResult:
        """The frame, and in it what :meth:`compose_body` yields."""
        with Vertical(id="frame") as frame:
            frame.border_title = self.heading_line()
            frame.border_subtitle = key_line(self.hints)
            yield from self.compose_body()

    def compose_body(self) -> Iterable[Widget]:
        """The widgets inside the frame."""
        return ()

    def heading_line(self) -> Content:
        """The title in the frame."""
        return shown(self.heading)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Replace the line of keys below the frame."""
        if hints != self.hints:
            self.hints = hints
            self.query_one("#frame").border_subtitle = key_line(hints)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with a result. A second Enter that was pressed before the first took effect does nothing."""
        if self._ended:
            return AwaitComplete()
        self._ended = True
        return super().dismiss(result)

    def action_cancel(self) -> None:
        """Leave without a result."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click beside the frame leaves a dialog that holds nothing typed."""
        if self.LIGHT and not self.query_one("#frame").region.contains_point(event.screen_offset):
            self.action_cancel()
