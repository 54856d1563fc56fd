"""What stands at an address: the paper's page, its PDF, code, a project's page, or something else."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from notes_tui.model.identifiers import arxiv_id, arxiv_id_within, doi, doi_of_url
from notes_tui.model.item import LinkKind

_CODE_HOSTS = frozenset(
    "github.com gitlab.com bitbucket.org codeberg.org gitee.com sourceforge.net sr.ht git.sr.ht"
    " code.google.com gist.github.com opensource.google.com".split()
)
_PAPER_HOSTS = re.compile(
    r"(^|\.)(arxiv\.org|doi\.org|dl\.acm\.org|openreview\.net|ieeexplore\.ieee\.org|computer\.org|usenix\.org"
    r"|aclanthology\.org|aclweb\.org|proceedings\.mlr\.press|mlr\.press|proceedings\.mlsys\.org|papers\.nips\.cc"
    r"|papers\.neurips\.cc|proceedings\.neurips\.cc|neurips\.cc|link\.springer\.com|springer\.com|sciencedirect\.com"
    r"|semanticscholar\.org|techrxiv\.org|biorxiv\.org|medrxiv\.org|ssrn\.com|mdpi\.com|jmlr\.org|vldb\.org"
    r"|ojs\.aaai\.org|aaai\.org|ijcai\.org|openaccess\.thecvf\.com|thecvf\.com|cidrdb\.org|ndss-symposium\.org"
    r"|nature\.com|science\.org|pnas\.org|onlinelibrary\.wiley\.com|tandfonline\.com|hal\.science|ncbi\.nlm\.nih\.gov"
    r"|eprint\.iacr\.org|isca-speech\.org|researchgate\.net|alphaxiv\.org|dblp\.org|drops\.dagstuhl\.de)$"
)
_PDF_ADDRESS = re.compile(
    r"\.pdf$|^/(pdf|epdf)(/|$)|/doi/e?pdf/|/pdf(/v\d+)?$|^/content/pdf/|^/download/pdf", re.IGNORECASE
)
_PROJECT_LABEL = re.compile(
    r"\b(project|home|homepage|website|site|webpage|page|demo|docs?|主页|项目)\b", re.IGNORECASE
)
_PAPER_LABEL = re.compile(
    r"\b(paper|papers|pdf|arxiv|acm|ieee|usenix|doi|abs|abstract|preprint|publication|openreview|acl|nips|neurips)\b"
    r"|论文|mlr\.press|dl\.acm",
    re.IGNORECASE,
)
_CODE_LABEL = re.compile(
    r"\b(code|github|git|repo|repository|implementation|source|源码|代码|pytorch|tensorflow|jax)\b", re.I
)
_OTHER_LABEL = re.compile(
    r"\b(blog|post|video|youtube|slides?|talk|poster|notes?|review|tutorial|dataset|data|tweet|twitter|news|model|models|"
    r"weights|supp|supplementary|appendix|bibtex|bib|issue|podcast|media|报道|视频|博客)\b",
    re.IGNORECASE,
)


def kind_of(url: str, label: str = "") -> LinkKind:
    """The kind of a link, from its address first and then from what the link is called."""
    parts = _split(url)
    host = (parts.hostname or "").lower().removeprefix("www.") if parts else ""
    path = parts.path if parts else url
    if (path and _PDF_ADDRESS.search(path)) or (host == "openreview.net" and path == "/pdf"):
        return "pdf"
    if host in _CODE_HOSTS:
        return "code"
    if _PAPER_HOSTS.search(host):
        return "paper"
    if _OTHER_LABEL.search(label):
        return "other"
    if _PAPER_LABEL.search(label):
        return "paper"
    if _CODE_LABEL.search(label):
        return "code"
    if _PROJECT_LABEL.search(label) or host.endswith((".github.io", ".gitlab.io", ".readthedocs.io")):
        return "project"
    return "other"


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


_ARXIV_CITED = re.compile(r"\barxiv[\s.:#(\[]+(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+/\d{7})(?!\d)", re.IGNORECASE)
_OTHER_ARXIV = re.compile(
    r"(?:huggingface\.co/papers|ar5iv(?:\.labs\.arxiv)?\.org/\w+)/(\d{4}\.\d{4,5})(?!\d)", re.IGNORECASE
)
_DOI_PATH = re.compile(
    r"(?:link\.springer|onlinelibrary\.wiley|tandfonline|academic\.oup|pnas|science)\.[^\s]*?/(10\.\d{4,9}/\S+)"
)
_NOT_REGISTERED = "10.5555/"
"""What looks like a DOI there resolves to nothing: the ACM numbers works without one this way."""


def arxiv_in(text: str) -> str:
    """The arXiv id, without version, that an address or a citation such as ``arXiv 2312.07104`` names."""
    found = _ARXIV_CITED.search(text) or _OTHER_ARXIV.search(text)
    return arxiv_id_within(text) or (arxiv_id(found[1]) if found else "")


def doi_in(text: str) -> str:
    """The DOI that an address or a citation names."""
    found = _DOI_PATH.search(text)
    name = doi_of_url(text) or (doi(found[1]) if found else "")
    name = re.sub(r"[?#].*$|/(?:pdf|full|abstract|epdf|meta|fulltext)$|\.pdf$", "", name)
    return "" if name.startswith(_NOT_REGISTERED) or arxiv_id_within(name) else name.lower()
