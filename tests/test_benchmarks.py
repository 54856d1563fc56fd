"""The made-up library that benchmarks run on is what it says, and what they keep and draw can be read."""

from __future__ import annotations

import importlib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from notes_tui.formats import bibtex
from notes_tui.services import exporting
from notes_tui.services.home import open_home
from notes_tui.settings import Home
from notes_tui.store.database import Store
from tests.benchmarks import plot, report
from tests.benchmarks.__main__ import SIZES
from tests.benchmarks.generate import generate
from tests.benchmarks.papers import papers
from tests.benchmarks.rows import Row
from tests.benchmarks.suites import SUITES

PAPERS = 400


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made")
    generate(place, PAPERS, bib=place / "papers.bib")
    return place


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_home(Home(home)) as store:
        yield store


def _share(store: Store, condition: str) -> float:
    return store.count(f"SELECT count(*) FROM items i WHERE {condition}") / PAPERS


def test_there_are_as_many_papers_as_asked_for_and_all_are_in_the_index(store: Store) -> None:
    assert store.count("SELECT count(*) FROM items") == PAPERS
    assert store.count("SELECT count(*) FROM search") == PAPERS
    assert store.count("SELECT count(*) FROM search_queue") == 0


def test_a_fifth_have_notes_and_half_of_those_are_chinese(store: Store) -> None:
    bodies = [row[0] for row in store.rows("SELECT body FROM notes WHERE title = ''")]
    assert 0.15 < len(bodies) / PAPERS < 0.25
    chinese = sum("。" in body for body in bodies)
    assert 0.35 < chinese / len(bodies) < 0.65


@pytest.mark.parametrize(
    ("condition", "low", "high"),
    [
        ("i.abstract <> ''", 0.32, 0.48),
        ("i.read_status <> 'unread'", 0.4, 0.6),
        ("i.rating IS NOT NULL", 0.08, 0.25),
        ("EXISTS (SELECT 1 FROM item_tags x WHERE x.item_id = i.id)", 0.28, 0.42),
        ("EXISTS (SELECT 1 FROM annotations x WHERE x.item_id = i.id)", 0.06, 0.15),
        ("EXISTS (SELECT 1 FROM entries x WHERE x.item_id = i.id)", 0.15, 0.26),
    ],
)
def test_the_rest_is_as_often_as_said(store: Store, condition: str, low: float, high: float) -> None:
    assert low < _share(store, condition) < high


def test_words_are_as_unevenly_frequent_as_in_texts(store: Store) -> None:
    common = store.count("SELECT count(*) FROM search WHERE search MATCH 'the'")
    once = store.count("SELECT count(*) FROM search WHERE search MATCH 'learning'")
    assert common / PAPERS > 0.4
    assert 0.1 < once / PAPERS < 0.6


def test_events_follow_on_each_other_and_none_lies_ahead(store: Store) -> None:
    rows = store.rows("SELECT item_id, at, recorded FROM events ORDER BY item_id, id")
    assert [tuple(row) for row in rows] == sorted(tuple(row) for row in rows)
    assert max(row["at"] for row in rows) <= "2026-11-01T12:00:00+00:00"
    assert len({row["at"][:4] for row in rows}) > 5


def _dump(place: Path, seed: int) -> bytes:
    generate(place, 50, seed)
    with open_home(Home(place)) as store:
        exporting.export_file(store, "json", place / "dump.json")
    return (place / "dump.json").read_bytes()


def test_the_same_seed_gives_the_same_library_and_another_one_another(tmp_path: Path) -> None:
    first = _dump(tmp_path / "first", 7)
    assert _dump(tmp_path / "again", 7) == first
    assert _dump(tmp_path / "other", 8) != first


def test_the_first_papers_are_those_of_a_smaller_library() -> None:
    few, many = list(papers(20)), list(papers(60))
    assert few == many[:20]


def test_the_bibliography_holds_every_paper(home: Path) -> None:
    read = bibtex.read((home / "papers.bib").read_text("utf-8"))
    assert len(read.items) == PAPERS
    assert read.problems == ()


def _rows() -> list[Row]:
    return [
        Row("start & stop", size, 0.05 * size**0.1, 0.05, 3.0, limit="an empty program")
        for size in (10, 100, 1_000)
    ] + [Row("memory", 1_000, 40.0, 20.0, 1.5, "MB"), Row("dump", 1_000, 2.5, 0.0, 0)]


def test_a_row_holds_while_its_ratio_and_its_cost_are_within_the_goals() -> None:
    held, missed, slow = (
        Row("a", 1, 3.0, 1.0, 3.0),
        Row("a", 1, 3.1, 1.0, 3.0),
        Row("a", 1, 0.06, 0, 0, most=0.05),
    )
    assert [row.holds for row in (held, missed, slow)] == [True, False, False]


def test_bulk_work_is_measured_at_ten_thousand_where_that_is_chosen() -> None:
    [bulk] = [suite for suite in SUITES if suite.name == "bulk"]
    assert [bulk.applies(size, SIZES) for size in SIZES] == [False, True, False]
    assert bulk.applies(1_000, [1_000])
    assert all(suite.applies(size, SIZES) for suite in SUITES if not suite.only for size in SIZES)


def test_every_suite_is_a_module_that_measures() -> None:
    for suite in SUITES:
        assert callable(importlib.import_module(f"tests.benchmarks.{suite.module}").measure)


def test_results_are_kept_and_taken_up_again(tmp_path: Path) -> None:
    results = report.Results(tmp_path / "table.json", resume=False)
    results.keep("some at 10", _rows())
    again = report.Results(tmp_path / "table.json", resume=True)
    assert again.rows == results.rows
    again.forget(["some"])
    assert again.rows == []


def test_tables_name_goals_and_growth_and_go_into_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- goals -->\nold\n<!-- end of goals -->\nafter\n", encoding="utf-8")
    report.write_into(page, {"goals": report.goals_table(_rows()), "absent": "x"})
    text = page.read_text("utf-8")
    assert text.startswith("before\n<!-- goals -->\n| what |")
    assert text.endswith("<!-- end of goals -->\nafter\n")
    assert "| memory | 1,000 | 40 MB | 20 MB |  | 2.00 | ≤ 1.5 | ✗ |" in text
    assert "start & stop | 1,000 |" in text
    assert "start & stop | 100 |" not in text
    growth = report.growth_table(_rows())
    assert "| dump | – | – | 2.50 s |" in growth
    assert "| memory | – | – | 40 MB (2.0) |" in growth


def test_growth_is_carried_on_to_a_million() -> None:
    rows = [Row("scan", size, size / 1e6, 0.0, 0) for size in (10_000, 100_000)]
    flat = [Row("look", size, 0.04, 0.0, 0) for size in (10_000, 100_000)]
    lines = report.million_table([*rows, *flat], ["scan", "look", "absent"]).splitlines()[2:]
    assert lines == [
        "| scan | 100,000 | 100 ms | 1.0 | 1.00 s |",
        "| look | 100,000 | 40.0 ms | 0.0 | 40.0 ms |",
    ]


def test_the_machine_is_described_without_its_name() -> None:
    import socket

    line = report.machine_line(report.machine())
    assert "Python" in line
    assert "SQLite" in line
    assert socket.gethostname() not in line


def test_the_plot_is_a_picture_with_a_label_for_every_line() -> None:
    lines = plot.lines_of(_rows(), [("start & stop", "start & stop"), ("dump", "dump")])
    assert [line.name for line in lines] == ["start & stop"]
    root = ET.fromstring(plot.growth(lines, "Growth", "by size"))
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any(text.startswith("start & stop · ") for text in texts)
    assert {"10", "100", "1,000"} <= set(texts)
