"""What a sync writes to a vault once the changes of its files are in the library.

Files of items are brought to say what the library says with as little of them changed as can be; parts in conflict
stay as their owner left them. Records hold both sides. Pages keep the text their owner added; lines that the
program makes are the library's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, partial

from notes_tui.formats import vault as layout
from notes_tui.formats.vault import Reader
from notes_tui.model.dump import Dump, DumpedItem
from notes_tui.model.item_merging import with_parts
from notes_tui.model.vault import VaultEvent, VaultText, WrittenFile
from notes_tui.services.sync_collections import current_citekey
from notes_tui.services.sync_taking import FoundItem
from notes_tui.services.vault_files import SomeFiles, VaultFiles
from notes_tui.services.vault_planning import Planner, VaultPlan
from notes_tui.store import dumping
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

_ELEMENTS = frozenset(("tags", "related"))
"""Keys with lists of which single elements may be refused."""


class SyncPlanner(Planner):
    """Plans what goes out. Files that are gone are not written again as long as nothing new is to be said in them."""

    def __init__(
        self,
        store: Store,
        files: VaultFiles,
        found: Mapping[int, FoundItem],
        done: Collection[str],
        with_private: bool,
    ) -> None:
        written, only = (
            (files.rows, {*files.item_ids, *found}) if isinstance(files, SomeFiles) else (None, None)
        )
        super().__init__(store, files.folder, done, with_private, files.profile, written, only)
        self.files = files
        self.found = found
        self.absent: set[str] = set()
        self.stays_in_place = True
        """Whether the planned items keep names, titles, tags and lists, so that no other file names them anew."""

    def refuse_other_library(self, texts: Sequence[VaultText]) -> None:
        """Nothing is refused: what the vault has is in the library by now."""

    def places(self, dump: Dump) -> dict[str, str]:
        """Files that are elsewhere than a new vault would have them, those that came with the vault included.

        A file with a conflict keeps its name: it is left as its owner left it.
        """
        usual = super().places(dump)
        keys = {item_id: citekey for citekey, item_id in self.ids.items()}
        came = {
            keys[item_id]: each.path
            for item_id, each in self.found.items()
            if item_id in keys
            and (each.base is None or each.base.path != each.path or (each.merged and each.merged.conflicts))
        }
        return usual | came

    def plan_items(self, item_ids: Sequence[int]) -> VaultPlan:
        """What goes out to the files of a few items, and to nothing else."""
        dump = dumping.whole_library(self.store, item_ids)
        keys = {item_id: citekey for citekey, item_id in self.ids.items()}
        places = {
            keys[each]: self.rows_of_items[each].path
            for each in item_ids
            if each in self.rows_of_items and each in keys
        }
        places |= {keys[each]: found.path for each, found in self.found.items() if each in keys}
        secret = () if self.with_private else bases.private_keys(self.store)
        selection = layout.Selection(
            with_private=self.with_private,
            places=places,
            secret=secret,
            profile=self.profile,
            own_files=self.own_files,
        )
        for made in layout.item_texts(dump, selection):
            base = self.written[made.path].base if made.path in self.written else ""
            if made.kind == "item":
                self.stays_in_place &= layout.says_the_same_on_pages(made.text, base)
                if made.citekey in places:
                    self.compare(made)
            elif made.kind == "records":
                about = [keys[each] for each in item_ids if each in keys]
                text = layout.with_records(made.path, base, made.text, about)
                self.stays_in_place &= bool(text) or not base
                if text:
                    self.compare(replace(made, text=text))
        self.stays_in_place &= {*item_ids} <= keys.keys()
        return self.result

    def plan_pages(self, item_ids: Sequence[int]) -> None:
        """What else says how the planned items are read: the pages that name them, and the files of events."""
        dump = dumping.listed_library(self.store)
        keys = {each.item.item_id: each.item.citekey for each in dump.items if not each.item.trashed}
        files = bases.files_of_items(self.store, self.files.vault)
        selection = layout.Selection(
            with_private=self.with_private,
            done=self.done,
            places={keys[each]: path for each, path in files.items() if each in keys},
            profile=self.profile,
        )
        made = [*layout.texts_naming(dump, selection, {keys[each] for each in item_ids})]
        self.written |= bases.files_at(self.store, self.files.vault, [each.path for each in made])
        for each in (*made, *self._events_of(item_ids)):
            self.compare(each)

    def _events_of(self, item_ids: Sequence[int]) -> Iterator[VaultText]:
        """The files of events with those of some items."""
        secret = () if self.with_private else bases.private_keys(self.store)
        machines: dict[str, list[VaultEvent]] = {}
        for event in bases.all_events(self.store, item_ids):
            if event.citekey not in secret:
                machines.setdefault(layout.events_path(event.machine), []).append(event)
        for path, found in machines.items():
            base = self.written[path].base if path in self.written else ""
            yield VaultText(path, "events", layout.with_events(path, base, found))

    def retire(self, row: WrittenFile) -> None:
        """What becomes of a file the library no longer has; it may have been moved since."""
        found = self.found.get(row.item_id) if row.item_id is not None else None
        if found is None or found.path == row.path:
            super().retire(row)
            return
        self.result.forgotten.append(row.path)
        if found.text == row.base:
            self.result.removals.append(found.path)
            self.result.report.removed.append(found.path)
        else:
            citekey = found.said.item.item.citekey
            self.result.item_ids[citekey] = found.item_id
            self.result.settled.append(VaultText(found.path, "item", row.base, citekey))
            self.result.report.left.append(found.path)

    def compare(self, made: VaultText) -> None:
        """Decide what becomes of one file."""
        if made.kind == "item":
            self._compare_item(made)
        elif made.kind in ("records", "events") and made.path in self.files.present:
            self._compare_records(made)
        elif made.kind == "page" and made.path in self.files.present:
            self._compare_page(made)
        else:
            super().compare(made)

    def _compare_item(self, made: VaultText) -> None:
        item_id = self.ids[made.citekey]
        row, found = self.rows_of_items.get(item_id), self.found.get(item_id)
        if found is not None:
            self._bring(made, row, found)
        elif row and row.path not in self.files.present and row.base == made.text:
            self.compared.add(row.path)
            self.absent.add(made.citekey)
        else:
            super().compare(made)

    def _bring(self, made: VaultText, row: WrittenFile | None, found: FoundItem) -> None:
        if row:
            self.compared.add(row.path)
            if row.path != made.path:
                self.result.forgotten.append(row.path)
        self.compared.add(made.path)
        wanted, base = self._wanted(made, found)
        keep = {*found.said.unread, *found.refused} - {"citekey"}.union(_ELEMENTS)
        text = layout.rewrite_since(
            found.base.base if found.base else "", found.text, found.said.text, wanted,
            keep=keep, made_keys=self.profile.forms.made_keys,
        )  # fmt: skip
        made = replace(made, text=base)
        if text == found.text and found.path == made.path:
            self.settle(made)
            return
        self.write(made, text, over=True)
        if found.path != made.path:
            self.result.removals.append(found.path)

    def _wanted(self, made: VaultText, found: FoundItem) -> tuple[str, str]:
        """What the file should say, and what the next merge begins from: they differ where conflicts wait."""
        merged, refused = found.merged, _ELEMENTS & found.refused
        forms = self.profile.forms
        said = (
            Reader({}, forms=forms).item(made.path, made.text)
            if merged and (merged.conflicts or refused)
            else None
        )
        if said is None or merged is None:
            return made.text, made.text
        theirs, base = (
            with_parts(said.item, side, merged.conflicts) for side in (merged.theirs, merged.base)
        )
        theirs = _with_elements(theirs, merged.ours, refused)
        theirs_text, base_text = (
            layout.own_writing(side, said.places, said.marks, forms) for side in (theirs, base)
        )
        return theirs_text, base_text

    def _compare_records(self, made: VaultText) -> None:
        row = self.written.get(made.path)
        self.compared.add(made.path)
        if row and row.base == made.text and made.path not in self.files.changed and not self.absent:
            return
        text = self.folder.read(made.path)
        base = row.base if row else ""
        if text == base and not self.absent and (made.kind == "records" or made.text.startswith(text)):
            merged = made.text
        elif made.path in layout.KEYS:
            merged = layout.join_records(made.path, base, made.text, text, self.absent)
        elif made.path.startswith(f"{layout.COLLECTIONS}/"):
            current = cache(partial(current_citekey, self.store))
            sides = (layout.with_citekeys(side, current) for side in (base, made.text, text))
            merged = layout.merge_records(made.path, *sides)
        else:
            merged = layout.merge_records(made.path, base, made.text, text)
        if merged == text:
            self.settle(made)
        else:
            self.write(made, merged, over=True)

    def _compare_page(self, made: VaultText) -> None:
        row = self.written.get(made.path)
        self.compared.add(made.path)
        if row and row.base == made.text and made.path not in self.files.changed:
            return
        text = self.folder.read(made.path)
        base = row.base if row else self._as_generated.get(made.path)
        if base is None and made.text != text:
            self.adopt(made)
            return
        merged = layout.merge_documents(base or "", made.text, text).sides[1]
        if merged == text:
            self.settle(made)
        else:
            self.write(made, merged, over=True)

    @cached_property
    def _as_generated(self) -> dict[str, str]:
        """The pages as the program writes them for what the vault holds: the base of pages never written from here."""
        paths = [
            path
            for path in self.files.present
            if self.profile.is_item_file(path) or path in self.files.records
        ]
        texts = {path: text for path in paths if (text := self.files.text(path)) is not None}
        events = {
            path: self.files.text(path) or "" for path in self.files.present if path.startswith(layout.EVENTS)
        }
        settings = {layout.SETTINGS: layout.settings_text(self.profile)}
        content = layout.read(texts | events | settings)
        selection = layout.Selection(places=content.files, done=self.done, profile=self.profile)
        return {
            each.path: each.text
            for each in layout.texts(content.dump, content.events, selection)
            if each.kind == "page"
        }


def _with_elements(item: DumpedItem, merged: DumpedItem, names: Collection[str]) -> DumpedItem:
    """An item with the elements of lists that the library refused, which stay in the file."""
    tags = merged.item.tags if "tags" in names else item.item.tags
    related = tuple(key for key, _ in merged.relations) if "related" in names else item.item.related
    return replace(item, item=replace(item.item, tags=tags, related=related))
