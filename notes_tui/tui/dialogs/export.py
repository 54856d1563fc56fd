"""Where an export goes and in which format, with what it would write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from notes_tui.tui.dialogs.base import Dialog


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """A format to export to."""

    name: str
    """As the command line calls it: ``markdown``."""
    label: str
    help: str = ""
    suggested: str = ""
    """Destination to suggest, where it is not the dialog's folder."""


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """What an export would write."""

    new: int
    changed: int
    unchanged: int = 0
    noun: str = "notes"
    remark: str = ""
    """A word of caution, such as that the folder holds other files."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """A format and a destination."""

    format: str
    destination: str


class ExportDialog(Dialog[ExportChoice]):
    """Asks for a destination. ``plan(format, destination)`` is called in a thread as the path changes.

    ``plan`` may raise :class:`~notes_tui.errors.NotesError`, which is shown.
    """

    def __init__(
        self, suggested: str, plan: Callable[[str, str], PlanSummary], formats: Sequence[FormatChoice],
        title: str = "Export",
    ) -> None:  # fmt: skip
        super().__init__(title)
        self.suggested = suggested
        self.plan = plan
        self.formats = formats
