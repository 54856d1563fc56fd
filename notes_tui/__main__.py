"""``notes-tui`` and ``python -m notes_tui``."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line, or the interface where nothing is on it, and leave with the exit status."""
    try:
        if _is_bare():
            status = _open_interface()
        else:
            gc.disable()  # until a command begins, everything that is made is needed
            from notes_tui.cli.program import run

            status = run()
    except KeyboardInterrupt:
        status = 130
    _leave(status)


def _leave(status: int) -> None:
    """End the process: at once where no thread was ever about, since taking modules apart takes long."""
    if "threading" in sys.modules or os.environ.get("NOTES_TUI_DEBUG"):
        sys.exit(status)
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(status)


def _is_bare() -> bool:
    """Whether the program was called by its name alone, by a person at a terminal."""
    return len(sys.argv) == 1 and "_NOTES_TUI_COMPLETE" not in os.environ and os.isatty(0) and os.isatty(1)


def _open_interface() -> int:
    """Open the interface at once; the command line is loaded only where a failure has to be told."""
    from notes_tui.settings import find_home, load_config
    from notes_tui.tui.start import run

    try:
        home = find_home(None)
        run(home, load_config(home))
    except Exception as error:  # noqa: BLE001 - the top: nothing may leave as a traceback
        from notes_tui.cli.failures import report

        return report(error)
    return 0


if __name__ == "__main__":
    main()
