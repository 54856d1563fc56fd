"""Variables of CSL that are more than text, and their one-line spelling.

A reference keeps what it has no field for in ``extra``, a mapping of text to text. Names stand there as
``Family, Given; {A Body}`` and dates as ISO 8601, cut where nothing more is known: ``2021-03``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from notes_tui.model.item import Creator

NAME_VARIABLES = frozenset(
    "chair collection-editor compiler composer container-author contributor curator director editor "
    "editorial-director editor-translator executive-producer guest host illustrator interviewer narrator "
    "organizer original-author performer producer recipient reviewed-author script-writer series-creator "
    "translator".split()
)
"""Variables of ``extra`` that hold names. ``author`` is not among them: it is ``creators``."""

DATE_VARIABLES = frozenset("accessed available-date event-date issued original-date submitted".split())
"""Variables of ``extra`` that hold dates."""

TEXT_VARIABLES = frozenset(
    "annote archive archive_collection archive_location archive-place authority call-number chapter-number "
    "citation-label citation-number collection-number collection-title collection-title-short "
    "container-title-short dimensions division edition event-place event-title genre ISBN ISSN issue "
    "jurisdiction keyword language license locator medium note number number-of-pages number-of-volumes "
    "original-publisher original-publisher-place original-title page page-first part-number part-title PMCID "
    "PMID printing-number publisher publisher-place references reviewed-genre reviewed-title scale section "
    "source status supplement-number version volume volume-title volume-title-short year-suffix".split()
)
"""The other variables of ``extra`` that CSL knows."""

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")


def names_text(creators: Iterable[Creator]) -> str:
    """Names on one line: ``van der Berg, Jan; {World Health Organization}``."""
    return "; ".join(_name_text(creator) for creator in creators)


def names_from_text(text: str) -> tuple[Creator, ...]:
    """The names of a line as :func:`names_text` writes it, or as a person would: ``Jan Berg; Ann Lee``."""
    return tuple(_name_from_text(part.strip()) for part in _NAME.findall(text) if part.strip(" ;"))


_NAME = re.compile(r"(?:\{[^{}]*\}|[^;])+")


def _name_text(creator: Creator) -> str:
    if creator.literal or not creator.family:
        return "{" + (creator.literal or creator.given) + "}"
    return f"{creator.family}, {creator.given}" if creator.given else f"{creator.family},"


def _name_from_text(text: str) -> Creator:
    if text.startswith("{") and text.endswith("}"):
        return Creator(literal=text[1:-1])
    return Creator.from_name(text)


def date_parts(text: str) -> tuple[int, ...]:
    """Year, month and day of a plain ISO date as far as they are given; empty for anything else."""
    found = _ISO_DATE.match(text)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def date_text(parts: Iterable[int]) -> str:
    """``2021-03-05`` from year, month and day; months and days outside the calendar end it."""
    year, *rest = [*parts, 0, 0][:3]
    text = f"{year:04d}"
    for part, latest in zip(rest, (12, 31), strict=False):
        if not 1 <= part <= latest:
            break
        text += f"-{part:02d}"
    return text
