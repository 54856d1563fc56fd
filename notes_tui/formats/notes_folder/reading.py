"""A listing becomes papers: which folders are papers, which are topics, and what is none of either."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from notes_tui.formats.notes_folder.judging import (
    EVIDENT,
    Whole,
    has_papers,
    is_no_paper,
    is_paper_of_its_own,
    main_note,
    parts_of,
)
from notes_tui.formats.notes_folder.kinds import EMPTY, TEMPLATE, NoteFile
from notes_tui.formats.notes_folder.names import (
    holds_code,
    holds_figures,
    is_list_name,
    is_name,
    is_nearly,
    is_picture,
    names_in,
    same_name,
    stem,
    take_apart,
)
from notes_tui.formats.notes_folder.papers import is_beside, paper_of_notes, paper_of_pdf, topic_of
from notes_tui.formats.notes_folder.tree import Folder, build, has_stem, natural, shadow_figures
from notes_tui.model.adoption import FolderReading, FoundFile, FoundPaper, Skipped
from notes_tui.model.titles import normalise_title, title_key

_ABOUT_FOLDER = "it is about the folder as a whole"


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

    def __post_init__(self) -> None:
        self.whole = Whole(self.root, self.name)

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
        parts = parts_of(folder)
        if parts is None or (folder.path and is_no_paper(folder.name)):
            return False
        notes = [note for each in (folder, *parts) for note in each.notes]
        notes = [note for note in notes if note.no_paper not in (TEMPLATE, EMPTY)]
        pdfs = folder.own_pdfs()
        pdfs += [path for child in parts if not holds_figures(child.name) for path in child.pdfs]
        if not folder.path and not self._root_is_paper(folder, notes, pdfs):
            return False
        if not any(note.in_folder == folder.path for note in notes):
            return bool(folder.path) and bool(pdfs) and self._take_pdfs(folder, pdfs)
        return self._take_notes(folder, notes, pdfs)

    def _root_is_paper(self, folder: Folder, notes: Sequence[NoteFile], pdfs: Sequence[str]) -> bool:
        mains = [note for note in notes if note.is_main]
        return len(mains) == 1 and len(pdfs) == 1 and len(notes) <= 3 and mains[0].head.score >= EVIDENT

    # --- a folder with notes ---------------------------------------------------------------------

    def _take_notes(self, folder: Folder, notes: list[NoteFile], pdfs: list[str]) -> bool:
        main = main_note(folder, notes, pdfs)
        others = [note for note in notes if note is not main]
        if main is not None and (main.is_list or self.whole.is_introduction(main, others, pdfs, folder)):
            return False
        if main is None and all(note.no_paper for note in notes):
            return False
        if not pdfs and not self.whole.may_be_on_paper(folder, main, notes):
            return False
        own = [note for note in others if is_paper_of_its_own(note, main, folder)]
        if main is None and (own or not self.whole.belong_together(folder, notes, pdfs)):
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

    # --- a folder without notes ------------------------------------------------------------------

    def _take_pdfs(self, folder: Folder, pdfs: list[str]) -> bool:
        """Take a folder that holds PDFs and no note as that of a paper, or of the papers it is named after."""
        topic = topic_of(folder.path.rpartition("/")[0])
        named = names_in(folder.name)
        mains = [pdf for pdf in pdfs if is_nearly(stem(pdf), folder.name)]
        if len(pdfs) > 1 and len(named) > 1 and all(normalise_title(stem(pdf)) in named for pdf in pdfs):
            self.papers += [paper_of_pdf(pdf, stem(pdf), topic, pdf) for pdf in pdfs]
        elif len(pdfs) == 1 and (
            mains or (not is_name(stem(pdfs[0])) and self.whole.is_among_papers(folder))
        ):
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
        return True

    # --- a topic -------------------------------------------------------------------------------------

    def _take_flat(self, folder: Folder) -> None:
        """Take the notes and PDFs right in a folder, each as a paper of its own."""
        topic = topic_of(folder.path)
        pdfs = _Pdfs(folder.own_pdfs())
        for note in folder.notes:
            reason = self._why_not(note, folder)
            if reason:
                self._skip(note.path, reason)
                if note.is_list or reason == _ABOUT_FOLDER:
                    self.lists.append(note.path)
                continue
            figures = [*shadow_figures(folder, note), *note.head.pictures]
            mine = pdfs.take_those_of(note)
            self.papers.append(paper_of_notes(note.path, note.stem, topic, note, (), mine, figures))
        for pdf in pdfs.left:
            self._take_loose_pdf(pdf, folder)

    def _why_not(self, note: NoteFile, folder: Folder) -> str:
        """Why a note in a topic is no paper; empty where it is one."""
        if note.no_paper:
            return note.no_paper
        is_about = not folder.path or not note.head.evidence or has_papers(folder, note)
        if is_about and (note.is_main or is_list_name(note.path)):
            return _ABOUT_FOLDER
        if not self.whole.is_on_paper(note):
            return "nothing in it says that it is on a paper"
        return ""

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
        owners = {note.file.path: number for number, paper in enumerate(self.papers) for note in paper.notes}
        linked = {
            pdf: owners[note.path]
            for folder in self.root.walk()
            for note in folder.notes
            if note.path in owners
            for pdf in note.head.pdfs
        }
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

    def _skip(self, path: str, reason: str) -> None:
        self.skipped.append(Skipped(path, reason))

    def _skip_all(self, folder: Folder, reason: str) -> None:
        for each in folder.walk():
            for path in (*(note.path for note in each.notes), *each.pdfs, *each.pictures, *each.others):
                self._skip(path, reason)


class _Pdfs:
    """The PDFs of a topic, found by what they are called."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._left = dict.fromkeys(paths)
        self._by_name: dict[str, list[str]] = {}
        for path in paths:
            parts = take_apart(stem(path))
            for name in {stem(path).casefold(), title_key(parts.title), parts.arxiv} - {""}:
                self._by_name.setdefault(name, []).append(path)

    @property
    def left(self) -> list[str]:
        """Those that no note took."""
        return list(self._left)

    def take_those_of(self, note: NoteFile) -> list[str]:
        """The PDFs of a note: of its name or title, with its identifier, or linked in it."""
        names = [
            note.stem.casefold(),
            note.head.arxiv,
            *map(title_key, (note.head.title, take_apart(note.stem).title)),
        ]
        found = [
            pdf for name in names if len(name) > 2 or name == names[0] for pdf in self._by_name.get(name, ())
        ]
        mine = [pdf for pdf in dict.fromkeys([*found, *note.head.pdfs]) if pdf in self._left]
        for pdf in mine:
            del self._left[pdf]
        return mine


def _with_pdf(paper: FoundPaper, pdf: str) -> FoundPaper:
    return FoundPaper(
        path=paper.path, reference=paper.reference, topic=paper.topic, notes=paper.notes, pdfs=(*paper.pdfs, pdf),
        figures=paper.figures, front=paper.front, guesses=paper.guesses,
    )  # fmt: skip


def _reason(path: str, folder: Folder) -> str:
    """Why a file was not taken that nothing else spoke of."""
    if is_picture(path):
        return "no note shows this picture"
    note = next((each for each in folder.notes if each.path == path), None)
    if note or path.lower().endswith(".pdf"):
        return (note.no_paper if note else "") or "it lies among the files of a paper"
    return "it is no note, PDF or figure"
