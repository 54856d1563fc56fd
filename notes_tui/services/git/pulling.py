"""Taking in what other machines pushed: fetched, merged beside the work tree, then taken over in one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from notes_tui.services.git.command import (
    NETWORK_LIMIT,
    Answer,
    Git,
    GitError,
    TooSlowError,
    UnreachableError,
    refusal,
)
from notes_tui.services.git.merging import Merger
from notes_tui.services.git.state import TreeState
from notes_tui.services.git.vault_merge import Outcome

_NO_SUCH_BRANCH = "couldn't find remote ref"
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What a pull brought."""

    kind: Literal["nothing", "forward", "merged"]
    """Whether there was nothing new, only news of others, or news of both sides."""
    before: str = ""
    """The commit that was checked out, empty where there was none."""
    after: str = ""
    merged: tuple[str, ...] = ()
    """Files of the vault that both sides had changed, relative to the vault."""
    restored: tuple[str, ...] = ()
    """Files that one side had deleted and the other changed: they are there."""
    conflicts: tuple[str, ...] = ()
    """Files with lines that both sides changed, each in its own way; the versions are in ``.notes-tui/conflicts/``."""
    note: str = ""
    """Why there was nothing, where that needs words."""


def pull(git: Git, state: TreeState, prefix: str, message: str) -> Pulled:
    """Fetch and merge, as :meth:`WorkTree.pull` says."""
    if not state.remotes:
        return Pulled(kind="nothing", before=state.head, after=state.head, note="there is no remote")
    if trouble := state.no_remote_branch():
        raise trouble
    theirs, note = _fetched(git, state)
    if not theirs or (state.head and _contains(git, state.head, theirs)):
        return Pulled(kind="nothing", before=state.head, after=state.head, note=note)
    if not state.head or _contains(git, theirs, state.head):
        _take_over(git, theirs)
        return Pulled(kind="forward", before=state.head, after=theirs)
    merger = Merger(git, prefix)
    commit = merger.commit(state.head, theirs, message)
    _take_over(git, commit)
    return _pulled(state.head, commit, merger.outcome)


def _pulled(before: str, after: str, outcome: Outcome) -> Pulled:
    return Pulled(
        kind="merged", before=before, after=after, merged=tuple(outcome.merged),
        restored=tuple(outcome.restored), conflicts=tuple(outcome.conflicts),
    )  # fmt: skip


def over_network(git: Git, *words: str) -> Answer:
    """Run a command that talks to a remote. Raises :class:`UnreachableError` where that does not answer in time."""
    try:
        return git.run(*words, limit=NETWORK_LIMIT)
    except TooSlowError as error:
        raise UnreachableError(error.detail, hint=error.hint) from error


def unreachable(words: str, answer: Answer) -> UnreachableError:
    """A remote that did not answer, or lets nobody in, in git's words."""
    found = refusal(words, answer)
    return UnreachableError(
        found.detail, hint=found.hint or "what is here is safe; check the connection and sync again"
    )


def _fetched(git: Git, state: TreeState) -> tuple[str, str]:
    """The newest commit of the remote's branch; empty, and why, where it has none."""
    words = ("fetch", "--quiet", "--no-recurse-submodules", state.remote, state.remote_branch)
    found = over_network(git, *words)
    if found.status and _NO_SUCH_BRANCH in found.err:
        return "", _without_branch(git, state)
    if found.status:
        raise unreachable("fetch", found)
    return git.text("rev-parse", "--verify", "FETCH_HEAD^{commit}"), ""


def _without_branch(git: Git, state: TreeState) -> str:
    found = over_network(git, "ls-remote", "--heads", state.remote)
    if found.status:
        raise unreachable("ls-remote", found)
    names = [line.partition("\t")[2].removeprefix("refs/heads/") for line in found.text.split("\n") if line]
    branch = state.remote_branch.removeprefix("refs/heads/")
    if not names:
        return f"{state.remote} is empty"
    more = " …" if len(names) > _SHOWN else ""
    return f"{state.remote} has no branch {branch} (it has {', '.join(names[:_SHOWN])}{more})"


def _contains(git: Git, commit: str, earlier: str) -> bool:
    return git.run("merge-base", "--is-ancestor", earlier, commit).status == 0


def _take_over(git: Git, commit: str) -> None:
    """Move branch, index and files to a commit that holds all of theirs; git refuses where words would be lost."""
    found = git.run("merge", "--ff-only", "--quiet", "--no-autostash", "--no-overwrite-ignore", commit)
    if not found.status:
        return
    files = [line.strip() for line in found.err.splitlines() if line.startswith("\t")]
    if not files:
        raise refusal("merge", found)
    shown = ", ".join(files[:_SHOWN]) + (" …" if len(files) > _SHOWN else "")
    raise GitError(
        f"the merge would overwrite files with changes that are not committed: {shown}; nothing was touched",
        hint="commit them, or put them away with `git stash -u`, then sync again",
    )
