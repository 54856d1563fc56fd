"""Reading lists as people keep them: awesome lists in Markdown, outlines, tables, services' pages and JSON.

Nothing here knows a particular list. Markdown is parsed into blocks (``blocks``) and lines with marked
ranges (``runs``); ``reading`` walks the blocks and decides what is a section and what an entry;
``entry`` and ``tables`` take an entry apart with the help of ``labels`` (links called ``pdf``), ``front``
(what stands before a title) and ``heads`` (where a title ends).
"""

from notes_tui.formats.reading_list.reading import markdown_of, read, slug_of

__all__ = ["markdown_of", "read", "slug_of"]
