"""The settings KOReader keeps of a document: ``metadata.pdf.lua`` in a folder ``NAME.sdr`` beside it.

Since 2024 marks stand under ``annotations``. Before, the marked words stood under ``highlight`` by page, and
what was typed under ``bookmarks``; the second in which both were made joins them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.koreader.lua import LuaSyntaxError, parse
from notes_tui.formats.koreader.marks import (
    COLORS,
    KINDS,
    PAGED,
    iso_of,
    numbered,
    page_of,
    reference_of,
    text_of,
)
from notes_tui.model.marked import Mark, Marked, MarkedWork
from notes_tui.model.reading_list import Problem
from notes_tui.model.text import storable

_BEGINNING = re.compile(r"\s*(?:--[^\n]*\n\s*)*return\s*\{")
_SETTINGS = frozenset(
    "doc_path doc_props annotations bookmarks highlight stats partial_md5_checksum percent_finished".split()
)
_OWN_WORDS = re.compile(rf'\["(?:{"|".join(sorted(_SETTINGS))})"\]\s*=')
_AUTOMATIC = re.compile(r"Page .{0,20}?\d+ .*@ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\Z", re.DOTALL)
"""What old versions wrote for a mark nobody commented."""


def is_table(text: str) -> bool:
    """Whether a text begins as a file of Lua that gives a table."""
    return bool(_BEGINNING.match(text.lstrip("\ufeff")))


def recognises(text: str) -> bool:
    """Whether a text is a table of Lua with the names of these settings."""
    return is_table(text) and bool(_OWN_WORDS.search(text))


def read(text: str, file: str) -> Marked:
    """The document of a settings file. Raises :class:`UnreadableFileError` with the line that is no Lua."""
    name = file or "the text"
    try:
        data = parse(text.lstrip("\ufeff"))
    except LuaSyntaxError as error:
        raise UnreadableFileError(
            f"{name}:{error.line}: {error}", hint="the file is damaged there"
        ) from error
    if not isinstance(data, dict) or not data.keys() & _SETTINGS:
        raise UnreadableFileError(
            f"{name}: no settings of KOReader", hint="its files are called metadata.*.lua"
        )
    problems: list[Problem] = []
    path = _text(data, "doc_path")
    is_paged = (path or file.removesuffix(".lua").removesuffix(".old")).lower().endswith(PAGED)
    marks = numbered(_marks(data, is_paged, problems, file))
    checksum = _text(data, "partial_md5_checksum")
    props = {**_table(data, "stats"), **_table(data, "doc_props")}
    work = MarkedWork(
        reference=reference_of(storable(_text(props, "title")), storable(_text(props, "authors"))),
        path=storable(path), digests={"partial-md5": checksum} if checksum else {}, marks=marks,
        is_complete=not problems,
    )  # fmt: skip
    return Marked(source="koreader", works=(work,), problems=tuple(problems), refused=len(problems))


def _table(data: Mapping[Any, Any], name: str) -> Mapping[Any, Any]:
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def _text(data: Mapping[Any, Any], name: str) -> str:
    return text_of(data.get(name))


def _rows(table: Mapping[Any, Any]) -> Iterator[Any]:
    """The values of a table in the order of its numbers."""
    yield from (table[key] for key in sorted(key for key in table if isinstance(key, (int, float))))


def _marks(data: Mapping[Any, Any], is_paged: bool, problems: list[Problem], file: str) -> Iterator[Mark]:
    rows = list(_rows(_table(data, "annotations"))) or list(_old_rows(data))
    for row in rows:
        if isinstance(row, dict):
            yield _mark(row, is_paged)
        else:
            problems.append(Problem(file, None, "a mark is no table"))


def _mark(row: Mapping[Any, Any], is_paged: bool) -> Mark:
    quote, comment, when = _text(row, "text"), _text(row, "note"), _text(row, "datetime")
    if not any(row.get(name) for name in ("pos0", "drawer", "color")):
        quote, comment = _bookmarked(quote, comment)
    number = page_of(row.get("page")) or page_of(row.get("pageno"))
    label = _text(row, "pageref") or ("" if is_paged else _text(row, "pageno"))
    return Mark(
        id=when, kind=KINDS.get(_text(row, "drawer"), "highlight") if quote else "note",
        page=number if is_paged else None, page_label=storable(label),
        quote=storable(" ".join(quote.split())), comment=storable(comment),
        color=COLORS.get(_text(row, "color"), ""), created=iso_of(when), modified=iso_of(_text(row, "datetime_updated")),
        heading=storable(_text(row, "chapter")),
    )  # fmt: skip


def _bookmarked(text: str, note: str) -> tuple[str, str]:
    """Words and remark of a place that was marked whole; its text is the chapter's name unless somebody typed it."""
    if text.startswith("in "):
        return "", note
    return (text, note) if note else ("", text)


def _old_rows(data: Mapping[Any, Any]) -> Iterator[dict[Any, Any]]:
    """Marks of the older form in the newer one."""
    typed = {_text(row, "datetime"): row for row in _rows(_table(data, "bookmarks")) if isinstance(row, dict)}
    pages = _table(data, "highlight")
    for page in sorted(key for key in pages if isinstance(key, (int, float))):
        for row in _rows(pages[page] if isinstance(pages[page], dict) else {}):
            if not isinstance(row, dict):
                continue
            beside = typed.pop(_text(row, "datetime"), {})
            words = _text(row, "text")
            said = _text(beside, "text")
            note = "" if said == words or _AUTOMATIC.match(said) else said
            yield {"page": page, "pageno": page, "drawer": "lighten", "note": note, **row}
    for row in typed.values():
        said = _text(row, "text")
        if not row.get("highlighted"):
            yield {**row, "text": "", "note": "" if _AUTOMATIC.match(said) else said or _text(row, "notes")}
