"""Headings: their words without decoration, and which of them stand over something else than entries."""

from __future__ import annotations

import re
import unicodedata

from notes_tui.formats.reading_list.labels import is_venue_label
from notes_tui.model.venue import find_venue

_NO_LIST = re.compile(
    r"contribut\w*( guide(lines)?)?|how to contribut\w*|contributors?|贡献.*|licen[sc]e|许可.*"
    r"|acknowledg\w*|致谢|star(gazers)?( history| over time).*|star ?history|contacts?( us)?|联系.*|citations?|cit(e|ing)( us)?"
    r"|bibtex|引用|news|updates?|change ?log|最近更新|更新.*|pictures?|images?|figures?|screenshots?|acronyms?|abbreviations?|glossary"
    r"|concepts?( explanations?)?|explanations?|legends?|(project )?maintainers?.*|authors|sponsors?|support( us)?|faq|disclaimer|todo"
    r"|about( this.*)?|feedback|how to use.*|usage|installation|getting started|what'?s new|announcements?|目录结构|notation|notes on.*"
    r"|people|researchers|(related )?(labs|groups)|statistics|shar(e|ing)|(\w+ ){0,4}(criteria|conventions?|guidelines?)"
    r"|(the )?team|join us|roadmap|(other )?contributors.*|star ?gazers.*|stars?|badges?|legend.*",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:table of )?contents?(?: of .*)?|toc|目录.*|full list|quick links|navigation|导航",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"(?:introduction|overview|background|preface|motivation|why|what is|简介|介绍|前言|summary)\b.*",
    re.IGNORECASE,
)
_OF_PAPERS = re.compile(
    r"\b(?:papers?|publications?|readings?|surveys?|articles?|literature|bibliography)\b|论文|综述|文献|文章",
    re.IGNORECASE,
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
    text = re.sub(
        r"^\s*(?:\d{1,2}(?:\.\d+)*[.)、]|\d{1,2}(?:\.\d+)+|[IVX]+\.|[a-zA-Z]\))\s+(?=\S)|^\d{1,3}\.(?=[^\W\d_])",
        "",
        text,
    )
    text = re.sub(r"\s*\[\d+\]$|\s*#$", "", text)
    return text.strip(" \t*_`|-–—~").removeprefix(".").removesuffix(":").removesuffix("：").strip()


def is_no_list(heading: str) -> bool:
    """Whether what stands under a heading is no part of the list: news, how to contribute, its people."""
    parts = [part for part in re.split(r"\s*(?:/|&|,|\band\b)\s*", heading.strip(" !.")) if part]
    return bool(_NO_LIST.fullmatch(heading.strip(" !."))) or (
        len(parts) > 1 and all(map(_NO_LIST.fullmatch, parts))
    )


def is_contents(heading: str) -> bool:
    """Whether a heading stands over the contents; headings below it are those of the list."""
    return bool(_CONTENTS.fullmatch(heading.strip(" !.")))


def is_of_papers(headings: tuple[str, ...]) -> bool:
    """Whether headings promise papers, so that a bullet without any link is one."""
    return any(map(_OF_PAPERS.search, headings))


def venue_of(headings: tuple[str, ...]) -> tuple[str, int | None]:
    """The venue and year that headings give to all entries below: ``ICML 2021``, ``2021``, ``NeurIPS``."""
    venue, year = "", None
    for heading in reversed(headings):
        named = next(filter(is_venue_label, _venue_names(heading)), "")
        if not venue and named:
            found = find_venue(named)
            venue, year = (found.venue, year or found.year) if found else (venue, year)
        years = re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", heading)
        if year is None and len(years) == 1 and not _RANGE.search(heading):
            year = int(years[0])
    return venue, year


def _venue_names(heading: str) -> tuple[str, ...]:
    """A heading, and the short name in brackets or before them: ``… Security Symposium (NDSS)``."""
    found = re.fullmatch(r"(?P<before>[^()]+?)\s*\((?P<inside>[^()]+)\)", heading)
    return (heading, found["inside"], found["before"]) if found else (heading,)


_RANGE = re.compile(
    r"\b(?:before|until|since|after|up to|prior|earlier|later|from|and)\b|[-–—~+]\s*$|[<>≤≥]", re.IGNORECASE
)


def is_prose(heading: str) -> bool:
    """Whether a heading stands over an introduction, where a bullet without a link is no entry."""
    return bool(_PROSE.fullmatch(heading))
