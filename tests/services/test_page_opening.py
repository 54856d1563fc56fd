"""The viewer that is started, with the file and the page in place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from notes_tui.errors import UnreadableFileError
from notes_tui.services import attaching, listing, page_opening, reading
from notes_tui.services.page_opening import ViewerError, filled_in, start_viewer, viewer_command
from notes_tui.services.quoting import page_of
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.formats.pdf.making import lines, one_page
from tests.services.annotated_pdfs import ALL, HALF, paper, written


@pytest.fixture
def item_id(store: Store, add_item: AddItem, tmp_path: Path) -> int:
    item_id = add_item("AntMan: Dynamic Scaling", citekey="AntMan")
    attaching.attach(store, item_id, [str(written(tmp_path / "a {page} b.pdf", paper(*ALL)))], link=True)
    return item_id


def test_an_annotation_opens_at_its_page_and_only_opened_is_logged(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    started: list[Sequence[str]] = []
    half = next(each for each in listing.detail(store, item_id).annotations if each.quote == HALF.words)
    viewer = ("viewer", "--at={page}", "{file}")
    page_opening.open_file(store, item_id, viewer, annotation_id=half.id, start=started.append)
    place = str(tmp_path / "a {page} b.pdf")
    assert started == [("viewer", "--at=3", place)]
    assert [event.kind for event in reading.history(store, item_id)] == ["opened"]
    assert listing.detail(store, item_id).item.read_status == "unread"
    reading.set_progress(store, [item_id], 2)
    opened = page_opening.open_file(store, item_id, ("viewer",), start=started.append)
    assert (opened.page, started[-1]) == (2, ("viewer", place))


def test_of_several_pdfs_the_one_of_the_annotation_or_the_named_one_is_opened(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    other = written(tmp_path / "supplement.pdf", one_page(lines("Quite another text"), info="/Title (Other)"))
    attaching.attach(store, item_id, [str(other)], link=True)
    first = str(tmp_path / "a {page} b.pdf")
    [mark, *_] = listing.detail(store, item_id).annotations

    def opened(**named: str) -> str:
        return page_opening.open_file(store, item_id, ("viewer",), start=None, **named).path  # type: ignore[arg-type]

    assert [opened(), opened(annotation_id=mark.id), opened(path=first)] == [str(other), first, first]
    assert reading.history(store, item_id) == []


def test_the_first_viewer_that_is_there_is_taken() -> None:
    def only(name: str) -> str | None:
        return f"/usr/bin/{name}" if name == "evince" else None

    command = viewer_command((), platform="linux", which=only)
    assert filled_in(command, "/a b.pdf", 5) == ("evince", "--page-index=5", "/a b.pdf")
    assert filled_in(command, "/a b.pdf", None)[1] == "--page-index=1"
    with pytest.raises(ViewerError):
        viewer_command((), platform="linux", which=lambda _: None)


def test_a_viewer_that_cannot_be_started_or_finds_no_program_is_told(tmp_path: Path) -> None:
    with pytest.raises(ViewerError, match="no-such-viewer"):
        start_viewer(("no-such-viewer", "a.pdf"))
    launcher = written(tmp_path / "xdg-open", b'#!/bin/sh\ntouch "$1.seen"\nexit 3\n')
    launcher.chmod(0o755)
    odd = str(tmp_path / "a 'b' \"c\" $(d);.pdf")
    with pytest.raises(ViewerError, match="status 3"):
        start_viewer((str(launcher), odd))
    assert Path(f"{odd}.seen").exists()
    launcher.write_text("#!/bin/sh\nexit 0\n")
    start_viewer((str(launcher), odd))


def test_without_a_file_it_says_how_to_attach_one(
    store: Store, item_id: int, tmp_path: Path, add_item: AddItem
) -> None:
    with pytest.raises(UnreadableFileError, match="no PDF is attached"):
        page_opening.open_file(store, add_item("Other"), ("viewer",))
    (tmp_path / "a {page} b.pdf").unlink()
    with pytest.raises(UnreadableFileError, match="not where it was"):
        page_opening.open_file(store, item_id, ("viewer",))


def test_words_are_found_on_their_page(store: Store, item_id: int) -> None:
    assert page_of(store, item_id, "to know how\nmuch each of") == 1
    assert page_of(store, item_id, "Throughput grows with") == 2
    assert page_of(store, item_id, "words that stand nowhere in it") is None
    assert page_of(store, item_id, "the") is None
