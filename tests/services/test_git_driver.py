"""The vault's merge lent to git: a person's own ``git merge`` leaves no marks, and only where it was installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notes_tui.cli.program import run
from notes_tui.services.git import CONFLICTS
from tests.services.git_clones import Clone, git, prepare

FOLDERS = ["", 'my "notes" [1]*/Überblick?', "back\\slash\tand tab"]


def make_vault(folder: Path, inside: str) -> Clone:
    """A vault in a new repository, with a commit."""
    folder.mkdir()
    git(folder, "init", "-q")
    vault = Clone(folder, inside)
    vault.write("papers/x.md", "---\ncitekey: x\nvenue: V3\ntags: []\n---\n\n# X\n\nOne.\n\nTwo.\n")
    vault.write("index.md", "# Notes\n\n*1 of 9 read*\n")
    vault.write(".notes-tui/.gitattributes", "*.jsonl merge=union\n")
    vault.write(".notes-tui/items.jsonl", '{"citekey": "x", "pages": 1}\n')
    (folder / "other.md").write_text("one\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "First")
    return vault


@pytest.fixture(autouse=True)
def _git_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


def diverge(vault: Clone) -> None:
    """Let two branches change the same files."""
    git(vault.top, "branch", "other")
    for branch, word, rating, pages in (("other", "theirs", 4, 2), ("main", "ours", 5, 3)):
        git(vault.top, "checkout", "-q", branch)
        vault.change("papers/x.md", "tags: []", f"tags: [{word}]")
        vault.change("papers/x.md", "venue: V3", f"venue: V{rating}")
        vault.change("papers/x.md", "Two.\n", f"Two.\n\nSaid by {word}.\n")
        vault.change("index.md", "1 of 9 read", f"{rating} of 9 read")
        vault.change(".notes-tui/items.jsonl", '"pages": 1', f'"pages": {pages}')
        git(vault.top, "commit", "-qam", word)


@pytest.mark.parametrize("inside", FOLDERS)
def test_git_merges_the_vault_by_its_rules_where_the_driver_is_installed(tmp_path: Path, inside: str) -> None:
    vault = make_vault(tmp_path / "top", inside)
    assert not vault.tree.has_driver
    written = vault.tree.install_driver()
    assert [Path(path).name for path in written] == ["config", "attributes"]
    assert vault.tree.has_driver
    assert vault.tree.install_driver() == []
    diverge(vault)
    git(vault.top, "merge", "--no-edit", "other")
    text = vault.read("papers/x.md")
    assert "venue: V5\n" in text
    assert all(part in text for part in ("ours", "theirs", "Said by ours.", "Said by theirs."))
    assert vault.read("index.md") == "# Notes\n\n*5 of 9 read*\n"
    assert vault.read(".notes-tui/items.jsonl").count("\n") == 1
    [record] = [path for path in vault.files() if path.startswith(CONFLICTS)]
    assert "venue: V4" in vault.read(record)
    assert git(vault.top, "status", "--porcelain", "--untracked-files=no") == ""
    assert not os.path.exists(os.environ["NOTES_TUI_HOME"])


def test_a_merge_of_git_and_a_pull_give_the_same_files(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "top", "notes")
    diverge(vault)
    git(tmp_path, "clone", "-q", "top", "pulled")
    pulled = Clone(tmp_path / "pulled", "notes")
    git(pulled.top, "config", "branch.main.merge", "refs/heads/other")
    assert pulled.tree.pull().merged == (".notes-tui/items.jsonl", "index.md", "papers/x.md")
    vault.tree.install_driver()
    git(vault.top, "merge", "--no-edit", "other")
    assert vault.files() == pulled.files()


def test_a_file_outside_of_the_vault_is_merged_as_before(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "top", "notes")
    vault.tree.install_driver()
    git(vault.top, "branch", "other")
    for branch in ("other", "main"):
        git(vault.top, "checkout", "-q", branch)
        (vault.top / "other.md").write_text(f"{branch}\n")
        git(vault.top, "commit", "-qam", branch)
    with pytest.raises(AssertionError):
        git(vault.top, "merge", "other")
    assert "<<<<<<<" in (vault.top / "other.md").read_text()


def test_removing_the_driver_leaves_the_repository_as_it_was(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "top", "notes")
    other = Clone(vault.top, "second")
    other.vault.mkdir()
    attributes = vault.top / ".git" / "info" / "attributes"
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_text("*.pdf binary\n")
    before = (vault.top / ".git" / "config").read_text()
    vault.tree.install_driver()
    other.tree.install_driver()
    vault.tree.remove_driver()
    assert not vault.tree.has_driver
    assert other.tree.has_driver
    other.tree.remove_driver()
    assert attributes.read_text() == "*.pdf binary\n"
    assert (vault.top / ".git" / "config").read_text() == before
    assert other.tree.remove_driver() == []


def test_modules_in_the_work_tree_are_not_run(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "top", "notes")
    (vault.top / "notes_tui").mkdir()
    for name in ("notes_tui/__init__.py", "notes_tui/__main__.py", "json.py", "click.py"):
        (vault.top / name).write_text("open('ran', 'w')\n")
    vault.tree.install_driver()
    diverge(vault)
    git(vault.top, "merge", "--no-edit", "other")
    assert "Said by theirs." in vault.read("papers/x.md")
    assert not (vault.top / "ran").exists()


def test_a_record_is_not_written_through_a_link_that_leads_out(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "top", "notes")
    outside = tmp_path / "outside"
    outside.mkdir()
    vault.tree.install_driver()
    (vault.vault / CONFLICTS).symlink_to(outside)
    diverge(vault)
    with pytest.raises(AssertionError):
        git(vault.top, "merge", "other")
    assert list(outside.iterdir()) == []
    assert "notes/papers/x.md" in git(vault.top, "ls-files", "--unmerged")


def test_the_command_leaves_a_file_outside_of_any_vault_to_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("base", "ours", "theirs"):
        Path(name).write_text(f"{name}\n")
    assert run(["merge-driver", "--", "base", "ours", "theirs", "-x.md"]) == 1
    assert Path("ours").read_text() == "ours\n"
    assert run(["merge-driver", "--", "missing", "ours", "theirs", "x.md"]) == 2
    assert "missing" in capsys.readouterr().err


def test_the_command_is_in_no_help() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "notes_tui", "--help"], capture_output=True, check=True, text=True
    )
    assert "merge-driver" not in shown.stdout
