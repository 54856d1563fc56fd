"""A paper of three pages whose highlights, pages and bytes can be changed as viewers and authors do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.formats.pdf.making import Line, Maker, drawn, lines, mark

PAGES = (
    lines("Dynamic Scaling on Shared Clusters", "jobs wait in a queue until memory is free",
          "a scheduler that shares accelerators among jobs", "needs to know how much each of them will use"),
    lines("Section two tells how the measurements were made", "throughput grows with every added worker",
          "until the network between the racks is the limit", "which profiling shows in the second figure"),
    lines("Section three compares it with earlier systems", "those give whole devices to one job at a time",
          "so that utilisation stays below one half", "and the queue outside grows longer each day"),
)  # fmt: skip
"""What the pages say; every word stands where counting letters puts it."""
NEW_PAGE = lines("A page that the second version has in front", "with acknowledgements and a longer abstract")


@dataclass(frozen=True)
class Mark:
    """A highlight over words of a page."""

    page: int
    words: str
    name: str = ""
    comment: str = ""
    color: str = "1 0.83 0"
    kind: str = "Highlight"

    def dictionary(self, pages: tuple[list[Line], ...]) -> str:
        """The annotation as the file has it."""
        [line] = [each for each in pages[self.page - 1] if self.words in each.text]
        keys = {"C": f"[{self.color}]", "M": "(D:20260301120000Z)"}
        keys |= {"NM": f"({self.name})"} if self.name else {}
        keys |= {"Contents": f"({self.comment})"} if self.comment else {}
        return mark(line.box(self.words), kind=self.kind, **keys)


QUEUE = Mark(1, "wait in a queue", "n1", "how long?")
WORKER = Mark(2, "every added worker", "n2", color="1 0.4 0.4")
HALF = Mark(3, "stays below one half", "n3", color="0.37 0.7 0.21")
ALL = (QUEUE, WORKER, HALF)


def paper(
    *marks: Mark, pages: tuple[list[Line], ...] = PAGES, title: str = "Dynamic Scaling on Shared Clusters"
) -> bytes:
    """The file with these highlights."""
    maker = Maker(info=f"/Title ({title})")
    for number, rows in enumerate(pages, 1):
        maker.page(drawn(rows), [each.dictionary(pages) for each in marks if each.page == number])
    return maker.data()


def written(place: Path, data: bytes) -> Path:
    """A file with these bytes."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place
