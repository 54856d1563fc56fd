"""RIS, as publishers and reference managers write it, read through rispy, and written for them.

rispy drops a record that no ``ER`` ends, so missing ones are put in first. Everything is sorted by
citekey on the way out, and what is the reader's own is never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, unquote

from notes_tui.errors import UnreadableFileError
from notes_tui.model import identifiers
from notes_tui.model.csl import date_parts, date_text, names_from_text, names_text
from notes_tui.model.format import Format
from notes_tui.model.imported import Imported, ImportedItem
from notes_tui.model.item import Attachment, Creator, Link, Note, Reference
from notes_tui.model.links import kind_of
from notes_tui.model.reading_list import Problem

_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "JFULL": "periodical", "CPAPER": "paper-conference", "CONF": "paper-conference", "BOOK": "book", "EBOOK": "book",
    "EDBOOK": "book", "CHAP": "chapter", "ECHAP": "chapter", "THES": "thesis", "RPRT": "report",
    "GOVDOC": "report", "COMP": "software", "DATA": "dataset", "AGGR": "dataset", "DBASE": "dataset",
    "ELEC": "webpage", "BLOG": "post-weblog", "ICOMM": "post", "UNPB": "article", "INPR": "article",
    "MANSCPT": "manuscript", "PAT": "patent", "STAND": "standard", "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary", "SLIDE": "speech", "VIDEO": "motion_picture", "MPCT": "motion_picture",
    "SOUND": "song", "MUSIC": "musical_score", "MAP": "map", "FIGURE": "figure", "ART": "graphic", "CASE": "legal_case",
    "BILL": "bill", "LEGAL": "legislation", "STAT": "legislation", "HEAR": "hearing", "PAMP": "pamphlet",
    "PCOMM": "personal_communication", "CLSWK": "classic", "ADVS": "motion_picture", "GEN": "document",
    "PREPRINT": "article",
}  # fmt: skip
_WRITTEN_TYPES = {csl: ris for ris, csl in reversed(_TYPES.items())}

_VARIABLES = {
    "VL": "volume", "IS": "issue", "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place",
    "ET": "edition", "T3": "collection-title", "J2": "container-title-short", "LA": "language", "M3": "genre",
    "CN": "call-number", "NV": "number-of-volumes", "SE": "section", "M1": "number", "M2": "note", "C2": "PMCID",
    "DB": "archive",
}  # fmt: skip
_WRITTEN_VARIABLES = {"PP": "CY"}
_NAMES = {"A2": "editor", "ED": "editor", "A3": "collection-editor", "A4": "translator", "TA": "translator"}
_TITLES, _VENUES = ("TI", "T1", "CT"), ("JF", "JO", "T2", "BT", "JA", "C3")
_TAGS = frozenset(
    (*_VARIABLES, *_NAMES, *_TITLES, *_VENUES, *(
        "TY ER AU A1 ST PY Y1 DA Y2 SP EP SN DO UR LK L1 L2 L4 AB N2 KW N1 RN ID LB AN AD C1 C4 C5 C6 C7 C8 CA DP "
        "OP RI RP TT U1 U2 U3 U4 U5 UK VO J1 PA"
    ).split())
)  # fmt: skip

# --- reading ------------------------------------------------------------------------------------------

_START = re.compile(r"^\s*TY {1,2}- ?", re.MULTILINE)
_LINE = re.compile(r"^\s*([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*)|$)")


def recognises(text: str) -> bool:
    """Whether a record begins at the beginning of a line."""
    return _START.search(text) is not None


def read(text: str, *, file: str = "") -> Imported:
    """Every record of a RIS file. Raises :class:`UnreadableFileError` where there is none."""
    import rispy

    lines, starts, problems = _repaired(text, file)
    if not starts and text.strip():
        raise UnreadableFileError(
            f"{file or 'the text'}: no RIS", hint="its records begin with a line `TY  - JOUR`"
        )
    mapping = {tag: tag for tag in _TAGS}
    records = rispy.loads(
        "\n".join(lines), mapping=mapping, list_tags=sorted(_TAGS), delimiter_tags_mapping={}
    )
    for record in records:
        record["TY"] = [record["TY"]]  # the one tag that rispy gives no list for
    items = [_imported(record, line) for record, line in zip(records, starts, strict=False)]
    problems += [
        Problem(file, item.line, f"“{item.reference.extra['doi']}” is no DOI")
        for item in items
        if "doi" in item.reference.extra
    ]
    lost = len(starts) - len(records)
    if lost:
        problems.append(Problem(file, None, f"{lost} records were not understood"))
    return Imported(file=file, items=tuple(items), problems=tuple(problems), refused=lost)


def _repaired(text: str, file: str) -> tuple[list[str], list[int], list[Problem]]:
    """The lines with every tag in standard form and every record ended, and where records begin."""
    lines: list[str] = []
    starts: list[int] = []
    problems: list[Problem] = []
    is_open = False
    standard = re.search(r"^TY  -", text, re.MULTILINE) is not None
    for number, line in enumerate(
        text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1
    ):
        found = _LINE.match(line)
        if found is None or not (line.lstrip()[2:5] == "  -" if standard else found[1] in _TAGS):
            lines.append(f" {line.strip()}")
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag == "TY":
            if is_open:
                problems.append(
                    Problem(file, starts[-1], "no ER line ends the record; it was taken all the same")
                )
                lines.append("ER  - ")
            starts.append(number)
            is_open = True
        elif tag == "ER":
            is_open = False
        lines.append(f"{tag}  - {value}")
    if is_open:
        problems.append(Problem(file, starts[-1], "no ER line ends the record; it was taken all the same"))
        lines.append("ER  - ")
    return lines, starts, problems


Record = Mapping[str, Sequence[str]]


def _imported(record: Record, line: int) -> ImportedItem:
    notes = [text for tag in ("N1", "RN") if (text := _paragraphs(record.get(tag, ())))]
    keywords = [word for text in record.get("KW", ()) for word in re.split(r"\s*;\s*", text)]
    return ImportedItem(
        reference=_reference(record),
        keywords=tuple(dict.fromkeys(filter(None, (" ".join(word.split()) for word in keywords)))),
        notes=(Note("", "\n\n".join(dict.fromkeys(notes))),) if notes else (),
        attachments=_files(record),
        line=line,
    )


def _reference(record: Record) -> Reference:
    kind = _TYPES.get(_first(record, "TY").upper(), "document")
    links = _links(record)
    written = _first(record, "DO")
    doi = identifiers.doi(written)
    title = _first(record, *_TITLES)
    venue = _first(record, *_VENUES)
    if not title and kind == "book":
        title, venue = venue, ""
    number = _first(record, "AN")
    year, issued = _dates(record)
    extra = _extra(record)
    if issued:
        extra["issued"] = issued
    if written and not doi:
        extra["doi"] = written
    named = (identifiers.arxiv_id_within(place) for place in (number, doi, *(link.url for link in links)))
    return Reference(
        citekey=_citekey(_first(record, "ID")),
        type=kind,
        title=title,
        title_short=_first(record, "ST"),
        creators=_people((*record.get("AU", ()), *record.get("A1", ()))),
        venue=venue,
        year=year,
        doi=doi or next(filter(None, (identifiers.doi_of_url(link.url) for link in links)), ""),
        arxiv=next(filter(None, named), ""),
        abstract=_paragraphs(record.get("AB") or record.get("N2") or ()),
        links=links,
        extra=dict(sorted(extra.items())),
    )


def _citekey(text: str) -> str:
    """The key of a record; a bare number is one that a program made for itself."""
    return "" if text.isdecimal() else "".join(text.split())


def _first(record: Record, *tags: str) -> str:
    """The text of the first of these tags that has any; lines that continue it belong to it."""
    for tag in tags:
        if text := " ".join(" ".join(record.get(tag, ())).split()):
            return text
    return ""


def _paragraphs(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


_BODIES = re.compile(
    r"\b(?:university|institute|inc|ltd|organi[sz]ation|group|consortium|team|association|committee|society|foundation"
    r"|laborator(?:y|ies)|cent(?:er|re)|council|department|agency|company|corporation|collaboration|project|press)\b",
    re.IGNORECASE,
)


def _people(names: Iterable[str]) -> tuple[Creator, ...]:
    return tuple(_person(" ".join(name.split())) for name in names if name.strip(" ,"))


def _person(name: str) -> Creator:
    family, comma, given = name.partition(",")
    given = " ".join(given.replace(",", " ").split())
    if comma:
        return Creator(family=family.strip(), given=given) if given else Creator(literal=family.strip())
    return Creator(literal=name) if _BODIES.search(name) else Creator.from_name(name)


def _dates(record: Record) -> tuple[int | None, str]:
    """The year, and the date where it says more."""
    texts = [text for tag in ("PY", "Y1", "DA") if (text := _first(record, tag))]
    years = [found for text in texts if (found := re.search(r"(?<!\d)\d{4}(?!\d)", text))]
    if not years:
        return None, texts[0] if texts else ""
    year = int(years[0][0])
    dates = [_iso(text) for text in texts]
    longest = max(dates, key=len, default="")
    return year, longest if len(longest) > 4 and longest.startswith(years[0][0]) else ""


def _iso(text: str) -> str:
    parts = [part for part in re.split(r"[/-]", text)[:3] if part.strip().isdecimal() and len(part) <= 4]
    return date_text(map(int, parts)) if parts and len(parts[0].strip()) == 4 else ""


def _links(record: Record) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    for tag in ("UR", "LK", "L1"):
        for text in record.get(tag, ()):
            for url in re.findall(r"https?://\S+?(?=;?\s|;\s*https?://|;?$)", text):
                links.setdefault(url, Link("pdf" if tag == "L1" else kind_of(url, "paper"), url))
    return tuple(links.values())


def _files(record: Record) -> tuple[Attachment, ...]:
    """Files of the record; ``internal-pdf:`` names one that only its own program finds."""
    paths: dict[str, Attachment] = {}
    for tag in ("L1", "L2", "L3", "L4"):
        for text in record.get(tag, ()):
            path = text.strip()
            if path.startswith("file://"):
                path = unquote(path.removeprefix("file://"))
            if re.search(r"\.\w{2,5}$", path) and not re.match(
                r"[a-z-]{2,}:|www\.|10\.\d", path, re.IGNORECASE
            ):
                kind = "pdf" if path.lower().endswith(".pdf") else "figure" if tag == "L4" else "file"
                paths.setdefault(path, Attachment(path, kind))
    return tuple(paths.values())


def _extra(record: Record) -> dict[str, str]:
    extra: dict[str, str] = {}
    for tag in record:
        if tag in _NAMES:
            extra.setdefault(_NAMES[tag], names_text(_people(record[tag])))
        elif tag == "Y2":
            extra["accessed"] = _iso(_first(record, tag)) or _first(record, tag)
        elif tag in _VARIABLES and (text := _first(record, tag)):
            extra.setdefault(_VARIABLES[tag], text)
    if start := _first(record, "SP"):
        end = _first(record, "EP")
        extra["page"] = f"{start}-{end}" if end and end != start and "-" not in start else start
    for number in record.get("SN", ()):
        is_issn = re.fullmatch(r"\d{4}-?\d{3}[\dXx](?:\s.*)?", number.strip())
        extra.setdefault("ISSN" if is_issn else "ISBN", " ".join(number.split()))
    if keywords := "; ".join(filter(None, (" ".join(word.split()) for word in record.get("KW", ())))):
        extra["keyword"] = keywords
    number = _first(record, "AN")
    if number and not identifiers.arxiv_id_within(number):
        extra["accession-number"] = number
    return {name: text for name, text in extra.items() if text}


# --- writing ------------------------------------------------------------------------------------------


def write(references: Iterable[Reference]) -> str:
    """A RIS file of the references."""
    ordered = sorted(references, key=lambda reference: (reference.citekey.lower(), reference.citekey))
    return "\n".join(_record(reference) for reference in ordered)


def _record(reference: Reference) -> str:
    lines = [("TY", _WRITTEN_TYPES.get(reference.type, "GEN")), ("ID", reference.citekey)]
    lines += [("AU", _name(creator)) for creator in reference.creators if creator.name]
    lines += [("TI", reference.title), ("ST", reference.title_short), ("T2", reference.venue)]
    lines += [("PY", "" if reference.year is None else f"{reference.year:04d}"), ("DA", _date(reference))]
    lines += list(_extra_lines(reference.extra))
    lines += [("DO", reference.doi), ("AN", f"arXiv:{reference.arxiv}" if reference.arxiv else "")]
    lines += [("L1" if link.kind == "pdf" else "UR", _address(link.url)) for link in reference.links]
    abstract = re.sub(r"\n\s*", "\n      ", reference.abstract.strip())
    written = [f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines if value.strip()]
    return "".join([*written, f"AB  - {abstract}\n" if abstract else "", "ER  - \n"])


def _address(url: str) -> str:
    """An address without spaces; a semicolon at its end would be taken for the sign between two of them."""
    return re.sub(r";+$", lambda found: quote(found[0]), url.strip().replace(" ", "%20"))


def _name(creator: Creator) -> str:
    if creator.literal or not (creator.family and creator.given):
        name = creator.name.replace(",", " ")
        return name if " " not in name or _BODIES.search(name) else f"{name},"
    return f"{creator.family.replace(',', ' ')}, {creator.given}"


def _date(reference: Reference) -> str:
    parts = date_parts(reference.extra.get("issued", ""))
    if len(parts) < 2 or parts[0] != reference.year:
        return ""
    return "/".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])]) + (
        "/" if len(parts) == 2 else ""
    )


def _extra_lines(extra: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for tag in ("A2", "A3", "A4"):
        for creator in names_from_text(extra.get(_NAMES[tag], "")):
            yield tag, _name(creator)
    for tag, variable in _VARIABLES.items():
        if tag not in _WRITTEN_VARIABLES:
            yield tag, extra.get(variable, "")
    start, _, end = extra.get("page", "").partition("-")
    yield "SP", start
    yield "EP", end
    yield "SN", extra.get("ISBN", "")
    yield "SN", extra.get("ISSN", "")
    yield "Y2", extra.get("accessed", "").replace("-", "/")
    for word in extra.get("keyword", "").split("; "):
        yield "KW", word
    if "accession-number" in extra:
        yield "AN", extra["accession-number"]


FORMAT = Format(
    name="ris",
    suffixes=(".ris",),
    help="RIS, as publishers and reference managers write it",
    read=read,
    write=write,
    recognises=recognises,
)
