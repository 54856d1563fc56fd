"""What notes have beyond plain Markdown: math, bare addresses, struck-out text, lists right below a paragraph.

This module needs the Markdown parser and is imported when a note is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

_MATH = (
    r"(?<![\\$])(\$\$(?=\S)[^$]*?\S\$\$|\$(?![\s$])[^$\n]*?(?<![\s\\])\$(?![\d$])"
    r"|\\\([^\n]+?\\\)|\\\[.+?\\\])"
)
_MATH_LINES = re.compile(r"^[ ]{0,3}(\$\$[^$]*?\$\$|\\\[.*?\\\])[ \t]*$", re.MULTILINE | re.DOTALL)
_ADDRESS = r"(?<![\w/.@-])(https?://[^\s<>\"`\]]*[^\s<>\"`\].,;:!?'*_~)])"
_STRUCK_OUT = r"(~~)(?=\S)(.+?\S)~~"
_LIST_LINE = re.compile(r" {0,3}(?:[-*+]|\d{1,9}\.)[ \t]+\S")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")


class NoteExtension(Extension):
    """Registers everything in this module."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Called by the parser."""
        md.preprocessors.register(_MathLines(md), "math-lines", 24)
        md.preprocessors.register(_ListsBelowText(md), "lists-below-text", 23)
        md.inlinePatterns.register(_Whole("span", _MATH, md), "math", 185)
        md.inlinePatterns.register(_Whole("a", _ADDRESS, md), "address", 110)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK_OUT, "del"), "del", 65)


class _Whole(InlineProcessor):
    """A stretch of text that becomes an element and is not looked into: math, or an address as a link."""

    def __init__(self, tag: str, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.tag = tag

    def handleMatch(  # type: ignore[override] # noqa: N802
        self, found: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """Called by the parser."""
        attributes = {"href": found[1]} if self.tag == "a" else {"class": "math"}
        element = Element(self.tag, attributes)
        element.text = AtomicString(found[1])
        return element, found.start(0), found.end(0)


class _MathLines(Preprocessor):
    """Math on lines of its own, kept from what would take parts of it for lists or headings."""

    def run(self, lines: list[str]) -> list[str]:
        """Called by the parser."""
        return _MATH_LINES.sub(self._kept, "\n".join(lines)).split("\n")

    def _kept(self, found: re.Match[str]) -> str:
        stash = self.md.htmlStash.store(f'<div class="math">{escape(found[1])}</div>')
        return f"\n\n{stash}\n\n"


class _ListsBelowText(Preprocessor):
    """A blank line in front of a list that begins right below text, as everyone writes it."""

    def run(self, lines: list[str]) -> list[str]:
        """Called by the parser."""
        return list(self._spaced(lines))

    def _spaced(self, lines: list[str]) -> Iterator[str]:
        above = ""
        for line in lines:
            below_text = above.strip() and not above[0].isspace() and above[0] not in ">|"
            if below_text and _LIST_LINE.match(line) and not _LIST_LINE.match(above):
                yield ""
            yield line
            above = line
