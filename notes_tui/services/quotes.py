"""The annotations of all papers, grouped by role or by paper, and as a Markdown file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from notes_tui.model.text import one_line
from notes_tui.settings import Role
from notes_tui.store import file_annotations
from notes_tui.store.database import Store
from notes_tui.store.file_annotations import PlacedAnnotation

Grouping = Literal["role", "paper"]
WITHOUT_ROLE = "without a role"


@dataclass(frozen=True, slots=True)
class Group:
    """Annotations under one heading."""

    heading: str
    glyph: str
    annotations: tuple[PlacedAnnotation, ...]


def grouped(
    store: Store, by: Grouping, roles: Sequence[Role], item_ids: Sequence[int] | None = None, role: str = ""
) -> list[Group]:  # fmt: skip
    """The annotations of items (of all), of one role where that is given; roles are in the order of the config."""
    chosen = None if item_ids is None else set(item_ids)
    found = [
        each
        for each in file_annotations.of_library(store)
        if (chosen is None or each.item_id in chosen) and (not role or each.annotation.role == role)
    ]
    glyphs = {each.name: each.glyph for each in roles}
    if by == "paper":
        papers: dict[int, list[PlacedAnnotation]] = {}
        for each in found:
            papers.setdefault(each.item_id, []).append(each)
        return [Group(several[0].name, "", tuple(several)) for several in papers.values()]
    names = dict.fromkeys([*glyphs, *sorted({each.annotation.role for each in found} - {""}), ""])
    groups = {name: [each for each in found if each.annotation.role == name] for name in names}
    return [
        Group(name or WITHOUT_ROLE, glyphs.get(name, "•" if name else ""), tuple(several))
        for name, several in groups.items()
        if several
    ]


def markdown(groups: Sequence[Group], by: Grouping) -> str:
    """Groups as Markdown: a heading each, quotes as quotes with paper and page, comments below."""
    return "\n".join(line for group in groups for line in _section(group, by)).rstrip("\n") + "\n"


def _section(group: Group, by: Grouping) -> Iterator[str]:
    yield f"## {one_line(group.heading)}\n"
    for each in group.annotations:
        annotation = each.annotation
        place = f"p. {annotation.page_label or annotation.page}" if annotation.page else ""
        about = (
            (annotation.role, place) if by == "paper" else (one_line(each.name), place, f"`{each.citekey}`")
        )
        if annotation.quote:
            yield f"> {one_line(annotation.quote)}\n"
        if annotation.comment:
            yield f"{annotation.comment.strip()}\n"
        yield f"— {', '.join(part for part in about if part)}\n" if any(about) else ""
