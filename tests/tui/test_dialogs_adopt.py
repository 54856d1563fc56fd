"""Adopting from the interface: a folder is named, what would happen is looked at, and only then it happens."""

from __future__ import annotations

from pathlib import Path

from notes_tui.model.adoption import AdoptionReport, FoundPaper, Guess, PlannedPaper, Skipped
from notes_tui.model.item import Reference
from notes_tui.model.report import DoubtfulPair
from notes_tui.services import listing
from notes_tui.tui.dialogs.adopt import AdoptionPreview, FolderDialog, FolderSuggester
from tests.tui.conftest import OpenWindow
from tests.tui.dialog_host import HOSTILE, OPEN, opened


def _report(number: int = 1) -> AdoptionReport:
    papers = [
        PlannedPaper(
            paper=FoundPaper(
                path=f"Clusters/P{each}", reference=Reference(title=HOSTILE), topic=("Clusters", "调度"),
                pdfs=("x.pdf",), guesses=(Guess("title", "x", "the name of the folder", "guess"),),
            ),
            citekey=f"p{each}", title=HOSTILE, is_new=each % 2 == 0, is_changed=True,
            reason="" if each % 2 == 0 else "the same title",
        )
        for each in range(number)
    ]  # fmt: skip
    report = AdoptionReport(
        path="~/notes", added=1, papers=papers, skipped=[Skipped("todo.md", "it is about the folder")]
    )
    report.proposals.append(DoubtfulPair("p0", "lucid2023", "titles alike"))
    return report


async def test_the_preview_shows_papers_guesses_and_what_is_left_out() -> None:
    async with opened(AdoptionPreview(_report(2)), size=(100, 30)) as window:
        text = window.text
        for words in (
            "Clusters › 调度",
            "+ BERT [MASK]",
            "is p1: the same title",
            "guess: title from the name",
            "1 PDF",
            "p0 and lucid2023: titles alike",
            "Left out, 1 file: it is about the folder",
            "todo.md",
        ):
            assert words in text
        assert "\x1b" not in text
        await window.press("enter")
        assert window.result is True


async def test_escape_leaves_the_preview_and_a_long_one_scrolls() -> None:
    async with opened(AdoptionPreview(_report(400)), size=(80, 24)) as window:
        await window.press("end")
        assert "todo.md" in window.text
        assert window.result is OPEN
        await window.press("escape")
        assert window.result is None


async def test_only_a_folder_that_is_there_is_accepted(tmp_path: Path) -> None:
    async with opened(FolderDialog(str(tmp_path / "nowhere"))) as window:
        await window.press("enter")
        assert "there is no such folder" in window.text
        await window.press("ctrl+u")
        await window.press("enter")
        assert "name a folder" in window.text


async def test_the_name_of_a_folder_is_completed(tmp_path: Path) -> None:
    (tmp_path / "paper-notes").mkdir()
    (tmp_path / "paper.txt").write_text("", "utf-8")
    (tmp_path / ".hidden").mkdir()
    suggester = FolderSuggester()
    assert await suggester.get_suggestion(f"{tmp_path}/pap") == f"{tmp_path}/paper-notes"
    assert await suggester.get_suggestion(f"{tmp_path}/") == f"{tmp_path}/paper-notes"
    assert await suggester.get_suggestion(f"{tmp_path}/no") is None
    assert await suggester.get_suggestion("pap") is None
    assert await suggester.get_suggestion("") is None


async def test_a_folder_is_adopted_as_one_step(open_window: OpenWindow, tmp_path: Path) -> None:
    note = tmp_path / "mine" / "Clusters" / "Kiln" / "README.md"
    note.parent.mkdir(parents=True)
    note.write_text("# Kiln: Firing Models in Small Ovens\n\n窑炉的调度。\n", "utf-8")
    async with open_window() as window:
        assert "Own notes folder? `A` previews adopting it" in window.words
        await window.press("A")
        await window.type(str(tmp_path / "mine"))
        await window.press("enter")
        await window.wait_for("1 paper new")
        assert listing.find(window.store, "Kiln") == []
        await window.press("escape")
        await window.wait_for("nothing adopted")
        await window.press("A")
        await window.type(str(tmp_path / "mine"))
        await window.press("enter")
        await window.wait_for("1 paper new")
        await window.press("enter")
        await window.wait_for("mine adopted: 1 paper added")
        assert len(listing.find(window.store, "窑炉")) == 1
        assert window.main.the_item().title_short == "Kiln"
        await window.press("u")
        assert listing.find(window.store, "窑炉") == []
