"""What stands in brackets behind a title: a venue, a year, who made it, what kind of thing it is."""

from __future__ import annotations

import re

from notes_tui.formats.reading_list.labels import Draft, is_venue_label
from notes_tui.model.identifiers import arxiv_id
from notes_tui.model.links import arxiv_in
from notes_tui.model.people import looks_like_institutions
from notes_tui.model.venue import find_venue, is_known_venue, venue_in_brackets, venues_in, year_in

_KIND_WORDS = re.compile(
    r"(?:paper|pdf|book|e-?book|video|blog(?: post)?|slides|talk|code|thesis|tutorial|course|free|paywall)(?:,?\s*(?:19|20)\d{2})?",
    re.IGNORECASE,
)
_NOT_THERE = re.compile(r"\b(?:rejected|withdrawn|submitted|submission)\b", re.IGNORECASE)


def is_title_group(text: str) -> bool:
    """Whether words in brackets behind a title tell of its venue, year or origin: ``OSDI20``, ``x``, ``@MIT``."""
    text = text.strip()
    if re.fullmatch(
        r"[xX?–—-]|n/?a|tbd|unknown|under review|to appear|(?:19|20)\dx|预印本", text, re.IGNORECASE
    ) or text.startswith("@"):
        return True
    if _NOT_THERE.search(text) or text.startswith("&"):
        return False
    if _KIND_WORDS.fullmatch(text):
        return True
    if is_venue_label(text) or re.fullmatch(r"(?:19|20)\d{2}(?:[./-]\d{1,2})*", text):
        return True
    if venue_in_brackets(text) or looks_like_institutions(text) or (_arxiv_of(text) and len(text) < 40):
        return True
    year = year_in(text)
    if year is not None and re.search(rf"(?:^|[\s,]){year}$", text):
        return True
    return any(one.start < 4 for one in venues_in(text))


def _arxiv_of(text: str) -> str:
    return arxiv_in(text) or arxiv_id(text)


def read_group(text: str, draft: Draft) -> None:
    """Take what stands in brackets behind a title: a venue, a year, who made it."""
    text = text.strip()
    if text.startswith("@"):
        draft.fields.setdefault("organization", text[1:].strip())
        return
    if looks_like_institutions(text) and not find_venue(text):
        draft.fields.setdefault("organization", text)
        return
    if _KIND_WORDS.fullmatch(text):
        draft.add_venue("", year_in(text))
        draft.add_remark(re.sub(r"[\s,]*\d+$", "", text))
        return
    venue = find_venue(text)
    whole = venue_in_brackets(text)
    if venue is None or (whole and not is_known_venue(venue.venue)):
        venue = whole or venue
    if _arxiv_of(text):
        draft.arxiv = draft.arxiv or _arxiv_of(text)
        draft.add_venue("arXiv", venue.year if venue else None)
        return
    if venue and (venue.year is not None or is_venue_label(text)):
        draft.add_venue(venue_words(venue.venue, text), venue.year)
        draft.add_remark(_beside(text, venue.start, venue.end))
        return
    year = year_in(text)
    if year is not None:
        name = re.sub(rf"[\s,]*{year}$", "", text).strip(" ,.;")
        draft.add_venue(name if re.search(r"[A-Za-z]{2}", name) else "", year)


def _beside(text: str, start: int, end: int) -> str:
    left = f"{text[:start].strip()} {text[end:].strip()}".strip(" ,;.'’-–")
    return left if len(left) > 4 and not re.fullmatch(r"[\d\s.:v]+", left) else ""


def venue_words(venue: str, text: str) -> str:
    """The venue, or its workshop where the text says so."""
    if re.search(r"workshop", venue, re.IGNORECASE):
        return venue
    return f"{venue} Workshop" if re.search(r"\b[Ww]orkshops?\b|\bWORKSHOP|\w-W\b", text) else venue
