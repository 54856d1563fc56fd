"""A vault in a git work tree: what can be asked of it and done with it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from notes_tui.services.git import driver
from notes_tui.services.git.command import Git, GitError, refusal
from notes_tui.services.git.committing import Committed, commit
from notes_tui.services.git.objects import contents
from notes_tui.services.git.pulling import Pulled, pull
from notes_tui.services.git.pushing import Pushed, push
from notes_tui.services.git.state import TreeState, state_of, trouble_of

PULL_MESSAGE = "Merge notes of another machine"


class WorkTree:
    """The work tree that a folder lies in. Paths are relative to that folder, with slashes."""

    def __init__(self, git: Git, prefix: str, git_dir: str) -> None:
        self.git = git
        self.prefix = prefix
        """The folder relative to the top of the work tree, ended by a slash; empty where it is the top."""
        self.git_dir = git_dir

    @classmethod
    def find(cls, folder: str | Path, *, ask: bool = False) -> WorkTree | None:
        """The work tree around a folder (which may yet be missing); ``None`` where there is none.

        ``ask`` says that a person is at the terminal, whom git may ask for a password. Raises
        :class:`GitError` where the folder lies in a work tree but git is not installed or refuses it.
        """
        real = Path(os.path.realpath(Path(folder).expanduser()))
        around = (real, *real.parents)
        if not any(os.path.lexists(each / ".git") for each in around):
            return None
        start = next(each for each in around if each.is_dir())
        git = Git(str(start), ask=ask)
        found = git.run("rev-parse", "--show-toplevel")
        if found.status:
            raise refusal("rev-parse", found)
        top = os.path.realpath(found.text)
        git_dir = git.text("rev-parse", "--absolute-git-dir")
        inside = os.path.relpath(real, top).replace(os.sep, "/")
        if inside.startswith("../"):
            raise GitError(f"{folder}: git takes {top} for its work tree, which does not hold the folder")
        return cls(Git(top, ask=ask), "" if inside == "." else f"{inside}/", git_dir)

    def state(self) -> TreeState:
        """Branch, remote, what is unfinished: see :class:`TreeState`. The network is not used."""
        return state_of(self.git, self.git_dir)

    def require_ready(self) -> TreeState:
        """The state, where commits and merges can be made. Raises :class:`GitError` that says what is in the way."""
        state = self.state()
        if state.trouble:
            raise state.trouble
        return state

    def commit(self, paths: Iterable[str], message: str) -> Committed:
        """Commit what changed among these files (new, changed and deleted ones), and nothing else.

        What is staged of other files stays staged. Raises :class:`GitError`; then nothing is committed.
        """
        if trouble := trouble_of(self.git, self.git_dir):
            raise trouble
        return commit(self.git, self.prefix, [self.prefix + path for path in paths], message)

    def tracked(self, folder: str) -> list[str]:
        """The files below a folder that git has on record, those deleted since among them."""
        found = self.git.answer("ls-files", "-z", "--", f"{self.prefix}{folder}").fields
        return [path.removeprefix(self.prefix) for path in found]

    def deleted(self) -> dict[str, bytes]:
        """What git has on record of files that are not there any more, by path."""
        found = self.git.answer("ls-files", "-z", "--deleted", "--", self.prefix or ".").fields
        names = {path.removeprefix(self.prefix): f":{path}" for path in found if "\n" not in path}
        texts = contents(self.git, names.values())
        return {path: texts[name] for path, name in names.items()}

    def pull(self, message: str = PULL_MESSAGE) -> Pulled:
        """Fetch what the branch follows and merge it, by the rules of the vault where both sides changed a file.

        The merge is made beside the work tree and taken over in one step of git that touches no file with
        changes that are not committed: where it cannot be done, nothing has happened. Raises
        :class:`GitError`, :class:`UnreachableError` where the remote does not answer.
        """
        return pull(self.git, self.require_ready(), self.prefix, message)

    def push(self) -> Pushed:
        """Send the branch to its remote, and let it follow that from then on.

        A push that was overtaken by another machine's is an answer (``overtaken``): pull and push again.
        Raises :class:`GitError`, :class:`UnreachableError`.
        """
        return push(self.git, self.require_ready())

    @property
    def has_driver(self) -> bool:
        """Whether the user's own ``git merge`` and ``git pull`` merge the vault by this program."""
        return driver.is_installed(self.git, self.prefix)

    def install_driver(self) -> list[str]:
        """Make it so; the caller has asked. Writes to the repository of this machine, returns which files."""
        return driver.install(self.git, self.prefix)

    def remove_driver(self) -> list[str]:
        """Take that back. Returns the files that were written."""
        return driver.remove(self.git, self.prefix)
