"""``export html``: the library as a static site. Only pages that differ are written, no other file is touched.

For each page two marks are kept: one of what it was made from, so that an unchanged one is not even laid
out again, and one of its bytes, so that a page somebody changed is told from one the program wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path

from notes_tui import __version__
from notes_tui.errors import UnwritableFileError
from notes_tui.formats import site
from notes_tui.model.export_report import ExportReport
from notes_tui.model.filenames import unique_stems
from notes_tui.model.item import ItemDetail
from notes_tui.model.outline import outlines
from notes_tui.model.reading_list import Problem
from notes_tui.model.vault import WrittenFile
from notes_tui.services.folders import FileState, Folder, NotUsableError
from notes_tui.services.site_figures import FigureWriter, SiteFigures, figures_of
from notes_tui.settings import DONE_STATUSES, STATUSES
from notes_tui.store import collections, items
from notes_tui.store import vault as bases
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.collections import Collection as StoredCollection
from notes_tui.store.database import Store

_PROFILE = "site"
_GLYPHS = {status.name: status.glyph for status in STATUSES}
_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Page:
    """A page before it is laid out."""

    path: str
    made_from: str
    """A mark of everything that goes into it."""
    text: Callable[[], str]
    citekey: str = ""


def export_site(
    store: Store,
    dest: str | Path,
    item_ids: Sequence[int] | None = None,
    *,
    title: str = "Reading notes",
    include_private: bool = False,
    done: Collection[str] = DONE_STATUSES,
    glyphs: Mapping[str, str] = _GLYPHS,
    progress: Callable[[int, int], None] | None = None,
) -> ExportReport:
    """Write the site of these items (or of all) to a folder; nothing private unless asked for.

    Raises :class:`UnwritableFileError` where the folder cannot be written.
    """
    root = Path(dest).expanduser()
    if root.exists() and not root.is_dir():
        raise UnwritableFileError(f"{dest}: it is a file", hint="name a folder")
    mark = repr(
        (bases.revision(store), __version__, title, include_private, sorted(done), sorted(glyphs.items()))
    )
    writer = _Writer(store, root, mark if item_ids is None else "")
    if not writer.is_up_to_date():
        ids = list(bases.live_ids(store).values()) if item_ids is None else item_ids
        found = list(items.details(store, ids))
        shown = (
            found if include_private else [_without_private(each) for each in found if not each.item.private]
        )
        look = site.Look(title, _places(store), glyphs, done)
        figures = figures_of(store, shown)
        pages = _pages(shown, collections.all_collections(store), look, figures)
        writer.write_all(list(pages), figures.files, progress)
    writer.report.left_out = 0 if include_private else bases.private_items(store)
    return writer.report


def _without_private(detail: ItemDetail) -> ItemDetail:
    return replace(detail, notes=tuple(note for note in detail.notes if not note.private))


def _places(store: Store) -> dict[str, str]:
    return {citekey: f"papers/{stem}.html" for citekey, stem in unique_stems(bases.live_ids(store)).items()}


def _pages(
    details: list[ItemDetail], headers: list[StoredCollection], look: site.Look, figures: SiteFigures
) -> Iterator[_Page]:
    listed = [each for each in outlines(headers, (detail.item for detail in details)) if each.entries]
    lists = {each.header.slug: each.header.title for each in listed}
    common = repr((__version__, look.title, sorted(look.glyphs.items()), sorted(look.done)))
    for detail in details:
        place = look.places[detail.item.citekey]
        titles = [lists.get(entry.slug) for entry in detail.item.entries]
        shown = figures.addresses.get(detail.item.citekey, {})
        bare = replace(detail, item=replace(detail.item, item_id=0, attachments=()))
        mark = _mark(common, repr(bare), repr(titles), *([repr(shown)] if shown else []))
        yield _Page(place, mark, partial(site.item_page, detail, look, lists, shown), detail.item.citekey)
    index = site.index_page(listed, details, look)
    yield _Page("index.html", _mark(index), lambda: index)
    yield _Page(site.STYLE, _mark(site.style()), site.style)


def _mark(*texts: str) -> str:
    return blake2b("\0".join(texts).encode(errors="surrogatepass"), digest_size=12).hexdigest()


class _Writer:
    """Brings the pages in a folder up to date."""

    def __init__(self, store: Store, root: Path, mark: str) -> None:
        self.store = store
        self.folder = Folder(root)
        self.report = ExportReport(path=str(root))
        self.mark = mark
        self.ids = bases.live_ids(store)
        self.known = bases.vault_id(store, self._address)
        self.written = bases.written_files(store, self.known) if self.known else {}

    def is_up_to_date(self) -> bool:
        """Whether the whole site was written from the library as it is, and nobody touched a page since."""
        if not self.mark or self.known is None or bases.up_to_date_since(self.store, self.known) != self.mark:
            return False
        try:
            as_written = all(
                self._is_untouched(row, self.folder.state(row.path)) for row in self.written.values()
            )
        except NotUsableError:
            return False
        self.report.unchanged = (
            sum(row.item_id is not None for row in self.written.values()) if as_written else 0
        )
        return as_written

    def _is_untouched(self, row: WrittenFile, state: FileState | None) -> bool:
        return state is not None and (row.size, row.mtime_ns) == (state.size, state.mtime_ns)

    @property
    def _address(self) -> str:
        """What the site is kept under: a folder may be a vault as well."""
        return f"{_PROFILE}:{self.folder.real}"

    def write_all(
        self, pages: list[_Page], figures: Mapping[str, AttachedFile],
        progress: Callable[[int, int], None] | None,
    ) -> None:  # fmt: skip
        """Write what differs, then remove pages and figures of what is gone."""
        with self.store.transaction():
            site_id = bases.bind(self.store, self._address, _PROFILE)
        for start in range(0, len(pages), _BATCH):
            rows = [row for page in pages[start : start + _BATCH] if (row := self._write(page))]
            with self.store.transaction():
                bases.remember_files(self.store, site_id, rows)
            if progress:
                progress(min(start + _BATCH, len(pages)), len(pages))
        pictures = FigureWriter(self.store, self.folder, self.written, self.report)
        kept = list(pictures.write(figures))
        self.folder.clear_leftovers()
        gone = self.written.keys() - pictures.written.keys() - {page.path for page in pages}
        with self.store.transaction():
            bases.remember_files(self.store, site_id, kept)
            bases.forget_files(self.store, site_id, pictures.removed(figures))
            bases.forget_files(self.store, site_id, self._removed(sorted(gone)))
            if self.mark and self.report.is_complete and not self.report.left:
                bases.mark_up_to_date(self.store, site_id, self.mark)

    def _write(self, page: _Page) -> WrittenFile | None:
        """Bring one page up to date; what is to be remembered of it, if anything new is."""
        try:
            return self._compared(page)
        except NotUsableError as error:
            self.report.problems.append(Problem(page.path, None, f"{error}; it was left as it is"))
            return None

    def _compared(self, page: _Page) -> WrittenFile | None:
        row, state = self.written.get(page.path), self.folder.state(page.path)
        untouched = (
            row is not None and state is not None and (row.size, row.mtime_ns) == (state.size, state.mtime_ns)
        )
        made_from, _, bytes_of = row.base.partition(" ") if row else ("", "", "")
        if untouched and made_from == page.made_from:
            self._count_unchanged(page)
            return None
        text = page.text()
        if state is not None:
            there = self.folder.read(page.path)
            if there == text:
                self._count_unchanged(page)
                return self._row(page, text, state)
            if _mark(there) != bytes_of:
                raise NotUsableError(
                    "somebody changed this page" if row else "a file of that name was there before"
                )
        new = self.folder.write(page.path, text, over=False)
        counted = self.report.pages if not page.citekey else self.report.changed if state else self.report.new
        counted.append(page.path)
        return self._row(page, text, new)

    def _count_unchanged(self, page: _Page) -> None:
        self.report.unchanged += bool(page.citekey)

    def _row(self, page: _Page, text: str, state: FileState) -> WrittenFile:
        return WrittenFile(
            path=page.path, kind="page", item_id=self.ids.get(page.citekey), base=f"{page.made_from} {_mark(text)}",
            size=state.size, mtime_ns=state.mtime_ns,
        )  # fmt: skip

    def _removed(self, paths: Iterable[str]) -> Iterator[str]:
        """Remove pages of what is gone where nobody changed them; what is not to be remembered any longer."""
        for path in paths:
            try:
                if self.folder.state(path) is None:
                    yield path
                elif _mark(self.folder.read(path)) == self.written[path].base.partition(" ")[2]:
                    self.folder.remove(path)
                    self.report.removed.append(path)
                    yield path
                else:
                    self.report.left.append(path)
            except NotUsableError:
                self.report.left.append(path)
