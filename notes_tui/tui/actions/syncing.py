"""The notes folder from the interface: syncing, conflicts, git."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from notes_tui.errors import NotesError, UnknownThingError
from notes_tui.services.wording import count_of, name_of
from notes_tui.settings import editor_command

if TYPE_CHECKING:
    from notes_tui.model.item import Item
    from notes_tui.model.item_merging import Choice
    from notes_tui.model.sync_report import SyncReport
    from notes_tui.services.conflicts import OpenConflict
    from notes_tui.services.sync_one import FileOfItem
    from notes_tui.services.syncing import SyncWish
    from notes_tui.store.database import Store
    from notes_tui.tui.dialogs.ask import ConfirmDialog
    from notes_tui.tui.screens.main import MainScreen

TOLD = 3
"""Problems told one by one; the rest is counted."""


async def sync(desk: MainScreen, how: str = "") -> None:
    """Sync the notes folder that is bound, or ask for one; ``push`` also sends it to the other machines."""
    from notes_tui.services.syncing import bound_vaults

    known = bound_vaults(desk.store)
    if known:
        await _sync(desk, known[0], push=how == "push")
    else:
        await sync_folder(desk, how)


async def sync_folder(desk: MainScreen, how: str = "") -> None:
    """Ask for a folder, show what a sync with it would do, and do it."""
    from notes_tui.services.vault_watch import known_folders
    from notes_tui.tui.actions.exporting import suggested_folder
    from notes_tui.tui.dialogs.sync import SyncFolderDialog, SyncPreview

    known = known_folders(desk.store)
    named = await desk.ask(SyncFolderDialog(_short(known[0]) if known else suggested_folder(desk)))
    if named is None:
        return
    folder = os.path.abspath(os.path.expanduser(named))
    report = await desk.in_thread(lambda store: _synced(store, folder, replace(_wish(desk), dry_run=True)))
    remark = await desk.in_thread(lambda _: _what_git_does(folder))
    if await desk.ask(SyncPreview(report, _short(folder), remark)):
        await _sync(desk, folder, push=how == "push")
    else:
        desk.tell("nothing synced")


def _wish(desk: MainScreen) -> SyncWish:
    from notes_tui.services.syncing import SyncWish

    return SyncWish(
        done=desk.config.done, statuses=desk.config.status_names, progress=desk.progress("written")
    )


def _synced(store: Store, folder: str, wish: SyncWish) -> SyncReport:
    from notes_tui.services.sharing import sync
    from notes_tui.services.work_trees import has_remote

    report = sync(store, folder, wish)
    if wish.push and not has_remote(Path(folder)):
        report.notices.append("nothing was pushed: the folder lies in no git work tree with a remote")
    return report


def _what_git_does(folder: str) -> str:
    """What a sync does with the git work tree that a folder lies in, in words; empty where there is none."""
    from notes_tui.services.git import GitError, WorkTree

    try:
        tree = WorkTree.find(folder)
        if tree is None:
            return ""
        state = tree.state()
        if state.trouble is not None:
            return f"git: {state.trouble.detail}"
    except GitError as error:
        return f"git: {error.detail}"
    remote = "; what other machines pushed is pulled, nothing is pushed" if state.has_remote else ""
    return f"In a git work tree: its own files are committed{remote}."


async def _sync(desk: MainScreen, folder: str, *, push: bool) -> None:
    if desk.watcher.is_syncing:
        desk.tell("a sync is under way")
        return
    wish = replace(_wish(desk), push=push, keep_records=await _may_keep_records(desk, folder))
    desk.watcher.is_syncing = True
    try:
        report = await desk.in_thread(
            lambda store: _synced(store, folder, wish), if_cancelled="the next sync goes on from here"
        )
        desk.reload()
        _tell(desk, report)
        desk.watcher.look()
        await _ask_about_missing(desk, report, wish)
    finally:
        desk.watcher.is_syncing = False
        desk.watcher.look()


async def _may_keep_records(desk: MainScreen, folder: str) -> bool:
    """Ask, once a sitting, whether an adopted folder may have a ``.notes-tui/``."""
    from notes_tui.services.syncing import wants_consent
    from notes_tui.tui.dialogs.ask import ConfirmDialog

    if folder in desk.watcher.without_records or not wants_consent(desk.store, folder):
        return False
    question = ConfirmDialog(
        "Sync with your own folder",
        f"Keep ids, reading history and annotations in {_short(folder)}/.notes-tui? Your notes keep their shape "
        "either way; without it, that stays on this machine.",
        "Keep them there", "Not there",
    )  # fmt: skip
    answer = await desk.ask(question)
    if not answer:
        desk.watcher.without_records.add(folder)
    return bool(answer)


async def _ask_about_missing(desk: MainScreen, report: SyncReport, wish: SyncWish) -> None:
    """Files that are gone: their papers stay, unless the person wants them in the trash, or the files back."""
    from notes_tui.services.vault import export_vault
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    if not set(report.missing) - desk.watcher.kept_missing:
        desk.watcher.kept_missing = set(report.missing)
        return
    options = [
        Option("k", "Keep the papers", "the files stay away", "keep"),
        Option("t", "Move the papers to the trash", "u takes them back", "trash"),
        Option("w", "Write the files again", "as the library has them", "write"),
    ]
    names = ", ".join(report.missing[:2]) + (
        f" and {len(report.missing) - 2:,} more" if report.missing[2:] else ""
    )
    answer = await desk.ask(ChooseDialog(f"Gone from the folder: {names}", options))
    folder = report.path
    if answer == "trash":
        done = await desk.in_thread(lambda store: _synced(store, folder, replace(wish, trash_missing=True)))
        desk.reload()
        desk.tell_change(f"{count_of(len(done.trashed), 'paper')} moved to the trash")
    elif answer == "write":
        written = await desk.in_thread(lambda store: export_vault(store, folder, done=desk.config.done))
        desk.tell(f"{count_of(len(written.new), 'file')} written again")
    else:
        desk.watcher.kept_missing = set(report.missing)


def _tell(desk: MainScreen, report: SyncReport) -> None:
    """Say what came in and went out, then what else should be known."""
    words = _words(report)
    if report.came_in or report.events or report.trashed or report.lists:
        desk.tell_change(words)
    else:
        desk.tell(words)
    for notice in report.notices:
        desk.warn(notice)
    problems = [
        *(f"{each.file}: {each.message}" for each in (*report.problems, *report.out.problems)),
        *(f"{each.path}: changed on both sides" for each in report.out.conflicts),
    ]
    for problem in problems[:TOLD]:
        desk.warn(problem)
    if problems[TOLD:]:
        desk.warn(f"{len(problems) - TOLD:,} more problems; `notes-tui sync` lists them all")
    if report.conflicts:
        _tell_conflicts(desk, len(report.conflicts))


def _tell_conflicts(desk: MainScreen, number: int) -> None:
    key = desk.keymap.shown("library.conflicts")
    shows = f"; {key} shows both versions" if key else ""
    desk.warn(f"{count_of(number, 'conflict waits', 'conflicts wait')} for you to choose{shows}")


def _words(report: SyncReport) -> str:
    place = _short(report.path)
    if not (report.came_in or report.written or report.events or report.moved or report.trashed):
        return (
            f"{place}: nothing new, what waits for you stays"
            if report.conflicts
            else f"{place} is in step: nothing had changed"
        )
    parts = [f"{count_of(report.came_in, 'paper')} in"] if report.came_in else []
    parts += [f"{count_of(report.written, 'file')} out"] if report.written else []
    parts += [count_of(report.events, "event")] if report.events else []
    parts += [f"{len(report.moved):,} moved"] if report.moved else []
    parts += [f"{len(report.trashed):,} trashed or back"] if report.trashed else []
    return f"synced {place}: {', '.join(parts)}"


def _short(folder: str) -> str:
    """A folder with the home of its owner as ``~``."""
    home = str(Path.home())
    return f"~{folder[len(home) :]}" if folder == home or folder.startswith(home + os.sep) else folder


async def choose(desk: MainScreen) -> None:
    """Go through the conflicts that wait and choose."""
    from notes_tui.services import conflicts, keys
    from notes_tui.tui.dialogs.conflicts import ConflictsScreen

    async def decide(found: OpenConflict, choice: Choice) -> Sequence[OpenConflict]:
        try:
            done = await desk.in_thread(lambda store: conflicts.resolve(store, found.waiting.uid, choice))
            desk.reload()
            desk.tell_change(done.label)
        except NotesError as error:
            desk.reload()
            desk.tell_error(error)
        desk.watcher.look()
        return conflicts.waiting(desk.store)

    waiting = conflicts.waiting(desk.store)
    ids = {each.waiting.citekey: keys.find_item(desk.store, each.waiting.citekey)
           for each in waiting if each.waiting.citekey}  # fmt: skip
    names = {item.citekey: name_of(item) for item in desk.items([*ids.values()])}
    citekey = await desk.ask(ConflictsScreen(waiting, decide, names))
    if citekey:
        desk.go_to(ids[citekey])


async def push_always(desk: MainScreen) -> None:
    """Let every sync push, or none but those that are told to."""
    from notes_tui.services import sharing
    from notes_tui.services.syncing import the_vault
    from notes_tui.tui.dialogs.ask import ConfirmDialog

    root = the_vault(desk.store, None)
    answer = await desk.ask(
        ConfirmDialog(
            "Push on every sync", f"Send {_short(str(root))} to your other machines by git whenever it is synced?",
            "Push always", "Only when asked",
        )
    )  # fmt: skip
    if answer is not None:
        sharing.set_push(desk.store, root, answer)
        desk.tell(f"a sync pushes {'always' if answer else 'only when asked'}")


async def merge_driver(desk: MainScreen) -> None:
    """Let git itself merge notes by this program, or no longer; nothing is changed before the person agrees."""
    from notes_tui.services import sharing
    from notes_tui.services.git import WorkTree
    from notes_tui.services.syncing import the_vault

    root = the_vault(desk.store, None)

    def tree() -> WorkTree:
        found = WorkTree.find(root)
        if found is None:
            raise UnknownThingError(
                f"a git work tree round {_short(str(root))}", hint="git carries the folder only in one"
            )
        return found

    def take_back(store: Store) -> list[str]:
        sharing.set_driver(store, root, False)
        return tree().remove_driver()

    has_driver = await desk.in_thread(lambda _: tree().has_driver)
    if not await desk.ask(_driver_question(has_driver)):
        return
    if has_driver:
        written = await desk.in_thread(take_back)
    else:
        written = await desk.in_thread(lambda store: sharing.set_driver(store, root, True))
    desk.tell(f"git merge driver {'taken back' if has_driver else 'installed'}: {', '.join(written)}")


def _driver_question(has_driver: bool) -> ConfirmDialog:
    from notes_tui.tui.dialogs.ask import ConfirmDialog

    if has_driver:
        text = "Your own `git merge` and `git pull` merge these notes by notes-tui. Take that back?"
        return ConfirmDialog("Git merge driver", text, "Take back", "Keep", danger=True)
    text = (
        "Let your own `git merge` and `git pull` merge these notes by notes-tui? That is written to this "
        "repository's own config and attributes on this machine, and to no file that is committed."
    )
    return ConfirmDialog("Git merge driver", text, "Install", "Not now")


async def edit_file(desk: MainScreen, item: Item, file: FileOfItem) -> None:
    """Open the very file of an item in the person's editor, then take it in."""
    from notes_tui.services.sync_one import take_file
    from notes_tui.tui.external import edit_file as open_editor

    status = open_editor(
        editor_command(desk.config), file.place, run=desk.surroundings.run_editor, terminal=desk.app.suspend
    )
    report = await desk.in_thread(
        lambda store: take_file(store, file, statuses=desk.config.status_names, done=desk.config.done)
    )
    desk.reload()
    desk.watcher.look()
    if report.taken:
        desk.tell_change(report.label)
    elif report.conflicts or report.problems:
        desk.status.show_message(f"{name_of(item)}: see what is said about {file.path}")
    else:
        desk.tell(f"{_short(str(file.place))} was left as it was")
    for problem in report.problems[:TOLD]:
        desk.warn(f"{problem.file}: {problem.message}")
    if report.conflicts:
        _tell_conflicts(desk, len(report.conflicts))
    if status:
        desk.warn(f"the editor ended with status {status}; what it saved was taken in")
