"""``export``: Markdown notes, a site, bibliographies, the dump."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notes_tui.cli import output
from notes_tui.cli.arguments import joined, profile_option, query_argument
from notes_tui.cli.call import REFUSED, Call, pass_call
from notes_tui.cli.completing import complete_role
from notes_tui.cli.importing import Progress, progress_line
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.errors import UsageError
from notes_tui.model.text import one_line
from notes_tui.services import listing
from notes_tui.services.wording import count_of

if TYPE_CHECKING:
    from notes_tui.model.export_report import ExportReport
    from notes_tui.services.quotes import Grouping

STDOUT = "-"
_EXAMPLES = """
notes-tui export markdown ~/notes                 again: writes only what changed
notes-tui export markdown ~/notes --dry-run
notes-tui export markdown ~/vault --profile obsidian
notes-tui export html ~/site 'status:read' --title "What I read"
notes-tui export readme README.md collection:my-thesis
notes-tui export bibtex refs.bib tag:thesis
notes-tui export csl-json - 'collection:research-space status:read'
notes-tui export quotes claims.md tag:thesis --role claim
notes-tui export quotes - --by paper --json
notes-tui export template talk.html --template talk.html.j2 tag:talk
notes-tui export json library.json                the whole library; `import` takes it
"""
Items = Sequence[int] | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported, and where to."""

    dest: str
    items: Items
    private: bool
    dry_run: bool
    title: str
    profile: str


def _markdown(call: Call, wish: Wish, progress: Progress | None) -> ExportReport:
    from notes_tui.services import vault_idle

    store, done = call.store(), call.config.done
    if wish.items is None and not wish.profile:
        idle = vault_idle.unchanged(store, wish.dest, include_private=wish.private, done=done)
        if idle is not None:
            return idle
    from notes_tui.services import vault

    if wish.dry_run:
        plan = vault.plan_export(
            store, wish.dest, wish.items, include_private=wish.private, done=done, profile=wish.profile
        )
        return plan.report
    return vault.export_vault(
        store, wish.dest, wish.items, include_private=wish.private, done=done, profile=wish.profile,
        progress=progress,
    )  # fmt: skip


def _html(call: Call, wish: Wish, progress: Progress | None) -> ExportReport:
    from notes_tui.services import site

    if wish.dry_run:
        raise UsageError("--dry-run is for markdown", hint="a site writes no page that was changed by others")
    config = call.config
    return site.export_site(
        call.store(), wish.dest, wish.items, title=wish.title, include_private=wish.private, done=config.done,
        glyphs={status.name: status.glyph for status in config.statuses}, progress=progress,
    )  # fmt: skip


_FOLDERS: dict[str, Callable[[Call, Wish, Progress | None], ExportReport]] = {
    "markdown": _markdown,
    "html": _html,
}
"""Formats that come out as a folder of files."""
_README = "readme"
_TEMPLATE = "template"
_QUOTES = "quotes"
_FORMATS = (*_FOLDERS, _README, "bibtex", "csl-json", "ris", "json", _QUOTES, _TEMPLATE)


@verb("export", free_text="dashes", examples=_EXAMPLES)
@click.argument("format_name", metavar="FORMAT", type=click.Choice(_FORMATS, case_sensitive=False))
@click.argument("dest", metavar="DEST", type=click.Path(allow_dash=True))
@query_argument()
@click.option("--dry-run", is_flag=True, help="Say what markdown would write; write nothing.")
@click.option("--include-private", "private", is_flag=True, help="Also items and notes marked private.")
@click.option("--title", metavar="T", default="Reading notes", help="The title of a site.")
@profile_option()
@click.option(
    "--template",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The Jinja2 file that template goes by.",
)
@click.option(
    "--role",
    metavar="R",
    default="",
    shell_complete=complete_role,
    help="quotes of this role; none: without one.",
)
@click.option("--by", type=click.Choice(("role", "paper")), help="What quotes stand under; role unless told.")
@pass_call
def command(
    call: Call, format_name: str, dest: str, query: Sequence[str], dry_run: bool, private: bool, title: str,
    profile: str | None, template: Path | None, role: str, by: Grouping | None,
) -> int:  # fmt: skip
    """Write the items of a QUERY, or all, to DEST.

    FORMAT is markdown (a folder with a note for each item, an index and pages), html (a site that works from
    the disk), readme (one reading list), bibtex, csl-json or ris (bibliographies), json (the whole library as
    a dump), quotes (the annotations with citations, as Markdown or, where DEST ends in .json, as JSON), or
    template (what a template of yours makes of the items; a file each where DEST is a folder). Where one file
    comes out, DEST - is standard output.

    A second export writes only what changed. In Markdown files your own text, keys and their order stay; a file
    where you and the library changed the same lines is left as it is, and the exit status is 3.
    """
    items = listing.find(call.store(), joined(query)) if query else None
    wish = Wish(dest, items, private, dry_run, title, profile or "")
    _check(format_name, profile, template)
    if format_name != _QUOTES and (role or by):
        raise UsageError("--role and --by are for quotes", hint="notes-tui export quotes DEST")
    if format_name in _FOLDERS:
        return _to_folder(call, format_name, wish)
    if dry_run:
        raise UsageError("--dry-run is for markdown", hint="a file that would not change is not written")
    if format_name == _README:
        return _to_readme(call, wish)
    if format_name == _QUOTES:
        return _to_quotes(call, wish, role, by or "role")
    if template is not None:
        return _by_template(call, wish, template)
    return _to_file(call, format_name, wish)


def _check(format_name: str, profile: str | None, template: Path | None) -> None:
    if profile and format_name != "markdown":
        raise UsageError("--profile is for markdown", hint="leave it out")
    if (template is None) == (format_name == _TEMPLATE):
        raise UsageError(
            "`export template` and --template go together",
            hint="notes-tui export template DEST --template FILE",
        )


def _to_folder(call: Call, format_name: str, wish: Wish) -> int:
    if wish.dest == STDOUT:
        raise UsageError(f"{format_name} comes out as a folder of files", hint="name a folder")
    with progress_line("writing") as progress:
        report = _FOLDERS[format_name](call, wish, progress)
    call.answer(report.as_dict(), _folder_lines(report, wish.dry_run))
    return 0 if report.is_complete else REFUSED


def _folder_lines(report: ExportReport, dry_run: bool) -> Iterator[Line]:
    would = "would be " if dry_run else ""
    written = "1 note" if len(report.new) == 1 else f"{len(report.new):,} notes"
    yield f"{written} {would}written to {report.path}, {len(report.changed):,} changed, {report.unchanged:,} unchanged"
    for path in report.removed:
        yield f"{would}removed: {one_line(path)}"
    for path in report.left:
        yield f"left, since it holds words of yours: {one_line(path)}"
    if report.left_out:
        yield Span(f"{report.left_out:,} private left out; --include-private takes them along", "dim")
    for conflict in report.conflicts:
        lines = ", ".join(str(each.line) for each in conflict.conflicts)
        yield (Span("conflict ", "red"), f"{one_line(conflict.path)}, line {lines}: left as it is")
    for problem in report.problems:
        yield (Span("problem ", "yellow"), one_line(f"{problem.file}: {problem.message}"))


def _to_readme(call: Call, wish: Wish) -> int:
    from notes_tui.services import readme

    store, done = call.store(), call.config.done
    if wish.dest == STDOUT:
        _to_stdout(call, readme.readme_text(store, wish.items, include_private=wish.private, done=done))
        return 0
    report = readme.export_readme(store, wish.dest, wish.items, include_private=wish.private, done=done)
    state = "unchanged" if report.unchanged else "written" if report.new else "brought up to date"
    state = "left as it is: it was changed in the same lines" if report.conflicts else state
    call.answer(report.as_dict(), f"{report.path} {state}")
    return 0 if report.is_complete else REFUSED


def _to_quotes(call: Call, wish: Wish, role: str, by: Grouping) -> int:
    from notes_tui.services import quotes

    store = call.store()
    groups = quotes.grouped(store, by, call.config.roles, wish.items, " ".join(role.lower().split()))
    if wish.dest == STDOUT:
        groups = groups if wish.private else quotes.without_private(store, groups)[0]
        if call.as_json:
            output.write_json(quotes.as_dicts(store, groups))
        else:
            _to_stdout(call, quotes.markdown(groups, by))
        return 0
    done = quotes.export_file(store, Path(wish.dest), groups, by, include_private=wish.private)
    wrote = "written to" if done.changed else "unchanged in"
    call.answer(done.as_dict(), f"{count_of(done.annotations, 'annotation')} {wrote} {done.path}")
    return 0


def _by_template(call: Call, wish: Wish, template: Path) -> int:
    from notes_tui.services import templating

    store = call.store()
    if wish.dest == STDOUT:
        _to_stdout(call, templating.text_of(store, template, wish.items, include_private=wish.private))
        return 0
    report = templating.export(store, template, wish.dest, wish.items, include_private=wish.private)
    call.answer(report.as_dict(), _template_lines(report))
    return 0 if report.is_complete else REFUSED


def _template_lines(report: ExportReport) -> Iterator[Line]:
    yield f"{report.path}: {len(report.new):,} new, {len(report.changed):,} changed, {report.unchanged:,} unchanged"
    for problem in report.problems:
        yield (Span("problem ", "yellow"), one_line(f"{problem.file}: {problem.message}"))


def _to_file(call: Call, format_name: str, wish: Wish) -> int:
    from notes_tui.services import exporting

    if wish.dest != STDOUT:
        with progress_line("writing") as progress:
            done = exporting.export_file(
                call.store(),
                format_name,
                wish.dest,
                wish.items,
                include_private=wish.private,
                progress=progress,
            )
        wrote = "written to" if done.changed else "unchanged in"
        call.answer(
            done.as_dict(), f"{done.items:,} {'item' if done.items == 1 else 'items'} {wrote} {done.path}"
        )
        return 0
    with call.store().one_state():
        made = exporting.export_pieces(call.store(), format_name, wish.items, include_private=wish.private)
        if format_name == exporting.DUMP and not output.is_terminal(sys.stdout):
            for text in made.texts:
                output.write_bytes(text.encode())
        else:
            _to_stdout(call, "".join(made.texts), is_json=format_name == exporting.DUMP)
    return 0


def _to_stdout(call: Call, text: str, *, is_json: bool = False) -> None:
    """The file itself: byte for byte into a pipe, made harmless at a terminal, in a value for ``--json``."""
    if call.as_json and not is_json:
        output.write_json({"path": None, "text": text})
    elif output.is_terminal(sys.stdout):
        output.echo(text)
    else:
        output.write_bytes(text.encode())
