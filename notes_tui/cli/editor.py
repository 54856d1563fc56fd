"""A text in the user's own editor."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notes_tui.errors import NotesError, UnreadableFileError
from notes_tui.model.filenames import safe_stem
from notes_tui.settings import Config, editor_command


@contextmanager
def _interrupts_go_to_the_editor() -> Iterator[None]:
    """Ctrl-C means the editor while it is open; this program does not leave it alone on the terminal."""
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def open_editor(config: Config, file: Path) -> int:
    """Open the editor on a file and wait for it; returns its exit status.

    Raises :class:`NotesError` where there is no editor, or it does not start.
    """
    command = editor_command(config)
    if not command:
        raise NotesError("none is set", title="editor", hint="set $EDITOR, or `editor:` in config.yaml")
    try:
        with _interrupts_go_to_the_editor():
            return subprocess.run([*command, os.fspath(file)], check=False).returncode
    except OSError as error:
        raise NotesError(
            f"{command[0]}: {error.strerror}", title="editor", hint="set $EDITOR to a program that exists"
        ) from error


class EditedText:
    """A text in a file of its own while an editor is open on it; nothing typed is thrown away.

    Use it as a context: the file goes when the block ends well, and stays, with its place told in the
    error's hint, when what was typed could not be kept.
    """

    def __init__(self, text: str, name: str) -> None:
        self.before = text
        self.folder = Path(tempfile.mkdtemp(prefix="notes-tui-"))
        self.file = self.folder / f"{safe_stem(name)}.md"
        self.file.write_bytes(text.encode())

    def __enter__(self) -> EditedText:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if error is None or self._is_untouched():
            self.file.unlink(missing_ok=True)
            self.folder.rmdir()
        elif isinstance(error, NotesError):
            error.hint = f"{error.hint}; your text is in {self.file}".removeprefix("; ")

    def _is_untouched(self) -> bool:
        return self.file.exists() and self.file.read_bytes() == self.before.encode()

    def edit(self, config: Config) -> str:
        """Open the editor, wait for it, and return the text as it then stands.

        A final line feed that the editor put where none was does not count. Raises :class:`NotesError` where
        there is no editor or it reports a failure.
        """
        status = open_editor(config, self.file)
        if status:
            raise NotesError(f"it left with status {status}, the note is as it was", title="editor")
        return self._read()

    def _read(self) -> str:
        try:
            text = self.file.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            return self.before
        except UnicodeDecodeError as error:
            raise UnreadableFileError("the edited text is not UTF-8", hint="save it as UTF-8") from error
        return self.before if text == f"{self.before}\n" and self.before else text
