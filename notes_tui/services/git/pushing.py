"""Sending a branch to its remote, never by force."""

from __future__ import annotations

from dataclasses import dataclass

from notes_tui.services.git.command import Git, GitError
from notes_tui.services.git.pulling import over_network, unreachable
from notes_tui.services.git.state import TreeState

_LOST_A_RACE = ("cannot lock ref", "failed to update ref", "incorrect old value", "fetch first")


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did."""

    sent: bool = False
    """Whether the remote has something new now."""
    overtaken: bool = False
    """Whether another machine pushed meanwhile: pull, then push again."""


def push(git: Git, state: TreeState) -> Pushed:
    """Push the branch, as :meth:`WorkTree.push` says."""
    if trouble := state.no_remote_branch():
        raise trouble
    if not state.head:
        return Pushed()
    follow = [] if state.has_upstream else ["--set-upstream"]
    target = f"refs/heads/{state.branch}:{state.remote_branch}"
    found = over_network(git, "push", "--porcelain", *follow, state.remote, target)
    lines = [line.split("\t") for line in found.text.splitlines() if line[1:2] == "\t"]
    flags = {line[0]: line[-1] for line in lines}
    if not found.status:
        return Pushed(sent="=" not in flags)
    reason = flags.get("!")
    if reason is None:
        raise unreachable("push", found)
    if reason.startswith("[rejected]") or any(sign in reason for sign in _LOST_A_RACE):
        return Pushed(overtaken=True)
    raise GitError(
        f"{state.remote} does not take the push: {reason}",
        hint="what is here is safe; pushing needs the right to write, and a bare repository on the other side",
    )
