"""One entry of a list: its line, and the lines below it that say more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notes_tui.formats.reading_list.front import strip_front
from notes_tui.formats.reading_list.headings import venue_of
from notes_tui.formats.reading_list.heads import (
    is_title_group,
    read_group,
    read_title,
    split_title,
    venue_words,
)
from notes_tui.formats.reading_list.kinds import OTHER_TYPES, type_of
from notes_tui.formats.reading_list.labels import CUT, Draft, is_venue_label, take_labels
from notes_tui.formats.reading_list.runs import Line
from notes_tui.model.item import Link, Reference
from notes_tui.model.links import arxiv_in, doi_in
from notes_tui.model.people import (
    are_family_names,
    is_person,
    looks_like_institutions,
    looks_like_people,
    read_people,
)
from notes_tui.model.reading_list import ListEntry
from notes_tui.model.venue import find_venue, is_preprint, venue_of_address, year_in


def read_entry(
    lines: Sequence[Line], below: Sequence[Line], section: tuple[str, ...], first_line: int
) -> ListEntry | None:
    """The entry in a bullet or paragraph; ``below`` are the lines under it. ``None`` where no title is found."""
    draft = Draft(arxiv=arxiv_in(_WITHOUT_ADDRESSES.sub(" ", lines[0].text)))
    head, details = lines[0], [*lines[1:], *below]
    line = strip_front(take_labels(head, draft), draft)
    title, rest = split_title(line, draft)
    read_title(title, draft)
    if not re.search(r"\w{2}", draft.title):
        return None
    read_rest(rest, draft)
    for detail in details:
        for row in detail.rows():
            read_detail(row, draft)
    text = "\n".join(
        " ".join(row.split()) for one in (head, *details) for row in one.text.split("\n") if row.strip()
    )
    return finish(draft, text, section, head.number + first_line)


_WITHOUT_ADDRESSES = re.compile(r"https?://\S+")


def finish(draft: Draft, text: str, section: tuple[str, ...], line: int) -> ListEntry:
    """The entry a draft amounts to."""
    if draft.arxiv:
        draft.links = [_as_said(link, draft.arxiv) for link in draft.links]
    own = [link.url for link in draft.links if link.kind in ("paper", "pdf")]
    draft.arxiv = draft.arxiv or next(filter(None, map(arxiv_in, own)), "")
    kind = type_of(draft, draft.venue, section)
    if kind == "software":
        _describe(draft)
    _name_title_link(draft, kind)
    _take_heading(draft, section)
    if not draft.venue:
        _take_venue_of_links(draft)
    venue, year = draft.venue, draft.year or draft.date_year
    if draft.arxiv and year is None and is_preprint(venue) and re.match(r"\d{4}\.", draft.arxiv):
        year = 2000 + int(draft.arxiv[:2])
    fields = dict(draft.fields)
    if draft.and_others:
        fields["et-al"] = "yes"
    extra = {key: fields.pop(key) for key in _BIBLIOGRAPHIC if key in fields}
    reference = Reference(
        type=kind if kind in OTHER_TYPES else type_of(draft, venue, section),
        title=draft.title,
        title_short=draft.title_short,
        creators=draft.creators,
        venue=venue,
        year=year,
        doi=next(filter(None, map(doi_in, own)), ""),
        arxiv=draft.arxiv,
        links=tuple(draft.links),
        extra=extra,
    )
    return ListEntry(
        section=section,
        title=draft.own_title or draft.title,
        text=text,
        reference=reference,
        fields=fields,
        line=line,
    )


def _as_said(link: Link, arxiv: str) -> Link:
    """A link to another arXiv paper than the words name is not the paper's: words beat a link."""
    other = arxiv_in(link.url)
    return Link("other", link.url) if other and other != arxiv else link


def _describe(draft: Draft) -> None:
    """What stands behind the name of a piece of software describes it."""
    if draft.name_and_more:
        draft.title, more = draft.name_and_more
        draft.own_title, draft.title_short = draft.title, ""
        draft.fields.setdefault("description", more)
    elif "remark" in draft.fields and "description" not in draft.fields:
        draft.fields["description"] = draft.fields.pop("remark")


def _take_venue_of_links(draft: Draft) -> None:
    """Where no words tell the venue, an address can: a publisher's, else the preprint server's."""
    for link in draft.links:
        found = venue_of_address(link.url)
        if found and (draft.year is None or found.year in (None, draft.year)):
            draft.add_venue(found.venue, found.year)
            return
    if draft.arxiv:
        draft.add_venue("arXiv", None)


def _take_heading(draft: Draft, section: tuple[str, ...]) -> None:
    """What an entry does not say of itself, the headings above it may: ``ICML 2021``."""
    venue, year = venue_of(section)
    if venue and not draft.venue:
        draft.add_venue(venue, year)
    elif year is not None and draft.year is None and draft.date_year is None:
        draft.date_year = year


def _name_title_link(draft: Draft, kind: str) -> None:
    """The link on a title leads to the work: a page we do not know is the paper's, or the project's."""
    main = draft.title_link
    if main and main.kind == "other" and (kind == "software" or kind not in OTHER_TYPES):
        draft.title_link = Link("project" if kind == "software" else "paper", main.url)
        draft.links = [draft.title_link if link.url == main.url else link for link in draft.links]


_BIBLIOGRAPHIC: tuple[str, ...] = ("volume", "issue", "page", "et-al")
_GROUPS = re.compile(r"[(（\[【](?P<inside>[^()（）\[\]【】]*)[)）\]】]")


def read_rest(line: Line, draft: Draft) -> None:
    """Take what follows the title on its line: names, venue, year, remarks, further links."""
    for span in line.links:
        draft.add_link(span)
    text = line.text
    for found in list(_GROUPS.finditer(text)):
        if is_title_group(found["inside"]):
            read_group(found["inside"], draft)
            text = text.replace(found[0], f" {CUT} ", 1)
    for segment in re.split(rf"[{CUT}|｜\n]", text):
        _read_segment(segment, draft)


_BY = re.compile(r"\s*(?:by|authors?\s*[:：]|from)\s+", re.IGNORECASE)
_YEAR_BEHIND = re.compile(r"(?P<venue>.*?\w.*?)[\s,]+(?P<year>(?:19|20)\d{2})[\s.]*(?:\(.*)?")


def _read_segment(segment: str, draft: Draft) -> None:
    segment = segment.strip(" .,;:-–—()[]（）*")
    if not re.search(r"\w", segment):
        return
    by = _BY.match(segment)
    if by:
        segment = segment[by.end() :]
    if not draft.creators:
        segment = _take_names(segment, draft, said=bool(by))
    segment = segment.strip(" .,;:-–—()")
    venue = find_venue(segment)
    plain = venue and not re.search(r"[^\W\d]", segment[: venue.start] + segment[venue.end :])
    if venue and (plain or is_venue_label(segment) or venue.year is not None) and len(segment) < 160:
        draft.add_venue(venue_words(venue.venue, segment), venue.year)
        left = (segment[: venue.start] + segment[venue.end :]).strip(" .,;:-–—()'’")
        if len(left.split()) > 2:
            draft.add_remark(segment)
        return
    behind = _YEAR_BEHIND.fullmatch(segment) if len(segment) < 90 else None
    if behind and _MONTH.match(segment):
        draft.date_year = draft.date_year or int(behind["year"])
    elif behind and draft.creators:
        institution = looks_like_institutions(behind["venue"])
        draft.add_venue("" if institution else behind["venue"].strip(" ,."), int(behind["year"]))
        if institution:
            draft.fields.setdefault("organization", behind["venue"].strip(" ,."))
    elif re.fullmatch(r"(?:19|20)\d{2}", segment):
        draft.add_venue("", int(segment))
    else:
        draft.add_remark(segment)


_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)


def _take_names(segment: str, draft: Draft, *, said: bool) -> str:
    """Take the names at the front of a segment; the words behind them come back."""
    others = re.search(r"\bet\.?\s*al\b\.?", segment, re.IGNORECASE)
    venue = find_venue(segment)
    if others:
        end = others.end()
    elif venue and venue.start > 0:
        end = venue.start
    else:
        end = len(segment)
    sentence = re.match(r"(?:[^.]|\b[A-Z]\.)+\.\s+", segment)
    for stop in dict.fromkeys((end, sentence.end() if sentence and not others else end)):
        names = segment[:stop].strip(" .,;:(")
        alone = said or stop < end or (segment[stop:].strip() == "" and _may_be_by_one(draft))
        families = venue is not None and are_family_names(names)
        if looks_like_people(names) or families or (alone and is_person(names)):
            people = read_people(names)
            draft.creators, draft.and_others = people.creators, people.and_others
            return segment[stop:]
    return segment


def _may_be_by_one(draft: Draft) -> bool:
    """Whether two words behind a title can be its author: not behind a piece of software."""
    return draft.title_link is None or draft.title_link.kind in ("paper", "pdf")


_SENTENCE = re.compile(
    r"\b(?:is|are|was|we|this|that|which|uses?|can|propose[sd]?|introduces?|shows?)\b", re.IGNORECASE
)
_DETAIL_NAME = re.compile(
    r"^(?:authors?|venue|conference|journal|published in|year|code|paper|link|pdf|作者|会议|期刊|年份|时间|链接|代码|论文)\s*[:：]\s*",
    re.IGNORECASE,
)


def read_detail(row: Line, draft: Draft) -> None:
    """Take a line below an entry: links, names, where it appeared, or a remark."""
    row = take_labels(row, draft)
    text = _DETAIL_NAME.sub("", " ".join(row.text.replace(CUT, " ").split()).strip(" |*"))
    for span in row.links:
        draft.add_link(span, kind="other")
    if not re.search(r"\w", text):
        return
    if not draft.creators and (looks_like_people(text) or is_person(text.strip(" .,;"))):
        people = read_people(text)
        draft.creators, draft.and_others = people.creators, people.and_others
        return
    if _SENTENCE.search(text):
        draft.add_remark(text)
        return
    draft.arxiv = draft.arxiv or arxiv_in(text)
    if "organization" not in draft.fields and looks_like_institutions(text):
        draft.fields["organization"] = text.strip(" .,;")
        return
    venue = find_venue(text)
    if venue and not draft.creators and looks_like_people(text[: venue.start]):
        _read_segment(text, draft)
    elif venue and len(text) < 250 and (_tells_when(text) or venue.end - venue.start > 20):
        draft.add_venue(venue_words(venue.venue, text), venue.year)
        read_numbers(text, draft)
    elif venue and not draft.creators:
        _read_segment(text, draft)
    else:
        draft.add_remark(text)


def _tells_when(text: str) -> bool:
    return bool(year_in(text) or arxiv_in(text)) or is_venue_label(text)


_PAGES = re.compile(r"\bpp?\.\s*(\d[\d\s]*(?:[-–—]+\s*\d[\d\s]*)?)")
_VOLUME = re.compile(r"\bvol(?:ume|\.)?\s*(\d+)", re.IGNORECASE)
_ISSUE = re.compile(r"\b(?:no|issue)\.?\s*(\d+)", re.IGNORECASE)


def read_numbers(text: str, draft: Draft) -> None:
    """Take volume, issue and pages of a citation."""
    for key, pattern in (("page", _PAGES), ("volume", _VOLUME), ("issue", _ISSUE)):
        found = pattern.search(text)
        if found:
            draft.fields.setdefault(key, re.sub(r"\s+", "", found[1]))
