"""All keys and what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notes_tui.tui.dialogs.base import Dialog


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A command: its keys as shown, its label, a sentence."""

    keys: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class HelpSection:
    """Commands that belong together."""

    title: str
    rows: Sequence[HelpRow]


class HelpScreen(Dialog[None]):
    """Shows the keys, with a search over them."""

    def __init__(self, sections: Sequence[HelpSection], title: str = "Keys") -> None:
        super().__init__(title)
        self.sections = sections
