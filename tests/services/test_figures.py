"""Figures of notes in the library: attached, stored once, found again, opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from notes_tui.errors import UnreadableFileError
from notes_tui.formats import dump
from notes_tui.model.figures import pictures
from notes_tui.services import attaching, figures, journaling, merging, page_opening, stored_files, writing
from notes_tui.services.attaching import FigureNote
from notes_tui.services.dump_importing import import_dump
from notes_tui.services.exporting import export_text
from notes_tui.store import attachments, items
from notes_tui.store.database import Store, open_store
from tests.conftest import AddItem
from tests.services.pictures import BLUE, GREEN, RED, drawn


@pytest.fixture
def item_id(add_item: AddItem) -> int:
    return add_item("AntMan: Dynamic Scaling", citekey="antman")


def body(store: Store, item_id: int, title: str = "") -> str:
    return writing.read_note(store, item_id, title)


def test_a_picture_comes_below_the_note_as_one_step(store: Store, item_id: int, tmp_path: Path) -> None:
    writing.save_note(store, item_id, "The note, without a line end")
    done = attaching.attach(
        store, item_id, [str(drawn(tmp_path / "fig.png"))], note=FigureNote(None, " The\n[queue]* ")
    )
    [(file, is_new)] = done.files
    assert (is_new, done.label) == (True, "figure attached to AntMan: Dynamic Scaling")
    assert body(store, item_id) == f"The note, without a line end\n\n![The \\[queue\\]\\*]({file.link})\n"
    assert Path(file.path).read_bytes() == RED
    journaling.undo(store)
    assert body(store, item_id) == "The note, without a line end"
    assert attachments.of_items(store, [item_id]) == []
    assert Path(file.path).exists()


def test_attaching_again_changes_nothing_but_a_caption_that_is_given(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = drawn(tmp_path / "fig.png")
    attaching.attach(store, item_id, [str(place)])
    steps = len(journaling.steps(store))
    again = attaching.attach(store, item_id, [str(drawn(tmp_path / "copy.png"))])
    assert (again.is_changed, len(journaling.steps(store))) == (False, steps)
    captioned = attaching.attach(store, item_id, [str(place)], note=FigureNote(None, "New"))
    assert (captioned.is_changed, [each.caption for each in pictures(body(store, item_id))]) == (
        True,
        ["New"],
    )
    attaching.attach(store, item_id, [str(place)], note=FigureNote("Questions"))
    assert pictures(body(store, item_id, "Questions"))[0].link == pictures(body(store, item_id))[0].link
    assert len(attachments.of_items(store, [item_id])) == 1


def test_a_picture_whose_name_another_content_has_now_gets_one_of_its_own(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    red, blue = drawn(tmp_path / "fig.png"), drawn(tmp_path / "new/fig.png", BLUE)
    attaching.attach(store, item_id, [str(red)])
    [file] = attachments.of_items(store, [item_id])
    changed = stored_files.found_file(str(blue))
    with store.step("the picture changed in the vault"):
        path = stored_files.copy_in(store, changed)
        extra = {"link": file.link, "came_as": changed.sha256}
        attachments.put(store, replace(file, path=path, sha256=changed.sha256, extra=extra))
    attaching.attach(store, item_id, [str(red)])
    shown = [Path(each.place).read_bytes() for each in figures.of_item(store, item_id)]
    assert shown == [BLUE, RED]
    assert len({each.link for each in pictures(body(store, item_id))}) == 2


def test_a_link_to_the_users_own_file_is_left_until_it_is_attached(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    place = drawn(tmp_path / "a b.png")
    text = f'![One](<{place}>)\n\n<img src="file://{tmp_path}/a%20b.png" width="9">\n\n![Web](https://x.org/a.png)\n'
    writing.save_note(store, item_id, text)
    assert attachments.of_items(store, [item_id]) == []
    assert [each.place for each in figures.of_item(store, item_id)] == [str(place)] * 2
    attaching.attach(store, item_id, [str(place)])
    [file] = attachments.of_items(store, [item_id])
    assert body(store, item_id) == (
        f'![One]({file.link})\n\n<img src="{file.link}" width="9">\n\n![Web](https://x.org/a.png)\n'
    )


def test_what_cannot_be_attached_says_why(store: Store, item_id: int, tmp_path: Path) -> None:
    with open(drawn(tmp_path / "huge.png"), "r+b") as file:
        file.truncate(stored_files.LARGEST_FIGURE + 1)
    drawn(tmp_path / "page.svg", b"<html><svg></svg></html>")
    drawn(tmp_path / "text.png", b"BM these are words")
    for name, reason in (("huge.png", "too large"), ("page.svg", "neither"), ("text.png", "neither"), ("none.png", "no such"), (".", "no file")):  # fmt: skip
        with pytest.raises(UnreadableFileError, match=reason):
            attaching.attach(store, item_id, [str(tmp_path / name)])
    assert (attachments.of_items(store, [item_id]), body(store, item_id)) == ([], "")


@pytest.mark.parametrize(
    ("beginning", "suffix"),
    [
        (RED, ".png"), (b"\xff\xd8\xff\xe0", ".jpg"), (b"GIF89a", ".gif"), (b"RIFF\0\0\0\0WEBP", ".webp"),
        (b"RIFF\0\0\0\0WAVE", ""), (b"\0\0\0\x1cftypavif", ".avif"), (b"\0\0\0\x1cftypheic", ".heic"),
        (b"BM\x10\0\0\0\0\0\0\0", ".bmp"), (b"BM, said he", ""), (b"II*\0", ".tif"), (b"<svg xmlns='x'/>", ".svg"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a > b -->\n<!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY a "b">]>\n<svg>', ".svg"),
        (b"<?xml version='1.0'?><html/>", ""), (b"words", ""), (b"", ""),
    ],
)  # fmt: skip
def test_a_picture_is_told_by_its_beginning(beginning: bytes, suffix: str) -> None:
    assert stored_files.picture_kind(beginning) == suffix


def test_a_picture_without_a_name_of_its_kind_gets_one(store: Store, item_id: int, tmp_path: Path) -> None:
    attaching.attach(store, item_id, [str(drawn(tmp_path / "Screenshot at 9"))])
    [file] = attachments.of_items(store, [item_id])
    assert file.link.endswith(".png")
    assert file.path.endswith(".png")


def test_figures_are_numbered_and_opened(store: Store, item_id: int, tmp_path: Path) -> None:
    attaching.attach(store, item_id, [str(drawn(tmp_path / "a.png"))], note=FigureNote("Questions", "Later"))
    attaching.attach(store, item_id, [str(drawn(tmp_path / "b.png", GREEN))], note=FigureNote(None, "First"))
    assert [each.caption for each in figures.of_item(store, item_id)] == ["First", "Later"]
    started: list[str] = []
    command = page_opening.open_figure(
        figures.named(store, item_id, 1), start=lambda words: started.append(words[-1])
    )
    assert (Path(command[-1]).read_bytes(), started) == (GREEN, [command[-1]])

    def refuse(words: Sequence[str]) -> None:
        raise page_opening.ViewerError("no program for it", hint="set `viewer`")

    with pytest.raises(page_opening.ViewerError, match="no program") as caught:
        page_opening.open_figure(figures.named(store, item_id, 1), start=refuse)
    assert caught.value.hint == f"the figure is {command[-1]}"
    with pytest.raises(UnreadableFileError, match="no figure 3"):
        figures.named(store, item_id, 3)
    Path(command[-1]).write_bytes(b"#!/bin/sh\n")
    with pytest.raises(UnreadableFileError, match="neither"):
        page_opening.open_figure(figures.named(store, item_id, 1), start=lambda words: None)
    Path(command[-1]).unlink()
    with pytest.raises(UnreadableFileError, match="not where it was"):
        page_opening.open_figure(figures.named(store, item_id, 1), start=lambda words: None)
    attaching.attach(store, item_id, [str(tmp_path / "b.png")])
    assert Path(figures.named(store, item_id, 1).place).read_bytes() == GREEN


def test_figures_go_with_their_notes_when_items_are_merged_and_split(
    store: Store, item_id: int, add_item: AddItem, tmp_path: Path
) -> None:
    other = add_item("AntMan, once more", citekey="other")
    for each, note in ((item_id, FigureNote()), (other, FigureNote("Theirs"))):
        attaching.attach(store, each, [str(drawn(tmp_path / "a.png"))], note=note)
    attaching.attach(store, other, [str(drawn(tmp_path / "b.png", BLUE))], note=FigureNote("Theirs"))
    merging.merge(store, item_id, [other])
    shown = figures.of_item(store, item_id)
    assert [Path(each.place).read_bytes() for each in shown] == [RED, RED, BLUE]
    assert all(each.note is not None for each in shown)
    journaling.undo(store)
    assert len(figures.of_item(store, other)) == 2


def test_the_dump_names_figures_and_finds_their_pictures_by_hash(
    store: Store, item_id: int, tmp_path: Path
) -> None:
    attaching.attach(store, item_id, [str(drawn(tmp_path / "a.png"))], note=FigureNote(None, "The plot"))
    attaching.attach(store, item_id, [str(drawn(tmp_path / "b.png", BLUE))], link=True)
    text = export_text(store, "json")
    (tmp_path / "other").mkdir()
    with open_store(tmp_path / "other/notes.db", create=True) as other:
        other.clock = store.clock
        import_dump(other, dump.read(text))
        assert export_text(other, "json") == text
        known = items.key_owner(other, "antman") or 0
        first, second = figures.of_item(other, known)
        assert (first.caption, first.place, second.place) == ("The plot", "", "")
        for figure, content in ((first, RED), (second, BLUE)):
            drawn(tmp_path / "other/attachments" / f"{figure.sha256}.png", content)
        assert [Path(each.place).read_bytes() for each in figures.of_item(other, known)] == [RED, BLUE]
