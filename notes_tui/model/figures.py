"""Pictures in notes: where a note shows one, which file its link leads to, what a link is called.

A figure is an ordinary Markdown image with a path relative to the file of its note, ``![caption](figures/x.png)``,
so it shows in every editor. Read are also ``<img src="…">`` and the ``![[x.png]]`` of wiki notes. What stands in
code is no picture. The syntax is CommonMark's (https://spec.commonmark.org/0.31.2/#images), kept to one line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from notes_tui.model.filenames import safe_stem
from notes_tui.model.markdown import link as markdown_link
from notes_tui.model.markdown import relative_link

FOLDER = "figures"
"""Where figures stand beside a note."""
SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".avif", ".heic",
)  # fmt: skip
"""Endings of the names of pictures."""

_LONGEST_LINE = 20_000
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_IMAGE = re.compile(
    r"""!\[\[(?P<wiki>[^\[\]|\#\n]++)(?:[|\#](?P<alias>[^\[\]\n]*+))?\]\]
    | !\[(?P<caption>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*+\])*+)\]
      \([ \t]*(?:<(?P<angle>[^<>]*+)>|(?P<bare>(?:\\.|[^\s()\\]|\([^\s()]*+\))++))
      (?:[ \t]+(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?[ \t]*\)
    | <img\b(?P<attributes>[^<>]*+)>""",
    re.VERBOSE | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""\s*\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_SIZE = re.compile(r"\d+(?:x\d+)?")


@dataclass(frozen=True, slots=True)
class Picture:
    """A place in a note that shows a picture."""

    start: int
    end: int
    """The characters of the note that it takes up."""
    caption: str
    destination: str
    """Where it leads, as it is written."""
    is_wiki: bool = False

    @property
    def link(self) -> str:
        """The path relative to the note's folder; empty where it leads elsewhere or to no picture."""
        return local_link(self.destination)

    @property
    def absolute(self) -> str:
        """The path on this machine that it leads to; empty where it names none."""
        return _absolute(self.destination)


def pictures(text: str) -> list[Picture]:
    """The pictures of a note, in their order."""
    if "![" not in text and "<img" not in text.lower():
        return []
    found: list[Picture] = []
    for start, line in _lines_outside_fences(text):
        if len(line) <= _LONGEST_LINE and ("![" in line or "<" in line):
            found += _in_line(start, line)
    return found


def names_of_pictures(texts: Iterable[str]) -> set[str]:
    """The names, without folders, of the picture files that notes show."""
    return {each.link.rpartition("/")[2] for text in texts for each in pictures(text) if each.link}


def _lines_outside_fences(text: str) -> Iterator[tuple[int, str]]:
    at, fence = 0, ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            closes = mark and mark["fence"].startswith(fence) and not mark["info"].strip()
            fence = "" if closes else fence
        elif mark and not (mark["fence"][0] == "`" and "`" in mark["info"]):
            fence = mark["fence"]
        else:
            yield at, line
        at += len(line) + 1


def _in_line(start: int, line: str) -> Iterator[Picture]:
    code = _code_spans(line)
    for found in _IMAGE.finditer(line):
        at = bisect_right(code, (found.start(), len(line))) - 1
        is_escaped = found[0][0] == "!" and line[: found.start()].endswith("\\")
        if is_escaped or (at >= 0 and found.start() < code[at][1]):
            continue
        caption, destination = _parts(found)
        if destination:
            yield Picture(
                start + found.start(), start + found.end(), caption, destination, found["wiki"] is not None
            )


def _parts(found: re.Match[str]) -> tuple[str, str]:
    """The caption and the destination of a picture."""
    if found["wiki"] is not None:
        alias = (found["alias"] or "").strip()
        return "" if _SIZE.fullmatch(alias) else alias, found["wiki"].strip()
    if found["attributes"] is not None:
        values = {each[1].lower(): each[2] or each[3] or each[4] or "" for each in _ATTRIBUTE.finditer(found["attributes"])}  # fmt: skip
        return unescape(values.get("alt", "")), unescape(values.get("src", ""))
    destination = found["angle"] if found["angle"] is not None else found["bare"]
    return _ESCAPED.sub(r"\1", found["caption"]), _ESCAPED.sub(r"\1", destination)


def _code_spans(line: str) -> list[tuple[int, int]]:
    """From where to where there is code in a line."""
    runs = [(found.start(), found.end()) for found in re.finditer("`+", line)]
    by_length: dict[int, list[int]] = {}
    for number, (first, last) in enumerate(runs):
        by_length.setdefault(last - first, []).append(number)
    spans: list[tuple[int, int]] = []
    number = 0
    while number < len(runs):
        first, last = runs[number]
        alike = by_length[last - first]
        closing = bisect_right(alike, number)
        if closing < len(alike):
            spans.append((first, runs[alike[closing]][1]))
            number = alike[closing]
        number += 1
    return spans


def local_link(destination: str) -> str:
    """A destination as a relative path in its simplest form; ``""`` for all that is no relative path of a picture.

    ``./figures/a%20b.png`` is ``figures/a b.png``. A path may lead upwards (``../img/a.png``).
    """
    path = destination.strip().partition("#")[0].partition("?")[0]
    if not path or path.startswith(("/", "\\", "~")) or _SCHEME.match(path) or _DRIVE.match(path):
        return ""
    path = joined("", unquote(path).replace("\\", "/"), may_leave=True)
    return path if path.isprintable() and path.lower().endswith(SUFFIXES) else ""


def joined(folder: str, link: str, *, may_leave: bool = False) -> str:
    """Where a relative path leads from a folder; ``""`` where that is outside the top (unless it ``may_leave``)."""
    parts = [each for each in folder.split("/") if each]
    for part in link.split("/"):
        if part in ("", "."):
            continue
        if part != "..":
            parts.append(part)
        elif parts and parts[-1] != "..":
            parts.pop()
        elif may_leave:
            parts.append(part)
        else:
            return ""
    return "/".join(parts)


def _absolute(destination: str) -> str:
    path = destination.strip()
    if path.lower().startswith("file://"):
        path = unquote(path[7:])
        return path[1:] if _DRIVE.match(path[1:]) else path
    is_path = path.startswith(("/", "~/")) and not path.startswith("//")
    return unquote(path) if is_path or _DRIVE.match(path) else ""


def figure_link(name: str, sha256: str, suffix: str) -> str:
    """What a figure that is attached is called in notes: ``figures/plot-1a2b3c4d.png``.

    The mark follows from the content, so no two pictures share a name, on whichever machines they were attached.
    """
    mark = f"-{sha256[:8]}"
    stem = safe_stem(name.rpartition(".")[0] if name.lower().endswith(SUFFIXES) else name)
    return f"{FOLDER}/{stem.removesuffix(mark)}{mark}{suffix}"


def is_named_by_content(link: str, sha256: str) -> bool:
    """Whether a link was made by :func:`figure_link` for this content."""
    return link.rpartition(".")[0].endswith(f"-{sha256[:8]}")


def image(caption: str, link: str) -> str:
    """``![caption](link)``."""
    return f"!{markdown_link(caption, relative_link(link))}"


def led_to(text: str, picture: Picture, link: str, caption: str = "") -> str:
    """How a note says a picture that leads to another path, with another caption if one is given.

    An ``<img>`` stays one and keeps its other attributes: it may stand in HTML, where Markdown is not read.
    """
    words = text[picture.start : picture.end]
    if not words.startswith("<"):
        return image(caption or picture.caption, link)
    kept = _ATTRIBUTE.sub(lambda found: "" if found[1].lower() == "src" or caption else found[0], words)
    alt = f' alt="{escape(caption)}"' if caption else ""
    return f'{kept[:4]} src="{escape(relative_link(link))}"{alt}{kept[4:]}'


def with_destinations(text: str, found: Sequence[tuple[Picture, str]]) -> str:
    """A note in which pictures (those of :func:`pictures`) are other ones, as Markdown says them."""
    for picture, words in sorted(found, key=lambda each: each[0].start, reverse=True):
        text = text[: picture.start] + words + text[picture.end :]
    return text
