"""BibTeX and biblatex: read with everything people keep in them, written for LaTeX.

``blocks`` takes a file apart, ``latex`` and ``names`` read values, ``jabref`` what JabRef adds,
``fields`` holds the tables; ``reading`` and ``writing`` are the two directions.
"""

from __future__ import annotations

from notes_tui.formats.bibtex.reading import read
from notes_tui.formats.bibtex.writing import write

__all__ = ["read", "write"]
