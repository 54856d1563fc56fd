"""Reading in a process of its own."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.pdf.apart import page_texts_apart, read_pdf_apart
from notes_tui.formats.pdf.reading import page_texts, read_pdf
from tests.formats.pdf.making import Maker, drawn, lines, mark, one_page

ROWS = lines("first words", "second words")


def test_the_outcome_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(ROWS, mark(ROWS[0].box("words"), Contents="(why)", C="[1 0 0]")))
    assert read_pdf_apart(path) == read_pdf(path)
    assert page_texts_apart(path) == list(page_texts(path)) == [(1, "first words second words")]


def test_errors_come_through_with_the_name_that_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-odd.pdf").write_bytes(b"no pdf")
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf_apart("-odd.pdf")
    assert caught.value.detail.endswith("-odd.pdf: it is no PDF")
    assert caught.value.hint == "name a PDF"


def bomb(megabytes: int) -> bytes:
    """A small file whose only page unfolds into so many megabytes of text."""
    maker = Maker()
    maker.page("", [mark(ROWS[0].box())])
    shown = drawn(ROWS[:1]).encode() + b"\n"
    packed = zlib.compress(shown * (megabytes * 1_000_000 // len(shown)), 1)
    place = next(number for number, body in enumerate(maker.objects) if b"endstream" in body)
    maker.objects[place] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    return maker.data()


def test_a_page_without_end_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(bomb(100))
    begun = time.monotonic()
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf_apart(path, seconds=0.1)
    assert time.monotonic() - begun < 30
    assert caught.value.hint
