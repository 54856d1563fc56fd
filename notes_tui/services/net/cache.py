"""Answers kept on disk in the home, so that a run that was interrupted asks nothing twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

FRESH = 7 * 24 * 3600.0
"""Seconds during which an answer is used without asking again."""
KEPT = 90 * 24 * 3600.0
"""Seconds after which an answer that nobody wanted is forgotten."""


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """An answer with what is needed to ask whether it still holds."""

    url: str
    final_url: str
    fetched: float
    etag: str
    last_modified: str
    body: bytes


class Cache:
    """Answers by address, each in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, url: str) -> CachedAnswer | None:
        """The answer kept for an address. One that cannot be read is none."""
        try:
            head, _, body = self._place(url).read_bytes().partition(b"\n")
            known = json.loads(head)
            if known.pop("size") != len(body) or known["url"] != url:
                return None
            return CachedAnswer(body=body, **known)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def put(self, answer: CachedAnswer) -> None:
        """Keep an answer. A disk that does not take it is no reason to stop."""
        head = asdict(answer)
        body = head.pop("body")
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(head | {"size": len(body)}).encode() + b"\n" + body)
                os.replace(name, self._place(answer.url))
            except OSError:
                os.unlink(name)

    def prune(self, now: float | None = None) -> None:
        """Forget answers that are very old."""
        limit = (time.time() if now is None else now) - KEPT
        with suppress(OSError):
            for file in self.folder.iterdir():
                if file.stat().st_mtime < limit:
                    file.unlink()

    def _place(self, url: str) -> Path:
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()[:40]}.answer"
