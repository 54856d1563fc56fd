"""From blocks to entries: which headings are sections, which bullets are entries, and what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
from notes_tui.formats.reading_list.headings import is_no_list, is_prose, plain_heading
from notes_tui.formats.reading_list.labels import absolute, is_label, is_venue_label
from notes_tui.formats.reading_list.runs import Line
from notes_tui.formats.reading_list.source import Source, title_of_file, unwrap
from notes_tui.formats.reading_list.tables import classify, read_table
from notes_tui.model.links import kind_of
from notes_tui.model.people import looks_like_people
from notes_tui.model.reading_list import ListEntry, Problem, ReadingList
from notes_tui.model.venue import venues_in

BOLD_LEVEL = 6.2
"""Level of a paragraph in bold that works as a heading."""


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
        return any(is_no_list(words) for _, words in self.path)

    def enter(self, level: float, words: str) -> None:
        while self.path and self.path[-1][0] >= level:
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
    blocks = parse(markdown)
    title, blocks = _title(source, blocks, file)
    lists = [block for block in blocks if isinstance(block, Bullets)]
    has_tables = any(isinstance(block, Table) for block in blocks)
    plain = not has_tables and not any(_evident(one) for block in lists for one in _all_bullets(block.items))
    walk = _Walk(file, source.line, plain=plain, dense=_dense(lists))
    for place, block in enumerate(blocks):
        _step(walk, block, blocks[place + 1] if place + 1 < len(blocks) else None)
    walk.problems += overlong
    _report_left(walk)
    return ReadingList(
        title=title,
        slug=slug_of(source.slug or title),
        description=source.description or _description(blocks),
        source=source.address,
        sections=_sections(walk),
        entries=tuple(walk.entries),
        problems=tuple(walk.problems),
    )


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


def slug_of(title: str) -> str:
    """A name for commands and addresses: ``Research Space`` is ``research-space``."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-") or "list"


def _all_bullets(bullets: Iterable[Bullet]) -> Iterable[Bullet]:
    for bullet in bullets:
        yield bullet
        yield from _all_bullets(bullet.children)


def _dense(lists: Iterable[Bullets]) -> bool:
    told = [_evident(bullet) for block in lists for bullet in block.items if not _is_anchor(bullet)]
    return sum(told) >= 0.6 * len(told)


def _title(source: Source, blocks: list[Block], file: str) -> tuple[str, list[Block]]:
    """The list's title and the blocks without the heading that gives it."""
    headings = [block for block in blocks if isinstance(block, Heading) and block.level < DETAILS_LEVEL]
    first = headings[0] if headings else None
    if source.title:
        return source.title, blocks
    if first is None:
        return title_of_file(file), blocks
    words = " ".join(first.line.text.split())
    only_one = all(heading.level > first.level for heading in headings[1:])
    if only_one or not _holds_bullets(blocks, first):
        return words, [block for block in blocks if block is not first]
    return title_of_file(file), blocks


def _holds_bullets(blocks: list[Block], heading: Heading) -> bool:
    """Whether a list or table stands between a heading and the next one of its level."""
    for block in blocks[blocks.index(heading) + 1 :]:
        if isinstance(block, Heading) and block.level <= heading.level:
            return False
        if isinstance(block, Bullets | Table):
            return True
    return False


def _description(blocks: list[Block]) -> str:
    """The first words of the list about itself: running text before its first heading or bullet."""
    for block in blocks:
        if isinstance(block, Heading | Bullets | Table):
            return ""
        if isinstance(block, Paragraph) and not block.line.text.startswith("["):
            words = " ".join(block.line.text.split())
            if len(words.split()) >= 4:
                return words if len(words) <= 400 else words[:399] + "…"
    return ""


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


def _step(walk: _Walk, block: Block, following: Block | None) -> None:
    if isinstance(block, Heading):
        walk.enter(block.level, plain_heading(block.line.text))
        return
    if isinstance(block, Details):
        walk.path = [part for part in walk.path if part[0] < DETAILS_LEVEL]
        return
    if isinstance(block, Paragraph):
        _step_paragraph(walk, block, following)
        return
    walk.filled.add(walk.section)
    if walk.outside:
        return
    if isinstance(block, Bullets):
        _read_bullets(walk, list(block.items))
        return
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


def _step_paragraph(walk: _Walk, block: Paragraph, following: Block | None) -> None:
    line = block.line
    bold = next((s for s in line.spans if s.kind == "strong" and s.start == 0), None)
    covers = bold is not None and not line.text[bold.end :].strip(" :：\n") and not line.links
    if covers and isinstance(following, Bullets | Table) and len(line.text) < 90:
        walk.enter(BOLD_LEVEL, plain_heading(line.text))
        return
    walk.filled.add(walk.section)
    if walk.outside or not _is_paragraph_entry(line):
        return
    entry = read_entry([line], [], walk.section, walk.first_line)
    if entry:
        walk.entries.append(entry)


def _is_paragraph_entry(line: Line) -> bool:
    """Whether running text is an entry: it begins with a marked title and links a paper."""
    begins = any(span.start <= 1 and span.kind in ("strong", "link") for span in line.spans)
    papers = [span for span in line.links if kind_of(span.url) in ("paper", "pdf")]
    return begins and bool(papers) and len(line.text) < 500


# --- bullets ----------------------------------------------------------------------------------------


def _evident(bullet: Bullet) -> bool:
    """Whether a bullet shows by itself that it is an entry: a link outside, a venue, names."""
    for line in bullet.lines:
        if any(absolute(span.url) for span in line.links) or any(venues_in(line.text)):
            return True
        if re.search(r"[(\[（](?:(?:19|20)\d{2}|[xX?])[)\]）]|\bet al\b", line.text):
            return True
    return False


def _tells(bullet: Bullet) -> bool:
    """Whether a bullet or a line below it shows that it is an entry."""
    return _evident(bullet) or any(map(_evident, bullet.children))


def _is_category(bullet: Bullet) -> bool:
    """Whether a bullet is a heading over the entries below it."""
    if not bullet.children or _evident(bullet) or not bullet.lines:
        return False
    words = bullet.lines[0].text.strip()
    titled = [child for child in bullet.children if _has_title(child) or _is_category(child)]
    return len(words) < 90 and len(titled) >= 0.6 * len(bullet.children)


def _has_title(bullet: Bullet) -> bool:
    """Whether a bullet below another one is an entry of its own, not a remark, a venue, names or a label."""
    if not bullet.lines or not _evident(bullet):
        return False
    line = bullet.lines[0]
    text = line.text.strip()
    if looks_like_people(text) or is_venue_label(text):
        return False
    titles = [s for s in line.links if absolute(s.url) and not is_label(line.text[s.start : s.end])]
    if titles:
        return titles[0].start < 12
    bold = any(span.kind == "strong" and span.start < 3 for span in line.spans)
    return bool(line.links) and (bold or len(text.split()) > 5)


def _read_bullets(walk: _Walk, bullets: list[Bullet]) -> None:
    evident = sum(map(_tells, bullets))
    prose = bool(walk.section) and is_prose(walk.section[-1])
    take_all = walk.plain or (evident >= 0.5 * len(bullets) and not prose)
    for bullet in bullets:
        if not bullet.lines:
            _read_bullets(walk, bullet.children)
        elif _is_category(bullet):
            _read_category(walk, bullet)
        elif (
            _tells(bullet) or (take_all and _worth_reading(bullet)) or (walk.dense and _like_a_title(bullet))
        ):
            _read_bullet(walk, bullet)
        elif not _is_anchor(bullet) and not prose:
            walk.left.append((walk.section, bullet.lines[0], take_all))


def _worth_reading(bullet: Bullet) -> bool:
    return len(re.findall(r"\w+", bullet.lines[0].text)) >= 2 and not _is_anchor(bullet)


def _like_a_title(bullet: Bullet) -> bool:
    """Whether a bullet without any evidence still reads like a title: some words, no sentence, no list of its own."""
    text = bullet.lines[0].text.strip()
    words = text.split()
    return (
        len(words) >= 4
        and not bullet.children
        and not _is_anchor(bullet)
        and text[0].isupper()
        and sum(word[0].isupper() for word in words) >= 0.5 * len(words)
    )


def _is_anchor(bullet: Bullet) -> bool:
    """Whether a bullet leads to a place in the list itself."""
    return any(span.url.startswith("#") for line in bullet.lines for span in line.links)


def _read_category(walk: _Walk, bullet: Bullet) -> None:
    path = list(walk.path)
    level = 7.0 + sum(1 for depth, _ in path if depth >= 7)
    walk.path.append((level, plain_heading(bullet.lines[0].text)))
    walk.headings.append(walk.section)
    walk.filled.add(walk.section)
    _read_bullets(walk, bullet.children)
    walk.path = path


def _read_bullet(walk: _Walk, bullet: Bullet) -> None:
    own = [child for child in bullet.children if _has_title(child)]
    split = len(own) == len(bullet.children) and len(own) > 1
    below = [] if split else [line for child in _all_bullets(bullet.children) for line in child.lines]
    entry = read_entry(bullet.lines, below, walk.section, walk.first_line)
    if entry:
        walk.entries.append(entry)
    else:
        walk.problem(bullet.lines[0], "no title found")
    if split:
        _read_bullets(walk, bullet.children)
