"""Which items of a whole library are worth comparing with each other.

Comparing every item with every other is out of the question for 100,000. Two that may be one work share
an identifier, a title, a name, a link, or two of the rarest words of their titles; of those that share
words alone, only pairs with titles that are nearly alike are handed on to be compared in full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter

from notes_tui.model.identifiers import ids_of
from notes_tui.model.identity import (
    ALIKE,
    ALIKE_WITH_LINK,
    head_of,
    normalise_title,
    split_short_name,
    title_key,
)
from notes_tui.model.item import Reference

_RAREST = 4
"""Words of a title that are looked at: two of them must be shared, so two may be mistyped."""
_CROWD = 40
"""Members of a block up to which each is compared with each; in larger ones each with those nearest in spelling."""
_NEAREST = 8
_WELL_KNOWN = 8
"""Items that share a link or an identifier at most for it to mean anything by itself: more is an overview page,
or what a program puts where it knows none."""
_CHECK_EVERY = 1_000
"""Blocks after which it is asked whether to go on."""
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+")
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Outline:
    """What of an item is looked at to find the ones like it."""

    number: int
    """The row id."""
    whole: str
    """The normalised title."""
    rest: str
    """The normalised title without a short name before it."""
    ordered: str
    """The words of the title in alphabetical order."""
    ids: tuple[str, ...]
    """Its identifiers."""
    keys: tuple[str, ...]
    """Its titles and names."""
    addresses: tuple[str, ...]
    """Where its links lead."""
    is_software: bool


def outline_of(number: int, reference: Reference, whole: str = "") -> Outline:
    """The outline of an item; ``whole`` is its normalised title where that is known already."""
    whole = whole or normalise_title(reference.title)
    name, rest = split_short_name(reference.title)
    rest = normalise_title(rest) if name else whole
    names = {title_key(each) for each in (reference.title_short, name) if each}
    titles = {whole.replace(" ", ""), rest.replace(" ", ""), head_of(reference.title), *names}
    addresses = tuple({link.url for link in reference.links})
    ordered = " ".join(sorted(whole.split()))
    return Outline(
        number,
        whole,
        rest,
        ordered,
        tuple(ids_of(reference)),
        tuple(titles - {""}),
        addresses,
        reference.type == "software",
    )


def _nothing() -> None:
    """Keeps nobody from going on."""


def likely_pairs(outlines: Sequence[Outline], check: Callable[[], object] = _nothing) -> set[Pair]:
    """Pairs of row ids, the lower first, that are worth comparing. Software is never paired with what is none.

    ``check`` is called again and again meanwhile, and may end it by raising.
    """
    pairs: set[Pair] = set()
    ids, titles, links = (_blocks(outlines, each) for each in (_ids, _keys, _addresses))
    _pair(pairs, _up_to(_WELL_KNOWN, ids), lambda first, second: True)
    _pair(pairs, titles, _share_a_title)
    nearby = [*_up_to(_WELL_KNOWN, links), *(block for block in ids if len(block) > _WELL_KNOWN)]
    _pair(pairs, nearby, lambda first, second: _alike(first, second, ALIKE_WITH_LINK))
    check()
    word_blocks = _checked(_word_blocks(outlines), check)
    _pair(pairs, word_blocks, lambda first, second: _alike(first, second, ALIKE))
    return pairs


_ids = attrgetter("ids")
_keys = attrgetter("keys")
_addresses = attrgetter("addresses")


def _blocks(outlines: Iterable[Outline], keys: Callable[[Outline], Iterable[str]]) -> list[list[Outline]]:
    found: dict[str, list[Outline]] = {}
    for outline in outlines:
        for key in keys(outline):
            found.setdefault(key, []).append(outline)
    return [block for block in found.values() if len(block) > 1]


def _checked(blocks: Iterable[list[Outline]], check: Callable[[], object]) -> Iterator[list[Outline]]:
    for number, block in enumerate(blocks):
        if number % _CHECK_EVERY == 0:
            check()
        yield block


def _up_to(most: int, blocks: Iterable[list[Outline]]) -> list[list[Outline]]:
    return [block for block in blocks if len(block) <= most]


def _pair(
    pairs: set[Pair], blocks: Iterable[Sequence[Outline]], fits: Callable[[Outline, Outline], bool]
) -> None:
    for block in blocks:
        for first, second in _within(block):
            low, high = sorted((first.number, second.number))
            if first.is_software is second.is_software and (low, high) not in pairs and fits(first, second):
                pairs.add((low, high))


def _within(block: Sequence[Outline]) -> Iterator[tuple[Outline, Outline]]:
    """Each with each of a small block; in a crowd each with those that are spelt most like it."""
    if len(block) <= _CROWD:
        yield from combinations(block, 2)
        return
    ordered = sorted(block, key=lambda outline: (outline.ordered, outline.number))
    for place, outline in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + _NEAREST]:
            yield outline, other


def _share_a_title(first: Outline, second: Outline) -> bool:
    """Whether what two have in common is a title of one of them; a name alone is none."""
    own = {text.replace(" ", "") for text in (first.whole, first.rest, second.whole, second.rest)}
    return not own.isdisjoint(set(first.keys) & set(second.keys))


def _alike(first: Outline, second: Outline, least: float) -> bool:
    from rapidfuzz import fuzz

    cutoff = least * 100
    if fuzz.ratio(first.ordered, second.ordered, score_cutoff=cutoff):
        return True
    if fuzz.ratio(first.whole, second.whole, score_cutoff=cutoff):
        return True
    named = first.rest is not first.whole or second.rest is not second.whole
    return named and bool(fuzz.token_sort_ratio(first.rest, second.rest, score_cutoff=cutoff))


def _words(title: str) -> set[str]:
    """The words of a normalised title; of Chinese, Japanese and Korean text its pairs of characters."""
    if title.isascii():
        return set(title.split())
    words = set(_CJK.sub(" ", title).split())
    for run in _CJK.findall(title):
        words.update(run[place : place + 2] for place in range(max(len(run) - 1, 1)))
    return words


def _word_blocks(outlines: Sequence[Outline]) -> Iterator[list[Outline]]:
    """Items whose titles share two of their rarest words. A word that stands in one title alone is mistyped or new."""
    words = [_words(outline.whole) for outline in outlines]
    frequency: Counter[str] = Counter()
    for several in words:
        frequency.update(several)
    ranks = {
        word: rank for rank, (word, number) in enumerate(reversed(frequency.most_common())) if number > 1
    }
    size, number_of_words = len(outlines), len(ranks)
    marks: list[int] = []
    for place, several in enumerate(words):
        rarest = sorted(ranks[word] for word in several if word in ranks)[:_RAREST]
        marks += [(low * number_of_words + high) * size + place for low, high in combinations(rarest, 2)]
    marks.sort()
    block: list[Outline] = []
    current = -1
    for mark in marks:
        key, place = divmod(mark, size)
        if key != current:
            if len(block) > 1:
                yield block
            block, current = [], key
        block.append(outlines[place])
    if len(block) > 1:
        yield block
