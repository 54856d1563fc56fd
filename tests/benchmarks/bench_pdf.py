"""What reading a PDF costs, beside PDFium's bare text of the same pages in the same run.

Run it with ``python -m tests.benchmarks.bench_pdf [FILE.pdf …]``; without files it makes two: a paper with
marks on every page, and one page with many annotations (``--annotations 100000``). It prints a table of
CPU seconds, the best of some runs, and of ratios.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from notes_tui.formats.pdf.reading import page_texts, read_pdf
from tests.formats.pdf.making import Maker, drawn, lines, mark

PAGES = 20
ROW = "some prose of a usual length that fills a line of the page well"


def paper() -> bytes:
    """A paper of some pages with ten marks a page."""
    maker = Maker()
    for _ in range(PAGES):
        rows = lines(*[ROW] * 50)
        maker.page(drawn(rows), [mark(row.box("usual length"), NM=f"(n{row.y})") for row in rows[::5]])
    return maker.data()


def crowded(count: int) -> bytes:
    """One page with very many marks."""
    rows = lines(*[ROW] * 50)
    marks = [
        mark(rows[each % 50].box("usual"), NM=f"(n{each})", Contents="(why)", C="[1 0.8 0]")
        for each in range(count)
    ]
    maker = Maker()
    maker.page(drawn(rows), marks)
    return maker.data()


def bare_text(path: Path) -> int:
    """PDFium's text of all pages; how many characters it has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    count = 0
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        count += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return count


def best(runs: int, call: Callable[[], object]) -> float:
    """CPU seconds of the quickest of some runs."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        call()
        times.append(time.process_time() - begun)
    return min(times)


def measure(path: Path, runs: int) -> None:
    """Print a row for one file."""
    bare = best(runs, lambda: bare_text(path))
    annotations = len(read_pdf(path).annotations)
    reading = best(runs, lambda: read_pdf(path))
    texts = best(runs, lambda: list(page_texts(path)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{path.name:28}{annotations:9}{bare:10.3f}{reading:10.3f}{reading / bare:8.1f}"
        f"{texts:10.3f}{texts / bare:8.1f}{memory:8}"
    )


def main(arguments: Sequence[str]) -> None:
    """Measure the files named, or two that are made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--annotations", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    print(f"{'':28}{'marks':>9}{'bare s':>10}{'read s':>10}{'x':>8}{'texts s':>10}{'x':>8}{'MB':>8}")
    if options.files:
        for path in options.files:
            measure(path, options.runs)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, data, runs in (
            ("paper.pdf", paper(), options.runs),
            ("crowded.pdf", crowded(options.annotations), 1),
        ):
            path = Path(folder, name)
            path.write_bytes(data)
            measure(path, runs)


if __name__ == "__main__":
    main(sys.argv[1:])
