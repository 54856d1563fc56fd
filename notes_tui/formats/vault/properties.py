"""Front matter as Obsidian's properties have it: texts, numbers and lists of texts, wiki links among them.

A value is written as one text wherever that text can be read back as the very same value; where it cannot, the
small mapping of the plain form stands there. ``aliases`` are names for the quick switcher (title, short name,
earlier citekeys); the citekeys an item had before are ``citekey_aliases``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from notes_tui.formats.vault import yaml_text
from notes_tui.formats.vault.forms import Forms, filled, place_of
from notes_tui.formats.vault.yaml_nodes import Value
from notes_tui.model.filenames import safe_stem
from notes_tui.model.item import LINK_KINDS, Creator, Item, Link, Progress

_BETWEEN = " > "
_WIKI = re.compile(r"\[\[(?P<target>[^\[\]|]+)(?:\|(?P<words>.+))?\]\]")
_NOT_IN_TAGS = re.compile(r"[^\w/-]")
_ESCAPED = re.compile(r"_x([0-9a-f]{1,6})_|__")
_PAGES = re.compile(r"\d{1,9}(?:/\d{1,9})?")


class Properties(Forms):
    """The forms of Obsidian."""

    made_keys = ("aliases",)

    def creator(self, creator: Creator) -> str:
        plain = filled(creator.as_dict())
        return _shortest(plain.get("literal", f"{creator.family}, {creator.given}"), _creator, plain)

    def link(self, link: Link) -> str:
        return _shortest(f"{link.kind}: {link.url}", _link, link.as_dict())

    def place(self, slug: str, section: Sequence[str]) -> str:
        words = f"[[collections/{safe_stem(slug)}|{_BETWEEN.join((slug, *section))}]]"
        return _shortest(words, _place, place_of(slug, section))

    def tag(self, tag: str) -> str:
        return yaml_text.scalar(written_tag(tag))

    def related(self, citekey: str) -> str:
        stem = safe_stem(citekey)
        words = f"[[{stem}]]" if stem == citekey else f"[[{stem}|{citekey}]]"
        return yaml_text.scalar(words if _related(words) == citekey else citekey)

    def progress(self, progress: Progress) -> str:
        return yaml_text.scalar(f"{progress.page}/{progress.pages}" if progress.pages else f"{progress.page}")

    def extra(self, values: Mapping[str, str]) -> str:
        lines = [f"{key}: {value}" for key, value in values.items()]
        if dict(map(_pair, lines)) != values:
            return super().extra(values)
        return yaml_text.block("extra", list(map(yaml_text.scalar, lines)))

    def names(self, item: Item) -> str:
        names = list(dict.fromkeys(filter(None, (item.title, item.title_short, *item.aliases))))
        parts = [("aliases", names), ("citekey_aliases", item.aliases)]
        return "".join(
            yaml_text.block(key, list(map(yaml_text.scalar, found))) for key, found in parts if found
        )

    def plain(self, fields: Mapping[str, Value]) -> Mapping[str, Value]:
        said = {key: value for key, value in fields.items() if key not in ("aliases", "citekey_aliases")}
        readers: tuple[tuple[str, Callable[[str], Value]], ...] = (
            ("creators", _creator), ("links", _link), ("collections", _place), ("tags", read_tag),
            ("related", _related),
        )  # fmt: skip
        for key, read in readers:
            found = said.get(key)
            elements = found if isinstance(found, list) else [found] if isinstance(found, str) else []
            if elements:
                said[key] = [read(each) if isinstance(each, str) else each for each in elements]
        if "citekey_aliases" in fields:
            said["aliases"] = fields["citekey_aliases"]
        extra, progress = said.get("extra"), said.get("progress")
        if isinstance(extra, list):
            said["extra"] = dict(_pair(each) for each in extra if isinstance(each, str))
        if isinstance(progress, str) and _PAGES.fullmatch(progress):
            page, _, pages = progress.partition("/")
            said["progress"] = {"page": page, "pages": pages or None}
        return said


def _shortest(words: str, read: Callable[[str], Value], meant: Mapping[str, object]) -> str:
    """One text where it is read as what is meant, else a mapping."""
    return yaml_text.scalar(words) if words and read(words) == meant else yaml_text.flow(meant)


def _creator(words: str) -> Value:
    family, comma, given = words.partition(", ")
    return {"family": family, "given": given} if comma and family and given else {"literal": words}


def _link(words: str) -> Value:
    kind, colon, url = words.partition(": ")
    return {"kind": kind, "url": url} if colon and kind in LINK_KINDS else {"kind": "other", "url": words}


def _place(words: str) -> Value:
    found = _WIKI.fullmatch(words)
    path = (found["words"] or _last(found["target"])) if found else words
    slug, *section = path.split(_BETWEEN)
    said: dict[str, Value] = {"slug": slug}
    return said | {"section": [*section]} if section else said


def _related(words: str) -> str:
    """The citekey that a link to another file means: the file's name, or the words where they make that name."""
    found = _WIKI.fullmatch(words)
    if not found:
        return words
    stem = _last(found["target"])
    return found["words"] if found["words"] and safe_stem(found["words"]) == stem else stem


def _last(target: str) -> str:
    return target.partition("#")[0].rpartition("/")[2].removesuffix(".md").strip()


def _pair(words: str) -> tuple[str, str]:
    key, _, value = words.partition(": ")
    return key, value


def written_tag(tag: str) -> str:
    """A tag of letters, digits, ``_``, ``-`` and ``/`` with something else than digits in it, as Obsidian asks for.

    A space becomes two underscores, other characters ``_x…_`` with their number in hexadecimal.
    :func:`read_tag` makes the very same tag of it.
    """
    for candidate in (tag, tag.replace(" ", "__")):
        if _is_tag(candidate) and read_tag(candidate) == tag:
            return candidate
    escaped = "".join(
        f"_x{ord(each):x}_" if each == "_" or _NOT_IN_TAGS.match(each) else each for each in tag
    )
    return escaped if _is_tag(escaped) else f"_x{ord(escaped[0]):x}_{escaped[1:]}" if escaped else ""


def _is_tag(words: str) -> bool:
    return bool(words) and not _NOT_IN_TAGS.search(words) and not words.replace("/", "").isdigit()


def read_tag(words: str) -> str:
    """The library's tag for one that stands in a file."""
    return _ESCAPED.sub(_character, words.removeprefix("#"))


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else ord(" ")
    is_character = number < 0xD800 or 0xDFFF < number < 0x110000
    return chr(number) if is_character else found[0]


PROPERTIES = Properties()
