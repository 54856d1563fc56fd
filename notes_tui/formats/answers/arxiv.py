"""arXiv's answers: an Atom feed with elements of its own (info.arxiv.org/help/api/user-manual)."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.answers.plain import MOST_CREATORS, creator, number, text
from notes_tui.model import identifiers
from notes_tui.model.answers import ServiceWork
from notes_tui.model.identity import split_short_name
from notes_tui.model.item import Link, Reference

_ATOM = "{http://www.w3.org/2005/Atom}"
_OWN = "{http://arxiv.org/schemas/atom}"
_MOST = 2_000


def read(body: bytes) -> list[ServiceWork]:
    """The works of a feed, in its order. Raises :class:`UnreadableFileError` for what is no feed.

    A document type, with which entities are declared, is in no answer of arXiv and is refused unread.
    """
    try:
        plain = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_feed("it is no UTF-8") from error
    if re.search(r"<!\s*(?:DOCTYPE|ENTITY)", plain, re.IGNORECASE):
        raise _no_feed("it declares entities")
    try:
        root = ElementTree.fromstring(plain)
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise _no_feed("it is no XML") from error
    if root.tag != f"{_ATOM}feed":
        raise _no_feed("it is no Atom feed")
    entries = root.findall(f"{_ATOM}entry")[:_MOST]
    return [work for work in map(_work, entries) if work is not None]


def _no_feed(reason: str) -> UnreadableFileError:
    return UnreadableFileError(f"the answer of arxiv: {reason}", hint="try again later")


def _work(entry: ElementTree.Element) -> ServiceWork | None:
    address = _text(entry, f"{_ATOM}id")
    arxiv = identifiers.arxiv_id_within(address)
    title = _text(entry, f"{_ATOM}title")
    if not arxiv or not title:
        return None  # errors come as entries whose id is no paper's
    names = [_text(each, f"{_ATOM}name") for each in entry.findall(f"{_ATOM}author")[:MOST_CREATORS]]
    doi = identifiers.doi(_text(entry, f"{_OWN}doi"))
    reference = Reference(
        type="article",
        title=title,
        title_short=split_short_name(title)[0],
        creators=tuple(creator(name) for name in names if name),
        venue="arXiv",
        year=number(_text(entry, f"{_ATOM}published")[:4]),
        doi="" if identifiers.arxiv_id_within(doi) else doi,
        arxiv=arxiv,
        abstract=_text(entry, f"{_ATOM}summary"),
        links=(Link("paper", f"https://arxiv.org/abs/{arxiv}"),),
    )
    return ServiceWork(source="arxiv", reference=reference)


def _text(element: ElementTree.Element, name: str) -> str:
    return text(element.findtext(name) or "")
