"""The only place that writes to the terminal.

Text that came from data is made harmless here, so no command has to think of it: a line is a sequence
of plain strings and :class:`Span`\\ s, every piece passes through :func:`notes_tui.model.text.printable`,
and only then styles are added, where the stream is a terminal and ``NO_COLOR`` is not set.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO, TextIO

_CODES = {
    "bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36",
}  # fmt: skip
_UNSAFE_IN_JSON = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"


class Span:
    """A piece of a line with a look: ``bold``, ``dim`` or the name of a colour."""

    __slots__ = ("style", "text")

    def __init__(self, text: str, style: str = "") -> None:
        self.text = text
        self.style = style


Piece = str | Span
Line = str | Span | tuple[Piece, ...]
"""One line of output: a piece, or several side by side."""


def pieces(line: Line) -> tuple[Span, ...]:
    """A line as spans."""
    parts: tuple[Piece, ...] = (line,) if isinstance(line, str | Span) else line
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def render(line: Line, *, colour: bool) -> str:
    """A line as text that is safe to write, with escape codes of our own where ``colour``."""
    from notes_tui.model.text import printable

    return "".join(_styled(printable(span.text), span.style if colour else "") for span in pieces(line))


def _styled(text: str, style: str) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style and text else text


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at the stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def echo(lines: Iterable[Line] | str, *, err: bool = False) -> None:
    """Write lines, each ended by a line feed."""
    stream = sys.stderr if err else sys.stdout
    if stream is None:
        return
    colour = is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    for line in [lines] if isinstance(lines, str) else lines:
        text = render(line, colour=colour)
        stream.write(text if text.endswith("\n") else text + "\n")


def dump(value: object, *, indent: int | None = None) -> str:
    """JSON text with letters of all scripts left readable and everything a terminal might obey escaped."""
    import json
    import re

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isprintable():
        return text
    return re.sub(_UNSAFE_IN_JSON, lambda found: f"\\u{ord(found[0]):04x}", text)


def write_json(value: object) -> None:
    """Write one JSON value, in UTF-8 whatever the locale; indented where a person looks at it.

    An iterator is a list of which no more than one part is held at a time, but for its text.
    """
    from collections.abc import Iterator

    watched = is_terminal(sys.stdout)
    if isinstance(value, Iterator):
        value = list(value) if watched else value
    if isinstance(value, Iterator):
        first, *rest = [dump(each).encode() for each in value] or [b""]
        write_bytes(b"[", first, *(b", " + each for each in rest), b"]\n")
    else:
        write_bytes((dump(value, indent=2 if watched else None) + "\n").encode())


def write_bytes(*parts: bytes) -> None:
    """Write bytes to standard output as they are."""
    if sys.stdout is None:
        return
    sys.stdout.flush()
    binary: BinaryIO = sys.stdout.buffer
    binary.writelines(parts)
    binary.flush()


def prepare_streams() -> None:
    """Let output never fail on a letter that the locale does not know."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def flush() -> None:
    """Hand everything written to the operating system, so that its refusal can still be reported."""
    if sys.stdout is not None:
        sys.stdout.flush()


def give_up_stdout() -> None:
    """Point standard output at nothing, after its reader has gone or its disk is full."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
    finally:
        os.close(nowhere)
