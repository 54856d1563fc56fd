"""The JSON of Better BibTeX and of Zotero's interface for programs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.formats import format_of
from notes_tui.formats.zotero import read
from notes_tui.model.item import Attachment, Creator
from notes_tui.model.marked import Mark

ARTICLE = {
    "itemID": 1, "key": "ABCD1234", "itemType": "journalArticle", "citationKey": "fodor1996",
    "title": "Deconstructing Dennett's <i>Darwin</i>", "date": "September 1996", "publicationTitle": "Mind and Language",
    "creators": [{"creatorType": "author", "firstName": "Jerry", "lastName": "Fodor"},
                 {"creatorType": "editor", "name": "A Body"}],
    "pages": "246–262", "volume": "11", "ISSN": "0268-1064", "language": "English", "DOI": "pending",
    "tags": [{"tag": "Darwin", "type": 0}, {"tag": "Naturalism", "type": 1}, "own"],
    "notes": ["<p>Old form</p>", {"note": "<p>New form</p>"}],
    "attachments": [{"path": "/papers/fodor.pdf", "title": "PDF", "annotations": [
        {"key": "MARK0001", "annotationType": "underline", "annotationText": "words", "annotationColor": "#2ea8e5",
         "annotationPageLabel": "247", "annotationPosition": {"pageIndex": 1}, "dateAdded": "2024-05-06T07:08:09Z",
         "tags": [{"tag": "Claim"}, {"tag": "later"}]}]}],
    "relations": {"dc:relation": ["http://zotero.org/users/1/items/EFGH5678"]},
}  # fmt: skip
BOOK = {"itemID": 2, "key": "EFGH5678", "itemType": "book", "title": "A Dictionary", "date": "Summer 1993",
        "extra": "bibtex: dict93\nseen in the library\nPMID: 12"}  # fmt: skip
COLLECTIONS = {
    "C1": {"key": "C1", "name": "Outer", "items": [2], "collections": ["C2"]},
    "C2": {"key": "C2", "name": "Inner", "parent": "C1", "items": [1]},
    "C3": {"key": "C3", "name": "Circle", "parent": "C4", "items": []},
    "C4": {"key": "C4", "name": "Back", "parent": "C3", "items": []},
}


def exported(*items: object, **others: object) -> str:
    return json.dumps({"config": {"label": "BetterBibTeX JSON"}, **others, "items": list(items)})


def test_a_library_of_better_bibtex() -> None:
    imported = read(exported(ARTICLE, BOOK, collections=COLLECTIONS), file="z.json")
    article, book = imported.items
    reference = article.reference
    assert (reference.citekey, reference.type, reference.year) == ("fodor1996", "article-journal", 1996)
    assert reference.title == "Deconstructing Dennett's Darwin"
    assert reference.creators == (Creator("Fodor", "Jerry"),)
    assert reference.extra == {
        "ISSN": "0268-1064", "doi": "pending", "editor": "{A Body}", "issued": "1996-09", "keyword": "Naturalism",
        "language": "English", "page": "246-262", "volume": "11",
    }  # fmt: skip
    assert (article.tags, article.keywords) == (("Darwin", "own"), ("Naturalism",))
    assert [(note.title, note.body) for note in article.notes] == [("", "Old form"), ("New form", "New form")]
    assert article.attachments == (Attachment("/papers/fodor.pdf", "pdf", "PDF"),)
    assert article.annotations == (
        Mark(id="MARK0001", kind="underline", page=2, page_label="247", quote="words", comment="#later",
             role="claim", color="#2ea8e5", created="2024-05-06T07:08:09+00:00"),
    )  # fmt: skip
    assert article.linked == (1,)
    assert (book.reference.citekey, book.reference.extra["note"]) == ("dict93", "seen in the library")
    assert (book.reference.year, book.reference.extra["issued"]) == (1993, "Summer 1993")
    assert (article.collections, book.collections) == ((("Outer", "Inner"),), (("Outer",),))
    assert [problem.message for problem in imported.problems] == [
        "“pending” of Deconstructing Dennett's Darwin is no DOI"
    ]


def test_children_that_name_their_parent() -> None:
    listed = [
        {"key": "ABCD1234", "data": {"key": "ABCD1234", "itemType": "preprint", "title": "T", "date": "2024-05",
                                     "archiveID": "arXiv:2405.00001", "repository": "arXiv"}},
        {"data": {"key": "N", "itemType": "note", "parentItem": "ABCD1234", "note": "<p>n</p>"}},
        {"data": {"key": "F", "itemType": "attachment", "parentItem": "ABCD1234", "path": "/p.pdf"}},
        {"data": {"key": "M", "itemType": "annotation", "parentItem": "F", "annotationType": "note",
                  "annotationComment": "why", "annotationPosition": "{\"pageIndex\": 4}"}},
        {"data": {"key": "L", "itemType": "note", "note": "<p>alone</p>"}},
        7,
    ]  # fmt: skip
    imported = read(json.dumps(listed))
    [item] = imported.items
    assert (item.reference.arxiv, item.reference.venue, item.reference.extra["issued"]) == (
        "2405.00001",
        "arXiv",
        "2024-05",
    )
    assert [note.body for note in item.notes] == ["n"]
    assert [(mark.page, mark.comment) for mark in item.annotations] == [(5, "why")]
    assert (len(imported.problems), imported.refused) == (2, 2)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (exported(ARTICLE), "zotero"),
        (json.dumps([ARTICLE]), "zotero"),
        (exported(collections=COLLECTIONS), "zotero"),
        ('[{"id": "a", "type": "book"}]', "csl-json"),
    ],
)
def test_zoteros_json_is_told_from_csl(text: str, name: str) -> None:
    found = format_of(text, "export.json")
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["{", '{"items": 3}', "[" * 100_000])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFileError):
        read(text)


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {"itemType": st.just("book")}, optional={name: _ANY for name in ARTICLE if name != "itemType"}
    )
)
def test_no_item_however_odd_stops_the_reader(data: dict[str, object]) -> None:
    assert len(read(json.dumps({"items": [data]})).items) <= 1
