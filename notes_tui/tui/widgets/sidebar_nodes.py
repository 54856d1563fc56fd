"""The lines of the first pane as a tree, made from the overview of a library."""

from __future__ import annotations

from collections.abc import Collection as AbstractSet
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from notes_tui.services.browsing import EVERYWHERE, NEXT, TRASH, Place
from notes_tui.services.listing import Overview
from notes_tui.settings import Status

_ALWAYS = frozenset(("unread", "queued", "reading", "read"))


class Node(NamedTuple):
    """A line of the sidebar: a heading, or a place with its count."""

    label: str
    place: Place | None = None
    """``None`` for headings and empty lines."""
    number: str = ""
    glyph: str = ""
    children: tuple[Node, ...] = ()
    done: bool = False
    """Whether everything in it is read."""

    @property
    def key(self) -> str:
        """What an open node is remembered by."""
        return "/".join((self.place.kind, self.place.name, *self.place.section)) if self.place else self.label


class Line(NamedTuple):
    """A node in the list, with how deep it stands and whether it is open."""

    node: Node
    depth: int = 0
    is_open: bool = False


def nodes(overview: Overview, statuses: Sequence[Status]) -> list[Node]:
    """The nodes of a library with its read statuses in their order."""
    tree = [
        Node("All papers", EVERYWHERE, _number(overview.total)),
        Node("Next", NEXT, _number(overview.queued)),
    ]
    collections = tuple(_collections(overview))
    if collections:
        tree += [Node(""), Node("COLLECTIONS"), *collections]
    tree += [Node(""), Node("STATUS"), *_statuses(overview, statuses)]
    if overview.tags:
        tree += [Node(""), Node("TAGS"), *_tags(dict(overview.tags) | dict(overview.nested_tags))]
    if overview.views:
        views = (Node(name, Place("view", name), glyph="≡") for name, _ in overview.views)
        tree += [Node(""), Node("VIEWS"), *views]
    if overview.trashed:
        tree += [Node(""), Node("Trash", TRASH, _number(overview.trashed))]
    return tree


def without_numbers(tree: Sequence[Node]) -> list[Node]:
    """The nodes as they are shown before anything was counted."""
    return [
        node._replace(number="", done=False, children=tuple(without_numbers(node.children))) for node in tree
    ]


def _number(number: int) -> str:
    return f"{number:,}" if number else ""


def _progress(read: int, total: int) -> str:
    return f"{read:,}/{total:,}"


def _collections(overview: Overview) -> Iterator[Node]:
    unseen = dict(overview.unseen)
    for collection, sections in overview.collections:
        if collection.hidden:
            continue
        counts = {section.path: (section.read, section.total) for section in sections}
        news = f"+{unseen[collection.slug]} " if collection.slug in unseen else ""
        yield Node(
            f"{news}{collection.title}",
            Place("collection", collection.slug),
            _progress(collection.read, collection.items),
            children=_sections(collection.slug, (), counts),
            done=bool(collection.items) and collection.read == collection.items,
        )


def _sections(
    slug: str, above: tuple[str, ...], counts: dict[tuple[str, ...], tuple[int, int]]
) -> tuple[Node, ...]:
    return tuple(
        Node(
            path[-1],
            Place("collection", slug, path),
            _progress(read, total),
            children=_sections(slug, path, counts),
            done=bool(total) and read == total,
        )
        for path, (read, total) in counts.items()
        if path[:-1] == above
    )


def _statuses(overview: Overview, statuses: Sequence[Status]) -> Iterator[Node]:
    counts = dict(overview.statuses)
    glyphs = {each.name: each.glyph for each in statuses}
    for name in dict.fromkeys([*glyphs, *counts]):
        if counts.get(name) or name in _ALWAYS:
            yield Node(name, Place("status", name), f"{counts.get(name, 0):,}", glyph=glyphs.get(name, "·"))


def _tags(counts: dict[str, int], above: str = "") -> tuple[Node, ...]:
    """Tags of one level; a tag that is only the beginning of others stands there too."""
    start = f"{above}/" if above else ""
    names = dict.fromkeys(
        start + tag[len(start) :].split("/", 1)[0] for tag in counts if tag.startswith(start) and tag != above
    )
    return tuple(
        Node(
            name[len(start) :],
            Place("tag", name),
            _number(counts.get(name, 0)),
            glyph="#" if not above else "",
            children=_tags(counts, name),
        )
        for name in names
    )


def visible_lines(tree: Sequence[Node], open_keys: AbstractSet[str], depth: int = 0) -> Iterator[Line]:
    """The lines of a tree of which some nodes are open."""
    for node in tree:
        is_open = node.key in open_keys
        yield Line(node, depth, is_open)
        if node.children and is_open:
            yield from visible_lines(node.children, open_keys, depth + 1)
