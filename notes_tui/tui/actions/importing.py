"""Bringing files in from the interface: bibliographies, lists, dumps, PDFs and vaults."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from notes_tui.model.text import one_line
from notes_tui.services.wording import count_of

if TYPE_CHECKING:
    from notes_tui.model.report import ImportReport
    from notes_tui.store.database import Store
    from notes_tui.tui.screens.main import MainScreen


async def import_file(desk: MainScreen) -> None:
    """Ask for a file or folder and bring it in, as one step."""
    from notes_tui.tui.dialogs.file_path import ImportDialog

    named = await desk.ask(ImportDialog())
    if named is None:
        return
    path = os.path.abspath(os.path.expanduser(named))
    report = await desk.in_thread(lambda store: _brought_in(desk, store, path))
    desk.reload()
    words = report.label if report.added or report.updated or not report.entries else ""
    known = (
        f"{count_of(report.unchanged, 'paper is', 'papers are')} there already" if report.unchanged else ""
    )
    if words:
        desk.tell_change(f"{words}; {known}" if known else words)
    else:
        desk.tell(known or "nothing was found in it")
    if report.problems:
        first = report.problems[0]
        where = f"line {first.line}: " if first.line else ""
        more = f" (and {len(report.problems) - 1:,} more)" if len(report.problems) > 1 else ""
        desk.warn(f"{where}{one_line(first.message)}{more}")


def _brought_in(desk: MainScreen, store: Store, path: str) -> ImportReport:
    """Bring a path in by what it is, in a thread."""
    from notes_tui.services import importing, pdf_importing, vault_importing

    statuses, roles = desk.config.status_names, desk.config.roles
    if pdfs := pdf_importing.pdfs_among([path]).pdfs:
        return pdf_importing.import_pdfs(store, pdfs, roles=roles, progress=desk.progress("read", "files"))
    if os.path.isdir(path):
        return vault_importing.import_vault(store, path, statuses=statuses)
    options = importing.ImportOptions(statuses=statuses, roles=roles, progress=desk.progress("imported"))
    return importing.import_files(store, [(path, None)], options)
