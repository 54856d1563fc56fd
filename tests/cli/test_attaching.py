"""``attach``, ``refresh`` and ``import`` of PDFs, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.settings import Home
from tests.cli.conftest import Run
from tests.formats.pdf.making import Maker, annotation, drawn, lines, mark
from tests.services.annotated_pdfs import HALF, NEW_PAGE, PAGES, QUEUE, WORKER, paper, written


def test_attach_and_refresh_answer_with_numbers_and_the_exit_status(
    cli: Run, home: Home, tmp_path: Path
) -> None:
    cli("init", "--empty")
    cli("add", "AntMan: Dynamic Scaling")
    key = cli("list", "--json").value[0]["citekey"]
    place = written(tmp_path / "a b.pdf", paper(QUEUE, WORKER))
    done = cli("attach", key, str(place), "--link", "--json")
    assert (done.status, done.value["annotations"]["added"]) == (0, 2)
    assert cli("list", "role:question has:pdf", "--json").value[0]["annotations"] == 2
    place.write_bytes(paper(QUEUE, HALF))
    refreshed = cli("refresh", str(place), "--json").value
    assert (refreshed["annotations"]["added"], refreshed["annotations"]["gone"]) == (1, 1)
    shown = cli("show", str(place), "--json").value
    assert [each["id"] in shown["gone"] for each in shown["annotations"]] == [False, True, False]
    refused = cli("attach", key, str(home.path / "notes.db"))
    assert (refused.status, refused.out) == (1, "")
    assert "neither a PDF nor a picture" in refused.err
    assert cli("attach", key).status == 2


def test_attach_takes_the_newest_file_of_a_folder(cli: Run, tmp_path: Path) -> None:
    cli("init", "--empty")
    cli("add", "AntMan: Dynamic Scaling")
    written(tmp_path / "down/x.pdf", paper(QUEUE))
    done = cli("attach", "AntMan", "--newest", str(tmp_path / "down"))
    assert (done.status, done.lines) == (0, ["attached: x.pdf", "annotations: 1 added"])


def test_a_viewer_brings_a_selection_and_is_opened_where_it_stands(
    cli: Run, home: Home, tmp_path: Path
) -> None:
    cli("init", "--empty")
    home.config.write_text("viewer: viewer --page={page} {file}\n", "utf-8")
    cli("add", "AntMan: Dynamic Scaling")
    place = written(tmp_path / "a b.pdf", paper())
    cli("attach", "AntMan", str(place))
    made = cli(
        "annotate", str(place), "--quote", "-", "--json", stdin="utili-\nsation stays\nbelow one half"
    ).value
    assert (made["page"], made["kind"], made["source"]) == (3, "highlight", "manual")
    assert made["quote"] == "utilisation stays\nbelow one half"
    given = cli("annotate", str(place), "--page", "2", "--quote", "utilisation stays below", "--json").value
    assert given["page"] == 2
    opened = cli("open", "AntMan", "--annotation", made["id"], "--print", "--json")
    assert (opened.status, opened.value["page"]) == (0, 3)
    assert cli("open", "AntMan", "--print").out.startswith("viewer --page=1 ")
    cli("edit", "AntMan", "links=https://example.org/antman")
    assert cli("open", "AntMan", "--print").out == "https://example.org/antman\n"


def test_a_viewer_may_name_the_file_by_a_link_a_relative_path_or_a_copy(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("init", "--empty")
    cli("add", "AntMan: Dynamic Scaling")
    place = written(tmp_path / "papers/a 'b'.pdf", paper())
    cli("attach", "AntMan", str(place))
    [stored] = cli("show", "AntMan", "--json").value["attachments"]
    link = tmp_path / "link.pdf"
    link.symlink_to(place)
    copy = written(tmp_path / "elsewhere.pdf", paper())
    monkeypatch.chdir(tmp_path)
    for name in (str(place), "papers/a 'b'.pdf", "./link.pdf", str(copy), stored["path"]):
        made = cli("annotate", name, "--page", "2", "--quote", "-", "--json", stdin="grows with\nevery")
        assert (made.status, made.value["page"], made.value["quote"]) == (0, 2, "grows with\nevery")
    assert cli("annotate", "no such.pdf", "--quote", "x").status == 1


def test_words_in_a_pdf_are_listed_with_their_page(cli: Run, tmp_path: Path) -> None:
    cli("init", "--empty")
    cli("add", "AntMan: Dynamic Scaling")
    cli("attach", "AntMan", str(written(tmp_path / "a.pdf", paper())))
    [item] = cli("list", '"throughput grows"', "--json").value
    assert [(each["page"], "throughput grows with" in each["snippet"]) for each in item["found"]] == [
        (2, True)
    ]
    assert [each["found"] for each in cli("list", "--json").value] == [[]]
    assert len(cli("list", "throughput").lines) == 1
    assert any("p. 2" in line for line in cli("list", "throughput", terminal=True).lines)


def test_show_tells_what_a_file_says_of_its_annotations(cli: Run, tmp_path: Path) -> None:
    maker = Maker(catalog="/PageLabels << /Nums [0 << /S /r >>] >>")
    rows = lines("words of a page", "under its heading")
    number = maker.add(mark(rows[1].box("heading"), C="[1 0.4 0.4]", T="(Bo)"))
    lost = mark((300, 300, 340, 310))
    reply = annotation("Text", IRT=f"{number} 0 R", Contents="(see\\npage 9)", T="(Ann)")
    page = maker.page(drawn(rows), [number, reply, lost])
    entry = maker.add(f"<< /Title (2 Design) /Dest [{page} 0 R /XYZ 72 712 0] >>")
    maker.catalog += f" /Outlines {maker.add(f'<< /First {entry} 0 R >>')} 0 R"
    cli("init", "--empty")
    cli("add", "AntMan: Dynamic Scaling")
    cli("attach", "AntMan", str(written(tmp_path / "a b.pdf", maker.data())))
    out = cli("show", "AntMan").out
    assert "a b.pdf · 1 page · " in out
    assert "page i · ? question · 2 Design\n    “heading”\n      ↳ Ann: see page 9\n" in out
    assert "the text looks wrong: no words stand under the mark" in out
    shown = cli("show", "AntMan", "--json").value
    contexts = {each["id"]: each for each in shown["context"]}
    found = contexts[next(each["id"] for each in shown["annotations"] if each["quote"])]
    assert (found["heading"], found["author"], found["old_page"]) == ("2 Design", "Bo", None)
    assert [(each["author"], each["text"]) for each in found["replies"]] == [("Ann", "see\npage 9")]


def test_show_tells_which_pdf_is_an_earlier_version(cli: Run, tmp_path: Path) -> None:
    cli("init", "--empty")
    cli("add", "AntMan: Dynamic Scaling")
    cli("attach", "AntMan", str(written(tmp_path / "v1.pdf", paper())))
    cli("attach", "AntMan", str(written(tmp_path / "v2.pdf", paper(pages=(NEW_PAGE, *PAGES)))))
    out = cli("show", "AntMan").out
    assert "v1.pdf · 3 pages · an earlier version · " in out
    assert "v2.pdf · 4 pages · /" in out
