"""``export`` of one file: bibliographies and the canonical dump. The same library gives the same bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from notes_tui.errors import InvalidValueError, UnwritableFileError
from notes_tui.formats import all_formats, format_named
from notes_tui.store import dumping, items
from notes_tui.store.database import Store

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
    return _text_and_count(store, format, item_ids, include_private)[0]


def _text_and_count(
    store: Store, format: str, item_ids: Sequence[int] | None, include_private: bool
) -> tuple[str, int]:
    if format.lower() == DUMP:
        from notes_tui.formats import dump

        whole = dumping.whole_library(store, item_ids)
        return dump.write(whole), len(whole.items)
    chosen = format_named(format)
    if chosen.write is None:
        raise InvalidValueError(
            f"format {format!r} is for import only", hint=f"one of {', '.join(one_file_formats())}"
        )
    found = items.by_ids(store, _live(store) if item_ids is None else item_ids)
    shown = [item for item in found if include_private or not item.private]
    return chosen.write(shown).translate(_CONTROLS), len(shown)


_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)])
"""Control characters, which no bibliography has a use for; tabs and line ends are none of these."""


def _live(store: Store) -> list[int]:
    return [row[0] for row in store.rows("SELECT id FROM items WHERE trashed = '' ORDER BY id")]


def export_file(
    store: Store, format: str, path: str | Path, item_ids: Sequence[int] | None = None, *,
    include_private: bool = False,
) -> Exported:  # fmt: skip
    """Write the file, in place of one that is there; the same bytes are not written again.

    Raises :class:`UnwritableFileError`, and then nothing has changed.
    """
    text, count = _text_and_count(store, format, item_ids, include_private)
    return Exported(str(path), count, write_text(Path(path), text))


def write_text(path: Path, text: str) -> bool:
    """Put a text in the place of a file, whole or not at all; says whether it was another one.

    A link is followed, and a file keeps its permissions. Raises :class:`UnwritableFileError`.
    """
    content = text.encode("utf-8")
    place = Path(os.path.realpath(path))
    try:
        if place.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if place.exists() and not place.is_file():
            place.write_bytes(content)
            return True
        if place.is_file() and place.stat().st_size == len(content) and place.read_bytes() == content:
            return False
        _replace(place, content)
    except OSError as error:
        raise UnwritableFileError(
            f"{path}: {error.strerror or error}", hint="check the folder and free space"
        ) from error
    return True


def _replace(place: Path, content: bytes) -> None:
    fresh = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with open(fresh, "wb") as file:
            if place.exists():
                os.fchmod(file.fileno(), stat.S_IMODE(place.stat().st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, place)
    finally:
        fresh.unlink(missing_ok=True)
