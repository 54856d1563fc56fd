"""Tables: the header row says what the columns hold; a table may also just sort works named before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from notes_tui.formats.reading_list.blocks import Table
from notes_tui.formats.reading_list.details import read_detail, read_numbers, read_rest
from notes_tui.formats.reading_list.entry import finish
from notes_tui.formats.reading_list.front import strip_front
from notes_tui.formats.reading_list.heads import read_title, split_title
from notes_tui.formats.reading_list.labels import CUT, SHORTCODE, Draft, is_label, take_labels
from notes_tui.formats.reading_list.runs import Line
from notes_tui.formats.reading_list.title_groups import venue_words
from notes_tui.model.item import Creator
from notes_tui.model.people import looks_like_people, read_people
from notes_tui.model.reading_list import ListEntry
from notes_tui.model.titles import title_key
from notes_tui.model.venue import find_venue, short_venue, year_in

_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(words, re.IGNORECASE))
    for role, words in (
        ("title", r"^(?:paper\s*)?title|^paper\s*name|标题|题目|论文名"),
        (
            "links",
            r"^(?:links?|urls?|pdfs?|codes?|github|repo.*|sources?|websites?|projects?\s*page|arxiv|demo|downloads?|"
            r"链接|代码|code.*|official.*|implementation)\b|.*(?:代码|地址|链接)$",
        ),
        (
            "venue",
            r"^(?:venues?|conferences?|journals?|publications?|pub\.?|published.*|where|publisher|proceedings|series|booktitle)\b|会议|期刊|发表于|出处",
        ),
        ("year", r"^(?:years?|dates?|time|release.*|publish.*date|年)\b|.*(?:时间|年份|日期)"),
        ("creators", r"^(?:first\s+)?authors?(?:\(s\))?\b|^作者"),
        (
            "name",
            r"^(?:names?|methods?|models?|projects?|tools?|systems?|frameworks?|algorithms?|works?|abbr.*|acronym|"
            r"software|library|package|repository|名称|方法|模型)\b",
        ),
        ("paper", r"^(?:papers?|articles?|references?|论文)\b"),
    )
)
_KEYS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^organi[sz]ation|^institut|^affiliation|^company|^机构", re.IGNORECASE), "organization"),
    (re.compile(r"^description|^desc$|^描述|^简介", re.IGNORECASE), "description"),
    (re.compile(r"^(?:\w+\s+)?methods?$", re.IGNORECASE), "method"),
)


def field_key(header: str) -> str:
    """The name of a column as a field: ``Method Type`` is ``method_type``."""
    header = " ".join(header.split())
    for pattern, key in _KEYS:
        if pattern.search(header):
            return key
    return re.sub(r"\W+", "_", header.casefold()).strip("_") or "column"


def read_table(table: Table, section: tuple[str, ...], first_line: int) -> list[ListEntry]:
    """The entries in a table, a row each; a table without a column of titles has none."""
    roles = _roles(table)
    if "title" not in roles:
        return []
    entries = []
    for row in table.rows:
        entry = _read_row(row, table.header, roles, section, first_line)
        if entry:
            entries.append(entry)
    return entries


def _roles(table: Table) -> list[str]:
    """What each column holds. Exactly one holds the title: a paper's or a name's, where no column is called so."""
    roles = [
        next((role for role, words in _ROLES if words.search(cell.text.strip())), "") for cell in table.header
    ]
    by_name = False
    for role in ("paper", "name"):
        for place in [place for place, found in enumerate(roles) if found == role]:
            if "title" not in roles and _holds_titles(table, place):
                roles[place], by_name = "title", role == "name"
    if "title" not in roles and any(cell.links for row in table.rows for cell in row):
        for place, role in enumerate(roles):
            if role in ("", "links") and _holds_titles(table, place):
                roles[place] = "title"
                break
    named = roles.index("name") if "name" in roles and "title" in roles else -1
    return [
        "links" if role == "paper" else "" if role == "name" and (place != named or by_name) else role
        for place, role in enumerate(roles)
    ]


def _holds_titles(table: Table, place: int) -> bool:
    """Whether most cells of a column hold words that are no labels, years or marks, and differ."""
    cells = [row[place].text.strip() for row in table.rows if place < len(row)]
    named = [cell for cell in cells if re.search(r"[^\W\d]{2}", cell) and not is_label(cell)]
    return bool(cells) and len(named) >= 0.6 * len(cells) and len(set(named)) > 0.6 * len(named)


def _read_row(
    row: Sequence[Line],
    header: Sequence[Line],
    roles: Sequence[str],
    section: tuple[str, ...],
    first_line: int,
) -> ListEntry | None:
    draft = Draft()
    place = roles.index("title")
    if place >= len(row) or not row[place].text.strip():
        return None
    _read_title_cell(row[place], draft)
    if not re.search(r"\w", draft.title):
        return None
    for cell, head, role in zip(row, header, roles, strict=False):
        if role != "title" and (cell.text.strip() or cell.spans):
            _read_cell(cell, head.text, role, draft)
    text = " | ".join(" ".join(cell.text.split()) for cell in row).rstrip(" |")
    return finish(draft, text, section, row[place].number + first_line)


def _read_title_cell(cell: Line, draft: Draft) -> None:
    line = strip_front(take_labels(cell.without_all(SHORTCODE), draft), draft)
    title, rest = split_title(line, draft)
    read_title(title, draft)
    for place, row in enumerate(rest.rows()):
        read_detail(row, draft) if place else read_rest(row, draft)


def _read_cell(cell: Line, header: str, role: str, draft: Draft) -> None:
    text = " ".join(cell.text.replace(CUT, " ").split())
    for span in cell.links:
        draft.add_link(span, f"{cell.text[span.start : span.end]} {header}")
    if role == "year" or role == "venue":
        _read_when(text, role, draft)
    elif role == "creators":
        people = read_people(text)
        draft.creators, draft.and_others = people.creators, people.and_others
    elif role == "name":
        draft.title_short = draft.title_short or text
    elif role == "links":
        take_labels(cell, draft)
    elif re.search(r"\w", text) and not _COUNTER.fullmatch(header.strip()):
        draft.fields[field_key(header)] = text
        if header.casefold().startswith("author") and looks_like_people(text):
            draft.creators = tuple(Creator.from_name(creator.name) for creator in read_people(text).creators)


_COUNTER = re.compile(r"#|no\.?|nr\.?|index|id|序号", re.IGNORECASE)


def _read_when(text: str, role: str, draft: Draft) -> None:
    text = re.sub(r"(?<=\w)-W\b", " Workshop", text)
    venue = find_venue(text)
    if venue:
        draft.add_venue(venue_words(venue.venue, text), venue.year or year_in(text))
        read_numbers(text, draft)
    elif role == "venue" and is_label(text):
        draft.add_remark(text)
    elif role == "venue" and re.search(r"[^\W\d]{2}", text):
        draft.add_venue(short_venue(re.sub(r"[\s,'’]*(?:19|20)?\d{2}$", "", text)), year_in(text))
    else:
        draft.add_venue("", year_in(text))
        if re.search(r"[A-Za-z]{3}", text):
            draft.fields.setdefault("published", text)


# --- tables that sort what was named before ---------------------------------------------------------


def classify(table: Table, heading: str, entries: list[ListEntry]) -> bool:
    """Add the columns of a table that only names known works to those entries; ``False`` if it names others."""
    if not entries or not table.rows or any(cell.links for row in table.rows for cell in row):
        return False
    by_name = _places_by_name(entries)
    places = [_place_of(row[0].text, by_name) if row else None for row in table.rows]
    known = [place for place in places if place is not None]
    if len(known) < max(2, 0.8 * len(places)):
        return False
    keys = [field_key(cell.text) for cell in table.header]
    for place, row in zip(places, table.rows, strict=True):
        if place is not None:
            entry = entries[place]
            added = {"class": heading} if heading else {}
            for key, cell in zip(keys[1:], row[1:], strict=False):
                if cell.text.strip():
                    added[f"class_{key}" if key in entry.fields or key == "year" else key] = " ".join(
                        cell.text.split()
                    )
            entries[place] = replace(entry, fields={**entry.fields, **added})
    return True


def _places_by_name(entries: Iterable[ListEntry]) -> dict[str, int]:
    """Where each name stands: as it is spelled, and in the form that sets hyphens and case aside."""
    places: dict[str, int] = {}
    for spelled in (str.casefold, title_key):
        for place, entry in enumerate(entries):
            for name in (entry.title, entry.reference.title, entry.reference.title_short):
                places.setdefault(spelled(name), place)
    places.pop("", None)
    return places


def _place_of(name: str, places: dict[str, int]) -> int | None:
    return places.get(name.strip().casefold(), places.get(title_key(name)))
