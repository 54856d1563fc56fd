"""An item's file: readable, complete, and the note in it byte for byte."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from notes_tui.formats.vault import note
from notes_tui.formats.vault.annotation_lines import WRITTEN, is_readable
from notes_tui.formats.vault.document import take_apart
from notes_tui.model.item import Annotation, Creator, Entry, Item, ItemDetail, Link, Note, Progress

ITEM = Item(
    citekey="antman2020",
    aliases=("DBLP:conf/osdi/XiaoR20",),
    type="paper-conference",
    title="AntMan: Dynamic Scaling on GPU Clusters for Deep Learning",
    title_short="AntMan",
    creators=(Creator("Xiao", "Wencong"), Creator(literal="Alibaba")),
    venue="OSDI",
    year=2020,
    arxiv="2301.00010",
    links=(Link("paper", "https://example.org/antman"),),
    read_status="reading",
    rating=4,
    progress=Progress(5, 12),
    tags=("gpu", "moe/routing"),
    added="2026-11-21T23:04:05+01:00",
    entries=(
        Entry("research-space", ("Cluster Scheduling",), 1, "AntMan", "AntMan [OSDI 2020]"),
        Entry("mine", (), 3, "AntMan", "AntMan"),
    ),
)
QUOTE = Annotation(
    id="a1b2c3d4e5", kind="highlight", page=5, quote="GPUs are\nidle.", comment="Why?", role="claim"
)


def detail(
    body: str = "", *, item: Item = ITEM, annotations: tuple[Annotation, ...] = (), **more: str
) -> ItemDetail:
    notes = [Note("", body)] if body else []
    return ItemDetail(item, (*notes, *(Note(title, text) for title, text in more.items())), annotations, ())


def test_a_file_reads_like_a_page_of_notes() -> None:
    text = note.write(detail("It scales.\n", annotations=(QUOTE,), Questions="What of memory?"))
    mark = note.note_marks([Note("", "It scales.\n"), Note("Questions", "What of memory?")])["Questions"]
    assert (
        text
        == f"""---
citekey: antman2020
read_status: reading
title: "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning"
title_short: AntMan
rating: 4
type: paper-conference
progress: {{page: 5, pages: 12}}
creators:
  - {{family: Xiao, given: Wencong}}
  - {{literal: Alibaba}}
venue: OSDI
year: 2020
arxiv: "2301.00010"
links:
  - {{kind: paper, url: "https://example.org/antman"}}
tags:
  - gpu
  - moe/routing
added: "2026-11-21T23:04:05+01:00"
collections:
  - {{slug: research-space, section: [Cluster Scheduling]}}
  - {{slug: mine}}
aliases:
  - "DBLP:conf/osdi/XiaoR20"
---

# AntMan: Dynamic Scaling on GPU Clusters for Deep Learning

## Annotations

- p. 5 · claim ^a1b2c3d4e5
  > GPUs are
  > idle.

  Why?

## Note

It scales.

## Questions ^{mark}

What of memory?
"""
    )


def test_any_yaml_reader_finds_the_fields() -> None:
    fields = yaml.safe_load(take_apart(note.write(detail())).front)
    assert fields["title"] == ITEM.title
    assert fields["arxiv"] == "2301.00010"
    assert fields["year"] == 2020
    assert fields["creators"] == [{"family": "Xiao", "given": "Wencong"}, {"literal": "Alibaba"}]
    assert fields["tags"] == ["gpu", "moe/routing"]
    assert fields["added"] == "2026-11-21T23:04:05+01:00"


def test_an_item_without_anything_still_makes_a_file() -> None:
    text = note.write(detail(item=Item(citekey="x")))
    assert text.endswith("\n---\n\n# x\n")
    assert note.citekey_in(text) == "x"


@pytest.mark.parametrize(
    "title", ["BERT [MASK] and [/b]", "a\x1b[31mred", "x" * 3000, "../../etc", "CON", "调度 🎉 𝜆", "a\nb", "# *x* <script>", "\u202eevil"]
)  # fmt: skip
def test_titles_of_any_kind_come_back_from_the_front_matter(title: str) -> None:
    text = note.write(detail("body\n", item=replace(ITEM, title=title)))
    read = note.read(text)
    assert read.fields["title"] == title
    assert read.sections[0].body == "body\n"
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_text_added_at_the_end_belongs_to_the_note() -> None:
    text = note.write(detail(annotations=(QUOTE,))) + "\nMy own words.\n"
    read = note.read(text, {"a1b2c3d4e5"}, set())
    assert [each.id for each in read.annotations] == ["a1b2c3d4e5"]
    assert [each.body for each in read.sections] == ["My own words.\n"]


def test_a_moved_annotation_is_known_by_its_id_and_words_between_are_kept() -> None:
    text = note.write(detail("First.\n\nLast.\n", annotations=(QUOTE, replace(QUOTE, id="b1b2c3d4e5"))))
    block = text[text.index("- p. 5 · claim ^b1") : text.index("## Note")]
    moved = text.replace(block, "Between.\n\n").replace("Last.", f"{block}Last.")
    read = note.read(moved, {"a1b2c3d4e5", "b1b2c3d4e5"}, set())
    assert {each.id for each in read.annotations} == {"a1b2c3d4e5", "b1b2c3d4e5"}
    assert {each.quote for each in read.annotations} == {"GPUs are\nidle."}
    for words in ("Between.", "First.", "Last."):
        assert read.sections[0].body.count(words) == 1


@pytest.mark.parametrize("known", [(QUOTE.id,), None])
def test_words_under_the_title_begin_the_note_and_the_list_below_them_is_read(
    known: tuple[str, ...] | None,
) -> None:
    text = note.write(detail("It scales.\n", annotations=(QUOTE,)))
    title = f"# {ITEM.title}\n"
    own = text.replace(title, f"{title}\n## Mine\n\nFirst words.\n")
    [said] = note.read(own, known).sections
    assert said.body == "## Mine\n\nFirst words.\n\nIt scales.\n"
    assert note.read(own, known).annotations == note.read(text).annotations
    [said] = note.read(text.replace(title, f"{title}\n\n"), known).sections
    assert said.body == "It scales.\n"


def test_a_note_moved_above_the_annotations_is_the_same_note() -> None:
    text = note.write(detail("It scales.\n", annotations=(QUOTE,)))
    head, _, rest = text.partition("\n## Annotations\n")
    listed, _, body = rest.partition("\n## Note\n")
    moved = f"{head}\n## Note\n{body}\n## Annotations\n{listed}"
    assert note.read(moved, {QUOTE.id}) == note.read(text)
    [said] = note.read(f"{moved}\nLast words.\n", {QUOTE.id}).sections
    assert said.body == "It scales.\n\nLast words.\n"


def test_lines_that_only_look_like_annotations_stay_in_the_note() -> None:
    body = "- p. 5 · claim ^ffffffffff\n  > mine\n\n## Title ^n00000000\n\n- item ^a1b2c3d4e5\n"
    text = note.write(detail(body, annotations=(QUOTE,)))
    read = note.read(text, {"a1b2c3d4e5"}, set())
    assert read.sections == (note.Section("", "", body),)
    assert read.annotations == (replace(QUOTE, kind="highlight"),) or read.annotations[0].quote == QUOTE.quote


def test_crlf_files_are_read_like_others() -> None:
    text = note.write(detail("One.\n", annotations=(QUOTE,))).replace("\n", "\r\n")
    read = note.read("\ufeff" + text)
    assert read.fields["citekey"] == "antman2020"
    assert read.annotations[0].quote == QUOTE.quote


@pytest.mark.parametrize(
    "front", ["a: [", "- x", "a: 1\na: 2", "\x00: 1", "a: &x [*x]", "[" * 5000, "? x\n: y"]
)
def test_a_front_matter_that_cannot_be_read_is_a_problem_and_no_crash(front: str) -> None:
    read = note.read(f"---\n{front}\n---\n\n# T\n\nbody\n")
    assert read.sections[0].body == "body\n"


bodies = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=40),
    st.lists(
        st.sampled_from(
            ["## Annotations", "## Note", "# T", "---", "", "- p. 1 ^a1b2c3d4e5", "  > q", "text", "## X ^n12345678", "```", "\r"]
        ),
        min_size=1,
        max_size=8,
    ).map("\n".join),
)  # fmt: skip
annotation_texts = st.one_of(st.just(""), bodies)
annotations = st.builds(
    Annotation,
    kind=st.sampled_from(["highlight", "note", "ink"]),
    page=st.none() | st.integers(1, 5000),
    page_label=st.sampled_from(["", "xii", "5", "p. 5", "a (3)", " · "]),
    quote=annotation_texts,
    comment=annotation_texts,
    role=st.sampled_from(["", "claim", "note", "my role", "p. 4"]),
)


@given(
    body=st.just("") | bodies, others=st.lists(bodies, max_size=2), found=st.lists(annotations, max_size=3)
)
@example(body="## Note\n\n## Note", others=["## Note"], found=[])
def test_every_note_comes_back_byte_for_byte(body: str, others: list[str], found: list[Annotation]) -> None:
    named = tuple(replace(each, id=f"{index:010x}") for index, each in enumerate(found))
    notes = ([Note("", body)] if body else []) + [Note(f"T{i}", text) for i, text in enumerate(others)]
    marks = note.note_marks(notes)
    text = note.write(ItemDetail(ITEM, tuple(notes), named, ()), marks)
    read = note.read(text, {each.id for each in named}, set(marks.values()))
    by_mark = {each.mark: each.body for each in read.sections}
    for each in notes:
        expected = each.body if each.body.endswith("\n") else each.body + "\n"
        assert by_mark[marks.get(each.title, "")] == expected
    assert [each.id for each in read.annotations] == [each.id for each in named]
    for said, meant in zip(read.annotations, named, strict=True):
        if is_readable(meant):
            assert all(getattr(said, name) == getattr(meant, name) for name in WRITTEN)


@given(st.text())
def test_reading_never_fails(text: str) -> None:
    note.read(text)
    note.read(f"---\n{text}\n---\n{text}")
