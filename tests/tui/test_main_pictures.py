"""The screen as text, compared with what was looked at and found good.

With ``NOTES_TUI_BLESS=1`` in the environment the pictures are written anew; read them before you keep them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notes_tui.model.item import Annotation, Creator, Link
from notes_tui.services import collecting, reading, writing
from notes_tui.services.home import init_home
from notes_tui.settings import Config, Home
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.tui.conftest import OpenWindow, Window

SNAPSHOTS = Path(__file__).with_name("snapshots")


@pytest.fixture
def shelf(store: Store, add_item: AddItem) -> None:
    """A small list with two sections, in which somebody has read a little."""
    first = add_item(
        "Kiln: Firing Models in Small Ovens", title_short="Kiln", venue="OSDI", year=2021, doi="10.1000/kiln",
        creators=(Creator("Ito", "Mai"), Creator("Berg", "Lars")), type="paper-conference",
        links=(Link("paper", "https://example.org/kiln"), Link("code", "https://example.org/code/kiln")),
    )  # fmt: skip
    second = add_item("Heterogeneous Glazes at Scale", title_short="Glaze", venue="EuroSys", year=2022)
    third = add_item(
        "BERT [MASK] and [/b] in 陶器 Pots, or How Very Long a Title May Become Before It Is Cut", year=2019
    )
    fourth = add_item("clay-tools", title_short="clay-tools", type="software")
    collecting.create(store, "Pottery")
    collecting.put(store, "pottery", [first, second], section=("Ovens",))
    collecting.put(store, "pottery", [third, fourth], section=("Clay & 陶",))
    allowed = Config().status_names
    reading.mark(store, "read", [first], allowed=allowed)
    reading.mark(store, "reading", [second], allowed=allowed)
    reading.set_progress(store, [first], 6, 12)
    reading.rate(store, 4, [first])
    writing.add_tag(store, "ovens/small", [first, third])
    writing.save_note(
        store, first, "# Idea\n\nSmall *ovens* do.\n\n- one\n- two\n\n> quoted\n\n```\ncode [b]\n```\n"
    )
    writing.annotate(store, first, Annotation(page=3, quote="ovens that are small", role="claim"))


def compare(window: Window, name: str) -> None:
    """Compare the screen with its snapshot."""
    place = SNAPSHOTS / f"{name}.txt"
    text = window.text + "\n"
    if os.environ.get("NOTES_TUI_BLESS"):
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8")
    assert text == place.read_text("utf-8")


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_first_screen(open_window: OpenWindow, size: tuple[int, int]) -> None:
    async with open_window(size=size) as window:
        compare(window, f"first-{size[0]}x{size[1]}")


@pytest.mark.usefixtures("shelf")
async def test_a_narrow_screen_with_its_panes_called_up(open_window: OpenWindow) -> None:
    async with open_window(size=(80, 24)) as window:
        await window.press("left_square_bracket", "right_square_bracket")
        compare(window, "panes-80x24")


@pytest.mark.usefixtures("shelf")
async def test_searching_with_a_selection(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("space", "space", "slash")
        await window.type("glaz")
        compare(window, "search-120x40")


@pytest.mark.usefixtures("shelf")
async def test_nothing_found(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("slash")
        await window.type("glases ovnes")
        compare(window, "nothing-120x40")


async def test_an_empty_library(open_window: OpenWindow, home: Home) -> None:
    init_home(home, empty=True)
    async with open_window(size=(80, 24)) as window:
        compare(window, "empty-80x24")
