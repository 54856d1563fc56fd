"""Markdown as people type it, line for line as CommonMark reads it.

Headings without their blank (``##Papers``), bullets indented by one or two less than their parent asks
for, bullets so far in that they would be code, and lists written in HTML become what their author meant.
No line is added or removed, so line numbers stay those of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_FENCE = re.compile(r"^\s*(```+|~~~+)")
_HEADING = re.compile(r"^(#{1,6})(?=[^\s#!:])(?!\w+\))")
_WIDE_GAP = re.compile(r"(?<=\S)[ \t]{8,}(?=\S)")
_BULLET = re.compile(r"^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)(?=\S)")
_RULE = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
_HTML_ITEM = re.compile(r"^\s*<li[^>]*>(.*?)(?:</li>)?\s*$", re.IGNORECASE)
_HTML_LIST = re.compile(r"^\s*(?:</?(?:ul|ol)[^>]*>\s*|</li>\s*)+$", re.IGNORECASE)


def tidy(markdown: str) -> str:
    """The same text with as many lines, where headings and lists are spelled as CommonMark wants them."""
    lines = list(_outside_fences(_with_anchors(markdown).split("\n")))
    _nest(lines)
    return "\n".join(line for line, _ in lines)


_SELF = re.compile(r"\]\((https?://[^\s()#]+)#([^\s()]+)\)")


def _with_anchors(markdown: str) -> str:
    """The text where links with a list's own address to its parts are links within the list."""
    parts: dict[str, set[str]] = {}
    for found in _SELF.finditer(markdown):
        parts.setdefault(found[1].rstrip("/"), set()).add(found[2])
    own = {address for address, names in parts.items() if len(names) > 2}
    return _SELF.sub(lambda found: f"](#{found[2]})" if found[1].rstrip("/") in own else found[0], markdown)


def _outside_fences(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Each line, put right where it stands outside code, and whether it stands inside."""
    fence, depth = "", 0
    for line in lines:
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1][:3]
            yield line, True
        elif fence:
            yield line, True
        else:
            depth = max(0, depth + _opened(line))
            yield _put_right(line, depth), False


def _opened(line: str) -> int:
    return len(re.findall(r"<[uo]l\b", line, re.IGNORECASE)) - len(
        re.findall(r"</[uo]l>", line, re.IGNORECASE)
    )


def _put_right(line: str, depth: int) -> str:
    item = _HTML_ITEM.match(line) if depth else None
    if item:
        return f"{'  ' * (depth - 1)}- {item[1]}"
    if depth or "</ul>" in line.lower() or "</ol>" in line.lower():
        line = "" if _HTML_LIST.match(line) else line
    return _WIDE_GAP.sub("   ", _HEADING.sub(r"\1 ", line))


# --- bullets below bullets --------------------------------------------------------------------------


def _nest(lines: list[tuple[str, bool]]) -> None:
    """Indent bullets so that each stands below the bullet that its author put it under."""
    steps = _single_steps(lines)
    open_bullets: list[tuple[int, int]] = []
    after_blank = True
    for place, (line, inside) in enumerate(lines):
        if inside or not line.strip():
            after_blank = True
            continue
        indent = _indent(line)
        found = None if _RULE.match(line) else _BULLET.match(line)
        if found:
            while open_bullets and indent < open_bullets[-1][0] + (1 if steps else 2):
                open_bullets.pop()
            start = open_bullets[-1][1] if open_bullets else 0
            open_bullets.append((indent, start + len(found[2]) + 1))
            lines[place] = " " * start + found[2] + " " + line[found.end() :], False
        elif indent == 0:
            open_bullets = [] if after_blank or line.startswith(("#", "<", "|")) else open_bullets
        elif open_bullets:
            while len(open_bullets) > 1 and indent <= open_bullets[-1][0]:
                open_bullets.pop()
            start = open_bullets[-1][1] if indent > open_bullets[-1][0] else 0
            lines[place] = " " * start + line.lstrip(), False
            open_bullets = open_bullets if start else []
        after_blank = False


def _indent(line: str) -> int:
    spaces = line[: len(line) - len(line.lstrip(" \t"))]
    return len(spaces.expandtabs(4))


def _single_steps(lines: list[tuple[str, bool]]) -> bool:
    """Whether one blank more means one level down: the text goes in by one and comes back several times."""
    indents = [_indent(line) for line, inside in lines if not inside and _BULLET.match(line)]
    down = sum(second - first == 1 for first, second in pairwise(indents))
    back = sum(first - second == 1 for first, second in pairwise(indents))
    return min(down, back) > 0 and down + back > 2
