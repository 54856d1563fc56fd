"""Tab completion: the scripts, and what they are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.settings import Home
from tests.cli.conftest import Run


def offered(process: Run, *words: str) -> list[str]:
    """What is offered for the last word."""
    outcome = process(
        _NOTES_TUI_COMPLETE="bash_complete",
        COMP_WORDS=" ".join(("notes-tui", *words)),
        COMP_CWORD=str(len(words)),
    )
    assert outcome.err == ""
    return [line.split(",", 1)[1] for line in outcome.lines if line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(cli: Run, shell: str) -> None:
    outcome = cli("completion", shell)
    assert (outcome.status, outcome.err) == (0, "")
    assert "_NOTES_TUI_COMPLETE" in outcome.out
    assert cli("completion", shell, "--json").value == {
        "shell": shell,
        "script": outcome.out.removesuffix("\n") + "\n",
    }


def test_the_shell_is_taken_from_the_environment(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    assert cli("completion", "--json").value["shell"] == "fish"
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    assert cli("completion").status == cli("completion", "tcsh").status == 2


def test_commands_options_and_values_are_offered(process: Run, library: Home) -> None:
    assert offered(process, "ma") == ["matrix", "mark"]
    assert offered(process, "tag", "re") == ["remove", "rename"]
    assert offered(process, "mark", "re") == ["reading", "read"]
    assert offered(process, "mark", "read", "--pa") == ["--page"]
    assert offered(process, "mark", "read", "AN") == ["antman2020"]
    assert offered(process, "show", "") == ["antman2020", "gandiva2018", "tiresias2019", "alpa2022"]
    assert offered(process, "collection", "show", "sys") == ["systems"]
    process("tag", "add", "gpu/sharing", "AntMan")
    assert offered(process, "tag", "remove", "gp") == ["gpu/sharing"]
    assert offered(process, "annotate", "AntMan", "--role", "me") == ["method"]


def test_completion_follows_the_home_on_the_line(process: Run, library: Home, tmp_path: Path) -> None:
    process("init", "--empty", "--home", tmp_path / "other")
    assert offered(process, "--home", str(tmp_path / "other"), "show", "") == []
    assert offered(process, "show", "--home", str(tmp_path / "other"), "") == []


def test_completion_makes_no_home_and_never_complains(process: Run, home: Home) -> None:
    assert offered(process, "show", "a") == offered(process, "tag", "add", "a") == []
    assert not home.path.exists()
    home.path.mkdir()
    home.config.write_text("nonsense", "utf-8")
    home.database.write_text("nonsense" * 1000, "utf-8")
    assert offered(process, "show", "a") == offered(process, "mark", "r") == []
