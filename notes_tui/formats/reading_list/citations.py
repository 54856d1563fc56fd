"""References as bibliographies set them: names first, then the title, then where and when.

``Kaiming He, Jian Sun, Deep Residual Learning, CVPR, 2015.`` and ``Nature 521.7553 (2015): 436-444``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from notes_tui.model.people import is_person, looks_like_people
from notes_tui.model.venue import find_venue, short_venue, venues_in

_NAME_END = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*|\s*;\s*")
SENTENCE = re.compile(r"(?:\b[A-Z]\.|[^.])+(?<!\b[A-Z])\.\s+")
"""A sentence up to its stop; the stop of an initial is none."""
_LONGEST = 2_000
"""Characters of a reference; longer ones are none."""
_OTHERS = re.compile(r"et\.?\s*al\.?,?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a reference; the title may be empty where the names stand beside the venue alone."""

    people: str
    title: str
    rest: str
    """From the venue on."""


def split_citation(text: str, name: str = "") -> Citation | None:
    """A reference that begins with two names or more, taken apart; ``None`` for any other text.

    Where the work's own ``name`` is known, one person before a title that begins with it is enough, or none.
    """
    if len(text) > _LONGEST:
        return None
    end = _names_end(text, 2)
    if not end and name:
        end = _names_end(text, 1)
        if not text[end:].casefold().startswith(name.casefold()):
            return None
    elif not end:
        return None
    people, after = text[:end].rstrip(" ,;"), text[end:]
    where = _venue_start(after)
    if where is None:
        return None
    title, rest = after[:where].strip(' ,.;:"“”'), after[where:]
    if not title:
        last = list(_NAME_END.finditer(people))
        if last and not _is_name(people[last[-1].end() :], strictly=True):
            return Citation(people[: last[-1].start()], people[last[-1].end() :], rest)
        return Citation(people, "", rest)
    return Citation(people, title, rest) if name or len(title.split()) > 1 or ":" in title else None


_TURNED = re.compile(r"[A-Z][\w'’-]+,\s+[A-Z][\w'’-]+(?:\s+[A-Z]\.?)*\s*,\s*(?:and\s+)?")


def _names_end(text: str, at_least: int) -> int:
    """Where the names at the front end; 0 where fewer than so many stand there."""
    turned = _TURNED.match(text)
    place, count = (turned.end(), 1) if turned else (0, 0)
    while True:
        others = _OTHERS.match(text, place)
        if others and count:
            return others.end()
        cut = _NAME_END.search(text, place)
        part = text[place : cut.start() if cut else len(text)]
        if cut is None or not _is_name(part):
            return place if count >= at_least else 0
        place, count = cut.end(), count + 1


def _is_name(part: str, *, strictly: bool = False) -> bool:
    words = part.split()
    if strictly and any(len(re.findall(r"[A-Z]", word)) > 1 and "." not in word for word in words):
        return False
    return is_person(part) and len(words) <= 4


def _venue_start(text: str) -> int | None:
    """Where the venue or the date of a reference begins; at its end where it has neither but a short tail."""
    found = [one.start for one in venues_in(text)]
    arxiv = re.search(r"\barxiv\b", text, re.IGNORECASE)
    apart = re.search(
        r"(?:^|,\s*)(?P<venue>[A-Z](?:[\w&/ -]|(?<=Trans)\.|(?<=Proc)\.|(?<=Conf)\.|(?<=Int)\.){1,40}),?\s+(?P<year>(?:19|20)\d{2})\s*\.?\s*$",
        text,
    )
    found += [arxiv.start()] if arxiv else []
    found += [apart.start("venue")] if apart else []
    if found:
        return min(found)
    return None


_AUTHOR_AND_DATE = re.compile(
    r"(?P<people>[^()]{3,1500}?)\s*\((?P<year>(?:19|20)\d{2})[a-z]?(?:,\s*[A-Za-z]{3,9}\.?(?:\s+\d{1,2})?)?\)[.,:]\s+(?=\S)"
)


def split_author_and_date(text: str) -> tuple[str, int, int] | None:
    """The names, the year and where the title begins in ``Wang, L., & Lim, E. P. (2023). Zero-Shot …``."""
    found = _AUTHOR_AND_DATE.match(text) if len(text) < _LONGEST else None
    if not found or not (looks_like_people(found["people"]) or _ONE_TURNED.fullmatch(found["people"])):
        return None
    return found["people"], int(found["year"]), found.end()


_ONE_TURNED = re.compile(r"[A-Z][\w'’-]+,\s+(?:[A-Z]\.?[\s-]?){1,3}")


# --- volume, issue and pages ------------------------------------------------------------------------

_IN_VOLUME = re.compile(
    r"(?<!\w)(?P<name>[A-Z][\w&,:' -]{0,80}?[\w)])[\s,]{1,3}(?:vol\.?\s*)?(?P<volume>\d{1,4})(?:\.(?P<issue>[\w-]+)|\s*\((?P<part>\d{1,3})\))?"
    r"\s*\((?P<year>(?:19|20)\d{2})\)(?:\s*:\s*(?P<pages>\w+(?:\s*[-–]\s*\w+)?))?",
)


@dataclass(frozen=True, slots=True)
class Issue:
    """Where in a journal a reference says that it stands."""

    venue: str
    year: int
    numbers: dict[str, str]
    start: int
    end: int


def find_issue(text: str) -> Issue | None:
    """The journal, volume, issue and pages in ``Neural computation 18.7 (2006): 1527-1554``."""
    found = _IN_VOLUME.search(text)
    if not found or re.match(r"arxiv|corr", found["name"], re.IGNORECASE):
        return None
    name = re.split(r"\.\s+", found["name"])[-1].strip(" ,")
    known = find_venue(name)
    numbers = {"volume": found["volume"], "issue": found["issue"] or found["part"], "page": found["pages"]}
    return Issue(
        known.venue if known and len(name.split()) > 1 and len(known.venue) > 1 else short_venue(name),
        int(found["year"]),
        {key: re.sub(r"\s+", "", value) for key, value in numbers.items() if value},
        found.start(),
        found.end(),
    )


def names_before(text: str) -> str:
    """The names that begin a text whatever follows them: ``Andy Newell and Sergey Pupyrev. IEEE …``; or ``""``."""
    if len(text) > _LONGEST:
        return ""
    end = _names_end(text, 2)
    if end:
        return text[:end].rstrip(" ,;")
    sentence = SENTENCE.match(text)
    return sentence[0].strip(" .") if sentence and looks_like_people(sentence[0]) else ""
