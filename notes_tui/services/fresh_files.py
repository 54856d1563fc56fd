"""Many files of a folder that has none of them yet: written apart, and put in place by a few renames.

They are made in a hidden folder inside, which carries the id of the process. What stands at the top of the folder
appears whole: a folder with all its files, or a file. Interrupted before, nothing has appeared.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress

from notes_tui.errors import UnwritableFileError
from notes_tui.services.folders import FileState, Folder, state_of, write_whole

_FEWEST = 200
"""So many files make it worthwhile; fewer are put in place one by one."""


class FreshFiles:
    """Files on their way into a folder. Used in a ``with``; leaving it clears what was not put in place."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._apart = folder.root / f".fresh.{os.getpid()}.part"
        self._made: set[str] = set()
        self._tops: dict[str, None] = {}

    @staticmethod
    def suit(folder: Folder, paths: Iterable[str]) -> bool:
        """Whether there are many files and nothing of what they are in is there yet."""
        several = list(paths)
        tops = {path.partition("/")[0] for path in several}
        return len(several) >= _FEWEST and not any(os.path.lexists(folder.root / top) for top in tops)

    def __enter__(self) -> FreshFiles:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._apart, ignore_errors=True)

    def write(self, path: str, text: str) -> FileState:
        """Write a file apart; says what it will be like. Raises :class:`UnwritableFileError`."""
        inside, _, _ = path.rpartition("/")
        place = f"{self._apart}{os.sep}{path}"
        try:
            if inside not in self._made:
                os.makedirs(self._apart / inside, exist_ok=True)
                self._made.add(inside)
            file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
            try:
                write_whole(file, text.encode("utf-8"))
                state = state_of(os.fstat(file))
            finally:
                os.close(file)
        except OSError as error:
            raise self._unwritable(path, error) from error
        self._tops[path.partition("/")[0]] = None
        return state

    def put_in_place(self) -> None:
        """Let the files appear. Raises :class:`UnwritableFileError` where something has come in between."""
        for top in self._tops:
            place = self.folder.root / top
            try:
                if os.path.lexists(place):
                    raise FileExistsError(17, "it appeared meanwhile")
                os.rename(self._apart / top, place)
            except OSError as error:
                raise self._unwritable(top, error) from error
        with suppress(OSError):
            self._apart.rmdir()

    def _unwritable(self, path: str, error: OSError) -> UnwritableFileError:
        hint = "check its permissions and free space, then run it again"
        return UnwritableFileError(f"{self.folder.root / path}: {error.strerror or error}", hint=hint)
