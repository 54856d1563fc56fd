"""The files that entries name, in the ways of the programs that write them."""

from __future__ import annotations

import base64
import plistlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.bibtex import read
from notes_tui.formats.bibtex.files import files_of


def paths(**fields: str) -> list[str]:
    return [each.path for each in files_of(fields, "")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("paper.pdf", ["paper.pdf"]),
        ("/Users/Me/paper one.pdf", ["/Users/Me/paper one.pdf"]),
        (":papers/one.pdf:PDF", ["papers/one.pdf"]),
        ("One\\: the paper:papers/one.pdf:PDF;:two.ps:PostScript", ["papers/one.pdf", "two.ps"]),
        (
            "Full Text:/Users/me/Zotero/storage/AB/x.pdf:application/pdf",
            ["/Users/me/Zotero/storage/AB/x.pdf"],
        ),
        (r":C$\backslash$:/Users/me/a{\_}b.pdf:pdf", ["C:/Users/me/a_b.pdf"]),
        (r":C\:\\Users\\me\\a.pdf:PDF", [r"C:\Users\me\a.pdf"]),
        (r"C:\Users\me\a.pdf", [r"C:\Users\me\a.pdf"]),
        (":Users/me/a.pdf:pdf", ["/Users/me/a.pdf"]),
        ("a.pdf;a.pdf", ["a.pdf"]),
        ("/tmp/a b.pdf, /tmp/c.epub", ["/tmp/a b.pdf", "/tmp/c.epub"]),
        (r":papers/B{\"{o}}rjesson, Algers - 2011.pdf:pdf", ["papers/Börjesson, Algers - 2011.pdf"]),
        (":https\\://x.org/a.pdf:URL", []),
        ("", []),
    ],
)
def test_the_field_file(value: str, expected: list[str]) -> None:
    assert paths(file=value) == expected


def test_other_fields_that_name_a_file() -> None:
    property_list = base64.b64encode(
        plistlib.dumps({"relativePath": "../papers/a.pdf", "bookmark": b"x"})
    ).decode()
    assert paths(**{"bdsk-file-1": property_list, "bdsk-file-2": "no base 64!"}) == ["../papers/a.pdf"]
    assert paths(**{"local-url": "file:///Users/me/a%20b.pdf"}) == ["/Users/me/a b.pdf"]
    assert paths(pdf="https://x.org/a.pdf", localfile="a.pdf") == ["a.pdf"]


def test_kinds_and_titles() -> None:
    found = files_of({"file": "Main:a.PDF:PDF;Figure 1:f.png:PNG;Data:d.zip:ZIP"}, "")
    assert [(each.title, each.kind) for each in found] == [
        ("Main", "pdf"),
        ("Figure 1", "figure"),
        ("Data", "file"),
    ]


def test_jabref_says_where_files_lie() -> None:
    comment = "@comment{jabref-meta: fileDirectory:papers/pdfs;}"
    imported = read(f"@misc{{a, file={{:one.pdf:PDF;:/two.pdf:PDF}}}}\n{comment}")
    assert [each.path for each in imported.items[0].attachments] == ["papers/pdfs/one.pdf", "/two.pdf"]


@given(st.text(alphabet="ab/:;\\.{}$_pdf ", max_size=40), st.text(alphabet="YnBsaXN0MDA=", max_size=40))
def test_no_value_stops_the_reader(value: str, encoded: str) -> None:
    assert all(each.path for each in files_of({"file": value, "bdsk-file-1": encoded}, "x"))
