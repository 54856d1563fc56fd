"""Answers of services: well formed, damaged, and hostile."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.answers import arxiv, crossref, openalex
from notes_tui.model.item import Creator

ENTRY = "<entry><id>{id}</id><title>{title}</title><published>1999-01-04T00:00:00Z</published></entry>"
FEED = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'


def feed(id: str, title: str = "Some Title") -> bytes:
    return FEED.format(ENTRY.format(id=id, title=title)).encode()


def test_ids_of_both_kinds_are_read_without_their_version() -> None:
    [new] = arxiv.read(feed("http://arxiv.org/abs/2301.00010v3"))
    [old] = arxiv.read(feed("http://arxiv.org/abs/hep-th/9901001v1"))
    assert (new.reference.arxiv, old.reference.arxiv, old.reference.year) == (
        "2301.00010",
        "hep-th/9901001",
        1999,
    )


def test_errors_of_arxiv_are_no_papers() -> None:
    assert arxiv.read(feed("http://arxiv.org/api/errors#incorrect_id_format", "Error")) == []
    assert arxiv.read(FEED.format("").encode()) == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"<html></html>", b"\xff\xfe<", b"<feed>" * 50_000,
        b'<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><feed>&b;</feed>',
        b'<!doctype x SYSTEM "file:///etc/passwd"><feed xmlns="http://www.w3.org/2005/Atom"/>',
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        arxiv.read(body)


def test_the_doi_that_arxiv_names_is_the_publishers() -> None:
    body = feed("http://arxiv.org/abs/2301.00010").replace(
        b"</entry>", b'<doi xmlns="http://arxiv.org/schemas/atom">10.1145/3341301.3359646</doi></entry>'
    )
    assert arxiv.read(body)[0].reference.doi == "10.1145/3341301.3359646"


def test_crossref_gives_bodies_and_names_with_suffixes() -> None:
    work = {"DOI": "10.1000/X", "title": ["A &amp; B <i>c</i>"], "author": [
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."}, {"name": "CERN"}, 7, {"given": "Plato"},
    ], "type": "journal-article", "issued": {"date-parts": [[None]]}, "published": {"date-parts": [[2020, 13]]}}  # fmt: skip
    [found] = crossref.read(json.dumps({"message": {"items": [work, {"title": []}, "x"]}}).encode())
    assert found.reference.title == "A & B c"
    assert found.reference.creators == (
        Creator("King", "Martin Luther Jr."), Creator(literal="CERN"), Creator(literal="Plato"),
    )  # fmt: skip
    assert (found.reference.year, found.reference.type, found.reference.doi) == (
        2020,
        "article-journal",
        "10.1000/x",
    )


def test_openalex_gives_an_abstract_of_places_and_an_open_copy() -> None:
    work = {
        "title": "T of It", "publication_year": 2021, "abstract_inverted_index": {"world": [1], "hello": [0, 2]},
        "primary_location": {"landing_page_url": "https://arxiv.org/abs/2101.00001", "source": {"display_name": "arXiv (Cornell University)"}},
        "locations": [{"is_oa": True, "pdf_url": "javascript:alert(1)"}, {"is_oa": False, "pdf_url": "https://example.org/closed.pdf"},
                      {"is_oa": True, "pdf_url": "https://example.org/open.pdf"}],
    }  # fmt: skip
    [found] = openalex.read(json.dumps({"results": [work]}).encode())
    assert found.reference.abstract == "hello world hello"
    assert (found.reference.arxiv, found.reference.venue, found.pdf) == (
        "2101.00001",
        "arXiv",
        "https://example.org/open.pdf",
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["message", "items", "results", "title", "DOI", "author", "family", "issued", "date-parts", "type", "x",
                         "authorships", "locations", "primary_location", "biblio", "abstract_inverted_index", "doi"]), inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


@given(JSON)
def test_any_json_is_read_or_refused(value: object) -> None:
    for read in (crossref.read, openalex.read):
        try:
            works = read(json.dumps(value).encode())
        except UnreadableFileError:
            continue
        assert all(work.reference.title for work in works)
