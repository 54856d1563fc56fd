"""One of several: a menu with letter keys, and a filter where it is long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from notes_tui.tui.dialogs.base import Dialog

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """A line of a menu. ``key`` picks it directly and may be empty."""

    key: str
    label: str
    hint: str
    value: Value
    glyph: str = ""
    current: bool = False


class ChooseDialog(Dialog[Value]):
    """Asks for one of several values."""

    def __init__(
        self, title: str, options: Sequence[Option[Value]], empty: str = "nothing to choose from"
    ) -> None:
        super().__init__(title)
        self.options = options
        self.empty = empty
