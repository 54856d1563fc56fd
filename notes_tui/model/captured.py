"""What a captured line says about a work: identifiers and addresses in it, the rest as its title.

A line is one work, unless it holds nothing but identifiers of several. What an address says for certain is
taken from it (an arXiv id, a DOI, the venue and year of a publisher's path); nothing is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from notes_tui.errors import InvalidValueError
from notes_tui.model import identifiers
from notes_tui.model.identity import split_short_name
from notes_tui.model.item import Link, Reference
from notes_tui.model.links import arxiv_in, doi_in, kind_of
from notes_tui.model.text import one_line, storable
from notes_tui.model.venue import type_for_venue, venue_of_address

MAX_TITLE = 4_000
"""Characters of a title that are kept."""
_HOSTS = (
    r"(?:export\.)?arxiv\.org|(?:dx\.)?doi\.org|github\.com|gitlab\.com|openreview\.net|aclanthology\.org|usenix\.org"
    r"|dl\.acm\.org|ieeexplore\.ieee\.org|link\.springer\.com|proceedings\.mlr\.press|proceedings\.neurips\.cc"
    r"|papers\.n(?:eur)?ips\.cc|proceedings\.mlsys\.org|openaccess\.thecvf\.com|alphaxiv\.org|huggingface\.co/papers"
)
_ADDRESS = re.compile(rf"(?:https?://|(?<![\w./@-])(?:www\.|(?:{_HOSTS})/))[^\s<>\"]+", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?\)"
)
_BULLET = re.compile(r"^\s*(?:[-*+•–]|\(?\d{1,3}[.)])\s+(?=\S)")
_DOI = re.compile(r"(?:doi\s*[:.]?\s*)?(10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`]+)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:\barxiv\s*(?:preprint)?\s*[:.]?\s*(?:arxiv\s*:\s*)?)?\[?(?<![\w./-])"
    r"(\d{4}\.\d{4,5}|[a-z][a-z-]{1,15}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?(?![\w/-]|\.\d)\]?"
    r"(?:\s*\[[a-z-]+(?:\.[\w-]+)?\](?:\s*\d{1,2} [A-Z][a-z]{2,8} \d{4})?)?",
    re.IGNORECASE,
)
_DOI_IN_ADDRESS = re.compile(r"(10\.\d{4,9}(?:\.\d+)*/[^\s\"<>?#&]+)")
_BEHIND_DOI = re.compile(
    r"/(?:pdf|epdf|full|fulltext|abstract|meta|summary|html|download|references)\b.*$"
    r"|(?<=\d)v\d{1,2}(?:\.full|\.abstract)?(?:\.pdf)?$|\.full(?:\.pdf)?$|\.pdf$|/$",
    re.IGNORECASE,
)
_ACM_CITATION = re.compile(r"dl\.acm\.org/(?:citation|ft_gateway)\.cfm\?(?:.*&)?doid=(\d{5,}\.\d{5,})")
_NATURE = re.compile(r"nature\.com/articles/((?:s\d{5}|nature|ncomms|srep|nmeth|nbt)[\w.-]*\d)")
_YEARS = range(1900, 2100)
_SLUGS = (
    re.compile(
        r"openaccess\.thecvf\.com/.*/(?:html|papers)/[A-Z][^_/]*_(?P<title>[^/]{10,}?)_(?:[A-Z]+_)?\d{4}_paper\b"
    ),
    re.compile(r"papers\.n(?:eur)?ips\.cc/paper/\d+-(?P<title>[a-z0-9-]{10,}?)(?:\.pdf)?/?$"),
)


@dataclass(slots=True)
class _Found:
    """What stands in a line besides words."""

    addresses: list[str] = field(default_factory=list)
    dois: list[str] = field(default_factory=list)
    arxivs: list[str] = field(default_factory=list)


def references_of(text: str) -> list[Reference]:
    """The works of one line: one, or each of several identifiers where the line holds nothing else.

    Raises :class:`InvalidValueError` for a line without any word.
    """
    found, title = _taken_apart(text)
    if not title:
        papers = [each for each in found.addresses if kind_of(each, "paper") in ("paper", "pdf")]
        names = [
            *papers,
            *(f"doi:{each}" for each in found.dois),
            *(f"arXiv:{each}" for each in found.arxivs),
        ]
        places = {name: text.find(re.sub(r"^(?:doi:|arXiv:|https://)", "", name)) for name in names}
        several = _by_work(sorted(names, key=places.__getitem__))
        if len(several) > 1:
            others = [each for each in found.addresses if each not in papers]
            return [
                _reference(*_taken_apart(" ".join(each))) for each in [*several, *([one] for one in others)]
            ]
    return [_reference(found, title)]


def reference_from(text: str) -> Reference:
    """What one captured line says about a work. Raises :class:`InvalidValueError` for a line without any word."""
    return _reference(*_taken_apart(text))


def stand_in_title(reference: Reference) -> str:
    """What a work is called while its title is not known: its arXiv id, its DOI, or its first address."""
    if reference.arxiv:
        return f"arXiv:{reference.arxiv}"
    if reference.doi:
        return f"doi:{reference.doi}"
    return _address_title(reference.links[0].url) if reference.links else ""


def has_stand_in(reference: Reference) -> bool:
    """Whether a title only repeats an identifier or an address of the work."""
    title = reference.title
    made = {f"arXiv:{reference.arxiv}", f"doi:{reference.doi}", f"https://doi.org/{reference.doi}"}
    return not title or title in made or any(title == _address_title(link.url) for link in reference.links)


def without_stand_in(reference: Reference) -> str:
    """The title of a work as far as it was given: one made from an identifier contradicts no other title."""
    return "" if has_stand_in(reference) else reference.title


def _address_title(url: str) -> str:
    return re.sub(r"^https?://(www\.)?|#.*$|/$", "", url)


def _taken_apart(text: str) -> tuple[_Found, str]:
    """Identifiers and addresses of a line, and the words that are left."""
    line = _BULLET.sub("", one_line(storable(text)))
    line = _MARKDOWN_LINK.sub(r" \1 \2 ", line)
    found = _Found()

    def keep_address(match: re.Match[str]) -> str:
        address = _trimmed(match[0])
        found.addresses.append(address if "://" in address[:8] else f"https://{address}")
        return " " + match[0][len(address) :]

    rest = _ADDRESS.sub(keep_address, line)
    found.addresses = list(dict.fromkeys(found.addresses))
    rest = _DOI.sub(lambda match: _kept(found.dois, match, identifiers.doi(_trimmed(match[1]))), rest)
    rest = _ARXIV.sub(lambda match: _kept(found.arxivs, match, identifiers.arxiv_id(match[1])), rest)
    if found.addresses or found.dois or found.arxivs:
        rest = re.sub(r"\s+(?=[.,;:](?:\s|$))", "", re.sub(r"([,;:.])(?:\s*[,;:.])+(?=\s|$)", r"\1", rest))
        rest = re.sub(r",\s*(?:19|20)\d\d\s*$|[\s,]+in:?\s*$", "", _tidied(rest)).rstrip(" .")
    title = _tidied(rest)
    return found, title if re.search(r"\w", title) else ""


def _kept(names: list[str], match: re.Match[str], name: str) -> str:
    if not name:
        return match[0]
    if name not in names:
        names.append(name)
    return " "


def _trimmed(address: str) -> str:
    """An address without the punctuation of the sentence it stands in; brackets of its own stay."""
    before = ""
    while address != before:
        before = address
        address = address.rstrip(".,;:!'*_`")
        for opening, closing in ("()", "[]", "{}"):
            if address.endswith(closing) and address.count(opening) < address.count(closing):
                address = address[:-1]
    return address


def _tidied(title: str) -> str:
    """A title without the punctuation that is left where an id or address was taken out."""
    title = re.sub(r"\(\s*\)|\[\s*\]|<\s*>", " ", title)
    before = ""
    while title != before:
        before = title
        title = title.strip(" -–—|:,;").rstrip("([<").lstrip(")]>")
        for opening, closing in ("()", "[]", "<>"):
            if title.endswith(closing) and title.count(opening) < title.count(closing):
                title = title[:-1]
            if title.startswith(opening) and title.count(opening) > title.count(closing):
                title = title[1:]
        for opening, closing in ('""', "“”", "**", "__", "``"):
            if len(title) > 2 and title[0] == opening and title[-1] == closing:
                title = title[1:-1]
    return " ".join(title.split())


def doi_of_address(url: str) -> str:
    """The DOI that a publisher's page carries in its address, without what only chooses a view of the page."""
    url = unquote(url)
    if found := _ACM_CITATION.search(url):
        return f"10.1145/{found[1]}"
    if found := _NATURE.search(url):
        return f"10.1038/{found[1].removesuffix('.pdf')}"
    if name := doi_in(url):
        return _BEHIND_DOI.sub("", name)
    found = _DOI_IN_ADDRESS.search(url)
    name = _BEHIND_DOI.sub("", found[1]).rstrip(".,;:") if found else ""
    if identifiers.arxiv_id_within(name) or name.startswith("10.5555/") or "/" not in name:
        return ""
    return name.lower()


def _by_work(names: Iterable[str]) -> list[list[str]]:
    """Identifiers and addresses grouped by the work they name."""
    groups: dict[str, list[str]] = {}
    for name in names:
        is_address = name[:4].lower() == "http"
        arxiv = arxiv_in(name)
        doi = "" if arxiv else doi_of_address(name) if is_address else identifiers.doi(name)
        key = arxiv.lower() or doi.lower() or name
        groups.setdefault(key, []).append(name)
    return list(groups.values())


def _reference(found: _Found, title: str) -> Reference:
    if not (title or found.addresses or found.dois or found.arxivs):
        raise InvalidValueError(
            "there is nothing to add", hint="give a title, an address, an arXiv id or a DOI"
        )
    arxiv = _first([*found.arxivs, *map(arxiv_in, found.addresses), *map(arxiv_in, found.dois)])
    doi = _first([*found.dois, *map(doi_of_address, found.addresses)])
    links = tuple(Link(kind_of(address, "paper"), address) for address in found.addresses)
    if not links and (arxiv or doi):
        links = (Link("paper", f"https://arxiv.org/abs/{arxiv}" if arxiv else f"https://doi.org/{doi}"),)
    is_software = bool(links) and all(link.kind == "code" for link in links) and not (arxiv or doi)
    venue, year = _venue(found.addresses, arxiv if not doi else "")
    slug = "" if title else _slug_title(found.addresses)
    reference = Reference(
        type="software" if is_software else type_for_venue(venue) if venue else "article",
        title=title[:MAX_TITLE] or slug,
        title_short=split_short_name(title)[0] if title else "",
        venue=venue,
        year=year,
        doi=doi,
        arxiv=arxiv,
        links=links,
    )
    return reference if reference.title else replace(reference, title=stand_in_title(reference)[:MAX_TITLE])


def _first(names: Sequence[str]) -> str:
    return next(filter(None, names), "")


def _venue(addresses: Sequence[str], arxiv: str) -> tuple[str, int | None]:
    """Venue and year as a publisher's address names them; arXiv where there is nothing else."""
    for address in addresses:
        if found := venue_of_address(address):
            return found.venue, found.year if found.year and found.year in _YEARS else None
    return ("arXiv", None) if arxiv else ("", None)


def _slug_title(addresses: Sequence[str]) -> str:
    """The title that stands in an address, where the publisher writes it there whole."""
    for address in addresses:
        for pattern in _SLUGS:
            if found := pattern.search(address):
                words = re.sub(r"[-_]+", " ", found["title"])
                return words if "_" in found["title"] else words.capitalize()
    return ""
