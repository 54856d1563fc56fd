"""Pairs that may be one work are proposed with reasons, and never again once they were said to be two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from notes_tui.errors import InvalidValueError
from notes_tui.model.item import Creator, Link, Reference
from notes_tui.services import (
    capturing,
    duplicates,
    editing,
    exporting,
    journaling,
    merging,
    vault,
    vault_importing,
    writing,
)
from notes_tui.services.importing import import_text
from notes_tui.settings import Home
from notes_tui.store import items
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES, AddItem

XIAO = (Creator("Xiao", "Wencong"), Creator("Ren", "Shiru"))


def proposed(store: Store) -> list[tuple[str, str]]:
    return [(each.item.citekey, each.candidate.citekey) for each in duplicates.find(store)]


@pytest.fixture
def twins(add_item: AddItem) -> tuple[int, int]:
    title = "Dynamic Scaling of Training Jobs on Clusters"
    return (
        add_item(title, citekey="one", creators=XIAO, year=2020),
        add_item(title.replace("Scaling", "Scalling"), citekey="two", creators=XIAO, year=2020),
    )


def test_titles_nearly_alike_are_proposed_with_reason_and_score(store: Store, twins: tuple[int, int]) -> None:
    [found] = duplicates.find(store)
    assert not found.certain
    assert found.reason.startswith("titles alike (9")
    assert 0.9 < found.score < 1
    assert set(found.as_dict()) == {
        "citekey", "candidate", "reason", "score", "certain", "title", "candidate_title",
    }  # fmt: skip


def test_what_an_import_would_join_comes_first(
    store: Store, add_item: AddItem, twins: tuple[int, int]
) -> None:
    add_item("A Work of Its Own Kind", citekey="a")
    add_item("A work of its own kind", citekey="b")
    assert proposed(store) == [("a", "b"), ("one", "two")]
    first = duplicates.find(store)[0]
    assert (first.certain, first.score, first.reason) == (True, 1.0, "the same title")


def test_the_item_that_was_written_on_is_the_one_to_keep(store: Store, twins: tuple[int, int]) -> None:
    assert proposed(store) == [("one", "two")]
    writing.save_note(store, twins[1], "words\n")
    assert proposed(store) == [("two", "one")]


@pytest.mark.parametrize(
    "other",
    [
        Reference(title="A Survey of Cluster Schedulers, Part II"),
        Reference(title="A Survey of Cluster Schedulers 2"),
        Reference(title="Surveying Quite Other Things"),
        Reference(title="A Survey of Cluster Schedulers, Part I", type="software"),
        Reference(title="A Survey of Cluster Schooners, Part I", creators=(Creator("Other", "Person"),)),
    ],
)  # fmt: skip
def test_other_works_are_not_proposed(store: Store, add_item: AddItem, other: Reference) -> None:
    shared = (Link("code", "https://github.com/o/n"),)
    add_item("A Survey of Cluster Schedulers, Part I", title_short="Survey", creators=XIAO, links=shared)
    with store.step("other"):
        capturing.insert(store, replace(other, title_short="Survey", links=shared))
    assert proposed(store) == []


def test_an_identifier_with_titles_that_disagree_is_doubtful(store: Store, add_item: AddItem) -> None:
    add_item("Fast Training on Slow Networks", doi="10.1145/1", citekey="a")
    add_item("Something Else Entirely", doi="10.1145/1", citekey="b")
    [found] = duplicates.find(store)
    assert (found.certain, found.reason) == (False, "same DOI, but the titles disagree")


def test_the_trash_is_left_out(store: Store, twins: tuple[int, int]) -> None:
    editing.remove(store, [twins[1]])
    assert proposed(store) == []


def test_linked_items_are_two_works(store: Store, twins: tuple[int, int]) -> None:
    with store.step("link"):
        items.link(store, *twins)
    assert proposed(store) == []


def test_a_pair_said_to_be_different_never_comes_back(
    store: Store, home: Home, twins: tuple[int, int]
) -> None:
    assert duplicates.set_apart(store, twins[1], [twins[0]])[0] == 1
    assert proposed(store) == []
    assert duplicates.set_apart(store, twins[0], [twins[1]])[0] == 0
    assert [items.by_id(store, each).related for each in twins] == [(), ()]
    text = exporting.export_text(store, "json")
    with open_store(home.path / "other.db", create=True) as other:
        import_text(other, text, file="dump.json")
        assert proposed(other) == []
        assert exporting.export_text(other, "json") == text
    journaling.undo(store)
    assert proposed(store) == [("one", "two")]
    journaling.redo(store)
    assert proposed(store) == []


def test_that_two_are_different_gives_way_to_a_link(store: Store, twins: tuple[int, int]) -> None:
    duplicates.set_apart(store, twins[0], [twins[1]])
    with store.step("link"):
        items.link(store, *twins)
        items.link(store, *twins, "different")
    assert items.by_id(store, twins[0]).related == ("two",)


def test_an_item_is_not_different_from_itself(store: Store, twins: tuple[int, int]) -> None:
    with pytest.raises(InvalidValueError):
        duplicates.set_apart(store, twins[0], [twins[1], twins[0]])
    assert proposed(store) == [("one", "two")]


def test_merging_a_pair_ends_the_proposal(store: Store, twins: tuple[int, int]) -> None:
    merging.merge(store, twins[0], [twins[1]])
    assert proposed(store) == []


def test_a_vault_carries_what_was_said_to_be_different_and_what_was_merged(
    store: Store, home: Home, add_item: AddItem, twins: tuple[int, int], tmp_path: Path
) -> None:
    third = add_item("Scaling Dynamically", citekey="three", year=2018, venue="arXiv", title_short="Three")
    duplicates.set_apart(store, twins[0], [twins[1]])
    merging.merge(store, twins[1], [third])
    vault.export_vault(store, tmp_path / "vault")
    with open_store(home.path / "other.db", create=True) as other:
        vault_importing.import_vault(other, tmp_path / "vault", statuses=STATUSES)
        assert proposed(other) == []
        assert exporting.export_text(other, "json") == exporting.export_text(store, "json")


def test_looking_for_them_can_be_ended_in_between(store: Store, add_item: AddItem) -> None:
    for number in range(3):
        add_item(f"Scheduling Tensors on Many Machines {'again ' * number}")

    class EndedError(Exception):
        pass

    def end() -> None:
        raise EndedError

    with pytest.raises(EndedError):
        duplicates.find(store, end)
