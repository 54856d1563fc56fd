"""Markdown near the top of a note, without a parser: headings, links, labelled lines, and plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

_HEAD = 16_000
"""Characters of a note that are looked at for what it is about."""
_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+|(?=[^\s#!]))(?P<words>.*?)(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_SETEXT = re.compile(r" {0,3}(=+|-{3,})[ \t]*$")
_HTML_HEADING = re.compile(r"<h(?P<level>[1-6])[^>]*>(?P<words>.*?)</h[1-6]>", re.IGNORECASE | re.DOTALL)
_NO_TEXT_LINE = re.compile(r"\s*(?:[-*+>#|]|\d+[.)]\s|!\[|<|\[[^\]]*\]:|={3,}|-{3,})")
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<words>(?:\\.|\[[^\[\]]*\]|[^\[\]\\])*)\]\(\s*<?(?P<to>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*|[^<>\n]*?)>?(?:\s+[\"'(][^\n]*?[\"')])?\s*\)"
)
_WIKI = re.compile(r"(?P<image>!?)\[\[(?P<to>[^\[\]|#]*)(?:#[^\[\]|]*)?(?:\|(?P<words>[^\[\]]*))?\]\]")
_REFERENCE_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\]\[[^\[\]]*\]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'`，。；）】、]+", re.IGNORECASE)
_SOURCE = re.compile(r"(?:src|href)\s*=\s*[\"'](?P<to>[^\"']+)[\"']", re.IGNORECASE)
_MAY_LINK = re.compile(r"\]\(|\[\[|https?://|www\.|(?:src|href)\s*=", re.IGNORECASE)
_MARKED = re.compile(r"[\[\]*_`<>&\\{}~=]|:[a-z]")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: how deep, its Markdown, and its line from 0."""

    level: int
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads, and what it is called."""

    words: str
    to: str
    line: int
    is_picture: bool = False


class Top:
    """The beginning of a note, its lines without fenced code and comments."""

    def __init__(self, body: str) -> None:
        text = re.sub(r"<!--.*?-->", lambda found: "\n" * found[0].count("\n"), body[:_HEAD], flags=re.DOTALL)
        self.lines = list(_without_code(text.replace("\r", "").split("\n")))
        self.headings = list(_headings(self.lines))
        self._plain: dict[int, str] = {}
        self.filled = [number for number, line in enumerate(self.lines) if line.strip()]

    def targets(self, until: int) -> Iterator[Target]:
        """The links in the lines before ``until``, bare addresses too."""
        for number, line in enumerate(self.lines[:until]):
            yield from targets_in(line, number)

    def plain_line(self, number: int) -> str:
        """The words of a line."""
        if number not in self._plain:
            self._plain[number] = plain(self.lines[number])
        return self._plain[number]

    def near(self, filled: int) -> int:
        """The line behind the first ``filled`` ones that are not empty."""
        return self.filled[filled - 1] + 1 if len(self.filled) >= filled else len(self.lines)


def _without_code(lines: list[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        mark = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if mark and not fence:
            fence = mark[1]
        elif mark and fence and mark[1].startswith(fence[0] * 3) and not line.strip().strip("`~"):
            fence = ""
        yield "" if fence or mark else line


def _headings(lines: list[str]) -> Iterator[Heading]:
    for number, line in enumerate(lines):
        if not line or line.isspace():
            continue
        atx = _ATX.match(line)
        below = lines[number + 1] if number + 1 < len(lines) else ""
        html = _HTML_HEADING.search("\n".join(lines[number : number + 4])) if "<h" in line.lower() else None
        if atx and atx["words"].strip():
            if not re.match(r"#[^#\s]", line.strip()) or len(atx["words"]) > 12:
                yield Heading(len(atx["marks"]), atx["words"], number)
        elif html and html["words"].strip():
            yield Heading(int(html["level"]), html["words"], number)
        elif _SETEXT.match(below) and _stands_alone(lines, number):
            yield Heading(1 if "=" in below else 2, line, number)


def _stands_alone(lines: list[str], number: int) -> bool:
    """Whether a line of text has nothing but its underline next to it."""
    is_text = bool(lines[number].strip()) and not _NO_TEXT_LINE.match(lines[number])
    return is_text and (number == 0 or not lines[number - 1].strip())


def targets_in(line: str, number: int = 0) -> Iterator[Target]:
    """Every link of a line: Markdown's, wiki links, HTML sources and bare addresses."""
    if not _MAY_LINK.search(line):
        return
    taken: list[tuple[int, int]] = []
    for pattern in (_LINK, _WIKI):
        for found in pattern.finditer(line):
            if any(start <= found.start() < end for start, end in taken):
                continue
            nested = found["words"] or "" if pattern is _LINK else ""
            taken.append(found.span())
            yield Target(
                plain(found["words"] or found["to"] or ""), found["to"].strip(), number, bool(found["image"])
            )
            if "](" in nested:
                yield from targets_in(nested, number)
    rest = _without(line, taken)
    for found in _SOURCE.finditer(rest):
        yield Target("", found["to"], number, "src" in found[0].lower())
    for found in _ADDRESS.finditer(_SOURCE.sub(" ", rest)):
        yield Target("", found[0].rstrip(".,;:!?)*_]"), number)


def _without(line: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        line = line[:start] + line[end:]
    return line


def plain(markdown: str) -> str:
    """The words of a piece of Markdown on one line, without marks, tags and pictures."""
    text = markdown
    if not _MARKED.search(text):
        return " ".join(text.split())
    for _ in range(3):
        text = _LINK.sub(lambda found: "" if found["image"] else found["words"], text)
    text = _WIKI.sub(lambda found: "" if found["image"] else found["words"] or found["to"], text)
    text = _REFERENCE_LINK.sub(lambda found: found["words"], text)
    text = re.sub(r"\{[#.][^{}]*\}\s*$|\[\^[^\]]*\]|:[a-z][a-z0-9_+-]*:", " ", _TAGS.sub(" ", text))
    text = re.sub(r"(?<!\\)(\*{1,3}|~~|`+|==)", "", text)
    text = re.sub(r"(?<![\w\\])_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)", "", text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", unescape(text))
    return " ".join(text.split()).strip()


def local_path(to: str, folder: str) -> str:
    """The path inside the adopted folder that a link in a file of ``folder`` leads to; empty for another place."""
    to = unquote(to.partition("#")[0].partition("?")[0]).strip()
    if not to or re.match(r"[a-zA-Z][\w+.-]*:|//", to):
        return ""
    parts: list[str] = [] if to.startswith("/") else [each for each in folder.split("/") if each]
    for part in to.replace("\\", "/").split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)
