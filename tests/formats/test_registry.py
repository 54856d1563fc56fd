"""The formats there are, by name, by the ending of a file and by how a text begins."""

from __future__ import annotations

import subprocess
import sys

import pytest

from notes_tui.errors import InvalidValueError
from notes_tui.formats import _FIRST_ASKED, all_formats, format_named, format_of
from notes_tui.model.imported import Imported
from notes_tui.model.item import Creator, Reference
from notes_tui.model.text import one_line
from tests.conftest import HOSTILE_TITLES


def test_every_format_says_what_it_is() -> None:
    names = [each.name for each in all_formats()]
    assert {"bibtex", "csl-json", "json", "library", "list", "ris"} <= set(names)
    assert len(names) == len(set(names))
    for each in all_formats():
        assert each.help
        assert each.read or each.write
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in each.suffixes)


def test_the_endings_that_are_asked_first_are_those_of_their_formats() -> None:
    for suffix, name in _FIRST_ASKED.items():
        assert suffix in format_named(name).suffixes
        assert format_named(name) in all_formats()


BOTH_WAYS = [each.name for each in all_formats() if each.read and each.write]


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_odd_titles_go_out_and_come_in(name: str) -> None:
    written = [
        Reference(
            citekey=f"key{number}", title=one_line(title), creators=(Creator("Müller", "Å."),), year=2020
        )
        for number, title in enumerate(
            (*HOSTILE_TITLES, "{", "}}", "\\", "%", "@misc{x,", "TY  - JOUR", "ER  - ", "$", '"')
        )
    ]
    chosen = format_named(name)
    assert chosen.read
    assert chosen.write
    text = chosen.write(written)
    assert format_of(text, "") == chosen
    reading = chosen.read(text)
    assert isinstance(reading, Imported)
    assert reading.problems == ()
    titles = {item.reference.citekey: item.reference.title for item in reading.items}
    assert titles == {reference.citekey: reference.title for reference in written}
    assert chosen.write(item.reference for item in reading.items) == text


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_nothing_goes_out_and_comes_in_as_nothing(name: str) -> None:
    chosen = format_named(name)
    assert chosen.read
    assert chosen.write
    reading = chosen.read(chosen.write([]))
    assert isinstance(reading, Imported)
    assert (reading.items, reading.problems) == ((), ())


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("refs.bib", "", "bibtex"),
        ("REFS.BIB", "nothing that looks like it", "bibtex"),
        ("x.ris", "", "ris"),
        ("x.yaml", "collection:\n  title: x\n", "library"),
        ("x.md", "# List\n- a\n", "list"),
        ("x.json", '{"kind": "notes-tui library", "version": 1}', "json"),
        ("x.json", '[{"id": "a", "type": "book"}]', "csl-json"),
        ("x.json", '{"name": "x", "readme": "# List"}', "list"),
        ("x.txt", "@misc{a,\n title={T}}", "bibtex"),
        ("x.txt", "TY  - JOUR\nER  - \n", "ris"),
        ("-", "% comment\n@article{a, title={T}}\n", "bibtex"),
        ("", "# Papers\n\n- [A](https://x.example)\n- B\n", "list"),
        ("", "references:\n- id: a\n", "library"),
    ],
)
def test_a_text_is_recognised(file: str, text: str, name: str) -> None:
    found = format_of(text, file)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("file", "text"), [("x.json", "{}"), ("", "some words"), ("x.csv", "a,b\n"), ("", "")]
)
def test_a_text_of_no_known_format_is_none(file: str, text: str) -> None:
    assert format_of(text, file) is None


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(InvalidValueError) as refused:
        format_named("word")
    assert "bibtex" in refused.value.hint


def test_looking_through_the_formats_loads_no_parser() -> None:
    code = (
        "import sys; from notes_tui.formats import all_formats; all_formats();"
        "print(sorted({'bibtexparser', 'pylatexenc', 'rispy', 'yaml', 'markdown_it', 'markdown', 'nh3', 'rapidfuzz'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
