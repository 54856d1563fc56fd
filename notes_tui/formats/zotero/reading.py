"""Items of Zotero to records of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from notes_tui.formats.zotero import tables
from notes_tui.formats.zotero.html_notes import to_markdown
from notes_tui.model import identifiers
from notes_tui.model.csl import date_text, names_text
from notes_tui.model.imported import Imported, ImportedItem
from notes_tui.model.item import AnnotationKind, Attachment, Creator, Link, Note, Reference
from notes_tui.model.links import kind_of
from notes_tui.model.marked import Mark
from notes_tui.model.reading_list import Problem
from notes_tui.model.times import iso_of_utc
from notes_tui.model.zotero import (
    ZoteroAnnotation,
    ZoteroAttachment,
    ZoteroCreator,
    ZoteroItem,
    ZoteroLibrary,
)


def imported(library: ZoteroLibrary, *, file: str = "") -> Imported:
    """The records of a library, in its order, with the collections they stand in."""
    problems = list(library.problems)
    paths = _paths(library)
    places = {item.key: place for place, item in enumerate(library.items)}
    return Imported(
        file=file,
        source="zotero",
        items=tuple(
            replace(_record(item, paths, places, problems, file), annotations_are_all=library.is_whole)
            for item in library.items
        ),
        collections=tuple(sorted(paths.values(), key=lambda path: [name.lower() for name in path])),
        problems=tuple(problems),
        refused=len(library.problems),
    )


def _paths(library: ZoteroLibrary) -> dict[str, tuple[str, ...]]:
    """Names from the outermost collection to each, by key; a circle ends where it began."""
    known = {each.key: each for each in library.collections}
    paths: dict[str, tuple[str, ...]] = {}
    for collection in library.collections:
        names: list[str] = []
        seen: set[str] = set()
        place = collection
        while place.key not in seen:
            seen.add(place.key)
            names.append(" ".join(place.name.split()) or "Untitled")
            if place.parent not in known:
                break
            place = known[place.parent]
        paths[collection.key] = tuple(reversed(names))
    return paths


def _record(
    item: ZoteroItem, paths: Mapping[str, tuple[str, ...]], places: Mapping[str, int],
    problems: list[Problem], file: str,
) -> ImportedItem:  # fmt: skip
    extra_lines, noted = _noted(item.fields.get("extra", ""))
    written = item.fields.get("DOI", "") or noted.get("doi", "")
    if written and not identifiers.doi(written):
        problems.append(Problem(file, None, f"“{written}” of {_title(item) or item.key} is no DOI"))
    files = [each for each in item.attachments if each.path]
    return ImportedItem(
        reference=_reference(item, extra_lines, noted),
        tags=item.tags,
        keywords=item.automatic_tags,
        notes=_notes(item.notes),
        attachments=tuple(Attachment(each.path, _file_kind(each), each.title) for each in files),
        annotations=tuple(_annotation(mark) for each in item.attachments for mark in each.annotations),
        collections=tuple(paths[key] for key in item.collections if key in paths),
        linked=tuple(places[key] for key in item.related if key in places),
    )


def _file_kind(attachment: ZoteroAttachment) -> str:
    name, kind = attachment.path.lower(), attachment.content_type.lower()
    if kind == "application/pdf" or name.endswith(".pdf"):
        return "pdf"
    return "figure" if kind.startswith("image/") else "file"


def _reference(item: ZoteroItem, note: str, noted: Mapping[str, str]) -> Reference:
    fields = item.fields
    year, issued = _date(_first(fields, tables.DATES))
    links = _links(item)
    written = fields.get("DOI", "") or noted.get("doi", "")
    doi = identifiers.doi(written) or next(
        filter(None, (identifiers.doi_of_url(link.url) for link in links)), ""
    )
    arxiv = _arxiv(fields, noted, doi, links)
    extra = _extra(item, noted)
    if issued:
        extra["issued"] = issued
    if note:
        extra["note"] = note
    if written and not identifiers.doi(written):
        extra["doi"] = written
    if item.automatic_tags:
        extra["keyword"] = ", ".join(item.automatic_tags)
    venue = _first(fields, tables.VENUES)
    if not venue and arxiv and item.type == "preprint":
        venue = "arXiv"
    return Reference(
        citekey=_citekey(item),
        type=tables.TYPES.get(item.type, "document"),
        title=_title(item),
        title_short=_plain(fields.get("shortTitle", "")),
        creators=tuple(_creator(each) for each in item.creators if each.role in tables.AUTHORS),
        venue=venue,
        year=year,
        doi=doi,
        arxiv=arxiv,
        abstract=fields.get("abstractNote", "").strip(),
        links=links,
        extra=dict(sorted(extra.items())),
    )


def _first(fields: Mapping[str, str], names: Iterable[str]) -> str:
    return next((" ".join(fields[name].split()) for name in names if fields.get(name, "").strip()), "")


_MARKED = re.compile(r"<(i|b|sub|sup|span)(?: [^<>]*)?>([^<>]*)</\1>")


def _plain(text: str) -> str:
    while (plain := _MARKED.sub(r"\2", text)) != text:
        text = plain
    return " ".join(text.split())


def _title(item: ZoteroItem) -> str:
    return _plain(_first(item.fields, tables.TITLES))


def _creator(name: ZoteroCreator) -> Creator:
    last, first = " ".join(name.last.split()), " ".join(name.first.split())
    return Creator(family=last, given=first) if last and first else Creator(literal=last or first)


_NOTED = re.compile(r"\s*([A-Za-z][\w. -]{1,30}?)\s*[:=]\s*(.+?)\s*$")
_NOTED_NAMES = {
    "citation key": "citekey", "bibtex": "citekey", "citekey": "citekey", "doi": "doi", "arxiv": "arxiv",
    "arxiv id": "arxiv", "pmid": "PMID", "pmcid": "PMCID", "original date": "original-date", "tex.eprint": "arxiv",
}  # fmt: skip


def _noted(text: str) -> tuple[str, dict[str, str]]:
    """Zotero's field ``extra``: what stands on lines of ``name: value``, and the other lines."""
    kept: list[str] = []
    found: dict[str, str] = {}
    for line in text.split("\n"):
        said = _NOTED.match(line)
        name = _NOTED_NAMES.get(said[1].lower()) if said else None
        if said and name:
            found.setdefault(name, said[2])
        else:
            kept.append(line)
    return "\n".join(kept).strip(), found


def _citekey(item: ZoteroItem) -> str:
    own = item.fields.get("citationKey") or item.fields.get("citekey")
    return "".join((own or _noted(item.fields.get("extra", ""))[1].get("citekey", "")).split())


def _links(item: ZoteroItem) -> tuple[Link, ...]:
    addresses = [item.fields.get("url", ""), *(each.url for each in item.attachments if not each.path)]
    found = dict.fromkeys(url.strip() for url in addresses if re.match(r"\s*https?://", url))
    return tuple(Link(kind_of(url, "paper"), url) for url in found)


def _arxiv(fields: Mapping[str, str], noted: Mapping[str, str], doi: str, links: Sequence[Link]) -> str:
    own = identifiers.arxiv_id(noted.get("arxiv", ""))
    places = (fields.get("archiveID", ""), fields.get("reportNumber", ""), fields.get("publicationTitle", ""))
    return own or next(
        filter(None, map(identifiers.arxiv_id_within, (*places, doi, *(link.url for link in links)))), ""
    )


_SQL_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: (.*))?$", re.DOTALL)
_ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?!\d)")
_WRITTEN_DATE = re.compile(
    r"(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})$"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _date(text: str) -> tuple[int | None, str]:
    """The year, and the date where it says more; the database puts an ISO date before what was written."""
    parts: tuple[int, ...] = ()
    if (stored := _SQL_DATE.match(text)) and (stored[4] or "00" not in (stored[2], stored[3])):
        parts = (int(stored[1]), int(stored[2]), int(stored[3]))
        text = (stored[4] or "").strip() or text
    elif plain := _ISO_DATE.match(text):
        parts = (int(plain[1]), int(plain[2]), int(plain[3] or 0))
    if not any(parts[1:]) and (written := _WRITTEN_DATE.search(text)):
        month = _MONTHS.index(written[2][:3].lower()) + 1 if written[2][:3].lower() in _MONTHS else 0
        parts = (int(written[4]), month, int(written[1] or written[3] or 0)) if month else parts
    if any(parts[1:]):
        return parts[0], date_text(parts)
    year = re.search(r"(?<!\d)\d{4}(?!\d)", text)
    if year is None and parts and parts[0]:
        return parts[0], text
    return (int(year[0]), "" if text == year[0] else text) if year else (None, text)


def _extra(item: ZoteroItem, noted: Mapping[str, str]) -> dict[str, str]:
    extra: dict[str, str] = {}
    venue = _first(item.fields, tables.VENUES)
    for name, value in item.fields.items():
        text = " ".join(value.split())
        if not text or name in tables.ELSEWHERE or (name in tables.VENUES and text == venue):
            continue
        variable = tables.VARIABLES.get(name, name)
        extra.setdefault(variable, re.sub(r"\s*[–—]\s*", "-", text) if variable == "page" else text)
    for role in dict.fromkeys(each.role for each in item.creators if each.role not in tables.AUTHORS):
        names = [_creator(each) for each in item.creators if each.role == role]
        extra.setdefault(tables.ROLES.get(role, role), names_text(names))
    if accessed := item.fields.get("accessDate", ""):
        extra["accessed"] = accessed[:10]
    if (archive := item.fields.get("archiveID", "")) and not identifiers.arxiv_id_within(archive):
        extra["archiveID"] = archive
    for name in ("PMID", "PMCID", "original-date"):
        if name in noted:
            extra.setdefault(name, noted[name])
    return extra


def _notes(texts: Sequence[str]) -> tuple[Note, ...]:
    """The first note is the main one; each further one has its first words as title."""
    notes: list[Note] = []
    titles: set[str] = set()
    for html in texts:
        body = to_markdown(html)
        if not body:
            continue
        title = ""
        if notes:
            line = re.sub(r"[#*_>`\[\]]+", "", body.split("\n", 1)[0]).strip()
            stem = title = " ".join(line.split())[:60].strip() or "Note"
            number = 1
            while title.lower() in titles:
                number += 1
                title = f"{stem} {number}"
            titles.add(title.lower())
        notes.append(Note(title, body))
    return tuple(notes)


_KINDS: dict[str, AnnotationKind] = {
    "highlight": "highlight", "underline": "underline", "note": "note", "text": "text", "image": "area",
    "ink": "ink",
}  # fmt: skip


def _annotation(mark: ZoteroAnnotation) -> Mark:
    """The first tag of a mark is its role; further ones follow the comment."""
    role, *others = [" ".join(tag.lower().split()) for tag in mark.tags if tag.strip()] or [""]
    remark = "\n\n".join(filter(None, (to_markdown(mark.comment), " ".join(f"#{tag}" for tag in others))))
    key = re.sub(r"[^0-9A-Za-z-]", "", mark.key)
    return Mark(
        id=key,
        kind=_KINDS.get(mark.kind, "note"),
        page=_page(mark.position),
        page_label=mark.page_label.strip(),
        quote=" ".join(mark.text.split()),
        comment=remark,
        role=role,
        color=mark.color,
        created=iso_of_utc(mark.created),
    )


def _page(position: str) -> int | None:
    """The page, from 1, of a position."""
    try:
        place = json.loads(position)
    except (ValueError, RecursionError):
        return None
    index = place.get("pageIndex") if isinstance(place, dict) else None
    return index + 1 if isinstance(index, int) and 0 <= index < 1_000_000 else None
