"""Programs of the same trade, each with its commands for the same work, as their own manuals give them.

papis keeps a folder with a YAML file for every document and a cache of all of them; cobib keeps one YAML
file and a cache of it; bibtui is an interface on a BibTeX file, so it has no import and no commands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Library:
    """A contender's library in a folder, and the bibliography it holds."""

    folder: Path
    bib: Path

    def environment(self) -> dict[str, str]:
        """Variables that keep a program within the folder."""
        home = self.folder / "home"
        return {
            "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "XDG_DATA_HOME": str(home / ".local"),
            "XDG_CACHE_HOME": str(home / ".cache"), "NOTES_TUI_HOME": str(self.folder / "library"),
            "TERM": "xterm-256color", "COLUMNS": "120",
        }  # fmt: skip

    def write_config(self, name: str, text: str) -> None:
        """Write a configuration file."""
        path = self.folder / "home" / ".config" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")


Arguments = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A program: its package, how its library is begun, and the arguments for each kind of work."""

    name: str
    package: str
    prepare: Callable[[Library], None] = lambda library: None
    """Writes what the program needs to know of the library: its configuration."""
    begin: Arguments = ()
    """Makes an empty library, before an import; not counted."""
    take_in: Callable[[Library], Arguments] | None = None
    everything: Arguments = ()
    search: Callable[[str], Arguments] | None = None
    mark: Callable[[str], Arguments] | None = None
    export: Callable[[Path], Arguments] | None = None
    interface: Callable[[Library], Arguments]
    finding: str = ""
    """The keys that lead to the search bar."""
    searches_as_typed: bool = False
    marking: str = ""
    """The keys that mark the item under the cursor as read, and save it."""
    slow_import: bool = False
    """Takes minutes for a thousand entries: is done once, and not for larger libraries."""


def _papis_config(library: Library) -> None:
    documents = library.folder / "documents"
    documents.mkdir()
    library.write_config(
        "papis/config", f"[settings]\ndefault-library = papers\n\n[papers]\ndir = {documents}\n"
    )


def _bibtui_config(library: Library) -> None:
    """Its question of the first start is answered; it looks for no updates."""
    library.write_config("bibtui/config.toml", "[updates]\ncheck_for_updates = false\n")


NOTES_TUI = Contender(
    name="notes-tui", package="notes-tui",
    begin=("init", "--empty"),
    take_in=lambda library: ("import", str(library.bib)),
    everything=("list",),
    search=lambda word: ("list", word),
    mark=lambda key: ("mark", "read", key),
    export=lambda out: ("export", "bibtex", str(out)),
    interface=lambda library: (),
    finding="/", searches_as_typed=True, marking="r",
)  # fmt: skip
CONTENDERS = (
    NOTES_TUI,
    Contender(
        name="papis", package="papis", prepare=_papis_config,
        take_in=lambda library: ("bibtex", "read", str(library.bib), "import", "--all", "--batch"),
        everything=("list", "--all", "--format", "{doc[ref]} {doc[title]} {doc[year]}"),
        search=lambda word: ("list", "--all", "--format", "{doc[ref]} {doc[title]} {doc[year]}", word),
        mark=lambda key: ("tag", "--batch", "--add", "read", f"ref:{key}"),
        export=lambda out: ("export", "--all", "--batch", "--format", "bibtex", "--out", str(out)),
        interface=lambda library: ("open",),
        searches_as_typed=True, slow_import=True,
    ),
    Contender(
        name="cobib", package="cobib",
        begin=("init",),
        take_in=lambda library: ("import", "--skip-download", "--bibtex", "--", str(library.bib)),
        everything=("--porcelain", "list"),
        search=lambda word: ("--porcelain", "search", "--ignore-case", word),
        mark=lambda key: ("modify", "--selection", "--add", "tags:read", "--", key),
        export=lambda out: ("export", "--bibtex", "--", str(out)),
        interface=lambda library: (),
    ),
    Contender(
        name="bibtui", package="bibtui", prepare=_bibtui_config,
        interface=lambda library: (str(library.bib),),
        finding="s", searches_as_typed=True, marking="rw",
    ),
)  # fmt: skip
