"""What the commands that bring things in share: options, progress, and how their report reads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from notes_tui.cli import output
from notes_tui.cli.arguments import on_the_command_line
from notes_tui.cli.output import Line, Span
from notes_tui.model.report import ImportReport
from notes_tui.model.text import one_line

_Function = TypeVar("_Function", bound=Callable[..., Any])
Progress = Callable[[int, int], None]


def import_options(function: _Function) -> _Function:
    """``--format`` and ``--dry-run``."""
    function = click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")(
        function
    )
    return click.option(
        "--format", "format_name", metavar="F", default="", callback=_known_format,
        help="bibtex, csl-json, ris, zotero, koreader, sioyek, hypothesis, ids, list, library or json; found out if left out.",
    )(function)  # fmt: skip


def _known_format(ctx: click.Context, _: click.Parameter, value: str) -> str:
    if value and not ctx.resilient_parsing:
        from notes_tui.formats import format_named

        with on_the_command_line():
            return format_named(value).name
    return value


@contextmanager
def progress_line(doing: str) -> Iterator[Progress | None]:
    """A line on standard error that counts, where a person looks at it; it is gone in the end."""
    if not output.is_terminal(sys.stderr):
        yield None
        return

    def show(done: int, total: int) -> None:
        sys.stderr.write(f"\r{doing} {done:,} of {total:,}")
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def report_lines(report: ImportReport, *, dry_run: bool) -> Iterator[Line]:
    """A report for people: counts, then proposals, then problems with file and line."""
    would = "would be " if dry_run else ""
    yield Span(
        f"{report.entries:,} understood: {report.added:,} {would}added, {report.matched:,} in the library already"
        f" ({report.updated:,} {would}updated, {report.unchanged:,} unchanged)",
        "bold",
    )
    if report.annotations:
        counts = ", ".join(
            f"{count:,} {'' if name == 'unchanged' else would}{name}"
            for name, count in report.annotations.items() if count
        )  # fmt: skip
        yield f"annotations: {counts}"
    for pair in report.proposals:
        other = f" and {pair.candidate}" if pair.candidate else ""
        yield (Span("look at ", "yellow"), one_line(f"{pair.citekey}{other}: {pair.reason}"))
    for problem in report.problems:
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        yield (Span("problem ", "yellow"), one_line(f"{place}: {problem.message}"))
