"""OpenAlex's answers: one work, or a list of works, as JSON (docs.openalex.org)."""

from __future__ import annotations

from notes_tui.formats.answers.plain import (
    MOST_CREATORS,
    Json,
    address,
    creator,
    number,
    parsed,
    record,
    records,
    text,
)  # fmt: skip
from notes_tui.model import identifiers
from notes_tui.model.answers import ServiceWork
from notes_tui.model.identity import split_short_name
from notes_tui.model.item import Link, Reference
from notes_tui.model.links import arxiv_in
from notes_tui.model.venue import is_preprint, short_venue, type_for_venue

_TYPES = {
    "book": "book", "book-chapter": "chapter", "dissertation": "thesis", "report": "report", "dataset": "dataset",
    "preprint": "article",
}  # fmt: skip
_MOST_WORDS = 5_000


def read(body: bytes) -> list[ServiceWork]:
    """The works of an answer, in its order. Raises :class:`UnreadableFileError` for what is no such answer."""
    answer = parsed(body, "openalex")
    works = records(answer.get("results")) if "results" in answer else [answer]
    return [work for work in map(_work, works) if work is not None]


def _work(work: Json) -> ServiceWork | None:
    title = text(work.get("title")) or text(work.get("display_name"))
    if not title:
        return None
    doi = identifiers.doi(text(work.get("doi"))).lower()
    locations = [record(work.get("primary_location")), *records(work.get("locations"))]
    arxiv = arxiv_in(doi) or next(filter(None, (_arxiv_of(each) for each in locations)), "")
    venue, type_ = _venue(locations[0], text(work.get("type")))
    page = address(locations[0].get("landing_page_url"))
    reference = Reference(
        type=type_,
        title=title,
        title_short=split_short_name(title)[0],
        creators=tuple(
            creator(name)
            for each in records(work.get("authorships"))[:MOST_CREATORS]
            if (
                name := text(record(each.get("author")).get("display_name"))
                or text(each.get("raw_author_name"))
            )
        ),
        venue=venue,
        year=number(work.get("publication_year")),
        doi="" if arxiv_in(doi) else doi,
        arxiv=arxiv,
        abstract=_abstract(work.get("abstract_inverted_index")),
        links=(Link("paper", page),) if page else (),
        extra=_extra(record(work.get("biblio"))),
    )
    pdf = next(filter(None, (address(each.get("pdf_url")) for each in _open(work))), "")
    return ServiceWork(source="openalex", reference=reference, pdf=pdf)


def _open(work: Json) -> list[Json]:
    """Places of copies that may be read by everybody, the best first."""
    places = [record(work.get("best_oa_location")), *records(work.get("locations"))]
    return [each for each in places if each.get("is_oa") is True]


def _arxiv_of(location: Json) -> str:
    return arxiv_in(address(location.get("landing_page_url"))) or arxiv_in(address(location.get("pdf_url")))


def _venue(location: Json, kind: str) -> tuple[str, str]:
    """The venue in its short form, and the type of the work."""
    source = record(location.get("source"))
    name = text(source.get("display_name"))
    venue = "arXiv" if name.lower().startswith("arxiv") else short_venue(name)
    if kind in _TYPES or is_preprint(venue) or not venue:
        return venue, _TYPES.get(kind, "article")
    if text(source.get("type")) == "journal":
        return venue, "article-journal"
    return venue, "paper-conference" if text(source.get("type")) == "conference" else type_for_venue(venue)


def _extra(biblio: Json) -> dict[str, str]:
    first, last = text(biblio.get("first_page")), text(biblio.get("last_page"))
    pages = f"{first}-{last}" if first and last and first != last else first
    extra = {"volume": text(biblio.get("volume")), "issue": text(biblio.get("issue")), "page": pages}
    return {name: value for name, value in extra.items() if value}


def _abstract(index: object) -> str:
    """An abstract from its words with their places, as OpenAlex gives it."""
    places: list[tuple[int, str]] = []
    for word, numbers in record(index).items():
        if isinstance(numbers, list):
            places += [(each, word) for each in numbers if isinstance(each, int)]
    return text(" ".join(word for _, word in sorted(places)[:_MOST_WORDS]))
