"""``history``: dated events, and the undo steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notes_tui.cli.arguments import one_key
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.commands.show import in_words
from notes_tui.cli.layout import Column, screen_width, table
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import argument, option, verb
from notes_tui.errors import UsageError
from notes_tui.model.item import HistoryEvent
from notes_tui.services import journaling, reading
from notes_tui.services.journaling import JournalStep
from notes_tui.services.keys import find_item

_EXAMPLES = """
notes-tui history AntMan
notes-tui history --json
notes-tui history --journal                       what undo and redo go through
"""


@verb("history", examples=_EXAMPLES)
@argument("citekey", metavar="[CITEKEY]", required=False, completer="citekey")
@option("--journal", is_flag=True, help="List the undo steps instead.")
@pass_call
def command(call: Call, citekey: str | None, journal: bool) -> None:
    """List what was read, rated and opened when, oldest first; of one item or of all."""
    if journal and citekey is not None:
        raise UsageError("--journal lists the steps of the whole library", hint="leave CITEKEY out")
    store = call.store()
    if journal:
        steps = journaling.steps(store)
        call.answer([step.as_dict() for step in steps], _steps(steps, journaling.dropped(store)))
        return
    item_id = find_item(store, one_key(citekey)) if citekey is not None else None
    events = reading.history(store, item_id)
    call.answer([event.as_dict() for event in events], _events(events))


def _events(events: Sequence[HistoryEvent]) -> Iterator[Line]:
    rows = [
        (Span(event.at[:16].replace("T", " "), "dim"), Span(event.citekey, "bold"), in_words(event))
        for event in events
    ]
    yield from table(rows, (Column(), Column(24), Column(flexible=True)), screen_width())
    if not events:
        yield "nothing has happened yet"
        yield Span("`notes-tui mark read CITEKEY` is the first event", "dim")


def _steps(steps: Sequence[JournalStep], dropped: int) -> Iterator[Line]:
    if dropped:
        yield Span(f"{dropped} older steps were forgotten to keep the journal within its size", "dim")
    rows = [
        (
            Span(step.at[:16].replace("T", " "), "dim"),
            step.label,
            Span("undone" if step.undone else "", "yellow"),
        )
        for step in steps
    ]
    yield from table(rows, (Column(), Column(flexible=True), Column()), screen_width())
    if not steps:
        yield "there is nothing to undo"
