"""Files of items: copied or linked, known by content; annotations come in once and survive a new version."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from notes_tui.errors import AmbiguousItemError, UnreadableFileError
from notes_tui.model.item import Annotation
from notes_tui.services import (
    attaching,
    editing,
    journaling,
    listing,
    pdf_texts,
    refreshing,
    stored_files,
    writing,
)
from notes_tui.services.keys import find_item
from notes_tui.settings import Role
from notes_tui.store import attachments, pdf_pages
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.formats.pdf.making import ID, Line, lines
from tests.services.annotated_pdfs import ALL, HALF, NEW_PAGE, PAGES, QUEUE, WORKER, Mark, paper, written

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def item_id(add_item: AddItem) -> int:
    return add_item("AntMan: Dynamic Scaling", citekey="AntMan")


def marked(store: Store, item_id: int) -> list[Annotation]:
    return list(listing.detail(store, item_id).annotations)


def test_a_pdf_is_copied_by_content_and_brings_its_annotations_in_reading_order(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = written(tmp_path / "in/antman.pdf", paper(HALF, WORKER, QUEUE, Mark(1, "jobs wait", "n0")))
    done = attaching.attach(store, item_id, [str(place)])
    [(file, is_new)] = done.files
    assert is_new
    assert Path(file.path).parent == stored_files.copies(store)
    assert Path(file.path).stem == file.sha256
    assert Path(file.path).read_bytes() == place.read_bytes()
    found = marked(store, item_id)
    assert [(each.page, each.quote) for each in found] == [
        (1, "jobs wait"), (1, "wait in a queue"), (2, "every added worker"), (3, "stays below one half"),
    ]  # fmt: skip
    assert [each.role for each in found] == ["claim", "claim", "question", "method"]
    assert (found[1].comment, found[1].source, found[1].kind) == ("how long?", "pdf", "highlight")
    assert found[1].created.startswith("2026-03-01T12:00:00")
    assert listing.detail(store, item_id).item.pages == 3


def test_attaching_again_changes_nothing_and_one_undo_takes_all_of_it_back(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = written(tmp_path / "antman.pdf", paper(*ALL))
    attaching.attach(store, item_id, [str(place)])
    again = attaching.attach(store, item_id, [str(written(tmp_path / "other name.pdf", place.read_bytes()))])
    assert [is_new for _, is_new in again.files] == [False]
    assert again.taken.changed == 0
    assert len(listing.detail(store, item_id).item.attachments) == 1
    journaling.undo(store)
    assert not listing.detail(store, item_id).item.attachments
    assert not marked(store, item_id)
    assert attaching.attach(store, item_id, [str(place)]).taken.added == 3
    assert len(list(stored_files.copies(store).iterdir())) == 1


def test_a_linked_file_stays_where_it_is_and_names_its_item(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = written(tmp_path / "antman.pdf", paper())
    attaching.attach(store, item_id, [str(place)], link=True)
    assert not stored_files.copies(store).exists()
    link = tmp_path / "link.pdf"
    link.symlink_to(place)
    assert [find_item(store, str(each)) for each in (place, link)] == [item_id, item_id]


def test_a_file_names_its_item_by_place_by_origin_and_by_content(
    store: Store, item_id: int, add_item: AddItem, tmp_path: Path
) -> None:
    place = written(tmp_path / "antman.pdf", paper(*ALL))
    copy = written(tmp_path / "copy.pdf", place.read_bytes())
    [(file, _)] = attaching.attach(store, item_id, [str(place)]).files
    assert [find_item(store, str(each)) for each in (file.path, place, copy)] == [item_id] * 3
    place.write_bytes(paper(QUEUE))
    assert find_item(store, str(place)) == item_id
    attaching.attach(store, add_item("Other"), [str(copy)])
    with pytest.raises(AmbiguousItemError):
        find_item(store, str(written(tmp_path / "third.pdf", copy.read_bytes())))


@pytest.mark.parametrize("content", [b"", b"just some words", b"PK\x03\x04zip"])
def test_what_is_no_pdf_and_no_picture_is_refused(
    store: Store, item_id: int, tmp_path: Path, content: bytes
) -> None:
    place = written(tmp_path / "a.pdf", content)
    with pytest.raises(UnreadableFileError, match=r"a\.pdf"):
        attaching.attach(store, item_id, [str(place)])
    done = attaching.attach(store, item_id, [str(place), str(written(tmp_path / "b.png", PNG))])
    assert [file.kind for file, _ in done.files] == ["figure"]
    assert len(done.problems) == 1


def test_a_pdf_that_cannot_be_read_is_attached_all_the_same_and_says_so(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = written(tmp_path / "broken.pdf", b"%PDF-1.7\nnothing of the kind")
    done = attaching.attach(store, item_id, [str(place)])
    assert [is_new for _, is_new in done.files] == [True]
    assert "annotations were not read" in done.problems[0].message


def test_added_edited_and_deleted_in_a_viewer_follow_and_own_words_stay(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = written(tmp_path / "antman.pdf", paper(QUEUE, WORKER, HALF))
    attaching.attach(store, item_id, [str(place)], link=True)
    before = {each.quote: each for each in marked(store, item_id)}
    own = "my own words\n  – with 空格 and spaces "
    writing.change_annotation(store, item_id, before[QUEUE.words].id, comment=own, role="todo")
    mine = next(each for each in marked(store, item_id) if each.quote == QUEUE.words)
    added = Mark(2, "until the network", "n4")
    edited = replace(WORKER, comment="really?", color="0.6 0.5 0.9")
    place.write_bytes(paper(replace(QUEUE, comment="changed in the file"), edited, added))
    done = refreshing.refresh(store, [item_id])
    taken = done.taken
    assert (taken.added, taken.updated, taken.gone, taken.unchanged) == (1, 2, 1, 0)
    after = {each.quote: each for each in marked(store, item_id)}
    assert after[QUEUE.words] == mine
    assert (after[WORKER.words].comment, after[WORKER.words].role) == ("really?", "definition")
    assert after[WORKER.words].id == before[WORKER.words].id
    assert after[HALF.words].gone
    assert not after[WORKER.words].gone
    again = refreshing.refresh(store, [item_id])
    assert again.taken.changed == 0
    place.write_bytes(paper(QUEUE, WORKER, HALF, added))
    refreshing.refresh(store, [item_id])
    assert [each.gone for each in marked(store, item_id)] == [""] * 4
    journaling.undo(store)
    assert {each.quote: each for each in marked(store, item_id)}[HALF.words].gone


def test_only_files_that_changed_are_read_when_all_are_asked_for(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = written(tmp_path / "antman.pdf", paper(QUEUE))
    attaching.attach(store, item_id, [str(place)], link=True)
    assert not refreshing.is_due(store, item_id)
    assert refreshing.refresh(store, only_changed=True).unchanged == 1
    place.write_bytes(paper(QUEUE, WORKER))
    assert refreshing.is_due(store, item_id)
    assert refreshing.refresh(store, only_changed=True).taken.added == 1
    assert not refreshing.is_due(store, item_id)
    place.unlink()
    assert not refreshing.is_due(store, item_id)
    missing = refreshing.refresh(store)
    assert len(missing.problems) == 1
    assert len(marked(store, item_id)) == 2


def test_reading_a_file_again_leaves_its_path_as_it_was_given(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = written(tmp_path / "real/antman.pdf", paper(QUEUE))
    (tmp_path / "papers").symlink_to(place.parent)
    path = str(tmp_path / "papers/antman.pdf")
    attachments.put(store, attachments.AttachedFile(item_id=item_id, path=path, kind="pdf"))
    assert refreshing.is_due(store, item_id)
    assert refreshing.refresh(store, [item_id]).taken.added == 1
    [file] = attachments.of_items(store, [item_id])
    assert (file.path, file.text("read")) == (path, file.sha256)
    assert not refreshing.is_due(store, item_id)


def test_a_page_put_in_front_moves_annotations_with_and_without_names(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    marks = tuple(replace(each, name="" if each is HALF else each.name) for each in ALL)
    place = written(tmp_path / "antman.pdf", paper(*marks))
    attaching.attach(store, item_id, [str(place)], link=True)
    before = marked(store, item_id)
    pages = (NEW_PAGE, *PAGES)
    place.write_bytes(paper(*(replace(each, page=each.page + 1) for each in marks), pages=pages))
    taken = refreshing.refresh(store, [item_id]).taken
    assert (taken.added, taken.gone, len(taken.unplaced)) == (0, 0, 0)
    assert [(each.id, each.page) for each in marked(store, item_id)] == [
        (each.id, (each.page or 0) + 1) for each in before
    ]


def test_a_new_version_without_annotations_has_them_placed_and_tells_which_have_no_place(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    first = written(tmp_path / "v1.pdf", paper(*ALL))
    attaching.attach(store, item_id, [str(first)])
    before = {each.quote: each for each in marked(store, item_id)}
    third = lines_without_half()
    second = written(tmp_path / "v2.pdf", paper(pages=(NEW_PAGE, PAGES[0], PAGES[1], third)))
    done = attaching.attach(store, item_id, [str(second)])
    assert (done.taken.added, done.taken.gone, done.taken.placed) == (0, 0, 2)
    assert [(each.quote, each.page) for each in done.taken.unplaced] == [(HALF.words, 3)]
    after = {each.quote: each for each in marked(store, item_id)}
    assert {quote: each.page for quote, each in after.items()} == {
        QUEUE.words: 2, WORKER.words: 3, HALF.words: 3,
    }  # fmt: skip
    assert {each.id for each in after.values()} == {each.id for each in before.values()}
    assert refreshing.refresh(store).taken.changed == 0
    [old, new] = attachments.of_items(store, [item_id])
    assert old.is_replaced
    assert not new.is_replaced
    marked_anew = replace(QUEUE, page=2, name="other")
    Path(new.path).write_bytes(paper(marked_anew, pages=(NEW_PAGE, PAGES[0], PAGES[1], third)))
    again = refreshing.refresh(store, [item_id]).taken
    assert (again.added, again.gone) == (0, 0)
    assert len(marked(store, item_id)) == 3


def test_annotations_survive_versions_that_have_ids_of_their_own(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    def version(number: int, data: bytes) -> str:
        own = str(number) * len(ID)
        return str(written(tmp_path / f"v{number}.pdf", data.replace(ID.encode(), own.encode())))

    attaching.attach(store, item_id, [version(1, paper(*ALL))])
    before = marked(store, item_id)
    second = attaching.attach(store, item_id, [version(2, paper(pages=(NEW_PAGE, *PAGES)))])
    assert (second.taken.placed, second.taken.added, second.taken.gone) == (3, 0, 0)
    assert [(each.id, each.page) for each in marked(store, item_id)] == [
        (each.id, (each.page or 0) + 1) for each in before
    ]
    third = attaching.attach(store, item_id, [version(3, paper(*ALL))])
    assert (third.taken.added, third.taken.gone) == (0, 0)
    assert [(each.id, each.page) for each in marked(store, item_id)] == [
        (each.id, each.page) for each in before
    ]
    assert refreshing.refresh(store).taken.changed == 0


def test_what_was_deleted_in_its_file_stays_gone_in_a_version_without_annotations(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = written(tmp_path / "antman.pdf", paper(*ALL))
    attaching.attach(store, item_id, [str(place)], link=True)
    place.write_bytes(paper(WORKER, HALF))
    refreshing.refresh(store, [item_id])
    attaching.attach(store, item_id, [str(written(tmp_path / "v2.pdf", paper(pages=(NEW_PAGE, *PAGES))))])
    found = {each.quote: (each.page, bool(each.gone)) for each in marked(store, item_id)}
    assert found == {QUEUE.words: (2, True), WORKER.words: (3, False), HALF.words: (4, False)}


def test_what_was_removed_here_does_not_come_again_until_that_is_undone(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = written(tmp_path / "antman.pdf", paper(*ALL))
    attaching.attach(store, item_id, [str(place)], link=True)
    [queue] = [each for each in marked(store, item_id) if each.quote == QUEUE.words]
    writing.remove_annotation(store, item_id, queue.id)
    place.write_bytes(paper(replace(QUEUE, comment="said anew"), WORKER, HALF, Mark(1, "jobs wait", "n0")))
    taken = refreshing.refresh(store, [item_id]).taken
    assert (taken.added, taken.updated, taken.gone) == (1, 0, 0)
    assert QUEUE.words not in [each.quote for each in marked(store, item_id)]
    version = written(tmp_path / "v2.pdf", paper(*ALL, pages=(PAGES[0], PAGES[1], PAGES[2], NEW_PAGE)))
    attaching.attach(store, item_id, [str(version)])
    assert QUEUE.words not in [each.quote for each in marked(store, item_id)]
    for _ in range(3):
        journaling.undo(store)
    assert queue in marked(store, item_id)
    taken = refreshing.refresh(store, [item_id]).taken
    assert (taken.added, taken.updated, taken.gone) == (1, 1, 0)


def test_a_copy_without_annotations_that_is_attached_deletes_none(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    attaching.attach(store, item_id, [str(written(tmp_path / "marked.pdf", paper(*ALL)))])
    before = marked(store, item_id)
    done = attaching.attach(store, item_id, [str(written(tmp_path / "clean.pdf", paper()))])
    assert (done.taken.placed, done.taken.gone, done.taken.unplaced) == (3, 0, [])
    assert [(each.id, each.page, each.gone) for each in marked(store, item_id)] == [
        (each.id, each.page, "") for each in before
    ]
    assert refreshing.refresh(store).taken.changed == 0


def lines_without_half() -> list[Line]:
    return [each for each in PAGES[2] if HALF.words not in each.text]


def test_the_whole_of_a_file_that_came_cut_off_takes_its_place(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    whole = paper(Mark(1, "too short", "n0"), pages=(lines("too short to be known by its words"),))
    cut = written(tmp_path / "cut.pdf", whole[: whole.rindex(b"xref", 0, whole.rindex(b"startxref"))])
    first = attaching.attach(store, item_id, [str(cut)])
    assert first.taken.added == 1
    assert first.problems
    done = attaching.attach(store, item_id, [str(written(tmp_path / "whole.pdf", whole))])
    assert (done.taken.added, done.taken.gone, done.problems) == (0, 0, [])
    assert [each.is_replaced for each in attachments.of_items(store, [item_id])] == [True, False]
    assert len(marked(store, item_id)) == 1
    attaching.attach(store, item_id, [str(written(tmp_path / "other.pdf", b"%PDF-1.4" + whole[8:] + b" "))])
    attaching.attach(store, item_id, [str(written(tmp_path / "less.pdf", whole[:-1]))])
    assert [each.is_replaced for each in attachments.of_items(store, [item_id])] == [
        True,
        False,
        False,
        False,
    ]


def test_a_file_cut_off_marks_nothing_gone(store: Store, item_id: int, tmp_path: Path) -> None:
    whole = paper(*ALL)
    place = written(tmp_path / "antman.pdf", whole)
    attaching.attach(store, item_id, [str(place)], link=True)
    place.write_bytes(whole[: len(whole) // 2])
    refreshing.refresh(store, [item_id])
    assert [each.gone for each in marked(store, item_id)] == ["", "", ""]


def test_two_machines_give_the_same_ids(store: Store, item_id: int, tmp_path: Path) -> None:
    place = written(tmp_path / "antman.pdf", paper(*ALL, replace(QUEUE, name=""), replace(QUEUE, name="")))
    attaching.attach(store, item_id, [str(place)])
    first = [each.id for each in marked(store, item_id)]
    journaling.undo(store)
    attaching.attach(store, item_id, [str(place)], link=True)
    assert [each.id for each in marked(store, item_id)] == first
    assert len(set(first)) == 5


def test_a_role_set_by_hand_stays_when_the_colour_changes(store: Store, item_id: int, tmp_path: Path) -> None:
    place = written(tmp_path / "antman.pdf", paper(QUEUE))
    attaching.attach(store, item_id, [str(place)], link=True)
    [before] = marked(store, item_id)
    writing.change_annotation(store, item_id, before.id, role="")
    place.write_bytes(paper(replace(QUEUE, color="1 0.4 0.4")))
    refreshing.refresh(store, [item_id])
    [after] = marked(store, item_id)
    assert (after.role, after.color) == ("", "#ff6666")


def test_the_text_is_found_with_its_page_and_shown_in_context(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = written(tmp_path / "antman.pdf", paper())
    attaching.attach(store, item_id, [str(place)])
    assert listing.find(store, "utilisation stays") == [item_id]
    assert listing.find(store, "antman throughput utilisation") == [item_id]
    assert listing.find(store, '"throughput grows" -utilisation') == []
    [hit] = pdf_texts.hits(store, [item_id], '"throughput grows" has:pdf -nothing')[item_id]
    assert (hit.page, hit.found) == (2, "throughput grows")
    assert "with every added worker" in hit.after
    editing.remove(store, [item_id])
    assert listing.find(store, "utilisation stays") == []


def test_texts_that_no_item_and_no_undo_needs_are_let_go(store: Store, item_id: int, tmp_path: Path) -> None:
    attaching.attach(store, item_id, [str(written(tmp_path / "antman.pdf", paper()))])
    journaling.undo(store)
    assert pdf_pages.forget_unused(store) == 0
    store.run("DELETE FROM journal_changes")
    assert pdf_pages.forget_unused(store) == 1
    assert pdf_pages.is_empty(store)
    assert store.count("SELECT count(*) FROM search_pages") == 0


def test_reading_again_follows_the_roles_of_the_config(store: Store, item_id: int, tmp_path: Path) -> None:
    place = written(tmp_path / "antman.pdf", paper(*ALL))
    attaching.attach(store, item_id, [str(place)], link=True)
    [first, *_] = listing.detail(store, item_id).annotations
    writing.change_annotation(store, item_id, first.id, role="todo")
    roles = (Role("one", "1", "#ff0000"), Role("two", "2", "#ffd400"))
    taken = refreshing.refresh(store, [item_id], roles=roles).taken
    assert (taken.updated, taken.unchanged) == (2, 1)
    assert [each.role for each in listing.detail(store, item_id).annotations] == ["todo", "one", "two"]
    assert refreshing.refresh(store, [item_id], roles=roles).taken.changed == 0


def test_the_newest_file_of_a_folder_is_taken(tmp_path: Path) -> None:
    import os

    for age, name in ((3, "old.pdf"), (1, "new.PDF"), (2, "between.png"), (0, "download.crdownload")):
        place = written(tmp_path / name, b"%PDF-")
        os.utime(place, ns=(10**18 - age * 10**9, 10**18 - age * 10**9))
    for name in ("placeholder.pdf", "half.pdf.part", ".hidden.pdf"):
        written(tmp_path / name, b"")
    written(tmp_path / "half.pdf", b"%PDF-")
    assert stored_files.newest(str(tmp_path)) == str(tmp_path / "new.PDF")
    with pytest.raises(UnreadableFileError, match="no PDF"):
        stored_files.newest(str(written(tmp_path / "empty/x.txt", b"x").parent))
