"""What a click in the third pane leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on

from notes_tui.services.browsing import Place
from notes_tui.tui.desk import Desk
from notes_tui.tui.widgets.detail import Detail

if TYPE_CHECKING:
    from notes_tui.tui.screens.main import MainScreen


class DetailClicks(Desk):
    """A desk on which links, tags, lists, figures, annotations and pages of an item can be clicked."""

    def show(self, place: Place, *, item_id: int = 0) -> None:
        """Go to a place."""
        raise NotImplementedError

    @on(Detail.AddressChosen)
    def _address_clicked(self, event: Detail.AddressChosen) -> None:
        from notes_tui.tui.actions.taking import open_address

        self.perform(lambda: open_address(cast("MainScreen", self), event.address, self.current_item()))

    @on(Detail.TagChosen)
    def _tag_clicked(self, event: Detail.TagChosen) -> None:
        self.show(Place("tag", event.tag), item_id=self.table.current_id or 0)

    @on(Detail.ListChosen)
    def _list_clicked(self, event: Detail.ListChosen) -> None:
        self.show(Place("collection", event.slug, event.section), item_id=self.table.current_id or 0)

    @on(Detail.FigureChosen)
    def _figure_clicked(self, event: Detail.FigureChosen) -> None:
        from notes_tui.tui.actions.filing import open_figure

        self.perform(lambda: open_figure(cast("MainScreen", self), event.link))

    @on(Detail.AnnotationChosen)
    def _annotation_clicked(self, event: Detail.AnnotationChosen) -> None:
        from notes_tui.tui.actions.writing import change_annotation

        self.perform(lambda: change_annotation(cast("MainScreen", self), event.annotation_id))

    @on(Detail.PageChosen)
    def _page_clicked(self, event: Detail.PageChosen) -> None:
        from notes_tui.tui.actions.filing import open_at

        desk = cast("MainScreen", self)
        self.perform(lambda: open_at(desk, self.the_item().item_id, page=event.page, path=event.path))
