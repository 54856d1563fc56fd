"""Text about an item for the clipboard: citekey, citation, BibTeX, link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from notes_tui.model.item import Item, display_title
from notes_tui.model.text import one_line
from notes_tui.services import listing
from notes_tui.store.database import Store

PART = 1_000
"""Items read at once for :func:`copy_of_many`."""

CopyKind = Literal["citekey", "citation", "bibtex", "link"]


def citation(item: Item) -> str:
    """A reference in words: ``Xiao, W., Ren, S. (2020). AntMan: … OSDI. https://…``."""
    names = [
        f"{each.family}, {_initials(each.given)}".rstrip(", ") if each.family else each.name
        for each in item.creators
    ]
    people = ", ".join(names[:6]) + (" et al." if len(names) > 6 else "")
    year = f"({item.year})." if item.year else ""
    title = display_title(item).rstrip(".") + "."
    venue = f"{item.venue}." if item.venue else ""
    address = f"https://doi.org/{item.doi}" if item.doi else best_link(item)
    return one_line(" ".join(part for part in (people, year, title, venue, address) if part))


def _initials(given: str) -> str:
    return " ".join(f"{word[0]}." for word in given.replace("-", " ").split() if word)


def best_link(item: Item) -> str:
    """The address to open: the paper's page, else its PDF, its DOI, its arXiv page, its code; ``""`` if none."""
    for kind in ("paper", "pdf"):
        for link in item.links:
            if link.kind == kind:
                return link.url
    if item.doi:
        return f"https://doi.org/{item.doi}"
    if item.arxiv:
        return f"https://arxiv.org/abs/{item.arxiv}"
    return item.links[0].url if item.links else ""


def copy_text(chosen: Sequence[Item], kind: CopyKind) -> str:
    """What the clipboard gets for some items: citekeys separated by commas, else one item a line or block."""
    if kind == "citekey":
        return ",".join(item.citekey for item in chosen)
    if kind == "bibtex":
        from notes_tui.formats import bibtex

        return bibtex.write(chosen)
    texts = [citation(item) if kind == "citation" else best_link(item) for item in chosen]
    return "\n".join(text for text in texts if text)


def copy_of_many(
    store: Store, item_ids: Sequence[int], kind: CopyKind, *, progress: Callable[[int, int], None]
) -> str:
    """:func:`copy_text` for any number of items, by their row ids, read in parts.

    BibTeX is sorted by citekey as a whole. What tells how far it is may end it by raising.
    """
    chosen: list[Item] = []
    texts: list[str] = []
    for start in range(0, len(item_ids), PART):
        progress(start, len(item_ids))
        part = listing.rows(store, item_ids[start : start + PART], with_entries=False)
        if kind == "bibtex":
            chosen += part
        elif text := copy_text(part, kind):
            texts.append(text)
    if kind == "bibtex":
        return copy_text(chosen, kind)
    return ("," if kind == "citekey" else "\n").join(texts)
