"""Identifiers in the many ways people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.identifiers import arxiv_id, arxiv_id_within, doi, doi_of_url, ids_by_kind, ids_of, isbns
from notes_tui.model.item import Link, Reference


@pytest.mark.parametrize(
    "text",
    [
        "1706.03762", "1706.03762v5", "arXiv:1706.03762", "arxiv: 1706.03762v2 [cs.CL]", "abs/1706.03762", "1706.03762.pdf",
        "https://arxiv.org/abs/1706.03762", "http://arxiv.org/pdf/1706.03762v3.pdf", "https://arxiv.org/html/1706.03762",
        "10.48550/arXiv.1706.03762", "https://doi.org/10.48550/arxiv.1706.03762", "see arXiv:1706.03762 for more",
    ],
)  # fmt: skip
def test_arxiv_ids_in_any_form(text: str) -> None:
    assert arxiv_id(text) == "1706.03762"


@pytest.mark.parametrize(
    "text", ["cs/0112017", "math.GT/0309136v1", "https://arxiv.org/abs/cs/0112017", "hep-th/9901001"]
)
def test_old_arxiv_ids(text: str) -> None:
    assert arxiv_id(text).split("/")[1][:2] in ("01", "03", "99")


@pytest.mark.parametrize(
    "text", ["", "2105.144500", "1713.03762", "version 1706.0376", "10.1145/1706.03762", "on 1706.03762 page"]
)
def test_numbers_that_are_no_arxiv_ids(text: str) -> None:
    assert arxiv_id(text) == ""


def test_a_bare_number_in_running_text_is_no_arxiv_id() -> None:
    assert arxiv_id_within("1706.03762") == ""
    assert arxiv_id_within("https://arxiv.org/abs/1706.03762") == "1706.03762"


@pytest.mark.parametrize(
    "text",
    [
        "10.1145/3620666.3651359", "https://doi.org/10.1145/3620666.3651359", "doi:10.1145/3620666.3651359.",
        "https://dl.acm.org/doi/pdf/10.1145/3620666.3651359", "https://doi.org/10.1145%2F3620666.3651359",
        "(10.1145/3620666.3651359)",
    ],
)  # fmt: skip
def test_dois_in_any_form(text: str) -> None:
    assert doi(text) == "10.1145/3620666.3651359"


def test_only_addresses_that_say_so_hold_a_doi() -> None:
    assert doi_of_url("https://doi.org/10.1145/1.2?x=1") == "10.1145/1.2"
    assert doi_of_url("https://x.example/10.1145/1.2") == ""


def test_every_identifier_of_a_work() -> None:
    reference = Reference(
        type="book", doi="10.48550/arXiv.1706.03762", extra={"ISBN": "978-3-16-148410-0"},
        links=(Link("paper", "https://openreview.net/forum?id=aBc-1"), Link("pdf", "https://aclanthology.org/2020.acl-main.1.pdf")),
    )  # fmt: skip
    assert {each.partition(":")[0] for each in ids_of(reference)} >= {"arxiv", "openreview", "acl", "isbn"}


@given(st.text(max_size=40))
def test_no_text_stops_the_search(text: str) -> None:
    assert isinstance(arxiv_id(text) + doi(text) + doi_of_url(text) + arxiv_id_within(text), str)


@pytest.mark.parametrize(
    "url",
    [
        "https://aclanthology.org/P19-1001", "https://aclanthology.org/P19-1001.pdf", "http://aclanthology.info/papers/P19-1001v2.pdf",
        "https://www.aclweb.org/anthology/P19-1001/", "https://aclweb.org/anthology/papers/P/P19/P19-1001/",
    ],
)  # fmt: skip
def test_acl_ids_in_any_address(url: str) -> None:
    assert ids_of(Reference(links=(Link("paper", url),))) == {"acl:p19-1001"}


def test_the_doi_of_a_paper_of_the_acl_is_its_acl_id_too() -> None:
    assert ids_of(Reference(doi="10.18653/v1/2020.acl-main.1")) == {
        "doi:10.18653/v1/2020.acl-main.1", "acl:2020.acl-main.1",
    }  # fmt: skip


def test_an_isbn_of_ten_digits_is_that_of_thirteen() -> None:
    assert isbns("0-306-40615-2, 978-3-16-148410-0") == ["9780306406157", "9783161484100"]
    assert isbns("080442957X 12345") == ["9780804429573"]
    assert ids_by_kind(Reference(type="book", extra={"ISBN": "0306406152"})) == {
        "isbn": {"isbn:9780306406157"}
    }
    assert ids_of(Reference(type="paper-conference", extra={"ISBN": "0306406152"})) == frozenset()
