"""Whether a folder is shared through git: told from files alone, and in doubt it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.services.work_trees import has_remote

PLAIN = "[core]\n\tbare = false\n"
SHARED = PLAIN + '[remote "origin"]\n\turl = https://example.org/x.git\n'


def repository(folder: Path, config: str) -> Path:
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "config").write_text(config)
    return folder


def test_a_folder_outside_of_git_is_not_shared(tmp_path: Path) -> None:
    assert not has_remote(tmp_path / "not" / "there" / "yet")


@pytest.mark.parametrize(
    ("config", "shared"), [(PLAIN, False), (SHARED, True), (PLAIN + "[include]\n\tpath = x\n", True)]
)
def test_the_config_of_the_work_tree_tells(tmp_path: Path, config: str, shared: bool) -> None:
    assert has_remote(repository(tmp_path / "tree", config) / "notes" / "vault") is shared


def test_the_nearest_work_tree_counts(tmp_path: Path) -> None:
    repository(tmp_path, SHARED)
    assert not has_remote(repository(tmp_path / "inner", PLAIN))


@pytest.mark.parametrize(("config", "shared"), [(PLAIN, False), (SHARED, True)])
def test_linked_work_trees_and_submodules_are_followed(tmp_path: Path, config: str, shared: bool) -> None:
    main = repository(tmp_path / "main", config)
    link = main / ".git" / "worktrees" / "other"
    link.mkdir(parents=True)
    (link / "commondir").write_text("../..\n")
    other = tmp_path / "other"
    other.mkdir()
    (other / ".git").write_text(f"gitdir: {link}\n")
    assert has_remote(other) is shared


def test_what_cannot_be_told_counts_as_shared(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nowhere/at/all\n")
    assert has_remote(tmp_path)


def test_a_link_to_a_shared_folder_is_shared(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(repository(tmp_path / "tree", SHARED))
    assert has_remote(tmp_path / "link" / "vault")
