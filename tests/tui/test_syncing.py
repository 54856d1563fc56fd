"""The notes folder from the interface: binding it, syncing, what the status line says, its files in an editor."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from notes_tui.services import conflicts, editing, listing, syncing, writing
from notes_tui.settings import Config
from notes_tui.store import items
from notes_tui.store.database import Store
from tests.conftest import AddItem, Clock
from tests.services.git_clones import git, prepare
from tests.tui.conftest import OpenWindow, Window


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "user" / "notes"


@pytest.fixture
def paper(store: Store, add_item: AddItem) -> int:
    """One of two items, with a note."""
    item_id = add_item("AntMan: Dynamic Scaling", title_short="AntMan")
    add_item("Gandiva: Introspective Scheduling", title_short="Gandiva")
    writing.save_note(store, item_id, "One.\n\nTwo.\n")
    return item_id


@pytest.fixture
def bound(store: Store, paper: int, vault: Path) -> Path:
    """The item's file in a vault that was synced."""
    syncing.sync(store, vault)
    return vault / "papers" / f"{items.by_id(store, paper).citekey}.md"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


async def run(window: Window, command: str) -> None:
    """Run a command that has no key, as the palette does."""
    window.main.action_run(command)
    await window.settle()


async def look(window: Window) -> str:
    """What the status line says after a look at the vault."""
    window.main.watcher.look()
    await window.settle()
    return window.said("#status")


async def test_the_first_sync_asks_for_a_folder_and_shows_what_it_would_do(
    open_window: OpenWindow, paper: int, vault: Path
) -> None:
    async with open_window() as window:
        await window.press("S")
        assert "Sync with a notes folder" in window.text
        await window.press("ctrl+u")
        window.app.screen.query_one("Line").value = "~/notes"  # type: ignore[attr-defined]
        await window.press("enter")
        assert "Sync · ~/notes" in window.text
        assert "Goes out, new" in window.text
        assert not vault.exists()
        await window.press("escape")
        assert "nothing synced" in window.toasts
        assert not vault.exists()
        await window.press("S", "ctrl+u")
        window.app.screen.query_one("Line").value = "~/notes"  # type: ignore[attr-defined]
        await window.press("enter", "enter")
        assert len(list((vault / "papers").iterdir())) == 2
        assert "files out" in window.toasts
        assert "in step 15:09" in window.said("#status")
        assert window.main.table.has_focus


@pytest.mark.parametrize(
    ("folder", "complaint"),
    [("", "name a folder"), ("~", "of its own"), ("/", "of its own"), ("~/file", "this is a file")],
)
async def test_what_cannot_be_a_notes_folder_is_refused(
    open_window: OpenWindow, paper: int, tmp_path: Path, folder: str, complaint: str
) -> None:
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / "file").touch()
    async with open_window() as window:
        await window.press("S")
        window.app.screen.query_one("Line").value = folder  # type: ignore[attr-defined]
        await window.press("enter")
        assert complaint in window.words
        assert "Sync with a notes folder" in window.text


async def test_a_bound_folder_is_synced_at_once_and_everything_is_up_to_date(
    open_window: OpenWindow, bound: Path, paper: int
) -> None:
    async with open_window() as window:
        window.main.go_to(paper)
        edit(bound, "Two.", "Two, and words from outside.")
        edit(bound, "read_status: unread", "read_status: read")
        assert "1 file changed outside" in await look(window)
        writing.add_tag(window.store, "gpu", [paper])
        await window.press("S")
        assert "1 paper in, " in window.toasts
        assert "u undo" in window.toasts
        assert "words from outside" in window.said("#detail")
        assert "read" in window.row("AntMan")
        assert "  - gpu\n" in bound.read_text()
        assert "in step" in window.said("#status")
        await window.press("u")
        assert window.status_of("AntMan") == "unread"
        assert "words from outside" not in window.said("#detail")


async def test_nothing_to_do_is_said(open_window: OpenWindow, bound: Path) -> None:
    async with open_window() as window:
        await window.press("S")
        assert "~/notes is in step: nothing had changed" in window.toasts


async def test_conflicts_are_told_and_chosen_among_from_the_status_line(
    open_window: OpenWindow, bound: Path, paper: int
) -> None:
    async with open_window() as window:
        edit(bound, "One.", "One, by file.")
        writing.save_note(window.store, paper, "One, by program.\n\nTwo.\n")
        await window.press("S")
        assert "1 conflict waits for you to choose; ! shows both versions" in window.toasts
        await look(window)
        await window.click("#status", "1 conflict")
        assert "One, by file." in window.text
        await window.press("t")
        assert writing.read_note(window.store, paper).startswith("One, by file.")
        assert conflicts.waiting(window.store) == []
        assert "Nothing waits" in window.text
        await window.press("escape")
        assert "1 conflict" not in await look(window)
        await window.press("u")
        assert writing.read_note(window.store, paper).startswith("One, by program.")


async def test_enter_in_the_conflicts_goes_to_the_paper_and_own_words_go_everywhere(
    open_window: OpenWindow, bound: Path, paper: int
) -> None:
    async with open_window() as window:
        edit(bound, "One.", "One, by file.")
        writing.save_note(window.store, paper, "One, by program.\n\nTwo.\n")
        await window.press("S", "G", "exclamation_mark", "enter")
        assert window.current == items.by_id(window.store, paper).citekey
        await window.press("exclamation_mark", "e", "space", "x", "ctrl+s", "escape")
        assert "One, by program.\nOne, by file. x\n" in bound.read_text()
        assert writing.read_note(window.store, paper) == "One, by program.\nOne, by file. x\n\nTwo.\n"


async def test_a_conflict_that_is_gone_meanwhile_is_told(
    open_window: OpenWindow, bound: Path, paper: int
) -> None:
    async with open_window() as window:
        edit(bound, "One.", "One, by file.")
        writing.save_note(window.store, paper, "One, by program.\n\nTwo.\n")
        await window.press("S", "exclamation_mark")
        edit(bound, "One, by file.", "Another word.")
        await window.press("m")
        assert "the file changed meanwhile" in window.toasts
        assert "Another word." in window.text
        assert "Another word." in bound.read_text()


async def test_files_that_are_gone_are_asked_about_once(
    open_window: OpenWindow, bound: Path, paper: int
) -> None:
    async with open_window() as window:
        bound.unlink()
        assert "1 file gone" in await look(window)
        await window.press("S")
        assert "Gone from the folder: papers/" in window.text
        await window.press("k")
        assert not bound.exists()
        assert "1 file gone" not in await look(window)
        await window.press("S")
        assert "Gone from the folder" not in window.text
        assert len(listing.find(window.store)) == 2


async def test_papers_whose_files_are_gone_can_go_to_the_trash_or_be_written_again(
    open_window: OpenWindow, bound: Path, paper: int
) -> None:
    async with open_window() as window:
        bound.unlink()
        await window.press("S", "t")
        assert paper not in listing.find(window.store)
        await window.press("u")
        assert paper in listing.find(window.store)
        await window.press("S", "w")
        assert bound.exists()


async def test_what_a_file_says_wrongly_is_told_and_stays(
    open_window: OpenWindow, bound: Path, paper: int
) -> None:
    async with open_window() as window:
        edit(bound, "read_status: unread", "read_status: '[/b] devoured'")
        await window.press("S")
        assert "[/b] devoured" in window.toasts
        assert "[/b] devoured" in bound.read_text()


async def test_a_folder_that_is_away_or_cannot_be_written_is_told(
    open_window: OpenWindow, bound: Path, vault: Path
) -> None:
    async with open_window() as window:
        vault.rename(vault.with_name("elsewhere"))
        assert "the notes folder is away" in await look(window)
        vault.touch()
        await window.press("S")
        assert "it is a file" in window.toasts
        assert not window.main.watcher.is_syncing


async def test_another_folder_can_be_chosen(open_window: OpenWindow, bound: Path, tmp_path: Path) -> None:
    async with open_window() as window:
        await run(window, "library.sync-folder")
        assert "~/notes" in window.text
        window.app.screen.query_one("Line").value = "~/second"  # type: ignore[attr-defined]
        await window.press("enter", "enter")
        assert syncing.bound_vaults(window.store)[0] == str(tmp_path / "user" / "second")


async def test_a_vault_of_another_day_says_the_day(
    open_window: OpenWindow, bound: Path, clock: Clock
) -> None:
    async with open_window() as window:
        assert "in step 15:09" in await look(window)
        clock.move(days=2)
        assert "in step 2026-03-14" in await look(window)


async def test_without_a_vault_the_status_line_says_nothing_of_one(
    open_window: OpenWindow, paper: int
) -> None:
    async with open_window() as window:
        assert "step" not in await look(window)


async def test_the_vault_fits_a_narrow_status_line(open_window: OpenWindow, bound: Path) -> None:
    async with open_window(size=(60, 20)) as window:
        await window.press("r")
        assert (await look(window)).endswith("in step 15:09")


async def test_an_adopted_folder_gets_records_only_with_consent(
    open_window: OpenWindow, store: Store, tmp_path: Path
) -> None:
    from notes_tui.services.adopting import adopt

    root = tmp_path / "user" / "own"
    (root / "Kiln").mkdir(parents=True)
    (root / "Kiln" / "README.md").write_text(
        "# Kiln: Firing Models in Small Ovens\n\n> OSDI 2021\n\nWords.\n"
    )
    adopt(store, root)
    async with open_window() as window:
        await window.press("S")
        assert "Keep ids, reading history" in window.words
        await window.press("n")
        assert "in step" in window.said("#status")
        assert not (root / ".notes-tui").exists()
        await window.press("S")
        assert not (root / ".notes-tui").exists()
        assert "Keep ids" not in window.words


# The very file in an editor.


@pytest.fixture
def _suspended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.app.App.suspend", lambda _app: contextlib.nullcontext())


@pytest.mark.usefixtures("_suspended")
async def test_the_editor_gets_the_very_file_which_is_then_taken_in(
    open_window: OpenWindow, bound: Path, paper: int
) -> None:
    async with open_window(config=Config(editor=("edit",))) as window:
        window.main.go_to(paper)
        seen: list[str] = []

        def edited(text: str) -> str:
            seen.append(text)
            return text.replace("read_status: unread", "read_status: read") + "\nThree.\n"

        window.outside.edited = edited
        await window.press("N")
        assert seen[0].startswith("---\n")
        assert writing.read_note(window.store, paper) == "One.\n\nTwo.\n\nThree.\n"
        assert window.status_of("AntMan") == "read"
        assert "AntMan taken in from its file" in window.toasts
        assert "Three." in window.said("#detail")
        window.outside.edited = lambda text: text
        await window.press("N")
        assert "was left as it was" in window.toasts


@pytest.mark.usefixtures("_suspended")
async def test_what_was_changed_here_while_the_editor_was_open_is_a_conflict_and_told(
    open_window: OpenWindow, bound: Path, paper: int
) -> None:
    async with open_window(config=Config(editor=("edit",))) as window:
        window.main.go_to(paper)

        def edited(text: str) -> str:
            writing.save_note(window.store, paper, "One, by program.\n\nTwo.\n")
            return text.replace("One.", "One, by file.")

        window.outside.edited = edited
        window.outside.editor_status = 3
        await window.press("N")
        assert "1 conflict waits" in window.toasts
        assert "the editor ended with status 3" in window.toasts
        assert "One, by file." in bound.read_text()
        assert writing.read_note(window.store, paper).startswith("One, by program.")


@pytest.mark.usefixtures("_suspended")
async def test_a_private_item_is_edited_apart_from_a_shared_vault(
    open_window: OpenWindow, store: Store, paper: int, vault: Path
) -> None:
    vault.mkdir(parents=True)
    git(vault, "init", "-q")
    git(vault, "remote", "add", "origin", "https://example.org/notes.git")
    editing.edit(store, paper, {"private": "yes"})
    syncing.sync(store, vault)
    async with open_window(config=Config(editor=("edit",))) as window:
        window.main.go_to(paper)
        window.outside.edited = lambda text: text + "\nThree.\n"
        await window.press("N")
        assert writing.read_note(window.store, paper) == "One.\n\nTwo.\n\nThree.\n"
        assert all(b"Three" not in path.read_bytes() for path in (vault / "papers").iterdir())


# Git.


async def test_git_is_spoken_of_and_pushed_to_only_when_asked(
    open_window: OpenWindow, paper: int, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(monkeypatch, tmp_path)
    bare = tmp_path / "bare.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    git(tmp_path, "clone", "-q", str(bare), str(vault))
    async with open_window() as window:
        await window.press("S")
        window.app.screen.query_one("Line").value = "~/notes"  # type: ignore[attr-defined]
        await window.press("enter")
        assert "its own files are committed" in window.words
        await window.press("enter")
        assert "Sync notes" in git(vault, "log", "--format=%s")
        assert git(bare, "for-each-ref") == ""
        await run(window, "library.sync-push")
        assert "refs/heads/main" in git(bare, "for-each-ref")
        await run(window, "library.push-always")
        await window.press("y")
        assert "pushes always" in window.toasts
        writing.save_note(window.store, paper, "Pushed without a word.\n")
        await window.press("S")
        assert "Pushed without a word." in git(bare, "show", "main:papers/antman.md")
        bare.rename(tmp_path / "gone.git")
        await window.press("S")
        assert "offline: " in window.toasts


async def test_pushing_without_a_remote_says_so(open_window: OpenWindow, bound: Path) -> None:
    async with open_window() as window:
        await run(window, "library.sync-push")
        assert "nothing was pushed" in window.toasts


async def test_the_merge_driver_is_installed_and_taken_back_only_when_agreed(
    open_window: OpenWindow, store: Store, paper: int, vault: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    prepare(monkeypatch, tmp_path)
    vault.mkdir(parents=True)
    git(vault, "init", "-q")
    syncing.sync(store, vault)
    config = vault / ".git" / "config"
    before = config.read_text()
    async with open_window() as window:
        await run(window, "library.merge-driver")
        await window.press("n")
        assert config.read_text() == before
        await run(window, "library.merge-driver")
        await window.press("y")
        assert "notes-tui" in config.read_text()
        assert "installed" in window.toasts
        await run(window, "library.merge-driver")
        await window.press("y")
        assert "merge-driver" not in config.read_text()


async def test_a_merge_driver_needs_a_work_tree(open_window: OpenWindow, bound: Path) -> None:
    async with open_window() as window:
        await run(window, "library.merge-driver")
        assert "git work tree" in window.toasts
