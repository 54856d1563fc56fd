"""What a row of a list says of an item, for lists that show nothing else."""

from __future__ import annotations

from notes_tui.model.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notes_tui.model.item import Reference


class Brief(Value):
    """An item as a row of a list: the same names and values as an :class:`~notes_tui.model.item.Item` has."""

    citekey: str
    title: str
    title_short: str
    venue: str
    year: int | None
    read_status: str
    tags: tuple[str, ...]


def display_title(reference: Reference | Brief) -> str:
    """What stands for the work in a list: its title, else its short name, its citekey or a dash."""
    return reference.title or reference.title_short or reference.citekey or "—"
