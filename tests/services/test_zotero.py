"""Zotero's database comes in whole: from a copy, its log too, with files linked where they are."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from notes_tui.errors import UnreadableFileError
from notes_tui.model.item import Creator, Link
from notes_tui.services import collecting, exporting, importing, journaling
from notes_tui.store import items
from notes_tui.store.database import Store
from tests.zotero_database import ZoteroDatabase


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "Zotero"
    folder.mkdir()
    return folder / "zotero.sqlite"


@pytest.fixture
def zotero(path: Path) -> ZoteroDatabase:
    return ZoteroDatabase(path)


def fill(zotero: ZoteroDatabase) -> None:
    """One paper with everything, a preprint, a PDF of its own, and what is in the trash."""
    paper = zotero.item(
        "conferencePaper",
        {
            "title": "AntMan: Dynamic Scaling on <i>GPU</i> Clusters", "date": "2020-11-04 2020-11-04",
            "proceedingsTitle": "OSDI", "pages": "533–548", "DOI": "10.5555/3488766.3488796",
            "url": "https://www.usenix.org/conference/osdi20/presentation/xiao", "extra": "Citation Key: antman20\nA remark.",
            "publisher": "USENIX Association", "abstractNote": "Deep learning.", "accessDate": "2021-02-03 04:05:06",
        },
    )  # fmt: skip
    zotero.creator(paper, "Wencong", "Xiao")
    zotero.creator(paper, "", "Alibaba Group")
    zotero.creator(paper, "Jon", "Howell", "editor")
    zotero.tag(paper, "GPU")
    zotero.tag(paper, "Schedulers", automatic=True)
    zotero.note(paper, "<div><p>First <strong>thought</strong>.</p><ul><li>one</li><li>two</li></ul></div>")
    zotero.note(paper, "<h1>Second reading</h1><p>More.</p>")
    file = zotero.attachment(paper, "storage:xiao.pdf")
    mark = zotero.annotation(file, 1, "scale up and down", "key idea", page=2, label="535")
    zotero.tag(mark, "Claim")
    zotero.annotation(file, 2, "", "why?", page=0, color="#ff6666")
    zotero.attachment(paper, "", mode=3, kind="text/html")
    preprint = zotero.item(
        "preprint",
        {
            "title": "Attention Is All You Need",
            "date": "2017-06-00 June 2017",
            "archiveID": "arXiv:1706.03762",
        },
    )
    zotero.attachment(None, "/papers/alone.pdf", mode=2)
    gone = zotero.item("book", {"title": "In the trash"})
    zotero.db.execute("INSERT INTO deletedItems (itemID) VALUES (?)", (gone,))
    thesis = zotero.collection("Thesis")
    scheduling = zotero.collection("Scheduling", thesis)
    zotero.put(thesis, preprint)
    zotero.put(thesis, paper)
    zotero.put(scheduling, paper)
    zotero.collection("Empty")
    zotero.db.execute(
        "INSERT INTO itemRelations VALUES (?, 1, ?)",
        (paper, f"http://zotero.org/users/1/items/KEY{preprint:05d}"),
    )


def test_an_item_comes_with_all_that_hangs_on_it(store: Store, zotero: ZoteroDatabase, path: Path) -> None:
    fill(zotero)
    report = importing.import_file(store, path)
    assert (report.added, report.entries, report.refused) == (3, 3, 0)
    detail = items.detail(store, items.resolve(store, "antman20"))
    paper = detail.item
    assert (paper.type, paper.title) == ("paper-conference", "AntMan: Dynamic Scaling on GPU Clusters")
    assert paper.creators == (Creator("Xiao", "Wencong"), Creator(literal="Alibaba Group"))
    assert (paper.venue, paper.year, paper.doi) == ("OSDI", 2020, "10.5555/3488766.3488796")
    assert paper.links == (Link("paper", "https://www.usenix.org/conference/osdi20/presentation/xiao"),)
    assert paper.extra == {
        "accessed": "2021-02-03", "editor": "Howell, Jon", "issued": "2020-11-04", "keyword": "Schedulers",
        "note": "A remark.", "page": "533-548", "publisher": "USENIX Association",
    }  # fmt: skip
    assert paper.tags == ("GPU", "Schedulers")
    assert [(note.title, note.body) for note in detail.notes] == [
        ("", "First **thought**.\n\n- one\n- two"),
        ("Second reading", "# Second reading\n\nMore."),
    ]
    assert [(each.kind, each.page, each.page_label, each.quote, each.comment, each.role, each.color, each.source)
            for each in detail.annotations] == [
        ("note", 1, "", "", "why?", "question", "#ff6666", "zotero"),
        ("highlight", 3, "535", "scale up and down", "key idea", "claim", "#ffd400", "zotero"),
    ]  # fmt: skip
    assert detail.annotations[0].created.startswith("2024-01-01T10:00:")
    assert [(each.path, each.kind) for each in paper.attachments] == [
        (str(path.parent / "storage" / "KEY00004" / "xiao.pdf"), "pdf")
    ]
    preprint = items.by_id(store, items.resolve(store, "arxiv:1706.03762", arxiv="1706.03762"))
    assert (preprint.venue, preprint.year, preprint.extra["issued"]) == ("arXiv", 2017, "2017-06")
    assert paper.related == (preprint.citekey,)
    assert [problem.message.split(",")[0] for problem in report.problems] == ["2 attached files not found"]


def test_collections_come_with_their_order_of_groups(
    store: Store, zotero: ZoteroDatabase, path: Path
) -> None:
    fill(zotero)
    importing.import_file(store, path)
    assert [(each.title, each.kind) for each in collecting.collections(store)] == [
        ("Empty", "own"),
        ("Thesis", "own"),
    ]
    view = collecting.show(store, "thesis")
    assert [(entry.section, item.title[:6]) for entry, item in view.entries] == [
        ((), "AntMan"),
        ((), "Attent"),
        (("Scheduling",), "AntMan"),
    ]


def test_it_comes_in_once_and_as_one_step(store: Store, zotero: ZoteroDatabase, path: Path) -> None:
    fill(zotero)
    before = exporting.export_text(store, "json")
    importing.import_file(store, path)
    after = exporting.export_text(store, "json")
    again = importing.import_file(store, path)
    assert (again.added, again.matched, again.updated, again.unchanged) == (0, 3, 0, 3)
    assert exporting.export_text(store, "json") == after
    assert len(journaling.steps(store)) == 1
    journaling.undo(store)
    assert exporting.export_text(store, "json") == before


def test_what_stands_in_the_log_alone_counts_and_a_lock_does_not_matter(
    store: Store, zotero: ZoteroDatabase, path: Path
) -> None:
    zotero.db.execute("PRAGMA journal_mode=WAL")
    zotero.db.execute("PRAGMA wal_autocheckpoint=0")
    zotero.item("book", {"title": "Only in the log"})
    assert path.with_name("zotero.sqlite-wal").stat().st_size > 0
    zotero.db.execute("BEGIN EXCLUSIVE")
    content = path.read_bytes()
    assert importing.import_file(store, path).added == 1
    zotero.db.execute("ROLLBACK")
    assert path.read_bytes() == content
    assert items.by_id(store, 1).title == "Only in the log"


def test_other_databases_and_damaged_ones_are_refused(
    store: Store, zotero: ZoteroDatabase, path: Path
) -> None:
    other = path.with_name("other.sqlite")
    sqlite3.connect(other).executescript("CREATE TABLE t (a); INSERT INTO t VALUES (1);")
    with pytest.raises(UnreadableFileError, match="not Zotero's"):
        importing.import_file(store, other)
    fill(zotero)
    zotero.db.close()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(UnreadableFileError):
        importing.import_file(store, path)
    assert store.count("SELECT count(*) FROM items") == 0


def test_notes_that_belong_to_no_item_are_told(store: Store, zotero: ZoteroDatabase, path: Path) -> None:
    zotero.note(None, "<p>Alone</p>")
    report = importing.import_file(store, path)
    assert [problem.message for problem in report.problems] == [
        "notes that belong to no item were not taken: 1"
    ]
    assert report.refused == 1
