"""``sync``: a folder of Markdown notes and the library, brought together both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notes_tui.cli import output
from notes_tui.cli.arguments import profile_option
from notes_tui.cli.asking import can_ask, confirmed
from notes_tui.cli.call import REFUSED, Call, pass_call
from notes_tui.cli.importing import progress_line
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.model.sync_report import SyncReport
from notes_tui.model.text import one_line
from notes_tui.services.wording import count_of

if TYPE_CHECKING:
    from notes_tui.services.syncing import SyncWish

_SHOWN = 20
_WITHOUT_RECORDS = "ids, reading history and annotations stay in the library alone; --yes keeps them in the folder's .notes-tui, too"
_EXAMPLES = """
notes-tui sync ~/notes                            again: `notes-tui sync` is enough
notes-tui sync ~/vault --profile obsidian         a new folder, laid out for Obsidian
notes-tui sync --dry-run                          shows every change, makes none
notes-tui sync ~/notes --push                     in a git work tree: send it to the other machines, too
notes-tui conflicts                               what was changed on both sides in the same lines
"""


@verb("sync", examples=_EXAMPLES)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come in and go out; change nothing.")
@click.option("--push", is_flag=True, help="In a git work tree: push when all is brought together.")
@click.option(
    "--auto-push/--no-auto-push",
    default=None,
    help="Push after every sync of this vault from now on, or no more.",
)
@click.option(
    "--yes", is_flag=True, help="Answer yes where something would be asked, except about deleted files."
)
@click.option("--trash-missing", is_flag=True, help="Move items whose files were deleted to the trash.")
@profile_option()
@click.option("--include-private", "private", is_flag=True, help="Also items and notes marked private.")
@pass_call
def command(
    call: Call, folder: Path | None, dry_run: bool, push: bool, auto_push: bool | None, yes: bool,
    trash_missing: bool, profile: str | None, private: bool,
) -> int:  # fmt: skip
    """Bring your edits of the files in DIR into the library, and the library's changes out to the files.

    DIR is a vault that `export markdown` or an earlier sync wrote, or a new folder; it is remembered. What was changed
    on both sides is merged line by line. Where both changed the same lines, your file stays as it is, `conflicts`
    shows both versions, and the exit status is 3. Deleted files delete nothing. `undo` takes what came in back.

    In a git work tree the vault's files are committed, and what other machines pushed is pulled and merged.
    """
    from notes_tui.services import syncing

    keep = yes or (not dry_run and _may_keep_records(call, folder))
    wish = syncing.SyncWish(
        keep_records=keep, among_own_notes=yes,
        dry_run=dry_run, push=push or bool(auto_push), trash_missing=trash_missing, include_private=private, ask=can_ask(),
        done=call.config.done, statuses=call.config.status_names, profile=profile or "",
    )  # fmt: skip
    report = _synced(call, folder, wish)
    if not keep and syncing.wants_consent(call.store(), folder):
        report.notices.append(_WITHOUT_RECORDS)
    if auto_push is not None and not dry_run:
        _set_push(call, folder, auto_push)
    if not dry_run:
        _settle_driver(call, folder, report, yes)
    if report.missing and not dry_run and can_ask() and not call.as_json:
        output.echo(_missing(report), err=True)
        if confirmed("Move the items of these files to the trash?"):
            report = _synced(call, folder, replace(wish, trash_missing=True))
    call.answer(report.as_dict(), _lines(report, dry_run))
    return 0 if report.is_complete else REFUSED


def _set_push(call: Call, folder: Path | None, wanted: bool) -> None:
    from notes_tui.services import sharing

    sharing.set_push(call.store(), folder, wanted)


def _settle_driver(call: Call, folder: Path | None, report: SyncReport, yes: bool) -> None:
    """Ask once whether git itself may merge the vault as a sync does."""
    from notes_tui.services import sharing

    if not (yes or can_ask()) or not sharing.wants_driver(call.store(), folder):
        return
    question = "Let git itself merge these notes as sync does? It is set in this repository's own config."
    written = sharing.set_driver(call.store(), folder, yes or confirmed(question))
    if written:
        report.notices.append(f"merge driver installed: {', '.join(written)}")


def _synced(call: Call, folder: Path | None, wish: SyncWish) -> SyncReport:
    from notes_tui.services import sharing

    with progress_line("writing") as progress:
        return sharing.sync(call.store(), folder, replace(wish, progress=progress))


def _may_keep_records(call: Call, folder: Path | None) -> bool:
    """Ask once whether an adopted folder may have a ``.notes-tui/``."""
    from notes_tui.services import syncing

    if not can_ask() or not syncing.wants_consent(call.store(), folder):
        return False
    return confirmed(
        f"Keep ids, reading history and annotations in {syncing.the_vault(call.store(), folder)}/.notes-tui?"
    )


def _lines(report: SyncReport, dry_run: bool) -> Iterator[Line]:
    would = "would come" if dry_run else "came"
    for taken in report.taken[:_SHOWN]:
        yield (Span("in   ", "green"), f"{taken.citekey}: {', '.join(taken.parts)}")
    for citekey in report.added[:_SHOWN]:
        yield (Span("new  ", "green"), citekey)
    more = max(0, len(report.taken) - _SHOWN) + max(0, len(report.added) - _SHOWN)
    if more:
        yield Span(f"     and {more:,} more", "dim")
    for old, new in report.moved:
        yield (Span("moved ", "cyan"), f"{one_line(old)} → {one_line(new)}")
    for title in report.lists:
        yield (Span("list ", "cyan"), one_line(title))
    for citekey in report.trashed:
        yield (Span("trash ", "yellow"), citekey)
    for path in report.copies:
        yield (Span("copy ", "cyan"), f"{one_line(path)}: taken in; it can be deleted")
    yield from _missing(report)
    if dry_run:
        for path in (*report.out.new, *report.out.changed)[:_SHOWN]:
            yield (Span("out  ", "blue"), one_line(path))
    events = f", {count_of(report.events, 'event')} of other machines" if report.events else ""
    written = "would be written" if dry_run else "written"
    yield f"{report.path}: {report.came_in:,} {would} in{events}, {count_of(report.written, 'file')} {written}"
    if report.out.left_out:
        yield Span(f"{report.out.left_out:,} private left out; --include-private takes them along", "dim")
    for notice in report.notices:
        yield (Span("note ", "yellow"), one_line(notice))
    for waiting in report.conflicts:
        part = waiting.conflict.part
        yield (Span("conflict ", "red"), f"{waiting.uid} {one_line(waiting.path)}, {one_line(part)}")
    if report.conflicts:
        yield Span("`notes-tui conflicts` shows both versions", "dim")
    for problem in (*report.problems, *report.out.problems):
        yield (Span("problem ", "yellow"), one_line(f"{problem.file}: {problem.message}"))


def _missing(report: SyncReport) -> Iterator[Line]:
    for path in report.missing[:_SHOWN]:
        yield (Span("gone ", "yellow"), f"{one_line(path)}: its item stays")
    if report.missing:
        yield Span(
            "--trash-missing moves such items to the trash; `export markdown` writes the files again", "dim"
        )
