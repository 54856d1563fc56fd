"""Marks of other programs come in once, to the right paper, and leave alone what the reader wrote."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.model.item import Annotation
from notes_tui.model.marked import Mark
from notes_tui.model.report import ImportReport
from notes_tui.services import attaching, foreign_marks, importing, journaling, listing, writing
from notes_tui.services.foreign_marks import Document
from notes_tui.services.importing import ImportOptions
from notes_tui.services.marked_importing import partial_md5
from notes_tui.settings import ROLES
from notes_tui.store.database import Store, open_store
from tests.conftest import AddItem
from tests.formats.koreader.samples import MARKDOWN, SIDECAR
from tests.services.annotated_pdfs import ALL, HALF, QUEUE, WORKER, paper, written

TITLE = "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning"


@pytest.fixture
def item_id(add_item: AddItem) -> int:
    return add_item(TITLE, citekey="AntMan")


def annotations(store: Store, item_id: int) -> list[Annotation]:
    return list(listing.detail(store, item_id).annotations)


def words(store: Store, item_id: int) -> list[tuple[object, ...]]:
    return [(each.page, each.kind, each.quote, each.comment) for each in annotations(store, item_id)]


def bring(store: Store, place: Path, text: str, **options: Any) -> ImportReport:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return importing.import_file(store, place, ImportOptions(**options))


THREE = [
    (1, "highlight", "wait in a queue", ""),
    (2, "underline", "every added worker", "even with\nslow links?"),
    (3, "note", "", ""),
]


def test_koreader_marks_come_to_the_paper_of_their_title(store: Store, item_id: int, tmp_path: Path) -> None:
    report = bring(store, tmp_path / "antman.sdr/metadata.pdf.lua", SIDECAR)
    assert (report.added, report.matched, report.updated, report.entries) == (0, 1, 1, 1)
    assert report.annotations == {"added": 3, "updated": 0, "unchanged": 0, "gone": 0}
    assert words(store, item_id) == THREE
    first = annotations(store, item_id)[0]
    assert (first.source, first.role, first.color) == ("koreader", "question", "#ff3300")


def test_a_second_import_changes_nothing_whichever_file_says_it(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    bring(store, tmp_path / "metadata.pdf.lua", SIDECAR)
    before = annotations(store, item_id)
    steps = len(journaling.steps(store))
    again = bring(store, tmp_path / "metadata.pdf.lua", SIDECAR)
    assert (again.updated, again.unchanged) == (0, 1)
    assert again.annotations == {"added": 0, "updated": 0, "unchanged": 3, "gone": 0}
    assert annotations(store, item_id) == before
    assert len(journaling.steps(store)) == steps


def test_an_export_knows_the_marks_of_the_settings_again(store: Store, item_id: int, tmp_path: Path) -> None:
    bring(store, tmp_path / "metadata.pdf.lua", SIDECAR)
    report = bring(store, tmp_path / "export.md", MARKDOWN)
    assert report.annotations is not None
    assert report.annotations["added"] == 0
    assert len(annotations(store, item_id)) == 3


def test_what_the_reader_changed_stays_and_the_rest_follows(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = tmp_path / "metadata.pdf.lua"
    bring(store, place, SIDECAR)
    queue, worker, mark = annotations(store, item_id)
    writing.change_annotation(store, item_id, queue.id, comment="my own words", role="todo")
    changed = (
        SIDECAR.replace('"wait in a queue"', '"jobs wait in a queue"')
        .replace("slow links?", "fast links?")
        .replace('["color"] = "red"', '["color"] = "green"')
    )
    report = bring(store, place, changed)
    assert report.annotations == {"added": 0, "updated": 2, "unchanged": 1, "gone": 0}
    now = annotations(store, item_id)
    assert [each.id for each in now] == [queue.id, worker.id, mark.id]
    assert (now[0].quote, now[0].comment, now[0].role) == ("jobs wait in a queue", "my own words", "todo")
    assert now[1].comment == "even with\nfast links?"


def test_what_is_deleted_there_is_kept_and_marked_gone_until_it_is_back(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = tmp_path / "metadata.pdf.lua"
    bring(store, place, SIDECAR)
    without = SIDECAR[: SIDECAR.index("        [2] = {")] + SIDECAR[SIDECAR.index("        [3] = {") :]
    report = bring(store, place, without)
    assert report.annotations == {"added": 0, "updated": 0, "unchanged": 2, "gone": 1}
    assert [bool(each.gone) for each in annotations(store, item_id)] == [False, True, False]
    again = bring(store, place, without)
    assert again.annotations == {"added": 0, "updated": 0, "unchanged": 3, "gone": 0}
    back = bring(store, place, SIDECAR)
    assert back.annotations == {"added": 0, "updated": 1, "unchanged": 2, "gone": 0}
    assert not any(each.gone for each in annotations(store, item_id))


def test_a_document_that_is_a_pipe_is_not_waited_for(store: Store, item_id: int, tmp_path: Path) -> None:
    pipe = tmp_path / "antman.pdf"
    os.mkfifo(pipe)
    text = SIDECAR.replace("/mnt/onboard/papers/antman.pdf", str(pipe))
    assert bring(store, tmp_path / "antman.sdr/metadata.pdf.lua", text).matched == 1
    assert words(store, item_id) == THREE


def test_what_the_reader_removed_stays_away_until_the_removal_is_undone(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    bring(store, tmp_path / "metadata.pdf.lua", SIDECAR)
    queue = annotations(store, item_id)[0]
    writing.remove_annotation(store, item_id, queue.id)
    for text in (SIDECAR, SIDECAR.replace('"wait in a queue"', '"wait in a long queue"')):
        report = bring(store, tmp_path / "metadata.pdf.lua", text)
        assert report.annotations == {"added": 0, "updated": 0, "unchanged": 3, "gone": 0}
        assert len(annotations(store, item_id)) == 2
    journaling.undo(store)
    assert annotations(store, item_id)[0] == queue
    assert (bring(store, tmp_path / "metadata.pdf.lua", SIDECAR).annotations or {})["unchanged"] == 3


def test_one_undo_takes_an_import_back_and_a_dry_run_keeps_nothing(store: Store, tmp_path: Path) -> None:
    report = bring(store, tmp_path / "metadata.pdf.lua", SIDECAR, dry_run=True)
    assert (report.added, (report.annotations or {})["added"]) == (1, 3)
    assert listing.find(store) == []
    bring(store, tmp_path / "metadata.pdf.lua", SIDECAR)
    [item_id] = listing.find(store)
    assert listing.detail(store, item_id).item.title == TITLE
    assert len(words(store, item_id)) == 3
    journaling.undo(store)
    assert listing.find(store) == []


def test_two_machines_give_the_same_ids(store: Store, item_id: int, tmp_path: Path) -> None:
    bring(store, tmp_path / "metadata.pdf.lua", SIDECAR)
    with open_store(tmp_path / "other.db", create=True) as other:
        bring(other, tmp_path / "metadata.pdf.lua", SIDECAR)
        [there] = listing.find(other)
        assert [each.id for each in annotations(other, there)] == [
            each.id for each in annotations(store, item_id)
        ]


def test_a_file_is_known_by_its_content_under_any_title(store: Store, item_id: int, tmp_path: Path) -> None:
    file = written(tmp_path / "in/scan0001.pdf", paper())
    attaching.attach(store, item_id, [str(file)])
    text = SIDECAR.replace("0123456789abcdef0123456789abcdef", partial_md5(str(file)))
    report = bring(store, tmp_path / "metadata.pdf.lua", text.replace(TITLE, "scan0001"))
    assert (report.added, report.matched) == (0, 1)
    assert len(words(store, item_id)) == 3


def test_what_the_pdf_itself_has_is_not_doubled(store: Store, item_id: int, tmp_path: Path) -> None:
    attaching.attach(store, item_id, [str(written(tmp_path / "a.pdf", paper(*ALL)))])
    before = len(annotations(store, item_id))
    report = bring(store, tmp_path / "metadata.pdf.lua", SIDECAR)
    # The second mark carries words that are not in the PDF.
    assert report.annotations == {"added": 2, "updated": 0, "unchanged": 1, "gone": 0}
    assert len(annotations(store, item_id)) == before + 2


def test_what_another_program_brought_does_not_come_again_with_the_pdf(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    bring(store, tmp_path / "metadata.pdf.lua", SIDECAR)
    file = str(written(tmp_path / "a.pdf", paper(QUEUE, replace(QUEUE, comment="", name="n9"), HALF)))
    done = attaching.attach(store, item_id, [file])
    # One highlight has the words and no more; another says something of its own; the third is new.
    assert (done.taken.added, done.taken.unchanged) == (2, 1)
    again = attaching.attach(store, item_id, [file])
    assert again.taken.changed == 0


# --- sioyek -------------------------------------------------------------------------------------------


class Sioyek:
    """sioyek's two databases, as its recent versions make them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.shared = folder / "shared.db"
        self.local = folder / "local.db"
        with sqlite3.connect(self.shared) as db:
            db.executescript(
                """CREATE TABLE highlights (id INTEGER PRIMARY KEY AUTOINCREMENT, document_path TEXT, desc TEXT,
                text_annot TEXT, type char, creation_time timestamp, modification_time timestamp, uuid TEXT,
                begin_x real, begin_y real, end_x real, end_y real);
                CREATE TABLE bookmarks (id INTEGER PRIMARY KEY AUTOINCREMENT, document_path TEXT, desc TEXT,
                creation_time timestamp, uuid TEXT, offset_y real);
                CREATE TABLE marks (id INTEGER PRIMARY KEY AUTOINCREMENT, document_path TEXT, symbol CHAR, offset_y real)"""
            )
        db.close()
        with sqlite3.connect(self.local) as db:
            db.execute("CREATE TABLE document_hash (id INTEGER PRIMARY KEY, path TEXT, hash TEXT)")
        db.close()

    def run(self, sql: str, *values: object, local: bool = False) -> None:
        with sqlite3.connect(self.local if local else self.shared) as db:
            db.execute(sql, values)
        db.close()

    def highlight(self, document: str, words: str, letter: str, y: float, comment: str = "") -> None:
        self.run(
            """INSERT INTO highlights (document_path, desc, text_annot, type, creation_time, uuid, begin_x, begin_y, end_x, end_y)
            VALUES (?, ?, ?, ?, '2026-02-01 10:00:00', ?, 70, ?, 200, ?)""",
            document, words, comment, letter, f"uuid-{y}", y, y + 12,
        )  # fmt: skip

    def bookmark(self, document: str, words: str, y: float) -> None:
        self.run(
            "INSERT INTO bookmarks (document_path, desc, uuid, offset_y) VALUES (?, ?, ?, ?)",
            document,
            words,
            f"b-{y}",
            y,
        )


def test_sioyek_marks_find_their_file_by_its_hash_and_their_page_by_their_words(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    file = written(tmp_path / "in/a.pdf", paper())
    attaching.attach(store, item_id, [str(file)])
    digest = hashlib.md5(file.read_bytes()).hexdigest()
    sioyek = Sioyek(tmp_path / "sioyek")
    sioyek.highlight(digest, "every added worker", "r", 900, "really?")
    sioyek.highlight(digest, "stays below one half", "G", 1700)
    sioyek.bookmark(digest, "read this again", 100)
    report = importing.import_file(store, sioyek.shared)
    assert report.annotations == {"added": 3, "updated": 0, "unchanged": 0, "gone": 0}
    assert words(store, item_id) == [
        (2, "highlight", "every added worker", "really?"),
        (3, "underline", "stays below one half", ""),
        (None, "note", "", "read this again"),
    ]
    first, second, _ = annotations(store, item_id)
    assert (first.role, second.role) == ("question", "method")
    assert first.created == "2026-02-01T10:00:00+00:00"
    sioyek.run("UPDATE highlights SET text_annot = 'yes' WHERE type = 'r'")
    sioyek.run("DELETE FROM highlights WHERE type = 'G'")
    again = importing.import_file(store, sioyek.shared)
    assert again.annotations == {"added": 0, "updated": 1, "unchanged": 1, "gone": 1}
    assert annotations(store, item_id)[0].comment == "yes"


def test_a_file_nothing_names_is_told_and_can_be_said_to_be_an_item(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    sioyek = Sioyek(tmp_path / "sioyek")
    sioyek.highlight("f" * 32, "every added worker", "a", 900)
    sioyek.run("INSERT INTO document_hash (path, hash) VALUES ('/far/away/x1.pdf', ?)", "f" * 32, local=True)
    report = importing.import_file(store, sioyek.shared)
    assert (report.refused, report.entries, report.added) == (1, 0, 0)
    assert [problem.message for problem in report.problems] == [
        "/far/away/x1.pdf: no item has this file; attach it, or name the item with --onto"
    ]
    assert words(store, item_id) == []
    importing.import_file(store, sioyek.shared, ImportOptions(onto=item_id))
    assert words(store, item_id) == [(None, "highlight", "every added worker", "")]


def test_a_file_whose_name_says_the_work_joins_it(store: Store, add_item: AddItem, tmp_path: Path) -> None:
    item_id = add_item("Attention Is All You Need", arxiv="1706.03762")
    sioyek = Sioyek(tmp_path / "sioyek")
    sioyek.highlight("f" * 32, "every added worker", "a", 900)
    sioyek.run(
        "INSERT INTO document_hash (path, hash) VALUES ('/x/1706.03762v5.pdf', ?)", "f" * 32, local=True
    )
    report = importing.import_file(store, sioyek.shared)
    assert (report.added, report.matched) == (0, 1)
    assert len(words(store, item_id)) == 1


def test_another_database_is_refused(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as db:
        db.execute("CREATE TABLE highlights (a)")
    db.close()
    for name in ("", "sioyek", "zotero"):
        with pytest.raises(UnreadableFileError):
            importing.import_file(store, tmp_path / "x.db", ImportOptions(format=name))


# --- Hypothesis ---------------------------------------------------------------------------------------


def test_hypothesis_marks_come_with_tags_as_roles_and_replies(
    store: Store, add_item: AddItem, tmp_path: Path
) -> None:
    item_id = add_item("Attention Is All You Need", arxiv="1706.03762")
    quoted = {"type": "TextQuoteSelector", "exact": "attend to all positions"}
    row = {
        "id": "A", "uri": "https://arxiv.org/abs/1706.03762", "text": "cost?", "tags": ["Question", "deep nets"],
        "target": [{"selector": [quoted]}], "created": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip
    report = bring(store, tmp_path / "h.json", json.dumps({"rows": [row]}))
    assert (report.added, report.matched) == (0, 1)
    [found] = annotations(store, item_id)
    assert (found.role, found.comment, found.source) == ("question", "cost?\n\n#deep-nets", "hypothesis")
    # An export may be of some annotations only, so that others are not gone.
    bring(store, tmp_path / "h.json", json.dumps({"rows": [row | {"id": "B", "text": "other"}]}))
    assert [bool(each.gone) for each in annotations(store, item_id)] == [False, False]


# --- any marks ----------------------------------------------------------------------------------------

QUOTES = st.sampled_from(["every added worker", "wait in a queue", "调度 器", "stays below"])
MARKS = st.lists(
    st.builds(
        Mark,
        id=st.integers(0, 5).map(str),
        kind=st.sampled_from(["highlight", "underline"]),
        page=st.none() | st.integers(1, 4),
        quote=QUOTES,
        comment=st.text(max_size=5),
        color=st.sampled_from(["", "#ff0000", "#00ff00"]),
    ),
    max_size=6,
    unique_by=lambda mark: mark.id,
)


@given(before=MARKS, after=MARKS, own=st.text(min_size=1, max_size=5))
def test_reading_again_gives_what_is_said_now_and_loses_nothing(
    before: list[Mark], after: list[Mark], own: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("marks")
    with open_store(folder / "notes.db", create=True) as store:
        from notes_tui.services import capturing

        capturing.add(store, ["A Title of a Paper"])
        [item_id] = listing.find(store)

        def take(marks: list[Mark]) -> dict[str, int]:
            with store.step("take"):
                document = Document(source="koreader", key="k", marks=marks, is_complete=True)
                return foreign_marks.take(store, item_id, document, ROLES).counts()

        assert take(before)["added"] == len(before)
        first = annotations(store, item_id)
        if first:
            writing.change_annotation(store, item_id, first[0].id, comment=f"{first[0].comment}{own}x")
        kept = annotations(store, item_id)
        counts = take(after)
        now = annotations(store, item_id)
        assert {each.id for each in kept} <= {each.id for each in now}
        assert sorted((each.page or 0, each.quote) for each in now if not each.gone) == sorted(
            (mark.page or 0, mark.quote) for mark in after
        )
        if first:
            assert next(each for each in now if each.id == first[0].id).comment == kept[0].comment
        assert counts["added"] + counts["updated"] + counts["unchanged"] >= len(after)
        again = take(after)
        assert (again["added"], again["updated"], again["gone"]) == (0, 0, 0)
        assert annotations(store, item_id) == now


def test_a_mark_like_one_of_the_pdf_but_on_another_page_is_another(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    attaching.attach(store, item_id, [str(written(tmp_path / "a.pdf", paper(WORKER)))])
    mark = Mark(id="1", kind="highlight", page=2, quote="Every added worker")
    with store.step("take"):
        for number, each in enumerate((mark, replace(mark, page=3))):
            document = Document(source="koreader", key=str(number), marks=[each], is_complete=True)
            assert foreign_marks.take(store, item_id, document, ROLES).added == number


def test_marks_without_a_time_in_two_files_of_one_paper_are_all_taken(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    entries = [
        [{"page": 3, "text": text, "drawer": "lighten"}] for text in ("one thought", "another thought")
    ]
    documents = [{"title": TITLE, "file": f"/x/{n}.pdf", "entries": each} for n, each in enumerate(entries)]
    whole = json.dumps({"created_on": 1, "documents": documents})
    for added in (2, 0):
        report = bring(store, tmp_path / "x.json", whole)
        assert report.annotations is not None
        assert report.annotations["added"] == added
    assert {quote for _, _, quote, _ in words(store, item_id)} == {"one thought", "another thought"}
