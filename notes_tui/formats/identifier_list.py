"""Plain lists of identifiers: arXiv ids, DOIs and addresses, one or several a line, with or without a title.

Text beside an identifier is the title of its work where there is one identifier in the line; a line that
begins with ``#`` or ``%`` is a remark.
"""

from __future__ import annotations

import re

from notes_tui.errors import UnreadableFileError
from notes_tui.model import identifiers
from notes_tui.model.format import Format
from notes_tui.model.imported import Imported, ImportedItem
from notes_tui.model.item import Link, Reference
from notes_tui.model.links import arxiv_in, doi_in, kind_of
from notes_tui.model.reading_list import Problem

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_DOI = re.compile(r"(?:doi\s*[:.]?\s*)?(10\.\d{4,9}/[^\s\"<>;,]+)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:arxiv\s*[:.]?\s*)?(?<![\w./])(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?(?![\w/])(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*(?:#|%|//)")
_BULLET = re.compile(r"^\s*(?:[-*+•]|\(?\d{1,4}[.)])\s+")
_BARE = 0.6
"""The part of lines that must be an identifier and nothing else: a text with titles is rather a reading list."""


def recognises(text: str) -> bool:
    """Whether most lines are an identifier, and the text begins like none of the other formats."""
    if text.lstrip("\ufeff \t\n")[:1] in ("{", "[", "@", "<", ""):
        return False
    lines = [line for line in text.split("\n")[:200] if line.strip() and not _REMARK.match(line)]
    bare = sum(bool(_found(line)) and not _title(line) for line in lines)
    return bool(lines) and bare >= _BARE * len(lines) and "](http" not in text


def read(text: str, *, file: str = "") -> Imported:
    """The works of a list. Raises :class:`UnreadableFileError` where no line names one."""
    items: list[ImportedItem] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.lstrip("\ufeff").replace("\r\n", "\n").split("\n"), 1):
        if not line.strip() or _REMARK.match(line):
            continue
        found = _found(line)
        title = _title(line) if len(found) == 1 else ""
        items += [_item(name, title, number) for name in found]
        if not found:
            message = f"no arXiv id, DOI or address: {' '.join(line.split())[:80]}"
            problems.append(Problem(file, number, message))
    if not items and problems:
        raise UnreadableFileError(
            f"{file or 'the text'}: no line names an arXiv id, a DOI or an address", hint="put one a line"
        )
    return Imported(file=file, items=tuple(items), problems=tuple(problems), refused=len(problems))


def _found(line: str) -> list[str]:
    """The identifiers of a line in its order: addresses whole, then what stands outside of them."""
    found: list[tuple[int, str]] = []

    def keep(match: re.Match[str]) -> str:
        found.append(
            (match.start(), match[0].rstrip(").,;>]}'") if match[0][:4].lower() == "http" else match[1])
        )
        return " " * len(match[0])

    for pattern in (_ADDRESS, _DOI, _ARXIV):
        line = pattern.sub(keep, line)
    return [name for _, name in sorted(found)]


def _title(line: str) -> str:
    """What a line says besides its identifier; nothing where that is a number or a single short word."""
    for pattern in (_ADDRESS, _DOI, _ARXIV):
        line = pattern.sub(" ", line)
    words = " ".join(re.sub(r"[(\[<]\s*[)\]>]", " ", _BULLET.sub("", line)).split()).strip(" -–—|:,;\t\"'")
    return words if len(re.findall(r"[^\W\d_]{2,}", words)) > 1 else ""


def _item(name: str, title: str, line: int) -> ImportedItem:
    is_address = name[:4].lower() == "http"
    arxiv = arxiv_in(name) if is_address else identifiers.arxiv_id(name)
    doi = "" if arxiv else doi_in(name) if is_address else identifiers.doi(name)
    arxiv = arxiv or identifiers.arxiv_id_within(doi)
    url = name if is_address else f"https://arxiv.org/abs/{arxiv}" if arxiv else f"https://doi.org/{doi}"
    kind = kind_of(url, "paper")
    reference = Reference(
        type="software" if kind == "code" else "article",
        title=title,
        venue="arXiv" if arxiv else "",
        doi=doi,
        arxiv=arxiv,
        links=(Link(kind, url),),
    )
    stand_in = (
        f"arXiv:{arxiv}" if arxiv else f"doi:{doi}" if doi else re.sub(r"^https?://(www\.)?|/$", "", url)
    )
    return ImportedItem(reference=reference, stand_in="" if title else stand_in, line=line)


FORMAT = Format(
    name="ids",
    suffixes=(".ids",),
    help="a plain list of arXiv ids, DOIs and addresses",
    read=read,
    recognises=recognises,
)
