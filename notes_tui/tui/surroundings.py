"""What lies outside the program and is handed in: browser, clipboard, editor. Tests hand in their own."""

from __future__ import annotations

from typing import NamedTuple

from notes_tui.services.page_opening import Start, start_viewer
from notes_tui.tui.clipboard import Clipboard
from notes_tui.tui.external import EditorRunner, Opener, open_in_browser, run_command


class Surroundings(NamedTuple):
    """The outside, as far as the interface touches it."""

    clipboard: Clipboard
    open_address: Opener = open_in_browser
    run_editor: EditorRunner = run_command
    start_viewer: Start = start_viewer
