"""Text rules shared by every room: what may be stored, what may be shown, what is the same word.

The search index and the queries must fold text alike, so both use :func:`fold` and :func:`words`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_HYPHENS = re.compile("[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]")
# Scripts written without spaces: kana, Han (with extensions), Hangul syllables, half-width kana.
CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""A character class of these, without its brackets."""
_CONTROLS = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
_CJK_RUN = f"[{CJK}]+"
_NOT_STORABLE = "[\x00\ud800-\udfff]"


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """A compiled pattern: compiling those of whole scripts takes longer than most commands run."""
    return re.compile(text)


def storable(text: str) -> str:
    """Text as SQLite and UTF-8 can keep it: NUL goes, lone surrogates become U+FFFD."""
    if text.isprintable():
        return text
    return _pattern(_NOT_STORABLE).sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)


def printable(text: str) -> str:
    """Text that is safe in a terminal: control and direction-changing characters become visible.

    Line feeds and tabs stay. C0 controls turn into their Unicode pictures, the rest into U+FFFD.
    """
    if text.isprintable():  # none of these is
        return text
    return _pattern(_CONTROLS).sub(_picture, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """:func:`printable` text with every run of white space as one space."""
    return " ".join(printable(text).split())


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def fold(text: str) -> str:
    """Text with width, composition, case and the kinds of hyphens made the same."""
    if text.isascii():
        return text.lower()
    return _HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).casefold()


def indexable(text: str) -> str:
    """Folded text with a space round every Chinese, Japanese or Korean character.

    A run of such characters then becomes a run of one-character words, and any part of it can be
    found as a phrase.
    """
    folded = fold(text)
    return folded if folded.isascii() else _pattern(_CJK_RUN).sub(_apart, folded)


def _apart(run: re.Match[str]) -> str:
    return f" {' '.join(run[0])} "


_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text as the search index sees them, in order."""
    return _WORD.findall(indexable(text).replace("_", " "))


def ellipsis(text: str, width: int) -> str:
    """At most ``width`` characters of a text, the last an ellipsis where something was cut."""
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"
