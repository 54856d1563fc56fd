"""Figures of papers in a vault with a folder a paper: copied to ``figures/`` beside its file, once.

A figure that is there is its owner's from then on: it is neither replaced nor deleted.
"""

from __future__ import annotations

import os
from pathlib import Path

from notes_tui.model.export_report import ExportReport
from notes_tui.model.reading_list import Problem
from notes_tui.services.folders import Folder, NotUsableError
from notes_tui.store import attachments
from notes_tui.store import vault as bases
from notes_tui.store.database import Store

FOLDER = "figures"


def put_figures(store: Store, vault: int, folder: Folder, report: ExportReport) -> None:
    """Copy the figures of items that have a file in the vault; they count among the other files in the report."""
    figures = [each for each in attachments.all_of_kind(store, "figure") if not each.is_replaced]
    if not figures:
        return
    files = bases.files_of_items(store, vault)
    inside = folder.real.rstrip(os.sep) + os.sep
    for figure in figures:
        source, file = Path(figure.path), files.get(figure.item_id)
        if file is None or not source.is_file() or os.path.realpath(source).startswith(inside):
            continue
        path = f"{file.rpartition('/')[0]}/{FOLDER}/{source.name}".lstrip("/")
        try:
            if folder.copy_in(path, source):
                report.pages.append(path)
        except NotUsableError as error:
            report.problems.append(Problem(path, None, str(error)))
