"""Hypothesis's JSON: documents by address or PDF, marks with their words, replies where they belong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.formats import format_of, hypothesis
from notes_tui.model.marked import MarkedWork

PDF = "urn:x-pdf:0123456789ABCDEF0123456789abcdef"


def row(
    number: int, exact: str = "", text: str = "", uri: str = "https://arxiv.org/abs/1706.03762", **more: Any
) -> dict[str, Any]:
    """One annotation as the service gives it."""
    selectors: list[dict[str, Any]] = [
        {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]", "startOffset": 0, "endOffset": 5},
        {"type": "TextPositionSelector", "start": 10, "end": 30},
        {"type": "TextQuoteSelector", "exact": exact, "prefix": "before ", "suffix": " after"},
    ]  # fmt: skip
    return {
        "id": f"id{number}", "created": f"2026-02-0{number}T10:00:00.123456+00:00", "updated": "2026-02-09T10:00:00+00:00",
        "user": "acct:reader@hypothes.is", "user_info": {"display_name": None}, "uri": uri, "text": text, "tags": [],
        "group": "__world__", "document": {"title": ["[1706.03762] Attention Is All You Need"]},
        "target": [{"source": uri, **({"selector": selectors} if exact else {})}],
    } | more  # fmt: skip


def works(*rows: dict[str, Any], **whole: Any) -> tuple[MarkedWork, ...]:
    return hypothesis.read(json.dumps({"total": len(rows), "rows": rows, **whole})).works


def test_marks_of_a_web_page() -> None:
    [work] = works(row(1, "attend to all positions", "at *which* cost?"), row(2, text="a page note"))
    first, second = work.marks
    assert (first.kind, first.quote, first.comment) == (
        "highlight",
        "attend to all positions",
        "at *which* cost?",
    )
    assert (first.before, first.after, first.author) == ("before", "after", "reader")
    assert first.page is None
    assert (second.kind, second.comment) == ("note", "a page note")
    assert work.reference.title == "Attention Is All You Need"
    assert work.reference.arxiv == "1706.03762"


def test_a_pdf_is_known_by_its_own_id_wherever_it_was_read() -> None:
    page = {"type": "PageSelector", "index": 4, "label": "533"}
    document = {"title": ["antman.pdf"], "link": [{"href": "https://example.org/antman.pdf"}, {"href": PDF}]}
    here = row(1, "scale up", uri="file:///papers/antman.pdf", document=document)
    here["target"][0]["selector"].append(page)
    [work] = works(here, row(2, "scale down", uri="https://example.org/antman.pdf", document=document))
    assert work.pdf_id == "0123456789abcdef0123456789abcdef"
    assert [(mark.page, mark.page_label) for mark in work.marks] == [(5, "533"), (None, "")]
    assert work.reference.title == ""
    assert [link.url for link in work.reference.links] == ["https://example.org/antman.pdf"]


def test_replies_stand_at_what_they_answer_in_the_order_of_their_dates() -> None:
    [work] = works(
        row(3, text="and so do I", references=["id1", "id2"]),
        row(1, "attend to all positions"),
        row(2, text="I doubt it", references=["id1"]),
    )
    [mark] = work.marks
    assert [reply.text for reply in mark.replies] == ["I doubt it", "and so do I"]


def test_an_answer_to_what_is_not_there_is_a_mark_of_its_own() -> None:
    [work] = works(row(1, text="lost", references=["gone"]))
    assert [mark.comment for mark in work.marks] == ["lost"]


def test_a_doi_that_the_page_names() -> None:
    document = {
        "title": ["A Paper | IEEE Conference Publication"],
        "highwire": {"doi": ["10.1145/3341301.3359646"]},
    }
    [work] = works(row(1, "x y z", uri="https://example.org/p", document=document))
    assert (work.reference.doi, work.reference.title) == ("10.1145/3341301.3359646", "A Paper")


@pytest.mark.parametrize(
    "whole",
    [
        {"total": 1, "rows": [row(1, "words")]},
        {"export_date": "2026-02-01", "export_userid": "acct:a@b", "annotations": [row(1, "words")]},
        [row(1, "words")],
    ],
)
def test_it_is_recognised_in_each_of_its_shapes(whole: object) -> None:
    text = json.dumps(whole, indent=1)
    found = format_of(text, "x.json")
    assert found is not None
    assert found.name == "hypothesis"
    assert [mark.quote for work in hypothesis.read(text).works for mark in work.marks] == ["words"]


def test_rows_that_are_broken_are_told() -> None:
    found = hypothesis.read(json.dumps([row(1, "words"), {"id": "x"}, 7]))
    assert found.refused == 2
    assert [problem.message for problem in found.problems] == [
        "annotation 2 has no id or no address",
        "annotation 3 has no id or no address",
    ]


@pytest.mark.parametrize("text", ["{", '{"a": 1}', "[" * 100_000])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFileError):
        hypothesis.read(text)


NAMES = st.sampled_from(
    ["id", "uri", "target", "selector", "type", "exact", "document", "title", "link", "href", "tags"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(NAMES, JSON), st.text(min_size=1, max_size=5), st.text(min_size=1, max_size=9))
def test_any_row_is_a_mark_or_told(data: dict[str, object], number: str, uri: str) -> None:
    found = hypothesis.read(json.dumps([data | {"id": number, "uri": uri}]))
    assert sum(len(work.marks) for work in found.works) + found.refused == 1
