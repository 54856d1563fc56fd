"""What stands behind a title and on the lines below it: names, venue, year, numbers, remarks."""

from __future__ import annotations

import re
from itertools import islice

from notes_tui.formats.reading_list.citations import SENTENCE, find_issue, names_before, split_citation
from notes_tui.formats.reading_list.labels import (
    CUT,
    SHORTCODE,
    Draft,
    is_venue_label,
    label_before,
    take_labels,
)
from notes_tui.formats.reading_list.runs import Line
from notes_tui.formats.reading_list.title_groups import is_title_group, read_group, venue_words
from notes_tui.model.links import arxiv_in
from notes_tui.model.people import (
    are_family_names,
    is_person,
    looks_like_institutions,
    looks_like_people,
    read_people,
)
from notes_tui.model.titles import split_short_name, title_key
from notes_tui.model.venue import find_venue, short_venue, year_in

_GROUPS = re.compile(r"[(（\[【](?P<inside>[^()（）\[\]【】]*)[)）\]】]")
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】"}


def read_rest(line: Line, draft: Draft) -> None:
    """Take what follows the title on its line: names, venue, year, remarks, further links."""
    for span in line.links:
        draft.add_link(span)
    text = SHORTCODE.sub(" ", line.text)
    issue = find_issue(text)
    cited = _IN_CORR.search(text)
    draft.arxiv = draft.arxiv or (cited[1] if cited else "")
    if issue:
        _take_issue(text, draft)
        text = f"{text[: issue.start]} {CUT} {text[issue.end :]}"
    for found in list(_GROUPS.finditer(text)):
        if is_title_group(found["inside"]) and not _is_aside(text, found):
            read_group(found["inside"], draft)
            text = text.replace(found[0], f" {CUT} ", 1)
    for segment in re.split(rf"[{CUT}|｜\n]", text):
        _read_segment(segment, draft)


_IN_CORR = re.compile(r"\babs/(\d{4}\.\d{4,5})(?!\d)")


def _is_aside(text: str, found: re.Match[str]) -> bool:
    """Whether brackets around an institution stand within a sentence: ``Vogels' (Amazon CTO) blog``."""
    inside = found["inside"]
    if find_venue(inside) or not looks_like_institutions(inside):
        return False
    before = text[: found.start()].rpartition(CUT)[2]
    after = re.split(rf"[{CUT}|\n]", text[found.end() :])[0]
    return bool(re.search(r"[a-z]{2}", before) and re.search(r"[a-z]{2}", after))


def _take_issue(text: str, draft: Draft) -> None:
    issue = find_issue(text)
    if issue:
        draft.add_venue(issue.venue, issue.year)
        for key, value in issue.numbers.items():
            draft.fields.setdefault(key, value)


def trimmed(text: str) -> str:
    """A text without the punctuation at its ends; brackets stay where they close what they open."""
    text = text.strip(" .,;:-–—*·")
    while text and (
        (text[0] in _BRACKETS.values()) or (text[0] in _BRACKETS and _BRACKETS[text[0]] not in text)
    ):
        text = text[1:].lstrip(" .,;:-–—*·")
    while text and (text[-1] in _BRACKETS or (text[-1] in _BRACKETS.values() and _opened(text) < 0)):
        text = text[:-1].rstrip(" .,;:-–—*·")
    if text[:1] in _BRACKETS and text[-1:] == _BRACKETS[text[0]] and text.count(text[0]) == 1:
        text = text[1:-1].strip()
    return text


def _opened(text: str) -> int:
    return sum((char in _BRACKETS) - (char in _BRACKETS.values()) for char in text)


_BY = re.compile(r"\s*(?:by|authors?\s*[:：]|from)\s+", re.IGNORECASE)
_YEAR_BEHIND = re.compile(r"(?P<venue>.*?\w.*?)[\s,]+(?P<year>(?:19|20)\d{2})[\s.]*(?:\(.*)?")
_NOT_PUBLISHED = re.compile(
    r"\b(?:accessed|as of|before|from|since|till|until|updated?|visited)\b", re.IGNORECASE
)
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE_BEHIND = re.compile(
    rf"(?P<before>.*?)[\s,–—-]*(?<![\w-])(?:(?:\d{{1,2}}\s+)?{_MONTHS}(?:\s+\d{{1,2}},)?[\s,]+['’]?(?P<short>(?:19|20)?\d{{2}})"
    r"|(?P<year>(?:19|20)\d{2})\s*[./-]\s*\d{1,2}(?:[./-]\d{1,2})?)[\s.]*",
    re.IGNORECASE | re.DOTALL,
)


def _take_date(text: str, draft: Draft) -> str:
    """Take a date at the end of a text: ``Oct 2023``, ``2021.11``; the words before it come back."""
    found = _DATE_BEHIND.fullmatch(text) if len(text) < 400 else None
    if not found:
        return text
    year = int(found["year"] or found["short"])
    draft.date_year = draft.date_year or (year + 2000 if year < 60 else year + 1900 if year < 100 else year)
    return found["before"]


_GROUP_BEHIND = re.compile(r"(?P<before>[^()（）\[\]]*\S)\s*[(（\[](?P<inside>[^()（）\[\]]+)[)）\]]")


def _read_segment(segment: str, draft: Draft) -> None:
    segment = trimmed(_take_date(trimmed(segment), draft))
    if not re.search(r"\w", segment):
        return
    by = _BY.match(segment)
    if by:
        segment = segment[by.end() :]
    if not draft.creators:
        segment = _take_names(segment, draft, said=bool(by))
    behind = _GROUP_BEHIND.fullmatch(segment) if len(segment) < 160 else None
    if behind and (is_venue_label(behind["before"]) or year_in(behind["before"])):
        _read_segment(behind["before"], draft)
        draft.add_remark(behind["inside"])
        return
    _read_venue(trimmed(segment), draft)


def _read_venue(segment: str, draft: Draft) -> None:
    """Take a segment that names no one: a venue with or without its year, a year, else a remark."""
    venue = find_venue(segment)
    plain = venue and not re.search(r"[^\W\d]", segment[: venue.start] + segment[venue.end :])
    if venue and (plain or is_venue_label(segment) or venue.year is not None) and len(segment) < 160:
        draft.add_venue(venue_words(venue.venue, segment), venue.year)
        left = (segment[: venue.start] + segment[venue.end :]).strip(" .,;:-–—()'’")
        if len(left.split()) > 2:
            draft.add_remark(segment)
        return
    behind = _YEAR_BEHIND.fullmatch(segment) if len(segment) < 110 else None
    if behind and draft.creators:
        institution = looks_like_institutions(behind["venue"])
        venue_name = short_venue(behind["venue"].strip(" ,."))
        draft.add_venue("" if institution else venue_name, int(behind["year"]))
        if institution:
            draft.fields.setdefault("organization", behind["venue"].strip(" ,."))
    elif re.fullmatch(r"(?:19|20)\d{2}", segment):
        draft.add_venue("", int(segment))
    elif segment:
        draft.add_remark(segment)
        if behind and not _NOT_PUBLISHED.search(segment):
            draft.date_year = draft.date_year or int(behind["year"])


def _stops(segment: str) -> list[int]:
    """Places behind the full stops of a segment, the last first."""
    return [found.end() for found in islice(re.finditer(r"\.\s+", segment[:600]), 40)][::-1]


_PEOPLE_AND_YEAR = re.compile(r"(?P<names>[^\d]{4,200}?)[\s,(]+(?P<year>(?:19|20)\d{2})\)?")
_INITIAL_AND_JOURNAL = re.compile(r"\b[A-Z]\.\s+[A-Z]\w{2,}\s+[A-Z]\w{2,}")
_FAMILY_AND_INITIALS = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)?(?:\s[A-Z]){1,3}")
_ONE_AND_WHERE = re.compile(r"(?P<name>[^,.]{4,40}),\s+(?P<where>.{2,100}\b(?:19|20)\d{2})\W*")


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
    sentence = SENTENCE.match(segment)
    for stop in dict.fromkeys((end, sentence.end() if sentence and not others else end)):
        names = segment[:stop].strip(" .,;:(")
        alone = said or stop < end or (segment[stop:].strip() == "" and _may_be_by_one(draft))
        families = venue is not None and are_family_names(names)
        if looks_like_people(names) or families or (alone and is_person(names)):
            _take_people(names, draft)
            return segment[stop:]
    dated = _PEOPLE_AND_YEAR.fullmatch(segment)
    names = dated["names"] if dated and not _INITIAL_AND_JOURNAL.search(dated["names"]) else ""
    if dated and (looks_like_people(names) or (_may_be_by_one(draft) and is_person(names))):
        _take_people(names, draft)
        return dated["year"]
    for stop in [] if others else _stops(segment):
        names = segment[:stop].strip(" .,;:(")
        one = _FAMILY_AND_INITIALS.fullmatch(names) or (is_person(names) and is_venue_label(segment[stop:]))
        if looks_like_people(names) or (one and _may_be_by_one(draft)):
            _take_people(names, draft)
            return segment[stop:]
    single = _ONE_AND_WHERE.fullmatch(segment) if _may_be_by_one(draft) else None
    if single and is_person(single["name"]):
        _take_people(single["name"], draft)
        return single["where"]
    names = names_before(segment)
    if names and _YEAR_BEHIND.fullmatch(segment[len(names) :]):
        _take_people(names, draft)
        return segment[len(names) :]
    return segment


def _take_people(names: str, draft: Draft) -> None:
    people = read_people(names)
    draft.creators, draft.and_others = people.creators, people.and_others


def _may_be_by_one(draft: Draft) -> bool:
    """Whether two words behind a title can be its author: not behind a piece of software."""
    return draft.by_people or draft.title_link is None or draft.title_link.kind in ("paper", "pdf")


# --- lines below --------------------------------------------------------------------------------------

_SENTENCE = re.compile(
    r"\b(?:is|are|was|we|this|that|which|uses?|can|propose[sd]?|introduces?|shows?)\b", re.IGNORECASE
)
_LABELLED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words, re.IGNORECASE), key)
    for words, key in (
        (r"authors?|作者", "creators"),
        (r"key ?words?|tags?|关键词", "keywords"),
        (r"affiliations?|institut\w+|organi[sz]ations?|单位|机构", "organization"),
        (r"tasks?", "task"),
        (r"tl;?dr|abstract|summary|摘要", "summary"),
    )
)


def read_detail(row: Line, draft: Draft) -> None:
    """Take a line below an entry: links, names, where it appeared, or a remark."""
    row = take_labels(row.without_all(SHORTCODE), draft)
    text = " ".join(row.text.replace(CUT, " ").split()).strip(" |*")
    label = label_before(text)
    text = trimmed(_take_date(text.removeprefix(label).strip(" ,"), draft))
    only_links = not re.search(r"\w", _outside_links(row).removeprefix(label))
    for span in row.links:
        draft.add_link(span, label.strip(" :：") or span.label, kind=None if only_links else "other")
    if not re.search(r"\w", text) or (only_links and label):
        return
    if label and _take_labelled(label, text, draft):
        return
    if not draft.creators and (looks_like_people(text) or is_person(text)):
        _take_people(text, draft)
    elif not draft.creators and _take_citation(text, draft):
        return
    elif _SENTENCE.search(text):
        draft.add_remark(text)
    else:
        _read_where(text, draft)


def _outside_links(row: Line) -> str:
    kept = [
        char for place, char in enumerate(row.text) if not any(s.start <= place < s.end for s in row.links)
    ]
    return "".join(kept).replace(CUT, " ").strip()


def _take_labelled(label: str, text: str, draft: Draft) -> bool:
    name = re.sub(r"[\s:：*_]+$", "", label).strip("*_ ")
    for pattern, key in _LABELLED:
        if pattern.fullmatch(name):
            if key == "creators":
                _take_people(text, draft)
            else:
                draft.fields.setdefault(key, text)
            return True
    return False


def _take_citation(text: str, draft: Draft) -> bool:
    """Take a full reference below a short name: its title is the work's, the words above are its name."""
    above = re.sub(r",.*$|\s*\(.*\)$", "", draft.own_title or draft.title)
    citation = split_citation(text, above)
    if citation is None:
        return False
    if citation.people:
        _take_people(citation.people, draft)
    if citation.title and title_key(citation.title) != title_key(draft.title):
        named = len(above.split()) < 3 and not looks_like_institutions(above)
        draft.title_short = split_short_name(citation.title)[0] or (above if named else "")
        draft.title = citation.title
    read_where = _read_where if find_venue(citation.rest) else _read_venue
    read_where(citation.rest.strip(), draft)
    return True


def _read_where(text: str, draft: Draft) -> None:
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
