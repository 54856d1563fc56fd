"""What a bullet or a line is by its shape: an entry, a category, a label with its link, a title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from notes_tui.formats.reading_list.blocks import Bullet
from notes_tui.formats.reading_list.citations import split_citation
from notes_tui.formats.reading_list.labels import (
    CUT,
    SHORTCODE,
    Draft,
    absolute,
    is_label,
    is_venue_label,
    label_before,
    take_labels,
)
from notes_tui.formats.reading_list.runs import Line, Span, is_symbol
from notes_tui.model.links import kind_of
from notes_tui.model.people import is_person, looks_like_people
from notes_tui.model.venue import venues_in

_DOCUMENT = re.compile(r"(?!#|\w+:)[^?#]+\.(?:pdf|ps|djvu|epub|ps\.gz)(?:[?#].*)?$", re.IGNORECASE)


def document_beside(url: str) -> str:
    """The path of a document kept beside the list, ``""`` for every other address."""
    path = url.strip()
    return path if _DOCUMENT.fullmatch(path) else ""


def all_bullets(bullets: Iterable[Bullet]) -> Iterable[Bullet]:
    """Every bullet of a list with those below it, from top to bottom."""
    for bullet in bullets:
        yield bullet
        yield from all_bullets(bullet.children)


def is_evident(bullet: Bullet) -> bool:
    """Whether a bullet shows by itself that it is an entry: a link outside, a venue, names."""
    for line in bullet.lines:
        if any(absolute(span.url) or document_beside(span.url) for span in line.links):
            return True
        if any(venues_in(line.text)) or re.search(
            r"[(\[（](?:(?:19|20)\d{2}|[xX?])[)\]）]|\bet al\b", line.text
        ):
            return True
    return False


def tells(bullet: Bullet) -> bool:
    """Whether a bullet or a line below it shows that it is an entry."""
    return is_evident(bullet) or any(map(is_evident, bullet.children))


def is_category(bullet: Bullet) -> bool:
    """Whether a bullet is a heading over the entries below it."""
    if not bullet.children or is_evident(bullet) or not bullet.lines:
        return False
    words = bullet.lines[0].text.strip()
    if words.endswith((":", "：")) and any(map(tells, bullet.children)):
        return len(words) < 90
    titled = [
        child for child in bullet.children if has_title(child) or is_category(child) or _is_reference(child)
    ]
    return len(words) < 90 and len(titled) >= 0.6 * len(bullet.children)


def _is_reference(bullet: Bullet) -> bool:
    """Whether a bullet is a reference that sets names first and has a title."""
    citation = split_citation(bullet.lines[0].text.split("\n")[0]) if bullet.lines else None
    return citation is not None and bool(citation.title)


def has_title(bullet: Bullet) -> bool:
    """Whether a bullet below another one is an entry of its own, not a remark, a venue, names or a label."""
    if not bullet.lines or not is_evident(bullet):
        return False
    line = bullet.lines[0]
    text = line.text.strip()
    if looks_like_people(text) or is_venue_label(text) or label_before(text):
        return False
    titles = [s for s in line.links if absolute(s.url) and not is_label(line.text[s.start : s.end])]
    if titles:
        before = re.sub(r"^\s*(?:\[[^\[\]]{1,30}\]\s*)*", "", line.text[: titles[0].start])
        return len(before) < 12
    bold = any(span.kind == "strong" and span.start < 3 for span in line.spans)
    return bool(line.links) and (bold or is_cited_behind(line) or len(text.split()) > 5)


def is_cited_behind(line: Line) -> bool:
    """Whether a title is followed by a link that names who wrote it when: ``The UNIX System. [Ritchie (1974)](…)``."""
    link = next(iter(line.links), None)
    return (
        link is not None
        and link.start > 5
        and bool(re.search(r"[a-z)] \(?(?:19|20)\d{2}\)?$", line.text[link.start : link.end]))
    )


def is_work_below(bullet: Bullet) -> bool:
    """Whether the only bullet below another one is a work of its own: it has a title and leads to a paper."""
    line = bullet.lines[0]
    paper = any(kind_of(span.url) in ("paper", "pdf") for span in line.links)
    return is_cited_behind(line) or (
        paper and len(line.text.split()) > 4 and bool(line.links) and line.links[0].start < 3
    )


def is_worth_reading(bullet: Bullet) -> bool:
    """Whether a bullet has words of its own and leads nowhere within the list."""
    return len(re.findall(r"\w+", bullet.lines[0].text)) >= 2 and not is_anchor(bullet)


def is_like_a_title(bullet: Bullet) -> bool:
    """Whether a bullet without any evidence still reads like a title: some words, no sentence, no list of its own."""
    text = bullet.lines[0].text.strip()
    words = text.split()
    return (
        len(words) >= 4
        and not bullet.children
        and not is_anchor(bullet)
        and text[0].isupper()
        and sum(word[0].isupper() for word in words) >= 0.5 * len(words)
    )


_SENTENCE_WORDS = re.compile(
    r"\b(?:will|should|please|we|you|your|our|this|these|feel free)\b|[.;]\s+[A-Z]\w+ \w", re.IGNORECASE
)


def reads_as_paper(bullet: Bullet) -> bool:
    """Whether a bullet below a heading that promises papers is one: a title's words and no sentence."""
    text = SHORTCODE.sub("", bullet.lines[0].text).strip().rstrip(".")
    words = re.findall(r"\w+", text)
    titled = text[:1].isupper() or ":" in text or "：" in text or not text[:1].isascii()
    enough = len(words) >= 3 or (":" in text and len(words) > 1) or (len(text) > 8 and not text.isascii())
    return (
        enough
        and titled
        and not is_anchor(bullet)
        and not text.endswith(":")
        and not _SENTENCE_WORDS.search(text)
    )


def is_anchor(bullet: Bullet) -> bool:
    """Whether a bullet leads to a place in the list itself."""
    return any(span.url.startswith("#") for line in bullet.lines for span in line.links)


# --- lines that only say more about the work above them ---------------------------------------------


LineKind = Literal["links", "words", ""]


def detail_kind(line: Line) -> LineKind:
    """What a line tells of the work above it: ``links`` with their labels, ``words`` such as names, or neither."""
    draft = Draft()
    text = take_labels(line, draft).text.replace(CUT, " ").strip(" |,;·•-–—\n")
    left = text.removeprefix(label_before(text)).strip(" :：|,;") if label_before(text) else text
    if (draft.links and not re.search(r"\w", left)) or _is_row_of_links(line):
        return "links"
    if (
        looks_like_people(left)
        or is_person(left)
        or is_venue_label(left)
        or (label_before(text) and len(left) < 60)
    ):
        return "links" if draft.links else "words"
    return "words" if len(left.split()) <= 2 and not line.links else ""


def _is_row_of_links(line: Line) -> bool:
    """Whether a line is several links in brackets and nothing else."""
    outside = list(line.text)
    for span in line.links:
        outside[span.start : span.end] = [" "] * (span.end - span.start)
    inner = [line.text[span.start : span.end].strip() for span in line.links if absolute(span.url)]
    bracketed = line.text.count("[") >= len(inner)
    return len(inner) > 1 and bracketed and not re.search(r"\w", "".join(outside))


def title_span(line: Line) -> Span | None:
    """The bold or linked range that begins a line, whatever symbols and numbers stand before it."""
    first = 0
    while first < len(line.text) and (line.text[first].isspace() or is_symbol(line.text[first])):
        first += 1
    number = re.match(rf"(?:{SHORTCODE.pattern}\s*)+|\(?\[?\d{{1,3}}[.)\]]\s*", line.text[first:])
    first += number.end() if number else 0
    spans = [s for s in line.spans if s.start <= first + 1 and s.end > first and s.kind in ("strong", "link")]
    return max(spans, key=lambda span: span.end, default=None)


def _is_bold_with_labels(row: Line) -> bool:
    """Whether a line is a title in bold and links to its parts: ``**Ball Benchmark (2003)** [Link](…)``."""
    head = title_span(row)
    if head is None or head.kind != "strong" or len(row.text[head.start : head.end].split()) < 3:
        return False
    place = head.end
    for span in sorted(row.links, key=lambda span: span.start):
        if re.search(r"\w", row.text[place : span.start]) or not is_label(row.text[span.start : span.end]):
            return False
        place = span.end
    return place > head.end and not re.search(r"\w", row.text[place:])


def is_paragraph_entry(line: Line) -> bool:
    """Whether running text is an entry: it begins with a marked title and links a paper, or labels below it."""
    rows = line.rows()
    papers = any(kind_of(span.url) in ("paper", "pdf") for span in line.links)
    if rows and _is_bold_with_labels(rows[0]):
        return len(line.text) < 2000
    if len(rows) == 1:
        marked = any(span.start <= 1 and span.kind in ("strong", "link") for span in line.spans)
        return papers and len(line.text) < 500 and (marked or title_span(line) is not None)
    head = title_span(rows[0]) if rows else None
    covered = head is not None and len(rows[0].text) - head.end < 40
    told = any(detail_kind(row) == "links" or (row.links and len(row.text) < 120) for row in rows[1:])
    own = head is not None and not is_label(rows[0].text[head.start : head.end])
    return own and ((covered and told and len(rows) < 8) or (papers and len(line.text) < 500))
