"""Reading lists as people keep them: awesome lists in Markdown, outlines, tables, services' pages and JSON.

Nothing here knows a particular list. Markdown is parsed into blocks (``blocks``) and lines with marked
ranges (``runs``); ``reading`` walks the blocks and decides what is a section and what an entry;
``entry`` and ``tables`` take an entry apart with the help of ``labels`` (links called ``pdf``), ``front``
(what stands before a title) and ``heads`` (where a title ends).
"""

from __future__ import annotations

import re

from notes_tui.formats.reading_list.naming import slug_of
from notes_tui.formats.reading_list.reading import markdown_of, read
from notes_tui.model.format import Format

__all__ = ["FORMAT", "markdown_of", "read", "recognises", "slug_of"]

_MARKDOWN = re.compile(r"^\s{0,8}(?:#{1,6}\s|[-*+•]\s|\d+[.)]\s|\|.+\|)", re.MULTILINE)


def recognises(text: str) -> bool:
    """Whether a text looks like a list: headings, bullets, numbers or tables, bare or in a service's JSON."""
    if text.lstrip()[:1] == "{":
        return '"readme"' in text
    return text.lstrip()[:1] not in ("@", "[") and len(_MARKDOWN.findall(text)) > 1


FORMAT = Format(
    name="list",
    suffixes=(".md", ".markdown", ".mdown", ".json"),
    help="a reading list in Markdown, or in the JSON of a service that carries it",
    read=read,
    recognises=recognises,
)
