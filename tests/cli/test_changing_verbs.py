"""``add``, ``edit``, ``mark``, ``rate``, ``tag``, ``remove``, ``trash``, ``undo``, ``collection``, ``view``."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("library")


def item(cli: Run, key: str) -> dict[str, object]:
    value: dict[str, object] = cli("show", key, "--json").value
    return value


def test_add_takes_plain_words_as_one_title(cli: Run) -> None:
    outcome = cli("add", "Attention", "is", "all", "you", "need", "--json")
    assert outcome.status == 0
    assert set(outcome.value) == {"added", "known", "problems"}
    assert item(cli, outcome.value["added"][0])["title"] == "Attention is all you need"


def test_add_takes_several_things_that_stand_for_themselves(cli: Run) -> None:
    added = cli("add", "1706.03762", "10.1145/3341301.3359646", "A title in quotes", "--json").value["added"]
    assert [item(cli, key)["arxiv"] for key in added] == ["1706.03762", None, None]
    assert cli("add", "arXiv:1706.03762v3", "--json").value["known"] == added[:1]


def test_add_reads_lines(cli: Run) -> None:
    outcome = cli("add", "-", "--json", stdin="First title\n\n2201.12023\n")
    assert len(outcome.value["added"]) == 1
    assert outcome.value["known"] == ["alpa2022"]
    assert "in the library already" in cli("add", "2201.12023").out


def test_add_refuses_nothing(cli: Run) -> None:
    for args in (("",), ("-",), ("?!",)):
        outcome = cli("add", *args)
        assert outcome.status in (0, 1)
        assert bool(outcome.err) == bool(outcome.status)
    assert cli("add").status == 2


def test_edit_sets_and_clears_fields(cli: Run) -> None:
    outcome = cli("edit", "AntMan", "year=2021", "doi=", "creators=Xiao, Wencong; Lee, Ann", "--json")
    assert outcome.value["changes"]["year"] == {"from": "2020", "to": "2021"}
    edited = item(cli, "AntMan")
    assert (edited["year"], edited["doi"]) == (2021, None)
    assert edited["creators"] == [{"family": "Xiao", "given": "Wencong"}, {"family": "Lee", "given": "Ann"}]
    assert cli("edit", "AntMan", "year=2021").out == "antman2020: nothing changed\n"


@pytest.mark.parametrize(("assignment", "status"), [("year=soon", 1), ("colour=red", 2), ("year", 2)])
def test_edit_names_what_it_refuses(cli: Run, assignment: str, status: int) -> None:
    outcome = cli("edit", "AntMan", assignment)
    assert (outcome.status, outcome.out) == (status, "")
    assert "hint: " in outcome.err
    assert item(cli, "AntMan")["year"] == 2020


def test_an_old_key_stays_an_alias(cli: Run) -> None:
    assert cli("rekey", "antman2020", "xiao2020").status == 0
    assert item(cli, "antman2020")["citekey"] == "xiao2020"
    outcome = cli("rekey", "xiao2020", "gandiva2018")
    assert (outcome.status, "already in use" in outcome.err) == (1, True)


def test_mark_writes_an_event_once(cli: Run) -> None:
    assert cli("mark", "read", "AntMan", "--date", "2026-02-11").out == "AntMan marked read\n"
    assert item(cli, "AntMan")["read_status"] == "read"
    again = cli("mark", "read", "AntMan")
    assert (again.status, again.out) == (0, "antman2020 is read already, since 2026-02-11\n")
    assert len(cli("history", "AntMan", "--json").value) == 1
    assert cli("mark", "READ", "AntMan", "--page", "7", "--json").value["changed"] == ["antman2020"]
    assert len(cli("history", "AntMan", "--json").value) == 2
    assert item(cli, "AntMan")["progress"] == {"page": 7, "pages": None}


def test_one_unknown_key_among_several_changes_nothing(cli: Run) -> None:
    for args in (
        ("mark", "read"),
        ("rate", "3"),
        ("tag", "add", "x"),
        ("remove",),
        ("collection", "put", "systems"),
    ):
        outcome = cli(*args, "AntMan", "nobody")
        assert (outcome.status, outcome.out) == (1, "")
    untouched = item(cli, "AntMan")
    assert (untouched["read_status"], untouched["rating"], untouched["tags"]) == ("unread", None, [])
    assert [step["label"] for step in cli("history", "--journal", "--json").value] == [
        "Systems Papers imported"
    ]


@pytest.mark.parametrize(
    "args",
    [
        ("finished", "AntMan"),
        ("read", "AntMan", "--page", "0"),
        ("read", "AntMan", "--date", "someday"),
        ("read",),
    ],
)
def test_mark_refuses_what_is_no_status_page_or_date(cli: Run, args: tuple[str, ...]) -> None:
    outcome = cli("mark", *args)
    assert (outcome.status, outcome.out) == (2, "")
    assert item(cli, "AntMan")["read_status"] == "unread"


def test_a_status_of_the_config_can_be_set(cli: Run, library: object) -> None:
    assert cli("mark", "replicated", "AntMan").status == 2
    library.config.write_text("statuses:\n  replicated: '◆'\n", "utf-8")  # type: ignore[attr-defined]
    assert cli("mark", "replicated", "AntMan").status == 0
    assert "◆ replicated" in cli("list", "antman").out


def test_keys_come_from_standard_input_also_as_lines_of_list(cli: Run) -> None:
    listed = cli("list", "section:Cluster").out
    assert cli("mark", "queued", "-", "--json", stdin=listed).value["changed"] == [
        "antman2020", "gandiva2018", "tiresias2019",
    ]  # fmt: skip
    assert cli("rate", "5", "-", "Alpa", stdin="AntMan\n\n").status == 0
    assert item(cli, "Alpa")["rating"] == item(cli, "AntMan")["rating"] == 5
    outcome = cli("mark", "read", "-", stdin="")
    assert (outcome.status, outcome.err.startswith("error: nothing to do")) == (1, True)
    assert cli("mark", "read", "-", stdin=b"\xff\xfe").status == 1


def test_ratings_are_one_to_five_and_zero_clears(cli: Run) -> None:
    assert cli("rate", "4", "AntMan").out == "AntMan rated 4\n"
    assert cli("rate", "4", "AntMan").out == "antman2020 is rated 4 already\n"
    assert cli("rate", "6", "AntMan").status == cli("rate", "x", "AntMan").status == 2
    cli("rate", "0", "AntMan")
    assert item(cli, "AntMan")["rating"] is None


def test_tags_are_added_renamed_listed_and_removed(cli: Run) -> None:
    assert cli("tag", "add", "gpu/sharing", "AntMan", "Gandiva", "--json").value == {
        "tag": "gpu/sharing",
        "changed": 2,
    }
    assert cli("tag", "add", "gpu/sharing", "AntMan").out == "all of them had the tag already\n"
    assert len(cli("list", "tag:gpu", "--json").value) == 2
    assert cli("tag", "rename", "gpu", "accelerator", "--json").value["changed"] == 2
    assert cli("tag", "list").out == "accelerator/sharing\t2\n"
    assert cli("tag", "list", "--json").value == [{"tag": "accelerator/sharing", "items": 2}]
    cli("tag", "remove", "accelerator/sharing", "AntMan")
    assert item(cli, "AntMan")["tags"] == []
    assert cli("tag", "rename", "nothing", "x").status == 1


def test_removed_items_lie_in_the_trash_until_it_is_emptied(cli: Run) -> None:
    assert cli("remove", "AntMan", "Gandiva", "--json").value == {"removed": ["antman2020", "gandiva2018"]}
    assert len(cli("list", "--json").value) == 2
    assert {each["citekey"] for each in cli("trash", "--json").value} == {"antman2020", "gandiva2018"}
    assert cli("trash", "restore", "ANTMAN2020", "--json").value == {"restored": ["antman2020"]}
    assert cli("trash", "restore", "alpa2022").status == 1
    refused = cli("trash", "empty")
    assert (refused.status, "--yes" in refused.err) == (2, True)
    assert cli("trash", "empty", "--yes", "--json").value == {"deleted": ["gandiva2018"]}
    assert cli("trash").lines[0] == "the trash is empty"
    assert cli("undo").status == 0
    assert len(cli("trash", "--json").value) == 1


def test_emptying_the_trash_asks_at_a_terminal(cli: Run) -> None:
    cli("remove", "AntMan")
    assert "nothing deleted" in cli("trash", "empty", stdin="n\n", terminal=True).out
    assert len(cli("trash", "--json").value) == 1
    cli("trash", "empty", stdin="y\n", terminal=True)
    assert cli("trash", "--json").value == []


def test_undo_and_redo_go_back_and_forth(cli: Run) -> None:
    cli("mark", "read", "AntMan")
    assert cli("undo").out == "undone: AntMan marked read\n"
    assert item(cli, "AntMan")["read_status"] == "unread"
    assert cli("redo", "--json").value["label"] == "AntMan marked read"
    assert item(cli, "AntMan")["read_status"] == "read"
    assert cli("redo").status == 1


def test_an_own_collection_is_made_filled_and_removed(cli: Run) -> None:
    assert cli("collection", "new", "My Thesis", "--json").value["slug"] == "my-thesis"
    assert cli("collection", "new", "My Thesis").status == 1
    put = cli("collection", "put", "my-thesis", "AntMan", "Alpa", "--section", "Related", "--json")
    assert put.value == {"slug": "my-thesis", "changed": 2}
    assert "already" in cli("collection", "put", "my-thesis", "AntMan").out
    shown = cli("collection", "show", "my-thesis", "--json").value
    assert [(each["citekey"], each["section"]) for each in shown["entry_list"]] == [
        ("antman2020", ["Related"]), ("alpa2022", ["Related"]),
    ]  # fmt: skip
    assert "Related  0 of 2 read" in cli("collection", "show", "my-thesis").out
    assert cli("collection", "take", "my-thesis", "AntMan", "--json").value["changed"] == 1
    assert cli("collection", "rename", "my-thesis", "Dissertation").status == 0
    assert cli("collection", "remove", "my-thesis", "--json").value == {"slug": "my-thesis", "trashed": 0}
    assert cli("collection", "show", "my-thesis").status == 1


def test_a_hidden_collection_leaves_next_and_stats_but_not_search(cli: Run) -> None:
    cli("collection", "hide", "systems")
    assert cli("next", "--json").value == []
    assert cli("stats", "--json").value["items"] == 0
    assert len(cli("list", "--json").value) == 4
    assert "hidden" in cli("collection", "list").out
    cli("collection", "unhide", "systems")
    assert len(cli("next", "--json").value) == 4


def test_removing_a_collection_offers_to_trash_what_nobody_touched(cli: Run) -> None:
    cli("mark", "read", "AntMan")
    assert cli("collection", "remove", "systems", "--json").value["trashed"] == 0
    cli("undo")
    asked = cli("collection", "remove", "systems", stdin="y\n", terminal=True)
    assert "Move 3 untouched items" in asked.err
    assert [each["citekey"] for each in cli("list", "--json").value] == ["antman2020"]
    cli("undo")
    assert cli("collection", "remove", "systems", "--trash", "--json").value["trashed"] == 3


def test_views_are_saved_listed_and_removed(cli: Run) -> None:
    cli("view", "save", "To read", "status:unread", "-gandiva")
    assert cli("view", "list", "--json").value == [{"name": "To read", "query": "status:unread -gandiva"}]
    assert cli("view", "list").out == "To read\tstatus:unread -gandiva\n"
    assert cli("view", "remove", "To read").status == 0
    assert cli("view", "remove", "To read").status == 1


def test_a_backup_prints_its_path_and_can_be_restored(cli: Run) -> None:
    path = cli("backup").out.strip()
    cli("mark", "read", "AntMan")
    planned = cli("restore", path, "--json").value
    assert (planned["applied"], bool(planned["changes"])) == (False, True)
    assert item(cli, "AntMan")["read_status"] == "read"
    assert cli("restore", path, "--yes").status == 0
    assert item(cli, "AntMan")["read_status"] == "unread"
    cli("undo")
    assert item(cli, "AntMan")["read_status"] == "read"
    assert cli("restore", "/nowhere.db", "--yes").status == 1


def test_a_damaged_library_is_put_aside_by_restore(cli: Run, library: object) -> None:
    path = cli("backup", "--json").value["path"]
    database = library.database  # type: ignore[attr-defined]
    database.write_bytes(b"no database" * 1000)
    refused = cli("list")
    assert (refused.status, refused.err.startswith("error: database")) == (1, True)
    assert cli("restore", path).status == 1
    assert cli("restore", path, "--yes").status == 0
    assert len(cli("list", "--json").value) == 4


def test_doctor_reports_and_mends(cli: Run) -> None:
    findings = cli("doctor", "--json")
    assert findings.status == 0
    assert {each["subject"] for each in findings.value} >= {"database", "search", "statuses", "config"}
    assert all(set(each) == {"subject", "state", "message"} for each in findings.value)
    assert cli("doctor", "--check").lines[0].startswith("✓ ok")


def test_init_makes_a_home_once(cli: Run, tmp_path: object) -> None:
    made = cli("init", "--empty", "--home", f"{tmp_path}/new", "--json")
    assert (made.value["created"], made.value["items"]) == (True, 0)
    again = cli("init", "--home", f"{tmp_path}/new")
    assert (again.status, "exists already" in again.out) == (0, True)
    assert cli("list", "--home", f"{tmp_path}/new", "--json").value == []
