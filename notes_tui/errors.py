"""The one family of errors: what went wrong, with which thing, and what to do about it.

Low rooms raise these, services let them pass, and only the command line and the interface catch
them: the first prints ``error: title: detail`` and ``hint: …``, the second shows a toast.
"""

from __future__ import annotations


class NotesError(Exception):
    """A failure a person can act on.

    ``title`` says what kind of thing went wrong, ``detail`` names the thing (a citekey, a file and
    line, a key of the config) and ``hint`` says what to do.
    """

    title = "something went wrong"
    exit_code = 1

    def __init__(self, detail: str, *, hint: str = "", title: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint
        if title is not None:
            self.title = title

    def __str__(self) -> str:
        return f"{self.title}: {self.detail}"


class UnknownItemError(NotesError):
    """No item answers to the key that was given."""

    title = "no such item"


class AmbiguousItemError(NotesError):
    """Several items answer to the key that was given."""

    title = "more than one item fits"


class CitekeyTakenError(NotesError):
    """The citekey (or alias) belongs to another item."""

    title = "citekey already in use"


class UnknownCollectionError(NotesError):
    """No collection has that slug."""

    title = "no such collection"


class UnknownThingError(NotesError):
    """A note, tag, annotation, view or section that does not exist was named."""

    title = "not found"


class InvalidValueError(NotesError):
    """A value is outside what its field can hold."""

    title = "not a valid value"


class UsageError(NotesError):
    """The command line does not make sense."""

    title = "wrong usage"
    exit_code = 2


class UnreadableFileError(NotesError):
    """A file is missing, not readable, or not of the kind that was expected."""

    title = "cannot read"


class MissingExtraError(NotesError):
    """An optional part of the program is not installed."""

    title = "not installed"


class UnwritableFileError(NotesError):
    """A file or folder cannot be written."""

    title = "cannot write"


class NetworkError(NotesError):
    """A service could not be reached, did not answer as it should, or leads where nothing may be asked."""

    title = "network"


class ConfigError(NotesError):
    """``config.yaml`` holds something that cannot be used."""

    title = "config.yaml"


class StoreError(NotesError):
    """The database cannot be opened, is damaged, locked, full, or from a newer program."""

    title = "database"


class EditConflictError(NotesError):
    """What was being edited has been changed elsewhere meanwhile; both versions are at hand."""

    title = "changed in two places"

    def __init__(self, detail: str, *, mine: str, theirs: str) -> None:
        super().__init__(detail, hint="keep one of the two, or join them by hand")
        self.mine = mine
        self.theirs = theirs


class NothingToUndoError(NotesError):
    """The journal has no step in that direction."""

    title = "nothing to do"
