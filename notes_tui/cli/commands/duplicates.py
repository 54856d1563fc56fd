"""``duplicates``: pairs that may be one work, and saying that they are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.arguments import citekey_argument, expanded
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.completing import complete_citekey
from notes_tui.cli.items import counted, venue_year
from notes_tui.cli.layout import screen_width, wrapped
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import subcommand, verb_group
from notes_tui.model.item import Item, display_title
from notes_tui.model.text import one_line
from notes_tui.services import duplicates, listing
from notes_tui.services.duplicates import Duplicate
from notes_tui.services.keys import find_item

_EXAMPLES = """
notes-tui duplicates
notes-tui duplicates --json
notes-tui merge vaswani2017 vaswani2017a
notes-tui duplicates different vit2021 vits2021
"""


@verb_group("duplicates", alone=True, examples=_EXAMPLES)
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), help="At most so many pairs, the likeliest."
)
@click.pass_context
def command(ctx: click.Context, limit: int | None) -> None:
    """List pairs of items that may be one work, the likeliest first, each with its score and reason.

    `merge KEEP OTHER` makes one of them; `duplicates different` remembers that they are two.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(_list_pairs, limit=limit)


@pass_call
def _list_pairs(call: Call, limit: int | None) -> None:
    pairs = duplicates.find(call.store())[:limit]
    call.answer([pair.as_dict() for pair in pairs], _lines(pairs))


def _lines(pairs: Sequence[Duplicate]) -> Iterator[Line]:
    width = screen_width()
    for pair in pairs:
        if width is None:
            yield "\t".join(
                (f"{pair.score:.2f}", pair.item.citekey, pair.candidate.citekey, one_line(pair.reason))
            )
            continue
        yield (Span(f"{pair.score:.2f}  ", "green" if pair.certain else "yellow"), one_line(pair.reason))
        for item in (pair.item, pair.candidate):
            yield (Span(f"      {item.citekey}  ", "bold"), Span(_facts(item), "dim"))
            yield from wrapped(one_line(display_title(item)), width, "        ")
    if pairs:
        yield from counted(len(pairs), "pair")
    else:
        yield "no two items look like one work"


def _facts(item: Item) -> str:
    names = ", ".join(creator.short for creator in item.creators[:3])
    return one_line(" · ".join(filter(None, (venue_year(item), names, item.doi or item.arxiv))))


@subcommand(command, "different", examples="notes-tui duplicates different vit2021 vits2021")
@citekey_argument()
@click.argument("others", metavar="OTHER...", nargs=-1, required=True, shell_complete=complete_citekey)
@pass_call
def different(call: Call, citekey: str, others: Sequence[str]) -> None:
    """Remember that OTHER items are not the work CITEKEY is, so that they are proposed no more."""
    store = call.store()
    item_id, *other_ids = (find_item(store, key) for key in expanded([citekey, *others]))
    number, label = duplicates.set_apart(store, item_id, other_ids)
    rows = listing.rows(store, [item_id, *other_ids], with_entries=False)
    value = {"citekey": rows[0].citekey, "different": [item.citekey for item in rows[1:]], "changed": number}
    call.answer(value, label if number else "that is known already")
