"""A file of a vault brought to say what it should, with as little of it changed as can be.

What the file says already is written down in the program's own way; between that and what it should say
lies a change, which is made to the file as its owner left it. Keys, comments, order, moved sections, line ends
and a byte order mark stay. Where that cannot be done line by line, the text below the front matter is laid out anew.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace

from notes_tui.formats.vault import note
from notes_tui.formats.vault.document import Document, take_apart
from notes_tui.formats.vault.front_matter import put_front_matter, with_keys_of
from notes_tui.formats.vault.yaml_nodes import BadYamlError
from notes_tui.model.merge import merge_text

_MARK = "\ufeff"


def rewrite_since(
    base: str, text: str, meant: str, wanted: str, *, keep: Collection[str], made_keys: Collection[str]
) -> str:
    """As :func:`rewrite`, for a file that may not have followed what its owner changed in it.

    The heading and ``made_keys`` follow from other keys. They count as they stand in ``base``, what was last
    written (empty where nothing was).
    """
    if base:
        before, written = take_apart(meant), take_apart(base)
        with suppress(BadYamlError):
            front = with_keys_of(before.front, written.front, made_keys)
            meant = replace(before, front=front, body=_with_heading_of(before.body, written.body)).text
    return rewrite(text, meant, wanted, keep=keep)


def _with_heading_of(body: str, other: str) -> str:
    """A body, as the program writes it, below the heading of another one."""
    mine, its = body.split("\n", 2), other.split("\n", 2)
    return "\n".join([*its[:2], *mine[2:]])


def rewrite(text: str, meant: str, wanted: str, *, keep: Collection[str] = ()) -> str:
    """The file ``text`` saying what ``wanted`` says; ``meant`` is what it says now, in the program's writing.

    Keys of ``keep`` stand for nothing that can be read and are left alone.
    """
    if meant == wanted:
        return text
    if text.startswith(_MARK):
        return _MARK + rewrite(text.removeprefix(_MARK), meant, wanted, keep=keep)
    if "\r\n" in text and text.count("\n") == text.count("\r\n"):
        return rewrite(text.replace("\r\n", "\n"), meant, wanted, keep=keep).replace("\n", "\r\n")
    found, before, after = take_apart(text), take_apart(meant), take_apart(wanted)
    if not found.opening:
        found = Document(after.opening, "", after.closing, _set_off(found.body))
        before = Document(before.opening, "", before.closing, before.body)
    try:
        front = put_front_matter(found.front, before.front, after.front, keep)
    except BadYamlError:
        front = found.front
    return Document(found.opening, front, found.closing, _body(found.body, before.body, after.body)).text


def _set_off(body: str) -> str:
    return body if body.startswith("\n") or not body else f"\n{body}"


def _body(text: str, meant: str, wanted: str) -> str:
    if meant == wanted:
        return text
    merged = merge_text(meant, wanted, text).text
    return merged if _says(merged) == _says(wanted) else wanted


def _says(body: str) -> object:
    """What a body says, apart from the order it says it in."""
    found = note.read(body)
    sections = {each.mark: (each.title, each.body.rstrip("\n")) for each in found.sections}
    return sections, {each.id: each for each in found.annotations}
