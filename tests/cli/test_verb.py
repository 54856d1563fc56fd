"""Plain command lines are read as click reads them, and everything else is left to click."""

from __future__ import annotations

import contextlib
from typing import Any

import click
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from notes_tui.cli import table
from notes_tui.cli.call import Call
from notes_tui.cli.clicks import command_of
from notes_tui.cli.verb import Parameter, Verb, Whole, argument, option, verb

DECLARED = {name: found for name in table.ALL if isinstance(found := table.module_of(name).command, Verb)}  # type: ignore[union-attr]
PLAIN = [
    name
    for name, found in DECLARED.items()
    if found.read([]) is not None or found.read(["3"]) is not None or found.read(["3", "x"]) is not None
]
LIGHT = (
    "list",
    "show",
    "mark",
    "rate",
    "next",
    "history",
    "undo",
    "redo",
    "remove",
    "refresh",
    "stats",
    "backup",
)
"""Commands that never need click where their line is plain."""
WORDS = ("AntMan", "3", "07", "-1", "1.5", "read", "x y", "", " ", "-", "--", "-term", "-x=1", "--term", "--term=x", "--help", "-h",
         "٣", "1_0", "+2", "\udcff", "调度", "--json=1", "--home=", "--home=/x", "--limit=2", "--sort=-year")  # fmt: skip


def by_click(declared: Verb, args: list[str]) -> dict[str, Any] | None:
    """The values that click reads, ``None`` where it refuses the line or shows help."""
    call = Call()
    try:
        with command_of(declared).make_context("x", list(args), obj=call) as ctx:
            return ctx.params | {"home": call.home_given, "json": call.as_json}
    except (click.exceptions.Exit, click.ClickException):
        return None


def lines_of(declared: Verb) -> st.SearchStrategy[list[str]]:
    """Command lines that are made of the options of a command and of odd words."""
    own = [
        name
        for each in declared.parameters
        for name in (each.names if isinstance(each, Parameter) else each.opts)
    ]
    words = st.sampled_from([*WORDS, *(name for name in own if name.startswith("-")), "--json", "--home"])
    return st.lists(words | st.text(max_size=5), max_size=6)


@pytest.mark.parametrize("name", PLAIN)
@given(st.data())
def test_a_line_that_is_read_without_click_means_what_click_reads(name: str, data: st.DataObject) -> None:
    args = data.draw(lines_of(DECLARED[name]))
    with contextlib.redirect_stdout(None):
        values = DECLARED[name].read(args)
        if values is not None:
            assert values == by_click(DECLARED[name], args)


@pytest.mark.parametrize(
    ("name", "args", "values"),
    [
        ("list", ["status:unread", "--limit", "20", "--json"],
         {"query": ("status:unread",), "sort": "", "limit": 20, "json": True, "home": None}),
        ("list", ["-gandiva", "--deep", "--sort", "-year"],
         {"query": ("-gandiva", "--deep"), "sort": "-year", "limit": None, "json": False, "home": None}),
        ("list", [], {"query": (), "sort": "", "limit": None, "json": False, "home": None}),
        ("show", ["AntMan", "--home=/x"], {"citekey": "AntMan", "json": False, "home": "/x"}),
        ("rate", ["5", "AntMan", "-"], {"rating": 5, "citekeys": ("AntMan", "-"), "json": False, "home": None}),
        ("history", ["--journal"], {"citekey": None, "journal": True, "json": False, "home": None}),
    ],
)  # fmt: skip
def test_plain_lines_need_no_click(name: str, args: list[str], values: dict[str, Any]) -> None:
    assert DECLARED[name].read(args) == values
    assert values.items() <= (by_click(DECLARED[name], args) or {}).items()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("list", ["--help"]), ("list", ["--limit", "-1"]), ("list", ["--limit"]), ("list", ["--json=yes"]),
        ("list", ["--", "--sort"]), ("list", ["--home", " "]), ("show", []), ("show", ["a", "b"]), ("show", ["-h"]),
        ("show", [""]), ("mark", ["read"]), ("mark", ["read", "a", "--pgae", "3"]), ("rate", ["six", "a"]), ("rate", ["6", "a"]),
    ],
)  # fmt: skip
def test_what_is_wrong_or_rare_is_left_to_click(name: str, args: list[str]) -> None:
    assert DECLARED[name].read(args) is None


def test_light_commands_are_declared_plainly() -> None:
    assert set(LIGHT) <= set(PLAIN)


NAMES = st.lists(st.sampled_from("abcdef"), unique=True, max_size=3)


@given(
    NAMES,
    st.booleans(),
    st.booleans(),
    st.lists(st.sampled_from(("1", "2", "x", "--number", "--text", "--flag")), max_size=6),
)
def test_any_declaration_is_read_as_click_reads_it(
    names: list[str], several: bool, needed: bool, args: list[str]
) -> None:
    assume(names)

    @option("--number", type=Whole(1, 3))
    @option("--text", "words", default="none")
    @option("--flag", is_flag=True)
    def function(**_: object) -> None:
        """Do nothing."""

    for place, name in enumerate(reversed(names)):
        settings = {"nargs": -1, "required": needed} if several and place == 0 else {}
        function = argument(name, **settings)(function)
    declared = verb("x", examples="")(function)
    values = declared.read(args)
    mended = args.count("--number") > 1  # a wrong number may be made good by the next; click sees to that
    assert values == by_click(declared, args) or (values is None and mended)
