"""BibTeX and biblatex: read with everything people keep in them, written for LaTeX.

``blocks`` takes a file apart, ``latex`` and ``names`` read values, ``jabref`` what JabRef adds,
``fields`` holds the tables; ``reading`` and ``writing`` are the two directions.
"""

from __future__ import annotations

import re

from notes_tui.formats.bibtex.reading import read
from notes_tui.formats.bibtex.writing import write
from notes_tui.model.format import Format

__all__ = ["FORMAT", "read", "recognises", "write"]

_ENTRY = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)


def recognises(text: str) -> bool:
    """Whether an entry of BibTeX stands at the beginning of a line, and not in a code block of Markdown."""
    found = _ENTRY.search(text)
    return found is not None and "```" not in text[: found.start()]


FORMAT = Format(
    name="bibtex",
    suffixes=(".bib", ".bibtex", ".biblatex"),
    help="BibTeX and biblatex, with what JabRef keeps in them",
    read=read,
    write=write,
    recognises=recognises,
)
