"""Public identifiers of works, found in the many ways people write them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from notes_tui.model.item import Reference

_ARXIV = r"(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z][a-z-]{1,15}(?:\.[A-Z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?"
_ARXIV_ALONE = re.compile(rf"(?:arxiv\s*:\s*|abs/)?{_ARXIV}(?:\.pdf)?\s*(?:\[[\w.-]+\])?", re.IGNORECASE)
_ARXIV_WITHIN = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)/|alphaxiv\.org/(?:abs|pdf)/|10\.48550/arxiv\.|arxiv\s*:\s*)"
    rf"{_ARXIV}(?!\d)",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`]+", re.IGNORECASE)
_DOI_PLACES = ("doi.org/", "doi:", "/doi/")


def arxiv_id(text: str) -> str:
    """The arXiv id a field holds, without version: ``arXiv:1706.03762v5 [cs.CL]`` is ``1706.03762``."""
    found = _ARXIV_ALONE.fullmatch(text.strip()) or _ARXIV_WITHIN.search(text)
    return found["id"] if found else ""


def arxiv_id_within(text: str) -> str:
    """The arXiv id that an address or running text names as such; a bare number is none."""
    found = _ARXIV_WITHIN.search(text)
    return found["id"] if found else ""


def doi(text: str) -> str:
    """The DOI a field holds, without resolver and prefix; ``""`` where there is none."""
    found = _DOI.search(unquote(text) if "%" in text else text)
    return found[0].rstrip(".,;:)]'") if found else ""


def doi_of_url(url: str) -> str:
    """The DOI of an address that says it is one (``doi.org/…``, ``…/doi/10.…``)."""
    lowered = url.lower()
    return doi(url).split("?")[0] if any(place in lowered for place in _DOI_PLACES) else ""


_OPENREVIEW = re.compile(r"openreview\.net/(?:forum|pdf|attachment)\?(?:.*&)?id=([\w-]+)")
_ACL = re.compile(
    r"(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/(?:papers/|(?:\w/)*\w\d\d/)*"
    r"([A-Za-z]\d\d-\d{4,5}|\d{4}\.[a-z0-9_-]+\.\d+|[A-Za-z0-9.-]+?)(?:v\d+)?(?:\.pdf)?/?(?:$|[?#])"
)
_ACL_DOI = re.compile(r"10\.(?:18653|3115)/v1/([A-Za-z]\d\d-\d{4,5}|\d{4}\.[a-z0-9_-]+\.\d+)", re.IGNORECASE)
_ISBN = re.compile(r"97[89](?:[ -]?\d){10}|\d(?:[ -]?\d){8}[ -]?[\dXx]")
_WHOLE_BOOKS = frozenset(("book", "thesis", "report", "collection", "software", "dataset", "standard"))


def isbns(text: str) -> list[str]:
    """The ISBNs in a field, each in its form of 13 digits."""
    found = [re.sub("[ -]", "", each).upper() for each in _ISBN.findall(text)]
    return [each if len(each) == 13 else _isbn_13(each) for each in found]


def _isbn_13(isbn: str) -> str:
    """The 13 digits of an ISBN of 10: another prefix, and the check digit of ISO 2108 for it."""
    digits = f"978{isbn[:9]}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def ids_of(reference: Reference) -> frozenset[str]:
    """Every identifier of a work, as ``arxiv:1706.03762``; addresses count where they are identifiers.

    The DOI of a preprint at arXiv is its arXiv id, that of a paper of the ACL names its ACL id, and the ISBN of
    proceedings is no paper's own.
    """
    found = {f"arxiv:{reference.arxiv.lower()}"} if reference.arxiv else set()
    if reference.doi:
        preprint = arxiv_id_within(reference.doi)
        found.add(f"arxiv:{preprint.lower()}" if preprint else f"doi:{reference.doi.lower()}")
        if acl := _ACL_DOI.fullmatch(reference.doi):
            found.add(f"acl:{acl[1].lower()}")
    if reference.type in _WHOLE_BOOKS and reference.extra.get("ISBN"):
        found.update(f"isbn:{isbn}" for isbn in isbns(reference.extra["ISBN"]))
    for link in reference.links:
        if "openreview.net" in link.url and (identifier := _OPENREVIEW.search(link.url)):
            found.add(f"openreview:{identifier[1]}")
        if "acl" in link.url and (identifier := _ACL.search(link.url)):
            found.add(f"acl:{identifier[1].lower()}")
    return frozenset(found)


def ids_by_kind(reference: Reference) -> dict[str, set[str]]:
    """:func:`ids_of` by what they are: ``{"doi": {"doi:10.…"}}``."""
    kinds: dict[str, set[str]] = {}
    for identifier in ids_of(reference):
        kinds.setdefault(identifier.partition(":")[0], set()).add(identifier)
    return kinds
