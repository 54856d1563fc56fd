"""``collection``: reading lists from elsewhere and of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from notes_tui.cli.arguments import citekeys_argument, expanded
from notes_tui.cli.asking import can_ask, confirmed
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.completing import complete_slug
from notes_tui.cli.importing import import_options, report_lines
from notes_tui.cli.items import status_span
from notes_tui.cli.layout import Column, screen_width, table
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import subcommand, verb_group
from notes_tui.model.text import one_line
from notes_tui.services import collecting
from notes_tui.services.collecting import CollectionView
from notes_tui.services.keys import find_items
from notes_tui.settings import Config
from notes_tui.store.collections import Collection

if TYPE_CHECKING:
    from notes_tui.model.list_news import News
    from notes_tui.services.list_updating import ListInbox, ListUpdate

_EXAMPLES = """
notes-tui collection list
notes-tui collection show research-space
notes-tui collection new "My thesis"
notes-tui collection put my-thesis AntMan Gandiva --section "Related work"
notes-tui collection add awesome-list.md
notes-tui collection hide training-system
"""
_UPDATE_EXAMPLES = """
notes-tui collection update systems newer-list.md --dry-run
notes-tui collection update systems https://github.com/someone/awesome-systems
"""
_slug_argument = click.argument("slug", metavar="SLUG", shell_complete=complete_slug)


@verb_group("collection", examples=_EXAMPLES)
def command() -> None:
    """Reading lists: show them, make your own, put items in, bring lists in from files."""


@subcommand(command, "list", examples="notes-tui collection list --json")
@pass_call
def list_collections(call: Call) -> None:
    """List the collections, in your order."""
    found = collecting.collections(call.store())
    call.answer([each.as_dict() for each in found], _overview(found))


def _overview(found: Sequence[Collection]) -> Iterator[Line]:
    rows = [
        (
            Span(each.slug, "bold"), each.title, f"{each.read} of {each.items} read",
            Span("hidden" if each.hidden else "", "yellow"),
        )
        for each in found
    ]  # fmt: skip
    yield from table(rows, (Column(32), Column(flexible=True), Column(right=True), Column()), screen_width())
    if not found:
        yield "no collections yet"
        yield Span('`notes-tui collection new "My list"` makes one', "dim")


@subcommand(command, "show", examples="notes-tui collection show research-space")
@_slug_argument
@pass_call
def show(call: Call, slug: str) -> None:
    """Show a collection by its sections, in its own order and words."""
    view = collecting.show(call.store(), slug)
    call.answer(view.as_dict(), _whole(view, call.config))


def _whole(view: CollectionView, config: Config) -> Iterator[Line]:
    yield Span(one_line(view.collection.title), "bold")
    if view.collection.description:
        yield one_line(view.collection.description)
    width, columns = screen_width(), (Column(12), Column(24), Column(flexible=True))
    by_section: dict[tuple[str, ...], list[tuple[Span, Span, str]]] = {}
    for entry, item in view.entries:
        row = (status_span(item.read_status, config), Span(item.citekey, "bold"), entry.title)
        by_section.setdefault(entry.section, []).append(row)
    counts = {section.path: section for section in view.sections}
    for path in [*dict.fromkeys([*by_section, *counts])] if () in by_section else counts:
        yield ""
        if path:
            done = f"  {counts[path].read} of {counts[path].total} read" if path in counts else ""
            yield (Span(one_line(" › ".join(path)), "bold"), Span(done, "dim"))
        yield from table(by_section.get(path, []), columns, width)


@subcommand(command, "new", examples='notes-tui collection new "My thesis" --slug thesis')
@click.argument("title", metavar="TITLE")
@click.option(
    "--slug", metavar="SLUG", default="", help="Its name on the command line; made from TITLE if left out."
)
@pass_call
def new(call: Call, title: str, slug: str) -> None:
    """Make a collection of your own."""
    made = collecting.create(call.store(), title, slug)
    call.answer(made.as_dict(), f"{made.title} made; its name here is {made.slug}")


@subcommand(command, "add", examples="notes-tui collection add awesome-list.md")
@click.argument("file", metavar="FILE", type=click.Path())
@import_options
@pass_call
def add(call: Call, file: str, format_name: str, dry_run: bool) -> None:
    """Make a collection of a reading list: Markdown, a list service's JSON, or YAML as in library/."""
    from notes_tui.services import importing

    options = importing.ImportOptions(format=format_name, dry_run=dry_run)
    report = importing.add_collection(call.store(), file, options)
    call.answer(report.as_dict(), report_lines(report, dry_run=dry_run))


@subcommand(command, "update", examples=_UPDATE_EXAMPLES)
@_slug_argument
@click.argument("file", metavar="[FILE|URL]", required=False, type=click.Path())
@import_options
@pass_call
def update(call: Call, slug: str, file: str | None, format_name: str, dry_run: bool) -> None:
    """Bring a collection up to a newer state of its list; no item, status or note goes.

    What is new, gone, moved, retitled or in another section waits in `collection inbox`. An address is asked for the
    list; a page of GitHub leads to the README in it. Without FILE a list that came from an address is asked there
    again, and a bundled list is brought up to the state that came with the program.
    """
    from notes_tui.services import list_updating
    from notes_tui.services.importing import ImportOptions

    options = ImportOptions(format=format_name, dry_run=dry_run)
    done = list_updating.update(
        call.store(), slug, file or "", options, download=lambda url: _downloaded(call, url)
    )
    call.answer(done.as_dict(), _update_lines(done, dry_run))


def _downloaded(call: Call, url: str) -> tuple[str, str]:
    from notes_tui.services.net.opening import open_client, text_of_list

    with open_client(call.home, call.config, [url]) as client:
        return text_of_list(client, url, call.config.sources)


def _update_lines(done: ListUpdate, dry_run: bool) -> Iterator[Line]:
    yield from report_lines(replace(done.report, proposals=[]), dry_run=dry_run)
    yield from _news_lines(done.news, done.citekeys)


_MARKS = {
    "new": ("new        ", "green"), "gone": ("gone       ", "yellow"), "moved": ("moved      ", ""),
    "retitled": ("retitled   ", "cyan"), "resectioned": ("in section ", ""),
}  # fmt: skip


def _news_lines(news: Sequence[News], citekeys: Mapping[int, str]) -> Iterator[Line]:
    for each in news:
        where = ""
        if each.kind == "moved":
            where = f"from {each.was_position} to {each.position}"
        elif each.kind == "retitled" and each.was_title != each.title:
            where = f"was {each.was_title}"
        elif each.kind == "resectioned":
            where = f"{' › '.join(each.section) or 'none'}, was {' › '.join(each.was_section) or 'none'}"
        elif each.section:
            where = f"{' › '.join(each.section)}"
        key = citekeys.get(each.item_id, "")
        yield (
            Span(*_MARKS[each.kind]),
            Span(f"{key} ", "bold"),
            one_line(each.title),
            Span(f"  {one_line(where)}" if where else "", "dim"),
        )


@subcommand(
    command, "inbox", examples="notes-tui collection inbox\nnotes-tui collection inbox systems --seen"
)
@click.argument("slug", metavar="[SLUG]", required=False, shell_complete=complete_slug)
@click.option("--seen", is_flag=True, help="Empty it: all of this has been seen.")
@pass_call
def inbox(call: Call, slug: str | None, seen: bool) -> None:
    """What updates of lists brought and nobody has seen yet, of one list or of all."""
    from notes_tui.services import list_updating

    found = list_updating.unseen(call.store(), slug or "")
    if seen:
        list_updating.mark_seen(call.store(), [each.news_id for one in found for each in one.news])
    call.answer([each.as_dict() for each in found], _inbox_lines(found))


def _inbox_lines(found: Sequence[ListInbox]) -> Iterator[Line]:
    for each in found:
        if each.news:
            yield Span(one_line(each.title), "bold")
            yield from _news_lines(each.news, each.citekeys)
    if not any(each.news for each in found):
        yield "nothing that you have not seen"


@subcommand(command, "put", examples='notes-tui collection put my-thesis AntMan --section "Related work"')
@_slug_argument
@citekeys_argument()
@click.option(
    "--section", metavar="S", multiple=True, help="The heading it stands under; again for one below that."
)
@click.option("--position", metavar="N", type=click.IntRange(min=1), help="The place in the list, from 1.")
@pass_call
def put(call: Call, slug: str, citekeys: Sequence[str], section: Sequence[str], position: int | None) -> None:
    """Put items into a collection; those that stand in it already stay where they are."""
    store = call.store()
    item_ids = find_items(store, expanded(citekeys))
    number, label = collecting.put(store, slug, item_ids, section=section, position=position)
    call.answer({"slug": slug, "changed": number}, label if number else "all of them stand in it already")


@subcommand(command, "take", examples="notes-tui collection take my-thesis AntMan")
@_slug_argument
@citekeys_argument()
@pass_call
def take(call: Call, slug: str, citekeys: Sequence[str]) -> None:
    """Take items out of a collection; they stay in the library."""
    store = call.store()
    number, label = collecting.take(store, slug, find_items(store, expanded(citekeys)))
    call.answer({"slug": slug, "changed": number}, label if number else "none of them stands in it")


@subcommand(command, "hide", examples="notes-tui collection hide training-system")
@_slug_argument
@pass_call
def hide(call: Call, slug: str) -> None:
    """Take a list and its untouched items out of the overview, `next` and `stats`; search still finds them."""
    call.answer({"slug": slug, "hidden": True}, collecting.hide(call.store(), slug))


@subcommand(command, "unhide", examples="notes-tui collection unhide training-system")
@_slug_argument
@pass_call
def unhide(call: Call, slug: str) -> None:
    """Bring a hidden list back."""
    call.answer({"slug": slug, "hidden": False}, collecting.hide(call.store(), slug, hidden=False))


@subcommand(command, "rename", examples='notes-tui collection rename my-thesis "My dissertation"')
@_slug_argument
@click.argument("title", metavar="TITLE")
@pass_call
def rename(call: Call, slug: str, title: str) -> None:
    """Give a collection another title; its slug stays."""
    call.answer({"slug": slug, "title": title}, collecting.rename(call.store(), slug, title))


@subcommand(command, "remove", examples="notes-tui collection remove training-system --trash")
@_slug_argument
@click.option(
    "--trash/--keep",
    "trash",
    default=None,
    help="Trash untouched items that stand in no other list, or keep them.",
)
@pass_call
def remove(call: Call, slug: str, trash: bool | None) -> None:
    """Remove a collection. Items you have touched stay in any case.

    At a terminal it asks what becomes of untouched items that stand in no other list; elsewhere they are kept.
    """
    store = call.store()
    if trash is None:
        untouched = collecting.untouched_items(store, slug)
        question = f"Move {len(untouched)} untouched items that stand in no other list to the trash?"
        trash = bool(untouched) and can_ask() and confirmed(question)
    number, label = collecting.remove(store, slug, trash_untouched=trash)
    call.answer({"slug": slug, "trashed": number}, label)
