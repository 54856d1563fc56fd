"""Tables of Lua are read as data: every literal there and back, everything else refused with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.koreader.lua import LuaSyntaxError, LuaValue, parse

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False, width=32)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.dictionaries(TEXTS | st.integers(-50, 50), inner, max_size=5),
    max_leaves=25,
)


def lua(value: LuaValue) -> str:
    """A value as KOReader writes it."""
    if isinstance(value, dict):
        fields = ",\n".join(f"[{lua(key)}] = {lua(each)}" for key, each in value.items())
        return f"{{\n{fields}\n}}"
    if isinstance(value, str):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\\n").replace("\r", "\\r")
        return f'"{quoted}"'
    words = {None: "nil", True: "true", False: "false"}
    return words[value] if value is None or isinstance(value, bool) else repr(value)


@given(VALUES)
def test_what_is_written_is_read(value: LuaValue) -> None:
    assert parse(f"-- a remark\nreturn {lua(value)}\n") == value


@given(st.text(alphabet="{}[]=,;\"'\\-1a \nreturn", max_size=40))
def test_any_text_is_a_value_or_refused_with_a_line(text: str) -> None:
    line = 1
    try:
        parse(text)
    except LuaSyntaxError as error:
        line = error.line
    assert 1 <= line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{ "a", "b", x = 1, ["y z"] = 2; 3 }', {1: "a", 2: "b", "x": 1, "y z": 2, 3: 3}),
        ("{ [1] = true, [-2] = nil, [0.5] = 0x1F }", {1: True, -2: None, 0.5: 31}),
        (r"'a\'b\\c\65\n'", "a'b\\cA\n"),
        (r'"\232\176\131\229\186\166"', "调度"),
        ("[[long\n[x] text]]", "long\n[x] text"),
        ("[==[with ]] inside]==]", "with ]] inside"),
        ("{ --[[ a remark\nof two lines ]] 1, -- and one\n}", {1: 1}),
        ("return {}", {}),
        ("1e3", 1000.0),
        ("-12", -12),
    ],
)
def test_literals(text: str, value: LuaValue) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("return os.execute('true')", 1),
        ('return {\n  ["a"] = function() end,\n}', 2),
        ('return {\n["a"] = "never ends\n}', 2),
        ("return { 1 }\nprint(1)", 2),
        ("{ 1", 1),
        ("{ a = }", 1),
        ("{ [nil] = 1 }", 1),
        ("{ 1 2 }", 1),
        ("{" * 100, 1),
        ("", 1),
        ("{ 'a' .. 'b' }", 1),
    ],
)
def test_what_is_no_literal_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(LuaSyntaxError) as refused:
        parse(text)
    assert refused.value.line == line
