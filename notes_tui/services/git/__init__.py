"""A vault shared between machines by the user's own git: what is committed, pulled, merged and pushed.

``WorkTree`` is what to call; ``committing``, ``pulling`` and ``pushing`` do its work. A pull is merged by
``merging`` in an index of its own: ``vault_merge`` and ``renames`` go through the files of the vault,
``contents`` makes one of two versions of a file (``pages`` of one that is written anew), and
``conflict_records`` keeps what nobody but a person can settle. ``driver`` lets the user's own ``git merge`` and ``git pull`` do the same.
"""

from __future__ import annotations

from notes_tui.services.git.command import GitError, UnreachableError
from notes_tui.services.git.committing import Committed
from notes_tui.services.git.conflict_records import CONFLICTS, ConflictRecord, is_record, read_record
from notes_tui.services.git.pulling import Pulled
from notes_tui.services.git.pushing import Pushed
from notes_tui.services.git.state import TreeState
from notes_tui.services.git.work_tree import WorkTree

__all__ = [
    "CONFLICTS",
    "Committed",
    "ConflictRecord",
    "GitError",
    "Pulled",
    "Pushed",
    "TreeState",
    "UnreachableError",
    "WorkTree",
    "is_record",
    "read_record",
]
