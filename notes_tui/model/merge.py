"""Three-way merge of texts and lists: what both sides made of a common base, with nothing lost.

Changes of the two sides that do not overlap are all made, overlapping ones that differ are conflicts. Insertions at
the same place never are: both are kept, ordered by their content, so that every machine gets the same
text whichever side it calls its own. A block that one side moved takes along what the other side
changed inside it. Line ends (LF or CRLF) are no part of the comparison and stay as each side has them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from notes_tui.model.insertions import joined_insertions
from notes_tui.model.line_changes import Change, Side, is_blank, lines_of, without_returns

_COSTLY = 20_000_000
"""Line comparisons above which nobody looks whether a block was moved."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Lines that both sides changed, each in its own way."""

    line: int
    """Line of the base where it begins, from 1."""
    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged text. Where there are conflicts, ``text`` has the lines of ``theirs`` in their place."""

    text: str
    conflicts: tuple[Conflict, ...] = ()
    with_ours: str | None = None
    """The text with the lines of ``ours`` in place of conflicts, where there are any."""
    with_base: str | None = None
    """The text with the lines of the base in place of conflicts, where there are any."""

    @property
    def sides(self) -> tuple[str, str, str]:
        """The text as the base, ours and theirs have it; the same thrice where there is no conflict."""
        base, ours = self.with_base, self.with_ours
        return self.text if base is None else base, self.text if ours is None else ours, self.text


Chooser = Callable[[Conflict], "Sequence[str] | None"]
"""What somebody chose for a conflict: the lines to stand in its place, ``None`` where nobody chose yet."""


def merge_text(base: str, ours: str, theirs: str, choose: Chooser | None = None) -> Merged:
    """What both sides made of ``base``, line by line. The order of the sides does not matter."""
    if ours in (theirs, base):
        return Merged(theirs)
    if theirs == base:
        return Merged(ours)
    raw = lines_of(base)
    keys = without_returns(raw)
    mine, yours = Side(keys, lines_of(ours)), Side(keys, lines_of(theirs))
    _follow_moves(keys, mine, yours)
    pieces = _merged_pieces(raw, mine, yours)
    if choose:
        pieces = [_chosen(piece, choose) for piece in pieces]
    style = theirs if _is_crlf(theirs) != _is_crlf(base) else ours
    ended = _ends_its_last_line(base, ours, theirs)

    def whole(side: Literal["base", "ours", "theirs"]) -> str:
        lines = [line for piece in pieces for line in _lines(piece, side)]
        if _is_crlf(style):
            lines = [f"{line.removesuffix(chr(13))}\r" for line in lines]
        return _joined(lines, ended)

    conflicts = tuple(piece for piece in pieces if isinstance(piece, Conflict))
    if not conflicts:
        return Merged(whole("theirs"))
    return Merged(whole("theirs"), conflicts, whole("ours"), whole("base"))


def _chosen(piece: list[str] | Conflict, choose: Chooser) -> list[str] | Conflict:
    lines = choose(piece) if isinstance(piece, Conflict) else None
    return piece if lines is None else list(lines)


def _lines(piece: list[str] | Conflict, side: Literal["base", "ours", "theirs"]) -> Sequence[str]:
    if isinstance(piece, Conflict):
        return piece.base if side == "base" else piece.ours if side == "ours" else piece.theirs
    return piece


def _joined(lines: list[str], ended: bool) -> str:
    text = "\n".join(lines)
    return f"{text}\n" if ended and lines else text.removesuffix("\r")


def _ends_its_last_line(base: str, ours: str, theirs: str) -> bool:
    """Whether the merged text has a final newline: what one side changed about it counts."""
    before, mine, yours = (text.endswith("\n") for text in (base, ours, theirs))
    if not base:
        return mine or yours
    return yours if yours != before else mine


def _is_crlf(text: str) -> bool:
    return "\r\n" in text and text.count("\n") == text.count("\r\n")


def _follow_moves(base: list[str], mine: Side, yours: Side) -> None:
    """Where one side moved a block, make the other side's changes inside it where it stands now."""
    my_moves, your_moves = _moved(base, mine), _moved(base, yours)
    for mover, moves, other, others_moves in (
        (mine, my_moves, yours, your_moves),
        (yours, your_moves, mine, my_moves),
    ):
        for gone in moves:
            if not any(gone.start < theirs.end and theirs.start < gone.end for theirs in others_moves):
                _follow(base, gone, mover, other)


def _moved(base: list[str], side: Side) -> list[Change]:
    """Deletions of a side whose lines stand in one of its insertions, without the blank lines at their ends."""
    found = [_without_blanks(base, change) for change in side.changes if change.deletes]
    return [change for change in found if _destination(base[change.start : change.end], side) is not None]


def _without_blanks(base: list[str], change: Change) -> Change:
    start, end = change.start, change.end
    while start < end and is_blank(base[start]):
        start += 1
    while end > start and is_blank(base[end - 1]):
        end -= 1
    return Change(start, end, ())


def _destination(block: list[str], side: Side) -> tuple[int, int] | None:
    """Which change of a side holds a block of base lines, and at which of its lines."""
    for index, change in enumerate(side.changes if block else ()):
        at = _position(block, without_returns(change.lines))
        if at is not None:
            return index, at
    return None


def _follow(base: list[str], gone: Change, mover: Side, other: Side) -> None:
    inside = [
        change
        for change in other.changes
        if gone.start <= change.start
        and change.end <= gone.end
        and not (change.inserts and change.start in (gone.start, gone.end))
    ]
    block = base[gone.start : gone.end]
    destination = _destination(block, mover)
    if not inside or destination is None:
        return
    index, at = destination
    target = mover.changes[index]
    renewed = _applied(base, gone.start, gone.end, inside)
    lines = (*target.lines[:at], *renewed, *target.lines[at + len(block) :])
    mover.changes[index] = replace(target, lines=lines)
    other.changes = [change for change in other.changes if change not in inside]


def _position(block: list[str], lines: list[str]) -> int | None:
    if len(block) * len(lines) > _COSTLY:
        return None
    starts = range(len(lines) - len(block) + 1)
    return next((at for at in starts if lines[at] == block[0] and lines[at : at + len(block)] == block), None)


def _applied(base: Sequence[str], start: int, end: int, changes: Sequence[Change]) -> list[str]:
    """Base lines ``start:end`` with changes that lie inside made."""
    lines: list[str] = []
    for change in changes:
        lines += [*base[start : change.start], *change.lines]
        start = change.end
    return [*lines, *base[start:end]]


def _merged_pieces(base: list[str], mine: Side, yours: Side) -> list[list[str] | Conflict]:
    pieces: list[list[str] | Conflict] = []
    done = 0
    for ours, theirs in _clusters(mine.changes, yours.changes):
        both = [*ours, *theirs]
        start, end = min(change.start for change in both), max(change.end for change in both)
        pieces.append(_kept(base, mine, yours, done, start))
        result = _settled(base, start, end, ours, theirs)
        if result is None:
            sides = (_applied(base, start, end, side) for side in ([], ours, theirs))
            pieces.append(Conflict(start + 1, *(tuple(lines) for lines in sides)))
        else:
            pieces.append(result)
        done = end
    return [*pieces, _kept(base, mine, yours, done, len(base))]


def _kept(base: list[str], mine: Side, yours: Side, start: int, end: int) -> list[str]:
    """Lines nobody changed, in the writing of the side that changed their line ends."""
    kept = []
    for index in range(start, end):
        your_line = yours.line(index, base)
        kept.append(your_line if your_line != base[index] else mine.line(index, base))
    return kept


def _clusters(ours: list[Change], theirs: list[Change]) -> list[tuple[list[Change], list[Change]]]:
    """Changes that overlap, together; touching ones apart, except insertions at the same place."""
    tagged = [(change, 0) for change in ours] + [(change, 1) for change in theirs]
    tagged.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[1]))
    clusters: list[tuple[list[Change], list[Change]]] = []
    start = end = -1
    for change, side in tagged:
        same_place = change.inserts and start == end == change.start
        if not (clusters and (change.start < end or same_place)):
            clusters.append(([], []))
            start, end = change.start, change.end
        clusters[-1][side].append(change)
        end = max(end, change.end)
    return clusters


def _settled(
    base: list[str], start: int, end: int, ours: list[Change], theirs: list[Change]
) -> list[str] | None:
    """The lines both sides can live with, or ``None`` where they contradict each other."""
    if not theirs:
        return _applied(base, start, end, ours)
    if not ours:
        return _applied(base, start, end, theirs)
    if start == end:
        return joined_insertions(ours[0].lines, theirs[0].lines)
    both = [*ours, *theirs]
    if all(change.deletes for change in both):
        gone = {index for change in both for index in range(change.start, change.end)}
        return [base[index] for index in range(start, end) if index not in gone]
    mine, yours = _applied(base, start, end, ours), _applied(base, start, end, theirs)
    return yours if without_returns(mine) == without_returns(yours) else None


def merge_sets(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """A list both sides changed, as a set: what one removed is gone, what one added is there.

    The order is that of the side that changed it; what was added stands behind what it was added to.
    """
    in_both = set(ours) & set(theirs)
    shared = [element for element in base if element in in_both]
    known = set(shared)
    reordered = [element for element in theirs if element in known] != shared
    lead, other = (theirs, ours) if reordered else (ours, theirs)
    kept = [element for element in dict.fromkeys(lead) if element in in_both]
    added = [_additions(side, set(base), in_both) for side in (lead, other)]
    result: list[str] = []
    for anchor in (None, *kept):
        result += [] if anchor is None else [anchor]
        first, second = (chains.get(anchor, []) for chains in added)
        result += sorted({*first, *second}) if first and second else [*first, *second]
    return list(dict.fromkeys(result))


def _additions(side: Sequence[str], base: set[str], in_both: set[str]) -> dict[str | None, list[str]]:
    """What only this side has and the base did not, by the shared element it stands behind."""
    chains: dict[str | None, list[str]] = {}
    anchor: str | None = None
    for element in dict.fromkeys(side):
        if element in in_both:
            anchor = element
        elif element not in base:
            chains.setdefault(anchor, []).append(element)
    return chains
