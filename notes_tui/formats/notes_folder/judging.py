"""What speaks for a folder being that of one paper, and for a note being on a paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from notes_tui.formats.notes_folder.kinds import NoteFile
from notes_tui.formats.notes_folder.marks import local_path, plain, targets_in
from notes_tui.formats.notes_folder.names import (
    GENERIC,
    holds_code,
    holds_figures,
    is_dated,
    is_list_name,
    is_mere_list,
    is_name,
    is_template,
    same_name,
    stem,
    take_apart,
)
from notes_tui.formats.notes_folder.tree import Folder, natural
from notes_tui.model.titles import title_key

EVIDENT = 3
"""Points at which a note is one on a paper wherever it stands."""
_AMONG_PAPERS = 1
"""Points that are enough in a folder that is evidently one of notes on papers."""
_AMONG_EVIDENT = 2
"""Points that are enough in a folder whose notes nearly all say what they are on."""
_MANY = 8
"""Notes from which on nearly all of them tell how their writer begins a note."""
_NAMED = 2
"""Points for being named in a table of contents."""
_SOME = 4
"""Notes side by side from which on they say what their neighbours are."""
_ON_A_MATTER = re.compile(
    r"如何|怎么|怎样|原理|调研|技术路线|教程|入门|安装|配置|面试|相关笔记|项目|tutorial|cheat[ _-]?sheet",
    re.IGNORECASE,
)
"""What a note is called that explains a matter rather than a paper."""
_OF_ANY_FOLDER = ("readme", "index", "_index", "summary")
"""Names of notes that folders of every kind have."""
_TELLING = 6
"""Letters of a name from which on it is found in a table of contents."""
_LONGEST_LISTS = 200_000
"""Characters of tables of contents that are searched for names."""
_SHORT = 300
"""Characters of a ``README`` that says no more than what its folder is for."""
_OF_PAPERS = re.compile(
    r"\bpapers?\b|\bliterature\b|\breading[ _-]?notes?\b|paper[_-]?(?:notes?|reading)|论文|文献",
    re.IGNORECASE,
)


class Whole:
    """The whole folder, for judgements that depend on what stands elsewhere in it."""

    def __init__(self, root: Folder, name: str) -> None:
        self.root = root
        self.name = name
        self._shares: dict[str, tuple[int, int]] = {}
        self._named: list[str] = []
        self._linked: set[str] = set()
        self._foreign: dict[str, bool] = {}
        self._told: dict[str, tuple[int, int]] = {}
        left = _LONGEST_LISTS
        for folder in self._folders:
            for note in folder.notes:
                if is_list_name(note.path) and left > 0:
                    lines = note.body[:left].split("\n")
                    left -= len(note.body)
                    self._named += [title_key(plain(line)) for line in lines]
                    targets = (each for line in lines for each in targets_in(line))
                    self._linked.update(local_path(each.to, folder.path) for each in targets)

    @cached_property
    def _folders(self) -> list[Folder]:
        return [folder for folder in self.root.walk() if not folder.is_aside]

    @cached_property
    def _names_in_lists(self) -> str:
        return "\n".join(self._named)

    @cached_property
    def _points(self) -> int:
        """How many points a note needs here."""
        notes = [note for folder in self._folders for note in folder.notes if not note.no_paper]
        notes = [note for note in notes if not (note.is_main or is_list_name(note.path))] or notes
        evident = sum(note.head.score >= EVIDENT for note in notes)
        if len(notes) >= _MANY and 4 * evident >= 3 * len(notes):
            return _AMONG_EVIDENT
        is_of_papers = 2 * evident >= len(notes) or _speaks_of_papers(self.name, self.root)
        return _AMONG_PAPERS if is_of_papers else EVIDENT

    def is_on_paper(self, note: NoteFile) -> bool:
        """Whether enough speaks for a note being on a paper, the tables of contents included."""
        score, points = note.head.score, self._points_at(note)
        if score == 0 and self._is_name_among_papers(note):
            return True
        if score >= points or score + _NAMED < points:
            return score >= points
        names = {title_key(note.head.title), title_key(note.stem.replace("_", " "))}
        return note.path in self._linked or any(
            len(name) >= _TELLING and name in self._names_in_lists for name in names
        )

    def _points_at(self, note: NoteFile) -> int:
        """How many points a note needs where it stands: more among notes that are on something else."""
        if _ON_A_MATTER.search(note.stem):
            return EVIDENT
        top = note.in_folder.partition("/")[0]
        if self._points < EVIDENT and top not in self._foreign:
            beside = [each for folder in self._below[top] for each in folder.notes if not each.no_paper]
            told = sum(each.head.score >= _AMONG_PAPERS for each in beside)
            evident = any(each.head.score >= EVIDENT for each in beside)
            self._foreign[top] = len(beside) >= _SOME and not evident and 2 * told < len(beside)
        return EVIDENT if self._foreign.get(top) else self._points

    @cached_property
    def _below(self) -> dict[str, list[Folder]]:
        """The folders by the one of the first level that they lie in."""
        found: dict[str, list[Folder]] = {}
        for folder in self.root.walk():
            found.setdefault(folder.path.partition("/")[0], []).append(folder)
        return found

    def _is_name_among_papers(self, note: NoteFile) -> bool:
        """Whether a note that says nothing is called by a name, ``Bert``, and lies among notes on papers."""
        is_named = note.stem.isascii() and is_name(note.stem) and len(note.body) >= _SHORT
        if self._points > _AMONG_PAPERS or not is_named:
            return False
        if note.in_folder not in self._told:
            scores = [each.head.score for each in self.root.at(note.in_folder).notes if not each.no_paper]
            self._told[note.in_folder] = (sum(score >= _AMONG_PAPERS for score in scores), len(scores))
        told, all_of_them = self._told[note.in_folder]
        return all_of_them > _SOME and 4 * told >= 3 * (all_of_them - 1)

    def is_among_papers(self, folder: Folder) -> bool:
        """Whether most folders beside a folder, or anywhere, hold one paper each, so that it is one too."""
        parent = folder.path.rpartition("/")[0]
        single, all_of_them = self._share(parent, folder)
        if not all_of_them:
            single, all_of_them = self._share("//", folder)
        return 0 < all_of_them < 2 * single

    def _share(self, parent: str, without: Folder) -> tuple[int, int]:
        """How many folders in a folder (or, for ``//``, anywhere) hold one paper, of how many; one is left out."""
        if parent not in self._shares:
            beside = self._folders if parent == "//" else self.root.at(parent).content_children
            leaves = [each for each in beside if each.has_content and not each.content_children]
            self._shares[parent] = (sum(map(_holds_one_paper, leaves)), len(leaves))
        single, all_of_them = self._shares[parent]
        is_leaf = without.has_content and not without.content_children
        return single - (is_leaf and _holds_one_paper(without)), all_of_them - is_leaf

    def belong_together(self, folder: Folder, notes: Sequence[NoteFile], pdfs: Sequence[str]) -> bool:
        """Whether notes without a main one are on the paper their folder is named after."""
        titled = [note for note in notes if note.head.is_titled]
        if len(pdfs) == 1 and (same_name(stem(pdfs[0]), folder.name) or not titled):
            return True
        keys = {title_key(part) for part in _parts(folder.name)}
        if pdfs:
            return False
        named = len(notes) > 1 and all(
            any(title_key(note.stem).startswith(key) for key in keys) for note in notes
        )
        return named or (len(titled) < 2 and self.is_among_papers(folder))

    def may_be_on_paper(self, folder: Folder, main: NoteFile | None, notes: Sequence[NoteFile]) -> bool:
        """Whether anything speaks for notes in a folder being on a paper: what they say, or where they stand."""
        best = max((note.head.score for note in notes), default=0)
        if self._points == _AMONG_EVIDENT:
            return best >= _AMONG_EVIDENT
        if main is not None and main.stem.lower() not in _OF_ANY_FOLDER:
            return True
        return best > 0 or self.is_among_papers(folder)

    def is_introduction(
        self, main: NoteFile, others: Sequence[NoteFile], pdfs: Sequence[str], folder: Folder
    ) -> bool:
        """Whether a ``README`` says what its folder is for, rather than being a note on the paper of the folder."""
        if main.stem.lower() not in _OF_ANY_FOLDER[:3] or pdfs or main.head.evidence:
            return False
        foreign = [note for note in others if not same_name(note.stem, folder.name)]
        if any(note.head.evidence or note.head.is_titled for note in foreign) and not main.head.is_titled:
            return True
        says_little = main.head.hints < 2 and len(main.body) < _SHORT and not folder.figures()
        return says_little and not others and not self.is_among_papers(folder)


def _speaks_of_papers(name: str, root: Folder) -> bool:
    """Whether the name of the whole folder, or the beginning of its ``README``, says that it is on papers."""
    readme = [note.body[:600] for note in root.notes if note.stem.lower() in ("readme", "index")]
    return any(_OF_PAPERS.search(text) for text in (name, *readme))


def _holds_one_paper(folder: Folder) -> bool:
    """Whether a folder has a note that is called like one on its paper, or a PDF and no note."""
    if not folder.notes:
        return len(folder.pdfs) <= 2
    mains = [note for note in folder.notes if note.is_main or same_name(note.stem, folder.name)]
    says_much = any(note.head.score >= 2 or len(note.body) >= _SHORT for note in mains)
    return bool(mains) and bool(says_much or folder.pdfs or folder.figures()) and not is_no_paper(folder.name)


def parts_of(folder: Folder) -> list[Folder] | None:
    """The folders below one that are parts of the paper it holds; ``None`` where it holds several papers.

    Parts are folders of figures, folders called ``notes`` or ``slides``, and whatever lies beside a note that
    is titled with the name of the folder.
    """
    content = folder.content_children
    mains = [note for note in folder.notes if note.is_main and note.head.is_titled]
    is_titled_so = any(title_key(folder.name) in title_key(note.head.title) for note in mains) and folder.path
    for child in content:
        has_own = any(note.is_main and note.head.is_titled for each in child.walk() for note in each.notes)
        if not child.is_part and (not is_titled_so or has_own):
            return None
    asides = [child for child in folder.children.values() if holds_figures(child.name)]
    return [each for child in (*content, *asides) for each in child.walk() if not holds_code(each.name)]


def main_note(folder: Folder, notes: Sequence[NoteFile], pdfs: Sequence[str]) -> NoteFile | None:
    """The note that is the one on the paper of a folder."""
    own = [note for note in notes if note.in_folder == folder.path] or list(notes)
    own = [note for note in own if not is_mere_list(note.path)]
    readme = [note for note in own if note.is_main]
    if readme:
        return min(readme, key=lambda note: (note.stem.lower() != "readme", natural(note.path)))
    named = [
        note for note in own if same_name(note.stem, folder.name) or note.stem.lower() in _parts(folder.name)
    ]
    if named:
        return min(named, key=lambda note: (title_key(note.stem) != title_key(folder.name), len(note.stem)))
    if len(own) == 1 and (pdfs or folder.figures()):
        return own[0]
    return None


def is_no_paper(name: str) -> bool:
    """Whether a folder of that name holds several things, or something else than a paper."""
    return name.lower() in GENERIC or is_dated(name) or is_template(name)


def _parts(name: str) -> set[str]:
    return {part for part in name.lower().replace("-", " ").replace("_", " ").split() if len(part) >= 3}


def is_paper_of_its_own(note: NoteFile, main: NoteFile | None, folder: Folder) -> bool:
    """Whether a note beside another one is on another paper: it has an identifier or a marked title of its own."""
    if note.is_main or not note.head.evidence or not note.head.is_titled or note.in_folder != folder.path:
        return False
    if main is None:
        return True
    same_id = note.head.arxiv and note.head.arxiv == main.head.arxiv
    one, two = title_key(note.head.title), title_key(main.head.title)
    named = title_key(folder.name)
    about_it = len(named) > 2 and (named in one or named in title_key(note.stem))
    return (
        not same_id
        and one != two
        and not about_it
        and bool(
            note.head.arxiv or note.head.doi or take_apart(note.stem).is_marked or len(note.head.evidence) > 1
        )
    )


def has_papers(folder: Folder, readme: NoteFile) -> bool:
    """Whether there is something in a folder that a ``README`` in it can be about."""
    return bool(
        folder.content_children or folder.own_pdfs() or any(note is not readme for note in folder.notes)
    )
