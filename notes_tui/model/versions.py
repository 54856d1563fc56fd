"""Where else a work appeared: its preprint, its conference paper, its journal article.

An item names one place, year and set of identifiers; the others stand in ``extra["versions"]`` as
one line that people can read and :func:`versions_of` reads back: ``arXiv · 2019 | TOCS · 2021 · doi:10.…``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from notes_tui.model.identifiers import arxiv_id_within
from notes_tui.model.item import Reference

FIELD = "versions"
"""The name under which an item keeps them in its ``extra``."""
OTHER_TITLES = "other-titles"
"""The name in ``extra`` under which an item keeps the titles of what was merged into it."""


@dataclass(frozen=True, slots=True)
class Version:
    """One appearance of a work; what is not known is empty."""

    venue: str = ""
    year: int | None = None
    doi: str = ""
    arxiv: str = ""

    @property
    def text(self) -> str:
        """The version in words: ``TOCS · 2021 · doi:10.1145/1``."""
        parts = (
            " ".join(re.sub(r"[|·]", " ", self.venue).split()),
            str(self.year or ""),
            self.doi and f"doi:{self.doi}",
            self.arxiv and f"arXiv:{self.arxiv}",
        )
        return " · ".join(filter(None, parts))

    def as_dict(self) -> dict[str, object]:
        """``{venue, year, doi, arxiv}``; absent is null."""
        return {
            "venue": self.venue or None, "year": self.year, "doi": self.doi or None, "arxiv": self.arxiv or None,
        }  # fmt: skip


def version_of(reference: Reference) -> Version:
    """The version a reference itself describes; the DOI of a preprint at arXiv counts as its arXiv id."""
    preprint = arxiv_id_within(reference.doi)
    return Version(
        reference.venue, reference.year, "" if preprint else reference.doi, reference.arxiv or preprint
    )


def versions_of(reference: Reference) -> tuple[Version, ...]:
    """The further versions an item or reference tells of."""
    if FIELD not in reference.extra:
        return ()
    texts = reference.extra[FIELD].split(" | ")
    return tuple(version for text in texts if (version := _parse(text)).text)


def _parse(text: str) -> Version:
    version = Version()
    for part in filter(None, map(str.strip, text.split(" · "))):
        if part.startswith("doi:"):
            version = replace(version, doi=part[4:])
        elif part.startswith("arXiv:"):
            version = replace(version, arxiv=part[6:])
        elif re.fullmatch("[1-9][0-9]{0,3}", part) and version.year is None:
            version = replace(version, year=int(part))
        else:
            version = replace(version, venue=f"{version.venue} {part}".strip())
    return version


def joined_versions(result: Reference, *others: Reference, every_year: bool = False) -> str:
    """What ``extra["versions"]`` of an item is once it stands for other descriptions of its work as well.

    Kept is what says more than the item itself does: another identifier, a preprint of another year,
    another place. Two spellings of one place in one year are one version; so are two years of one place,
    since lists mistake them, unless ``every_year``.
    """
    own = version_of(result)
    known = versions_of(result)
    told = [*known, *(each for other in others for each in (version_of(other), *versions_of(other)))]
    found: list[Version] = []
    for version in map(_storable, (each for each in told if each != own)):
        other_year = every_year and _same_place(version, own) and version.year not in (None, own.year)
        if _is_another(version, own) or other_year or version in known:
            _add(found, version)
    return " | ".join(sorted({version.text for version in found}))


def _storable(version: Version) -> Version:
    return _parse(version.text)


def _is_another(version: Version, own: Version) -> bool:
    if _clash(version.doi, own.doi) or _clash(version.arxiv, own.arxiv):
        return True
    if not version.venue or not own.venue or _same_place(version, own):
        return False
    other_year = version.year is not None and own.year is not None and version.year != own.year
    if _is_preprint(version) != _is_preprint(own):
        return other_year or (_is_preprint(own) and version.year is not None)
    return other_year or (_is_known(version) and _is_known(own))


def _is_preprint(version: Version) -> bool:
    from notes_tui.model.venue import is_preprint

    return is_preprint(_short(version))


def _is_known(version: Version) -> bool:
    from notes_tui.model.venue import is_known_venue

    return is_known_venue(version.venue)


def _short(version: Version) -> str:
    from notes_tui.model.venue import short_venue

    return short_venue(version.venue)


def _same_place(first: Version, second: Version) -> bool:
    return _short(first).casefold() == _short(second).casefold()


def _clash(first: str, second: str) -> bool:
    return bool(first) and bool(second) and first.lower() != second.lower()


def _add(found: list[Version], version: Version) -> None:
    """Add a version, or complete the one that it is."""
    for place, known in enumerate(found):
        if (
            _same_place(known, version) and known.year == version.year
            and not _clash(known.doi, version.doi) and not _clash(known.arxiv, version.arxiv)
        ):  # fmt: skip
            found[place] = replace(known, doi=known.doi or version.doi, arxiv=known.arxiv or version.arxiv)
            return
    found.append(version)


def lines_of(versions: Iterable[Version]) -> list[str]:
    """Versions in words, the earliest first."""
    return [each.text for each in sorted(versions, key=lambda each: (each.year or 9999, each.text))]
