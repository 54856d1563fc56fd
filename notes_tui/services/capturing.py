"""Adding an item from whatever a person has: an id, an address, BibTeX, or a title. Saved at once, offline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from notes_tui.errors import InvalidValueError
from notes_tui.model import identifiers
from notes_tui.model.identity import split_short_name
from notes_tui.model.item import Item, Link, Reference
from notes_tui.model.text import one_line, storable
from notes_tui.services.joining import free_key
from notes_tui.services.wording import count_of, name_of
from notes_tui.store import derived, items, lookup
from notes_tui.store.database import Store

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_CODE_HOSTS = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)/", re.IGNORECASE
)
_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]+\s*[{(]", re.MULTILINE)
MAX_TITLE = 4_000
"""Characters of a title that are kept."""


@dataclass(frozen=True, slots=True)
class Added:
    """What capturing made: the items, new ones and those that were there."""

    items: tuple[Item, ...]
    new: tuple[str, ...]
    known: tuple[str, ...]
    label: str

    def as_dict(self) -> dict[str, object]:
        """``{added, known}``: citekeys."""
        return {"added": list(self.new), "known": list(self.known)}


def reference_from(text: str) -> Reference:
    """What one captured line says about a work: ids and addresses in it, the rest as its title.

    Raises :class:`InvalidValueError` for a line without any word.
    """
    text = one_line(storable(text))
    arxiv = identifiers.arxiv_id(text)
    doi = identifiers.doi(text)
    addresses = [address.rstrip(").,;>]") for address in _ADDRESS.findall(text)]
    title = " ".join(_ADDRESS.sub(" ", text).split())
    if arxiv and (arxiv in title or not title):
        title = _without(title, rf"(?:arxiv\s*[:.]?\s*)?\[?{re.escape(arxiv)}(?:v\d+)?(?:\.pdf)?\]?")
    if doi:
        title = _without(title, rf"(?:doi\s*[:.]?\s*)?{re.escape(doi)}")
    title = _tidied(title)
    if not (title or arxiv or doi or addresses):
        raise InvalidValueError(
            "there is nothing to add", hint="give a title, an address, an arXiv id or a DOI"
        )
    links = [
        Link("code" if _CODE_HOSTS.match(each) else "pdf" if each.endswith(".pdf") else "paper", each)
        for each in addresses
    ]
    if arxiv and not links:
        links = [Link("paper", f"https://arxiv.org/abs/{arxiv}")]
    if doi and not links:
        links = [Link("paper", f"https://doi.org/{doi}")]
    is_software = bool(links) and all(link.kind == "code" for link in links) and not (arxiv or doi)
    return Reference(
        type="software" if is_software else "article",
        title=title[:MAX_TITLE] or _title_of_address(links, arxiv, doi),
        title_short=split_short_name(title)[0] if title else "",
        venue="arXiv" if arxiv and not doi else "",
        doi=doi,
        arxiv=arxiv,
        links=tuple(links),
    )


def _without(title: str, pattern: str) -> str:
    return " ".join(re.sub(pattern, " ", title, flags=re.IGNORECASE).split())


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
    return " ".join(title.split())


def _title_of_address(links: Sequence[Link], arxiv: str, doi: str) -> str:
    if arxiv:
        return f"arXiv:{arxiv}"
    if doi:
        return f"doi:{doi}"
    return re.sub(r"^https?://(www\.)?|#.*$|/$", "", links[0].url)


def references_from(text: str) -> list[Reference]:
    """The works a pasted text speaks of: one a line, and one for each BibTeX entry."""
    begin = _BIBTEX.search(text)
    lines = text[: begin.start()] if begin else text
    references = [reference_from(line) for line in lines.splitlines() if line.strip()]
    if begin:
        from notes_tui.formats import bibtex

        references += [each.reference for each in bibtex.read(text[begin.start() :]).items]
    return references


def add(store: Store, lines: Sequence[str]) -> Added:
    """Add one item a line or BibTeX entry; what is in the library already leads to that item.

    Raises :class:`InvalidValueError` where a line says nothing.
    """
    references = references_from("\n".join(lines))
    if not references:
        raise InvalidValueError(
            "there is nothing to add", hint="give a title, an address, an arXiv id or a DOI"
        )
    with store.step("") as step:
        made: list[int] = []
        known: list[int] = []
        for reference in references:
            existing = lookup.same_work(store, _without_made_title(reference))
            if existing is not None:
                known.append(existing)
            else:
                made.append(insert(store, reference))
        derived.refresh_order(store, made)
        new_items = items.by_ids(store, made)
        known_items = items.by_ids(store, known)
        step.label = (
            f"{name_of(new_items[0]) if len(new_items) == 1 else count_of(len(new_items), 'item')} added"
        )
        label = step.label if new_items else f"{name_of(known_items[0])} is in the library already"
        return Added(
            tuple(new_items + known_items),
            tuple(item.citekey for item in new_items),
            tuple(item.citekey for item in known_items),
            label,
        )


def _without_made_title(reference: Reference) -> Reference:
    """The reference as far as it was given: a title made from an id contradicts no other title."""
    made = [f"arXiv:{reference.arxiv}", f"doi:{reference.doi}"]
    if reference.links and identifiers.ids_of(reference):
        made.append(_title_of_address(reference.links, "", ""))
    return replace(reference, title="") if reference.title in made else reference


def insert(store: Store, reference: Reference) -> int:
    """Insert an item under its own citekey where it has one, else under a fresh one; returns its row id."""
    citekey = free_key(reference, items.TakenKeys(store))
    return items.insert(store, replace(reference, citekey=citekey))
