"""YAML as a tree of text with places, so that a value can be changed where it stands.

The tree is built from parser events: every scalar stays text, anchors are never expanded, and depth
and size are bounded, so a hostile file costs no more than an honest one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from yaml import Event

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

MAX_SIZE = 1_000_000
MAX_DEPTH = 40


class BadYamlError(Exception):
    """The text is not a YAML mapping that can be read here; says why, and on which line (from 1)."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(slots=True)
class Node:
    """A value and where it stands: offsets into the text, the end behind its last character."""

    start: int
    end: int
    value: str | None = None
    """The text of a scalar; ``None`` for an empty or ``null`` one."""
    flow: bool = False
    """Whether it is written on one line in brackets."""
    elements: list[Node] | None = None
    """What a list holds."""
    pairs: list[tuple[Node, Node]] | None = None
    """Keys and values of a mapping."""

    def plain(self) -> Value:
        """The value without places, for comparing."""
        if self.elements is not None:
            return [element.plain() for element in self.elements]
        if self.pairs is not None:
            return {key.value or "": value.plain() for key, value in self.pairs}
        return self.value


@dataclass(slots=True)
class _Open:
    node: Node
    children: list[Node] = field(default_factory=list)


def parse(text: str) -> Node:
    """The mapping a text holds; an empty text is an empty mapping. Raises :class:`BadYamlError`."""
    if len(text) > MAX_SIZE:
        raise BadYamlError("it is too long")
    root: Node | None = None
    stack: list[_Open] = []
    for event in _events(text):
        node = _node(event, stack, text)
        if node is None:
            continue
        if stack:
            stack[-1].children.append(node)
        elif root is None:
            root = node
        else:
            raise BadYamlError("it holds more than one document", _line(event))
    if root is None or (root.value is None and root.pairs is None and root.elements is None):
        return Node(0, 0, pairs=[])
    if root.pairs is None:
        raise BadYamlError("it is not a list of keys and values")
    return root


def _events(text: str) -> Iterator[Event]:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        yield from _bounded(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadYamlError(error.problem or "it is no YAML", mark.line + 1 if mark else 1) from error
    except yaml.YAMLError as error:
        raise BadYamlError("it holds characters that YAML does not allow") from error


def _bounded(events: Iterable[Event]) -> Iterator[Event]:
    from yaml import CollectionEndEvent, CollectionStartEvent

    depth = 0
    for event in events:
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise BadYamlError("it is nested too deeply", _line(event))
        yield event


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _place(event: Event) -> tuple[int, int]:
    if event.start_mark is None or event.end_mark is None:
        raise BadYamlError("it has no places")
    return event.start_mark.index, event.end_mark.index


def _node(event: Event, stack: list[_Open], text: str) -> Node | None:
    """The node that an event completes, if it completes one."""
    import yaml

    start, end = _place(event)
    if isinstance(event, yaml.ScalarEvent):
        end = start + len(text[start:end].rstrip("\r\n")) if event.style in ("|", ">") else end
        empty = event.implicit[0] and event.value in ("", "~", "null", "Null", "NULL")
        return Node(start, end, value=None if empty else event.value)
    if isinstance(event, yaml.AliasEvent):
        return Node(start, end, value=text[start:end])
    if isinstance(event, yaml.CollectionStartEvent):
        stack.append(_Open(Node(start, end, flow=bool(event.flow_style))))
        return None
    if isinstance(event, yaml.CollectionEndEvent):
        closed = stack.pop()
        node, children = closed.node, closed.children
        node.end = end if node.flow else max([node.start, *(child.end for child in children)])
        if isinstance(event, yaml.SequenceEndEvent):
            node.elements = children
        else:
            node.pairs = list(zip(children[::2], children[1::2], strict=True))
            node.start = min([node.start, *(child.start for child in children)])
        return node
    return None
