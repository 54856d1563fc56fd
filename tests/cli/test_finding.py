"""What ``list`` tells a person about what it found: where the words stand, what was meant instead, how far it is."""

from __future__ import annotations

from notes_tui.services.home import open_home
from notes_tui.settings import Home
from notes_tui.store import search
from tests.cli.conftest import Run


def test_a_person_sees_where_words_stand_that_the_title_does_not_show(cli: Run) -> None:
    cli("init", "--empty")
    for title in ("AntMan: Dynamic Scaling", "Glazes for Kilns", "Weaving"):
        cli("add", title)
    cli("note", "AntMan", "--set", "-", stdin="# Idea\n\nIt is like\nusing glazes on clay.\n")
    cli("annotate", "weaving", "--page", "3", "--quote", "no glazes here")
    lines = cli("list", "glazes", terminal=True).lines
    [antman] = [number for number, line in enumerate(lines) if "AntMan" in line]
    assert "note" in lines[antman + 1]
    assert "It is like using" in lines[antman + 1]
    assert "on clay." in lines[antman + 1]
    [weaving] = [number for number, line in enumerate(lines) if "Weaving" in line]
    assert "p. 3" in lines[weaving + 1]
    assert len(lines) == 3 + 2 + 1
    assert len(cli("list", "glazes").lines) == 3
    assert len(cli("list", "tag:none OR year:1999 OR glazes", "--limit", "1", terminal=True).lines) == 3


def test_a_place_is_cut_to_the_terminal_round_the_words(cli: Run) -> None:
    cli("init", "--empty")
    cli("add", "AntMan: Dynamic Scaling")
    text = "\x1b[31m早 " * 60 + "glazes" + " 晚\x07[/b]" * 60
    cli("note", "AntMan", "--set", "-", stdin=text)
    line = cli("list", "glazes", terminal=True).lines[1]
    assert "glazes" in line
    assert "\x07" not in line
    assert "\x1b[31m" not in line


def test_every_misspelt_word_is_corrected(cli: Run) -> None:
    cli("init")
    assert "did you mean tiresias cluster?" in cli("list", "tiresis clustr").err


def test_the_best_come_first_where_that_is_asked_for(cli: Run) -> None:
    cli("init", "--empty")
    for title in ("One", "Two", "Kilns"):
        cli("add", title)
    cli("note", "One", "--set", "-", stdin="kilns")
    cli("note", "Two", "--set", "-", stdin="about many things, kilns among them, and so on")
    keys = [item["title"] for item in cli("list", "kilns", "--sort", "rank", "--json").value]
    assert keys == ["Kilns", "One", "Two"]
    assert [item["title"] for item in cli("list", "kilns", "--json").value] == ["One", "Two", "Kilns"]


def test_long_indexing_shows_how_far_it_is(cli: Run, home: Home) -> None:
    cli("init", "--empty")
    with open_home(home) as store:
        number = search.AT_ONCE * 4 + 1
        store.run(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO items (uid, citekey, type, title, title_short, creators, venue, doi, arxiv, abstract, links,"
            " extra, added, title_key, rest_key) SELECT 'u' || i, 'k' || i, 'book', 'Kiln ' || i, '', '[]', '', '', '',"
            " '', '[]', '{}', '2026-01-01T00:00:00+00:00', 'kiln' || i, '' FROM n",
            (number,),
        )
    outcome = cli("list", "kiln", "--limit", "1", terminal=True)
    assert f"indexing changed papers {number:,} of {number:,}" in outcome.err
    assert cli("list", "kiln", "--limit", "1", terminal=True).err == ""
