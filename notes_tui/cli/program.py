"""The table of commands, finding the one that is called, and running it to an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from notes_tui import __version__
from notes_tui.cli import failures, output
from notes_tui.cli.verb import HOME, write_examples

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS: dict[str, dict[str, str]] = {
    "Read": {
        "list": "Items that match a query, in list order.",
        "show": "Everything about one item.",
        "open": "Open an item's link in the browser.",
        "cite": "A citation, BibTeX or the link, to paste.",
        "next": "What to read next, and why.",
        "history": "What was read when; the undo steps.",
        "stats": "How much was read, by status and month.",
        "matrix": "A comparison table of several items.",
    },
    "Write": {
        "mark": "Set the read status, the page reached, the date.",
        "rate": "Rate items from 1 to 5.",
        "tag": "Add, remove, rename and list tags.",
        "note": "Print or write the note on an item.",
        "annotate": "Add a quote or a remark with its page.",
        "attach": "Attach PDFs and figures to an item.",
        "refresh": "Read the annotations of PDFs again.",
    },
    "Collect": {
        "add": "Add items from ids, addresses or titles.",
        "edit": "Correct fields of an item.",
        "rekey": "Give an item another citekey.",
        "remove": "Move items to the trash.",
        "duplicates": "Pairs that may be one work, with reasons.",
        "merge": "Make one item of several that are one work.",
        "trash": "List, restore from or empty the trash.",
        "collection": "Reading lists: show, make, fill, hide, update.",
        "view": "Queries saved under a name.",
    },
    "Exchange": {
        "import": "Bring in bibliographies, lists and dumps.",
        "fetch": "Ask arXiv, Crossref and OpenAlex for what is missing.",
        "adopt": "Take in a folder of your own notes, in place.",
        "export": "Write Markdown notes, a site or a bibliography.",
        "sync": "Bring a folder of notes and the library together.",
        "conflicts": "What was changed on both sides; choose.",
    },
    "Keep safe": {
        "undo": "Take back the latest change.",
        "redo": "Repeat the change undone last.",
        "backup": "Write a checked snapshot of the library.",
        "restore": "Go back to a backup.",
        "doctor": "Check the library and mend what can be mended.",
    },
    "Set up": {
        "init": "Make a library, with the bundled reading lists.",
        "completion": "Print the completion script of your shell.",
    },
}
"""Section to command to its line in the help; the module of a command has its name."""

_ALL = {name: line for section in COMMANDS.values() for name, line in section.items()}
_MODULES = {"import": "import_", "list": "list_", "next": "next_", "open": "open_"}
"""Commands whose module cannot have, or should not hide, a name of Python's own."""
INTERFACE = "interface"
_HIDDEN = {INTERFACE: "interface", "merge-driver": "merge_driver"}
"""Commands that no help names, each with its module: people do not type them."""
NAME = "notes-tui"
COMPLETION_VARIABLE = "_NOTES_TUI_COMPLETE"


class Program(click.Group):
    """The whole command line. What is no command is a query for the interface."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the help."""
        return list(_ALL)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module of a command; ``None`` where there is no such command."""
        if cmd_name not in _ALL and cmd_name not in _HIDDEN:
            return None
        modules = _MODULES | _HIDDEN
        module = import_module(f"notes_tui.cli.commands.{modules.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named, else the interface with all of the words as its query."""
        name = args[0]
        if name in _ALL or name == "merge-driver":
            return name, self.get_command(ctx, name), args[1:]
        if ctx.resilient_parsing:
            return None, None, args
        return INTERFACE, self.get_command(ctx, INTERFACE), args

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section, without loading any."""
        longest = max(map(len, _ALL))
        for title, section in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(longest), line) for name, line in section.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show how a first session goes."""
        write_examples(formatter, _EXAMPLES)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer commands, without loading any."""
        from click.shell_completion import CompletionItem

        offered = [
            CompletionItem(name, help=line) for name, line in _ALL.items() if name.startswith(incomplete)
        ]
        return offered + click.Command.shell_complete(self, ctx, incomplete)


_EXAMPLES = """
notes-tui                                  open the interface
notes-tui 'status:unread'                  open it with a query
notes-tui list 'section:"Cluster Scheduling" sort:year'
notes-tui mark read AntMan
notes-tui annotate AntMan --page 5 --quote "dynamic scaling"
notes-tui export markdown ~/notes
"""
_HELP = """Reading notes for people who read papers for a living.

Without a command it opens the interface, with the QUERY if one is given. Every command takes --json
(one JSON value) and --home; `notes-tui COMMAND --help` explains it.

A CITEKEY may also be a unique short name, an alias, a DOI or an arXiv id; `-` reads them from standard input.
"""


def _open_interface(ctx: click.Context) -> None:
    """Without a command, open the interface."""
    if ctx.invoked_subcommand is None:
        from notes_tui.cli.call import Call
        from notes_tui.cli.commands.interface import open_interface

        open_interface(ctx.ensure_object(Call), "")


def build() -> Program:
    """The command line, ready to be run or completed."""
    return Program(
        NAME,
        callback=click.pass_context(_open_interface),
        invoke_without_command=True,
        help=_HELP,
        options_metavar="[OPTIONS]",
        subcommand_metavar="[QUERY | COMMAND ...]",
        params=[HOME, _version_option()],
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


def _version_option() -> click.Option:
    def show(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(f"{NAME} {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Show the version.",
    )


def run(args: Sequence[str] | None = None) -> int:
    """Run one command line (by default this process's) and return its exit status."""
    output.prepare_streams()
    try:
        status = _dispatch(sys.argv[1:] if args is None else args)
        output.flush()
    except BrokenPipeError:
        output.give_up_stdout()
        return 0
    except (KeyboardInterrupt, Exception) as error:  # noqa: BLE001 - the top: nothing may leave as a traceback
        return _stopped(error)
    return status


def _dispatch(args: Sequence[str]) -> int:
    program = build()
    if instruction := os.environ.get(COMPLETION_VARIABLE):
        from click.shell_completion import shell_complete

        return shell_complete(program, {}, NAME, COMPLETION_VARIABLE, instruction)
    try:
        with program.make_context(NAME, list(args)) as ctx:
            status = program.invoke(ctx)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    return status if isinstance(status, int) else 0


def _stopped(error: BaseException) -> int:
    try:
        output.flush()
    except OSError:
        output.give_up_stdout()
    try:
        return failures.report(error)
    except OSError:
        return failures.FAILED
