"""``export``: Markdown notes, a site, bibliographies, the dump."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from notes_tui.cli import output
from notes_tui.cli.arguments import joined, query_argument
from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.verb import verb
from notes_tui.services import exporting, listing
from notes_tui.store.database import Store

STDOUT = "-"
ONE_FILE = ("bibtex", "csl-json", "ris", "json")
_EXAMPLES = """
notes-tui export bibtex refs.bib tag:thesis
notes-tui export csl-json - 'collection:research-space status:read'
notes-tui export json library.json                the whole library; `import` takes it
"""


@verb("export", free_text=True, examples=_EXAMPLES)
@click.argument("format_name", metavar="FORMAT", type=click.Choice(ONE_FILE, case_sensitive=False))
@click.argument("dest", metavar="DEST", type=click.Path(allow_dash=True))
@query_argument()
@pass_call
def command(call: Call, format_name: str, dest: str, query: Sequence[str]) -> None:
    """Write the items of a QUERY, or all, to DEST; - is standard output.

    FORMAT is bibtex, csl-json, ris (bibliographies), or json (the whole library as a dump). The same library
    gives the same bytes, and what would not change is not written.
    """
    store = call.store()
    chosen = listing.find(store, joined(query)) if query else None
    if dest == STDOUT:
        _to_stdout(call, store, format_name, chosen)
        return
    done = exporting.export_file(store, format_name, dest, chosen)
    wrote = "written to" if done.changed else "unchanged in"
    call.answer(
        done.as_dict(), f"{done.items:,} {'item' if done.items == 1 else 'items'} {wrote} {done.path}"
    )


def _to_stdout(call: Call, store: Store, format_name: str, chosen: Sequence[int] | None) -> None:
    text = exporting.export_text(store, format_name, chosen)
    if call.as_json and format_name != exporting.DUMP:
        output.write_json({"path": None, "text": text})
    elif output.is_terminal(sys.stdout):
        output.echo(text)
    else:
        output.write_bytes(text.encode())
