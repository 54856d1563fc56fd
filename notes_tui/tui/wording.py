"""Words of the main screen: what is shown, what is chosen, what to do where nothing is shown."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.style import Style

from notes_tui.model.text import ellipsis, one_line
from notes_tui.services.browsing import Shown
from notes_tui.services.wording import count_of
from notes_tui.tui.keys import Keymap
from notes_tui.tui.widgets.bottom import Part

MUTED = "$foreground 62%"
FIRST_HINTS = ("item.mark-read", "item.annotate", "item.note", "main.help")
_SORT_WORDS = {"-year": "newest first", "title": "by title", "author": "by creator", "venue": "by venue",
               "-rating": "best first", "status": "by status", "-added": "latest added first",
               "-read": "latest read first", "-progress": "by page reached"}  # fmt: skip


def place_name(shown: Shown) -> str:
    """A place in one line: ``Research Space › Cluster Scheduling``."""
    return " › ".join(one_line(part) for part in shown.title)


def numbers(shown: Shown) -> str:
    """``84 papers``, or with a filter ``2 of 84``."""
    if not shown.complete:
        return "…"
    found = len(shown.ids) - shown.repeated
    if shown.text.strip():
        return f"{found:,} found" if shown.everywhere else f"{found:,} of {shown.total:,}"
    return count_of(found, "paper")


def status_parts(shown: Shown, sort: str, selected: int, hidden: int) -> Iterator[Part]:
    """The left side of the status line."""
    yield ("Everywhere" if shown.everywhere else place_name(shown), "heading")
    yield (numbers(shown), "muted")
    if shown.grouped_by:
        yield (f"grouped by {shown.grouped_by}", "muted")
    if selected:
        yield (f"{selected:,} selected" + (f" ({hidden:,} hidden)" if hidden else ""), "selected")
    if shown.text.strip():
        yield (f"filter: {ellipsis(one_line(shown.text), 30)}", "muted")
    if sort:
        yield (_SORT_WORDS.get(sort, f"sort:{sort}"), "muted")


def nothing_shown(shown: Shown, keymap: Keymap, *, library_is_empty: bool) -> Content:
    """What stands in place of an empty list: why it is empty and what to do."""
    if library_is_empty and shown.place.kind != "trash":
        return _empty_library(keymap)
    text = ellipsis(one_line(shown.text), 60)
    if not text:
        return Content.assemble(("Nothing here yet.", "bold"), "\n\n", _EMPTY.get(shown.place.kind, ""))
    where = "the whole library" if shown.everywhere or shown.place.kind == "all" else place_name(shown)
    lines = [Content.assemble(("Nothing in ", "bold"), (where, "bold"), (f" matches “{text}”.", "bold"))]
    if shown.elsewhere:
        key = keymap.shown("search.everywhere")
        found = count_of(shown.elsewhere, "paper does", "papers do")
        wider = Content.assemble(
            (key, "bold $accent"), f" searches everywhere: {found} in the whole library."
        )
        lines.append(wider.stylize(Style.from_meta({"@click": "screen.search_everywhere"})))
    if shown.suggestions:
        words = [
            Content.styled(one_line(word), "bold $accent").stylize(
                Style.from_meta({"@click": ("screen.search_for", (word,))})
            )
            for word in shown.suggestions
        ]
        key = keymap.shown("search.first")
        takes = Content.assemble(
            "   ", (key, "bold $accent"), " takes it" if len(words) == 1 else " takes the first"
        )
        lines.append(Content.assemble("Did you mean ", Content(" or ").join(words), "?", takes))
    escape = keymap.shown("main.escape")
    lines.append(Content.assemble((escape, "bold $accent"), " clears the filter."))
    return Content("\n\n").join(lines)


_EMPTY = {
    "trash": "The trash is empty.",
    "next": "The queue is empty: `w` on a paper puts it here.",
    "tag": "No paper has this tag.",
    "status": "No paper has this status.",
    "collection": "Choose papers elsewhere and put them here with `c`.",
    "view": "No paper matches this view at present.",
    "all": "",
}


def own_folder(keymap: Keymap) -> str:
    """What a person who begins is told of notes that exist already; empty where no key does it."""
    key = keymap.shown("library.adopt")
    return f"Own notes folder? `{key}` previews adopting it" if key else ""


def _empty_library(keymap: Keymap) -> Content:
    commands = ("library.add", "library.adopt", "main.palette", "main.help")
    add, adopt, search, keys = map(keymap.shown, commands)
    return Content.assemble(
        ("This library is empty.", "bold"), "\n\n",
        (add, "bold $accent"), "  adds papers: arXiv ids, DOIs, addresses or titles, one a line\n",
        (adopt, "bold $accent"), "  previews adopting a folder of notes you have; nothing is written\n",
        (search, "bold $accent"), "  finds every command by name\n",
        (keys, "bold $accent"), "  shows all keys\n\n",
        ("From the command line:\n\n", MUTED),
        "  notes-tui import references.bib\n",
        "  notes-tui collection add reading-list.md\n",
    )  # fmt: skip
