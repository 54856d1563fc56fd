"""What stands before a title: check boxes, emoji, numbers, dates, ``[AAAI 2022]``, ``[FlexGen]``."""

from __future__ import annotations

import re
from collections.abc import Callable

from notes_tui.formats.reading_list.labels import CUT, SHORTCODE, Draft, is_venue_label
from notes_tui.formats.reading_list.runs import Line, is_symbol
from notes_tui.model.people import looks_like_institutions
from notes_tui.model.venue import find_venue, venues_in, year_in

_CHECK_BOX = re.compile(r"\[[ xX✓✔-]?\](?=\s)")
_NUMBER = re.compile(r"\(?\d{1,4}[.)](?=\s)|\d{1,4}、|\[\d{1,3}\](?=\s)")
_DATE = re.compile(
    r"[\[(（【]\s*(?P<in>(?:19|20)\d{2})\s*(?:[./-]\s*\d{1,2}\s*){0,2}[\])）】]\s*[:,-]?"
    r"|(?P<out>(?:19|20)\d{2})\s*[./-]\s*\d{1,2}(?:\s*[./-]\s*\d{1,2})?(?!\d)\s*[:,|-]?(?=[\s\[*])"
    r"|(?P<bare>(?:19|20)\d{2})\s*(?:[-–—|:]\s|(?=\x1f)|,\s(?=\S))"
)
_BRACKETED = re.compile(
    r"(?P<open>[\[(（【])(?P<inside>[^\[\]()（）【】\x1f]{1,70})[\])）】]\s*[:：-]?(?!\w)\s*|"
    r"(?P<square>[\[【])(?P<inner>[^\[\]【】\x1f]{1,70})[\]】]\s*[:：]?\s*"
)
_SEPARATORS = re.compile(rf"[\s{CUT}|｜·•,;:：>–—-]+")
_REMARKS = re.compile(
    r"(?:survey|oral|spotlight|poster|best.*|new|book|blog|paper|dataset|tutorial|benchmark|video|outstanding.*|award.*"
    r"|important|must.read|recommended|highlight|code|arxiv.*|preprint|todo|workshop|thesis|report|tool|classic|unread|read)",
    re.IGNORECASE,
)


def strip_front(line: Line, draft: Draft) -> Line:
    """The line from its title on; what stood before is kept in the draft."""
    while True:
        before = line.text
        for step in (_plain_marks, _date, _venue, _bracket):
            line = step(line, draft)
        if line.text == before:
            return line


def _drop(line: Line, length: int) -> Line:
    """The line without its first characters, unless that would leave no words."""
    rest = line.part(length, len(line.text))
    return rest if re.search(r"\w", rest.text.replace(CUT, "")) else line


def _plain_marks(line: Line, draft: Draft) -> Line:
    length = 0
    while length < len(line.text) and (line.text[length].isspace() or is_symbol(line.text[length])):
        length += 1
    for pattern in (_CHECK_BOX, SHORTCODE, _NUMBER, _SEPARATORS):
        found = pattern.match(line.text, length)
        if found and not (pattern is _NUMBER and _in_span(line, found.end())):
            length = found.end()
    return _drop(line, length) if length else line


def _in_span(line: Line, place: int) -> bool:
    return any(span.kind == "link" and span.start < place < span.end for span in line.spans)


def _date(line: Line, draft: Draft) -> Line:
    found = _DATE.match(line.text)
    if not found or _in_span(line, found.end()):
        return line
    rest = _drop(line, found.end())
    if rest is not line:
        draft.date_year = draft.date_year or int(found["in"] or found["out"] or found["bare"])
    return rest


def _venue(line: Line, draft: Draft) -> Line:
    """A venue with its year and a separator or a marked title behind it: ``ICML 2020: …``, ``2020-ICML-…``."""
    first = next((one for one in sorted(venues_in(line.text[:40]), key=lambda one: one.start)), None)
    if first is None or first.start > 0:
        return line
    separator = re.match(rf"\s*(?:[:：|{CUT}]|[-–—](?=[\s\[A-Z*]))\s*", line.text[first.end :])
    end = first.end + (separator.end() if separator else 0)
    starts_marked = any(span.start in range(end, end + 3) and span.kind != "em" for span in line.spans)
    covered = any(span.start == 0 and span.end == first.end for span in line.spans)
    if not (separator or starts_marked or covered) or _in_span(line, first.end):
        return line
    rest = _drop(line, end)
    if rest is not line:
        draft.add_venue(first.venue, first.year)
    return rest


def _bracket(line: Line, draft: Draft) -> Line:
    found = _BRACKETED.match(line.text)
    if not found or _in_span(line, found.end()):
        return line
    inside = SHORTCODE.sub("", found["inside"] or found["inner"]).strip()
    rest = _drop(line, found.end())
    if rest is line:
        return line
    round_one = found["open"] in ("(", "（")
    for fits, keep in _BRACKET_KINDS:
        if fits(inside) and not (round_one and keep is _keep_venue and not re.search(r"\d", inside)):
            keep(inside, draft)
            return rest
    if round_one:
        return line
    _keep_short_name(inside, draft)
    return rest


def _keep_venue(inside: str, draft: Draft) -> None:
    venue = find_venue(inside)
    if venue:
        draft.add_venue(venue.venue, venue.year)


def _keep_year(inside: str, draft: Draft) -> None:
    draft.date_year = draft.date_year or year_in(inside)


def _keep_remark(inside: str, draft: Draft) -> None:
    draft.add_remark(inside)


def _keep_short_name(inside: str, draft: Draft) -> None:
    """``[FlexGen] High-Throughput …``: the list's name for the work."""
    if looks_like_institutions(inside):
        draft.fields.setdefault("organization", inside)
    elif not draft.title_short and 0 < len(inside.split()) <= 5:
        draft.title_short = inside
    else:
        draft.add_remark(inside)


_BRACKET_KINDS: tuple[tuple[Callable[[str], object], Callable[[str, Draft], None]], ...] = (
    (is_venue_label, _keep_venue),
    (lambda inside: re.fullmatch(r"(?:19|20)\d{2}(?:\s*[./-]\s*\d{1,2})*", inside), _keep_year),
    (_REMARKS.fullmatch, _keep_remark),
)
