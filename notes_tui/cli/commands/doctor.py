"""``doctor``: check the library and mend what can be mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.model.text import one_line
from notes_tui.services import doctor
from notes_tui.services.doctor import Finding

_LOOKS = {"ok": ("✓", "green"), "mended": ("✓", "yellow"), "broken": ("✕", "red"), "note": ("·", "dim")}


@verb("doctor", examples="notes-tui doctor\nnotes-tui doctor --check")
@click.option("--check", is_flag=True, help="Look only; mend nothing.")
@pass_call
def command(call: Call, check: bool) -> int:
    """Check database, search index, statuses, attachments, config and backups; mend what can be mended.

    The exit status is 1 where something is broken and stays so.
    """
    findings = doctor.examine(call.store(), call.home, mend=not check)
    call.answer([finding.as_dict() for finding in findings], _lines(findings))
    return int(any(finding.state == "broken" for finding in findings))


def _lines(findings: Sequence[Finding]) -> Iterator[Line]:
    for finding in findings:
        glyph, style = _LOOKS[finding.state]
        yield (
            Span(f"{glyph} {finding.state:<7}", style),
            f"{finding.subject:<12} {one_line(finding.message)}",
        )
