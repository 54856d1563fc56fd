"""Small PDFs written by hand, the same bytes each time, so that every mark's place is known.

Text is set in Courier, whose letters are all 0.6 em wide: where a word stands follows from counting. A
:class:`Maker` collects objects and pages; :func:`mark` writes an annotation over words of a :class:`Line`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SIZE = 10.0
ADVANCE = 0.6 * SIZE
ID = "0123456789abcdef0123456789abcdef"


def literal(text: str) -> str:
    """A PDF string: Latin-1 in brackets where that is enough, else UTF-16 in hexadecimal digits."""
    if all(" " <= char <= "~" for char in text):
        return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return "<FEFF" + text.encode("utf-16-be").hex().upper() + ">"


@dataclass(frozen=True)
class Line:
    """A line of Courier whose first letter begins at ``x`` on the baseline ``y``."""

    x: float
    y: float
    text: str

    def box(self, words: str = "") -> tuple[float, float, float, float]:
        """Left, bottom, right, top of the words as a viewer marks them; of the whole line without."""
        start = self.text.index(words) if words else 0
        left = self.x + start * ADVANCE
        return left, self.y - 2.5, left + len(words or self.text) * ADVANCE, self.y + 8.0

    @property
    def shown(self) -> str:
        """The operators that draw it."""
        return f"BT /F1 {SIZE:g} Tf 1 0 0 1 {self.x:g} {self.y:g} Tm {literal(self.text)} Tj ET"


def lines(*texts: str, x: float = 72, top: float = 700, leading: float = 12) -> list[Line]:
    """Lines under one another."""
    return [Line(x, top - row * leading, text) for row, text in enumerate(texts)]


def drawn(rows: Iterable[Line]) -> str:
    """The content stream of a page with these lines, in this order."""
    return "\n".join(row.shown for row in rows)


def quad(left: float, bottom: float, right: float, top: float) -> str:
    """Eight numbers in the order that viewers write: upper left, upper right, lower left, lower right."""
    return f"{left:g} {top:g} {right:g} {top:g} {left:g} {bottom:g} {right:g} {bottom:g}"


def mark(
    *boxes: tuple[float, float, float, float], kind: str = "Highlight", quads: str | None = None, **keys: str
) -> str:
    """A text mark over boxes; ``keys`` are further entries of its dictionary, in PDF syntax."""
    rect = (
        f"{min(each[0] for each in boxes):g} {min(each[1] for each in boxes):g} "
        f"{max(each[2] for each in boxes):g} {max(each[3] for each in boxes):g}"
    )
    points = " ".join(quad(*each) for each in boxes) if quads is None else quads
    return annotation(kind, rect=rect, QuadPoints=f"[{points}]", **keys)


def annotation(kind: str, rect: str = "10 10 30 30", **keys: str) -> str:
    """An annotation's dictionary."""
    rest = " ".join(f"/{key} {value}" for key, value in keys.items())
    return f"<< /Type /Annot /Subtype /{kind} /Rect [{rect}] {rest} >>"


COURIER = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"


@dataclass
class Maker:
    """A PDF in the making. Objects are numbered from 1; 1 and 2 are the catalogue and the page tree."""

    info: str = ""
    catalog: str = ""
    objects: list[bytes] = field(default_factory=lambda: [b"", b""])
    pages: list[int] = field(default_factory=list)
    fonts: dict[str, int] = field(default_factory=dict)

    def add(self, body: str | bytes) -> int:
        """An object; its number."""
        self.objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, content: str | bytes, keys: str = "") -> int:
        """A stream object; its number."""
        raw = content.encode("latin-1") if isinstance(content, str) else content
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(raw), keys.encode(), raw))

    def font(self, name: str, body: str = COURIER) -> str:
        """Make a font known to all pages under a name."""
        self.fonts.setdefault(name, self.add(body))
        return name

    def page(self, content: str, annotations: Sequence[str | int] = (), keys: str = "") -> int:
        """A page of US letter size; annotations are dictionaries or the numbers of objects."""
        self.font("F1")
        fonts = " ".join(f"/{name} {number} 0 R" for name, number in self.fonts.items())
        annots = " ".join(f"{each} 0 R" if isinstance(each, int) else each for each in annotations)
        box = "" if "/MediaBox" in keys else "/MediaBox [0 0 612 792]"
        self.pages.append(
            self.add(
                f"<< /Type /Page /Parent 2 0 R {box} /Contents {self.stream(content)} 0 R "
                f"/Resources << /Font << {fonts} >> >> /Annots [{annots}] {keys} >>"
            )
        )
        return self.pages[-1]

    def data(self, trailer: str = "") -> bytes:
        """The file."""
        kids = " ".join(f"{number} 0 R" for number in self.pages)
        self.objects[0] = f"<< /Type /Catalog /Pages 2 0 R {self.catalog} >>".encode("latin-1")
        self.objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode()
        info = f"/Info {self.add(f'<< {self.info} >>')} 0 R" if self.info else ""
        out = bytearray(b"%PDF-1.7\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        keys = f"/Size {len(places) + 1} /Root 1 0 R /ID [<{ID}> <{ID}>] {info} {trailer}"
        return bytes(out + f"trailer\n<< {keys} >>\nstartxref\n{table}\n%%EOF\n".encode("latin-1"))


def one_page(rows: Iterable[Line], *annotations: str, keys: str = "", info: str = "") -> bytes:
    """A file of one page with these lines and annotations."""
    maker = Maker(info=info)
    maker.page(drawn(rows), annotations, keys)
    return maker.data()
