"""The clipboard: the platform's own where there is one, the terminal's (OSC 52) over ssh and elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Protocol

MAX_OSC52 = 74_000
"""Characters that terminals are known to take."""


class Clipboard(Protocol):
    """Where text is copied to and taken from."""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""

    def paste(self) -> str:
        """The text on the clipboard, or nothing. May take a moment; call it in a thread."""


class SystemClipboard:
    """The platform's clipboard, with a terminal's as the other way."""

    def __init__(self, terminal_copy: Callable[[str], None]) -> None:
        self.terminal_copy = terminal_copy
        self.last_copied = ""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        self.last_copied = text
        if not self._is_native() or not _native_copy(text):
            self.terminal_copy(text)

    def paste(self) -> str:
        """The text on the clipboard, else what was copied here last."""
        return (_native_paste() if self._is_native() else "") or self.last_copied

    @staticmethod
    def _is_native() -> bool:
        return not (os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def _native_copy(text: str) -> bool:
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True


def _native_paste() -> str:
    import pyperclip

    try:
        return str(pyperclip.paste())
    except (pyperclip.PyperclipException, OSError, UnicodeDecodeError):
        return ""
