"""Fixtures every test may use: a home of its own, an empty store with a clock that can be set, items to put in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import settings

from notes_tui.model.item import Reference
from notes_tui.services import capturing
from notes_tui.settings import Home
from notes_tui.store import derived
from notes_tui.store.database import Store, open_store

settings.register_profile("notes-tui", deadline=None)
settings.register_profile("notes-tui-ci", deadline=None, derandomize=True)
settings.load_profile("notes-tui-ci" if os.environ.get("CI") else "notes-tui")

ZONE = timezone(timedelta(hours=1))
STATUSES = ("unread", "queued", "reading", "read", "skimmed", "studied", "dropped")

HOSTILE_TITLES = (
    "BERT [MASK] and [/b]",
    "\x1b[31mred\x1b[0m and \x9b2Jcleared",
    "right\u202eto left",
    "长标题：" + "调度" * 1500,
    "",
    "[link=https://example.org]x[/link] $name ${x}",
    "a\nb\tc\rd",
)
"""Titles that break careless programs: markup, control sequences, direction changes, length, none."""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 14, 15, 9, 26, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        """Move the clock by a timedelta's arguments; negative ones set it back."""
        self.at += timedelta(**by)


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the developer's own home, editor and colours out of the tests."""
    monkeypatch.setenv("NOTES_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    for name in ("VISUAL", "EDITOR", "NO_COLOR", "NOTES_TUI_DEBUG", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that does not exist yet."""
    return Home(tmp_path / "home")


@pytest.fixture
def clock() -> Clock:
    """The clock of the ``store`` fixture."""
    return Clock()


@pytest.fixture
def store(home: Home, clock: Clock) -> Iterator[Store]:
    """An empty library in the home."""
    home.path.mkdir(parents=True, exist_ok=True)
    with open_store(home.database, create=True) as opened:
        opened.clock = clock
        yield opened


AddItem = Callable[..., int]


@pytest.fixture
def add_item(store: Store) -> AddItem:
    """Add an item with some fields; returns its row id."""

    def add(title: str = "A Paper on Something", **fields: object) -> int:
        with store.step("item added"):
            reference = replace(Reference(title=title), **fields)  # type: ignore[arg-type]
            item_id = capturing.insert(store, reference)
            derived.refresh_order(store, [item_id])
            return item_id

    return add
