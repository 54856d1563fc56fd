"""The third pane's content: everything about one item as lines of text, ready to be drawn at a width.

Lines are made once for an item and a width; they may be made in a thread, because they touch no widget.
What can be clicked carries the action in its style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from io import StringIO
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from notes_tui.model.item import Annotation, Entry, HistoryEvent, Item, ItemDetail, Note, display_title
from notes_tui.model.text import ellipsis, one_line, printable
from notes_tui.model.times import ago
from notes_tui.services.places_found import Sought, places_of
from notes_tui.tui.emphasis import emphasised
from notes_tui.tui.external import links_of

if TYPE_CHECKING:
    from notes_tui.services.mark_context import MarkContext
    from notes_tui.services.pdf_texts import PageHit

MAX_NOTE = 20_000
"""Characters of a note that the pane shows; the editor has all of them."""
MAX_TITLE = 240
"""Characters of a title that the pane shows: more would leave no room for anything else."""
MAX_ABSTRACT = 4_000
MAX_QUOTE = 2_000
MAX_ANNOTATIONS = 100
MAX_HISTORY = 12


class Look(NamedTuple):
    """What the lines need to know besides the item."""

    styles: Mapping[str, Style]
    glyph: Callable[[str], str]
    """The glyph of a read status."""
    role_glyph: Callable[[str], str]
    collection_title: Callable[[str], str]
    key: Callable[[str], str]
    """The key of a command, as people write it."""
    now: datetime
    hits: tuple[PageHit, ...] = ()
    """Pages of its PDFs on which the words that are searched for stand."""
    contexts: Mapping[str, MarkContext] = MappingProxyType({})
    """What files say of annotations besides their words, by the annotations' ids."""
    sought: Sought | None = None
    """What is searched for."""
    plain_notes: bool = False
    """Whether the text of notes is shown as it is typed, because what draws Markdown is not loaded yet."""


def paper_lines(detail: ItemDetail, width: int, look: Look) -> list[Strip]:
    """Everything about one item, wrapped to ``width`` cells."""
    console = _console(width, look, markdown=bool(detail.notes) and not look.plain_notes)
    lines = console.render_lines(
        Group(*_blocks(detail, look)),
        console.options.update(width=width, height=None),
        style=look.styles["plain"],
    )
    safe = [_with_safe_links(line) for line in lines]
    if look.sought:
        safe = [emphasised(line, look.sought.anywhere, look.styles["accent"]) for line in safe]
    return [Strip(line) for line in safe]


def _console(width: int, look: Look, *, markdown: bool) -> Console:
    theme = None
    if markdown:
        from notes_tui.tui.markdown_view import markdown_theme

        theme = markdown_theme(look.styles)
    return Console(
        width=width, file=StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False,
        theme=theme, highlight=False, markup=False, emoji=False, _environ={},
    )  # fmt: skip


def _with_safe_links(segments: list[Segment]) -> list[Segment]:
    """Links of a note as actions of ours, so that only what may be opened is opened."""
    safe: list[Segment] = []
    for text, style, control in segments:
        if control:
            continue
        if style is not None and style.link:
            style = style.update_link(None) + _leading_to(style.link)
        safe.append(Segment(text, style))
    return safe


def _leading_to(link: str) -> Style:
    """The action of a link: a picture of the note's own folder (see :mod:`notes_tui.tui.markdown_view`), or an address."""
    is_figure = link.startswith("figure:")
    action = ("figure", (unquote(link.removeprefix("figure:")),)) if is_figure else ("address", (link,))
    return Style(meta={"@click": action})


def _blocks(detail: ItemDetail, look: Look) -> Iterator[RenderableType]:
    item = detail.item
    yield _title(item, look)
    yield from _facts(item, look)
    yield from _links(item, look)
    yield from _files(detail, look)
    yield from _places(detail, look)
    yield from _hits(look)
    yield from _notes(detail.notes, look)
    yield from _annotations(detail.annotations, look)
    if item.abstract:
        yield _label("Abstract", look)
        yield Text(one_line(ellipsis(item.abstract, MAX_ABSTRACT)), look.styles["plain"])
    yield from _lists(item, look)
    yield from _history(detail.history, look)
    yield from _identity(item, look)


def _label(name: str, look: Look, hint: str = "", action: str = "") -> RenderableType:
    label = Text.assemble("\n", (name.upper(), look.styles["label"]))
    if hint:
        style = look.styles["muted"] + (Style(meta={"@click": action}) if action else Style.null())
        label.append(f"  {hint}", style)
    return label


def _title(item: Item, look: Look) -> RenderableType:
    title = one_line(display_title(item)[:MAX_TITLE]) + ("…" if len(item.title) > MAX_TITLE else "")
    short = one_line(item.title_short[:MAX_TITLE])
    if not short:
        return Text(title, look.styles["title"])
    if title.startswith(short):
        return Text.assemble((short, look.styles["short"]), (title[len(short) :], look.styles["title"]))
    return Text.assemble((short, look.styles["short"]), "\n", (title, look.styles["title"]))


def _facts(item: Item, look: Look) -> Iterator[RenderableType]:
    styles = look.styles
    names = ", ".join(one_line(creator.name) for creator in item.creators[:8])
    if item.creators:
        yield Text(
            names + (f" and {len(item.creators) - 8} more" if len(item.creators) > 8 else ""), styles["muted"]
        )
    place = " ".join(part for part in (one_line(item.venue), str(item.year or "")) if part)
    kind = "" if item.type in ("article", "paper-conference", "article-journal") else item.type
    if place or kind:
        yield Text.assemble((place, styles["plain"]), (f"{'  ' if place else ''}{kind}", styles["muted"]))
    style = {"unread": "muted", "dropped": "muted", "queued": "accent", "reading": "accent"}
    line = Text.assemble("\n", (
        f"{look.glyph(item.read_status)} {one_line(item.read_status)}", styles[style.get(item.read_status, "done")]
    ))  # fmt: skip
    if item.rating:
        line.append(f"   {'★' * item.rating}", styles["accent"]).append(
            "☆" * (5 - item.rating), styles["muted"]
        )
    yield line
    if item.progress:
        yield _progress(item.progress.page, item.progress.pages, look)
    if item.tags:
        tags = Text()
        for tag in item.tags:
            action = Style(meta={"@click": ("tag", (tag,))})
            tags.append(f"#{one_line(tag)}", styles["tag"] + action).append("  ")
        yield tags


def _progress(page: int, pages: int | None, look: Look) -> Text:
    if not pages:
        return Text(f"page {page}", look.styles["muted"])
    filled = min(round(12 * page / pages), 12)
    return Text.assemble(
        ("━" * filled, look.styles["done"]), ("─" * (12 - filled), look.styles["muted"]),
        (f"  page {page} of {pages}", look.styles["muted"]),
    )  # fmt: skip


def _links(item: Item, look: Look) -> Iterator[RenderableType]:
    links = links_of(item)
    if links:
        yield _label("Links", look, f"{look.key('item.open')} open", "screen.run('item.open')")
    for link in links:
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(f"{link.kind:<8}", look.styles["muted"])
        address = one_line(link.url).removeprefix("https://").removeprefix("http://").removeprefix("www.")
        yield line.append(address, look.styles["link"] + Style(meta={"@click": ("address", (link.url,))}))


def _files(detail: ItemDetail, look: Look) -> Iterator[RenderableType]:
    """Attached files by their names; a figure by its caption, its path below."""
    if not detail.item.attachments:
        return
    yield _label("Files", look, f"{look.key('item.open-pdf')} open", "screen.run('item.open-pdf')")
    captions = _captions(detail)
    for attachment in detail.item.attachments:
        name = attachment.title or PurePath(attachment.path).name
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(f"{one_line(attachment.kind):<8}", look.styles["muted"])
        if attachment.kind != "figure":
            yield line.append(one_line(name), look.styles["plain"])
            continue
        action = Style(meta={"@click": ("figure", (attachment.link or name,))})
        yield line.append(one_line(captions.get(attachment.link) or name), look.styles["plain"] + action)
        path = one_line(attachment.link or attachment.path)
        yield Padding(
            Text(path, look.styles["muted"] + action, no_wrap=True, overflow="ellipsis"), (0, 0, 0, 8)
        )


def _captions(detail: ItemDetail) -> dict[str, str]:
    """The captions of figures by what notes call them."""
    if not any(each.link for each in detail.item.attachments):
        return {}
    from notes_tui.model.figures import pictures

    return {
        each.link: each.caption for note in reversed(detail.notes) for each in reversed(pictures(note.body))
    }


def _places(detail: ItemDetail, look: Look) -> Iterator[RenderableType]:
    """Where the words that are searched for stand, so that nobody has to look for them further down."""
    places = places_of(detail, look.sought) if look.sought else []
    if places:
        yield _label("Found", look)
    for place in places:
        line = Text.assemble((f"{one_line(place.where)}  ", look.styles["strong"]))
        yield Padding(line.append(one_line(place.stretch.text), look.styles["muted"]), (0, 0, 0, 2))


def _hits(look: Look) -> Iterator[RenderableType]:
    if look.hits:
        yield _label(
            "Found in the PDF", look, f"{look.key('detail.found')} open", "screen.run('detail.found')"
        )
    for hit in look.hits:
        action = Style(meta={"@click": ("found", (hit.path, hit.page))})
        line = Text.assemble((f"p. {hit.page}  ", look.styles["strong"] + action))
        # White space at the edges of a piece counts here, and one_line() takes it away.
        before = one_line(hit.before) + (" " if hit.before.endswith(" ") else "")
        after = (" " if hit.after.startswith(" ") else "") + one_line(hit.after)
        for words, style in ((before, "muted"), (one_line(hit.found), "accent"), (after, "muted")):
            line.append(words, look.styles[style] + action)
        yield Padding(line, (0, 0, 0, 2))


def _notes(notes: tuple[Note, ...], look: Look) -> Iterator[RenderableType]:
    hint = f"{look.key('item.note')} write"
    if not notes:
        yield _label("Note", look, hint, "screen.run('item.note')")
        return
    for note in notes:
        name = (
            "Note"
            + (f" · {one_line(note.title)}" if note.title else "")
            + (" · private" if note.private else "")
        )
        yield _label(name, look, hint, "screen.run('item.note')")
        yield _body(note.body[:MAX_NOTE], look)
        if len(note.body) > MAX_NOTE:
            more = f"… {len(note.body) - MAX_NOTE:,} more characters; {look.key('item.note')} shows all"
            yield Text(more, look.styles["muted"])


def _body(text: str, look: Look) -> RenderableType:
    if look.plain_notes:
        return Text(printable(text), look.styles["plain"])
    from notes_tui.tui.markdown_view import NoteView

    return NoteView(text)


def _annotations(annotations: tuple[Annotation, ...], look: Look) -> Iterator[RenderableType]:
    if not annotations:
        return
    hint = f"{look.key('item.annotate')} add"
    yield _label(f"Annotations · {len(annotations)}", look, hint, "screen.run('item.annotate')")
    for number, annotation in enumerate(annotations[:MAX_ANNOTATIONS]):
        if number:
            yield Text("")
        action = Style(meta={"@click": ("annotation", (annotation.id,))})
        yield _place_of(annotation, look, action)
        if annotation.quote:
            quote = Text(printable(annotation.quote[:MAX_QUOTE]), look.styles["quote"] + action)
            yield Padding(quote, (0, 0, 0, 2))
        if annotation.comment:
            comment = Text(printable(annotation.comment[:MAX_QUOTE]), look.styles["plain"] + action)
            yield Padding(comment, (0, 0, 0, 2))
        yield from _context(annotation, look)
    if len(annotations) > MAX_ANNOTATIONS:
        yield Text(f"… {len(annotations) - MAX_ANNOTATIONS:,} more", look.styles["muted"])


def _context(annotation: Annotation, look: Look) -> Iterator[RenderableType]:
    """Replies, and a warning where the words look wrong."""
    context = look.contexts.get(annotation.id)
    if context is None:
        return
    from notes_tui.services.mark_context import doubt_words, reply_lines

    for line in reply_lines(context):
        yield Padding(Text(f"↳ {line[:MAX_QUOTE]}", look.styles["muted"]), (0, 0, 0, 2))
    if doubt := doubt_words(context):
        yield Padding(Text(doubt, look.styles["warning"]), (0, 0, 0, 2))


def _place_of(annotation: Annotation, look: Look, action: Style) -> Text:
    page = annotation.page_label or (str(annotation.page) if annotation.page else "")
    line = Text("❝ " if annotation.quote else "✎ ", look.styles["muted"] + action)
    line.append(f"p. {one_line(page)}" if page else "no page", look.styles["strong"] + action)
    if annotation.role:
        role = one_line(annotation.role)
        line.append(f"  {look.role_glyph(annotation.role)} {role}", look.styles["tag"] + action)
    if annotation.gone:
        line.append("  not in the file any more", look.styles["muted"])
    context = look.contexts.get(annotation.id)
    if context is not None and context.old_page:
        line.append("  a page of an earlier version", look.styles["muted"])
    if context is not None and context.heading:
        line.append(f"  {one_line(context.heading)}", look.styles["muted"])
    return line


def _lists(item: Item, look: Look) -> Iterator[RenderableType]:
    if item.entries:
        yield _label("In lists", look)
    for entry in item.entries:
        path = " › ".join(one_line(part) for part in (look.collection_title(entry.slug), *entry.section))
        action = Style(meta={"@click": ("place", (entry.slug, *entry.section))})
        yield Text(path, look.styles["link"] + action)
        yield from _words(entry, look)


def _words(entry: Entry, look: Look) -> Iterator[RenderableType]:
    words = one_line(entry.text[:MAX_QUOTE])
    if words:
        yield Padding(Text(words, look.styles["muted"]), (0, 0, 0, 2))
    for name, value in entry.fields.items():
        line = Text.assemble(
            (f"{one_line(name)}: ", look.styles["label"]), (one_line(value), look.styles["muted"])
        )
        yield Padding(line, (0, 0, 0, 2))


def _history(history: tuple[HistoryEvent, ...], look: Look) -> Iterator[RenderableType]:
    if not history:
        return
    yield _label("History", look, f"{look.key('item.history')} all", "screen.run('item.history')")
    for event in list(reversed(history))[:MAX_HISTORY]:
        when = Text(f"{one_line(ago(event.at, look.now)):<12}", look.styles["muted"])
        yield when.append(_event_words(event, look), look.styles["plain"])


def _event_words(event: HistoryEvent, look: Look) -> str:
    page = f", page {event.page}" if event.page and event.kind == "status" else ""
    match event.kind:
        case "status":
            return f"{look.glyph(str(event.after))} {one_line(str(event.after))}{page}"
        case "progress":
            return f"page {event.page}"
        case "rating":
            return f"{'★' * int(event.after)}" if event.after else "rating taken away"
        case "opened":
            return "opened"


def _identity(item: Item, look: Look) -> Iterator[RenderableType]:
    yield Text("")
    facts = [("citekey", item.citekey), ("also", ", ".join(item.aliases)), ("related", ", ".join(item.related)),
             ("versions", _versions(item) if item.extra else ""),
             ("added", item.added[:10]), ("private", "yes" if item.private else "")]  # fmt: skip
    for name, value in facts:
        if value:
            yield Text.assemble((f"{name:<9}", look.styles["label"]), (one_line(value), look.styles["muted"]))


def _versions(item: Item) -> str:
    from notes_tui.model.versions import lines_of, versions_of

    return "; ".join(lines_of(versions_of(item)))
