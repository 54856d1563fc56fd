"""The text of a file a person gave: bounded, decoded, or refused with a reason."""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from notes_tui.errors import UnreadableFileError

MAX_BYTES = 256 * 1024 * 1024
"""No text that people import is longer; anything beyond is refused before it fills the memory."""

_TAKES = "import takes text: BibTeX, RIS, JSON, YAML, Markdown"
_KINDS_OF_FILES = (
    (b"%PDF-", "a PDF", _TAKES),
    (b"SQLite format 3\x00", "a SQLite database", "`notes-tui restore FILE` takes a backup of a library"),
    (b"PK\x03\x04", "a ZIP archive or office document", "unpack it or export it as text first"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\x89PNG", "a picture", _TAKES),
    (b"\xff\xd8\xff", "a picture", _TAKES),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"^%?\s*(?:-\*-)?.{0,20}?(?:encoding|coding)\s*[:=]\s*([\w.-]+)", re.IGNORECASE | re.MULTILINE
)
_CONTROLS = re.compile("[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MANY_CONTROLS = 0.02
_FEW = 16
"""So many control characters do not make even a short text something else."""


def read_source(path: str | Path) -> str:
    """The text of a file. Raises :class:`UnreadableFileError` for what is missing, no file, no text, or too long."""
    path = Path(path)
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            if stat.S_ISDIR(os.fstat(file.fileno()).st_mode):
                raise IsADirectoryError(21, "it is a folder")
            content = file.read(MAX_BYTES + 1)
    except IsADirectoryError as error:
        raise UnreadableFileError(f"{path}: it is a folder", hint="name a file in it") from error
    except FileNotFoundError as error:
        raise UnreadableFileError(f"{path}: there is no such file", hint="check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UnreadableFileError(f"{path}: {reason}", hint="check the name and its permissions") from error
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(
            f"{path}: longer than {MAX_BYTES // 1024**2} MB", hint="split it into smaller files"
        )
    return decode(content, str(path))


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file; a device that would deliver without end is refused."""
    mode = os.stat(path).st_mode
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise OSError(22, "it is a device and no file")
    return os.open(path, flags)


def is_database(path: str | Path) -> bool:
    """Whether a file is a SQLite database; one that cannot be read is none, and a pipe is left alone."""
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            return file.read(16) == b"SQLite format 3\x00"
    except (OSError, ValueError):
        return False


def decode(content: bytes, name: str) -> str:
    """The text that bytes stand for: a byte order mark, a declared encoding, UTF-8, UTF-16 or Western.

    Raises :class:`UnreadableFileError` where they are no text.
    """
    for beginning, kind, hint in _KINDS_OF_FILES:
        if content.startswith(beginning):
            raise UnreadableFileError(f"{name}: it is {kind}", hint=hint)
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        if _is_text(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableFileError(f"{name}: it is no text", hint=_TAKES)


def _encodings(content: bytes) -> list[str]:
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if content.startswith(mark)), None)
    if marked:
        return [marked]
    sample = content[:4000]
    if sample.count(0) * 10 > len(sample):
        return ["utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"]
    declared = _DECLARED.search(sample)
    named = [declared[1].decode("ascii")] if declared else []
    chinese = ["gb18030"] if _looks_chinese(content[:200_000]) else []
    return ["utf-8", *named, *chinese, "cp1252", "latin-1"]


_HIGH = re.compile(rb"[\x80-\xff]+")
_PAIRED = 0.9


def _looks_chinese(sample: bytes) -> bool:
    """Whether bytes above ASCII come in pairs as GB 2312 has them; in Western text most stand alone."""
    runs = _HIGH.findall(sample)
    paired = sum(len(run) for run in runs if len(run) % 2 == 0 and min(run) > 0xA0 and max(run[::2]) < 0xF8)
    return bool(runs) and paired >= _PAIRED * sum(map(len, runs))


def _is_text(text: str) -> bool:
    if "\x00" in text:
        return False
    sample = text[:200_000]
    return len(_CONTROLS.findall(sample)) <= max(len(sample) * _MANY_CONTROLS, min(_FEW, len(sample) / 5))
