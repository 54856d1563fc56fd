"""What all dialogs share: a frame with a title, a line of keys below it, and a way out.

Every text that comes from a person, a file or a list goes through :func:`shown` before it is drawn; it
is never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from notes_tui.model.text import one_line

Result = TypeVar("Result")


def shown(text: str) -> Content:
    """A text as one line that is safe to draw: no control characters, no markup."""
    return Content(one_line(text))


@dataclass(frozen=True, slots=True)
class Hint:
    """A key with what it does; ``action`` is run when the hint is clicked."""

    key: str
    label: str
    action: str = ""


class Dialog(ModalScreen[Result | None]):
    """A framed modal screen that ends with a result, or with ``None`` when it is cancelled."""

    CSS_PATH: ClassVar[str | list[str]] = "base.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False)]

    def __init__(self, heading: str, hints: Sequence[Hint] = ()) -> None:
        super().__init__()
        self.heading = heading
        self.hints = hints

    def compose(self) -> ComposeResult:
        """The frame, and in it what :meth:`compose_body` yields."""
        with Vertical(id="frame") as frame:
            frame.border_title = shown(self.heading)
            yield from self.compose_body()

    def compose_body(self) -> Iterable[object]:
        """The widgets inside the frame."""
        return ()

    def action_cancel(self) -> None:
        """Leave without a result."""
        self.dismiss(None)
