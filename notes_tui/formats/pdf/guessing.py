"""Which work a PDF is: title, DOI and arXiv id from its metadata and its first page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from notes_tui.formats.pdf import words
from notes_tui.formats.pdf.pdfium import Document
from notes_tui.formats.pdf.text_page import Line, TextPage
from notes_tui.model import identifiers
from notes_tui.model.text import one_line

_KEYS_OF_DOI = ("doi", "DOI", "WPS-ARTICLEDOI", "Subject", "Keywords", "Title")
_XMP_DOI = re.compile(rb"<(?:prism|pdfx|crossmark|pdfx_1_\.\d):(?:doi|DOI)>\s*([^<\s]{6,200})\s*<")
_DOI_ON_PAGE = re.compile(r"(?:doi\.org/|\bdoi:?\s*)(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_STAMP = re.compile(r"arXiv:\s?(\S+?)(?:v\d+)?\s*\[[\w.-]+\]\s+\d")
"""What arXiv prints on the margin of the first page."""
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|(?:title|paper|main|document|manuscript|slide|page) ?\d*"
    r"|.*\.(?:pdf|docx?|tex|dvi|indd|rtf|odt|pptx?|ps|eps|qxd)|arxiv:.*|10\.\d{4,}/.*|[\W\d_]*|\S{1,3}"
    r"|(?:https?|file):.*|\S*[\\/_]\S*)",
    re.IGNORECASE,
)
_LOOKED_AT = 60
"""Lines of the first page among which the title is."""
_LONGEST_TITLE = 400
_SHORTEST_TITLE = 12
_MOST_ROWS = 5
"""Lines of a title; more are the text itself, of a page whose letters are all of one size."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a PDF seems to be; empty where nothing tells."""

    title: str = ""
    doi: str = ""
    arxiv: str = ""


def guess_work(document: Document, page: TextPage | None, data: bytes, stem: str) -> Guess:
    """Guess from metadata, the first page, the file's bytes (XMP) and the stem of its name. Hold the lock."""
    text = page.text() if page else ""
    stamp = _STAMP.search(text)
    arxiv = (
        identifiers.arxiv_id(document.metadata("arXivID"))
        or (identifiers.arxiv_id(stamp[1]) if stamp else "")
        or identifiers.arxiv_id_within(document.metadata("Subject"))
        or identifiers.arxiv_id(stem)
    )
    titles = [_plain_title(document.metadata("Title"))]
    if not titles[0] and page:
        titles.append(_plain_title(_largest_words(page)))
    doi = _doi(document, data, text)
    return Guess(titles[-1], "" if identifiers.arxiv_id_within(doi) else doi, arxiv)


def _plain_title(text: str) -> str:
    title = one_line(words.clean(text)[:_LONGEST_TITLE])
    return "" if _NO_TITLE.fullmatch(title) else title


def _doi(document: Document, data: bytes, text: str) -> str:
    for key in _KEYS_OF_DOI:
        if found := identifiers.doi(document.metadata(key)):
            return found
    if packet := _XMP_DOI.search(data):
        return identifiers.doi(packet[1].decode("utf-8", "replace"))
    on_page = _DOI_ON_PAGE.search(text)
    return identifiers.doi(on_page[1]) if on_page else ""


def _largest_words(page: TextPage) -> str:
    """The lines set in the largest letters, where they are at least some words long."""
    runs: list[tuple[float, list[str]]] = []
    for line in page.lines[:_LOOKED_AT]:
        text = words.clean(page.text_between(line.start, line.end))
        size = _size(page, line)
        if runs and size and abs(runs[-1][0] - size) < 0.03 * size:
            runs[-1][1].append(text)
        else:
            runs.append((size, [text]))
    titles = [(size, rows) for size, rows in runs if size and len("".join(rows)) >= _SHORTEST_TITLE]
    _, rows = max(titles, key=lambda each: each[0], default=(0.0, []))
    return words.joined(rows, lambda: page.seen) if len(rows) <= _MOST_ROWS else ""


def _size(page: TextPage, line: Line) -> float:
    """The height of a line's letters in points; 0 for lines that are not upright."""
    index = (line.start + line.end) // 2
    while index > line.start and page.letters[index].isspace():
        index -= 1
    return page.size(index)
