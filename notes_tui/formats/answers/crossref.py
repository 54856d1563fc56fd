"""Crossref's answers: one work, or a list of works, as JSON (api.crossref.org/swagger-ui)."""

from __future__ import annotations

from notes_tui.formats.answers.plain import (
    MOST_CREATORS,
    Json,
    address,
    first,
    number,
    parsed,
    record,
    records,
    text,
)  # fmt: skip
from notes_tui.model import identifiers
from notes_tui.model.answers import ServiceWork
from notes_tui.model.csl import date_text
from notes_tui.model.identity import split_short_name
from notes_tui.model.item import Creator, Link, Reference
from notes_tui.model.links import arxiv_in
from notes_tui.model.venue import short_venue

_TYPES = {
    "proceedings-article": "paper-conference", "journal-article": "article-journal", "posted-content": "article",
    "book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book", "book-chapter": "chapter",
    "dissertation": "thesis", "report": "report", "dataset": "dataset", "standard": "standard",
    "reference-entry": "entry", "peer-review": "review",
}  # fmt: skip
_EXTRA = {
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "publisher": "publisher",
    "language": "language",
}
_DATES = ("published-print", "published", "issued", "published-online", "created")


def read(body: bytes) -> list[ServiceWork]:
    """The works of an answer, in its order. Raises :class:`UnreadableFileError` for what is no such answer."""
    message = record(parsed(body, "crossref").get("message"))
    works = records(message.get("items")) if "items" in message else [message]
    return [work for work in map(_work, works) if work is not None]


def _work(work: Json) -> ServiceWork | None:
    title = first(work.get("title"))
    doi = identifiers.doi(text(work.get("DOI"))).lower()
    if not title or not doi:
        return None
    if (subtitle := first(work.get("subtitle"))) and subtitle.lower() not in title.lower():
        title = f"{title}: {subtitle}"
    arxiv = arxiv_in(doi) or arxiv_in(address(record(record(work.get("resource")).get("primary")).get("URL")))
    venue = first(work.get("container-title")) or text(record(work.get("event")).get("name"))
    extra = {name: text(work.get(field)) for field, name in _EXTRA.items()}
    if (published := _date(work)).count("-"):
        extra["issued"] = published
    reference = Reference(
        type=_TYPES.get(text(work.get("type")), "article"),
        title=title,
        title_short=split_short_name(title)[0],
        creators=tuple(map(_creator, records(work.get("author"))[:MOST_CREATORS])),
        venue="arXiv" if arxiv else short_venue(venue),
        year=number(published[:4]),
        doi="" if arxiv else doi,
        arxiv=arxiv,
        abstract=text(work.get("abstract")).removeprefix("Abstract").strip(),
        links=(Link("paper", f"https://doi.org/{doi}"),),
        extra={name: value for name, value in extra.items() if value},
    )
    return ServiceWork(source="crossref", reference=reference)


def _creator(author: Json) -> Creator:
    family, given = text(author.get("family")), text(author.get("given"))
    if not family:
        return Creator(literal=text(author.get("name")) or given)
    suffix = text(author.get("suffix"))
    return Creator(family, " ".join(filter(None, (given, suffix))))


def _date(work: Json) -> str:
    """The date on which it came out, cut where nothing more is known."""
    for field in _DATES:
        parts = record(work.get(field)).get("date-parts")
        inner = parts[0] if isinstance(parts, list) and parts else None
        numbers = [each for each in inner if isinstance(each, int)] if isinstance(inner, list) else []
        if numbers and number(numbers[0]):
            return date_text(numbers)
    return ""
