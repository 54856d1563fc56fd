"""Lists in an older and a newer state, and the inbox between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import InvalidValueError, UnknownCollectionError, UnreadableFileError
from notes_tui.model.list_news import ListedEntry, news_between
from notes_tui.services import collecting, exporting, importing, journaling, list_updating, reading, writing
from notes_tui.services.importing import ImportOptions
from notes_tui.services.list_updating import ListUpdate
from notes_tui.store import items
from notes_tui.store.database import Store
from tests.conftest import STATUSES, AddItem

OLD = """\
# Cluster Papers

## Scheduling

- [AntMan: Dynamic Scaling on GPU Clusters for Deep Learning](https://x.example/antman) (OSDI 2020)
- [Gandiva: Introspective Cluster Scheduling for Deep Learning](https://x.example/gandiva) (OSDI 2018)
- [Tiresias: A GPU Cluster Manager for Distributed Deep Learning](https://x.example/tiresias) (NSDI 2019)

## Serving

- [Clipper: A Low-Latency Online Prediction Serving System](https://x.example/clipper) (NSDI 2017)
- [Clockwork: Serving DNNs Like Clockwork with Predictable Delays](https://x.example/clockwork) (OSDI 2020)
"""
NEW = """\
# Cluster Papers

## Scheduling

- [Tiresias: A GPU Cluster Manager for Distributed Deep Learning](https://x.example/tiresias) (NSDI 2019)
- [AntMan: Dynamic Scaling on GPU Clusters for Deep Learning](https://x.example/antman) (OSDI 2020)

## Serving

- [Clipper: A Low-Latency Online Prediction Serving Systems](https://x.example/clipper) (NSDI 2017)
- [Gandiva: Introspective Cluster Scheduling for Deep Learning](https://x.example/gandiva) (OSDI 2018)
- [Shepherd: Serving Neural Networks in the Wild of Clusters](https://x.example/shepherd) (NSDI 2023)
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(OLD, "utf-8")
    new.write_text(NEW, "utf-8")
    return old, new


def kinds(done: ListUpdate) -> dict[str, list[str]]:
    value = done.as_dict()
    return {
        kind: [each["title"].partition(":")[0] for each in value[kind]]  # type: ignore[attr-defined]
        for kind in ("new", "gone", "moved", "retitled", "resectioned")
    }


def test_a_newer_state_is_told_exactly_and_touches_no_item(store: Store, files: tuple[Path, Path]) -> None:
    importing.import_file(store, files[0])
    clockwork = items.resolve(store, "clockwork2020")
    reading.mark(store, "read", [clockwork], allowed=STATUSES)
    writing.save_note(store, clockwork, "mine\n")
    done = list_updating.update(store, "cluster-papers", str(files[1]))
    assert kinds(done) == {
        "new": ["Shepherd"], "gone": ["Clockwork"], "moved": ["Tiresias", "Gandiva"], "retitled": ["Clipper"],
        "resectioned": ["Gandiva"],
    }  # fmt: skip
    assert items.by_id(store, clockwork).read_status == "read"
    assert writing.read_note(store, clockwork) == "mine\n"
    assert done.as_dict().keys() >= {
        "added",
        "matched",
        "updated",
        "unchanged",
        "entries",
        "problems",
        "proposals",
    }
    [inbox] = list_updating.unseen(store)
    assert [(each.kind, each.title.partition(":")[0]) for each in inbox.news] == [
        ("moved", "Tiresias"), ("retitled", "Clipper"), ("resectioned", "Gandiva"), ("new", "Shepherd"),
        ("gone", "Clockwork"),
    ]  # fmt: skip
    assert list_updating.unseen_counts(store) == {"cluster-papers": 5}


def test_the_same_state_again_is_no_news(store: Store, files: tuple[Path, Path]) -> None:
    importing.import_file(store, files[0])
    before, steps = exporting.export_text(store, "json"), len(journaling.steps(store))
    assert list_updating.update(store, "cluster-papers", str(files[0])).news == ()
    assert exporting.export_text(store, "json") == before
    assert len(journaling.steps(store)) == steps


def test_a_trial_keeps_nothing(store: Store, files: tuple[Path, Path]) -> None:
    importing.import_file(store, files[0])
    before = exporting.export_text(store, "json")
    tried = list_updating.update(store, "cluster-papers", str(files[1]), ImportOptions(dry_run=True))
    assert len(tried.news) == 5
    assert exporting.export_text(store, "json") == before
    assert list_updating.unseen_counts(store) == {}


def test_an_update_and_having_seen_it_are_undone(store: Store, files: tuple[Path, Path]) -> None:
    importing.import_file(store, files[0])
    before = exporting.export_text(store, "json")
    list_updating.update(store, "cluster-papers", str(files[1]))
    [inbox] = list_updating.unseen(store)
    assert list_updating.mark_seen(store, [each.news_id for each in inbox.news])[0] == 5
    assert list_updating.unseen_counts(store) == {}
    journaling.undo(store)
    assert list_updating.unseen(store) == [inbox]
    journaling.undo(store)
    assert list_updating.unseen_counts(store) == {}
    assert exporting.export_text(store, "json") == before
    journaling.redo(store)
    assert list_updating.unseen(store) == [inbox]


def test_what_comes_and_goes_unseen_was_never_there(store: Store, files: tuple[Path, Path]) -> None:
    importing.import_file(store, files[0])
    list_updating.update(store, "cluster-papers", str(files[1]))
    list_updating.update(store, "cluster-papers", str(files[0]))
    [inbox] = list_updating.unseen(store)
    assert "Shepherd" not in {each.title.partition(":")[0] for each in inbox.news}


def test_what_a_reader_did_by_hand_is_no_news(
    store: Store, files: tuple[Path, Path], add_item: AddItem
) -> None:
    importing.import_file(store, files[0])
    collecting.put(store, "cluster-papers", [add_item("My Own Addition to the List")], position=2)
    collecting.take(store, "cluster-papers", [items.resolve(store, "clipper2017")])
    assert list_updating.update(store, "cluster-papers", str(files[0])).news == ()


def test_an_entry_that_is_told_otherwise_keeps_its_item(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "list.md"
    file.write_text("# Tools\n\n## One\n\n- [Gemini](https://x.example/a) (OSDI 2020)\n", "utf-8")
    importing.import_file(store, file)
    file.write_text(
        "# Tools\n\n## One\n\n- [Gemini](https://x.example/b) (OSDI 2020) [code](https://github.com/x/y)\n",
        "utf-8",
    )
    done = list_updating.update(store, "tools", str(file))
    assert (done.report.added, done.report.matched, done.news) == (0, 1, ())
    assert len(items.by_id(store, 1).links) == 3


def test_an_address_is_asked_and_remembered(store: Store, files: tuple[Path, Path]) -> None:
    importing.import_file(store, files[0])
    asked: list[str] = []

    def download(url: str) -> tuple[str, str]:
        asked.append(url)
        return NEW, "README.md"

    url = "https://github.com/someone/list"
    assert len(list_updating.update(store, "cluster-papers", url, download=download).news) == 5
    assert list_updating.update(store, "cluster-papers", download=download).news == ()
    assert asked == [url, url]


def test_what_cannot_be_an_update_is_refused(store: Store, files: tuple[Path, Path], tmp_path: Path) -> None:
    importing.import_file(store, files[0])
    before = exporting.export_text(store, "json")
    empty = tmp_path / "empty.md"
    empty.write_text("# Cluster Papers\n\nNothing here any more.\n", "utf-8")
    with pytest.raises(UnknownCollectionError):
        list_updating.update(store, "none", str(files[1]))
    with pytest.raises(InvalidValueError):
        list_updating.update(store, "cluster-papers")
    for file in (empty, tmp_path / "missing.md"):
        with pytest.raises(UnreadableFileError):
            list_updating.update(store, "cluster-papers", str(file))
    assert exporting.export_text(store, "json") == before


TITLES = (
    "Alpha of Caching", "Beta on Networks", "Gamma for Compilers", "Delta in Storage", "Epsilon with Kernels",
    "Zeta Query Plans", "Eta over Radio", "Theta under Load",
)  # fmt: skip


def entries(order: list[int]) -> list[ListedEntry]:
    return [
        ListedEntry(item_id=number + 1, title=TITLES[number], text="", section=(), position=place)
        for place, number in enumerate(order, 1)
    ]


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_news_account_for_every_entry(order: list[int], gone: set[int], fresh: set[int]) -> None:
    before = [number for number in range(8) if number not in fresh - gone]
    after = [number for number in order if number not in gone]
    news = news_between(entries(before), entries(after))
    by_kind = {
        kind: {each.item_id - 1 for each in news if each.kind == kind} for kind in ("new", "gone", "moved")
    }
    assert by_kind["new"] == set(after) - set(before)
    assert by_kind["gone"] == set(before) - set(after)
    kept = [number for number in after if number in before and number not in by_kind["moved"]]
    assert kept == sorted(kept)
    assert len(news) == sum(map(len, by_kind.values()))


def test_one_entry_that_was_moved_is_the_only_one() -> None:
    news = news_between(entries(list(range(8))), entries([0, 2, 3, 4, 5, 1, 6, 7]))
    assert [(each.kind, each.item_id, each.was_position, each.position) for each in news] == [
        ("moved", 2, 2, 6)
    ]
