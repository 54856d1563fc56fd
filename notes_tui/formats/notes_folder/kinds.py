"""What a Markdown file is: a note that may be on a paper, a list, or something else with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from notes_tui.formats.notes_folder.heads import NoteHead, read_head
from notes_tui.formats.notes_folder.marks import Top, local_path, targets_in
from notes_tui.formats.notes_folder.names import (
    is_list_name,
    is_main_note,
    is_mere_list,
    is_note_file,
    no_paper_name,
    stem,
)
from notes_tui.model.adoption import FoundFile
from notes_tui.model.links import kind_of
from notes_tui.model.whole_text import body_of

_ENTRY = re.compile(r"\s*(?:[-*+•]|\d+[.)]|\||#{1,6}\s)")
_PLACEHOLDERS = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\{[a-z_]*title[a-z_]*\}|<paper[_ ]\w+>|\[Paper Title\]|\[论文标题\]",
    re.IGNORECASE,
)
_MOST_LINES = 3_000
TEMPLATE = "it is a template"
EMPTY = "it is empty"
DIARY = "it is a diary"


@dataclass
class NoteFile:
    """A Markdown file with what its text and its name say of it."""

    file: FoundFile
    in_folder: str

    @property
    def path(self) -> str:
        """Where it lies."""
        return self.file.path

    @cached_property
    def body(self) -> str:
        """The note behind the front matter."""
        return body_of(self.file.text or "")[1]

    @cached_property
    def head(self) -> NoteHead:
        """What it says about its paper."""
        return read_head(self.file.text or "", self.file.path)

    @cached_property
    def is_list(self) -> bool:
        """Whether it is a table of contents or a reading list."""
        return _is_list(self.body, self.path)

    @cached_property
    def no_paper(self) -> str:
        """Why it is no note on a paper, whatever stands beside it; empty where it may be one."""
        reason = no_paper_name(self.path)
        if reason == TEMPLATE:
            return reason
        if not self.body.strip() and not self.head.evidence:
            return EMPTY
        if reason and (reason == DIARY or len(self.head.evidence) < 2):
            return reason
        if _is_template(self.file.text or ""):
            return TEMPLATE
        if self.is_list:
            return "it is a list of papers"
        return "it is on several papers" if not self.is_main and _is_on_several(self.body) else ""

    @property
    def is_main(self) -> bool:
        """Whether it is called ``README``, ``notes`` and the like."""
        return is_main_note(self.path)

    @property
    def stem(self) -> str:
        """Its name without its ending."""
        return stem(self.path)


def _is_template(body: str) -> bool:
    return len(_PLACEHOLDERS.findall(body[:4_000])) >= 2


def _is_list(body: str, path: str) -> bool:
    folder = path.rpartition("/")[0]
    lines = [line for line in body.split("\n")[:_MOST_LINES] if line.strip()]
    text = [
        line for line in lines if not line.lstrip().startswith("#") and not re.match(r"\s*[-|:\s]+$", line)
    ]
    entries = [line for line in text if _ENTRY.match(line)]
    local, papers = set(), 0
    for line in lines:
        if "](" not in line and "[[" not in line and "http" not in line:
            continue
        targets = [each for each in targets_in(line) if not each.is_picture]
        local |= {
            found for each in targets if (found := local_path(each.to, folder)) and _leads_to_note(found)
        }
        papers += bool(_ENTRY.match(line)) and any(
            kind_of(each.to, each.words) in ("paper", "pdf") for each in targets
        )
    if (is_list_name(path) and len(local) >= 3) or is_mere_list(path):
        return True
    dense = len(entries) >= 0.5 * max(len(text), 1)
    return (
        dense
        and len(local) + papers >= 5
        and 2 * (len(local) + papers) >= len(entries)
        and len(body) < 400 * (len(local) + papers)
    )


def _is_on_several(body: str) -> bool:
    """Whether at least three headings have the link of a paper of their own, in them or right below."""
    top = Top(body)
    found: set[str] = set()
    for heading in top.headings:
        below = [line for line in top.lines[heading.line + 1 : heading.line + 6] if line.strip()][:2]
        if any(line.lstrip().startswith("#") for line in below[:1]):
            continue
        for line in (top.lines[heading.line], *below):
            links = [each.to for each in targets_in(line) if kind_of(each.to, each.words) in ("paper", "pdf")]
            if links:
                found.add(links[0])
                break
    return len(found) >= 3


def _leads_to_note(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return is_note_file(name) or name.endswith(".pdf") or "." not in name[-6:]
