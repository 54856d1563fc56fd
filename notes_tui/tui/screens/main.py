"""The main screen: places, the items of one of them, and the item under the cursor.

It holds what is chosen and keeps the three panes and the two lowest lines in step. What the commands do
stands in :mod:`notes_tui.tui.actions`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, TypeVar

from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from notes_tui.errors import NotesError, UnknownItemError
from notes_tui.services import listing
from notes_tui.services.browsing import EVERYWHERE, Place, Shown, browse, first_place, is_small, query_of
from notes_tui.services.grouping import grouped
from notes_tui.services.listing import Overview
from notes_tui.services.outlining import has_vault, outline
from notes_tui.services.places_found import Sought
from notes_tui.services.remembering import leave, where_left
from notes_tui.settings import Config, Home
from notes_tui.store.database import Store
from notes_tui.tui import wording
from notes_tui.tui.commands import KEY_LINES
from notes_tui.tui.desk import call
from notes_tui.tui.detail_clicks import DetailClicks
from notes_tui.tui.keys import Keymap, bindings
from notes_tui.tui.leaving import left_now, tell_interrupted
from notes_tui.tui.loading import Loader, Wish
from notes_tui.tui.surroundings import Surroundings
from notes_tui.tui.widgets.bottom import KeyLine
from notes_tui.tui.widgets.detail import Detail
from notes_tui.tui.widgets.item_table import ItemTable
from notes_tui.tui.widgets.panes import DETAIL, Panes
from notes_tui.tui.widgets.paper import Look
from notes_tui.tui.widgets.search_bar import SearchBar, SearchInput
from notes_tui.tui.widgets.sidebar import Sidebar
from notes_tui.tui.widgets.sidebar_nodes import nodes, without_numbers

Result = TypeVar("Result")
FIRST = 300
"""Items found before the first picture; the rest follows."""
FOLLOW_SECONDS = 0.5
"""How long after the first picture of a large library its whole list and the counts are read."""
POLL_SECONDS = 0.5
REMEMBER_SECONDS = 1.0


class MainScreen(DetailClicks):
    """The three panes, the search bar, the status line and the line of keys."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings("main")

    def __init__(
        self, store: Store, home: Home, config: Config, keymap: Keymap, outside: Surroundings, query: str = ""
    ) -> None:
        super().__init__(store, home, config, keymap, outside)
        self.left = where_left(store)
        self.is_new = not self.left.hints_done
        """Whether the first hints are shown, for the whole of the first sitting."""
        self.start_query = query
        self.place = EVERYWHERE
        self.sort = self.left.sort
        self.group = self.left.group
        self.shown = Shown(EVERYWHERE, ("All papers",), "", False, (), 0)
        self.overview: Overview | None = None
        """What the library holds, once it was counted."""
        self.collection_titles: dict[str, str] = {}
        self.search_bar = SearchBar(f"{keymap.shown('main.search')} search", id="search")
        self.sidebar = Sidebar(id="sidebar")
        self.detail = Detail(self._look, id="detail")
        self.hints = KeyLine(keymap, separator=" · ", id="hints")
        self.nothing = Static(id="nothing")
        self.nothing.auto_links = False
        self.panes = Panes(self, self.sidebar, self.table, self.detail, arranged=self._show_detail)
        self.key_line = KeyLine(keymap, id="keys")
        self.sought: Sought | None = None
        """What is searched for, to be emphasised."""
        self.loader = Loader(self, home, config.status_names)
        self.store_version = store.data_version
        self.last_items: dict[Place, int] = {}
        """The item the cursor was on in each place."""
        self.wanted_item = 0
        """The item the cursor goes to once the list that was asked for is there."""
        self._remember_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """From the edges inwards: each takes its side of what the ones before it left."""
        yield self.search_bar
        yield self.key_line
        yield self.status
        yield self.sidebar
        yield self.detail
        yield self.hints
        yield self.table
        yield self.nothing

    def on_mount(self) -> None:
        """Open where it was left: what can be known at once is shown with the first picture."""
        self.panes.folded = set(self.left.folded)
        self.panes.arrange()
        self.set_focus(self.table)
        self._open()
        if is_small(self.store):
            self._take_overview(listing.overview(self.store))
        else:
            self._show_outline()
        if self.left.open_nodes is not None:
            self.sidebar.open_keys.update(self.left.open_nodes)
        elif self.place.kind == "collection":
            self.sidebar.open_keys.add(f"collection/{self.place.name}")
        self.sidebar.choose(self.place)
        self.hints.offer(wording.FIRST_HINTS)
        if self.is_new and not has_vault(self.store):
            self.status.show_message(wording.own_folder(self.keymap))
        self.set_interval(POLL_SECONDS, self._look_outside)
        self.set_timer(REMEMBER_SECONDS, lambda: tell_interrupted(self))
        self.watcher.begin()

    def _open(self) -> None:
        """Show the first items of the place that was left, or of the first one that exists."""
        self.search_bar.set_text(self.start_query)
        wanted = EVERYWHERE if self.start_query else self.left.place or first_place(self.store)
        for place in (wanted, first_place(self.store), EVERYWHERE):
            try:
                shown = browse(self.store, place, self.start_query, sort=self.sort, limit=FIRST)
            except NotesError:
                continue
            self.place = place
            self.wanted_item = self.left.item_id
            if shown.complete:
                shown = grouped(self.store, shown, self.group, self.config.status_names)
            elif self.group:
                self.call_after_refresh(self.browse)
            self._take_list(shown)
            return

    def _show_outline(self) -> None:
        """Show the names in a large library; the whole list and the counts follow the first picture."""
        found = outline(self.store)
        self.sidebar.show_tree(without_numbers(nodes(found, self.config.statuses)))
        self.collection_titles = {each.slug: each.title for each, _ in found.collections}
        self.set_timer(FOLLOW_SECONDS, self._follow_first_picture)

    def _follow_first_picture(self) -> None:
        if not self.shown.complete and self.loader.lists.is_idle:
            self.wanted_item = self.wanted_item or self.table.current_id or 0
            self.browse()
        if self.overview is None:
            self.loader.overviews.ask(None)

    # What is chosen.

    def browse(self) -> None:
        """Show the items of the place that match; the cursor goes to the wanted item or stays on its own."""
        bar = self.search_bar
        self.loader.lists.ask(Wish(self.place, bar.text, bar.everywhere, self.sort, self.group))

    def show(self, place: Place, *, item_id: int = 0) -> None:
        """Go to a place."""
        self.place = place
        self.sidebar.choose(place)
        self.wanted_item = item_id or self.last_items.get(place, 0)
        self.browse()
        self.remember_soon()

    def go_to(self, item_id: int) -> None:
        """Put the cursor on an item, in the list that is shown or else among all."""
        if item_id in self.table.ids:
            self.table.show_items(self.table.ids, self.shown.headings, cursor_item=item_id)
        else:
            self.search_bar.clear()
            self.show(EVERYWHERE, item_id=item_id)
        self.table.focus()

    @property
    def place_title(self) -> tuple[str, ...]:
        """What the place is called."""
        return self.shown.title

    def query_text(self) -> str:
        """The query that finds what is shown, where that is more than a place by itself."""
        if not self.search_bar.text.strip() and self.place.kind == "all":
            return ""
        place = EVERYWHERE if self.search_bar.everywhere else self.place
        return query_of(self.store, place, self.search_bar.text, self.sort)

    def reload(self) -> None:
        """Show what the library holds now; the cursor and the selection stay."""
        self.table.refresh_items()
        self._show_detail()
        self.browse()
        self.loader.overviews.ask(None)

    def _look_outside(self) -> None:
        """Another window or the command line wrote: show it."""
        version = self.attempt(lambda: self.store.data_version, self.store_version)
        if version != self.store_version:
            self.store_version = version
            self.reload()

    # What comes in.

    @on(Loader.Found)
    def _list_found(self, event: Loader.Found) -> None:
        if self.loader.lists.finished():
            self._take_list(event.shown)
            if event.shown.waiting and not self.store.read_only:
                self.take_in_words()

    @on(Loader.Counted)
    def _overview_found(self, event: Loader.Counted) -> None:
        if self.loader.overviews.finished():
            self._take_overview(event.overview)

    @on(Loader.Failed)
    def _could_not_load(self, event: Loader.Failed) -> None:
        if not event.list_failed:
            self.loader.overviews.finished()
        elif not self.loader.lists.finished():
            return
        elif self.place != EVERYWHERE:
            self.show(EVERYWHERE)
        self.tell_error(event.error)

    def _take_list(self, shown: Shown) -> None:
        is_new_place, has_other_words = shown.place != self.shown.place, shown.text != self.shown.text
        self.shown = shown
        first, wanted, self.wanted_item = next(iter(shown.ids), None), self.wanted_item, 0
        cursor_item = wanted if wanted in shown.ids else first if wanted or is_new_place else None
        if has_other_words:
            self.sought = Sought(shown.text, unfinished=True) if shown.text.strip() else None
            self.table.emphasise(self.sought.title if self.sought else None)
        current = self.table.current_id
        self.table.show_items(
            shown.ids, shown.headings, cursor_item=cursor_item, from_top=has_other_words and shown.is_ranked
        )
        if has_other_words and self.table.current_id == current:
            self._show_detail()  # of another item the table tells
        self._say_what_is_shown()

    def _take_overview(self, overview: Overview) -> None:
        self.overview = overview
        self.sidebar.show_tree(nodes(overview, self.config.statuses))
        self.collection_titles = {each.slug: each.title for each, _ in overview.collections}
        self._say_what_is_shown()

    def _say_what_is_shown(self) -> None:
        shown = self.shown
        bar = self.search_bar
        bar.show_place(wording.place_name(shown), is_all=shown.place.kind == "all")
        may_widen = bar.field.has_focus and self.place.kind != "all" and not bar.everywhere
        widen = f"   {self.keymap.shown('search.everywhere')} everywhere" if may_widen else ""
        bar.show_found(f"{wording.numbers(shown) if shown.text.strip() else ''}{widen}")
        selected = len(self.table.selected)
        hidden = selected - len(self.table.shown_selection)
        self.status.show_left(wording.status_parts(shown, self.sort, selected, hidden))
        is_empty = not shown.ids
        self.set_class(is_empty, "-nothing-shown")
        self.hints.display = self.is_new and not is_empty
        if is_empty:
            empty_library = self.overview is not None and not self.overview.total
            self.nothing.update(wording.nothing_shown(shown, self.keymap, library_is_empty=empty_library))

    # The third pane.

    @on(ItemTable.Highlighted)
    def _item_highlighted(self, event: ItemTable.Highlighted) -> None:
        if event.item_id is not None:
            self.last_items[self.shown.place] = event.item_id
        self._show_detail()

    def _show_detail(self) -> None:
        if not self.panes.is_shown(DETAIL):
            return
        current = self.table.current_id
        try:
            detail = listing.detail(self.store, current) if current is not None else None
        except UnknownItemError:
            detail = None
        except NotesError as error:
            self.tell_error(error)
            return
        self.detail.show(detail)

    def _look(self, styles: dict[str, Style]) -> Look:
        roles, titles = {role.name: role.glyph for role in self.config.roles}, self.collection_titles
        return Look(
            styles, self.config.glyph, lambda role: roles.get(role, "•"), lambda slug: titles.get(slug, slug),
            self.keymap.shown, self.store.clock(), self.page_hits(self.table.current_id, self.search_bar.text),
            self.mark_contexts(self.detail.shown), self.sought,
        )  # fmt: skip

    # The first pane, the table, the search bar.

    @on(Sidebar.Chosen)
    def _place_chosen(self, event: Sidebar.Chosen) -> None:
        self.place = event.place
        self.wanted_item = self.last_items.get(event.place, 0)
        self.browse()
        self.remember_soon()

    @on(Sidebar.Opened)
    def _place_opened(self) -> None:
        self.table.focus()

    @on(ItemTable.Opened)
    def _item_opened(self) -> None:
        self.panes.set_shown(DETAIL, shown=True)
        self.detail.focus()
        self.perform(lambda: call("filing.follow", self))

    @on(ItemTable.SelectionChanged)
    def _selection_changed(self) -> None:
        self._say_what_is_shown()
        self._offer_keys()

    @on(SearchBar.Changed)
    def _words_changed(self) -> None:
        self.browse()

    @on(SearchInput.Asked)
    def _search_asked(self, event: SearchInput.Asked) -> None:
        if event.what == "everywhere":
            self.search_bar.toggle_everywhere()
        elif event.what == "clear" and self.search_bar.text:
            self.search_bar.clear()
        elif event.what == "first" and self.shown.suggestions:
            self.action_search_for(self.shown.suggestions[0])
        else:
            self.table.focus()
            if event.what == "first":
                self.table.action_first()

    def action_search_everywhere(self) -> None:
        """Look for the words in the whole library."""
        self.search_bar.toggle_everywhere()

    def action_search_for(self, words: str) -> None:
        """Look for other words, in the whole library."""
        self.search_bar.everywhere = True
        self.search_bar.set_text(words)

    # Around it.

    def on_resize(self) -> None:
        """A narrow screen folds the side panes."""
        self.panes.arrange()

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self._offer_keys()
        self._say_what_is_shown()

    def _offer_keys(self) -> None:
        context = "selection" if self.table.selected else "table"
        if self.sidebar.has_focus:
            context = "sidebar"
        elif self.detail.has_focus:
            context = "detail"
        elif self.search_bar.field.has_focus:
            context = "search"
        self.key_line.offer(KEY_LINES[context])

    def tell_change(self, label: str) -> None:
        """Say what was changed; the first change ends the first hints."""
        super().tell_change(label)
        if not self.left.hints_done:
            self.left = replace(self.left, hints_done=True)
            self.remember_soon()

    async def ask(self, dialog: Screen[Result | None]) -> Result | None:
        """Open a dialog and wait for what the person decides; ``None`` where they turn away."""
        decision = self.app.push_screen(dialog, wait_for_dismiss=True)
        self.take_keys()
        return await decision

    def remember_soon(self) -> None:
        """Remember where the interface is, once it rests."""
        if self._remember_timer is not None:
            self._remember_timer.stop()
        self._remember_timer = self.set_timer(REMEMBER_SECONDS, self.remember)

    def remember(self) -> None:
        """Remember where the interface is; work that is under way, here or elsewhere, is not waited for."""
        if self.work is not None or self.store.is_kept_waiting():
            if self.work is None or not self.work.is_cancelled:
                self.remember_soon()
            return
        left = left_now(self)
        self.attempt(lambda: leave(self.store, left), None)
