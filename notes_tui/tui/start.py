"""Starting the interface, quickly: nothing that is made meanwhile is garbage, so nobody looks for any."""

from __future__ import annotations

import gc
import sys

from notes_tui.settings import Config, Home


def run(home: Home, config: Config, query: str = "") -> None:
    """Open the interface on a home, filtered by a query where one is given."""
    gc.disable()
    try:
        from notes_tui.services.home import open_home
        from notes_tui.tui.app import NotesApp

        with open_home(home) as store:
            app = NotesApp(store, home, config, query)
            app.run()
        if app.main.backups.is_copying:
            print("finishing the backup …", file=sys.stderr)
            app.main.backups.wait()
    finally:
        gc.enable()
