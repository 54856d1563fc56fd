"""Small pictures that really are some, each of a colour of its own."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path


def png(red: int = 0, green: int = 0, blue: int = 0) -> bytes:
    """A PNG of one pixel, by its specification (https://www.w3.org/TR/png/)."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes((0, red, green, blue)))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*parts, strict=True)))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


RED, GREEN, BLUE = png(255), png(0, 255), png(0, 0, 255)


def drawn(place: Path, content: bytes = RED) -> Path:
    """A picture in a file, with the folders it needs."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place
