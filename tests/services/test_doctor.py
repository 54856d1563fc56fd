"""What a home is examined for beside its database: the texts of PDFs."""

from __future__ import annotations

from pathlib import Path

from notes_tui.services import attaching, doctor, journaling
from notes_tui.settings import Home
from notes_tui.store import pdf_pages
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.services.annotated_pdfs import paper, written


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
