"""Several items become one: nothing is lost, and one undo step splits them again exactly."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notes_tui.errors import InvalidValueError, UnknownItemError
from notes_tui.model.item import Annotation, Creator, Item, ItemDetail, Link, Reference
from notes_tui.model.versions import versions_of
from notes_tui.services import (
    backing_up,
    capturing,
    collecting,
    editing,
    exporting,
    journaling,
    listing,
    merging,
    reading,
    restoring,
    writing,
)
from notes_tui.services.importing import import_text
from notes_tui.settings import Config, Home
from notes_tui.store import bulk, dumping, items
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES, AddItem, Clock
from tests.references import distinct_references


def dump(store: Store) -> str:
    return exporting.export_text(store, "json")


def detail(store: Store, item_id: int) -> ItemDetail:
    return items.detail(store, item_id)


def item(store: Store, item_id: int) -> Item:
    return items.by_id(store, item_id)


def pair(add_item: AddItem) -> tuple[int, int]:
    first = add_item("AntMan: Dynamic Scaling", citekey="keep", title_short="AntMan", year=2020, venue="OSDI")
    other = add_item("Antman Dynamic Scalling", citekey="other", year=2019, venue="arXiv", doi="10.1145/1", abstract="Words.",
                     links=(Link("pdf", "https://x.example/a.pdf"),), creators=(Creator("Xiao", "Wencong"),))  # fmt: skip
    return first, other


def test_the_kept_fields_win_and_empty_ones_are_filled(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    merged = merging.merge(store, keep, [other])
    found = item(store, keep)
    assert (found.title, found.year, found.venue, found.title_short) == (
        "AntMan: Dynamic Scaling",
        2020,
        "OSDI",
        "AntMan",
    )
    assert (found.doi, found.abstract, found.links[0].kind) == ("10.1145/1", "Words.", "pdf")
    assert set(merged.filled) == {"doi", "abstract", "links", "creators", "extra"}
    assert [each.text for each in versions_of(found)] == ["arXiv · 2019 · doi:10.1145/1"]
    assert found.extra["other-titles"] == "Antman Dynamic Scalling"


def test_old_keys_lead_to_the_kept_item(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    editing.rekey(store, other, "newer")
    merged = merging.merge(store, keep, [other])
    assert merged.merged == ("newer",)
    assert item(store, keep).aliases == ("newer", "other")
    assert items.resolve(store, "OTHER") == keep
    assert listing.find(store) == [keep]


def test_both_main_notes_are_kept_and_titles_that_clash_are_told_apart(
    store: Store, add_item: AddItem
) -> None:
    keep, other = pair(add_item)
    for item_id, words in ((keep, "mine"), (other, "theirs")):
        writing.save_note(store, item_id, f"{words}\n")
        writing.save_note(store, item_id, f"{words} asked\n", title="Questions")
        writing.save_note(store, item_id, "the same\n", title="Same")
    merging.merge(store, keep, [other])
    assert {note.title: note.body for note in detail(store, keep).notes} == {
        "": "mine\n", "Note of other": "theirs\n", "Questions": "mine asked\n", "Questions (other)": "theirs asked\n",
        "Same": "the same\n",
    }  # fmt: skip


def test_a_main_note_goes_to_an_item_that_has_none(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    writing.save_note(store, other, "theirs\n")
    merging.merge(store, keep, [other])
    assert detail(store, keep).main_note == "theirs\n"


def test_notes_of_the_same_words_that_differ_in_privacy_are_both_kept(
    store: Store, add_item: AddItem
) -> None:
    keep, other = pair(add_item)
    writing.save_note(store, keep, "words\n")
    writing.save_note(store, other, "words\n")
    writing.set_note_private(store, other, True)
    merging.merge(store, keep, [other])
    assert {note.title: note.private for note in detail(store, keep).notes} == {
        "": False,
        "Note of other": True,
    }


def test_what_is_private_stays_private(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    editing.edit(store, other, {"private": "yes", "pages": "14"})
    merging.merge(store, keep, [other])
    assert item(store, keep).private
    assert item(store, keep).pages == 14


def test_annotations_tags_and_lists_are_united(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    writing.annotate(store, keep, Annotation(page=1, quote="one"))
    kept_id = writing.annotate(store, other, Annotation(page=2, quote="two")).annotation.id
    writing.annotate(store, other, Annotation(page=1, quote="one"))
    writing.add_tag(store, "both", [keep, other])
    writing.add_tag(store, "Theirs", [other])
    collecting.create(store, "Mine")
    third = add_item("Third", citekey="third")
    collecting.put(store, "mine", [other, keep, third])
    collecting.create(store, "Yours")
    collecting.put(store, "yours", [other])
    merged = merging.merge(store, keep, [other])
    found = detail(store, keep)
    assert [each.quote for each in found.annotations] == ["one", "two"]
    assert kept_id in {each.id for each in found.annotations}
    assert found.item.tags == ("both", "Theirs")
    assert [(entry.slug, entry.position) for entry in found.item.entries] == [("mine", 1), ("yours", 1)]
    assert item(store, third).entries[0].position == 2
    assert merged.moved.as_dict() == {
        "notes": 0, "annotations": 1, "events": 0, "tags": 1, "attachments": 0, "entries": 1,
    }  # fmt: skip


def test_every_line_of_a_list_keeps_its_words(store: Store) -> None:
    text = "# List\n\n## Part\n\n- AntMan: Dynamic Scaling on Clusters (OSDI20)\n- AntMann: Dynamic Scalling on Clusters (arXiv20)\n"
    import_text(store, text, file="list.md")
    keep, other = listing.find(store)
    merging.merge(store, keep, [other])
    assert len(item(store, keep).entries) == 2
    report = import_text(store, text, file="list.md")
    assert (report.added, len(listing.find(store))) == (0, 1)


def test_the_status_is_that_of_the_latest_day(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    reading.mark(store, "read", [keep], allowed=STATUSES, date="2026-01-05")
    reading.mark(store, "reading", [other], allowed=STATUSES, date="2026-02-05", page=7)
    reading.rate(store, 4, [other])
    ids = {event.uid for each in dumping.whole_library(store).items for event in each.events}
    merging.merge(store, keep, [other])
    found = item(store, keep)
    assert (found.read_status, found.rating) == ("reading", 4)
    assert found.progress is not None
    assert found.progress.page == 7
    [only] = dumping.whole_library(store).items
    assert {event.uid for event in only.events} == ids


def test_files_both_have_stay_once(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    with store.step("files"):
        for item_id, path, sha256 in (
            (keep, "/a.pdf", "1"),
            (other, "/copy.pdf", "1"),
            (other, "/b.pdf", "2"),
        ):
            store.run(
                "INSERT INTO attachments (uid, item_id, path, kind, sha256, added) VALUES (?, ?, ?, 'pdf', ?, '')",
                (path, item_id, path, sha256),
            )
    merging.merge(store, keep, [other])
    assert [each.path for each in item(store, keep).attachments] == ["/a.pdf", "/b.pdf"]


def test_relations_lead_to_the_kept_item(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    code, twin = add_item("AntMan", citekey="code", type="software"), add_item("Twin", citekey="twin")
    with store.step("links"):
        items.link(store, other, code)
        items.link(store, keep, other)
        items.link(store, twin, other, "different")
    merging.merge(store, keep, [other])
    assert item(store, keep).related == ("code",)
    kinds = {each.item.citekey: each.relations for each in dumping.whole_library(store).items}
    assert kinds["twin"] == (("keep", "different"),)


def test_a_field_corrected_by_hand_stays_so(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    editing.edit(store, keep, {"abstract": ""})
    editing.edit(store, other, {"doi": "10.1145/2"})
    merging.merge(store, keep, [other])
    assert (item(store, keep).abstract, item(store, keep).doi) == ("", "10.1145/2")
    assert items.locked_fields(store, keep) == {"abstract", "doi"}


def test_several_are_merged_in_order_as_one_step(store: Store, add_item: AddItem) -> None:
    ids = [
        add_item("Work", citekey=key, venue=venue) for key, venue in (("a", ""), ("b", "SOSP"), ("c", "ATC"))
    ]
    steps = len(journaling.steps(store))
    merged = merging.merge(store, ids[0], ids[1:])
    assert (item(store, ids[0]).venue, merged.merged) == ("SOSP", ("b", "c"))
    assert len(journaling.steps(store)) == steps + 1


@pytest.mark.parametrize("others", [[1], [2, 2], []])
def test_an_item_is_not_merged_with_itself(store: Store, add_item: AddItem, others: list[int]) -> None:
    pair(add_item)
    before = dump(store)
    with pytest.raises(InvalidValueError):
        merging.merge(store, 1, others)
    assert dump(store) == before


def test_the_trash_and_what_is_gone_are_not_merged(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    with pytest.raises(UnknownItemError):
        merging.merge(store, keep, [99])
    editing.remove(store, [other])
    for one, two in ((keep, other), (other, keep)):
        with pytest.raises(UnknownItemError):
            merging.merge(store, one, [two])


BIB = """@article{one, title={A System for the Scheduling of Jobs}, year=2020, doi={10.1145/1}, author={Xiao, W.}}
@article{two, title={A System for Scheduling of Jobs}, year=2021, doi={10.1145/2}, author={Xiao, W.}}
"""


def test_importing_what_was_merged_brings_nothing_back(store: Store) -> None:
    import_text(store, BIB, file="refs.bib")
    one, two = listing.find(store)
    merging.merge(store, one, [two])
    after = dump(store)
    report = import_text(store, BIB, file="refs.bib")
    assert (report.added, report.unchanged, dump(store)) == (0, 2, after)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(references=distinct_references(5).filter(lambda found: len(found) > 1), data=st.data())
def test_undo_splits_a_merged_library_exactly(references: list[Reference], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "notes.db", create=True) as store:
        store.clock = Clock()
        with store.step("all"):
            ids = [capturing.insert(store, reference) for reference in references]
        some = st.lists(st.sampled_from(ids), max_size=3, unique=True)
        for words in ("", "Questions"):
            for item_id in data.draw(some):
                writing.save_note(
                    store, item_id, data.draw(st.sampled_from(["a\n", "b\n", f"{item_id}\n"])), title=words
                )
        for item_id in data.draw(some):
            writing.annotate(store, item_id, Annotation(quote=data.draw(st.sampled_from(["q", "r"]))))
        writing.add_tag(store, "moe", data.draw(some))
        collecting.create(store, "List")
        collecting.put(store, "list", data.draw(some))
        for day in ("2026-01-05", "2026-03-05"):
            if chosen := data.draw(some):
                reading.mark(
                    store, data.draw(st.sampled_from(["read", "queued"])), chosen, allowed=STATUSES, date=day
                )
        if data.draw(st.booleans()):
            journaling.undo(store)
        before = dump(store)
        count = data.draw(st.integers(2, len(ids)))
        keep, *others = data.draw(st.permutations(ids))[:count]
        merged = merging.merge(store, keep, others)
        after = dump(store)
        assert set(merged.merged) <= set(item(store, keep).aliases)
        journaling.undo(store)
        assert dump(store) == before
        journaling.redo(store)
        assert dump(store) == after
        journaling.undo(store)
        assert dump(store) == before
        assert store.rows("PRAGMA foreign_key_check") == []


def test_what_was_merged_is_found_by_its_words(store: Store, add_item: AddItem) -> None:
    keep, other = pair(add_item)
    writing.save_note(store, other, "a rare word\n")
    merging.merge(store, keep, [other])
    assert listing.find(store, "rare") == [keep]
    journaling.undo(store)
    assert listing.find(store, "rare") == [other]
    assert bulk.has_event(store, keep, "status") is False


def test_a_backup_from_before_gives_each_item_its_events_again(
    store: Store, home: Home, add_item: AddItem
) -> None:
    keep, other = pair(add_item)
    reading.mark(store, "read", [other], allowed=STATUSES)
    before = dump(store)
    saved = backing_up.backup(store, home, Config()).path
    merging.merge(store, keep, [other])
    merged = dump(store)
    restoring.restore(store, home, Config(), saved, apply=True)
    assert dump(store) == before
    journaling.undo(store)
    assert dump(store) == merged


def test_a_short_name_that_gives_way_stays_with_its_title(store: Store, add_item: AddItem) -> None:
    title = "Exploring Hidden Dimensions in Networks"
    keep = add_item("Beyond Data and Model Parallelism", title_short="FlexFlow", citekey="flexflow")
    other = add_item(title, title_short="OptCNN", citekey="optcnn")
    merging.merge(store, keep, [other])
    assert item(store, keep).extra["other-titles"] == f"OptCNN: {title}"
    report = import_text(store, f"@misc{{optcnn, title = {{{title}}}}}", file="x.bib")
    assert (report.added, report.matched) == (0, 1)
