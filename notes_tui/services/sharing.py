"""``sync`` of a vault in a git work tree: the user's own git carries it between machines.

First the folder and the library of this machine are brought together and committed; then comes what other machines
pushed, and both are brought together again. Nothing is pushed unless that was asked for.
"""

from __future__ import annotations

from pathlib import Path

from notes_tui.model.reading_list import Problem
from notes_tui.model.sync_report import SyncReport
from notes_tui.services import syncing
from notes_tui.services.clouds import cloud_folder
from notes_tui.services.recorded_conflicts import has_records
from notes_tui.services.syncing import SyncWish
from notes_tui.services.work_trees import lies_in_one
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

__all__ = ["SyncWish", "sync"]


def sync(store: Store, dest: str | Path | None = None, wish: SyncWish | None = None) -> SyncReport:
    """Sync a vault with the library and, in a git work tree, with what other machines committed.

    Raises what :func:`syncing.sync` raises. What git cannot do (no network, an unfinished merge) is told among
    the report's notices and problems; the rest is done all the same.
    """
    wish = wish or SyncWish()
    root = syncing.the_vault(store, dest)
    report = syncing.sync(store, root, wish)
    service = cloud_folder(store.path)
    if service:
        report.notices.append(
            f"the library itself lies in a folder of {service}, which can damage it: move the home"
        )
    if not wish.dry_run and lies_in_one(root):
        _share(store, root, wish, report)
    if has_records(root):
        from notes_tui.services import conflicts

        here = root.resolve()
        report.conflicts = [each.waiting for each in conflicts.waiting(store) if Path(each.folder) == here]
    return report


def wants_driver(store: Store, dest: str | Path | None) -> bool:
    """Whether a vault lies in a git work tree whose own merges know nothing of notes, and nobody said no to that."""
    from notes_tui.services.git import GitError, WorkTree

    root = syncing.the_vault(store, dest)
    vault = bases.vault_id(store, str(root.resolve()))
    if vault is None or not lies_in_one(root) or bases.settings_of(store, vault).get("driver") == "no":
        return False
    try:
        tree = WorkTree.find(root)
        return tree is not None and not tree.has_driver
    except GitError:
        return False


def set_driver(store: Store, dest: str | Path | None, wanted: bool) -> list[str]:
    """Let git itself merge a vault as a sync does, or remember that its owner does not want that.

    Returns the files of the repository that were written. Raises :class:`GitError`.
    """
    from notes_tui.services.git import WorkTree

    root = syncing.the_vault(store, dest)
    tree = WorkTree.find(root) if wanted else None
    written = tree.install_driver() if tree else []
    _set(store, root, "driver", "yes" if wanted else "no")
    return written


def set_push(store: Store, dest: str | Path | None, wanted: bool) -> None:
    """Let every sync of a vault push, or none but those that are told to."""
    _set(store, syncing.the_vault(store, dest), "push", wanted)


def _set(store: Store, root: Path, name: str, value: object) -> None:
    vault = bases.vault_id(store, str(root.resolve()))
    if vault is not None:
        with store.transaction():
            bases.set_settings(store, vault, bases.settings_of(store, vault) | {name: value})


def _share(store: Store, root: Path, wish: SyncWish, report: SyncReport) -> None:
    from notes_tui.services.git import GitError, WorkTree
    from notes_tui.services.shared_vaults import SharedVault

    try:
        tree = WorkTree.find(root, ask=wish.ask)
        if tree is not None:
            SharedVault(store, root, wish, tree, report).carry()
    except GitError as error:
        message = f"{error.detail}; {error.hint}" if error.hint else error.detail
        report.problems.append(Problem(str(root), None, message))
