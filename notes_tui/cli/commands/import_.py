"""``import``: bring in bibliographies, reading lists, dumps and vaults."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import click

from notes_tui.cli.arguments import read_stdin
from notes_tui.cli.call import REFUSED, Call, pass_call
from notes_tui.cli.importing import import_options, progress_line, report_lines
from notes_tui.cli.verb import verb
from notes_tui.errors import UsageError
from notes_tui.model.report import ImportReport

_EXAMPLES = """
notes-tui import references.bib
notes-tui import ~/Zotero/zotero.sqlite           also while Zotero runs; its PDFs are linked, not copied
notes-tui import awesome-list.md                  makes or updates the collection of its title
notes-tui import library.json --dry-run           says what would come in
notes-tui import a.bib b.bib --collection thesis
notes-tui import ~/.local/share/sioyek/shared.db  its highlights; KOReader's and Hypothesis's files likewise
notes-tui import highlights.json --onto AntMan    where the file does not say which paper it is
notes-tui import ~/Downloads/papers               a folder of PDFs, with the annotations in them
notes-tui import ~/notes                          a folder that `export markdown` wrote
curl -s https://example.org/refs.bib | notes-tui import - --format bibtex
"""


@verb("import", examples=_EXAMPLES)
@click.argument("files", metavar="FILE|VAULT...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@import_options
@click.option("--collection", metavar="SLUG", default="", help="Put what comes in into this collection.")
@click.option(
    "--onto", metavar="CITEKEY", default="", help="The item that the marks of one document belong to."
)
@pass_call
def command(
    call: Call, files: Sequence[str], format_name: str, dry_run: bool, collection: str, onto: str
) -> int:
    """Bring in bibliographies (BibTeX, CSL-JSON, RIS, Zotero), lists of ids, reading lists, dumps, PDFs and vaults.

    Annotations come from Zotero, from KOReader (a metadata file or an export), sioyek (shared.db) and Hypothesis
    (JSON), once; what you wrote on them stays when they are read again.

    A vault is a folder that `export markdown` wrote. What certainly is the same work joins the item that is there and fills its empty fields; what only may be is
    proposed. Nothing you wrote is overwritten, and a second import adds nothing. All files together are one step
    for `undo`. The exit status is 3 where records were refused; the problems say which and why.
    """
    pdfs = [] if format_name else _pdfs(files)
    if pdfs:
        report = _papers(call, pdfs, collection, dry_run)
    elif any(map(os.path.isdir, files)) and not any(map(_sidecars, files)):
        report = _vault(call, files, dry_run)
    else:
        report = _files(call, files, format_name, collection, dry_run, onto)
    call.answer(report.as_dict(), report_lines(report, dry_run=dry_run))
    return REFUSED if report.refused else 0


def _pdfs(files: Sequence[str]) -> list[str]:
    """The PDFs that are named, those of folders that are no vaults included; none where something else is."""
    from notes_tui.services.pdf_importing import pdfs_among

    found = pdfs_among(files)
    if found.pdfs and found.others:
        raise UsageError("PDFs are imported by themselves", hint="import the other files apart")
    return found.pdfs


def _papers(call: Call, pdfs: Sequence[str], collection: str, dry_run: bool) -> ImportReport:
    from notes_tui.services import pdf_importing

    with progress_line("reading") as progress:
        return pdf_importing.import_pdfs(
            call.store(), pdfs, collection=collection, dry_run=dry_run, roles=call.config.roles, progress=progress
        )  # fmt: skip


def _vault(call: Call, files: Sequence[str], dry_run: bool) -> ImportReport:
    from notes_tui.services.vault_importing import import_vault

    if len(files) > 1:
        raise UsageError("a folder is imported alone", hint="name the vault and nothing else")
    return import_vault(call.store(), files[0], statuses=call.config.status_names, dry_run=dry_run)


def _sidecars(name: str) -> list[str]:
    """The files of a folder in which KOReader keeps what it knows of a document."""
    if not name.rstrip("/").endswith(".sdr") or not os.path.isdir(name):
        return []
    return sorted(
        entry.path
        for entry in os.scandir(name)
        if entry.name.startswith("metadata.") and entry.name.endswith(".lua")
    )


def _files(
    call: Call, files: Sequence[str], format_name: str, collection: str, dry_run: bool, onto: str
) -> ImportReport:
    from notes_tui.services import importing
    from notes_tui.services.keys import find_item

    files = [each for name in files for each in _sidecars(name) or [name]]

    with progress_line("importing") as progress:
        options = importing.ImportOptions(
            format=format_name, collection=collection, dry_run=dry_run, statuses=call.config.status_names,
            progress=progress, roles=call.config.roles, onto=find_item(call.store(), onto) if onto else None,
        )  # fmt: skip
        return importing.import_files(call.store(), [_source(name) for name in files], options)


def _source(name: str) -> tuple[str, Callable[[], str] | None]:
    return ("standard input", read_stdin) if name == "-" else (name, None)
