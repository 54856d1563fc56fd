"""What reaches the terminal: nothing it would obey, columns that fit it, colours where they are wanted."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notes_tui.cli import layout, output
from notes_tui.cli.layout import Column
from notes_tui.cli.output import Span
from notes_tui.model.text import one_line
from notes_tui.settings import Home
from tests.cli.conftest import Run, Stream
from tests.conftest import HOSTILE_TITLES, AddItem

HOSTILE_NOTE = "\x1b]0;owned\x07 [b]bold[/b] \x9b31m \u202ereversed\u202c \x7f ‮\u2066x\u2069"


def is_harmless(text: str) -> bool:
    """Whether a terminal would show the text and do nothing else."""
    return all(
        char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") for char in text
    ) and not (set(text) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@pytest.fixture
def hostile(home: Home, add_item: AddItem, cli: Run) -> list[str]:
    """A library of hostile titles, notes, annotations and tags; returns the citekeys."""
    for number, title in enumerate(HOSTILE_TITLES):
        add_item(title, citekey=f"k{number}")
    keys = [each["citekey"] for each in cli("list", "--json").value]
    cli("note", keys[0], "--set", HOSTILE_NOTE)
    cli("annotate", keys[0], "--quote", HOSTILE_NOTE, "--comment", HOSTILE_NOTE, "--role", "\x1b[1mx")
    cli("edit", keys[1], f"abstract={HOSTILE_NOTE}", f"venue={HOSTILE_NOTE}", f"creators={HOSTILE_NOTE}")
    cli("collection", "new", f"List {HOSTILE_NOTE}", "--slug", "hostile")
    cli("collection", "put", "hostile", *keys)
    cli("view", "save", f"View {HOSTILE_NOTE}", HOSTILE_NOTE)
    return keys


HOSTILE_CALLS = (
    ("list",), ("next",), ("stats",), ("history",), ("history", "--journal"), ("collection", "list"),
    ("collection", "show", "hostile"), ("view", "list"), ("tag", "list"), ("trash",), ("doctor",),
    ("matrix", "--columns", "venue,abstract,title"), ("show", HOSTILE_NOTE), ("list", HOSTILE_NOTE),
    ("list", "--sort", HOSTILE_NOTE), ("tag", "add", "x", HOSTILE_NOTE), ("mark", HOSTILE_NOTE, "k0"),
    ("tag", "rename", HOSTILE_NOTE, "y"), (HOSTILE_NOTE,), ("edit", "k0", HOSTILE_NOTE), ("undo",), ("redo",),
)  # fmt: skip


def test_nothing_a_terminal_would_obey_is_ever_printed(cli: Run, hostile: list[str]) -> None:
    calls = [*HOSTILE_CALLS, *(("show", key) for key in hostile), *(("note", key) for key in hostile)]
    for call in calls:
        for extra in ((), ("--json",)):
            outcome = cli(*call, *extra)
            assert is_harmless(outcome.out), call
            assert is_harmless(outcome.err), call
            assert "unexpected" not in outcome.err, outcome.err
            if extra and outcome.status == 0:
                json.loads(outcome.out)


def test_json_keeps_what_it_escapes(cli: Run, hostile: list[str]) -> None:
    assert cli("note", hostile[0], "--json").value["body"] == HOSTILE_NOTE
    titles = [each["title"] for each in cli("list", "--json").value]
    assert titles[0] == "BERT [MASK] and [/b]"
    assert titles[3] == HOSTILE_TITLES[3]
    assert titles[4] is None


def test_each_item_is_one_line_whatever_its_title(cli: Run, hostile: list[str]) -> None:
    lines = cli("list").lines
    assert len(lines) == len(hostile)
    assert all(line.count("\t") >= 2 for line in lines)
    assert "BERT [MASK] and [/b]" in lines[0]


def in_terminal(args: list[str], columns: int = 80, **variables: str) -> str:
    """What a run of the program writes to a terminal of some width."""
    main, side = pty.openpty()
    environment = os.environ | {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "COLUMNS": str(columns),
        "LINES": "24",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "notes_tui", *args], stdin=side, stdout=side, stderr=side,
        env=environment | {"TERM": "xterm-256color"} | variables, close_fds=True,
    ) as running:  # fmt: skip
        os.close(side)
        written = b""
        while chunk := _read(main):
            written += chunk
        running.wait(30)
    os.close(main)
    return written.decode().replace("\r\n", "\n")


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65_536)
    except OSError:  # Linux reports the end of a terminal's other side as an error
        return b""


def test_rows_fit_the_terminal(hostile: list[str]) -> None:
    for columns in (40, 80, 120):
        lines = in_terminal(["list"], columns, NO_COLOR="1").splitlines()
        assert len(lines) == len(hostile) + 1
        assert all(layout.width_of(line) <= columns for line in lines)
        assert lines[-1] == f"{len(hostile)} items"


def test_colours_only_at_a_terminal_that_wants_them(cli: Run, library: Home) -> None:
    assert "\x1b[1mantman2020\x1b[0m" in in_terminal(["list"])
    assert "\x1b" not in in_terminal(["list"], NO_COLOR="1")
    assert "\x1b" not in in_terminal(["list"], TERM="dumb")
    assert "\x1b" not in cli("list").out
    assert "\x1b[31merror: \x1b[0m" in in_terminal(["show", "nobody"])


def test_json_at_a_terminal_is_one_value_and_indented(library: Home) -> None:
    text = in_terminal(["show", "AntMan", "--json"])
    assert json.loads(text)["citekey"] == "antman2020"
    assert text.startswith('{\n  "citekey"')


def test_output_does_not_fail_on_a_locale_without_the_letters(process: Run, library: Home) -> None:
    process("edit", "AntMan", "title=调度 Gödel")
    plain = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    outcome = process("list", **plain)
    assert outcome.status == 0
    assert process("show", "AntMan", "--json", **plain).value["title"] == "调度 Gödel"


@given(st.text(), st.integers(0, 40))
def test_a_fitted_text_never_exceeds_its_width(text: str, width: int) -> None:
    fitted = layout.fit(text, width)
    assert layout.width_of(fitted) <= width
    assert fitted == text or fitted in ("", "…") or text.startswith(fitted[:-1])


@given(
    st.lists(st.tuples(st.text(max_size=30), st.text(max_size=90), st.text(max_size=30)), max_size=6),
    st.integers(30, 120),
)
def test_a_table_never_exceeds_its_width(rows: list[tuple[str, str, str]], width: int) -> None:
    columns = (Column(12), Column(flexible=True), Column(20, optional=True))
    for line in layout.table(rows, columns, width):
        rendered = output.render(line, colour=False)
        assert layout.width_of(rendered) <= width
        assert "\n" not in rendered


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=90)), max_size=6))
def test_a_table_for_a_pipe_cuts_nothing(rows: list[tuple[str, str]]) -> None:
    lines = [output.render(line, colour=False) for line in layout.table(rows, (Column(3), Column(3)), None)]
    assert len(lines) == len(rows)
    for (first, _), line in zip(rows, lines, strict=True):
        assert line.split("\t")[0] == one_line(first)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200), st.integers(12, 60))
def test_a_wrapped_paragraph_keeps_its_words(text: str, width: int) -> None:
    text = " ".join(text.split())
    joined = "".join(layout.wrapped(text, width))
    assert joined.replace(" ", "") == text.replace(" ", "")


def test_wide_characters_count_twice() -> None:
    assert layout.width_of("调度 GPU") == 8
    assert layout.fit("调度调度", 5) == "调度…"
    assert list(layout.wrapped("调度调度", 4)) == ["调度调度"]
    assert list(layout.wrapped("调度调度调度", 10)) == ["调度调度调", "度"]


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_json_text_is_safe_and_means_the_same(value: object) -> None:
    text = output.dump(value)
    assert json.loads(text) == value
    assert is_harmless(text)


@given(st.text())
def test_rendered_text_is_harmless(text: str) -> None:
    assert is_harmless(output.render((text, Span(text, "bold")), colour=False))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(JSON_VALUES, max_size=4), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_is_the_same_json_in_parts(
    monkeypatch: pytest.MonkeyPatch, values: list[object], terminal: bool
) -> None:
    written = []
    for value in (values, iter(values)):
        stream = Stream(terminal=terminal)
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", stream)
            output.write_json(value)
        written.append(stream.text())
    assert written[0] == written[1]
    assert json.loads(written[0]) == values
