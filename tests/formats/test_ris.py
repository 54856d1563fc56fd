"""RIS both ways."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.ris import read, recognises, write
from notes_tui.model.item import Creator, Link, Reference
from tests.references import distinct_references

RECORD = f"""\
TY  - CPAPER
ID  - xiao2020
AU  - Xiao, Wencong
A1  - van der Berg, Jan, Jr.
AU  - Alibaba Research Group
TI  - AntMan: Dynamic Scaling
      on GPU Clusters
ST  - AntMan
T2  - OSDI
PY  - 2020/11/04/
VL  - 3
SP  - 533
EP  - 548
SN  - 978-3-16-148410-0
SN  - 1234-567X
DO  - https://doi.org/10.5555/x
UR  - https://x.example/p;https://github.com/a/b
L1  - https://x.example/p.pdf
L1  - file:///home/x.pdf
KW  - gpu
KW  - deep learning
AB  - First line
      second line.
N1  - My remark
ED  - Lee, Ann
U1  - private
ER  - {""}
"""


def test_a_whole_record() -> None:
    imported = read(RECORD)
    assert imported.problems == ()
    [item] = imported.items
    reference = item.reference
    assert (reference.citekey, reference.type) == ("xiao2020", "paper-conference")
    assert (reference.title, reference.title_short) == ("AntMan: Dynamic Scaling on GPU Clusters", "AntMan")
    assert reference.creators == (
        Creator("Xiao", "Wencong"), Creator(literal="Alibaba Research Group"), Creator("van der Berg", "Jan Jr."),
    )  # fmt: skip
    assert (reference.venue, reference.year, reference.doi) == ("OSDI", 2020, "10.5555/x")
    assert reference.links == (
        Link("paper", "https://x.example/p"), Link("code", "https://github.com/a/b"), Link("pdf", "https://x.example/p.pdf"),
    )  # fmt: skip
    assert reference.abstract == "First line\nsecond line."
    assert reference.extra == {
        "ISBN": "978-3-16-148410-0", "ISSN": "1234-567X", "editor": "Lee, Ann", "issued": "2020-11-04",
        "keyword": "gpu; deep learning", "page": "533-548", "volume": "3",
    }  # fmt: skip
    assert item.keywords == ("gpu", "deep learning")
    assert [note.body for note in item.notes] == ["My remark"]
    assert item.line == 1


def test_a_number_is_no_citekey() -> None:
    assert read("TY  - JOUR\nID  - 123\nTI  - T\nER  - \n").items[0].reference.citekey == ""


def test_records_without_an_end_are_taken_and_told() -> None:
    imported = read(
        "TY  - JOUR\nTI  - One\n\nTY  - JOUR\nTI  - Two\nER  - \nTY  - BOOK\nTI  - Three\n", file="x.ris"
    )
    assert [item.reference.title for item in imported.items] == ["One", "Two", "Three"]
    assert [item.line for item in imported.items] == [1, 4, 7]
    assert [problem.line for problem in imported.problems] == [1, 7]
    assert imported.refused == 0


def test_a_file_with_single_spaces_and_windows_line_ends() -> None:
    imported = read("TY - JOUR\r\nTI - On AI - a study\r\nAU - W. Xiao\r\nER -\r\n")
    [item] = imported.items
    assert item.reference.title == "On AI - a study"
    assert item.reference.creators == (Creator("Xiao", "W."),)


def test_text_that_looks_like_a_tag_continues_the_line_before() -> None:
    imported = read(
        "TY  - JOUR\nAB  - We study\nAI - based methods\nTYPES of things\nTI  - T\nER  - \n\nTYPO\n"
    )
    [item] = imported.items
    assert item.reference.abstract == "We study\nAI - based methods\nTYPES of things"
    assert item.reference.title == "T"


@pytest.mark.parametrize(
    ("lines", "year", "extra"),
    [
        ("PY  - 2020", 2020, {}),
        ("Y1  - 2020/03//", 2020, {"issued": "2020-03"}),
        ("PY  - 2020\nDA  - 2020/03/05", 2020, {"issued": "2020-03-05"}),
        ("PY  - 2020\nDA  - 2020-03-05", 2020, {"issued": "2020-03-05"}),
        ("PY  - in press", None, {"issued": "in press"}),
    ],
)
def test_dates(lines: str, year: int | None, extra: dict[str, str]) -> None:
    reference = read(f"TY  - JOUR\nTI  - T\n{lines}\nER  - \n").items[0].reference
    assert (reference.year, dict(reference.extra)) == (year, extra)


def test_a_record_as_it_is_written() -> None:
    reference = Reference(
        citekey="a", type="paper-conference", title="AntMan", creators=(Creator("Xiao", "W."), Creator(literal="Two Words")),
        venue="OSDI", year=2020, arxiv="2001.00001", doi="10.5555/x", abstract="One.\n\nTwo.",
        links=(Link("paper", "https://x.example"), Link("pdf", "https://x.example/p.pdf")),
        extra={"page": "1-2", "issued": "2020-11", "file": "/private", "keyword": "a; b"},
    )  # fmt: skip
    assert write([reference]) == (
        "TY  - CPAPER\nID  - a\nAU  - Xiao, W.\nAU  - Two Words,\nTI  - AntMan\nT2  - OSDI\nPY  - 2020\nDA  - 2020/11/\n"
        "SP  - 1\nEP  - 2\nKW  - a\nKW  - b\nDO  - 10.5555/x\nAN  - arXiv:2001.00001\nUR  - https://x.example\n"
        "L1  - https://x.example/p.pdf\nAB  - One.\n      Two.\nER  - \n"
    )


@settings(max_examples=200)
@given(distinct_references())
def test_what_is_written_adds_nothing_to_what_it_was_written_from(written: list[Reference]) -> None:
    imported = read(write(written))
    assert imported.problems == ()
    assert {item.reference.citekey for item in imported.items} == {reference.citekey for reference in written}


@given(distinct_references())
def test_the_order_of_the_references_does_not_matter(written: list[Reference]) -> None:
    assert write(written) == write(reversed(written))


def test_what_is_no_ris_is_refused_and_nothing_is_nothing() -> None:
    with pytest.raises(UnreadableFileError):
        read("Just text\nof two lines")
    assert read("").items == ()
    assert not recognises("- TY is a country\n")


_PIECES = st.sampled_from(
    [
        "TY  - JOUR",
        "ER  - ",
        "AU  - A, B",
        "TI  - T",
        "  more",
        "",
        "XX  - y",
        "TY",
        "AB  -",
        "UR  - https://x",
        "SP  - 1",
    ]
)


@given(st.lists(_PIECES, max_size=20).map("\n".join))
def test_every_record_that_begins_comes_in(text: str) -> None:
    if recognises(text):
        assert len(read(text).items) == sum(line.startswith("TY  -") for line in text.split("\n"))


def test_files_and_invalid_dois() -> None:
    imported = read(
        "TY  - JOUR\nTI  - T\nDO  - forthcoming\nL1  - file:///papers/a%20b.pdf\nL1  - https://x.org/a.pdf\n"
        "L1  - internal-pdf://1/x.pdf\nL4  - figures/one.png\nER  - \n",
        file="r.ris",
    )
    [item] = imported.items
    assert [(each.path, each.kind) for each in item.attachments] == [
        ("/papers/a b.pdf", "pdf"),
        ("figures/one.png", "figure"),
    ]
    assert item.reference.links == (Link("pdf", "https://x.org/a.pdf"),)
    assert [(each.line, each.message) for each in imported.problems] == [(1, "“forthcoming” is no DOI")]
    assert item.reference.extra == {"doi": "forthcoming"}
