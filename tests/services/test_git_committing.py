"""Commits of a vault's own files: what is staged of others stays staged, and what git refuses is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notes_tui.services.git import GitError, WorkTree
from tests.services.git_clones import Clone, git, prepare

ODD_NAMES = ["-n.md", "a b.md", "two\nlines.md", "论文 *.md", ":(glob)x.md", "tab\t'\".md", "back\\slash?.md"]


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clone:
    """A vault in a folder of a bigger repository, which has one commit."""
    prepare(monkeypatch, tmp_path)
    top = tmp_path / "work"
    top.mkdir()
    git(top, "init", "-q")
    (top / "code.py").write_text("one\n" + "same\n" * 20 + "two\n")
    made = Clone(top, "notes")
    made.write("x.md", "first\n")
    git(top, "add", "code.py", "notes/x.md")
    git(top, "commit", "-qm", "First")
    return made


def committed(vault: Clone) -> list[str]:
    """Names of the files in the latest commit."""
    return git(vault.top, "show", "--name-only", "--format=", "-z", "HEAD").split("\0")[:-1]


def test_new_changed_and_deleted_files_are_committed_and_nothing_else(vault: Clone) -> None:
    vault.write("gone.md", "x")
    vault.commit()
    vault.write("x.md", "second\n")
    vault.write("deep/new.md", "n")
    vault.write("not-named.md", "n")
    (vault.vault / "gone.md").unlink()
    done = vault.tree.commit(["x.md", "deep/new.md", "gone.md", "never-there.md"], "Notes")
    assert committed(vault) == ["notes/deep/new.md", "notes/gone.md", "notes/x.md"]
    assert done.commit == git(vault.top, "rev-parse", "HEAD").strip()
    assert list(done.paths) == committed(vault)
    assert git(vault.top, "status", "--porcelain") == "?? notes/not-named.md\n"


def test_without_changes_there_is_no_commit(vault: Clone) -> None:
    before = git(vault.top, "rev-parse", "HEAD")
    (vault.vault / "x.md").touch()
    assert vault.tree.commit(["x.md"], "Notes").commit == ""
    assert vault.tree.commit([], "Notes").commit == ""
    assert git(vault.top, "rev-parse", "HEAD") == before


def test_the_index_stays_as_it_is(vault: Clone) -> None:
    code = vault.top / "code.py"
    code.write_text(code.read_text().replace("one", "ONE"))
    git(vault.top, "add", "code.py")
    code.write_text(code.read_text().replace("two", "TWO"))
    (vault.top / "staged.txt").write_text("s")
    (vault.top / "announced.txt").write_text("a")
    git(vault.top, "add", "staged.txt")
    git(vault.top, "add", "-N", "announced.txt")
    before = git(vault.top, "diff", "--cached"), git(vault.top, "diff"), git(vault.top, "ls-files", "-s")
    vault.write("x.md", "second\n")
    vault.write("new.md", "new\n")
    vault.commit()
    after = git(vault.top, "diff", "--cached"), git(vault.top, "diff")
    assert after == before[:2]
    assert committed(vault) == ["notes/new.md", "notes/x.md"]
    kept = [line for line in git(vault.top, "ls-files", "-s").splitlines() if "notes/" not in line]
    assert kept == [line for line in before[2].splitlines() if "notes/" not in line]


def test_a_file_of_the_vault_that_was_staged_is_committed_as_it_is_now(vault: Clone) -> None:
    vault.write("x.md", "staged\n")
    git(vault.top, "add", "notes/x.md")
    vault.write("x.md", "later\n")
    vault.commit()
    assert git(vault.top, "show", "HEAD:notes/x.md") == "later\n"
    assert git(vault.top, "status", "--porcelain") == ""


def test_odd_names_are_taken_as_they_are(vault: Clone) -> None:
    for name in ODD_NAMES:
        vault.write(name, "odd")
    vault.write("论文 other.md", "not named")
    vault.tree.commit(ODD_NAMES, "Notes")
    assert sorted(committed(vault)) == sorted(f"notes/{name}" for name in ODD_NAMES)


def test_the_first_commit_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(monkeypatch, tmp_path)
    git(tmp_path, "init", "-q", "new")
    vault = Clone(tmp_path / "new")
    assert vault.tree.state().is_unborn
    vault.write("x.md", "x")
    (vault.top / "other.txt").write_text("o")
    assert vault.tree.commit(["x.md"], "Notes").commit
    assert committed(vault) == ["x.md"]


def test_ignored_files_are_reported_and_stay_out(vault: Clone) -> None:
    (vault.top / ".gitignore").write_text("*.secret.md\n")
    vault.write("a.secret.md", "s")
    vault.write("b.md", "b")
    done = vault.tree.commit(["a.secret.md", "b.md"], "Notes")
    assert done.ignored == ("notes/a.secret.md",)
    assert committed(vault) == ["notes/b.md"]


def test_a_hook_that_refuses_is_told_and_leaves_the_index_as_it_was(vault: Clone) -> None:
    hook = vault.top / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho 'no notes on Sundays' >&2\nexit 1\n")
    hook.chmod(0o755)
    vault.write("x.md", "second\n")
    vault.write("new.md", "new\n")
    before = git(vault.top, "ls-files", "-s")
    with pytest.raises(GitError, match="no notes on Sundays") as raised:
        vault.commit()
    assert raised.value.hint
    assert git(vault.top, "ls-files", "-s") == before
    assert git(vault.top, "log", "--format=%s") == "First\n"
    assert vault.read("new.md") == "new\n"


def test_a_hook_sees_the_files_of_the_commit(vault: Clone) -> None:
    (vault.top / "staged.txt").write_text("s")
    git(vault.top, "add", "staged.txt")
    hook = vault.top / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\ngit diff --cached --name-only > seen\n")
    hook.chmod(0o755)
    vault.write("x.md", "second\n")
    vault.commit()
    assert (vault.top / "seen").read_text() == "notes/x.md\n"


def test_without_a_name_nothing_is_committed(vault: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    (vault.top.parent / "user" / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")
    vault.write("new.md", "n")
    with pytest.raises(GitError, match="does not know your name") as raised:
        vault.tree.commit(["new.md"], "Notes")
    assert "user.name" in raised.value.hint
    assert git(vault.top, "status", "--porcelain") == "?? notes/new.md\n"


def test_unfinished_work_is_explained(vault: Clone) -> None:
    git(vault.top, "checkout", "-q", "-b", "other")
    vault.write("x.md", "theirs\n")
    vault.commit()
    git(vault.top, "checkout", "-q", "main")
    vault.write("x.md", "ours\n")
    vault.commit()
    with pytest.raises(AssertionError):
        git(vault.top, "merge", "other")
    vault.write("new.md", "n")
    with pytest.raises(GitError, match="a merge is not finished") as raised:
        vault.tree.commit(["new.md"], "Notes")
    assert "git merge --abort" in raised.value.hint
    git(vault.top, "merge", "--abort")
    with pytest.raises(AssertionError):
        git(vault.top, "rebase", "other")
    with pytest.raises(GitError, match="a rebase is not finished"):
        vault.tree.commit(["new.md"], "Notes")


def test_a_detached_head_is_explained(vault: Clone) -> None:
    git(vault.top, "checkout", "-q", "--detach")
    vault.write("x.md", "second\n")
    assert vault.tree.state().is_detached
    with pytest.raises(GitError, match="no branch is checked out"):
        vault.commit()
    assert git(vault.top, "log", "--format=%s") == "First\n"


def test_a_lock_is_explained(vault: Clone) -> None:
    lock = vault.top / ".git" / "index.lock"
    lock.touch()
    vault.write("x.md", "second\n")
    with pytest.raises(GitError, match="another git is at work") as raised:
        vault.commit()
    assert str(lock) in raised.value.hint


def test_thousands_of_files_are_one_commit(vault: Clone) -> None:
    paths = [f"papers/{number}.md" for number in range(3_000)]
    (vault.vault / "papers").mkdir()
    for path in paths:
        (vault.vault / path).write_text(path)
    assert len(vault.tree.commit(paths, "Notes").paths) == 3_000
    assert vault.tree.commit(paths, "Notes").commit == ""


def test_a_folder_outside_of_git_has_no_work_tree(tmp_path: Path) -> None:
    assert WorkTree.find(tmp_path / "not" / "there") is None


def test_without_git_its_absence_is_told(vault: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(vault.vault))
    with pytest.raises(GitError, match="git is not installed"):
        WorkTree.find(vault.vault)
    assert WorkTree.find(vault.top.parent) is None


def test_a_damaged_repository_is_told(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nowhere/at/all\n")
    with pytest.raises(GitError):
        WorkTree.find(tmp_path)


def test_a_linked_work_tree_is_one_of_its_own(vault: Clone) -> None:
    other = vault.top.parent / "linked"
    git(vault.top, "worktree", "add", "-q", "-b", "second", str(other))
    linked = Clone(other, "notes")
    linked.write("x.md", "in the other tree\n")
    linked.commit("Linked")
    assert linked.tree.state().branch == "second"
    assert git(vault.top, "log", "--format=%s", "second") == "Linked\nFirst\n"
    assert vault.read("x.md") == "first\n"


def test_what_an_outer_git_left_in_the_environment_does_not_count(
    vault: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.setenv(name, os.devnull)
    tree = vault.tree
    monkeypatch.undo()
    assert Path(tree.git.folder) == vault.top
