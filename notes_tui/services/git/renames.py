"""Files of a vault that a side gave another name: known by the item they are about, else by their likeness."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable

from notes_tui.formats.vault import citekey_in
from notes_tui.services.git.command import Git
from notes_tui.services.git.objects import contents, differences

_NOTE = ".md"


def renames(git: Git, base: str, side: str, prefix: str) -> dict[str, str]:
    """Notes below ``prefix`` that stood elsewhere in ``base``: old path to the one in ``side``."""
    changed = [each for each in differences(git, base, side, below=prefix) if each.path.endswith(_NOTE)]
    gone = {each.path: each.before.oid for each in changed if each.before and not each.after}
    come = {each.path: each.after.oid for each in changed if each.after and not each.before}
    if not (gone and come):
        return {}
    texts = contents(git, [*gone.values(), *come.values()])
    keys = {
        path: citekey_in(texts[oid].decode("utf-8", "replace"))
        for path, oid in (*gone.items(), *come.items())
    }
    places = {keys[path]: path for path in come}
    once = _once(keys[path] for path in gone) & _once(keys[path] for path in come)
    found = {path: places[keys[path]] for path in gone if keys[path] in once}
    if any(not keys[path] for path in gone) and any(not keys[path] for path in come):
        alike = _alike(git, base, side, prefix)
        found |= {old: new for old, new in alike.items() if keys.get(old) == keys.get(new) == ""}
    return found


def _once(keys: Iterable[str]) -> set[str]:
    return {key for key, times in Counter(keys).items() if key and times == 1}


def _alike(git: Git, base: str, side: str, prefix: str) -> dict[str, str]:
    """Git's own opinion on what was renamed."""
    words = ("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--no-commit-id", base, side)
    fields = iter(git.answer(*words, "--", prefix or ".").fields)
    return {os.fspath(next(fields)): next(fields) for _ in fields}
