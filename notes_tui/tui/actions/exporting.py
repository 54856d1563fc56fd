"""Exporting from the interface: a folder of notes, a list, bibliographies, the dump."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from notes_tui.services import listing
from notes_tui.services.wording import count_of

if TYPE_CHECKING:
    from notes_tui.model.export_report import ExportReport
    from notes_tui.store.database import Store
    from notes_tui.tui.dialogs.export import ExportChoice, FormatChoice, PlanSummary
    from notes_tui.tui.screens.main import MainScreen

ItemIds = Sequence[int] | None
FILES = (
    ("readme", "README", "one Markdown list", "README.md"),
    ("bibtex", "BibTeX", "a bibliography for LaTeX", "references.bib"),
    ("csl-json", "CSL-JSON", "a bibliography for pandoc, Zotero and others", "references.json"),
    ("ris", "RIS", "a bibliography for reference managers", "references.ris"),
    (
        "quotes",
        "Quotes",
        "the annotations by role, with citations; as JSON where the name ends in .json",
        "quotes.md",
    ),
    ("json", "Dump", "everything, to be imported again", "notes-tui.json"),
)


async def export(desk: MainScreen) -> None:
    """Export the selected items, or without a selection all of them."""
    from notes_tui.services.home import reopen
    from notes_tui.tui.dialogs.export import ExportDialog

    ids = desk.targets() if desk.table.selected else None

    def plan(format_name: str, destination: str) -> PlanSummary:
        with reopen(desk.home) as store:
            return _plan(desk, store, format_name, _path(destination), ids)

    folder = suggested_folder(desk)
    title = f"Export · {count_of(len(ids), 'selected paper') if ids else 'all papers'}"
    choice = await desk.ask(ExportDialog(folder, plan, _formats(folder), title))
    if choice is not None:
        done = await desk.in_thread(
            lambda store: _carry_out(desk, store, choice, ids), if_cancelled="what was written already stays"
        )
        desk.tell(done)
        if choice.format == "markdown":
            desk.left = replace(desk.left, exported_to=choice.destination)
            desk.remember_soon()


def suggested_folder(desk: MainScreen) -> str:
    """The folder to suggest: the config's, the last one, else one in the person's documents."""
    if desk.config.export_to or desk.left.exported_to:
        return desk.config.export_to or desk.left.exported_to
    documents = Path.home() / "Documents"
    return "~/Documents/notes-tui" if documents.is_dir() else "~/notes-tui"


def _formats(folder: str) -> list[FormatChoice]:
    from notes_tui.tui.dialogs.export import FormatChoice

    beside = os.path.dirname(folder.rstrip("/")) or "~"
    choices = [
        FormatChoice("markdown", "Markdown", "a folder with a note for each paper, an index and pages"),
        FormatChoice("html", "HTML", "a web site to read without a network", f"{folder.rstrip('/')}-site"),
    ]
    return choices + [
        FormatChoice(name, label, help, f"{beside}/{file}") for name, label, help, file in FILES
    ]


def _path(destination: str) -> str:
    return os.path.abspath(os.path.expanduser(destination))


def _plan(desk: MainScreen, store: Store, format_name: str, path: str, ids: ItemIds) -> PlanSummary:
    from notes_tui.tui.dialogs.export import PlanSummary

    if format_name == "markdown":
        from notes_tui.services.vault import plan_export

        report = plan_export(store, path, ids, done=desk.config.done).report
        return PlanSummary(len(report.new), len(report.changed), report.unchanged, _remark(report))
    place = Path(path)
    if format_name == "html":
        if (place / "index.html").exists():
            return PlanSummary(0, 0, 0, "what changed since the last time is written")
        return PlanSummary(len(ids if ids is not None else listing.find(store)), 0)
    if place.is_dir():
        return PlanSummary(0, 0, 0, "this is a folder; name a file")
    return PlanSummary(0, 1, 0, "the file is replaced") if place.exists() else PlanSummary(1, 0)


def _remark(report: ExportReport) -> str:
    parts: list[str] = []
    if report.conflicts:
        parts.append(f"{count_of(len(report.conflicts), 'file')} changed on both sides, left as they are")
    if report.problems:
        parts.append(report.problems[0].message)
    if report.left_out:
        parts.append(f"{report.left_out:,} private left out")
    return "; ".join(parts)


def _carry_out(desk: MainScreen, store: Store, choice: ExportChoice, ids: ItemIds) -> str:
    """Write what was chosen, in a thread. Returns what was done, in words."""
    path = _path(choice.destination)
    if choice.format == "markdown":
        from notes_tui.services.vault import export_vault

        report = export_vault(store, path, ids, done=desk.config.done, progress=desk.progress("written"))
        return _folder_words(report, choice.destination)
    if choice.format == "html":
        from notes_tui.services.site import export_site

        glyphs = {each.name: each.glyph for each in desk.config.statuses}
        site = export_site(
            store, path, ids, done=desk.config.done, glyphs=glyphs, progress=desk.progress("written")
        )
        return _folder_words(site, choice.destination, "page")
    if choice.format == "readme":
        from notes_tui.services.readme import export_readme

        return _folder_words(
            export_readme(store, path, ids, done=desk.config.done), choice.destination, "list"
        )
    if choice.format == "quotes":
        return _write_quotes(desk, store, choice, ids)
    from notes_tui.services.exporting import export_file

    written = export_file(store, choice.format, path, ids, progress=desk.progress("written"))
    how = "written to" if written.changed else "unchanged in"
    return f"{count_of(written.items, 'paper')} {how} {choice.destination}"


def _write_quotes(desk: MainScreen, store: Store, choice: ExportChoice, ids: ItemIds) -> str:
    from notes_tui.services import quotes

    groups = quotes.grouped(store, "role", desk.config.roles, ids)
    written = quotes.export_file(store, Path(_path(choice.destination)), groups, "role")
    how = "written to" if written.changed else "unchanged in"
    left_out = f"; {written.left_out:,} private left out" if written.left_out else ""
    return f"{count_of(written.annotations, 'annotation')} {how} {choice.destination}{left_out}"


def _folder_words(report: ExportReport, destination: str, noun: str = "note") -> str:
    new, changed = len(report.new), len(report.changed)
    if new or not changed:
        words = f"{count_of(new, noun)} written to {destination}"
        words += f", {changed:,} changed" if changed else ""
    else:
        words = f"{count_of(changed, noun)} changed in {destination}"
    if not new and not changed:
        words = f"nothing to write: {destination} is up to date"
    remark = _remark(report)
    return f"{words}; {remark}" if remark else words
