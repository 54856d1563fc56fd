"""How the items that a query found read, for a person and for the next program in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from notes_tui.cli.call import Call
from notes_tui.cli.items import counted, item_table
from notes_tui.cli.output import Line, Span, is_terminal
from notes_tui.model.text import one_line
from notes_tui.services import listing, pdf_texts
from notes_tui.services.finding import MOST_PAGES


def lines(call: Call, text: str, found: Sequence[int]) -> Iterator[Line]:
    """The items with these row ids, which a query text found: a row each, and what to do where there are none."""
    store = call.store()
    items = listing.rows(store, found, with_entries=False)
    hits = pdf_texts.hits(store, found, text, most=MOST_PAGES) if is_terminal(sys.stdout) else {}
    yield from item_table(items, call.config)
    if items:
        for item in items:
            for hit in hits.get(item.item_id, ()):
                yield (Span(f"{item.citekey} p. {hit.page}  ", "dim"), one_line(hit.snippet))
        yield from counted(len(items), "item")
        return
    yield "no items match" if text else "the library is empty"
    near = listing.suggest(store, text) if text else []
    if near:
        yield Span(f"did you mean {' or '.join(near)}?", "dim")
    elif not text:
        yield Span("`notes-tui add` takes an arXiv id, a DOI, an address or a title", "dim")
