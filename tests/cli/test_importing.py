"""``import``, ``collection add`` and ``collection update``."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.settings import Home
from tests.cli.conftest import Run
from tests.formats.koreader.samples import MARKDOWN, SIDECAR

BIB = """@inproceedings{xiao2020antman,
  title = {{AntMan}: Dynamic Scaling on {GPU} Clusters for Deep Learning},
  author = {Xiao, Wencong and Ren, Shiru},
  booktitle = {OSDI},
  year = {2020},
}
@article{newer2021,
  title = {A Newer Paper on Nothing in Particular},
  author = {Lee, Ann},
  year = 2021,
}
"""
LIST = """# Reading List

## Schedulers

- [Gandiva: Introspective Cluster Scheduling for Deep Learning](https://example.org/gandiva.pdf) OSDI'18
- [Themis: Fair and Efficient GPU Cluster Scheduling](https://example.org/themis.pdf) NSDI'20
"""
REPORT_KEYS = {"added", "matched", "updated", "unchanged", "entries", "problems", "proposals"}


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, "utf-8")
    return path


@pytest.fixture
def markdown(tmp_path: Path) -> Path:
    path = tmp_path / "list.md"
    path.write_text(LIST, "utf-8")
    return path


def test_a_bibliography_comes_in_once(cli: Run, library: Home, bib: Path) -> None:
    first = cli("import", bib, "--json")
    assert (first.status, first.err) == (0, "")
    assert first.value.keys() >= REPORT_KEYS
    assert (first.value["added"], first.value["matched"], first.value["entries"]) == (1, 1, 2)
    assert cli("show", "xiao2020antman", "--json").value["title_short"] == "AntMan"
    second = cli("import", bib, "--json").value
    assert (second["added"], second["unchanged"]) == (0, 2)
    assert "2 understood: 0 added, 2 in the library already" in cli("import", bib).out


def test_a_dry_run_changes_nothing(cli: Run, library: Home, bib: Path, markdown: Path) -> None:
    for args in (
        ("import", bib, markdown),
        ("collection", "add", markdown),
        ("collection", "update", "systems", markdown),
    ):
        before = cli("list", "--json").value, cli("history", "--journal", "--json").value
        outcome = cli(*args, "--dry-run", "--json")
        assert (outcome.status, outcome.value["added"]) == (0, 2 if args[0] == "import" else 1)
        assert (cli("list", "--json").value, cli("history", "--journal", "--json").value) == before


def test_several_files_are_one_step(cli: Run, library: Home, bib: Path, markdown: Path) -> None:
    assert cli("import", bib, markdown).status == 0
    assert len(cli("list", "--json").value) == 6
    cli("undo")
    assert len(cli("list", "--json").value) == 4


@pytest.mark.parametrize("bad", ["missing.bib", "picture.bib", "nonsense.txt"])
def test_a_file_that_cannot_be_read_stops_the_import_before_it_begins(
    cli: Run, library: Home, bib: Path, tmp_path: Path, bad: str
) -> None:
    (tmp_path / "nonsense.txt").write_text("?", "utf-8")
    (tmp_path / "picture.bib").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    outcome = cli("import", bib, tmp_path / bad, "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert bad in outcome.err
    assert len(cli("list", "--json").value) == 4


def test_records_that_were_refused_are_named_and_the_rest_comes_in(
    cli: Run, library: Home, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.bib"
    broken.write_text(BIB + "@article{broken,\n  title = {No end\n", "utf-8")
    outcome = cli("import", broken, "--json")
    assert (outcome.status, outcome.value["added"]) == (3, 1)
    problem = outcome.value["problems"][0]
    assert (problem["file"], problem["line"]) == (str(broken), 12)
    assert f"{broken}:12: " in cli("import", broken).out


def test_standard_input_comes_in(cli: Run, library: Home) -> None:
    assert cli("import", "-", "--format", "bibtex", "--json", stdin=BIB).value["added"] == 1
    assert cli("import", "-", "--format", "nothing", stdin=BIB).status == 2


def test_items_can_be_put_into_a_collection(cli: Run, library: Home, bib: Path) -> None:
    cli("import", bib, "--collection", "Thesis")
    shown = cli("collection", "show", "thesis", "--json").value
    assert [each["citekey"] for each in shown["entry_list"]] == ["xiao2020antman", "newer2021"]


def test_a_list_becomes_a_collection_and_is_updated(cli: Run, library: Home, markdown: Path) -> None:
    assert cli("collection", "add", markdown, "--json").value["added"] == 1
    entries = cli("collection", "show", "reading-list", "--json").value["entry_list"]
    assert (entries[0]["citekey"], entries[0]["section"]) == ("gandiva2018", ["Schedulers"])
    cli("mark", "read", "Themis")
    markdown.write_text(
        LIST + "- [A Third Paper on Something Else](https://example.org/third) SOSP'21\n", "utf-8"
    )
    updated = cli("collection", "update", "reading-list", markdown, "--json").value
    assert (updated["added"], updated["entries"]) == (1, 3)
    assert cli("show", "Themis", "--json").value["read_status"] == "read"
    assert cli("collection", "update", "reading-list").status == 1
    assert cli("collection", "update", "nothing", markdown).status == 1
    assert cli("collection", "add", markdown.with_name("none.md")).status == 1


def test_first_use_of_a_home_loads_the_bundled_lists(process: Run) -> None:
    listed = process("collection", "list", "--json").value
    assert [each["slug"] for each in listed] == [
        "research-space", "awesome-distributed-ml", "training-system", "awesome-auto-parallelism",
    ]  # fmt: skip
    assert len(process("list", "--json").value) == 221
    again = process("collection", "update", "research-space", "--json").value
    assert (again["added"], again["updated"]) == (0, 0)


def test_a_folder_of_koreader_brings_marks_to_its_paper(cli: Run, library: Home, tmp_path: Path) -> None:
    folder = tmp_path / "antman.sdr"
    folder.mkdir()
    (folder / "metadata.pdf.lua").write_text(SIDECAR, "utf-8")
    assert "annotations: 3 would be added" in cli("import", folder, "--dry-run").out
    outcome = cli("import", folder, "--json")
    assert (outcome.status, outcome.value["added"]) == (0, 0)
    assert outcome.value["annotations"] == {"added": 3, "updated": 0, "unchanged": 0, "gone": 0}
    assert "annotations: 3 unchanged" in cli("import", folder).out
    found = cli("show", "antman", "--json").value["annotations"]
    assert [each["quote"] for each in found] == ["wait in a queue", "every added worker", None]


def test_the_item_of_a_file_can_be_named(cli: Run, library: Home, tmp_path: Path) -> None:
    file = tmp_path / "highlights.md"
    file.write_text(MARKDOWN.replace("AntMan: Dynamic", "Scan 0001: Some"), "utf-8")
    assert cli("import", file, "--onto", "nobody").status == 1
    assert cli("import", file, "--onto", "gandiva", "--json").value["added"] == 0
    assert len(cli("show", "gandiva", "--json").value["annotations"]) == 2
