"""Three homes that share a vault by way of a remote: every edit of files and libraries ends up in all of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from notes_tui.model.item import Reference
from notes_tui.model.item_merging import Choice
from notes_tui.services import capturing, conflicts, editing, journaling, reading, sharing, writing
from notes_tui.services.exporting import export_text
from notes_tui.services.git import CONFLICTS
from notes_tui.services.sharing import SyncWish
from notes_tui.store import items
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES
from tests.services.git_clones import Clone, bare, clone, git, prepare

PUSH = SyncWish(push=True)


class Machine:
    """A home and its clone of the vault."""

    def __init__(self, store: Store, vault: Clone) -> None:
        self.store = store
        self.vault = vault

    def sync(self) -> None:
        """Bring in, commit, pull, push; nothing may be left unsaid."""
        report = sharing.sync(self.store, self.vault.vault, PUSH)
        assert report.problems == []

    def item(self, citekey: str) -> int:
        found = items.key_owner(self.store, citekey)
        assert found is not None
        return found

    def dump(self) -> str:
        return export_text(self.store, "json")


@pytest.fixture
def machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Machine]]:
    """Three machines with the same two papers."""
    prepare(monkeypatch, tmp_path)
    remote = bare(tmp_path / "remote.git")
    with ExitStack() as stack:
        made = []
        for name in "abc":
            (tmp_path / f"home-{name}").mkdir()
            store = stack.enter_context(open_store(tmp_path / f"home-{name}" / "notes.db", create=True))
            if not made:
                for key in ("one", "two"):
                    with store.step("item added"):
                        item = capturing.insert(
                            store, replace(Reference(title=f"A paper on {key}"), citekey=key)
                        )
                    writing.save_note(store, item, "First.\n\nSecond.\n\nThird.\n")
            made.append(Machine(store, clone(remote, tmp_path / name, "my notes")))
            made[-1].sync()
        yield made


def check(machines: list[Machine], order: tuple[int, ...] = (0, 1, 2)) -> Machine:
    """Sync until all have all; then the folders and the libraries are the same, and syncing again does nothing."""
    for number in (*order, *order):
        machines[number].sync()
    first, *others = machines
    for other in others:
        assert other.vault.files() == first.vault.files()
        assert other.dump() == first.dump()
    for each in machines:
        assert git(each.vault.top, "status", "--porcelain") == ""
        before = git(each.vault.top, "rev-parse", "HEAD")
        each.sync()
        assert git(each.vault.top, "rev-parse", "HEAD") == before
    return first


def test_a_new_home_gets_all_of_the_vault(machines: list[Machine]) -> None:
    first = check(machines)
    assert "A paper on two" in first.dump()
    assert len(git(first.vault.top, "log", "--format=%H").splitlines()) == 1


@pytest.mark.parametrize("order", itertools.permutations(range(3)))
def test_edits_on_three_machines_are_all_there_whoever_syncs_first(
    machines: list[Machine], order: tuple[int, ...]
) -> None:
    for each, name, status in zip(machines, "abc", ("queued", "reading", "read"), strict=True):
        reading.mark(each.store, status, [each.item("one")], allowed=STATUSES)
        writing.add_tag(each.store, f"tag-{name}", [each.item("one")])
        each.vault.change("papers/two.md", "Third.\n", f"Third.\n\nWritten into the file by {name}.\n")
        with each.store.step("item added"):
            capturing.insert(
                each.store, replace(Reference(title=f"Only {name} has this"), citekey=f"only-{name}")
            )
    first = check(machines, order)
    dump = first.dump()
    for name in "abc":
        assert f'"tag-{name}"' in dump
        assert dump.count(f"Written into the file by {name}.") == 1
        assert dump.count(f'"Only {name} has this"') == 1
    said = [reading.history(each.store, each.item("one")) for each in machines]
    assert len(said[0]) == 3
    assert said[0] == said[1] == said[2]
    assert conflicts.waiting(first.store) == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_the_same_line_changed_on_two_machines_is_one_conflict(
    machines: list[Machine], order: tuple[int, ...]
) -> None:
    first, second, _ = machines
    first.vault.change("papers/one.md", "Second.", "Second, as the first says.")
    writing.save_note(second.store, second.item("one"), "First.\n\nSecond, as the second says.\n\nThird.\n")
    check(machines, order)
    for each in machines:
        [waiting] = conflicts.waiting(each.store)
        assert waiting.waiting.path == "papers/one.md"
        assert {waiting.waiting.conflict.mine, waiting.waiting.conflict.theirs} == {
            "Second, as the first says.", "Second, as the second says.",
        }  # fmt: skip
    [waiting] = conflicts.waiting(first.store)
    conflicts.resolve(first.store, waiting.waiting.uid, Choice("both"))
    check(machines)
    for each in machines:
        assert conflicts.waiting(each.store) == []
        assert not any(path.startswith(CONFLICTS) for path in each.vault.files())
        note = writing.read_note(each.store, each.item("one"))
        assert "Second, as the first says.\n" in note
        assert "Second, as the second says.\n" in note


def test_a_field_changed_on_two_machines_is_one_conflict(machines: list[Machine]) -> None:
    first, second, _ = machines
    for each, venue in ((first, "OSDI"), (second, "SOSP")):
        editing.edit(each.store, each.item("one"), {"venue": venue})
    check(machines)
    assert all(len(conflicts.waiting(each.store)) == 1 for each in machines)


def test_words_in_a_page_stay_while_it_is_written_anew(machines: list[Machine]) -> None:
    for each, name in zip(machines, "abc", strict=True):
        each.vault.change("index.md", "# Reading notes\n", f"# Reading notes\n\nWords of {name}.\n")
        with each.store.step("item added"):
            capturing.insert(
                each.store, replace(Reference(title=f"Only {name} has this"), citekey=f"only-{name}")
            )
        writing.add_tag(each.store, f"tag-{name}", [each.item("one"), each.item(f"only-{name}")])
        reading.mark(each.store, "read", [each.item(f"only-{name}")], allowed=STATUSES)
    first = check(machines)
    lines = [line for line in first.vault.read("index.md").splitlines() if line]
    assert sorted(lines) == sorted(set(lines))
    assert {f"Words of {name}." for name in "abc"} < set(lines)
    assert "*3 of 5 read*" in lines
    assert sum(line.startswith("- [") for line in lines) == 8


def test_renamed_and_deleted_files_are_the_same_items_everywhere(machines: list[Machine]) -> None:
    first, second, third = machines
    (first.vault.vault / "topic").mkdir()
    (first.vault.vault / "papers/one.md").rename(first.vault.vault / "topic/one.md")
    second.vault.change("papers/one.md", "Third.", "Third, changed.")
    writing.add_tag(third.store, "moved", [third.item("one")])
    check(machines, (2, 1, 0))
    for each in machines:
        assert "papers/one.md" not in each.vault.files()
        text = each.vault.read("topic/one.md")
        assert "Third, changed." in text
        assert "- moved" in text
        assert "Third, changed." in writing.read_note(each.store, each.item("one"))


def test_events_of_all_machines_are_joined_and_retractions_hold(machines: list[Machine]) -> None:
    for each, page in zip(machines, (3, 5, 9), strict=True):
        reading.mark(each.store, "reading", [each.item("one")], page=page, allowed=STATUSES)
        reading.rate(each.store, page // 2, [each.item("two")])
    journaling.undo(machines[1].store)
    first = check(machines)
    said = [reading.history(each.store, each.item("one")) for each in machines]
    assert said[0] == said[1] == said[2]
    assert [event.page for event in said[0] if event.page] == [3, 5, 9]
    rated = [reading.history(each.store, each.item("two")) for each in machines]
    assert [len(each) for each in rated] == [2, 2, 2]
    assert all(conflicts.waiting(each.store) == [] for each in machines)
    assert "rating: " in first.vault.read("papers/two.md")


def test_offline_machines_commit_and_catch_up(machines: list[Machine], tmp_path: Path) -> None:
    (tmp_path / "remote.git").rename(tmp_path / "away.git")
    for each, name in zip(machines, "abc", strict=True):
        each.vault.change("papers/two.md", "First.", f"First.\n\nOffline {name}.")
        report = sharing.sync(each.store, each.vault.vault, PUSH)
        assert report.problems == []
        assert any(notice.startswith("offline") for notice in report.notices)
        assert git(each.vault.top, "status", "--porcelain") == ""
    (tmp_path / "away.git").rename(tmp_path / "remote.git")
    dump = check(machines).dump()
    assert all(dump.count(f"Offline {name}.") == 1 for name in "abc")
