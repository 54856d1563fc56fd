"""Reading a PDF in a process of its own, so that a hostile file can neither hang nor crash the program.

Bounds within the process are looked at between pages and annotations; a single page that unfolds into
gigabytes is beyond them. The process is ended when its time is up, and its memory is limited where the
system can do that. Starting it takes a tenth of a second or two.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from notes_tui.errors import MissingExtraError, NotesError, UnreadableFileError
from notes_tui.formats.pdf.limits import SECONDS
from notes_tui.formats.pdf.reading import page_texts, read_pdf
from notes_tui.model.pdf import PdfContent

_GRACE = 3.0
"""Seconds beyond its own bound that a process may take."""
_MEMORY = 4 << 30
"""Bytes of address space that a process may take."""
_HINT = "open it in a viewer and save it again"


def read_pdf_apart(path: str | Path, *, seconds: float = SECONDS) -> PdfContent:
    """What :func:`~notes_tui.formats.pdf.reading.read_pdf` gives, from a process of its own.

    Raises the same errors, and :class:`UnreadableFileError` where the process had to be ended or died.
    """
    content: PdfContent = _from_process("content", path, seconds)
    return content


def page_texts_apart(path: str | Path, *, seconds: float = SECONDS) -> list[tuple[int, str]]:
    """What :func:`~notes_tui.formats.pdf.reading.page_texts` gives, all at once, from a process of its own."""
    texts: list[tuple[int, str]] = _from_process("texts", path, seconds)
    return texts


def _from_process(what: str, path: str | Path, seconds: float) -> Any:
    # A path may begin with a dash, and a relative one with any word.
    command = [sys.executable, "-m", __name__, what, str(seconds), str(Path(path).absolute())]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=seconds + _GRACE, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(
            f"{path}: reading took longer than {seconds:g} seconds", hint=_HINT
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{path}: {error}", hint="check the name") from error
    if ended.returncode != 0:
        raise UnreadableFileError(f"{path}: reading it failed (status {ended.returncode})", hint=_HINT)
    result = pickle.loads(ended.stdout)
    if isinstance(result, _Refusal):
        raise result.error()
    return result


class _Refusal:
    """An error on its way out of the process."""

    def __init__(self, error: NotesError) -> None:
        self.kind = MissingExtraError if isinstance(error, MissingExtraError) else UnreadableFileError
        self.detail, self.hint = error.detail, error.hint

    def error(self) -> NotesError:
        """The error again."""
        return self.kind(self.detail, hint=self.hint)


def main(arguments: Sequence[str]) -> None:
    """Read one file and write the outcome to standard output."""
    what, seconds, path = arguments
    _limit_memory()
    outcome: object
    try:
        if what == "texts":
            outcome = list(page_texts(path, seconds=float(seconds)))
        else:
            outcome = read_pdf(path, seconds=float(seconds))
    except NotesError as error:
        outcome = _Refusal(error)
    sys.stdout.buffer.write(pickle.dumps(outcome))


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    # Classes are those of the module as others import it, so that they are known on the other side.
    from notes_tui.formats.pdf import apart

    apart.main(sys.argv[1:])
