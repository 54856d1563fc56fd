"""Files of a vault that a side gave another name: known by the item they are about, else by their likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from notes_tui.formats.vault import ITEM_RECORDS, citekey_in, files_of_records
from notes_tui.services.git.command import Git
from notes_tui.services.git.objects import Difference, contents

_NOTE = ".md"
_PLAIN_KEY = re.compile(
    rb"---[ \t]*\r?\n(?:[^-\r\n][^\r\n]*\r?\n)*?citekey:[ \t]+([A-Za-z][\w.+-]*)[ \t]*\r?\n"
)
_NOT_A_TEXT = (b"null", b"true", b"false", b"yes", b"no", b"on", b"off", b"y", b"n")


def renames(
    git: Git, trees: tuple[str, str], changed: Sequence[Difference], wanted: Collection[str], prefix: str
) -> dict[str, str]:
    """Notes below ``prefix`` that ``changed`` from the first to the second of two trees by getting another name.

    Only those that are ``wanted`` (by the old path) are looked for. Returns old paths with their new ones.
    """
    notes = [each for each in changed if each.path.endswith(_NOTE)]
    gone = {each.path: each.before.oid for each in notes if each.before and not each.after}
    come = {each.path: each.after.oid for each in notes if each.after and not each.before}
    if not (come and gone.keys() & wanted):
        return {}
    texts = contents(git, [*gone.values(), *come.values()])
    keys = {path: _citekey(texts[oid]) for path, oid in (*gone.items(), *come.items())}
    places = {keys[path]: path for path in come}
    once = _once(keys[path] for path in gone) & _once(keys[path] for path in come)
    found = {path: places[keys[path]] for path in gone if keys[path] in once}
    if any(not keys[path] for path in gone.keys() & wanted) and not all(keys[path] for path in come):
        alike = _alike(git, trees, prefix)
        found |= {old: new for old, new in alike.items() if keys.get(old) == keys.get(new) == ""}
    recorded = _recorded(git, changed, prefix)
    found |= {old: new for old, new in recorded.items() if old in gone.keys() - found.keys() and new in come}
    return {old: new for old, new in found.items() if old in wanted}


def _recorded(git: Git, changed: Sequence[Difference], prefix: str) -> dict[str, str]:
    """What the records of items say was renamed, of items that got another citekey too."""
    sides = next(
        ((each.before, each.after) for each in changed if each.path == f"{prefix}{ITEM_RECORDS}"),
        (None, None),
    )
    oids = [entry.oid for entry in sides if entry]
    texts = contents(git, oids)
    if len(oids) < len(sides):
        return {}
    old, new = (files_of_records(texts[oid].decode("utf-8", "replace")) for oid in oids)
    return {f"{prefix}{old[uid]}": f"{prefix}{new[uid]}" for uid in old.keys() & new.keys()}


def _citekey(content: bytes) -> str:
    """The item a note is about; reading it whole takes a thousand times longer than looking for a plain key."""
    plain = _PLAIN_KEY.match(content)
    if plain and plain[1].lower() not in _NOT_A_TEXT:
        return plain[1].decode("ascii")
    return citekey_in(content.decode("utf-8", "replace"))


def _once(keys: Iterable[str]) -> set[str]:
    return {key for key, times in Counter(keys).items() if key and times == 1}


def _alike(git: Git, trees: tuple[str, str], prefix: str) -> dict[str, str]:
    """Git's own opinion on what was renamed."""
    words = ("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--no-commit-id", *trees)
    fields = iter(git.answer(*words, "--", prefix or ".").fields)
    return {next(fields): next(fields) for _ in fields}
