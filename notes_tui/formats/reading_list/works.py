"""Works that are spread over several blocks: a title as a heading or in bold, its links and names below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from notes_tui.formats.reading_list.blocks import Block, Bullets, Heading, Paragraph
from notes_tui.formats.reading_list.headings import is_contents, is_no_list, is_prose, plain_heading
from notes_tui.formats.reading_list.labels import is_label, is_venue_label
from notes_tui.formats.reading_list.runs import Line
from notes_tui.formats.reading_list.shapes import all_bullets, detail_kind, is_paragraph_entry, title_span
from notes_tui.model.links import kind_of

BOLD_LEVEL = 6.2
"""Level of a paragraph in bold that works as a heading."""


@dataclass(frozen=True, slots=True)
class Work:
    """A title that stands as a heading, and the lines below that tell of it."""

    level: float
    title: Line
    below: tuple[Line, ...]


def gather_works(blocks: Sequence[Block]) -> list[Block | Work]:
    """The blocks, with each title and the lines that only tell of it put together."""
    gathered: list[Block | Work] = []
    place = 0
    while place < len(blocks):
        work, end = _work_at(blocks, place)
        gathered.append(work or blocks[place])
        place = end if work else place + 1
    return gathered


def is_bold_line(block: Block) -> bool:
    """Whether a paragraph is one line in bold and nothing else, so that it works as a heading."""
    if not isinstance(block, Paragraph) or len(block.line.text) > 300 or "\n" in block.line.text.strip():
        return False
    span = title_span(block.line)
    return span is not None and span.kind == "strong" and not block.line.text[span.end :].strip(" :：.\n")


def _work_at(blocks: Sequence[Block], place: int) -> tuple[Work | None, int]:
    head = blocks[place]
    if not isinstance(head, Heading) and not is_bold_line(head):
        return None, place
    if not isinstance(head, Heading | Paragraph) or not _may_be_a_title(head):
        return None, place
    end = place + 1
    below: list[Line] = []
    kinds: list[str] = []
    while (
        end < len(blocks) and isinstance(blocks[end], Paragraph | Bullets) and not is_bold_line(blocks[end])
    ):
        block = blocks[end]
        if isinstance(block, Bullets):
            lines = [line for bullet in all_bullets(block.items) for line in bullet.lines]
            if not all(map(detail_kind, lines)):
                return None, place
        elif isinstance(block, Paragraph):
            lines = block.line.rows()
            if is_paragraph_entry(block.line) and not all(detail_kind(line) == "links" for line in lines):
                return None, place
        kinds += map(detail_kind, lines)
        below += lines
        end += 1
    linked = isinstance(head, Heading) and any(
        kind_of(span.url) in ("paper", "pdf") for span in head.line.links
    )
    if "links" not in kinds and not linked:
        return None, place
    level = head.level if isinstance(head, Heading) else BOLD_LEVEL
    return Work(level, head.line, tuple(below)), end


def _may_be_a_title(head: Heading | Paragraph) -> bool:
    """Whether words may be a work's title rather than name a part of the list."""
    words = plain_heading(head.line.text)
    if is_no_list(words) or is_contents(words) or is_prose(words) or is_label(words) or is_venue_label(words):
        return False
    if isinstance(head, Heading) and head.level < 2:
        return False
    needed = 3 if isinstance(head, Heading) and not head.line.links else 2
    return len(re.findall(r"\w+", words)) >= needed
