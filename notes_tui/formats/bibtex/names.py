"""Names as BibTeX writes them: ``von Last, First``, ``First von Last``, ``{A Body}``, ``and others``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from notes_tui.formats.bibtex.latex import from_unicode, to_unicode
from notes_tui.model.item import Creator

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_JUNIOR = re.compile(r"(?:[Jj]r|[Ss]r)\.?|[Jj]unior|[Ss]enior|II|III|IV|VI{1,3}|\d(?:nd|rd|th)")
_SPECIAL_LETTER = re.compile(
    r"\{\\[^A-Za-z]\{?\\?([A-Za-z])|\{\\[A-Za-z]+\s*\{?([A-Za-z])|\\[^A-Za-z]\{?([A-Za-z])"
)


def read_names(text: str) -> tuple[tuple[Creator, ...], bool]:
    """The names of a field, and whether it ends in ``and others``."""
    people: list[Creator] = []
    others = False
    for name in _split_people(text):
        if name.lower() in ("others", "et al.", "et al"):
            others = True
        else:
            people.extend(_read_name(name))
    return tuple(people), others


def _split_people(text: str) -> list[str]:
    parts = _split(text, _AND)
    if len(parts) == 1 and ";" in text:
        parts = _split(text, _SEMICOLON)
    return [" ".join(part.split()) for part in parts if part.strip(" ,;\n\t")]


_SEMICOLON = re.compile(r"\s*;\s*")
_COMMA = re.compile(r"\s*,\s*")
_SPACE = re.compile(r"[\s~]+")


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split at a separator where no brace is open."""
    if "{" not in text:
        return separator.split(text)
    parts, start = [], 0
    for found in separator.finditer(text):
        before = text[start : found.start()]
        if before.count("{") - before.count(r"\{") <= before.count("}") - before.count(r"\}"):
            parts.append(before)
            start = found.end()
    parts.append(text[start:])
    return parts


@lru_cache(maxsize=10_000)
def _read_name(name: str) -> tuple[Creator, ...]:
    if _is_braced(name):
        return (Creator(literal=_plain(name)),)
    if "=" in name and (extended := _extended_name(name)):
        return (extended,)
    parts = [part for part in _split(name, _COMMA) if part]
    if len(parts) >= 3 and all(" " in part for part in parts) and not _JUNIOR.fullmatch(parts[1]):
        return tuple(one for part in parts for one in _read_name(part))
    if len(parts) == 1:
        return (_in_reading_order(parts[0]),)
    family, given = parts[0], parts[1:]
    if len(given) == 2 and _JUNIOR.fullmatch(given[0]):
        given.reverse()
    return (Creator(family=_plain(family), given=_plain(" ".join(given))),)


def _is_braced(name: str) -> bool:
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return False
    depth = 0
    for position, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return position == len(name) - 1
    return False


def _extended_name(name: str) -> Creator | None:
    """A name in biblatex's ``family=…, given=…, prefix=…`` form."""
    parts = {}
    for part in _split(name, _COMMA):
        key, sign, value = part.partition("=")
        if not sign:
            return None
        parts[key.strip().lower()] = _plain(value.strip().strip('"'))
    family = " ".join(filter(None, (parts.get("prefix"), parts.get("family"))))
    given = " ".join(filter(None, (parts.get("given"), parts.get("suffix"))))
    return Creator(family=family, given=given) if family else None


def _in_reading_order(name: str) -> Creator:
    words = _split(name, _SPACE)
    if len(words) == 1:
        return Creator(literal=_plain(name))
    suffix = [words.pop()] if len(words) > 2 and _JUNIOR.fullmatch(words[-1]) else []
    start = next((place for place, word in enumerate(words[:-1]) if _begins_small(word)), len(words) - 1)
    return Creator(family=_plain(" ".join(words[start:])), given=_plain(" ".join((*words[:start], *suffix))))


def _begins_small(word: str) -> bool:
    special = _SPECIAL_LETTER.match(word)
    letter = next(filter(None, special.groups())) if special else word.lstrip("'’`\"(")[:1]
    return letter.islower()


def _plain(text: str) -> str:
    return " ".join(to_unicode(text).split())


def write_names(creators: Iterable[Creator], *, others: bool = False) -> str:
    """Names as one field: ``van der Berg, Jan and {A Body} and others``."""
    names = [_write_name(creator) for creator in creators if creator.name]
    return " and ".join([*names, "others"] if others else names)


_NEEDS_BRACES = re.compile(r",|;|=|\band\b", re.IGNORECASE)


def _write_name(creator: Creator) -> str:
    if creator.literal or not (creator.family and creator.given):
        return "{" + _one_line(creator.name) + "}"
    return f"{_part_of_name(creator.family)}, {_part_of_name(creator.given)}"


def _part_of_name(text: str) -> str:
    written = _one_line(text)
    return "{" + written + "}" if _NEEDS_BRACES.search(text) else written


def _one_line(text: str) -> str:
    return from_unicode(" ".join(text.split()))
