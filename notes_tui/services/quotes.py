"""The annotations of all papers, grouped by role or by paper, and as Markdown or JSON to write from.

Each quote carries a citation as pandoc reads it: ``[@antman2020, p. 5]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from notes_tui.model import markdown as md
from notes_tui.model.item import display_title
from notes_tui.model.shapes import annotation_shape
from notes_tui.model.text import fold, one_line
from notes_tui.services.exporting import write_text
from notes_tui.services.writing import NO_ROLE
from notes_tui.settings import Role
from notes_tui.store import file_annotations, items
from notes_tui.store.database import Store
from notes_tui.store.file_annotations import PlacedAnnotation

Grouping = Literal["role", "paper"]
WITHOUT_ROLE = "without a role"
_PLAIN_KEY = re.compile(r"\w+(?:[:.#$%&+?<>~/-]\w+)*")
"""Keys that pandoc reads without braces."""
_NUMBER_AT_START = re.compile(r"\A(\d{1,9})(?=[.)](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Group:
    """Annotations under one heading."""

    heading: str
    glyph: str
    annotations: tuple[PlacedAnnotation, ...]


@dataclass(frozen=True, slots=True)
class ExportedQuotes:
    """What an export of annotations wrote."""

    path: str
    annotations: int
    changed: bool
    """Whether the file was not there in these bytes already."""
    left_out: int
    """Annotations of papers that are kept private."""

    def as_dict(self) -> dict[str, object]:
        """``{path, annotations, changed, left_out}``."""
        return {
            "path": self.path, "annotations": self.annotations, "changed": self.changed,
            "left_out": self.left_out,
        }  # fmt: skip


class Finder:
    """Finds annotations by words as they are typed; the words of all are folded once."""

    def __init__(self, annotations: Sequence[PlacedAnnotation]) -> None:
        self.annotations = annotations
        self._texts: list[str] | None = None

    def find(self, text: str) -> Sequence[PlacedAnnotation]:
        """Those in which every word of a text stands: in quote, comment, role, the paper's name or citekey."""
        wanted = fold(text).split()
        if not wanted:
            return self.annotations
        if self._texts is None:
            self._texts = [_text_of(each) for each in self.annotations]
        return [
            each
            for each, words in zip(self.annotations, self._texts, strict=True)
            if all(word in words for word in wanted)
        ]


def _text_of(placed: PlacedAnnotation) -> str:
    each = placed.annotation
    role = f"role:{each.role or NO_ROLE} {each.role}"
    return fold("\n".join((each.quote, each.comment, role, placed.name, placed.citekey)))


def grouped(
    store: Store, by: Grouping, roles: Sequence[Role], item_ids: Sequence[int] | None = None, role: str = ""
) -> list[Group]:  # fmt: skip
    """The annotations of items (of all), of one role where that is given (``none``: those without one)."""
    chosen = None if item_ids is None else set(item_ids)
    wanted = "" if role == NO_ROLE else role
    found = [
        each
        for each in file_annotations.of_library(store)
        if (chosen is None or each.item_id in chosen) and (not role or each.annotation.role == wanted)
    ]
    return groups_of(found, by, roles)


def groups_of(found: Sequence[PlacedAnnotation], by: Grouping, roles: Sequence[Role]) -> list[Group]:
    """Annotations under their headings; roles are in the order of the config, papers in that of the list."""
    groups: dict[str | int, list[PlacedAnnotation]] = {}
    if by == "paper":
        for each in found:
            groups.setdefault(each.item_id, []).append(each)
        return [Group(several[0].name, "", tuple(several)) for several in groups.values()]
    glyphs = {each.name: each.glyph for each in roles}
    for each in found:
        groups.setdefault(each.annotation.role, []).append(each)
    names = [
        name for name in dict.fromkeys([*glyphs, *sorted({*map(str, groups)} - {""}), ""]) if name in groups
    ]
    return [
        Group(name or WITHOUT_ROLE, glyphs.get(name, "•" if name else ""), tuple(groups[name]))
        for name in names
    ]


def citation(placed: PlacedAnnotation) -> str:
    """The citation of an annotation as pandoc reads it: ``[@antman2020, p. 5]``; the page by its own label."""
    key = placed.citekey if _PLAIN_KEY.fullmatch(placed.citekey) else f"{{{placed.citekey}}}"
    annotation = placed.annotation
    page = one_line(annotation.page_label) or (str(annotation.page) if annotation.page else "")
    return f"[@{key}, p. {page}]" if page else f"[@{key}]"


def with_citation(placed: PlacedAnnotation) -> str:
    """The words of an annotation to paste into a text: ``“…” [@antman2020, p. 5]``."""
    annotation = placed.annotation
    words = f"“{one_line(annotation.quote)}”" if annotation.quote else one_line(annotation.comment)
    return f"{words} {citation(placed)}".strip()


def markdown(groups: Sequence[Group], by: Grouping) -> str:
    """Groups as Markdown: a heading each, quotes as quotes with paper and citation, comments below."""
    blocks = [block for group in groups for block in _blocks(group, by)]
    return "\n".join(blocks) if blocks else ""


def _blocks(group: Group, by: Grouping) -> Iterator[str]:
    """A heading and the annotations below it, each block with its line end."""
    yield md.heading(2, group.heading)
    for each in group.annotations:
        annotation = each.annotation
        about = annotation.role if by == "paper" else each.name
        source = " ".join(filter(None, (md.inline(about), citation(each))))
        comment = annotation.comment.strip()
        if annotation.quote:
            yield f"> {_quoted(annotation.quote)}\n>\n> — {source}\n"
            if comment:
                yield f"{comment}\n"
        else:
            yield f"{comment or f'({annotation.kind})'}\n\n— {source}\n"


def _quoted(quote: str) -> str:
    """A quote on one line, in which nothing is taken for the beginning of a heading, a list or a quote."""
    line = md.inline(quote)
    if line[:1] in "#>+-=|:~":
        return f"\\{line}"
    return _NUMBER_AT_START.sub(r"\1\\", line, count=1)


def as_dicts(store: Store, groups: Sequence[Group]) -> list[dict[str, object]]:
    """Groups as ``[{citekey, title, citation, id, kind, page, page_label, quote, comment, role, …}]``."""
    found = [each for group in groups for each in group.annotations]
    ids = list(dict.fromkeys(each.item_id for each in found))
    titles = {item.item_id: display_title(item) for item in items.by_ids(store, ids, with_entries=False)}
    return [
        {"citekey": each.citekey, "title": titles.get(each.item_id), "citation": citation(each)}
        | annotation_shape(each.annotation)
        for each in found
    ]


def without_private(store: Store, groups: Sequence[Group]) -> tuple[list[Group], int]:
    """Groups without the annotations of papers that are kept private, and how many were left out."""
    ids = list(dict.fromkeys(each.item_id for group in groups for each in group.annotations))
    private = {item.item_id for item in items.by_ids(store, ids, with_entries=False) if item.private}
    kept = [
        Group(
            group.heading,
            group.glyph,
            tuple(each for each in group.annotations if each.item_id not in private),
        )
        for group in groups
    ]
    left_out = sum(len(group.annotations) for group in groups) - sum(len(group.annotations) for group in kept)
    return [group for group in kept if group.annotations], left_out


def export_file(
    store: Store, path: Path, groups: Sequence[Group], by: Grouping, *, include_private: bool = False
) -> ExportedQuotes:
    """Write groups to a file: as JSON where its name ends so, else as Markdown.

    What is private stays out unless it is asked for. Raises :class:`UnwritableFileError`.
    """
    left_out = 0
    if not include_private:
        groups, left_out = without_private(store, groups)
    is_json = path.suffix.lower() == ".json"
    text = _json(as_dicts(store, groups)) if is_json else markdown(groups, by)
    number = sum(len(group.annotations) for group in groups)
    return ExportedQuotes(str(path), number, write_text(path, text), left_out)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
