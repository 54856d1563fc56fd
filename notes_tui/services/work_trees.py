"""Whether a folder lies in a git work tree that is shared. Git itself is not run, so nothing in it is either."""

from __future__ import annotations

import os
import re
from pathlib import Path

_REMOTE = re.compile(r"^\s*\[\s*(remote\s|include)", re.MULTILINE | re.IGNORECASE)


def lies_in_one(folder: Path) -> bool:
    """Whether a folder lies in what looks like a git work tree."""
    start = Path(os.path.realpath(folder))
    return any(os.path.lexists(each / ".git") for each in (start, *start.parents))


def has_remote(folder: Path) -> bool:
    """Whether the work tree around a folder has a remote. Where that cannot be told, it counts as having one."""
    start = Path(os.path.realpath(folder))
    for each in (start, *start.parents):
        mark = each / ".git"
        if mark.exists():
            return _names_a_remote(mark)
    return False


def _names_a_remote(mark: Path) -> bool:
    try:
        repository = mark if mark.is_dir() else _linked(mark)
        common = repository / "commondir"
        if common.is_file():
            repository = repository / common.read_text(encoding="utf-8").strip()
        config = (repository / "config").read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):
        return True
    return bool(_REMOTE.search(config)) or any(
        (repository / name).is_dir() and any((repository / name).iterdir())
        for name in ("remotes", "branches")
    )


def _linked(mark: Path) -> Path:
    """The repository a ``.git`` file points to, as work trees and submodules have it."""
    return mark.parent / mark.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
