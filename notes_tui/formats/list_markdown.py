"""A reading list as one Markdown file, as people keep them in a README: sections, links, check boxes.

What a reader of lists needs stands on the entry's line (title, creators, venue and year, links), what
the owner of the list has to say on a line of its own below it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from notes_tui.model.item import Creator, Item, Link
from notes_tui.model.markdown import heading, inline, link, web_link
from notes_tui.model.outline import Outline, named_title
from notes_tui.model.text import ellipsis

_CREATORS = 6
_LONGEST_TITLE = 500
_LONGEST_REMARK = 200
_BEST_FIRST = ("paper", "pdf", "project", "code", "other")


def write(
    title: str,
    outlines: Sequence[Outline],
    others: Sequence[Item] = (),
    *,
    remarks: Mapping[str, str],
    done: Collection[str],
) -> str:
    """The list as text. One outline gives its sections to the file, several become sections themselves.

    ``others`` stand in none of them; ``remarks`` are short texts by citekey; ``done`` ticks the box.
    """
    writer = _Writer(remarks, done)
    parts = [heading(1, title)]
    alone = len(outlines) == 1 and not others
    if alone and outlines[0].header.description:
        parts += ["\n", inline(outlines[0].header.description), "\n"]
    for outline in outlines:
        parts += [] if alone else ["\n", heading(2, outline.header.title)]
        parts += writer.sections(outline, level=1 if alone else 2)
    if others:
        parts += ["\n", heading(2, "Others"), "\n"] if outlines else ["\n"]
        parts += [writer.entry(item) for item in others]
    return "".join(parts)


class _Writer:
    def __init__(self, remarks: Mapping[str, str], done: Collection[str]) -> None:
        self.remarks = remarks
        self.done = done

    def sections(self, outline: Outline, level: int) -> Iterable[str]:
        """The headings and entries of a list; headings under which nothing stands are left out."""
        above: tuple[str, ...] = ()
        for section in outline.sections:
            if not section.entries:
                continue
            for depth, words in section.new_headings(above):
                yield f"\n{heading(level + depth, words)}"
            above = section.path
            yield "\n"
            for each in section.entries:
                yield self.entry(each.item)

    def entry(self, item: Item) -> str:
        """``- [x] [Title](address) by A. Author (OSDI 2020) [[code](address)]`` and a line for remarks."""
        found = [(each, web_link(each.url)) for each in _in_order(item.links)]
        usable = [(each, address) for each, address in found if address]
        title = ellipsis(named_title(item), _LONGEST_TITLE)
        words = [link(title, usable[0][1]) if usable else inline(title)]
        words += [f"by {_names(item.creators)}"] if item.creators else []
        where = " ".join(filter(None, (item.venue, str(item.year or ""))))
        words += [f"({inline(where)})"] if where else []
        words += [f"[{link(each.kind, address)}]" for each, address in usable[1:]]
        box = "x" if item.read_status in self.done else " "
        remark = self._remark(item)
        return f"- [{box}] {' '.join(words)}\n" + (f"  - {remark}\n" if remark else "")

    def _remark(self, item: Item) -> str:
        words = [] if item.read_status in ("unread", "read") else [inline(item.read_status)]
        if item.progress and item.read_status not in self.done:
            words.append(
                f"p. {item.progress.page}" + (f"/{item.progress.pages}" if item.progress.pages else "")
            )
        words += ["★" * item.rating] if item.rating else []
        words += (
            [inline(ellipsis(self.remarks[item.citekey], _LONGEST_REMARK))]
            if item.citekey in self.remarks
            else []
        )
        return " · ".join(words)


def _in_order(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda each: _BEST_FIRST.index(each.kind))


def _names(creators: Sequence[Creator]) -> str:
    names = ", ".join(inline(each.name) for each in creators[:_CREATORS])
    return names + (" et al." if len(creators) > _CREATORS else "")
