"""PDFs and figures become files of items: copied into the home or linked, known again by their content.

A PDF brings its annotations. One that is another version of a PDF of the item takes its place, and the
annotations are placed in it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from notes_tui.errors import NotesError, UnreadableFileError
from notes_tui.formats.pdf.apart import read_pdf_apart
from notes_tui.model.item import Item
from notes_tui.model.pdf import PdfContent
from notes_tui.model.placing import letters_of
from notes_tui.model.reading_list import Problem
from notes_tui.services import figures, highlighting, pdf_texts, stored_files
from notes_tui.services.highlighting import Reading, Taken
from notes_tui.services.pdf_texts import Pages, Texts
from notes_tui.services.stored_files import FoundFile
from notes_tui.services.wording import count_of, name_of
from notes_tui.settings import ROLES, Role
from notes_tui.store import attachments, dumping, items, journal, notes
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store

_SAMPLES = 200
"""Pieces of one text that are looked for in another."""
_PIECE = 24
_ALIKE = 0.35
"""Share of the pieces by which two texts are versions of one work."""


class Sitting(NamedTuple):
    """A figure that came to a note while it is written."""

    link: str
    step: int | None
    """The undo step that it belongs to."""


@dataclass(frozen=True, slots=True)
class FigureNote:
    """Where figures are shown that are attached."""

    title: str | None = None
    """The note, empty for the main one; ``None``: the note that shows the file by its path, else the main one."""
    caption: str = ""


_MAIN_NOTE = FigureNote()


@dataclass(slots=True)
class Attached:
    """What attaching did."""

    citekey: str
    files: list[tuple[AttachedFile, bool]] = field(default_factory=list)
    """Each file with whether it is new."""
    taken: Taken = field(default_factory=Taken)
    problems: list[Problem] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    """Links of the figures that a note shows now and did not so before, or with another caption."""
    label: str = ""

    def as_dict(self) -> dict[str, object]:
        """``{citekey, attachments: [{path, kind, title, sha256, link, new}], annotations, problems}``."""
        return {
            "citekey": self.citekey,
            "attachments": [
                {
                    "path": file.path, "kind": file.kind, "title": file.title or None, "sha256": file.sha256,
                    "link": file.link or None, "new": is_new,
                }
                for file, is_new in self.files
            ],
            "annotations": self.taken.as_dict(),
            "problems": [problem.as_dict() for problem in self.problems],
        }  # fmt: skip

    @property
    def is_changed(self) -> bool:
        """Whether a file came, or a note shows one anew."""
        return bool(self.shown) or any(is_new for _, is_new in self.files)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file that is to be attached, with what a PDF says; ``None`` where it cannot be read."""

    file: FoundFile
    content: PdfContent | None
    problems: tuple[str, ...] = ()


def look_at(path: str) -> LookedAt:
    """Read a file that is to be attached. Raises :class:`UnreadableFileError` for what cannot be."""
    file = stored_files.found_file(path)
    if file.kind != "pdf":
        return LookedAt(file, None)
    try:
        content = read_pdf_apart(file.path)
    except NotesError as error:
        hint = f" ({error.hint})" if error.hint else ""
        return LookedAt(file, None, (f"its annotations were not read: {error.detail}{hint}",))
    return LookedAt(file, content, content.problems)


def look_at_all(
    paths: Sequence[str], progress: Callable[[int, int], None] | None = None
) -> tuple[list[LookedAt], dict[str, NotesError]]:
    """The files that can be read, and by path why others cannot be; where none can, the first reason is raised."""
    looked: list[LookedAt] = []
    refused: dict[str, NotesError] = {}
    for number, path in enumerate(paths):
        if progress:
            progress(number, len(paths))
        try:
            looked.append(look_at(path))
        except NotesError as error:
            refused[path] = error
    if refused and not looked:
        raise next(iter(refused.values()))
    return looked, refused


def attach(
    store: Store, item_id: int, paths: Sequence[str], *,
    link: bool = False, note: FigureNote = _MAIN_NOTE, roles: Sequence[Role] = ROLES,
    progress: Callable[[int, int], None] | None = None,
) -> Attached:  # fmt: skip
    """Attach files to an item as one undo step: PDFs with their annotations, figures shown in a ``note``.

    A file that the item has already is not attached again. What cannot be attached is a problem where another
    can, else it is raised (:class:`UnreadableFileError`). With ``link`` files stay where they are.
    """
    looked, refused = look_at_all(paths, progress)
    texts = texts_for(store, [item_id] * len(looked), looked)
    with store.step("") as step:
        item = items.by_id(store, item_id)
        placing = Placing(store, Attached(item.citekey), roles, texts)
        placing.report.problems += [Problem("", None, str(error)) for error in refused.values()]
        for each in looked:
            placing.place(item, each, link=link)
            if each.file.kind == "figure":
                placing.show(each.file, note)
        report = placing.report
        step.label = report.label = f"{_what(report)} to {name_of(item)}"
    texts.keep()
    pdf_texts.index(store, [item_id])
    if report.shown and store.open_step is None and notes.is_in_vault(store, item_id):
        from notes_tui.services.write_through import write_item

        write_item(store, item_id)
    return report


def _what(report: Attached) -> str:
    new = [file for file, is_new in report.files if is_new] or [file for file, _ in report.files]
    named = {"pdf": "PDF", "figure": "figure"}.get(new[0].kind, "file") if len(new) == 1 else ""
    return f"{named} attached" if named else f"{count_of(len(new), 'file')} attached"


def attach_figure(
    store: Store, item_id: int, path: str, *, title: str, sitting: int | None = None
) -> Sitting:
    """Attach a figure for a note that is being written, which is to show it by the link that is returned.

    The change joins the step ``sitting`` while that is the latest. Raises :class:`UnreadableFileError` for what is
    no picture.
    """
    looked = look_at(path)
    if looked.file.kind != "figure":
        raise UnreadableFileError(
            f"{path}: it is no picture", hint="a PDF is attached to the paper itself, not to a note"
        )
    with store.step("") as step:
        item = items.by_id(store, item_id)
        placing = Placing(store, Attached(item.citekey), ROLES, Texts(store))
        placing.place(item, looked)
        file = placing.named(looked.file, figures.link_for(store, item_id, title, looked.file))
        step.label = f"note on {name_of(item)} changed"
        joined = sitting is not None and journal.join_last(store, step, sitting)
    return Sitting(file.link, sitting if joined else step.step_id)


def texts_for(store: Store, item_ids: Sequence[int], looked: Sequence[LookedAt]) -> Texts:
    """The texts that tell versions apart, of files that come to items with a PDF; read before a step begins."""
    texts = Texts(store)
    known = attachments.of_items(store, list(dict.fromkeys(item_ids)), "pdf")
    for item_id, each in zip(item_ids, looked, strict=True):
        before = [file for file in known if file.item_id == item_id and not file.is_replaced]
        if before and each.content is not None and each.file.sha256 not in {file.sha256 for file in before}:
            texts.of(each.file.sha256, each.file.path)
            for file in before:
                texts.of(file.sha256, stored_files.place_of(store, file))
    return texts


class Placing:
    """Attaches files that were looked at, as part of the open step."""

    def __init__(self, store: Store, report: Attached, roles: Sequence[Role], texts: Texts) -> None:
        self.store, self.report, self.roles, self.texts = store, report, roles, texts

    def place(self, item: Item, looked: LookedAt, *, link: bool = False) -> bool:
        """Attach a file to an item unless it is there; says whether anything changed."""
        file = looked.file
        self.report.problems += [Problem(file.name, None, each) for each in looked.problems]
        known = attachments.of_items(self.store, [item.item_id])
        same = next((each for each in known if file.sha256 in (each.sha256, each.text("came_as"))), None)
        here = same or next((each for each in known if each.path == file.path), None)
        if here is not None:
            return self._again(item, here, looked, link=link)
        replaced = self._version_before(known, looked) if looked.content else None
        path = file.path if link else stored_files.copy_in(self.store, file)
        extra: dict[str, object] = {
            "size": file.size, "mtime_ns": os.stat(path).st_mtime_ns, "came_from": file.path, "came_as": file.sha256,
        }  # fmt: skip
        new = attachments.put(self.store, AttachedFile(
            item_id=item.item_id, path=path, kind=file.kind, title=file.name, sha256=file.sha256, extra=extra,
        ))  # fmt: skip
        if replaced is not None:
            after = replace(replaced, extra={**replaced.extra, "replaced_by": new.uid})
            attachments.put(self.store, after)
        if looked.content is not None:
            new = self.read(item, new, looked.content, replaced)
        self.report.files.append((new, True))
        return True

    def show(self, file: FoundFile, note: FigureNote) -> None:
        """Show the figure that was placed last in a note."""
        item_id = self.report.files[-1][0].item_id
        there = self.named(file, figures.link_for(self.store, item_id, note.title or "", file))
        is_changed = figures.show_in_note(
            self.store, item_id, there, file.given, title=note.title, caption=note.caption
        )
        if is_changed:
            self.report.shown.add(there.link)

    def named(self, file: FoundFile, link: str) -> AttachedFile:
        """The file that was placed last, under the name that notes call it by."""
        placed, is_new = self.report.files[-1]
        there = figures.with_link(self.store, placed, link)
        self.report.files[-1] = there, is_new
        return there

    def _again(self, item: Item, here: AttachedFile, looked: LookedAt, *, link: bool) -> bool:
        """A file that is attached already: one that was missing lies here now, other bytes are read again."""
        was_missing = stored_files.place_of(self.store, here) is None
        if was_missing:
            path = looked.file.path if link else stored_files.copy_in(self.store, looked.file)
            here = attachments.put(self.store, replace(here, path=path))
        elif looked.file.kind == "figure" and here.sha256 != looked.file.sha256:
            here = attachments.put(self.store, _as_found(here, looked.file))
        changed = 0
        if looked.content is not None and (here.path == looked.file.path or not here.text("read")):
            before = self.report.taken.changed
            here = self.read(item, _as_found(here, looked.file), looked.content, None)
            changed = self.report.taken.changed - before
        self.report.files.append((here, False))
        return bool(changed or was_missing)

    def _version_before(self, known: Sequence[AttachedFile], looked: LookedAt) -> AttachedFile | None:
        """The PDF of the item that a new one is another version of, by its bytes or its text."""
        pages: Pages | None = None
        for each in known:
            if each.kind != "pdf" or each.is_replaced:
                continue
            pages = pages if pages is not None else self.texts.of(looked.file.sha256, looked.file.path)
            place = stored_files.place_of(self.store, each)
            if place is not None and stored_files.goes_on(looked.file.path, place):
                return each
            before = self.texts.of(each.sha256, place)
            if pages and before and are_alike(before, pages):
                return each
        return None

    def read(
        self, item: Item, file: AttachedFile, content: PdfContent, replaced: AttachedFile | None
    ) -> AttachedFile:  # fmt: skip
        """Bring the annotations of a PDF in, and remember that it was read. Returns it as it is now."""
        store = self.store
        read_before = file.text("read")
        others = [
            each
            for each in attachments.of_items(store, [item.item_id], "pdf")
            if each.row_id != file.row_id and each.text("replaced_by") != file.uid
        ]
        keys = frozenset(each.text("key") for each in others if each.text("key"))
        extra = dict(file.extra)
        if not extra.get("key"):
            own = content.pdf_id
            extra["key"] = own if own and own not in keys else file.text("came_as") or content.sha256
        known = replaced or file
        is_other = known.extra.get("pages") != content.pages or known.text("pdf_id") != content.pdf_id
        old_sha = (replaced.text("read") or replaced.sha256) if replaced else read_before
        extra |= {"pdf_id": content.pdf_id, "pages": content.pages, "read": content.sha256}
        file = attachments.put(store, replace(file, sha256=content.sha256, extra=extra))
        place = stored_files.place_of(store, file)
        old_place = stored_files.place_of(store, replaced) if replaced else None
        reading = Reading(
            file, content,
            new_pages=lambda: self.texts.of(content.sha256, place),
            old_pages=lambda: self.texts.of(old_sha, old_place) if old_sha else None,
            is_other_version=is_other and bool(old_sha),
            is_as_before=read_before == content.sha256 and replaced is None,
            before=replaced.text("key") if replaced else "", others=keys - {str(extra["key"])},
        )  # fmt: skip
        uid = str(dumping.item_row(store, item.item_id)["uid"])
        self.report.taken.join(highlighting.take(store, reading, uid, self.roles))
        if item.pages is None and content.pages:
            items.update(store, item.item_id, {"pages": content.pages})
        return file


def _as_found(file: AttachedFile, found: FoundFile) -> AttachedFile:
    extra = {**file.extra, "size": found.size, "mtime_ns": found.mtime_ns}
    return replace(file, sha256=found.sha256, extra=extra)


def are_alike(one: Pages, other: Pages) -> bool:
    """Whether two texts are versions of one work: enough pieces of the shorter one stand in the longer one."""
    short, long = sorted((_letters(one), _letters(other)), key=len)
    if len(short) < 4 * _PIECE:
        return False
    step = max((len(short) - _PIECE) // _SAMPLES, 1)
    pieces = [short[at : at + _PIECE] for at in range(0, len(short) - _PIECE, step)]
    return sum(piece in long for piece in pieces) >= _ALIKE * len(pieces)


def _letters(pages: Pages) -> str:
    return letters_of("".join(text for _, text in pages))
