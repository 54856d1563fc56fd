"""``duplicates`` and ``merge``."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def twins(cli: Run) -> list[str]:
    titles = "Dynamic Scaling of Training Jobs on Clusters", "Dynamic Scalling of Training Jobs on Clusters"
    keys: list[str] = cli("add", *titles, "--json").value["added"]
    return keys


def test_pairs_are_listed_as_json_and_as_rows(cli: Run, twins: list[str]) -> None:
    [pair] = cli("duplicates", "--json").value
    assert [pair["citekey"], pair["candidate"]] == twins
    assert (pair["certain"], 0 < pair["score"] < 1) == (False, True)
    assert cli("duplicates").lines == ["\t".join((f"{pair['score']:.2f}", *twins, pair["reason"]))]
    assert cli("duplicates", "--limit", "0", "--json").value == []


def test_pairs_are_laid_out_for_a_terminal(cli: Run, twins: list[str]) -> None:
    out = cli("duplicates", terminal=True).out
    assert "Dynamic Scalling of Training Jobs on Clusters" in out
    assert "1 pair" in out


def test_what_is_said_to_be_different_is_listed_no_more(cli: Run, twins: list[str]) -> None:
    value = cli("duplicates", "different", *twins, "--json").value
    assert value == {"citekey": twins[0], "different": [twins[1]], "changed": 1}
    assert cli("duplicates", "--json").value == []
    assert "no two items" in cli("duplicates").out
    assert "known already" in cli("duplicates", "different", *twins).out
    assert cli("duplicates", "different", twins[0], twins[0]).status == 1


def test_merge_makes_one_item_and_undo_splits_it(cli: Run, twins: list[str]) -> None:
    keep, other = twins
    cli("note", other, "--set", "-", stdin="theirs\n")
    cli("mark", "read", other)
    before = cli("export", "json", "-").out
    value = cli("merge", keep, other, "--json").value
    assert value == {
        "citekey": keep, "merged": [other], "filled": ["extra"], "notes": 1, "annotations": 0, "events": 1, "tags": 0,
        "attachments": 0, "entries": 0,
    }  # fmt: skip
    shown = cli("show", other, "--json").value
    assert (shown["citekey"], shown["read_status"], shown["aliases"]) == (keep, "read", [other])
    assert cli("undo").status == 0
    assert cli("export", "json", "-").out == before


def test_merge_says_what_it_did(cli: Run, twins: list[str]) -> None:
    cli("tag", "add", "moe", twins[1])
    assert cli("merge", *twins).lines == [
        f"{twins[1]} merged into Dynamic Scaling of Training Jobs on Clusters",
        "1 tag",
    ]


@pytest.mark.parametrize(
    "keys", [("antman2020", "antman2020"), ("antman2020", "nonsuch"), ("nonsuch", "antman2020")]
)
def test_merge_refuses_what_it_cannot_do(cli: Run, keys: tuple[str, ...]) -> None:
    before = cli("export", "json", "-").out
    outcome = cli("merge", *keys)
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("error: ")
    assert "hint: " in outcome.err
    assert cli("export", "json", "-").out == before


def test_merge_refuses_what_lies_in_the_trash(cli: Run, twins: list[str]) -> None:
    cli("remove", twins[1])
    outcome = cli("merge", *twins)
    assert outcome.status == 1
    assert "trash" in outcome.err


def test_merge_needs_two(cli: Run) -> None:
    assert cli("merge", "antman2020").status == 2
