"""Folders that another service keeps alike on several machines, and the copies it makes where two differ.

Such a service copies a database while it is written, which can damage it; and where a note was edited
on two machines it keeps both as files, one under a name with a remark. The names are those that the
services give by themselves.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_NAMES = (
    (re.compile(r"dropbox( \(.+\)|-personal)?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"onedrive( ?- ?.+)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"google ?drive([ -].+)?", re.IGNORECASE), "Google Drive"),
    (re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents", re.IGNORECASE), "iCloud Drive"),
    (re.compile(r"nextcloud\d*", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"owncloud\d*", re.IGNORECASE), "ownCloud"),
    (re.compile(r"syncthing", re.IGNORECASE), "Syncthing"),
    (re.compile(r"seafile( \(.+\))?|seadrive", re.IGNORECASE), "Seafile"),
    (re.compile(r"pcloud ?drive|pcloudsync", re.IGNORECASE), "pCloud"),
    (re.compile(r"megasync|mega sync", re.IGNORECASE), "MEGA"),
    (re.compile(r"box sync|box-box", re.IGNORECASE), "Box"),
    (re.compile(r"synologydrive|synology drive", re.IGNORECASE), "Synology Drive"),
)
"""Folders as the services name them when they are installed."""
_MARKS = {
    ".stfolder": "Syncthing", ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive", ".owncloudsync.log": "ownCloud", ".nextcloudsync.log": "Nextcloud",
    ".seafile-data": "Seafile", ".SynologyWorkingDirectory": "Synology Drive",
}  # fmt: skip
"""What the services leave in the folder they keep, whatever its name."""
_STAMP = r"\d{4}-\d\d-\d\d[ \d-]*"
_COPIES = (
    re.compile(rf"(?P<stem>.+) \((?:[^()]*\S )?conflicted copy(?: {_STAMP})?(?: ?\(\d+\))?\)", re.IGNORECASE),
    re.compile(
        rf"(?P<stem>.+?) ?[(（][^()（）]*(?:冲突副本|冲突的副本|衝突複本|衝突的複本)(?: ?{_STAMP})?[)）]"
    ),
    re.compile(r"(?P<stem>.+)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?"),
    re.compile(r"(?P<stem>.+)_conflict-\d{8}-\d{6}"),
    re.compile(r"(?P<stem>.+) \(SFConflict [^()]+\)(?:-\d+)?"),
    re.compile(r"(?P<stem>.+) \[conflicted\d*\]"),
    re.compile(r"(?P<stem>.+)-(?:DESKTOP|LAPTOP)-[A-Z0-9]{6,8}(?:-\d+)?"),
)
"""Stems of copies: Dropbox, ownCloud and Nextcloud (also in Chinese, also before 2019), Syncthing, Seafile,
pCloud, OneDrive (which appends the name of the machine, told only where it is one that Windows made up)."""


def cloud_folder(path: str | Path) -> str | None:
    """The service that keeps the folder a path lies in alike on several machines, ``None`` where none is known."""
    real = Path(os.path.realpath(Path(path).expanduser()))
    for folder in (real, *real.parents):
        for pattern, service in _NAMES:
            if pattern.fullmatch(folder.name):
                return service
        for mark, service in _MARKS.items():
            if os.path.lexists(folder / mark):
                return service
    return None


def is_conflicted_copy(name: str) -> str | None:
    """The name of the file that this one is a copy of, as a service names copies; ``None`` where it is none.

    ``moe (conflicted copy 2024-01-02).md`` is a copy of ``moe.md``.
    """
    stem, dot, suffix = name.rpartition(".")
    for whole, ending in ((stem, dot + suffix), (name, "")):
        for pattern in _COPIES:
            if found := pattern.fullmatch(whole):
                return found["stem"] + ending
    return None
