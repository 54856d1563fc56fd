"""Commands as click has them: ``--home`` and ``--json`` on each, and help that ends with examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from notes_tui.cli import verb
from notes_tui.cli.call import Call
from notes_tui.cli.verb import Parameter, Verb, Whole

if TYPE_CHECKING:
    from notes_tui.cli.verb import FreeText


def _set_home(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if not value.strip():
        raise click.UsageError("--home needs the name of a folder.", ctx)
    ctx.ensure_object(Call).home_given = value


def _set_json(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.ensure_object(Call).as_json = True


def parameter_of(declared: Parameter) -> click.Parameter:
    """The option or argument that a declaration describes."""
    settings = dict(declared.settings)
    completer = settings.pop("completer", "")
    if completer:
        from notes_tui.cli import completing

        settings["shell_complete"] = getattr(completing, f"complete_{completer}")
    if isinstance(settings.get("type"), Whole):
        settings["type"] = click.IntRange(settings["type"].low, settings["type"].high)
    kind = click.Option if declared.option else click.Argument
    return kind(list(declared.names), **settings)


HOME = parameter_of(verb.HOME)
HOME.callback, HOME.expose_value = _set_home, False
JSON = parameter_of(verb.JSON)
JSON.callback, JSON.expose_value = _set_json, False


def command_of(declared: Verb) -> click.Command:
    """The command that a declaration describes."""
    return VerbCommand(
        declared.name,
        callback=declared.function,
        help=declared.function.__doc__,
        params=[parameter_of(each) if isinstance(each, Parameter) else each for each in declared.parameters],
        examples=declared.examples,
        free_text=declared.free_text,
    )


class VerbCommand(click.Command):
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
