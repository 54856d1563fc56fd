"""A Markdown file with front matter: its two parts, and their merge.

Byte order mark, line ends and a missing final newline are the user's and stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from notes_tui.formats.vault.front_matter import merge_front_matter
from notes_tui.formats.vault.yaml_nodes import BadYamlError
from notes_tui.model.merge import Merged, merge_text

_FENCED = re.compile(r"---[ \t]*\n(.*?\n|)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart: what stands between the fences, and all that follows them."""

    opening: str
    """The first fence with its line end; empty where there is no front matter."""
    front: str
    closing: str
    body: str

    @property
    def text(self) -> str:
        """The whole again."""
        return f"{self.opening}{self.front}{self.closing}{self.body}"


def take_apart(text: str) -> Document:
    """The parts of a file whose lines end in ``\\n``."""
    fenced = _FENCED.match(text)
    if not fenced:
        return Document("", "", "", text)
    start, end = fenced.span(1)
    return Document(text[:start], text[start:end], text[end : fenced.end()], text[fenced.end() :])


def merge_documents(base: str, ours: str, theirs: str) -> Merged:
    """What both sides made of a file: front matter key by key, the rest line by line.

    Where a front matter is missing or cannot be read, all of the file is merged line by line.
    """
    if theirs.startswith(_MARK) and not ours.startswith(_MARK):
        merged = merge_documents(base.removeprefix(_MARK), ours, theirs.removeprefix(_MARK))
        return replace(merged, text=_MARK + merged.text)
    if ours in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(ours)
    if _all_crlf(theirs) and not _all_crlf(base):
        merged = merge_documents(base, ours, theirs.replace("\r\n", "\n"))
        return replace(merged, text=merged.text.replace("\r\n", "\n").replace("\n", "\r\n"))
    return _merged_parts(base, ours, theirs)


def _all_crlf(text: str) -> bool:
    return "\r\n" in text and text.count("\n") == text.count("\r\n")


def _merged_parts(base: str, ours: str, theirs: str) -> Merged:
    before, after, found = take_apart(base), take_apart(ours), take_apart(theirs)
    if not (before.opening and after.opening and found.opening):
        return merge_text(base, ours, theirs)
    try:
        fields = merge_front_matter(before.front, after.front, found.front)
    except BadYamlError:
        return merge_text(base, ours, theirs)
    body = merge_text(before.body, after.body, found.body)
    offset = (found.opening + found.front + found.closing).count("\n")
    shifted = tuple(replace(each, line=each.line + offset) for each in body.conflicts)
    text = replace(found, front=fields.text, body=body.text).text
    return Merged(text, (*fields.conflicts, *shifted))
