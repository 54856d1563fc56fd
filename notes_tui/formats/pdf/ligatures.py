"""Ligatures whose glyphs are named after their letters (``f_f_i``, ``T_h``), as in Linux Libertine.

PDFium does not know such names (Adobe Glyph List Specification, 2) and gives the letter's code in its font,
a control character. Which letters stand for a code is read from the ``/Differences`` of the file's fonts;
where two fonts differ about a code, it stays unknown.
"""

from __future__ import annotations

import re
from functools import cached_property

from notes_tui.formats.pdf.objects import written

_DIFFERENCES = re.compile(rb"/Differences\s*\[([^\]]{0,20000})\]")
_ENTRY = re.compile(rb"(?P<code>\d{1,3})(?=[\s/\]]|$)|/(?P<name>[^\s/\[\]<>()]+)")
_LETTERS = re.compile(r"[A-Za-z](?:_[A-Za-z])+")
_PLACES = 0xFDD0
"""The first of 32 code points that are no characters; they stand for the ligatures of codes below 32."""
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f]")
_PLACE = re.compile("[\ufdd0-\ufdef]")


class Ligatures:
    """The ligatures of a file, looked for when a page has a control character."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def placed(self, text: str) -> str:
        """A page's text in which each ligature is one sign that no text has."""
        if not _CONTROL.search(text):
            return text
        return text.translate({code: chr(_PLACES + code) for code in self._letters})

    def spelled(self, text: str) -> str:
        """The text with the letters of its ligatures."""
        if text.isascii() or not _PLACE.search(text):
            return text
        return text.translate({_PLACES + code: letters for code, letters in self._letters.items()})

    @cached_property
    def _letters(self) -> dict[int, str]:
        """Letters by code, of codes that no font of the file has for other letters."""
        found: dict[int, set[str]] = {}
        for part in written(self._data):
            for differences in _DIFFERENCES.finditer(part):
                code = 0
                for entry in _ENTRY.finditer(differences[1]):
                    if entry["code"]:
                        code = int(entry["code"])
                        continue
                    if 0 < code < 32 and (letters := _spelled(entry["name"].decode("latin-1"))):
                        found.setdefault(code, set()).add(letters)
                    code += 1
        return {code: letters.pop() for code, letters in found.items() if len(letters) == 1}


def _spelled(name: str) -> str:
    """The letters that a glyph's name lists; empty for other names, which PDFium knows itself or not at all."""
    name = name.partition(".")[0]
    return name.replace("_", "") if _LETTERS.fullmatch(name) else ""
