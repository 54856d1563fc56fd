"""What the actions stand on: the library, the chosen items, changes and what is said about them."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.screen import Screen
from textual.worker import Worker, WorkerFailed, WorkerState

from notes_tui.errors import NotesError
from notes_tui.model.item import Item, ItemDetail
from notes_tui.services import listing
from notes_tui.services.backing_up_behind import BackupsBehind
from notes_tui.services.home import open_home, reopen
from notes_tui.services.wording import count_of, name_of
from notes_tui.settings import Config, Home
from notes_tui.store.database import Store
from notes_tui.tui.commands import BY_ID
from notes_tui.tui.keys import Keymap
from notes_tui.tui.surroundings import Surroundings
from notes_tui.tui.watching import VaultWatcher
from notes_tui.tui.widgets.bottom import StatusLine
from notes_tui.tui.widgets.item_table import ItemTable
from notes_tui.tui.working import CancelledError, Work

if TYPE_CHECKING:
    from notes_tui.services.mark_context import MarkContext
    from notes_tui.services.pdf_texts import PageHit

Result = TypeVar("Result")
LONGEST_HOLD = 2.0
"""Seconds after which keys are taken again though a command has neither ended nor opened a dialog."""
MANY = 400
"""What is done with more items than this is done in a thread."""
TOAST_SECONDS = 4.0
_WAITING = ("Writing", "Library", "Taking along")
"""Commands that would have to wait for work that is under way; marking waits behind it by itself."""
PATIENCE = 1.0
"""Seconds that such a command waits."""
INDEX_AFTER_SECONDS = 1.0
MOST_MARKS = 100
"""Annotations of an item of which it is looked up what their files say besides."""


def call(does: str, desk: Desk) -> Awaitable[None] | None:
    """Call the function of an action that a command names, with the words behind it as arguments."""
    name, *words = does.split()
    module, function = name.split(".")
    found: Callable[..., Awaitable[None] | None] = getattr(
        import_module(f"notes_tui.tui.actions.{module}"), function
    )
    return found(desk, *words)


class NothingChosenError(NotesError):
    """A command that needs an item was given where there is none."""

    title = "no paper chosen"


class Desk(Screen[None]):
    """A screen on which commands work: it knows which items they mean and runs them."""

    def __init__(
        self, store: Store, home: Home, config: Config, keymap: Keymap, outside: Surroundings
    ) -> None:
        super().__init__()
        self.store = store
        self.home = home
        self.config = config
        self.keymap = keymap
        self.surroundings = outside
        self.table = ItemTable(self._fetch, config.glyph, id="table")
        self.status = StatusLine(id="status")
        self.watcher = VaultWatcher(self, home)
        self.backups = BackupsBehind(home)
        self.backups.keep(store)
        self.work: Work | None = None
        """What is being done in a thread and can be cancelled."""
        self._one_at_a_time = asyncio.Lock()
        self._underway: list[asyncio.Future[None]] = []

    def on_mount(self) -> None:
        """Index what PDFs say, once the first picture is there."""
        self.set_timer(INDEX_AFTER_SECONDS, self._index_texts)

    def page_hits(self, item_id: int | None, query: str) -> tuple[PageHit, ...]:
        """The pages of an item's PDFs on which the words of a query stand."""
        if item_id is None or not query.strip():
            return ()
        from notes_tui.services import pdf_texts

        nothing: dict[int, list[PageHit]] = {}
        found = self.attempt(lambda: pdf_texts.hits(self.store, [item_id], query), nothing)
        return tuple(found.get(item_id, ()))

    def mark_contexts(self, detail: ItemDetail | None) -> Mapping[str, MarkContext]:
        """What files say of the first annotations of an item besides their words, by the annotations' ids."""
        marks = [
            each for each in (detail.annotations if detail else ())[:MOST_MARKS] if each.source != "manual"
        ]
        if detail is None or not marks:
            return {}
        from notes_tui.services.mark_context import contexts_of

        nothing: dict[str, MarkContext] = {}
        return self.attempt(lambda: contexts_of(self.store, detail.item.item_id, marks), nothing)

    def _index_texts(self) -> None:
        from notes_tui.services import pdf_texts

        if not self.store.read_only and pdf_texts.are_missing(self.store):
            self.run_worker(self._index_in_thread, group="index", thread=True, exit_on_error=False)

    def _index_in_thread(self) -> None:
        from notes_tui.tui.actions.filing import index_texts

        with reopen(self.home) as store:
            index_texts(store, self)

    def take_in_words(self) -> None:
        """Take many changes into the search index while the interface goes on; then look again."""
        if not any(worker.group == "words" and worker.is_running for worker in self.workers):
            self.run_worker(self._take_in_words, group="words", thread=True, exit_on_error=False)

    def _take_in_words(self) -> None:
        from notes_tui.tui.actions.looking import take_in_words

        with reopen(self.home) as store:
            take_in_words(store, self)

    def _fetch(self, item_ids: Sequence[int]) -> list[Item]:
        return self.attempt(lambda: listing.rows(self.store, item_ids, with_entries=False), [])

    # Which items are meant.

    def targets(self) -> list[int]:
        """The items a command is for: the selected ones that are shown, else the one under the cursor.

        Raises :class:`NothingChosenError` where there is none; what a filter hides is never meant.
        """
        if self.table.selected:
            shown = self.table.shown_selection
            if not shown:
                number = count_of(len(self.table.selected), "selected paper")
                raise NothingChosenError(
                    f"{number} not in this list",
                    hint=f"{self.keymap.shown('main.escape')} lets the selection go",
                )
            return shown
        return [self.the_item().item_id]

    def targets_name(self) -> str:
        """What the chosen items are called in a title."""
        ids = self.targets()
        return name_of(self.items(ids)[0]) if len(ids) == 1 else count_of(len(ids), "paper")

    def current_item(self) -> Item | None:
        """The item under the cursor, as the library has it now."""
        current = self.table.current_id
        self.table.choose_current()
        found = self.items([current]) if current is not None else []
        return found[0] if found else None

    def the_item(self) -> Item:
        """The item under the cursor. Raises :class:`NothingChosenError` where there is none."""
        item = self.current_item()
        if item is None:
            raise NothingChosenError(
                "the list is empty", hint=f"{self.keymap.shown('library.add')} adds papers"
            )
        return item

    def items(self, item_ids: Sequence[int]) -> list[Item]:
        """Items by their row ids."""
        return listing.rows(self.store, item_ids)

    # Changes.

    async def change(self, do: Callable[[Store], Result], item_ids: Sequence[int] = ()) -> Result:
        """Make a change and show it; a change to many items is made in a thread."""
        done = await self.work_on(item_ids, do)
        self.reload()
        return done

    async def work_on(
        self, item_ids: Sequence[int], do: Callable[[Store], Result], *, if_cancelled: str = "nothing was changed"
    ) -> Result:  # fmt: skip
        """Do something with items: at once where they are few and nobody else is writing, else as :meth:`in_thread`."""
        if len(item_ids) <= MANY and self.work is None and not self.store.is_kept_waiting():
            return do(self.store)
        return await self.in_thread(do, if_cancelled=if_cancelled)

    async def in_thread(
        self, do: Callable[[Store], Result], *, if_cancelled: str = "nothing was changed"
    ) -> Result:
        """Do something long with a store handle of its own, one after another, while the screen stays alive.

        A person may cancel it: then the transaction that is open is undone and :class:`CancelledError` says
        ``if_cancelled``.
        """
        self.take_keys()
        async with self._one_at_a_time:
            work = self.work = Work(self.post_message, self.keymap.shown("main.escape"))
            self.status.show_message(work.said("working …"))
            try:
                worker = self.run_worker(
                    partial(self._with_own_store, do, work), group="change", thread=True, exit_on_error=False
                )
                return await worker.wait()
            except WorkerFailed as failed:
                if work.is_cancelled:
                    raise CancelledError(if_cancelled) from failed
                raise failed.error from failed
            finally:
                self.work = None
                self.status.show_message("")

    def _with_own_store(self, do: Callable[[Store], Result], work: Work) -> Result:
        with open_home(self.home) as store:
            store.clock = self.store.clock
            store.stop_when(lambda: work.is_cancelled)
            self.backups.keep(store)
            done = do(store)
            self.store.notices.extend(store.notices)
            return done

    def progress(self, verb: str, things: str = "") -> Callable[[int, int], None]:
        """What tells how far the work under way is: ``written 1,200 of 10,000 files``. It is called in its thread."""

        def tell(done: int, total: int) -> None:
            self.tell_work(f"{verb} {done:,} of {total:,}{things and f' {things}'}")

        return tell

    def tell_work(self, words: str) -> None:
        """Say what the work under way is doing, from its thread; ends it where it was cancelled."""
        if self.work is not None:
            self.work.tell(words)

    def cancel_work(self) -> bool:
        """Have the work under way end, and nothing of it stay; says whether there is any."""
        if self.work is None:
            return False
        self.work.is_cancelled = True
        self.status.show_message(self.work.said(""))
        return True

    @on(Work.Told)
    def _work_told(self, event: Work.Told) -> None:
        if event.work is self.work and not event.work.is_cancelled:
            self.status.show_message(event.words)

    def reload(self) -> None:
        """Show what the library holds now."""
        raise NotImplementedError

    def attempt(self, do: Callable[[], Result], otherwise: Result) -> Result:
        """Do something that nobody asked for just now; what goes wrong is told."""
        try:
            return do()
        except NotesError as error:
            self.tell_error(error)
            return otherwise

    # What is said.

    def tell(self, message: str) -> None:
        """Say something in a toast and in the status line."""
        self.status.show_message(message)
        self.app.clear_notifications()
        self.app.notify(message, timeout=TOAST_SECONDS, markup=False)

    def tell_change(self, label: str) -> None:
        """Say what was changed, when it was saved, and how to take it back."""
        self.status.show_message(label, f"✓ saved {self.store.clock():%H:%M}")
        self.app.clear_notifications()
        undo = self.keymap.shown("main.undo")
        self.app.notify(f"{label} · {undo} undo" if undo else label, timeout=TOAST_SECONDS, markup=False)
        self._tell_notices()

    def _tell_notices(self) -> None:
        for notice in self.store.notices:
            self.warn(notice)
        self.store.notices.clear()

    def tell_error(self, error: NotesError) -> None:
        """Say what went wrong and what to do."""
        text = str(error) + (f"\n{error.hint}" if error.hint else "")
        self.status.show_message(str(error))
        self.warn(text)

    def warn(self, message: str) -> None:
        """Say something that should not be overlooked, beside what was said last."""
        self.app.notify(message, severity="warning", timeout=2 * TOAST_SECONDS, markup=False)

    def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard."""
        if not text:
            self.tell(f"there is no {what} to copy")
            return
        self.surroundings.clipboard.copy(text)
        self.tell(f"{what} copied: {text.splitlines()[0][:60]}")

    # Commands.

    def action_run(self, command_id: str) -> Awaitable[None] | None:
        """Run a command of the table by its id.

        What comes back is to be awaited before the next key is taken: keys may come in a burst, and the next
        one may move the cursor or belong to the dialog that this one opens.
        """
        command = BY_ID[command_id]
        if self.work is not None and command.group in _WAITING:
            return self.perform(lambda: self._after_work(command.does))
        if command.is_of_widget:
            self.call_later(self.app.run_action, command.does, self.focused or self.table)
            return None
        return self.perform(lambda: call(command.does, self))

    async def _after_work(self, does: str) -> None:
        """Run a command behind work that ends soon; where it does not, say so."""
        try:
            await asyncio.wait_for(self._one_at_a_time.acquire(), PATIENCE)
        except TimeoutError:
            cancels = self.keymap.shown("main.escape")
            self.tell("something is under way" + (f"; {cancels} cancels it" if cancels else ""))
            return
        self._one_at_a_time.release()
        doing = call(does, self)
        if doing is not None:
            await doing

    def perform(self, do: Callable[[], Awaitable[None] | None]) -> Awaitable[None] | None:
        """Do something that may ask and wait; what goes wrong is told.

        Returns what is done when it has ended, has opened a dialog, or goes on in a thread.
        """
        try:
            doing = do()
        except NotesError as error:
            self.tell_error(error)
            return None
        if doing is None or not inspect.isawaitable(doing):
            return None
        loop = asyncio.get_running_loop()
        underway: asyncio.Future[None] = loop.create_future()
        self._underway.append(underway)
        loop.call_later(LONGEST_HOLD, self.take_keys)
        self.run_worker(self._finish(doing), group="command", exit_on_error=False)
        return underway

    async def _finish(self, doing: Awaitable[None]) -> None:
        try:
            await doing
        except NotesError as error:
            self.tell_error(error)
        finally:
            self.take_keys()

    def take_keys(self) -> None:
        """Let the keys through that waited for a command to get under way."""
        while self._underway:
            waiting = self._underway.pop()
            if not waiting.done():
                waiting.set_result(None)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of the program itself is told, and leaves the person where they were."""
        fault = event.worker.error
        if event.state is not WorkerState.ERROR or fault is None or event.worker.group == "change":
            return
        self.tell_error(NotesError(f"{type(fault).__name__}: {fault}", hint="nothing was changed"))

    @on(VaultWatcher.Looked)
    def _vault_looked_at(self, event: VaultWatcher.Looked) -> None:
        self.watcher.is_looking = False
        self.status.show_signs(self.watcher.signs(event.watched, self.store.clock()))
