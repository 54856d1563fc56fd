"""Front matter merged key by key, each change spliced into the user's text where the value stands.

What the program did not write (keys, comments, order, quoting, indentation) is never touched: only
values that the library changed are replaced, and list elements that it added or took away.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from notes_tui.formats.vault.yaml_nodes import BadYamlError, Node, Value, parse
from notes_tui.model.merge import Conflict, merge_sets


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters ``start:end`` of the user's text that become ``text``."""

    start: int
    end: int
    text: str


class _Fields:
    """The keys of a mapping in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = parse(text)
        self.pairs: dict[str, tuple[Node, Node]] = {}
        for key, value in self.root.pairs or []:
            if key.start and text[key.start - 1] != "\n":
                raise BadYamlError("a key does not begin its line", text.count("\n", 0, key.start) + 1)
            if (key.value or "") in self.pairs:
                raise BadYamlError(f"the key {key.value} stands twice", text.count("\n", 0, key.start) + 1)
            self.pairs[key.value or ""] = (key, value)

    def value(self, key: str) -> Value:
        """The value of a key; ``None`` where it is absent."""
        pair = self.pairs.get(key)
        return pair[1].plain() if pair else None

    def lines(self, key: str) -> str:
        """The lines a key and its value take, whole."""
        start, end = self.span(key)
        return self.text[start:end]

    def span(self, key: str) -> tuple[int, int]:
        """From the first character of the key's first line to behind its last line's end."""
        name, value = self.pairs[key]
        start = self.text.rfind("\n", 0, name.start) + 1
        return start, self.line_end(max(name.end, value.end))

    def line_end(self, index: int) -> int:
        """The place behind the end of the line that ``index`` is in."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1


@dataclass(frozen=True, slots=True)
class MergedFields:
    """Front matter after a merge, without its fences, and the keys both sides changed."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


def merge_front_matter(base: str, ours: str, theirs: str) -> MergedFields:
    """The front matter ``theirs`` with what the library changed between ``base`` and ``ours``.

    Lists are merged as sets; a scalar that both changed is a conflict and stays as ``theirs`` has it, but of two
    times at which an item was added the earlier one counts. Raises :class:`BadYamlError` where a text cannot be read.
    """
    if ours == base or theirs == base:
        return MergedFields(theirs if ours == base else ours)
    before, after, found = _Fields(base), _Fields(ours), _Fields(theirs)
    edits: list[_Edit] = []
    conflicts: list[Conflict] = []
    for key in _changed_keys(before, after):
        old, new, current = before.value(key), after.value(key), found.value(key)
        if new == current:
            continue
        if _are_lists(old, new, current):
            edits += _list_edits(before, after, found, key)
        elif current == old:
            edits.append(_replaced(after, found, key))
        elif key == "added" and isinstance(new, str) and isinstance(current, str):
            edits += [_replaced(after, found, key)] if new < current else []
        else:
            conflicts.append(_conflict(before, after, found, key))
    return MergedFields(_edited(theirs, edits), tuple(conflicts))


def put_front_matter(text: str, meant: str, wanted: str, keep: Collection[str] = ()) -> str:
    """The front matter ``text`` with the values of ``wanted`` wherever those differ from what it means.

    ``meant`` is what the text says in the program's own writing; keys of ``keep`` are left as they are. A text
    that names no citekey was not written by the program and gets every key.
    Raises :class:`BadYamlError` where a text cannot be read.
    """
    if meant == wanted:
        return text
    if text == meant and not keep:
        return wanted
    before, after, found = _Fields(meant), _Fields(wanted), _Fields(text)
    edits: list[_Edit] = []
    missing = [] if "citekey" in found.pairs else [key for key in after.pairs if key not in found.pairs]
    for key in dict.fromkeys([*_changed_keys(before, after), *missing]):
        if key in keep or after.value(key) == found.value(key):
            continue
        if key in missing:
            edits.append(_inserted(after, found, key))
        elif _are_lists(before.value(key), after.value(key), found.value(key)):
            edits += _list_edits(before, after, found, key)
        else:
            edits.append(_replaced(after, found, key))
    return _edited(text, edits)


def with_keys_of(text: str, other: str, keys: Collection[str]) -> str:
    """The front matter ``text`` with some keys, and the lines of their values, as ``other`` has them.

    Raises :class:`BadYamlError` where a text cannot be read.
    """
    found, source = _Fields(text), _Fields(other)
    edits = [_Edit(*found.span(key), "") for key in keys if key in found.pairs]
    edits += [_inserted(source, found, key) for key in keys if key in source.pairs]
    return _edited(text, edits)


def _changed_keys(before: _Fields, after: _Fields) -> list[str]:
    keys = dict.fromkeys([*after.pairs, *before.pairs])
    return [key for key in keys if before.value(key) != after.value(key)]


def _are_lists(*values: Value) -> bool:
    return all(value is None or isinstance(value, list) for value in values) and any(values)


def _conflict(before: _Fields, after: _Fields, found: _Fields, key: str) -> Conflict:
    shown = [
        tuple(side.lines(key).splitlines()) if key in side.pairs else () for side in (before, after, found)
    ]
    line = found.text.count("\n", 0, found.span(key)[0]) + 2 if key in found.pairs else 1
    return Conflict(line, *shown)


def _replaced(after: _Fields, found: _Fields, key: str) -> _Edit:
    """The edit that gives a key the library's value: in place on its line, else by whole lines."""
    if key not in found.pairs:
        return _inserted(after, found, key) if key in after.pairs else _Edit(0, 0, "")
    start, end = found.span(key)
    if key not in after.pairs:
        return _Edit(start, end, "")
    value, renewed = found.pairs[key][1], after.pairs[key][1]
    old_text = found.text[value.start : value.end]
    new_text = after.text[renewed.start : renewed.end]
    if "\n" in old_text or "\n" in new_text or not old_text or not new_text or _in_lines(value, renewed):
        return _Edit(start, end, after.lines(key))
    return _Edit(value.start, value.end, new_text)


def _in_lines(*values: Node) -> bool:
    """Whether one of the values is a list or mapping with an element a line."""
    return any(value.value is None and not value.flow for value in values)


def _inserted(after: _Fields, found: _Fields, key: str) -> _Edit:
    """A new key behind the one it follows in the library's order, if the user still has that."""
    order = list(after.pairs)
    for earlier in reversed(order[: order.index(key)]):
        if earlier in found.pairs:
            place = found.span(earlier)[1]
            gap = "" if found.text[:place].endswith("\n") else "\n"
            return _Edit(place, place, gap + after.lines(key))
    place = found.span(next(iter(found.pairs)))[0] if found.pairs else 0
    return _Edit(place, place, after.lines(key))


def _identity(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _elements(fields: _Fields, key: str) -> dict[str, Node]:
    pair = fields.pairs.get(key)
    return {_identity(node.plain()): node for node in (pair[1].elements or [] if pair else [])}


def _list_edits(before: _Fields, after: _Fields, found: _Fields, key: str) -> list[_Edit]:
    mine, current = _elements(after, key), _elements(found, key)
    wanted = merge_sets(list(_elements(before, key)), list(mine), list(current))
    if wanted == list(current):
        return []
    if not current or not wanted:
        return [_whole_list(after, found, key, wanted, mine)]
    node = found.pairs[key][1]
    texts = {name: after.text[each.start : each.end] for name, each in mine.items()}
    texts |= {name: found.text[each.start : each.end] for name, each in current.items()}
    if node.flow:
        return [_Edit(node.start, node.end, "[" + ", ".join(texts[name] for name in wanted) + "]")]
    return _line_edits(found, current, wanted, texts)


def _whole_list(
    after: _Fields, found: _Fields, key: str, wanted: Sequence[str], mine: dict[str, Node]
) -> _Edit:
    """The whole key anew, where the list was or becomes empty."""
    if wanted and list(mine) == list(wanted):
        text = after.lines(key)
    else:
        lines = [f"  - {after.text[mine[name].start : mine[name].end]}\n" for name in wanted]
        text = f"{key}:\n{''.join(lines)}" if lines else f"{key}: []\n"
    if key not in found.pairs:
        place = (
            _inserted(after, found, key)
            if key in after.pairs
            else _Edit(len(found.text), len(found.text), "")
        )
        return _Edit(place.start, place.end, text)
    return _Edit(*found.span(key), text)


def _line_edits(
    found: _Fields, current: dict[str, Node], wanted: Sequence[str], texts: dict[str, str]
) -> list[_Edit]:
    """Lines taken out and put in, in a list the user has with an element a line."""
    edits = []
    spans = {}
    for name, node in current.items():
        spans[name] = (found.text.rfind("\n", 0, node.start) + 1, found.line_end(node.end))
        if name not in wanted:
            edits.append(_Edit(*spans[name], ""))
    first = next(iter(current.values()))
    dash = found.text[spans[next(iter(current))][0] : first.start]
    place = spans[next(iter(current))][0]
    for name in wanted:
        if name in current:
            place = spans[name][1]
        else:
            gap = "" if not place or found.text[place - 1] == "\n" else "\n"
            edits.append(_Edit(place, place, f"{gap}{dash}{texts[name]}\n"))
    return edits


def _edited(text: str, edits: list[_Edit]) -> str:
    """The text with all edits made; those at one place keep their order, insertions before removals."""
    result, done = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        result += [text[done : edit.start], edit.text]
        done = max(done, edit.end)
    return "".join([*result, text[done:]])
