"""Items and what hangs on them, in the words of CSL.

An *item* is a work: a paper, a preprint, a book, a piece of software. A :class:`Reference` is the
bibliographic description of one, as a reading list, a BibTeX file or a service gives it; an
:class:`Item` is a reference that lives in a library, with read status, rating, tags and the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from notes_tui.model.brief import display_title as display_title

LinkKind = Literal["paper", "pdf", "code", "project", "other"]
LINK_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)

AnnotationKind = Literal[
    "highlight", "underline", "strikeout", "squiggly", "note", "text", "area", "ink", "stamp"
]
ANNOTATION_KINDS: tuple[AnnotationKind, ...] = get_args(AnnotationKind)

# CSL 1.0.2 item types, the ones a reading list meets first.
CSL_TYPES: tuple[str, ...] = (
    "paper-conference", "article-journal", "article", "software", "book", "chapter", "thesis", "report",
    "webpage", "post-weblog", "post", "motion_picture", "speech", "dataset", "manuscript", "patent",
    "standard", "review", "entry", "entry-encyclopedia", "article-magazine", "article-newspaper",
    "document", "event", "classic", "bill", "broadcast", "collection", "entry-dictionary", "figure",
    "graphic", "hearing", "interview", "legal_case", "legislation", "map", "musical_score", "pamphlet",
    "performance", "periodical", "personal_communication", "regulation", "review-book", "song", "treaty",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Creator:
    """A person (family and given name) or a body (literal), as CSL writes names."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def name(self) -> str:
        """The name in reading order: ``Wencong Xiao``."""
        return self.literal or f"{self.given} {self.family}".strip()

    @property
    def short(self) -> str:
        """What a list shows: the family name, or the whole of a literal one."""
        return self.family or self.literal or self.given

    def as_dict(self) -> dict[str, str]:
        """``{family, given}`` for a person, ``{literal}`` for a body."""
        if self.literal:
            return {"literal": self.literal}
        return {"family": self.family, "given": self.given}

    @classmethod
    def from_dict(cls, data: Mapping[str, str]) -> Creator:
        """The creator of a CSL name; name parts (particles, suffix) join the part they belong to."""
        family = " ".join(filter(None, (data.get("non-dropping-particle"), data.get("family"))))
        given = " ".join(filter(None, (data.get("given"), data.get("dropping-particle"), data.get("suffix"))))
        return cls(family=family, given=given, literal=data.get("literal", ""))

    @classmethod
    def from_name(cls, name: str) -> Creator:
        """A creator from ``Given Family`` or ``Family, Given``; one word alone is a literal."""
        name = " ".join(name.split())
        if "," in name:
            family, given = name.split(",", 1)
            return cls(family=family.strip(), given=given.strip())
        words = name.split(" ")
        if len(words) == 1:
            return cls(literal=name)
        start = len(words) - 1
        while start > 1 and words[start - 1].lower() in _PARTICLES:
            start -= 1
        return cls(family=" ".join(words[start:]), given=" ".join(words[:start]))


_PARTICLES = frozenset("al bin da das de del della den der di dos du el la le ten ter van von zu".split())


@dataclass(frozen=True, slots=True)
class Link:
    """An address of a work and what stands there."""

    kind: LinkKind
    url: str

    def as_dict(self) -> dict[str, str]:
        """``{kind, url}``."""
        return {"kind": self.kind, "url": self.url}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The bibliographic description of one work. Absent text is ``""``, an absent year ``None``."""

    citekey: str = ""
    type: str = "article"
    """A CSL type such as ``paper-conference``."""
    title: str = ""
    """The title as published, with its ``Name:`` part where it has one."""
    title_short: str = ""
    """The short name alone: ``AntMan``."""
    creators: tuple[Creator, ...] = ()
    venue: str = ""
    """CSL container-title, in the short form people use: ``OSDI``."""
    year: int | None = None
    doi: str = ""
    arxiv: str = ""
    """An arXiv id without version: ``2301.00010``, ``cs/0112017``."""
    abstract: str = ""
    links: tuple[Link, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    """Everything else, under CSL variable names (``volume``, ``page``, ``publisher``) or, where CSL has
    none, under the name its source used."""
    related: tuple[str, ...] = ()
    """Citekeys of linked items: the paper about a piece of software, and the other way round."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a collection, as an item knows it."""

    slug: str
    section: tuple[str, ...]
    """The headings above the entry, outermost first."""
    position: int
    """Place in the whole collection, from 1."""
    title: str
    """The title that list gives."""
    text: str
    """The words of that list, whole."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the list said in columns or sub-lines of its own: ``framework``, ``method``, …"""


@dataclass(frozen=True, slots=True)
class Note:
    """Markdown on an item. The main note has no title."""

    title: str
    body: str
    private: bool = False
    created: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A marked passage or a remark at a place in a work."""

    id: str = ""
    kind: AnnotationKind = "note"
    page: int | None = None
    """Page counted from 1."""
    page_label: str = ""
    """What the page calls itself: ``xii``."""
    quote: str = ""
    comment: str = ""
    role: str = ""
    color: str = ""
    source: str = "manual"
    created: str = ""
    gone: str = field(default="", compare=False)
    """When it was found to be deleted from its file; empty where it is there or came from no file."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to an item: a PDF or a figure."""

    path: str
    kind: str
    title: str = ""
    sha256: str = ""
    link: str = ""
    """What the notes of the item call a figure: a path relative to the folder of their file."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Page reached, of how many (``None`` where nobody knows)."""

    page: int
    pages: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Reference):
    """A reference in the library, with what its reader did to it."""

    item_id: int = 0
    """Row id; never leaves the program."""
    aliases: tuple[str, ...] = ()
    read_status: str = "unread"
    rating: int | None = None
    progress: Progress | None = None
    pages: int | None = None
    """How many pages the work has, where that is known."""
    tags: tuple[str, ...] = ()
    added: str = ""
    private: bool = False
    trashed: str = ""
    """When the item went to the trash; empty where it did not."""
    note_count: int = 0
    annotation_count: int = 0
    entries: tuple[Entry, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """Everything about one item: what ``show`` prints and the third pane draws."""

    item: Item
    notes: tuple[Note, ...]
    annotations: tuple[Annotation, ...]
    history: tuple[HistoryEvent, ...]

    @property
    def main_note(self) -> str:
        """The body of the main note, or ``""``."""
        return next((note.body for note in self.notes if not note.title), "")


EventKind = Literal["status", "progress", "rating", "opened"]


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One dated change, with what it changed from."""

    citekey: str
    at: str
    """Effective time, ISO 8601 with zone."""
    kind: EventKind
    before: str | int | None
    after: str | int | None
    page: int | None
    title: str = ""

    def as_dict(self) -> dict[str, object]:
        """The shape of ``history --json``: ``{citekey, at, kind, from, to, page}``."""
        return {
            "citekey": self.citekey, "at": self.at, "kind": self.kind,
            "from": self.before, "to": self.after, "page": self.page,
        }  # fmt: skip


def creators_line(creators: tuple[Creator, ...], limit: int = 3) -> str:
    """Family names for a list: ``Xiao, Ren, Li et al.``; at most ``limit`` of them."""
    names = [creator.short for creator in creators[:limit]]
    return ", ".join(names) + (" et al." if len(creators) > limit else "")
