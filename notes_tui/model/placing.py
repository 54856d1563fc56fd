"""Annotations of one version of a text find their place in another, by their words and neighbourhood.

Texts are compared by their letters and digits alone, so that line breaks, hyphens, spaces and quotation
marks make no difference. Where the words stand once, that is the place. Where they stand several times,
what stands before and after decides, then the page, which is expected to have moved as far as the pages
of annotations near by. Where they were edited, pieces of them lead to places that are like enough.
What was deleted is not placed anywhere.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from notes_tui.model.pdf import PdfAnnotation

_CONTEXT = 40
"""Letters before and after that are compared."""
_PIECE = 10
"""Letters of a piece that leads to edited words."""
_PIECES = 48
"""Pieces of one passage that are looked for."""
_MOST_OF_PIECE = 20
"""Places of one piece."""
_MOST_PLACES = 200
"""Places of one passage that are compared."""
_PLAIN_ENOUGH = 20
"""Words with so many letters say where they belong by themselves; fewer need a neighbourhood that fits."""
_LIKE = 0.75
"""How alike edited words must be where their neighbourhood fits."""
_VERY_LIKE = 0.85
"""How alike they must be elsewhere."""
_FITS = 0.6
"""How alike the neighbourhood of few words must be, on one side at least."""
_LONGEST_WORD = 25
"""A longer run of letters is a script without spaces and has no words to keep whole."""
_CLEARLY = 0.15
"""By how much one neighbourhood must fit better than another to decide without the page."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of the old version with their neighbourhood."""

    page: int
    quote: str
    """Empty for a remark at a point; it is placed by what stands round it."""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an anchor stands in the new version."""

    page: int | None
    """Page from 1; ``None`` where it stands nowhere."""
    how: Literal["same", "edited", "unplaced"]
    """Whether its words are the same letter for letter."""
    words: str = ""
    """The words as the new version has them."""


def anchor_of(annotation: PdfAnnotation) -> Anchor:
    """The anchor of an annotation as it was read from the old version."""
    return Anchor(annotation.page, annotation.quote, annotation.before, annotation.after)


UNPLACED = Placement(None, "unplaced")


@dataclass(frozen=True, slots=True)
class _Place:
    """A possible place: letters from ``start`` to ``end`` of the new version."""

    start: int
    end: int
    likeness: float
    context: float
    """How well the neighbourhood fits, 0 to 1."""
    is_behind: bool = False
    """Whether it is a point behind a letter, with which it stands at the end of a page."""

    @property
    def first(self) -> int:
        """The letter whose page it is on."""
        return self.start - self.is_behind


def place(anchors: Sequence[Anchor], pages: Iterable[tuple[int, str]]) -> list[Placement]:
    """Where each anchor stands in the new version, whose pages are numbers from 1 with their texts."""
    text = _Text(pages)
    text.look_for(letters_of(anchor.quote) for anchor in anchors)
    found = [_places(text, anchor) for anchor in anchors]
    settled = {number: places[0] for number, places in enumerate(found) if _is_clear(places)}
    moved = sorted((anchors[number].page, text.page_at(at.first)) for number, at in settled.items())
    placements = []
    for number, anchor in enumerate(anchors):
        chosen = settled.get(number)
        if chosen is None and found[number]:
            chosen = _nearest(text, found[number], anchor.page + _shift(moved, anchor.page))
        placements.append(text.placement(chosen, anchor.quote) if chosen else UNPLACED)
    return placements


def letters_of(text: str) -> str:
    """The letters and digits of a text, in the form in which they are compared: without case and accents."""
    return "".join(map(_letters, text))


@lru_cache(maxsize=20_000)
def _letters(char: str) -> str:
    folded = unicodedata.normalize("NFKD", char).casefold()
    return "".join(filter(str.isalnum, folded))


class _Text:
    """The new version as one run of letters."""

    def __init__(self, pages: Iterable[tuple[int, str]]) -> None:
        self._pages = list(pages)
        parts = [letters_of(text) for _, text in self._pages]
        self._starts: list[int] = []
        start = 0
        for part in parts:
            self._starts.append(start)
            start += len(part)
        self.letters = "".join(parts)
        self.pieces: dict[str, list[int]] = {}
        """Where pieces of edited words stand; see :meth:`look_for`."""

    def page_at(self, position: int) -> int:
        """The number of the page on which a letter stands."""
        return self._pages[self._index(position)][0]

    def _index(self, position: int) -> int:
        return max(bisect_right(self._starts, position) - 1, 0)

    def placement(self, at: _Place, quote: str) -> Placement:
        """The outcome for a place, with its words from the first page they stand on and those after it."""
        first, last = self._index(at.first), self._index(max(at.end - 1, at.first))
        page = self._pages[first][0]
        words: list[str] = []
        for index in range(first, last + 1):
            begin, text = self._starts[index], self._pages[index][1]
            start, end = _stretch(text, max(at.start - begin, 0), at.end - begin)
            if at.likeness < 1:
                start, end = _word_edge(text, start), _word_edge(text, end)
            elif index == last and quote[-1:] and not _letters(quote[-1]):
                while end < len(text) and not _letters(text[end]) and not text[end].isspace():
                    end += 1
            piece = text[start:end] if at.likeness == 1 else text[start:end].lstrip(" \t\n.,;:")
            page = page if words else self._pages[index][0]
            words += [" ".join(piece.split())] if piece.strip() else []
        how: Literal["same", "edited"] = "same" if at.likeness == 1 else "edited"
        return Placement(page, how, " ".join(words))

    def look_for(self, quotes: Iterable[str]) -> None:
        """Find the pieces of those quotes that stand nowhere letter for letter, in one go through the text."""
        lost = {quote for quote in quotes if len(quote) >= _PLAIN_ENOUGH and quote not in self.letters}
        self.pieces = {quote[at : at + _PIECE]: [] for quote in lost for at in _offsets(quote)}
        if not self.pieces:
            return
        letters, known = self.letters, self.pieces
        for at in range(len(letters) - _PIECE + 1):
            places = known.get(letters[at : at + _PIECE])
            if places is not None and len(places) < _MOST_OF_PIECE:
                places.append(at)

    def positions(self, letters: str, most: int = _MOST_PLACES) -> list[int]:
        """Where letters stand, the first ``most`` places."""
        found: list[int] = []
        at = self.letters.find(letters)
        while at >= 0 and len(found) < most:
            found.append(at)
            at = self.letters.find(letters, at + 1)
        return found


def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the ``start``-th to the ``end``-th letter of a text stand, counted as :func:`letters_of` does."""
    begin = finish = None
    count = 0
    for position, char in enumerate(text):
        if count >= end:
            break
        if letters := len(_letters(char)):
            begin = position if begin is None and count + letters > start else begin
            finish = position + 1
            count += letters
    return (begin, finish or begin) if begin is not None and end > start else (0, 0)


def _word_edge(text: str, position: int) -> int:
    """The nearer end of the word that a position is within; the position itself between words."""
    start = end = position
    while start > 0 and position - start < _LONGEST_WORD and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and end - position < _LONGEST_WORD and text[end].isalnum():
        end += 1
    if position in (start, end) or end - start >= _LONGEST_WORD:
        return position
    return start if position - start < end - position else end


def _places(text: _Text, anchor: Anchor) -> list[_Place]:
    """Possible places of an anchor, the best fitting first."""
    quote = letters_of(anchor.quote)
    before, after = letters_of(anchor.before)[-_CONTEXT:], letters_of(anchor.after)[:_CONTEXT]
    if not quote:
        return _places_of_point(text, before, after)
    exact = [
        _Place(at, at + len(quote), 1.0, _context(text, at, at + len(quote), before, after))
        for at in _starts(text, quote, before, after)
    ]
    if len(quote) < _PLAIN_ENOUGH and (before or after):
        exact = [each for each in exact if each.context >= _FITS]
    found = exact or list(_edited(text, quote, before, after))
    return sorted(found, key=lambda each: (-each.likeness, -each.context, each.start))


def _starts(text: _Text, quote: str, before: str, after: str) -> list[int]:
    """Where the words stand letter for letter; few words are looked for together with a neighbour first."""
    if len(quote) < _PLAIN_ENOUGH:
        ahead, behind = before[-_PIECE:], after[:_PIECE]
        found = {at + len(ahead) for at in text.positions(ahead + quote)} if ahead else set()
        found |= set(text.positions(quote + behind)) if behind else set()
        if found:
            return sorted(found)
    return text.positions(quote)


def _places_of_point(text: _Text, before: str, after: str) -> list[_Place]:
    """Where a remark without words belongs: behind what stood before it, or in front of what stood after."""
    near = before[-_PLAIN_ENOUGH:], after[:_PLAIN_ENOUGH]
    behind = {at + len(near[0]) for at in text.positions(near[0])} if near[0] else set()
    points = behind | set(text.positions(near[1])) if near[1] else behind
    found = [
        _Place(at, at, 1.0, _context(text, at, at, before, after), at in behind) for at in sorted(points)
    ]
    return sorted((each for each in found if each.context >= _FITS), key=lambda each: -each.context)


def _context(text: _Text, start: int, end: int, before: str, after: str) -> float:
    """How well the neighbourhood fits: the better side counts most, the other one breaks ties."""
    from rapidfuzz import fuzz

    sides = [
        fuzz.ratio(was, is_) / 100
        for was, is_ in (
            (before, text.letters[max(start - len(before), 0) : start]),
            (after, text.letters[end : end + len(after)]),
        )
        if was
    ]
    return 0.8 * max(sides) + 0.2 * min(sides) if sides else 0.0


def _edited(text: _Text, quote: str, before: str, after: str) -> Iterator[_Place]:
    """Places whose words are like those looked for, found by pieces that stayed as they were."""
    from rapidfuzz import fuzz

    if len(quote) < _PLAIN_ENOUGH:
        return
    starts = _starts_by_pieces(text, quote)
    taken: list[int] = []
    for start in starts:
        margin = max(len(quote) // 5, 5)
        low = max(start - margin, 0)
        alignment = fuzz.partial_ratio_alignment(quote, text.letters[low : start + len(quote) + margin])
        if alignment is None or alignment.score < 100 * _LIKE:
            continue
        at, end = low + alignment.dest_start, low + alignment.dest_end
        likeness = min(fuzz.ratio(quote, text.letters[at:end]) / 100, 0.99)
        if likeness >= _LIKE and not any(abs(at - other) < len(quote) / 2 for other in taken):
            found = _Place(at, end, likeness, _context(text, at, end, before, after))
            if likeness >= _VERY_LIKE or found.context >= _FITS:
                taken.append(at)
                yield found


def _starts_by_pieces(text: _Text, quote: str) -> list[int]:
    """Where the words may begin, the places that most of their pieces speak for first."""
    votes: Counter[int] = Counter()
    grain = max(len(quote) // 4, _PIECE)
    for offset in _offsets(quote):
        for at in text.pieces.get(quote[offset : offset + _PIECE], ()):
            votes[max(at - offset, 0) // grain] += 1
    return [bucket * grain + grain // 2 for bucket, _ in votes.most_common(8)]


def _offsets(quote: str) -> range:
    """Where the pieces of a passage begin that are looked for."""
    return range(0, len(quote) - _PIECE + 1, max((len(quote) - _PIECE) // _PIECES, 1))


def _is_clear(places: Sequence[_Place]) -> bool:
    """Whether the first place needs no page to be the one."""
    if len(places) < 2:
        return len(places) == 1
    first, second = places[:2]
    return first.context - second.context > _CLEARLY or first.likeness - second.likeness > _CLEARLY


def _nearest(text: _Text, places: Sequence[_Place], page: float) -> _Place:
    """Of the places that fit about as well as the best the one nearest to a page."""
    best = places[0]
    equal = [
        each
        for each in places
        if best.context - each.context <= _CLEARLY and best.likeness - each.likeness <= _CLEARLY
    ]
    return min(equal, key=lambda each: (abs(text.page_at(each.first) - page), -each.context, each.start))


def _shift(moved: Sequence[tuple[int, int]], page: int) -> int:
    """How far the pages near this one have moved, by the annotations that are placed for certain."""
    if not moved:
        return 0
    old, new = min(moved, key=lambda pair: abs(pair[0] - page))
    return new - old
