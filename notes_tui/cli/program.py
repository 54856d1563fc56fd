"""Running one command line to its exit status."""

from __future__ import annotations

import os
import sys

from notes_tui.cli import output, table
from notes_tui.cli.call import Call, WithCall
from notes_tui.cli.verb import Verb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any


def run(args: Sequence[str] | None = None) -> int:
    """Run one command line (by default this process's) and return its exit status."""
    output.prepare_streams()
    try:
        with Call() as call:
            status = _dispatch(list(sys.argv[1:] if args is None else args), call)
        output.flush()
    except BrokenPipeError:
        output.give_up_stdout()
        return 0
    except (KeyboardInterrupt, Exception) as error:  # noqa: BLE001 - the top: nothing may leave as a traceback
        return _stopped(error)
    return status if isinstance(status, int) else 0


def _dispatch(args: list[str], call: Call) -> object:
    """Do what a command line says: by itself where it is plain, by way of click where it is not."""
    if table.COMPLETION_VARIABLE not in os.environ:
        if args == ["--version"]:
            from notes_tui import __version__

            output.write_bytes(f"{table.NAME} {__version__}\n".encode())
            return 0
        if args in (["--help"], ["-h"]):
            from notes_tui.cli import page

            output.write_bytes(page.text(page.width_of_screen()).encode())
            return 0
        if (plain := _plain(args)) is not None:
            function, values = plain
            call.home_given, call.as_json = values.pop("home"), values.pop("json")
            return function(call, **values)
    from notes_tui.cli.group import run_with_click

    return run_with_click(args, call)


def _plain(args: Sequence[str]) -> tuple[Callable[..., Any], dict[str, Any]] | None:
    """The function that is called and the values for it, where both can be told without click."""
    before = list(args[:2]) if args[:1] == ["--home"] else []
    words = args[len(before) :]
    module = table.module_of(words[0]) if words and words[0] in table.ALL else None
    verb = module.command if module is not None else None
    if not isinstance(verb, Verb) or not isinstance(verb.function, WithCall):
        return None
    values = verb.read([*before, *words[1:]])
    return (verb.function.run, values) if values is not None else None


def _stopped(error: BaseException) -> int:
    from notes_tui.cli import failures

    try:
        output.flush()
    except OSError:
        output.give_up_stdout()
    try:
        return failures.report(error)
    except OSError:
        return failures.FAILED
