"""``fetch``: ask arXiv, Crossref and OpenAlex for what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from notes_tui.cli.arguments import expanded
from notes_tui.cli.call import REFUSED, Call, pass_call
from notes_tui.cli.completing import complete_citekey
from notes_tui.cli.importing import progress_line
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.model.proposals import FieldChange, Proposal
from notes_tui.model.text import ellipsis, one_line
from notes_tui.services import fetching
from notes_tui.services.fetching import Fetched
from notes_tui.services.keys import find_items
from notes_tui.services.wording import count_of

_EXAMPLES = """
notes-tui fetch                       everything that lacks creators, year or venue
notes-tui fetch AntMan arXiv:2301.00010
notes-tui fetch --pdf AntMan          bring open PDFs, too
notes-tui fetch --yes AntMan          take what differs, too
"""
_LONGEST = 160


@verb("fetch", examples=_EXAMPLES)
@click.argument("citekeys", metavar="[CITEKEY...]", nargs=-1, shell_complete=complete_citekey)
@click.option("--pdf", is_flag=True, help="Bring PDFs that everybody may read, and attach them.")
@click.option("--yes", is_flag=True, help="Take what differs from what is there, too; guesses never.")
@pass_call
def command(call: Call, citekeys: Sequence[str], pdf: bool, yes: bool) -> int:
    """Ask arXiv, Crossref and OpenAlex for what items lack. This is the only command that does.

    Empty fields are filled; what a service says otherwise is shown as old → new and taken with --yes only. What you
    corrected by hand is never touched. Without CITEKEY it asks about everything that lacks creators, year or venue,
    and goes on where an earlier run was stopped.
    """
    from notes_tui.services.net.opening import open_client

    store, config = call.store(), call.config
    chosen = find_items(store, expanded(citekeys)) if citekeys else None
    with open_client(call.home, config) as client, progress_line("asking") as progress:
        folder = call.home.attachments if pdf else None
        fetched = fetching.ask(
            store,
            client,
            config.sources,
            fetching.enqueue(store, chosen),
            pdf_folder=folder,
            progress=progress,
        )
    chosen_by = fetching.all_certain if yes else fetching.only_empty
    fetching.take(store, fetched, chosen_by, roles=config.roles)
    call.answer(fetched.as_dict(), _lines(fetched, taken=yes))
    return REFUSED if fetched.problems else 0


def _lines(fetched: Fetched, *, taken: bool) -> Iterator[Line]:
    for proposal in fetched.proposals:
        if proposal.fills or proposal.offers:
            yield from _proposal_lines(proposal, taken=taken)
    for pdf in fetched.pdfs:
        yield (Span(f"{pdf.citekey} ", "bold"), Span("PDF ", "green"), one_line(pdf.path))
    for problem in fetched.problems:
        yield (Span("problem ", "yellow"), one_line(f"{problem.file}: {problem.message}"))
    waits = f"; {count_of(fetched.waiting, 'item')} still to be asked about" if fetched.waiting else ""
    yield Span(
        f"{count_of(fetched.asked, 'item')} asked about, {len(fetched.changed)} changed{waits}", "bold"
    )


def _proposal_lines(proposal: Proposal, *, taken: bool) -> Iterator[Line]:
    doubt = Span("  a guess: ", "yellow") if proposal.guess else Span("  ")
    reason = Span(one_line(proposal.reason), "dim")
    yield (Span(proposal.citekey, "bold"), Span(f"  {proposal.source}", "cyan"), doubt, reason)
    if proposal.guess:
        yield (Span("  it may be ", "dim"), one_line(proposal.title))
    for change in proposal.fills:
        yield _change_line(change, "  " if proposal.guess else "+ ")
    for change in proposal.offers:
        yield _change_line(change, "+ " if taken and not proposal.guess else "? ")


def _change_line(change: FieldChange, mark: str) -> Line:
    field = change.as_dict()["field"] or ""
    old = ellipsis(one_line(change.old), _LONGEST)
    new = ellipsis(one_line(change.new), _LONGEST)
    sign = Span(f"  {mark}", "green" if mark == "+ " else "yellow")
    return (sign, Span(f"{field}: ", "dim"), f"{old} → {new}" if old else new)
