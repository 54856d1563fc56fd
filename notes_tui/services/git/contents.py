"""Two versions of one file of a vault made one, the same bytes on whichever machine it happens.

Nothing here fails and nothing leaves marks in a text: what the vault's own merge cannot settle takes one
side, chosen by its content, and a record keeps both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from hashlib import blake2b

from notes_tui.formats import vault
from notes_tui.model.figures import SUFFIXES
from notes_tui.model.merge import Conflict, Merged, merge_text
from notes_tui.model.vault import HIDDEN_FOLDER
from notes_tui.services.git.conflict_records import is_record, joined_records, records_of
from notes_tui.services.git.pages import merge_page

_RECORD_LINES = ".jsonl"
_NOTE = ".md"
_OF_EVENTS = re.compile(r"(?:read_status|rating|progress)\s*:")


@dataclass(frozen=True, slots=True)
class Settled:
    """What a file becomes."""

    content: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """More files that keep what this one could not hold: relative to the vault, with their contents."""


def is_vault_file(path: str) -> bool:
    """Whether a file is merged by the rules of the vault: its notes and figures, and all that is not for reading."""
    return path.endswith(_NOTE) or path.startswith(f"{HIDDEN_FOLDER}/") or _is_picture(path)


def _is_picture(path: str) -> bool:
    return path.lower().endswith(SUFFIXES)


@dataclass(frozen=True, slots=True)
class Rules:
    """What has to be known of a merge beside the versions of a file."""

    profile: vault.Profile = vault.PLAIN
    """The layout of the vault, which says what pages there are that the program writes anew."""
    with_events: bool = False
    """Whether all that the sides did to read status, rating and page is among the events, which are merged too:
    the fields that follow from these are then no conflict."""


def settle(path: str, base: bytes | None, ours: bytes, theirs: bytes, rules: Rules = Rules()) -> Settled:
    """The file at ``path`` (relative to the vault) that both sides changed.

    The order of the sides matters for pages alone, which are written anew. Without a base both sides made the
    file; if it is then about two different items, both files are kept.
    """
    one, other = sorted((ours, theirs))
    if one in (other, base):
        return Settled(other)
    if other == base:
        return Settled(one)
    if _is_picture(path):
        return Settled(other, {another_name(path, blake2b(one, digest_size=4).hexdigest()): one})
    texts = [_decoded(each) for each in (base or b"", one, other)]
    if is_record(path):
        return Settled(_encoded(joined_records(path, texts[1], texts[2])))
    if base is None and _are_strangers(path, texts[1], texts[2]):
        mark = blake2b(other, digest_size=4).hexdigest()
        return Settled(one, {another_name(path, mark): other})
    if base is None:
        texts[0] = _shared(path, texts[1], texts[2])
    if rules.profile.is_page(path):
        merged = merge_page(texts[0], _decoded(ours), _decoded(theirs))
    else:
        merged = _merged_by_content(path, *texts)
    conflicts = [
        each for each in merged.conflicts if not (rules.with_events and _follows_events(each, merged.text))
    ]
    return Settled(
        _encoded(merged.text), {each.file: each.text.encode() for each in records_of(path, conflicts)}
    )


def _merged_by_content(path: str, base: str, one: str, other: str) -> Merged:
    """A merge whose conflicts have the version that is last by its words, whichever side that is of."""
    merged = _merged(path, base, one, other)
    if [each.ours for each in merged.conflicts] > [each.theirs for each in merged.conflicts]:
        return _merged(path, base, other, one)
    return merged


def _follows_events(conflict: Conflict, text: str) -> bool:
    """Whether a conflict is about a field at the head of a note that follows from events."""
    closing = [number for number, line in enumerate(text.splitlines(), 1) if line.rstrip() == "---"][1:2]
    lines = [line for side in (conflict.base, conflict.ours, conflict.theirs) for line in side]
    return bool(closing and conflict.line < closing[0] and all(map(_OF_EVENTS.match, lines)))


def joined(name: str, content: bytes, present: bytes | None) -> bytes:
    """What a file beside a merged one becomes, where there is one of that name already."""
    if present is None or not is_record(name):
        return content
    return _encoded(joined_records(name, _decoded(content), _decoded(present)))


def _merged(path: str, base: str, ours: str, theirs: str) -> Merged:
    """The vault's merge of a file; text that is not UTF-8 is merged by lines."""
    if any("\udc80" <= character <= "\udcff" for side in (ours, theirs) for character in side):
        return merge_text(base, ours, theirs)
    if path.endswith(_NOTE):
        return vault.merge_documents(base, ours, theirs)
    if path.endswith(_RECORD_LINES):
        return Merged(vault.merge_records(path, base, ours, theirs))
    return Merged(theirs)


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _are_strangers(path: str, one: str, other: str) -> bool:
    keys = {vault.citekey_in(one), vault.citekey_in(other)} if path.endswith(_NOTE) else set()
    return len(keys) > 1


def another_name(path: str, mark: str) -> str:
    """A name beside that of a note or a figure, for another one that would have the same."""
    suffix = path[path.rindex(".") :] if _is_picture(path) else _NOTE
    return f"{path.removesuffix(suffix)}-{mark}{suffix}"


def _shared(path: str, one: str, other: str) -> str:
    """What two files have in common, in place of the base that they do not have."""
    if not path.endswith(_NOTE):
        return ""
    lines, others = one.splitlines(keepends=True), other.splitlines(keepends=True)
    blocks = SequenceMatcher(
        None, lines, others, autojunk=len(lines) * len(others) > 10**7
    ).get_matching_blocks()
    return "".join("".join(lines[at : at + length]) for at, _, length in blocks)
