"""Commands as this program has them: ``--home`` and ``--json`` on each, and help that ends with examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import click

from notes_tui.cli.call import Call

_Function = Callable[..., Any]


def _set_home(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if not value.strip():
        raise click.UsageError("--home needs the name of a folder.", ctx)
    ctx.ensure_object(Call).home_given = value


def _set_json(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.ensure_object(Call).as_json = True


HOME = click.Option(
    ["--home"], metavar="DIR", expose_value=False, callback=_set_home, type=click.Path(path_type=str),
    help="The library's folder (else $NOTES_TUI_HOME, else your user-data folder).",
)  # fmt: skip
JSON = click.Option(
    ["--json"], is_flag=True, expose_value=False, callback=_set_json, help="Answer with one JSON value."
)


FreeText = Literal["", "dashes", "options"]
"""What a command takes as text though it looks like an option: nothing, ``-term``, or ``--term`` as well."""


class Verb(click.Command):
    """A command that does something: takes ``--home`` and ``--json``, shows examples in its help."""

    def __init__(
        self, name: str | None, *, examples: str = "", free_text: FreeText = "", **kwargs: Any
    ) -> None:
        settings: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
        if free_text:
            settings |= {"ignore_unknown_options": True, "help_option_names": ["--help"]}
        super().__init__(name, settings, **kwargs)
        self.examples = examples
        self.free_text = free_text
        self.params += [JSON, HOME]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse a mistyped option where only ``-term`` may be text."""
        if self.free_text == "dashes":
            own = {name for param in self.get_params(ctx) for name in (*param.opts, *param.secondary_opts)}
            for arg in args[: args.index("--")] if "--" in args else args:
                if arg.startswith("--") and arg.partition("=")[0] not in own:
                    raise click.NoSuchOption(arg, possibilities=own, ctx=ctx)
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples as they are."""
        write_examples(formatter, self.examples)


class VerbGroup(click.Group):
    """A command with subcommands (``tag add``); ``--home`` and ``--json`` may stand before those, too."""

    def __init__(self, name: str | None = None, *, examples: str = "", **kwargs: Any) -> None:
        settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
        super().__init__(name, context_settings=settings, **kwargs)
        self.no_args_is_help = False
        self.examples = examples
        self.params += [JSON, HOME]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Subcommands in the order they are written in."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands, each with the whole of its first sentence."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.get_short_help_str(200)) for name, each in self.commands.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples as they are."""
        write_examples(formatter, self.examples)


def write_examples(formatter: click.HelpFormatter, examples: str) -> None:
    """A block ``Examples:`` with the lines given, none of them re-wrapped."""
    if examples:
        formatter.write("\nExamples:\n")
        for line in examples.strip().splitlines():
            formatter.write(f"  {line.strip()}\n")


def verb(name: str, *, examples: str, free_text: FreeText = "") -> Callable[[_Function], click.Command]:
    """Make a function a command of its own; its docstring is the help."""
    return click.command(name, cls=Verb, examples=examples, free_text=free_text)


def verb_group(name: str, *, examples: str, alone: bool = False) -> Callable[[_Function], VerbGroup]:
    """Make a function a group of subcommands; ``alone``: it does something without one, too."""
    return click.group(name, cls=VerbGroup, examples=examples, invoke_without_command=alone)


def subcommand(
    group: VerbGroup, name: str, *, examples: str, free_text: FreeText = ""
) -> Callable[[_Function], click.Command]:
    """Make a function a subcommand of a group."""

    def decorate(function: _Function) -> click.Command:
        command = verb(name, examples=examples, free_text=free_text)(function)
        group.add_command(command)
        return command

    return decorate
