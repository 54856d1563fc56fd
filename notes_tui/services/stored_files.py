"""Files that are attached: what they are, copies of them in the home, and where they lie now.

A copy is named by the hash of what was copied. A viewer may write into it later; the name stays.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from notes_tui.errors import UnreadableFileError, UnwritableFileError
from notes_tui.model.figures import SUFFIXES
from notes_tui.services.processes import clear_unfinished
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store

Kind = Literal["pdf", "figure"]
_CHUNK = 1 << 20
BEGINNING = 4096
"""Bytes by which a file is told."""
_BEGINNING_OF_PDF = 1024
_PICTURES = {
    b"\x89PNG\r\n": ".png", b"\xff\xd8\xff": ".jpg", b"GIF87a": ".gif", b"GIF89a": ".gif", b"II*\x00": ".tif",
    b"MM\x00*": ".tif",
}  # fmt: skip
"""What files of pictures begin with, and the usual ending of their names."""
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE\s+svg[^>\[]*(?:\[[^\]]*\]\s*)?>|\s)*+<svg[\s>]",
    re.DOTALL,
)
_HALVES = (".part", ".crdownload", ".download", ".partial", ".opdownload")
"""What browsers put behind the name of a file that they are still writing."""
_HINT = "PDFs and pictures can be attached"
LARGEST_FIGURE = 100 * 1024 * 1024
"""Bytes of a picture; hosts of git repositories take no larger file."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as it lies there."""

    path: str
    """Absolute, with links followed."""
    name: str
    """As it was given, without its folder."""
    kind: Kind
    sha256: str
    size: int
    mtime_ns: int
    suffix: str = ".pdf"
    """The ending of its name, or the usual one of its kind where that is no picture's."""
    given: str = ""
    """Where it was said to be."""


def found_file(name: str) -> FoundFile:
    """A file that may be attached. Raises :class:`UnreadableFileError` for what is missing or nothing of the kind."""
    path = os.path.realpath(os.path.expanduser(name))
    digest, size = hashlib.sha256(), 0
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFileError(f"{name}: it is no file", hint=_HINT)
        with open(path, "rb") as file:
            beginning = file.read(BEGINNING)
            suffix = _suffix_of(name, beginning)
            if suffix != ".pdf" and status.st_size > LARGEST_FIGURE:
                raise UnreadableFileError(
                    f"{name}: a picture of {status.st_size >> 20:,} MB is too large",
                    hint=f"up to {LARGEST_FIGURE >> 20} MB; make it smaller first",
                )
            chunk = beginning
            while chunk:
                digest.update(chunk)
                size += len(chunk)
                chunk = file.read(_CHUNK)
    except FileNotFoundError as error:
        raise UnreadableFileError(f"{name}: there is no such file", hint="check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UnreadableFileError(f"{name}: {reason}", hint="check the name and its permissions") from error
    return FoundFile(
        path, os.path.basename(name.rstrip("/")), "pdf" if suffix == ".pdf" else "figure", digest.hexdigest(), size,
        status.st_mtime_ns, suffix, name,
    )  # fmt: skip


def _suffix_of(name: str, beginning: bytes) -> str:
    """The ending for a name of a file that may be attached, by what it begins with."""
    if not beginning:
        raise UnreadableFileError(f"{name}: it is empty", hint="get the file anew")
    if b"%PDF-" in beginning[:_BEGINNING_OF_PDF]:
        return ".pdf"
    kind = picture_kind(beginning)
    if not kind:
        raise UnreadableFileError(f"{name}: it is neither a PDF nor a picture", hint=_HINT)
    own = os.path.splitext(name)[1].lower()
    return own if own in SUFFIXES else kind


def picture_kind(beginning: bytes) -> str:
    """The usual ending of names of pictures that begin so; ``""`` for what is no picture, whatever it is called."""
    if beginning.startswith(b"RIFF"):
        return ".webp" if beginning[8:12] == b"WEBP" else ""
    if beginning[4:8] == b"ftyp":
        return {b"avif": ".avif", b"avis": ".avif", b"heic": ".heic", b"heix": ".heic"}.get(
            beginning[8:12], ""
        )
    if beginning.startswith(b"BM"):
        return ".bmp" if beginning[6:10] == b"\0\0\0\0" else ""
    if _SVG.match(beginning):
        return ".svg"
    return next((suffix for start, suffix in _PICTURES.items() if beginning.startswith(start)), "")


def hash_of(path: str) -> str:
    """The SHA-256 of a picture's bytes. Raises :class:`UnreadableFileError` where it cannot be read or is too large."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size > LARGEST_FIGURE:
                raise UnreadableFileError(f"{path}: it is too large for a picture")
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise UnreadableFileError(f"{path}: {error.strerror or error}") from error
    return digest.hexdigest()


def goes_on(path: str, before: str) -> bool:
    """Whether a file is longer than another and begins with all of it, which was cut off or added to since."""
    try:
        with open(before, "rb") as one, open(path, "rb") as other:
            if not 0 < os.fstat(one.fileno()).st_size < os.fstat(other.fileno()).st_size:
                return False
            while part := one.read(_CHUNK):
                if other.read(len(part)) != part:
                    return False
    except OSError:
        return False
    return True


def is_pdf(path: str | Path) -> bool:
    """Whether a file begins as a PDF does; what cannot be read does not."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as file:
            return b"%PDF-" in file.read(_BEGINNING_OF_PDF)
    except (OSError, ValueError):
        return False


def newest(folder: str) -> str:
    """The PDF or picture of a folder that came or changed last. Raises :class:`UnreadableFileError`.

    What a browser is still writing does not count: empty files, and those beside which their other half lies.
    """
    place = os.path.expanduser(folder)
    try:
        with os.scandir(place) as entries:
            there = {each.name: each for each in entries}
        files = [
            (each.stat().st_mtime_ns, each.path)
            for name, each in there.items()
            if name.lower().endswith((".pdf", *SUFFIXES)) and not name.startswith(".")
            and each.is_file() and each.stat().st_size
            and not any(f"{name}{half}" in there for half in _HALVES)
        ]  # fmt: skip
    except OSError as error:
        raise UnreadableFileError(f"{folder}: {error.strerror or error}", hint="name a folder") from error
    if not files:
        raise UnreadableFileError(
            f"{folder}: there is no PDF and no picture in it", hint="name another folder"
        )
    return max(files)[1]


def copies(store: Store) -> Path:
    """The folder of the home that copies go to."""
    return store.path.parent / "attachments"


def copy_in(store: Store, file: FoundFile) -> str:
    """Copy a file into the home, unless it lies there already; returns where the copy lies.

    Raises :class:`UnwritableFileError` where there is no room, :class:`UnreadableFileError` where the file changed.
    """
    folder = Path(os.path.realpath(copies(store)))
    if Path(file.path).parent == folder:
        return file.path
    for number in range(1, 1000):
        place = folder / f"{file.sha256}{f'-{number}' if number > 1 else ''}{file.suffix}"
        if not place.exists():
            _copy(file, place)
            return str(place)
        if place.stat().st_size == file.size and found_file(str(place)).sha256 == file.sha256:
            os.utime(place)  # one that nothing refers to is in use again, and not to be cleared away
            return str(place)
    raise UnwritableFileError(f"{folder}: too many copies of one file", hint="remove some of them")


def _copy(file: FoundFile, place: Path) -> None:
    fresh = place.with_name(f".{place.stem[:40]}.{os.getpid()}.part")
    digest = hashlib.sha256()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        clear_unfinished(place.parent, ".*.part")
        with open(file.path, "rb") as source, open(fresh, "wb") as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != file.sha256:
            raise UnreadableFileError(f"{file.path}: it changed while it was copied", hint="try again")
        os.replace(fresh, place)
    except OSError as error:
        raise UnwritableFileError(f"{place}: {error.strerror or error}", hint="check free space") from error
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()


def place_of(store: Store, file: AttachedFile) -> str | None:
    """Where an attached file lies now: where it was, else in the home under the same name; ``None``: nowhere."""
    inside = copies(store) / os.path.basename(file.path)
    suffix = ".pdf" if file.kind == "pdf" else os.path.splitext(file.path)[1].lower()
    named = copies(store) / f"{file.sha256}{suffix}" if file.sha256 else inside
    for place in (file.path, str(inside), str(named)):
        if os.path.isabs(place) and os.path.isfile(place):
            return place
    return None


def pdfs_below(folder: str) -> Sequence[str]:
    """The PDFs in a folder and below it by path; hidden folders are left out, links to folders not followed."""
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        found += [os.path.join(place, name) for name in sorted(names) if name.lower().endswith(".pdf")]
    return found
