"""Which service is asked what about an item: by its identifiers first, else by title and creators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from notes_tui.errors import NotesError
from notes_tui.formats.answers import arxiv, crossref, openalex
from notes_tui.model.answers import ServiceWork
from notes_tui.model.captured import has_stand_in
from notes_tui.model.identifiers import arxiv_id_within, ids_of
from notes_tui.model.identity import Verdict, scored
from notes_tui.model.item import Item, creators_line
from notes_tui.services.net.client import Client
from notes_tui.settings import Sources

ARXIV_BATCH = 50
"""Papers that arXiv is asked about at once."""
_ROWS = 5
_LONGEST_TITLE = 300
_JSON = "application/json"
_READERS = {"crossref": crossref.read, "openalex": openalex.read}


@dataclass(slots=True)
class Answers:
    """Asks about items; a service that fails is told once and asked no more in this run."""

    client: Client
    sources: Sources
    failures: dict[str, str] = field(default_factory=dict)
    """Why a service gave no answer, by its name."""
    unreadable: list[str] = field(default_factory=list)
    """Answers that were none, in words."""
    _arxiv: dict[str, ServiceWork] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def prepare(self, chosen: Sequence[Item]) -> None:
        """Ask arXiv about all papers of a batch at once."""
        wanted = [arxiv_of(item).lower() for item in chosen if arxiv_of(item)]
        ids = [each for each in dict.fromkeys(wanted) if each not in self._asked]
        self._asked.update(ids)
        if not ids or "arxiv" not in self.sources.order:
            return
        query = urlencode({"id_list": ",".join(ids), "max_results": len(ids)}, safe=",/")
        body = self._get("arxiv", f"{self.sources.addresses['arxiv']}?{query}", "application/atom+xml")
        if body:
            try:
                found = arxiv.read(body)
            except NotesError as error:
                self.unreadable.append(error.detail)
                return
            self._arxiv |= {work.reference.arxiv.lower(): work for work in found}

    def about(self, item: Item, *, pdf: bool = False) -> Iterator[ServiceWork]:
        """What the services say about an item, one answer a service. Whoever reads may stop at any."""
        paper = self._arxiv.get(arxiv_of(item).lower())
        if paper is not None:
            yield paper
        doi = _doi_of(item) or (paper.reference.doi if paper else "")
        found = paper is not None
        for source in self.sources.order:
            if not doi or source not in _READERS or (found and paper is None and not pdf):
                continue
            for work in self._by_doi(source, doi):
                found, paper = True, None
                yield work
        if not found and not has_stand_in(item):
            yield from self._by_title(item)

    def _by_doi(self, source: str, doi: str) -> list[ServiceWork]:
        base = self.sources.addresses[source]
        name = quote(doi, safe="/:;()" if source == "openalex" else "")
        path = f"/works/doi:{name}" if source == "openalex" else f"/works/{name}"
        return self._works(source, base + path, {})[:1]

    def _by_title(self, item: Item) -> Iterator[ServiceWork]:
        """The likeliest answer to a search: one that certainly is the work, of any service, else a guess of each."""
        title = item.title[:_LONGEST_TITLE]
        for source in self.sources.order:
            if source not in _READERS:
                continue
            if source == "crossref":
                words = f"{title} {creators_line(item.creators, 2)}".strip()
                query = {"query.bibliographic": words, "rows": str(_ROWS)}
            else:
                query = {"search": title.replace(",", " "), "per-page": str(_ROWS)}
            works = self._works(source, f"{self.sources.addresses[source]}/works", query)
            best = max(works, key=lambda work: scored(item, work.reference).score, default=None)
            if best is None:
                continue
            verdict = scored(item, best.reference).verdict
            if verdict is not Verdict.DIFFERENT:
                yield best
            if verdict is Verdict.SAME:
                return

    def _works(self, source: str, address: str, query: Mapping[str, str]) -> list[ServiceWork]:
        if self.sources.mailto:
            query = {**query, "mailto": self.sources.mailto}
        body = self._get(source, f"{address}?{urlencode(query)}" if query else address, _JSON)
        try:
            return _READERS[source](body) if body else []
        except NotesError as error:
            self.unreadable.append(error.detail)
            return []

    def _get(self, source: str, url: str, accept: str) -> bytes:
        if source in self.failures:
            return b""
        try:
            return self.client.get(url, accept=accept).body
        except NotesError as error:
            self.failures[source] = error.detail
            return b""


def arxiv_of(item: Item) -> str:
    """The arXiv id of an item, also where its DOI or an address says it."""
    return item.arxiv or arxiv_id_within(item.doi)


def _doi_of(item: Item) -> str:
    """The DOI of an item; papers of the ACL Anthology have one that is made of their id."""
    if item.doi and not arxiv_id_within(item.doi):
        return item.doi
    acl = next((each for each in sorted(ids_of(item)) if each.startswith("acl:")), "")
    return f"10.18653/v1/{acl.removeprefix('acl:')}" if acl else ""
