"""Commands as they are declared, and reading a plain command line without click.

Loading click takes as long as everything else that a short command does. So a declaration knows click's
words but not click: :meth:`Verb.read` understands the command lines in which nothing is unusual. Help,
mistakes, completion and everything rare are left to :mod:`notes_tui.cli.clicks`, which builds the real
command, declared here once for both.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, Literal

    import click

    from notes_tui.cli.clicks import VerbGroup

    _Function = Callable[..., Any]
    FreeText = Literal["", "dashes", "options"]

_PARAMETERS = "__click_params__"
"""Where click's own decorators note what they declare, so that both kinds may stand over one function."""
_PLAIN = frozenset(("metavar", "help", "default", "nargs", "required", "is_flag", "type", "completer"))
"""Settings of which :meth:`Verb.read` knows what they mean."""


class Whole:
    """Whole numbers from ``low`` to ``high``, as a value on the command line."""

    def __init__(self, low: int, high: int | None = None) -> None:
        self.low = low
        self.high = high

    def read(self, text: str) -> int | None:
        """The number that plain digits write, ``None`` where it is none of these or written otherwise."""
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            return None
        number = int(text)
        return number if self.low <= number and (self.high is None or number <= self.high) else None


class Parameter:
    """An option or argument: its names and settings, in the words of click."""

    def __init__(self, names: Sequence[str], settings: dict[str, Any]) -> None:
        self.names = names
        self.settings = settings

    @property
    def option(self) -> str:
        """How the option is written, ``""`` for an argument."""
        return self.names[0] if self.names[0].startswith("-") else ""

    @property
    def name(self) -> str:
        """Under which name the function takes it."""
        return self.names[-1].lstrip("-").replace("-", "_")

    @property
    def is_required(self) -> bool:
        """Whether the command line must give it."""
        taken = not self.option and self.settings.get("nargs", 1) > 0
        return bool(self.settings.get("required", taken))

    @property
    def is_plain(self) -> bool:
        """Whether :meth:`Verb.read` knows what everything in the declaration means."""
        written = [name for name in self.names if name.startswith("-")]
        return len(written) < 2 and "/" not in "".join(written) and self.settings.keys() <= _PLAIN

    def value_of(self, text: str) -> object:
        """The value that a text on the command line means, ``None`` where click has to say."""
        wanted = self.settings.get("type")
        if isinstance(wanted, Whole):
            return wanted.read(text)
        return text if text.strip() else None


JSON = Parameter(["--json"], {"is_flag": True, "help": "Answer with one JSON value."})
HOME = Parameter(
    ["--home"],
    {
        "metavar": "DIR",
        "help": "The library's folder (else $NOTES_TUI_HOME, else your user-data folder).",
    },
)
"""On every command."""


class Verb:
    """A command that does something.

    ``free_text`` is what it takes as text though it looks like an option: nothing, ``-term`` ("dashes"), or
    ``--term`` as well ("options").
    """

    def __init__(self, name: str, function: _Function, *, examples: str, free_text: FreeText) -> None:
        self.name = name
        self.function = function
        self.examples = examples
        self.free_text = free_text
        declared: list[Parameter | click.Parameter] = getattr(function, _PARAMETERS, [])
        self.parameters = declared[::-1]

    def read(self, args: Sequence[str]) -> dict[str, Any] | None:
        """The values of a plain command line by their names, ``home`` and ``json`` among them.

        ``None`` means that click should read it: it asks for help, is wrong, or holds something rare.
        """
        plain = [each for each in self.parameters if isinstance(each, Parameter) and each.is_plain]
        if len(plain) < len(self.parameters) or self.free_text == "dashes":
            return None
        options = {each.option: each for each in (*plain, JSON, HOME) if each.option}
        parts = self._parted(args, options)
        if parts is None:
            return None
        words, given = parts
        values = _distributed([each for each in plain if not each.option], words)
        if values is None:
            return None
        for option in options.values():
            absent = False if option.settings.get("is_flag") else option.settings.get("default")
            values[option.name] = given.get(option.name, absent)
            if option.is_required and option.name not in given:
                return None
        return values

    def _parted(
        self, args: Sequence[str], options: dict[str, Parameter]
    ) -> tuple[list[str], dict[str, object]] | None:
        """The words of a command line and the values of its options."""
        words: list[str] = []
        given: dict[str, object] = {}
        rest = iter(args)
        for arg in rest:
            name, equals, text = arg.partition("=")
            option = options.get(name)
            if arg[:1] != "-" or arg == "-" or (option is None and self._is_text(name)):
                words.append(arg)
                continue
            if option is None:
                return None
            value = _flag(equals) if option.settings.get("is_flag") else _text(option, equals, text, rest)
            if value is None:
                return None
            given[option.name] = value
        return words, given

    def _is_text(self, name: str) -> bool:
        return self.free_text == "options" and name not in ("--", "--help")


def _flag(equals: str) -> bool | None:
    return None if equals else True


def _text(option: Parameter, equals: str, text: str, rest: Iterator[str]) -> object:
    return option.value_of(text if equals else next(rest, ""))


def _distributed(arguments: Sequence[Parameter], words: Sequence[str]) -> dict[str, Any] | None:
    """The words by argument, the last of which may take several; ``None`` where they are too few or too many."""
    values: dict[str, Any] = {}
    for number, argument in enumerate(arguments):
        if argument.settings.get("nargs") == -1:
            found: Any = tuple(argument.value_of(word) for word in words[number:])
            if None in found or number + 1 < len(arguments) or (argument.is_required and not found):
                return None
            words = words[:number]
        elif number < len(words):
            found = argument.value_of(words[number])
            if found is None:
                return None
        elif argument.is_required:
            return None
        else:
            found = None
        values[argument.name] = found
    return values if len(words) <= len(arguments) else None


def option(*names: str, **settings: Any) -> Callable[[_Function], _Function]:
    """Declare an option of the function below; a name without hyphens is its name there."""
    return _declaring(Parameter(names, settings))


def argument(name: str, **settings: Any) -> Callable[[_Function], _Function]:
    """Declare an argument of the function below."""
    return _declaring(Parameter([name], settings))


def _declaring(parameter: Parameter) -> Callable[[_Function], _Function]:
    def declare(function: _Function) -> _Function:
        if not hasattr(function, _PARAMETERS):
            setattr(function, _PARAMETERS, [])
        getattr(function, _PARAMETERS).append(parameter)
        return function

    return declare


def verb(name: str, *, examples: str, free_text: FreeText = "") -> Callable[[_Function], Verb]:
    """Make a function a command of its own; its docstring is the help."""
    return lambda function: Verb(name, function, examples=examples, free_text=free_text)


def verb_group(name: str, *, examples: str, alone: bool = False) -> Callable[[_Function], VerbGroup]:
    """Make a function a group of subcommands; ``alone``: it does something without one, too."""
    import click

    from notes_tui.cli.clicks import VerbGroup

    return click.group(name, cls=VerbGroup, examples=examples, invoke_without_command=alone)


def subcommand(
    group: VerbGroup, name: str, *, examples: str, free_text: FreeText = ""
) -> Callable[[_Function], Verb]:
    """Make a function a subcommand of a group."""
    from notes_tui.cli.clicks import command_of

    def decorate(function: _Function) -> Verb:
        made = Verb(name, function, examples=examples, free_text=free_text)
        group.add_command(command_of(made))
        return made

    return decorate
