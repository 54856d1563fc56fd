"""KOReader's exports of highlights: JSON and Markdown, of one document or of all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.koreader.marks import (
    COLORS,
    KINDS,
    PAGED,
    iso_of,
    numbered,
    page_of,
    reference_of,
    seconds,
    text_of,
)
from notes_tui.model.item import AnnotationKind
from notes_tui.model.marked import Mark, Marked, MarkedWork
from notes_tui.model.reading_list import Problem
from notes_tui.model.text import storable

# --- JSON ---------------------------------------------------------------------------------------------

_JSON = re.compile(r"\s*\ufeff?\s*[\[{]")


def is_json(text: str) -> bool:
    """Whether the beginning of a text is JSON with the names of this export."""
    if not _JSON.match(text) or '"entries"' not in text:
        return False
    return any(word in text for word in ('"created_on"', '"number_of_pages"', '"drawer"', '"sort"'))


def read_json(data: object, file: str) -> Marked:
    """The documents of an export. Raises :class:`UnreadableFileError` where it has another shape."""
    whole = data if isinstance(data, dict) else {"documents": data}
    documents = whole.get("documents", [whole])
    problems: list[Problem] = []
    works: list[MarkedWork] = []
    for each in documents if isinstance(documents, list) else ():
        if isinstance(each, dict) and isinstance(each.get("entries"), list):
            works.append(_work(each, problems, file))
        else:
            problems.append(Problem(file, None, "a document has no entries"))
    if not works:
        raise UnreadableFileError(
            f"{file or 'the text'}: no export of KOReader", hint="export highlights as JSON"
        )
    return Marked(source="koreader", works=tuple(works), problems=tuple(problems), refused=len(problems))


def _work(data: Mapping[str, Any], problems: list[Problem], file: str) -> MarkedWork:
    path = text_of(data.get("file"))
    is_paged = not path or path.lower().endswith(PAGED)
    title = storable(text_of(data.get("title")))
    before = len(problems)
    marks: list[Mark] = []
    for number, row in enumerate(data["entries"], 1):
        if isinstance(row, dict):
            marks.append(_mark(row, is_paged))
        else:
            problems.append(Problem(file, None, f"entry {number} of “{title}” is no object"))
    return MarkedWork(
        reference=reference_of(title, storable(text_of(data.get("author")))), path=storable(path),
        digests={"partial-md5": text_of(data["md5sum"])} if data.get("md5sum") else {}, marks=numbered(marks),
        is_complete=len(problems) == before,
    )  # fmt: skip


def _mark(row: Mapping[str, Any], is_paged: bool) -> Mark:
    quote, comment = text_of(row.get("text")), text_of(row.get("note"))
    if row.get("sort") in ("bookmark", "note") and not row.get("drawer") and not comment:
        quote, comment = "", quote
    when = _second(row.get("time"))
    page = page_of(row.get("page"))
    return Mark(
        id=when, kind=KINDS.get(text_of(row.get("drawer")), "highlight") if quote else "note",
        page=page if is_paged else None,
        page_label="" if page and is_paged else storable(text_of(row.get("page"))),
        quote=storable(" ".join(quote.split())), comment=storable(comment),
        color=COLORS.get(text_of(row.get("color")), ""), created=iso_of(when),
        heading=storable(text_of(row.get("chapter"))),
    )  # fmt: skip


def _second(value: object) -> str:
    """A time in seconds since 1970 on the clock of this machine."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return ""
    try:
        return seconds(datetime.fromtimestamp(value))
    except (ValueError, OverflowError, OSError):
        return ""


# --- Markdown -----------------------------------------------------------------------------------------

_PLACE = re.compile(
    r"### [^\d\n]*(?P<page>\d+)\s+@\s+(?P<when>\d{1,2} .+? \d{4} \d{1,2}:\d\d:\d\d(?: [AaPp][Mm])?)\s*\Z"
)
_HEAD = re.compile(r"# (?P<title>[^\n]+)\n+##### (?P<author>[^\n]*)", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(<?file://[^)]*\)\s*\Z")
_MARKS: tuple[tuple[str, str, AnnotationKind], ...] = (
    ("**_", "_**", "highlight"), ("**", "**", "highlight"), ("==", "==", "highlight"),
    ("++", "++", "underline"), ("<u>", "</u>", "underline"), ("~~", "~~", "strikeout"), ("*", "*", "highlight"),
)  # fmt: skip
"""How the export marks words, by the reader's choice for each kind."""


def is_markdown(text: str) -> bool:
    """Whether a text has a title, an author and a mark with page and time as this export writes them."""
    lines = text.lstrip("\ufeff").splitlines()
    return bool(_HEAD.search(text)) and any(_PLACE.match(line) for line in lines)


def read_markdown(text: str, file: str) -> Marked:
    """The documents of an export. Raises :class:`UnreadableFileError` where it has another shape."""
    works: list[MarkedWork] = []
    text = text.lstrip("\ufeff")
    heads = list(_HEAD.finditer(text))
    for number, head in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        marks = numbered(_marks_of(text[head.end() : end].splitlines()))
        if marks:
            reference = reference_of(storable(head["title"]), storable(head["author"].replace(", ", "\n")))
            works.append(MarkedWork(reference=reference, marks=marks))
    if not works:
        raise UnreadableFileError(
            f"{file or 'the text'}: no export of KOReader", hint="export highlights as Markdown"
        )
    return Marked(source="koreader", works=tuple(works))


def _marks_of(lines: Sequence[str]) -> Iterator[Mark]:
    heading = ""
    place: re.Match[str] | None = None
    body: list[str] = []
    for line in (*lines, "## "):
        found = _PLACE.match(line)
        if found or re.match(r"##? ", line):
            if place is not None:
                yield _marked(place, body, heading)
            place, body = found, []
            heading = heading if found else line.lstrip("# ").strip()
        else:
            body.append(line)


def _marked(place: re.Match[str], body: list[str], heading: str) -> Mark:
    while body and (not body[-1].strip() or _LINK.match(body[-1].strip())):
        body.pop()
    cut = next((number for number, line in enumerate(body) if line.strip() == "---"), len(body))
    words = " ".join(" ".join(body[:cut]).split())
    comment = "\n".join(body[cut + 1 :]).strip()
    quote, kind = _unmarked(words)
    when = _written(place["when"])
    return Mark(
        id=when, kind=kind if quote else "note", page=page_of(place["page"]), quote=storable(quote),
        comment=storable(comment), created=iso_of(when), heading=storable(heading),
    )  # fmt: skip


def _unmarked(words: str) -> tuple[str, AnnotationKind]:
    for before, after, kind in _MARKS:
        if len(words) > len(before) + len(after) and words.startswith(before) and words.endswith(after):
            return words[len(before) : -len(after)], kind
    return words, "highlight"


def _written(text: str) -> str:
    for form in ("%d %B %Y %I:%M:%S %p", "%d %B %Y %H:%M:%S"):
        try:
            return seconds(datetime.strptime(text, form))
        except ValueError:
            continue
    return ""
