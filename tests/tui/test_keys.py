"""The command table and the keys made from it."""

from __future__ import annotations

from importlib import import_module

from hypothesis import given
from hypothesis import strategies as st

from notes_tui.tui.commands import BY_ID, COMMANDS, KEY_LINES
from notes_tui.tui.keys import bindings, display, resolve
from notes_tui.tui.screens.main import MainScreen
from notes_tui.tui.widgets.detail import Detail
from notes_tui.tui.widgets.item_table import ItemTable
from notes_tui.tui.widgets.search_bar import SearchInput
from notes_tui.tui.widgets.sidebar import Sidebar

WIDGETS = {
    "list": (ItemTable, Sidebar), "table": (ItemTable,), "sidebar": (Sidebar,), "detail": (Detail,),
    "search": (SearchInput,), "main": (MainScreen,),
}  # fmt: skip


def test_every_command_has_an_id_a_label_a_help_and_something_to_do() -> None:
    assert len(BY_ID) == len(COMMANDS)
    for command in COMMANDS:
        assert command.label
        assert len(command.help) > 5
        if command.is_of_widget:
            assert all(hasattr(widget, f"action_{command.does}") for widget in WIDGETS[command.where]), (
                command.id
            )
        else:
            module, function = command.does.split()[0].split(".")
            assert callable(getattr(import_module(f"notes_tui.tui.actions.{module}"), function)), command.id


def test_lines_of_keys_name_commands_that_exist_and_have_keys() -> None:
    for command_ids in KEY_LINES.values():
        assert all(BY_ID[command_id].keys for command_id in command_ids)


def test_the_table_itself_has_no_clash() -> None:
    assert resolve({}).problems == ()
    assert resolve({}).chosen == {}


def test_a_command_without_a_key_can_be_given_one() -> None:
    keymap = resolve({"library.backup": "B"})
    assert keymap.problems == ()
    assert keymap.shown("library.backup") == "B"
    assert any(getattr(binding, "id", "") == "library.backup" for binding in bindings("main"))


def test_swapping_two_keys_is_no_clash() -> None:
    keymap = resolve({"item.mark-read": "i", "item.mark-reading": "r"})
    assert keymap.problems == ()
    assert (keymap.shown("item.mark-read"), keymap.shown("item.mark-reading")) == ("i", "r")


def test_keys_are_shown_as_people_write_them() -> None:
    assert [display(key) for key in ("ctrl+p", "question_mark", "escape", "enter", "shift+down")] == [
        "^p", "?", "esc", "⏎", "⇧↓",
    ]  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from([*BY_ID, "no.such"]),
        st.one_of(
            st.text(max_size=12), st.sampled_from(["r", "j", "ctrl+a", "f1", "?", "r,j", ",", "ctrl+"])
        ),
        max_size=6,
    )
)
def test_any_wishes_give_a_keymap_without_clashes(wishes: dict[str, str]) -> None:
    keymap = resolve(wishes)
    again = resolve({name: keys for name, keys in keymap.chosen.items() if not keys.startswith("unbound-")})
    for command in COMMANDS:
        for other in COMMANDS:
            if command.where == other.where and command is not other:
                assert not set(keymap.keys(command)) & set(keymap.keys(other)), (command.id, other.id)
    assert set(again.chosen) <= set(BY_ID)
