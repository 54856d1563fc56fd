"""From the fields of an answer to plain text of bounded length."""

from __future__ import annotations

import html
import json
import re

from notes_tui.errors import UnreadableFileError
from notes_tui.model.item import Creator
from notes_tui.model.text import one_line, storable

Json = dict[str, object]
_TAG = re.compile(r"<[^<>]{0,400}>")
_LONGEST = 20_000
MOST_CREATORS = 5_000


def parsed(body: bytes, source: str) -> Json:
    """The object of a JSON answer. Raises :class:`UnreadableFileError` where it is none."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"the answer of {source}: it is no JSON", hint="try again later") from error
    if not isinstance(value, dict):
        raise UnreadableFileError(f"the answer of {source}: an object is expected", hint="try again later")
    return value


def text(value: object) -> str:
    """A value as one line of plain text: tags and entities resolved; ``""`` for what is no text."""
    if not isinstance(value, str):
        return ""
    return one_line(storable(html.unescape(_TAG.sub("", html.unescape(value[:_LONGEST]))))).strip()


def record(value: object) -> Json:
    """A value as an object; an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> list[Json]:
    """The objects of a list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def first(value: object) -> str:
    """The first text of a list, or the text itself."""
    return text(next(iter(value), "")) if isinstance(value, list) else text(value)


def number(value: object) -> int | None:
    """A plausible year, or ``None``."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 4:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 1400 <= value <= 2200 else None


def address(value: object) -> str:
    """A value as an address of the web, ``""`` where it is none."""
    plain = text(value)
    return plain if re.fullmatch(r"https?://[^\s<>\"]{3,2000}", plain, re.IGNORECASE) else ""


def creator(name: str) -> Creator:
    """The creator of a name in reading order."""
    return Creator.from_name(name)
