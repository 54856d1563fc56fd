"""Papers from files: a paper's folder, a note alone, or a PDF alone, and what was guessed on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from notes_tui.formats.notes_folder.kinds import NoteFile
from notes_tui.formats.notes_folder.names import NameParts, same_name, stem, take_apart, word_count
from notes_tui.model.adoption import Certainty, FoundNote, FoundPaper, FrontMatter, Guess
from notes_tui.model.item import Reference
from notes_tui.model.titles import split_short_name, title_key
from notes_tui.model.venue import type_for_venue

_BESIDE = re.compile(
    r"(?:^|[\s_.()-])(?:supp(?:l(?:ement(?:ary|al)?)?)?|appendix|slides?|poster|talk|presentation|annotated|translat\w+|notes?|v\d+|copy|zh|cn|en|chinese"
    r"|标注|批注|翻译|译文|中文|副本|补充\w*|附录|ppt|extended|full|arxiv|tr|camera\w*|old|new|\d)(?:$|[\s_.()-])",
    re.IGNORECASE,
)


def topic_of(folder: str) -> tuple[str, ...]:
    """The topic path that a folder is."""
    return tuple(filter(None, folder.split("/")))


def is_beside(path: str) -> bool:
    """Whether a PDF by its name goes with another one: a supplement, slides, a translation."""
    return bool(_BESIDE.search(stem(path)))


def paper_of_notes(
    path: str, name: str, topic: tuple[str, ...], main: NoteFile | None, others: Sequence[NoteFile],
    pdfs: Sequence[str] = (), figures: Iterable[str] = (),
) -> FoundPaper:  # fmt: skip
    """A paper with notes. ``name`` is what its folder or file is called; the main note has no title."""
    parts = take_apart(name)
    leading = main or (others[0] if others else None)
    notes = [FoundNote(main.file, "", main.body)] if main else []
    notes += [FoundNote(each.file, _note_title(each, name), each.body) for each in others]
    reference, guesses = _describe(
        parts, leading if leading and _speaks_for(leading, name, main) else None, pdfs
    )
    return FoundPaper(
        path=path, reference=reference, topic=topic, notes=tuple(_with_distinct_titles(notes)), pdfs=tuple(pdfs),
        figures=tuple(dict.fromkeys(figures)), front=leading.head.front if leading else FrontMatter(),
        guesses=tuple(guesses),
    )  # fmt: skip


def paper_of_pdf(
    path: str, name: str, topic: tuple[str, ...], pdf: str, beside: Sequence[str] = ()
) -> FoundPaper:
    """A paper of which there is a PDF and no note; ``name`` is what its folder is called, or the PDF."""
    own, of_folder = take_apart(stem(pdf)), take_apart(name)
    parts = own if own.words >= 4 or not of_folder.title else of_folder
    short = (
        of_folder.title
        if parts is own and 0 < of_folder.words <= 3 and not same_name(of_folder.title, own.title)
        else ""
    )
    merged = NameParts(
        parts.title, own.venue or of_folder.venue, own.year or of_folder.year, own.arxiv or of_folder.arxiv
    )
    reference, guesses = _describe(merged, None, (pdf,), short)
    return FoundPaper(
        path=path, reference=reference, topic=topic, pdfs=(pdf, *beside), guesses=tuple(guesses)
    )


def _speaks_for(note: NoteFile, name: str, main: NoteFile | None) -> bool:
    """Whether the head of a note describes the paper: the main one does, another one where it names it."""
    return note is main or bool(note.head.evidence) or title_key(name) in title_key(note.head.title)


def _note_title(note: NoteFile, name: str) -> str:
    """What a further note is called: its file name, without the name of the paper where more is left."""
    return " ".join(note.stem.split()) or name


def _with_distinct_titles(notes: Sequence[FoundNote]) -> Iterable[FoundNote]:
    used: set[str] = set()
    for note in notes:
        title, number = note.title, 2
        while title.casefold() in used:
            title, number = f"{note.title} ({number})", number + 1
        used.add(title.casefold())
        yield FoundNote(note.file, title, note.body)


def _describe(
    name: NameParts, note: NoteFile | None, pdfs: Sequence[str], short: str = ""
) -> tuple[Reference, list[Guess]]:
    """The description of a paper from its name, its note and its PDFs, and what of it was guessed."""
    guesses: list[Guess] = []
    head = note.head if note else None
    title = head.title if head and head.title else name.title
    if head and head.title and note:
        guesses.append(Guess("title", title, head.source, "certain" if head.is_titled else "likely"))
        if not head.is_titled and name.words >= 4 and word_count(title) < 3:
            title = name.title
            guesses[-1] = Guess("title", title, "the name of the folder", "likely")
    else:
        certainty: Certainty = "likely" if name.words >= 4 else "guess"
        guesses.append(Guess("title", title, "the name of the folder or PDF", certainty))
    title_short = (head.title_short if head else "") or split_short_name(title)[0] or short
    if (
        not title_short
        and 0 < word_count(name.title) <= 2
        and title_key(name.title) != title_key(title)
        and len(name.title) <= 30
    ):
        title_short = name.title
        guesses.append(Guess("short name", title_short, "the name of the folder", "likely"))
    arxiv = (head.arxiv if head else "") or name.arxiv or _arxiv_of(pdfs)
    if arxiv and (not head or not head.arxiv):
        guesses.append(Guess("arXiv id", arxiv, "the name of a file", "likely"))
    venue, year = (head.venue if head else "") or name.venue, (head.year if head else None) or name.year
    if arxiv and not venue:
        venue = "arXiv"
    if arxiv and year is None and re.match(r"\d{4}\.", arxiv):
        year = 2000 + int(arxiv[:2])
        guesses.append(Guess("year", str(year), "the arXiv id", "likely"))
    return Reference(
        type=type_for_venue(venue), title=title, title_short=title_short if title_key(title_short) != title_key(title) else "",
        creators=head.creators if head else (), venue=venue, year=year, doi=head.doi if head else "", arxiv=arxiv,
        links=head.links if head else (),
    ), guesses  # fmt: skip


def _arxiv_of(pdfs: Sequence[str]) -> str:
    found = {parts.arxiv for path in pdfs if (parts := take_apart(stem(path))).arxiv}
    return found.pop() if len(found) == 1 else ""
