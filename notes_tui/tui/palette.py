"""The command palette: every command of the table by name, and every paper by its words.

Titles come from strangers, so they are put together as plain text and never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from notes_tui.model.text import ellipsis, one_line
from notes_tui.services import listing
from notes_tui.services.home import reopen
from notes_tui.tui.commands import COMMANDS, Command
from notes_tui.tui.wording import MUTED

if TYPE_CHECKING:
    from notes_tui.model.item import Item
    from notes_tui.tui.screens.main import MainScreen

PAPERS = 12
"""Papers offered at once."""


class _OnMain(Provider):
    """A provider that knows the main screen."""

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        return cast("MainScreen", self.app.get_default_screen())


class CommandHits(_OnMain):
    """The commands of the table."""

    def _described(self) -> Iterator[tuple[Command, Content, str]]:
        for command in COMMANDS:
            if not command.is_of_widget:
                key = self.main.keymap.shown(command.id)
                name = f"{command.group}: {command.label}"
                yield command, Content.assemble(name, (f"  {key}" if key else "", MUTED)), name

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for command, shown, name in self._described():
            yield DiscoveryHit(shown, partial(self.main.action_run, command.id), name, command.help)

    async def search(self, query: str) -> Hits:
        """The commands whose name or help is like what is typed."""
        matcher = self.matcher(query)
        for command, shown, name in self._described():
            score = max(matcher.match(name), 0.8 * matcher.match(f"{command.label} {command.help}"))
            if score > 0:
                yield Hit(score, shown, partial(self.main.action_run, command.id), name, command.help)


class PaperHits(_OnMain):
    """The papers of the library."""

    async def search(self, query: str) -> Hits:
        """Papers that have what is typed."""
        import asyncio

        for place, item in enumerate(await asyncio.to_thread(self._found, query)):
            title = ellipsis(one_line((item.title or item.citekey)[:600]), 90)
            short = one_line(item.title_short[:60])
            where = " ".join(
                part for part in (one_line(item.venue), str(item.year or ""), item.read_status) if part
            )
            named = Content.assemble((f"{short}  " if short else "", "bold $accent"), title)
            shown = Content.assemble(
                named, "\n", (where, MUTED)
            )  # a help text of its own would be read as markup
            yield Hit(0.5 - place / 100, shown, partial(self.main.go_to, item.item_id), title)

    def _found(self, query: str) -> list[Item]:
        with reopen(self.main.home) as store:
            return listing.rows(store, listing.find(store, query, unfinished=True, limit=PAPERS))
