"""The text of attached PDFs: read once for each content, indexed by page, shown round the words that were found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from notes_tui.errors import MissingExtraError, NotesError
from notes_tui.model.query import parse, texts_of
from notes_tui.model.text import fold, storable, words
from notes_tui.services.stored_files import found_file
from notes_tui.store import pdf_pages, search
from notes_tui.store.database import Store

Progress = Callable[[int, int], None]
Pages = list[tuple[int, str]]
_AROUND = 90
"""Characters before and after found words that are shown."""
_MOST_PAGES = 5


class Texts:
    """Texts of files by their hash, from the library or read now and kept by :meth:`keep`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read: dict[str, Pages] = {}

    def of(self, sha256: str, path: str | None) -> Pages | None:
        """The pages of a file with this content; ``None`` where it is known nowhere and cannot be read."""
        if sha256 not in self._read:
            known = pdf_pages.pages_of(self.store, sha256) if sha256 else None
            if known is not None or path is None:
                return known
            try:
                pages = _read(path)
                if found_file(path).sha256 != sha256:
                    return None
            except NotesError:
                return None
            self._read[sha256] = pages
        return self._read[sha256]

    def keep(self) -> None:
        """Index what was read."""
        for sha256, pages in self._read.items():
            if pdf_pages.pages_of(self.store, sha256) is None:
                pdf_pages.put(self.store, sha256, pages)


def are_missing(store: Store) -> bool:
    """Whether there are PDFs whose text is not known yet."""
    return bool(pdf_pages.missing(store))


def index(
    store: Store,
    item_ids: Sequence[int] | None = None,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Index the PDFs of items (of all) whose text is not known yet; returns how many.

    Each file is one short transaction, so that others can write in between. What cannot be read is noted and
    not tried again while it stays the same; without the optional part that reads PDFs nothing is done.
    """
    done = 0
    waiting = pdf_pages.missing(store, item_ids)
    for number, (sha256, path) in enumerate(waiting):
        if is_cancelled():
            break
        if progress:
            progress(number, len(waiting))
        try:
            if found_file(path).sha256 == sha256:
                pdf_pages.put(store, sha256, _read(path))
                done += 1
        except MissingExtraError:
            break
        except NotesError as error:
            pdf_pages.put(store, sha256, [], str(error))
    return done


def number_waiting(store: Store) -> int:
    """How many PDFs there are whose text is not known yet."""
    return len(pdf_pages.missing(store, None))


def _read(path: str) -> Pages:
    from notes_tui.formats.pdf.apart import page_texts_apart

    return [(page, storable(text)) for page, text in page_texts_apart(path)]


@dataclass(frozen=True, slots=True)
class PageHit:
    """Words of a query on a page of a PDF."""

    path: str
    page: int
    before: str
    found: str
    after: str

    @property
    def snippet(self) -> str:
        """The words in their context, on one line."""
        return f"{self.before}{self.found}{self.after}"

    def as_dict(self) -> dict[str, object]:
        """``{page, snippet}``."""
        return {"page": self.page, "snippet": self.snippet}


def hits(
    store: Store, item_ids: Sequence[int], query: str, *, most: int = _MOST_PAGES
) -> dict[int, list[PageHit]]:  # fmt: skip
    """The pages of items' PDFs on which the words of a query stand, each page once, in order."""
    if not query.strip() or pdf_pages.is_empty(store):
        return {}
    found: dict[int, dict[tuple[str, int], PageHit]] = {}
    for text in dict.fromkeys(texts_of(parse(query).where)):
        match = search.match_phrase(text, prefix=False)
        for page in pdf_pages.found_on(store, item_ids, match, most) if match else ():
            hit = _hit(page.path, page.page, page.text, text)
            found.setdefault(page.item_id, {}).setdefault((page.path, page.page), hit)
    return {
        item_id: sorted(several.values(), key=lambda hit: (hit.path, hit.page))[:most]
        for item_id, several in found.items()
    }


def _hit(path: str, page: int, whole: str, text: str) -> PageHit:
    line = " ".join(whole.split())
    start, end = _stretch(line, text)
    before, after = line[max(start - _AROUND, 0) : start], line[end : end + _AROUND]
    return PageHit(
        path, page,
        ("…" + before.partition(" ")[2] if start > _AROUND else before), line[start:end],
        (after.rpartition(" ")[0] + "…" if end + _AROUND < len(line) else after),
    )  # fmt: skip


def _stretch(line: str, text: str) -> tuple[int, int]:
    """Where words stand in a line, as the index compares them; its beginning where that cannot be told."""
    parts = [re.escape(word) for word in words(text)]
    folded = fold(line)
    if len(folded) != len(line) or not parts:
        folded = line.lower() if len(line.lower()) == len(line) else line
    found = re.search(r"(?<!\w)" + r"\W*".join(parts), folded) or re.search(r"\W*".join(parts), folded)
    return found.span() if found else (0, 0)
