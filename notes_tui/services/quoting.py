"""Where words of a paper stand in its PDF."""

from __future__ import annotations

import re

from notes_tui.model.placing import Anchor, letters_of, place
from notes_tui.services import stored_files
from notes_tui.services.pdf_texts import Texts
from notes_tui.store import attachments
from notes_tui.store.database import Store

_FEWEST = 8
"""Letters that words must have to be looked for."""
_DIVIDED = re.compile(r"\w[-\u00ad\u2010][^\S\n]*\n[^\S\n]*(?=\S)")


def undivided(quote: str) -> str:
    """Words that were selected in a viewer, with those put together that the end of a line divides.

    Hyphens of compounds stay, and so do all other line breaks.
    """
    if not _DIVIDED.search(quote):
        return quote
    from notes_tui.formats.pdf import words

    lines = quote.split("\n")
    seen = words.words_within(lines)
    found = lines[:1]
    for line in lines[1:]:
        if _DIVIDED.search(f"{found[-1]}\n{line}"):
            found[-1] = words.joined([found[-1].rstrip(), line.lstrip()], lambda: seen)
        else:
            found.append(line)
    return "\n".join(found)


def page_of(store: Store, item_id: int, words: str, near: int = 1, *, read: bool = False) -> int | None:
    """The page of an item's PDF that words stand on, of several the one nearest to ``near``.

    With ``read`` a file whose text is not known yet is read for it, which may take a while.
    """
    if len(letters_of(words)) < _FEWEST:
        return None
    texts = Texts(store)
    for file in reversed(attachments.of_items(store, [item_id], "pdf")):
        if file.is_replaced:
            continue
        pages = texts.of(file.sha256, stored_files.place_of(store, file) if read else None)
        [found] = place([Anchor(near, words)], pages or [])
        if found.page is not None:
            return found.page
    return None
