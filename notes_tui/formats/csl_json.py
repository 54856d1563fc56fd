"""CSL-JSON: what citation processors and reference managers exchange.

What CSL has no variable for stands under ``custom``, as the CSL schema allows: the arXiv id, the links
with their kinds, linked items, and whatever else a reference carries. Sorted by citekey, the same
references give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from notes_tui.errors import UnreadableFileError
from notes_tui.model import identifiers
from notes_tui.model.csl import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    TEXT_VARIABLES,
    date_parts,
    date_text,
    names_from_text,
    names_text,
)
from notes_tui.model.format import Format
from notes_tui.model.imported import Imported, ImportedItem
from notes_tui.model.item import CSL_TYPES, LINK_KINDS, Creator, Link, Note, Reference
from notes_tui.model.links import kind_of
from notes_tui.model.reading_list import Problem
from notes_tui.model.text import storable

# --- writing ------------------------------------------------------------------------------------------


def write(references: Iterable[Reference]) -> str:
    """A CSL-JSON file of the references. What is the reader's own is never written."""
    ordered = sorted(references, key=lambda reference: (reference.citekey.lower(), reference.citekey))
    return json.dumps([_data(reference) for reference in ordered], ensure_ascii=False, indent=2) + "\n"


def _data(reference: Reference) -> dict[str, object]:
    extra = dict(sorted(reference.extra.items()))
    issued = extra.pop("issued", "")
    if not (date_parts(issued)[:1] == (reference.year,) or (issued and reference.year is None)):
        issued = "" if reference.year is None else f"{reference.year:04d}"
    main = next((link.url for link in reference.links if link.kind == "paper"), "")
    main = main or (reference.links[0].url if reference.links else "")
    custom = {
        "arxiv": reference.arxiv,
        "links": [link.as_dict() for link in reference.links if not _goes_without_saying(link, main)],
        "related": list(reference.related),
        "extra": {name: value for name, value in extra.items() if not _is_variable(name)},
    }
    data: dict[str, object] = {
        "id": reference.citekey,
        "type": reference.type if reference.type in CSL_TYPES else "document",
        "title": reference.title,
        "title-short": reference.title_short,
        "author": [_name(creator) for creator in reference.creators if creator.name],
        "container-title": reference.venue,
        "issued": _date(issued),
        "DOI": reference.doi,
        "URL": main,
        "abstract": reference.abstract,
        **{name: _value(name, value) for name, value in extra.items() if _is_variable(name)},
        "custom": _filled(custom),
    }
    return _filled(data)


def _goes_without_saying(link: Link, main: str) -> bool:
    """Whether a link is read back from ``URL`` alone, its kind too."""
    return link == Link("paper", main) and kind_of(main, "paper") == "paper"


def _filled(data: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}


def _is_variable(name: str) -> bool:
    return name in TEXT_VARIABLES or name in NAME_VARIABLES or name in DATE_VARIABLES


def _value(name: str, value: str) -> object:
    if name in NAME_VARIABLES:
        return [_name(creator) for creator in names_from_text(value)]
    return _date(value) if name in DATE_VARIABLES else value


def _name(creator: Creator) -> dict[str, object]:
    return _filled(creator.as_dict())


def _date(text: str) -> object:
    if not text:
        return None
    parts = date_parts(text)
    return {"date-parts": [list(parts)]} if parts and date_text(parts) == text else {"literal": text}


# --- reading ------------------------------------------------------------------------------------------

_OWN_KEYS = frozenset(
    "id citation-key citekey type title title-short shortTitle author container-title issued DOI URL abstract custom "
    "note keyword annote system_id".split()
)


def recognises(text: str) -> bool:
    """Whether a text is a JSON list of objects that have a type, or an object that holds such a list."""
    beginning = text.lstrip("\ufeff \t\n")
    if '"itemType"' in beginning or '"target"' in beginning:
        return False  # what Zotero or the Web Annotation Data Model calls things
    return bool(re.match(r"\[\s*(?:\]|\{)|\{\s*\"(?:items|references)\"\s*:\s*\[", beginning)) and (
        '"type"' in beginning or beginning.rstrip() == "[]" or '"title"' in beginning
    )


def read(text: str, *, file: str = "") -> Imported:
    """Every reference of a CSL-JSON file. Raises :class:`UnreadableFileError` where it is none."""
    try:
        whole = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(
            f"{file or 'the text'}: {error}", hint="the JSON is broken there"
        ) from error
    if isinstance(whole, dict):
        whole = next(
            (whole[key] for key in ("items", "references") if isinstance(whole.get(key), list)), [whole]
        )
    if not isinstance(whole, list):
        raise UnreadableFileError(f"{file or 'the text'}: no CSL-JSON", hint="it is a list of references")
    problems: list[Problem] = []
    faults: list[Problem] = []
    items: list[ImportedItem] = []
    for number, data in enumerate(whole, 1):
        if isinstance(data, dict) and (data.keys() & _OWN_KEYS):
            items.append(_imported(data))
            if (written := _text(data.get("DOI")).strip()) and not identifiers.doi(written):
                faults.append(Problem(file, None, f"“{written}” of reference {number} is no DOI"))
        else:
            problems.append(Problem(file, None, f"reference {number} is no CSL reference"))
    return Imported(file=file, items=tuple(items), problems=(*problems, *faults), refused=len(problems))


def _imported(data: Mapping[str, Any]) -> ImportedItem:
    keywords = re.split(r"\s*[;,]\s*", _text(data.get("keyword")))
    annotation = _text(data.get("annote"))
    return ImportedItem(
        reference=_reference(data),
        keywords=tuple(dict.fromkeys(filter(None, (" ".join(word.split()) for word in keywords)))),
        notes=(Note("", annotation),) if annotation else (),
    )


def _reference(data: Mapping[str, Any]) -> Reference:
    custom = _object(data.get("custom"))
    extra = _extra(data, custom)
    note, noted = _noted_fields(_text(data.get("note")))
    if note:
        extra["note"] = note
    for name, value in noted.items():
        if name not in ("DOI", "arxiv"):
            extra.setdefault(name, value)
    issued = _read_date(data.get("issued"))
    year = re.search(r"(?<!\d)\d{4}(?!\d)", issued)
    if issued and not (year and issued == year[0]):
        extra["issued"] = issued
    links = _links(data, custom)
    written = _text(data.get("DOI")) or noted.get("DOI", "")
    doi = identifiers.doi(written)
    if written.strip() and not doi:
        extra["doi"] = written
    kind = _text(data.get("type"))
    return Reference(
        citekey=_citekey(data),
        type=kind if kind in CSL_TYPES else "document",
        title=_line(data.get("title")),
        title_short=_line(data.get("title-short") or data.get("shortTitle")),
        creators=tuple(_creators(data.get("author"))),
        venue=_line(data.get("container-title")),
        year=int(year[0]) if year else None,
        doi=doi or next(filter(None, (identifiers.doi_of_url(link.url) for link in links)), ""),
        arxiv=_arxiv(data, custom, noted, doi, links),
        abstract=_text(data.get("abstract")).strip(),
        links=links,
        extra=dict(sorted(extra.items())),
        related=tuple(_text(key) for key in _listed(custom.get("related"))),
    )


_NO_CITEKEY = re.compile(
    r"\d+|.*://.*|\d+/\w{8}|[0-9a-f]{8}-[0-9a-f-]{27}|ITEM-\d+", re.IGNORECASE | re.DOTALL
)
"""Ids that a program made for itself: numbers, addresses, UUIDs."""


def _citekey(data: Mapping[str, Any]) -> str:
    own = _text(data.get("citation-key") or data.get("citekey"))
    made = _text(data.get("id")).strip()
    return own or ("" if _NO_CITEKEY.fullmatch(made) else made)


def _text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    return storable(value) if isinstance(value, str) else ""


def _line(value: object) -> str:
    text = _text(value[0] if isinstance(value, list) and value else value)
    while (plain := _MARKED.sub(r"\2", text)) != text:
        text = plain
    return " ".join(text.split())


_MARKED = re.compile(r"<(i|b|sub|sup|span)(?: [^<>]*)?>([^<>]*)</\1>")
"""Rich text as CSL has it in titles."""


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _creators(value: object) -> Iterable[Creator]:
    for name in _listed(value):
        if isinstance(name, str):
            yield Creator.from_name(storable(name))
        elif isinstance(name, dict):
            creator = Creator.from_dict({key: _line(part) for key, part in name.items()})
            if creator.name:
                yield creator


def _read_date(value: object) -> str:
    if isinstance(value, str | int):
        return _line(value)
    if not isinstance(value, dict):
        return ""
    parts = _listed(value.get("date-parts"))
    dates = [_date_of_parts(part) for part in parts if isinstance(part, list)]
    if any(dates):
        return "/".join(dates)
    return _line(value.get("literal") or value.get("raw"))


def _date_of_parts(parts: list[object]) -> str:
    numbers = [int(_text(part)) for part in parts[:3] if re.fullmatch(r"-?\d{1,4}", _text(part))]
    return date_text(numbers) if numbers and numbers[0] > 0 else ""


def _extra(data: Mapping[str, Any], custom: Mapping[str, Any]) -> dict[str, str]:
    extra: dict[str, str] = {}
    for name, value in data.items():
        if name in _OWN_KEYS:
            continue
        if name in NAME_VARIABLES:
            text = names_text(_creators(value))
        elif name in DATE_VARIABLES:
            text = _read_date(value)
        else:
            text = _line(value)
        if text:
            extra[storable(name)] = text
    for name, value in _object(custom.get("extra")).items():
        if isinstance(value, str) and value:
            extra[storable(name)] = storable(value)
    if keyword := _text(data.get("keyword")):
        extra["keyword"] = keyword
    return extra


_NOTED = re.compile(r"^\s*([A-Za-z][A-Za-z -]{1,30})\s*:\s*(.+?)\s*$")
_NOTED_NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "arxiv": "arxiv", "tex.eprint": "arxiv"}


def _noted_fields(note: str) -> tuple[str, dict[str, str]]:
    """The note without the identifiers that reference managers keep on lines of it, and those."""
    kept: list[str] = []
    found: dict[str, str] = {}
    for line in note.split("\n"):
        field = _NOTED.match(line)
        name = _NOTED_NAMES.get(field[1].lower()) if field else None
        if field and name:
            found[name] = field[2]
        else:
            kept.append(line)
    return "\n".join(kept).strip(), found


def _arxiv(
    data: Mapping[str, Any],
    custom: Mapping[str, Any],
    noted: Mapping[str, str],
    doi: str,
    links: Iterable[Link],
) -> str:
    own = identifiers.arxiv_id(_text(custom.get("arxiv")) or noted.get("arxiv", ""))
    places = (_text(data.get("number")), doi, *(link.url for link in links))
    return own or next(filter(None, map(identifiers.arxiv_id_within, places)), "")


def _links(data: Mapping[str, Any], custom: Mapping[str, Any]) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    main = _text(data.get("URL")).strip()
    for part in _listed(custom.get("links")):
        if isinstance(part, dict) and (url := _text(part.get("url")).strip()):
            kind = next((known for known in LINK_KINDS if known == part.get("kind")), kind_of(url))
            links.setdefault(url, Link(kind, url))
    if main and main not in links:
        links = {main: Link(kind_of(main, "paper"), main)} | links
    return tuple(links.values())


FORMAT = Format(
    name="csl-json",
    suffixes=(".json", ".csljson"),
    help="CSL-JSON, as citation processors and reference managers exchange it",
    read=read,
    write=write,
    recognises=recognises,
)
