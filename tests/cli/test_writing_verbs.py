"""``note`` and ``annotate``."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("library")
BODY = "# 笔记\n\nA *point* about $x_1$.\n\n- [ ] ask\n"


def body(cli: Run, *args: str) -> str:
    text: str = cli("note", "AntMan", *args, "--json").value["body"]
    return text


def test_a_note_is_kept_byte_for_byte(cli: Run) -> None:
    outcome = cli("note", "AntMan", "--set", "-", "--json", stdin=BODY)
    assert outcome.value == {"citekey": "antman2020", "title": None, "body": BODY, "changed": True}
    assert cli("note", "AntMan").out == BODY
    assert cli("note", "AntMan", "--set", BODY).out == "the note is as it was\n"
    crlf = "a\r\n  b  \n\nno end"
    cli("note", "AntMan", "--set", "-", stdin=crlf)
    assert body(cli) == crlf


def test_append_adds_a_paragraph_and_makes_the_note(cli: Run) -> None:
    cli("note", "AntMan", "--append", "first")
    cli("note", "AntMan", "--append", "-", stdin="second")
    assert body(cli) == "first\n\nsecond"
    assert cli("note", "AntMan", "--append", " ").status == 1


def test_titled_notes_stand_beside_the_main_one(cli: Run) -> None:
    cli("note", "AntMan", "--title", "Questions", "--set", "Why?")
    assert body(cli) == ""
    assert body(cli, "--title", "Questions") == "Why?"
    missing = cli("note", "AntMan", "--title", "Answers")
    assert (missing.status, "'Questions'" in missing.err) == (1, True)
    cli("note", "AntMan", "--title", "Questions", "--set", "")
    assert cli("show", "AntMan", "--json").value["notes"] == []


def test_an_item_without_a_note_prints_nothing(cli: Run) -> None:
    outcome = cli("note", "AntMan")
    assert (outcome.status, outcome.out) == (0, "")


def test_the_ways_to_write_exclude_each_other(cli: Run) -> None:
    assert cli("note", "AntMan", "--set", "x", "--append", "y").status == 2
    assert cli("note", "AntMan", "--edit", "--append", "y").status == 2


def editor(folder: Path, script: str) -> str:
    """A shell script as an editor; the file to edit is ``$1``."""
    path = folder / "an editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return f"'{path}'"


def test_edit_opens_the_editor_on_the_note(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("note", "AntMan", "--set", "before")
    seen = tmp_path / "seen"
    monkeypatch.setenv(
        "EDITOR", editor(tmp_path, f'cp "$1" {seen}; echo "$1" >> {seen}; printf "after\\n" > "$1"')
    )
    assert cli("note", "AntMan", "--edit", "--json").value["body"] == "after\n"
    text, name = seen.read_text("utf-8").split("/", 1)
    assert text == "before"
    assert name.endswith("antman2020.md\n")
    assert not Path("/" + name.strip()).exists()


def test_a_line_feed_added_by_the_editor_is_no_change(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("note", "AntMan", "--set", "as it was")
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'echo >> "$1"'))
    assert cli("note", "AntMan", "--edit", "--json").value["changed"] is False


def test_an_interrupt_typed_in_the_editor_is_the_editors(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'kill -INT $PPID; echo typed > "$1"'))
    assert cli("note", "AntMan", "--edit", "--json").value["body"] == "typed\n"


def test_a_failing_editor_changes_nothing_and_keeps_what_was_typed(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("note", "AntMan", "--set", "before")
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'echo typed > "$1"; exit 3'))
    outcome = cli("note", "AntMan", "--edit")
    assert (outcome.status, body(cli)) == (1, "before")
    kept = Path(outcome.err.rsplit("your text is in ", 1)[1].strip())
    assert kept.read_text("utf-8") == "typed\n"
    kept.unlink()
    kept.parent.rmdir()


def test_a_note_changed_elsewhere_meanwhile_is_not_written_over(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    cli("note", "AntMan", "--set", "before")
    other = f"PYTHONPATH={Path(__file__).parents[2]} {sys.executable} -m notes_tui note AntMan --set theirs"
    monkeypatch.setenv("EDITOR", editor(tmp_path, f'{other}; echo mine > "$1"'))
    outcome = cli("note", "AntMan", "--edit")
    assert (outcome.status, body(cli)) == (1, "theirs")
    kept = Path(outcome.err.rsplit("your text is in ", 1)[1].strip())
    assert kept.read_text("utf-8") == "mine\n"
    kept.unlink()
    kept.parent.rmdir()


def test_without_an_editor_it_says_what_to_set(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = cli("note", "AntMan", "--edit")
    assert (outcome.status, "$EDITOR" in outcome.err) == (1, True)
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    assert cli("note", "AntMan", "--edit").status == 1


def test_annotate_prints_the_id_and_edits_and_removes_by_it(cli: Run) -> None:
    made = cli("annotate", "AntMan", "--page", "5", "--quote", "dynamic scaling", "--role", "method")
    uid = made.out.strip()
    changed = cli("annotate", "AntMan", "--edit", uid, "--comment", "see §3", "--json").value
    assert (changed["id"], changed["page"], changed["quote"], changed["comment"]) == (
        uid,
        5,
        "dynamic scaling",
        "see §3",
    )
    cleared = cli("annotate", "AntMan", "--edit", uid, "--page", "", "--role", "none", "--json").value
    assert (cleared["page"], cleared["role"], cleared["quote"]) == (None, None, "dynamic scaling")
    assert cli("annotate", "AntMan", "--remove", uid).status == 0
    assert cli("show", "AntMan", "--json").value["annotations"] == []
    gone = cli("annotate", "AntMan", "--remove", uid)
    assert (gone.status, gone.out) == (1, "")


def test_the_kind_follows_from_the_quote(cli: Run) -> None:
    assert (
        cli("annotate", "AntMan", "--quote", "-", "--json", stdin="a\nselection\n").value["kind"]
        == "highlight"
    )
    assert cli("annotate", "AntMan", "--comment", "mine", "--json").value["kind"] == "note"


@pytest.mark.parametrize(
    ("args", "status"),
    [
        ((), 1),
        (("--page", "0", "--quote", "x"), 2),
        (("--quote", "-", "--comment", "-"), 2),
        (("--remove", "x", "--quote", "y"), 2),
        (("--edit", "nothing", "--quote", "y"), 1),
    ],
)
def test_annotate_refuses_what_says_nothing_or_too_much(cli: Run, args: tuple[str, ...], status: int) -> None:
    outcome = cli("annotate", "AntMan", *args)
    assert (outcome.status, outcome.out) == (status, "")
    assert cli("show", "AntMan", "--json").value["annotations"] == []
