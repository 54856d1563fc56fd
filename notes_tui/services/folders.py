"""Files in a folder that the user named: nothing outside of it is read or written, no file is ever half there.

A link inside the folder that leads out of it is left alone. A file is replaced by one written beside it;
where that takes the place of bytes that exist nowhere else, they are on the disk before it does.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from notes_tui.errors import UnwritableFileError
from notes_tui.services.processes import clear_unfinished

MAX_BYTES = 16 * 1024 * 1024
"""No note is longer; a file beyond that is not read."""


class FileState(NamedTuple):
    """What the folder says of a file without opening it."""

    size: int
    mtime_ns: int
    usable: bool
    """Whether it is a plain file."""


class NotUsableError(Exception):
    """A file of the folder cannot be read or written; says why."""


class Folder:
    """A folder that files are written to."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.abspath(root))
        self.real = os.path.realpath(root)
        self._inside: dict[str, bool] = {}
        self._states: dict[str, dict[str, FileState]] = {}
        self._made: set[str] = set()

    def state(self, path: str) -> FileState | None:
        """What there is at a path. Each folder is looked at once; writing does not change what was seen.

        Raises :class:`NotUsableError` where the path leads out of the folder.
        """
        folder, _, name = path.rpartition("/")
        if not self._is_inside(folder):
            raise NotUsableError(f"{folder} is no folder here, or a link leads out of it")
        if folder not in self._states:
            self._states[folder] = self._scanned(folder)
        return self._states[folder].get(name)

    def look(self, path: str) -> FileState | None:
        """What there is at one path now, without a look at the folder around it. Raises as :meth:`state`."""
        try:
            return state_of(os.lstat(self._place(path)))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NotUsableError(error.strerror or str(error)) from error

    def has_all(self, paths: Iterable[str]) -> bool:
        """Whether these are plain files of the folder and none is half written: names are looked at, no file is."""
        wanted: dict[str, set[str]] = {}
        for path in paths:
            folder, _, name = path.rpartition("/")
            wanted.setdefault(folder, set()).add(name)
        return all(self._holds(folder, names) for folder, names in wanted.items())

    def _holds(self, folder: str, names: set[str]) -> bool:
        try:
            with os.scandir(self.root / folder) as entries:
                plain = {each.name for each in entries if each.is_file(follow_symlinks=False)}
        except OSError:
            return False
        return self._is_inside(folder) and names <= plain and not any(map(_is_leftover, plain))

    def _scanned(self, folder: str) -> dict[str, FileState]:
        try:
            with os.scandir(self.root / folder) as entries:
                return {each.name: state_of(each.stat(follow_symlinks=False)) for each in entries}
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._unwritable(folder, error) from error

    def listing(self, suffixes: tuple[str, ...], hidden: tuple[str, ...] = ()) -> dict[str, FileState]:
        """Every plain file with one of these endings and what it is like; as :meth:`files`, in one walk."""
        found: dict[str, FileState] = {}
        self._list(self.real, "", suffixes, hidden, found)
        return found

    def _list(
        self,
        place: str,
        inside: str,
        suffixes: tuple[str, ...],
        hidden: tuple[str, ...],
        found: dict[str, FileState],
    ) -> None:
        folders: list[str] = []
        try:
            with os.scandir(place) as entries:
                states = {each.name: (each, state_of(each.stat(follow_symlinks=False))) for each in entries}
        except OSError:
            return
        for name, (entry, state) in states.items():
            if state.usable:
                if name.endswith(suffixes):
                    found[inside + name] = state
            elif entry.is_dir(follow_symlinks=False) and (not name.startswith(".") or name in hidden):
                folders.append(name)
        self._states.setdefault(
            inside.removesuffix("/"), {name: state for name, (_, state) in states.items()}
        )
        for name in sorted(folders):
            self._list(os.path.join(place, name), f"{inside}{name}/", suffixes, hidden, found)

    def files(self, suffixes: tuple[str, ...], hidden: tuple[str, ...] = ()) -> Iterator[str]:
        """Every file with one of these endings, by folder; links are not followed, hidden folders left out.

        ``hidden`` names those that are looked into all the same.
        """
        for folder, folders, names in os.walk(self.real):
            folders[:] = sorted(each for each in folders if not each.startswith(".") or each in hidden)
            inside = os.path.relpath(folder, self.real).replace(os.sep, "/")
            for name in sorted(names):
                if name.endswith(suffixes) and not os.path.islink(os.path.join(folder, name)):
                    yield name if inside == "." else f"{inside}/{name}"

    def _is_inside(self, folder: str) -> bool:
        """Whether files of a folder really are in this one, whatever links lead to it; it may yet be missing."""
        if folder not in self._inside:
            place = os.path.join(self.real, folder)
            real = os.path.realpath(place)
            within = real == self.real or real.startswith(self.real.rstrip(os.sep) + os.sep)
            usable = within and (os.path.isdir(place) or not os.path.lexists(place))
            self._inside[folder] = usable and (not folder or self._is_inside(folder.rpartition("/")[0]))
        return self._inside[folder]

    def read(self, path: str) -> str:
        """The text of a file, its byte order mark and line ends as they are. Raises :class:`NotUsableError`."""
        try:
            with open(self._place(path), "rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise NotUsableError(error.strerror or str(error)) from error
        if len(content) > MAX_BYTES:
            raise NotUsableError("it is too long for a note")
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotUsableError(f"it is not UTF-8 (byte {error.start})") from error

    def _place(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        place = f"{self.root}{os.sep}{path}"
        if not self._is_inside(folder):
            raise NotUsableError(f"{folder} is no folder here, or a link leads out of it")
        if os.path.islink(place):
            raise NotUsableError("it is a link")
        return place

    def write(self, path: str, text: str, *, over: bool) -> FileState:
        """Put a text in place of a file, whole or not at all.

        ``over`` says that there is one with words of its own. Raises :class:`NotUsableError`, or
        :class:`UnwritableFileError` where the whole folder cannot be written.
        """
        place = self._place(path)
        content = text.encode("utf-8")
        try:
            if os.path.dirname(place) not in self._made:
                os.makedirs(os.path.dirname(place), exist_ok=True)
                self._made.add(os.path.dirname(place))
            return state_of(_replace(place, content, over=over))
        except IsADirectoryError as error:
            raise NotUsableError("there is a folder of that name") from error
        except OSError as error:
            raise self._unwritable(path, error) from error

    def copy_in(self, path: str, source: Path, *, over: bool = False) -> bool:
        """Copy a file from elsewhere, whole or not at all; says whether it did: one that is there stays unless ``over``.

        Raises :class:`NotUsableError` where it cannot be copied.
        """
        place = self._place(path)
        if not over and os.path.lexists(place):
            return False
        fresh = os.path.join(os.path.dirname(place), f".{os.path.basename(place)[:40]}.{os.getpid()}.part")
        try:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            shutil.copyfile(source, fresh)
            os.replace(fresh, place)
        except OSError as error:
            with suppress(OSError):
                os.unlink(fresh)
            raise NotUsableError(error.strerror or str(error)) from error
        return True

    def remove(self, path: str, *, unless: str | None = None) -> None:
        """Delete a file, and the folders it leaves empty; not if it is the file ``unless`` by another name.

        Raises :class:`NotUsableError`.
        """
        try:
            place = self._place(path)
            if unless and os.path.samefile(place, self.root / unless):
                return
            os.unlink(place)
        except FileNotFoundError:
            return
        except OSError as error:
            raise NotUsableError(error.strerror or str(error)) from error
        for folder in list(Path(path).parents)[:-1]:
            try:
                (self.root / folder).rmdir()
            except OSError:
                return

    def clear_leftovers(self) -> None:
        """Delete what an interrupted run left half written in the folders that were looked at."""
        for folder, states in self._states.items():
            if any(map(_is_leftover, states)):
                clear_unfinished(self.root / folder, ".*.part")
        clear_unfinished(self.root, ".fresh.*.part")

    def _unwritable(self, path: str, error: OSError) -> UnwritableFileError:
        hint = "check its permissions and free space; running it again goes on where it stopped"
        return UnwritableFileError(f"{self.root / path}: {error.strerror or error}", hint=hint)


def _is_leftover(name: str) -> bool:
    return name.startswith(".") and name.endswith(".part")


def state_of(status: os.stat_result) -> FileState:
    """What a folder would say of a file."""
    return FileState(status.st_size, status.st_mtime_ns, stat.S_ISREG(status.st_mode))


def _replace(place: str, content: bytes, *, over: bool) -> os.stat_result:
    folder, name = os.path.split(place)
    fresh = os.path.join(folder, f".{name[:40]}.{os.getpid()}.part")
    try:
        file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        try:
            write_whole(file, content)
            if over and os.path.isfile(place):
                os.chmod(fresh, stat.S_IMODE(os.stat(place).st_mode))
                os.fsync(file)
        finally:
            os.close(file)
        os.replace(fresh, place)
        return os.stat(place)
    except BaseException:  # an interruption, too, leaves nothing half written; it goes on up
        with suppress(FileNotFoundError):
            os.unlink(fresh)
        raise


def write_whole(file: int, content: bytes) -> None:
    """Write all of a content: the system may take less of it at once."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(file, rest) :]
