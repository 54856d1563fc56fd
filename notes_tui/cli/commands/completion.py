"""``completion``: the completion script of a shell."""

from __future__ import annotations

import os

import click
from click.shell_completion import get_completion_class

from notes_tui.cli.call import Call
from notes_tui.cli.table import COMPLETION_VARIABLE, NAME
from notes_tui.cli.verb import verb
from notes_tui.errors import UsageError

SHELLS = ("bash", "zsh", "fish")
_EXAMPLES = """
notes-tui completion bash > ~/.local/share/bash-completion/completions/notes-tui
notes-tui completion zsh > ~/.zfunc/_notes-tui    a folder of your fpath
notes-tui completion fish > ~/.config/fish/completions/notes-tui.fish
"""


@verb("completion", examples=_EXAMPLES)
@click.argument("shell", type=click.Choice(SHELLS), required=False)
@click.pass_context
def command(ctx: click.Context, shell: str | None) -> None:
    """Print the script that teaches your shell to complete commands, CITEKEYs, tags, statuses and slugs."""
    shell = shell or os.path.basename(os.environ.get("SHELL", ""))
    if shell not in SHELLS:
        raise UsageError("which shell?", hint=f"one of {', '.join(SHELLS)}")
    completer = get_completion_class(shell)
    script = completer(ctx.find_root().command, {}, NAME, COMPLETION_VARIABLE).source() if completer else ""
    ctx.ensure_object(Call).answer({"shell": shell, "script": script}, script)
