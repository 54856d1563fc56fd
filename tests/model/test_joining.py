"""What a description adds to the item it belongs to, and which item that is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from notes_tui.model.item import Creator, Item, Link, Reference
from notes_tui.model.joining import additions, address_key, adds_nothing, choose
from tests.references import references

PAPER = Reference(
    citekey="antman2020", type="paper-conference", title="AntMan: Dynamic Scaling on GPU Clusters",
    creators=(Creator("Xiao", "Wencong"),), venue="OSDI", year=2020, links=(Link("paper", "https://x.example/p"),),
    extra={"page": "533-548"},
)  # fmt: skip


def item(reference: Reference, item_id: int = 1, **fields: object) -> Item:
    names = (
        "citekey",
        "type",
        "title",
        "title_short",
        "creators",
        "venue",
        "year",
        "doi",
        "arxiv",
        "abstract",
        "links",
        "extra",
    )
    return Item(item_id=item_id, **{name: getattr(reference, name) for name in names}, **fields)  # type: ignore[arg-type]


def test_what_is_empty_is_filled_and_what_is_there_stays() -> None:
    bare = Reference(title="AntMan", venue="OSDI 2020")
    assert additions(bare, PAPER) == {
        "creators": PAPER.creators, "year": 2020, "links": PAPER.links, "extra": PAPER.extra,
    }  # fmt: skip


def test_a_published_venue_takes_the_place_of_arxiv() -> None:
    preprint = Reference(title=PAPER.title, type="article", venue="arXiv", year=2019)
    changes = additions(preprint, PAPER)
    assert (changes["venue"], changes["year"], changes["type"]) == ("OSDI", 2020, "paper-conference")
    assert "venue" not in additions(PAPER, preprint)


def test_a_bare_title_gets_the_kind_of_work_it_is() -> None:
    book = Reference(title="T", type="book")
    assert additions(Reference(title="T", type="article"), book) == {"type": "book"}
    assert additions(Reference(title="T", type="article", venue="Nature"), book) == {}


def test_a_longer_list_of_names_takes_the_place_of_its_beginning() -> None:
    beginning = replace(PAPER, extra={"et-al": "yes"})
    whole = replace(PAPER, creators=(Creator("Xiao", "Wencong"), Creator("Ren", "Shiru")), extra={})
    assert additions(beginning, whole) == {"creators": whole.creators, "extra": {}}
    other_people = replace(whole, creators=(Creator("Lee", "A."), Creator("Kim", "B.")))
    assert "creators" not in additions(beginning, other_people)


@pytest.mark.parametrize(
    ("known", "arriving"),
    [
        (Reference(title="T", links=(Link("paper", "https://arxiv.org/abs/1706.03762"),)), Reference(title="T", arxiv="1706.03762")),
        (Reference(title="T", links=(Link("paper", "https://doi.org/10.1000/x.y"),)), Reference(title="T", doi="10.1000/x.y")),
        (Reference(title="T", arxiv="1706.03762"), Reference(title="T", arxiv="1706.03762", venue="arXiv")),
        (Reference(title="T", links=(Link("code", "https://X.example/a/"),)), Reference(title="T", links=(Link("paper", "http://www.x.example/a"),))),
        (Reference(title="T", year=2020), Reference(title="T", year=2019, extra={"issued": "2019-05"})),
    ],
)  # fmt: skip
def test_what_an_item_says_in_another_place_adds_nothing(known: Reference, arriving: Reference) -> None:
    assert additions(known, arriving) == {}


@given(references())
def test_a_reference_adds_nothing_to_itself(reference: Reference) -> None:
    assert additions(reference, reference) == {}
    assert adds_nothing(reference, reference)


@given(references(), references())
def test_adding_twice_adds_nothing_more(first: Reference, second: Reference) -> None:
    once = replace(first, **additions(first, second))  # type: ignore[arg-type]
    assert additions(once, second) == {}


def test_the_same_key_and_words_are_the_same_work_however_short_the_title() -> None:
    gemini, other = (
        item(Reference(citekey="gemini", title="Gemini"), 1),
        item(Reference(citekey="gem", title="Gemini"), 2),
    )
    assert choose(Reference(citekey="gem", title="Gemini"), [gemini, other])[0] == other
    assert choose(Reference(citekey="third", title="Gemini"), [gemini, other])[0] is None


def test_an_item_in_the_trash_counts_only_where_nothing_else_does() -> None:
    binned, live = item(PAPER, 1, trashed="2026-01-01T00:00:00+00:00"), item(PAPER, 2)
    assert choose(PAPER, [binned, live])[0] == live
    assert choose(replace(PAPER, citekey=""), [binned])[0] == binned


def test_likeness_proposes_and_never_joins() -> None:
    same, doubtful = choose(
        replace(PAPER, citekey="", title="AntMan: Dynamic Scaling on GPU Cluster"), [item(PAPER)]
    )
    assert same is None
    assert [found.citekey for found, _ in doubtful] == ["antman2020"]


def test_addresses_are_compared_without_what_does_not_matter() -> None:
    assert address_key("HTTPS://www.Example.org/A%7B/") == address_key("http://example.org/A{")
    assert address_key("https://example.org/A") != address_key("https://example.org/a")
