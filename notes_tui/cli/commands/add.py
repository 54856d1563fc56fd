"""``add``: capture anything as an item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.arguments import read_stdin
from notes_tui.cli.call import REFUSED, Call, pass_call
from notes_tui.cli.items import item_table
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.model.text import one_line
from notes_tui.services import capturing
from notes_tui.services.capturing import Added

_EXAMPLES = """
notes-tui add 1706.03762
notes-tui add https://arxiv.org/abs/2302.11665 10.1145/3341301.3359646
notes-tui add Attention Is All You Need
notes-tui add "A first title" "a second title"
notes-tui add ~/Downloads/paper.pdf               the PDF stays where it is
notes-tui add - < links.txt                       lines, BibTeX and RIS, mixed
"""
_STANDS_ALONE = re.compile(
    r"\s|https?://|(?:^|arxiv:|/)\d{4}\.\d{4,5}|^(?:arxiv:)?[a-z-]+(?:\.[A-Z]{2})?/\d{7}|10\.\d{4,9}/"
    r"|^(?:www\.|[\w.-]+\.(?:org|com|net|cc|edu|io)/)\S|\.pdf$",
    re.I,
)


@verb("add", examples=_EXAMPLES)
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@pass_call
def command(call: Call, texts: Sequence[str]) -> int:
    """Add items from arXiv ids, DOIs, addresses, BibTeX, RIS, PDFs or titles; at once and without the network.

    Several ids, addresses or quoted titles are several items; plain words are one title. `-` reads lines from
    standard input. What is in the library already is not added again. `notes-tui fetch` asks for what is missing.
    """
    config = call.config
    added = capturing.add(call.store(), lines_of(texts), statuses=config.status_names, roles=config.roles)
    call.answer(added.as_dict(), _lines(call, added))
    return REFUSED if added.problems else 0


def lines_of(texts: Sequence[str]) -> list[str]:
    """The lines to add: one an argument where each can stand for itself, else all words as one line."""
    if "-" in texts:
        texts = [read_stdin() if text == "-" else text for text in texts]
    elif not all(_STANDS_ALONE.search(text) for text in texts):
        texts = [" ".join(texts)]
    return [line for text in texts for line in re.split(r"\r\n?|\n", text)]


def _lines(call: Call, added: Added) -> Iterator[Line]:
    new = [item for item in added.items if item.citekey in added.new]
    known = [item for item in added.items if item.citekey in added.known]
    if new:
        yield "added"
        yield from item_table(new, call.config)
    if known:
        yield "in the library already"
        yield from item_table(known, call.config)
    if added.brought:
        yield added.brought
    for problem in added.problems:
        yield (Span("problem ", "yellow"), one_line(f"line {problem.line}: {problem.message}"))
