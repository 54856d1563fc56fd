"""The words of a rich-text comment (``/RC``, a small XHTML body)."""

from __future__ import annotations

from html.parser import HTMLParser

_BREAKS = frozenset(("p", "div", "li", "br"))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS and (self.lines[-1] or tag == "br"):
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS - {"br"} and self.lines[-1]:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def words_of(rich: str) -> str:
    """The text of a rich-text comment, a line for each paragraph."""
    parser = _Words()
    parser.feed(rich)
    parser.close()
    return "\n".join(" ".join(line.split()) for line in parser.lines).strip()
