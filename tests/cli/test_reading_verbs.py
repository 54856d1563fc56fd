"""``list``, ``show``, ``next``, ``history``, ``stats`` and ``matrix``."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.settings import Home
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("library")
ITEM_KEYS = {
    "citekey", "aliases", "type", "title", "title_short", "creators", "venue", "year", "doi", "arxiv", "abstract",
    "links", "collections", "read_status", "rating", "progress", "tags", "attachments", "added", "notes", "annotations",
}  # fmt: skip


def keys(cli: Run, *args: str) -> list[str]:
    outcome = cli("list", *args, "--json")
    assert outcome.status == 0, outcome.err
    return [item["citekey"] for item in outcome.value]


def test_list_prints_every_item_in_list_order(cli: Run) -> None:
    outcome = cli("list")
    assert [line.split("\t")[1] for line in outcome.lines] == [
        "antman2020",
        "gandiva2018",
        "tiresias2019",
        "alpa2022",
    ]
    assert outcome.lines[0].split("\t") == [
        "○ unread", "antman2020", "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning", "OSDI 2020",
    ]  # fmt: skip
    assert outcome.err == ""


def test_list_as_json_has_every_key_of_an_item(cli: Run) -> None:
    item = cli("list", "--json").value[0]
    assert item.keys() >= ITEM_KEYS
    assert (item["notes"], item["annotations"], item["abstract"], item["tags"]) == (0, 0, None, [])
    assert item["collections"][0]["section"] == ["Cluster Scheduling"]


def test_list_takes_the_query_language(cli: Run) -> None:
    assert keys(cli, 'section:"Cluster Scheduling" status:unread sort:year') == [
        "gandiva2018", "tiresias2019", "antman2020",
    ]  # fmt: skip
    assert keys(cli, "year:2019..2020", "deep") == ["antman2020", "tiresias2019"]
    assert keys(cli, "(venue:NSDI", "OR", "venue:nothing)") == ["tiresias2019"]


def test_after_list_an_option_that_is_not_its_own_is_query_text(cli: Run) -> None:
    assert keys(cli, "-gandiva", "section:Cluster") == ["antman2020", "tiresias2019"]
    assert keys(cli, "-year:2019..2022") == ["gandiva2018"]
    assert keys(cli, "scheduling", "--deep", "-dynamic") == keys(cli, "scheduling --deep -dynamic")


def test_elsewhere_a_mistyped_option_is_refused(cli: Run) -> None:
    outcome = cli("matrix", "-gandiva", "--colums", "year")
    assert (outcome.status, "did you mean --columns" in outcome.err) == (2, True)
    assert len(cli("matrix", "-gandiva", "--columns=year", "--json").value) == 3
    assert cli("matrix", "--columns", "year", "--json", "--", "--gandiva").status == 0


def test_list_sorts_and_limits(cli: Run) -> None:
    assert keys(cli, "--sort", "-year") == ["alpa2022", "antman2020", "tiresias2019", "gandiva2018"]
    assert keys(cli, "--sort=title", "--limit", "1") == ["alpa2022"]
    assert keys(cli, "--limit", "0") == []


@pytest.mark.parametrize("args", [("--sort", "colour"), ("--limit", "-1"), ("--limit", "many")])
def test_list_refuses_orders_and_limits_that_are_none(cli: Run, args: tuple[str, str]) -> None:
    outcome = cli("list", *args)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: ")


def test_a_list_without_hits_says_so_and_suggests(cli: Run) -> None:
    outcome = cli("list", "gandivva")
    assert (outcome.status, outcome.out) == (0, "")
    assert outcome.err.splitlines() == ["no items match", "did you mean gandiva?"]
    assert cli("list", "gandivva", terminal=True).out.startswith("no items match\n")
    assert cli("list", "gandivva", "--json").value == []


def test_a_list_without_hits_hands_nothing_to_the_next_program(cli: Run) -> None:
    outcome = cli("mark", "read", "-", stdin=cli("list", "gandivva").out)
    assert (outcome.status, "standard input names no item" in outcome.err) == (1, True)


def test_json_may_stand_anywhere_after_the_command(cli: Run) -> None:
    expected = cli("list", "antman", "--json").value
    assert cli("list", "--json", "antman").value == expected
    assert cli("collection", "--json", "list").value == cli("collection", "list", "--json").value


def test_show_prints_everything_for_people(cli: Run) -> None:
    cli("mark", "read", "AntMan", "--date", "2026-02-11", "--page", "3")
    cli("rate", "4", "AntMan")
    cli("note", "AntMan", "--set", "# 标题\n\n调度 is *central*.")
    cli("annotate", "AntMan", "--page", "5", "--quote", "dynamic scaling", "--role", "method")
    out = cli("show", "AntMan").out
    for words in (
        "AntMan: Dynamic Scaling", "Wencong Xiao, Shiru Ren", "OSDI 2020", "● read since 2026-02-11", "★★★★☆",
        "https://example.org/antman.pdf", "systems › Cluster Scheduling", "调度 is *central*.", "page 5 · ⚙ method",
        "“dynamic scaling”", "unread → read",
    ):  # fmt: skip
        assert words in out


def test_show_as_json_has_notes_and_annotations_in_full(cli: Run) -> None:
    cli("note", "AntMan", "--set", "调度")
    cli("annotate", "AntMan", "--quote", "x", "--page", "2")
    shown = cli("show", "antman", "--json").value
    assert shown.keys() >= ITEM_KEYS
    assert shown["notes"] == [{"title": None, "body": "调度"}]
    annotation = shown["annotations"][0]
    assert set(annotation) == {
        "id", "kind", "page", "page_label", "quote", "comment", "role", "color", "source", "created",
    }  # fmt: skip
    assert (annotation["kind"], annotation["page"], annotation["quote"]) == ("highlight", 2, "x")


@pytest.mark.parametrize(
    "key",
    [
        "antman2020",
        "ANTMAN2020",
        "AntMan",
        "10.5555/3488766.3488796",
        "https://doi.org/10.5555/3488766.3488796",
    ],
)
def test_a_citekey_is_also_a_short_name_or_a_doi(cli: Run, key: str) -> None:
    assert cli("show", key, "--json").value["citekey"] == "antman2020"
    assert cli("show", "-", "--json", stdin=f"{key}\n").value["citekey"] == "antman2020"


def test_an_unknown_key_is_refused_with_a_hint(cli: Run) -> None:
    outcome = cli("show", "gandi", "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.splitlines() == ["error: no such item: 'gandi'", "hint: did you mean gandiva2018?"]


def test_next_gives_reasons_and_the_queue_has_an_order_of_its_own(cli: Run) -> None:
    cli("mark", "queued", "Alpa", "Tiresias")
    cli("mark", "reading", "Gandiva", "--page", "4")
    rows = cli("next", "--json").value
    assert [row["citekey"] for row in rows] == ["tiresias2019", "alpa2022", "gandiva2018", "antman2020"]
    assert set(rows[0]) == {"citekey", "title", "reason"}
    assert "page 4" in rows[2]["reason"]
    assert cli("next", "--up", "Alpa", "--limit", "1", "--json").value[0]["citekey"] == "alpa2022"
    assert cli("next", "--up", "Alpa").status == 1
    assert cli("next", "--down", "AntMan").status == 1


def test_history_lists_events_oldest_first(cli: Run) -> None:
    cli("mark", "read", "AntMan", "--date", "2026-02-11")
    cli("mark", "queued", "AntMan", "--date", "2026-01-05", "--page", "2")
    events = cli("history", "AntMan", "--json").value
    assert [(each["kind"], each["from"], each["to"], each["page"]) for each in events] == [
        ("status", "unread", "queued", 2), ("status", "queued", "read", None),
    ]  # fmt: skip
    assert all(set(each) == {"citekey", "at", "kind", "from", "to", "page"} for each in events)
    assert "unread → queued, page 2" in cli("history").out
    assert cli("history", "Gandiva", "--json").value == []


def test_the_journal_lists_steps_in_words(cli: Run) -> None:
    cli("mark", "read", "AntMan")
    cli("undo")
    assert cli("history", "--journal", "--json").value[-1]["undone"] is True
    assert "AntMan marked read\tundone" in cli("history", "--journal").out
    assert cli("history", "AntMan", "--journal").status == 2


def test_stats_counts_by_status_and_month(cli: Run) -> None:
    cli("mark", "read", "AntMan", "--date", "2026-02-11")
    stats = cli("stats", "--json").value
    assert stats["statuses"]["read"] == 1
    assert stats["months"]["2026-02"] == {"read": 1}
    out = cli("stats").out
    assert "4 items" in out
    assert "Systems Papers" in out


def test_a_matrix_compares_by_fields_and_note_headings(cli: Run) -> None:
    cli("note", "AntMan", "--set", "# Limits\n\nOne cluster.\n")
    rows = cli("matrix", "section:Cluster", "-tiresias", "--columns", "year, Limits", "--json").value
    assert rows[0] == {
        "citekey": "antman2020", "title": "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning",
        "year": "2020", "Limits": "One cluster.",
    }  # fmt: skip
    assert [row["citekey"] for row in rows] == ["antman2020", "gandiva2018"]
    assert cli("matrix", "section:Cluster", "--columns", "year").lines[0] == "\tyear"
    assert cli("matrix", "AntMan").status == 2


def test_home_may_stand_before_or_after_the_command(
    cli: Run, library: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTES_TUI_HOME", str(library.path / "elsewhere"))
    before = cli("--home", library.path, "list", "--json").value
    assert len(before) == 4
    assert cli("list", "--home", library.path, "--json").value == before
    assert cli("tag", "--home", library.path, "list", "--json").status == 0
    assert cli("list", "--home", "").status == 2
    assert not (library.path / "elsewhere").exists()


def test_cite_prints_what_can_be_pasted(cli: Run) -> None:
    assert cli("cite", "AntMan").out.startswith("Xiao, W., Ren, S. (2020). AntMan: Dynamic Scaling")
    assert cli("cite", "AntMan", "Alpa", "--as", "citekey").out == "antman2020,alpa2022\n"
    assert cli("cite", "Alpa", "--as", "link", "--json").value == [
        {"citekey": "alpa2022", "text": "https://arxiv.org/abs/2201.12023"}
    ]
    assert cli("cite", "AntMan", "--as", "bibtex").out.startswith("@inproceedings{antman2020,")
    assert cli("cite", "AntMan", "--as", "colour").status == 2


def test_open_goes_to_web_links_alone(cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {seen}\n', "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    monkeypatch.setenv("DISPLAY", ":0")
    assert cli("open", "AntMan", "--json").value == {
        "citekey": "antman2020", "url": "https://example.org/antman.pdf", "opened": True,
    }  # fmt: skip
    assert seen.read_text("utf-8") == "https://example.org/antman.pdf\n"
    assert [each["kind"] for each in cli("history", "AntMan", "--json").value] == ["opened"]
    assert cli("open", "AntMan", "--print").out == "https://example.org/antman.pdf\n"
    assert "Gandiva%3A%20Introspective" in cli("open", "Gandiva", "--search", "--print").out
    without = cli("open", "Gandiva")
    assert (without.status, "--search" in without.err) == (1, True)
