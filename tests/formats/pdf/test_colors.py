"""Colours to the last digit."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.pdf.colors import ExactColors
from notes_tui.formats.pdf.reading import read_pdf_bytes
from tests.formats.pdf.making import annotation, one_page

PART = st.integers(0, 255)


@given(PART, PART, PART, st.integers(4, 8))
def test_a_colour_comes_out_as_it_was_chosen(red: int, green: int, blue: int, digits: int) -> None:
    written = " ".join(f"{part / 255:.{digits}f}" for part in (red, green, blue))
    data = one_page([], annotation("Text", C=f"[{written}]"))
    (found,) = read_pdf_bytes(data).annotations
    assert found.color == f"#{red:02x}{green:02x}{blue:02x}"


def test_colours_in_compressed_objects_are_found() -> None:
    packed = zlib.compress(b"1 0 << /Subtype /Highlight /C [0.98039 0.80392 0.35294] >>")
    data = b"%%PDF-1.7\n5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length %d >>\nstream\n%s\nendstream" % (
        len(packed), packed,
    )  # fmt: skip
    assert ExactColors(data).of((249, 204, 89)) == "#facd5a"
    assert ExactColors(data[:-30]).of((249, 204, 89)) in ("#facd5a", "#f9cc59")
    assert ExactColors(b"").of((249, 204, 89)) == "#f9cc59"


def test_what_two_colours_may_come_from_stays_as_it_is() -> None:
    data = b"/C [0.8310 0 0] /C [0.8275 0 0] /C [. . .] /C [7 0 0]"
    assert ExactColors(data).of((211, 0, 0)) == "#d30000"
