"""``adopt``: what it says about a folder, what it answers in JSON, and how it is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("library")

ANTMAN = "# AntMan: Dynamic Scaling on GPU Clusters for Deep Learning\n\n调度器在集群里的设计。\n"
FOLDER = {
    "Scheduling/AntMan/README.md": ANTMAN,
    "Scheduling/AntMan/figures/scale.png": "png",
    "Serving/>Topic-MoE/Kiln/README.md": "# Kiln: Firing Experts One by One\n\narXiv:2301.00010\n\n专家并行\n",
    "Serving/>Topic-MoE/Kiln/Kiln.pdf": "%PDF-1.4",
    "weekly/2024-05-01.md": "# 2024-05-01\n\nslept\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of notes: one paper of the library, one new one, and a diary."""
    root = tmp_path / "my notes"
    for path, text in FOLDER.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return root


def bytes_in(root: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_dry_run_shows_papers_and_what_is_left_out(cli: Run, folder: Path) -> None:
    before = cli("list", "--json").value
    outcome = cli("adopt", folder, "--dry-run")
    assert (outcome.status, outcome.err) == (0, "")
    for words in (
        "Serving / >Topic-MoE",
        "+ Kiln: Firing Experts One by One  Serving/>Topic-MoE/Kiln, 1 note, 1 PDF",
        "is antman2020: ",
        "not taken 1 file: ",
        "  weekly/2024-05-01.md",
    ):
        assert words.replace("Kiln, 1", "Kiln  1") in outcome.out
    assert cli("list", "--json").value == before
    assert bytes_in(folder) == {path: text.encode() for path, text in FOLDER.items()}


def test_adopting_answers_in_json_and_is_one_step_to_undo(cli: Run, folder: Path) -> None:
    before = cli("list", "--json").value
    report = cli("adopt", folder, "--json").value
    assert {"added", "matched", "updated", "unchanged", "entries", "problems", "proposals"} < set(report)
    assert (report["added"], report["matched"]) == (1, 1)
    assert [each["path"] for each in report["skipped"]] == ["weekly/2024-05-01.md"]
    found = cli("list", "专家并行", "--json").value
    assert [each["citekey"] for each in found] == [
        each["citekey"] for each in report["papers"] if each["new"]
    ]
    again = cli("adopt", folder, "--json").value
    assert (again["added"], again["updated"]) == (0, 0)
    assert cli("undo").status == 0
    assert cli("list", "--json").value == before
    assert bytes_in(folder) == {path: text.encode() for path, text in FOLDER.items()}


def test_what_is_no_folder_is_named(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    for place in (tmp_path / "absent", tmp_path / "a.md"):
        outcome = cli("adopt", place)
        assert (outcome.status, outcome.out) == (1, "")
        assert str(place) in outcome.err
        assert "Traceback" not in outcome.err


def test_a_folder_without_papers_changes_nothing(cli: Run, tmp_path: Path) -> None:
    before = cli("list", "--json").value
    (tmp_path / "empty").mkdir()
    outcome = cli("adopt", tmp_path / "empty", "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert "no papers were found in it" in outcome.err
    assert cli("list", "--json").value == before
