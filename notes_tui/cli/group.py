"""The command line as click has it: finding the command that is called, help, completion."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from notes_tui import __version__
from notes_tui.cli import page, table
from notes_tui.cli.call import Call
from notes_tui.cli.clicks import HOME, command_of
from notes_tui.cli.table import ALL, COMPLETION_VARIABLE, INTERFACE, NAME
from notes_tui.cli.verb import Verb

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Program(click.Group):
    """The whole command line. What is no command is a query for the interface."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the help."""
        return list(ALL)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module of a command; ``None`` where there is no such command."""
        module = table.module_of(cmd_name)
        if module is None:
            return None
        command: click.Command | Verb = module.command
        return command_of(command) if isinstance(command, Verb) else command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named, else the interface with all of the words as its query."""
        name = args[0]
        if name in ALL or name == "merge-driver":
            return name, self.get_command(ctx, name), args[1:]
        if ctx.resilient_parsing:
            return None, None, args
        return INTERFACE, self.get_command(ctx, INTERFACE), args

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help of the program as a whole, without loading any command."""
        formatter.write(page.text(formatter.width))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer commands, without loading any."""
        from click.shell_completion import CompletionItem

        offered = [
            CompletionItem(name, help=line) for name, line in ALL.items() if name.startswith(incomplete)
        ]
        return offered + click.Command.shell_complete(self, ctx, incomplete)


def _open_interface(ctx: click.Context) -> None:
    """Without a command, open the interface."""
    if ctx.invoked_subcommand is None:
        from notes_tui.cli.commands.interface import open_interface

        open_interface(ctx.ensure_object(Call), "")


def build() -> Program:
    """The command line, ready to be run or completed."""
    return Program(
        NAME,
        callback=click.pass_context(_open_interface),
        invoke_without_command=True,
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
        help=page.VERSION,
    )


def run_with_click(args: Sequence[str], call: Call) -> int:
    """Read and do one command line, or answer a shell that completes one. Returns the exit status."""
    program = build()
    if instruction := os.environ.get(COMPLETION_VARIABLE):
        from click.shell_completion import shell_complete

        return shell_complete(program, {}, NAME, COMPLETION_VARIABLE, instruction)
    try:
        with program.make_context(NAME, list(args), obj=call) as ctx:
            status = program.invoke(ctx)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    return status if isinstance(status, int) else 0
