"""What a list comes wrapped in: a service's JSON, a page of such a service, an outline in plain text.

Every wrapping is taken off so that Markdown remains, line for line where there is only text, so that the
line numbers of the source stay right.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePath

from notes_tui.model.markdown import is_web_address


@dataclass(frozen=True, slots=True)
class Source:
    """The Markdown of a list and what its wrapping says about it."""

    markdown: str
    title: str = ""
    slug: str = ""
    description: str = ""
    address: str = ""
    """Where the list stands on the web; a file's name says nothing to another machine."""
    line: int = 1
    """Line of the source where the Markdown begins."""


def unwrap(text: str, file: str) -> Source:
    """The list inside a text of any kind this reader takes."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip().startswith("{"):
        wrapped = _service_json(text)
        if wrapped:
            return wrapped
    page = _service_page(text)
    if page:
        return page
    address = file if is_web_address(file) else ""
    if re.search(r"^\s*[•●▪◦‣]\s+\S", text, re.MULTILINE):
        return Source(_outline(text), address=address)
    return Source(_without_front_matter(text), address=address)


def _service_json(text: str) -> Source | None:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None
    if not isinstance(data, dict) or not isinstance(data.get("readme"), str):
        return None
    inner = data.get("repository")
    repository = inner if isinstance(inner, dict) else {}
    name = _first_text(repository.get("full_name"), data.get("full_name"), data.get("name"), data.get("url"))
    title = name.rstrip("/").rsplit("/", 1)[-1]
    return Source(
        data["readme"].replace("\r\n", "\n"),
        title=title,
        slug=title,
        description=_first_text(data.get("description"), repository.get("description")),
        address=_first_text(data.get("url"), repository.get("html_url")),
    )


def _first_text(*values: object) -> str:
    return next((value for value in values if isinstance(value, str) and value), "")


_README_MARK = re.compile(r"^README[ \t]*\n", re.MULTILINE)
_LIST_NAME = re.compile(r"^List:[ \t]*(\S+)[ \t]*$", re.MULTILINE)


def _service_page(text: str) -> Source | None:
    """The README inside the text of a page that shows a list with its name, address and description."""
    mark, name = _README_MARK.search(text), _LIST_NAME.search(text)
    if not mark or not name or name.start() > mark.start():
        return None
    head = text[: name.start()]
    address = re.search(rf"^https?://\S+/{re.escape(name[1])}[ \t]*$", head, re.MULTILINE | re.IGNORECASE)
    after = head[address.end() :].strip().splitlines() if address else []
    return Source(
        text[mark.end() :],
        slug=name[1],
        description=after[0].strip() if after and not after[0].startswith("http") else "",
        address=address[0].strip() if address else "",
        line=text.count("\n", 0, mark.end()) + 1,
    )


def _without_front_matter(text: str) -> str:
    """The text with its YAML front matter as empty lines."""
    found = re.match(r"---[ \t]*\n(?:.*\n){0,200}?---[ \t]*\n", text)
    return "\n" * found[0].count("\n") + text[found.end() :] if found and ":" in found[0] else text


_BULLET = re.compile(r"^(\s*)[•●▪◦‣]\s+")
_NUMBERED = re.compile(r"^\s*\d+(?:\.\d+)*[.)]\s+(\S.*?)\s*:?\s*$")


def _outline(text: str) -> str:
    """An outline as Markdown, line for line: numbered lines above bullets are headings, bullets a list.

    The first line stands for the title where the next one is empty.
    """
    lines = text.split("\n")
    first = next(place for place, line in enumerate(lines) if line.strip())
    result: list[str] = []
    level = 1
    for place, line in enumerate(lines):
        bullet, numbered = _BULLET.match(line), _NUMBERED.match(line)
        heading = re.match(r"(#{1,6})\s", line)
        level = len(heading[1]) if heading else level
        if bullet:
            result.append(
                "- " + line[bullet.end() :] if len(bullet[1]) < 8 else "    - " + line[bullet.end() :]
            )
        elif numbered and _BULLET.match(next((below for below in lines[place + 1 :] if below.strip()), "")):
            result.append(f"{'#' * min(level + 1, 6)} {numbered[1]}")
        elif place == first and not line.lstrip().startswith("#"):
            blank_below = place + 1 < len(lines) and not lines[place + 1].strip()
            result.append(f"# {line.strip()}" if blank_below else line)
        else:
            result.append(line)
    return "\n".join(result)


def title_of_file(file: str) -> str:
    """What to call a list that does not say its name: its file, or its folder where the file is a README."""
    path = PurePath(file)
    if path.stem.casefold() in ("readme", "index") and path.parent.name:
        return path.parent.name
    return path.stem or "Reading list"
