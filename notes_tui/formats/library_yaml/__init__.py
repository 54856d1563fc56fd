"""Library files: a reading list as CSL-YAML.

``collection`` is the header, ``references`` are the works in CSL (with ``custom`` for what CSL has no
place for), ``entries`` are the lines of the list in its own words, each naming its work, and
``corrections`` say what was wrong in the source. A file is read with every scalar as text and converted
by the schema in ``reading``, so that ``2301.00010`` stays an arXiv id and ``no`` a word. What :func:`read`
took whole, :func:`write` writes in the same bytes.
"""

from __future__ import annotations

import re

from notes_tui.formats.library_yaml.reading import read
from notes_tui.formats.library_yaml.writing import write
from notes_tui.model.format import Format

__all__ = ["FORMAT", "read", "recognises", "write"]


def recognises(text: str) -> bool:
    """Whether a text begins as a library file does."""
    return re.search(r"^(?:collection|references):", text, re.MULTILINE) is not None


FORMAT = Format(
    name="library",
    suffixes=(".yaml", ".yml"),
    help="a reading list as CSL-YAML with its sections and entries",
    read=read,
    recognises=recognises,
)
