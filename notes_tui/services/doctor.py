"""Examining a home: database, search index, derived columns, attachments, config, backups."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from notes_tui.errors import NotesError
from notes_tui.services.clouds import cloud_folder
from notes_tui.services.wording import count_of
from notes_tui.settings import Home, load_config
from notes_tui.store import attachments, derived, pdf_pages, search, snapshots, vault
from notes_tui.store.database import Store

_SITE = "site:"
"""What stands before the folder of a site, which is kept among the vaults (:mod:`notes_tui.services.site`)."""

_FIGURES = "figures:"
"""What stands before the folder of a vault where its figures are kept (:mod:`notes_tui.services.vault_figures`)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    state: Literal["ok", "mended", "broken", "note"]
    message: str

    def as_dict(self) -> dict[str, object]:
        """``{subject, state, message}``."""
        return {"subject": self.subject, "state": self.state, "message": self.message}


def examine(store: Store, home: Home, *, mend: bool = True) -> list[Finding]:
    """Look at everything that can be wrong with a home, and mend what follows from something else."""
    return [
        _database(store),
        _search(store, mend),
        _statuses(store, mend),
        _attachments(store),
        _copies(store, home, mend),
        _texts(store, mend),
        _vaults(store),
        _config(home),
        _backups(home),
        _cloud(home),
    ]


def _database(store: Store) -> Finding:
    problems = snapshots.problems(store)
    if problems:
        return Finding(
            "database", "broken", f"{problems[0]} ({count_of(len(problems), 'problem')}); restore a backup"
        )
    return Finding(
        "database", "ok", f"{count_of(search.total(store), 'item')}, integrity and foreign keys are sound"
    )


def _search(store: Store, mend: bool) -> Finding:
    stale = snapshots.stale_search_rows(store)
    if stale and mend:
        search.rebuild(store)
        return Finding("search", "mended", f"{count_of(stale, 'row')} out of step, the index was made anew")
    if stale:
        return Finding("search", "broken", f"{count_of(stale, 'row')} out of step")
    search.refresh(store)
    return Finding("search", "ok", "the index has every item")


def _statuses(store: Store, mend: bool) -> Finding:
    stale = snapshots.stale_derived_rows(store)
    if stale and mend:
        with store.transaction():
            derived.refresh_items(store, stale)
        return Finding(
            "statuses", "mended", f"{count_of(len(stale), 'item')} brought in step with the events"
        )
    if stale:
        return Finding("statuses", "broken", f"{count_of(len(stale), 'item')} out of step with the events")
    return Finding("statuses", "ok", "every status follows from its events")


def _attachments(store: Store) -> Finding:
    from notes_tui.services.stored_files import place_of

    missing = [each.path for each in attachments.everything(store) if place_of(store, each) is None]
    if missing:
        return Finding(
            "attachments", "broken", f"{count_of(len(missing), 'file')} missing, first {missing[0]}"
        )
    return Finding("attachments", "ok", "every attached file is there")


def _copies(store: Store, home: Home, mend: bool) -> Finding:
    """Copies of files that were attached once and that nothing refers to any more."""
    from notes_tui.services.unused_files import unused_files

    try:
        second = load_config(home).backup_to
        unused = unused_files(store, home.backups, Path(second).expanduser() if second else None)
    except NotesError as error:
        return Finding("copies", "note", f"which files are unused is not known: {error.detail}")
    if not unused:
        return Finding("copies", "ok", "every copy of a file is attached, or an undo step or a backup has it")
    if mend:
        for path in unused:
            path.unlink(missing_ok=True)
        return Finding("copies", "mended", f"{count_of(len(unused), 'file')} that nothing refers to let go")
    return Finding("copies", "note", f"{count_of(len(unused), 'file')} that nothing refers to any more")


def _texts(store: Store, mend: bool) -> Finding:
    """The texts of PDFs: of files that were not read yet, and of those that nobody needs any more."""
    gone = pdf_pages.forget_unused(store) if mend else len(pdf_pages.unused(store))
    if gone and mend:
        return Finding("texts", "mended", f"{count_of(gone, 'text')} of PDFs that nobody needs let go")
    if gone:
        return Finding("texts", "note", f"{count_of(gone, 'text')} of PDFs that nobody needs any more")
    waiting = len(pdf_pages.missing(store))
    if waiting:
        return Finding(
            "texts", "note", f"{count_of(waiting, 'PDF')} not read for the search yet; `notes-tui refresh`"
        )
    return Finding("texts", "ok", "every PDF can be searched")


def _vaults(store: Store) -> Finding:
    from pathlib import Path

    folders = {
        vault_id: path for vault_id, path in vault.vaults(store).items() if not path.startswith(_FIGURES)
    }
    places = [path.removeprefix(_SITE) for path in folders.values()]
    gone = [folder for folder in places if not Path(folder).exists()]
    if gone:
        return Finding("vaults", "note", f"{gone[0]} is not there; the next export to it writes it anew")
    bases = sum(len(vault.written_files(store, vault_id)) for vault_id in folders)
    return Finding(
        "vaults", "ok", f"{count_of(len(folders), 'vault')}, {count_of(bases, 'file')} known as last written"
    )


def _config(home: Home) -> Finding:
    try:
        load_config(home)
    except NotesError as error:
        return Finding("config", "broken", error.detail)
    return Finding("config", "ok", str(home.config) if home.config.exists() else "built-in settings")


def _backups(home: Home) -> Finding:
    snapshots_there = sorted(home.backups.glob("notes-*.db")) if home.backups.is_dir() else []
    if not snapshots_there:
        return Finding("backups", "note", "there are none yet; `notes-tui backup` writes one")
    return Finding(
        "backups",
        "ok",
        f"{count_of(len(snapshots_there), 'snapshot')}, the latest {snapshots_there[-1].name}",
    )


def _cloud(home: Home) -> Finding:
    service = cloud_folder(home.path)
    if service:
        return Finding(
            "place",
            "note",
            f"{home.database} lies in a folder of {service}: a syncing folder can damage an open database",
        )
    return Finding("place", "ok", str(home.path))
