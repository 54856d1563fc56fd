"""Text with control characters in an editor: shown as pictures, given back as it was.

A note that came from elsewhere may hold characters a terminal would obey. The editor shows a harmless
one in the place of each, and the text that leaves the editor has the first ones again: opening a note
and changing a word of it changes that word alone.
"""

from __future__ import annotations

from notes_tui.model.text import printable

_SPARE = (*"▯▮◫◰◱◲◳◴◵◶◷", *map(chr, range(0xE000, 0xF900)))
"""What stands in where the usual picture occurs in the text itself or is taken."""


class Disguise:
    """The two ways between a text as it is kept and as it is shown while it is edited."""

    def __init__(self) -> None:
        self._crlf = False
        self._stand_ins: dict[str, str] = {}

    def show(self, text: str) -> str:
        """A text as the editor shows it. From here on, :meth:`keep` is the way back from this text."""
        self._crlf = "\r\n" in text and text.count("\r\n") == text.count("\n")
        plain = text.replace("\r\n", "\n") if self._crlf else text
        self._stand_ins = {}
        taken = set(plain)
        for control in sorted(character for character in taken if _is_obeyed(character)):
            choices = (printable(control), *_SPARE)
            stand_in = next(each for each in choices if each not in taken)
            self._stand_ins[control] = stand_in
            taken.add(stand_in)
        return plain.translate({ord(control): stand_in for control, stand_in in self._stand_ins.items()})

    def keep(self, text: str) -> str:
        """A text of the editor as it is kept."""
        kept = text
        if self._stand_ins:
            kept = text.translate({ord(stand_in): control for control, stand_in in self._stand_ins.items()})
        return kept.replace("\n", "\r\n") if self._crlf else kept


def _is_obeyed(character: str) -> bool:
    """Whether a character is more than a sign to a terminal, or ends a line for an editor."""
    return printable(character) != character
