"""``adopt``: take a folder of notes that exists already into the library, where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.importing import progress_line, report_lines
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.model.adoption import AdoptionReport, PlannedPaper, Skipped
from notes_tui.model.text import one_line
from notes_tui.services.wording import count_of

_EXAMPLES = """
notes-tui adopt ~/paper-notes --dry-run      what is in it; nothing is written anywhere
notes-tui adopt ~/paper-notes                papers, topics, notes and PDFs join the library
notes-tui undo                               the library as it was; the folder never changed
"""
_MOST_IN_A_ROW = 12
"""Skipped files of one reason that are listed one by one; of more, each folder is named with their number."""


@verb("adopt", examples=_EXAMPLES)
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@pass_call
def command(call: Call, folder: str, dry_run: bool) -> int:
    """Take a folder of notes into the library, in place: papers, topics, notes, PDFs and figures.

    A paper is a folder with a note or a PDF, a note, or a PDF; folders above are topics and become a collection. Papers join the
    items that certainly are the same work; what only may be is proposed. Adopting writes no file of the folder. A note
    that you edit here later goes back to its very file, and nothing else is written there. Run it again after
    changes: it takes in what is new, follows what was moved, and changes nothing else.
    """
    from notes_tui.services import adopting

    with progress_line("reading") as progress:
        report = adopting.adopt(
            call.store(), folder, dry_run=dry_run, statuses=call.config.status_names, progress=progress
        )
    call.answer(report.as_dict(), _lines(report, dry_run=dry_run))
    return 0


def _lines(report: AdoptionReport, *, dry_run: bool) -> Iterator[Line]:
    """The papers under their topics, what was guessed, what was left out, and the counts."""
    for topic, papers in report.by_topic().items():
        yield Span(one_line(" / ".join(topic)) or "(no topic)", "bold")
        for each in papers:
            yield from _paper_lines(each)
    yield from _skipped_lines(report.skipped)
    yield from report_lines(report, dry_run=dry_run)
    if report.kept:
        files = count_of(report.kept, "Markdown file")
        yield f"{files} on no paper {'would be' if dry_run else 'are'} kept as notes of the folder, to be found by search"
    if report.collection and not dry_run:
        yield f"the topics are the collection {one_line(report.collection)}"


def _paper_lines(each: PlannedPaper) -> Iterator[Line]:
    mark = Span("+ ", "green") if each.is_new else Span("~ " if each.is_changed else "= ", "cyan")
    files = [
        count_of(number, noun)
        for number, noun in (
            (len(each.paper.notes), "note"),
            (len(each.paper.pdfs), "PDF"),
            (len(each.paper.figures), "figure"),
        )
        if number
    ]
    yield (
        "  ",
        mark,
        one_line(each.title or each.citekey),
        Span(f"  {one_line(each.paper.path)}  {', '.join(files)}", "dim"),
    )
    if each.reason and each.is_changed:
        yield ("      ", Span(f"is {one_line(each.citekey)}: {one_line(each.reason)}", "dim"))
    for guess in each.paper.guesses:
        if guess.certainty != "certain" and (each.is_new or each.is_changed):
            yield ("      ", Span(f"{guess.certainty}: {guess.about} from {one_line(guess.reason)}", "dim"))


def _skipped_lines(skipped: Sequence[Skipped]) -> Iterator[Line]:
    by_reason: dict[str, list[str]] = {}
    for each in skipped:
        by_reason.setdefault(each.reason, []).append(each.path)
    for reason, paths in by_reason.items():
        yield (Span("not taken ", "yellow"), f"{count_of(len(paths), 'file')}: {one_line(reason)}")
        if len(paths) <= _MOST_IN_A_ROW:
            yield from (f"  {one_line(path)}" for path in paths)
            continue
        folders: dict[str, int] = {}
        for path in paths:
            folders[path.rpartition("/")[0]] = folders.get(path.rpartition("/")[0], 0) + 1
        yield from (f"  {one_line(folder) or '.'}/  {number:,}" for folder, number in folders.items())
