"""``undo``: take back the latest change."""

from __future__ import annotations

from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.verb import verb
from notes_tui.services import journaling

_EXAMPLES = """
notes-tui undo
notes-tui history --journal                       what undo would take back, last line first
"""


@verb("undo", examples=_EXAMPLES)
@pass_call
def command(call: Call) -> None:
    """Take back the latest change; again, the one before it. It works across restarts."""
    step = journaling.undo(call.store())
    call.answer(step.as_dict(), f"undone: {step.label}")
