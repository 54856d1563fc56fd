"""Below the rows of a list, for a person: where the words of the query stand that a row does not show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notes_tui.cli.layout import fit, screen_width, width_of
from notes_tui.cli.output import Line, Span
from notes_tui.model.text import one_line, printable
from notes_tui.services import listing, pdf_texts
from notes_tui.services.finding import MOST_PAGES
from notes_tui.services.places_found import first_places
from notes_tui.store.database import Store


def with_places(
    store: Store, found: Sequence[int], text: str, keys: Sequence[str], table: Iterator[Line]
) -> Iterator[Line]:
    """Below each row the place where words stand that its title does not show, and pages of its PDFs.

    ``keys`` are the citekeys of the rows; an item that another process removed meanwhile has nothing below it.
    """
    items = listing.rows(store, found, with_entries=False)
    hits = pdf_texts.hits(store, found, text, most=MOST_PAGES)
    places = {item.citekey: (item, place) for item, place in first_places(store, items, text)}
    for row, key in zip(table, keys, strict=True):
        yield row
        if key not in places:
            continue
        item, place = places[key]
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
