"""Several machines with one vault, by a shared folder or by git: in whatever order they sync, all end alike."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notes_tui.formats.vault import citekey_in
from notes_tui.model.item_merging import Choice
from notes_tui.model.sync_report import SyncReport
from notes_tui.services import (
    capturing,
    collecting,
    conflicts,
    editing,
    listing,
    reading,
    sharing,
    syncing,
    writing,
)
from notes_tui.services.exporting import export_text
from notes_tui.services.home import init_home, open_home
from notes_tui.settings import Home
from notes_tui.store.database import open_store
from notes_tui.store.vault import live_ids
from tests.conftest import STATUSES, Clock
from tests.services.git_clones import Clone, bare, clone, git, prepare
from tests.services.sync_worlds import Person, check_lines, check_sound, lost_words, some_items

NEVER = ("remove", "delete", "private")
"""What is gone from the vault on one machine stays in the libraries of the others, so that not all would be alike."""
ROUNDS = 6
"""After how many rounds of syncing, at most, all machines are alike and quiet."""


@dataclass
class Machine(Person):
    """Somebody's machine: a library of its own, and its clone of the vault."""

    clone: Clone | None = None

    def sync(self) -> SyncReport:
        self.log.append(f"sync {self.name}")
        if self.clone is None:
            return syncing.sync(self.store, self.vault)
        return sharing.sync(self.store, self.vault, syncing.SyncWish(push=True))


def machines(folder: Path, seed: int, number: int, *, shared: bool, stack: ExitStack) -> list[Machine]:
    """Machines with the same library and the same vault; what is written on any of them is followed by all."""
    chance = random.Random(seed)
    clock = Clock()
    made: list[Machine] = []
    remote = None if shared else bare(folder / "remote.git")
    for name in range(number):
        store = stack.enter_context(open_store(folder / f"{name}.db", create=True))
        store.clock = clock
        copy = clone(remote, folder / f"clone{name}", "notes") if remote else None
        vault = copy.vault if copy else folder / "vault"
        machine = Machine(store, vault, chance, name=name, clone=copy, never=NEVER)
        if made:
            machine.words, machine.lines, machine.log = made[0].words, made[0].lines, made[0].log
        else:
            some_items(machine, 3)
        machine.sync()
        made.append(machine)
    return made


def until_quiet(all_of: Sequence[Machine]) -> list[SyncReport]:
    """Sync all machines in turn until nothing happens any more; that takes few rounds."""
    for each in all_of:
        each.sync()
    for _ in range(ROUNDS):
        before = [(each.all_files(), export_text(each.store, "json")) for each in all_of]
        reports = [each.sync() for each in all_of]
        if before == [(each.all_files(), export_text(each.store, "json")) for each in all_of]:
            return reports
    raise AssertionError(f"not quiet after {ROUNDS} rounds")


def in_vault(machine: Machine, waiting: Collection[str] = ()) -> dict[str, object]:
    """The part of a library that its vault has: a file deleted on one machine deletes nothing on another.

    Where conflicts wait in a file, a library keeps its own words until somebody chooses.
    """
    dump: dict[str, list[dict[str, object]]] = json.loads(export_text(machine.store, "json"))
    files = [path for path in machine.files() if path.relative_to(machine.vault).as_posix() not in waiting]
    shown = {key for path in files if (key := citekey_in(path.read_text("utf-8")))}
    items = [each for each in dump["items"] if each["citekey"] in shown and not each["trashed"]]
    return {**dump, "items": items}


def check_alike(all_of: Sequence[Machine], reports: Sequence[SyncReport]) -> None:
    """Files and libraries are equal, and whatever anybody wrote is there."""
    waiting = {each.path for report in reports for each in report.conflicts}
    files, library = all_of[0].all_files(), in_vault(all_of[0], waiting)
    for each in all_of:
        assert each.all_files() == files
        assert in_vault(each, waiting) == library
        check_sound(each)
        if each.clone:
            assert git(each.clone.top, "status", "--porcelain") == ""
    assert lost_words(all_of[0], reports[0]) == set()
    check_lines(all_of[0])


def edit_all(all_of: Sequence[Machine], most: int = 3) -> None:
    """Everybody does a few things, in the program or to files."""
    for each in all_of:
        for _ in range(each.chance.randint(0, most)):
            each.store.clock.move(minutes=1)  # type: ignore[attr-defined]
            (each.change_file if each.chance.random() < 0.5 else each.change_library)()


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 1 << 32))
def test_two_machines_that_share_a_folder_end_alike(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        both = machines(Path(folder), seed, 2, shared=True, stack=stack)
        for _ in range(2):
            edit_all(both)
            for each in both[0].chance.sample(both, 2):
                each.sync()
        check_alike(both, until_quiet(both))


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 1 << 32))
def test_the_order_of_syncing_does_not_matter(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world, kept = Path(folder) / "world", Path(folder) / "kept"
        world.mkdir()
        with ExitStack() as first:
            both = machines(world, seed, 2, shared=True, stack=first)
            until_quiet(both)
            edit_all(both, 4)
        shutil.copytree(world, kept)
        ends = []
        for order in (1, -1):
            shutil.rmtree(world)
            shutil.copytree(kept, world)
            with ExitStack() as again:
                for each in both:
                    each.store = again.enter_context(open_store(world / f"{each.name}.db", create=False))
                    each.store.clock = Clock()
                    each.store.clock.move(days=1)
                reports = until_quiet(both[::order])
                check_alike(both, reports)
                if any(report.conflicts for report in reports):
                    return
                ends.append(in_words(both[0]))
        assert ends[0] == ends[1]


def in_words(machine: Machine) -> tuple[dict[str, bytes], dict[str, object]]:
    """Files and library without what tells which machine made an event, and when."""
    files = {path: text for path, text in machine.all_files().items() if "/events/" not in path}
    library = in_vault(machine)
    items = [{**each, "events": len(each["events"])} for each in library["items"]]  # type: ignore[attr-defined]
    return files, {**library, "items": items}


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Machine]]:
    """Three machines with clones of one vault, and a bare remote between them."""
    prepare(monkeypatch, tmp_path)
    with ExitStack() as stack:
        yield machines(tmp_path, 11, 3, shared=False, stack=stack)


def ids(machine: Machine) -> list[int]:
    """The items of a machine, in the same order everywhere."""
    return [item_id for _, item_id in sorted(live_ids(machine.store).items())]


def test_three_clones_edited_everywhere_end_alike(three: list[Machine]) -> None:
    first, second, third = three
    writing.save_note(
        first.store, ids(first)[0], "First 词0000末, by one.\n\nSecond line.\n\n## Part\n\nThird.\n"
    )
    writing.save_note(
        second.store, ids(second)[0], "First 词0000末.\n\nSecond line.\n\n## Part\n\nThird, by two.\n"
    )
    for number, each in enumerate(three):
        reading.mark(each.store, ("read", "skimmed", "queued")[number], [ids(each)[1]], allowed=STATUSES)
        each.store.clock.move(minutes=1)  # type: ignore[attr-defined]
        capturing.add(each.store, [f"{each.word()}: of one machine (OSDI20)"])
        capturing.add(each.store, ["Gandiva: Introspective Cluster Scheduling for Deep Learning (OSDI18)"])
        collecting.create(each.store, "Mine")
        collecting.put(each.store, "mine", [ids(each)[number]])
    editing.rekey(third.store, ids(third)[0], "renamed2020")
    [moved, *_] = second.files()
    moved.rename(moved.with_name("elsewhere.md"))
    (third.vault / "mine.txt").write_text("The user's own.\n")
    git(third.vault, "add", "mine.txt")
    for each in (second, third, first):
        each.sync()
    git(third.vault, "commit", "-q", "-m", "Mine")
    reports = until_quiet(three)
    assert [each.conflicts for each in reports] == [[], [], []]
    git(third.vault, "push", "-q")
    check_alike(three, until_quiet(three))
    assert writing.read_note(third.store, live_ids(third.store)["renamed2020"]) == (
        "First 词0000末, by one.\n\nSecond line.\n\n## Part\n\nThird, by two.\n"
    )
    for each in three:
        assert len(reading.history(each.store)) == 3
        assert len(listing.find(each.store, "gandiva")) == 1
        assert len(listing.find(each.store, "collection:mine")) == 3


def test_one_conflict_is_the_same_everywhere_and_ends_everywhere(three: list[Machine]) -> None:
    for each in three[:2]:
        path = each.files()[0]
        text = path.read_text("utf-8")
        path.write_text(text.replace("Second line.", f"Second line, says {each.name} alone."), "utf-8")
    reports = until_quiet(three)
    listed = [[(each.uid, each.path) for each in report.conflicts] for report in reports]
    assert len(listed[0]) == 1
    assert listed == [listed[0]] * 3
    check_alike(three, reports)
    conflicts.resolve(three[2].store, listed[0][0][0], Choice("both"))
    reports = until_quiet(three)
    assert [each.conflicts for each in reports] == [[], [], []]
    check_alike(three, reports)
    body = writing.read_note(three[1].store, ids(three[1])[0])
    assert "says 0 alone." in body
    assert "says 1 alone." in body


@settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 1 << 32))
def test_clones_edited_at_random_end_alike(seed: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patched,
        ExitStack() as stack,
    ):
        prepare(patched, Path(folder))
        all_of = machines(Path(folder), seed, 3, shared=False, stack=stack)
        edit_all(all_of)
        for each in all_of[0].chance.sample(all_of, 3):
            each.sync()
        check_alike(all_of, until_quiet(all_of))


def test_two_homes_with_the_bundled_lists_share_one_vault(tmp_path: Path) -> None:
    vault, dumps = tmp_path / "vault", []
    homes = [Home(tmp_path / name) for name in ("one", "two")]
    for home in homes:
        init_home(home)
    with open_home(homes[0]) as one, open_home(homes[1]) as two:
        syncing.sync(one, vault)
        written = {path: path.stat().st_mtime_ns for path in vault.rglob("*.md")}
        report = syncing.sync(two, vault)
        assert (report.problems, report.conflicts, report.added) == ([], [], [])
        syncing.sync(one, vault)
        assert [syncing.sync(each, vault).written for each in (two, one)] == [0, 0]
        assert {path: path.stat().st_mtime_ns for path in vault.rglob("*.md")} == written
        dumps = [export_text(each, "json") for each in (one, two)]
    assert dumps[0] == dumps[1]
