"""Commits of named files that leave the user's index as it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from notes_tui.services.git.command import Git, GitError, joined, refusal

_FROM_INPUT = ("--pathspec-from-file=-", "--pathspec-file-nul")


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit took in."""

    commit: str = ""
    """Empty where nothing had changed."""
    paths: tuple[str, ...] = ()
    """Relative to the top of the work tree."""
    ignored: tuple[str, ...] = ()
    """Files that were named but that the user's ``.gitignore`` keeps out."""


def commit(git: Git, prefix: str, paths: Sequence[str], message: str) -> Committed:
    """Commit what changed among ``paths``, named from the top of the work tree and all below ``prefix``.

    Git itself makes the commit (as ``git commit --only`` does): hooks, signing and filters are the user's.
    New files are announced to the index first, and taken back where the commit fails.
    """
    wanted = set(paths)
    if not wanted:
        return Committed()
    ignored = tuple(sorted(_ignored(git, prefix, wanted)))
    changed, unknown = _changes(git, prefix, wanted.difference(ignored))
    if not changed:
        return Committed(ignored=ignored)
    _require_name(git)
    try:
        if unknown:
            git.answer("add", "--intent-to-add", *_FROM_INPUT, given=joined(unknown))
        words = ("commit", "--only", "--quiet", "-m", message, *_FROM_INPUT)
        done = git.run(*words, given=joined(changed), english=False)
        if done.status:
            raise _failed(refusal("commit", done))
    except BaseException:  # an interruption, too, leaves the index as it was; it goes on up
        if unknown:
            words = ("rm", "--cached", "--quiet", "--force", "--ignore-unmatch", *_FROM_INPUT)
            git.run(*words, given=joined(unknown))
        raise
    return Committed(git.text("rev-parse", "HEAD"), tuple(changed), ignored)


def _ignored(git: Git, prefix: str, paths: set[str]) -> set[str]:
    """Those that ``.gitignore`` keeps out and that are not committed all the same."""
    here = "./"
    unknown = paths.difference(git.answer("ls-files", "-z", "--", prefix or ".").fields)
    given = joined(here + path for path in sorted(unknown))
    found = git.run("check-ignore", "-z", "--stdin", given=given, extra={"GIT_LITERAL_PATHSPECS": "0"})
    if found.status > 1:
        raise refusal("check-ignore", found)
    return {path.removeprefix(here) for path in found.fields}


def _changes(git: Git, prefix: str, paths: set[str]) -> tuple[list[str], list[str]]:
    """Which of the files differ from the last commit, and which of these git does not know yet.

    A file in whose place there is a folder goes by itself when files of that folder are committed.
    """
    words = (
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--ignore-submodules=all",
    )
    found = git.answer(*words, "--", prefix or ".").fields
    changed = {line[3:] for line in found} & paths
    changed -= {path for path in changed if os.path.isdir(os.path.join(git.folder, path))}
    return sorted(changed), sorted(line[3:] for line in found if line[:2] == "??" and line[3:] in changed)


def _require_name(git: Git) -> None:
    found = git.run("var", "GIT_COMMITTER_IDENT")
    if found.status:
        raise GitError(
            "git does not know your name, which stands on every commit",
            hint="git config --global user.name NAME, and user.email likewise",
        )


def _failed(error: GitError) -> GitError:
    """The refusal of a commit, which may be a hook's."""
    error.hint = error.hint or "nothing was committed; a hook of the repository may have refused it"
    return error
