"""Two texts inserted at the same place: both are kept, in an order that follows from their words.

An insertion falls into units: the lines of a plain run (a list), or, where it has paragraphs, what
stands between two blank lines in a row. Units of both sides are taken by the smaller next one, and
paragraphs that meet are parted by two blank lines, so that a third text merged later finds the same
units again: the order of merging does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_FENCES = ("```", "~~~")


@dataclass(frozen=True, slots=True)
class _Insertion:
    """Units of an inserted text, with the blank lines around it counted."""

    units: list[tuple[str, ...]]
    before: int
    after: int
    spaced: bool
    """Whether blank lines part it from what it meets."""


def joined_insertions(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Both insertions, what they share once, whichever side is named first."""
    if _contains(first, second):
        return list(first)
    if _contains(second, first):
        return list(second)
    one, other = _parsed(first), _parsed(second)
    spaced = one.spaced or other.spaced
    lines = [""] * max(one.before, other.before)
    for index, unit in enumerate(_interleaved(one.units, other.units)):
        lines += ["", ""] if spaced and index else []
        lines += unit
    return lines + [""] * max(one.after, other.after)


def _contains(text: Sequence[str], part: Sequence[str]) -> bool:
    mine, others = ([line.rstrip() for line in lines] for lines in (text, part))
    return any(mine[at : at + len(others)] == others for at in range(len(mine) - len(others) + 1))


def _parsed(lines: Sequence[str]) -> _Insertion:
    filled = [index for index, line in enumerate(lines) if line.strip()]
    if not filled:
        return _Insertion([], len(lines), 0, True)
    core = lines[filled[0] : filled[-1] + 1]
    before, after = filled[0], len(lines) - 1 - filled[-1]
    spaced = bool(before or after or len(filled) < len(core))
    fenced = any(line.lstrip().startswith(_FENCES) for line in core)
    if spaced or fenced:
        return _Insertion(_spaced_units(core), before, after, spaced)
    return _Insertion(_line_units(core), before, after, spaced)


def _spaced_units(core: Sequence[str]) -> list[tuple[str, ...]]:
    """Runs between two or more blank lines; a code block is never cut."""
    units: list[list[str]] = [[]]
    blanks: list[str] = []
    in_fence = False
    for line in core:
        if not line.strip():
            blanks.append(line)
            continue
        if len(blanks) > 1 and not in_fence:
            units.append([])
        else:
            units[-1] += blanks
        blanks = []
        in_fence ^= line.lstrip().startswith(_FENCES)
        units[-1].append(line)
    return [tuple(unit) for unit in units]


def _line_units(core: Sequence[str]) -> list[tuple[str, ...]]:
    """Single lines, each with the indented ones below it."""
    units: list[list[str]] = []
    for line in core:
        if units and line[:1].isspace():
            units[-1].append(line)
        else:
            units.append([line])
    return [tuple(unit) for unit in units]


def _interleaved(first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Two sequences merged by the smaller head; a head both have is taken once."""
    result: list[tuple[str, ...]] = []
    i = j = 0
    while i < len(first) and j < len(second):
        one, other = _key(first[i]), _key(second[j])
        result.append(first[i] if one <= other else second[j])
        i += one <= other
        j += other <= one
    return [*result, *first[i:], *second[j:]]


def _key(unit: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in unit)
