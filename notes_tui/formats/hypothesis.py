"""Hypothesis: annotations of web pages and PDFs, as its interface for programs and its export give them.

A mark carries its words and what stands round them, for PDFs the page too. Replies name those they answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from notes_tui.errors import UnreadableFileError
from notes_tui.model import identifiers
from notes_tui.model.format import Format
from notes_tui.model.item import Link, Reference
from notes_tui.model.links import kind_of
from notes_tui.model.marked import Mark, Marked, MarkedWork
from notes_tui.model.pdf import Reply
from notes_tui.model.reading_list import Problem
from notes_tui.model.text import storable
from notes_tui.model.titles import split_short_name

_FINGERPRINT = "urn:x-pdf:"
_BEGINNING = re.compile(r"[\s\ufeff]*[\[{]")
_OWN_WORDS = re.compile(
    r'"(?:TextQuoteSelector|TextPositionSelector|RangeSelector|PageSelector)"|"export_userid"'
)
_PAPERS_OWN = re.compile(
    r"\s*(?:\||-|–|—|·)\s*(?:arXiv|OpenReview|ACL Anthology|ACM Digital Library|IEEE).*\Z", re.IGNORECASE
)
_NUMBER = re.compile(r"\A\[\d{4}\.\d{4,5}(?:v\d+)?\]\s*")


def recognises(text: str) -> bool:
    """Whether a text is JSON with the selectors of annotations."""
    if not _BEGINNING.match(text):
        return False
    return bool(_OWN_WORDS.search(text)) or all(each in text for each in ('"rows"', '"target"', '"uri"'))


def read(text: str, *, file: str = "") -> Marked:
    """The documents of an export, each with its marks. Raises :class:`UnreadableFileError` where it is none."""
    name = file or "the text"
    try:
        whole = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"{name}: {error}", hint="the JSON is broken there") from error
    rows = whole
    if isinstance(whole, dict):
        rows = whole.get("rows", whole.get("annotations", [whole] if "target" in whole else None))
    if not isinstance(rows, list):
        raise UnreadableFileError(f"{name}: no export of Hypothesis", hint="export annotations as JSON")
    problems = [
        Problem(file, None, f"annotation {number} has no id or no address")
        for number, row in enumerate(rows, 1)
        if not _is_row(row)
    ]
    works = tuple(_works([row for row in rows if _is_row(row)]))
    return Marked(source="hypothesis", works=works, problems=tuple(problems), refused=len(problems))


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and bool(_text(row.get("id"))) and bool(_text(row.get("uri")))


def _text(value: object) -> str:
    return storable(value).strip() if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    several = value if isinstance(value, list) else [value]
    return [text for text in map(_text, several) if text]


def _works(rows: Sequence[dict[str, Any]]) -> Iterable[MarkedWork]:
    """Documents in the order of their first annotation, with replies at those that began them."""
    known = {_text(row["id"]): row for row in rows}
    replies: dict[str, list[dict[str, Any]]] = {}
    documents: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (_text(row.get("created")), _text(row["id"]))):
        above = next((each for each in _texts(row.get("references")) if each in known), "")
        if above:
            replies.setdefault(above, []).append(row)
        else:
            documents.setdefault(_document_key(row), []).append(row)
    for several in documents.values():
        marks = tuple(_mark(row, replies.get(_text(row["id"]), [])) for row in several)
        yield MarkedWork(
            reference=_reference(several), pdf_id=_pdf_id(several), marks=marks, is_complete=False
        )


def _addresses(row: Mapping[str, Any]) -> list[str]:
    document = row.get("document")
    links = document.get("link") if isinstance(document, dict) else None
    hrefs = (
        [_text(each.get("href")) for each in links or () if isinstance(each, dict)]
        if isinstance(links, list)
        else []
    )
    return list(dict.fromkeys(filter(None, (_text(row.get("uri")), *hrefs))))


def _document_key(row: Mapping[str, Any]) -> str:
    own = next((each for each in _addresses(row) if each.startswith(_FINGERPRINT)), "")
    return own or re.sub(r"#.*", "", _text(row.get("uri")))


def _pdf_id(rows: Sequence[Mapping[str, Any]]) -> str:
    found = (
        each.removeprefix(_FINGERPRINT)
        for row in rows
        for each in _addresses(row)
        if each.startswith(_FINGERPRINT)
    )
    return next(found, "").lower()


def _reference(rows: Sequence[Mapping[str, Any]]) -> Reference:
    addresses = list(dict.fromkeys(each for row in rows for each in _addresses(row)))
    web = [each for each in addresses if re.match(r"https?://", each) and not _is_own_machine(each)]
    said = " ".join(addresses)
    documents = [row["document"] for row in rows if isinstance(row.get("document"), dict)]
    dois = [each for document in documents for each in _dois(document)]
    doi = next(filter(None, (*dois, *map(identifiers.doi_of_url, addresses))), "")
    arxiv = identifiers.arxiv_id_within(doi) or identifiers.arxiv_id_within(said)
    title = next((text for document in documents for text in _texts(document.get("title"))), "")
    title = _title(title)
    return Reference(
        title=title, title_short=split_short_name(title)[0] if title else "",
        doi="" if identifiers.arxiv_id_within(doi) else doi, arxiv=arxiv,
        links=tuple(Link(kind_of(url, "paper"), url) for url in web[:3]),
    )  # fmt: skip


def _dois(document: Mapping[str, Any]) -> list[str]:
    """DOIs that the page named in its head, where an export carries that."""
    found: list[str] = []
    for head, name in (("highwire", "doi"), ("dc", "identifier")):
        part = document.get(head)
        found += _texts(part.get(name)) if isinstance(part, dict) else []
    return [identifiers.doi(each) for each in found if identifiers.doi(each)]


def _title(text: str) -> str:
    """The title of a page without what its site adds; the name of a file is no title."""
    title = _PAPERS_OWN.sub("", _NUMBER.sub("", " ".join(text.split())))
    return "" if re.fullmatch(r"\S*\.(?:pdf|html?)|\d{4}\.\d{4,5}(?:v\d+)?", title, re.IGNORECASE) else title


def _is_own_machine(url: str) -> bool:
    return bool(re.match(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])", url))


def _mark(row: Mapping[str, Any], replies: Sequence[Mapping[str, Any]]) -> Mark:
    selectors = list(_selectors(row))
    quoted = next((each for each in selectors if each.get("type") == "TextQuoteSelector"), {})
    page = next((each for each in selectors if each.get("type") == "PageSelector"), {})
    index = page.get("index")
    quote = " ".join(_text(quoted.get("exact")).split())
    return Mark(
        id=_text(row["id"]), kind="highlight" if quote else "note",
        page=index + 1 if isinstance(index, int) and 0 <= index < 1_000_000 else None,
        page_label=_text(page.get("label")), quote=quote, before=_text(quoted.get("prefix")),
        after=_text(quoted.get("suffix")), comment=_text(row.get("text")),
        tags=tuple(_texts(row.get("tags"))), author=_author(row),
        created=_text(row.get("created")), modified=_text(row.get("updated")),
        replies=tuple(
            Reply(_text(each["id"]), _author(each), _text(each.get("text")), _text(each.get("created")))
            for each in replies
        ),
    )  # fmt: skip


def _selectors(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    targets = row.get("target")
    for target in targets if isinstance(targets, list) else ():
        several = target.get("selector") if isinstance(target, dict) else None
        yield from (
            (each for each in several or () if isinstance(each, dict)) if isinstance(several, list) else ()
        )


def _author(row: Mapping[str, Any]) -> str:
    info = row.get("user_info")
    shown = _text(info.get("display_name")) if isinstance(info, dict) else ""
    return shown or _text(row.get("user")).removeprefix("acct:").partition("@")[0]


FORMAT = Format(
    name="hypothesis",
    suffixes=(".json",),
    help="Hypothesis: annotations of web pages and PDFs (JSON)",
    read=read,
    recognises=recognises,
)
