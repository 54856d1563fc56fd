"""Asking services for what is missing, against answers recorded on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from notes_tui.errors import NetworkError
from notes_tui.model.item import Creator, Item
from notes_tui.services import capturing, editing, fetching, journaling, listing
from notes_tui.services.fetching import Fetched
from notes_tui.services.net.addresses import origin_of
from notes_tui.services.net.cache import Cache
from notes_tui.services.net.client import Client, Manners
from notes_tui.settings import Sources
from notes_tui.store import fetch_queue, items
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.formats.pdf.making import lines, one_page
from tests.services.annotated_pdfs import QUEUE, paper

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <entry><id>http://arxiv.org/abs/1706.03762v7</id><title>Attention Is All
   You Need</title><published>2017-06-12T17:57:34Z</published>
  <summary>  The dominant sequence transduction models.</summary>
  <author><name>Ashish Vaswani</name></author><author><name>Noam Shazeer</name></author>{doi}</entry>
</feed>"""
ANTMAN = {
    "DOI": "10.1145/3341301.3359646", "type": "proceedings-article", "title": ["PipeDream"],
    "subtitle": ["generalized pipeline parallelism for DNN training"],
    "container-title": ["Proceedings of the 27th ACM Symposium on Operating Systems Principles"],
    "author": [{"given": "Deepak", "family": "Narayanan"}, {"given": "Aaron", "family": "Harlap"}],
    "published-print": {"date-parts": [[2019, 10, 27]]}, "page": "1-15", "publisher": "ACM",
    "abstract": "<jats:p>DNN training is <jats:italic>slow</jats:italic> &amp; costly.</jats:p>",
}  # fmt: skip
OPEN_ALEX = {
    "title": "PipeDream: generalized pipeline parallelism for DNN training", "publication_year": 2019,
    "doi": "https://doi.org/10.1145/3341301.3359646", "type": "article",
    "authorships": [{"author": {"display_name": "Deepak Narayanan"}}],
    "primary_location": {"source": {"display_name": "SOSP", "type": "conference"}, "is_oa": False},
    "best_oa_location": {"is_oa": True, "pdf_url": "{base}/copy.pdf"},
}  # fmt: skip
PDF = one_page(lines("A page"))


class Services:
    """The three services on this machine."""

    def __init__(self, server: HTTPServer, folder: Path) -> None:
        self.server = server
        base = server.url_for("").rstrip("/")
        self.sources = Sources(
            addresses={
                "arxiv": f"{base}/arxiv", "arxiv-pdf": f"{base}/pdf", "crossref": f"{base}/crossref",
                "openalex": f"{base}/openalex", "github-raw": base,
            },
            mailto="me@example.org",
        )  # fmt: skip
        self.works: list[object] = [ANTMAN]
        self.doi = ""
        self.status = 200
        manners = Manners("", {}, frozenset([origin_of(base)]))
        self.client = Client(Cache(folder / "cache"), manners, sleep=lambda _: None)
        server.expect_request("/arxiv").respond_with_handler(self._arxiv)
        server.expect_request("/crossref/works").respond_with_handler(self._search)
        server.expect_request("/crossref/works/10.1145/3341301.3359646").respond_with_handler(
            lambda _: self._json({"message": ANTMAN})
        )
        server.expect_request("/openalex/works").respond_with_json({"results": []})
        found = json.loads(json.dumps(OPEN_ALEX).replace("{base}", base))
        server.expect_request("/openalex/works/doi:10.1145/3341301.3359646").respond_with_json(found)
        for path in ("/pdf/1706.03762", "/copy.pdf"):
            server.expect_request(path).respond_with_data(PDF, content_type="application/pdf")

    def _arxiv(self, request: Request) -> Response:
        wanted = request.args["id_list"].split(",")
        text = FEED.format(doi=f"<arxiv:doi>{self.doi}</arxiv:doi>" if self.doi else "")
        return Response(
            text if "1706.03762" in wanted else text.partition("<entry>")[0] + "</feed>", self.status
        )

    def _search(self, request: Request) -> Response:
        return self._json({"message": {"items": self.works}})

    def _json(self, value: object) -> Response:
        return Response(json.dumps(value), self.status, content_type="application/json")

    @property
    def asked(self) -> list[str]:
        """The paths that were asked."""
        return [unquote(request.path) for request, _ in self.server.log]

    def fetch(self, store: Store, *chosen: int, folder: Path | None = None, yes: bool = False) -> Fetched:
        """Ask and take."""
        queued = fetching.enqueue(store, list(chosen) or None)
        fetched = fetching.ask(store, self.client, self.sources, queued, pdf_folder=folder)
        return fetching.take(store, fetched, fetching.all_certain if yes else fetching.only_empty)


@pytest.fixture
def services(httpserver: HTTPServer, tmp_path: Path) -> Iterator[Services]:
    made = Services(httpserver, tmp_path)
    with made.client:
        yield made


def captured(store: Store, text: str) -> int:
    return capturing.add(store, [text]).items[0].item_id


def test_an_arxiv_id_becomes_a_paper_in_one_undo_step(store: Store, services: Services) -> None:
    item_id = captured(store, "1706.03762")
    before = items.by_id(store, item_id)
    fetched = services.fetch(store)
    item = items.by_id(store, item_id)
    assert (item.title, item.year, item.venue) == ("Attention Is All You Need", 2017, "arXiv")
    assert item.creators == (Creator("Vaswani", "Ashish"), Creator("Shazeer", "Noam"))
    assert item.abstract == "The dominant sequence transduction models."
    assert item.citekey == before.citekey
    assert fetched.changed == (item.citekey,)
    assert {each.field for each in fetched.proposals[0].fills} >= {"title", "creators", "year", "abstract"}
    journaling.undo(store)
    assert items.by_id(store, item_id) == before


def test_a_doi_is_asked_at_crossref_and_read_in_full(store: Store, services: Services) -> None:
    item_id = captured(store, "10.1145/3341301.3359646")
    services.fetch(store, item_id)
    item = items.by_id(store, item_id)
    assert item.title == "PipeDream: generalized pipeline parallelism for DNN training"
    assert (item.title_short, item.type, item.venue, item.year) == (
        "PipeDream",
        "paper-conference",
        "SOSP",
        2019,
    )
    assert item.abstract == "DNN training is slow & costly."
    assert item.extra == {"issued": "2019-10-27", "page": "1-15", "publisher": "ACM"}
    assert services.asked == ["/crossref/works/10.1145/3341301.3359646"]
    assert services.server.log[0][0].args["mailto"] == "me@example.org"


def test_what_is_there_is_only_offered_and_taken_when_wanted(
    store: Store, services: Services, add_item: AddItem
) -> None:
    item_id = add_item("PipeDream: Generalized Pipeline Parallelism for DNN Training", doi="10.1145/3341301.3359646",
                       venue="arXiv", year=2018)  # fmt: skip
    fetched = services.fetch(store, item_id)
    item = items.by_id(store, item_id)
    assert (item.title, item.venue, item.year) == (
        "PipeDream: Generalized Pipeline Parallelism for DNN Training", "arXiv", 2018,
    )  # fmt: skip
    assert len(item.creators) == 2
    offered = {each.field: (each.old, each.new) for each in fetched.proposals[0].offers}
    assert offered == {
        "venue": ("arXiv", "SOSP"), "year": ("2018", "2019"), "type": ("article", "paper-conference"),
    }  # fmt: skip
    services.fetch(store, item_id, yes=True)
    item = items.by_id(store, item_id)
    assert (item.venue, item.year, item.type) == ("SOSP", 2019, "paper-conference")
    assert services.asked == ["/crossref/works/10.1145/3341301.3359646"]


def test_what_was_corrected_by_hand_is_never_touched(store: Store, services: Services) -> None:
    item_id = captured(store, "10.1145/3341301.3359646")
    editing.edit(store, item_id, {"venue": "My Venue", "creators": "", "title": "My Title of It All"})
    fetched = services.fetch(store, item_id, yes=True)
    item = items.by_id(store, item_id)
    assert (item.title, item.venue, item.creators) == ("My Title of It All", "My Venue", ())
    assert all(each.guess for each in fetched.proposals)


def test_a_title_finds_its_work_and_one_that_is_only_alike_is_a_guess(
    store: Store, services: Services, add_item: AddItem
) -> None:
    same = add_item("PipeDream: Generalized Pipeline Parallelism for DNN Training")
    services.fetch(store, same)
    assert items.by_id(store, same).doi == "10.1145/3341301.3359646"
    alike = add_item("PipeDream: Generalised Pipeline Parallelism for DNN Trainings")
    fetched = services.fetch(store, alike, yes=True)
    assert [each.guess for each in fetched.proposals] == [True]
    assert items.by_id(store, alike).doi == ""
    fetching.take(store, fetched, lambda proposal, change: change.field == "doi")
    assert (items.by_id(store, alike).doi, items.by_id(store, alike).year) == (
        "10.1145/3341301.3359646",
        None,
    )


def test_an_identifier_of_another_work_is_a_guess(
    store: Store, services: Services, add_item: AddItem
) -> None:
    item_id = add_item("A Quite Different Paper on Fish", doi="10.1145/3341301.3359646")
    before = items.by_id(store, item_id)
    fetched = services.fetch(store, item_id, yes=True)
    assert [each.guess for each in fetched.proposals] == [True]
    assert "disagree" in fetched.proposals[0].reason
    assert items.by_id(store, item_id) == before


def test_a_run_that_was_stopped_goes_on_and_asks_nothing_twice(store: Store, services: Services) -> None:
    for text in ("1706.03762", "10.1145/3341301.3359646"):
        captured(store, text)
    queued = fetching.enqueue(store)
    fetching.ask(store, services.client, services.sources, queued)  # and never taken
    assert fetch_queue.waiting(store) == queued
    asked = len(services.asked)
    assert len(services.fetch(store).changed) == 2
    assert len(services.asked) == asked
    assert fetch_queue.waiting(store) == []
    assert services.fetch(store).asked == 0


def test_services_that_are_down_lose_nothing(store: Store, services: Services) -> None:
    item_id = captured(store, "10.1145/3341301.3359646")
    before = items.by_id(store, item_id)
    services.server.clear()
    services.server.expect_request("/").respond_with_data("")
    services.sources = Sources(
        addresses=dict.fromkeys(services.sources.addresses, "http://127.0.0.1:9/"), named=("arxiv",)
    )
    services.client.manners = Manners("", {}, frozenset(["127.0.0.1:9"]))
    with pytest.raises(NetworkError, match="cannot be reached") as caught:
        services.fetch(store)
    assert "1 item still wait" in caught.value.hint
    assert items.by_id(store, item_id) == before
    assert fetch_queue.waiting(store) == [item_id]


@pytest.mark.parametrize("body", [b"<html>no", b"[]", b'{"message": 7}', b'{"message": {"title": [7], "DOI": {}}}', b"\xff", b"[" * 100_000])  # fmt: skip
def test_answers_that_are_none_are_told(store: Store, services: Services, body: bytes) -> None:
    item_id = captured(store, "10.1145/3341301.3359646")
    services.server.clear()
    services.server.expect_request("/crossref/works/10.1145/3341301.3359646").respond_with_data(body)
    services.server.expect_request("/openalex/works/doi:10.1145/3341301.3359646").respond_with_data(body)
    before = items.by_id(store, item_id)
    services.fetch(store, item_id)
    assert items.by_id(store, item_id) == before


def test_open_pdfs_are_brought_and_attached_once(store: Store, services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "attachments"
    at_arxiv, elsewhere = captured(store, "1706.03762"), captured(store, "10.1145/3341301.3359646")
    fetched = services.fetch(store, at_arxiv, elsewhere, folder=folder)
    assert len(fetched.pdfs) == 2
    [attached] = items.by_id(store, at_arxiv).attachments
    assert Path(attached.path).read_bytes() == PDF
    assert Path(attached.path) == folder / f"{attached.sha256}.pdf"
    assert [each.name for each in folder.iterdir()] == [f"{attached.sha256}.pdf"]
    services.fetch(store, at_arxiv, folder=folder)
    assert len(items.by_id(store, at_arxiv).attachments) == 1
    assert services.asked.count("/pdf/1706.03762") == 1
    journaling.undo(store)
    assert items.by_id(store, at_arxiv).attachments == ()


def test_a_pdf_that_is_brought_has_its_annotations_and_its_text(
    store: Store, services: Services, tmp_path: Path
) -> None:
    item_id = captured(store, "1706.03762")
    services.server.clear()
    services.server.expect_request("/arxiv").respond_with_data(FEED.format(doi=""))
    services.server.expect_request("/pdf/1706.03762").respond_with_data(paper(QUEUE))
    services.fetch(store, item_id, folder=tmp_path / "attachments")
    assert [each.quote for each in listing.detail(store, item_id).annotations] == [QUEUE.words]
    assert listing.find(store, "utilisation") == [item_id]
    journaling.undo(store)
    assert listing.detail(store, item_id).annotations == ()


def test_what_is_no_pdf_is_not_attached(store: Store, services: Services, tmp_path: Path) -> None:
    item_id = captured(store, "1706.03762")
    services.server.clear()
    services.server.expect_request("/arxiv").respond_with_data(FEED.format(doi=""))
    services.server.expect_request("/pdf/1706.03762").respond_with_data(b"<html>log in</html>" * 100)
    fetched = services.fetch(store, item_id, folder=tmp_path / "attachments")
    assert fetched.problems[0].message.endswith("what came is no PDF")
    assert items.by_id(store, item_id).attachments == ()
    assert list((tmp_path / "attachments").iterdir()) == []


def test_a_changed_field_is_left_when_proposals_are_taken_late(store: Store, services: Services) -> None:
    item_id = captured(store, "1706.03762")
    queued = fetching.enqueue(store)
    fetched = fetching.ask(store, services.client, services.sources, queued)
    editing.edit(store, item_id, {"year": "2016"})
    fetching.take(store, fetched)
    item: Item = items.by_id(store, item_id)
    assert (item.year, item.title) == (2016, "Attention Is All You Need")
