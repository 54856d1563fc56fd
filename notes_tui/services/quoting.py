"""Where words of a paper stand in its PDF."""

from __future__ import annotations

from notes_tui.model.placing import Anchor, letters_of, place
from notes_tui.services import stored_files
from notes_tui.services.pdf_texts import Texts
from notes_tui.store import attachments
from notes_tui.store.database import Store

_FEWEST = 8
"""Letters that words must have to be looked for."""


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
