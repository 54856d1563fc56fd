"""File names made from keys, tags and slugs: safe on Linux, macOS and Windows, stable, and unique.

A name depends on its key alone (and on other keys only where two of them would share a file), so the
same library gives the same names on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b

MAX_BYTES = 100
"""Longest stem in UTF-8, short enough for encrypted and synchronised folders."""

_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE
)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+-]{0,60}")
_KEPT_MARKS = frozenset("-_+.")
_EDGES = "-_. "
_IN_WORDS = frozenset(" -_+.,&()'")
_LONGEST_NAME = 60


def safe_stem(key: str) -> str:
    """A file name without suffix for a key. Different keys may share one; :func:`unique_stems` parts them."""
    if _PLAIN.fullmatch(key) and not _RESERVED.fullmatch(key):
        return key
    kept = "".join(map(_safe_character, unicodedata.normalize("NFC", key)))
    if kept != key:
        kept = re.sub(r"_{2,}", "_", kept).rstrip("_")
    stem = kept.lstrip(_EDGES).rstrip(". ") or "untitled"
    if len(stem.encode()) > MAX_BYTES:
        stem = with_fingerprint(stem, key)
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem


def _safe_character(character: str) -> str:
    kind = unicodedata.category(character)[0]
    return character if kind in "LNM" or character in _KEPT_MARKS else "_"


def safe_name(words: str) -> str:
    """A folder's name that reads like the words it is for, spaces included; ``""`` where none are left.

    Long ones end between two words; different words may share a name.
    """
    kept = "".join(
        each if unicodedata.category(each)[0] in "LNM" or each in _IN_WORDS else " "
        for each in unicodedata.normalize("NFC", words)
    )
    name = " ".join(kept.split()).lstrip(_EDGES).rstrip(". ")
    if len(name.encode()) > _LONGEST_NAME:
        head = name.encode()[: _LONGEST_NAME + 1].decode(errors="ignore")
        whole = head.rpartition(" ")[0] if len(head.rpartition(" ")[0]) > len(head) // 2 else head[:-1]
        name = whole.rstrip(f"{_EDGES}+,&('")
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def with_fingerprint(stem: str, key: str) -> str:
    """A stem with a mark of its key behind it."""
    mark = blake2b(key.encode(errors="surrogatepass"), digest_size=4).hexdigest()
    head = stem.encode()[: MAX_BYTES - len(mark) - 1].decode(errors="ignore").rstrip(_EDGES)
    return f"{head}-{mark}"


def same_file(name: str) -> str:
    """The same text for two names that a file system blind to case or composition takes for one."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())


def unique_stems(keys: Iterable[str]) -> dict[str, str]:
    """A stem for every key, no two the same where case is ignored.

    Where keys share a stem, one that is written like its stem keeps it and the others carry a
    fingerprint of their own, whatever order the keys came in.
    """
    return _unique(keys, safe_stem)


def unique_tag_paths(tags: Iterable[str]) -> dict[str, str]:
    """A relative path without suffix for every tag, nested tags in folders: ``moe/routing``."""
    return _unique(tags, _tag_path)


def unique_paths(wanted: Mapping[str, str]) -> dict[str, str]:
    """The path that each key wants, the last part with a fingerprint where two keys want the same."""
    return _unique(wanted, lambda key: wanted[key])


def _tag_path(tag: str) -> str:
    *folders, last = tag.split("/")
    return "/".join([*(safe_stem(folder.replace(".", "_")) for folder in folders), safe_stem(last)])


def _unique(keys: Iterable[str], make: Callable[[str], str]) -> dict[str, str]:
    names = {key: make(key) for key in dict.fromkeys(keys)}
    sharing: dict[str, list[str]] = {}
    for key, name in names.items():
        sharing.setdefault(same_file(name), []).append(key)
    crowded = [
        sorted(group, key=lambda key: (key != names[key], key))
        for group in sharing.values()
        if len(group) > 1
    ]
    for key in sorted(key for group in crowded for key in group[1:]):
        folder, slash, stem = names[key].rpartition("/")
        salt = key
        while same_file(name := folder + slash + with_fingerprint(stem, salt)) in sharing:
            salt += "+"
        names[key] = name
        sharing[same_file(name)] = [key]
    return names
