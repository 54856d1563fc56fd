"""KOReader: the settings file it keeps beside a document, and its exports as JSON and as Markdown.

All three hold the same marks. A mark is known by the second in which it was made, which each of them says.
"""

from __future__ import annotations

import json

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.koreader import exported, sidecar
from notes_tui.model.format import Format
from notes_tui.model.marked import Marked

__all__ = ["FORMAT", "read", "recognises"]


def recognises(text: str) -> bool:
    """Whether a text is one of KOReader's."""
    return sidecar.recognises(text) or exported.is_json(text) or exported.is_markdown(text)


def read(text: str, *, file: str = "") -> Marked:
    """The documents of one of KOReader's files. Raises :class:`UnreadableFileError` where it is none."""
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        try:
            return exported.read_json(json.loads(text.lstrip("\ufeff")), file)
        except (ValueError, RecursionError) as error:
            raise UnreadableFileError(
                f"{file or 'the text'}: {error}", hint="the JSON is broken there"
            ) from error
    if sidecar.is_table(text):
        return sidecar.read(text, file)
    return exported.read_markdown(text, file)


FORMAT = Format(
    name="koreader",
    suffixes=(".lua", ".json", ".md", ".markdown"),
    help="KOReader: a metadata file of a document, or exported highlights (JSON, Markdown)",
    read=read,
    recognises=recognises,
)
