"""PDFium behind two small handles: a document and a page of it.

PDFium is not safe in several threads, not even with several documents, so every call is made while
:data:`LOCK` is held; whoever reads a document holds it a page at a time. Handles are closed by ``with``.
When the program ends, PDFium is taken down; readers in other threads are stopped before that.
"""

from __future__ import annotations

import atexit
import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from notes_tui.errors import MissingExtraError, UnreadableFileError
from notes_tui.formats.pdf.repair import repaired

LOCK = threading.RLock()
"""Held during every call of PDFium."""

ENDING = threading.Event()
"""Set when the program ends: nothing more is read, and no handle is closed."""
_LAST_WAIT = 5.0
"""Seconds that the end of the program waits for a page being read."""
_LONGEST_TEXT = 1 << 24
"""Bytes of one string of the file (a comment, a title) that are taken."""
_USUAL_TEXT = 256
"""Bytes that most strings fit into."""
_DAMAGED = 3
_REASONS = {
    2: ("it cannot be read", "check its permissions"),
    _DAMAGED: ("it is damaged or no PDF", "open it in a viewer and save it again, or get it anew"),
    4: ("it is encrypted and asks for a password", "save a copy without a password and take that"),
    5: ("it is encrypted in a way that is not known", "save a copy without encryption and take that"),
}
_NO_REASON = ("it cannot be opened", "open it in a viewer and save it again")


@cache
def library() -> ModuleType:
    """PDFium's functions. Raises :class:`MissingExtraError` where the extra is not installed."""
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtraError(
            "reading PDFs needs pypdfium2", hint="pip install 'notes-tui[pdf]'"
        ) from error
    raw: ModuleType = pypdfium2.raw
    atexit.register(_end)
    return raw


def _end() -> None:
    """Stop all readers. Registered after pypdfium2's own end, and so called before it."""
    ENDING.set()
    LOCK.acquire(timeout=_LAST_WAIT)


def text_of(call: Callable[[Any, int], int]) -> str:
    """The text that a function of PDFium writes into a buffer of UTF-16; ``call`` takes buffer and size."""
    size = _USUAL_TEXT
    while True:
        buffer = (ctypes.c_ushort * (size // 2))()
        needed = call(buffer, size)
        if needed <= 2 or needed > _LONGEST_TEXT:
            return ""
        if needed <= size:
            return bytes(buffer)[: needed - 2].decode("utf-16-le", "replace")
        size = needed + needed % 2


class Document:
    """An open PDF."""

    def __init__(self, handle: Any, *, is_repaired: bool = False) -> None:
        self.handle = handle
        self.pdfium = library()
        self.is_repaired = is_repaired
        """Whether parts of the file may be lost."""

    @property
    def pages(self) -> int:
        """How many pages the file says it has."""
        return max(int(self.pdfium.FPDF_GetPageCount(self.handle)), 0)

    def label(self, index: int) -> str:
        """What a page (from 0) calls itself."""
        return text_of(lambda to, size: self.pdfium.FPDF_GetPageLabel(self.handle, index, to, size))

    def metadata(self, key: str) -> str:
        """An entry of the information dictionary."""
        name = key.encode("ascii")
        return text_of(lambda to, size: self.pdfium.FPDF_GetMetaText(self.handle, name, to, size))

    @property
    def permanent_id(self) -> str:
        """The half of the trailer's ``/ID`` that survives saving, in hexadecimal digits."""
        size = self.pdfium.FPDF_GetFileIdentifier(self.handle, 0, None, 0)
        if not 1 < size <= 257:
            return ""
        buffer = ctypes.create_string_buffer(size)
        self.pdfium.FPDF_GetFileIdentifier(self.handle, 0, buffer, size)
        return buffer.raw[: size - 1].hex()


def _loaded(data: bytes) -> tuple[Any, int]:
    """PDFium's handle, or the number of the error."""
    pdfium = library()
    with LOCK:
        handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        return handle, 0 if handle else int(pdfium.FPDF_GetLastError())


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Document]:
    """The document in these bytes, with the empty password where it is encrypted.

    Raises :class:`UnreadableFileError`, which says whether it is damaged or wants a password.
    """
    pdfium = library()
    handle, error = _loaded(data)
    mended = repaired(data) if error == _DAMAGED else None
    if mended:
        handle, _ = _loaded(mended)
    if not handle:
        reason, hint = _REASONS.get(error, _NO_REASON)
        raise UnreadableFileError(f"{name}: {reason}", hint=hint)
    try:
        yield Document(handle, is_repaired=mended is not None)
    finally:
        with LOCK:
            if not ENDING.is_set():
                pdfium.FPDF_CloseDocument(handle)


@contextmanager
def opened_page(document: Document, index: int) -> Iterator[Any]:
    """PDFium's handle of a page (from 0), or ``None`` where the page is broken. The lock is held meanwhile."""
    with LOCK:
        page = document.pdfium.FPDF_LoadPage(document.handle, index)
        try:
            yield page or None
        finally:
            if page and not ENDING.is_set():
                document.pdfium.FPDF_ClosePage(page)
