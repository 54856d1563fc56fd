"""How the items that a query found read, for a person and for the next program in a pipe."""

from __future__ import annotations

import sys

from notes_tui.cli.items import counted, item_table
from notes_tui.cli.output import Span, echo, is_terminal
from notes_tui.services import finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notes_tui.cli.call import Call
    from notes_tui.cli.output import Line
    from notes_tui.store.database import Store


def lines(call: Call, text: str, found: Sequence[int]) -> Iterator[Line]:
    """The items with these row ids, which a query text found: a row each.

    Where there are none a person is told so, and in a pipe the person beside it, not the next program.
    """
    store = call.store()
    items = list(finding.briefs(store, found))
    table = item_table(items, call.config)
    if items and text and is_terminal(sys.stdout):
        from notes_tui.cli.places import with_places

        table = with_places(store, found, text, [item.citekey for item in items], table)
    yield from table
    if items:
        yield from counted(len(items), "item")
        return
    if is_terminal(sys.stdout):
        yield from _nothing(store, text)
    else:
        echo(_nothing(store, text), err=True)


def _nothing(store: Store, text: str) -> Iterator[Line]:
    yield "no items match" if text else "the library is empty"
    near = _suggested(store, text) if text else []
    if near:
        yield Span(f"did you mean {' or '.join(near)}?", "dim")
    elif not text:
        yield Span("`notes-tui add` takes an arXiv id, a DOI, an address or a title", "dim")


def _suggested(store: Store, text: str) -> list[str]:
    from notes_tui.services import listing

    return listing.suggest(store, text)
