"""Files that a person's own template makes of the library."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.errors import UnreadableFileError
from notes_tui.services import collecting, editing, templating, writing
from notes_tui.store import items
from notes_tui.store.database import Store
from tests.conftest import AddItem


@pytest.fixture
def library(store: Store, add_item: AddItem) -> list[int]:
    ids = [add_item("AntMan"), add_item("Gandiva")]
    for item_id in ids:
        writing.save_note(store, item_id, "Words 调度.\n")
    return ids


def test_one_file_is_written_once_and_anew_when_the_library_changed(
    store: Store, library: list[int], tmp_path: Path
) -> None:
    template = tmp_path / "list.txt"
    template.write_text("{% for each in items %}\n{{ each.title }}\n{% endfor %}\n{{ collections | length }}")
    dest = tmp_path / "out" / "list.txt"
    dest.parent.mkdir()
    assert templating.export(store, template, dest).new == ["list.txt"]
    assert dest.read_text() == "AntMan\nGandiva\n0"
    before = dest.stat().st_mtime_ns
    again = templating.export(store, template, dest)
    assert (again.unchanged, dest.stat().st_mtime_ns) == (1, before)
    collecting.create(store, "Mine")
    assert templating.export(store, template, dest).changed == ["list.txt"]
    assert templating.text_of(store, template, library[:1]) == "AntMan\n1"


def test_a_folder_gets_a_file_for_each_item(store: Store, library: list[int], tmp_path: Path) -> None:
    template = tmp_path / "card.md.j2"
    template.write_text("# {{ item.title }}\n\n{{ item.notes[0].body }}")
    report = templating.export(store, template, f"{tmp_path / 'cards'}/")
    keys = [items.by_id(store, each).citekey for each in library]
    assert report.new == [f"{key}.md" for key in keys]
    assert (tmp_path / "cards" / f"{keys[0]}.md").read_text() == "# AntMan\n\nWords 调度.\n"
    again = templating.export(store, template, tmp_path / "cards")
    assert (again.unchanged, again.new, again.changed) == (2, [], [])


def test_a_file_that_is_not_as_it_was_written_is_left(
    store: Store, library: list[int], tmp_path: Path
) -> None:
    template = tmp_path / "card.md.j2"
    template.write_text("{{ item.title }}\n")
    cards = tmp_path / "cards"
    cards.mkdir()
    keys = [items.by_id(store, each).citekey for each in library]
    foreign = cards / f"{keys[0]}.md"
    foreign.write_text("Mine.\n")
    report = templating.export(store, template, cards)
    assert [problem.file for problem in report.problems] == [foreign.name]
    own = cards / f"{keys[1]}.md"
    own.write_text("Gandiva, changed by hand.\n")
    editing.edit(store, library[1], {"title": "Gandiva again"})
    assert len(templating.export(store, template, cards).problems) == 2
    assert (foreign.read_text(), own.read_text()) == ("Mine.\n", "Gandiva, changed by hand.\n")
    own.unlink()
    templating.export(store, template, cards)
    assert own.read_text() == "Gandiva again\n"


def test_nothing_private_comes_out_unless_asked(store: Store, library: list[int], tmp_path: Path) -> None:
    template = tmp_path / "t.txt"
    template.write_text("{% for each in items %}{{ each.citekey }} {% endfor %}")
    editing.edit(store, library[0], {"private": "yes"})
    keys = [items.by_id(store, each).citekey for each in library]
    assert templating.text_of(store, template) == f"{keys[1]} "
    assert templating.text_of(store, template, include_private=True) == f"{keys[0]} {keys[1]} "


def test_a_template_that_cannot_be_read_is_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"\xe9")
    (tmp_path / "long").write_bytes(b"x" * 1_000_001)
    for name in ("missing", "latin", "long", "."):
        with pytest.raises(UnreadableFileError):
            templating.text_of(store, tmp_path / name)
