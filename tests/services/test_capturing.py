"""Capturing texts of many parts, PDFs, and what is there already."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.errors import NotesError, UnreadableFileError
from notes_tui.model.item import Link
from notes_tui.services import capturing, journaling, listing
from notes_tui.services.capturing import parts_of
from notes_tui.store import items
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.formats.pdf.making import lines, one_page
from tests.services.annotated_pdfs import HALF, QUEUE, WORKER, paper, written

MIXED = """\
A Plain Title of a Paper
@article{foo2020,
  title = {Some {Great} Title}, keywords = {gpu},
  year = 2020
}
https://arxiv.org/abs/2301.00010

TY  - JOUR
TI  - A Record of the Other Kind
PY  - 2019
ER  -
- [AntMan: Dynamic Scaling on GPU Clusters](https://x.example/antman) (OSDI 2020)
@misc{bar, title={Another Entry on One Line}}
10.1145/3341301.3359646
"""


def test_a_mixed_text_is_cut_into_its_parts() -> None:
    assert [(part.kind, part.line) for part in parts_of(MIXED)] == [
        ("line", 1), ("bibtex", 2), ("line", 6), ("ris", 8), ("line", 12), ("bibtex", 13), ("line", 14),
    ]  # fmt: skip


def test_a_mixed_text_comes_in_whole_as_one_step(store: Store) -> None:
    added = capturing.add(store, MIXED.splitlines())
    assert added.problems == ()
    assert [item.title for item in added.items] == [
        "A Plain Title of a Paper", "Some Great Title", "arXiv:2301.00010", "A Record of the Other Kind",
        "AntMan: Dynamic Scaling on GPU Clusters", "Another Entry on One Line", "doi:10.1145/3341301.3359646",
    ]  # fmt: skip
    by_key = {item.citekey: item for item in added.items}
    assert by_key["foo2020"].tags == ("gpu",)
    assert by_key["antman2020"].venue == "OSDI"
    again = capturing.add(store, MIXED.splitlines())
    assert (again.new, len(again.known)) == ((), 7)
    journaling.undo(store)
    assert listing.find(store) == []


def test_a_part_that_says_nothing_keeps_the_others_in(store: Store) -> None:
    added = capturing.add(store, ["A Good Title", "()", "@article{broken, title={Never ends", "Last of All"])
    assert added.items[0].title == "A Good Title"
    assert added.problems[0].line == 2
    assert len(added.problems) > 1


def test_an_address_leads_to_the_only_item_that_has_it(store: Store, add_item: AddItem) -> None:
    paper = add_item(
        "AntMan", links=(Link("paper", "https://www.usenix.org/conference/osdi20/presentation/xiao"),)
    )
    page = "http://usenix.org/conference/osdi20/presentation/xiao/"
    assert capturing.add(store, [page]).known == (items.by_id(store, paper).citekey,)
    add_item("Another of the Same Address", links=(Link("paper", page),))
    assert len(capturing.add(store, [page]).new) == 1


def test_a_repository_is_no_paper_that_has_its_code_there(store: Store, add_item: AddItem) -> None:
    code = (Link("code", "https://github.com/some/tool"),)
    add_item("A Paper with Code", links=code)
    [made] = capturing.add(store, ["github.com/some/tool"]).new
    assert capturing.add(store, ["https://github.com/some/tool/"]).known == (made,)


def test_a_pdf_is_taken_with_its_title_and_attached_once(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "some paper.pdf"
    file.write_bytes(one_page(lines("and a text"), info="/Title (A Title of a Whole Paper)"))
    [item] = capturing.add(store, [str(file)]).items
    assert [(each.path, each.kind) for each in item.attachments] == [(str(file), "pdf")]
    assert len(item.attachments[0].sha256) == 64
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(file.read_bytes())
    for again in (file.as_uri(), str(copy), f"'{file}'", str(file).replace(" ", "\\ ")):
        assert capturing.add(store, [again]).known == (item.citekey,)
    journaling.undo(store)
    assert listing.find(store) == []


def test_a_pdf_named_by_its_arxiv_id_joins_the_paper(store: Store, tmp_path: Path) -> None:
    [key] = capturing.add(store, ["1706.03762"]).new
    file = tmp_path / "1706.03762v5.pdf"
    file.write_bytes(one_page(lines("no")))
    added = capturing.add(store, [str(file)])
    assert added.known == (key,)
    assert [each.path for each in added.items[0].attachments] == [str(file)]


def test_a_pdf_brings_its_annotations_and_its_text(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path / "marked.pdf", paper(QUEUE, WORKER))
    added = capturing.add(store, [str(file)])
    [item] = added.items
    assert added.label.endswith("added; 1 PDF attached, 2 annotations")
    marks = listing.detail(store, item.item_id).annotations
    assert [(each.page, each.quote, each.role) for each in marks] == [
        (1, QUEUE.words, "claim"), (2, WORKER.words, "question"),
    ]  # fmt: skip
    assert listing.find(store, "utilisation") == [item.item_id]
    file.write_bytes(paper(QUEUE, WORKER, HALF))
    assert capturing.add(store, [str(file)]).known == (item.citekey,)
    assert len(listing.detail(store, item.item_id).annotations) == 3
    journaling.undo(store)
    journaling.undo(store)
    assert listing.find(store) == []


@pytest.mark.parametrize(("name", "content"), [("no.pdf", b"hello"), ("list.bib", b"@misc{a, title={T}}")])
def test_files_that_are_no_pdf_are_refused(store: Store, tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(NotesError, match="no PDF"):
        capturing.add(store, [str(file)])
    with pytest.raises(UnreadableFileError, match="no such file"):
        capturing.add(store, [str(tmp_path / "missing.pdf")])
    assert listing.find(store) == []
