"""What one measurement says, and how costs are taken on a machine that is not idle.

Counted is CPU time (user and system), which other programs disturb least. The two sides of a row are run
in turn, in the same run, and the least of several rounds counts: ``alternating_processes`` for commands,
``alternating`` for functions of this process. A benchmark module gives its rows by a function
``measure(home, size)`` or the like; ``python -m tests.benchmarks`` prints and keeps them.
"""

from __future__ import annotations

import gc
import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Unit = Literal["s", "MB"]
PROCESS_ROUNDS = 7
FUNCTION_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what something costs here, and what the bare limit costs in the same run."""

    what: str
    """In words, the same for every size: ``list of 20 unread items``."""
    size: int
    """Papers in the library (for bulk work: the items it was done to)."""
    ours: float
    """Seconds of CPU or megabytes."""
    bare: float
    """The same of the bare limit; 0 where there is none."""
    goal: float
    """How many times the bare limit it may be at most; 0 where none is set."""
    unit: Unit = "s"
    limit: str = ""
    """What the bare limit is, in words."""
    most: float = 0.0
    """An absolute limit for ``ours``, in the unit; 0 where none is set."""

    @property
    def ratio(self) -> float:
        """How many times the bare limit; 0 without one."""
        return self.ours / self.bare if self.bare else 0.0

    @property
    def holds(self) -> bool:
        """Whether the goals are kept."""
        return (not self.goal or self.ratio <= self.goal) and (not self.most or self.ours <= self.most)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost: seconds of CPU, and seconds on the clock."""

    cpu: float
    wall: float


def environment(home: Path | None = None, **more: str) -> dict[str, str]:
    """The environment commands are measured in: compiled modules are kept, the home is the given one."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return inherited | ({"NOTES_TUI_HOME": str(home)} if home else {}) | more


def cost_of_process(command: Sequence[str], env: Mapping[str, str], cwd: Path | None = None) -> Cost:
    """Run a command to its end, without its output. Raises ``CalledProcessError`` where it fails."""
    started = time.perf_counter()
    with subprocess.Popen(command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:  # fmt: skip
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        raise subprocess.CalledProcessError(process.returncode, list(command), stderr=said)
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - started)


Command = tuple[Sequence[str], Mapping[str, str]]
"""A command and its environment."""


def alternating_processes(
    commands: Sequence[Command], rounds: int = PROCESS_ROUNDS, before: Callable[[], None] | None = None
) -> list[Cost]:
    """The least cost of each of several commands that are run in turn, after one round that does not count.

    ``before`` is called before every single run, to put things back as they were.
    """
    costs: list[list[Cost]] = [[] for _ in commands]
    for number in range(rounds + 1):
        for (command, env), found in zip(commands, costs, strict=True):
            if before is not None:
                before()
            cost = cost_of_process(command, env)
            if number:
                found.append(cost)
    return [Cost(min(each.cpu for each in found), min(each.wall for each in found)) for found in costs]


def cpu_of(function: Callable[[], object]) -> float:
    """Seconds of CPU that a call takes in this process, all threads together; garbage is collected before."""
    gc.collect()
    started = time.process_time()
    function()
    return time.process_time() - started


@dataclass(frozen=True, slots=True)
class Side:
    """A function to measure, and what puts things back before each run of it (not counted)."""

    run: Callable[[], object]
    before: Callable[[], object] | None = None


def alternating(sides: Sequence[Side], rounds: int = FUNCTION_ROUNDS, repeat: int = 1) -> list[float]:
    """The least CPU seconds of one call of each side; they take turns, after a round that does not count.

    ``repeat`` calls are measured together where one is too short for the clock.
    """
    costs: list[list[float]] = [[] for _ in sides]
    for number in range(rounds + 1):
        for side, found in zip(sides, costs, strict=True):
            if side.before is not None:
                side.before()
            cpu = cpu_of(lambda run=side.run: [run() for _ in range(repeat)]) / repeat  # type: ignore[misc]
            if number:
                found.append(cpu)
    return [min(found) for found in costs]


def peak_memory(command: Sequence[str], env: Mapping[str, str]) -> float:
    """The most megabytes a command had in memory at once, looked at every two milliseconds (Linux).

    The figure that ``wait4`` gives cannot be taken: it begins with the size of the process that started it.
    """
    with subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        most = 0
        while process.poll() is None:
            most = max(most, _kilobytes(process.pid))
            time.sleep(0.002)
    if process.returncode not in (0, 3):
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return most / 1024


def _kilobytes(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/status") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("VmHWM")), 0)
    except OSError:
        return 0
