"""What the interface costs, beside the bare limit: an empty Textual app in the same run.

Programs run in a real pseudo-terminal. Counted is the CPU time of the process (user and system) up to
the moment its screen stands, and for each key from the key to the end of what it draws. Run it with
``python -m tests.benchmarks.bench_interface [--items 100000]``; it prints a table.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from notes_tui.services.home import init_home, open_home
from notes_tui.settings import Home
from notes_tui.store import derived, items, search
from notes_tui.store.database import Store

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
WORDS = "adaptive cluster deep dynamic elastic graph learning memory model parallel pipeline scaling sparse tensor".split()


@dataclass
class Program:
    """A program in a pseudo-terminal."""

    pid: int
    terminal: int

    @classmethod
    def start(cls, command: Sequence[str], environment: dict[str, str]) -> Program:
        """Start a command."""
        pid, terminal = pty.fork()
        if pid == 0:
            inherited = {
                name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
            }
            os.execvpe(command[0], list(command), {**inherited, **environment})
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


Start = tuple[Sequence[str], dict[str, str], str]
"""A command, its environment, and a word of its first screen."""


def first_screens(starts: Sequence[Start], runs: int) -> list[tuple[float, float]]:
    """Median CPU seconds to the first screen, and megabytes then, of several programs in turn."""
    costs: list[list[float]] = [[] for _ in starts]
    sizes: list[list[float]] = [[] for _ in starts]
    for _ in range(runs + 1):
        for number, (command, environment, marker) in enumerate(starts):
            program = Program.start(command, environment)
            program.read_until_quiet(marker)
            costs[number].append(program.cpu)
            sizes[number].append(program.memory)
            program.stop()
    return [
        (statistics.median(cost[1:]), statistics.median(size[1:]))
        for cost, size in zip(costs, sizes, strict=True)
    ]


def keys(environment: dict[str, str], marker: str, pressed: Sequence[str], before: str = "") -> list[float]:
    """CPU seconds of each key, up to the end of what it draws."""
    program = Program.start(NOTES, environment)
    program.read_until_quiet(marker, 0.8)
    if before:
        program.press(before)
        program.read_until_quiet(seconds=0.8)
    costs = []
    for key in pressed:
        start = program.cpu
        program.press(key)
        program.read_until_quiet(seconds=0.08)
        costs.append(program.cpu - start)
    program.press("\x1b")
    program.read_until_quiet(seconds=0.2)
    program.stop()
    return costs


NOTES = (sys.executable, "-m", "notes_tui")


def p95(costs: Sequence[float]) -> float:
    """The cost that 95 of 100 keys stay below."""
    return sorted(costs)[int(len(costs) * 0.95)]


def report(rows: Sequence[tuple[str, float, float, str]]) -> None:
    """Print the table: what, here, bare limit, ratio."""
    print(f"{'what':44} {'here':>10} {'bare':>10} {'ratio':>7}")
    for name, here, bare, unit in rows:
        scale = 1000 if unit == "ms" else 1
        ratio = f"{here / bare:.2f}" if bare else "-"
        print(f"{name:44} {here * scale:8.1f}{unit} {bare * scale:8.1f}{unit} {ratio:>7}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        small, ten, large = (Home(Path(folder) / name) for name in ("bundled", "ten", "large"))
        init_home(small)
        for home, number in ((ten, 10), (large, options.items)):
            init_home(home, empty=True)
            with open_home(home) as store:
                grow(store, number)
        at = {
            home: {"NOTES_TUI_HOME": str(home.path), "TERM": "xterm-256color"} for home in (small, ten, large)
        }
        empty, bundled, many = first_screens(
            [
                ((sys.executable, "-c", EMPTY_APP), {"TERM": "xterm-256color"}, "Quit"),
                (NOTES, at[small], "AntMan"),
                (NOTES, at[large], "Adaptive0"),
            ],
            options.runs,
        )
        few_keys, many_keys = (keys(at[home], "Adaptive0", MOVES) for home in (ten, large))
        few_letters, many_letters = (keys(at[home], "Adaptive0", "cluster mem", "/") for home in (ten, large))
    report(
        [
            ("first screen, bundled library", bundled[0], empty[0], "ms"),
            (f"first screen, {options.items:,} items", many[0], empty[0], "ms"),
            ("memory, bundled library", bundled[1], empty[1], "MB"),
            (f"memory, {options.items:,} items", many[1], empty[1], "MB"),
            (f"key in the list, median, {options.items:,}", statistics.median(many_keys),
             statistics.median(few_keys), "ms"),
            (f"key in the list, p95, {options.items:,}", p95(many_keys), p95(few_keys), "ms"),
            (f"letter in the search, median, {options.items:,}", statistics.median(many_letters),
             statistics.median(few_letters), "ms"),
        ]
    )  # fmt: skip
    print(
        f"bare: an empty Textual app, or the same program with ten items; {time.perf_counter() - started:.0f} s"
    )


if __name__ == "__main__":
    main()
