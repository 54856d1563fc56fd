"""Where an export goes and in which format, with what it would write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from notes_tui.errors import NotesError
from notes_tui.model.text import one_line
from notes_tui.tui.dialogs.base import CANCEL, MUTED, Dialog, Hint, sheets, shown
from notes_tui.tui.dialogs.fields import Chips, Field, Line

PAUSE = 0.15
"""Seconds without a key after which the plan is made."""
_HINTS = (Hint("enter", "export", "screen.accept"), Hint("tab", "format", "app.focus_next"), CANCEL)


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
    remark: str = ""
    """A word of caution, such as that the folder holds other files."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """A format and a destination."""

    format: str
    destination: str


class ExportDialog(Dialog[ExportChoice]):
    """Asks for a destination. ``plan(format, destination)`` is called in a thread as they change.

    ``plan`` may raise :class:`~notes_tui.errors.NotesError`, which is shown and keeps the dialog open.
    """

    CSS_PATH = sheets("export.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "accept", "Export", show=False, priority=True),
        Binding("enter", "accept", "Export", show=False),
        Binding("up", "app.focus_previous", "Previous field", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
    ]

    class Planned(Message):
        """What would be written is known, or why nothing can be."""

        def __init__(self, choice: ExportChoice, outcome: PlanSummary | str) -> None:
            super().__init__()
            self.choice = choice
            self.outcome = outcome

    def __init__(
        self,
        suggested: str,
        plan: Callable[[str, str], PlanSummary],
        formats: Sequence[FormatChoice],
        title: str = "Export",
    ) -> None:
        super().__init__(title, _HINTS)
        self.suggested = suggested
        self.plan = plan
        self.formats = formats
        self.refused: ExportChoice | None = None
        """The choice for which the plan was an error."""
        self._timer: Timer | None = None
        self._offered = ""

    def compose_body(self) -> Iterable[Widget]:
        """Destination, format, and what would be written."""
        self._offered = one_line(self.formats[0].suggested or self.suggested)
        yield Field("To", Line(self._offered, "a folder or a file", id="destination"))
        yield Field("Format", Chips([shown(each.label) for each in self.formats], id="format"), id="formats")
        yield Static(id="plan")

    def on_mount(self) -> None:
        """Begin at the end of the destination, with its plan."""
        line = self.query_one("#destination", Line)
        line.focus()
        line.action_end()
        self._describe()
        self._make_plan()

    @property
    def choice(self) -> ExportChoice:
        """What is chosen at present."""
        chosen = self.formats[self.query_one(Chips).chosen]
        return ExportChoice(chosen.name, self.query_one("#destination", Line).value.strip())

    def action_accept(self) -> None:
        """Leave with the choice, unless it is known that it cannot be."""
        choice = self.choice
        if not choice.destination:
            self._say(Content.styled("write a folder or a file first", "$text-error"))
        elif choice != self.refused:
            self.dismiss(choice)

    @on(Line.Submitted)
    def _submit(self) -> None:
        self.action_accept()

    @on(Chips.Changed)
    def _change_format(self) -> None:
        line = self.query_one("#destination", Line)
        chosen = self.formats[self.query_one(Chips).chosen]
        if line.value == self._offered:
            self._offered = one_line(chosen.suggested or self.suggested)
            line.value = self._offered
        self._describe()
        self._plan_soon()

    @on(Line.Changed)
    def _plan_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._make_plan)

    def _describe(self) -> None:
        self.query_one("#formats", Field).explain(self.formats[self.query_one(Chips).chosen].help)

    def _make_plan(self) -> None:
        choice = self.choice
        if not choice.destination:
            self._say(Content(""))
            return
        self._say(Content.styled("looking…", MUTED))

        def work() -> None:
            try:
                outcome: PlanSummary | str = self.plan(choice.format, choice.destination)
            except NotesError as error:
                outcome = f"{error.detail}; {error.hint}" if error.hint else error.detail
            except OSError as error:
                outcome = error.strerror or str(error)
            if not get_current_worker().is_cancelled:
                self.post_message(self.Planned(choice, outcome))

        self.run_worker(work, group="plan", thread=True, exclusive=True, exit_on_error=False)

    @on(Planned)
    def _show_plan(self, event: Planned) -> None:
        if event.choice != self.choice:
            return
        if isinstance(event.outcome, str):
            self.refused = event.choice
            self._say(shown(event.outcome, "$text-error"))
            return
        self.refused = None
        self._say(_summary(event.outcome))

    def _say(self, line: Content) -> None:
        self.query_one("#plan", Static).update(line)


def _summary(plan: PlanSummary) -> Content:
    unchanged = f", {plan.unchanged:,} unchanged" if plan.unchanged else ""
    counts = Content.assemble((f"{plan.new:,} new, {plan.changed:,} changed", "bold"), (unchanged, MUTED))
    return Content.assemble(counts, "\n", shown(plan.remark, "$text-warning")) if plan.remark else counts
