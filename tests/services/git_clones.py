"""Clones of a vault with a bare remote between them, made by the real git in a folder of the test."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from notes_tui.services.git import Pulled, WorkTree


def git(folder: Path, *words: str) -> str:
    """What git says, run in a folder; it has to succeed."""
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return os.fsdecode(done.stdout)


def prepare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give git a user of its own, and nothing of the machine's settings."""
    (tmp_path / "user").mkdir(exist_ok=True)
    config = tmp_path / "user" / ".gitconfig"
    config.write_text("[user]\n\tname = Test\n\temail = test@example.org\n[init]\n\tdefaultBranch = main\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@dataclass(frozen=True)
class Clone:
    """One machine's copy of the vault."""

    top: Path
    inside: str = ""
    """The vault's folder in the work tree."""

    @property
    def vault(self) -> Path:
        return self.top / self.inside

    @property
    def tree(self) -> WorkTree:
        found = WorkTree.find(self.vault)
        assert found is not None
        return found

    def read(self, path: str) -> str:
        return (self.vault / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        place = self.vault / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def files(self) -> dict[str, bytes]:
        """Every file of the vault with its bytes."""
        return {
            path.relative_to(self.vault).as_posix(): path.read_bytes()
            for path in sorted(self.vault.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.top).parts[:1]
        }

    def commit(self, message: str = "Notes") -> str:
        """Commit all files of the vault: those there and those gone since the last commit."""
        known = git(self.vault, "ls-files", "-z", ".").split("\0")[:-1]
        return self.tree.commit({*known, *self.files()}, message).commit

    def sync(self) -> Pulled:
        """Commit, pull, push; again where another machine was faster."""
        self.commit()
        tree = self.tree
        for _ in range(3):
            pulled = tree.pull()
            if not tree.push().overtaken:
                return pulled
        raise AssertionError("overtaken three times in a row")


def bare(folder: Path) -> Path:
    """An empty repository to push to."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "--bare")
    return folder


def clone(remote: Path, folder: Path, inside: str = "") -> Clone:
    """A clone of it."""
    git(remote, "clone", "-q", str(remote), str(folder))
    made = Clone(folder, inside)
    made.vault.mkdir(parents=True, exist_ok=True)
    return made
