"""Where the words of a query stand in a text as it was written, to emphasise them or to show them in context.

The index compares folded text without diacritics, so a text is folded piece by piece (a letter with the marks that
follow it) and every folded character remembers its piece. Found are words and phrases that the query looks for,
not those it excludes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from notes_tui.model import query as q
from notes_tui.model.text import CJK, fold, words

MAX_TEXT = 20_000
"""Characters of a text that are looked at."""
_AROUND = 90
_LATIN = "\u024f"
"""The last letter of the alphabet in which the index ignores diacritics."""
_MARK = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"
_PIECE = re.compile(
    f"[\\0-\\x7f]+(?![{_MARK}])|[\u1100-\u115f][\u1160-\u11a7]+[\u11a8-\u11ff]*|.[{_MARK}]*", re.DOTALL
)
"""Plain text, a syllable of Korean letters, or a character with its marks."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Found words, and what stands before and after them on one line."""

    before: str
    found: str
    after: str

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.before}{self.found}{self.after}"


class FoundWords:
    """The words a query looks for, ready to be found in texts."""

    def __init__(self, query: str, *, field: str = "", unfinished: bool = False) -> None:
        """``field``: words that are looked for in this field alone count too. ``unfinished``: as in parsing."""
        node = q.parse(query, unfinished=unfinished).where
        patterns = (_pattern(*phrase) for phrase in dict.fromkeys(_phrases(node, field)))
        joined = "|".join(sorted(filter(None, patterns), key=len, reverse=True))
        self._sought = re.compile(joined) if joined else None

    def __bool__(self) -> bool:
        return self._sought is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """``(start, end)`` of every place in a text, from left to right."""
        if self._sought is None or not text:
            return []
        text = text[:MAX_TEXT]
        if text.isascii():
            return [found.span() for found in self._sought.finditer(text.lower()) if found[0]]
        folded, starts, ends = _folded(text)
        return [
            (starts[found.start()], ends[found.end() - 1])
            for found in self._sought.finditer(folded)
            if found[0]
        ]

    def stretch(self, text: str, around: int = _AROUND) -> Stretch | None:
        """The first place in a text with its neighbourhood, on one line; ``None`` where there is none."""
        line = " ".join(text[:MAX_TEXT].split())
        places = self.spans(line)
        if not places:
            return None
        start, end = places[0]
        before, after = line[max(start - around, 0) : start], line[end : end + around]
        if start > around:
            before = "…" + (before.partition(" ")[2] if " " in before[:20] else before)
        if end + around < len(line):
            after = (after.rpartition(" ")[0] if " " in after[-20:] else after) + "…"
        return Stretch(before, line[start:end], after)


def _phrases(node: q.Node, field: str) -> Iterator[tuple[str, bool]]:
    match node:
        case q.Words(text, prefix):
            yield text, prefix
        case q.FieldIs(name, value, prefix) if name == field:
            yield value, prefix
        case q.And(parts) | q.Or(parts):
            for part in parts:
                yield from _phrases(part, field)


def _pattern(text: str, prefix: bool) -> str:
    """A phrase as a pattern over folded text: whole words, but any run of Chinese, Japanese or Korean."""
    parts = [_bare(word) for word in words(text)]
    if not parts:
        return ""
    inner = r"[\W_]*".join(map(re.escape, parts))
    begins = "" if _is_cjk(parts[0]) else f"(?<![^\\W_{CJK}])"
    ends = "" if prefix or _is_cjk(parts[-1]) else f"(?![^\\W_{CJK}])"
    return f"{begins}{inner}{ends}"


def _is_cjk(word: str) -> bool:
    return re.match(f"[{CJK}]", word) is not None


def _bare(text: str) -> str:
    """Folded text without the diacritics that the index ignores."""
    if text.isascii():
        return text
    return "".join(
        each[0] if each[0] <= _LATIN else letter
        for letter in text
        for each in (unicodedata.normalize("NFD", letter),)
    )


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """Folded text, and for each of its characters where the piece it came from begins and ends."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in _PIECE.finditer(text):
        if piece[0].isascii():
            parts.append(piece[0].lower())
            starts += range(piece.start(), piece.end())
            ends += range(piece.start() + 1, piece.end() + 1)
            continue
        folded = _bare(fold(piece[0]))
        parts.append(folded)
        starts += [piece.start()] * len(folded)
        ends += [piece.end()] * len(folded)
    return "".join(parts), starts, ends
