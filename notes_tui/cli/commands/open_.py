"""``open``: an item's link in the browser, or its PDF in the viewer."""

from __future__ import annotations

import click

from notes_tui.cli.arguments import citekey_argument, one_key
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.verb import verb
from notes_tui.errors import NotesError
from notes_tui.model.item import Item, display_title
from notes_tui.model.text import one_line
from notes_tui.services import citing, listing, reading
from notes_tui.services.keys import find_item

_EXAMPLES = """
notes-tui open Horovod
notes-tui open Horovod --print                    only says where it would go
notes-tui open AntMan --page 5                    its PDF, in your viewer
notes-tui open AntMan --annotation 3f1c09ab2e     its PDF where that annotation is
notes-tui open AntMan --figure 2                  the second figure that `show` lists
notes-tui open AntMan --search                    looks for the title on the web
"""


@verb("open", examples=_EXAMPLES)
@citekey_argument()
@click.option("--print", "only_print", is_flag=True, help="Print the address; open nothing.")
@click.option("--search", is_flag=True, help="A web search for the title instead of the link.")
@click.option("--pdf", is_flag=True, help="The attached PDF, where reading stopped.")
@click.option("--page", metavar="P", type=click.IntRange(min=1), help="The attached PDF at this page.")
@click.option("--annotation", metavar="ID", default="", help="The attached PDF at this annotation.")
@click.option(
    "--figure", metavar="N", type=click.IntRange(min=1), help="The figure that `show` gives this number."
)
@pass_call
def command(
    call: Call, citekey: str, only_print: bool, search: bool, pdf: bool, page: int | None, annotation: str,
    figure: int | None,
) -> None:  # fmt: skip
    """Open the link of an item in the browser; without a window to show it in, print the address.

    An item without a link has its PDF opened. With --pdf, --page or --annotation its PDF is opened in the viewer that config.yaml names, with --figure a figure
    of its notes in the program that shows pictures. Only web, mail and DOI links are opened. Opening is kept in the
    history and changes no read status.
    """
    from notes_tui.tui import external

    store = call.store()
    item_id = find_item(store, one_key(citekey))
    if figure is not None:
        _open_figure(call, item_id, figure, only_print=only_print)
        return
    item = listing.rows(store, [item_id])[0]
    has_only_pdf = not search and not citing.best_link(item) and _has_pdf(item)
    if pdf or page is not None or annotation or has_only_pdf:
        _open_pdf(call, item_id, page, annotation, only_print=only_print)
        return
    address = external.search_address(display_title(item)) if search else external.safe_address(_link(item))
    opened = not only_print and external.open_in_browser(address)
    if opened:
        reading.log_opened(store, item_id)
    answer = {"citekey": item.citekey, "url": address, "opened": opened}
    call.answer(answer, f"opened {address}" if opened else address)


def _has_pdf(item: Item) -> bool:
    return any(each.kind == "pdf" for each in item.attachments)


def _open_pdf(call: Call, item_id: int, page: int | None, annotation: str, *, only_print: bool) -> None:
    from notes_tui.services import page_opening

    opened = page_opening.open_file(
        call.store(), item_id, call.config.viewer, page=page, annotation_id=annotation,
        start=None if only_print else page_opening.start_viewer,
    )  # fmt: skip
    what = " ".join(opened.command) if only_print else f"opened {opened.path}"
    call.answer(opened.as_dict(), one_line(what))


def _open_figure(call: Call, item_id: int, number: int, *, only_print: bool) -> None:
    from notes_tui.services import figures, page_opening

    figure = figures.named(call.store(), item_id, number)
    command = page_opening.open_figure(figure, start=None if only_print else page_opening.start_viewer)
    what = " ".join(command) if only_print else f"opened {figure.place}"
    call.answer(figure.as_dict() | {"command": list(command)}, one_line(what))


def _link(item: Item) -> str:
    link = citing.best_link(item)
    if not link:
        raise NotesError(
            f"{item.citekey} has none", title="no link", hint="--search looks for its title on the web"
        )
    return link
