"""Two versions of one file of a vault made one, the same bytes on whichever machine it happens.

Nothing here fails and nothing leaves marks in a text: what the vault's own merge cannot settle takes one
side, chosen by its content, and the other is kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from hashlib import blake2b

from notes_tui.formats import vault
from notes_tui.model.merge import Merged, merge_text
from notes_tui.model.vault import HIDDEN_FOLDER
from notes_tui.services.git.conflict_records import is_record, joined_records, records_of

_RECORD_LINES = ".jsonl"
_NOTE = ".md"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a file becomes."""

    content: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """More files that keep what this one could not hold: relative to the vault, with their contents."""


def is_vault_file(path: str) -> bool:
    """Whether a file is merged by the rules of the vault: its notes and all that is not for reading."""
    return path.endswith(_NOTE) or path.startswith(f"{HIDDEN_FOLDER}/")


def settle(path: str, base: bytes | None, ours: bytes, theirs: bytes) -> Settled:
    """The file at ``path`` (relative to the vault) that both sides changed. Their order does not matter.

    Without a base both sides made the file; if it is then about two different items, both files are kept.
    """
    one, other = sorted((ours, theirs))
    if one in (other, base):
        return Settled(other)
    if other == base:
        return Settled(one)
    texts = [_decoded(each) for each in (base or b"", one, other)]
    if is_record(path):
        return Settled(_encoded(joined_records(path, texts[1], texts[2])))
    if base is None and _are_strangers(path, texts[1], texts[2]):
        return Settled(one, {_another_name(path, other): other})
    if base is None:
        texts[0] = _shared(path, texts[1], texts[2])
    merged = _merged(path, *texts)
    if [each.ours for each in merged.conflicts] > [each.theirs for each in merged.conflicts]:
        merged = _merged(path, texts[0], texts[2], texts[1])
    found = records_of(path, merged.conflicts) if path.endswith(".md") and not vault.is_page(path) else ()
    return Settled(_encoded(merged.text), {each.file: each.text.encode() for each in found})


def joined(name: str, content: bytes, present: bytes | None) -> bytes:
    """What a file beside a merged one becomes, where there is one of that name already."""
    if present is None or not is_record(name):
        return content
    return _encoded(joined_records(name, _decoded(content), _decoded(present)))


def _merged(path: str, base: str, ours: str, theirs: str) -> Merged:
    """The vault's merge of a file; text that is not UTF-8 is merged by lines."""
    if any("\udc80" <= character <= "\udcff" for side in (ours, theirs) for character in side):
        return merge_text(base, ours, theirs)
    if path.endswith(_RECORD_LINES) and path.startswith(f"{HIDDEN_FOLDER}/"):
        return Merged(vault.merge_records(path, base, ours, theirs))
    if path.startswith(f"{HIDDEN_FOLDER}/"):
        return Merged(theirs)
    return vault.merge_documents(base, ours, theirs)


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _are_strangers(path: str, one: str, other: str) -> bool:
    keys = {vault.citekey_in(one), vault.citekey_in(other)} if path.endswith(_NOTE) else set()
    return len(keys) > 1


def _another_name(path: str, content: bytes) -> str:
    mark = blake2b(content, digest_size=4).hexdigest()
    return f"{path.removesuffix(_NOTE)}-{mark}{_NOTE}"


def _shared(path: str, one: str, other: str) -> str:
    """What two files have in common, in place of the base that they do not have."""
    if not path.endswith(_NOTE):
        return ""
    lines, others = one.splitlines(keepends=True), other.splitlines(keepends=True)
    blocks = SequenceMatcher(
        None, lines, others, autojunk=len(lines) * len(others) > 10**7
    ).get_matching_blocks()
    return "".join("".join(lines[at : at + length]) for at, _, length in blocks)
