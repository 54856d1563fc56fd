"""The library as a small static site: it opens from a folder, without network and without a server.

``pages`` makes the pages, ``markdown_html`` turns notes into clean HTML (``markdown_extension`` is what
it adds to the Markdown parser); ``style.css`` and ``search.js`` are written as they are.
"""

from __future__ import annotations

from notes_tui.formats.site.markdown_html import to_html
from notes_tui.formats.site.pages import STYLE, Look, index_page, item_page, style

__all__ = ["STYLE", "Look", "index_page", "item_page", "style", "to_html"]
