"""The program as a person starts it: a process in a real terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator

import pytest

from notes_tui.services import keys, listing
from notes_tui.services.home import open_home
from notes_tui.settings import Home

SECONDS = 30


class Terminal:
    """A process with a terminal of its own."""

    def __init__(self, *arguments: str, home: Home) -> None:
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.environ |= {"NOTES_TUI_HOME": str(home.path), "TERM": "xterm-256color"}
            os.execv(sys.executable, [sys.executable, *arguments])
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.output = b""

    def read(self) -> bool:
        """Take in what the process says; ``False`` once it has ended."""
        ready, _, _ = select.select([self.end], [], [], 0.1)
        if not ready:
            return True
        try:
            part = os.read(self.end, 1 << 16)
        except OSError:
            return False
        self.output += part
        return bool(part)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Read until something holds."""
        end = time.monotonic() + SECONDS
        while not condition():
            assert time.monotonic() < end, self.output[-2_000:].decode("utf-8", "replace")
            self.read()

    def press(self, pressed: str) -> None:
        """Send keys."""
        os.write(self.end, pressed.encode())

    def leave(self) -> int:
        """Wait for the end; returns the exit status."""
        while self.read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.fixture
def start(library: Home) -> Iterator[Callable[..., Terminal]]:
    """Starts the program with some arguments; what is still running at the end is killed."""
    started: list[Terminal] = []

    def run(*arguments: str) -> Terminal:
        started.append(Terminal(*arguments, home=library))
        return started[-1]

    yield run
    for terminal in started:
        try:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            continue


def test_one_key_marks_read_and_a_kill_takes_nothing_back(
    start: Callable[..., Terminal], library: Home
) -> None:
    terminal = start("-m", "notes_tui")
    terminal.wait_for(lambda: b"Gandiva" in terminal.output)
    terminal.press("r")
    terminal.wait_for(lambda: b"undo" in terminal.output)
    os.kill(terminal.pid, signal.SIGKILL)
    with open_home(library) as store:
        detail = listing.detail(store, keys.find_item(store, "AntMan"))
    assert detail.item.read_status == "read"


def test_a_query_opens_filtered_and_q_leaves_with_status_0(start: Callable[..., Terminal]) -> None:
    terminal = start("-m", "notes_tui", "tiresias")
    terminal.wait_for(lambda: b"Tiresias" in terminal.output)
    terminal.press("q")
    assert terminal.leave() == 0
    assert b"AntMan" not in terminal.output


def test_called_by_its_name_alone_the_command_line_is_not_loaded(start: Callable[..., Terminal]) -> None:
    program = (
        "import atexit, sys; sys.argv = ['notes-tui']; from notes_tui.__main__ import main;"
        "atexit.register(lambda: print('click' in sys.modules, 'markdown_it' in sys.modules)); main()"
    )
    terminal = start("-c", program)
    terminal.wait_for(lambda: b"Gandiva" in terminal.output)
    terminal.press("q")
    assert terminal.leave() == 0
    assert b"False False" in terminal.output


def test_a_library_of_a_newer_program_is_refused_in_words(
    start: Callable[..., Terminal], library: Home
) -> None:
    with open_home(library) as store:
        store.run("PRAGMA user_version=999")
    terminal = start("-m", "notes_tui")
    assert terminal.leave() == 1
    assert b"error: " in terminal.output
    assert b"newer" in terminal.output
    assert b"Traceback" not in terminal.output


def test_without_a_terminal_it_says_what_to_do_instead(library: Home) -> None:
    environment = {**os.environ, "NOTES_TUI_HOME": str(library.path)}
    done = subprocess.run(
        [sys.executable, "-m", "notes_tui"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"the interface needs a terminal" in done.stderr
