"""Pages that the program writes anew after each merge: only what people wrote into them is merged.

What the program wrote stays as this side has it, so that what it wrote last is still the base of its next
writing. Its lines are known by their shape: counts, entries with a box, links with a number behind them,
an entry's fields, and headings right above such lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from notes_tui.model.line_changes import Side, is_blank, lines_of, without_returns
from notes_tui.model.merge import Merged, merge_text

_ENTRY = re.compile(r"\s*- \[[ xX]\] \[.*")
_FIELD = re.compile(r"  - [^:]+: .*")
_OTHERS = re.compile(r"\*\d+ of \d+ read.*\*|\s*- \[.*(?:\]\(.*\)|\]\]) \(\d+\)|Source: <.*>")
_HEADING = re.compile(r"#{1,6} .*")


def merge_page(base: str, ours: str, theirs: str) -> Merged:
    """The page ``ours`` with the words that somebody wrote into ``theirs``; a conflict keeps ours."""
    merged = merge_text(base, ours, _with_words_of(base, theirs))
    _, mine, _ = merged.sides
    return Merged(mine, merged.conflicts)


def _with_words_of(base: str, side: str) -> str:
    """The base with those changes of a side that somebody made by hand."""
    raw = lines_of(base)
    known = _by_program(without_returns(raw))
    lines: list[str] = []
    done = 0
    for change in Side(without_returns(raw), lines_of(side)).changes:
        lines += raw[done : change.start]
        replaced = range(change.start, change.end)
        lines += [raw[index] for index in replaced if known[index] or not _is_words(raw[index])]
        lines += _words(change.lines)
        done = change.end
    text = "\n".join([*lines, *raw[done:]])
    return f"{text}\n" if (base or side).endswith("\n") and text else text


def _words(lines: Sequence[str]) -> list[str]:
    """Added lines without those of the program; nothing where no words are left."""
    known = _by_program(without_returns(lines))
    kept = [line for line, is_known in zip(lines, known, strict=True) if not is_known]
    while any(known) and kept and is_blank(kept[-1]):
        kept.pop()
    return kept if any(map(_is_words, kept)) else []


def _by_program(lines: Sequence[str]) -> list[bool]:
    """For each line whether it has the shape of one that the program writes, or heads such lines."""
    found: list[bool] = []
    in_entry = False
    for line in lines:
        is_field = in_entry and bool(_FIELD.fullmatch(line))
        in_entry = is_field or bool(_ENTRY.fullmatch(line))
        found.append(in_entry or bool(_OTHERS.fullmatch(line)))
    below = False
    for index in reversed(range(len(lines))):
        if _HEADING.fullmatch(lines[index]):
            found[index] = below
        elif not is_blank(lines[index]):
            below = found[index]
    return found


def _is_words(line: str) -> bool:
    return not (is_blank(line) or _HEADING.fullmatch(line.removesuffix("\r")))
