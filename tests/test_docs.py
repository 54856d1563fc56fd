"""What the documents say exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from notes_tui.cli.group import build
from notes_tui.settings import ROLES, STATUS_NAMES, Config, parse_config
from notes_tui.tui.commands import BY_ID, COMMANDS
from notes_tui.tui.keys import resolve
from notes_tui.tui.theme import OWN

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))


def test_each_of_run_it_and_test_it_is_one_command_line() -> None:
    for heading in ("Run it", "Test it"):
        section = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
        lines = re.findall(r"^    (\S.*)$", section, re.MULTILINE)
        assert len(lines) == 1
        assert "python3 -m venv" in lines[0]


@pytest.mark.parametrize("verb", sorted(set(re.findall(r"notes-tui ([a-z]+)", SHELL))))
def test_every_command_of_the_readme_exists_and_has_help(verb: str) -> None:
    done = CliRunner().invoke(build(), [verb, "--help"])
    assert done.exit_code == 0
    assert "Examples:" in done.output


def test_every_key_of_the_readme_is_bound() -> None:
    bound = {key for command in COMMANDS for key in command.keys.split(",")}
    names = {"/": "slash", "?": "question_mark", "[": "left_square_bracket", "]": "right_square_bracket",
             "+": "plus", ".": "full_stop", "#": "number_sign"}  # fmt: skip
    table = README.split("## Keys", 1)[1].split("Keys are remapped", 1)[0]
    keys = {
        key
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for key in re.findall(r"`([^`]+)`", row)
    }
    assert len(keys) > 30
    missing = [key for key in keys if key not in bound and names.get(key) not in bound]
    assert missing == []


def test_the_config_of_the_readme_can_be_used() -> None:
    [text] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    config = parse_config(text)
    assert set(config.keymap) <= set(BY_ID)
    assert "to-present" in config.status_names
    assert config.backup_to


def test_the_page_of_settings_names_all_of_them_and_what_it_shows_can_be_used() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    [text] = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    config = parse_config(text)
    assert resolve(config.keymap).problems == ()
    assert config.theme in {theme.name for theme in OWN}
    table = page.split("| key | what it sets |", 1)[1].split("\n\n", 1)[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(Config.__annotations__)
    for word in (*STATUS_NAMES, *(role.name for role in ROLES), *config.sources.addresses):
        assert f"`{word}`" in table


def test_every_link_to_a_file_leads_to_one() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        text = re.sub(r"`[^`\n]+`", "", document.read_text("utf-8"))
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", text):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_row_of_the_faults_names_tests_that_exist() -> None:
    rows = re.findall(
        r"^\| (?!fault |---)(.*) \|$", (ROOT / "docs" / "faults.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) > 30
    for row in rows:
        names = re.findall(r"`(test[^`]*)`", row.rsplit(" | ", 1)[1])
        assert names, row
        places = [names[0].rpartition("/")[0], ""]
        for name in names:
            assert any((ROOT / place / name).exists() for place in places), name
