"""``list``: items that match a query."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from notes_tui.cli.arguments import joined, on_the_command_line, query_argument
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.items import counted, item_table
from notes_tui.cli.output import Line, Span, is_terminal
from notes_tui.cli.verb import Whole, option, verb
from notes_tui.model.item import Item
from notes_tui.model.shapes import item_shape
from notes_tui.model.text import one_line
from notes_tui.services import listing, pdf_texts
from notes_tui.services.pdf_texts import PageHit

_EXAMPLES = """
notes-tui list                                    everything, in list order
notes-tui list cluster scheduling                 both words, anywhere
notes-tui list 'section:"Cluster Scheduling" status:unread sort:year'
notes-tui list tag:moe -status:read --sort -year --limit 20
notes-tui list 'year:2019..2021 (venue:OSDI OR venue:SOSP)'
notes-tui list rating:'>=4' has:note --json
notes-tui list status:queued | notes-tui mark reading -
"""
_MOST_PAGES = 3
"""Pages of one item's PDFs that are shown."""


@verb("list", free_text="options", examples=_EXAMPLES)
@option("--sort", metavar="FIELD", default="", help="Order by a field; -year is downwards.")
@option("--limit", metavar="N", type=Whole(0), help="Show at most N items.")
@query_argument()
@pass_call
def command(call: Call, query: Sequence[str], sort: str, limit: int | None) -> None:
    """List items that match QUERY, in list order; without QUERY, all.

    All words must match, anywhere: title, creators, venue, abstract, tags, notes, annotations, PDFs. Also:
    "a phrase", field:value, year:2019..2021, -term, a OR b, parentheses, sort:-year. Fields are status, tag,
    collection, section, author, venue, year, type, key, title, note, quote, role, rating, has, added, read.

    An option that is not listed below is query text. In a pipe the cells of a row stand between tabs.
    """
    text = joined(query)
    store = call.store()
    with on_the_command_line():
        found = listing.find(store, text, sort=sort, limit=limit)
    items = listing.rows(store, found, with_entries=call.as_json)
    hits = pdf_texts.hits(store, found, text, most=_MOST_PAGES) if call.as_json or _is_watched() else {}
    shapes = [
        item_shape(item) | {"found": [hit.as_dict() for hit in hits.get(item.item_id, ())]}
        for item in (items if call.as_json else ())
    ]
    call.answer(shapes, _lines(call, text, items, hits))


def _is_watched() -> bool:
    """Whether a person reads the list, and no other program."""
    return is_terminal(sys.stdout)


def _lines(call: Call, text: str, items: Sequence[Item], hits: dict[int, list[PageHit]]) -> Iterator[Line]:
    yield from item_table(items, call.config)
    if items:
        for item in items:
            for hit in hits.get(item.item_id, ()):
                yield (Span(f"{item.citekey} p. {hit.page}  ", "dim"), one_line(hit.snippet))
        yield from counted(len(items), "item")
        return
    yield "no items match" if text else "the library is empty"
    near = listing.suggest(call.store(), text) if text else []
    if near:
        yield Span(f"did you mean {' or '.join(near)}?", "dim")
    elif not text:
        yield Span("`notes-tui add` takes an arXiv id, a DOI, an address or a title", "dim")
