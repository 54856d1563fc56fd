"""The fields of an item as a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from notes_tui.tui.dialogs.base import Dialog


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field with its text as it stands."""

    name: str
    label: str
    value: str
    multiline: bool = False
    help: str = ""


class EditDialog(Dialog[dict[str, str]]):
    """Asks for corrections; the result holds the changed fields alone.

    ``check`` gets the changed fields and returns what is wrong, by field name.
    """

    def __init__(
        self, title: str, fields: Sequence[FieldValue],
        check: Callable[[Mapping[str, str]], dict[str, str]] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title)
        self.fields = fields
        self.check = check
