"""``redo``: repeat the change undone last."""

from __future__ import annotations

from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.verb import verb
from notes_tui.services import journaling


@verb("redo", examples="notes-tui undo && notes-tui redo")
@pass_call
def command(call: Call) -> None:
    """Repeat the change that was undone last; a new change ends what can be repeated."""
    step = journaling.redo(call.store())
    call.answer(step.as_dict(), f"done again: {step.label}")
