"""The table of commands: their names, lines and modules. Nothing is loaded by looking at it."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

NAME = "notes-tui"
INTERFACE = "interface"
COMPLETION_VARIABLE = "_NOTES_TUI_COMPLETE"
COMMANDS: dict[str, dict[str, str]] = {
    "Read": {
        "list": "Items that match a query, in list order.",
        "show": "Everything about one item.",
        "open": "Open an item's link in the browser.",
        "cite": "A citation, BibTeX or the link, to paste.",
        "next": "What to read next, and why.",
        "history": "What was read when; the undo steps.",
        "stats": "How much was read, by status and month.",
        "matrix": "A comparison table of several items.",
    },
    "Write": {
        "mark": "Set the read status, the page reached, the date.",
        "rate": "Rate items from 1 to 5.",
        "tag": "Add, remove, rename and list tags.",
        "note": "Print or write the note on an item.",
        "annotate": "Add a quote or a remark with its page.",
        "attach": "Attach PDFs and figures to an item.",
        "refresh": "Read the annotations of PDFs again.",
    },
    "Collect": {
        "add": "Add items from ids, addresses or titles.",
        "edit": "Correct fields of an item.",
        "rekey": "Give an item another citekey.",
        "remove": "Move items to the trash.",
        "duplicates": "Pairs that may be one work, with reasons.",
        "merge": "Make one item of several that are one work.",
        "trash": "List, restore from or empty the trash.",
        "collection": "Reading lists: show, make, fill, hide, update.",
        "view": "Queries saved under a name.",
    },
    "Exchange": {
        "import": "Bring in bibliographies, lists and dumps.",
        "fetch": "Ask arXiv, Crossref and OpenAlex for what is missing.",
        "adopt": "Take in a folder of your own notes, in place.",
        "export": "Write Markdown notes, a site or a bibliography.",
        "sync": "Bring a folder of notes and the library together.",
        "conflicts": "What was changed on both sides; choose.",
    },
    "Keep safe": {
        "undo": "Take back the latest change.",
        "redo": "Repeat the change undone last.",
        "backup": "Write a checked snapshot of the library.",
        "restore": "Go back to a backup.",
        "doctor": "Check the library and mend what can be mended.",
    },
    "Set up": {
        "init": "Make a library, with the bundled reading lists.",
        "completion": "Print the completion script of your shell.",
    },
}
"""Section to command to its line in the help; the module of a command has its name."""

ALL = {name: line for section in COMMANDS.values() for name, line in section.items()}
"""Command to its line in the help, in the order of the help."""
_MODULES = {"import": "import_", "list": "list_", "next": "next_", "open": "open_"}
"""Commands whose module cannot have, or should not hide, a name of Python's own."""
_HIDDEN = {INTERFACE: "interface", "merge-driver": "merge_driver"}
"""Commands that no help names, each with its module: people do not type them."""


def module_of(name: str) -> ModuleType | None:
    """The module of a command, loaded; ``None`` where there is no such command."""
    if name not in ALL and name not in _HIDDEN:
        return None
    return import_module(f"notes_tui.cli.commands.{_MODULES.get(name) or _HIDDEN.get(name, name)}")
