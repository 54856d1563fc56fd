"""Text that a person's own Jinja2 template makes of items: rendered in a sandbox, in a process of its own.

A template may come from somebody else. It sees the values it is given and nothing behind them, reads no file, and
the process it runs in ends when its time is up; what it may write and how much memory it may take are limited too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from notes_tui.errors import MissingExtraError, UnreadableFileError

if TYPE_CHECKING:
    from jinja2 import Template

SECONDS = 60.0
"""Longest time that all texts of one export may take."""
MAX_CHARACTERS = 64 * 1024 * 1024
"""Longest output of one export."""
_MEMORY = 2 << 30
_MISSING = 70
"""Exit status of a process that finds no Jinja2."""

Values = Mapping[str, object]


def render(
    name: str,
    template: str,
    shared: Values,
    each: Sequence[Values] | None = None,
    *,
    seconds: float = SECONDS,
) -> list[str]:
    """What a template makes of the values ``shared``: one text, or one for each of the further values ``each``.

    Raises :class:`MissingExtraError` without Jinja2, :class:`UnreadableFileError` (naming template and line) for
    a template that is wrong, asks for what it may not have, or goes on for longer than ``seconds``.
    """
    task = {"name": name, "template": template, "shared": shared, "each": [{}] if each is None else each}
    command = [sys.executable, "-P", "-m", __name__, str(seconds)]
    try:
        ended = subprocess.run(
            command, input=json.dumps(task).encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _refusal(name, None, f"it went on for more than {seconds:g} seconds") from error
    if ended.returncode == _MISSING:
        raise MissingExtraError("templates need Jinja2", hint="pip install 'notes-tui[templates]'")
    if ended.returncode:
        raise _refusal(name, None, "it took too much time or memory")
    answer = json.loads(ended.stdout)
    if "problem" in answer:
        raise _refusal(name, answer["line"], answer["problem"])
    texts: list[str] = answer["texts"]
    return texts


def _refusal(name: str, line: int | None, problem: str) -> UnreadableFileError:
    place = f"{name}, line {line}" if line else name
    return UnreadableFileError(f"{place}: {problem}", hint="change the template")


def main(seconds: float) -> int:
    """Render what standard input asks for; the outcome goes to standard output. Returns the exit status."""
    try:
        import jinja2
    except ImportError:
        return _MISSING
    task = json.load(sys.stdin)
    _limit(seconds)
    try:
        made = _compiled(task["name"], task["template"])
        outcome: dict[str, object] = {"texts": _texts(made, task["shared"], task["each"])}
    except jinja2.TemplateSyntaxError as error:
        outcome = {"line": error.lineno, "problem": error.message}
    except jinja2.TemplateError as error:
        outcome = {"line": _line_of(error, task["name"]), "problem": error.message or type(error).__name__}
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        outcome = {"line": _line_of(error, task["name"]), "problem": f"{type(error).__name__}: {error}"}
    except MemoryError:
        outcome = {"line": None, "problem": "it took too much memory"}
    json.dump(outcome, sys.stdout)
    return 0


def _limit(seconds: float) -> None:
    """Bound memory and time where the system can."""
    if sys.platform != "win32":
        import resource

        for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, int(seconds) + 1)):
            _, hard = resource.getrlimit(kind)
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (bound, hard))


def _compiled(name: str, template: str) -> Template:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    code = environment.compile(template, name, name)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def _texts(template: Template, shared: Values, each: Iterable[Values]) -> list[str]:
    texts: list[str] = []
    left = MAX_CHARACTERS
    for values in each:
        parts: list[str] = []
        for part in template.generate(dict(shared) | dict(values)):
            left -= len(part)
            if left < 0:
                raise ValueError(f"it writes more than {MAX_CHARACTERS // 2**20} million characters")
            parts.append(part)
        texts.append("".join(parts))
    return texts


def _line_of(error: BaseException, name: str) -> int | None:
    """The line of the template at which an error came up."""
    line, frame = None, error.__traceback__
    while frame:
        if frame.tb_frame.f_code.co_filename == name:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
