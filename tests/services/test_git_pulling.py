"""Pulling and pushing: what is not committed is never touched, and what does not work is explained."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notes_tui.services.git import GitError, UnreachableError, WorkTree
from notes_tui.services.git.command import TooSlowError
from tests.services.git_clones import Clone, bare, clone, git, prepare


@pytest.fixture(autouse=True)
def _git_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Clone, Clone]:
    """Two clones of a vault in the folder ``notes`` of a repository with other files."""
    remote = bare(tmp_path / "remote.git")
    first = clone(remote, tmp_path / "a", "notes")
    first.write("x.md", "one\n\ntwo\n\nthree\n")
    first.write(".notes-tui/vault.json", "{}\n")
    (first.top / "code.py").write_text("code\n")
    git(first.top, "add", "code.py")
    git(first.top, "commit", "-qm", "Code")
    first.sync()
    return first, clone(remote, tmp_path / "b", "notes")


def head(vault: Clone) -> str:
    return git(vault.top, "rev-parse", "HEAD").strip()


def test_the_state_of_a_clone(two: tuple[Clone, Clone]) -> None:
    first, second = two
    second.write("new.md", "n\n")
    second.sync()
    first.write("other.md", "o\n")
    first.commit()
    state = first.tree.state()
    assert (state.branch, state.remote, state.remote_branch) == ("main", "origin", "refs/heads/main")
    assert (state.ahead, state.behind, state.has_upstream, state.has_remote) == (1, 0, True, True)
    assert state.trouble is None
    git(first.top, "fetch", "-q")
    assert (first.tree.state().ahead, first.tree.state().behind) == (1, 1)


def test_news_of_others_alone_are_taken_as_they_are(two: tuple[Clone, Clone]) -> None:
    first, second = two
    second.write("new.md", "n\n")
    second.sync()
    pulled = first.tree.pull()
    assert (pulled.kind, pulled.after) == ("forward", head(second))
    assert first.read("new.md") == "n\n"
    assert first.tree.pull().kind == "nothing"


def test_what_is_staged_or_not_committed_elsewhere_stays(two: tuple[Clone, Clone]) -> None:
    first, second = two
    for each in (first, second):
        each.write("x.md", each.read("x.md") + f"\nFrom {each.top.name}.\n")
    second.sync()
    (first.top / "staged.txt").write_text("s\n")
    (first.top / "untracked.txt").write_text("u\n")
    git(first.top, "add", "staged.txt")
    (first.top / "code.py").write_text("changed\n")
    first.commit()
    before = git(first.top, "status", "--porcelain")
    assert first.tree.pull().kind == "merged"
    assert (
        git(first.top, "status", "--porcelain") == before == " M code.py\nA  staged.txt\n?? untracked.txt\n"
    )
    assert "From a." in first.read("x.md")
    assert "From b." in first.read("x.md")


@pytest.mark.parametrize("name", ["code.py", "new.py"])
def test_a_merge_that_would_overwrite_words_is_not_made(two: tuple[Clone, Clone], name: str) -> None:
    first, second = two
    (second.top / name).write_text("theirs\n")
    git(second.top, "add", name)
    git(second.top, "commit", "-qm", "Code")
    second.sync()
    (first.top / name).write_text("mine\n")
    first.write("x.md", "mine\n")
    first.commit()
    before = head(first)
    with pytest.raises(GitError, match=f"would overwrite .* {name}; nothing was touched") as raised:
        first.tree.pull()
    assert "git stash" in raised.value.hint
    assert (first.top / name).read_text() == "mine\n"
    assert head(first) == before
    assert first.tree.state().trouble is None


def test_an_ignored_file_is_not_overwritten(two: tuple[Clone, Clone]) -> None:
    first, second = two
    (first.top / ".git" / "info" / "exclude").write_text("secret.txt\n")
    (first.top / "secret.txt").write_text("mine\n")
    (second.top / "secret.txt").write_text("theirs\n")
    git(second.top, "add", "secret.txt")
    git(second.top, "commit", "-qm", "Secret")
    second.sync()
    with pytest.raises(GitError, match=r"secret\.txt"):
        first.tree.pull()
    assert (first.top / "secret.txt").read_text() == "mine\n"


def test_an_empty_remote_takes_the_first_push(tmp_path: Path) -> None:
    remote = bare(tmp_path / "remote.git")
    git(tmp_path, "init", "-q", "a")
    git(tmp_path / "a", "remote", "add", "backup", str(remote))
    vault = Clone(tmp_path / "a")
    assert vault.tree.push().sent is False
    vault.write("x.md", "x\n")
    vault.commit()
    pulled = vault.tree.pull()
    assert (pulled.kind, pulled.note) == ("nothing", "backup is empty")
    assert vault.tree.push().sent
    state = vault.tree.state()
    assert (state.has_upstream, state.ahead, state.behind) == (True, 0, 0)
    assert not vault.tree.push().sent
    assert clone(remote, tmp_path / "b").read("x.md") == "x\n"


def test_a_branch_that_the_remote_lacks_is_told(two: tuple[Clone, Clone]) -> None:
    first, _ = two
    git(first.top, "checkout", "-q", "-b", "drafts")
    assert first.tree.pull().note == "origin has no branch drafts (it has main)"


def test_a_first_pull_into_a_repository_without_commits(two: tuple[Clone, Clone], tmp_path: Path) -> None:
    first, _ = two
    git(tmp_path, "init", "-q", "new")
    git(tmp_path / "new", "remote", "add", "origin", str(tmp_path / "remote.git"))
    vault = Clone(tmp_path / "new", "notes")
    assert WorkTree.find(vault.vault / "not" / "yet") is not None
    tree = WorkTree.find(vault.vault)
    assert tree is not None
    assert tree.pull().kind == "forward"
    assert vault.files() == first.files()
    (vault.top / "code.py").write_text("mine\n")
    git(tmp_path, "init", "-q", "other")
    git(tmp_path / "other", "remote", "add", "origin", str(tmp_path / "remote.git"))
    (tmp_path / "other" / "code.py").write_text("mine\n")
    with pytest.raises(GitError, match=r"code\.py"):
        Clone(tmp_path / "other").tree.pull()
    assert (tmp_path / "other" / "code.py").read_text() == "mine\n"


def test_two_vaults_with_histories_of_their_own_are_joined(two: tuple[Clone, Clone], tmp_path: Path) -> None:
    first, _ = two
    git(tmp_path, "init", "-q", "new")
    git(tmp_path / "new", "remote", "add", "origin", str(tmp_path / "remote.git"))
    vault = Clone(tmp_path / "new", "notes")
    vault.write("x.md", "one\n\ntwo\n\nthree\n\nfour\n")
    vault.write("y.md", "y\n")
    vault.write(".notes-tui/vault.json", "{}\n")
    vault.sync()
    first.sync()
    assert first.files() == vault.files()
    assert first.read("x.md") == "one\n\ntwo\n\nthree\n\nfour\n"


def test_a_remote_without_the_vault_and_with_a_history_of_its_own_is_explained(tmp_path: Path) -> None:
    remote = bare(tmp_path / "remote.git")
    other = clone(remote, tmp_path / "other")
    (other.top / "README.txt").write_text("r\n")
    git(other.top, "add", ".")
    git(other.top, "commit", "-qm", "Start")
    git(other.top, "push", "-q", "origin", "main")
    git(tmp_path, "init", "-q", "new")
    git(tmp_path / "new", "remote", "add", "origin", str(remote))
    vault = Clone(tmp_path / "new")
    vault.write("x.md", "x\n")
    vault.commit()
    with pytest.raises(GitError, match="history of its own") as raised:
        vault.tree.pull()
    assert "--allow-unrelated-histories" in raised.value.hint
    assert vault.tree.push().overtaken
    git(vault.top, "pull", "-q", "--no-rebase", "--allow-unrelated-histories", "origin", "main")
    vault.sync()


def test_a_shallow_clone_whose_base_is_missing_is_explained(two: tuple[Clone, Clone], tmp_path: Path) -> None:
    first, second = two
    for number in range(3):
        first.write("x.md", f"{number}\n")
        first.sync()
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path / 'remote.git'}", "thin")
    second.write("y.md", "y\n")
    second.commit()
    git(second.top, "pull", "-q", "--no-rebase", "--no-edit")
    second.sync()
    git(tmp_path / "thin", "checkout", "-q", "--orphan", "new")
    git(tmp_path / "thin", "commit", "-qm", "Another root")
    git(tmp_path / "thin", "branch", "-q", "-M", "main")
    with pytest.raises(GitError, match="cut short") as raised:
        Clone(tmp_path / "thin", "notes").tree.pull()
    assert raised.value.hint == "git fetch --unshallow"


def test_a_push_that_was_overtaken_is_done_after_a_pull(two: tuple[Clone, Clone]) -> None:
    first, second = two
    for each in two:
        each.write(f"{each.top.name}.md", "new\n")
        each.commit()
    assert first.tree.push().sent
    pushed = second.tree.push()
    assert (pushed.sent, pushed.overtaken) == (False, True)
    assert second.tree.pull().kind == "merged"
    assert second.tree.push().sent


def test_a_remote_that_is_gone_is_explained_and_nothing_is_lost(
    two: tuple[Clone, Clone], tmp_path: Path
) -> None:
    first, _ = two
    (tmp_path / "remote.git").rename(tmp_path / "away.git")
    first.write("new.md", "n\n")
    commit = first.commit()
    for attempt in (first.tree.pull, first.tree.push):
        with pytest.raises(UnreachableError, match="does not appear to be a git repository") as raised:
            attempt()
        assert raised.value.hint
    assert head(first) == commit


def test_a_push_that_the_remote_refuses_is_explained(two: tuple[Clone, Clone], tmp_path: Path) -> None:
    first, _ = two
    hook = tmp_path / "remote.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    first.write("new.md", "n\n")
    first.commit()
    with pytest.raises(GitError, match=r"origin does not take the push: .*pre-receive hook declined"):
        first.tree.push()


def test_without_a_remote_there_is_nothing_to_pull(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "a")
    tree = Clone(tmp_path / "a").tree
    assert not tree.state().has_remote
    assert (tree.pull().kind, tree.pull().note) == ("nothing", "there is no remote")
    with pytest.raises(GitError, match="it has no remote"):
        tree.push()


def test_several_remotes_need_a_choice(two: tuple[Clone, Clone]) -> None:
    first, _ = two
    git(first.top, "remote", "add", "backup", "/nowhere")
    assert first.tree.pull().kind == "nothing"
    git(first.top, "branch", "-q", "--unset-upstream")
    assert first.tree.state().remote == "origin"
    git(first.top, "remote", "rename", "origin", "home")
    with pytest.raises(GitError, match=r"several remotes \(backup, home\)") as raised:
        first.tree.pull()
    assert "--set-upstream-to" in raised.value.hint


def test_another_branch_of_the_remote_is_followed_where_it_is_set(two: tuple[Clone, Clone]) -> None:
    first, second = two
    git(second.top, "push", "-q", "origin", "main:shared/notes")
    git(first.top, "fetch", "-q")
    git(first.top, "branch", "-q", "--set-upstream-to", "origin/shared/notes")
    first.write("new.md", "n\n")
    first.sync()
    assert head(first) in git(second.top, "ls-remote", "origin", "refs/heads/shared/notes")
    assert head(first) not in git(second.top, "ls-remote", "origin", "refs/heads/main")


def test_a_merge_runs_nothing_that_came_with_the_tree(two: tuple[Clone, Clone]) -> None:
    first, second = two
    (second.top / ".gitattributes").write_text("*.md merge=evil filter=evil diff=evil\n")
    (second.top / ".gitmodules").write_text(
        '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "touch $PWD/ran"\n'
    )
    (second.top / "hooks").mkdir()
    hook = second.top / "hooks" / "post-merge"
    hook.write_text("#!/bin/sh\ntouch ran\n")
    hook.chmod(0o755)
    git(second.top, "add", ".")
    git(second.top, "commit", "-qm", "More")
    for each in two:
        each.write("x.md", each.read("x.md") + f"\nFrom {each.top.name}.\n")
    second.sync()
    first.sync()
    assert "From b." in first.read("x.md")
    assert not list(first.top.rglob("ran"))


def test_a_link_in_place_of_a_note_is_never_followed(two: tuple[Clone, Clone], tmp_path: Path) -> None:
    first, second = two
    outside = tmp_path / "outside.md"
    outside.write_text("outside\n")
    (second.vault / "x.md").unlink()
    (second.vault / "x.md").symlink_to(outside)
    second.sync()
    first.write("x.md", "mine\n")
    first.commit()
    with pytest.raises(GitError, match=r"notes/x\.md"):
        first.tree.pull()
    assert outside.read_text() == "outside\n"
    assert first.read("x.md") == "mine\n"


def test_commits_of_merges_are_signed_where_the_user_signs(two: tuple[Clone, Clone], tmp_path: Path) -> None:
    first, second = two
    signer = tmp_path / "signer"
    signer.write_text("#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\necho signature\n")
    signer.chmod(0o755)
    git(first.top, "config", "gpg.program", str(signer))
    git(first.top, "config", "commit.gpgSign", "true")
    for each in two:
        each.write(f"{each.top.name}.md", "new\n")
    second.sync()
    first.commit()
    assert first.tree.pull().kind == "merged"
    assert "gpgsig signature" in git(first.top, "cat-file", "commit", "HEAD")


def test_a_git_that_does_not_end_is_stopped_with_all_that_it_started(two: tuple[Clone, Clone]) -> None:
    first, _ = two
    pipe = first.top / "pipe"
    os.mkfifo(pipe)
    git(first.top, "config", "alias.wait", "!cat pipe; true")
    with pytest.raises(TooSlowError, match="`git wait` did not end within 0 seconds") as raised:
        first.tree.git.run("wait", limit=0.3)
    assert "git -C" in raised.value.hint
    with pytest.raises(OSError, match="No such device"):
        os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
