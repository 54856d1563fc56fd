"""A line of text, or yes and no."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from notes_tui.tui.dialogs.base import Dialog


class AskDialog(Dialog[str]):
    """Asks for a line of text. ``check`` returns what is wrong with it, or an empty text."""

    def __init__(
        self, title: str, label: str, value: str = "", placeholder: str = "",
        check: Callable[[str], str] | None = None, suggestions: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(title)
        self.label = label
        self.value = value
        self.placeholder = placeholder
        self.check = check
        self.suggestions = suggestions


class ConfirmDialog(Dialog[bool]):
    """Asks yes or no; ``danger`` starts on no and warns by colour."""

    def __init__(
        self, title: str, text: str, yes_label: str = "Yes", no_label: str = "No", danger: bool = False
    ) -> None:
        super().__init__(title)
        self.text = text
        self.yes_label = yes_label
        self.no_label = no_label
        self.danger = danger
