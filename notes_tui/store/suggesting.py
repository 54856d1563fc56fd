"""Words of the library that are spelt like one that was not found.

The words of the index are read in windows: those that begin like the unknown word or like its second letter
(two letters were swapped, or one is too many). Reading all of them takes long in a large library, so a wrong
first letter is forgiven in small ones alone.
"""

from __future__ import annotations

from notes_tui.model.text import words
from notes_tui.store import pdf_pages
from notes_tui.store.database import Store
from notes_tui.store.matching import match_phrase

_LEAST = 3
"""Letters of a word that can be misspelt."""
_SMALL = 20_000
"""Items up to which all words are looked through."""
_WINDOW = (
    """SELECT term, doc FROM temp.vocabulary WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?"""
)


def is_known(store: Store, word: str, *, prefix: bool = False) -> bool:
    """Whether any item or PDF has this word, or for ``prefix`` one that begins so."""
    match = match_phrase(word, prefix)
    for table in ("search", "search_pages"):
        if table == "search_pages" and pdf_pages.is_empty(store):
            break
        if store.row(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (match,)) is not None:
            return True
    return False


def spelt_alike(store: Store, word: str, limit: int = 3) -> list[str]:
    """Words of the library that are spelt like one it does not have, the likeliest first."""
    folded = words(word)
    if len(folded) != 1 or len(folded[0]) < _LEAST or folded[0].isdigit():
        return []
    asked = folded[0]
    store.run("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'search', 'row')")
    firsts = dict.fromkeys(asked[:2])
    near = [each for first in firsts for each in _near(store, asked, first, first + "\U0010ffff")]
    if not near and store.count("SELECT coalesce(max(id), 0) FROM items") <= _SMALL:
        near = _near(store, asked, "", "\U0010ffff")
    return [term for _, _, term in sorted(near)[:limit]]


def _near(store: Store, asked: str, low: str, high: str) -> list[tuple[int, int, str]]:
    """Words of a window that differ by few letters: ``(letters, -items that have it, word)``."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    most = 1 if len(asked) < 5 else 2 if len(asked) < 10 else 3
    rows = store.tuples(_WINDOW, (low, high, len(asked) - most, len(asked) + most))
    items = dict(rows)
    return [
        (int(distance), -items[term], term)
        for term, distance, _ in extract_iter(asked, list(items), scorer=OSA.distance, score_cutoff=most)
    ]
