"""Exporting the site: repeatable, and no file of anybody else is touched."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from notes_tui.model.item import Reference
from notes_tui.services import attaching, editing, reading, writing
from notes_tui.services.attaching import FigureNote
from notes_tui.services.site import export_site
from notes_tui.store import items
from notes_tui.store.database import Store
from tests.conftest import HOSTILE_TITLES, STATUSES, AddItem
from tests.services.pictures import BLUE, RED, drawn


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the site goes."""
    return tmp_path / "site"


@pytest.fixture
def two(store: Store, add_item: AddItem) -> tuple[int, int]:
    """Two items, one with a note."""
    first, second = add_item("First"), add_item("Second")
    writing.save_note(store, first, "**Bold** note")
    return first, second


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_second_export_writes_nothing_and_a_change_only_its_page(
    store: Store, two: tuple[int, int], place: Path
) -> None:
    report = export_site(store, place)
    assert report.summary == "2 new, 0 changed"
    before = stamps(place)
    assert before.keys() == {"index.html", "style.css", "papers/first.html", "papers/second.html"}
    assert export_site(store, place).as_dict()["written"] == 0
    assert stamps(place) == before
    reading.rate(store, 3, [two[1]])
    export_site(store, place)
    after = stamps(place)
    assert {path for path in after if after[path] != before[path]} == {"papers/second.html", "index.html"}


def test_pages_somebody_changed_or_had_before_are_left_alone(
    store: Store, two: tuple[int, int], place: Path
) -> None:
    place.mkdir()
    (place / "style.css").write_text("mine")
    (place / "keep.html").write_text("mine too")
    assert [each.file for each in export_site(store, place).problems] == ["style.css"]
    page = place / "papers" / "first.html"
    page.write_text("edited")
    writing.save_note(store, two[0], "Other")
    assert {each.file for each in export_site(store, place).problems} == {"style.css", "papers/first.html"}
    assert page.read_text() == "edited"
    assert (place / "style.css").read_text() == "mine"
    assert (place / "keep.html").read_text() == "mine too"


def test_pages_of_what_is_gone_go(store: Store, two: tuple[int, int], place: Path) -> None:
    export_site(store, place)
    (place / "papers" / "second.html").write_text("edited")
    editing.remove(store, list(two))
    report = export_site(store, place)
    assert report.removed == ["papers/first.html"]
    assert report.left == ["papers/second.html"]


def test_nothing_private_is_in_it_unless_asked_for(store: Store, two: tuple[int, int], place: Path) -> None:
    editing.edit(store, two[0], {"private": "yes"})
    report = export_site(store, place)
    assert report.left_out == 1
    assert all("First" not in path.read_text() for path in place.rglob("*.html"))
    assert export_site(store, place, include_private=True).new == ["papers/first.html"]


def test_every_link_leads_to_a_page(store: Store, place: Path) -> None:
    keys = ["CON", "a:b", "a/b", "调度", "x%y#z?", "𝜆", "../../etc", "k" * 200]
    with store.step("items"):
        for key, title in zip(keys, [*HOSTILE_TITLES, "100% a#b?c"], strict=True):
            items.insert(store, Reference(citekey=key, title=title))
    export_site(store, place)
    for page in place.rglob("*.html"):
        for target in re.findall(r'href="([^"#:]+)["#]', page.read_text()):
            assert (page.parent / unquote(target)).resolve().is_file(), target


def test_a_page_says_the_same_on_every_machine(store: Store, two: tuple[int, int], tmp_path: Path) -> None:
    reading.mark(store, "read", two, allowed=STATUSES)
    export_site(store, tmp_path / "a")
    export_site(store, tmp_path / "b")
    for path in (tmp_path / "a").rglob("*.html"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_figures_are_copied_once_and_shown_with_their_captions(
    store: Store, two: tuple[int, int], place: Path, tmp_path: Path
) -> None:
    for item_id in two:
        attaching.attach(
            store, item_id, [str(drawn(tmp_path / "plot 图.png"))], note=FigureNote(None, "The [x]")
        )
    attaching.attach(store, two[1], [str(drawn(tmp_path / "own.png", BLUE))], note=FigureNote("Secret"))
    writing.set_note_private(store, two[1], True, title="Secret")
    export_site(store, place)
    page = (place / "papers/first.html").read_text()
    [address] = re.findall(r'<img alt="The \[x\]" src="([^"]+)">', page)
    assert "<figcaption>The [x]</figcaption>" in page
    assert (place / "papers" / unquote(address)).read_bytes() == RED
    assert [path.read_bytes() for path in place.rglob("*.png")] == [RED]
    before = stamps(place)
    assert export_site(store, place).as_dict()["written"] == 0
    export_site(store, place, title="Another")
    assert {path for path in before if stamps(place)[path] != before[path]} == {
        "index.html", "papers/first.html", "papers/second.html",
    }  # fmt: skip
    mine = drawn(place / "figures/mine.png", BLUE)
    for item_id in two:
        writing.save_note(store, item_id, "Without.\n")
    assert export_site(store, place).removed == [f"figures/{unquote(address).rpartition('/')[2]}"]
    assert [*place.rglob("*.png")] == [mine]


def test_a_figure_that_somebody_changed_is_left(
    store: Store, two: tuple[int, int], place: Path, tmp_path: Path
) -> None:
    attaching.attach(store, two[0], [str(drawn(tmp_path / "a.png"))])
    export_site(store, place)
    [there] = place.rglob("*.png")
    there.write_bytes(BLUE)
    assert ["changed this picture" in each.message for each in export_site(store, place).problems] == [True]
    assert there.read_bytes() == BLUE
    there.unlink()
    assert export_site(store, place).problems == []
    assert there.read_bytes() == RED
