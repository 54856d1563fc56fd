"""Random commands, undo, redo, restarts and crashes between statements over the whole service layer."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from notes_tui.errors import NotesError
from notes_tui.model.item import Annotation
from notes_tui.services import capturing, collecting, editing, journaling, listing, merging, reading, writing
from notes_tui.services.exporting import export_text
from notes_tui.services.importing import import_text
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES, Clock
from tests.services.test_safety import library

TITLES = ("AntMan: Dynamic Scaling", "Gavel", "集群调度", "[/b] \x1b[31m", "Über Façades", "C++")
picks = st.integers(0, 9)


class CrashError(Exception):
    """The process dies here, as far as the database can tell."""


class Library(RuleBasedStateMachine):
    """A library under random use, with every state it went through on record."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.store = self._open()
        self.states = [library(self.store)]
        self.first_dump = export_text(self.store, "json")
        self.at = 0

    def _open(self) -> Store:
        store = open_store(Path(self.folder.name) / "notes.db", create=True)
        store.clock = self.clock
        return store

    def teardown(self) -> None:
        if hasattr(self, "store"):
            last_dump = export_text(self.store, "json")
            for _ in range(self.at):
                journaling.undo(self.store)
            assert library(self.store) == self.states[0]
            assert export_text(self.store, "json") == self.first_dump
            for _ in range(self.at):
                journaling.redo(self.store)
            assert library(self.store) == self.states[self.at]
            assert export_text(self.store, "json") == last_dump
            assert self.store.value("PRAGMA integrity_check") == "ok"
            self.store.close()
            self.folder.cleanup()

    def do(self, command: Callable[[], object]) -> None:
        """Run a command; a refused one must have changed nothing, any other is at most one step."""
        before = library(self.store)
        steps = [step.step_id for step in journaling.steps(self.store) if not step.undone]
        try:
            command()
        except NotesError:
            assert library(self.store) == before
            return
        made = [step.step_id for step in journaling.steps(self.store) if not step.undone]
        assert made[: len(steps)] == steps
        assert len(made) - len(steps) in (0, 1)
        if len(made) > len(steps):
            self.states = [*self.states[: self.at + 1], library(self.store)]
            self.at += 1
        else:
            assert library(self.store) == before

    def chosen(self, *places: int) -> list[int]:
        found = listing.find(self.store)
        return list(dict.fromkeys(found[place % len(found)] for place in places)) if found else []

    @rule(title=st.sampled_from(TITLES), number=st.integers(1, 4))
    def add(self, title: str, number: int) -> None:
        self.do(lambda: capturing.add(self.store, [f"{title} {number}"]))

    @rule(status=st.sampled_from(STATUSES), places=st.lists(picks, min_size=1, max_size=3),
          date=st.sampled_from(["", "", "2026-01-05", "2026-03-14"]), page=st.none() | st.integers(1, 20))  # fmt: skip
    def mark(self, status: str, places: list[int], date: str, page: int | None) -> None:
        ids = self.chosen(*places)
        self.do(lambda: reading.mark(self.store, status, ids, allowed=STATUSES, date=date, page=page))

    @rule(key=st.sampled_from(["a", "b"]), year=st.integers(2019, 2021), title=st.sampled_from(TITLES[:3]))
    def import_bibtex(self, key: str, year: int, title: str) -> None:
        entry = (
            f"@article{{{key}, title={{{title}}}, year={year}, keywords={{moe, gpu}}, readstatus={{read}}}}"
        )
        self.do(lambda: import_text(self.store, entry, file="x.bib"))

    @rule(
        title=st.sampled_from(["List", "Elsewhere"]), works=st.lists(st.sampled_from(TITLES[:3]), max_size=3)
    )
    def import_list(self, title: str, works: list[str]) -> None:
        lines = "".join(f"- {work} (OSDI20)\n" for work in works)
        self.do(
            lambda: import_text(
                self.store, f"# {title}\n\n## Part\n\n- A First Work (SOSP19)\n{lines}", file="x.md"
            )
        )

    @rule(rating=st.integers(-1, 6), place=picks)
    def rate(self, rating: int, place: int) -> None:
        self.do(lambda: reading.rate(self.store, rating, self.chosen(place)))

    @rule(place=picks, page=st.integers(0, 9), pages=st.none() | st.integers(5, 12))
    def progress(self, place: int, page: int, pages: int | None) -> None:
        self.do(lambda: reading.set_progress(self.store, self.chosen(place), page, pages))

    @rule(tag=st.sampled_from(["moe", "moe/routing", "MoE", "慢"]), places=st.lists(picks, max_size=3))
    def tag(self, tag: str, places: list[int]) -> None:
        self.do(lambda: writing.add_tag(self.store, tag, self.chosen(*places)))

    @rule(old=st.sampled_from(["moe", "慢"]), new=st.sampled_from(["moe", "experts", "moe/routing"]))
    def rename_tag(self, old: str, new: str) -> None:
        self.do(lambda: writing.rename_tag(self.store, old, new))

    @precondition(lambda self: self.chosen(0))
    @rule(place=picks, text=st.sampled_from(["", "words", "调度\n", "# H\n\n\x1b[0m"]), append=st.booleans())
    def note(self, place: int, text: str, append: bool) -> None:
        [item_id] = self.chosen(place)
        save = writing.append_note if append else writing.save_note
        self.do(lambda: save(self.store, item_id, text))

    @precondition(lambda self: self.chosen(0))
    @rule(place=picks, quote=st.sampled_from(["", "marked"]), page=st.none() | st.integers(0, 3))
    def annotate(self, place: int, quote: str, page: int | None) -> None:
        [item_id] = self.chosen(place)
        self.do(
            lambda: writing.annotate(self.store, item_id, Annotation(page=page, quote=quote, comment="c"))
        )

    @precondition(lambda self: self.chosen(0))
    @rule(place=picks, key=st.sampled_from(["mine", "yours", "bad key"]), title=st.sampled_from(TITLES))
    def edit(self, place: int, key: str, title: str) -> None:
        [item_id] = self.chosen(place)
        self.do(lambda: editing.edit(self.store, item_id, {"citekey": key, "title": title}))

    @rule(places=st.lists(picks, min_size=1, max_size=3))
    def merge(self, places: list[int]) -> None:
        if ids := self.chosen(*places):
            self.do(lambda: merging.merge(self.store, ids[0], ids[1:]))

    @rule(places=st.lists(picks, min_size=1, max_size=2))
    def remove(self, places: list[int]) -> None:
        self.do(lambda: editing.remove(self.store, self.chosen(*places)))

    @rule(empty=st.booleans())
    def trash(self, empty: bool) -> None:
        gone = [item.item_id for item in editing.trash(self.store)]
        self.do(lambda: editing.empty_trash(self.store) if empty else editing.restore(self.store, gone))

    @rule(
        name=st.sampled_from(["List", "Other"]),
        places=st.lists(picks, max_size=3),
        place=st.none() | st.integers(1, 2),
    )
    def collect(self, name: str, places: list[int], place: int | None) -> None:
        self.do(lambda: collecting.create(self.store, name))
        ids = self.chosen(*places)
        self.do(lambda: collecting.put(self.store, name, ids, section=("Part",), position=place))

    @rule(
        name=st.sampled_from(["List", "Other"]),
        place=picks,
        how=st.sampled_from(["take", "hide", "remove", "trash"]),
    )
    def uncollect(self, name: str, place: int, how: str) -> None:
        if how == "take":
            self.do(lambda: collecting.take(self.store, name, self.chosen(place)))
        elif how == "hide":
            self.do(lambda: collecting.hide(self.store, name))
        else:
            self.do(lambda: collecting.remove(self.store, name, trash_untouched=how == "trash"))

    @rule(times=st.integers(1, 4))
    def undo_some(self, times: int) -> None:
        for _ in range(min(times, self.at)):
            journaling.undo(self.store)
            self.at -= 1
            assert library(self.store) == self.states[self.at]

    @rule(times=st.integers(1, 4))
    def redo_some(self, times: int) -> None:
        for _ in range(min(times, len(self.states) - 1 - self.at)):
            journaling.redo(self.store)
            self.at += 1
            assert library(self.store) == self.states[self.at]

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = self._open()

    @precondition(lambda self: self.chosen(0))
    @rule(after=st.integers(1, 40))
    def crash(self, after: int) -> None:
        """A bulk change dies after some statements; nothing of it may be seen."""
        before = library(self.store)
        left = after

        def count(_: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                self.store.db.interrupt()

        self.store.db.set_trace_callback(count)
        try:
            with self.store.step("a change that dies"):
                writing.add_tag(self.store, "half", self.chosen(0, 1, 2))
                editing.remove(self.store, self.chosen(0, 1))
                raise CrashError
        except (CrashError, NotesError, sqlite3.Error):
            pass
        finally:
            self.store.db.set_trace_callback(None)
        self.store.close()
        self.store = self._open()
        assert library(self.store) == before

    @rule(hours=st.integers(-30, 30))
    def time_passes(self, hours: int) -> None:
        self.clock.move(hours=hours)

    @invariant()
    def every_status_follows_from_the_events(self) -> None:
        if not hasattr(self, "store"):
            return
        wrong = self.store.rows(
            """SELECT id FROM items WHERE read_status <> coalesce((SELECT value FROM events WHERE item_id = items.id
            AND retracted = 0 AND kind = 'status' ORDER BY day DESC, recorded DESC LIMIT 1), 'unread')"""
        )
        assert wrong == []


Library.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLibrary = Library.TestCase
