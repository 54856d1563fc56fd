"""From blocks to entries: which headings are sections, which bullets are entries, and what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from notes_tui.formats.reading_list.blocks import (
    DETAILS_LEVEL,
    Block,
    Bullet,
    Bullets,
    Details,
    Heading,
    Paragraph,
    Table,
    parse,
)
from notes_tui.formats.reading_list.entry import read_entry
from notes_tui.formats.reading_list.headings import (
    is_contents,
    is_no_list,
    is_of_papers,
    is_prose,
    plain_heading,
)
from notes_tui.formats.reading_list.labels import absolute
from notes_tui.formats.reading_list.naming import describe, name_list, slug_of, with_venue_of_list
from notes_tui.formats.reading_list.runs import Line
from notes_tui.formats.reading_list.several import works_in
from notes_tui.formats.reading_list.shapes import (
    all_bullets,
    has_title,
    is_anchor,
    is_category,
    is_evident,
    is_like_a_title,
    is_paragraph_entry,
    is_work_below,
    is_worth_reading,
    reads_as_paper,
    tells,
)
from notes_tui.formats.reading_list.source import Source, unwrap
from notes_tui.formats.reading_list.tables import classify, read_table
from notes_tui.formats.reading_list.works import BOLD_LEVEL, Work, gather_works, is_bold_line
from notes_tui.model.links import arxiv_in, doi_in
from notes_tui.model.reading_list import ListEntry, Problem, ReadingList


@dataclass(slots=True)
class _Walk:
    """What has been gathered on the way through the blocks."""

    file: str
    first_line: int
    plain: bool
    """Whether no line of the document has a link, a venue or a year: then every bullet is an entry."""
    dense: bool
    """Whether most bullets of the document are evidently entries: then one that is not may still be."""
    path: list[tuple[float, str]] = field(default_factory=list)
    entries: list[ListEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    headings: list[tuple[str, ...]] = field(default_factory=list)
    left: list[tuple[tuple[str, ...], Line, bool]] = field(default_factory=list)
    """Bullets that were not taken, and whether they stand among entries."""
    filled: set[tuple[str, ...]] = field(default_factory=set)
    """Headings with anything at all below them."""

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(words for _, words in self.path if words)

    @property
    def outside(self) -> bool:
        """Whether no entry stands here: in the contents themselves, or anywhere below news and the like."""
        return any(is_no_list(words) for _, words in self.path) or any(
            is_contents(words) for _, words in self.path[-1:]
        )

    def leave(self, level: float) -> None:
        """Leave all headings of this level and deeper ones."""
        while self.path and self.path[-1][0] >= level:
            self.path.pop()

    def enter(self, level: float, words: str) -> None:
        self.leave(level)
        if self.path and is_contents(self.path[-1][1]):
            self.path.pop()
        self.path.append((level, words))
        if words:
            self.headings.append(self.section)

    def problem(self, line: Line, message: str) -> None:
        words = " ".join(line.text.split())
        shown = words if len(words) <= 80 else words[:79] + "…"
        self.problems.append(Problem(self.file, line.number + self.first_line, f"{message}: {shown}"))


def read(text: str, *, file: str = "") -> ReadingList:
    """The reading list in a text: Markdown, a plain outline, or a service's page or JSON around one."""
    source = unwrap(text, file)
    markdown, overlong = _without_overlong_lines(source, file)
    title, blocks = name_list(source, parse(markdown), file)
    works = gather_works(blocks)
    lists = [block for block in works if isinstance(block, Bullets)]
    told = any(isinstance(block, Table | Work) or _is_told(block) for block in works)
    plain = not told and not any(is_evident(one) for block in lists for one in all_bullets(block.items))
    walk = _Walk(file, source.line, plain=plain, dense=_dense(lists))
    for place, block in enumerate(works):
        _step(walk, block, works[place + 1] if place + 1 < len(works) else None)
    walk.entries = with_venue_of_list(title, walk.entries)
    walk.problems += [*overlong, *_invalid_identifiers(walk)]
    _report_left(walk)
    return ReadingList(
        title=title,
        slug=slug_of(source.slug or title),
        description=source.description or describe(blocks),
        source=source.address,
        sections=_sections(walk),
        entries=tuple(walk.entries),
        problems=tuple(walk.problems),
    )


def _invalid_identifiers(walk: _Walk) -> list[Problem]:
    """A problem for every link to a DOI that is none."""
    return [
        Problem(walk.file, entry.line, f"not a valid DOI, kept as a link: {link.url[:120]}")
        for entry in walk.entries
        for link in entry.reference.links
        if re.match(r"https?://(?:dx\.)?doi\.org/", link.url)
        and not doi_in(link.url)
        and not arxiv_in(link.url)
    ]


def _is_told(block: Block | Work) -> bool:
    return isinstance(block, Paragraph) and is_paragraph_entry(block.line)


_LONGEST_LINE = 20_000
"""Characters of a line that may hold an entry; reading longer ones would take longer than it is worth."""


def _without_overlong_lines(source: Source, file: str) -> tuple[str, list[Problem]]:
    if len(source.markdown) <= _LONGEST_LINE:
        return source.markdown, []
    lines = source.markdown.split("\n")
    problems: list[Problem] = []
    for number, line in enumerate(lines):
        if len(line) > _LONGEST_LINE:
            message = f"a line of {len(line):,} characters is no entry: {line[:60]}…"
            problems.append(Problem(file, number + source.line, message))
            lines[number] = ""
    return "\n".join(lines), problems


def _report_left(walk: _Walk) -> None:
    """Bullets not taken are problems where they stand among entries, or beside sections that hold some."""
    parents = {entry.section[:-1] for entry in walk.entries if entry.section}
    for section, line, among in walk.left:
        worth = len(re.findall(r"\w+", line.text)) >= 2
        if among or (worth and section and section[:-1] in parents):
            walk.problem(line, "not understood as an entry")
    walk.problems.sort(key=lambda problem: problem.line or 0)


def markdown_of(text: str, *, file: str = "") -> str:
    """The Markdown that :func:`read` reads in a text, with as many lines before it as its source has."""
    source = unwrap(text, file)
    return "\n" * (source.line - 1) + source.markdown


def _dense(lists: Iterable[Bullets]) -> bool:
    told = [is_evident(bullet) for block in lists for bullet in block.items if not is_anchor(bullet)]
    return sum(told) >= 0.6 * len(told)


def _sections(walk: _Walk) -> tuple[tuple[str, ...], ...]:
    """Headings over entries, and empty ones that end a branch of the list."""
    used = {entry.section for entry in walk.entries}
    kept = []
    for section in dict.fromkeys(walk.headings):
        parent = any(other[: len(section)] == section and other != section for other in walk.headings)
        empty = section not in walk.filled and not parent and not any(map(is_no_list, section))
        if section in used or (empty and walk.entries):
            kept.append(section)
    return tuple(kept)


# --- block by block ---------------------------------------------------------------------------------


def _step(walk: _Walk, block: Block | Work, following: Block | Work | None) -> None:
    if isinstance(block, Heading):
        walk.enter(block.level, plain_heading(block.line.text))
    elif isinstance(block, Details):
        walk.path = [part for part in walk.path if part[0] < DETAILS_LEVEL]
    elif isinstance(block, Paragraph):
        _step_paragraph(walk, block, following)
    elif isinstance(block, Work):
        walk.leave(block.level)
        _take(walk, [block.title], block.below)
    else:
        walk.filled.add(walk.section)
        if walk.outside:
            return
        if isinstance(block, Bullets):
            _read_bullets(walk, list(block.items))
        else:
            _step_table(walk, block)


def _step_table(walk: _Walk, block: Table) -> None:
    heading = walk.section[-1] if walk.section else ""
    if classify(block, heading, walk.entries):
        return
    entries = read_table(block, walk.section, walk.first_line)
    walk.entries.extend(entries)
    linked = any(absolute(span.url) for row in block.rows for cell in row for span in cell.links)
    if linked and not entries:
        walk.problem(block.header[0], "no column of this table holds titles")
    missing = len([row for row in block.rows if any(cell.text.strip() for cell in row)]) - len(entries)
    if entries and missing:
        walk.problem(block.header[0], f"{missing} rows of the table have no title")


def _step_paragraph(walk: _Walk, block: Paragraph, following: Block | Work | None) -> None:
    if is_bold_line(block) and isinstance(following, Bullets | Table | Work) and len(block.line.text) < 90:
        walk.enter(BOLD_LEVEL, plain_heading(block.line.text))
        return
    walk.filled.add(walk.section)
    if is_paragraph_entry(block.line):
        _take(walk, [block.line], ())


def _take(walk: _Walk, lines: Sequence[Line], below: Sequence[Line]) -> None:
    """Read one entry where entries may stand; what has no title is a problem."""
    walk.filled.add(walk.section)
    if walk.outside:
        return
    entry = read_entry(lines, below, walk.section, walk.first_line)
    if entry:
        walk.entries.append(entry)
    else:
        walk.problem(lines[0], "no title found")


# --- bullets ----------------------------------------------------------------------------------------


def _read_bullets(walk: _Walk, bullets: list[Bullet]) -> None:
    evident = sum(map(tells, bullets))
    prose = any(map(is_prose, walk.section[-2:]))
    take_all = not prose and (walk.plain or evident >= 0.5 * len(bullets))
    papers = not prose and is_of_papers(walk.section)
    for bullet in bullets:
        if not bullet.lines:
            _read_bullets(walk, bullet.children)
        elif is_category(bullet):
            _read_category(walk, bullet)
        elif (
            tells(bullet)
            or (take_all and is_worth_reading(bullet))
            or (papers and reads_as_paper(bullet))
            or (walk.dense and not prose and is_like_a_title(bullet))
        ):
            _read_bullet(walk, bullet)
        elif not is_anchor(bullet) and not prose:
            walk.left.append((walk.section, bullet.lines[0], take_all or papers))


def _read_category(walk: _Walk, bullet: Bullet) -> None:
    path = list(walk.path)
    level = 7.0 + sum(1 for depth, _ in path if depth >= 7)
    walk.path.append((level, plain_heading(bullet.lines[0].text)))
    walk.headings.append(walk.section)
    walk.filled.add(walk.section)
    _read_bullets(walk, bullet.children)
    walk.path = path


def _read_bullet(walk: _Walk, bullet: Bullet) -> None:
    own = [child for child in bullet.children if has_title(child)]
    split = len(own) == len(bullet.children) and (len(own) > 1 or any(map(is_work_below, own)))
    below = [] if split else [line for child in all_bullets(bullet.children) for line in child.lines]
    *several, last = works_in(bullet.lines[0])
    for work in several:
        _take(walk, [work], ())
    _take(walk, [last, *bullet.lines[1:]], below)
    if split:
        _read_bullets(walk, bullet.children)
