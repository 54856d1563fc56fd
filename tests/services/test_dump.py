"""The canonical dump: the same library the same bytes, in another home too, and never twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.model.item import Annotation, Item, Reference
from notes_tui.model.report import ImportReport
from notes_tui.services import (
    capturing,
    collecting,
    editing,
    exporting,
    importing,
    journaling,
    list_importing,
    reading,
    writing,
)
from notes_tui.store import bulk, items, whole_items
from notes_tui.store.database import Store, open_store
from tests.conftest import HOSTILE_TITLES, STATUSES, AddItem, Clock
from tests.references import references


@contextmanager
def another_home(tmp_path: Path, name: str = "other.db") -> Iterator[Store]:
    """A second, empty library with its own clock."""
    with open_store(tmp_path / name, create=True) as store:
        store.clock = Clock()
        store.clock.move(days=40)
        yield store


def dump(store: Store) -> str:
    return exporting.export_text(store, "json")


def bring(store: Store, text: str) -> ImportReport:
    return importing.import_text(store, text, file="library.json")


def furnish(store: Store, add_item: AddItem, clock: Clock) -> list[int]:
    """A library with something of everything."""
    ids = [
        add_item("AntMan: Dynamic Scaling on GPU Clusters", venue="OSDI", year=2020, doi="10.1000/a", extra={"page": "1-2"}),
        add_item("Gemini"),
        add_item("Gemini", type="software"),
        *(add_item(title) for title in HOSTILE_TITLES),
    ]  # fmt: skip
    antman, gemini, tool = ids[:3]
    reading.mark(store, "queued", [antman, gemini], allowed=STATUSES)
    clock.move(hours=1)
    reading.mark(store, "read", [antman], allowed=STATUSES, page=12, date="2026-03-01")
    reading.rate(store, 4, [antman])
    reading.set_progress(store, [gemini], 3, 20)
    reading.mark(store, "dropped", [gemini], allowed=STATUSES)
    journaling.undo(store)
    writing.add_tag(store, "moe/routing", [antman, gemini])
    writing.save_note(store, antman, "# Note\n\nWith `code`, 调度\r\nand no newline at its end")
    writing.save_note(store, antman, "second", title="Reviews")
    writing.annotate(store, antman, Annotation(page=3, quote="a quote", comment="why", role="claim"))
    writing.annotate(store, antman, Annotation(comment="no page"))
    editing.edit(store, antman, {"year": "2021", "private": "yes", "citekey": "antman"})
    editing.remove(store, [ids[4]])
    collecting.create(store, "Mine")
    collecting.put(store, "mine", [gemini, antman], section=["Top", "Sub"])
    collecting.create(store, "Empty")
    collecting.hide(store, "empty")
    importing.import_text(
        store,
        "# List\n\n## S\n\n- AntMan: Dynamic Scaling on GPU Clusters (OSDI 2020)\n- Another Paper Here\n",
        file="l.md",
    )
    writing.save_view(store, "To do", "status:queued")
    with store.step("linked"):
        items.link(store, gemini, tool)
    return ids


def test_an_empty_home_becomes_the_same_library(
    store: Store, add_item: AddItem, clock: Clock, tmp_path: Path
) -> None:
    ids = furnish(store, add_item, clock)
    text = dump(store)
    with another_home(tmp_path) as other:
        report = bring(other, text)
        assert (report.added, report.matched, report.problems) == (len(ids) + 1, 0, [])
        assert dump(other) == text
        antman = items.detail(other, items.resolve(other, "antman"))
        assert [event.after for event in antman.history if event.kind == "status"] == ["read", "queued"]
        assert antman.main_note.endswith("\r\nand no newline at its end")


def test_a_home_that_has_it_changes_nothing(store: Store, add_item: AddItem, clock: Clock) -> None:
    furnish(store, add_item, clock)
    before, steps = dump(store), len(journaling.steps(store))
    report = bring(store, before)
    assert (report.added, report.updated) == (0, 0)
    assert dump(store) == before
    assert len(journaling.steps(store)) == steps


def test_it_is_sorted_indented_utf8_with_a_final_newline(
    store: Store, add_item: AddItem, clock: Clock
) -> None:
    furnish(store, add_item, clock)
    text = dump(store)
    whole = json.loads(text)
    assert text == json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    keys = [item["citekey"] for item in whole["items"]]
    assert keys == sorted(keys, key=lambda key: (key.lower(), key))
    assert "调度" in text


def test_it_holds_nothing_of_one_machine(
    store: Store, add_item: AddItem, clock: Clock, tmp_path: Path
) -> None:
    furnish(store, add_item, clock)
    text = dump(store)
    assert str(tmp_path) not in text
    assert "item_id" not in text
    assert "modified" not in text
    assert "dropped" not in text  # it was undone


def test_items_have_the_shape_that_show_prints(store: Store, add_item: AddItem, clock: Clock) -> None:
    furnish(store, add_item, clock)
    antman = next(item for item in json.loads(dump(store))["items"] if item["citekey"] == "antman")
    assert antman["read_status"] == "queued"
    assert (antman["rating"], antman["progress"]) == (4, {"page": 12, "pages": None})
    assert [note["title"] for note in antman["notes"]] == [None, "Reviews"]
    assert antman["annotations"][0]["quote"] == "a quote"
    assert {entry["slug"] for entry in antman["collections"]} == {"mine", "list"}
    assert "year" in antman["locked"]


def test_two_new_homes_that_take_one_dump_are_the_same(
    store: Store, add_item: AddItem, clock: Clock, tmp_path: Path
) -> None:
    yaml = "collection:\n  slug: one\n  title: One\nreferences:\n- id: x\n  title: A Bundled Paper\nentries:\n- item: x\n"
    list_importing.load_bundled(store, [("one.yaml", yaml)])
    add_item("Mine Alone")
    text = dump(store)
    with another_home(tmp_path) as other:
        list_importing.load_bundled(other, [("one.yaml", yaml)])
        bring(other, text)
        assert json.loads(dump(other))["items"] == json.loads(text)["items"]


def test_into_another_library_it_is_a_union(
    store: Store, add_item: AddItem, clock: Clock, tmp_path: Path
) -> None:
    furnish(store, add_item, clock)
    with another_home(tmp_path) as other:
        with other.step("made"):
            own = capturing.insert(
                other, Reference(title="AntMan: Dynamic Scaling on GPU Clusters", venue="OSDI", year=1999)
            )
        writing.save_note(other, own, "my words")
        writing.add_tag(other, "mine", [own])
        reading.mark(other, "studied", [own], allowed=STATUSES)
        report = bring(other, dump(store))
        detail = items.detail(other, own)
        assert detail.item.year == 1999
        assert detail.main_note == "my words"
        assert {note.title for note in detail.notes} == {"", "Reviews"}
        assert set(detail.item.tags) == {"mine", "moe/routing"}
        assert "antman" in detail.item.aliases
        assert [event.after for event in detail.history if event.kind == "status"] == [
            "read",
            "queued",
            "studied",
        ]
        assert len(detail.annotations) == 2
        assert any("note differs" in pair.reason for pair in report.proposals)
        again = dump(other)
        assert bring(other, dump(store)).updated == 0
        assert dump(other) == again


def test_one_undo_takes_it_back(store: Store, add_item: AddItem, clock: Clock, tmp_path: Path) -> None:
    furnish(store, add_item, clock)
    with another_home(tmp_path) as other:
        empty = dump(other)
        bring(other, dump(store))
        journaling.undo(other)
        assert dump(other) == empty
        journaling.redo(other)
        assert dump(other) == dump(store)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        '{"kind": "notes-tui library", "version": 99, "items": []}',
        '{"kind": "notes-tui library"',
        "",
    ],
)
def test_what_is_no_dump_or_a_newer_one_is_refused(store: Store, text: str) -> None:
    with pytest.raises(UnreadableFileError):
        importing.read_text(text, file="x.json", format="json")


def test_values_of_a_wrong_type_are_told_and_the_rest_comes_in(store: Store) -> None:
    whole: dict[str, Any] = {
        "kind": "notes-tui library", "version": 1, "views": 3,
        "items": [
            {"citekey": "a", "title": 7, "year": "2020", "creators": {"x": 1}, "tags": ["t", 3], "notes": [{"body": "n"}, 4],
             "events": [{"kind": "nonsense"}], "uid": ["x"], "private": "yes", "collections": [{"slug": "c", "position": 1}]},
            "nothing",
        ],
        "collections": [{"slug": "c", "title": "C", "sections": [["a", 1], "b"]}, {"slug": ""}],
    }  # fmt: skip
    report = bring(store, json.dumps(whole))
    assert report.added == 1
    assert report.refused == len(report.problems) > 5
    found = items.detail(store, items.resolve(store, "a"))
    assert (found.item.tags, found.main_note) == (("t",), "n")
    assert len(collecting.show(store, "c").entries) == 1


_ACTIONS: list[Callable[[Store, int], object]] = [
    lambda store, item: reading.mark(store, "read", [item], allowed=STATUSES, page=3),
    lambda store, item: reading.mark(store, "queued", [item], allowed=STATUSES, date="2026-01-05"),
    lambda store, item: reading.rate(store, 5, [item]),
    lambda store, item: reading.rate(store, 0, [item]),
    lambda store, item: reading.set_progress(store, [item], 4, 10),
    lambda store, item: writing.add_tag(store, "a/b", [item]),
    lambda store, item: writing.save_note(store, item, "text\n\n"),
    lambda store, item: writing.save_note(store, item, "more", title="T"),
    lambda store, item: writing.annotate(store, item, Annotation(page=2, quote="q")),
    lambda store, item: editing.remove(store, [item]),
    lambda store, item: editing.restore(store, [item]),
    lambda store, item: editing.edit(store, item, {"venue": "X", "private": "yes"}),
    lambda store, item: collecting.put(store, "own", [item]),
    lambda store, item: collecting.take(store, "own", [item]),
    lambda store, item: journaling.undo(store),
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=st.lists(
        references(), min_size=1, max_size=4, unique_by=lambda reference: reference.citekey.lower()
    ),
    done=st.lists(st.tuples(st.sampled_from(_ACTIONS), st.integers(0, 3)), max_size=12),
)
def test_any_library_goes_through_its_dump_unchanged(
    made: list[Any], done: list[tuple[Callable[[Store, int], object], int]], tmp_path: Path
) -> None:
    for name in ("one.db", "two.db"):
        (tmp_path / name).unlink(missing_ok=True)
    with another_home(tmp_path, "one.db") as one, another_home(tmp_path, "two.db") as two:
        collecting.create(one, "Own")
        with one.step("made"):
            ids = [items.insert(one, reference) for reference in made]
        for action, number in done:
            if one.count("SELECT count(*) FROM journal_steps WHERE undone = 0") > 2:
                action(one, ids[number % len(ids)])
        text = dump(one)
        bring(two, text)
        assert dump(two) == text
        assert bring(one, text).updated == 0
        assert dump(one) == text


def test_a_dump_is_written_while_the_library_is_read(store: Store) -> None:
    number = 2 * whole_items._BATCH + 1
    with store.step("filled"):
        first = bulk.next_item_id(store)
        rows = [Item(item_id=first + n, citekey=f"k{n}", title=f"Title {n}") for n in range(number)]
        bulk.insert_rows(store, [bulk.row_of(each) for each in rows])
    told: list[tuple[int, int]] = []
    made = exporting.export_pieces(store, "json", progress=lambda done, total: told.append((done, total)))
    assert made.items == number
    texts = iter(made.texts)
    asked: list[str] = []
    store.db.set_trace_callback(asked.append)
    begun = [next(texts) for _ in range(3)]
    store.db.set_trace_callback(None)
    assert sum("FROM notes" in each for each in asked) == 1
    assert "".join([*begun, *texts]) == exporting.export_text(store, "json")
    assert told[-1] == (number - number % 500, number)


def test_a_dump_is_the_library_at_one_moment(store: Store, tmp_path: Path) -> None:
    with store.step("filled"):
        first = bulk.next_item_id(store)
        rows = [
            Item(item_id=first + n, citekey=f"k{n:05}", title=f"Title {n}")
            for n in range(whole_items._BATCH + 1)
        ]
        bulk.insert_rows(store, [bulk.row_of(each) for each in rows])
    before = dump(store)

    def meanwhile(_done: int, _total: int) -> None:
        with open_store(store.path) as other:
            reading.mark(other, "read", [rows[-1].item_id], allowed=STATUSES)

    exporting.export_file(store, "json", tmp_path / "library.json", progress=meanwhile)
    assert (tmp_path / "library.json").read_text("utf-8") == before
    assert dump(store) != before
    assert not store.db.in_transaction


def test_a_dump_that_comes_in_tells_how_far_it_is(store: Store, tmp_path: Path) -> None:
    parts = [{"citekey": f"k{number}", "title": f"Title {number}"} for number in range(250)]
    file = tmp_path / "dump.json"
    file.write_text(json.dumps({"kind": "notes-tui library", "version": 1, "items": parts}))
    told: list[tuple[int, int]] = []
    options = importing.ImportOptions(progress=lambda done, total: told.append((done, total)))
    assert importing.import_files(store, [(str(file), None)], options).added == 250
    assert told == [(100, 250), (200, 250)]
