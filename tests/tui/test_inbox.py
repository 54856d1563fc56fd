"""What lists brought and what services answered, in the interface."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from notes_tui.model.item import Item
from notes_tui.model.list_news import News
from notes_tui.model.proposals import FieldChange, Proposal
from notes_tui.services import capturing, importing, list_updating
from notes_tui.services.list_updating import ListInbox
from notes_tui.settings import Home, load_config
from notes_tui.store import items
from notes_tui.store.database import Store
from notes_tui.tui.dialogs.fetched import FetchedScreen
from notes_tui.tui.dialogs.inbox import InboxScreen, Settling
from tests.tui.conftest import OpenWindow
from tests.tui.dialog_host import HOSTILE, LONG, OPEN, opened

NEWS = (
    News(kind="new", item_id=1, title="AntMan", section=("Scheduling",), position=1, news_id=1),
    News(kind="gone", item_id=2, title=HOSTILE, section=(), position=None, was_position=3, news_id=2),
    News(kind="retitled", item_id=3, title=LONG, section=(), position=4, was_title="Before", news_id=3),
)


class Lists:
    """What was decided about news."""

    def __init__(self) -> None:
        self.settled: list[tuple[Settling, list[int]]] = []

    def settle(self, how: Settling, news: Sequence[News]) -> bool:
        self.settled.append((how, [each.news_id for each in news]))
        return True

    def screen(self, *news: News) -> InboxScreen:
        return InboxScreen([ListInbox("systems", "Systems", news, {})] if news else [], self.settle)


async def test_news_are_settled_one_by_one_and_all_at_once() -> None:
    lists = Lists()
    async with opened(lists.screen(*NEWS), size=(100, 30)) as window:
        assert "[MASK] and [/b]" in window.text
        assert "\x1b" not in window.text
        await window.press("w")
        await window.press("d")
        assert "was: Before" in window.text
        await window.press("a")
        assert lists.settled == [("queued", [1]), ("dropped", [2]), ("seen", [3])]
        assert "brought nothing" in window.text
        await window.press("w", "d", "space", "a", "enter")
        assert len(lists.settled) == 3
        assert window.result is OPEN


async def test_enter_goes_to_the_item() -> None:
    async with opened(Lists().screen(*NEWS)) as window:
        await window.press("j", "enter")
        assert window.result == 2


async def test_an_empty_inbox_says_so() -> None:
    async with opened(Lists().screen()) as window:
        assert "brought nothing" in window.text
        await window.press("w", "escape")
        assert window.result is None


FILL = FieldChange("year", "", "2017", 2017)
OFFER = FieldChange("venue", "arXiv", HOSTILE, HOSTILE)
DOUBT = FieldChange("doi", "", LONG, LONG)
SURE = Proposal(
    item_id=1, citekey="one", title="T", source="arxiv", reason="same id", fills=(FILL,), offers=(OFFER,)
)
GUESS = Proposal(
    item_id=2, citekey="two", title=HOSTILE, source="crossref", reason="alike", guess=True, fills=(DOUBT,)
)


async def test_only_what_is_certain_and_fills_is_marked_at_first() -> None:
    async with opened(FetchedScreen([SURE, GUESS]), size=(100, 30)) as window:
        assert "\x1b" not in window.text
        await window.press("enter")
        assert window.result == [(SURE, FILL)]


async def test_what_differs_and_guesses_are_taken_when_marked() -> None:
    async with opened(FetchedScreen([SURE, GUESS]), size=(100, 30)) as window:
        await window.press("space", "space", "space", "enter")
        assert window.result == [(SURE, OFFER), (GUESS, DOUBT)]
    async with opened(FetchedScreen([SURE, GUESS])) as window:
        await window.press("ctrl+a", "ctrl+a", "enter")
        assert window.result == []


LIST = "# Papers\n\n- [A Study of Alpha in the Wild](https://x.example/a)\n- [B is for Better Serving](https://x.example/b)\n"


@pytest.fixture
def updated(store: Store, tmp_path: Path) -> Store:
    """A library whose list has brought something."""
    file = tmp_path / "list.md"
    file.write_text(LIST, "utf-8")
    importing.import_file(store, file)
    file.write_text(LIST + "- [C as a Language for Models](https://x.example/c)\n", "utf-8")
    list_updating.update(store, "papers", str(file))
    return store


async def test_the_inbox_opens_in_the_window_and_is_counted(open_window: OpenWindow, updated: Store) -> None:
    async with open_window() as window:
        assert "+1 Papers" in window.text
        await window.press("I")
        assert "C as a Language for Models" in window.text
        await window.press("w", "escape")
        assert "+1 Papers" not in window.text
        [queued] = [each for each in items.by_ids(updated, [1, 2, 3]) if each.read_status == "queued"]
        assert queued.title == "C as a Language for Models"
        await window.press("u")
        assert "+1 Papers" in window.text


FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1706.03762v7</id>
<title>Attention Is All You Need</title><published>2017-06-12T17:57:34Z</published></entry></feed>"""


async def test_metadata_is_fetched_in_the_window(
    open_window: OpenWindow, store: Store, home: Home, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/arxiv").respond_with_data(FEED)
    home.config.write_text(f"sources: {{order: [arxiv], arxiv: '{httpserver.url_for('/arxiv')}'}}\n", "utf-8")
    item_id = capturing.add(store, ["1706.03762"]).items[0].item_id

    def item() -> Item:
        return items.by_id(store, item_id)

    async with open_window(config=load_config(home)) as window:
        await window.press("F")
        await window.wait_for("take what is marked")
        assert "Attention Is All You Need" in window.text
        await window.press("enter")
        await window.wait_for("metadata of")
        assert item().year == 2017
        assert item().title == "Attention Is All You Need"
        await window.press("u")
        assert item().title == "arXiv:1706.03762"
