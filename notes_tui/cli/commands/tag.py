"""``tag``: tags on items, flat or nested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.arguments import citekeys_argument, expanded
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.completing import complete_tag
from notes_tui.cli.layout import Column, screen_width, table
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import subcommand, verb_group
from notes_tui.services import writing
from notes_tui.services.keys import find_items

_EXAMPLES = """
notes-tui tag add moe/routing AntMan Gandiva      `tag:moe` finds it as well
notes-tui tag remove moe/routing Gandiva
notes-tui tag rename moe mixture-of-experts
notes-tui tag list
"""


@verb_group("tag", examples=_EXAMPLES)
def command() -> None:
    """Add, remove, rename and list tags; a slash nests one in another."""


@subcommand(command, "add", examples="notes-tui tag add moe AntMan Gandiva")
@click.argument("tag", metavar="TAG", shell_complete=complete_tag)
@citekeys_argument()
@pass_call
def add(call: Call, tag: str, citekeys: Sequence[str]) -> None:
    """Put a tag on items."""
    store = call.store()
    number, label = writing.add_tag(store, tag, find_items(store, expanded(citekeys)))
    call.answer(
        {"tag": writing.clean_tag(tag), "changed": number},
        label if number else "all of them had the tag already",
    )


@subcommand(command, "remove", examples="notes-tui tag remove moe AntMan")
@click.argument("tag", metavar="TAG", shell_complete=complete_tag)
@citekeys_argument()
@pass_call
def remove(call: Call, tag: str, citekeys: Sequence[str]) -> None:
    """Take a tag off items."""
    store = call.store()
    number, label = writing.remove_tag(store, tag, find_items(store, expanded(citekeys)))
    call.answer(
        {"tag": writing.clean_tag(tag), "changed": number}, label if number else "none of them had the tag"
    )


@subcommand(command, "rename", examples="notes-tui tag rename moe mixture-of-experts")
@click.argument("old", metavar="OLD", shell_complete=complete_tag)
@click.argument("new", metavar="NEW", shell_complete=complete_tag)
@pass_call
def rename(call: Call, old: str, new: str) -> None:
    """Rename a tag and the ones nested in it; a tag that exists takes the items in."""
    number, label = writing.rename_tag(call.store(), old, new)
    call.answer({"from": writing.clean_tag(old), "to": writing.clean_tag(new), "changed": number}, label)


@subcommand(command, "list", examples="notes-tui tag list --json")
@pass_call
def list_tags(call: Call) -> None:
    """List every tag with its number of items."""
    tags = writing.tags(call.store())
    call.answer([{"tag": tag, "items": number} for tag, number in tags], _lines(tags))


def _lines(tags: Sequence[tuple[str, int]]) -> Iterator[Line]:
    yield from table(
        [(tag, str(number)) for tag, number in tags], (Column(60), Column(right=True)), screen_width()
    )
    if not tags:
        yield "no tags yet"
        yield Span("`notes-tui tag add TAG CITEKEY` makes one", "dim")
