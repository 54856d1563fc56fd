"""``export template``: what a person's own template makes of the library. One way: files are not read back.

A file that the program wrote is written anew when it would say something else; one that was changed since, or was
there before, is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from notes_tui.errors import UnreadableFileError
from notes_tui.formats import template as templates
from notes_tui.model.export_report import ExportReport
from notes_tui.model.filenames import unique_stems
from notes_tui.model.item import ItemDetail
from notes_tui.model.reading_list import Problem
from notes_tui.model.shapes import detail_shape
from notes_tui.model.vault import WrittenFile
from notes_tui.services.folders import Folder, NotUsableError
from notes_tui.store import collections, items
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

_PROFILE = "template"
_SUFFIXES = (".j2", ".jinja", ".jinja2")
_FOREIGN = "it was there before or was changed since it was written; it was left as it is"
_MAX_BYTES = 1_000_000


def text_of(
    store: Store, template: Path, item_ids: Sequence[int] | None = None, *, include_private: bool = False
) -> str:
    """The text that a template makes of these items, or of all.

    It is given ``items`` (each as ``show --json`` has it) and ``collections`` (as ``collection list --json``).
    Raises :class:`UnreadableFileError` for a template that cannot be read or is wrong, with the line,
    :class:`MissingExtraError` without Jinja2.
    """
    details = _details(store, item_ids, include_private=include_private)
    return templates.render(template.name, _read(template), _shared(store, details))[0]


def export(
    store: Store, template: Path, dest: str | Path, item_ids: Sequence[int] | None = None, *,
    include_private: bool = False,
) -> ExportReport:  # fmt: skip
    """Write what a template makes to a file, or to a file for each item where ``dest`` is a folder (or ends in a slash).

    In a file for each item the template has ``item`` too; files are named by citekey and end as the template's name
    does before ``.j2``. A second export of the same writes nothing. Raises as :func:`text_of`, and
    :class:`UnwritableFileError`.
    """
    place = Path(dest).expanduser()
    if not (place.is_dir() or str(dest).endswith(("/", "\\"))):
        text = text_of(store, template, item_ids, include_private=include_private)
        return _write(store, place.parent, place.name, {place.name: text}, str(place))
    details = _details(store, item_ids, include_private=include_private)
    each = [{"item": detail_shape(detail)} for detail in details]
    texts = templates.render(template.name, _read(template), _shared(store, details), each)
    stems = unique_stems(detail.item.citekey for detail in details)
    suffix = _suffix(template)
    files = {f"{stem}{suffix}": text for stem, text in zip(stems.values(), texts, strict=True)}
    return _write(store, place, f"*{suffix}", files, str(place))


def _details(store: Store, item_ids: Sequence[int] | None, *, include_private: bool) -> list[ItemDetail]:
    chosen = list(bases.live_ids(store).values()) if item_ids is None else item_ids
    found = list(items.details(store, chosen))
    if include_private:
        return found
    secret = {*bases.private_keys(store)}
    return [_open_part(each, secret) for each in found if not each.item.private]


def _open_part(detail: ItemDetail, secret: set[str]) -> ItemDetail:
    """An item without its private notes and without the keys of private items."""
    notes = tuple(note for note in detail.notes if not note.private)
    related = tuple(key for key in detail.item.related if key not in secret)
    return replace(detail, notes=notes, item=replace(detail.item, related=related))


def _shared(store: Store, details: Iterable[ItemDetail]) -> dict[str, object]:
    return {
        "items": [detail_shape(detail) for detail in details],
        "collections": [each.as_dict() for each in collections.all_collections(store)],
    }


def _read(template: Path) -> str:
    try:
        with open(template, "rb") as file:
            content = file.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise UnreadableFileError(f"{template}: it is too long for a template", hint="name a template")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableFileError(f"{template}: {error.strerror or error}", hint="name a file") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{template}: it is not UTF-8 (byte {error.start})", hint="save it as UTF-8"
        ) from error


def _suffix(template: Path) -> str:
    name = template.name
    name = next((name.removesuffix(each) for each in _SUFFIXES if name.endswith(each)), name)
    return Path(name).suffix or ".txt"


def _write(store: Store, root: Path, name: str, files: dict[str, str], shown: str) -> ExportReport:
    """Write files that differ; ``name`` stands for them all among the places that are remembered."""
    folder = Folder(root)
    address = str(Path(folder.real) / name)
    known = bases.vault_id(store, address)
    rows = bases.written_files(store, known) if known else {}
    report = ExportReport(path=shown)
    written: list[WrittenFile] = []
    for path, text in files.items():
        try:
            made = _write_one(folder, path, text, rows.get(path), report)
        except NotUsableError as error:
            report.problems.append(Problem(path, None, str(error)))
            continue
        if made and made != rows.get(path):
            written.append(made)
    if written:
        with store.transaction():
            bases.remember_files(store, bases.bind(store, address, _PROFILE, known), written)
    return report


def _write_one(
    folder: Folder, path: str, text: str, row: WrittenFile | None, report: ExportReport
) -> WrittenFile | None:
    state = folder.state(path)
    before = folder.read(path) if state else None
    if before is not None and before != text and (row is None or row.base != _digest(before)):
        report.problems.append(Problem(path, None, _FOREIGN))
        return None
    if before == text:
        report.unchanged += 1
    else:
        (report.new if state is None else report.changed).append(path)
        state = folder.write(path, text, over=state is not None)
    if state is None:
        return None
    return WrittenFile(
        path=path, kind="page", item_id=None, base=_digest(text), size=state.size, mtime_ns=state.mtime_ns
    )


def _digest(text: str) -> str:
    """What is remembered of a text that was written."""
    return blake2b(text.encode(), digest_size=16).hexdigest()
