"""Headings: their words without decoration, and which of them stand over something else than entries."""

from __future__ import annotations

import re
import unicodedata

from notes_tui.formats.reading_list.labels import is_venue_label
from notes_tui.model.venue import find_venue

_NO_LIST = re.compile(
    r"(?:table of )?contents?|toc|index|目录|contribut\w*( guide(lines)?)?|how to contribut\w*|contributors?|贡献.*|licen[sc]e|许可.*"
    r"|acknowledg\w*|致谢|star(gazers)?( history| over time).*|star ?history|contacts?( us)?|联系.*|citations?|cit(e|ing)( us)?"
    r"|bibtex|引用|news|updates?|change ?log|最近更新|更新.*|pictures?|images?|figures?|screenshots?|acronyms?|abbreviations?|glossary"
    r"|concepts?( explanations?)?|explanations?|legends?|(project )?maintainers?.*|authors|sponsors?|support( us)?|faq|disclaimer|todo"
    r"|about( this.*)?|feedback|how to use.*|usage|installation|getting started|what'?s new|announcements?|目录结构|notation|notes on.*"
    r"|people|researchers|(related )?(labs|groups)|statistics",
    re.IGNORECASE,
)
_MAY_HOLD_ENTRIES = re.compile(
    r"(?:introduction|overview|background|preface|motivation|简介|介绍|前言|summary)", re.IGNORECASE
)


def plain_heading(text: str) -> str:
    """A heading's words: without emoji, numbering, links back to the top, a colon or a count behind them."""
    text = re.sub(r":[a-z0-9_+-]+:", " ", " ".join(text.split()))
    text = "".join(
        char
        for char in text
        if unicodedata.category(char) not in ("So", "Cs", "Cf") and char not in "\ufe0f\u20e3"
    )
    text = re.sub(
        r"\(\s*\[?[^()]*\bback\b[^()]*\)|\[?\s*(?:back to )?top\s*\]?$", "", text, flags=re.IGNORECASE
    )
    text = re.sub(r"^\s*(?:\d{1,2}(?:\.\d+)*[.)、]|\d{1,2}(?:\.\d+)+|[IVX]+\.|[a-zA-Z]\))\s+(?=\S)", "", text)
    text = re.sub(r"\s*\[\d+\]$|\s*#$", "", text)
    return text.strip(" \t*_`|-–—~").removesuffix(":").removesuffix("：").strip()


def is_no_list(heading: str) -> bool:
    """Whether what stands under a heading is no part of the list: contents, news, how to contribute."""
    return bool(_NO_LIST.fullmatch(heading.strip(" !.")))


def venue_of(headings: tuple[str, ...]) -> tuple[str, int | None]:
    """The venue and year that headings give to all entries below: ``ICML 2021``, ``2021``, ``NeurIPS``."""
    venue, year = "", None
    for heading in reversed(headings):
        if not venue and is_venue_label(heading):
            found = find_venue(heading)
            venue, year = (found.venue, year or found.year) if found else (venue, year)
        years = re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", heading)
        if year is None and len(years) == 1 and not _RANGE.search(heading):
            year = int(years[0])
    return venue, year


_RANGE = re.compile(
    r"\b(?:before|until|since|after|up to|prior|earlier|later|from|and)\b|[-–—~+]\s*$|[<>≤≥]", re.IGNORECASE
)


def is_prose(heading: str) -> bool:
    """Whether a heading stands over an introduction, where a bullet without a link is no entry."""
    return bool(_MAY_HOLD_ENTRIES.fullmatch(heading))
