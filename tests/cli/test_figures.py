"""``attach`` of pictures, ``show`` and ``open --figure``, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.model.figures import pictures
from tests.cli.conftest import Run
from tests.services.pictures import BLUE, RED, drawn


@pytest.fixture(autouse=True)
def _one_item(cli: Run) -> None:
    cli("init", "--empty")
    cli("add", "AntMan: Dynamic Scaling")


def test_a_picture_is_shown_in_the_note_and_opened_by_its_number(cli: Run, tmp_path: Path) -> None:
    done = cli("attach", "AntMan", str(drawn(tmp_path / "a.png")), "--caption", "The \x1b[31mqueue")
    assert done.status == 0
    assert done.lines[0].startswith("attached: a.png as figures/a-")
    other = cli(
        "attach", "AntMan", str(drawn(tmp_path / "b.png", BLUE)), "--note", "Questions", "--json"
    ).value
    assert [each["new"] for each in other["attachments"]] == [True]
    assert "there already" in cli("attach", "AntMan", str(tmp_path / "a.png")).out
    assert "shown: a.png" in cli("attach", "AntMan", str(tmp_path / "a.png"), "--note", "Questions").out
    shown = cli("show", "AntMan")
    assert "\x1b" not in shown.out
    assert "  1  The ␛[31mqueue (figures/a-" in shown.out
    figures = cli("show", "AntMan", "--json").value["figures"]
    assert [each["note"] for each in figures] == ["", "Questions", "Questions"]
    assert figures[1]["link"] == other["attachments"][0]["link"]
    printed = cli("open", "AntMan", "--figure", "2", "--print", "--json").value
    assert (Path(printed["path"]).read_bytes(), printed["command"][-1]) == (BLUE, printed["path"])
    wrong = cli("open", "AntMan", "--figure", "4")
    assert (wrong.status, "there is no figure 4" in wrong.err) == (1, True)
    assert cli("open", "AntMan", "--figure", "0").status == 2


def test_export_import_and_doctor_know_figures(cli: Run, tmp_path: Path) -> None:
    cli("attach", "AntMan", str(drawn(tmp_path / "a.png")))
    vault = tmp_path / "vault"
    assert cli("export", "markdown", str(vault)).status == 0
    [note] = (vault / "papers").glob("*.md")
    [picture] = pictures(note.read_text())
    assert (note.parent / picture.link).read_bytes() == RED
    cli("init", "--empty", "--home", str(tmp_path / "third"))
    assert cli("import", str(vault), "--home", str(tmp_path / "third")).status == 0
    subjects = cli("doctor", "--json", "--home", str(tmp_path / "third")).value
    assert {each["subject"]: each["state"] for each in subjects}["attachments"] == "ok"
    assert [each.name for each in (tmp_path / "third/attachments").iterdir()]
