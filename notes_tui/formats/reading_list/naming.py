"""What a list calls itself, and what it says of itself."""

from __future__ import annotations

import re
from dataclasses import replace

from notes_tui.formats.reading_list.blocks import DETAILS_LEVEL, Block, Bullets, Heading, Paragraph, Table
from notes_tui.formats.reading_list.headings import is_contents, is_no_list, is_prose, plain_heading
from notes_tui.formats.reading_list.kinds import type_of_paper
from notes_tui.formats.reading_list.shapes import all_bullets, is_evident
from notes_tui.formats.reading_list.source import Source, title_of_file
from notes_tui.model.reading_list import ListEntry
from notes_tui.model.venue import is_known_venue, is_preprint, venues_in


def slug_of(title: str) -> str:
    """A name for commands and addresses: ``Research Space`` is ``research-space``."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-") or "list"


def name_list(source: Source, blocks: list[Block], file: str) -> tuple[str, list[Block]]:
    """The list's title and the blocks without the heading that gives it."""
    headings = [block for block in blocks if isinstance(block, Heading) and block.level < DETAILS_LEVEL]
    first = headings[0] if headings else None
    if source.title:
        return source.title, blocks
    if first is None:
        return title_of_file(file), blocks
    words, plain = " ".join(first.line.text.split()).rstrip(" :："), plain_heading(first.line.text)
    generic = not plain or is_no_list(plain) or is_contents(plain) or is_prose(plain)
    only_one = all(heading.level > first.level for heading in headings[1:])
    if not generic and (only_one or _names_the_list(blocks, first, plain)):
        return words, [block for block in blocks if block is not first]
    return title_of_file(file), blocks


_LIST_WORDS = re.compile(
    r"\b(?:list|papers?|readings?|roadmap|collection|resources|survey|library)\b|论文|资源|合集",
    re.IGNORECASE,
)


def _names_the_list(blocks: list[Block], first: Heading, plain: str) -> bool:
    """Whether a heading that others of its level follow is the title: entries do not stand right below it."""
    if _holds_entries(blocks, first, to_any_heading=True):
        return False
    by_words = "awesome" in plain.casefold() or (len(plain.split()) > 2 and _LIST_WORDS.search(plain))
    return bool(by_words) or not _holds_entries(blocks, first, to_any_heading=False)


def _holds_entries(blocks: list[Block], heading: Heading, *, to_any_heading: bool) -> bool:
    """Whether an entry or a table stands between a heading and the next one, or the next one of its level."""
    for block in blocks[blocks.index(heading) + 1 :]:
        if isinstance(block, Heading) and (to_any_heading or block.level <= heading.level):
            return False
        if isinstance(block, Table) or (
            isinstance(block, Bullets) and any(map(is_evident, all_bullets(block.items)))
        ):
            return True
    return False


_PAPERS_OF = re.compile(r"\b(?:papers?|code|codes|accepted|proceedings)\b|论文|开源|合集", re.IGNORECASE)


def with_venue_of_list(title: str, entries: list[ListEntry]) -> list[ListEntry]:
    """The entries of ``CVPR2020-Code`` as papers of that conference, unless they say of themselves where they are."""
    words = re.sub(r"[-_]+", " ", title)
    found = list(venues_in(words))
    if (
        len(found) != 1
        or found[0].year is None
        or not _PAPERS_OF.search(words)
        or not is_known_venue(found[0].venue)
    ):
        return entries
    return [_at(entry, found[0].venue, found[0].year) for entry in entries]


def _at(entry: ListEntry, venue: str, year: int) -> ListEntry:
    told = entry.reference
    if told.type != "article" or (told.venue and not is_preprint(told.venue)):
        return entry
    return replace(entry, reference=replace(told, venue=venue, year=year, type=type_of_paper(venue, {})))


def describe(blocks: list[Block]) -> str:
    """The first words of the list about itself: running text before its first heading or bullet."""
    for block in blocks:
        if isinstance(block, Heading | Bullets | Table):
            return ""
        if isinstance(block, Paragraph) and not block.line.text.startswith("["):
            words = " ".join(block.line.text.split())
            if len(words.split()) >= 4:
                return words if len(words) <= 400 else words[:399] + "…"
    return ""
