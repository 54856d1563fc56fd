"""A file brought to say something else: what its owner made of it stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.vault import note
from notes_tui.formats.vault.rewriting import rewrite
from notes_tui.model.item import Annotation, Item, ItemDetail, Note

ITEM = Item(citekey="key2020", title="A Title", tags=("gpu",), venue="OSDI", year=2020, added="2026-01-01")
MARK = Annotation(id="a000000000", quote="A quote", page=1)
START = ItemDetail(ITEM, (Note("", "First.\n\nSecond 调度.\n"),), (MARK,), ())

CHANGES = {
    "title": replace(START, item=replace(ITEM, title="Another: 新")),
    "tags": replace(START, item=replace(ITEM, tags=("gpu", "moe/routing"))),
    "no venue": replace(START, item=replace(ITEM, venue="")),
    "rating": replace(START, item=replace(ITEM, rating=5)),
    "note": replace(START, notes=(Note("", "First.\n\nSecond 调度.\n\nThird.\n"),)),
    "annotation": replace(START, annotations=(MARK, Annotation(id="b000000000", quote="New", page=2))),
    "no annotation": replace(START, annotations=()),
}
changes = st.sampled_from(sorted(CHANGES))


def dressed(text: str, *, crlf: bool, marked: bool, bare: bool) -> str:
    """A file as an owner with habits of their own leaves it."""
    text = text.replace("venue: OSDI\n", "my_score: 9  # mine\nvenue: OSDI  # a comment\n")
    text = text.removesuffix("\n") if bare else text
    text = text.replace("\n", "\r\n") if crlf else text
    return "\ufeff" + text if marked else text


@given(change=changes, crlf=st.booleans(), marked=st.booleans(), bare=st.booleans())
def test_the_file_says_what_it_should_and_keeps_its_owners_ways(
    change: str, crlf: bool, marked: bool, bare: bool
) -> None:
    meant, wanted = note.write(START), note.write(CHANGES[change])
    text = rewrite(dressed(meant, crlf=crlf, marked=marked, bare=bare), meant, wanted)
    assert text.startswith("\ufeff") == marked
    assert (text.count("\r\n") == text.count("\n")) == crlf
    assert "my_score: 9  # mine" in text
    said, should = note.read(text), note.read(wanted)
    fields = {key: value for key, value in said.fields.items() if key != "my_score"}
    assert fields == should.fields
    assert said.annotations == should.annotations
    assert [each.body.rstrip("\n") for each in said.sections] == [
        each.body.rstrip("\n") for each in should.sections
    ]


@given(change=changes, crlf=st.booleans(), marked=st.booleans(), bare=st.booleans())
def test_there_and_back_again_leaves_every_byte(change: str, crlf: bool, marked: bool, bare: bool) -> None:
    meant, wanted = note.write(START), note.write(CHANGES[change])
    text = dressed(meant, crlf=crlf, marked=marked, bare=bare)
    assert rewrite(text, meant, meant) == text
    if change in ("title", "tags", "rating"):
        assert rewrite(rewrite(text, meant, wanted), wanted, meant) == text


@pytest.mark.parametrize("key", ["venue", "tags"])
def test_keys_to_be_kept_are_left_alone(key: str) -> None:
    meant = note.write(START)
    wanted = note.write(replace(START, item=replace(ITEM, venue="NSDI", tags=(), title="Other")))
    text = rewrite(meant, meant, wanted, keep={key})
    assert ("venue: OSDI" in text) == (key == "venue")
    assert ("  - gpu\n" in text) == (key == "tags")
    assert "title: Other\n" in text
