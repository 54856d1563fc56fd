"""What one run of the program knows: the home, its config, its open library, and how to answer."""

from __future__ import annotations

import gc
from functools import update_wrapper

from notes_tui.cli import output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Self

    from notes_tui.settings import Config, Home
    from notes_tui.store.database import Store

REFUSED = 3
"""Exit status: done, but some input was refused or conflicts wait."""


class Call:
    """One call of the program, shared by the contexts of a command line."""

    def __init__(self) -> None:
        self.home_given: str | None = None
        self.as_json = False
        self._config: Config | None = None
        self._store: Store | None = None

    @property
    def home(self) -> Home:
        """The home the command line or the environment names."""
        from notes_tui.settings import find_home

        return find_home(self.home_given)

    @property
    def config(self) -> Config:
        """The config of the home, read once."""
        if self._config is None:
            from notes_tui.settings import load_config

            self._config = load_config(self.home)
        return self._config

    def store(self) -> Store:
        """The library of the home, opened at the first use and closed when the command line ends."""
        if self._store is None:
            from notes_tui.services.home import open_home

            self._store = open_home(self.home)
        return self._store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._store is not None:
            for notice in self._store.notices:
                output.echo(f"warning: {notice}", err=True)
            self._store.close()

    def answer(self, value: object, lines: Iterable[output.Line] | str) -> None:
        """The outcome of a command: ``value`` as JSON where that was asked for, else ``lines``.

        ``lines`` may be a generator; it is not started for JSON.
        """
        if self.as_json:
            output.write_json(value)
        else:
            output.echo(lines)


class WithCall:
    """A command's function that takes the :class:`Call` first. Called by click, it finds it there."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        update_wrapper(self, function)

    def __call__(self, *args: Any, **values: Any) -> Any:
        import click

        return self.run(click.get_current_context().ensure_object(Call), *args, **values)

    def run(self, call: Call, *args: Any, **values: Any) -> Any:
        """Do what the command does. Garbage is collected from here on, if it was not yet."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        return self.function(call, *args, **values)


def pass_call(function: Callable[..., Any]) -> WithCall:
    """Hand the :class:`Call` to a command as its first argument."""
    return WithCall(function)
