"""Markdown of notes as HTML that is safe to open: tables, code, footnotes; math left for MathJax or KaTeX.

Notes are written by people who may have copied them from anywhere, so what comes out is cleaned: no
scripts, no styles, no links but to the web, to mail or inside the site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from notes_tui.model.figures import Picture, led_to, pictures, with_destinations
from notes_tui.model.markdown import relative_link

if TYPE_CHECKING:
    import nh3
    from markdown import Markdown
    from markdown.extensions import Extension
    from markdown.extensions.footnotes import FootnoteExtension

_NO_ADDRESSES: Mapping[str, str] = {}
_FIGURE = re.compile(r'<p>(<img [^<>]*?\balt="([^"<>]+)"[^<>]*>)</p>')
"""A picture with a caption that stands alone."""
_LONGEST = 1_000_000
_BRACKETS = re.compile(r"[\[\]()<>]|\n[ \t]*\n")
_TAGS = re.compile(r"<(/?)[A-Za-z][^\s/>]*")
_DEEPEST = {"[": 200, "(": 500, "<": 1500}
_CLOSING = {"]": "[", ")": "(", ">": "<"}
_DEEPEST_TAGS = 400
_BOXES = (("<li>[ ] ", "<li>☐ "), ("<li>[x] ", "<li>☑ "), ("<li>[X] ", "<li>☑ "))
_TAG_NAMES = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup"
    " table tbody td tfoot th thead tr u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"title", "lang", "dir"},
    "a": {"href", "id", "class"},
    "img": {"src", "alt", "width", "height"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "ol": {"start"},
    "li": {"id"},
    "sup": {"id"},
    "details": {"open"},
    "div": {"class"},
    "span": {"class"},
    "code": {"class"},
}
_CLASSES = re.compile(r"math|footnote|footnote-ref|footnote-backref|language-[\w+#.-]{1,30}")
_IDS = re.compile(r"fn(?:ref\d*)?:[\w.:-]{1,60}")


def to_html(text: str, place: int = 0, addresses: Mapping[str, str] = _NO_ADDRESSES) -> str:
    """Markdown as clean HTML. What would take beyond reason to lay out is shown as it is written.

    ``place`` numbers the texts of one page, so that their footnotes stay apart; ``addresses`` say where the page
    has the pictures that the text leads to, by their destinations as they are written.
    """
    if len(text) > _LONGEST or _is_excessive(text):
        return _as_written(text)
    text = _with_figures(text, addresses)
    converter, footnotes = _converter()
    converter.reset()
    footnotes.unique_prefix = place
    try:
        html = converter.convert(text.replace("\r\n", "\n"))
    except RecursionError:
        _converter.cache_clear()  # it was left in the middle of a text
        return _as_written(text)
    if _tag_depth(html) > _DEEPEST_TAGS:
        return _as_written(text)
    for written, shown in _BOXES:
        html = html.replace(written, shown)
    html = _cleaner().clean(html)
    return _FIGURE.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", html) if addresses else html


def _with_figures(text: str, addresses: Mapping[str, str]) -> str:
    """The text with its pictures as HTML that leads to where the page has them.

    The Markdown parser keeps backslashes in captions; HTML goes through it as it is.
    """
    if not addresses:
        return text
    found = [(each, _led_to(text, each, addresses)) for each in pictures(text)]
    return with_destinations(text, [(each, words) for each, words in found if words])


def _led_to(text: str, picture: Picture, addresses: Mapping[str, str]) -> str:
    address = addresses.get(picture.destination, "")
    if not address or text[picture.start] == "<":
        return led_to(text, picture, address) if address else ""
    return f'<img alt="{escape(picture.caption)}" src="{escape(relative_link(address))}">'


def _as_written(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"


def _is_excessive(text: str) -> bool:
    """Whether brackets stay open so deep in a paragraph that matching them would take minutes."""
    depth = dict.fromkeys(_DEEPEST, 0)
    for found in _BRACKETS.finditer(text):
        bracket = found[0]
        if bracket in depth:
            depth[bracket] += 1
            if depth[bracket] > _DEEPEST[bracket]:
                return True
        elif bracket in _CLOSING:
            depth[_CLOSING[bracket]] = max(depth[_CLOSING[bracket]] - 1, 0)
        else:
            depth = dict.fromkeys(_DEEPEST, 0)
    return False


def _tag_depth(html: str) -> int:
    """How deep tags may be nested at most; ones that need no end count too."""
    depth = deepest = 0
    for found in _TAGS.finditer(html):
        depth = max(depth - 1, 0) if found[1] else depth + (found[0].lower() not in _WITHOUT_END)
        deepest = max(deepest, depth)
    return deepest


_WITHOUT_END = frozenset(("<br", "<hr", "<img", "<wbr", "<col", "<input", "<p", "<li", "<td", "<th", "<tr"))


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(
        tags=set(_TAG_NAMES), attributes=_ATTRIBUTES, attribute_filter=_kept_attribute,
        url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer", strip_comments=True,
        clean_content_tags={"script", "style", "iframe", "object", "embed", "noscript", "template", "title"},
    )  # fmt: skip


def _kept_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = [each for each in value.split() if _CLASSES.fullmatch(each)]
        return " ".join(kept) or None
    if name == "id":
        return value if _IDS.fullmatch(value) else None
    if name in ("href", "src") and value.strip().startswith(("//", "\\")):
        return None
    return value


@cache
def _converter() -> tuple[Markdown, FootnoteExtension]:
    from markdown import Markdown
    from markdown.extensions.footnotes import FootnoteExtension

    from notes_tui.formats.site.markdown_extension import NoteExtension

    footnotes = FootnoteExtension(UNIQUE_IDS=True)
    extensions: list[str | Extension] = ["tables", "fenced_code", "sane_lists", footnotes, NoteExtension()]
    return Markdown(extensions=extensions, tab_length=2, output_format="html"), footnotes
