"""``export`` of one file: bibliographies and the canonical dump. The same library gives the same bytes."""

from __future__ import annotations

import filecmp
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from notes_tui.errors import InvalidValueError, UnwritableFileError
from notes_tui.formats import all_formats, format_named
from notes_tui.model.dump import DumpedCollection, DumpedItem
from notes_tui.services.processes import no_collecting
from notes_tui.store import dumping, items
from notes_tui.store.database import Store
from notes_tui.store.whole_items import whole_items

DUMP = "json"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    path: str
    items: int
    changed: bool
    """Whether the file was not there in these bytes already."""

    def as_dict(self) -> dict[str, object]:
        """``{path, items, changed}``."""
        return {"path": self.path, "items": self.items, "changed": self.changed}


def one_file_formats() -> tuple[str, ...]:
    """Names of the formats that come as one file."""
    return tuple(sorted([DUMP, *(each.name for each in all_formats() if each.write)]))


def export_text(
    store: Store, format: str, item_ids: Sequence[int] | None = None, *, include_private: bool = False
) -> str:
    """The file as text, of some items or of all; the trash is in the dump alone.

    The dump is the library itself and holds what is private, a bibliography only where it is asked for.
    Raises :class:`InvalidValueError` for a format that is not written.
    """
    with store.one_state():
        return "".join(export_pieces(store, format, item_ids, include_private=include_private).texts)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A file that is being made: its text bit by bit, and how many items it has."""

    texts: Iterable[str]
    items: int


def export_pieces(
    store: Store, format: str, item_ids: Sequence[int] | None = None, *, include_private: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Pieces:  # fmt: skip
    """As :func:`export_text`, without holding a dump as a whole: its items are read while it is written.

    Made and written within :meth:`Store.one_state`, it is the library at one moment.
    """
    if format.lower() == DUMP:
        return _dump(store, item_ids, progress)
    chosen = format_named(format)
    if chosen.write is None:
        raise InvalidValueError(
            f"format {format!r} is for import only", hint=f"one of {', '.join(one_file_formats())}"
        )
    found = items.by_ids(store, _live(store) if item_ids is None else item_ids)
    shown = [item for item in found if include_private or not item.private]
    return Pieces([chosen.write(shown).translate(_CONTROLS)], len(shown))


def _dump(store: Store, only: Sequence[int] | None, progress: Callable[[int, int], None] | None) -> Pieces:
    from notes_tui.formats import dump

    keys = dumping.citekeys(store, only)
    ids = sorted(keys, key=lambda item_id: dump.sort_key(keys[item_id]))
    slugs: set[str] = set()

    def read() -> Iterator[DumpedItem]:
        for number, each in enumerate(whole_items(store, ids), 1):
            slugs.update(entry.slug for entry in each.item.entries)
            if progress and number % _OFTEN == 0:
                progress(number, len(ids))
            yield each

    def rest() -> tuple[Iterable[DumpedCollection], Iterable[tuple[str, str]]]:
        return dumping.headers(store, None if only is None else slugs), dumping.views(store, only)

    return Pieces(dump.pieces(read(), rest), len(ids))


_OFTEN = 500
"""Items between two words on progress."""
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)])
"""Control characters, which no bibliography has a use for; tabs and line ends are none of these."""


def _live(store: Store) -> list[int]:
    return [row[0] for row in store.rows("SELECT id FROM items WHERE trashed = '' ORDER BY id")]


def export_file(
    store: Store, format: str, path: str | Path, item_ids: Sequence[int] | None = None, *,
    include_private: bool = False, progress: Callable[[int, int], None] | None = None,
) -> Exported:  # fmt: skip
    """Write the file, in place of one that is there; the same bytes are not written again.

    Raises :class:`UnwritableFileError`, and then nothing has changed.
    """
    with no_collecting(), store.one_state():
        made = export_pieces(store, format, item_ids, include_private=include_private, progress=progress)
        return Exported(str(path), made.items, write_pieces(Path(path), made.texts))


def write_text(path: Path, text: str) -> bool:
    """Put a text in the place of a file, as :func:`write_pieces` does."""
    return write_pieces(path, [text])


def write_pieces(path: Path, texts: Iterable[str]) -> bool:
    """Put a text in the place of a file, whole or not at all; says whether it was another one.

    A link is followed, and a file keeps its permissions. Raises :class:`UnwritableFileError`.
    """
    place = Path(os.path.realpath(path))
    try:
        if place.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if place.exists() and not place.is_file():
            with open(place, "wb") as file:
                file.writelines(text.encode("utf-8") for text in texts)
            return True
        return _replace(place, texts)
    except OSError as error:
        raise UnwritableFileError(
            f"{path}: {error.strerror or error}", hint="check the folder and free space"
        ) from error


def _replace(place: Path, texts: Iterable[str]) -> bool:
    fresh = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with open(fresh, "wb") as file:
            file.writelines(text.encode("utf-8") for text in texts)
            file.flush()
            if place.is_file() and filecmp.cmp(fresh, place, shallow=False):
                return False
            if place.exists():
                os.chmod(fresh, stat.S_IMODE(place.stat().st_mode))
            os.fsync(file.fileno())
        os.replace(fresh, place)
        return True
    finally:
        fresh.unlink(missing_ok=True)
