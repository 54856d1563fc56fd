"""Running the command line: in this process for most tests, in one of its own where that matters."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from notes_tui.cli.program import run
from notes_tui.model.item import Creator, Link, Reference
from notes_tui.model.reading_list import ListEntry, ReadingList
from notes_tui.services.list_importing import import_list
from notes_tui.settings import Home
from notes_tui.store.database import open_store


@dataclass(frozen=True)
class Outcome:
    """What one run of the program left."""

    status: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """Standard output by lines."""
        return self.out.splitlines()


Run = Callable[..., Outcome]


class Stream(io.TextIOWrapper):
    """A text stream over bytes in memory that may claim to be a terminal."""

    def __init__(self, data: bytes = b"", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8", newline="\n", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        """All that was written."""
        self.seek(0)
        return self.read()


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in this process."""

    def call(*args: object, stdin: str | bytes = "", terminal: bool = False) -> Outcome:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        streams = {
            "stdin": Stream(data, terminal=terminal),
            "stdout": Stream(terminal=terminal),
            "stderr": Stream(terminal=terminal),
        }
        with monkeypatch.context() as patch:
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            status = run([str(arg) for arg in args])
        return Outcome(status, streams["stdout"].text(), streams["stderr"].text())

    return call


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Run a command line in a process of its own."""

    def call(*args: object, stdin: str = "", **variables: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "notes_tui", *map(str, args)],
            input=stdin.encode(), capture_output=True, check=False, cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])} | variables,
        )  # fmt: skip
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


def _entry(section: str, short: str, title: str, venue: str, year: int, **fields: Any) -> ListEntry:
    reference = Reference(
        citekey=f"{short.lower()}{year}", type="paper-conference", title=f"{short}: {title}", title_short=short,
        venue=venue, year=year, **fields,
    )  # fmt: skip
    return ListEntry(
        section=(section,),
        title=f"({short}) {title}",
        text=f"({short}) {title} - {venue}'{year}",
        reference=reference,
    )


SAMPLE = ReadingList(
    title="Systems Papers",
    slug="systems",
    sections=(("Cluster Scheduling",), ("Parallelism",)),
    entries=(
        _entry(
            "Cluster Scheduling", "AntMan", "Dynamic Scaling on GPU Clusters for Deep Learning", "OSDI", 2020,
            creators=(Creator("Xiao", "Wencong"), Creator("Ren", "Shiru")),
            links=(Link("paper", "https://example.org/antman.pdf"),), doi="10.5555/3488766.3488796",
        ),
        _entry("Cluster Scheduling", "Gandiva", "Introspective Cluster Scheduling for Deep Learning", "OSDI", 2018),
        _entry("Cluster Scheduling", "Tiresias", "A GPU Cluster Manager for Distributed Deep Learning", "NSDI", 2019),
        _entry("Parallelism", "Alpa", "Automating Inter- and Intra-Operator Parallelism", "OSDI", 2022, arxiv="2201.12023"),
    ),
)  # fmt: skip
"""Four papers in two sections."""


@pytest.fixture
def library(home: Home) -> Home:
    """A home that holds :data:`SAMPLE`."""
    home.path.mkdir(parents=True, exist_ok=True)
    with open_store(home.database, create=True) as store:
        import_list(store, SAMPLE)
    return home


@pytest.fixture
def empty(home: Home) -> Home:
    """A home that holds nothing."""
    home.path.mkdir(parents=True, exist_ok=True)
    open_store(home.database, create=True).close()
    return home
