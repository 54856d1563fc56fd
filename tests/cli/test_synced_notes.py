"""Notes that stand in files of a folder that is synced."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.settings import Home
from tests.cli.conftest import Run


@pytest.fixture
def file(cli: Run, library: Home, tmp_path: Path) -> Path:
    """The file of AntMan's note, which says ``before``."""
    assert cli("note", "AntMan", "--set", "before\n").status == 0
    assert cli("sync", tmp_path / "vault").status == 0
    return tmp_path / "vault" / "papers" / "antman2020.md"


def use_editor(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Let a shell script be the editor; the file to edit is ``$1``."""
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(path))


def body(cli: Run, *args: str) -> str:
    return str(cli("note", "AntMan", "--json", *args).value["body"])


def test_appended_and_replaced_notes_stand_in_the_file_at_once(cli: Run, file: Path) -> None:
    assert cli("note", "AntMan", "--append", "And 调度.").status == 0
    assert file.read_text("utf-8").endswith("\nbefore\n\nAnd 调度.\n")
    assert cli("note", "AntMan", "--set", "after\n").status == 0
    assert file.read_text("utf-8").endswith("\n\nafter\n")
    assert cli("sync", "--json").value["new"] == []


def test_a_file_changed_outside_is_left_for_the_sync(cli: Run, file: Path) -> None:
    file.write_text(file.read_text() + "\nBy hand.\n")
    assert cli("note", "AntMan", "--set", "Above.\n\nbefore\n").status == 0
    assert file.read_text().endswith("before\n\nBy hand.\n")
    assert cli("sync").status == 0
    assert body(cli) == "Above.\n\nbefore\n\nBy hand.\n"


def test_a_file_that_cannot_be_written_is_a_warning(cli: Run, file: Path, tmp_path: Path) -> None:
    file.rename(tmp_path / "elsewhere.md")
    file.symlink_to(tmp_path / "elsewhere.md")
    outcome = cli("note", "AntMan", "--set", "after\n")
    assert outcome.status == 0
    assert "warning: " in outcome.err
    assert "antman2020.md was not written (it is a link)" in outcome.err
    assert body(cli) == "after\n"


def test_edit_opens_the_very_file_and_takes_in_all_that_was_changed_there(
    cli: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(
        monkeypatch, tmp_path,
        f'echo "$1" > {tmp_path}/seen; sed -i "s/read_status: unread/read_status: read/" "$1"; echo more >> "$1"',
    )  # fmt: skip
    value = cli("note", "AntMan", "--edit", "--json").value
    assert (value["body"], value["changed"]) == ("before\nmore\n", True)
    assert (tmp_path / "seen").read_text() == f"{file}\n"
    assert cli("show", "AntMan", "--json").value["read_status"] == "read"
    use_editor(monkeypatch, tmp_path, ":")
    assert cli("note", "AntMan", "--edit", "--json").value["changed"] is False


def test_a_new_titled_note_is_edited_apart_and_one_that_is_there_in_the_file(
    cli: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(monkeypatch, tmp_path, 'echo "Why?" > "$1"')
    assert cli("note", "AntMan", "--title", "Questions", "--edit").status == 0
    assert "Why?\n" in file.read_text()
    use_editor(monkeypatch, tmp_path, 'echo "How?" >> "$1"')
    assert cli("note", "AntMan", "--title", "Questions", "--edit").status == 0
    assert (body(cli), body(cli, "--title", "Questions")) == ("before\n", "Why?\nHow?\n")


def test_what_an_editor_saved_before_it_failed_is_taken_in_and_told(
    cli: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(monkeypatch, tmp_path, 'echo more >> "$1"; exit 3')
    outcome = cli("note", "AntMan", "--edit")
    assert outcome.status == 0
    assert "status 3" in outcome.err
    assert body(cli) == "before\nmore\n"


def test_a_conflict_made_while_the_editor_was_open_is_told_with_status_3(
    cli: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    other = f"PYTHONPATH={Path(__file__).parents[2]} {sys.executable} -m notes_tui note AntMan --set theirs"
    use_editor(
        monkeypatch, tmp_path, f'sed "s/^before$/mine/" "$1" > {tmp_path}/x; {other}; cp {tmp_path}/x "$1"'
    )
    outcome = cli("note", "AntMan", "--edit")
    assert outcome.status == 3
    assert "conflict: " in outcome.err
    [waiting] = cli("conflicts", "--json").value
    assert (waiting["mine"], waiting["theirs"]) == ("theirs", "mine")


def test_a_status_that_is_none_is_told_with_status_3(
    cli: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(monkeypatch, tmp_path, 'sed -i "s/read_status: unread/read_status: devoured/" "$1"')
    outcome = cli("note", "AntMan", "--edit")
    assert outcome.status == 3
    assert "devoured" in outcome.err
