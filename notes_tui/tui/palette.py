"""The command palette: every command of the table by name, and every paper by its words.

Titles come from strangers, so they are put together as plain text and never read as markup.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon
from textual.content import Content

from notes_tui.model.text import ellipsis, fold, one_line
from notes_tui.services import listing
from notes_tui.services.home import reopen
from notes_tui.tui.commands import COMMANDS, Command
from notes_tui.tui.wording import MUTED

if TYPE_CHECKING:
    from textual.fuzzy import Matcher

    from notes_tui.model.item import Item
    from notes_tui.tui.screens.main import MainScreen

PAPERS = 12
"""Papers offered at once."""
GROUPS = ("Reading", "Writing", "Searching", "Taking along", "Library", "Window", "Moving")
"""The order in which commands are offered before anything is typed."""
_BEGINNING = 3
"""Letters from which on the beginning of a title goes before commands that are merely like it."""
_KEY = 6
_LABEL = 20


class Palette(CommandPalette):
    """Textual's palette in the dress of our dialogs."""

    CSS = """
    Palette {
        background: $background 70%;
        & > Vertical { width: 92; max-width: 100%; margin-top: 2; background: transparent; }
        #--input { border: round $border; background: $surface; height: 3; }
        #--input.--list-visible { border-bottom: round $border; }
        #--results { background: $surface; border: round $border; border-top: none; max-height: 70%; }
        SearchIcon { color: $primary; margin-top: 0; }
        CommandInput, CommandInput:focus { height: 1; border: none; }
        CommandList { background: $surface; border: none; }
        CommandList > .option-list--option { padding: 0 1; text-style: none; }
        CommandList > .option-list--option-highlighted {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: none;
        }
    }
    """

    def on_mount(self) -> None:
        """A sign that every font has."""
        self.query_one(SearchIcon).icon = "⌕"


class _OnMain(Provider):
    """A provider that knows the main screen."""

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        return cast("MainScreen", self.app.get_default_screen())


class CommandHits(_OnMain):
    """The commands of the table."""

    def _described(self) -> Iterator[tuple[Command, Content]]:
        chosen = [command for command in COMMANDS if not command.is_of_widget]
        for command in sorted(chosen, key=lambda each: GROUPS.index(each.group)):
            key = self.main.keymap.shown(command.id)
            gap = " " * max(_KEY - cell_len(key), 1)
            yield (
                command,
                Content.assemble(
                    (key, "bold $accent"),
                    gap,
                    (f"{command.label:<{_LABEL}}", "bold"),
                    " ",
                    (command.help, MUTED),
                ),
            )

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for number, (command, shown) in enumerate(self._described()):
            yield DiscoveryHit(shown, partial(self.main.action_run, command.id), f"{number:03}")

    async def search(self, query: str) -> Hits:
        """The commands whose name or help is like what is typed."""
        matcher = self.matcher(query)
        for command, shown in self._described():
            score = _score(matcher, query, command)
            if score > 0:
                yield Hit(score, shown, partial(self.main.action_run, command.id), command.label)


def _score(matcher: Matcher, query: str, command: Command) -> float:
    """How well a command fits, from 0 to 4: 4 is its very name, 3 the beginning of it."""
    typed, label = fold(query).strip(), fold(command.label)
    if label.rstrip("…") == typed:
        return 4.0
    like = max(matcher.match(command.label), 0.8 * matcher.match(command.help))
    return (3.0 if label.startswith(typed) else 1.0) + like / (like + 10) if like else 0.0


def _score_of(item: Item, query: str, place: int) -> float:
    """How well a paper fits, on the scale of commands: 5 is its very title, short name or citekey."""
    typed = fold(query).strip()
    names = [fold(name) for name in (item.title, item.title_short, item.citekey) if name]
    if typed in names:
        return 5.0
    begins = len(typed) >= _BEGINNING and any(name.startswith(typed) for name in names)
    return (2.5 if begins else 0.9) - place / 100


class PaperHits(_OnMain):
    """The papers of the library."""

    async def search(self, query: str) -> Hits:
        """Papers that have what is typed."""
        for place, item in enumerate(await asyncio.to_thread(self._found, query)):
            title = ellipsis(one_line((item.title or item.citekey)[:600]), 90)
            short = one_line(item.title_short[:60])
            if title.startswith(short):
                title = title[len(short) :]
            elif short:
                title = f"  {title}"
            where = " ".join(
                part for part in (one_line(item.venue), str(item.year or ""), item.read_status) if part
            )
            named = Content.assemble((short, "bold $accent"), title)
            shown = Content.assemble(
                named, "\n", (where, MUTED)
            )  # a help text of its own would be read as markup
            yield Hit(
                _score_of(item, query, place), shown, partial(self.main.go_to, item.item_id), short + title
            )

    def _found(self, query: str) -> list[Item]:
        with reopen(self.main.home) as store:
            return listing.rows(store, listing.find(store, query, unfinished=True, limit=PAPERS))
