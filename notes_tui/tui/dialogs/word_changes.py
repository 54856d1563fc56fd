"""Two versions of a text with the words that differ marked, for looking at them side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from textual.content import Content, Span

from notes_tui.model.text import printable

LONGEST = 20_000
"""Characters of a version that are shown."""
_COSTLY = 4_000_000
"""Pairs of words above which only whole versions are compared."""
_WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|\w+|\s+|[^\w\s]")
MINE = "$text-success bold"
THEIRS = "$text-warning bold"


def both_marked(mine: str, theirs: str) -> tuple[Content, Content]:
    """Both versions, safe to draw; words that the other has not are bold and in the colour of their side."""
    sides = [_words(printable(each[:LONGEST])) for each in (mine, theirs)]
    first, second = _differing(*sides)
    return (
        _content(sides[0], first, MINE, cut=len(mine) > LONGEST),
        _content(sides[1], second, THEIRS, cut=len(theirs) > LONGEST),
    )


def _words(text: str) -> list[str]:
    """Words, runs of blanks, other characters one by one; together they are the text."""
    return _WORD.findall(text)


def _differing(mine: Sequence[str], theirs: Sequence[str]) -> tuple[set[int], set[int]]:
    """Which words of either side the other has not at that place."""
    if list(mine) == list(theirs):
        return set(), set()
    if len(mine) * len(theirs) > _COSTLY:
        return set(range(len(mine))), set(range(len(theirs)))
    changes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    found = [each for each in changes if each[0] != "equal"]
    return (
        {index for _, start, end, _, _ in found for index in range(start, end)},
        {index for _, _, _, start, end in found for index in range(start, end)},
    )


def _content(words: Sequence[str], differing: set[int], style: str, *, cut: bool) -> Content:
    spans = [Span(start, end, style) for start, end in _ranges(words, differing)]
    text = Content("".join(words), spans)
    if cut:
        text = text.append(Content.styled("\n… (longer than is shown)", "dim"))
    return text if words else Content.styled("(nothing)", "dim")


def _ranges(words: Sequence[str], differing: set[int]) -> Iterator[tuple[int, int]]:
    at = 0
    for index, word in enumerate(words):
        if index in differing and word.strip():
            yield at, at + len(word)
        at += len(word)
