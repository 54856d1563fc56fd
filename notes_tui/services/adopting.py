"""``adopt``: a folder of notes becomes part of the library where it lies; no file of it is written.

Papers become items or join those that certainly are the same work, notes come in whole, PDFs and figures
are linked, topics become a collection. Running it again takes in what is new and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from notes_tui.errors import InvalidValueError, UnreadableFileError
from notes_tui.model.adoption import AdoptionReport, FoundPaper, PlannedPaper
from notes_tui.model.report import DoubtfulPair
from notes_tui.model.text import one_line
from notes_tui.services.adopting_files import LinkedFiles
from notes_tui.services.adopting_matching import KnownNotes, Match, known_match, matches_by_name, why_same
from notes_tui.services.adopting_notes import NoteTaker
from notes_tui.services.adopting_placing import place
from notes_tui.services.adopting_prose import (
    drop_of_papers,
    folder_item,
    keep_prose,
    with_known_papers,
    without_folder,
)
from notes_tui.services.adopting_reading import FolderContent, look_at
from notes_tui.services.folders import Folder
from notes_tui.services.joining import Joined, Joiner
from notes_tui.services.sync_figures import name_figures
from notes_tui.services.wording import count_of
from notes_tui.settings import STATUSES
from notes_tui.store import adopted, derived, items
from notes_tui.store import vault as bases
from notes_tui.store.database import Step, Store

Progress = Callable[[int, int], None]
_LARGE = 500
"""Papers of an adoption that is preceded by a backup."""
_STATUSES = tuple(status.name for status in STATUSES)


class _TrialError(Exception):
    """Ends a trial."""


def plan_adoption(
    store: Store, path: str | Path, *, statuses: Sequence[str] = _STATUSES, progress: Progress | None = None
) -> AdoptionReport:
    """What adopting a folder would do. Nothing is written, neither to the folder nor to the library.

    Raises :class:`UnreadableFileError` where it is no folder, or has nothing to adopt, and
    :class:`InvalidValueError` where it is a vault that the program wrote.
    """
    return adopt(store, path, dry_run=True, statuses=statuses, progress=progress)


def adopt(
    store: Store, path: str | Path, *, dry_run: bool = False, statuses: Sequence[str] = _STATUSES,
    progress: Progress | None = None, for_sync: bool = False,
) -> AdoptionReport:  # fmt: skip
    """Take a folder of notes into the library as one undo step; it is bound to the library from then on.

    ``for_sync`` says that notes changed both here and in the folder are merged by what comes next. ``statuses`` are
    the read statuses that front matter may name. Raises what :func:`plan_adoption` raises.
    """
    root = Path(path).expanduser()
    vault = _vault_of(store, root)
    content = look_at(root, bases.written_files(store, vault) if vault else {}, progress)
    content = with_known_papers(store, content, vault)
    if not content.reading.papers and not vault:
        raise UnreadableFileError(
            f"{path}: no papers were found in it", hint="a paper is a folder with a note or a PDF, or a note"
        )
    if len(content.reading.papers) >= _LARGE and not dry_run:
        store.take_snapshot("import")
    adoption = _Adoption(store, content, vault, statuses, is_trial=dry_run, for_sync=for_sync)
    try:
        with _trial(store) if dry_run else store.step("") as step:
            adoption.run()
            if step is None:
                raise _TrialError
            name_figures(store, content.folder)
            step.label = adoption.report.label
    except _TrialError:
        pass
    return adoption.report


@contextmanager
def _trial(store: Store) -> Iterator[Step | None]:
    """A transaction that leaves no trace: no undo step, and no backup before it."""
    with store.transaction():
        yield None


def _vault_of(store: Store, root: Path) -> int | None:
    """The vault that a folder is since it was adopted, also where the folder was moved as a whole."""
    folder = Folder(root)
    vault = bases.vault_id(store, folder.real)
    if vault is not None:
        if adopted.profile_of(store, vault) != adopted.PROFILE:
            raise InvalidValueError(
                f"{root}: it is a vault of this library", hint="`notes-tui sync` takes what was changed in it"
            )
        return vault
    return next(
        (each for each, place in bases.vaults(store).items() if _was_moved(store, each, place, root)), None
    )


def _was_moved(store: Store, vault: int, place: str, root: Path) -> bool:
    """Whether a vault that is gone from its place lies here now: most of its notes are here, of the same size."""
    if adopted.profile_of(store, vault) != adopted.PROFILE or Path(place).exists():
        return False
    rows = list(bases.written_files(store, vault).values())
    here = sum((root / row.path).is_file() and (root / row.path).stat().st_size == row.size for row in rows)
    return bool(rows) and 2 * here > len(rows)


class _Adoption:
    """One run over a folder that was read."""

    def __init__(
        self,
        store: Store,
        content: FolderContent,
        vault: int | None,
        statuses: Sequence[str],
        *,
        is_trial: bool,
        for_sync: bool = False,
    ) -> None:
        self.store = store
        self.content = content
        self.vault = vault
        self.statuses = statuses
        self.is_trial = is_trial
        self.for_sync = for_sync
        self.papers = content.reading.papers
        self.name = one_line(Path(content.folder.real).name) or "notes"
        self.report = AdoptionReport(
            path=str(content.folder.root), entries=len(self.papers), problems=list(content.problems),
            skipped=list(content.reading.skipped), topics=list(dict.fromkeys(paper.topic for paper in self.papers)),
        )  # fmt: skip
        rows = bases.written_files(store, vault) if vault else {}
        self.bound = {path: row for path, row in rows.items() if row.kind == "note"}
        self.rows = without_folder(self.bound, folder_item(store, vault))
        self.notes = KnownNotes(self.rows, self.papers)
        owners = {row.item_id for row in self.rows.values() if row.item_id is not None}
        before = bases.vaults(store).get(vault or 0, content.folder.real)
        owners |= set(adopted.items_with_files_below(store, before))
        self.files = LinkedFiles(store, content.folder.real, content.files, owners)
        self.reasons: dict[int, str] = {}

    def run(self) -> None:
        """Take everything in."""
        joiner = Joiner(self.store, self.report)
        taker = NoteTaker(self.store, self.notes, self.statuses, for_sync=self.for_sync)
        placed: list[tuple[FoundPaper, int]] = []
        joined = self._join(joiner)
        before = items.by_ids(self.store, sorted({each.item_id for each in joined.values()}))
        found = {item.item_id: item for item in before}
        changed: list[tuple[FoundPaper, Joined, bool, int]] = []
        for number, paper in enumerate(self.papers):
            each = joined.get(number)
            if each is None or each.item_id not in found:
                continue
            item = found[each.item_id]
            is_changed = taker.take(paper, item, is_new=each.is_new) or each.is_changed
            files = self.files.attach(paper, item.item_id, is_trial=self.is_trial)
            placed.append((paper, item.item_id))
            changed.append((paper, each, is_changed or files > 0, files))
            self.reasons.setdefault(number, "" if each.is_new else why_same(paper, item))
        tagged = taker.finish()
        slug, moved = place(self.store, self.name, placed)
        derived.refresh_order(self.store, joiner.added if not moved else None)
        self._bind(taker)
        self._keep_prose()
        self._tell(taker, changed, tagged, slug=slug)

    # --- which item --------------------------------------------------------------------------------

    def _join(self, joiner: Joiner) -> dict[int, Joined]:
        """Where each paper goes, by its number; papers whose item is in the trash are left out."""
        live = adopted.trashed_among(self.store, self._adopted_items())
        known: dict[int, Match] = {}
        for number, paper in enumerate(self.papers):
            if match := known_match(paper, self.notes, self.files, live):
                known[number] = match
        trashed = {number for number, match in known.items() if live.get(match.item_id)}
        for number in sorted(trashed):
            self._remark_trashed(known.pop(number).item_id)
        left = {
            number: paper for number, paper in enumerate(self.papers) if number not in known.keys() | trashed
        }
        joined: dict[int, Joined] = {}
        for number, match in known.items():
            joined[number] = Joined(match.item_id, False, False)
            self.reasons[number] = match.reason
        for number, match in matches_by_name(self.store, left).items():
            joined[number] = joiner.join_item(left.pop(number).reference, match.item_id)
            self.reasons[number] = match.reason
        new = joiner.join([paper.reference for paper in left.values()])
        return joined | dict(zip(left, new, strict=True))

    def _adopted_items(self) -> set[int]:
        owners = {row.item_id for row in self.rows.values() if row.item_id is not None}
        return owners | {
            owner for paper in self.papers for pdf in paper.pdfs for owner in self.files.owners(pdf)
        }

    def _remark_trashed(self, item_id: int) -> None:
        key = items.by_id(self.store, item_id).citekey
        self.report.proposals.append(DoubtfulPair(key, "", "it is in the trash and stays there"))

    # --- afterwards --------------------------------------------------------------------------------

    def _bind(self, taker: NoteTaker) -> None:
        """Remember the folder and the texts of its notes, as the base of what is merged later."""
        vault = bases.bind(self.store, self.content.folder.real, adopted.PROFILE, self.vault)
        new = {row.path: row for row in taker.taken.written}
        bases.forget_files(self.store, vault, [path for path in taker.taken.forgotten if path not in new])
        bases.remember_files(
            self.store, vault, [row for path, row in new.items() if self.rows.get(path) != row]
        )

    def _keep_prose(self) -> None:
        """Take the Markdown that is on no single paper in, as notes of an item of the folder."""
        vault = bases.vault_id(self.store, self.content.folder.real)
        if vault is None:
            return
        paths = {note.file.path for paper in self.papers for note in paper.notes}
        drop_of_papers(self.store, folder_item(self.store, vault), self.bound.values(), paths)
        skipped = self.content.reading.skipped
        kept = keep_prose(self.store, vault, self.name, self.content.files, skipped, self.bound)
        bases.remember_files(self.store, vault, kept.written)
        self.report.kept = kept.changed

    def _tell(
        self, taker: NoteTaker, changed: Sequence[tuple[FoundPaper, Joined, bool, int]], tagged: set[int], *,
        slug: str,
    ) -> None:  # fmt: skip
        report, taken = self.report, taker.taken
        now = {
            item.item_id: item
            for item in items.by_ids(
                self.store, [each.item_id for _, each, _, _ in changed], with_entries=False
            )
        }
        numbers = {id(paper): number for number, paper in enumerate(self.papers)}
        for paper, each, is_changed, files in changed:
            item, is_different = now[each.item_id], is_changed or each.item_id in tagged
            report.count(each.is_new, is_different)
            mine = {note.file.path for note in paper.notes}
            report.papers.append(
                PlannedPaper(
                    paper=paper, citekey=item.citekey, title=item.title or item.title_short, is_new=each.is_new,
                    is_changed=is_different, reason=self.reasons.get(numbers[id(paper)], ""), files=files,
                    notes=tuple(path for path in taken.changed.get(each.item_id, ()) if path in mine),
                )
            )  # fmt: skip
        report.problems += [*taken.problems, *self.files.problems]
        report.proposals += taken.remarks
        report.collection = slug
        report.label = f"{self.name} adopted: {_summary(report)}"


def _summary(report: AdoptionReport) -> str:
    parts = [f"{count_of(report.added, 'paper')} added"] if report.added else []
    parts += [f"{count_of(report.updated, 'paper')} updated"] if report.updated else []
    return ", ".join(parts) or "nothing new"
