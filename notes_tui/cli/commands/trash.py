"""``trash``: list it, restore from it, empty it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.arguments import expanded
from notes_tui.cli.asking import can_ask, confirmed
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.items import counted, item_table
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import subcommand, verb_group
from notes_tui.errors import UsageError
from notes_tui.model.item import Item
from notes_tui.model.shapes import item_shape
from notes_tui.services import editing

_EXAMPLES = """
notes-tui trash
notes-tui trash restore antman2020
notes-tui trash empty --yes
"""


@verb_group("trash", alone=True, examples=_EXAMPLES)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List what lies in the trash, latest first; restore items from it, or empty it."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(_list_trash)


@pass_call
def _list_trash(call: Call) -> None:
    items = editing.trash(call.store())
    call.answer([item_shape(item) for item in items], _lines(call, items))


def _lines(call: Call, items: Sequence[Item]) -> Iterator[Line]:
    yield from item_table(items, call.config)
    if items:
        yield from counted(len(items), "item")
    else:
        yield "the trash is empty"
        yield Span("`notes-tui remove` moves items here", "dim")


@subcommand(command, "restore", examples="notes-tui trash restore antman2020 gandiva2018")
@click.argument("citekeys", metavar="CITEKEY...", nargs=-1, required=True)
@pass_call
def restore(call: Call, citekeys: Sequence[str]) -> None:
    """Take items out of the trash."""
    store = call.store()
    chosen = editing.find_in_trash(store, expanded(citekeys))
    label = editing.restore(store, [item.item_id for item in chosen])
    call.answer({"restored": [item.citekey for item in chosen]}, label)


@subcommand(command, "empty", examples="notes-tui trash empty --yes")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_call
def empty(call: Call, yes: bool) -> None:
    """Delete what lies in the trash, with its notes; `undo` still brings it back."""
    store = call.store()
    items = editing.trash(store)
    if items and not yes:
        if not can_ask():
            raise UsageError(f"{len(items)} items would be deleted", hint="say so with --yes")
        if not confirmed(f"Delete {len(items)} items for good?"):
            call.answer({"deleted": []}, "nothing deleted")
            return
    label = editing.empty_trash(store) if items else "the trash is empty"
    call.answer({"deleted": [item.citekey for item in items]}, label)
