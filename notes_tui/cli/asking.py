"""Asking a person a yes or no at the terminal."""

from __future__ import annotations

import sys

import click

from notes_tui.cli import output


def can_ask() -> bool:
    """Whether a person sits at both ends: standard input to answer, standard error to be asked on."""
    return output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)


def confirmed(question: str) -> bool:
    """Ask a yes or no on standard error, so that standard output stays the command's own; no is the default."""
    return click.confirm(output.render(question, colour=False), default=False, err=True)
