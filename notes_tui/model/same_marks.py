"""Whether a mark in one place is a mark in another: by its page, its words, and what was typed on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from notes_tui.model.item import Annotation
from notes_tui.model.placing import letters_of


class KnownMarks:
    """The annotations of an item, by their words."""

    def __init__(self, annotations: Iterable[Annotation]) -> None:
        found: dict[str, list[tuple[int | None, str]]] = {}
        for each in annotations:
            found.setdefault(letters_of(each.quote), []).append((each.page, letters_of(each.comment)))
        self._by_words: Mapping[str, Sequence[tuple[int | None, str]]] = found

    def have(self, page: int | None, quote: str, comment: str) -> bool:
        """Whether one of them has these words on this page (an unknown page is any) and all that was typed.

        A mark without words is known by what was typed; without either it is like no other.
        """
        words, typed = letters_of(quote), letters_of(comment)
        return bool(words or typed) and any(
            typed in other and (page is None or place is None or place == page)
            for place, other in self._by_words.get(words, ())
        )
