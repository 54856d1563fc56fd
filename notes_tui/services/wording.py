"""Short names and counted nouns for labels and messages."""

from __future__ import annotations

from notes_tui.model.item import Reference, display_title
from notes_tui.model.text import ellipsis, one_line


def name_of(reference: Reference) -> str:
    """What a message calls an item: its short name, else its title, bounded and safe in a terminal."""
    return ellipsis(one_line(reference.title_short or display_title(reference)), 48)


def count_of(number: int, noun: str, plural: str = "") -> str:
    """``1 item``, ``3 items``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
