"""What the shell offers after Tab: keys, statuses, tags, slugs and formats of the home that is meant.

Nothing here makes a home or complains: where something is wrong, nothing is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from notes_tui.cli.call import Call
from notes_tui.errors import NotesError
from notes_tui.model.text import ellipsis, one_line

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from notes_tui.store.database import Store

MOST = 200
"""Keys offered at once."""
Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


@contextmanager
def _library(ctx: click.Context) -> Iterator[Store | None]:
    """The library of the home, ``None`` where there is none yet."""
    home = ctx.ensure_object(Call).home
    if not home.database.exists():
        yield None
        return
    from notes_tui.services.home import open_home

    with open_home(home) as store:
        yield store


def _quiet(completer: Completer) -> Completer:
    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            return completer(ctx, parameter, incomplete)
        except (NotesError, OSError):
            return []

    return complete


def _item(value: str, about: str = "") -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(one_line(value), help=ellipsis(one_line(about), 60) or None)


@_quiet
def complete_citekey(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Citekeys that begin so, each with its title."""
    from notes_tui.services import finding

    with _library(ctx) as store:
        if store is None:
            return []
        given = set(ctx.params.get("citekeys") or ())
        found = finding.keys_beginning(store, incomplete, MOST)
        return [_item(citekey, title) for citekey, title in found if citekey not in given]


@_quiet
def complete_status(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Read statuses of the config."""
    names = ctx.ensure_object(Call).config.status_names
    return [_item(name) for name in names if name.startswith(incomplete.lower())]


@_quiet
def complete_role(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Annotation roles of the config."""
    roles = ctx.ensure_object(Call).config.roles
    return [_item(role.name) for role in roles if role.name.startswith(incomplete.lower())]


@_quiet
def complete_tag(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Tags in use that begin so."""
    from notes_tui.services import writing

    with _library(ctx) as store:
        tags = writing.tags(store) if store is not None else []
    return [
        _item(tag, f"{number} items") for tag, number in tags if tag.lower().startswith(incomplete.lower())
    ]


@_quiet
def complete_slug(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Slugs of collections that begin so."""
    from notes_tui.services import collecting

    with _library(ctx) as store:
        found = collecting.collections(store) if store is not None else []
    return [_item(each.slug, each.title) for each in found if each.slug.startswith(incomplete.lower())]
