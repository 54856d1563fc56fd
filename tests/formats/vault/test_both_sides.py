"""Random edits on both sides of a note's file: everything of both is there, once, and nothing moves again."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.formats.vault import merge_documents, note
from notes_tui.formats.vault.document import take_apart
from notes_tui.model.item import Annotation, Item, ItemDetail, Note

PARAGRAPHS = ["First paragraph.", "## Method", "Second paragraph 调度.", "- one\n- two", "Last paragraph."]
FIRST = Annotation(id="a000000000", quote="A quote", page=1, role="claim")
START = ItemDetail(
    Item(
        citekey="key2020", title="A Title", read_status="unread", tags=("gpu", "moe"), venue="OSDI", year=2020,
        added="2026-01-01",
    ),
    (Note("", "\n\n".join(PARAGRAPHS) + "\n"),), (FIRST,), (),
)  # fmt: skip


@dataclass(slots=True)
class Edited:
    """One side after its edits, and the words it must not lose."""

    text: str
    words: list[str] = field(default_factory=list)
    fields: dict[str, object] = field(default_factory=dict)


library_edits = st.lists(
    st.sampled_from(["title", "status", "rating", "tag", "untag", "annotate", "comment", "append", "insert"]),
    max_size=5,
    unique=True,
)
owner_edits = st.lists(
    st.sampled_from(
        ["append", "insert", "heading", "key", "reorder", "comment", "tag", "crlf", "mark", "bare"]
    ),
    max_size=6,
    unique=True,
)


def edited_by_library(edits: list[str], place: int) -> Edited:
    item, notes, annotations = START.item, list(PARAGRAPHS), list(START.annotations)
    side = Edited("")
    for edit in edits:
        match edit:
            case "title":
                item = replace(item, title="Another Title: 新")
                side.fields["title"] = item.title
            case "status":
                item = replace(item, read_status="read")
                side.fields["read_status"] = "read"
            case "rating":
                item = replace(item, rating=4)
                side.fields["rating"] = 4
            case "tag":
                item = replace(item, tags=(*item.tags, "library"))
            case "untag":
                item = replace(item, tags=tuple(tag for tag in item.tags if tag != "gpu"))
            case "annotate":
                annotations.append(Annotation(id="b000000000", comment="Remark of the library", page=7))
                side.words.append("Remark of the library")
            case "comment":
                annotations[0] = replace(annotations[0], comment="Comment of the library")
                side.words.append("Comment of the library")
            case "append":
                notes.append("Appended by the library.")
                side.words.append("Appended by the library.")
            case "insert":
                notes.insert(place % 5, "Inserted by the library.")
                side.words.append("Inserted by the library.")
    body = "\n\n".join(notes) + "\n"
    side.text = note.write(ItemDetail(item, (Note("", body),), tuple(annotations), ()))
    return side


def edited_by_owner(edits: list[str], place: int) -> Edited:
    text = note.write(START)
    side = Edited(text)
    at = PARAGRAPHS[1 + place % 4].split("\n")[0]
    for edit in edits:
        parts = take_apart(text.removeprefix("\ufeff"))
        match edit:
            case "append":
                text += "\nMy paragraph at the end.\n"
                side.words.append("My paragraph at the end.")
            case "insert":
                text = text.replace(f"\n{at}\n", f"\nMy paragraph inside.\n\n{at}\n", 1)
                side.words.append("My paragraph inside.")
            case "heading":
                text = text.replace(f"\n{at}\n", f"\n## My heading\n\nMy words.\n\n{at}\n", 1)
                side.words += ["## My heading", "My words."]
            case "key":
                text = replace(parts, front=parts.front + "my_score: 9\n").text
                side.words.append("my_score: 9")
                side.fields["my_score"] = 9
            case "comment":
                text = text.replace("year: 2020\n", "year: 2020  # checked\n")
                side.words.append("# checked")
            case "tag":
                text = text.replace("tags:\n", "tags:\n  - mine\n")
            case "reorder":
                lines = [
                    line for line in parts.front.split("\n") if line and not line.startswith((" ", "tags"))
                ]
                tags = [line for line in parts.front.split("\n") if line.startswith((" ", "tags"))]
                random.Random(place).shuffle(lines)
                text = replace(parts, front="\n".join([*lines, *tags, ""])).text
    if "bare" in edits:
        text = text.rstrip("\n")
    if "crlf" in edits:
        text = text.replace("\n", "\r\n")
    side.text = "\ufeff" + text if "mark" in edits else text
    return side


@given(library_edits, owner_edits, st.integers(0, 20), st.integers(0, 20))
@settings(max_examples=300, deadline=None)
def test_everything_of_both_sides_is_there_once(
    ours: list[str], theirs: list[str], here: int, there: int
) -> None:
    base = note.write(START)
    library, owner = edited_by_library(ours, here), edited_by_owner(theirs, there)
    merged = merge_documents(base, library.text, owner.text)
    assert not merged.conflicts
    for words in (*library.words, *owner.words):
        assert merged.text.count(words) == 1
    parts = take_apart(merged.text.removeprefix("\ufeff").replace("\r\n", "\n"))
    fields = yaml.safe_load(parts.front)
    for name, value in (library.fields | owner.fields).items():
        assert fields[name] == value
    assert set(fields["tags"]) == {"moe"} | ({"gpu"} - ({"gpu"} if "untag" in ours else set())) | (
        {"library"} if "tag" in ours else set()
    ) | ({"mine"} if "tag" in theirs else set())
    assert merged.text.startswith("\ufeff") == ("mark" in theirs)
    if "crlf" in theirs:
        assert merged.text.count("\n") == merged.text.count("\r\n")
    assert merge_documents(library.text, library.text, merged.text).text == merged.text
    assert merge_documents(base, library.text, merged.text).text == merged.text
    ids = {"a000000000", "b000000000"}
    assert {each.id for each in note.read(merged.text, ids, ()).annotations} == (
        ids if "annotate" in ours else {"a000000000"}
    )


@given(owner_edits, owner_edits, st.integers(0, 20), st.integers(0, 20))
@settings(max_examples=200, deadline=None)
def test_two_machines_get_the_same_whoever_merges(
    one: list[str], other: list[str], here: int, there: int
) -> None:
    base = note.write(START)
    words = {"append", "insert", "heading", "key", "tag"}
    first = edited_by_owner([edit for edit in one if edit in words], here)
    second = edited_by_owner([edit for edit in other if edit in words], there)
    merged, mirrored = (
        merge_documents(base, first.text, second.text),
        merge_documents(base, second.text, first.text),
    )
    assert len(merged.conflicts) == len(mirrored.conflicts)
    if not merged.conflicts:
        assert merged.text == mirrored.text
