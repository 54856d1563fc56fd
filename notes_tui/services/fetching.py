"""``fetch``: what is missing on items is asked for, when a person asks, and comes in as one undo step.

Items wait in a queue in the library, answers lie in a cache on disk: a run that is interrupted goes on where it
was. Nothing changes before all was asked; what is empty is filled then, and the rest is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from notes_tui.errors import NetworkError
from notes_tui.model.answers import ServiceWork
from notes_tui.model.item import Item
from notes_tui.model.proposals import FieldChange, Proposal, applied, propose
from notes_tui.model.reading_list import Problem
from notes_tui.services import pdf_texts
from notes_tui.services.attaching import Attached, LookedAt, Placing, look_at, texts_for
from notes_tui.services.fetching_answers import ARXIV_BATCH, Answers
from notes_tui.services.fetching_pdfs import FetchedPdf, addresses_of, bring
from notes_tui.services.net.client import Client
from notes_tui.services.wording import count_of, name_of
from notes_tui.settings import ROLES, Role, Sources
from notes_tui.store import fetch_queue, items
from notes_tui.store.database import Store

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Fetched:
    """What was asked and answered, before and after it was taken over."""

    asked: int = 0
    proposals: list[Proposal] = field(default_factory=list)
    pdfs: list[FetchedPdf] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    """Items that need not wait any longer."""
    waiting: int = 0
    changed: tuple[str, ...] = ()
    """Citekeys of the items that got something."""
    label: str = ""

    def as_dict(self) -> dict[str, object]:
        """``{asked, changed, proposals, pdfs, waiting, problems}``."""
        return {
            "asked": self.asked, "changed": list(self.changed),
            "proposals": [proposal.as_dict() for proposal in self.proposals],
            "pdfs": [pdf.as_dict() for pdf in self.pdfs], "waiting": self.waiting,
            "problems": [problem.as_dict() for problem in self.problems],
        }  # fmt: skip


def enqueue(store: Store, item_ids: Sequence[int] | None = None) -> list[int]:
    """Queue items, or without any named all that lack something; returns those to be asked about now."""
    fetch_queue.put(store, fetch_queue.lacking(store) if item_ids is None else item_ids)
    return fetch_queue.waiting(store) if item_ids is None else list(dict.fromkeys(item_ids))


def ask(
    store: Store, client: Client, sources: Sources, item_ids: Sequence[int],
    *, pdf_folder: Path | None = None, progress: Progress | None = None,
) -> Fetched:  # fmt: skip
    """Ask about items that were queued; nothing of the library changes but the queue.

    With a ``pdf_folder`` open PDFs are brought into it. Raises :class:`NetworkError` where no service could be asked
    anything; the queue stays.
    """
    fetched, answers = Fetched(), Answers(client, sources)
    for start in range(0, len(item_ids), ARXIV_BATCH):
        chosen = items.by_ids(store, item_ids[start : start + ARXIV_BATCH])
        answers.prepare(chosen)
        for item in chosen:
            _ask_one(store, answers, item, fetched, pdf_folder)
            fetched.asked += 1
            if progress:
                progress(fetched.asked, len(item_ids))
    fetched.problems += [Problem(source, None, reason) for source, reason in answers.failures.items()]
    fetched.problems += [Problem("", None, reason) for reason in dict.fromkeys(answers.unreadable)]
    if answers.failures and not fetched.proposals and not fetched.answered and not fetched.pdfs:
        reasons = "; ".join(dict.fromkeys(answers.failures.values()))
        raise NetworkError(
            reasons, hint=f"{count_of(len(item_ids), 'item')} still wait; run `notes-tui fetch` again"
        )
    return fetched


def _ask_one(store: Store, answers: Answers, item: Item, fetched: Fetched, folder: Path | None) -> None:
    locked = items.locked_fields(store, item.item_id)
    known = item
    works: list[ServiceWork] = []
    guessed: list[ServiceWork] = []
    for work in answers.about(item, pdf=folder is not None):
        works.append(work)
        proposal = propose(known, work, locked)
        if proposal is None:
            continue
        fetched.proposals.append(_without_repeated(proposal, fetched.proposals))
        if proposal.guess:
            guessed.append(work)
        else:
            known = applied(known, proposal.fills)
    if works or not answers.failures:
        fetched.answered.append(item.item_id)
    else:
        fetch_queue.failed(store, item.item_id, "; ".join(answers.failures.values()))
    if folder is not None and not any(each.kind == "pdf" for each in item.attachments):
        _bring_pdf(answers, known, [work.pdf for work in works if work not in guessed], folder, fetched)


def _bring_pdf(answers: Answers, item: Item, named: Iterable[str], folder: Path, fetched: Fetched) -> None:
    addresses = addresses_of(item, named, answers.sources)
    if not addresses:
        return
    try:
        fetched.pdfs.append(bring(answers.client, item, addresses, folder))
    except NetworkError as error:
        fetched.problems.append(Problem(item.citekey, None, error.detail))


def _without_repeated(proposal: Proposal, earlier: Iterable[Proposal]) -> Proposal:
    """A proposal without offers that another service made in the same words."""
    known = {
        (change.field, change.new)
        for each in earlier
        if each.item_id == proposal.item_id
        for change in each.offers
    }
    offers = tuple(change for change in proposal.offers if (change.field, change.new) not in known)
    return replace(proposal, offers=offers)


Chosen = Callable[[Proposal, FieldChange], bool]
"""Whether a change is taken."""


def only_empty(proposal: Proposal, change: FieldChange) -> bool:
    """What is taken without being asked: what is empty is filled by answers that are certain."""
    return not proposal.guess and change in proposal.fills


def all_certain(proposal: Proposal, _: FieldChange) -> bool:
    """All that answers say that are certain, also where an item says something else."""
    return not proposal.guess


def take(
    store: Store, fetched: Fetched, chosen: Chosen = only_empty, *, roles: Sequence[Role] = ROLES
) -> Fetched:
    """Take over what is chosen of the answers, and the PDFs that came with their annotations, as one undo step.

    A field that was locked or changed since it was asked about stays as it is.
    """
    looked = [_look_at(pdf) for pdf in fetched.pdfs]
    ids = [pdf.item_id for pdf in fetched.pdfs]
    texts = texts_for(store, ids, looked)
    with store.step("") as step:
        changed: dict[int, str] = {}
        for proposal in fetched.proposals:
            changes = [each for each in (*proposal.fills, *proposal.offers) if chosen(proposal, each)]
            if changes and _change(store, proposal.item_id, changes):
                changed[proposal.item_id] = proposal.citekey
        for pdf, each in zip(fetched.pdfs, looked, strict=True):
            placing = Placing(store, Attached(pdf.citekey), roles, texts)
            if placing.place(items.by_id(store, pdf.item_id), each, link=True):
                changed[pdf.item_id] = pdf.citekey
            fetched.problems += placing.report.problems
        fetch_queue.done(store, fetched.answered)
        found = items.by_ids(store, list(changed), with_entries=False)
        named = name_of(found[0]) if len(found) == 1 else count_of(len(found), "item")
        step.label = fetched.label = f"metadata of {named} fetched" if found else "nothing new was fetched"
        fetched.changed = tuple(item.citekey for item in found)
    fetched.waiting = len(fetch_queue.waiting(store))
    texts.keep()
    pdf_texts.index(store, ids)
    return fetched


def _look_at(pdf: FetchedPdf) -> LookedAt:
    """A PDF that came, under a name that people know it by."""
    looked = look_at(pdf.path)
    return replace(looked, file=replace(looked.file, name=f"{pdf.citekey}.pdf"))


def _change(store: Store, item_id: int, changes: Sequence[FieldChange]) -> bool:
    found = items.by_ids(store, [item_id])
    if not found or found[0].trashed:
        return False
    item, locked = found[0], items.locked_fields(store, item_id)
    after = applied(item, [each for each in changes if each.field.partition(".")[0] not in locked])
    before_columns, columns = items.columns_of(item), items.columns_of(after)
    changed = {name: value for name, value in columns.items() if value != before_columns[name]}
    if changed:
        items.update(store, item_id, changed)
    return bool(changed)
