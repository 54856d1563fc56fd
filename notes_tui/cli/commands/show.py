"""``show``: everything about one item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from notes_tui.cli.arguments import citekey_argument, one_key
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.items import stars, status_span, venue_year
from notes_tui.cli.layout import screen_width, wrapped
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.model.item import Annotation, Attachment, HistoryEvent, Item, ItemDetail, display_title
from notes_tui.model.shapes import detail_shape
from notes_tui.model.text import one_line
from notes_tui.model.versions import FIELD, OTHER_TITLES, lines_of, versions_of
from notes_tui.services import listing
from notes_tui.services.keys import find_item
from notes_tui.settings import Config
from notes_tui.store import attachments

if TYPE_CHECKING:
    from notes_tui.services.figures import Figure
    from notes_tui.services.mark_context import MarkContext
    from notes_tui.store.database import Store

_EXAMPLES = """
notes-tui show AntMan
notes-tui show 10.1145/3341301.3359646
notes-tui show AntMan --json
"""


_LABEL = 12
"""Cells of the column of labels."""


@verb("show", examples=_EXAMPLES)
@citekey_argument()
@pass_call
def command(call: Call, citekey: str) -> None:
    """Show everything about one item: fields, links, lists, notes, annotations, history.

    Figures have the numbers by which `open CITEKEY --figure N` shows them.

    With --json, `gone` names annotations that are not in their file any more, and `context` gives what files say
    of annotations besides their words: the heading above them, replies, and why the words may be wrong.
    """
    store = call.store()
    detail = listing.detail(store, find_item(store, one_key(citekey)))
    contexts = _contexts(store, detail)
    shown = _figures(store, detail)
    shape = detail_shape(detail) | {
        "figures": [each.as_dict() for each in shown],
        "context": [{"id": each} | context.as_dict() for each, context in contexts.items()],
    }
    call.answer(shape, _lines(detail, call.config, contexts, _pdf_words(store, detail.item), shown))


def _figures(store: Store, detail: ItemDetail) -> list[Figure]:
    """The figures of an item, where it may have any."""
    has_pictures = any("![" in note.body or "<img" in note.body.lower() for note in detail.notes)
    if not has_pictures and all(each.kind != "figure" for each in detail.item.attachments):
        return []
    from notes_tui.services.figures import of_item

    return of_item(store, detail.item.item_id)


def _contexts(store: Store, detail: ItemDetail) -> dict[str, MarkContext]:
    """What files say of annotations, where any came from a file."""
    if all(each.source == "manual" for each in detail.annotations):
        return {}
    from notes_tui.services.mark_context import contexts_of

    return contexts_of(store, detail.item.item_id, detail.annotations)


def _pdf_words(store: Store, item: Item) -> dict[str, str]:
    """What is told of attached PDFs, by their paths: how many pages, and that a newer version took their place."""
    if not item.attachments:
        return {}
    told: dict[str, str] = {}
    for each in attachments.of_items(store, [item.item_id], "pdf"):
        pages = each.extra.get("pages")
        count = f"{pages:,} {'page' if pages == 1 else 'pages'}" if isinstance(pages, int) and pages else ""
        told[each.path] = " · ".join(filter(None, (count, "an earlier version" if each.is_replaced else "")))
    return told


def _lines(
    detail: ItemDetail, config: Config, contexts: Mapping[str, MarkContext], told: Mapping[str, str],
    shown: Sequence[Figure],
) -> Iterator[Line]:  # fmt: skip
    item, width = detail.item, screen_width()
    for line in wrapped(one_line(display_title(item)), width):
        yield Span(line, "bold")
    if item.creators:
        yield from wrapped(one_line(", ".join(creator.name for creator in item.creators)), width)
    yield Span(" · ".join(filter(None, (venue_year(item), item.type, item.citekey))), "dim")
    yield ""
    yield _reading(item, detail.history, config)
    for label, value in _fields(item, told):
        yield from _labelled(label, value, width)
    if item.abstract:
        yield from _block("Abstract", wrapped(one_line(item.abstract), width, "  "))
    for note in detail.notes:
        yield from _block(note.title or "Note", (f"  {line}" for line in note.body.splitlines()))
    if shown:
        yield from _block("Figures", (f"  {number}  {each.words}" for number, each in enumerate(shown, 1)))
    if detail.annotations:
        yield from _block(
            f"Annotations · {len(detail.annotations):,}",
            (
                line
                for each in detail.annotations
                for line in _annotation(each, contexts.get(each.id), config, width)
            ),
        )
    if detail.history:
        yield from _block("History", (f"  {event.at[:10]}  {in_words(event)}" for event in detail.history))


def _labelled(label: str, value: str, width: int | None) -> Iterator[Line]:
    room = None if width is None else max(width - _LABEL, _LABEL)
    for number, line in enumerate(wrapped(one_line(value), room)):
        yield (Span(("" if number else label).ljust(_LABEL), "dim"), line)


def _block(title: str, lines: Iterator[Line] | Iterator[str]) -> Iterator[Line]:
    yield ""
    yield Span(one_line(title), "bold")
    yield from lines


def _reading(item: Item, history: tuple[HistoryEvent, ...], config: Config) -> Line:
    since = next((event.at[:10] for event in reversed(history) if event.kind == "status"), "")
    parts: list[Span | str] = [status_span(item.read_status, config)]
    if since:
        parts.append(f" since {since}")
    if item.rating:
        parts += ["   ", Span(stars(item.rating), "yellow")]
    if item.progress:
        pages = f" of {item.progress.pages}" if item.progress.pages else ""
        parts.append(f"   page {item.progress.page}{pages}")
    return tuple(parts)


def _fields(item: Item, told_of_files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Labels and values of what an item has, one line each."""
    singles = (
        ("short name", item.title_short), ("tags", ", ".join(item.tags)), ("doi", item.doi), ("arxiv", item.arxiv),
    )  # fmt: skip
    yield from ((label, value) for label, value in singles if value)
    yield from ((link.kind, link.url) for link in item.links)
    yield from ((each.kind, _file_words(each, told_of_files.get(each.path, ""))) for each in item.attachments)
    for entry in item.entries:
        yield "in", " › ".join((entry.slug, *entry.section)) + f" · {entry.text}"
    yield from (("related", citekey) for citekey in item.related)
    yield from (("alias", alias) for alias in item.aliases)
    yield from (("version", line) for line in lines_of(versions_of(item)))
    told = (
        (name, value) for name, value in item.extra.items() if value and name not in (FIELD, OTHER_TITLES)
    )
    yield from told
    yield from (("also titled", title) for title in item.extra.get(OTHER_TITLES, "").split(" | ") if title)
    yield "added", item.added[:10]
    if item.private:
        yield "private", "yes: it stays out of sites and of vaults with a remote"


def _file_words(attachment: Attachment, told: str) -> str:
    return " · ".join(filter(None, (attachment.title, told, attachment.path)))


def _annotation(
    annotation: Annotation, context: MarkContext | None, config: Config, width: int | None
) -> Iterator[Line]:
    page = annotation.page_label or annotation.page
    parts = (
        f"page {page}" if page else "",
        _role_words(annotation.role, config),
        context.heading if context else "",
    )
    yield (
        Span(f"  {annotation.id}  ", "dim"), Span(" · ".join(one_line(part) for part in parts if part), "cyan"),
        Span("  not in the file any more" if annotation.gone else "", "yellow"),
    )  # fmt: skip
    if annotation.quote:
        yield from wrapped(f"“{one_line(annotation.quote)}”", width, "    ")
    if annotation.comment:
        yield from wrapped(one_line(annotation.comment), width, "    ")
    if context is not None:
        yield from _context_lines(context, width)


def _role_words(role: str, config: Config) -> str:
    """A role with its glyph: ``? question``."""
    glyph = next((each.glyph for each in config.roles if each.name == role), "•")
    return f"{glyph} {role}" if role else ""


def _context_lines(context: MarkContext, width: int | None) -> Iterator[Line]:
    from notes_tui.services.mark_context import doubt_words, reply_lines

    for reply in reply_lines(context):
        yield from wrapped(f"↳ {reply}", width, "      ")
    if doubt := doubt_words(context):
        yield Span(f"    {doubt}", "yellow")
    if context.old_page:
        yield Span(f"    page {context.old_page} is one of an earlier version", "yellow")


def in_words(event: HistoryEvent) -> str:
    """A dated change in words: ``unread → read``, ``rated 4``, ``page 5``."""
    if event.kind == "status":
        return f"{event.before} → {event.after}" + (f", page {event.page}" if event.page else "")
    if event.kind == "rating":
        return f"rated {event.after}" if event.after else "rating taken away"
    if event.kind == "progress":
        return f"page {event.after}"
    return "opened"
