"""What lies outside the program and is handed in: browser, clipboard, editor. Tests hand in their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from notes_tui.tui.clipboard import Clipboard
from notes_tui.tui.external import EditorRunner, Opener, open_in_browser, run_command


def start_viewer(command: Sequence[str]) -> None:
    """Start a viewer beside the program. Raises ``ViewerError`` where it cannot be started."""
    from notes_tui.services.page_opening import start_viewer as start

    start(command)


class Surroundings(NamedTuple):
    """The outside, as far as the interface touches it."""

    clipboard: Clipboard
    open_address: Opener = open_in_browser
    run_editor: EditorRunner = run_command
    start_viewer: Callable[[Sequence[str]], None] = start_viewer
