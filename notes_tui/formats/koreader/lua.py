"""A table constructor of Lua as data: nothing is run, nothing but literals is understood.

The grammar is that of the Lua 5.1 manual, sections 2.1 and 2.5.7, as far as a program writes its settings
with it: ``nil``, booleans, numbers, strings in quotes or long brackets, and tables of these.
"""

from __future__ import annotations

import re

LuaValue = None | bool | int | float | str | dict["int | float | str | bool", "LuaValue"]

_SPACE = re.compile(r"(?:[ \t\r\n\f\v]+|--\[(=*)\[.*?\]\1\]|--[^\n]*)*", re.DOTALL)
_NUMBER = re.compile(r"-?\s*(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_LONG = re.compile(r"\[(=*)\[\n?(.*?)\]\1\]", re.DOTALL)
_PLAIN = {
    quote: re.compile(rf"{quote}((?:[^{quote}\\\n]|\\(?:\d{{1,3}}|\r?\n|.))*){quote}", re.DOTALL)
    for quote in "\"'"
}
_ESCAPE = re.compile(r"(?:\\\d{1,3})+|\\(\r?\n|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_WORDS: dict[str, LuaValue] = {"nil": None, "true": True, "false": False}
_DEEPEST = 60
"""Tables within tables; settings have fewer than ten."""


class LuaSyntaxError(ValueError):
    """A text that is no literal of Lua; ``line`` is where, from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def parse(text: str) -> LuaValue:
    """The value after ``return``, or of the whole text. Raises :class:`LuaSyntaxError`.

    A table is a dict; its values without a key stand under 1, 2, and so on.
    """
    return _Parser(text).whole()


class _Parser:
    """Reads one value from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def whole(self) -> LuaValue:
        self._skip()
        if (name := _NAME.match(self.text, self.at)) and name[0] == "return":
            self.at = name.end()
        value = self._value(0)
        self._skip()
        if self.at < len(self.text) and self.text[self.at] == ";":
            self.at += 1
            self._skip()
        if self.at < len(self.text):
            raise self._wrong("something follows the table")
        return value

    def _wrong(self, message: str) -> LuaSyntaxError:
        return LuaSyntaxError(message, self.text.count("\n", 0, self.at) + 1)

    def _skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _value(self, depth: int) -> LuaValue:
        self._skip()
        char = self.text[self.at : self.at + 1]
        if char == "{":
            return self._table(depth + 1)
        if char in ("'", '"'):
            return self._quoted(char)
        if char == "[" and (long := _LONG.match(self.text, self.at)):
            self.at = long.end()
            return long[2]
        if name := _NAME.match(self.text, self.at):
            if name[0] not in _WORDS:
                raise self._wrong(f"{name[0]!r} is no literal")
            self.at = name.end()
            return _WORDS[name[0]]
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            return _number("".join(number[0].split()))
        raise self._wrong("a value is missing")

    def _quoted(self, quote: str) -> str:
        found = _PLAIN[quote].match(self.text, self.at)
        if found is None:
            raise self._wrong("a string does not end")
        self.at = found.end()
        return _ESCAPE.sub(_unescaped, found[1]) if "\\" in found[1] else found[1]

    def _table(self, depth: int) -> LuaValue:
        if depth > _DEEPEST:
            raise self._wrong("tables are nested too deeply")
        table: dict[int | float | str | bool, LuaValue] = {}
        counted = 0
        self.at += 1
        while True:
            self._skip()
            if self._take("}"):
                return table
            key = self._key(depth)
            if key is None:
                counted += 1
                key = counted
            table[key] = self._value(depth)
            self._skip()
            if not (self._take(",") or self._take(";")) and self.text[self.at : self.at + 1] != "}":
                raise self._wrong("a comma or a bracket is missing")

    def _key(self, depth: int) -> int | float | str | bool | None:
        """The key that a field begins with; ``None`` where it has none."""
        if self.text[self.at : self.at + 1] == "[" and not _LONG.match(self.text, self.at):
            self.at += 1
            key = self._value(depth)
            self._skip()
            if key is None or isinstance(key, dict) or not self._take("]"):
                raise self._wrong("a key is broken")
        elif (name := _NAME.match(self.text, self.at)) and name[0] not in _WORDS:
            self.at = name.end()
            key = name[0]
        else:
            return None
        self._skip()
        if not self._take("="):
            raise self._wrong("a key has no value")
        return key

    def _take(self, char: str) -> bool:
        if self.text.startswith(char, self.at):
            self.at += 1
            return True
        return False


def _number(text: str) -> int | float:
    if "x" in text.lower():
        return int(text, 16)
    return int(text) if text.lstrip("-").isdigit() and len(text) < 20 else float(text)


def _unescaped(found: re.Match[str]) -> str:
    char = found[1]
    if char is None:
        numbers = bytes(min(int(each), 255) for each in found[0].split("\\")[1:])
        return numbers.decode("utf-8", "replace")
    return "\n" if char in ("\n", "\r\n") else _ESCAPES.get(char, char)
