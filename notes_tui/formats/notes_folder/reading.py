"""A listing becomes papers: which folders are papers, which are topics, and what is none of either."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from notes_tui.formats.notes_folder.kinds import EMPTY, TEMPLATE, NoteFile
from notes_tui.formats.notes_folder.marks import local_path, plain, targets_in
from notes_tui.formats.notes_folder.names import (
    GENERIC,
    holds_code,
    holds_figures,
    is_dated,
    is_list_name,
    is_mere_list,
    is_template,
    names_in,
    same_name,
    stem,
    take_apart,
)
from notes_tui.formats.notes_folder.papers import is_beside, paper_of_notes, paper_of_pdf, topic_of
from notes_tui.formats.notes_folder.tree import Folder, build, has_stem, natural, shadow_figures
from notes_tui.model.adoption import FolderReading, FoundFile, FoundPaper, Skipped
from notes_tui.model.titles import normalise_title, title_key

_EVIDENT = 3
"""Points at which a note is one on a paper wherever it stands."""
_AMONG_PAPERS = 1
_NAMED = 2
"""Points for being named in a table of contents."""
_TELLING = 6
"""Letters of a name from which on it is found in a table of contents."""
_LONGEST_LISTS = 200_000
"""Characters of tables of contents that are searched for names."""
_SHORT = 300
"""Characters of a ``README`` that says no more than what its folder is for."""
"""Points that are enough in a folder that is evidently one of notes on papers."""


def read_folder(files: Iterable[FoundFile], name: str = "") -> FolderReading:
    """What a folder of that name holds, from the paths of its files and the texts of its Markdown files.

    Nothing is opened.
    """
    root = build(files)
    walk = _Walk(root, name)
    walk.visit(root)
    walk.settle()
    return FolderReading(papers=tuple(walk.papers), skipped=tuple(walk.skipped), lists=tuple(walk.lists))


@dataclass
class _Walk:
    """The way through the tree, and what was gathered on it."""

    root: Folder
    name: str
    papers: list[FoundPaper] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    points: int = _EVIDENT
    named: str = ""
    """The lines of tables of contents, in the form in which titles are compared."""
    linked: set[str] = field(default_factory=set)
    """The paths they lead to."""

    def __post_init__(self) -> None:
        folders = [folder for folder in self.root.walk() if not folder.is_aside]
        notes = [note for folder in folders for note in folder.notes if not note.no_paper]
        notes = [note for note in notes if not (note.is_main or is_list_name(note.path))] or notes
        evident = sum(note.head.score >= _EVIDENT for note in notes)
        if 2 * evident >= len(notes) or _speaks_of_papers(self.name, self.root):
            self.points = _AMONG_PAPERS
        for folder in folders:
            for note in folder.notes:
                if is_list_name(note.path) and len(self.named) < _LONGEST_LISTS:
                    lines = note.body[:_LONGEST_LISTS].split("\n")
                    self.named += "\n".join(title_key(plain(line)) for line in lines)
                    targets = (each for line in lines for each in targets_in(line))
                    self.linked.update(local_path(each.to, folder.path) for each in targets)

    # --- folders ------------------------------------------------------------------------------------

    def visit(self, folder: Folder) -> None:
        """Take a folder as a paper, or as a topic with what is in it."""
        if folder.path and holds_code(folder.name):
            self._skip_all(folder, "it lies in a folder of code")
            return
        if folder.path and holds_figures(folder.name):
            self._visit_aside(folder)
            return
        if not self._take_as_paper(folder):
            self._take_flat(folder)
            for child in sorted(folder.children.values(), key=lambda each: natural(each.name)):
                if not child.is_drawer and not child._is_shadow:
                    self.visit(child)

    def _visit_aside(self, folder: Folder) -> None:
        """A folder of figures that belongs to no paper's folder: a PDF in it may still be a paper."""
        for note in folder.notes:
            self._skip(note.path, "it lies among figures")
        for pdf in folder.pdfs:
            self._take_loose_pdf(pdf, folder)
        for child in folder.children.values():
            self.visit(child)

    def _take_as_paper(self, folder: Folder) -> bool:
        """Take a folder as that of one paper, or of a few; says whether it is."""
        parts = [child for child in folder.content_children if child.is_part]
        if len(parts) < len(folder.content_children) or (folder.path and _is_no_paper(folder.name)):
            return False
        notes = [note for note in folder.notes if note.no_paper not in (TEMPLATE, EMPTY)]
        notes += [note for child in parts for note in child.notes]
        pdfs = folder.own_pdfs() + [path for child in parts for path in child.own_pdfs()]
        if not folder.path and not self._root_is_paper(folder, notes, pdfs):
            return False
        if not notes:
            return bool(folder.path) and self._take_pdfs(folder, pdfs)
        return self._take_notes(folder, notes, pdfs)

    def _root_is_paper(self, folder: Folder, notes: Sequence[NoteFile], pdfs: Sequence[str]) -> bool:
        mains = [note for note in notes if note.is_main]
        return len(mains) == 1 and len(pdfs) == 1 and len(notes) <= 3 and mains[0].head.score >= _EVIDENT

    # --- a folder with notes ---------------------------------------------------------------------

    def _take_notes(self, folder: Folder, notes: list[NoteFile], pdfs: list[str]) -> bool:
        main = _main_note(folder, notes, pdfs)
        others = [note for note in notes if note is not main]
        if main is not None and (main.is_list or self._is_introduction(main, others, pdfs, folder)):
            return False
        if main is None and all(note.no_paper for note in notes):
            return False
        own = [note for note in others if _is_paper_of_its_own(note, main, folder)]
        if main is None and (own or not self._belong_together(folder, notes, pdfs)):
            return False
        rest = [note for note in others if note not in own]
        for note in list(own):
            if note.is_list or note.no_paper:
                own.remove(note)
                rest.append(note)
        topic = topic_of(folder.path.rpartition("/")[0])
        figures = folder.figures()
        mine, foreign = self._assign(folder, main, notes, pdfs, bool(own))
        name = folder.name or (main.head.title if main else "")
        paper = paper_of_notes(folder.path, name, topic, main, rest, mine, figures)
        self.papers.append(paper)
        for note in own:
            theirs = [pdf for pdf in foreign if has_stem(pdf, note.path) or pdf in note.head.pdfs]
            foreign = [pdf for pdf in foreign if pdf not in theirs]
            self.papers.append(paper_of_notes(note.path, note.stem, topic, note, (), theirs))
        for pdf in foreign:
            self.papers.append(paper_of_pdf(pdf, stem(pdf), topic, pdf))
        self._skip_rest(folder, keep_notes=True)
        return True

    def _assign(
        self, folder: Folder, main: NoteFile | None, notes: Sequence[NoteFile], pdfs: list[str], shared: bool
    ) -> tuple[list[str], list[str]]:
        """The PDFs of a folder's first paper, and those that are papers of their own."""
        if len(pdfs) <= 1 and not shared:
            return pdfs, []
        arxiv = main.head.arxiv if main else ""
        titles = [folder.name, *([main.head.title] if main else [])]
        linked = (
            {path for note in notes for path in note.head.pdfs}
            if not shared
            else set(main.head.pdfs if main else ())
        )
        mine = [pdf for pdf in pdfs if pdf in linked or any(same_name(stem(pdf), title) for title in titles)]
        mine += [pdf for pdf in pdfs if pdf not in mine and arxiv and take_apart(stem(pdf)).arxiv == arxiv]
        if not mine:
            return ([], pdfs) if shared else (pdfs, [])
        named = names_in(folder.name)
        foreign = []
        for pdf in pdfs:
            parts = take_apart(stem(pdf))
            other_name = len(named) > 1 and normalise_title(stem(pdf)) in named
            titled = parts.words >= 4 and not is_beside(pdf)
            if (
                pdf not in linked
                and (pdf not in mine or other_name)
                and (shared or titled or other_name or (parts.arxiv and arxiv and parts.arxiv != arxiv))
            ):
                foreign.append(pdf)
        if main is not None and len(named) > 1:
            foreign = [pdf for pdf in foreign if title_key(stem(pdf)) not in title_key(main.head.title)]
        return [pdf for pdf in pdfs if pdf not in foreign], foreign

    def _is_introduction(
        self, main: NoteFile, others: Sequence[NoteFile], pdfs: Sequence[str], folder: Folder
    ) -> bool:
        """Whether a ``README`` says what its folder is for, rather than being a note on the paper of the folder."""
        if main.stem.lower() not in ("readme", "index", "_index") or pdfs or main.head.evidence:
            return False
        foreign = [note for note in others if not same_name(note.stem, folder.name)]
        if any(note.head.evidence or note.head.is_titled for note in foreign) and not main.head.is_titled:
            return True
        says_little = main.head.hints < 2 and len(main.body) < _SHORT and not folder.figures()
        return says_little and not others and not self._is_among_papers(folder)

    def _belong_together(self, folder: Folder, notes: Sequence[NoteFile], pdfs: Sequence[str]) -> bool:
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
        return named or (len(titled) < 2 and self._is_among_papers(folder))

    # --- a folder without notes ------------------------------------------------------------------

    def _take_pdfs(self, folder: Folder, pdfs: list[str]) -> bool:
        """Take a folder that holds PDFs and no note as that of a paper, or of the papers it is named after."""
        topic = topic_of(folder.path.rpartition("/")[0])
        named = names_in(folder.name)
        mains = [pdf for pdf in pdfs if same_name(stem(pdf), folder.name)]
        if len(pdfs) > 1 and len(named) > 1 and all(normalise_title(stem(pdf)) in named for pdf in pdfs):
            self.papers += [paper_of_pdf(pdf, stem(pdf), topic, pdf) for pdf in pdfs]
        elif len(pdfs) == 1 and (mains or self._is_among_papers(folder)):
            self.papers.append(paper_of_pdf(folder.path, folder.name, topic, pdfs[0]))
        elif mains and all(pdf in mains or is_beside(pdf) for pdf in pdfs):
            first = min(mains, key=lambda path: len(stem(path)))
            beside = [pdf for pdf in pdfs if pdf != first]
            self.papers.append(paper_of_pdf(folder.path, folder.name, topic, first, beside))
        else:
            return False
        paper = self.papers[-1]
        if figures := folder.figures():
            self.papers[-1] = FoundPaper(
                path=paper.path, reference=paper.reference, topic=paper.topic, pdfs=paper.pdfs,
                figures=tuple(figures), guesses=paper.guesses,
            )  # fmt: skip
        self._skip_rest(folder, keep_notes=False)
        return True

    def _is_among_papers(self, folder: Folder) -> bool:
        """Whether most folders beside a folder, or anywhere, hold one paper each, so that it is one too."""
        parent = _at(self.root, folder.path.rpartition("/")[0])
        beside = _leaves(parent.content_children, folder) or _leaves(self.root.walk(), folder)
        return bool(beside) and 2 * sum(map(_holds_one_paper, beside)) >= len(beside)

    # --- a topic -------------------------------------------------------------------------------------

    def _take_flat(self, folder: Folder) -> None:
        """Take the notes and PDFs right in a folder, each as a paper of its own."""
        topic = topic_of(folder.path)
        pdfs = folder.own_pdfs()
        for note in folder.notes:
            reason = self._why_not(note, folder)
            if reason:
                self._skip(note.path, reason)
                if note.is_list or reason == _ABOUT_FOLDER:
                    self.lists.append(note.path)
                continue
            mine = [
                pdf
                for pdf in pdfs
                if has_stem(pdf, note.path) or pdf in note.head.pdfs or _same_work(pdf, note)
            ]
            pdfs = [pdf for pdf in pdfs if pdf not in mine]
            figures = [*shadow_figures(folder, note), *note.head.pictures]
            self.papers.append(paper_of_notes(note.path, note.stem, topic, note, (), mine, figures))
        for pdf in pdfs:
            self._take_loose_pdf(pdf, folder)

    def _why_not(self, note: NoteFile, folder: Folder) -> str:
        """Why a note in a topic is no paper; empty where it is one."""
        if note.no_paper:
            return note.no_paper
        is_about = not folder.path or not note.head.evidence or _has_papers(folder, note)
        if is_about and (note.is_main or is_list_name(note.path)):
            return _ABOUT_FOLDER
        if note.head.score + self._listed(note) < self.points:
            return "nothing in it says that it is on a paper"
        return ""

    def _listed(self, note: NoteFile) -> int:
        """Points for a note that a table of contents names."""
        names = {title_key(note.head.title), title_key(note.stem.replace("_", " "))}
        named = any(len(name) >= _TELLING and name in self.named for name in names)
        return _NAMED if named or note.path in self.linked else 0

    def _take_loose_pdf(self, pdf: str, folder: Folder) -> None:
        topic = topic_of(folder.path)
        while topic and (holds_figures(topic[-1]) or topic[-1].lower() in ("pdf", "pdfs")):
            topic = topic[:-1]
        self.papers.append(paper_of_pdf(pdf, stem(pdf), topic, pdf))

    # --- what is left -----------------------------------------------------------------------------------

    def settle(self) -> None:
        """Give PDFs that notes elsewhere link to their note, and list every file that nothing took."""
        self._join_loose_pdfs()
        taken = {path for paper in self.papers for path in (*paper.pdfs, *paper.figures)}
        taken |= {note.file.path for paper in self.papers for note in paper.notes}
        taken |= {each.path for each in self.skipped}
        for folder in self.root.walk():
            for path in (
                *(note.path for note in folder.notes),
                *folder.pdfs,
                *folder.pictures,
                *folder.others,
            ):
                if path not in taken:
                    self._skip(path, _reason(path, folder))
        self.skipped.sort(key=lambda each: natural(each.path))

    def _join_loose_pdfs(self) -> None:
        """A PDF that was taken alone joins the one paper whose note links to it or has its name."""
        loose = {
            paper.pdfs[0]: number for number, paper in enumerate(self.papers) if paper.path in paper.pdfs
        }
        if not loose or len(loose) == len(self.papers):
            return
        by_name: dict[str, set[int]] = {}
        for number, paper in enumerate(self.papers):
            if paper.notes:
                for name in {
                    title_key(paper.reference.title),
                    title_key(stem(paper.path)),
                    paper.reference.arxiv,
                } - {""}:
                    by_name.setdefault(name, set()).add(number)
        linked = {path: number for number, paper in enumerate(self.papers) for path in self._linked(paper)}
        gone: set[int] = set()
        for pdf, number in loose.items():
            parts = take_apart(stem(pdf))
            named = by_name.get(parts.arxiv, set()) or by_name.get(title_key(parts.title), set())
            owner = linked.get(pdf, next(iter(named)) if len(named) == 1 else None)
            if owner is not None and owner != number:
                paper = self.papers[owner]
                self.papers[owner] = _with_pdf(paper, pdf)
                gone.add(number)
        self.papers = [paper for number, paper in enumerate(self.papers) if number not in gone]

    def _linked(self, paper: FoundPaper) -> Iterable[str]:
        notes = {note.file.path for note in paper.notes}
        folder = _at(self.root, paper.notes[0].file.path.rpartition("/")[0]) if paper.notes else None
        return [
            path for note in (folder.notes if folder else ()) if note.path in notes for path in note.head.pdfs
        ]

    def _skip(self, path: str, reason: str) -> None:
        self.skipped.append(Skipped(path, reason))

    def _skip_all(self, folder: Folder, reason: str) -> None:
        for each in folder.walk():
            for path in (*(note.path for note in each.notes), *each.pdfs, *each.pictures, *each.others):
                self._skip(path, reason)

    def _skip_rest(self, folder: Folder, *, keep_notes: bool) -> None:
        """List what lies in a paper's folder and is no part of it: templates, full texts, code."""
        for note in folder.notes:
            if note.no_paper == TEMPLATE or not keep_notes:
                self._skip(note.path, note.no_paper or "it was not taken")
        for each in folder.walk():
            if each is not folder and (each.is_aside or not each.is_part):
                for note in each.notes:
                    self._skip(note.path, "it lies among the files of a paper")


_ABOUT_FOLDER = "it is about the folder as a whole"


_OF_PAPERS = re.compile(
    r"\bpapers?\b|\bliterature\b|\breading[ _-]?notes?\b|paper[_-]?(?:notes?|reading)|论文|文献",
    re.IGNORECASE,
)


def _speaks_of_papers(name: str, root: Folder) -> bool:
    """Whether the name of the whole folder, or the beginning of its ``README``, says that it is on papers."""
    readme = [note.body[:600] for note in root.notes if note.stem.lower() in ("readme", "index")]
    return any(_OF_PAPERS.search(text) for text in (name, *readme))


def _at(root: Folder, path: str) -> Folder:
    folder = root
    for name in filter(None, path.split("/")):
        folder = folder.children[name]
    return folder


def _leaves(folders: Iterable[Folder], without: Folder) -> list[Folder]:
    """The folders among some that hold notes or PDFs and no such folder."""
    return [
        each for each in folders if each is not without and each.has_content and not each.content_children
    ]


def _holds_one_paper(folder: Folder) -> bool:
    """Whether a folder has a note that is called like one on its paper, or a PDF and no note."""
    if not folder.notes:
        return len(folder.pdfs) <= 2
    mains = [note for note in folder.notes if note.is_main or same_name(note.stem, folder.name)]
    says_much = any(note.head.score >= 2 or len(note.body) >= _SHORT for note in mains)
    return (
        bool(mains) and bool(says_much or folder.pdfs or folder.figures()) and not _is_no_paper(folder.name)
    )


def _main_note(folder: Folder, notes: Sequence[NoteFile], pdfs: Sequence[str]) -> NoteFile | None:
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


def _is_no_paper(name: str) -> bool:
    """Whether a folder of that name holds several things, or something else than a paper."""
    return name.lower() in GENERIC or is_dated(name) or is_template(name)


def _parts(name: str) -> set[str]:
    return {part for part in name.lower().replace("-", " ").replace("_", " ").split() if len(part) >= 3}


def _is_paper_of_its_own(note: NoteFile, main: NoteFile | None, folder: Folder) -> bool:
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


def _has_papers(folder: Folder, readme: NoteFile) -> bool:
    """Whether there is something in a folder that a ``README`` in it can be about."""
    return bool(
        folder.content_children or folder.own_pdfs() or any(note is not readme for note in folder.notes)
    )


def _same_work(pdf: str, note: NoteFile) -> bool:
    parts = take_apart(stem(pdf))
    key = title_key(parts.title)
    return bool(parts.arxiv and parts.arxiv == note.head.arxiv) or (
        len(key) > 2 and key in (title_key(note.head.title), title_key(take_apart(note.stem).title))
    )


def _with_pdf(paper: FoundPaper, pdf: str) -> FoundPaper:
    return FoundPaper(
        path=paper.path, reference=paper.reference, topic=paper.topic, notes=paper.notes, pdfs=(*paper.pdfs, pdf),
        figures=paper.figures, front=paper.front, guesses=paper.guesses,
    )  # fmt: skip


def _reason(path: str, folder: Folder) -> str:
    if path in folder.pictures:
        return "no note shows this picture"
    if path in folder.pdfs:
        return "it lies among figures"
    return "it is no note, PDF or figure"
