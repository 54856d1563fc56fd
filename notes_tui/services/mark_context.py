"""What a file says of an annotation besides its words: the heading above it, its author, replies, doubts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notes_tui.model.item import Annotation
from notes_tui.model.pdf import Doubt, Reply
from notes_tui.model.text import one_line
from notes_tui.services import file_words
from notes_tui.services.writing import MANUAL
from notes_tui.store import file_annotations
from notes_tui.store.database import Store
from notes_tui.store.file_annotations import KeptAnnotation

_DOUBTS: dict[Doubt, str] = {
    "no-unicode": "its letters have no Unicode values",
    "no-spaces": "it has no spaces between words",
    "no-words": "no words stand under the mark",
    "place": "its place cannot be",
}


@dataclass(frozen=True, slots=True)
class MarkContext:
    """What a file says of one annotation besides its words."""

    heading: str = ""
    """The heading of the outline that the mark stands under."""
    author: str = ""
    replies: tuple[Reply, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """Why the words may be wrong."""
    old_page: int | None = None
    """The page of an earlier version, where the present one has no place for the annotation."""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to be told."""
        return self == MarkContext()

    def as_dict(self) -> dict[str, object]:
        """``{heading, author, replies: [{author, text, created}], doubts, old_page}``."""
        return {
            "heading": self.heading or None, "author": self.author or None,
            "replies": [
                {"author": each.author or None, "text": each.text, "created": each.created or None}
                for each in self.replies
            ],
            "doubts": list(self.doubts), "old_page": self.old_page,
        }  # fmt: skip


def contexts_of(store: Store, item_id: int, annotations: Sequence[Annotation]) -> dict[str, MarkContext]:
    """By id, what files say besides of some annotations of an item; those with nothing to tell are left out."""
    marks = [each for each in annotations if each.source != MANUAL]
    found = {each.id: context_of(store, item_id, each.id) for each in marks}
    return {annotation_id: context for annotation_id, context in found.items() if not context.is_plain}


def context_of(store: Store, item_id: int, annotation_id: str) -> MarkContext:
    """What a file says besides of one annotation."""
    kept = file_annotations.with_id(store, item_id, annotation_id)
    return _context(kept) if kept is not None else MarkContext()


def _context(kept: KeptAnnotation) -> MarkContext:
    said = file_words.recorded(kept)
    old_page = kept.extra.get(file_words.UNPLACED)
    same_words = said.quote == kept.annotation.quote
    return MarkContext(
        said.heading, said.author, said.replies, said.doubts if same_words else (),
        old_page if isinstance(old_page, int) else None,
    )  # fmt: skip


def doubt_words(context: MarkContext) -> str:
    """Why the words of an annotation may be wrong; empty where they look right."""
    reasons = ", ".join(_DOUBTS[each] for each in context.doubts)
    return f"the text looks wrong: {reasons}" if reasons else ""


def reply_lines(context: MarkContext) -> Iterator[str]:
    """The replies, a line each: ``Ann: yes, see page 4``."""
    for reply in context.replies:
        author = one_line(reply.author)
        yield f"{author}: {one_line(reply.text)}" if author else one_line(reply.text)
