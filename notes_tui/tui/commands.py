"""Every command of the interface, declared once: id, keys, label, help, where it works, what it does.

Bindings, the command palette, the help screen, the line of keys and the table in the README are all made
from :data:`COMMANDS`. Keys are remapped by id in ``config.yaml`` (see :mod:`notes_tui.tui.keys`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Where = Literal["main", "list", "table", "sidebar", "detail", "search"]
Group = Literal["Moving", "Searching", "Selecting", "Reading", "Writing", "Library", "Taking along", "Window"]


class Command(NamedTuple):
    """One thing a person can ask for."""

    id: str
    keys: str
    """Keys, comma-separated as Textual names them; empty where it is in the palette only."""
    label: str
    help: str
    group: Group
    does: str
    """A function of :mod:`notes_tui.tui.actions` with its arguments (``marking.mark read``), loaded when it is
    first wanted; or, without a dot, an action of the widget that has the keyboard."""
    where: Where = "main"

    @property
    def is_of_widget(self) -> bool:
        """Whether it moves or changes the widget that has the keyboard; such commands are for keys only."""
        return "." not in self.does

    @property
    def action(self) -> str:
        """The action a binding runs."""
        return self.does if self.is_of_widget else f"screen.run('{self.id}')"


def _move(name: str, keys: str, label: str, help: str, action: str, where: Where = "list") -> Command:
    return Command(name, keys, label, help, "Moving", action, where)


_MOVING = (
    _move("list.up", "up,k", "Up", "One line up", "cursor_up"),
    _move("list.down", "down,j", "Down", "One line down", "cursor_down"),
    _move("list.page-up", "pageup,ctrl+b", "Page up", "A page up", "page_up"),
    _move("list.page-down", "pagedown,ctrl+f", "Page down", "A page down", "page_down"),
    _move("list.half-up", "ctrl+u", "Half up", "Half a page up", "half_up"),
    _move("list.half-down", "ctrl+d", "Half down", "Half a page down", "half_down"),
    _move("list.first", "g,home", "First", "To the first line", "first"),
    _move("list.last", "G,end", "Last", "To the last line", "last"),
    _move("table.open", "enter", "Open", "To the details of the paper", "open", "table"),
    _move("sidebar.open", "enter", "Go", "To the papers of this line", "open", "sidebar"),
    _move("sidebar.toggle", "space", "Unfold", "Show or hide what is below", "toggle_node", "sidebar"),
    _move("sidebar.expand", "right", "Unfold", "Show what is below, or go to the papers", "expand", "sidebar"),
    _move("sidebar.collapse", "left", "Fold", "Hide what is below, or go to the line above it", "collapse", "sidebar"),
    _move("detail.up", "up,k", "Up", "Scroll up", "scroll_up", "detail"),
    _move("detail.down", "down,j", "Down", "Scroll down", "scroll_down", "detail"),
    _move("detail.page-up", "pageup,ctrl+b", "Page up", "A page up", "page_up", "detail"),
    _move("detail.page-down", "pagedown,ctrl+f,space", "Page down", "A page down", "page_down", "detail"),
    _move("detail.first", "g,home", "Top", "To the top", "scroll_home", "detail"),
    _move("detail.last", "G,end", "Bottom", "To the end", "scroll_end", "detail"),
    Command("pane.next", "tab", "Next pane", "To the pane on the right", "Moving", "going.cycle_focus 1"),
    Command("pane.previous", "shift+tab", "Previous pane", "To the pane on the left", "Moving",
            "going.cycle_focus -1"),
    Command("pane.right", "l,right", "Right", "To the pane on the right", "Moving",
            "going.move_focus 1"),
    Command("pane.left", "h,left", "Left", "To the pane on the left", "Moving",
            "going.move_focus -1"),
)  # fmt: skip

_SEARCHING = (
    Command("main.search", "/", "Search", "Filter what is shown while you type", "Searching", "going.search"),
    Command("search.everywhere", "ctrl+a", "Everywhere", "Search the whole library, or this place again",
            "Searching", "everywhere", "search"),
    Command("search.first", "enter", "First hit", "To the first hit", "Searching", "first", "search"),
    Command("search.list", "down,tab", "List", "To the list, keeping the filter", "Searching", "leave", "search"),
    Command("search.clear", "escape", "Clear", "Clear the filter; once more: back to the list", "Searching",
            "clear", "search"),
    Command("main.everywhere", "ctrl+e", "Search everywhere", "Look for the same words in the whole library",
            "Searching", "going.search_everywhere"),
    Command("main.escape", "escape", "Back", "Let the selection go, then the filter, then back to the list",
            "Searching", "going.escape"),
    Command("list.sort", "s", "Sort", "Choose the order of the list", "Searching", "going.sort"),
    Command("list.group", "b", "Group", "Show the list in groups: by section, status, year, venue or tag", "Searching",
            "going.group"),
    Command("view.save", "V", "Save view", "Keep this filter under a name", "Searching", "curating.save_view"),
    Command("view.remove", "", "Remove view", "Forget the saved view that is open", "Searching", "curating.remove_view"),
)  # fmt: skip

_SELECTING = (
    Command("table.select", "space", "Select", "Select the paper and move on", "Selecting", "select", "table"),
    Command("table.select-range", "v", "Select range", "Begin a range; move; the same key ends it", "Selecting",
            "select_range", "table"),
    Command("table.select-down", "shift+down,J", "Select down", "Select this paper and the next", "Selecting",
            "select_down", "table"),
    Command("table.select-up", "shift+up,K", "Select up", "Select this paper and the one before", "Selecting",
            "select_up", "table"),
    Command("table.select-all", "ctrl+a,asterisk", "Select all", "Select all papers shown, or let them go", "Selecting",
            "select_all", "table"),
)  # fmt: skip

_READING = (
    Command("item.mark-read", "r", "Read", "Mark as read", "Reading", "marking.mark read"),
    Command("item.mark-reading", "i", "Reading", "Mark as being read", "Reading",
            "marking.mark reading"),
    Command("item.mark-queued", "w", "Queue", "Put into the queue of what to read next", "Reading",
            "marking.mark queued"),
    Command("item.mark-unread", "e", "Unread", "Mark as unread", "Reading", "marking.mark unread"),
    Command("item.status", "m", "Status…", "Choose among all read statuses", "Reading", "marking.choose_status"),
    Command("item.page", "p", "Page…", "Set the page reached: 5 or 5/12", "Reading", "marking.set_page"),
    *(
        Command(f"item.rate-{stars}", str(stars), f"Rate {stars}", f"Rate {'★' * stars}", "Reading",
                f"marking.rate {stars}")
        for stars in range(1, 6)
    ),
    Command("item.rate-0", "0", "No rating", "Take the rating away", "Reading", "marking.rate 0"),
    Command("main.undo", "u", "Undo", "Take back the last change", "Reading", "marking.undo"),
    Command("main.redo", "U,ctrl+r", "Redo", "Repeat the change taken back last", "Reading", "marking.redo"),
)  # fmt: skip

_WRITING = (
    Command("item.annotate", "a", "Quote", "Add a quote or a remark, with its page", "Writing", "writing.annotate"),
    Command("item.note", "n", "Note", "Write the note here, with a live preview", "Writing", "writing.edit_note"),
    Command("item.note-editor", "N", "Note in $EDITOR", "Write the note in your own editor, in its very file once synced", "Writing",
            "writing.edit_note_outside"),
    Command("item.note-new", "", "New titled note", "Begin a further note with a title", "Writing",
            "writing.new_note"),
    Command("item.tag", "t", "Tags", "Add and take off tags", "Writing", "writing.tag"),
    Command("item.attach", "f", "Attach file", "Attach a PDF, with its annotations, or a picture", "Writing",
            "filing.attach"),
    Command("item.refresh", "P", "Read PDF again", "Bring in what was marked in the PDF since it was read", "Writing",
            "filing.refresh"),
    Command("library.annotations", "Q", "Annotations", "The annotations of all papers, by role or by paper", "Writing",
            "annotating.browse"),
    Command("item.annotations", "", "Change annotation", "Choose an annotation to change or remove", "Writing",
            "writing.choose_annotation"),
    Command("tag.rename", "", "Rename tag", "Rename a tag on all papers", "Writing", "writing.rename_tag"),
)  # fmt: skip

_LIBRARY = (
    Command("library.add", "+", "Add", "Add papers: arXiv, DOI, address or title, one a line", "Library", "curating.add"),
    Command("library.adopt", "A", "Adopt a folder", "Take in your own notes folder; a preview comes first", "Library",
            "adopting.adopt"),
    Command("library.import", "X", "Import", "Bring in BibTeX, RIS, Zotero, lists, dumps, PDFs or a vault", "Library",
            "importing.import_file"),
    Command("item.edit", "E", "Edit", "Correct title, creators, venue, year and the rest", "Library", "curating.edit"),
    Command("item.trash", "d,delete", "Trash", "Move to the trash; `u` takes it back", "Library", "curating.trash"),
    Command("item.restore", "R", "Restore", "Take out of the trash", "Library", "curating.restore"),
    Command("item.collect", "c", "Collect", "Put into a collection of your own", "Library", "curating.collect"),
    Command("item.take", "C", "Take out", "Take out of the collection that is open", "Library", "curating.take_out"),
    Command("collection.new", "", "New collection", "Make a collection of your own", "Library",
            "curating.new_collection"),
    Command("collection.rename", "", "Rename collection", "Give the open collection another title", "Library",
            "curating.rename_collection"),
    Command("collection.hide", "", "Hide collection", "Take the open collection out of sight, or bring it back",
            "Library", "curating.hide_collection"),
    Command("collection.unhide", "", "Show collection", "Bring a hidden collection back", "Library",
            "curating.unhide_collection"),
    Command("collection.remove", "", "Remove collection", "Remove the open collection; its papers stay", "Library",
            "curating.remove_collection"),
    Command("library.duplicates", "D", "Duplicates", "Papers that may be one work: merge them, or tell them apart",
            "Library", "curating.duplicates"),
    Command("item.fetch", "F", "Fetch", "Ask arXiv, Crossref and OpenAlex for what the paper lacks; you choose", "Library",
            "asking.fetch"),
    Command("item.fetch-pdf", "", "Fetch PDF", "Bring the paper's PDF where everybody may read it", "Library",
            "asking.fetch pdf"),
    Command("library.fetch", "", "Fetch all", "Ask about all papers that lack creators, year or venue", "Library",
            "asking.fetch all"),
    Command("library.inbox", "I", "Inbox", "What updates of lists brought: queue, drop, or mark as seen", "Library",
            "asking.inbox"),
    Command("collection.update", "", "Update list…", "Bring the open list up to a newer file or address", "Library",
            "asking.update_list"),
    Command("library.sync", "S", "Sync", "Bring your notes folder and the library together, both ways", "Library",
            "syncing.sync"),
    Command("library.conflicts", "!", "Conflicts", "Choose where a file and the library changed the same lines",
            "Library", "syncing.choose"),
    Command("library.sync-push", "", "Sync and push", "Sync, and send the notes to your other machines by git",
            "Library", "syncing.sync push"),
    Command("library.sync-folder", "", "Sync with folder…", "Choose the notes folder, with a preview", "Library",
            "syncing.sync_folder"),
    Command("library.push-always", "", "Push on every sync", "Let every sync push, or only those that are told to",
            "Library", "syncing.push_always"),
    Command("library.merge-driver", "", "Git merge driver", "Let your own git merge notes by notes-tui, or no longer",
            "Library", "syncing.merge_driver"),
    Command("library.trash", "", "Trash…", "Browse the trash: restore, or empty it", "Library", "curating.browse_trash"),
    Command("library.backup", "", "Back up", "Write a verified copy of the library", "Library", "taking.back_up"),
)  # fmt: skip

_TAKING = (
    Command("item.open", "o", "Open link", "Open the paper's link in the browser", "Taking along", "taking.open_link"),
    Command("item.open-pdf", "O", "Open PDF", "Open the paper's PDF in your viewer, where you stopped; or a figure",
            "Taking along", "filing.open_pdf"),
    Command("detail.found", "enter", "Open page", "Open the PDF where the words you searched for stand; else choose an annotation",
            "Taking along", "filing.open_found", "detail"),
    Command("item.copy", "y", "Copy", "Copy citekey, citation, BibTeX or link", "Taking along", "taking.copy"),
    Command("library.export", "x", "Export", "Export the notes", "Taking along", "exporting.export"),
)  # fmt: skip

_WINDOW = (
    Command("main.help", "?", "Keys", "All keys, with what they do", "Window", "looking.help_keys"),
    Command("main.palette", "ctrl+p", "Commands", "Find a command or a paper by name", "Window", "looking.palette"),
    Command("item.history", "H", "History", "What happened to this paper", "Window", "looking.history"),
    Command("main.next", ".", "Next", "What to read next, and why", "Window", "looking.next_up"),
    Command("main.stats", "#", "Statistics", "What was read, month by month", "Window", "looking.stats"),
    Command("pane.fold-sidebar", "[", "Fold lists", "Show or hide the pane of lists", "Window",
            "going.fold sidebar"),
    Command("pane.fold-detail", "]", "Fold details", "Show or hide the pane of details", "Window",
            "going.fold detail"),
    Command("main.theme", "ctrl+t", "Light or dark", "Switch between the light and the dark theme", "Window",
            "looking.switch_theme"),
    Command("main.themes", "", "Theme…", "Choose among all themes", "Window", "looking.choose_theme"),
    Command("main.quit", "q", "Quit", "Leave; everything is saved", "Window", "looking.quit_app"),
)  # fmt: skip

COMMANDS: tuple[Command, ...] = (
    *_MOVING, *_SEARCHING, *_SELECTING, *_READING, *_WRITING, *_LIBRARY, *_TAKING, *_WINDOW,
)  # fmt: skip
BY_ID = {command.id: command for command in COMMANDS}

KEY_LINES: dict[str, tuple[str, ...]] = {
    "table": (
        "item.mark-read", "item.annotate", "item.note", "item.tag", "main.search", "table.select", "main.help",
        "library.export", "item.status", "item.open", "item.copy", "item.mark-queued", "item.mark-reading",
        "main.undo", "library.add", "main.palette", "pane.fold-detail", "main.quit", "item.page", "list.sort",
        "item.collect",
    ),
    "selection": (
        "item.mark-read", "item.tag", "item.status", "item.collect", "item.copy", "item.trash", "main.escape",
        "main.undo", "main.help", "item.mark-queued", "item.mark-reading", "main.palette",
    ),
    "sidebar": (
        "sidebar.open", "sidebar.toggle", "main.search", "pane.right", "pane.fold-sidebar", "library.add",
        "main.help", "main.palette", "main.quit",
    ),
    "detail": (
        "pane.left", "item.note", "item.annotate", "item.mark-read", "item.tag", "item.open", "item.history",
        "pane.fold-detail", "main.help", "main.palette", "main.quit",
    ),
    "search": ("search.first", "search.everywhere", "search.list", "search.clear"),
}  # fmt: skip
"""Which commands the line of keys offers, by what has the keyboard; the most wanted first."""
