"""Every reader on text of no sense, of half a sense, and of sense with a fault in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.errors import NotesError
from notes_tui.formats import all_formats, format_named, format_of
from notes_tui.model.reading_list import Problem

READERS = [each.name for each in all_formats() if each.read]
PIECES = (
    "@article{", "@string{", "@comment{jabref-meta: grouping:\n", "title", " = ", "{", "}", '"', ",", "\n", "\n\n", "# ", "- ",
    "  - ", "1. ", "| a | b |\n", "|---|---|\n", "[", "](", ")", "https://arxiv.org/abs/2301.00010", "(OSDI20)", "by A. B et al., ",
    "TY  - JOUR\n", "TI  - ", "ER  - \n", "---\n", "collection:\n", "references:\n", "- id: x\n", "  title: ", "&a ", "*a ",
    "!!python/object:os.system ", "[[", "]]", "**", "`", "<details>", "</summary>", "\\", "$", "%", "#", "\x1b[31m", "\u202e",
    "\ud800", "\x00", "调度", "é", "﹏", "2020", "9" * 400, "author", " and ", "crossref = {x}", '{"items": ', "null", "\t", "\r\n", " ",
)  # fmt: skip
fragments = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["id", "type", "title", "author", "family", "issued", "date-parts", "items", "readme", "notes",
                         "citekey", "creators", "collections", "entries", "format", "version", "events"])
        | st.text(max_size=5), inner, max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


def read(name: str, text: str) -> None:
    """Read a text; an error must be one a person can act on."""
    reader = format_named(name).read
    assert reader is not None
    problems: Iterable[Problem] = ()
    with suppress(NotesError):
        problems = getattr(reader(text, file="fuzz"), "problems", ())
    for problem in problems:
        assert problem.message
        assert problem.line is None or 1 <= problem.line <= text.count("\n") + text.count("\r") + 1


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=120, deadline=5_000)
@given(text=fragments)
def test_no_text_breaks_a_reader(name: str, text: str) -> None:
    read(name, text)


@pytest.mark.parametrize("name", [name for name in ("csl-json", "json", "list") if name in READERS])
@settings(max_examples=150, deadline=5_000)
@given(value=json_values)
def test_no_json_breaks_a_reader(name: str, value: object) -> None:
    read(name, json.dumps(value))


@settings(max_examples=150, deadline=5_000)
@given(text=fragments, suffix=st.sampled_from(["", ".bib", ".json", ".yaml", ".md", ".ris", ".txt"]))
def test_the_format_of_any_text_can_be_asked_for(text: str, suffix: str) -> None:
    found = format_of(text, f"x{suffix}")
    assert found is None or found.read


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "# L\n\n- " + "[a](b) " * 50_000,
        "# L\n\n- " + "lorem ipsum " * 100_000,
        "# L\n\n- " + "[" * 50_000,
        "# L\n\n- " + "*a " * 50_000,
        "# L\n\n" + "".join("  " * depth + "- item (OSDI20)\n" for depth in range(500)),
        "[" * 50_000 + "]" * 50_000,
        "{" * 50_000,
        "@article{a, title = " + "{" * 20_000 + "x" + "}" * 20_000 + "}",
        "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 40)) + "@string{a0 = {x}}@misc{k, title=a39}",
        '@string{a0 = "x"}\n' + "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 40)) + "@misc{k, title=a39}",
        "a: &a [x, x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(15)),
        "TY  - JOUR\n" * 5_000,
        "|" + "a|" * 3_000 + "\n|" + "-|" * 3_000 + "\n",
    ],
    ids=["links", "words", "brackets", "stars", "deep", "arrays", "braces", "nested", "strings-late", "strings", "yaml-bomb",
         "ris", "table"],
)  # fmt: skip
def test_large_and_nested_text_takes_a_bounded_time(name: str, text: str) -> None:
    read(name, text)
