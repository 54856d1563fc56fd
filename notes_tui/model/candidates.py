"""The keys under which the items are looked up that may be the work of a reference."""

from __future__ import annotations

import re
from typing import Literal

from notes_tui.model.identity import match_keys
from notes_tui.model.item import Reference
from notes_tui.model.text import storable

KeyKind = Literal["title", "doi", "arxiv", "other", "citekey", "lettered"]
"""``other`` is an identifier that has no column of its own; ``lettered`` asks for citekeys that are the key with
a letter or two behind it."""
CandidateKey = tuple[KeyKind, str]
_UNFIT_FOR_KEYS = re.compile(r"[\s,{}\"#%~\\'=@()\x00-\x1f\x7f]+")
_LONGEST_KEY = 100
_ACL_DOI = "10.18653/v1/"


def fit_key(citekey: str) -> str:
    """A citekey without the signs that BibTeX cannot have in one."""
    return _UNFIT_FOR_KEYS.sub("", storable(citekey))[:_LONGEST_KEY] if citekey else ""


def candidate_keys(reference: Reference) -> list[CandidateKey]:
    """The keys under which candidates for a reference are found: titles, identifiers, its citekey."""
    keys: dict[CandidateKey, None] = {}
    for key in sorted(match_keys(reference)):
        kind, _, value = key.partition(":")
        if kind == "title":
            keys["title", value] = None
        elif kind == "doi":
            keys["doi", value] = None
        elif kind == "arxiv":
            keys["arxiv", value] = None
        else:
            keys["other", key] = None
            if kind == "acl":
                keys["doi", _ACL_DOI + value] = None
    if reference.doi:
        keys["doi", reference.doi.lower()] = None
    own_key = fit_key(reference.citekey).lower()
    if own_key:
        keys["citekey", own_key] = None
    if not reference.title:
        keys[("lettered", own_key) if own_key else ("title", "")] = None
    return list(keys)
