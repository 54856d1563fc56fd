"""Bringing a file in from the interface: asked for, told as it goes on, one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.services import listing
from tests.tui.conftest import OpenWindow

pytestmark = pytest.mark.usefixtures("library")
BIB = """@inproceedings{ito2021kiln, title={Kiln: Firing Models}, author={Ito, Mai}, year={2021}}
@article{berg2022glaze, title={Glazes at Scale}, author={Berg, Lars}, year={2022}}
"""


async def test_a_bibliography_is_brought_in_as_one_step(open_window: OpenWindow, tmp_path: Path) -> None:
    place = tmp_path / "mine.bib"
    place.write_text(BIB, "utf-8")
    async with open_window() as window:
        await window.press("X")
        await window.type(str(place))
        await window.press("enter")
        await window.settle()
        assert len(listing.find(window.store, "key:ito2021kiln OR key:berg2022glaze")) == 2
        assert "u undo" in window.toasts
        await window.press("X")
        await window.type(str(place))
        await window.press("enter")
        await window.settle()
        assert "2 papers are there already" in window.toasts
        await window.press("u")
        assert listing.find(window.store, "key:ito2021kiln OR key:berg2022glaze") == []


async def test_a_file_that_is_not_there_is_told_at_once(open_window: OpenWindow) -> None:
    async with open_window() as window:
        await window.press("X")
        await window.type("/nowhere/at/all.bib")
        await window.press("enter")
        assert "there is no such file" in window.words
        await window.press("escape")
        assert window.current == "antman2020"
