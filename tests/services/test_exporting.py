"""Exports of one file: written whole or not at all, and not again where nothing changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notes_tui.errors import InvalidValueError, UnwritableFileError
from notes_tui.services import editing, exporting
from notes_tui.store.database import Store
from tests.conftest import AddItem


def test_the_formats_of_one_file_are_known_by_name() -> None:
    assert {"bibtex", "csl-json", "json", "ris"} <= set(exporting.one_file_formats())
    assert "list" not in exporting.one_file_formats()


@pytest.mark.parametrize("format", ["bibtex", "csl-json", "json", "ris"])
def test_some_items_or_all_and_the_trash_in_the_dump_alone(
    store: Store, add_item: AddItem, format: str
) -> None:
    one, two, binned = add_item("First Work"), add_item("Second Work"), add_item("Thrown Away")
    editing.remove(store, [binned])
    everything = exporting.export_text(store, format)
    assert "First Work" in everything
    assert "Second Work" in everything
    assert ("Thrown Away" in everything) == (format == "json")
    some = exporting.export_text(store, format, [two])
    assert "First Work" not in some
    assert "Second Work" in some
    assert exporting.export_text(store, format, [two, one]) == exporting.export_text(
        store, format, [one, two]
    )


def test_a_file_is_written_once_and_keeps_its_permissions(
    store: Store, add_item: AddItem, tmp_path: Path
) -> None:
    add_item("First Work")
    place = tmp_path / "refs.bib"
    place.write_text("old", "utf-8")
    place.chmod(0o600)
    written = exporting.export_file(store, "bibtex", place)
    assert (written.items, written.changed) == (1, True)
    assert place.stat().st_mode & 0o777 == 0o600
    os.utime(place, ns=(1, 1))
    assert not exporting.export_file(store, "bibtex", place).changed
    assert place.stat().st_mtime_ns == 1
    assert list(tmp_path.glob(".*")) == []


def test_a_link_is_followed(store: Store, add_item: AddItem, tmp_path: Path) -> None:
    add_item("First Work")
    (tmp_path / "real.bib").write_text("", "utf-8")
    link = tmp_path / "refs.bib"
    link.symlink_to("real.bib")
    exporting.export_file(store, "bibtex", link)
    assert link.is_symlink()
    assert "First Work" in (tmp_path / "real.bib").read_text("utf-8")


def test_folders_and_places_that_do_not_exist_are_refused(store: Store, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none" / "refs.bib"):
        with pytest.raises(UnwritableFileError):
            exporting.export_file(store, "bibtex", place)


def test_formats_that_are_not_written_are_refused(store: Store) -> None:
    for name in ("list", "word"):
        with pytest.raises(InvalidValueError):
            exporting.export_text(store, name)


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl-json"])
def test_no_control_character_of_a_title_leaves_in_a_bibliography(
    store: Store, add_item: AddItem, name: str
) -> None:
    add_item("Red \x1b[31mflags\x9b2J and bells\x07")
    text = exporting.export_text(store, name)
    assert "flags" in text
    assert not any(ord(character) < 32 and character not in "\t\r\n" for character in text)
    assert not any(127 <= ord(character) < 160 for character in text)
