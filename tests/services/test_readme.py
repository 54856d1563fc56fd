"""The list for a README: one list or several, and its owner's words stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.errors import UnwritableFileError
from notes_tui.model.item import Entry
from notes_tui.services import editing, reading, writing
from notes_tui.services.readme import export_readme, readme_text
from notes_tui.store import collections
from notes_tui.store.database import Store
from tests.conftest import STATUSES, AddItem


@pytest.fixture
def listed(store: Store, add_item: AddItem) -> list[int]:
    """Two items in a list and one in none."""
    ids = [add_item(f"Paper {name}", citekey=f"paper{name}") for name in "ABC"]
    with store.step("list"):
        slug = collections.insert(store, slug="mine", title="My List", kind="own")
        for item_id in ids[:2]:
            collections.put_entries(store, slug, [(item_id, Entry("mine", ("Section",), 0, "", ""))], None)
    return ids


def test_items_of_one_list_make_that_list(store: Store, listed: list[int]) -> None:
    assert readme_text(store, listed[:2]).startswith("# My List\n\n## Section\n\n- [ ] Paper A\n")
    assert readme_text(store).startswith("# Reading list\n\n## My List\n\n### Section\n")
    assert readme_text(store).endswith("## Others\n\n- [ ] Paper C\n")


def test_the_first_words_of_the_note_are_the_remark(store: Store, listed: list[int]) -> None:
    writing.save_note(store, listed[0], "\n## A fine *paper*\n\nMore.\n")
    assert "- [ ] Paper A\n  - A fine \\*paper\\*\n" in readme_text(store)


def test_nothing_private_is_in_it_unless_asked_for(store: Store, listed: list[int]) -> None:
    editing.edit(store, listed[0], {"private": "yes"})
    assert "Paper A" not in readme_text(store)
    assert "Paper A" in readme_text(store, include_private=True)


def test_the_owners_words_stay_and_a_second_export_writes_nothing(
    store: Store, listed: list[int], tmp_path: Path
) -> None:
    place = tmp_path / "list" / "README.md"
    assert export_readme(store, place).new == ["README.md"]
    before = place.stat()
    assert export_readme(store, place).unchanged == 1
    assert (place.stat().st_mtime_ns, place.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    place.write_text("Hello!\n\n" + place.read_text() + "\nBye.\n")
    reading.mark(store, "read", listed[:1], allowed=STATUSES)
    assert export_readme(store, place).changed == ["README.md"]
    text = place.read_text()
    assert text.startswith("Hello!\n\n# Reading list")
    assert text.endswith("\nBye.\n")
    assert "- [x] Paper A\n" in text


def test_the_same_line_changed_twice_is_a_conflict(store: Store, listed: list[int], tmp_path: Path) -> None:
    place = tmp_path / "README.md"
    export_readme(store, place)
    mine = place.read_text().replace("- [ ] Paper A", "- [ ] The first paper")
    place.write_text(mine)
    reading.mark(store, "read", listed[:1], allowed=STATUSES)
    report = export_readme(store, place)
    assert not report.is_complete
    assert place.read_text() == mine


def test_a_readme_of_somebody_else_is_not_touched(store: Store, listed: list[int], tmp_path: Path) -> None:
    place = tmp_path / "README.md"
    place.write_text("# My project\n")
    with pytest.raises(UnwritableFileError):
        export_readme(store, place)
    assert place.read_text() == "# My project\n"
