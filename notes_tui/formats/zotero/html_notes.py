"""Notes of Zotero, which are HTML, as Markdown.

The editor of Zotero writes few elements: paragraphs, headings, lists, quotes, code, tables, links,
emphasis, formulas. What stands between other tags is kept as text.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from notes_tui.model.markdown import inline, web_link

_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table tr hr body html".split())
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "s": "~~", "strike": "~~", "del": "~~"}
_KEPT = frozenset(("u", "sub", "sup"))
_SILENT = frozenset(("script", "style", "head", "title"))


def to_markdown(html: str) -> str:
    """The Markdown of a note; plain text without any tag stays as it is."""
    if "<" not in html and "&" not in html:
        return html.strip()
    parser = _Notes()
    parser.feed(html)
    parser.close()
    return parser.text()


class _Notes(HTMLParser):
    """Collects lines; ``prefixes`` are what each line begins with inside lists and quotes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.line: list[str] = []
        self.prefixes: list[str] = []
        self.marker = ""
        self.lists: list[int] = []
        self.links: list[str] = []
        self.raw = 0
        self.silent = 0
        self.cells: list[str] | None = None
        self.rows = 0
        self.heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block or an inline mark."""
        values = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent += 1
        elif tag in ("td", "th"):
            self.line.append("")
        elif tag in _BLOCKS:
            self._open_block(tag)
        elif tag == "br":
            self._break()
        elif tag == "a":
            self.links.append(web_link(values.get("href", "")))
            self.line.append("[" if self.links[-1] else "")
        elif tag == "img":
            self.line.append(inline(values.get("alt", "")))
        elif tag in _MARKS and not self.raw:
            self.line.append(_MARKS[tag])
        elif tag in _KEPT:
            self.line.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in _BLOCKS:
            self._close_block(tag)
        elif tag == "a" and self.links:
            destination = self.links.pop()
            self.line.append(f"]({destination})" if destination else "")
        elif tag in _MARKS and not self.raw:
            self._close_mark(_MARKS[tag])
        elif tag in _KEPT:
            self.line.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Take text in, with what Markdown would misread escaped."""
        if self.silent:
            return
        if self.raw:
            self.line.append(data)
        elif data.strip():
            words = inline(data)
            before = " " if data[0].isspace() else ""
            self.line.append(before + words + (" " if data[-1].isspace() else ""))
        elif self.line:
            self.line.append(" ")

    def text(self) -> str:
        """The whole, with one empty line between blocks and none between items of a list."""
        self._flush()
        lines: list[str] = []
        for block in self.blocks:
            begins_item = re.match(r"[\s>]*(?:- |\d+\. )", block) is not None
            tight = begins_item and lines and re.match(r"[\s>]*(?:- |\d+\. )", lines[-1])
            if lines and not tight and not (block.startswith("|") and lines[-1].startswith("|")):
                lines.append("")
            lines.append(block)
        return "\n".join(lines).strip()

    def _open_block(self, tag: str) -> None:
        self._flush()
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ul" else 1)
        elif tag == "li":
            number = self.lists[-1] if self.lists else 0
            self.marker = f"{number}. " if number else "- "
            if number:
                self.lists[-1] += 1
            self.prefixes.append(" " * len(self.marker))
        elif tag == "blockquote":
            self.prefixes.append("> ")
        elif tag == "pre":
            self.raw += 1
        elif tag == "tr":
            self.cells = []
        elif tag == "table":
            self.rows = 0
        elif tag == "hr":
            self.line.append("---")
            self._flush()
        elif tag[0] == "h" and tag[1:].isdecimal():
            self.heading = "#" * int(tag[1:]) + " "

    def _close_block(self, tag: str) -> None:
        if tag == "pre" and self.raw:
            self._end_pre()
        elif tag == "tr" and self.cells is not None:
            self._end_row()
        self._flush()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in ("li", "blockquote") and self.prefixes:
            self.prefixes.pop()
            self.marker = ""
        self.heading = ""

    def _end_pre(self) -> None:
        self.raw -= 1
        content = "".join(self.line).strip("\n")
        self.line.clear()
        if re.fullmatch(r"\s*\$\$.*\$\$\s*", content, re.DOTALL):
            self._add(content.strip())
        elif content:
            self._add(f"```\n{content}\n```")

    def _end_cell(self) -> None:
        if self.cells is not None:
            self.cells.append(" ".join("".join(self.line).split()).replace("|", "\\|"))
            self.line.clear()

    def _end_row(self) -> None:
        cells = self.cells or []
        self.cells = None
        self.line.clear()
        if cells:
            self._add(f"| {' | '.join(cells)} |")
            if not self.rows:
                self._add(f"|{' --- |' * len(cells)}")
            self.rows += 1

    def _close_mark(self, mark: str) -> None:
        """End emphasis; the space before its end moves behind it, and emphasis of nothing goes."""
        trailing = ""
        while self.line and not self.line[-1].strip() and self.line[-1] not in _MARKS.values():
            trailing, _ = " ", self.line.pop()
        if self.line and self.line[-1] == mark:
            self.line.pop()
            self.line.append(trailing)
        else:
            last = self.line.pop() if self.line else ""
            self.line += [last.rstrip(), mark, trailing or (" " if last != last.rstrip() else "")]

    def _break(self) -> None:
        if self.cells is None:
            self.line.append("\n" if self.raw else "  \n")

    def _flush(self) -> None:
        if self.cells is not None or self.raw:
            return
        lines = [re.sub(r"[ \t]+", " ", line).strip() for line in "".join(self.line).split("\n")]
        self.line.clear()
        if content := "  \n".join(lines).strip():
            self._add(self.heading + content)

    def _add(self, content: str) -> None:
        rest = "".join(self.prefixes)
        first = rest
        if self.marker and self.prefixes:
            first = "".join(self.prefixes[:-1]) + self.marker
            self.marker = ""
        head, *lines = content.split("\n")
        self.blocks.append("\n".join([first + head, *(rest + line for line in lines)]))
