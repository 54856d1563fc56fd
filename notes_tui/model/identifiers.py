"""Public identifiers of works, found in the many ways people write them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from notes_tui.model.item import LinkKind

_ARXIV = (
    r"(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z][a-z-]{1,15}(?:\.[A-Z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?"
)
_ARXIV_ALONE = re.compile(rf"(?:arxiv\s*:\s*|abs/)?{_ARXIV}(?:\.pdf)?\s*(?:\[[\w.-]+\])?", re.IGNORECASE)
_ARXIV_WITHIN = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)/|alphaxiv\.org/(?:abs|pdf)/|10\.48550/arxiv\.|arxiv\s*:\s*)"
    rf"{_ARXIV}(?!\d)",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`]+", re.IGNORECASE)
_DOI_PLACES = ("doi.org/", "doi:", "/doi/")
_CODE_HOSTS = re.compile(r"//(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com)/", re.IGNORECASE)
_PDF = re.compile(r"\.pdf(?:$|[?#])|//(?:www\.)?arxiv\.org/pdf/|openreview\.net/pdf\?", re.IGNORECASE)


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


def link_kind(url: str) -> LinkKind:
    """What most likely stands at an address: a PDF, code, or the paper's page."""
    if _PDF.search(url):
        return "pdf"
    return "code" if _CODE_HOSTS.search(url) else "paper"
