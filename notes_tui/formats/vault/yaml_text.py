"""YAML written by hand: one scalar a line, quoted wherever any reader could take it for something else.

A YAML library's dumper costs ten times as much and lays lists out in ways that merge badly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

_PLAIN = re.compile(r"[^\W\d_](?:[\w./()+;、。，；！？（）《》“”‘’·…—–-]++| (?=[^ ]))*+")
_WORDS = frozenset("y n yes no on off true false null nan inf".split())
_UNSAFE = re.compile(
    "[\x7f-\xa0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


_SHORT = 80
"""Characters up to which a text may well stand in many files: a name, a venue, a tag."""
_QUOTED = json.JSONEncoder(ensure_ascii=False).encode


def scalar(text: str) -> str:
    """A text as a YAML scalar on one line that every reader takes for this text and nothing else."""
    return _known(text) if len(text) < _SHORT else _scalar(text)


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    quoted = _QUOTED(text)
    if quoted.isprintable():  # nothing that is unsafe is
        return quoted
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


_known = lru_cache(maxsize=16_384)(_scalar)


def flow(value: Mapping[str, object]) -> str:
    """A small mapping on one line: ``{kind: paper, url: "https://…"}``; texts, numbers and lists of texts."""
    return "{" + ", ".join(f"{scalar(key)}: {_flow_value(each)}" for key, each in value.items()) + "}"


def _flow_value(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(scalar(str(each)) for each in value) + "]"
    return str(value) if isinstance(value, int) else scalar(str(value))


def block(key: str, elements: Sequence[str]) -> str:
    """A list with one element a line; the elements are YAML already. An empty one is ``key: []``."""
    if not elements:
        return f"{key}: []\n"
    return f"{key}:\n  - " + "\n  - ".join(elements) + "\n"


def mapping(key: str, values: Mapping[str, str]) -> str:
    """A mapping of texts with one pair a line."""
    return f"{key}:\n" + "".join(f"  {scalar(name)}: {scalar(value)}\n" for name, value in values.items())
