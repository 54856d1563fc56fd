"""What a work tree is in the middle of, and where it stands towards its remote; nothing is fetched for it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from notes_tui.services.git.command import Git, GitError

_UNDER_WAY = {
    "MERGE_HEAD": "merge", "rebase-merge": "rebase", "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick", "REVERT_HEAD": "revert", "BISECT_LOG": "bisect",
}  # fmt: skip
"""What git leaves in its folder, and the command that is unfinished while it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeState:
    """A work tree as it is now, told without the network."""

    top: str
    """The folder of the work tree."""
    branch: str
    """The branch that is checked out, empty where ``HEAD`` is detached."""
    head: str
    """The commit that is checked out, empty before the first."""
    remotes: tuple[str, ...]
    remote: str
    """The remote to pull from and push to, empty where there is none or git cannot tell which."""
    remote_branch: str
    """The branch of that remote, ``main`` or ``refs/heads/main`` alike, as a full name."""
    has_upstream: bool
    """Whether the branch is set to follow that one."""
    ahead: int | None
    """Commits that the remote lacked when it was last fetched, ``None`` where that is unknown."""
    behind: int | None
    under_way: str
    """The command that is unfinished (``merge``, ``rebase`` …), empty where none is."""
    lock: str
    """The lock of the index, where another git holds it."""

    @property
    def is_detached(self) -> bool:
        """Whether commits made now would belong to no branch."""
        return not self.branch

    @property
    def is_unborn(self) -> bool:
        """Whether there is no commit yet."""
        return not self.head

    @property
    def has_remote(self) -> bool:
        """Whether anything here can leave the machine through git."""
        return bool(self.remotes)

    @property
    def trouble(self) -> GitError | None:
        """Why nothing may be committed or merged here now; ``None`` where it may."""
        return _trouble(self.top, self.branch, self.under_way, self.lock)

    def no_remote_branch(self) -> GitError | None:
        """Why it is not clear where to pull from and push to; ``None`` where it is."""
        if self.remote:
            return None
        if not self.remotes:
            return GitError(
                f"{self.top}: it has no remote", hint="add one with `git remote add origin ADDRESS`"
            )
        return GitError(
            f"{self.top}: it has several remotes ({', '.join(self.remotes)}) and follows none",
            hint=f"say which: git branch --set-upstream-to REMOTE/{self.branch}",
        )


def trouble_of(git: Git, git_dir: str) -> GitError | None:
    """What :attr:`TreeState.trouble` says, without looking at the rest."""
    return _trouble(git.folder, _branch(git), _under_way(git_dir), _lock(git_dir))


def _trouble(top: str, branch: str, under_way: str, lock: str) -> GitError | None:
    if under_way:
        ending = "git bisect reset" if under_way == "bisect" else f"git {under_way} --abort"
        return GitError(
            f"{top}: a {under_way} is not finished",
            hint=f"finish it, or give it up with `{ending}`, then sync again",
        )
    if not branch:
        return GitError(
            f"{top}: no branch is checked out (detached HEAD)",
            hint="check one out with `git switch BRANCH`, then sync again",
        )
    if lock:
        return GitError(
            f"{top}: another git is at work there",
            hint=f"wait for it; if none is running, delete {lock}",
        )
    return None


def state_of(git: Git, git_dir: str) -> TreeState:
    """Look at the work tree that ``git`` runs in; ``git_dir`` is its own git folder."""
    branch = _branch(git)
    head = git.run("rev-parse", "-q", "--verify", "HEAD^{commit}").text
    remotes = tuple(filter(None, git.run("remote").text.split("\n")))
    remote, remote_branch, tracked = _upstream(git, branch)
    has_upstream = bool(remote)
    if not remote and (remote := _only(remotes)):
        remote_branch = f"refs/heads/{branch}"
        name = f"refs/remotes/{remote}/{branch}^{{commit}}"
        tracked = git.run("rev-parse", "-q", "--verify", name).text
    ahead, behind = _distance(git, head, tracked)
    return TreeState(
        top=git.folder, branch=branch, head=head, remotes=remotes, remote=remote, remote_branch=remote_branch,
        has_upstream=has_upstream, ahead=ahead, behind=behind, under_way=_under_way(git_dir), lock=_lock(git_dir),
    )  # fmt: skip


def _branch(git: Git) -> str:
    return git.run("symbolic-ref", "-q", "HEAD").text.removeprefix("refs/heads/")


def _lock(git_dir: str) -> str:
    lock = os.path.join(git_dir, "index.lock")
    return lock if os.path.lexists(lock) else ""


def _upstream(git: Git, branch: str) -> tuple[str, str, str]:
    """Remote, its branch, and the ref that remembers it, as the branch is set to follow them."""
    wanted = "%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream)%00"
    found = git.run("for-each-ref", f"--format={wanted}", f"refs/heads/{branch}").fields if branch else []
    if len(found) < 3 or not (found[0] and found[1]):
        return "", "", ""
    return found[0], found[1], found[2]


def _only(remotes: tuple[str, ...]) -> str:
    if len(remotes) == 1:
        return remotes[0]
    return "origin" if "origin" in remotes else ""


def _distance(git: Git, head: str, tracked: str) -> tuple[int | None, int | None]:
    if not (head and tracked):
        return None, None
    found = re.fullmatch(
        r"(\d+)\s+(\d+)", git.run("rev-list", "--left-right", "--count", f"{head}...{tracked}").text
    )
    return (int(found[1]), int(found[2])) if found else (None, None)


def _under_way(git_dir: str) -> str:
    there = (command for mark, command in _UNDER_WAY.items() if os.path.lexists(os.path.join(git_dir, mark)))
    return next(there, "")
