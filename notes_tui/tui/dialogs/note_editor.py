"""A Markdown note being written, with its preview beside it, saved while it is typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import ClassVar, Literal

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static, TextArea

from notes_tui.errors import NotesError
from notes_tui.model.figures import Picture, image, pictures
from notes_tui.model.text import one_line
from notes_tui.tui.dialogs.ask import AskDialog, ConfirmDialog
from notes_tui.tui.dialogs.base import MUTED, Dialog, Hint, key_line, sheets, shown
from notes_tui.tui.dialogs.choose import ChooseDialog, Option
from notes_tui.tui.dialogs.disguise import Disguise
from notes_tui.tui.dialogs.file_path import FileDialog
from notes_tui.tui.dialogs.markdown_area import MarkdownArea
from notes_tui.tui.dialogs.preview import Preview

Side = Literal["mine", "theirs", "both"]
_HINTS = (
    Hint("ctrl+s", "save", "screen.save"),
    Hint("ctrl+l", "preview", "screen.toggle_preview"),
)
_FIGURES = (Hint("ctrl+f", "figure", "screen.attach_figure"), Hint("ctrl+o", "open it", "screen.open_figure"))
_ROOM = 100
"""Columns from which on all keys have room."""
_CLOSE = Hint("esc", "close", "screen.cancel")
_SIDES: tuple[Option[Side], ...] = (
    Option("m", "Keep mine", "as it stands here", "mine"),
    Option("t", "Take theirs", "as the other window has it", "theirs"),
    Option("b", "Keep both", "theirs below mine", "both"),
)


@dataclass(frozen=True)
class NoteFigures:
    """What the editor may do with figures of the note."""

    offered: Callable[[], Awaitable[str]]
    """A path that is offered to begin with; empty where there is none."""
    attach: Callable[[str], str]
    """Keeps a picture and returns what the note calls it. Raises :class:`NotesError`."""
    open: Callable[[str], object]
    """Opens what the note calls so. Raises :class:`NotesError`."""


class NoteEditor(Dialog[str]):
    """Edits a note; the result is its text as saved, or ``None`` where nothing was changed.

    ``save`` is called while typing and on closing. It may raise :class:`NotesError`; the text then stays
    here and is tried again. ``reload`` gives the note as the library has it, and what is saved after a
    call counts as the continuation of what it gave. With it, words another window wrote come in while
    nobody types, and where ``save`` refuses because both changed the same, a person chooses.
    """

    CSS_PATH = sheets("note_editor.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Close", show=False, priority=True),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
        Binding("ctrl+l", "toggle_preview", "Preview", show=False, priority=True),
        Binding("ctrl+r", "take_in", "Other version", show=False, priority=True),
        Binding("ctrl+f", "attach_figure", "Attach a figure", show=False, priority=True),
        Binding("ctrl+o", "open_figure", "Open the figure", show=False, priority=True),
    ]
    PREVIEW_PAUSE: ClassVar[float] = 0.15
    """Seconds without a key before the preview follows."""
    SAVE_PAUSE: ClassVar[float] = 0.5
    """Seconds without a key before the text is saved."""
    SAVE_AT_LEAST: ClassVar[float] = 1.0
    """Seconds of typing after which it is saved all the same."""

    def __init__(
        self,
        title: str,
        note_title: str,
        text: str,
        save: Callable[[str], None],
        reload: Callable[[], str] | None = None,
        figures: NoteFigures | None = None,
    ) -> None:
        hints = (*_HINTS, *(_FIGURES if figures else ()), _CLOSE)
        super().__init__(f"{title} › {note_title}" if note_title else title, hints)
        self.figures = figures
        self.save = save
        self.reload = reload
        self.first_text = text
        self.saved_text = text
        """What the library holds as far as is known here."""
        self.theirs: str | None = None
        """What another window wrote, while a person has not chosen yet."""
        self.disguise = Disguise()
        self.area = MarkdownArea(self.disguise.show(text), id="text")
        self.preview = Preview(id="preview")
        self._dirty_since = 0.0
        self._save_timer: Timer | None = None
        self._preview_timer: Timer | None = None
        self._state = Content("")

    def compose_body(self) -> Iterable[Widget]:
        """The text, its preview, and room for a message."""
        with Container(id="panes"):
            yield self.area
            yield self.preview
        yield Static(id="message")

    def on_mount(self) -> None:
        """Begin at the end of the text."""
        if self.app.size.width < _ROOM:
            self.show_hints([each for each in self.hints if each is not _FIGURES[-1]])
        self.query_one("#message").display = False
        self.area.focus()
        self.area.move_cursor(self.area.document.end)
        self.preview.draw(self.area.text)
        if self.reload is not None:
            self.set_interval(self.SAVE_AT_LEAST, self._look_elsewhere)

    @property
    def text(self) -> str:
        """The note as it stands in the editor."""
        return self.disguise.keep(self.area.text)

    # Saving.

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._preview_timer is not None:
            self._preview_timer.stop()
        self._preview_timer = self.set_timer(self.PREVIEW_PAUSE, self._draw)
        if self.theirs is not None or self.text == self.saved_text:
            return
        now = monotonic()
        self._dirty_since = self._dirty_since or now
        if self._save_timer is not None:
            self._save_timer.stop()
        wait = min(self.SAVE_PAUSE, self._dirty_since + self.SAVE_AT_LEAST - now)
        self._save_timer = self.set_timer(max(wait, 0.01), self._try_to_save)
        self._show_state(Content.styled("typing…", MUTED))

    def _try_to_save(self) -> bool:
        """Save the text if it is not; says whether the library has it now."""
        self._dirty_since = 0.0
        text = self.text
        if self.theirs is not None:
            return False
        if text != self.saved_text:
            try:
                self.save(text)
            except (NotesError, OSError) as error:
                self._refused(error)
                return False
            self.saved_text = text
            self._tell("")
            self._adopt()
        if self.saved_text != self.first_text:
            self._show_state(Content.styled(f"saved {datetime.now():%H:%M:%S}", MUTED))
        return True

    def _refused(self, error: NotesError | OSError) -> None:
        """Say why the text is not saved; where another window is the reason, ask."""
        stored = self._stored()
        if stored is not None and stored != self.saved_text:
            self.theirs = stored
            self._tell("another window changed the same lines: ctrl+r to choose")
            self.action_take_in()
            return
        hint = f"; {error.hint}" if isinstance(error, NotesError) and error.hint else ""
        self._tell(f"not saved, {error}{hint}")
        self._show_state(Content.styled("not saved", "$text-error"))
        self._save_timer = self.set_timer(self.SAVE_AT_LEAST * 2, self._try_to_save)

    def action_save(self) -> None:
        """Save now."""
        if self._try_to_save():
            self._show_state(Content.styled(f"saved {datetime.now():%H:%M:%S}", MUTED))

    # What another window wrote.

    def _stored(self) -> str | None:
        """The note as the library has it, where it can be asked."""
        try:
            return self.reload() if self.reload is not None else None
        except (NotesError, OSError):
            return None

    def _look_elsewhere(self) -> None:
        """Take in what another window wrote while nothing here waits to be saved."""
        if self.theirs is None and self.text == self.saved_text:
            self._adopt()

    def _adopt(self) -> None:
        stored = self._stored()
        if stored is not None and stored != self.saved_text:
            self.saved_text = stored
            self._put(stored)
            self._show_state(Content.styled("taken in from another window", MUTED))

    def _put(self, text: str) -> None:
        """Show another text, changing only what differs, so that the cursor stays at its words."""
        area = self.area
        old, new = area.text, self.disguise.show(text)
        start = _common(old, new)
        end = min(_common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
        document = area.document
        first = document.get_location_from_index(start)  # type: ignore[attr-defined]
        last = document.get_location_from_index(len(old) - end)  # type: ignore[attr-defined]
        area.replace(new[start : len(new) - end], first, last, maintain_selection_offset=True)

    def action_take_in(self) -> None:
        """Choose between this text and what another window wrote."""
        if self.theirs is None:
            self._try_to_save()
            return
        self.app.push_screen(ChooseDialog[Side]("Changed in another window", _SIDES), self._choose)

    def _choose(self, side: Side | None) -> None:
        if side is None or self.theirs is None:
            return
        mine, theirs = self.text, self.theirs
        self.theirs = None
        self.saved_text = theirs
        self._tell("")
        if side == "theirs":
            self._put(theirs)
        elif side == "both":
            self._put(f"{mine.rstrip()}\n\n---\n\n{theirs}")
        self._try_to_save()

    # Figures.

    def action_attach_figure(self) -> None:
        """Ask for a picture and show it where the cursor is."""
        if self.figures is not None and self.theirs is None:
            self.run_worker(self._attach_figure(self.figures), group="command", exit_on_error=False)

    async def _attach_figure(self, figures: NoteFigures) -> None:
        here = next((each for each in self._pictures_here() if each.absolute), None)
        offered = here.absolute if here else await figures.offered()
        path = await self.app.push_screen_wait(
            FileDialog("Figure", offered, "A picture; it is copied into the library.")
        )
        if path is None:
            return
        told = here.caption if here else self.area.selected_text
        caption = await self.app.push_screen_wait(AskDialog("Figure", "Caption, or nothing", one_line(told)))
        if caption is None or not self._try_to_save():
            return
        try:
            link = figures.attach(path)
        except (NotesError, OSError) as error:
            self._tell(f"not attached, {error}")
            return
        self._tell("")
        self._put_image(image(caption, link), here)
        self._try_to_save()

    def _pictures_here(self) -> list[Picture]:
        """The pictures in the line of the cursor."""
        row = self.area.cursor_location[0]
        at = self.area.document.get_index_from_location((row, 0))  # type: ignore[attr-defined]
        end = at + len(self.area.document.get_line(row))
        return [each for each in pictures(self.area.text) if at <= each.start < end]

    def _put_image(self, words: str, instead_of: Picture | None) -> None:
        """Put an image in the place of one, else of what is selected, else in a paragraph below the cursor's line."""
        area = self.area
        if instead_of is not None:
            place = area.document.get_location_from_index  # type: ignore[attr-defined]
            area.replace(words, place(instead_of.start), place(instead_of.end))
        elif area.selected_text:
            area.replace(words, *area.selection)
        else:
            row = area.cursor_location[0]
            line = area.document.get_line(row)
            end = (row, len(line))
            area.insert(f"\n\n{words}" if line.strip() else words, end)

    def action_open_figure(self) -> None:
        """Open the figure in the line of the cursor, else the first one of the note."""
        found = self._pictures_here() or pictures(self.area.text)
        shown = next((each for each in found if each.link or each.absolute), None)
        if shown is None:
            self._tell("the note shows no figure; ctrl+f attaches one")
        else:
            self._open(shown.link or shown.absolute)

    @on(Preview.FigureChosen)
    def _figure_clicked(self, event: Preview.FigureChosen) -> None:
        self._open(event.link)

    def _open(self, link: str) -> None:
        if self.figures is None or not self._try_to_save():
            return
        try:
            self.figures.open(link)
            self._tell("")
        except (NotesError, OSError) as error:
            self._tell(f"not opened, {error}")

    # Closing.

    def action_cancel(self) -> None:
        """Save and close. Where it cannot be saved, ask before anything is lost."""
        if self._try_to_save():
            self.dismiss(self.saved_text if self.saved_text != self.first_text else None)
        elif self.theirs is not None:
            self.action_take_in()
        else:
            question = "The note could not be saved. Copy its text to the clipboard and close?"
            dialog = ConfirmDialog("Not saved", question, "Copy and close", "Stay", danger=True)
            self.app.push_screen(dialog, self._give_up)

    def _give_up(self, answer: bool | None) -> None:
        if answer:
            self.app.copy_to_clipboard(self.text)
            self.dismiss(None)

    def on_unmount(self) -> None:
        """Save what is not saved yet, where the whole program is left."""
        if self.theirs is None and self.text != self.saved_text:
            with suppress(NotesError, OSError):
                self.save(self.text)

    # What is shown.

    @on(TextArea.SelectionChanged)
    def _follow(self) -> None:
        self.preview.follow(self.area.cursor_location[0])

    def _draw(self) -> None:
        self.preview.draw(self.area.text)

    def action_toggle_preview(self) -> None:
        """Show or hide the preview."""
        self.preview.display = not self.preview.display
        self.call_after_refresh(self._draw)

    def _show_state(self, state: Content) -> None:
        self._state = state
        self.query_one("#frame").border_subtitle = Content("  ").join([state, key_line(self.hints)])

    def _tell(self, message: str) -> None:
        line = self.query_one("#message", Static)
        line.display = bool(message)
        line.update(shown(message))


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
