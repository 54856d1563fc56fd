"""``conflicts``: what was changed on both sides in the same lines, and choosing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import click

from notes_tui.cli.arguments import read_stdin
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import subcommand, verb_group
from notes_tui.errors import UsageError
from notes_tui.model.item_merging import Choice
from notes_tui.model.text import one_line

if TYPE_CHECKING:
    from notes_tui.services.conflicts import OpenConflict

_EXAMPLES = """
notes-tui conflicts
notes-tui conflicts resolve 3f9a --mine           the library's version, here and in the file
notes-tui conflicts resolve 3f9a --theirs         the file's
notes-tui conflicts resolve 3f9a --both           both, one below the other
echo "better words" | notes-tui conflicts resolve 3f9a --text -
"""


@verb_group("conflicts", examples=_EXAMPLES, alone=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List what waits for you to choose: parts of notes that you and the library, or two machines, both changed.

    The file stays as it was left until then. Nothing of either version is lost.
    """
    if ctx.invoked_subcommand is not None:
        return
    from notes_tui.services import conflicts

    call = ctx.ensure_object(Call)
    found = conflicts.waiting(call.store())
    call.answer([each.as_dict() for each in found], _lines(found))


def _lines(found: Sequence[OpenConflict]) -> Iterator[Line]:
    for each in found:
        waiting = each.waiting
        yield (Span(waiting.uid, "bold"), f"  {waiting.citekey}  {one_line(waiting.conflict.part)}")
        yield Span(f"  {one_line(each.folder)}/{one_line(waiting.path)}", "dim")
        yield from _side("mine   ", "green", waiting.conflict.mine)
        yield from _side("theirs ", "red", waiting.conflict.theirs)
    if not found:
        yield "nothing waits"


def _side(name: str, style: str, text: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n")):
        yield (Span(f"  {name if not number else ' ' * len(name)}", style), one_line(line) or "(nothing)")


@subcommand(command, "resolve", examples=_EXAMPLES)
@click.argument("uid", metavar="ID")
@click.option(
    "--mine", "side", flag_value="mine", help="The library's version; of two machines, the one in the file."
)
@click.option(
    "--theirs", "side", flag_value="theirs", help="The file's version; of two machines, the other one."
)
@click.option("--both", "side", flag_value="both", help="Mine, then theirs.")
@click.option(
    "--text", metavar="TEXT", help="Words of your own in its place; - reads them from standard input."
)
@pass_call
def resolve(call: Call, uid: str, side: Literal["mine", "theirs", "both"] | None, text: str | None) -> None:
    """End a conflict: the library and the file both get what you choose. An ID may be cut short."""
    from notes_tui.services import conflicts

    if (side is None) == (text is None):
        raise UsageError("choose one of --mine, --theirs, --both, --text")
    if text is not None:
        words = read_stdin().removesuffix("\n") if text == "-" else text
        choice = Choice("text", words)
    else:
        choice = Choice(side or "mine")
    done = conflicts.resolve(call.store(), uid, choice)
    left = f"; {done.remaining} still wait" if done.remaining else "; none waits"
    call.answer(done.as_dict(), f"{done.label}{left}")
