"""From an error to two lines on standard error and an exit status; never a traceback."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from notes_tui.cli import output
from notes_tui.errors import NotesError

if TYPE_CHECKING:
    import click

FAILED, WRONG, INTERRUPTED = 1, 2, 130
_LONGEST = 2_000


def report(error: BaseException) -> int:
    """Say on standard error what went wrong and what to do; returns the exit status."""
    if os.environ.get("NOTES_TUI_DEBUG"):
        import traceback

        output.echo("".join(traceback.format_exception(error)), err=True)
    if isinstance(error, NotesError):
        return complain(error.title, error.detail, error.hint, error.exit_code)
    import click

    if isinstance(error, click.UsageError):
        return complain("wrong usage", _sentence(error), _usage_hint(error), WRONG)
    if isinstance(error, click.ClickException):
        return complain("failed", error.format_message(), "", FAILED)
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return complain("interrupted", "the command was stopped", "", INTERRUPTED)
    return _foreign(error)


def _foreign(error: BaseException) -> int:
    """Errors of libraries that no room below gave words to."""
    if isinstance(error, OSError):
        place = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
        return complain(
            "input or output", f"{place}{error.strerror or error}", "check the name, permissions and space"
        )
    if isinstance(error, UnicodeError):
        return complain("text", f"{error}", "text is expected in UTF-8")
    if type(error).__module__ == "sqlite3":
        return complain("database", f"{error}", "run `notes-tui doctor`")
    if isinstance(error, MemoryError | RecursionError):
        return complain("too large", "the input needs more memory than there is", "take it in parts")
    return complain(
        "unexpected",
        f"{type(error).__name__}: {error}",
        "run it with NOTES_TUI_DEBUG=1 to see where it happened",
    )


def complain(title: str, detail: str, hint: str, status: int = FAILED) -> int:
    """``error: title: detail`` and ``hint: …``, each on one safe line; returns ``status``."""
    from notes_tui.model.text import ellipsis, one_line

    words = ellipsis(one_line(f"{title}: {detail}"), _LONGEST)
    lines: list[output.Line] = [(output.Span("error: ", "red"), words)]
    if hint:
        lines.append((output.Span("hint: ", "dim"), ellipsis(one_line(hint), _LONGEST)))
    output.echo(lines, err=True)
    return status


def _sentence(error: click.UsageError) -> str:
    near = getattr(error, "possibilities", None)
    message = (error.message if near else error.format_message()).strip().removesuffix(".")
    return message[:1].lower() + message[1:]


def _usage_hint(error: click.UsageError) -> str:
    import click

    near = getattr(error, "possibilities", None)
    ctx = error.ctx
    if near:
        return f"did you mean {' or '.join(near)}?"
    if ctx is not None and isinstance(ctx.command, click.Group) and ctx.parent is not None:
        return f"`{ctx.command_path}` is followed by {', '.join(ctx.command.list_commands(ctx))}"
    path = ctx.command_path if ctx is not None else "notes-tui"
    return f"`{path} --help` shows how"
