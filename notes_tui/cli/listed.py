"""How the items that a query found read, for a person and for the next program in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from notes_tui.cli.call import Call
from notes_tui.cli.items import counted, item_table
from notes_tui.cli.layout import fit, screen_width, width_of
from notes_tui.cli.output import Line, Span, is_terminal
from notes_tui.model.item import Item
from notes_tui.model.text import one_line, printable
from notes_tui.services import listing, pdf_texts
from notes_tui.services.finding import MOST_PAGES
from notes_tui.services.pdf_texts import PageHit
from notes_tui.services.places_found import first_places
from notes_tui.store.database import Store


def lines(call: Call, text: str, found: Sequence[int]) -> Iterator[Line]:
    """The items with these row ids, which a query text found: a row each, and what to do where there are none."""
    store = call.store()
    items = listing.rows(store, found, with_entries=False)
    hits: dict[int, list[PageHit]] = (
        pdf_texts.hits(store, found, text, most=MOST_PAGES) if is_terminal(sys.stdout) else {}
    )
    table = item_table(items, call.config)
    if items and text and is_terminal(sys.stdout):
        yield from _with_places(store, items, text, table, hits)
    else:
        yield from table
    if items:
        yield from counted(len(items), "item")
        return
    yield "no items match" if text else "the library is empty"
    near = listing.suggest(store, text) if text else []
    if near:
        yield Span(f"did you mean {' or '.join(near)}?", "dim")
    elif not text:
        yield Span("`notes-tui add` takes an arXiv id, a DOI, an address or a title", "dim")


def _with_places(
    store: Store, items: Sequence[Item], text: str, table: Iterator[Line], hits: dict[int, list[PageHit]]
) -> Iterator[Line]:
    """Below each row the place where words stand that its title does not show, and pages of its PDFs."""
    for row, (item, place) in zip(table, first_places(store, items, text), strict=True):
        yield row
        if place is not None:
            yield _place(place.where, place.stretch.before, place.stretch.found, place.stretch.after)
        for hit in hits.get(item.item_id, ()):
            yield _place(f"PDF p. {hit.page}", hit.before, hit.found, hit.after)


def _place(where: str, before: str, found: str, after: str) -> Line:
    """One line: what could not be shown whole is cut at both ends, so that the words stay in sight."""
    room = max((screen_width() or 100) - len(INDENT) - width_of(where) - 2, 20)
    found = one_line(found)
    around = max((room - width_of(found)) // 2, 8)
    before = " ".join(printable(before).split()) + (" " if before.endswith(" ") else "")
    while width_of(before) > around:
        before = "…" + before[2:]
    rest = fit(f"{found}{' ' if after.startswith(' ') else ''}{one_line(after)}", room - width_of(before))
    return (
        Span(f"{INDENT}{one_line(where)}  {before}", "dim"),
        Span(rest[: len(found)], "bold"),
        Span(rest[len(found) :], "dim"),
    )


INDENT = "    "
