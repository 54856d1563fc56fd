"""Arguments that several commands share, and reading their values from standard input."""

from __future__ import annotations

import sys
from contextlib import contextmanager

from notes_tui.cli.verb import argument, option
from notes_tui.errors import InvalidValueError, UnreadableFileError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    _Declaring = Callable[[Callable[..., Any]], Callable[..., Any]]


def citekey_argument(name: str = "citekey") -> _Declaring:
    """One CITEKEY; ``-`` takes it from standard input."""
    return argument(name, metavar=name.upper(), completer="citekey")


def citekeys_argument(*, required: bool = True) -> _Declaring:
    """CITEKEY…; ``-`` takes them from standard input, one a line."""
    return argument("citekeys", metavar="CITEKEY...", nargs=-1, required=required, completer="citekey")


def query_argument(name: str = "query") -> _Declaring:
    """Words of a query, joined with spaces by :func:`joined`."""
    return argument(name, metavar="[QUERY]", nargs=-1, required=False)


def profile_option() -> _Declaring:
    """``--profile``: the layout of a new vault."""
    import click

    from notes_tui.model.vault import LAYOUTS

    return option(
        "--profile", type=click.Choice(LAYOUTS, case_sensitive=False),
        help="How a new vault is laid out: plain, for Obsidian, or a folder for each paper below topics.",
    )  # fmt: skip


@contextmanager
def on_the_command_line() -> Iterator[None]:
    """Within the block a value that is refused is a fault of the command line: exit status 2."""
    try:
        yield
    except InvalidValueError as error:
        raise UsageError(error.detail, hint=error.hint) from error


def joined(words: Sequence[str]) -> str:
    """Words of the command line as one text."""
    return " ".join(words)


def expanded(keys: Sequence[str]) -> list[str]:
    """The keys, with a ``-`` replaced by the lines of standard input, which may be lines of ``list``.

    Raises :class:`InvalidValueError` where that leaves no key.
    """
    found: list[str] = []
    for key in keys:
        found += _keys_of_lines(read_stdin()) if key == "-" else [key]
    if not found:
        raise InvalidValueError(
            "standard input names no item", title="nothing to do", hint="one CITEKEY a line"
        )
    return found


def _keys_of_lines(text: str) -> list[str]:
    """A key a line; a line of ``list`` (status, citekey, title, … between tabs) counts by its citekey."""
    cells = [line.split("\t") for line in text.splitlines() if line.strip()]
    return [(row[1] if len(row) > 2 else row[0]).strip() for row in cells]


def one_key(key: str) -> str:
    """The key, read from standard input where it is ``-``; more than one line there is refused."""
    keys = expanded([key])
    if len(keys) > 1:
        raise UsageError(f"standard input names {len(keys)} items", hint="this command takes one CITEKEY")
    return keys[0]


def text_or_stdin(value: str) -> str:
    """The value, or all of standard input where it is ``-``."""
    return read_stdin() if value == "-" else value


def read_stdin() -> str:
    """All of standard input as text. Raises :class:`UnreadableFileError` where it is closed or not UTF-8."""
    if sys.stdin is None:
        raise UnreadableFileError("standard input is closed", hint="pipe something in, or name it")
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"standard input is not UTF-8 (byte {error.start})",
            hint="convert it first, for example with iconv",
        ) from error
