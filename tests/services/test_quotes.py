"""Annotations of all papers: found, grouped, written with citations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notes_tui.model.item import Annotation
from notes_tui.model.text import one_line
from notes_tui.services import editing, quotes, writing
from notes_tui.services.quotes import Finder, Group
from notes_tui.settings import ROLES
from notes_tui.store import file_annotations
from notes_tui.store.database import Store
from notes_tui.store.file_annotations import PlacedAnnotation
from tests.conftest import AddItem


@pytest.fixture
def library(store: Store, add_item: AddItem) -> Store:
    """Two papers with annotations of three roles and of none."""
    one = add_item("AntMan: Dynamic Scaling", citekey="antman2020", title_short="AntMan")
    two = add_item("Gandiva: Introspective Scheduling", citekey="two++")
    for item_id, annotation in (
        (one, Annotation(page=5, page_label="xii", quote="dynamic *scaling*", role="method")),
        (one, Annotation(comment="Why not\n\nthe network?", role="question")),
        (two, Annotation(page=2, quote="1. 调度 of jobs", comment="so", role="method")),
        (two, Annotation(page=3, quote="# said", role="own")),
        (two, Annotation(page=4, comment="nothing special")),
    ):
        writing.annotate(store, item_id, annotation)
    return store


def test_annotations_stand_under_roles_in_the_order_of_the_config_or_under_papers(library: Store) -> None:
    by_role = quotes.grouped(library, "role", ROLES)
    assert [(each.glyph, each.heading, len(each.annotations)) for each in by_role] == [
        ("⚙", "method", 2), ("?", "question", 1), ("•", "own", 1), ("", "without a role", 1),
    ]  # fmt: skip
    assert [len(each.annotations) for each in quotes.grouped(library, "paper", ROLES)] == [2, 3]
    [without] = quotes.grouped(library, "role", ROLES, role="none")
    assert [each.annotation.comment for each in without.annotations] == ["nothing special"]


def test_words_find_annotations_by_what_they_say_their_role_and_their_paper(library: Store) -> None:
    finder = Finder(file_annotations.of_library(library))

    def found(text: str) -> list[int | None]:
        return [each.annotation.page for each in finder.find(text)]

    assert found("") == [5, None, 2, 3, 4]
    assert found("SCALING antman") == [5]
    assert found("调度") == [2]
    assert found("role:method") == [5, 2]
    assert found("role:none") == [4]
    assert found("network scaling") == []


def test_quotes_are_written_with_the_citation_of_their_paper_and_page(library: Store) -> None:
    text = quotes.markdown(quotes.grouped(library, "role", ROLES), "role")
    assert text.startswith(
        "## method\n\n> dynamic \\*scaling\\*\n>\n> — AntMan [@antman2020, p. xii]\n\n"
        "> 1\\. 调度 of jobs\n>\n> — Gandiva: Introspective Scheduling [@{two++}, p. 2]\n\nso\n\n"
        "## question\n\nWhy not\n\nthe network?\n\n— AntMan [@antman2020]\n\n## own\n\n> \\# said\n"
    )
    by_paper = quotes.markdown(quotes.grouped(library, "paper", ROLES), "paper")
    assert by_paper.startswith("## AntMan\n\n> dynamic \\*scaling\\*\n>\n> — method [@antman2020, p. xii]\n")
    assert quotes.markdown([], "role") == ""


def test_the_words_to_paste_carry_their_citation(library: Store) -> None:
    found = file_annotations.of_library(library)
    assert quotes.with_citation(found[0]) == "“dynamic *scaling*” [@antman2020, p. xii]"
    assert quotes.with_citation(found[1]) == "Why not the network? [@antman2020]"


def test_a_file_leaves_out_what_is_private_and_is_not_written_twice(library: Store, tmp_path: Path) -> None:
    groups = quotes.grouped(library, "role", ROLES)
    editing.edit(library, groups[0].annotations[0].item_id, {"private": "yes"})
    place = tmp_path / "quotes.json"
    done = quotes.export_file(library, place, groups, "role")
    assert (done.annotations, done.left_out, done.changed) == (3, 2, True)
    assert not quotes.export_file(library, place, groups, "role").changed
    written = json.loads(place.read_text("utf-8"))
    assert [(each["citekey"], each["page"], each["citation"]) for each in written] == [
        ("two++", 2, "[@{two++}, p. 2]"), ("two++", 3, "[@{two++}, p. 3]"),
        ("two++", 4, "[@{two++}, p. 4]"),
    ]  # fmt: skip
    everything = quotes.export_file(library, tmp_path / "q.md", groups, "role", include_private=True)
    assert (everything.annotations, everything.left_out) == (5, 0)


@given(st.text(st.sampled_from("a#>-+=|:~1.) *_`<&!]([x调\n"), max_size=30))
def test_the_words_of_a_quote_come_out_of_markdown_as_they_are(words: str) -> None:
    placed = PlacedAnnotation(1, "k", "Name", Annotation(quote=f"{words}z"), False)
    text = quotes.markdown([Group("role", "", (placed,))], "role")
    tokens = MarkdownIt("commonmark").parse(text)
    texts = [
        "".join(child.content for child in token.children or () if child.type == "text")
        for token in tokens
        if token.type == "inline"
    ]
    assert texts == ["role", one_line(f"{words}z"), "— Name [@k]"]
    assert [token.type for token in tokens][3] == "blockquote_open"
