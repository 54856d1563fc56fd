"""The library behind: several threads, the end of the program, and its absence."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notes_tui.formats.pdf.reading import page_texts, read_pdf
from tests.formats.pdf.making import Maker, drawn, lines, mark

ROWS = lines(*[f"words of the row {number}" for number in range(20)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A PDF of some pages with marks."""
    maker = Maker()
    for _ in range(8):
        maker.page(drawn(ROWS), [mark(row.box("words")) for row in ROWS])
    path = tmp_path / "a.pdf"
    path.write_bytes(maker.data())
    return path


def test_threads_read_side_by_side(path: Path) -> None:
    expected = read_pdf(path), list(page_texts(path))
    with ThreadPoolExecutor(4) as pool:
        readings = [pool.submit(read_pdf, path) for _ in range(6)]
        texts = [pool.submit(lambda: list(page_texts(path))) for _ in range(6)]
        assert all(each.result() == expected[0] for each in readings)
        assert all(each.result() == expected[1] for each in texts)


def run(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )


UNFINISHED = """
import sys, threading, time
from notes_tui.formats.pdf.reading import page_texts, read_pdf
unfinished = page_texts(sys.argv[1])
next(unfinished)
begun = threading.Event()
def read():
    while True:
        read_pdf(sys.argv[1])
        begun.set()
threading.Thread(target=read, daemon=True).start()
begun.wait()
print("end")
"""


def test_the_program_ends_well_while_pdfs_are_being_read(path: Path) -> None:
    for _ in range(3):
        ended = run(UNFINISHED, path)
        assert (ended.returncode, ended.stdout) == (0, "end\n")


MISSING = """
import sys
sys.modules["pypdfium2"] = None
from notes_tui.errors import NotesError
from notes_tui.formats.pdf.reading import read_pdf
try:
    read_pdf(sys.argv[1])
except NotesError as error:
    print(error, error.hint, sep="|")
"""


def test_without_the_extra_it_says_what_to_install(path: Path) -> None:
    told = run(MISSING, path)
    assert told.stdout == "not installed: reading PDFs needs pypdfium2|pip install 'notes-tui[pdf]'\n"


def test_the_library_is_loaded_when_a_pdf_is_read(path: Path) -> None:
    code = "import sys; from notes_tui.formats import all_formats; all_formats(); print('pypdfium2' in sys.modules)"
    assert run(code, path).stdout == "False\n"
