"""KOReader's settings of a document and its exports say the same marks."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.formats import format_of, koreader
from notes_tui.model.marked import Mark, MarkedWork
from tests.formats.koreader.samples import MARKDOWN, OLD_SIDECAR, SIDECAR

TITLE = "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning"


def exported(**more: Any) -> dict[str, Any]:
    """The same paper as the export to JSON writes it."""
    first, second = (datetime(2026, 3, 1, 10, 0, 1), datetime(2026, 3, 1, 10, 5, 30))
    return {
        "title": TITLE, "author": "Wencong Xiao\nShiru Ren", "number_of_pages": 3, "file": "/mnt/papers/antman.pdf",
        "created_on": 1_772_000_000, "version": "json/1.0.0",
        "entries": [
            {"sort": "highlight", "drawer": "lighten", "color": "red", "page": 1, "time": int(first.timestamp()),
             "text": "wait in a queue", "chapter": "1 Introduction"},
            {"sort": "highlight", "drawer": "underscore", "page": "2", "time": int(second.timestamp()),
             "text": "every added worker", "note": "even with\nslow links?", "chapter": "2 Measurements"},
        ],
    } | more  # fmt: skip


def only(text: str, file: str = "") -> MarkedWork:
    [work] = koreader.read(text, file=file).works
    return work


def words(work: MarkedWork) -> list[tuple[object, ...]]:
    return [(mark.id, mark.kind, mark.page, mark.quote, mark.comment, mark.heading) for mark in work.marks]


TWO = [
    ("2026-03-01 10:00:01", "highlight", 1, "wait in a queue", "", "1 Introduction"),
    ("2026-03-01 10:05:30", "underline", 2, "every added worker", "even with\nslow links?", "2 Measurements"),
]


def test_the_settings_of_a_document() -> None:
    work = only(SIDECAR, "metadata.pdf.lua")
    assert words(work) == [*TWO, ("2026-03-01 10:09:00", "note", 3, "", "", "")]
    assert work.reference.title == TITLE
    assert work.reference.title_short == "AntMan"
    assert [each.family for each in work.reference.creators] == ["Xiao", "Ren"]
    assert work.path == "/mnt/onboard/papers/antman.pdf"
    assert work.digests == {"partial-md5": "0123456789abcdef0123456789abcdef"}
    assert work.marks[0].color == "#ff3300"
    assert datetime.fromisoformat(work.marks[0].created) == datetime(2026, 3, 1, 10, 0, 1).astimezone()


def test_settings_of_an_older_version() -> None:
    work = only(OLD_SIDECAR)
    assert [(mark.kind, mark.page, mark.quote, mark.comment) for mark in work.marks] == [
        ("highlight", 1, "wait in a queue", ""),
        ("strikeout", 2, "every added worker", "my own remark"),
        ("note", 3, "", "in Chapter 3"),
    ]
    assert work.reference.title == TITLE


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('["text"] = "in 2 Methods"', ("", "")),
        ('["text"] = "in 2 Methods", ["note"] = "again"', ("", "again")),
        ('["text"] = "my own name for it"', ("", "my own name for it")),
        ('["text"] = "words", ["note"] = "remark"', ("words", "remark")),
        ('["text"] = "words", ["color"] = "yellow"', ("words", "")),
    ],
)
def test_no_word_of_a_place_that_was_marked_whole_is_lost(row: str, said: tuple[str, str]) -> None:
    text = (
        f'return {{ ["annotations"] = {{ [1] = {{ ["pageno"] = 7, {row} }} }}, ["doc_path"] = "/x/a.pdf" }}'
    )
    [mark] = only(text).marks
    assert (mark.quote, mark.comment, mark.page) == (*said, 7)


def test_exports_say_the_same_marks_under_the_same_ids() -> None:
    assert words(only(json.dumps(exported()))) == TWO
    assert words(only(MARKDOWN)) == TWO


def test_an_export_of_several_documents() -> None:
    whole = {"created_on": 1, "version": "json/1.0.0", "documents": [exported(), exported(title="Gavel")]}
    assert [work.reference.title for work in koreader.read(json.dumps(whole)).works] == [TITLE, "Gavel"]
    several = koreader.read(MARKDOWN + "\n" + MARKDOWN.replace("AntMan: Dynamic", "Gavel: Static"))
    assert [len(work.marks) for work in several.works] == [2, 2]


def test_pages_of_a_book_without_pages_are_labels() -> None:
    work = only(json.dumps(exported(file="/mnt/book.epub")))
    assert [(mark.page, mark.page_label) for mark in work.marks] == [(None, "1"), (None, "2")]


def test_marks_of_one_second_are_told_apart() -> None:
    data = exported()
    data["entries"] = [data["entries"][0] | {"text": str(number)} for number in range(3)]
    assert len({mark.id for mark in only(json.dumps(data)).marks}) == 3


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("metadata.pdf.lua", SIDECAR), ("metadata.pdf.lua", OLD_SIDECAR), ("", MARKDOWN), ("x.md", MARKDOWN),
        ("x.json", json.dumps(exported())), ("", json.dumps({"documents": [exported()]}, indent=1)),
    ],
)  # fmt: skip
def test_they_are_recognised(file: str, text: str) -> None:
    found = format_of(text, file)
    assert found is not None
    assert found.name == "koreader"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('return {\n  ["annotations"] = {\n    oops(\n', ":3: "),
        ("-- cut off\nreturn {", ":2: "),
        ("return { 1 }\nprint()", ":2: "),
        ('{"entries": [', "line 1"),
        ('{"title": "x"}', "no export of KOReader"),
        ("# A list\n\n- a\n", "no export of KOReader"),
        ("return { 1, 2 }", "no settings of KOReader"),
    ],
)
def test_what_is_damaged_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        koreader.read(text, file="x.lua")
    assert said in refused.value.detail


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["entries", "documents", "title", "file", "page", "text", "note", "time", "sort", "color"]),
            inner, max_size=4,
        )
    ),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_any_json_is_marks_or_refused(data: object) -> None:
    try:
        found = koreader.read(json.dumps({"entries": data, "documents": data, "title": data}))
    except UnreadableFileError:
        return
    assert all(isinstance(mark, Mark) for work in found.works for mark in work.marks)
