"""Several works in one bullet: ``[The Google File System](…) (2003) and [Bigtable](…) (2006): …``."""

from __future__ import annotations

import re
from itertools import pairwise

from notes_tui.formats.reading_list.labels import absolute, is_label
from notes_tui.formats.reading_list.runs import Line, Span
from notes_tui.model.links import kind_of
from notes_tui.model.people import is_person

_AND = re.compile(r"(?:,\s*)?(?:and|&|\+|以及|和|与)(?:\s+the)?", re.IGNORECASE)
_COMMA = re.compile(r"[,;、/|·]")
_GROUP = re.compile(r"[(（\[][^()（）\[\]]{1,40}[)）\]]")


def works_in(line: Line) -> list[Line]:
    """The line cut before each further work it names; the line alone where it names one."""
    links = [span for span in line.links if _may_be_title(line, span)]
    if len(links) < 2 or re.search(r"\w{2}", line.text[: links[0].start]):
        return [line]
    cuts = [0]
    for first, second in pairwise(links):
        if not _joins(line, first, second):
            break
        cuts.append(second.start)
    ends = [*cuts[1:], len(line.text)]
    return [_without_and(line.part(start, end)) for start, end in zip(cuts, ends, strict=True)]


def _may_be_title(line: Line, span: Span) -> bool:
    words = line.text[span.start : span.end]
    return (
        bool(absolute(span.url)) and not is_label(words) and not is_person(words) and len(words.strip()) > 1
    )


def _joins(line: Line, first: Span, second: Span) -> bool:
    """Whether nothing but ``and``, or a comma between two of a kind, stands between two links."""
    between = _GROUP.sub(" ", line.text[first.end : second.start]).strip(" *_.\n")
    if _AND.fullmatch(between):
        return True
    alike = kind_of(first.url) == kind_of(second.url) and kind_of(first.url) in ("paper", "pdf", "code")
    return alike and bool(_COMMA.fullmatch(between))


def _without_and(part: Line) -> Line:
    found = re.search(rf"\s*(?:{_AND.pattern}|{_COMMA.pattern})\s*$", part.text, re.IGNORECASE)
    return part.part(0, found.start()) if found and found.start() else part
