"""Git as the user has it: run without a shell, in English, with a time limit, and never asking unless it may.

What a surrounding git process left in the environment does not reach it, so that a program called from
a hook works on the repository it was told to. Paths go in and out ended by NUL, as they are.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from notes_tui.errors import NotesError

LOCAL_LIMIT = 120.0
"""Seconds that git may take on this machine, hooks of the user included."""
NETWORK_LIMIT = 300.0
"""Seconds that git may take to talk to a remote."""
_TIDYING = 3.0
"""Seconds that a stopped git has to remove its locks."""
_REPOSITORY = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE",
    "GIT_CONFIG_PARAMETERS", "GIT_INTERNAL_SUPER_PREFIX", "GIT_QUARANTINE_PATH", "GIT_REFLOG_ACTION",
    "GIT_CEILING_DIRECTORIES", "GIT_TRACE", "GIT_TRACE2",
)  # fmt: skip
"""Variables that would point git to another repository, or mix words of its own into its answers."""
_SETTINGS = (
    "core.quotePath=false",
    "submodule.recurse=false",
    "advice.detachedHead=false",
    "gc.autoDetach=true",
)


class GitError(NotesError):
    """Git is absent, refuses, or is in a state in which nothing may be changed for the user."""

    title = "git"


class TooSlowError(GitError):
    """Git did not end in the time it has."""


class UnreachableError(GitError):
    """The remote cannot be reached or lets nobody in; what is on this machine is not affected."""

    title = "the remote cannot be reached"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one run of git said."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output without its last line end."""
        return os.fsdecode(self.out).removesuffix("\n")

    @property
    def fields(self) -> list[str]:
        """The parts of an output in which each is ended by NUL."""
        return os.fsdecode(self.out).split("\0")[:-1]


class Git:
    """Runs git in a folder. ``ask`` says that a person is at the terminal and may be asked for a password."""

    def __init__(self, folder: str, *, ask: bool = False) -> None:
        self.folder = folder
        self.ask = ask

    def run(
        self,
        *words: str,
        given: bytes | None = None,
        limit: float = LOCAL_LIMIT,
        extra: Mapping[str, str] | None = None,
        english: bool = True,
    ) -> Answer:
        """Run one git command and wait for it.

        ``given`` is its standard input, ``extra`` more of its environment; hooks that people read the words
        of run in their own language, not in ``english``. Raises :class:`GitError` where git
        is not installed or does not end within ``limit`` seconds
        (:class:`TooSlowError`); any exit status is an answer.
        """
        program = shutil.which("git")
        if program is None:
            raise GitError(f"{self.folder}: git is not installed", hint="install git, then do it again")
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        child = subprocess.Popen(
            [program, *settings, *words],
            cwd=self.folder,
            env={**self._environment(english), **(extra or {})},
            stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=not self.ask,
        )
        try:
            out, err = child.communicate(given, timeout=limit)
        except subprocess.TimeoutExpired as error:
            raise TooSlowError(
                f"`git {words[0]}` did not end within {limit:.0f} seconds and was stopped",
                hint=f"run it yourself to see what it waits for: git -C {self.folder} {words[0]}",
            ) from error
        finally:
            if child.returncode is None:
                self._stop(child)
        return Answer(child.returncode, out, err.decode("utf-8", "replace").strip())

    def text(self, *words: str, given: bytes | None = None, extra: Mapping[str, str] | None = None) -> str:
        """The output of a command that has to succeed. Raises :class:`GitError`."""
        return self.answer(*words, given=given, extra=extra).text

    def answer(
        self, *words: str, given: bytes | None = None, extra: Mapping[str, str] | None = None
    ) -> Answer:
        """Run a command that has to succeed. Raises :class:`GitError` with git's own words."""
        found = self.run(*words, given=given, extra=extra)
        if found.status:
            raise refusal(words[0], found)
        return found

    def _environment(self, english: bool) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _REPOSITORY}
        kept |= {"GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_EDITOR": "true"}
        if english:
            kept |= {"LC_ALL": "C", "LANGUAGE": ""}
        if not self.ask:
            kept["GIT_TERMINAL_PROMPT"] = "0"
        return kept

    def _stop(self, child: subprocess.Popen[bytes]) -> None:
        """End git and what it started (a transport would otherwise go on alone); it may tidy up before."""
        is_group = os.name == "posix" and not self.ask
        for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(child.pid, number) if is_group else child.send_signal(number)
                child.wait(_TIDYING)
        child.wait()


def joined(paths: Iterable[str]) -> bytes:
    """Paths as git reads them from its standard input, each ended by NUL."""
    return b"".join(os.fsencode(path) + b"\0" for path in paths)


def refusal(command: str, answer: Answer) -> GitError:
    """Why git did not do something, in its own words and with what to do about it."""
    said = [line.strip() for line in answer.err.splitlines() if line.strip()]
    told = [line for line in said if not line.startswith("hint:")]
    detail = " ".join(told[-12:]) or f"`git {command}` ended with status {answer.status}"
    return GitError(detail, hint=_hint(answer.err))


def _hint(err: str) -> str:
    """What helps against the refusals that people meet most."""
    for sign, hint in (
        ("dubious ownership", "the folder belongs to another user; git says how to trust it"),
        ("tell me who you are", "set your name: git config --global user.name NAME, and user.email likewise"),
        ("auto-detect", "set your name: git config --global user.name NAME, and user.email likewise"),
        ("empty ident", "set your name: git config --global user.name NAME, and user.email likewise"),
        (".lock': File exists", "another git is at work; wait for it, or delete the file if none is running"),
        ("failed to sign", "git signs your commits and could not; try `git commit` yourself"),
        ("No space left", "make room on the disk, then do it again"),
    ):
        if sign in err:
            return hint
    return ""
