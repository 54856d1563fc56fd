"""A note file as two parts, its front matter and the note, and a changed note put back into its file.

The library holds notes with ``\\n``; a file keeps its byte order mark, its line ends and its front matter,
and only lines that changed differ.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_FENCED = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<front>(?:.*\r?\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)|"
    r"\ufeff?\+\+\+[ \t]*\r?\n(?P<toml>(?:.*\r?\n)*?)\+\+\+[ \t]*(?:\r?\n|\Z)"
)
_YAML_LINE = re.compile(r"\s*(?:#.*)?$|[\w\"'$@{][^:\n]*:(?:\s.*)?$|\s+\S.*$|-(?:\s.*)?$|[\]}],?\s*$")
_KEY_LINE = re.compile(r"[\w\"'][^:\n]*:(?:\s|$)", re.MULTILINE)
_TOML_LINE = re.compile(r"\s*(?:#.*)?$|[\w\"'.-]+\s*=.*$|\[.*\]\s*$|\s+\S.*$|[\]}],?\s*$")


def body_of(text: str) -> tuple[str, str]:
    """``(head, body)`` of a file: front matter with its fences exactly as it stands, and the note behind it.

    Line ends of the body are ``\\n``. Two rules with prose between them are no front matter.
    """
    head = _head(text)
    return head, text[len(head) :].replace("\r\n", "\n")


def _head(text: str) -> str:
    fenced = _FENCED.match(text)
    if fenced is None or not _is_front_matter(fenced):
        return "\ufeff" if text.startswith("\ufeff") else ""
    return fenced[0]


def _is_front_matter(fenced: re.Match[str]) -> bool:
    if fenced["toml"] is not None:
        return all(map(_TOML_LINE.match, fenced["toml"].splitlines()))
    front = fenced["front"]
    return not front.strip() or (
        bool(_KEY_LINE.search(front)) and all(_YAML_LINE.match(line) for line in front.splitlines())
    )


def with_body(text: str, body: str) -> str:
    """The file with another note behind its front matter; unchanged lines keep their bytes.

    A note that begins like front matter is set off by an empty line where the file has none, so that no
    file gains front matter by it.
    """
    head = _head(text)
    raw = _lines(text[len(head) :])
    keys = [_plain(line) for line in raw]
    wanted = _lines(body.replace("\r\n", "\n"))
    if keys == wanted:
        return text
    end = "\r\n" if 2 * sum(line.endswith("\r\n") for line in raw or _lines(text)) > len(raw) else "\n"
    result: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, keys, wanted, autojunk=False).get_opcodes():
        result += raw[i1:i2] if tag == "equal" else [_ended(line, end) for line in wanted[j1:j2]]
    changed = head + "".join(result)
    return changed if _head(changed) == head else f"{head}{end}{''.join(result)}"


def _lines(text: str) -> list[str]:
    """Lines that end at ``\\n`` alone, with it."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _plain(line: str) -> str:
    return f"{line[:-2]}\n" if line.endswith("\r\n") else line


def _ended(line: str, end: str) -> str:
    return line[:-1] + end if line.endswith("\n") else line
