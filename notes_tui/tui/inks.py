"""Colours of what is drawn line by line, taken from the theme.

The lists and the third pane draw hundreds of short texts; a Rich style a kind of text, made once for a
theme, is all they need of the stylesheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from rich.style import Style
from textual.color import Color

Ground = Literal["background", "surface", "panel"]
_MUTED = 0.62
_FAINT = 0.42


def inks(variables: Mapping[str, str], ground: Ground) -> dict[str, Style]:
    """The styles by name for text on a ground of the theme (``App.theme_variables``)."""
    paper = Color.parse(variables[ground])

    def color(name: str, strength: float = 1.0, on: Color = paper) -> Color:
        value = variables[name]
        found = on.get_contrast_text() if value.startswith("auto") else Color.parse(value)
        return on.blend(found, found.a * strength, alpha=1.0)

    def ink(
        found: Color, *, on: Color = paper, bold: bool | None = None, italic: bool | None = None
    ) -> Style:
        return Style(color=found.rich_color, bgcolor=on.rich_color, bold=bold, italic=italic)

    text, accent, primary = color("foreground"), color("accent"), color("primary")
    cursor = color("block-cursor-background")
    muted, success = color("foreground", _MUTED), color("success")
    return {
        "plain": ink(text),
        "strong": ink(text, bold=True),
        "title": ink(text, bold=True),
        "quote": ink(text, italic=True),
        "muted": ink(muted),
        "label": ink(color("foreground", _FAINT), bold=True),
        "heading": ink(primary, bold=True),
        "link": ink(primary),
        "tag": ink(color("secondary")),
        "short": ink(accent, bold=True),
        "accent": ink(accent),
        "selected": ink(accent, bold=True),
        "done": ink(success),
        "warning": ink(color("warning"), bold=True),
        "code": ink(text, on=color("panel")),
        "cursor": ink(color("block-cursor-foreground", on=cursor), on=cursor),
        "cursor-blurred": ink(text, on=color("block-cursor-blurred-background")),
    }
