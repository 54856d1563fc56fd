"""``annotate``: quotes and remarks with their page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from notes_tui.cli.arguments import citekey_argument, one_key, text_or_stdin
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.completing import complete_role
from notes_tui.cli.verb import verb
from notes_tui.errors import UsageError
from notes_tui.model.item import Annotation
from notes_tui.model.shapes import annotation_shape
from notes_tui.services import writing
from notes_tui.services.keys import find_item

if TYPE_CHECKING:
    from notes_tui.store.database import Store

_EXAMPLES = """
notes-tui annotate AntMan --page 5 --quote "dynamic scaling" --role method
notes-tui annotate AntMan --page 9 --comment "How does this differ from Gandiva?"
xclip -o | notes-tui annotate AntMan --page 5 --quote -
notes-tui annotate ~/papers/antman.pdf --quote "dynamic scaling"
notes-tui annotate AntMan --edit 3f1c09ab2e --comment "Answered on page 11."
notes-tui annotate AntMan --edit 3f1c09ab2e --page '' --role none
notes-tui annotate AntMan --remove 3f1c09ab2e
"""
_NO_PAGE = 0


class _Page(click.IntRange):
    """A page from 1, or an empty text, which is :data:`_NO_PAGE`."""

    name = "page number"

    def __init__(self) -> None:
        super().__init__(min=1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number a text means."""
        if isinstance(value, str) and not value.strip():
            return _NO_PAGE
        return int(super().convert(value, param, ctx))


@verb("annotate", examples=_EXAMPLES)
@citekey_argument()
@click.option("--page", metavar="P", type=_Page(), help="The page, counted from 1; '' clears it.")
@click.option("--quote", metavar="Q", help="Words of the paper; - takes them from standard input.")
@click.option("--comment", metavar="C", help="Your own words; - takes them from standard input.")
@click.option(
    "--role",
    metavar="R",
    shell_complete=complete_role,
    help="claim, method, result, question, …; none clears it.",
)
@click.option(
    "--edit", "edited_id", metavar="ID", help="Change this annotation; what is not named stays, '' clears."
)
@click.option("--remove", "removed_id", metavar="ID", help="Remove this annotation.")
@pass_call
def command(
    call: Call,
    citekey: str,
    page: int | None,
    quote: str | None,
    comment: str | None,
    role: str | None,
    edited_id: str | None,
    removed_id: str | None,
) -> None:
    """Add an annotation to an item and print its id; or change or remove one.

    With a quote it is a highlight, else a note. CITEKEY may be the path of an attached file, so that a key of
    your PDF viewer can call this. Without a page, that of the quote is looked for in the PDF.
    """
    texts = {
        name: text
        for name, text in (("quote", quote), ("comment", comment), ("role", role))
        if text is not None
    }
    if removed_id is not None and (edited_id is not None or page is not None or texts):
        raise UsageError("--remove stands alone", hint="give the ID and nothing else")
    if quote == comment == "-":
        raise UsageError("--quote and --comment cannot both be standard input", hint="write one of them out")
    store = call.store()
    item_id = find_item(store, one_key(citekey))
    if removed_id is not None:
        done = writing.remove_annotation(store, item_id, removed_id)
        call.answer(annotation_shape(done.annotation), done.label)
        return
    if quote == "-":
        texts["quote"] = _selected()
    texts |= {name: text_or_stdin(text) for name, text in texts.items() if name == "comment"}
    if edited_id is not None:
        changes: dict[str, object] = {**texts} if page is None else {"page": page or None, **texts}
        done = writing.change_annotation(store, item_id, edited_id, **changes)
    else:
        if not page and texts.get("quote"):
            page = _page_of(store, item_id, texts["quote"])
        done = writing.annotate(store, item_id, Annotation(page=page or None, **texts))  # type: ignore[arg-type]
    call.answer(annotation_shape(done.annotation), done.annotation.id)


def _selected() -> str:
    """The words on standard input, as a viewer gives what is selected in it."""
    from notes_tui.services.quoting import undivided

    return undivided(text_or_stdin("-"))


def _page_of(store: Store, item_id: int, quote: str) -> int | None:
    """The page that the words stand on in the item's PDF, where it has one."""
    from notes_tui.services.quoting import page_of

    return page_of(store, item_id, quote)
