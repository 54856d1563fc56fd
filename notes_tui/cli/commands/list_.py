"""``list``: items that match a query."""

from __future__ import annotations

from notes_tui.cli.arguments import joined, on_the_command_line, query_argument
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.verb import Whole, option, verb
from notes_tui.services import finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_EXAMPLES = """
notes-tui list                                    everything, in list order
notes-tui list cluster scheduling                 both words, anywhere
notes-tui list 'section:"Cluster Scheduling" status:unread sort:year'
notes-tui list tag:moe -status:read --sort -year --limit 20
notes-tui list 'year:2019..2021 (venue:OSDI OR venue:SOSP)'
notes-tui list rating:'>=4' has:note --json
notes-tui list status:queued | notes-tui mark reading -
"""


@verb("list", free_text="options", examples=_EXAMPLES)
@option("--sort", metavar="FIELD", default="", help="Order by a field; -year is downwards.")
@option("--limit", metavar="N", type=Whole(0), help="Show at most N items.")
@query_argument()
@pass_call
def command(call: Call, query: Sequence[str], sort: str, limit: int | None) -> None:
    """List items that match QUERY, in list order; without QUERY, all.

    All words must match, anywhere: title, creators, venue, abstract, tags, notes, annotations, PDFs. Also:
    "a phrase", field:value, year:2019..2021, -term, a OR b, parentheses, sort:-year. Fields are status, tag,
    collection, section, author, venue, year, type, key, title, note, quote, role, rating, has, added, read.

    An option that is not listed below is query text. In a pipe the cells of a row stand between tabs.
    """
    text = joined(query)
    store = call.store()
    if text and finding.is_behind(store):
        from notes_tui.cli.importing import progress_line

        with progress_line("indexing changed papers") as progress:
            finding.catch_up(store, progress)
    with on_the_command_line():
        found = finding.find(store, text, sort=sort, limit=limit)
    if call.as_json:
        pages = finding.pages_found(store, found, text)
        shapes = finding.shapes(store, found)
        call.answer((shape | {"found": pages.get(item_id, [])} for item_id, shape in shapes), ())
        return
    from notes_tui.cli import listed

    call.answer(None, listed.lines(call, text, found))
