"""Where a title begins and ends in the line of an entry."""

from __future__ import annotations

import re
from itertools import islice

from notes_tui.formats.reading_list.citations import split_author_and_date, split_citation
from notes_tui.formats.reading_list.labels import CUT, SHORTCODE, Draft, is_venue_label
from notes_tui.formats.reading_list.runs import Line, Span, is_symbol
from notes_tui.formats.reading_list.title_groups import is_title_group, read_group, venue_words
from notes_tui.model.links import kind_of
from notes_tui.model.people import is_person, looks_like_people, read_people
from notes_tui.model.titles import split_short_name, title_key
from notes_tui.model.venue import (
    find_venue,
    venues_in,
)

_QUOTED = re.compile(r"[\"“«『「](?P<title>[^\"”»』」]{8,})[\"”»』」]")
_NAME_BEFORE = re.compile(r"(?P<name>[^\s:：][^:：\n]{0,40}?)\s*[:：]\s*$")
_NO_TITLE_WORD = re.compile(r"\s+(?:by|from|in|at|via|see|is|are|was|which|that|–|—|-)\b", re.IGNORECASE)
_LABEL_COLON = re.compile(r"\s*[:：]\s*")


def split_title(line: Line, draft: Draft) -> tuple[str, Line]:
    """The title of an entry and the rest of its line."""
    cited = _author_and_date(line, draft)
    if cited:
        return cited
    front = _front_span(line)
    if front:
        return _marked(line, front, draft)
    quoted = _QUOTED.search(line.text)
    link = next(iter(line.links), None)
    if quoted and (quoted.start() < 2 or _take_before(line.text[: quoted.start()], draft)):
        return quoted["title"], line.part(quoted.end(), len(line.text))
    citation = None if any(s.kind == "strong" for s in line.spans) else _citation(line, draft)
    if citation:
        return citation
    if link:
        return _later_link(line, link, draft)
    return _plain(line, 0)


def _take_before(text: str, draft: Draft) -> bool:
    """Take what stands before a title in quotes: names, or the work's own name with a colon."""
    named = _NAME_BEFORE.fullmatch(text)
    if named and len(named["name"].split()) <= 4:
        draft.title_short = draft.title_short or named["name"].strip(" ?")
        return True
    return _take_people(text, draft)


def _citation(line: Line, draft: Draft) -> tuple[str, Line] | None:
    """The title of a line that sets names first: ``N Wang, DY Yeung, Learning a …, NIPS, 2013.``"""
    text = re.split(rf"[{CUT}\n]", line.text)[0]
    found = None if any(span.start < len(text) for span in line.links) else split_citation(text)
    if found is None or not found.title:
        return None
    people = read_people(found.people)
    draft.creators, draft.and_others = people.creators, people.and_others
    return found.title, line.part(len(text) - len(found.rest), len(line.text))


def _author_and_date(line: Line, draft: Draft) -> tuple[str, Line] | None:
    """The title of a line that begins with names and a year in brackets, whether a link covers it or not."""
    found = split_author_and_date(re.split(rf"[{CUT}\n]", line.text)[0])
    if not found:
        return None
    names, draft.year, start = found
    people = read_people(names)
    draft.creators, draft.and_others = people.creators, people.and_others
    for span in line.links:
        if span.start < start:
            draft.title_link = draft.add_link(span) or draft.title_link
    marked = [span.start for span in line.spans if span.kind == "em" and span.start > start + 8]
    stop = re.search(
        r"[.?!](?=\s+(?:In[:\s]|[A-Z]|\Z)|\s*\Z)", line.text[start : min(marked, default=len(line.text))]
    )
    end = min(marked) if marked else start + stop.end() if stop else len(line.text)
    title = re.sub(r"[\s.]*\bIn:?\s*$", "", line.text[start:end])
    rest = line.part(end, len(line.text))
    return title, Line(
        rest.text, tuple(span for span in rest.spans if span.kind != "link" or span.start), rest.number
    )


def _front_span(line: Line) -> Span | None:
    """The link or bold range that begins the line; the longest, where several do."""
    first = 0 if line.text[:1] in ("(", "[", "（", "【") else 1
    spans = [
        s
        for s in line.spans
        if s.start <= first and s.end - s.start > 1 and (s.kind != "em" or _whole(line, s))
    ]
    return max(spans, key=lambda span: (span.end, span.kind == "link"), default=None)


def _whole(line: Line, span: Span) -> bool:
    """Whether italics at the front hold a title: several words, with something after them."""
    return len(line.text[span.start : span.end].split()) >= 3 and not looks_like_people(line.text[: span.end])


def _marked(line: Line, front: Span, draft: Draft) -> tuple[str, Line]:
    marked, after = line.text[front.start : front.end], line.text[front.end :]
    link = front if front.kind == "link" else next((s for s in line.links if s.start < front.end), None)
    if link and link.url:
        draft.title_link = draft.add_link(link) or draft.title_link
    colon = _LABEL_COLON.match(after)
    if marked.rstrip().endswith((":", "：")) or (colon and colon.end() < len(after)):
        return _name_and_more(line, front, draft)
    next_link = next((s for s in line.links if s.start >= front.end), None)
    if (
        next_link
        and not link
        and len(marked.split()) <= 4
        and not re.search(r"\w", after[: next_link.start - front.end])
    ):
        draft.title_short = draft.title_short or marked.strip()
        title, rest = split_title(line.part(next_link.start, len(line.text)), draft)
        return title, rest
    continues = re.match(r"\s+[a-z]", after) and not _NO_TITLE_WORD.match(after)
    if continues and link and len(marked.split()) <= 4 and kind_of(link.url) in ("paper", "pdf"):
        return _plain(line, front.end)
    return marked, line.part(front.end, len(line.text))


def _name_and_more(line: Line, front: Span, draft: Draft) -> tuple[str, Line]:
    """``[Name](…): the rest of the title``; behind a piece of software it is a description instead."""
    name = line.text[front.start : front.end].rstrip(" :：")
    start = front.end + len(line.text[front.end :]) - len(line.text[front.end :].lstrip(" :：\n"))
    if draft.title_link and draft.title_link.kind in ("code", "project"):
        return name, line.part(start, len(line.text))
    following = next((s for s in line.links if start <= s.start <= start + 1), None)
    quoted = _QUOTED.match(line.text, start)
    if quoted:
        draft.title_short = draft.title_short or name.strip(" ?")
        return quoted["title"], line.part(quoted.end(), len(line.text))
    if not following and len(name.split()) > 2 and _describes(line.text[start:]):
        return name, line.part(start, len(line.text))
    if following:
        draft.add_link(following)
    if (
        front.kind == "strong"
        and not following
        and looks_like_people(line.text[start : _end_of_title(line, start)])
    ):
        return name, line.part(start, len(line.text))
    end = max(_end_of_title(line, start), following.end if following else 0)
    more = " ".join(line.text[start:end].split()).strip('"“”')
    if not more or title_key(more).startswith(title_key(name)):
        return more or name, line.part(end, len(line.text))
    draft.name_and_more = (name, more) if draft.title_link else None
    return f"{name}: {more}", line.part(end, len(line.text))


_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|has|have|explains?|describes?|discusses|introduces?|presents?|proposes?|shows?|talks?|covers?|you|we|it)\b"
)


def _describes(text: str) -> bool:
    """Whether the words behind a full title describe the work rather than continue its title."""
    text = re.split(rf"[{CUT}|\n]", text)[0].strip()
    first = re.split(r"(?<=[.!?])\s", text)[0]
    sentence = len(first.split()) > 5 and _PREDICATE.search(first) and not first.endswith("?")
    return bool(sentence) or (first != text and len(text.split()) > 20)


def _later_link(line: Line, link: Span, draft: Draft) -> tuple[str, Line]:
    """The title of a line whose link stands behind other words."""
    before, marked = line.text[: link.start], line.text[link.start : link.end]
    plain = before.strip(f" {CUT}|:：-–—,.\"“'")
    if not plain:
        return _marked(
            line.part(link.start, len(line.text)), Span(0, link.end - link.start, "link", link.url), draft
        )
    end = _end_of_title(line, 0)
    if len(marked.split()) >= 3 and end >= link.start:
        by_one = is_person(plain) and before.rstrip().endswith(",") and kind_of(link.url) in ("paper", "pdf")
        if looks_like_people(plain) or by_one:
            people = read_people(plain)
            draft.creators, draft.and_others = people.creators, people.and_others
            return _marked(
                line.part(link.start, len(line.text)), Span(0, len(marked), "link", link.url), draft
            )
        if is_venue_label(plain):
            venue = find_venue(plain)
            draft.add_venue(venue.venue if venue else "", venue.year if venue else None)
            return _marked(
                line.part(link.start, len(line.text)), Span(0, len(marked), "link", link.url), draft
            )
        if before.rstrip().endswith((":", "：")) and len(plain.split()) <= 6:
            draft.title_link = draft.add_link(link)
            return f"{plain}: {marked}", line.part(link.end, len(line.text))
    draft.add_link(link)
    return _plain(line, 0)


def _plain(line: Line, at_least: int) -> tuple[str, Line]:
    end = max(_end_of_title(line, at_least), at_least)
    return line.text[:end], line.part(end, len(line.text))


_FAMILY_NAME = re.compile(r"[A-Z][\w'’-]+(?:\s+(?:and|&)\s+[A-Z][\w'’-]+)?\s*,\s*")


_TURNED_NAME = re.compile(r"[A-Z][\w'’-]+,\s+[A-Z][\w'’-]+(?:\s+[A-Z]\.?)*[.,]?\s*")


def _take_people(text: str, draft: Draft) -> bool:
    """Take the names before a title, or the family name alone; ``False`` where there are none."""
    shapes = (looks_like_people(text), _FAMILY_NAME.fullmatch(text), _TURNED_NAME.fullmatch(text))
    if not any(shapes) and not _are_mostly_people(text):
        return False
    people = read_people(text)
    draft.creators, draft.and_others = people.creators, people.and_others
    return True


def _are_mostly_people(text: str) -> bool:
    """Whether a text before a title in quotes is names although some are not spelled as names are."""
    names = [creator.name for creator in read_people(text).creators] if text.rstrip().endswith(",") else []
    fit = sum(map(is_person, names))
    return fit > 1 and fit >= 0.6 * len(names) and all(len(name.split()) < 5 for name in names)


# --- the end of a title that nothing marks ----------------------------------------------------------

_CANDIDATES = re.compile(
    rf"\s*{CUT}|\s*[|｜](?=\s|$)|\s*\n|\s*(?P<group>[(（\[【])|\s+(?P<by>by)\s+(?=[A-Z])|(?P<stop>[.!?。])[\"”]?\s+(?=\S)"
    r"|\s+(?P<dash>[-–—]+)\s+|(?P<comma>,)\s+(?=\S)"
)


_MOST_CANDIDATES = 60
_FARTHEST = 800
"""Bounds on the search for the end of a title, so that no line however long holds it up."""


def _end_of_title(line: Line, start: int) -> int:
    """Where a title ends: before a label, a venue, names, or at the end of the line."""
    ends = [len(line.text)]
    for found in islice(_CANDIDATES.finditer(line.text, start), _MOST_CANDIDATES):
        if found.end() > start and _ends_title(line, found):
            ends.append(found.start() + (1 if found["stop"] and found["stop"] in "!?" else 0))
            break
    ends.extend(
        span.start
        for span in line.spans
        if span.kind == "em" and span.start > start and _is_details(line.text[span.start : span.end])
    )
    end = min(ends)
    return min(end, _bare_venue(line.text[:end], start))


def _ends_title(line: Line, found: re.Match[str]) -> bool:
    text = line.text
    after = text[found.end() : found.end() + _FARTHEST]
    if found["group"]:
        closing = re.search(r"[)）\]】]", after)
        return closing is not None and is_title_group(after[: closing.start()])
    if found["by"]:
        return _is_details(re.split(rf"[|\n{CUT}]", after)[0]) or looks_like_people(
            re.split(r"[,.|]", after)[0] + ", A B"
        )
    if "\n" in found[0]:
        row = after.split("\n", 1)[0].strip()
        return _is_details(row) or bool(re.match(r"(?:by|authors?)\b", row, re.IGNORECASE))
    if found["stop"] or found["dash"] or found["comma"]:
        clause = re.split(rf"[|\n{CUT}(（\[]", after)[0]
        return _is_details(clause, strict=bool(found["comma"] or found["dash"]))
    return True


def _is_details(text: str, *, strict: bool = False) -> bool:
    """Whether a text is names, a venue or both rather than part of a title."""
    text = text.strip(f" .,;:{CUT}")
    if not text:
        return False
    if is_venue_label(text) or re.fullmatch(r"(?:19|20)\d{2}", text):
        return True
    venue = find_venue(text)
    names = text[: venue.start].strip(" .,;:(") if venue else text
    if looks_like_people(names):
        return True
    sentence = re.split(r"\.\s+", text)[0]
    return not strict and sentence != text and looks_like_people(sentence)


def _bare_venue(text: str, start: int) -> int:
    """Where a venue without brackets stands at the very end of a title: ``… at Scale ICML' 2022``."""
    for one in venues_in(text):
        if (
            one.start > start
            and not re.search(r"\w", text[one.end :])
            and re.search(r"[\s,.–—-]$", text[: one.start])
        ):
            return len(text[: one.start].rstrip(" ,.–—-"))
    return len(text)


_ALSO = re.compile(r"\s*[(\[](?:also|see|cf\.?|listed)\b[^()\[\]]*[)\]]\s*$", re.IGNORECASE)
_YEAR_BEHIND = re.compile(r",\s?(?P<year>(?:19|20)\d{2})\.?$")
_UNLINKED = re.compile(r"\[(?P<title>[^\[\]]{15,})\](?P<more>.{0,60})")
_TRAILING_GROUP = re.compile(r"\s*[(（\[【](?P<inside>[^()（）\[\]【】]*)[)）\]】][\s.]*$")
_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’", "「": "」"}


def read_title(title: str, draft: Draft) -> None:
    """Take the title into the draft, without quotes, a final stop and what stands in brackets behind it."""
    title = _ALSO.sub("", SHORTCODE.sub(" ", " ".join(title.replace(CUT, " ").split()))).strip(" ,;|")
    bracketed = _UNLINKED.fullmatch(title)
    if bracketed:
        draft.add_remark(bracketed["more"])
        title = bracketed["title"]
    while found := _TRAILING_GROUP.search(title):
        if found.start() == 0 or not is_title_group(found["inside"]):
            break
        read_group(found["inside"], draft)
        title = title[: found.start()]
    if title[:1] in _QUOTES and title.endswith(_QUOTES[title[0]]) and title.count(title[0]) <= 2:
        title = title[1:-1]
    title = _without_venue_behind(re.sub(r"\s?\.\s+\.$", "", title.strip(" ,;|*")), draft)
    title = re.sub(r"(?<!\.\.)(?<=\w)[.。:：]$|(?<=[)?!\"”])\.$|(?<=-)\.$", "", title.strip(" ,;|*"))
    draft.own_title = title
    title = title.rstrip("".join({char for char in title if is_symbol(char)} | {" "})) or title
    name, rest = split_short_name(title)
    if name and title.startswith(("(", "（")):
        title = rest
    else:
        title, name = _named_behind(title, name)
    draft.title = title
    draft.title_short = _shorter(draft.title_short, name)


def _shorter(told: str, own: str) -> str:
    """The list's name for a work, unless it only says more than the name in the title itself."""
    return own if own and (not told or told.lower().startswith(own.lower())) else told


def _without_venue_behind(title: str, draft: Draft) -> str:
    """The title without ``, 2019`` or ``, EMNLP 2023 Main Conference Paper`` behind it."""
    dated = _YEAR_BEHIND.search(title)
    if dated:
        draft.date_year = draft.date_year or int(dated["year"])
        return title[: dated.start()].rstrip()
    for one in venues_in(title):
        before = title[: one.start].rstrip()
        behind = re.sub(r"\b(?:conference|paper)\b", "", title[one.start :], flags=re.IGNORECASE)
        if one.year is not None and before.endswith((".", ",", "?", "!")) and is_venue_label(behind):
            draft.add_venue(venue_words(one.venue, behind), one.year)
            return before.rstrip(" .,")
    return title


_NO_NAME_BEHIND = frozenset(
    "extended abstract demo short poster survey review draft oral spotlight vision tutorial invited workshop paper papers"
    " book video talk slides part revised almost not free preprint thesis blog code full long version updated".split()
)


def _named_behind(title: str, name: str) -> tuple[str, str]:
    """``A hierarchical model for device placement (HDP)``: the name stands behind, the title before it."""
    found = re.fullmatch(r"(?P<title>.*\w)\s*\((?P<name>[A-Z][\w.+^-]{1,14})\)", title)
    if not found or name or found["name"].casefold() in _NO_NAME_BEHIND:
        return title, name
    if not re.search(r"[A-Z].*[A-Z]", found["name"]) and len(found["title"].split()) < 4:
        return title, name
    if len(found["title"].split()) == 1:
        return found["title"], found["title"]
    return found["title"], found["name"]
