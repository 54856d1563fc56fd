"""Which processes are still there, the unfinished files that those gone have left, and how this one works in bulk."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROCESS = re.compile(r"[.-](\d+)\.(?:db|part)(?:-wal|-shm|-journal)?$")


def is_running(process: int) -> bool:
    """Whether a process of this machine has that id."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def clear_unfinished(folder: Path, pattern: str) -> None:
    """Delete files that carry the id of a process that is gone, among those a pattern names; a folder goes whole."""
    for path in folder.glob(pattern):
        found = _PROCESS.search(path.name)
        if not found or is_running(int(found[1])):
            continue
        if path.is_dir() and not path.is_symlink():
            import shutil

            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def no_collecting() -> Iterator[None]:
    """Let Python look for no circles of objects for a while: work in bulk makes many objects and no circles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
