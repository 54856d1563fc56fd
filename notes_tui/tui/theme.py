"""The two themes of our own: ink on paper by day, paper on ink by night.

Colours are few and quiet. The accent marks where the keyboard is; status colours only support glyph and
word, which say the same without them.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="notes-dark",
    dark=True,
    primary="#8fb0d9",
    secondary="#7f9c96",
    accent="#e3a857",
    foreground="#d6d9de",
    background="#15181d",
    surface="#1a1e24",
    panel="#22272f",
    success="#8fbf8a",
    warning="#dfb35f",
    error="#e0757c",
    variables={
        "block-cursor-background": "#2f3c50",
        "block-cursor-foreground": "#f2f4f7",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#252b34",
        "block-cursor-blurred-foreground": "#d6d9de",
        "border": "#4c5f7c",
        "border-blurred": "#2b313b",
        "input-selection-background": "#8fb0d9 30%",
        "scrollbar": "#333b47",
        "scrollbar-hover": "#465264",
        "scrollbar-active": "#8fb0d9",
        "scrollbar-background": "#1a1e24",
        "scrollbar-background-hover": "#1a1e24",
        "scrollbar-background-active": "#1a1e24",
        "scrollbar-corner-color": "#1a1e24",
        "footer-key-foreground": "#e3a857",
    },
)

LIGHT = Theme(
    name="notes-light",
    dark=False,
    primary="#2f5f9e",
    secondary="#4d746c",
    accent="#a85b0f",
    foreground="#2a2d33",
    background="#fdfcf9",
    surface="#f6f4ee",
    panel="#ebe7dd",
    success="#3f7d3a",
    warning="#93670a",
    error="#b3353f",
    variables={
        "block-cursor-background": "#cfdcee",
        "block-cursor-foreground": "#15181d",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e6e4de",
        "block-cursor-blurred-foreground": "#2a2d33",
        "border": "#8aa3c6",
        "border-blurred": "#d9d4c8",
        "input-selection-background": "#2f5f9e 25%",
        "scrollbar": "#d3cdbf",
        "scrollbar-hover": "#b9b2a1",
        "scrollbar-active": "#2f5f9e",
        "scrollbar-background": "#f6f4ee",
        "scrollbar-background-hover": "#f6f4ee",
        "scrollbar-background-active": "#f6f4ee",
        "scrollbar-corner-color": "#f6f4ee",
        "footer-key-foreground": "#a85b0f",
    },
)

OWN = (DARK, LIGHT)
