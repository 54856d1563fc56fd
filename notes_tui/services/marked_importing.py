"""Marks made in other programs for reading become annotations of the items whose documents they stand in.

A document is known by its file where that is attached, by its content wherever it lies, else by its ids and
title as everything that comes in. Likeness alone joins nothing: a file that nothing names is told, and the
item can be named.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from notes_tui.model.item import Reference
from notes_tui.model.marked import Mark, Marked, MarkedWork
from notes_tui.model.reading_list import Problem
from notes_tui.model.report import ImportReport
from notes_tui.model.text import one_line
from notes_tui.services import foreign_marks, pdf_texts, stored_files
from notes_tui.services.captured_pdf import reference_of
from notes_tui.services.foreign_marks import Document
from notes_tui.services.highlighting import Taken
from notes_tui.services.joining import Joiner
from notes_tui.settings import Role
from notes_tui.store import attachments, lookup
from notes_tui.store.database import Store

_PIECE = 1024
_PIECES = 11
_CHUNK = 1 << 20


def prepare(store: Store, marked: Marked) -> None:
    """Index the texts of attached files that marks stand in, where they are needed to find pages."""
    files = _AttachedFiles(store)
    needing = [work for work in marked.works if any(mark.page is None and mark.quote for mark in work.marks)]
    known = [files.item_of(work) for work in needing]
    ids = list(dict.fromkeys(item_id for item_id in known if item_id is not None))
    if ids:
        pdf_texts.index(store, ids)


def import_marked(
    store: Store, marked: Marked, report: ImportReport, roles: Sequence[Role], *, file: str = "",
    onto: int | None = None,
) -> list[int]:  # fmt: skip
    """Bring the marks of documents in, as part of the open step; returns the items they came to.

    ``onto`` is the item of a single document, where a person said which it is.
    """
    works = [work for work in marked.works if work.marks]
    report.entries = len(works)
    report.problems += marked.problems
    documents: dict[int, list[MarkedWork]] = {}
    is_new: dict[int, bool] = {}
    for work, item_id, new in _places(store, works, report, file, onto):
        documents.setdefault(item_id, []).append(work)
        is_new[item_id] = is_new.get(item_id, False) or new
        report.added += new
        report.matched += not new
    total = Taken()
    for item_id, several in documents.items():
        taken = Taken()
        for document in _joined(marked.source, several):
            taken.join(foreign_marks.take(store, item_id, document, roles))
        if not is_new[item_id]:
            report.updated += bool(taken.changed)
            report.unchanged += len(several) - bool(taken.changed)
        total.join(taken)
    report.add_annotations(total.counts())
    return list(documents)


def _joined(source: str, works: Sequence[MarkedWork]) -> Iterator[Document]:
    """The documents of an item, those that are the same put together."""
    groups: dict[str, list[MarkedWork]] = {}
    for work in works:
        groups.setdefault(_key(work), []).append(work)
    for key, several in groups.items():
        marks: dict[str, Mark] = {}
        for mark in (mark for work in several for mark in work.marks):
            known = marks.setdefault(mark.id, mark)
            if (known.quote, known.comment, known.page) != (mark.quote, mark.comment, mark.page):
                marks[f"{mark.id} {mark.page} {mark.quote} {mark.comment}"] = mark
        is_complete = all(work.is_complete for work in several)
        found = [replace(mark, id=name) for name, mark in marks.items()]
        yield Document(source=source, key=key, marks=found, is_complete=is_complete)


def _key(work: MarkedWork) -> str:
    """What a document is called in every file of its program."""
    digest = next(iter(work.digests.values()), "")
    return one_line(work.reference.title or Path(work.path).stem or work.pdf_id or digest)


def _places(
    store: Store, works: Sequence[MarkedWork], report: ImportReport, file: str, onto: int | None
) -> Iterator[tuple[MarkedWork, int, bool]]:
    """The item of each document, with whether it is new; documents without one are told."""
    files = _AttachedFiles(store)
    homeless: list[tuple[MarkedWork, Reference]] = []
    for work in works:
        item_id = onto if onto is not None and len(works) == 1 else files.item_of(work)
        if item_id is not None:
            yield work, item_id, False
        elif (reference := _reference(store, work)) is not None:
            homeless.append((work, reference))
        else:
            named = one_line(work.path or next(iter(work.digests.values()), "") or "a document")
            message = f"{named}: no item has this file; attach it, or name the item with --onto"
            report.problems.append(Problem(file, None, message))
            report.refused += 1
            report.entries -= 1
    joiner = Joiner(store, report)
    for (work, _), joined in zip(homeless, joiner.join([each for _, each in homeless]), strict=True):
        yield work, joined.item_id, joined.is_new


def _reference(store: Store, work: MarkedWork) -> Reference | None:
    """What a document is joined by; a file's name is only good for a work that is known."""
    said = work.reference
    if said.title or said.doi or said.arxiv:
        return said
    named = reference_of(Path(work.path).stem, "", "", "") if work.path else said
    named = replace(named, title="", title_short="") if named.arxiv or named.doi else named
    return named if lookup.same_work(store, named) is not None else None


class _AttachedFiles:
    """Finds the items of files by where they lie and by what is in them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._by_digest: dict[str, dict[str, int]] = {}

    def item_of(self, work: MarkedWork) -> int | None:
        """The item that has the file of a document attached."""
        if work.path:
            paths = list(dict.fromkeys((work.path, os.path.realpath(work.path))))
            sha256 = _sha256(paths[-1])
            if found := attachments.known_as(self.store, paths, sha256):
                return found[0].item_id
        for kind, digest in work.digests.items():
            item_id = self._digests(kind).get(digest.lower())
            if item_id is not None:
                return item_id
        if work.pdf_id and (found := attachments.known_as(self.store, [], pdf_id=work.pdf_id)):
            return found[0].item_id
        return None

    def _digests(self, kind: str) -> Mapping[str, int]:
        """Items by the hashes of their PDFs, which are read for it once."""
        if kind not in self._by_digest:
            digest_of = _DIGESTS[kind]
            found: dict[str, int] = {}
            for file in attachments.all_of_kind(self.store, "pdf"):
                path = stored_files.place_of(self.store, file)
                digest = digest_of(path) if path else ""
                if digest:
                    found.setdefault(digest, file.item_id)
            self._by_digest[kind] = found
        return self._by_digest[kind]


def _sha256(path: str) -> str:
    """The hash of a plain file; empty for anything else, which may be a pipe that never says a word."""
    try:
        if not os.path.isfile(path):
            return ""
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _md5(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    except OSError:
        return ""


def partial_md5(path: str) -> str:
    """KOReader's hash of a file: MD5 of pieces of 1,024 bytes at 0, 1 kB, 4 kB, 16 kB and so on to 1 GB.

    Empty for a file that cannot be read.
    """
    digest = hashlib.md5(usedforsecurity=False)
    try:
        with open(path, "rb") as file:
            for place in (0, *(_PIECE << (2 * number) for number in range(_PIECES))):
                file.seek(place)
                piece = file.read(_PIECE)
                if not piece:
                    break
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


_DIGESTS: Mapping[str, Callable[[str], str]] = {"md5": _md5, "partial-md5": partial_md5}
