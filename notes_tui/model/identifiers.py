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


_OPENREVIEW = re.compile(r"openreview\.net/(?:forum|pdf)\?(?:.*&)?id=([\w-]+)")
_ACL = re.compile(r"aclanthology\.org/([A-Za-z0-9.-]+?)(?:\.pdf)?/?(?:$|[?#])")
_WHOLE_BOOKS = frozenset(("book", "thesis", "report", "collection", "software", "dataset", "standard"))


def ids_of(reference: Reference) -> frozenset[str]:
    """Every identifier of a work, as ``arxiv:1706.03762``; addresses count where they are identifiers.

    The DOI of a preprint at arXiv is its arXiv id, and the ISBN of proceedings is no paper's own.
    """
    found = {f"arxiv:{reference.arxiv.lower()}"} if reference.arxiv else set()
    if reference.doi:
        preprint = arxiv_id_within(reference.doi)
        found.add(f"arxiv:{preprint.lower()}" if preprint else f"doi:{reference.doi.lower()}")
    if reference.type in _WHOLE_BOOKS and reference.extra.get("ISBN"):
        found.add("isbn:" + re.sub(r"[^0-9X]", "", reference.extra["ISBN"].upper()))
    for link in reference.links:
        for kind, pattern in (("openreview", _OPENREVIEW), ("acl", _ACL)):
            if identifier := pattern.search(link.url):
                found.add(f"{kind}:{identifier[1]}")
    return frozenset(found)
