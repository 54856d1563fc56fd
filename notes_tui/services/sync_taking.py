"""What the files of a vault say that was not written by the program, brought into the library."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from notes_tui.formats import vault as layout
from notes_tui.formats.vault import ItemFile, Reader
from notes_tui.model.dump import Dump, DumpedItem
from notes_tui.model.item import Item
from notes_tui.model.item_merging import Choice, MergedItem, PartConflict, merge_items
from notes_tui.model.reading_list import Problem
from notes_tui.model.report import ImportReport
from notes_tui.model.sync_report import SyncReport, Taken, Waiting, conflict_uid
from notes_tui.model.vault import WrittenFile
from notes_tui.services.sync_applying import Applier
from notes_tui.services.sync_collections import Place, take_lists, take_places, take_views
from notes_tui.services.sync_events import edits_of, take_events
from notes_tui.services.sync_notes import NoteFiles, bind_note_files
from notes_tui.services.sync_sides import Copy, library_sides, without_unread
from notes_tui.services.vault_files import VaultFiles
from notes_tui.store import derived, dumping, events, items
from notes_tui.store import vault as bases
from notes_tui.store.database import Store


@dataclass(slots=True)
class FoundItem:
    """A file of an item that the user, or another machine, has changed."""

    path: str
    text: str
    item_id: int
    said: ItemFile
    base: WrittenFile | None
    merged: MergedItem | None = None
    """``None`` where the library does not show the item: it lies in the trash, or is private."""
    places_before: tuple[Place, ...] = ()
    parts: tuple[str, ...] = ()
    """Names of what changed in the library."""
    refused: set[str] = field(default_factory=set)
    """Keys of the front matter of which the library could not take what the file says."""


class Taking:
    """Brings the changes of a vault's files in, inside the open step.

    ``statuses`` are the read statuses a file may name; ``trash_missing`` moves items whose files are gone to the
    trash, which happens only when asked for.
    """

    def __init__(
        self, store: Store, files: VaultFiles, report: SyncReport, *,
        statuses: Collection[str], with_private: bool, trash_missing: bool = False,
        choose: Callable[[str, PartConflict], Choice | None] | None = None,
    ) -> None:  # fmt: skip
        self.store = store
        self.files = files
        self.report = report
        self.statuses = statuses
        self.with_private = with_private
        self.trash_missing = trash_missing
        self.choose = choose or (lambda path, conflict: None)
        self.found: dict[int, FoundItem] = {}
        self.strangers: list[str] = []
        self.copies: list[Copy] = []
        self.before = files.record_bases
        self.after = files.records
        self.now = Reader(self.after, files.only, files.profile.forms)
        self.then = Reader(self.before, files.only, files.profile.forms)
        self.now.remember(self.then)

    def run(self) -> None:
        """Take everything in: items first, then events, statuses, lists and views."""
        arrivals: list[tuple[str, ItemFile]] = []
        for path in self._paths():
            self._look_at(path, arrivals)
        self._meet_strangers(arrivals)
        self._let_in(arrivals)
        take_events(self.store, self.files, self.report, self._owner)
        if self.copies:
            from notes_tui.services.sync_strangers import merge_copies

            merge_copies(
                self.store, self.files, self.then, self.copies, self.report, with_private=self.with_private
            )
        self._merge()
        self.notes.take()
        self._lists()
        self._places()
        self._missing()
        self.report.problems += [Problem(each.file, each.line, each.message) for each in self.now.problems]
        if (
            self.report.added
            or self.report.lists
            or any("collections" in each.parts for each in self.report.taken)
        ):
            derived.refresh_order(self.store)

    def run_one(self, path: str) -> None:
        """Take in the file of one item, or one note, alone."""
        row = self.files.rows.get(path)
        if row and row.kind == "note":
            self.notes.take([path])
            return
        self._look_at(path, [])
        self._merge()
        self._places()
        derived.refresh_order(self.store, list(self.found))

    @cached_property
    def notes(self) -> NoteFiles:
        """The files that are notes as a whole."""
        return NoteFiles(self.store, self.files, self.report, self.choose, self.statuses)

    def _paths(self) -> list[str]:
        """Files of items to look at: changed, new, with a conflict that waits, or with changed records."""
        named = self.files.items_with_changed_records()
        rows = self.files.item_rows
        waiting = {
            rows[item_id].path
            for item_id in bases.conflict_items(self.store, self.files.vault)
            if item_id in rows
        }
        by_key = (
            {each.citekey: each.item_id for each in items.by_ids(self.store, list(rows), with_entries=False)}
            if named
            else {}
        )
        recorded = {rows[by_key[key]].path for key in named if by_key.get(key) in rows}
        return sorted({*self.files.changed_items, *((waiting | recorded) & self.files.present.keys())})

    def _look_at(self, path: str, arrivals: list[tuple[str, ItemFile]]) -> None:
        text = self.files.text(path)
        if text is None:
            return
        row = self.files.rows.get(path)
        if row is None or row.kind != "item":
            row = self._moved_from(path, text)
        item_id = row.item_id if row else None
        known_as = ""
        if row and item_id is not None:
            known_as = layout.citekey_in(row.base)
        if row is None and not layout.citekey_in(text):
            self.strangers.append(path)
            return
        said = self.now.item(path, text, known_as=known_as)
        if said is None:
            return
        if row is None and (original := self._original_of(path)):
            self.copies.append(Copy(path, said, original))
            return
        if item_id is None:
            item_id = self._item_here(said.item)
            if item_id is not None and self._is_second(path, item_id):
                return
            if item_id is None or row is None:
                arrivals.append((path, said))
                return
        if row and row.path != path:
            self.report.moved.append((row.path, path))
        self.found[item_id] = FoundItem(path, text, item_id, said, row)

    def _original_of(self, path: str) -> WrittenFile | None:
        from notes_tui.services.sync_strangers import original_of

        original = original_of(path)
        row = self.files.rows.get(original) if original else None
        return row if row and row.kind == "item" else None

    def _meet_strangers(self, arrivals: list[tuple[str, ItemFile]]) -> None:
        """Files without a citekey: papers where the program keeps papers, else notes on papers that are here."""
        if not self.strangers:
            return
        from notes_tui.services.sync_strangers import bind_notes, is_for_papers, new_papers

        papers = [path for path in self.strangers if is_for_papers(path, self.files.profile)]
        arrivals += new_papers(self.files, self.now, papers).items()
        others = [path for path in self.strangers if path not in papers]
        bound, left = bind_notes(self.store, self.files, others)
        for path, item_id in bound:
            self.report.taken.append(Taken(path, items.by_id(self.store, item_id).citekey, ("notes",)))
        self.report.left_alone += left

    def _moved_from(self, path: str, text: str) -> WrittenFile | None:
        """The file that stood elsewhere when it was last written, known by the citekey in it."""
        citekey = layout.citekey_in(text)
        owner = self._owner(citekey) if citekey else None
        row = self.files.item_rows.get(owner) if owner is not None else None
        return row if row and row.path not in self.files.present else None

    def _owner(self, citekey: str) -> int | None:
        """The item that the vault calls so; another machine may have given it this citekey."""
        uid = self.now.uid_of(citekey)
        known = dumping.item_of_uid(self.store, uid) if uid else None
        return items.key_owner(self.store, citekey) if known is None else known

    def _item_here(self, item: DumpedItem) -> int | None:
        return dumping.item_of_uid(self.store, item.uid)

    def _is_second(self, path: str, item_id: int) -> bool:
        """Whether an item has its file elsewhere already; then this one is left alone."""
        row = self.files.item_rows.get(item_id)
        if row and row.path != path and row.path in self.files.present:
            self.report.problems.append(Problem(path, None, f"its item has a file already: {row.path}"))
            return True
        return False

    def _let_in(self, arrivals: list[tuple[str, ItemFile]]) -> None:
        """Items whose files were never written here: new ones come in, known ones are joined."""
        if not arrivals:
            return
        from notes_tui.services.dump_importing import import_items

        report = ImportReport()
        wanted = [_bare(said.item) for _, said in arrivals]
        ids = import_items(self.store, Dump(items=tuple(wanted)), report)
        self.report.proposals += report.proposals
        for (path, said), item_id, is_new in zip(arrivals, ids.item_ids, ids.is_new, strict=True):
            if item_id in self.found or self._is_second(path, item_id):
                self.report.problems.append(
                    Problem(path, None, f"it is about the same work as {self._path_of(item_id)}")
                )
                continue
            if is_new:
                self.report.added.append(items.by_id(self.store, item_id).citekey)
            elif said.item.uid:
                bases.take_uid(self.store, item_id, said.item.uid)
            self._bring_back(item_id)
            bind_note_files(self.store, self.files, item_id, self.now.own_files(said.item.item.citekey))
            self.found[item_id] = FoundItem(path, self.files.text(path) or "", item_id, said, None)

    def _path_of(self, item_id: int) -> str:
        found = self.found.get(item_id)
        row = self.files.item_rows.get(item_id)
        return found.path if found else row.path if row else "another file"

    def _bring_back(self, item_id: int) -> None:
        """An item whose file stands in the vault is not in the trash: it was taken out of it elsewhere."""
        item = items.by_id(self.store, item_id)
        if item.trashed:
            items.update(self.store, item_id, {"trashed": ""})
            self.report.trashed.append(item.citekey)

    def _merge(self) -> None:
        places = {item_id: each.path for item_id, each in self.found.items()}
        library = library_sides(self.store, self.files, places, with_private=self.with_private)
        bases.forget_conflicts(self.store, self.files.vault, list(self.found))
        for item_id, found in self.found.items():
            ours = library.get(item_id)
            if ours is not None:
                self._merge_one(found, ours)

    def _merge_one(self, found: FoundItem, ours: ItemFile) -> None:
        before = self._base_of(found, ours)
        recorded = self.now.uid_of(found.said.item.item.citekey)
        if recorded and recorded < ours.item.uid:
            bases.take_uid(self.store, found.item_id, recorded)
        theirs = without_unread(found.said, before.item)
        merged = merge_items(
            before.item,
            ours.item,
            theirs,
            found.said.renamed,
            lambda conflict: self.choose(found.path, conflict),
        )

        def refuse(part: str, message: str) -> None:
            found.refused.add(part)
            self.report.problems.append(Problem(found.path, None, message))

        for message in found.said.unread.values():
            refuse("", message)
        parts = Applier(self.store, found.item_id, refuse).apply(ours.item, merged.ours, found.said.renamed)
        parts += self._events(found, before, theirs)
        found.merged = merged
        found.places_before = before.places
        if parts and not self._is_new(found):
            found.parts = tuple(dict.fromkeys(parts))
        self._remember_conflicts(found, merged)

    def _is_new(self, found: FoundItem) -> bool:
        return found.said.item.item.citekey in self.report.added

    def _events(self, found: FoundItem, before: ItemFile, theirs: DumpedItem) -> list[str]:
        """Make events of the status, rating and page that somebody wrote into the file."""
        derived.refresh_items(self.store, [found.item_id])
        now = items.by_id(self.store, found.item_id)
        said = edits_of(before.item.item if found.base else _EMPTY, theirs.item, now)
        parts: list[str] = []
        for kind, value, page in said:
            if kind == "status" and value not in self.statuses:
                found.refused.add("read_status")
                message = f"there is no read status {value!r}"
                self.report.problems.append(Problem(found.path, None, message))
            elif not self.files.explains(found.item_id, kind, value, page):
                events.append(self.store, [found.item_id], kind, value, page=page)
                parts.append({"status": "read_status"}.get(kind, kind))
        return parts

    def _base_of(self, found: FoundItem, ours: ItemFile) -> ItemFile:
        """What was last written; of a file never written here, what both sides share.

        Where nothing was written, the vault's words count, except for fields that were corrected here by hand.
        """
        if found.base is not None:
            citekey = layout.citekey_in(found.base.base)
            said = self.then.item(found.base.path, found.base.base, known_as=citekey)
            if said is not None:
                return said
        locked = {name: getattr(_EMPTY, name) for name in ours.item.locked if hasattr(_EMPTY, name)}
        item = replace(ours.item.item, tags=(), aliases=(), attachments=(), **locked)
        blank = replace(ours.item, item=item, notes=(), annotations=(), relations=(), locked=())
        return replace(ours, item=blank, places=())

    def _remember_conflicts(self, found: FoundItem, merged: MergedItem) -> None:
        citekey = items.by_id(self.store, found.item_id).citekey
        waiting = [
            Waiting(conflict_uid(found.path, each), found.path, citekey, each) for each in merged.conflicts
        ]
        bases.remember_conflicts(self.store, self.files.vault, found.item_id, waiting)

    def _lists(self) -> None:
        ours = self._list_texts()

        def refuse(path: str, message: str) -> None:
            self.report.problems.append(Problem(path, None, message))

        before, mine, found = (_lists_of(side) for side in (self.before, ours, self.after))
        self.report.lists += take_lists(self.store, before, mine, found, refuse)
        old, new = self.before.get(layout.VIEWS, ""), self.after.get(layout.VIEWS, "")
        if new != old and take_views(self.store, old, new):
            self.report.lists.append("saved views")

    def _places(self) -> None:
        """Put items where their files say, and tell what came in."""
        for item_id, found in self.found.items():
            if found.merged is None:
                continue
            if take_places(self.store, item_id, found.places_before, found.said.places):
                found.parts = (*found.parts, "collections")
            if found.parts:
                citekey = items.by_id(self.store, item_id).citekey
                self.report.taken.append(Taken(found.path, citekey, found.parts))

    def _list_texts(self) -> Mapping[str, str]:
        changed = {path for path, text in _lists_of(self.after).items() if self.before.get(path) != text}
        if not changed:
            return {}
        dump = dumping.whole_library(self.store)
        return {
            each.path: each.text
            for each in layout.list_texts(dump, layout.Selection(with_private=self.with_private))
        }

    def _missing(self) -> None:
        """Files that are gone: nothing happens to their items, unless that was asked for."""
        moved = {old for old, _ in self.report.moved}
        for item_id, row in self.files.item_rows.items():
            if row.path in self.files.present or row.path in moved or item_id in self.found:
                continue
            found = items.by_ids(self.store, [item_id], with_entries=False)
            if not found or found[0].trashed:
                continue
            if self.trash_missing:
                items.update(self.store, item_id, {"trashed": self.store.now()})
                self.report.trashed.append(found[0].citekey)
            else:
                self.report.missing.append(row.path)
        self.notes.tell_missing(trash=self.trash_missing)


_EMPTY = Item()


def _lists_of(records: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in records.items() if path.startswith(f"{layout.COLLECTIONS}/")}


def _bare(item: DumpedItem) -> DumpedItem:
    """An item to come in without what is merged afterwards."""
    return replace(item, item=replace(item.item, entries=()), events=())
