"""The merge of the vault lent to git itself: a person's own ``git merge`` and ``git pull`` then settle notes alike.

What installs it is written to the repository of this machine alone (``config`` and ``info/attributes``),
never to a file that is committed, and points to this program by its full path: nothing in a work tree
can put another in its place.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from notes_tui.formats.vault import PLAIN, SETTINGS, Profile, profile_in
from notes_tui.model.vault import HIDDEN_FOLDER
from notes_tui.services.folders import Folder, NotUsableError
from notes_tui.services.git.command import Git
from notes_tui.services.git.contents import Rules, joined, settle

NAME = "notes-tui"
_SECTION = f"merge.{NAME}"
_RULE = f"merge={NAME}"


def install(git: Git, prefix: str) -> list[str]:
    """Let git merge the files of the vault at ``prefix`` by this program. Returns the files that were written."""
    wanted = {"name": "notes merged by notes-tui", "driver": _command(), "recursive": "text"}
    config, attributes = _files(git)
    written = []
    if any(_setting(git, key) != value for key, value in wanted.items()):
        for key, value in wanted.items():
            git.answer("config", "--local", "--replace-all", f"{_SECTION}.{key}", value)
        written.append(str(config))
    rules = _rules(attributes)
    missing = [rule for rule in _wanted_rules(prefix) if rule not in rules]
    if missing:
        _write_rules(attributes, [*rules, *missing])
        written.append(str(attributes))
    return written


def remove(git: Git, prefix: str) -> list[str]:
    """Take back what :func:`install` wrote for the vault at ``prefix``. Returns the files that were written."""
    config, attributes = _files(git)
    rules = _rules(attributes)
    kept = [rule for rule in rules if rule not in _wanted_rules(prefix)]
    written = []
    if kept != rules:
        _write_rules(attributes, kept)
        written.append(str(attributes))
    if _setting(git, "driver") and not any(_RULE in rule.split() for rule in kept):
        git.answer("config", "--local", "--remove-section", _SECTION)
        written.append(str(config))
    return written


def is_installed(git: Git, prefix: str) -> bool:
    """Whether git merges the files of the vault at ``prefix`` by this program as it stands here."""
    rules = _rules(_files(git)[1])
    return _setting(git, "driver") == _command() and all(rule in rules for rule in _wanted_rules(prefix))


def _command() -> str:
    """What git runs; ``-P`` keeps Python from looking for modules in the work tree."""
    program = shlex.quote(sys.executable).replace("%", "%%")
    return f"{program} -P -m notes_tui merge-driver -- %O %A %B %P"


def _setting(git: Git, key: str) -> str:
    return git.run("config", "--local", "--get", f"{_SECTION}.{key}").text


def _files(git: Git) -> tuple[Path, Path]:
    """The config and the attributes of the repository, which its linked work trees share."""
    config, attributes = (
        Path(git.folder, git.text("rev-parse", "--git-path", name)) for name in ("config", "info/attributes")
    )
    return config, attributes


def _wanted_rules(prefix: str) -> list[str]:
    return [f"{_pattern(prefix, end)} {_RULE}" for end in ("**/*.md", f"{HIDDEN_FOLDER}/**")]


def _pattern(prefix: str, end: str) -> str:
    """A pattern of ``gitattributes`` for files below a folder, whatever its name has in it."""
    plain = "".join(f"\\{each}" if each in "\\*?[" else each for each in prefix)
    pattern = f"/{plain}{end}"
    if not any(each.isspace() or each in '\\"' for each in pattern):
        return pattern
    quoted = pattern.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{quoted}"'


def _rules(attributes: Path) -> list[str]:
    try:
        return attributes.read_text("utf-8", "surrogateescape").splitlines()
    except FileNotFoundError:
        return []


def _write_rules(attributes: Path, rules: Sequence[str]) -> None:
    attributes.parent.mkdir(exist_ok=True)
    fresh = attributes.with_name(f".{attributes.name}.{os.getpid()}.part")
    fresh.write_text("".join(f"{rule}\n" for rule in rules), "utf-8", "surrogateescape")
    fresh.replace(attributes)


def merge_file(top: Path, base: Path, ours: Path, theirs: Path, path: str) -> bool:
    """What git calls for one file: three versions in files of their own, the outcome goes to ``ours``.

    ``path`` is the file's own name from the top of the work tree. What is kept beside it (a record of a
    conflict) is written to the vault. ``False`` where the file lies in no vault, or that cannot be
    written: git then keeps both versions apart, as it does with any conflict.
    """
    root = next((each for each in Path(path).parents if (top / each / HIDDEN_FOLDER).is_dir()), None)
    if root is None:
        return False
    inside = Path(path).relative_to(root).as_posix()
    folder = Folder(top / root)
    rules = Rules(profile=_profile(folder))
    done = settle(inside, base.read_bytes() or None, ours.read_bytes(), theirs.read_bytes(), rules)
    try:
        for name, content in done.beside.items():
            present = folder.read(name).encode() if folder.state(name) else None
            folder.write(name, joined(name, content, present).decode("utf-8"), over=present is not None)
    except (NotUsableError, UnicodeDecodeError):
        return False
    ours.write_bytes(done.content)
    return True


def _profile(folder: Folder) -> Profile:
    try:
        return profile_in(folder.read(SETTINGS))
    except NotUsableError:
        return PLAIN
