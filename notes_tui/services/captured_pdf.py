"""A PDF that is captured: the path a person typed or dropped, and the work its first page names."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from notes_tui.errors import MissingExtraError, UnreadableFileError
from notes_tui.model import captured, identifiers
from notes_tui.model.identity import split_short_name
from notes_tui.model.item import Reference
from notes_tui.model.text import one_line, storable

if TYPE_CHECKING:
    from notes_tui.services.attaching import LookedAt

_IMPORTED = (".bib", ".ris", ".json", ".yaml", ".yml", ".md", ".markdown", ".enw")


@dataclass(frozen=True, slots=True)
class CapturedPdf:
    """A PDF and what it seems to be."""

    reference: Reference
    looked: LookedAt
    notice: str = ""
    """What should be said although it was taken."""


def path_of(line: str) -> Path | None:
    """The PDF that a line names: a path, a ``file:`` address, or a path as a terminal drops it; else ``None``.

    Raises :class:`UnreadableFileError` for a path of no file, and for a file that is imported and not added.
    """
    text = line.strip()
    if re.search(r"(?i)https?://|^10\.\d{4,9}/|\0", text):
        return None
    if text.lower().startswith("file://"):
        text = unquote(re.sub(r"(?i)^file://(?:localhost)?", "", text))
    elif text[:1] in "'\"" or "\\ " in text:
        text = _unquoted(text)
    path = Path(os.path.expanduser(text))
    suffix = path.suffix.lower()
    if suffix not in (".pdf", *_IMPORTED) or len(text) > 4_000 or identifiers.arxiv_id(text):
        return None
    if path.is_file():
        if suffix == ".pdf":
            return path.absolute()
        raise UnreadableFileError(f"{text}: it is no PDF", hint=f"`notes-tui import {text}` takes it")
    if suffix == ".pdf" and (" " not in text or text[0] in "/~."):
        raise UnreadableFileError(f"{text}: there is no such file", hint="check the name")
    return None


def _unquoted(text: str) -> str:
    try:
        words = shlex.split(text)
    except ValueError:
        return text
    return words[0] if len(words) == 1 else text


def read_captured(path: Path) -> CapturedPdf:
    """The work of a PDF from its metadata and first page, else from the name of the file.

    Raises :class:`UnreadableFileError` for what is no PDF or damaged. Without the part that reads PDFs the file
    is taken by its name, and the notice says so.
    """
    from notes_tui.formats.pdf.apart import read_pdf_apart
    from notes_tui.services.attaching import LookedAt
    from notes_tui.services.stored_files import found_file, is_pdf

    stem = one_line(storable(path.stem))
    try:
        content = read_pdf_apart(path)
    except MissingExtraError as error:
        if not is_pdf(path):
            raise UnreadableFileError(f"{path}: it is no PDF", hint="check the file") from error
        notice = f"{path.name} was taken by its name: {error.detail} ({error.hint})"
        return CapturedPdf(reference_of(stem, "", "", ""), LookedAt(found_file(str(path)), None), notice)
    reference = reference_of(stem, content.title, content.doi, content.arxiv)
    return CapturedPdf(reference, LookedAt(found_file(str(path)), content, content.problems))


def reference_of(stem: str, title: str, doi: str, arxiv: str) -> Reference:
    """The work that a PDF names; the stem of its file's name stands in for a title where nothing else tells."""
    arxiv = arxiv or identifiers.arxiv_id(stem)
    names = [f"doi:{doi}"] if doi else []
    names += [f"arXiv:{arxiv}"] if arxiv else []
    named = captured.reference_from(" ".join(names)) if names else Reference()
    title = title or ("" if names else " ".join(stem.replace("_", " ").split()) or "PDF")
    return replace(named, title=title, title_short=split_short_name(title)[0]) if title else named
