"""PDFs that may be read by everybody, brought into the attachments of a home under the hash of their content."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from notes_tui.errors import NetworkError, NotesError, UnwritableFileError
from notes_tui.model.item import Item
from notes_tui.services.fetching_answers import arxiv_of
from notes_tui.services.net.client import Client
from notes_tui.settings import Sources

MAX_PDF = 200 * 1024 * 1024
_BEGINNING = 1024
"""Bytes at the beginning among which ``%PDF-`` must stand."""


@dataclass(frozen=True, slots=True)
class FetchedPdf:
    """A PDF that was brought in for an item."""

    item_id: int
    citekey: str
    url: str
    path: str
    """Where it lies in the home."""

    def as_dict(self) -> dict[str, str]:
        """``{citekey, url, path}``."""
        return {"citekey": self.citekey, "url": self.url, "path": self.path}


def addresses_of(item: Item, named: Iterable[str], sources: Sources) -> list[str]:
    """Where the PDF of an item may lie: at arXiv first, then where the services named an open copy."""
    paper = arxiv_of(item)
    at_arxiv = [f"{sources.addresses['arxiv-pdf']}/{paper}"] if paper else []
    return list(dict.fromkeys([*at_arxiv, *filter(None, named)]))


def bring(client: Client, item: Item, addresses: Sequence[str], folder: Path) -> FetchedPdf:
    """The first PDF that is got from one of some addresses. Raises :class:`NetworkError` where none is."""
    reason = "no open copy is known"
    for url in addresses:
        try:
            return FetchedPdf(item.item_id, item.citekey, url, _kept(client, url, folder))
        except UnwritableFileError:
            raise
        except NotesError as error:
            reason = error.detail
    raise NetworkError(f"{item.citekey}: {reason}", hint="`notes-tui attach` takes a file you have")


class _Hashed:
    """A file that is written, with the hash of what is in it and its beginning."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.begin()

    def begin(self) -> None:
        """Forget what was written."""
        self.file.seek(0)
        self.file.truncate()
        self.hash = hashlib.sha256()
        self.beginning = b""

    def write(self, data: bytes, /) -> None:
        """Take some bytes. Raises :class:`NetworkError` as soon as it is plain that they are no PDF."""
        if len(self.beginning) < _BEGINNING:
            self.beginning += data[:_BEGINNING]
            if len(self.beginning) >= _BEGINNING:
                self.check()
        self.hash.update(data)
        self.file.write(data)

    def check(self) -> None:
        """Raise :class:`NetworkError` for what does not begin as a PDF does."""
        if b"%PDF-" not in self.beginning[:_BEGINNING]:
            raise NetworkError("what came is no PDF", hint="open the page in a browser")


def _kept(client: Client, url: str, folder: Path) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".new-", suffix=".pdf")
    except OSError as error:
        raise UnwritableFileError(
            f"{folder}: {error.strerror}", hint="check its permissions and space"
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            hashed = _Hashed(file)
            client.download(url, hashed, limit=MAX_PDF, accept="application/pdf, */*;q=0.5")
            hashed.check()
        place = folder / f"{hashed.hash.hexdigest()}.pdf"
        os.chmod(name, 0o644)
        os.replace(name, place)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
    return str(place)
