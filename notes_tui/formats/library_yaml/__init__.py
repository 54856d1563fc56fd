"""Library files: a reading list as CSL-YAML.

``collection`` is the header, ``references`` are the works in CSL (with ``custom`` for what CSL has no
place for), ``entries`` are the lines of the list in its own words, each naming its work, and
``corrections`` say what was wrong in the source. A file is read with every scalar as text and converted
by the schema in ``reading``, so that ``2301.00010`` stays an arXiv id and ``no`` a word. What :func:`read`
took whole, :func:`write` writes in the same bytes.
"""

from notes_tui.formats.library_yaml.reading import read
from notes_tui.formats.library_yaml.writing import write

__all__ = ["read", "write"]
