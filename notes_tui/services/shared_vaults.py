"""A vault in a git work tree: committed, brought together with what other machines committed, pushed where wanted."""

from __future__ import annotations

from pathlib import Path

from notes_tui.formats.vault import citekey_in
from notes_tui.model.sync_report import SyncReport
from notes_tui.model.vault import HIDDEN_FOLDER
from notes_tui.services import syncing
from notes_tui.services.folders import Folder
from notes_tui.services.git import CONFLICTS, UnreachableError, WorkTree
from notes_tui.services.syncing import SyncWish
from notes_tui.services.vault_figures import known_figures
from notes_tui.services.vault_planning import profile_of
from notes_tui.services.wording import count_of
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

_TRIES = 3
"""How often a push that another machine overtook is tried again."""


class SharedVault:
    """One sync by way of a work tree."""

    def __init__(self, store: Store, root: Path, wish: SyncWish, tree: WorkTree, report: SyncReport) -> None:
        self.store = store
        self.root = root
        self.wish = wish
        self.tree = tree
        self.report = report
        self.vault = bases.vault_id(store, str(root.resolve())) or 0
        self.known: set[str] = set()

    def carry(self) -> None:
        """Commit, pull, bring together again, push where that is wanted."""
        state = self.tree.require_ready()
        self._commit()
        if not state.has_remote:
            return
        try:
            for _ in range(_TRIES):
                self._pull()
                if not self._wants_push or not self.tree.push().overtaken:
                    return
        except UnreachableError as error:
            self.report.notices.append(f"offline: {error.detail}; what is here is committed")
            return
        self.report.notices.append("other machines kept pushing meanwhile; sync again to push")

    @property
    def _wants_push(self) -> bool:
        return self.wish.push or bool(bases.settings_of(self.store, self.vault).get("push"))

    def _pull(self) -> None:
        pulled = self.tree.pull()
        if pulled.note:
            self.report.notices.append(pulled.note)
        if pulled.kind == "nothing":
            return
        again = syncing.sync(self.store, self.root, self.wish)
        _join(self.report, again)
        self._commit()
        if pulled.restored:
            names = ", ".join(pulled.restored[:3])
            self.report.notices.append(f"deleted on one machine and changed on another, so kept: {names}")

    def _commit(self) -> None:
        """Commit the files that are the program's, those among them that are gone, and records of conflicts."""
        now = {*bases.written_files(self.store, self.vault), *known_figures(self.store, Folder(self.root))}
        records = {f"{CONFLICTS}/{path.name}" for path in (self.root / CONFLICTS).glob("*.json")}
        records |= set(self.tree.tracked(CONFLICTS))
        left = {old for old, _ in self.report.moved}
        gone = {*self.report.out.removed, *self.report.missing, *left, *self._gone()}
        paths = now | records | gone | self.known | {*self.report.out.pages}
        self.known = now | records
        came = self.report.came_in
        what = f"Sync notes: {count_of(came, 'item')} taken in" if came else "Sync notes"
        committed = self.tree.commit(sorted(paths), what)
        if committed.ignored:
            self.report.notices.append(
                f"git ignores {count_of(len(committed.ignored), 'file')} of the vault, first {committed.ignored[0]}"
            )

    def _gone(self) -> set[str]:
        """Notes that name their item, and what is made of them, that are not there any more, for whatever reason.

        Other files are their owner's to commit.
        """
        profile = profile_of(self.store, Folder(self.root), self.vault)
        return {
            path
            for path, content in self.tree.deleted().items()
            if path.startswith(f"{HIDDEN_FOLDER}/")
            or profile.is_page(path)
            or citekey_in(content.decode("utf-8", "replace"))
        }


def _join(report: SyncReport, again: SyncReport) -> None:
    """Add what a second round did to what the first one did."""
    for name in (
        "taken",
        "added",
        "moved",
        "trashed",
        "lists",
        "problems",
        "proposals",
        "copies",
        "left_alone",
        "notices",
    ):
        getattr(report, name).extend(getattr(again, name))
    report.missing = list(again.missing)
    report.events += again.events
    for name in ("new", "changed", "pages", "removed", "left", "conflicts", "problems"):
        known = getattr(report.out, name)
        known.extend(each for each in getattr(again.out, name) if each not in known)
    report.out.unchanged = again.out.unchanged
