"""Looking at a folder of notes: its listing, the texts of its notes, and what both mean. Nothing is written."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from notes_tui.errors import UnreadableFileError
from notes_tui.formats import reading_list
from notes_tui.formats.notes_folder import is_note_file, read_folder, with_lists
from notes_tui.model.adoption import FolderReading, FoundFile, Skipped
from notes_tui.model.reading_list import ListEntry, Problem
from notes_tui.model.vault import WrittenFile
from notes_tui.services.folders import MAX_BYTES, Folder, NotUsableError

Progress = Callable[[int, int], None]
_LONGEST_LIST = 400_000
"""Characters of tables of contents that are read for what they say of papers."""
_ENCODINGS = ("utf-8-sig", "gb18030", "cp1252")


@dataclass(slots=True)
class FolderContent:
    """What was seen of a folder and understood of it."""

    folder: Folder
    files: dict[str, FoundFile]
    reading: FolderReading
    problems: list[Problem] = field(default_factory=list)


def look_at(
    root: Path, known: Mapping[str, WrittenFile] | None = None, progress: Progress | None = None
) -> FolderContent:
    """Read a folder. Notes whose size and time are ``known`` are not opened again.

    Raises :class:`UnreadableFileError` where it is no folder or cannot be listed.
    """
    if not root.is_dir():
        what = "it is a file" if root.exists() else "there is no such folder"
        raise UnreadableFileError(f"{root}: {what}", hint="name the folder of your notes")
    folder = Folder(root)
    listed, aside = _listing(folder.real)
    problems: list[Problem] = []
    files = list(_with_texts(folder, listed, known or {}, problems, progress))
    reading = _understood(files, os.path.basename(folder.real))
    unread = {problem.file for problem in problems}
    skipped = [each for each in reading.skipped if each.path not in unread]
    skipped += [Skipped(problem.file, problem.message) for problem in problems]
    reading = replace(reading, skipped=(*skipped, *aside))
    return FolderContent(folder, {file.path: file for file in files}, reading, problems)


def _listing(root: str) -> tuple[list[FoundFile], list[Skipped]]:
    """Every file below a folder, and what is neither a file nor a folder; hidden ones are left out."""
    found: list[FoundFile] = []
    aside: list[Skipped] = []
    pending = [""]
    while pending:
        inside = pending.pop()
        try:
            with os.scandir(os.path.join(root, inside)) as entries:
                listed = sorted(entries, key=lambda each: each.name)
        except OSError as error:
            if not inside:
                raise UnreadableFileError(
                    f"{root}: {error.strerror}", hint="check its permissions"
                ) from error
            aside.append(Skipped(_shown(inside), error.strerror or str(error)))
            continue
        for entry in listed:
            path = f"{inside}/{entry.name}" if inside else entry.name
            if entry.name.startswith("."):
                continue
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                pending.append(path)
            elif not stat.S_ISREG(status.st_mode):
                aside.append(Skipped(_shown(path), "it is a link or no plain file"))
            elif _shown(path) != path:
                aside.append(Skipped(_shown(path), "its name is not UTF-8"))
            else:
                found.append(FoundFile(path, status.st_size, status.st_mtime_ns))
    return found, aside


def _shown(path: str) -> str:
    return path.encode("utf-8", "replace").decode("utf-8")


def _with_texts(
    folder: Folder, listed: list[FoundFile], known: Mapping[str, WrittenFile], problems: list[Problem],
    progress: Progress | None,
) -> Iterator[FoundFile]:  # fmt: skip
    for number, file in enumerate(listed):
        if progress and number % 200 == 0:
            progress(number, len(listed))
        if not is_note_file(file.path):
            yield file
            continue
        written = known.get(file.path)
        if written and (written.size, written.mtime_ns) == (file.size, file.mtime_ns):
            yield replace(file, text=written.base)
            continue
        try:
            text, is_utf8 = _text(folder, file.path)
            yield replace(file, text=text, is_utf8=is_utf8)
        except NotUsableError as error:
            problems.append(Problem(file.path, None, str(error)))
            yield file


def _text(folder: Folder, path: str) -> tuple[str, bool]:
    """The text of a note and whether it is UTF-8. Raises :class:`NotUsableError` for what is no text."""
    try:
        text = folder.read(path)
        is_utf8 = True
    except NotUsableError as error:
        if "UTF-8" not in str(error):
            raise
        text, is_utf8 = _decoded(Path(folder.real, path), str(error)), False
    if "\x00" in text:
        raise NotUsableError("it is no text")
    return text, is_utf8


def _decoded(place: Path, reason: str) -> str:
    """The text of a file in an older encoding, Chinese before Western."""
    try:
        with open(place, "rb") as file:
            content = file.read(MAX_BYTES)
    except OSError as error:
        raise NotUsableError(error.strerror or str(error)) from error
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotUsableError(reason)


def _understood(files: list[FoundFile], name: str) -> FolderReading:
    """The papers of a folder, with what its tables of contents say of them."""
    reading = read_folder(files, name)
    texts = {file.path: file.text or "" for file in files if file.path in set(reading.lists)}
    entries: dict[str, tuple[ListEntry, ...]] = {}
    left = _LONGEST_LIST
    for path in sorted(texts, key=lambda each: (each.count("/"), each)):
        left -= len(texts[path])
        if left >= 0:
            entries[path] = reading_list.read(texts[path], file=path).entries
    return with_lists(reading, texts, entries)
