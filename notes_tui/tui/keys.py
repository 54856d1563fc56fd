"""Keys of the command table: bindings made from it, remapped by ``config.yaml``, shown to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType
from textual.keys import Keys, format_key, key_to_character

from notes_tui.tui.commands import BY_ID, COMMANDS, Command, Where

# Where keys of two places meet: the widget that has the keyboard hides the screen's.
_TOGETHER: dict[Where, frozenset[Where]] = {
    "main": frozenset(("main", "list", "table", "sidebar", "detail")),
    "list": frozenset(("main", "list", "table", "sidebar")),
    "table": frozenset(("main", "list", "table")),
    "sidebar": frozenset(("main", "list", "sidebar")),
    "detail": frozenset(("main", "detail")),
    "search": frozenset(("search",)),
}
_NAMED = frozenset(key.value for key in Keys) | frozenset(("ctrl", "alt", "shift", "super", "space"))
_SHOWN = {"question_mark": "?", "escape": "esc", "shift+tab": "⇧tab", "pagedown": "PgDn", "pageup": "PgUp"}


def bindings(where: Where) -> list[BindingType]:
    """The bindings of one place. A command without keys gets one that no keyboard has, so it can be remapped."""
    return [
        Binding(
            command.keys or f"unbound-{command.id}", command.action, command.label, show=False, id=command.id
        )
        for command in COMMANDS
        if command.where == where
    ]


class Keymap(NamedTuple):
    """The keys in force: those of the table, and over them the ones a person chose."""

    chosen: Mapping[str, str]
    """Command id to keys, for the commands that were remapped and the ones that lost a key by it."""
    problems: tuple[str, ...] = ()
    """What could not be followed, in words."""

    def keys(self, command: Command) -> list[str]:
        """The keys of a command, as Textual names them."""
        text = self.chosen.get(command.id, command.keys)
        return [key for key in map(_canonical, text.split(",")) if key and not key.startswith("unbound-")]

    def shown(self, command_id: str) -> str:
        """The first key of a command as people write it; empty where it has none."""
        keys = self.keys(BY_ID[command_id])
        return display(keys[0]) if keys else ""

    def all_shown(self, command: Command) -> str:
        """All keys of a command as people write them."""
        return " ".join(display(key) for key in self.keys(command))


def display(key: str) -> str:
    """A key as people write it: ``^p``, ``?``, ``esc``."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return f"^{display(key.removeprefix('ctrl+'))}"
    if key.startswith("shift+"):
        return f"⇧{display(key.removeprefix('shift+'))}"
    return format_key(key)


def _canonical(key: str) -> str:
    key = key.strip()
    return next(iter(Binding.make_bindings([Binding(key, "")]))).key if key else ""


def resolve(wishes: Mapping[str, str]) -> Keymap:
    """The keymap that follows the wishes of ``config.yaml`` as far as they make sense.

    A command that is not known and a key that is none are left out; a key given to two commands goes to
    the one that was remapped. Each such case is told in ``problems``.
    """
    problems: list[str] = []
    chosen: dict[str, str] = {}
    for command_id, text in wishes.items():
        if command_id not in BY_ID:
            problems.append(f"keymap: there is no command {command_id!r}")
            continue
        keys = [_canonical(key) for key in text.split(",") if key.strip()]
        problems += [f"keymap: {command_id}: {key!r} is no key" for key in keys if not _is_key(key)]
        if keys := [key for key in keys if _is_key(key)]:
            chosen[command_id] = ",".join(dict.fromkeys(keys))
    return Keymap(*_without_clashes(chosen, problems))


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+")
    if not set(modifiers) <= {"ctrl", "alt", "shift", "super"}:
        return False
    return last in _NAMED or key_to_character(last) is not None


def _without_clashes(chosen: dict[str, str], problems: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    keymap = Keymap(chosen)
    settled: dict[str, str] = {}
    for command in _remapped_first(chosen):
        free: list[str] = []
        for key in keymap.keys(command):
            other = _holder(settled, command, key)
            if other is None:
                free.append(key)
            else:
                shown = display(key)
                problems.append(f"keymap: {shown} is {other.id} already, so {command.id} does not get it")
        settled[command.id] = ",".join(free) or f"unbound-{command.id}"
    default = Keymap({})
    changed = {
        name: keys for name, keys in settled.items()
        if name in chosen or (BY_ID[name].keys and keys != ",".join(default.keys(BY_ID[name])))
    }  # fmt: skip
    return changed, tuple(problems)


def _remapped_first(chosen: Iterable[str]) -> list[Command]:
    wanted = set(chosen)
    return sorted(COMMANDS, key=lambda command: command.id not in wanted)


def _holder(settled: Mapping[str, str], command: Command, key: str) -> Command | None:
    """The command that has a key already where the two would meet, unless the table itself lets them."""
    for name, keys in settled.items():
        other = BY_ID[name]
        if key in keys.split(",") and other.where in _TOGETHER[command.where]:
            both_default = all(key in Keymap({}).keys(each) for each in (command, other))
            if not both_default or other.where == command.where:
                return other
    return None
