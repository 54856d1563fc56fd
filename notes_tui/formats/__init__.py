"""Text to model and back: one module or sub-package a format, none of which knows another.

A module that reads or writes files of a kind has a ``FORMAT``; being in this folder is its
registration. Parsers are imported by the functions that need them, so looking through all formats is
cheap.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from functools import cache

from notes_tui.errors import InvalidValueError
from notes_tui.model.format import Format

_RECOGNISABLE = 20_000
"""Characters at the beginning of a text that are looked at."""

_FIRST_ASKED = {".bib": "bibtex", ".bibtex": "bibtex", ".biblatex": "bibtex", ".ris": "ris"}
"""Modules that are asked before all others are loaded, by the ending of a file's name."""


@cache
def all_formats() -> tuple[Format, ...]:
    """Every format, by name."""
    modules = (importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__))
    found = (getattr(module, "FORMAT", None) for module in modules)
    return tuple(sorted((each for each in found if isinstance(each, Format)), key=lambda each: each.name))


def format_named(name: str) -> Format:
    """The format with this name. Raises :class:`InvalidValueError` with the names there are."""
    if (module := name.lower()) in _FIRST_ASKED.values():
        found: Format = importlib.import_module(f"{__name__}.{module}").FORMAT
        return found
    for each in all_formats():
        if each.name == name.lower():
            return each
    raise InvalidValueError(
        f"format {name!r}", hint=f"one of {', '.join(each.name for each in all_formats())}"
    )


def format_of(text: str, file: str = "") -> Format | None:
    """The format of a text, by the ending of its file's name and by how it begins; ``None`` if unknown."""
    beginning = text[:_RECOGNISABLE]
    if likely := _FIRST_ASKED.get(os.path.splitext(file.lower())[1]):
        first = format_named(likely)
        if first.recognises and first.recognises(beginning):
            return first
    readable = [each for each in all_formats() if each.read]
    by_suffix = [each for each in readable if file.lower().endswith(each.suffixes)]
    for candidates in (by_suffix, readable):
        for each in candidates:
            if each.recognises and each.recognises(beginning):
                return each
        if len(candidates) == 1:
            return candidates[0]
    return None
