"""A BibTeX file taken apart: entries with plain LaTeX fields, comments, and what could not be read.

``splitting`` cuts the text and keeps what failed with its line. Delimiters, ``@string`` names and ``#``
are resolved here, and a missing comma between two fields is mended; inheritance through
``crossref`` and ``xdata`` is a second step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from notes_tui.formats.bibtex.splitting import Block, cut
from notes_tui.model.reading_list import Problem

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NO_ENTRIES = frozenset(("xdata", "set", "ieeetranbstctl", "control", "bibnote"))
_JOINED_WHERE_REPEATED = {"author": " and ", "editor": " and ", "keywords": ", ", "groups": ", "}


@dataclass(slots=True)
class RawEntry:
    """One entry: type and field names in lower case, values as LaTeX without delimiters."""

    type: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Blocks:
    """What a file holds, in its order."""

    entries: list[RawEntry] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    """Of the problems, how many are blocks that were not taken."""


def split(text: str, file: str) -> Blocks:
    """Take a file apart. Entries that only lend fields to others (``@xdata``) are not among the entries."""
    result = Blocks()
    strings = {name: name for name in MONTHS}
    whole = cut(_without_overlong_lines(text, file, result.problems), file)
    entries: list[Block] = []
    for block in whole.blocks:
        if block.type == "string":
            strings[block.key.lower()] = _value(block.content, strings)[0][:_LONGEST_STRING]
        elif block.type == "comment":
            result.comments.append(block.content)
        else:
            entries.append(block)
    result.problems += whole.refused
    result.refused = len(result.problems)
    lenders: list[RawEntry] = []
    for block in entries:
        entry = _raw_entry(block, strings, file, result.problems)
        (lenders if entry.type in _NO_ENTRIES else result.entries).append(entry)
    _inherit(result.entries, [*result.entries, *lenders])
    return result


_LONGEST_LINE = 1_000_000
"""Characters of a line that may be part of an entry; what is longer was not written for a bibliography."""


def _without_overlong_lines(text: str, file: str, problems: list[Problem]) -> str:
    lines = text.split("\n") if len(text) > _LONGEST_LINE else []
    if max(map(len, lines), default=0) <= _LONGEST_LINE:
        return text
    for number, line in enumerate(lines):
        if len(line) > _LONGEST_LINE:
            message = f"a line of {len(line):,} characters is not taken: {line[:60]}…"
            problems.append(Problem(file, number + 1, message))
            lines[number] = ""
    return "\n".join(lines)


_LONGEST_STRING = 10_000
"""Characters of an ``@string`` that are kept: strings made of strings could grow without end."""
_FIELD_NAME = re.compile(r"[\w:+./-]+$")


def _raw_entry(block: Block, strings: Mapping[str, str], file: str, problems: list[Problem]) -> RawEntry:
    entry = RawEntry(block.type, block.key, block.line)
    fields = entry.fields
    for written, latex, line, is_raw in block.parts:
        if not is_raw:
            key = written.lower()
            if key in fields:
                _keep(fields, key, latex)
            else:
                fields[key] = latex
            continue
        name = _FIELD_NAME.search(written)
        if name is None or written.rsplit("\n", 1)[-1].lstrip().startswith("%"):
            continue
        value, rest = _value(latex, strings)
        _keep(fields, name[0].lower(), value)
        while rest:
            follower = _FOLLOWER.match(rest)
            if follower is None:
                problems.append(Problem(file, line, f"not understood: {rest[:60]}"))
                break
            problems.append(Problem(file, line, f"a comma is missing before “{follower[1]}”"))
            value, rest = _value(rest[follower.end() :], strings)
            _keep(fields, follower[1].lower(), value)
    return entry


_FOLLOWER = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*")


def _keep(fields: dict[str, str], name: str, value: str) -> None:
    """Keep a field; of one that stands twice both values are kept."""
    if name not in fields or not fields[name].strip():
        fields[name] = value
    elif name in _JOINED_WHERE_REPEATED:
        fields[name] += _JOINED_WHERE_REPEATED[name] + value
    elif fields[name] != value and value.strip():
        number = 2
        while f"{name}-{number}" in fields:
            number += 1
        fields[f"{name}-{number}"] = value


_PART = re.compile(r"[^\s#{}\",]+")
_BRACES = re.compile(r"(?<!\\)[{}]")


def _value(raw: str, strings: Mapping[str, str]) -> tuple[str, str]:
    """A field's value without delimiters, and what stands behind it that is no part of it."""
    if raw[:1] == "{" and raw[-1:] == "}" and raw.find("{", 1) == -1:
        return raw[1:-1], ""
    parts: list[str] = []
    position, end = 0, len(raw)
    while position < end:
        while position < end and raw[position].isspace():
            position += 1
        part, position = _part(raw, position, strings)
        parts.append(part)
        rest = raw[position:].lstrip()
        if not rest.startswith("#"):
            return "".join(parts), rest
        position = end - len(rest) + 1
    return "".join(parts), ""


def _part(raw: str, position: int, strings: Mapping[str, str]) -> tuple[str, int]:
    sign = raw[position : position + 1]
    if sign == "{":
        closing = _closing_brace(raw, position)
        return raw[position + 1 : closing], closing + 1
    if sign == '"':
        closing = _closing_quote(raw, position)
        return raw[position + 1 : closing], closing + 1
    word = _PART.match(raw, position)
    if word is None:
        return raw[position:], len(raw)
    return strings.get(word[0].lower(), word[0]), word.end()


def _closing_brace(raw: str, position: int) -> int:
    depth = 0
    for found in _BRACES.finditer(raw, position):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return len(raw)


def _closing_quote(raw: str, position: int) -> int:
    depth = 0
    for found in _QUOTE_OR_BRACE.finditer(raw, position + 1):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth <= 0:
            return found.start()
    return len(raw)


_QUOTE_OR_BRACE = re.compile(r'(?<!\\)[{}"]')

# --- inheritance --------------------------------------------------------------------------------------

_NEVER_INHERITED = frozenset(
    "ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions "
    "relatedstring relatedtype shorthand shorthandintro sortkey shorttitle keywords groups file abstract doi url "
    "eprint annote annotation comment note review readstatus ranking priority pages title subtitle titleaddon "
    "timestamp creationdate modificationdate owner".split()
)
_TITLES = (("title", "booktitle"), ("subtitle", "booksubtitle"), ("titleaddon", "booktitleaddon"))


def _inherit(entries: list[RawEntry], lenders: list[RawEntry]) -> None:
    by_key: dict[str, RawEntry] = {}
    for lender in lenders:
        by_key.setdefault(lender.key.lower(), lender)
    done: set[int] = set()

    def fill(entry: RawEntry) -> None:
        if id(entry) in done:
            return
        done.add(id(entry))
        for name, take in (("xdata", _take_data), ("crossref", _take_from_parent)):
            for key in entry.fields.get(name, "").split(","):
                parent = by_key.get(key.strip().lower()) if key.strip() else None
                if parent is not None and parent is not entry:
                    fill(parent)
                    take(entry, parent)

    for entry in entries:
        if "crossref" in entry.fields or "xdata" in entry.fields:
            _within_depth(fill, entry)


def _within_depth(fill: Callable[[RawEntry], None], entry: RawEntry) -> None:
    try:
        fill(entry)
    except RecursionError:
        return


def _take_data(entry: RawEntry, parent: RawEntry) -> None:
    for name, value in parent.fields.items():
        if name not in ("ids", "xdata"):
            entry.fields.setdefault(name, value)


def _take_from_parent(entry: RawEntry, parent: RawEntry) -> None:
    container = "journaltitle" if entry.type == "article" else "booktitle"
    for source, target in _TITLES:
        name = container if target == "booktitle" else target
        if source in parent.fields and not ("journal" in entry.fields and name == "journaltitle"):
            entry.fields.setdefault(name, parent.fields[source])
    dated = entry.fields.keys() & {"year", "date"}
    for name, value in parent.fields.items():
        if name in _NEVER_INHERITED or (dated and name in ("year", "date", "month")):
            continue
        entry.fields.setdefault(name, value)
