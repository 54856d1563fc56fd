"""Files that entries name: JabRef's and Zotero's ``file``, Mendeley's kind of it, BibDesk's, a bare ``pdf``."""

from __future__ import annotations

import base64
import binascii
import plistlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import unquote

from notes_tui.formats.bibtex.latex import to_unicode
from notes_tui.model.item import Attachment

_MANGLED = re.compile(r"\{?\$\\backslash\$\}?|\{?\\textbackslash(?:\{\}|\s)?\}?")
_ESCAPED_SIGN = re.compile(r"\{?\\([_&%#$~])\}?")
_LATEX = re.compile(r"\{\\[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_BETWEEN_FILES = re.compile(r"(?<!\\);|,\s+(?=/|[A-Za-z]:[\\/])")
_BETWEEN_PARTS = re.compile(r"(?<!\\):")
_FILE_TYPE = re.compile(r"[\w.+-]{0,12}(?:/[\w.+-]+)?", re.ASCII)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".tif", ".tiff", ".webp", ".bmp")
_ADDRESS = re.compile(r"https?://|ftp://|www\.", re.IGNORECASE)


def files_of(fields: Mapping[str, str], folder: str) -> tuple[Attachment, ...]:
    """The files of an entry; ``folder`` is where JabRef says that relative ones lie."""
    found: dict[str, Attachment] = {}
    for title, path in _named(fields):
        if path and not _ADDRESS.match(path):
            inside = folder and not path.startswith(("/", "~", "\\")) and not re.match(r"[A-Za-z]:", path)
            place = f"{folder.rstrip('/')}/{path}" if inside else path
            found.setdefault(place, Attachment(place, _kind(path), title))
    return tuple(found.values())


def _named(fields: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for name, value in fields.items():
        if not _names_files(name):
            continue
        if name == "file" or name.startswith("file-"):
            yield from _listed(value)
        elif name.startswith("bdsk-file"):
            yield "", _in_property_list(value)
        elif name in ("pdf", "localfile", "pdf-file", "local-url", "local-zo-url-1"):
            path = _ESCAPED_SIGN.sub(r"\1", value).strip()
            yield "", unquote(path.removeprefix("file://")) if path.startswith("file://") else path


@lru_cache(maxsize=2_000)
def _names_files(name: str) -> bool:
    return name.startswith(("file", "bdsk-file", "pdf", "local"))


def _listed(value: str) -> Iterable[tuple[str, str]]:
    """Title and path of each file in ``title:path:type;…``, where the title and the type may be missing."""
    text = _ESCAPED_SIGN.sub(r"\1", _MANGLED.sub(r"\\", value))
    text = _LATEX.sub(lambda found: to_unicode(found[0]), text)
    for part in _BETWEEN_FILES.split(" ".join(text.split())):
        pieces = [_unescaped(piece) for piece in _BETWEEN_PARTS.split(part)]
        title = ""
        if len(pieces) > 2:
            title, *pieces = pieces
        if (
            len(pieces) > 1 and _FILE_TYPE.fullmatch(pieces[-1]) and not re.fullmatch(r"[A-Za-z]", pieces[0])
        ) or (len(pieces) > 2 and _FILE_TYPE.fullmatch(pieces[-1])):
            pieces.pop()
        path = ":".join(pieces).strip()
        yield title.strip(), f"/{path}" if path.startswith(("home/", "Users/")) else path


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\:;])", r"\1", text)


def _in_property_list(value: str) -> str:
    """The path in the property list, in Base64, that BibDesk writes."""
    try:
        content = plistlib.loads(base64.b64decode("".join(value.split())))
    except (binascii.Error, ValueError, plistlib.InvalidFileException, OverflowError, IndexError, KeyError):
        return ""
    if not isinstance(content, dict):
        return ""
    archived = content.get("$objects")
    names = [content.get("relativePath"), *(archived if isinstance(archived, list) else [])]
    return next((name for name in names if isinstance(name, str) and re.search(r"\.\w{2,5}$", name)), "")


def _kind(path: str) -> str:
    lowered = path.lower()
    return "pdf" if lowered.endswith(".pdf") else "figure" if lowered.endswith(_PICTURES) else "file"
