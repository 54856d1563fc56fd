"""BibTeX and biblatex to references, with the tags, status, rating and notes a reader had there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from notes_tui.formats.bibtex import fields as tables
from notes_tui.formats.bibtex import jabref
from notes_tui.formats.bibtex.blocks import MONTHS, RawEntry, split
from notes_tui.formats.bibtex.files import files_of
from notes_tui.formats.bibtex.latex import to_unicode
from notes_tui.formats.bibtex.names import read_names
from notes_tui.model import identifiers
from notes_tui.model.csl import date_text, names_text
from notes_tui.model.imported import Imported, ImportedItem
from notes_tui.model.item import LINK_KINDS, Link, LinkKind, Note, Reference
from notes_tui.model.links import kind_of
from notes_tui.model.reading_list import Problem


def read(text: str, *, file: str = "") -> Imported:
    """Every entry of a BibTeX or biblatex file; what could not be read is among the problems.

    Keys are taken as they stand, also where one is empty or stands on several entries.
    """
    blocks = split(text.replace("\r\n", "\n").replace("\r", "\n"), file)
    paths = jabref.group_paths(blocks.comments)
    members = jabref.group_members(blocks.comments)
    folder = jabref.file_folder(blocks.comments)
    items = tuple(_imported(entry, paths, members, folder) for entry in blocks.entries)
    blocks.problems += [
        Problem(file, item.line, f"“{item.reference.extra['doi']}” is no DOI")
        for item in items
        if "doi" in item.reference.extra
    ]
    problems = sorted(blocks.problems, key=lambda problem: problem.line or 0)
    return Imported(file=file, items=items, problems=tuple(problems), refused=blocks.refused)


def _imported(
    entry: RawEntry, paths: Mapping[str, str], members: Mapping[str, list[str]], folder: str
) -> ImportedItem:
    fields, grouped = entry.fields, members.get(entry.key.lower(), ()) if members else ()
    if not (grouped or any(map(_is_of_a_reader, fields))):
        return ImportedItem(reference=_reference(entry), line=entry.line)
    tags = (*jabref.tags_of(fields, paths), *grouped)
    return ImportedItem(
        reference=_reference(entry),
        aliases=_keys(fields["ids"]) if "ids" in fields else (),
        tags=tuple(dict.fromkeys(tags)),
        keywords=tuple(jabref.keywords_of(fields)),
        read_status=jabref.read_status(fields),
        rating=jabref.rating(fields),
        notes=_notes(fields),
        attachments=files_of(fields, folder),
        line=entry.line,
    )


@lru_cache(maxsize=2_000)
def _is_of_a_reader(name: str) -> bool:
    """Whether a field may say more than a reference holds."""
    return name in ("ids", "keywords") or name.startswith("file-") or tables.is_readers_own(name)


def _notes(fields: Mapping[str, str]) -> tuple[Note, ...]:
    texts = [
        _paragraphs(fields[name]) for name in ("annote", "annotation", "comment", "review") if name in fields
    ]
    body = "\n\n".join(dict.fromkeys(text for text in texts if text))
    return (Note("", body),) if body else ()


_NOT_PLAIN = re.compile(r"[\\{}$~&\t\n\r\x0b\x0c\x1c-\x1f\x85\xa0\u1680-\u3000]|--|``|''|  |^ | $")


def _line(text: str) -> str:
    """One line of Unicode; where LaTeX stands for nothing we know (``\\apj``), its name."""
    if not _NOT_PLAIN.search(text):
        return text
    line = " ".join(to_unicode(text).split())
    return line or " ".join(re.sub(r"[\\{}$]", " ", text).split())


_BLANK_LINES = re.compile(r"\n\s*\n\s*")


def _paragraphs(text: str) -> str:
    """Text of several lines: LaTeX read, lines kept, indentation of the file taken away."""
    if not text:
        return ""
    lines = (line.strip() for line in to_unicode(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _reference(entry: RawEntry) -> Reference:
    fields = entry.fields
    kind = tables.csl_type(entry.type, fields)
    creators, others = read_names(fields["author"]) if fields.get("author") else ((), False)
    extra = _extra(entry, kind)
    if others:
        extra["et-al"] = "yes"
    venue, from_venue = _venue(fields, extra)
    year, issued = _dates(fields)
    if issued:
        extra["issued"] = issued
    arxiv = _arxiv(fields, extra) or from_venue
    if arxiv and not venue and kind == "article":
        venue = "arXiv"
    links = _links(fields)
    written = _verbatim(fields.get("doi", ""))
    doi = identifiers.doi(written)
    if written.strip("{}") and not doi:
        extra["doi"] = written
    return Reference(
        citekey=_citekey(entry.key),
        type=kind,
        title=_title(fields),
        title_short=_line(fields.get("shorttitle", "")),
        creators=creators,
        venue=venue,
        year=year,
        doi=doi or next(filter(None, (identifiers.doi_of_url(link.url) for link in links)), ""),
        arxiv=arxiv or _arxiv_elsewhere(doi, links),
        abstract=_paragraphs(fields.get("abstract", "")),
        links=links,
        extra=dict(sorted(extra.items())),
        related=_keys(fields["related"]) if "related" in fields else (),
    )


def _keys(text: str) -> tuple[str, ...]:
    return tuple(key.strip() for key in text.split(",") if key.strip())


def _citekey(key: str) -> str:
    return "".join(to_unicode(key).split()) if "\\" in key else "".join(key.split())


def _title(fields: Mapping[str, str]) -> str:
    title = _line(fields.get("title", ""))
    for name, separator in (("subtitle", ": "), ("titleaddon", ". ")):
        further = _line(fields.get(name, ""))
        if further and title:
            title = f"{title}{' ' if title[-1] in '?!:.' else separator}{further}"
        else:
            title = title or further
    return title


def _venue(fields: Mapping[str, str], extra: dict[str, str]) -> tuple[str, str]:
    """The venue, and the arXiv id where the journal names one."""
    journal = _line(fields.get("journal") or fields.get("journaltitle") or "")
    if journal and tables.ARXIV_VENUE.fullmatch(journal):
        named = identifiers.arxiv_id(journal) or identifiers.arxiv_id(extra.get("volume", ""))
        if named and identifiers.arxiv_id(extra.get("volume", "")) == named:
            extra.pop("volume")
        return "arXiv", named
    book = _line(fields.get("booktitle", ""))
    if book and fields.get("booksubtitle"):
        book = f"{book}: {_line(fields['booksubtitle'])}"
    published = _line(fields.get("howpublished", ""))
    if published and (_ADDRESS.search(published) or tables.NO_VENUE.match(published)):
        if not _ADDRESS.fullmatch(published):
            extra["howpublished"] = published
        published = ""
    if published and (journal or book):
        extra["howpublished"] = published
    return journal or book or published, ""


_ADDRESS = re.compile(r"https?://\S+")


def _dates(fields: Mapping[str, str]) -> tuple[int | None, str]:
    """The year, and the date where it says more than the year."""
    date, written = fields.get("date", ""), fields.get("year", "")
    if not date and "month" not in fields and len(written) == 4 and written.isdecimal():
        return int(written), ""
    date, written = _line(date), _line(written)
    found = _YEAR.search(date) or _YEAR.search(written)
    year = int(found[0]) if found else None
    if date:
        return year, date if date != str(year) else ""
    if year is not None and (month := _month(fields.get("month", ""))):
        day = re.fullmatch(r"\d{1,2}", fields.get("day", "").strip())
        return year, date_text((year, month, int(day[0]) if day else 0))
    return year, written if written and written != str(year) else ""


_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def _month(text: str) -> int:
    text = text.strip().lower()
    if text.isdecimal():
        return int(text) if 1 <= int(text[:4]) <= 12 else 0
    return MONTHS.index(text[:3]) + 1 if text[:3] in MONTHS else 0


def _arxiv(fields: Mapping[str, str], extra: dict[str, str]) -> str:
    """The arXiv id in ``eprint`` or ``arxivid``; an identifier of another archive goes to ``extra``."""
    if fields.get("arxivid"):
        return identifiers.arxiv_id(_verbatim(fields["arxivid"]))
    eprint = _verbatim(fields.get("eprint", ""))
    archive = _line(fields.get("archiveprefix") or fields.get("eprinttype") or "")
    if not eprint or _ADDRESS.match(eprint):
        return ""
    named = identifiers.arxiv_id(eprint)
    if named and (not archive or archive.lower() == "arxiv"):
        return named
    extra["eprint"] = eprint
    if archive:
        extra["eprinttype"] = archive
    return ""


def _arxiv_elsewhere(doi: str, links: tuple[Link, ...]) -> str:
    places = (doi, *(link.url for link in links))
    return next(
        (
            named
            for place in places
            if "xiv" in place.lower() and (named := identifiers.arxiv_id_within(place))
        ),
        "",
    )


_LINK_FIELD = re.compile(rf"(url|eprint|howpublished|{'|'.join(LINK_KINDS)})(?:-\d+)?")
_URL_ESCAPE = re.compile(r"\\([%&#_~{}$])|\{\\([_%&#~])\}|\\textasciitilde(?:\{\})?")


def _verbatim(text: str) -> str:
    return _URL_ESCAPE.sub(lambda found: found[1] or found[2] or "~", text).strip() if text else ""


def _links(fields: Mapping[str, str]) -> tuple[Link, ...]:
    """The links of an entry in its order; a field that is named after a kind tells the kind."""
    found: dict[str, LinkKind | None] = {}
    for name, value in fields.items():
        if "://" in value and _holds_links(name):
            kind = next((kind for kind in LINK_KINDS if name.startswith(kind)), None)
            for address in _URL.findall(_verbatim(value)):
                url = address.rstrip(";,")
                found[url] = found.get(url) or kind
        elif name == "url" and _BARE_ADDRESS.fullmatch(value.strip()):
            found["https://" + _verbatim(value)] = None
    return tuple(Link(kind or _kind_of(url), url) for url, kind in found.items())


_PAPERS = ("https://doi.org/", "http://dx.doi.org/", "https://dx.doi.org/", "http://doi.org/")


def _kind_of(url: str) -> LinkKind:
    """The kind of a link that no field names; most addresses of a bibliography are DOIs."""
    return "paper" if url.startswith(_PAPERS) and "pdf" not in url.lower() else kind_of(url, "paper")


_URL = re.compile(r"https?://[^\s{}<>\"]+")
_BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s{}<>\"]*)?", re.IGNORECASE)


@lru_cache(maxsize=2_000)
def _holds_links(name: str) -> bool:
    return _LINK_FIELD.fullmatch(name) is not None


@lru_cache(maxsize=2_000)
def _is_extra(name: str) -> bool:
    """Whether a field's value belongs into ``extra``."""
    return not (name in tables.DIRECT or tables.is_readers_own(name) or _holds_links(name))


def _extra(entry: RawEntry, kind: str) -> dict[str, str]:
    """Every field no other part of the reference holds, under CSL's names where CSL has one."""
    extra: dict[str, str] = {}
    fields = entry.fields
    for name, value in fields.items():
        if not _is_extra(name):
            continue
        plain = tables.OTHER_NAMES.get(name, name)
        if plain != name and plain in fields:
            plain = name
        text = names_text(read_names(value)[0]) if name in tables.NAME_FIELDS else _line(value)
        if name == "type":
            text = tables.KEYWORDS_OF_TYPES.get(text, text)
        if text:
            extra.setdefault(tables.variable(plain, kind), _pages(text) if plain == "pages" else text)
    if entry.type in tables.GENRES:
        extra.setdefault("genre", tables.GENRES[entry.type])
    return extra


def _pages(text: str) -> str:
    return re.sub(r"\s*[–—]\s*|\s*--+\s*", "-", text)
