"""A BibTeX file cut into blocks: what is regular by one pattern a field, the rest by bibtexparser.

Most entries of most files are regular, and for them a pattern is several times quicker than the state
machine of bibtexparser, which remains the judge of everything else: brackets that do not balance, values
joined by ``#``, parentheses, comments. A block that it cannot take ends at the next line that begins one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from notes_tui.model.reading_list import Problem

_BLOCK = re.compile(r"@\w*[ \t]*(?=[{(])")
_BLOCK_AT_LINE_START = re.compile(r"^[ \t]*@\w*[ \t]*(?=[{(])", re.MULTILINE)
_HEAD = re.compile(r"@(\w+)[ \t]*\{[ \t]*([^\s,{}()\"#=%@\\]*)[ \t]*,\s*")
_NO_ENTRY = re.compile(r"@(?:comment|string|preamble)\b", re.IGNORECASE)


def _balanced(depth: int) -> str:
    """The pattern of a text whose unescaped braces balance and are nested no deeper than ``depth``."""
    plain = r"[^{}\\]*+(?:\\.[^{}\\]*+)*+"
    return plain if depth == 0 else rf"{plain}(?:\{{{_balanced(depth - 1)}\}}{plain})*+"


_FIELD = re.compile(
    rf"([A-Za-z][\w:+./-]*)\s*=\s*(?:\{{({_balanced(3)})\}}|\"((?:[^\"\\]|\\.)*+)(?<!\{{)\"|([\w.:+/-]+))\s*(?:,\s*|(?=\}}))",
    re.DOTALL,
)


Part = tuple[str, str, int, bool]
"""One field: its name as written, its value as LaTeX, its line, and whether the value has its delimiters still."""


@dataclass(slots=True)
class Block:
    """One entry, comment or string definition; ``type`` is in lower case and ``line`` counts from 1."""

    type: str
    key: str
    line: int
    parts: list[Part] = field(default_factory=list)
    content: str = ""
    """What a comment or a string definition says."""


@dataclass(slots=True)
class Cut:
    """What a file was cut into, in its order, and the blocks that could not be taken."""

    blocks: list[Block] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)


def cut(text: str, file: str) -> Cut:
    """Cut a file into blocks. Text between them is left out, as BibTeX does; a lost entry there is told."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its warnings are our problems
    result = Cut()
    position, line, counted = 0, 1, 0
    while (start := _BLOCK.search(text, position)) is not None:
        begin = start.start()
        line, counted = line + text.count("\n", counted, begin), begin
        if text.find("@", position, begin) >= 0:
            first = line - text.count("\n", position, begin)
            result.refused += _lost_entries(text[position:begin], first, file)
        block, position = _regular_entry(text, begin, line)
        if block is not None:
            result.blocks.append(block)
            continue
        following = _BLOCK_AT_LINE_START.search(text, start.end())
        position = following.start() if following else len(text)
        _cut_slowly(text[begin:position], line, file, result, is_last=following is None)
    if text.find("@", position) >= 0:
        first = line + text.count("\n", counted, position)
        result.refused += _lost_entries(text[position:], first, file)
    return result


def _regular_entry(text: str, begin: int, line: int) -> tuple[Block | None, int]:
    """The entry that begins here and the place behind it; no entry where it is not regular."""
    head = _HEAD.match(text, begin)
    if head is None or _NO_ENTRY.match(text, begin):
        return None, begin
    block = Block(head[1].lower(), head[2], line)
    position = head.end()
    while (found := _FIELD.match(text, position)) is not None:
        name, braced, quoted, word = found.groups()
        value = braced if braced is not None else quoted
        if value is None:
            block.parts.append((name, word, line, not word.isdecimal()))
        else:
            block.parts.append((name, value, line, False))
        position = found.end()
    if text[position : position + 1] != "}":
        return None, begin
    if text.find("@", head.end(), position) >= 0 and _BLOCK_AT_LINE_START.search(text, head.end(), position):
        return None, begin
    return block, position + 1


def _cut_slowly(text: str, line: int, file: str, result: Cut, *, is_last: bool) -> None:
    """Let bibtexparser cut a piece of a file that begins on ``line``."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    before = len(result.refused)
    for found in Splitter(_with_comma_before_fields(text)).split().blocks:
        block: Any = found
        if isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
            block = block.ignore_error_block
        begin = line + (block.start_line or 0)
        if isinstance(block, model.Entry):
            parts = [(each.key, each.value, line + each.start_line, True) for each in block.fields]
            result.blocks.append(Block(block.entry_type.lower(), block.key, begin, parts))
        elif isinstance(block, model.String):
            result.blocks.append(Block("string", block.key, begin, content=block.value))
        elif isinstance(block, model.ExplicitComment):
            result.blocks.append(Block("comment", "", begin, content=block.comment))
        elif isinstance(block, model.ParsingFailedBlock):
            result.refused += _failure(block, begin, file, is_last=is_last)
        elif isinstance(block, model.ImplicitComment) and len(result.refused) == before:
            result.refused += _lost_entries(block.comment, begin, file)


_WITHOUT_KEY = re.compile(r"(@[ \t]*\w+[ \t]*[{(])(\s*[A-Za-z][\w-]*\s*=)")


def _with_comma_before_fields(text: str) -> str:
    """An entry that has no key, nor a comma where the key ends, with the comma: EndNote writes such files."""
    if _NO_ENTRY.match(text):
        return text
    return _WITHOUT_KEY.sub(r"\1,\2", text, count=1) if _WITHOUT_KEY.match(text) else text


def _failure(block: Any, line: int, file: str, *, is_last: bool) -> Iterator[Problem]:
    start = re.match(r"@\s*(\w*)\s*[{(]\s*([^,\s{}()]*)", block.raw or "")
    if start and start[1].lower() == "comment":
        return
    what = f"@{start[1]} {start[2]}".strip() if start else "a block"
    reason = " ".join(str(getattr(block.error, "abort_reason", block.error)).split())
    if not is_last and "end of file" in reason:
        reason = "a bracket or quotation mark is not closed before the next entry begins"
    yield Problem(file, line, f"{what} is not taken: {reason}")


_LOST_ENTRY = re.compile(r"^[ \t]*@[ \t]*(?!comment\b)(\w+)", re.MULTILINE | re.IGNORECASE)


def _lost_entries(between: str, line: int, file: str) -> Iterable[Problem]:
    """Lines between the blocks that look like an entry without a bracket."""
    for found in _LOST_ENTRY.finditer(between):
        number = line + between.count("\n", 0, found.start(1))
        yield Problem(file, number, f"@{found[1]} is not taken: no bracket opens it")
