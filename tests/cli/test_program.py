"""What holds for every command: help, ``--json``, errors, exit statuses, and what gets loaded."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from notes_tui.cli.clicks import VerbCommand, VerbGroup
from notes_tui.cli.group import build
from notes_tui.cli.table import COMMANDS
from notes_tui.settings import Home
from tests.cli.conftest import Run

HEAVY = (
    "textual", "rich", "httpx2", "sqlite_utils", "yaml", "markdown", "markdown_it", "bibtexparser", "pylatexenc", "rispy", "nh3",
    "rapidfuzz", "pyperclip", "notes_tui.tui", "notes_tui.formats", "tempfile", "subprocess", "asyncio",
)  # fmt: skip
"""Modules that reading verbs and the help must not pay for."""


def every_command() -> Iterator[tuple[str, ...]]:
    """The words of every command and subcommand."""
    group = build()
    with click.Context(group) as ctx:
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            assert command is not None
            yield (name,)
            if isinstance(command, VerbGroup):
                yield from ((name, sub) for sub in command.list_commands(ctx))


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_has_help_that_teaches(cli: Run, words: tuple[str, ...]) -> None:
    outcome = cli(*words, "--help")
    assert outcome.status == 0
    assert outcome.lines[0].startswith(f"Usage: notes-tui {' '.join(words)}")
    assert "Examples:\n  notes-tui " in outcome.out or "| notes-tui " in outcome.out
    for option in ("--json", "--home DIR"):
        assert option in outcome.out


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_takes_home_and_json(words: tuple[str, ...]) -> None:
    group = build()
    with click.Context(group) as ctx:
        command = group.get_command(ctx, words[0])
        if len(words) > 1:
            assert isinstance(command, VerbGroup)
            command = command.get_command(ctx, words[1])
    assert isinstance(command, VerbCommand | VerbGroup)
    assert {"json", "home"} <= {param.name for param in command.params}


JSON_CALLS = """
init|list|list nothing|show AntMan|add A new title|edit AntMan year=2021|rekey AntMan antman|mark read Gandiva
mark read Gandiva|rate 3 Gandiva|tag add x Gandiva|tag list|tag rename x y|tag remove y Gandiva|note Gandiva
note Gandiva --set text|note Gandiva --append more|annotate Gandiva --quote q|history|history Gandiva
history --journal|collection list|collection show systems|collection new Mine|collection put mine Gandiva
collection take mine Gandiva|collection hide mine|collection unhide mine|collection rename mine Ours
collection remove mine|view save a b|view list|view remove a|next|stats|matrix Gandiva --columns year|undo|redo
cite Gandiva|open AntMan --print|open AntMan --search|remove Gandiva|trash|trash restore gandiva2018|trash empty --yes|backup|doctor|completion bash
""".replace("\n", "|")


def test_every_command_prints_exactly_one_json_value(cli: Run, library: Home) -> None:
    for line in filter(None, JSON_CALLS.split("|")):
        outcome = cli(*line.split(), "--json")
        assert (outcome.status, outcome.err) == (0, ""), f"{line}: {outcome.err}"
        json.loads(outcome.out)
        assert outcome.out.endswith("\n")


def test_the_help_lists_every_command_and_loads_none(process: Run) -> None:
    outcome = process("--help")
    assert outcome.status == 0
    for section in COMMANDS.values():
        for name, line in section.items():
            assert f"  {name:<10}  {line}" in outcome.out


@pytest.mark.parametrize("columns", ["1", "52", "67", "80", "100", "300", "wide"])
def test_the_help_fits_the_screen_whoever_prints_it(
    cli: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    outcome = cli("--help")
    assert outcome.status == 0
    assert outcome.out == cli("-h").out == cli("--home", "/nowhere", "--help").out
    width = max(min(int(columns), 100), 52) if columns.isdecimal() else 80
    body = outcome.out.partition("Examples:")[0].splitlines()
    assert 0 <= width - max(map(len, body)) < 15
    words = " ".join(outcome.out.split())
    assert all(f"{name} {line}" in words for section in COMMANDS.values() for name, line in section.items())


def loaded_by(*args: str) -> set[str]:
    """Modules a run of the program loads."""
    code = (
        "import sys; from notes_tui.cli.program import run; status = run(sys.argv[1:]);"
        " print('\\n'.join(sys.modules), file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "args",
    [
        ("--help",), ("--version",), ("list", "status:unread", "--limit", "2", "--json"), ("list",), ("show", "AntMan"),
        ("mark", "read", "AntMan"), ("rate", "3", "AntMan"), ("note", "AntMan"), ("tag", "list"), ("next",), ("mark", "--help"),
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.usefixtures("library")
def test_light_verbs_load_nothing_heavy(args: tuple[str, ...]) -> None:
    loaded = loaded_by(*args)
    assert not loaded & set(HEAVY)
    if args[0].startswith("--"):
        assert not {"sqlite3", "notes_tui.store", "notes_tui.services", "notes_tui.cli.commands"} & loaded


SLOW = {"click", "hashlib", "shutil", "html", "platformdirs", "notes_tui.services.stored_files"}
"""What commands need not load whose line is plain."""
SLOWEST = {"dataclasses", "inspect", "typing", "pathlib", "notes_tui.model.item", "notes_tui.store.notes"}
"""What takes longer to load than a short list takes to be found and printed."""


@pytest.mark.parametrize(
    ("args", "unwanted"),
    [
        (("--version",), SLOW | SLOWEST | {"re", "json", "notes_tui.errors", "notes_tui.settings"}),
        (("--help",), SLOW | SLOWEST | {"json", "notes_tui.errors", "notes_tui.settings"}),
        (("list", "status:unread", "--limit", "2", "--json"), SLOW | SLOWEST),
        (("list", "-tiresias", "deep", "--sort", "-year", "--json"), SLOW | SLOWEST),
        (("list", "deep"), SLOW | SLOWEST - {"pathlib"}),
        (("show", "antman2020", "--json"), SLOW),
        (("mark", "unread", "antman2020"), SLOW),
        (("rate", "3", "antman2020"), SLOW - {"shutil"}),
        (("next", "--limit", "1"), SLOW),
        (("history",), SLOW),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
@pytest.mark.usefixtures("library")
def test_plain_lines_load_little(cli: Run, args: tuple[str, ...], unwanted: set[str]) -> None:
    cli("list", "anything")  # takes what was imported into the index
    assert loaded_by(*args) & unwanted == set()


def test_the_same_program_answers_as_a_module_and_as_a_script(process: Run) -> None:
    outcome = process("--version")
    assert outcome.out.startswith("notes-tui ")
    script = Path(sys.executable).with_name("notes-tui")
    if script.exists():
        done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout == outcome.out


@pytest.mark.parametrize(
    ("args", "status", "hint"),
    [
        (("tag",), 2, "add, remove, rename, list"),
        (("tag", "ad", "x"), 2, "did you mean add?"),
        (("mark", "read"), 2, "notes-tui mark --help"),
        (("mark", "read", "AntMan", "--pgae", "3"), 2, "did you mean --page"),
        (("--nothing",), 2, "notes-tui --help"),
        (("show", "nobody"), 1, "notes-tui list"),
        (("undo", "--home", "/dev/null/x"), 1, "--home"),
        (("list", "--home"), 2, "--help"),
    ],
)  # fmt: skip
def test_errors_are_two_lines_on_standard_error(
    cli: Run, empty: Home, args: tuple[str, ...], status: int, hint: str
) -> None:
    for extra in ((), ("--json",)) if args[-1] not in ("--nothing", "--home") else ((),):
        outcome = cli(*args, *extra)
        first, second = outcome.err.splitlines()
        assert (outcome.status, outcome.out) == (status, "")
        assert first.startswith("error: ")
        assert second.startswith("hint: ")
        assert hint in second
        assert "Traceback" not in outcome.err


def test_the_interface_needs_a_terminal(cli: Run, empty: Home) -> None:
    outcome = cli("status:unread")
    assert (outcome.status, outcome.out) == (1, "")
    assert "the interface needs a terminal" in outcome.err
    assert "did you mean `notes-tui list`?" in cli("lsit", "x", "--home", empty.path).err
    assert cli().status == 1


def test_what_is_no_command_is_explained_as_a_query(cli: Run) -> None:
    outcome = cli("anything", "--help")
    assert outcome.status == 0
    assert "Open the interface with a query" in outcome.out


def test_a_broken_config_names_its_key(cli: Run, library: Home) -> None:
    library.config.write_text("stauses: {}\n", "utf-8")
    outcome = cli("list")
    assert (outcome.status, outcome.out) == (1, "")
    assert "stauses" in outcome.err


def test_a_database_of_another_kind_is_refused(cli: Run, home: Home) -> None:
    home.path.mkdir()
    home.database.write_text("certainly no database\n" * 100, "utf-8")
    outcome = cli("list", "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("error: database: ")


def test_a_reader_that_goes_away_is_no_error(library: Home, cli: Run) -> None:
    for number in range(40):
        cli("add", f"{number} {'a rather long title ' * 190}")
    command = f"{sys.executable} -m notes_tui list | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=True, env=os.environ | _PATH
    )
    assert (done.stdout.splitlines()[-1], done.stderr) == ("0", "")


def test_a_full_disk_is_told(library: Home) -> None:
    command = f"{sys.executable} -m notes_tui list > /dev/full"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, env=os.environ | _PATH
    )
    assert (done.returncode, done.stderr.startswith("error: input or output: ")) == (1, True)
    assert "Exception ignored" not in done.stderr


def _interrupted(running: subprocess.Popen[bytes]) -> int:
    """The exit status of a process that is told to stop, again where it was between two reads."""
    while True:
        running.send_signal(signal.SIGINT)
        try:
            return running.wait(1)
        except subprocess.TimeoutExpired:
            continue


def _hear_interrupts() -> None:
    """Undo what a shell does to programs in the background: they do not hear interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupt_ends_with_130(cli: Run, library: Home) -> None:
    cli("remove", "AntMan")
    main, side = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "notes_tui", "trash", "empty"],
        stdin=side, stdout=side, stderr=side, env=os.environ | _PATH, start_new_session=True,
        preexec_fn=_hear_interrupts,
    ) as running:  # fmt: skip
        written = b""
        while b"[y/N]" not in written:
            written += os.read(main, 4096)
        assert _interrupted(running) == 130
        os.close(side)
        assert b"Traceback" not in os.read(main, 4096)
    os.close(main)
    assert len(cli("trash", "--json").value) == 1


def test_an_unexpected_error_says_how_to_see_more(
    cli: Run, library: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from notes_tui.services import finding

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(finding, "find", fail)
    outcome = cli("list")
    assert outcome.err.splitlines()[0] == "error: unexpected: ZeroDivisionError: by zero"
    assert "NOTES_TUI_DEBUG=1" in outcome.err
    monkeypatch.setenv("NOTES_TUI_DEBUG", "1")
    assert "Traceback" in cli("list").err


_PATH = {"PYTHONPATH": str(Path(__file__).parents[2])}
