"""Reading lists become collections, and come again in a newer state."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.errors import InvalidValueError, UnknownCollectionError, UnreadableFileError
from notes_tui.model.item import Reference
from notes_tui.model.reading_list import Correction, ListEntry, Problem, ReadingList
from notes_tui.model.report import ImportReport
from notes_tui.services import collecting, editing, exporting, importing, journaling, list_importing, reading
from notes_tui.services.importing import ImportOptions
from notes_tui.store import items
from notes_tui.store.database import Store
from tests.conftest import STATUSES, AddItem

MARKDOWN = """\
# Cluster Papers

## Scheduling

- [AntMan: Dynamic Scaling on GPU Clusters for Deep Learning](https://x.example/antman) (OSDI 2020)
- [Gandiva: Introspective Cluster Scheduling for Deep Learning](https://x.example/gandiva) (OSDI 2018)

## Serving

- [Clipper: A Low-Latency Online Prediction Serving System](https://x.example/clipper) (NSDI 2017)
"""


def entry(title: str, *section: str, text: str = "", key: str = "", **fields: object) -> ListEntry:
    reference = Reference(citekey=key, title=title, **fields)  # type: ignore[arg-type]
    return ListEntry(section=section, title=title, text=text or title, reference=reference)


def a_list(*entries: ListEntry, **fields: object) -> ReadingList:
    return ReadingList(**{"title": "My List", "entries": entries, **fields})  # type: ignore[arg-type]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.matched, report.updated, report.unchanged


def titles(store: Store, slug: str = "my-list") -> list[tuple[tuple[str, ...], str]]:
    return [(each.section, each.title) for each, _ in collecting.show(store, slug).entries]


A, B, C = "A Study of Alpha in the Wild", "B is for Better Serving Systems", "C as a Language for Models"


def test_a_markdown_list_becomes_a_collection_named_after_its_title(store: Store) -> None:
    report = importing.import_text(store, MARKDOWN, file="list.md")
    assert counts(report) == (3, 0, 0, 0)
    assert (report.entries, report.label) == (3, "3 items added from list.md")
    view = collecting.show(store, "cluster-papers")
    assert [section.path for section in view.sections] == [("Scheduling",), ("Serving",)]
    first, found = view.entries[0]
    assert (first.position, first.section, found.title_short, found.venue) == (
        1,
        ("Scheduling",),
        "AntMan",
        "OSDI",
    )
    assert [link.url for link in found.links] == ["https://x.example/antman"]


def test_a_list_that_says_nothing_new_changes_nothing(store: Store) -> None:
    importing.import_text(store, MARKDOWN, file="list.md")
    before = exporting.export_text(store, "json")
    assert counts(importing.import_text(store, MARKDOWN, file="list.md")) == (0, 3, 0, 3)
    assert exporting.export_text(store, "json") == before
    assert len(journaling.steps(store)) == 1


def test_a_newer_state_adds_moves_and_takes_out_and_leaves_items_alone(store: Store) -> None:
    list_importing.import_list(store, a_list(entry(A, "One"), entry(B, "One"), entry("Gemini", "Two")))
    gemini = collecting.show(store, "my-list").entries[2][1].item_id
    reading.mark(store, "read", [gemini], allowed=STATUSES)
    report = list_importing.import_list(
        store, a_list(entry("Gemini", "One"), entry(A, "One"), entry(C, "Two"))
    )
    assert counts(report) == (1, 2, 0, 2)
    assert titles(store) == [(("One",), "Gemini"), (("One",), A), (("Two",), C)]
    assert collecting.show(store, "my-list").entries[0][1].item_id == gemini
    assert items.by_id(store, gemini).read_status == "read"
    assert [(pair.candidate, pair.reason) for pair in report.proposals] == [
        ("", "it is in my-list no longer; the item stays")
    ]
    assert store.count("SELECT count(*) FROM items") == 4


def test_entries_put_by_hand_stay_beside_their_neighbours(store: Store, add_item: AddItem) -> None:
    list_importing.import_list(store, a_list(entry(A), entry(B)))
    mine = add_item("My Own Addition to the List")
    collecting.put(store, "my-list", [mine], position=2)
    list_importing.import_list(store, a_list(entry(C), entry(A), entry(B)))
    assert [title for _, title in titles(store)] == [C, A, "My Own Addition to the List", B]
    list_importing.import_list(store, a_list(entry(B)))
    assert [title for _, title in titles(store)] == ["My Own Addition to the List", B]


def test_an_update_is_one_undo_step(store: Store) -> None:
    list_importing.import_list(store, a_list(entry(A), entry(B)))
    before = exporting.export_text(store, "json")
    list_importing.import_list(store, a_list(entry(B, "New"), entry(C)))
    journaling.undo(store)
    assert exporting.export_text(store, "json") == before


def test_one_work_may_stand_in_a_list_many_times(store: Store) -> None:
    report = list_importing.import_list(
        store, a_list(entry(A, "One"), entry(A, "Two", text="again"), entry(A, "One"))
    )
    assert counts(report) == (1, 2, 0, 2)
    assert len(collecting.show(store, "my-list").entries) == 3
    assert store.count("SELECT count(*) FROM items") == 1


def test_two_works_of_one_name_that_a_list_keeps_apart_by_key_stay_apart(store: Store) -> None:
    listed = a_list(
        entry("Gemini", key="gemini2016", year=2016), entry("Gemini", key="gemini2023", year=2023),
        entry("Alpa: Automating Parallelism for Learning", key="alpa2022", related=("alpa",)),
        entry("Alpa", key="alpa", type="software"),
    )  # fmt: skip
    assert counts(list_importing.import_list(store, listed)) == (4, 0, 0, 0)
    assert items.by_id(store, items.resolve(store, "alpa")).related == ("alpa2022",)
    before = exporting.export_text(store, "json")
    assert counts(list_importing.import_list(store, listed)) == (0, 4, 0, 4)
    assert exporting.export_text(store, "json") == before


def test_bundled_files_join_by_their_keys_alone_and_cannot_be_undone(store: Store) -> None:
    yaml = (
        "collection:\n  slug: one\n  title: One\nreferences:\n- id: x\n  type: article\n  title: Same Words Here\n"
        "- id: y\n  type: article\n  title: Same Words Here\nentries:\n- item: x\n- item: y\n- item: x\n"
    )
    report = list_importing.load_bundled(
        store, [("one.yaml", yaml), ("two.yaml", yaml.replace("one", "two").replace("One", "Two"))]
    )
    assert counts(report) == (2, 4, 0, 4)
    assert [each.slug for each in collecting.collections(store)] == ["one", "two"]
    assert {each.kind for each in collecting.collections(store)} == {"bundled"}
    assert journaling.steps(store) == []


def test_corrections_and_problems_of_a_list_are_kept(store: Store) -> None:
    correction = Correction(entry=1, field="year", was="2091", now="2019", reason="mistyped")
    problem = Problem("list.md", 7, "not understood")
    report = list_importing.import_list(
        store, a_list(entry(A), corrections=(correction,), problems=(problem,))
    )
    assert report.problems == [problem]
    assert '"was": "2091"' in exporting.export_text(store, "json")


def test_sections_without_entries_are_kept(store: Store) -> None:
    list_importing.import_list(store, a_list(entry(A, "One"), sections=(("One",), ("Empty",))))
    assert [section.path for section in collecting.show(store, "my-list").sections] == [("One",), ("Empty",)]


def test_collection_add_takes_lists_and_refuses_the_rest(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "list.md"
    file.write_text(MARKDOWN, "utf-8")
    assert importing.add_collection(store, file).added == 3
    bib = tmp_path / "a.bib"
    bib.write_text("@misc{a, title={T}}", "utf-8")
    with pytest.raises(UnreadableFileError):
        importing.add_collection(store, bib)


def test_collection_update_takes_a_newer_file(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "list.md"
    file.write_text(MARKDOWN, "utf-8")
    importing.import_file(store, file, ImportOptions(collection="mine"))
    newer = tmp_path / "renamed.md"
    newer.write_text(
        MARKDOWN.replace("# Cluster Papers", "# Renamed").replace("## Serving", "## Inference"), "utf-8"
    )
    dry = importing.update_collection(store, "mine", newer, ImportOptions(dry_run=True))
    assert counts(dry) == (0, 3, 0, 3)
    assert collecting.show(store, "mine").entries[2][0].section == ("Serving",)
    importing.update_collection(store, "mine", newer)
    assert collecting.show(store, "mine").entries[2][0].section == ("Inference",)
    assert len(collecting.collections(store)) == 1
    with pytest.raises(InvalidValueError):
        importing.update_collection(store, "mine")
    with pytest.raises(UnknownCollectionError):
        importing.update_collection(store, "none", newer)


def test_a_list_fills_what_its_items_lack_and_keeps_corrections_by_hand(
    store: Store, add_item: AddItem
) -> None:
    item_id = add_item(A, venue="arXiv", year=2019)
    editing.edit(store, item_id, {"year": "2018"})
    list_importing.import_list(store, a_list(entry(A, venue="OSDI", year=2020, doi="10.1000/xyz")))
    found = items.by_id(store, item_id)
    assert (found.venue, found.year, found.doi) == ("arXiv", 2018, "10.1000/xyz")
