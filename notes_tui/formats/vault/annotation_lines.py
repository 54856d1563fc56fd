"""Annotations as Markdown: a list item with page, role and an id, the quote, the comment.

    - p. 5 · claim ^a1b2c3d4e5
      > The marked words.

      What the reader thinks of them.

Everything below the first line is indented, so what an annotation takes is plain to see and to tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from notes_tui.model.item import ANNOTATION_KINDS, Annotation, AnnotationKind
from notes_tui.model.text import one_line

_HEAD = re.compile(r"- (?:(?P<words>.*) )?\^(?P<id>[0-9A-Za-z][0-9A-Za-z-]*)[ \t]*")
_PAGE = re.compile(r"p\. (?:(?P<label>.*\S) \((?P<page>\d{1,9})\)|(?P<only>\d{1,9})|(?P<name>.+))")
_BETWEEN = " · "


def id_in(line: str) -> str:
    """The id at the end of an annotation's first line, ``""`` for any other line."""
    found = _HEAD.fullmatch(line)
    return found["id"] if found else ""


def write(annotation: Annotation) -> str:
    """The lines of an annotation, the last with its line end."""
    words = [_page_words(annotation), one_line(annotation.role)]
    if annotation.kind != _implied_kind(annotation.quote):
        words.append(annotation.kind)
    head = _BETWEEN.join(filter(None, words)) or annotation.kind
    lines = [f"- {head} ^{annotation.id}"]
    if annotation.quote:
        lines += [f"  > {line}" if line else "  >" for line in annotation.quote.split("\n")]
    if annotation.comment:
        lines += [""] if annotation.quote else []
        lines += [f"  {line}" if line else "" for line in annotation.comment.split("\n")]
    return "\n".join(lines) + "\n"


def _implied_kind(quote: str) -> AnnotationKind:
    return "highlight" if quote else "note"


def _page_words(annotation: Annotation) -> str:
    label, page = one_line(annotation.page_label), annotation.page
    if page is None:
        return f"p. {label}" if label else ""
    return f"p. {label} ({page})" if label and label != str(page) else f"p. {page}"


def read(lines: Sequence[str]) -> Annotation:
    """The annotation that lines say, the first of which has its id. Blank lines at the end do not count."""
    head = _HEAD.fullmatch(lines[0])
    words = [word for word in (head["words"] or "" if head else "").split(_BETWEEN) if word]
    rest = [line[2:] if line.startswith("  ") else line.lstrip() for line in lines[1:]]
    while rest and not rest[-1].strip():
        rest.pop()
    quoted = next((at for at, line in enumerate(rest) if not line.startswith(">")), len(rest))
    quote = "\n".join(line[2:] if line.startswith("> ") else line[1:] for line in rest[:quoted])
    comment = rest[quoted + 1 :] if quoted and rest[quoted : quoted + 1] == [""] else rest[quoted:]
    kind: AnnotationKind = _implied_kind(quote)
    named = [word for word in words if word in ANNOTATION_KINDS]
    if named:
        kind = next(each for each in ANNOTATION_KINDS if each == named[-1])
        words.remove(named[-1])
    page, label = _page_of(words[0]) if words and words[0].startswith("p. ") else (None, "")
    words = words[1:] if page is not None or label else words
    return Annotation(
        id=head["id"] if head else "", kind=kind, page=page, page_label=label, quote=quote,
        comment="\n".join(comment), role=_BETWEEN.join(words),
    )  # fmt: skip


def _page_of(words: str) -> tuple[int | None, str]:
    found = _PAGE.fullmatch(words)
    if not found:
        return None, ""
    if found["name"]:
        return None, found["name"]
    return int(found["only"] or found["page"]), found["label"] or ""


def is_readable(annotation: Annotation) -> bool:
    """Whether its lines say all that a reader sees of it."""
    said = read(write(annotation).split("\n")[:-1])
    return all(getattr(said, name) == getattr(annotation, name) for name in WRITTEN)


WRITTEN = ("kind", "page", "page_label", "quote", "comment", "role")
"""Fields that stand in an annotation's lines."""
