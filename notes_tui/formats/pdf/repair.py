"""A way into files that were cut off: their table of contents stands at the end and is lost.

PDFium gathers the objects of a damaged file by itself as long as a trailer names the catalogue. One is
written behind what is there; where the catalogue is lost too, a new one lists the pages that are left.
"""

from __future__ import annotations

import re

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})[ \r\n]+(\d{1,5})[ \r\n]+obj\b")
_CATALOG = re.compile(rb"/Type\s*/Catalog\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_LONGEST = 20_000
"""Bytes of a dictionary that are looked at."""
_MOST_PAGES = 20_000


def repaired(data: bytes) -> bytes | None:
    """The file with a trailer that leads to its pages; ``None`` where none are left or it is encrypted."""
    if b"/Encrypt" in data:
        return None
    catalog, pages, highest = b"", dict[bytes, bytes](), 0
    for beginning in _OBJECT.finditer(data):
        number, generation = beginning[1], beginning[2]
        highest = max(highest, int(number))
        body = data[beginning.end() : beginning.end() + _LONGEST]
        body = re.split(rb"endobj|stream", body, maxsplit=1)[0]
        if _CATALOG.search(body):
            catalog = b"%s %s R" % (number, generation)
        elif _PAGE.search(body) and len(pages) < _MOST_PAGES:
            pages[number] = b"%s %s R" % (number, generation)
    added = b""
    if not catalog:
        if not pages:
            return None
        catalog = b"%d 0 R" % (highest + 1)
        kids = b" ".join(pages.values())
        added = b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (highest + 1, highest + 2)
        added += b"%d 0 obj\n<< /Type /Pages /Count %d /MediaBox [0 0 612 792] /Kids [%s] >>\nendobj\n" % (
            highest + 2, len(pages), kids,
        )  # fmt: skip
    trailer = b"trailer\n<< /Size %d /Root %s >>\nstartxref\n0\n%%%%EOF\n" % (highest + 3, catalog)
    return data + b"\nendstream\nendobj\n" + added + trailer
