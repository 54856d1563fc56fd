"""What the interface costs, beside the bare limit: an empty Textual app in the same run.

Programs run in a real pseudo-terminal. Counted is the CPU time of the process (user and system) up to
the moment its screen stands, and for each key from the key to the end of what it draws. Run it with
``python -m tests.benchmarks.bench_interface HOME SIZE``; it prints a table. ``measure`` gives the rows.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from notes_tui.services.browsing import EVERYWHERE
from notes_tui.services.home import init_home, open_home
from notes_tui.services.remembering import Left, leave
from notes_tui.settings import Home
from notes_tui.store import derived, items, search
from notes_tui.store.database import Store
from tests.benchmarks.rows import Row, environment

SIZE = (40, 120)
EMPTY_APP = """
from textual.app import App
from textual.widgets import Footer, Header, Input

class Empty(App):
    BINDINGS = [("ctrl+q", "quit", "Quit")]
    def compose(self):
        yield Header()
        yield Input()
        yield Footer()

Empty().run()
"""
TICKS = os.sysconf("SC_CLK_TCK")
MOVES = "jjjjjjkkkkkk" * 5
QUIET = 0.25
"""Seconds without output after which a screen counts as drawn."""
RUNS = 7
WORDS = "adaptive cluster deep dynamic elastic graph learning memory model parallel pipeline scaling sparse tensor".split()


@dataclass
class Program:
    """A program in a pseudo-terminal."""

    pid: int
    terminal: int

    @classmethod
    def start(cls, command: Sequence[str], env: Mapping[str, str]) -> Program:
        """Start a command in an environment."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.execvpe(command[0], list(command), dict(env))
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        return cls(pid, terminal)

    def read_until_quiet(self, marker: str = "", seconds: float = QUIET) -> str:
        """All output up to a pause; with a marker, up to the pause after the marker came."""
        output = b""
        while True:
            ready, _, _ = select.select(
                [self.terminal], [], [], 20 if marker.encode() not in output else seconds
            )
            if not ready:
                return output.decode("utf-8", "replace")
            try:
                part = os.read(self.terminal, 1 << 16)
            except OSError:
                return output.decode("utf-8", "replace")
            output += part

    def press(self, key: str) -> None:
        """Send a key."""
        os.write(self.terminal, key.encode())

    @property
    def cpu(self) -> float:
        """Seconds of CPU so far, to the clock tick; a finer clock where the system has one."""
        with open(f"/proc/{self.pid}/schedstat") as file:
            return int(file.read().split()[0]) / 1e9 + self._other_threads()

    def _other_threads(self) -> float:
        total = 0.0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            if int(task) != self.pid:
                with open(f"/proc/{self.pid}/task/{task}/schedstat") as file:
                    total += int(file.read().split()[0]) / 1e9
        return total

    @property
    def memory(self) -> float:
        """Megabytes in memory."""
        with open(f"/proc/{self.pid}/status") as file:
            line = next(line for line in file if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        """Quit with ctrl+q and wait."""
        self.press("\x11")
        self.read_until_quiet(seconds=1)
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def grow(store: Store, number: int) -> None:
    """Fill a library with made-up items, by the thousand."""
    from notes_tui.model.item import Creator, Reference

    store.run("PRAGMA synchronous=OFF")
    with store.transaction():
        for index in range(number):
            words = [WORDS[(index * step) % len(WORDS)] for step in (1, 3, 5, 7)]
            title = f"{words[0].title()}{index}: {' '.join(words)} systems"
            reference = Reference(
                citekey=f"key{index}", title=title, title_short=f"{words[0].title()}{index}", venue="OSDI",
                year=2000 + index % 25, creators=(Creator("Doe", f"J{index % 900}"),), type="paper-conference",
            )  # fmt: skip
            items.insert(store, reference)
        derived.refresh_order(store)
    search.refresh(store)


Start = tuple[Sequence[str], Mapping[str, str], str]
"""A command, its environment, and a word of its first screen."""


def first_screens(starts: Sequence[Start], runs: int) -> list[tuple[float, float]]:
    """Least CPU seconds to the first screen, and megabytes then, of several programs in turn."""
    costs: list[list[float]] = [[] for _ in starts]
    sizes: list[list[float]] = [[] for _ in starts]
    for _ in range(runs + 1):
        for number, (command, env, marker) in enumerate(starts):
            program = Program.start(command, env)
            program.read_until_quiet(marker)
            costs[number].append(program.cpu)
            sizes[number].append(program.memory)
            program.stop()
    return [(min(cost[1:]), min(size[1:])) for cost, size in zip(costs, sizes, strict=True)]


def least_and_typical(costs: Sequence[float]) -> tuple[float, float]:
    """The median of several keys, and what 95 of 100 stay below."""
    return statistics.median(costs), sorted(costs)[int(len(costs) * 0.95)]


KEYS: tuple[tuple[str, Sequence[str], float], ...] = (
    ("key in the list", MOVES, 1.5),
    ("page key", ("\x1b[6~", "\x1b[6~", "\x1b[5~") * 8, 0),
    ("half a page", ("\x04", "\x04", "\x15") * 8, 0),
    ("to the end and back", ("G", "g") * 8, 0),
)
"""Kinds of keys, the keys, and the goal; where a page is turned, ten papers have fewer lines to draw."""


def keys(homes: Sequence[Path], pressed: Sequence[str]) -> list[list[float]]:
    """CPU seconds of each key up to the end of what it draws, in a window on each home; they take turns."""
    windows = [Program.start(NOTES, environment(home, TERM="xterm-256color")) for home in homes]
    costs: list[list[float]] = [[] for _ in windows]
    for window in windows:
        window.read_until_quiet("unread", SETTLED)
    for key in pressed:
        for window, found in zip(windows, costs, strict=True):
            start = window.cpu
            window.press(key)
            window.read_until_quiet(seconds=0.08)
            found.append(window.cpu - start)
    for window in windows:
        window.press("\x1b")
        window.read_until_quiet(seconds=0.2)
        window.stop()
    return costs


def burst(homes: Sequence[Path], number: int = 150) -> list[float]:
    """CPU seconds a key where so many come at once, as from a key held down."""
    costs: list[float] = []
    for home in homes:
        window = Program.start(NOTES, environment(home, TERM="xterm-256color"))
        window.read_until_quiet("unread", SETTLED)
        start = window.cpu
        window.press("jk" * (number // 2))
        window.read_until_quiet(seconds=0.5)
        costs.append((window.cpu - start) / number)
        window.stop()
    return costs


NOTES = (sys.executable, "-m", "notes_tui")
SETTLED = 2.5
"""Seconds of rest after which a window has counted everything and loaded what notes are drawn with."""
OPEN_AT_ALL = Left(place=EVERYWHERE, hints_done=True)


def measure(home: Path, size: int) -> list[Row]:
    """Start, memory and keys of the interface on a library, beside an empty Textual app and ten rows."""
    with tempfile.TemporaryDirectory() as folder:
        bundled, ten = Home(Path(folder) / "bundled"), Path(folder) / "ten"
        init_home(bundled)
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.generate", str(ten), "--papers", "10"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        for place in (ten, home):
            with open_home(Home(place)) as store:
                leave(store, OPEN_AT_ALL)
        rows = _starts(home, bundled.path, size)
        for what, pressed, goal in KEYS:
            many, few = keys([home, ten], pressed)
            (median, worst), (bare, _) = least_and_typical(many), least_and_typical(few)
            rows.append(Row(what, size, median, bare, goal, limit=_TEN, most=0.05))
            rows.append(Row(f"{what}, 95 of 100", size, worst, bare, 0, limit=_TEN, most=0.05))
        many_held, few_held = burst([home, ten])
        rows.append(Row("held key, a line", size, many_held, few_held, 1.5, limit=_TEN, most=0.05))
    return rows


_TEN = "the same window with ten papers"
_EMPTY = "an empty Textual app with header, input and footer"


def _starts(home: Path, bundled: Path, size: int) -> list[Row]:
    empty = ((sys.executable, "-c", EMPTY_APP), environment(TERM="xterm-256color"), "Quit")
    starts = [(NOTES, environment(place, TERM="xterm-256color"), "unread") for place in (home, bundled)]
    bare, ours, small = first_screens([empty, *starts], RUNS)
    return [
        Row("first screen", size, ours[0], bare[0], 1.4, limit=_EMPTY),
        Row("first screen, bundled library", size, small[0], bare[0], 1.4, limit=_EMPTY),
        Row("memory of the interface", size, ours[1], bare[1], 1.5, "MB", limit=_EMPTY),
        Row("memory of the interface, bundled library", size, small[1], bare[1], 1.5, "MB", limit=_EMPTY),
    ]


def main() -> None:
    """Measure on a home (which is changed) and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("size", type=int)
    options = parser.parse_args()
    for row in measure(options.home.resolve(), options.size):
        unit = 1000 if row.unit == "s" else 1
        print(
            f"{row.what:44} {row.size:>8,} {row.ours * unit:8.1f} {row.bare * unit:8.1f} {row.ratio:6.2f}"
            f" {'' if row.holds else 'missed'}"
        )


if __name__ == "__main__":
    main()
