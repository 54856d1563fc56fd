"""What leads out of the terminal: links and the browser, and the reader's own editor.

Only web, mail and DOI links are ever opened, and nothing goes through a shell.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote, urlsplit

from notes_tui.errors import NotesError
from notes_tui.model.item import Item, Link
from notes_tui.model.text import one_line

Opener = Callable[[str], bool]
"""Opens an address; says whether something took it."""
EditorRunner = Callable[[Sequence[str]], int]
"""Runs a command that takes the terminal over; returns its exit status."""


class NoEditorError(NotesError):
    """No editor is known, or the one that is known cannot be run."""

    title = "editor"


class UnsafeLinkError(NotesError):
    """A link is of a kind that is not opened."""

    title = "this link is not opened"


def safe_address(address: str) -> str:
    """An address that may be opened. Raises :class:`UnsafeLinkError` for every other."""
    address = address.strip()
    if address[:4].lower() == "doi:":
        address = f"https://doi.org/{quote(address[4:].strip(), safe='/:;()._-')}"
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise UnsafeLinkError(one_line(address)[:200], hint="it is no address") from error
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    is_mail = parts.scheme == "mailto" and bool(parts.path)
    if not (is_web or is_mail) or not address.isprintable() or " " in address:
        raise UnsafeLinkError(
            one_line(address)[:200], hint="only http, https, mailto and DOI links are opened"
        )
    return address


def links_of(item: Item) -> tuple[Link, ...]:
    """All links of an item: those it lists, then its DOI and arXiv page where no link leads there."""
    links = [*item.links]
    addresses = " ".join(link.url.lower() for link in links)
    if item.doi and item.doi.lower() not in addresses:
        links.append(Link("paper", f"https://doi.org/{quote(item.doi, safe='/:;()._-')}"))
    if item.arxiv and item.arxiv.lower() not in addresses:
        links.append(Link("paper", f"https://arxiv.org/abs/{quote(item.arxiv, safe='/.')}"))
    return tuple(links)


def search_address(title: str) -> str:
    """The address of a web search for a title."""
    return f"https://scholar.google.com/scholar?q={quote(one_line(title)[:300])}"


def open_in_browser(address: str) -> bool:
    """Hand an address to the platform's browser; ``False`` where none has a window to show it in."""
    remote = os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY")
    windowed = (
        sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if remote or not windowed:
        return False
    import webbrowser

    return webbrowser.open(address)


def run_command(command: Sequence[str]) -> int:
    """Run a command in the foreground, without a shell. Raises :class:`NoEditorError` where it cannot start."""
    import subprocess

    try:
        return subprocess.run(list(command), check=False).returncode
    except OSError as error:
        raise NoEditorError(
            f"{command[0]}: {error.strerror or error}", hint="set `editor` in config.yaml, or $EDITOR"
        ) from error


def edit_file(
    command: Sequence[str],
    place: Path,
    *,
    run: EditorRunner,
    terminal: Callable[[], AbstractContextManager[None]],
) -> int:
    """Open a file in a person's own editor and wait for it; returns its exit status.

    Raises :class:`NoEditorError` where there is no editor or it cannot be run.
    """
    if not command:
        raise NoEditorError("no editor is known", hint="set `editor` in config.yaml, or $EDITOR")
    with terminal():
        return run([*command, str(place)])


def edit_text(
    command: Sequence[str],
    text: str,
    name: str,
    save: Callable[[str], None],
    *,
    run: EditorRunner,
    terminal: Callable[[], AbstractContextManager[None]],
) -> None:
    """Let a person change a text in their own editor, and save what they wrote.

    The file they wrote is removed only after ``save`` took it. Raises :class:`NoEditorError` where there is
    no editor, it cannot be run, or it reports a failure (then the text stays as it was).
    """
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="notes-tui-"))
    place = folder / f"{_file_name(name)}.md"
    place.write_text(text, "utf-8", newline="")
    try:
        status = edit_file(command, place, run=run, terminal=terminal)
    except NoEditorError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if status:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoEditorError(f"{command[0]} ended with status {status}", hint="the note was left as it was")
    try:
        written = place.read_bytes().decode("utf-8")
        if written != text:
            save(written)
    except NotesError as error:
        error.hint = f"what you wrote is kept in {place}"
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise NoEditorError(
            f"{place}: {error}", hint="the file is kept; the note was left as it was"
        ) from error
    shutil.rmtree(folder, ignore_errors=True)


def _file_name(name: str) -> str:
    kept = "".join(letter if letter.isalnum() else "-" for letter in name)[:40].strip("-")
    return kept or "note"
