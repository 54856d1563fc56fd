"""Items that may be the work of a reference, by every key they can be known by."""

from __future__ import annotations

import pytest

from notes_tui.model.item import Link, Reference
from notes_tui.services import editing
from notes_tui.store import lookup
from notes_tui.store.database import Store
from tests.conftest import AddItem

FORUM = Link("paper", "https://openreview.net/forum?id=aB3-x")


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({"doi": "10.1145/ABC"}, Reference(doi="10.1145/abc")),
        ({"arxiv": "1706.03762"}, Reference(doi="10.48550/arXiv.1706.03762")),
        ({"links": (FORUM,)}, Reference(links=(Link("pdf", "https://openreview.net/pdf?id=aB3-x"),))),
        ({"doi": "10.18653/v1/P19-1001"}, Reference(links=(Link("paper", "https://aclanthology.org/P19-1001"),))),
        ({"links": (Link("paper", "https://aclweb.org/anthology/P19-1001"),)}, Reference(doi="10.18653/v1/P19-1001")),
        ({"type": "book", "extra": {"ISBN": "0-306-40615-2"}}, Reference(type="book", extra={"ISBN": "9780306406157"})),
        ({"title": "Pre-Training of Things"}, Reference(title="Pretraining of things")),
        ({"title": "AntMan: Dynamic Scaling on GPU Clusters"}, Reference(title="Dynamic scaling on GPU clusters")),
        ({"citekey": "xiao2020"}, Reference(citekey="Xiao2020", title="Something else")),
    ],
)  # fmt: skip
def test_one_and_many_are_looked_up_by_the_same_keys(
    store: Store, add_item: AddItem, known: dict[str, object], asked: Reference
) -> None:
    add_item("Quite Another Work", links=(Link("paper", "https://openreview.net/forum?id=zzz"),))
    item_id = add_item(**{"title": "A Work", **known})
    assert lookup.candidate_ids(store, asked) == [item_id]
    editing.remove(store, [item_id])
    assert lookup.candidate_ids(store, asked) == []


def test_a_certain_match_is_told_from_a_doubtful_one(store: Store, add_item: AddItem) -> None:
    item_id = add_item("Dynamic Scaling of Jobs on Clusters", links=(FORUM,))
    assert lookup.same_work(store, Reference(title="Dynamic scaling of jobs on clusters")) == item_id
    stranger = Reference(title="A Title That Says Otherwise", links=(FORUM,))
    assert lookup.same_work(store, stranger) is None
    assert [each.reason for each in lookup.matching(store, stranger).proposals] == [
        "same OpenReview id, but the titles disagree"
    ]
