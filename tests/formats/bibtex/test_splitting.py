"""A file is cut into the same blocks whether the quick pattern or bibtexparser takes an entry."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.formats.bibtex import read
from notes_tui.formats.bibtex.splitting import Block, cut


def fields(block: Block) -> list[tuple[str, str]]:
    return [(name, value) for name, value, _, _ in block.parts]


def test_a_regular_entry() -> None:
    [block] = cut('\n@Article{key,\n a = {x {y {z}} \\{},\n b="q {\\"o}", c = 12,d=jan}', "f").blocks
    assert (block.type, block.key, block.line) == ("article", "key", 2)
    assert fields(block) == [("a", "x {y {z}} \\{"), ("b", 'q {\\"o}'), ("c", "12"), ("d", "jan")]


_VALUES = st.sampled_from(
    ["{A}", "{A {B} c}", "{a,\n b = {c}}", '"q"', '"q {r} s"', '"{\\"o}"', '"{"}q{"}"', "1999", "jan", 'jan # "x"',
     "{\\{}", "{me@home.org}", "{{{{{{deep}}}}}}", "{}", '""', "{a \\\\ b}"]
)  # fmt: skip
_FIELDS = st.lists(st.tuples(st.sampled_from(["title", "note", "x-y", "Year"]), _VALUES), max_size=4)


@given(st.lists(_FIELDS, min_size=1, max_size=4), st.booleans())
@settings(max_examples=150, deadline=None)
def test_regular_and_irregular_entries_are_read_alike(
    entries: list[list[tuple[str, str]]], end: bool
) -> None:
    """A comment sign before the first field makes an entry irregular and says nothing."""

    def text(sign: str) -> str:
        return "\n".join(
            f"@misc{{k{number},{sign}\n" + ",\n".join(f"{n} = {v}" for n, v in each) + ("," if end and each else "") + "}"
            for number, each in enumerate(entries)
        )  # fmt: skip

    regular, irregular = read(text("")), read(text(" %\n"))
    assert len(regular.items) == len(entries)
    if all(each for each in entries):
        assert [each.reference for each in irregular.items] == [each.reference for each in regular.items]


@pytest.mark.parametrize(
    "text",
    ["@article{\n  author = {A Bee},\n  title = {T}}", "@article{,\n author = {A Bee}, title = {T}}",
     "@article(author = {A Bee}, title = {T})", "@article{author=nobody, title = {T}, author={A Bee}}"],
)  # fmt: skip
def test_an_entry_without_a_key_is_read(text: str) -> None:
    imported = read(text)
    assert imported.problems == ()
    [item] = imported.items
    assert (item.reference.citekey, item.reference.title) == ("", "T")


def test_an_entry_that_is_not_closed_ends_where_the_next_begins() -> None:
    imported = read(
        "@misc{a, title={A},\n note={open\n\n@misc{b, title={B}}\n @misc{c, title={C}", file="x.bib"
    )
    assert [each.reference.citekey for each in imported.items] == ["b"]
    assert [(each.line, each.message.split(":")[0]) for each in imported.problems] == [
        (1, "@misc a is not taken"),
        (5, "@misc c is not taken"),
    ]
    assert imported.refused == 2


def test_comments_without_a_bracket_are_no_lost_entries() -> None:
    assert read("@Comment a remark\n@comment{another}\n@misc{a, title={A}}\n% me@example.org").problems == ()


def test_two_entries_on_one_line_are_two() -> None:
    assert len(read("@misc{a, title={A}} @misc{b, title={B}}").items) == 2


def test_lines_are_counted_from_the_beginning_of_the_file() -> None:
    text = "% one\n\n@string{s = {x}}\n\n@misc{a,\n title={A\n B}}\n@misc(b,\n title=s # s)\n\n@misc{c}"
    assert [each.line for each in read(text).items] == [5, 8, 11]
