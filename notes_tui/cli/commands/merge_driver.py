"""``merge-driver``: what git calls to merge one file of a vault; it is not for people."""

from __future__ import annotations

from pathlib import Path

import click

from notes_tui.cli.verb import verb

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@verb("merge-driver", examples="notes-tui merge-driver %O %A %B %P")
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
@click.argument("path")
def command(base: Path, ours: Path, theirs: Path, path: str) -> int:
    """Merge three versions of the file at PATH; git calls it where it was told to.

    The outcome is in OURS. Exit status 1: the file lies in no vault, git has to settle it itself.
    """
    from notes_tui.services.git import driver

    return 0 if driver.merge_file(Path.cwd(), base, ours, theirs, path) else 1
