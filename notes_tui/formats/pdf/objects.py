"""The dictionaries of a file as they are written, plainly or in its compressed object streams.

What PDFium does not tell is looked for in them with a pattern. Nothing is resolved: an entry is found, not
the object it belongs to.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b[^>]{0,400}>>\s*stream\r?\n")
_MOST_INFLATED = 64 * 1024 * 1024


def written(data: bytes) -> Iterator[bytes]:
    """The file itself and what each of its object streams holds; the latter up to 64 MB."""
    yield data
    left = _MOST_INFLATED
    for beginning in _OBJECTS.finditer(data):
        try:
            inflated = zlib.decompressobj().decompress(data[beginning.end() : beginning.end() + left], left)
        except zlib.error:
            continue
        left -= len(inflated)
        yield inflated
        if left <= 0:
            return
