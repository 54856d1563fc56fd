"""The folders of a listing, each with its notes, PDFs and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from notes_tui.formats.notes_folder.kinds import NoteFile
from notes_tui.formats.notes_folder.names import holds_code, holds_figures, holds_pdfs, is_picture, stem
from notes_tui.model.adoption import FoundFile

_PARTS = frozenset(
    "notes note slides slide supplement supplementary supplemental appendix docs doc translation translations discussion"
    " extra extras 翻译 笔记 补充 讨论 译文".split()
)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts names as people do: numbers by their value, without regard to case."""
    parts = re.split(r"(\d{1,15})", name.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


@dataclass(eq=False)
class Folder:
    """A folder of the listing."""

    path: str
    notes: list[NoteFile] = field(default_factory=list)
    pdfs: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    children: dict[str, Folder] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path.rpartition("/")[2]

    @cached_property
    def has_content(self) -> bool:
        """Whether notes or PDFs lie in it that are not mere figures or code."""
        if self.is_aside:
            return False
        return bool(self.notes or self.pdfs) or any(child.has_content for child in self.children.values())

    @property
    def is_aside(self) -> bool:
        """Whether it holds figures or code."""
        return bool(self.path) and (holds_figures(self.name) or holds_code(self.name) or self._is_shadow)

    @cached_property
    def _is_shadow(self) -> bool:
        """Whether it holds pictures alone, as the folder beside a note of the same name does."""
        return bool(self.pictures) and not (self.notes or self.pdfs or self.children)

    @property
    def is_drawer(self) -> bool:
        """Whether it is a drawer for PDFs."""
        return bool(self.path) and holds_pdfs(self.name) and not self.notes and not self.content_children

    @property
    def content_children(self) -> list[Folder]:
        """The folders in it that hold notes or PDFs, drawers and parts aside."""
        found = [child for child in self.children.values() if child.has_content and not child.is_drawer]
        return sorted(found, key=lambda child: natural(child.name))

    @property
    def drawers(self) -> list[Folder]:
        """The drawers for PDFs in it."""
        return [child for child in self.children.values() if child.is_drawer]

    @property
    def is_part(self) -> bool:
        """Whether by its name it is a part of what lies beside it."""
        return self.name.lower() in _PARTS

    def own_pdfs(self) -> list[str]:
        """The PDFs right in it and in its drawers."""
        return [*self.pdfs, *(path for drawer in self.drawers for path in drawer.pdfs)]

    def figures(self) -> list[str]:
        """The pictures in it and below, and PDFs in folders of figures."""
        found = list(self.pictures)
        for child in self.children.values():
            found += child.figures()
            found += child.pdfs if child.path and holds_figures(child.name) else []
        return found

    def at(self, path: str) -> Folder:
        """The folder at a path below this one."""
        folder = self
        for name in filter(None, path.split("/")):
            folder = folder.children[name]
        return folder

    def walk(self) -> Iterator[Folder]:
        """This folder and all below it."""
        yield self
        for child in self.children.values():
            yield from child.walk()


def build(files: Iterable[FoundFile]) -> Folder:
    """The tree of a listing; files in it are in natural order."""
    root = Folder("")
    folders: dict[str, Folder] = {"": root}
    for file in sorted(files, key=lambda each: natural(each.path)):
        folder = _folder(folders, file.path.rpartition("/")[0])
        if file.text is not None:
            folder.notes.append(NoteFile(file, folder.path))
        elif file.path.lower().endswith(".pdf"):
            folder.pdfs.append(file.path)
        elif is_picture(file.path):
            folder.pictures.append(file.path)
        else:
            folder.others.append(file.path)
    return root


def _folder(folders: dict[str, Folder], path: str) -> Folder:
    if path not in folders:
        parent, _, name = path.rpartition("/")
        folders[path] = Folder(path)
        _folder(folders, parent).children[name] = folders[path]
    return folders[path]


def shadow_figures(folder: Folder, note: NoteFile) -> list[str]:
    """The figures in a folder named after a note: ``note/`` or ``note.assets/`` beside ``note.md``."""
    found: list[str] = []
    for name, child in folder.children.items():
        if (
            name in (note.stem, f"{note.stem}.assets", f"{note.stem}_files", f"{note.stem}_images")
            and not child.has_content
        ):
            found += child.figures()
    return found


def has_stem(path: str, other: str) -> bool:
    """Whether two files have the same name but for its ending."""
    return stem(path).casefold() == stem(other).casefold()
