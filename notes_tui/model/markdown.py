"""Plain text put into Markdown so that it comes out as the same text, and links that lead nowhere bad."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from notes_tui.model.text import one_line

_SPECIAL = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~])      # a backslash that would escape something
    | [`*]                         # code, emphasis
    | (?<![^\W_])_ | _(?![^\W_])   # an underscore that is not inside a word
    | <(?=[A-Za-z/!?])             # a tag or an address in brackets
    | &(?=\#?\w+;)                 # an entity
    | ~(?=~) | (?<=~)~             # struck out
    | !(?=\[)                      # an image
    | \](?=[(\[:])                 # the end of a link's text
    """,
    re.VERBOSE,
)
_SPECIAL_IN_LINK = re.compile(rf"{_SPECIAL.pattern} | [\[\]] | \\\Z", re.VERBOSE)
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/_.+~-]*")
_SAFE_SCHEMES = frozenset(("http", "https", "mailto"))


def inline(text: str) -> str:
    """A text on one line, with what Markdown would take for markup escaped."""
    return _SPECIAL.sub(r"\\\g<0>", one_line(text))


def heading(level: int, text: str) -> str:
    """A heading line; number signs at its end stay part of it."""
    words = inline(text) or "—"
    if words.endswith("#"):
        words = words[:-1] + "\\#"
    return f"{'#' * min(level, 6)} {words}\n"


def link(text: str, destination: str) -> str:
    """``[text](destination)``."""
    words = _SPECIAL_IN_LINK.sub(r"\\\g<0>", one_line(text))
    return f"[{words}]({destination})"


def relative_link(path: str) -> str:
    """A path inside a folder as the destination of a link."""
    if _PLAIN_PATH.fullmatch(path):
        return path
    return "".join(each if each.isalnum() or each in "/-_.+~" else quote(each) for each in path)


def web_link(url: str) -> str:
    """An address as the destination of a link; ``""`` for one that does not lead to the web or to mail."""
    if not is_web_address(url):
        return ""
    cleaned = "".join(quote(each) if each.isspace() or each in '<>\\"`{}|^' else each for each in url.strip())
    return (
        cleaned.replace("(", "%28").replace(")", "%29")
        if cleaned.count("(") != cleaned.count(")")
        else cleaned
    )


def is_web_address(url: str) -> bool:
    """Whether an address is http, https or mailto, and nothing in it is invisible."""
    url = url.strip()
    if not url.isprintable():
        return False
    try:
        return urlsplit(url).scheme.lower() in _SAFE_SCHEMES
    except ValueError:
        return False
