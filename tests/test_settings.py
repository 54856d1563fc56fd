"""What ``config.yaml`` says of roles."""

from __future__ import annotations

import pytest

from notes_tui.errors import ConfigError
from notes_tui.services.file_words import role_of
from notes_tui.settings import ROLES, parse_config


def test_roles_are_added_changed_and_taken_away() -> None:
    text = """
roles:
  Objection: {glyph: "¬", color: "#CC3366"}
  claim: "#ffff00"
  method: no
  definition:
"""
    roles = {role.name: role for role in parse_config(text).roles}
    assert list(roles) == ["claim", "result", "question", "todo", "quote", "objection"]
    assert (roles["claim"].glyph, roles["claim"].color) == (ROLES[0].glyph, "#ffff00")
    assert (roles["objection"].glyph, roles["objection"].color) == ("¬", "#cc3366")


def test_a_colour_means_the_role_of_the_nearest_hue_that_is_left() -> None:
    green = "#00ff00"
    assert role_of(green, "highlight", parse_config("").roles) == "method"
    assert role_of(green, "highlight", parse_config("roles: {method: off}").roles) == "claim"
    assert role_of(green, "highlight", parse_config("roles: {idea: '#10f010'}").roles) == "idea"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("roles: {none: '#ffffff'}", "roles.none"),
        ("roles: {claim: yellow}", "roles.claim"),
        ("roles: {claim: {glyph: ab}}", "roles.claim"),
        ("roles: [claim]", "roles"),
    ],
)
def test_a_role_that_cannot_be_used_is_named(text: str, key: str) -> None:
    with pytest.raises(ConfigError, match=key):
        parse_config(text)
