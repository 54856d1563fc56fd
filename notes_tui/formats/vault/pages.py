"""Pages that lead to the notes: the index, one a collection, one a tag. They read like a reading list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from notes_tui.model.item import Item
from notes_tui.model.markdown import heading, inline, link, relative_link, web_link
from notes_tui.model.outline import ListedItem, Outline, named_title, unlisted
from notes_tui.model.text import ellipsis, one_line

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files of a vault are, relative to its folder, and which read statuses count as done."""

    papers: Mapping[str, str]
    """By citekey."""
    collections: Mapping[str, str]
    """By slug."""
    tags: Mapping[str, str]
    """By tag in lower case."""
    done: Collection[str]
    with_wiki_links: bool = False
    """Whether links are ``[[file|words]]``."""
    lines: dict[str, tuple[str, str]] = field(default_factory=dict, compare=False)
    """What stands before and behind the way up in the line of an item, which is the same on every page."""

    def link(self, words: str, path: str, up: str) -> str:
        """A link to a file of the vault from a page ``up`` leads to the vault's folder from."""
        if self.with_wiki_links and not _NOT_IN_WIKI_LINKS.intersection(path):
            return f"[[{path.removesuffix('.md')}|{one_line(words).translate(_WIKI_WORDS)}]]"
        return link(words, up + relative_link(path))


_NOT_IN_WIKI_LINKS = frozenset("[]|#^")
_WIKI_WORDS = str.maketrans("[]|", "()/")


def index_page(
    outlines: Sequence[Outline], items: Sequence[Item], tags: Mapping[str, Sequence[Item]], places: Places
) -> str:
    """The first page: every list with its sections, then what stands in none, then tags."""
    shown = [each for each in outlines if not each.header.hidden]
    hidden = [each for each in outlines if each.header.hidden]
    parts = [heading(1, "Reading notes"), "\n", _counts(items, places)]
    for outline in shown:
        page = places.link(outline.header.title, places.collections[outline.header.slug], "")
        parts += ["\n## ", page, "\n\n", _list_counts(outline, places)]
        parts += _section_parts(outline, places, "", level=2)
    alone = unlisted(items, outlines)
    if alone:
        parts += ["\n", heading(2, "In no list"), "\n", *(_item_line(item, places, "") for item in alone)]
    parts += [*_tag_parts(tags, places), *_list_parts("Hidden lists", hidden, places)]
    return "".join(parts)


def topics_page(
    outlines: Sequence[Outline], items: Sequence[Item], tags: Mapping[str, Sequence[Item]], places: Places
) -> str:
    """The first page where folders are topics: a reading list of these, then the lists, then tags."""
    topics: dict[str, list[Item]] = {}
    for item in items:
        folders = places.papers[item.citekey].split("/")[:-2]
        topics.setdefault("/".join(folders), []).append(item)
    parts = [heading(1, "Reading notes"), "\n", _counts(items, places)]
    for topic, found in sorted(topics.items(), key=lambda pair: not pair[0]):
        parts += ["\n", heading(2, topic.replace("/", " / ") or "Other notes"), "\n"]
        parts += [_counts(found, places), "\n", *(_item_line(item, places, "") for item in found)]
    shown = [each for each in outlines if not each.header.hidden]
    hidden = [each for each in outlines if each.header.hidden]
    for title, lists in (("Lists", shown), ("Hidden lists", hidden)):
        parts += _list_parts(title, lists, places)
    return "".join([*parts, *_tag_parts(tags, places)])


def _list_parts(title: str, lists: Sequence[Outline], places: Places) -> list[str]:
    if not lists:
        return []
    links = [
        (each, places.link(each.header.title, places.collections[each.header.slug], "")) for each in lists
    ]
    return ["\n", heading(2, title), "\n", *(f"- {page} ({len(each.entries)})\n" for each, page in links)]


def collection_page(outline: Outline, places: Places) -> str:
    """The page of a reading list, with what the list says in columns of its own."""
    header = outline.header
    up = _up(places.collections[header.slug])
    parts = [heading(1, header.title)]
    parts += ["\n", inline(header.description), "\n"] if header.description else []
    source = web_link(header.source)
    parts += ["\n", f"Source: <{source}>\n"] if source and "//" in source else []
    parts += [
        "\n",
        _list_counts(outline, places),
        *_section_parts(outline, places, up, level=1, with_fields=True),
    ]
    return "".join(parts)


def tag_page(tag: str, items: Sequence[Item], places: Places) -> str:
    """The page of a tag: what has it or a tag nested in it."""
    up = _up(places.tags[tag.lower()])
    return "".join(
        [
            heading(1, tag),
            "\n",
            _counts(items, places),
            "\n",
            *(_item_line(item, places, up) for item in items),
        ]
    )


def tags_with_items(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Every tag, and every tag above a nested one, with the items under it; sorted, however it is written first."""
    spelled: dict[str, str] = {}
    under: dict[str, list[Item]] = {}
    for item in items:
        above = [_above(tag) for tag in item.tags]
        for tag in dict.fromkeys(tag for tags in above for tag in tags):
            key = spelled.setdefault(tag.lower(), tag)
            if not under.setdefault(key, []) or under[key][-1] is not item:
                under[key].append(item)
    return {tag: under[tag] for tag in sorted(under, key=lambda tag: tag.lower().split("/"))}


def _above(tag: str) -> list[str]:
    parts = tag.split("/")
    return ["/".join(parts[: depth + 1]) for depth in range(len(parts))]


def _up(path: str) -> str:
    return "../" * path.count("/")


def _counts(items: Sequence[Item], places: Places) -> str:
    statuses = Counter(item.read_status for item in items)
    done = sum(number for status, number in statuses.items() if status in places.done)
    others = [
        f"{number} {inline(status)}"
        for status, number in sorted(statuses.items())
        if status not in places.done and status != "unread"
    ]
    return f"*{_of(done, len(items))}{''.join(f', {each}' for each in others)}*\n"


def _list_counts(outline: Outline, places: Places) -> str:
    return _counts(list({each.item.citekey: each.item for each in outline.entries}.values()), places)


def _of(done: int, total: int) -> str:
    return f"{done} of {total} read"


def _section_parts(
    outline: Outline, places: Places, up: str, *, level: int, with_fields: bool = False
) -> list[str]:
    parts: list[str] = []
    above: tuple[str, ...] = ()
    for section in outline.sections:
        for depth, words in section.new_headings(above):
            parts += ["\n", heading(level + depth, words)]
        above = section.path
        if section.entries:
            items = {each.item.citekey: each.item for each in section.entries}
            parts += ["\n", f"*{_of(_done(items.values(), places), len(items))}*\n"] if section.path else []
            parts.append("\n")
            for each in section.entries:
                parts.append(_item_line(each.item, places, up))
                parts += _field_lines(each) if with_fields else []
    return parts


def _done(items: Iterable[Item], places: Places) -> int:
    return sum(item.read_status in places.done for item in items)


def _item_line(item: Item, places: Places, up: str) -> str:
    """``- [x] [Title](papers/x.md), OSDI 2020 · reading p. 5/12 · ★★★★``."""
    known = places.lines.get(item.citekey)
    if known is None:
        known = places.lines[item.citekey] = _around_way_up(item, places)
    before, behind = known
    return f"{before}{up}{behind}" if behind else before


def _around_way_up(item: Item, places: Places) -> tuple[str, str]:
    """The two parts of an item's line; the second is empty where no way up stands in it."""
    box = "x" if item.read_status in places.done else " "
    where = " ".join(filter(None, (item.venue, str(item.year or ""))))
    title = ellipsis(named_title(item), _LONGEST_TITLE)
    page = places.link(title, places.papers[item.citekey], _WAY_UP)
    words = [page + (f", {inline(where)}" if where else "")]
    if item.read_status not in ("unread", "read"):
        words.append(inline(item.read_status))
    if item.progress and item.read_status not in places.done:
        pages = f"/{item.progress.pages}" if item.progress.pages else ""
        words.append(f"p. {item.progress.page}{pages}")
    if item.rating:
        words.append("★" * item.rating)
    before, _, behind = f"- [{box}] {' · '.join(words)}\n".partition(_WAY_UP)
    return before, behind


_WAY_UP = "\0"
"""Stands for the way up; no text holds it."""


def _field_lines(listed: ListedItem) -> list[str]:
    return [f"  - {inline(name)}: {inline(value)}\n" for name, value in listed.entry.fields.items() if value]


def _tag_parts(tags: Mapping[str, Sequence[Item]], places: Places) -> list[str]:
    if not tags:
        return []
    lines = [
        f"{'  ' * tag.count('/')}- {places.link(tag.rpartition('/')[2], places.tags[tag.lower()], '')} ({len(found)})\n"
        for tag, found in tags.items()
    ]
    return ["\n", heading(2, "Tags"), "\n", *lines]
