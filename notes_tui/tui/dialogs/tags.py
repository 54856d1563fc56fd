"""Tags of one item or of several: typed with completion, or toggled in a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from notes_tui.tui.dialogs.base import Dialog


@dataclass(frozen=True, slots=True)
class TagChanges:
    """Tags to put on every chosen item, and tags to take from every one."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class TagsDialog(Dialog[TagChanges]):
    """Asks which tags the chosen items shall have."""

    def __init__(
        self, title: str, tags: Sequence[tuple[str, int]], on_all: Collection[str],
        on_some: Collection[str] = (), number: int = 1,
    ) -> None:  # fmt: skip
        super().__init__(title)
        self.tags = tags
        self.on_all = frozenset(on_all)
        self.on_some = frozenset(on_some)
        self.number = number
