"""What JabRef (and Mendeley) keep beside the bibliography: groups, and a reader's status, rating and priority."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from notes_tui.formats.bibtex.latex import to_unicode

_META = re.compile(r"\s*jabref-meta:\s*grouping:\s*", re.IGNORECASE)
_GROUP = re.compile(r"(\d+)\s+(\w+):(.*)", re.DOTALL)
_UNESCAPED_SEMICOLON = re.compile(r"(?<!\\);")


def group_paths(comments: Iterable[str]) -> dict[str, str]:
    """Tags by group name: a group within a group is ``outer/inner``."""
    paths: dict[str, str] = {}
    for kind, names, _ in _groups(comments):
        if kind != "AllEntriesGroup":
            paths.setdefault(names[-1], "/".join(_tag_part(name) for name in names))
    return paths


_FOLDER = re.compile(r"\s*jabref-meta:\s*fileDirectory(?:-[^:]*)?:(.*?);?\s*", re.IGNORECASE | re.DOTALL)


def file_folder(comments: Iterable[str]) -> str:
    """Where JabRef says that files with relative names lie; ``""`` where it does not."""
    found = (match[1].strip() for comment in comments if (match := _FOLDER.fullmatch(comment)))
    return next((folder.replace("\\\\", "\\") for folder in found if folder), "")


def group_members(comments: Iterable[str]) -> dict[str, list[str]]:
    """Tags by citekey, for groups that list their members themselves as older files do."""
    members: dict[str, list[str]] = {}
    for kind, names, rest in _groups(comments):
        if kind == "ExplicitGroup":
            for key in rest[1:]:
                members.setdefault(key.strip().lower(), []).append(
                    "/".join(_tag_part(name) for name in names)
                )
    return members


def _groups(comments: Iterable[str]) -> Iterable[tuple[str, list[str], list[str]]]:
    """Every group: its kind, the names of the groups round it and its own, and its further values."""
    for comment in comments:
        start = _META.match(comment)
        if start is None:
            continue
        above: list[str] = []
        for line in _UNESCAPED_SEMICOLON.split(comment[start.end() :].replace("\n", "")):
            found = _GROUP.fullmatch(line.strip())
            if found is None:
                continue
            values = [value.replace("\\\\", "\\") for value in found[3].split("\\;")]
            depth = int(found[1]) if len(found[1]) < 4 else 0
            above = [*above[: max(depth - 1, 0)], values[0]] if depth else []
            yield found[2], above or [values[0]], [value for value in values[1:] if value.strip()]


def _tag_part(name: str) -> str:
    return " ".join(name.split())


def keywords_of(fields: Mapping[str, str]) -> list[str]:
    """The words of an entry's ``keywords`` (as LaTeX)."""
    words = (
        _keyword(word) for name in ("keywords", "mendeley-tags") for word in _listed(fields.get(name, ""))
    )
    return [word for word in dict.fromkeys(words) if word]


def tags_of(fields: Mapping[str, str], paths: Mapping[str, str]) -> list[str]:
    """The tags of an entry's ``groups`` and ``priority`` (as LaTeX)."""
    groups = [paths.get(name) or _tag_part(to_unicode(name)) for name in _members(fields)]
    priority = re.fullmatch(r"(?:prio)?\s*([1-9])", fields.get("priority", "").strip(), re.IGNORECASE)
    urgent = [f"priority/{priority[1]}"] if priority else []
    return [tag for tag in dict.fromkeys((*groups, *urgent)) if tag]


def _members(fields: Mapping[str, str]) -> list[str]:
    return [*_listed(fields.get("groups", "")), *_listed(fields.get("mendeley-groups", ""))]


def _keyword(word: str) -> str:
    return "/".join(
        filter(None, (" ".join(part.split()) for part in re.split(r"\s+>\s+|/", to_unicode(word))))
    )


def _listed(text: str) -> list[str]:
    if not text:
        return []
    separator = r"(?<!\\);" if ";" in text else r"(?<!\\),"
    return [
        part.strip().replace("\\,", ",").replace("\\;", ";")
        for part in re.split(separator, text)
        if part.strip()
    ]


_STATUSES = {
    "to read": "queued", "toread": "queued", "to-read": "queued", "to_read": "queued", "want to read": "queued",
    "todo": "queued", "in progress": "reading", "currently reading": "reading", "started": "reading",
    "done": "read", "finished": "read", "yes": "read", "true": "read", "no": "unread", "false": "unread",
    "skim": "skimmed", "abandoned": "dropped",
}  # fmt: skip


def read_status(fields: Mapping[str, str]) -> str:
    """The read status of an entry in our words, or its own word where it is none of them."""
    word = " ".join((fields.get("readstatus") or fields.get("read-status") or "").lower().split())
    return _STATUSES.get(word, word)


def rating(fields: Mapping[str, str]) -> int | None:
    """The rating of an entry, 1 to 5."""
    found = re.fullmatch(
        r"(?:rank)?\s*([1-5])", (fields.get("ranking") or fields.get("rating") or "").strip()
    )
    return int(found[1]) if found else None
