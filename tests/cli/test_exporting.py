"""``export``, and ``import`` of what it wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notes_tui.settings import Home
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("library")


@pytest.mark.parametrize("name", ["bibtex", "csl-json", "ris", "json"])
def test_one_file_is_written_once_and_is_the_same_on_standard_output(
    cli: Run, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "out"
    first = cli("export", name, path, "--json")
    assert (first.status, first.value) == (0, {"path": str(path), "items": 4, "changed": True})
    assert cli("export", name, path).out == f"4 items unchanged in {path}\n"
    assert cli("export", name, "-").out == path.read_text("utf-8")
    in_json = cli("export", name, "-", "--json").value
    assert (in_json if name == "json" else json.loads(json.dumps(in_json["text"]))) is not None


def test_a_query_chooses_the_items(cli: Run, tmp_path: Path) -> None:
    assert (
        cli("export", "bibtex", tmp_path / "x.bib", "section:Cluster", "-gandiva", "--json").value["items"]
        == 2
    )
    assert "antman2020" not in cli("export", "ris", "-", "nothing-like-it").out


def test_the_dump_goes_round(cli: Run, tmp_path: Path) -> None:
    cli("mark", "read", "AntMan", "--date", "2026-02-11")
    cli("note", "AntMan", "--set", "调度")
    dump = cli("export", "json", "-").out
    other = tmp_path / "other"
    cli("init", "--empty", "--home", other)
    assert cli("import", "-", "--home", other, stdin=dump).status == 0
    assert cli("export", "json", "-", "--home", other).out == dump


def test_markdown_is_a_folder_that_a_second_export_leaves_alone(cli: Run, tmp_path: Path) -> None:
    vault = tmp_path / "notes"
    planned = cli("export", "markdown", vault, "--dry-run", "--json")
    assert (planned.value["new"], vault.exists()) == (4, False)
    assert cli("export", "markdown", vault).out == f"4 notes written to {vault}, 0 changed, 0 unchanged\n"
    before = {path: path.stat().st_mtime_ns for path in vault.rglob("*") if path.is_file()}
    again = cli("export", "markdown", vault, "--json").value
    assert (again["written"], again["unchanged"]) == (0, 4)
    assert {path: path.stat().st_mtime_ns for path in vault.rglob("*") if path.is_file()} == before


def test_a_site_is_written_once(cli: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = cli("export", "html", site, "section:Cluster", "--title", "Mine", "--json")
    assert (first.status, first.value["new"]) == (0, 3)
    assert "<title>Mine</title>" in (site / "index.html").read_text("utf-8")
    assert cli("export", "html", site, "section:Cluster", "--title", "Mine", "--json").value["written"] == 0
    assert cli("export", "html", site, "--dry-run").status == 2


def test_a_readme_is_one_list_that_its_owner_may_write_in(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    assert cli("export", "readme", path, "section:Cluster").out == f"{path} written\n"
    assert cli("export", "readme", "-", "section:Cluster").out == path.read_text("utf-8")
    path.write_text("My own words.\n\n" + path.read_text("utf-8"), "utf-8")
    assert cli("export", "readme", path, "section:Cluster").out == f"{path} unchanged\n"
    cli("mark", "read", "AntMan")
    assert cli("export", "readme", path, "section:Cluster").out == f"{path} brought up to date\n"
    assert path.read_text("utf-8").startswith("My own words.\n")


def test_a_conflict_is_listed_and_ends_with_three(cli: Run, tmp_path: Path) -> None:
    vault = tmp_path / "notes"
    cli("note", "AntMan", "--set", "one line\n")
    cli("export", "markdown", vault)
    note = next(path for path in vault.rglob("*.md") if "one line" in path.read_text("utf-8"))
    note.write_text(note.read_text("utf-8").replace("one line", "their line"), "utf-8")
    cli("note", "AntMan", "--set", "my line\n")
    outcome = cli("export", "markdown", vault)
    assert (outcome.status, "conflict " in outcome.out) == (3, True)
    assert "their line" in note.read_text("utf-8")


def test_a_vault_comes_back(cli: Run, tmp_path: Path) -> None:
    cli("mark", "read", "AntMan")
    cli("export", "markdown", tmp_path / "notes")
    other = tmp_path / "other"
    cli("init", "--empty", "--home", other)
    assert cli("import", tmp_path / "notes", "--home", other, "--json").value["added"] == 4
    assert cli("show", "AntMan", "--home", other, "--json").value["read_status"] == "read"
    assert cli("import", tmp_path / "notes", tmp_path / "notes").status == 2
    assert cli("import", tmp_path).status == 1


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("nothing", "x"), 2),
        (("bibtex",), 2),
        (("markdown", "-"), 2),
        (("bibtex", "x.bib", "--dry-run"), 2),
        (("bibtex", "/dev/null/x.bib"), 1),
        (("bibtex", "."), 1),
        (("markdown", "/dev/null"), 1),
    ],
)
def test_what_cannot_be_written_is_refused(cli: Run, args: tuple[str, ...], status: int) -> None:
    outcome = cli("export", *args, "--json")
    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.err.startswith("error: ")


def test_bytes_are_utf8_whatever_the_locale(process: Run, library: Home) -> None:
    process("edit", "AntMan", "title=调度")
    outcome = process("export", "csl-json", "-", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert "调度" in outcome.out


@pytest.mark.parametrize(
    ("profile", "file"),
    [
        ("plain", "papers/antman2020.md"),
        ("obsidian", "papers/antman2020.md"),
        ("research-space", "Cluster Scheduling/AntMan/README.md"),
    ],
)
def test_a_new_vault_gets_the_layout_that_was_asked_for(
    cli: Run, tmp_path: Path, profile: str, file: str
) -> None:
    exported, synced = tmp_path / "exported", tmp_path / "synced"
    assert cli("export", "markdown", exported, "--profile", profile).status == 0
    assert cli("sync", synced, "--profile", profile).status == 0
    assert (exported / file).read_bytes() == (synced / file).read_bytes()
    other = "obsidian" if profile == "plain" else "plain"
    for verb in (("export", "markdown", exported), ("sync", synced)):
        outcome = cli(*verb, "--profile", other)
        assert (outcome.status, f"with the profile {profile}" in outcome.err) == (1, True)
    home = tmp_path / "other"
    cli("init", "--empty", "--home", home)
    assert cli("import", exported, "--home", home, "--json").value["added"] == 4


def test_a_template_of_ones_own_makes_a_file_or_a_file_for_each_item(cli: Run, tmp_path: Path) -> None:
    template = tmp_path / "talk.html.j2"
    template.write_text("{% for each in items %}<p>{{ each.title_short }}</p>\n{% endfor %}")
    talk = tmp_path / "talk.html"
    words = ("export", "template", talk, "--template", template, "AntMan")
    assert cli(*words).out == f"{talk}: 1 new, 0 changed, 0 unchanged\n"
    assert talk.read_text() == "<p>AntMan</p>\n"
    assert cli(*words, "--json").value["written"] == 0
    assert cli("export", "template", "-", "--template", template, "AntMan").out == "<p>AntMan</p>\n"
    template.write_text("{{ item.citekey }}")
    assert cli("export", "template", f"{tmp_path}/each/", "--template", template).status == 0
    assert (tmp_path / "each" / "antman2020.html").read_text() == "antman2020"
    (tmp_path / "each" / "antman2020.html").write_text("mine")
    assert cli("export", "template", tmp_path / "each", "--template", template).status == 3
    template.write_text("{% for %}")
    outcome = cli("export", "template", talk, "--template", template)
    assert (outcome.status, "talk.html.j2, line 1" in outcome.err) == (1, True)


@pytest.mark.parametrize(
    "args",
    [
        ("template", "x"),
        ("bibtex", "x", "--template", "y"),
        ("bibtex", "x", "--profile", "plain"),
        ("markdown", "x", "--profile", "nothing"),
    ],
)
def test_options_of_other_formats_are_refused(cli: Run, args: tuple[str, ...]) -> None:
    assert cli("export", *args).status == 2


def test_quotes_come_out_with_citations_by_role_or_by_paper(cli: Run, tmp_path: Path) -> None:
    cli("annotate", "AntMan", "--page", "5", "--quote", "dynamic scaling", "--role", "method")
    cli("annotate", "Gandiva", "--page", "2", "--comment", "why?", "--role", "question")
    key = cli("show", "AntMan", "--json").value["citekey"]
    shown = cli("export", "quotes", "-").out
    assert shown.startswith(f"## method\n\n> dynamic scaling\n>\n> — AntMan [@{key}, p. 5]\n\n## question\n")
    assert cli("export", "quotes", "-", "role:question").out.startswith("## question")
    [quote] = cli("export", "quotes", "-", "--role", "METHOD", "--by", "paper", "--json").value
    assert (quote["citekey"], quote["page"], quote["quote"], quote["citation"]) == (
        key, 5, "dynamic scaling", f"[@{key}, p. 5]",
    )  # fmt: skip
    place = tmp_path / "quotes.md"
    done = cli("export", "quotes", str(place), "--json").value
    assert done == {"path": str(place), "annotations": 2, "changed": True, "left_out": 0}
    assert place.read_text("utf-8") == shown
    assert cli("export", "quotes", str(place)).lines == [f"2 annotations unchanged in {place}"]
    assert cli("export", "bibtex", "-", "--role", "method").status == 2
