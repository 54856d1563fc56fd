"""A line of Markdown as plain text with marked ranges: links, bold, italics.

Markdown's own inline tokens are flattened into one string, because what an entry means (title, venue,
names) runs across the borders of its markup: ``[BERT](…): Pre-training of **Deep** …``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it.token import Token


SpanKind = Literal["link", "strong", "em"]


@dataclass(frozen=True, slots=True)
class Span:
    """A marked range of a line's text."""

    start: int
    end: int
    kind: SpanKind
    url: str = ""
    label: str = ""
    """What a picture inside a link is called."""


@dataclass(frozen=True, slots=True)
class Line:
    """Plain text with its spans. A line break inside an entry is ``\\n``."""

    text: str
    spans: tuple[Span, ...] = ()
    number: int = 0
    """Line of the Markdown, from 0."""

    @property
    def links(self) -> list[Span]:
        """The links in order."""
        return [span for span in self.spans if span.kind == "link"]

    def part(self, start: int, end: int) -> Line:
        """The line between two places, without white space at its ends; spans are cut to fit."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        spans = [
            Span(max(s.start, start) - start, min(s.end, end) - start, s.kind, s.url, s.label)
            for s in self.spans
            if (s.start < end and s.end > start) or (s.start == s.end and start <= s.start <= end)
        ]
        return Line(self.text[start:end], tuple(spans), self.number + self.text.count("\n", 0, start))

    def without(self, start: int, end: int, by: str = "") -> Line:
        """The line with a range taken out, ``by`` in its place; spans inside the range go with it."""
        shift = len(by) - (end - start)
        spans = []
        for s in self.spans:
            if start <= s.start and s.end <= end and (s.start < s.end or start < s.start < end):
                continue
            first = s.start if s.start <= start else max(s.start + shift, start + len(by))
            last = s.end if s.end <= start else max(s.end + shift, start)
            spans.append(Span(first, max(first, last), s.kind, s.url, s.label))
        return Line(self.text[:start] + by + self.text[end:], tuple(spans), self.number)

    def without_all(self, pattern: re.Pattern[str]) -> Line:
        """The line without what a pattern matches, a blank in its place."""
        line = self
        for found in reversed(list(pattern.finditer(self.text))):
            line = line.without(found.start(), found.end(), " ")
        return line

    def rows(self) -> list[Line]:
        """The line cut at its breaks."""
        parts, start = [], 0
        for row in self.text.split("\n"):
            parts.append(self.part(start, start + len(row)))
            start += len(row) + 1
        return [part for part in parts if part.text or part.spans]


@dataclass(slots=True)
class Builder:
    """A line in the making: text, finished ranges, and those still open."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    open: list[tuple[SpanKind, int, str]] = field(default_factory=list)
    picture: str = ""

    def start(self, kind: SpanKind, url: str = "") -> None:
        self.open.append((kind, len(self.text), url))

    def end(self, kind: SpanKind) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == kind:
                _, start, url = self.open.pop(place)
                label = self.picture if start == len(self.text) else ""
                self.spans.append(Span(start, len(self.text), kind, url, label))
                self.picture = "" if kind == "link" else self.picture
                return

    def image(self, alt: str) -> None:
        self.picture = alt

    def html(self, tag: str) -> None:
        name = re.match(r"</?\s*([A-Za-z0-9]+)", tag)
        kind = _HTML_KINDS.get(name[1].lower()) if name else None
        if name and name[1].lower() == "br":
            self.text += "\n"
        elif kind and tag.startswith("</"):
            self.end(kind)
        elif kind == "link":
            address = re.search(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", tag, re.IGNORECASE)
            self.start("link", html.unescape(next(filter(None, address.groups()), "")) if address else "")
        elif kind:
            self.start(kind)

    def line(self, number: int) -> Line:
        """What was gathered, with addresses that stand in the text as links."""
        spans = sorted(self.spans, key=lambda span: (span.start, -span.end))
        return _with_bare_links(_with_broken_links(Line(self.text, tuple(spans), number)))


_HTML_KINDS: dict[str, SpanKind] = {"a": "link", "b": "strong", "strong": "strong", "i": "em", "em": "em"}


def is_symbol(char: str) -> bool:
    """Whether a character is an emoji or a part of one."""
    return unicodedata.category(char) in ("So", "Cs") or char in "\ufe0f\u200d\u20e3\u200b"


def flatten(tokens: Sequence[Token], number: int) -> Line:
    """The inline tokens of one block as a line."""
    builder = Builder()
    for token in tokens:
        match token.type:
            case "text" | "code_inline" | "text_special":
                builder.text += token.content
            case "softbreak" | "hardbreak":
                builder.text += "\n"
            case "link_open":
                builder.start("link", str(token.attrs.get("href", "")))
            case "strong_open":
                builder.start("strong")
            case "em_open":
                builder.start("em")
            case "link_close":
                builder.end("link")
            case "strong_close":
                builder.end("strong")
            case "em_close":
                builder.end("em")
            case "image":
                builder.image(token.content)
            case "html_inline":
                builder.html(token.content)
    return builder.line(number)


_BROKEN = re.compile(
    r"\[{1,2}([^\[\]\n]*)\]{1,2}\s?\(\s*(https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)[^()\n]*\)"
)
_BARE = re.compile(r"https?://[^\s<>\[\]{}|\"“”，。；]+")


def _with_broken_links(line: Line) -> Line:
    """Links that Markdown does not take for links because of a blank in them."""
    while found := _BROKEN.search(line.text):
        shift = found.end() - found.start() - len(found[1])
        spans = [
            Span(_moved(s.start, found, shift), _moved(s.end, found, shift), s.kind, s.url, s.label)
            for s in line.spans
        ]
        spans.append(Span(found.start(), found.start() + len(found[1]), "link", found[2]))
        text = line.text[: found.start()] + found[1] + line.text[found.end() :]
        line = Line(text, tuple(sorted(spans, key=lambda s: (s.start, -s.end))), line.number)
    return line


def _moved(place: int, found: re.Match[str], shift: int) -> int:
    if place <= found.start():
        return place
    return (
        min(max(place - 1, found.start()), found.start() + len(found[1]))
        if place < found.end()
        else place - shift
    )


def _with_bare_links(line: Line) -> Line:
    """Addresses that stand in the text as they are."""
    spans = list(line.spans)
    for found in _BARE.finditer(line.text):
        start, end = found.start(), found.start() + len(found[0].rstrip(".,;:!?'*_"))
        while line.text[end - 1] == ")" and line.text.count(")", start, end) > line.text.count(
            "(", start, end
        ):
            end -= 1
        if not any(s.kind == "link" and s.start < end and start < s.end for s in spans):
            spans.append(Span(start, end, "link", line.text[start:end]))
    return Line(line.text, tuple(sorted(spans, key=lambda s: (s.start, -s.end))), line.number)
