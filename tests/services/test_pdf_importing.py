"""PDFs become items once, with their file and annotations."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.errors import UnreadableFileError
from notes_tui.services import journaling, listing, stored_files
from notes_tui.services.pdf_importing import import_pdfs, pdfs_among
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.services.annotated_pdfs import ALL, QUEUE, paper, written


def test_a_folder_of_pdfs_comes_in_once_and_undo_takes_it_back(store: Store, tmp_path: Path) -> None:
    written(tmp_path / "in/antman.pdf", paper(*ALL))
    written(
        tmp_path / "in/deep/gavel.pdf", paper(QUEUE, title="Heterogeneity-Aware Scheduling of Everything")
    )
    written(tmp_path / "in/broken.pdf", b"no pdf at all")
    paths = pdfs_among([str(tmp_path / "in")]).pdfs
    report = import_pdfs(store, paths)
    assert (report.added, report.entries, report.refused, len(report.problems)) == (2, 2, 1, 1)
    assert {item.title: item.annotation_count for item in listing.rows(store, listing.find(store, ""))} == {
        "Dynamic Scaling on Shared Clusters": 3, "Heterogeneity-Aware Scheduling of Everything": 1,
    }  # fmt: skip
    again = import_pdfs(store, paths)
    assert (again.added, again.matched, again.unchanged) == (0, 2, 2)
    journaling.undo(store)
    assert listing.find(store, "") == []


def test_a_pdf_joins_the_item_of_its_work_and_later_states_of_it_are_the_same_file(
    store: Store, add_item: AddItem, tmp_path: Path
) -> None:
    item_id = add_item("Dynamic Scaling on Shared Clusters")
    import_pdfs(store, [str(written(tmp_path / "a.pdf", paper(*ALL)))])
    later = written(tmp_path / "a (1).pdf", paper(*ALL[1:], title=""))
    report = import_pdfs(store, [str(later)])
    assert (report.added, report.matched) == (0, 1)
    assert listing.find(store, "") == [item_id]
    gone = [each.quote for each in listing.detail(store, item_id).annotations if each.gone]
    assert gone == [QUEUE.words]


def test_a_dry_run_tells_the_same_and_keeps_nothing(store: Store, tmp_path: Path) -> None:
    place = written(tmp_path / "a.pdf", paper(*ALL))
    assert import_pdfs(store, [str(place)], dry_run=True).added == 1
    assert listing.find(store, "") == []
    assert not stored_files.copies(store).exists()


def test_what_is_no_pdf_is_refused_when_it_is_alone(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        import_pdfs(store, [str(written(tmp_path / "a.pdf", b"words"))])


def test_a_pdf_whose_annotations_cannot_be_read_is_an_item_and_counts_as_refused(
    store: Store, tmp_path: Path
) -> None:
    broken = written(tmp_path / "broken.pdf", b"%PDF-1.7\nnothing of the kind")
    report = import_pdfs(store, [str(broken), str(written(tmp_path / "a.pdf", paper(*ALL)))])
    assert (report.added, report.refused) == (2, 1)
    assert "broken.pdf" in report.problems[0].message


def test_folders_with_notes_are_no_folders_of_pdfs(tmp_path: Path) -> None:
    written(tmp_path / "vault/a.md", b"# A")
    written(tmp_path / "vault/a.pdf", paper())
    found = pdfs_among([str(tmp_path / "vault"), str(tmp_path / "vault/a.pdf"), "-"])
    assert found.pdfs == [str(tmp_path / "vault/a.pdf")]
    assert found.others == [str(tmp_path / "vault"), "-"]
