"""Markdown notes as they are read in the terminal: quiet headings, code on a ground, links in words.

Rich does the work; what differs from its own look is said here. Text goes in whole and is made safe for
the terminal; a link only shows its words, and where it leads is left to the caller.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote

from rich.cells import set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import BlockQuote, CodeBlock, Heading, HorizontalRule, Markdown, MarkdownElement
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from notes_tui.model.figures import Picture, pictures, with_destinations
from notes_tui.model.markdown import link, web_link
from notes_tui.model.text import ellipsis, one_line, printable

FIGURE = "figure:"
"""What stands before the path of a picture where it is a link."""
_LONGEST_LINK = 300
"""Characters of a figure's caption and path: pictures may be written out in their own address."""

# Beside Chinese punctuation CommonMark takes ** for plain characters; a thin space lets it close.
_STRONG_BEFORE_LETTER = re.compile(r"(\*\*[^*\n]+[\u3000-\u303f\uff01-\uff0f\uff1a-\uff20]\*\*)(?=\w)")


class _QuietHeading(Heading):
    """A heading at the left, one blank line above it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield self.text


class _PlainCode(CodeBlock):
    """Code on a ground of its own, wrapped, without colours."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        style = console.get_style("markdown.code_block")
        width = options.max_width
        for line in str(self.text).rstrip().expandtabs(4).split("\n"):
            for part in Text(line).wrap(console, max(width - 2, 1), overflow="fold") or [Text("")]:
                yield Segment(set_cell_size(f" {part.plain.rstrip()}", width), style)
                yield Segment.line()


class _BarQuote(BlockQuote):
    """A quotation behind a thin bar."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update(width=max(options.max_width - 2, 1))
        for line in console.render_lines(self.elements, inner, style=self.style, pad=False):
            yield Segment("│ ", self.style)
            yield from line
            yield Segment.line()


class _ThinRule(HorizontalRule):
    """A thin line over the whole width."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Segment("─" * options.max_width, console.get_style("markdown.hr"))
        yield Segment.line()


def _with_figures(text: str) -> str:
    """A note whose pictures are links in words: the caption and the path.

    One of the note's own folder, or with a path on this machine, leads to what :data:`FIGURE` stands before.
    """
    found = [each for each in pictures(text) if not text[: each.start].endswith("[")]
    return with_destinations(text, [(each, _in_words(each)) for each in found])


def _in_words(picture: Picture) -> str:
    path = picture.link or picture.absolute
    shown = one_line(path or picture.destination).partition(";base64,")[0]
    caption = one_line(picture.caption)
    words = f"Figure: {caption} ({shown})" if caption else f"Figure: {shown}"
    return link(
        ellipsis(words, _LONGEST_LINK), f"{FIGURE}{quote(path)}" if path else web_link(picture.destination)
    )


class NoteView(Markdown):
    """A note as a Rich renderable."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _QuietHeading,
        "fence": _PlainCode,
        "code_block": _PlainCode,
        "blockquote_open": _BarQuote,
        "hr": _ThinRule,
    }

    def __init__(self, text: str, **options: Any) -> None:
        super().__init__(
            _STRONG_BEFORE_LETTER.sub("\\1\u200a", _with_figures(printable(text))), hyperlinks=True, **options
        )


def markdown_theme(styles: Mapping[str, Style]) -> Theme:
    """Rich's names for parts of Markdown, in the styles ``heading, muted, code, link, strong`` of a widget."""
    heading, muted, code = styles["heading"], styles["muted"], styles["code"]
    return Theme(
        {
            "markdown.h1": heading,
            "markdown.h2": heading,
            "markdown.h3": styles["strong"],
            **{f"markdown.h{level}": styles["strong"] for level in (4, 5, 6)},
            "markdown.code": code,
            "markdown.code_block": code,
            "markdown.block_quote": muted,
            "markdown.item.bullet": muted,
            "markdown.item.number": muted,
            "markdown.hr": muted,
            "markdown.link": styles["link"],
            "markdown.link_url": styles["link"],
            "markdown.table.border": muted,
            "markdown.table.header": styles["strong"],
        },
        inherit=True,
    )
