"""What a home is examined for beside its database: the texts of PDFs, copies of files."""

from __future__ import annotations

import os
from pathlib import Path

from notes_tui.services import (
    attaching,
    backing_up,
    doctor,
    journaling,
    stored_files,
    templating,
    unused_files,
)
from notes_tui.settings import Config, Home
from notes_tui.store import attachments, pdf_pages
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.services.annotated_pdfs import paper, written
from tests.services.pictures import GREEN, RED, drawn


def test_texts_that_nobody_needs_are_told_and_let_go(
    store: Store, home: Home, add_item: AddItem, tmp_path: Path
) -> None:
    def texts(*, mend: bool = True) -> tuple[str, str]:
        [found] = [each for each in doctor.examine(store, home, mend=mend) if each.subject == "texts"]
        return found.state, found.message

    place = written(tmp_path / "a.pdf", paper())
    attaching.attach(store, add_item("AntMan: Dynamic Scaling"), [str(place)])
    assert texts()[0] == "ok"
    store.run("DELETE FROM pdf_texts")
    assert texts() == ("note", "1 PDF not read for the search yet; `notes-tui refresh`")
    pdf_pages.put(store, attaching.look_at(str(place)).file.sha256, [(1, "words")])
    journaling.undo(store)
    assert texts()[0] == "ok"
    store.run("DELETE FROM journal_changes")
    assert texts(mend=False) == ("note", "1 text of PDFs that nobody needs any more")
    assert texts()[0] == "mended"
    assert texts()[0] == "ok"
    assert pdf_pages.is_empty(store)


def test_copies_that_nothing_refers_to_go_once_neither_undo_nor_a_backup_needs_them(
    store: Store, home: Home, add_item: AddItem, tmp_path: Path
) -> None:
    def copies(*, mend: bool = True) -> str:
        [found] = [each for each in doctor.examine(store, home, mend=mend) if each.subject == "copies"]
        return found.state

    item_id = add_item("AntMan: Dynamic Scaling")
    attaching.attach(store, item_id, [str(drawn(tmp_path / "a.png", RED))])
    attaching.attach(store, item_id, [str(drawn(tmp_path / "b.png", GREEN))])
    one, other = (Path(each.path) for each in attachments.of_items(store, [item_id]))
    (one.parent / "mine.png").write_bytes(RED)
    for place in one.parent.iterdir():
        os.utime(place, (0, 0))
    assert copies() == "ok"
    backup = backing_up.backup(store, home, Config()).path
    journaling.undo(store)
    journaling.undo(store)
    assert copies() == "ok"
    journaling.redo(store)
    store.run("DELETE FROM journal_changes")
    assert copies() == "ok"
    Path(backup).unlink()
    assert (copies(mend=False), other.exists()) == ("note", True)
    assert (copies(), other.exists(), one.exists()) == ("mended", False, True)
    assert (one.parent / "mine.png").exists()
    assert copies() == "ok"


def test_a_copy_that_was_just_made_is_let_be(store: Store, home: Home, tmp_path: Path) -> None:
    found = stored_files.found_file(str(drawn(tmp_path / "a.png")))
    place = Path(stored_files.copy_in(store, found))
    assert unused_files.unused_files(store, home.backups) == []
    os.utime(place, (0, 0))
    assert unused_files.unused_files(store, home.backups) == [place]


def test_a_file_that_a_template_made_is_missed_only_where_it_is_gone(
    store: Store, home: Home, tmp_path: Path
) -> None:
    def vaults() -> str:
        [found] = [each for each in doctor.examine(store, home) if each.subject == "vaults"]
        return found.message

    template = tmp_path / "list.txt"
    template.write_text("{{ items | length }}")
    made = tmp_path / "made.txt"
    templating.export(store, template, made)
    assert "is not there" not in vaults()
    made.unlink()
    assert vaults().startswith(f"{made} is not there")


def test_a_copy_that_a_backup_elsewhere_may_need_stays(store: Store, home: Home, tmp_path: Path) -> None:
    folder = stored_files.copies(store)
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{'a' * 64}.pdf"
    place.write_bytes(b"%PDF-1.4")
    os.utime(place, (0, 0))
    assert unused_files.unused_files(store, home.backups) == [place]
    assert unused_files.unused_files(store, home.backups, tmp_path / "unplugged") == []
    (tmp_path / "disk").mkdir()
    assert unused_files.unused_files(store, home.backups, tmp_path / "disk") == [place]
