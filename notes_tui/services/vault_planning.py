"""What an export to a vault would do, file by file; nothing is written here.

The library's text, the text last written and what the file says now are three sides of one merge. Where
the library's side has not changed, a file is not even opened.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from notes_tui.errors import InvalidValueError, UnwritableFileError
from notes_tui.formats import vault as layout
from notes_tui.model.dump import Dump
from notes_tui.model.export_report import ExportReport, FileConflict
from notes_tui.model.merge import Merged
from notes_tui.model.reading_list import Problem
from notes_tui.model.vault import LAYOUTS, VaultText, WrittenFile
from notes_tui.services.folders import Folder, NotUsableError
from notes_tui.store import dumping
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

if TYPE_CHECKING:
    from notes_tui.services.vault_figures import FigurePlan

_FOREIGN = "a file of that name was there before and is not the program's; it was left as it is"
_NO_FILE = "it is a link or no plain file; it was left as it is"


@dataclass(frozen=True, slots=True)
class PlannedWrite:
    """A text to be put in a file, and the library's side of it."""

    text: str
    made: VaultText
    over: bool
    """Whether it takes the place of a file with words of its owner."""


@dataclass(slots=True)
class VaultPlan:
    """What an export would do."""

    report: ExportReport
    folder: Folder
    vault: int | None
    item_ids: dict[str, int]
    writes: list[PlannedWrite] = field(default_factory=list)
    settled: list[VaultText] = field(default_factory=list)
    """Files that say already what the library says, however they came to."""
    removals: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    """Files that are no longer the program's."""
    figures: FigurePlan | None = None
    """What becomes of the pictures that notes show, where there are any."""
    profile: str = layout.PLAIN.name
    mark: str = ""
    """The state of the library that the vault has when this is carried out whole."""

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to write or to remember."""
        return not (self.writes or self.settled or self.removals or self.forgotten)


class Planner:
    """Compares what the library would have in a vault with what was last written and with what is there."""

    def __init__(
        self, store: Store, folder: Folder, done: Collection[str], with_private: bool,
        profile: layout.Profile | None = None, written: dict[str, WrittenFile] | None = None,
        only: Collection[int] | None = None,
    ) -> None:  # fmt: skip
        self.store = store
        self.folder = folder
        self.done = done
        self.with_private = with_private
        vault = vault_of(store, folder)
        if written is None:
            written = bases.written_files(store, vault) if vault else {}
        self.written = written
        self.ids = bases.live_ids(store, only)
        self.compared: set[str] = set()
        self.rows_of_items = {each.item_id: each for each in self.written.values() if each.kind == "item"}
        self.profile = profile or profile_of(store, folder, vault)
        self.result = VaultPlan(
            ExportReport(path=str(folder.root)), self.folder, vault, self.ids, profile=self.profile.name
        )

    def plan(self, item_ids: Sequence[int] | None) -> VaultPlan:
        """Go through every file the vault has or should have."""
        dump = dumping.whole_library(self.store, with_events=False)
        texts = list(layout.texts(dump, bases.all_events(self.store), self._selection(dump, item_ids)))
        self.refuse_other_library(texts)
        for made in texts:
            try:
                self.compare(made)
            except NotUsableError as error:
                self.problem(made.path, f"{error}; it was left as it is")
        for path in sorted(self.written.keys() - self.compared):
            if self.written[path].kind not in ("note", "copy", "other"):
                self.retire(self.written[path])
        return self.result

    @property
    def own_files(self) -> dict[str, dict[str, str]]:
        """Notes that are files of their own: by citekey and title, the path."""
        keys = {item_id: citekey for citekey, item_id in self.ids.items()}
        found: dict[str, dict[str, str]] = {}
        for row in self.written.values():
            if row.kind == "note" and row.item_id in keys:
                found.setdefault(keys[row.item_id], {})[row.note] = row.path
        return found

    def _text_of(self, path: str) -> str | None:
        try:
            return self.folder.read(path) if self.folder.state(path) else None
        except NotUsableError:
            return None

    def _is_there(self, path: str) -> bool:
        try:
            return self.folder.state(path) is not None
        except NotUsableError:
            return True

    def _selection(self, dump: Dump, item_ids: Sequence[int] | None) -> layout.Selection:
        chosen = None
        if item_ids is not None:
            wanted = {*item_ids, *self.rows_of_items}
            chosen = {citekey for citekey, item_id in self.ids.items() if item_id in wanted}
        return layout.Selection(
            citekeys=chosen,
            with_private=self.with_private,
            done=self.done,
            places=self.places(dump),
            profile=self.profile,
            own_files=self.own_files,
        )

    def places(self, dump: Dump) -> dict[str, str]:
        """Files that are not where a new vault would have them: their owner moved or renamed them.

        A file still named after an old citekey follows the new one.
        """
        usual = self.profile.paths([each.item for each in dump.items if each.item.citekey in self.ids])
        aliases = {each.item.citekey: each.item.aliases for each in dump.items}
        places: dict[str, str] = {}
        missing: set[str] = set()
        for citekey, item_id in self.ids.items():
            row = self.rows_of_items.get(item_id)
            if row is None:
                continue
            if not self._is_there(row.path):
                missing.add(citekey)
            elif row.path != usual[citekey] and row.path not in self.profile.old_paths(aliases[citekey]):
                places[citekey] = row.path
        return places | (self._found_again(missing) if missing else {})

    def _found_again(self, missing: Collection[str]) -> dict[str, str]:
        """Where files went that their owner moved, known by the citekey in them."""
        found: dict[str, str] = {}
        for path in self.folder.files((".md",)):
            if path not in self.written and self.profile.is_item_file(path):
                citekey = layout.citekey_in(self._text_of(path) or "")
                if citekey in missing:
                    found.setdefault(citekey, path)
        return found

    def refuse_other_library(self, texts: Sequence[VaultText]) -> None:
        """Refuse a folder that is the vault of another library: the two would be mixed beyond repair."""
        if self.written or not self._is_there(layout.ITEM_RECORDS):
            return
        ours = next((each.text for each in texts if each.path == layout.ITEM_RECORDS), "")
        if self._text_of(layout.ITEM_RECORDS) != ours:
            raise UnwritableFileError(
                f"{self.folder.root}: it is the vault of another library",
                hint="bring that one in first with `notes-tui import`, or name another folder",
            )

    def compare(self, made: VaultText) -> None:
        """Decide what becomes of one file of the library."""
        row = self.written.get(made.path)
        if row is None and made.kind == "item":
            row = self.rows_of_items.get(self.ids[made.citekey])
        renamed = row is not None and row.path != made.path and not self.folder.state(made.path)
        source = row.path if row and renamed else made.path
        state = self.folder.state(source)
        self.compared.add(row.path if row else made.path)
        if row and row.path != made.path:
            self.result.forgotten.append(row.path)
        if state is None:
            self.write(made, made.text, over=False)
        elif not state.usable:
            self.problem(source, _NO_FILE)
        elif row is None:
            self.adopt(made)
        elif row.base == made.text and row.path == made.path:
            self.result.report.unchanged += made.kind == "item"
        else:
            self.merge(made, row, source)

    def adopt(self, made: VaultText) -> None:
        """A file that nothing is known of: the same words make it the program's, others keep it its owner's."""
        text = self.folder.read(made.path)
        if made.text in (text, _plain(text)):
            self.settle(made)
        elif made.kind in ("records", "events"):
            self.write(made, layout.merge_records(made.path, "", made.text, text), over=True)
        else:
            self.problem(made.path, _FOREIGN)

    def merge(self, made: VaultText, row: WrittenFile, source: str) -> None:
        text = self.folder.read(source)
        merged = _merged(row.base, made, text)
        if merged.conflicts:
            self.result.report.conflicts.append(FileConflict(source, merged.conflicts))
            if source != made.path:
                self.result.forgotten.remove(source)
        elif merged.text == text and source == made.path:
            self.settle(made)
        else:
            self.write(made, merged.text, over=True)
            if source != made.path:
                self.result.removals.append(source)

    def settle(self, made: VaultText) -> None:
        self.result.settled.append(made)
        self.result.report.unchanged += made.kind == "item"

    def write(self, made: VaultText, text: str, *, over: bool) -> None:
        report = self.result.report
        self.result.writes.append(PlannedWrite(text, made, over))
        counted = report.pages if made.kind != "item" else report.changed if over else report.new
        counted.append(made.path)

    def retire(self, row: WrittenFile) -> None:
        """What becomes of a file the library no longer has: it goes if nobody changed it."""
        if not self._is_there(row.path):
            self.result.forgotten.append(row.path)
        elif self._text_of(row.path) == row.base:
            self.result.removals.append(row.path)
            self.result.forgotten.append(row.path)
            self.result.report.removed.append(row.path)
        else:
            self.result.report.left.append(row.path)

    def problem(self, path: str, message: str) -> None:
        self.result.report.problems.append(Problem(path, None, message))


def vault_of(store: Store, folder: Folder) -> int | None:
    """The vault at a folder, or the one that was moved there: it is gone where it was, and its records are these."""
    known = bases.vault_id(store, folder.real)
    if known is not None:
        return known
    for vault, path in bases.vaults(store).items():
        if not Path(path).exists():
            base = bases.base_of(store, vault, layout.ITEM_RECORDS)
            with suppress(NotUsableError):
                if (
                    base is not None
                    and folder.state(layout.ITEM_RECORDS)
                    and folder.read(layout.ITEM_RECORDS) == base
                ):
                    return vault
    return None


def profile_of(store: Store, folder: Folder, vault: int | None) -> layout.Profile:
    """The layout of a vault: as it is bound, else as its own settings say, else the plain one."""
    if vault is not None and (known := layout.PROFILES.get(bases.profile_of(store, vault))):
        return known
    return profile_of_folder(folder)


def profile_of_folder(folder: Folder) -> layout.Profile:
    """The layout that a folder's own settings name, the plain one where they name none."""
    try:
        return layout.profile_in(folder.read(layout.SETTINGS) if folder.state(layout.SETTINGS) else "")
    except NotUsableError:
        return layout.PLAIN


def chosen_profile(store: Store, folder: Folder, vault: int | None, wished: str) -> layout.Profile:
    """The layout of a vault, which is the wished one (empty for whichever it is) where the vault is new.

    Raises :class:`InvalidValueError` for a layout that does not exist or a vault that has another.
    """
    if wished and wished not in LAYOUTS:
        raise InvalidValueError(f"profile {wished}", hint=f"one of {', '.join(LAYOUTS)}")
    known = profile_of(store, folder, vault)
    if not wished or wished == known.name:
        return known
    if vault is not None or any(
        (folder.root / name).exists() for name in (layout.SETTINGS, layout.ITEM_RECORDS)
    ):
        raise InvalidValueError(
            f"profile {wished}: {folder.root} is a vault with the profile {known.name} already",
            hint="leave --profile out, or name another folder",
        )
    return layout.PROFILES[wished]


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _merged(base: str, made: VaultText, text: str) -> Merged:
    if made.kind in ("records", "events"):
        return Merged(layout.merge_records(made.path, base, made.text, text))
    return layout.merge_documents(base, made.text, text)
