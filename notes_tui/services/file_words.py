"""What a file says of an annotation, kept beside what the reader made of it.

The record stands under ``pdf`` in the annotation's ``extra``. A value of the annotation that still is what
the record says follows the file; one that the reader changed is the reader's own and stays.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from notes_tui.model.item import ANNOTATION_KINDS, Annotation, AnnotationKind
from notes_tui.model.pdf import Box, Doubt, PdfAnnotation, Reply
from notes_tui.model.text import storable
from notes_tui.settings import Role
from notes_tui.store.file_annotations import KeptAnnotation

RECORD = "pdf"
AT = "at"
"""The place on the page in reading order."""
GONE = "gone"
"""When it was found to be deleted from its file."""
CARRIED = "carried"
"""Whether its place is in a version of the file that does not have it."""
UNPLACED = "unplaced"
"""The page of an earlier version that has no counterpart in the file as it is now."""
_FOLLOWING = ("kind", "page", "page_label", "quote", "comment", "color", "role")
"""Values of an annotation that follow the file until the reader changes them."""
_PLAIN = ("id", "quote", "before", "after", "comment", "color", "author", "created", "modified", "heading")
_WITHOUT_ROLE = frozenset(("text", "ink", "stamp"))
"""Kinds whose colour is that of a pen or of paper and no sign."""
_GREY = 0.15
"""A colour with less saturation has no hue."""
_DARK = 0.1
_COLOR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def role_of(color: str, kind: AnnotationKind, roles: Sequence[Role]) -> str:
    """The role whose colour has the nearest hue; grey is near to grey alone. Empty where no colour is a sign."""
    if kind in _WITHOUT_ROLE or not _COLOR.fullmatch(color) or not roles:
        return ""
    hue = _hue(color)
    near = [(_distance(hue, _hue(role.color)), number) for number, role in enumerate(roles)]
    best = min(((apart, number) for apart, number in near if apart is not None), default=None)
    return roles[best[1]].name if best else ""


def _hue(color: str) -> float | None:
    """The hue from 0 to 1; ``None`` for grey, black and white."""
    hue, saturation, value = colorsys.rgb_to_hsv(*(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    return hue if saturation >= _GREY and value >= _DARK else None


def _distance(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return 0.0 if one is other else None
    apart = abs(one - other)
    return min(apart, 1 - apart)


def record_of(said: PdfAnnotation, file: str, role: str) -> dict[str, object]:
    """What is kept of what the file with this key says; ``role`` is the one its colour stands for."""
    values: dict[str, object] = {name: storable(getattr(said, name)) for name in _PLAIN}
    box = said.box
    values |= {
        "file": file, "kind": said.kind, "page": said.page, "page_label": storable(said.page_label), "role": role,
        "box": [round(each, 2) for each in (box.left, box.bottom, box.right, box.top)],
        "replies": [
            {name: storable(getattr(each, name)) for name in ("id", "author", "text", "created")}
            for each in said.replies
        ],
        "doubts": list(said.doubts),
    }  # fmt: skip
    return {name: value for name, value in values.items() if value not in ("", [])}


def recorded(kept: KeptAnnotation) -> PdfAnnotation:
    """What the file said when it was last read; what is broken in the record counts as absent."""
    data = kept.extra.get(RECORD)
    values: Mapping[str, Any] = data if isinstance(data, dict) else {}
    kind = values.get("kind")
    box = values.get("box")
    numbers = [each for each in box if isinstance(each, (int, float))] if isinstance(box, list) else []
    replies = values.get("replies")
    doubts = values.get("doubts")
    plain: dict[str, Any] = {name: _text(values, name) for name in _PLAIN}
    return PdfAnnotation(
        **plain,
        kind=kind if kind in ANNOTATION_KINDS else kept.annotation.kind,
        page=values["page"] if isinstance(values.get("page"), int) else kept.annotation.page or 1,
        page_label=_text(values, "page_label"),
        box=Box(*numbers) if len(numbers) == 4 else Box(0, 0, 0, 0),
        replies=tuple(
            Reply(*(_text(each, name) for name in ("id", "author", "text", "created")))
            for each in (replies if isinstance(replies, list) else ())
            if isinstance(each, dict)
        ),
        doubts=tuple(
            each for each in (doubts if isinstance(doubts, list) else ()) if each in get_args(Doubt)
        ),
    )


def file_of(kept: KeptAnnotation) -> str:
    """The key of the attachment that an annotation stands in; empty where nothing tells."""
    data = kept.extra.get(RECORD)
    return _text(data, "file") if isinstance(data, dict) else ""


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def new(said: PdfAnnotation, uid: str, file: str, created: str, roles: Sequence[Role]) -> KeptAnnotation:
    """An annotation that came with a file."""
    role = role_of(said.color, said.kind, roles)
    annotation = Annotation(
        id=uid, kind=said.kind, page=said.page, page_label=storable(said.page_label),
        quote=storable(said.quote), comment=storable(said.comment), role=role, color=said.color, source="pdf",
        created=said.created or said.modified or created,
    )  # fmt: skip
    return KeptAnnotation(annotation, {RECORD: record_of(said, file, role), AT: said.order})


def updated(kept: KeptAnnotation, said: PdfAnnotation, file: str, roles: Sequence[Role]) -> KeptAnnotation:
    """An annotation after its file was read again: it is there, and what the reader did not change follows."""
    role = role_of(said.color, said.kind, roles)
    record = record_of(said, file, role)
    extra = {name: value for name, value in kept.extra.items() if name not in (GONE, CARRIED, UNPLACED)}
    extra |= {RECORD: record, AT: said.order}
    before = kept.extra.get(RECORD)
    known: Mapping[str, object] = before if isinstance(before, dict) else {}
    changes = {
        name: record.get(name, "")
        for name in _FOLLOWING
        if getattr(kept.annotation, name) == known.get(name, "")
    }
    return KeptAnnotation(replace(kept.annotation, **changes), extra)  # type: ignore[arg-type]


def gone(kept: KeptAnnotation, when: str) -> KeptAnnotation:
    """An annotation that was deleted from its file; when that was found is noted once."""
    return replace(kept, extra={GONE: when} | dict(kept.extra))


def carried(kept: KeptAnnotation, page: int | None, label: str, file: str) -> KeptAnnotation:
    """An annotation whose place is now in a version of the file that does not have it; ``None``: it has no place."""
    said = recorded(kept)
    old_page = kept.extra.get(UNPLACED, said.page)
    moved = said if page is None else replace(said, page=page, page_label=label)
    record = kept.extra.get(RECORD)
    role = _text(record, "role") if isinstance(record, dict) else ""
    extra = {name: value for name, value in kept.extra.items() if name != UNPLACED}
    extra |= {RECORD: record_of(moved, file, role), CARRIED: True}
    if page is None:
        return KeptAnnotation(kept.annotation, extra | {UNPLACED: old_page})
    follows = kept.annotation.page == said.page
    annotation = replace(kept.annotation, page=page, page_label=label) if follows else kept.annotation
    return KeptAnnotation(annotation, extra)
