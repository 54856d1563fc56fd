"""Two commits merged beside the work tree, in an index of its own: nothing of the user's is touched.

Git merges whole files. Every file of the vault that both sides changed is merged here, by the rules of
the vault; a conflict in any other file is left to git's own merge, and where that has one too there is
no merge at all.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence

from notes_tui.services.git.command import Git, GitError
from notes_tui.services.git.contents import is_vault_file
from notes_tui.services.git.objects import ScratchIndex, Stages, differences
from notes_tui.services.git.vault_merge import Outcome, VaultMerge

_SHOWN = 5


class Merger:
    """Merges commits of one repository for the vault at ``prefix``."""

    def __init__(self, git: Git, prefix: str) -> None:
        self.git = git
        self.prefix = prefix
        self.outcome = Outcome()
        """Of the latest merge."""
        self.empty = git.text("mktree", given=b"")

    def commit(self, ours: str, theirs: str, message: str) -> str:
        """The id of a new commit that joins two; no branch is moved. Raises :class:`GitError`."""
        tree = self._tree(self._base(ours, theirs), ours, theirs, strict=True)
        return self._commit(tree, (ours, theirs), message)

    def _commit(self, tree: str, parents: Sequence[str], message: str) -> str:
        signed = self.git.run("config", "--type=bool", "--get", "commit.gpgSign").text == "true"
        words = [word for parent in parents for word in ("-p", parent)]
        signing = ["--gpg-sign"] if signed else []
        return self.git.text("commit-tree", *signing, *words, "-F", "-", tree, given=f"{message}\n".encode())

    def _base(self, ours: str, theirs: str) -> str:
        """What both sides began from; where that are several commits, those merged."""
        bases = sorted(filter(None, self.git.run("merge-base", "--all", ours, theirs).text.split("\n")))
        if not bases:
            self._require_same_vault(theirs)
            return self.empty
        base, *others = bases
        for other in others:
            tree = self._tree(self._base(base, other), base, other, strict=False)
            base = self._commit(tree, (base, other), "Common base")
        return base

    def _require_same_vault(self, theirs: str) -> None:
        """Refuse to join histories that have nothing in common, unless both are of a vault at this place."""
        if self.git.run("rev-parse", "--is-shallow-repository").text == "true":
            raise GitError(
                "the history here is cut short, and so it is not known where the two parted",
                hint="git fetch --unshallow",
            )
        if self.git.run("cat-file", "-e", f"{theirs}:{self.prefix}.notes-tui").status:
            raise GitError(
                "the remote has a history of its own, and no vault in it",
                hint="if the two belong together: git pull --no-rebase --allow-unrelated-histories",
            )

    def _tree(self, base: str, ours: str, theirs: str, *, strict: bool) -> str:
        with tempfile.TemporaryDirectory(prefix="notes-tui-") as folder:
            index = ScratchIndex(self.git, folder, len(self.empty))
            index.read_three(base, ours, theirs)
            unmerged = index.unmerged()
            mine = {path: stages for path, stages in unmerged.items() if self._is_mine(path, stages)}
            foreign = unmerged.keys() - mine.keys()
            index.put(dict.fromkeys(foreign))
            self.outcome = VaultMerge(self.git, self.prefix, index, (base, ours, theirs)).run(mine)
            tree = index.write()
            if foreign and strict:
                self._merge_others(index, tree, ours, theirs, foreign)
                tree = index.write()
        return tree

    def _is_mine(self, path: str, stages: Stages) -> bool:
        return self._is_vault_path(path) and all(entry.is_plain for entry in stages.values())

    def _is_vault_path(self, path: str) -> bool:
        return path.startswith(self.prefix) and is_vault_file(path.removeprefix(self.prefix))

    def _merge_others(
        self, index: ScratchIndex, tree: str, ours: str, theirs: str, foreign: Collection[str]
    ) -> None:
        """Take what git's own merge makes of files that are not the vault's. Raises where it has conflicts, too."""
        words = ("merge-tree", "--write-tree", "-z", "--no-messages", "--allow-unrelated-histories")
        found = self.git.run(*words, ours, theirs)
        if found.status not in (0, 1) or not found.out:
            raise _conflicts(foreign)
        whole, *unmerged = found.fields
        paths = {line.partition("\t")[2] for line in unmerged if line}
        if others := sorted(path for path in paths if path in foreign or not self._is_vault_path(path)):
            raise _conflicts(others)
        changed = differences(self.git, tree, whole)
        index.put(
            {
                each.path: each.after
                for each in changed
                if each.path in foreign or not self._is_vault_path(each.path)
            }
        )


def _conflicts(paths: Collection[str]) -> GitError:
    paths = sorted(paths)
    shown = ", ".join(paths[:_SHOWN]) + (" …" if len(paths) > _SHOWN else "")
    return GitError(
        f"files that are not the vault's were changed here and on the remote: {shown}; nothing was merged",
        hint="join them with `git pull --no-rebase`, then sync again",
    )
