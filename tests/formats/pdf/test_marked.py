"""The words under marks, in all the ways in which pages and marks are drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.pdf.reading import read_pdf_bytes
from notes_tui.model.pdf import PdfAnnotation
from tests.formats.pdf.making import ADVANCE, SIZE, Line, Maker, drawn, lines, mark, one_page

LEFT = lines(*(f"left column row {row} some words here" for row in range(8)))
RIGHT = lines(*(f"right column row {row} other words" for row in range(8)), x=330)
TITLE = Line(72, 740, "A title that runs across both of the columns of this page")


def marked(data: bytes) -> list[PdfAnnotation]:
    return list(read_pdf_bytes(data).annotations)


def quotes(data: bytes) -> list[str]:
    return [each.quote for each in marked(data)]


def test_a_mark_has_the_words_it_covers_and_those_around_it() -> None:
    row = Line(72, 700, "one two three four five")
    (found,) = marked(one_page([row], mark(row.box("two three"))))
    assert (found.quote, found.before, found.after, found.doubts) == ("two three", "one", "four five", ())


@pytest.mark.parametrize(
    "content", [[*LEFT, *RIGHT], [row for pair in zip(LEFT, RIGHT, strict=True) for row in pair]]
)
def test_columns_are_read_one_after_the_other_however_the_file_has_them(content: list[Line]) -> None:
    boxes = [row.box() for row in (*LEFT[6:], *RIGHT[:2])]
    (quote,) = quotes(one_page([TITLE, *content], mark(*boxes)))
    assert quote == " ".join(row.text for row in (*LEFT[6:], *RIGHT[:2]))


def test_the_order_of_the_quadrilaterals_does_not_matter() -> None:
    boxes = [LEFT[1].box("words here"), LEFT[2].box("left")]
    data = one_page(LEFT, mark(*boxes), mark(*boxes[::-1]))
    assert quotes(data) == ["words here left"] * 2


def test_lines_from_the_bottom_up_are_read_from_the_top_down() -> None:
    data = one_page(LEFT[::-1], mark(LEFT[0].box("here"), LEFT[1].box("left")))
    assert quotes(data) == ["here left"]


@pytest.mark.parametrize("order", ["0 1 2 3", "2 3 1 0", "1 0 2 3", "0 2 1 3"])
def test_corners_may_come_in_any_order(order: str) -> None:
    left, bottom, right, top = LEFT[2].box("row 2")
    corners = [f"{left} {top}", f"{right} {top}", f"{left} {bottom}", f"{right} {bottom}"]
    points = " ".join(corners[int(number)] for number in order.split())
    assert quotes(one_page(LEFT, mark((left, bottom, right, top), quads=points))) == ["row 2"]


@pytest.mark.parametrize(("below", "above"), [(5, 5), (0, 5), (5, 0), (-3, -2)])
def test_a_mark_that_is_too_high_takes_nothing_from_the_lines_beside_it(below: float, above: float) -> None:
    left, bottom, right, top = LEFT[3].box("column row 3")
    assert quotes(one_page(LEFT, mark((left, bottom - below, right, top + above)))) == ["column row 3"]


@pytest.mark.parametrize("lift", [0.5, 4.0, 8.0])
def test_a_thin_strip_marks_the_line_it_lies_in(lift: float) -> None:
    left, bottom, right, _ = LEFT[3].box("column row 3")
    strip = (left, bottom + lift, right, bottom + lift + 1)
    assert quotes(one_page(LEFT, mark(strip, kind="Underline"))) == ["column row 3"]


@pytest.mark.parametrize(("cut", "quote"), [(0.4, "left colum"), (0.6, "eft colum")])
def test_half_a_letter_decides(cut: float, quote: str) -> None:
    left, bottom, _, top = LEFT[0].box()
    right = left + 10 * ADVANCE
    assert quotes(one_page(LEFT, mark((left + cut * ADVANCE, bottom, right, top)))) == [quote]


@pytest.mark.parametrize("points", ["", "1 2 3", "0 0 0 0 0 0 0 0", "(a) /b null [1] 5 6 7 8"])
def test_without_usable_quadrilaterals_the_rectangle_counts(points: str) -> None:
    assert quotes(one_page(LEFT, mark(LEFT[4].box("row 4"), quads=points))) == ["row 4"]


def test_a_mark_over_nothing_is_kept_and_flagged() -> None:
    (found,) = marked(one_page(LEFT, mark((500, 100, 520, 110), Contents="(look)")))
    assert (found.quote, found.comment, found.doubts) == ("", "look", ("no-words",))


def test_a_rectangle_over_several_lines_marks_them_all() -> None:
    box = (LEFT[0].box()[0], LEFT[2].box()[1], LEFT[0].box()[2], LEFT[0].box()[3])
    assert quotes(one_page(LEFT, mark(box))) == [" ".join(row.text for row in LEFT[:3])]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_and_cropped_is_read_upright(turn: int) -> None:
    keys = f"/Rotate {turn} /MediaBox [-20 -10 612 792] /CropBox [50 60 500 750]"
    data = one_page(LEFT, mark(LEFT[0].box("some words here"), LEFT[1].box("left column")), keys=keys)
    assert quotes(data) == ["some words here left column"]


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize(
    ("turn", "matrix", "step", "box"),
    [
        (90, "0 1 -1 0 100 100", "0 1 -1 0 112 100", (92, 100, 114.5, 160)),
        (180, "-1 0 0 -1 500 100", "-1 0 0 -1 500 112", (440, 92, 500, 114.5)),
        (270, "0 -1 1 0 500 700", "0 -1 1 0 488 700", (485.5, 640, 508, 700)),
    ],
)
def test_turned_text_is_read_along_its_lines(
    turn: int, matrix: str, step: str, box: tuple[float, float, float, float], shown: bool
) -> None:
    maker = Maker()
    content = "\n".join(
        f"BT /F1 {SIZE:g} Tf {place} Tm ({text}) Tj ET"
        for place, text in ((matrix, "alpha beta gamma"), (step, "delta eta zeta"))
    )
    maker.page(content, [mark(box)], keys=f"/Rotate {turn}" if shown else "")
    assert quotes(maker.data()) == ["alpha beta delta eta"]


def test_a_mark_askew_takes_the_letters_inside_it() -> None:
    row = Line(72, 700, "straight words")
    left, bottom, right, top = row.box("words")
    points = f"{left - 6} {top + 9} {right} {top + 2} {left} {bottom - 2} {right + 6} {bottom - 9}"
    assert quotes(one_page([row], mark(row.box("words"), quads=points))) == ["words"]


SPACED = "BT /F1 10 Tf 1 0 0 1 72 700 Tm [(Hello)-300(wor)-60(ld)-250(again)] TJ ET"


def test_gaps_make_words_where_the_file_has_no_spaces() -> None:
    maker = Maker()
    maker.page(SPACED, [mark((70, 697, 300, 708))])
    assert quotes(maker.data()) == ["Hello world again"]


def test_a_subscript_does_not_break_the_line() -> None:
    maker = Maker()
    content = (
        "BT /F1 10 Tf 1 0 0 1 72 700 Tm (value x) Tj ET BT /F1 7 Tf 1 0 0 1 114 698 Tm (i) Tj ET"
        " BT /F1 10 Tf 1 0 0 1 118.2 700 Tm (, then y) Tj ET"
    )
    maker.page(content, [mark((70, 695, 200, 708))])
    assert quotes(maker.data()) == ["value xi, then y"]


def test_an_accent_drawn_over_a_letter_is_put_on_it() -> None:
    maker = Maker()
    content = (
        "BT /F1 10 Tf 1 0 0 1 72 700 Tm (Universit) Tj ET BT /F1 10 Tf 1 0 0 1 126 700 Tm (\\250) Tj ET"
        " BT /F1 10 Tf 1 0 0 1 126 700 Tm (at here) Tj ET"
    )
    maker.page(content, [mark((70, 695, 200, 708))])
    assert quotes(maker.data()) == ["Universität here"]


def test_hyphens_at_line_ends_join_words_and_keep_compounds() -> None:
    rows = lines(
        "an exam-", "ple of self-", "attention, GPT-", "4 and multi-", "GPU with lay-", "out, cost-", "ly."
    )
    (quote,) = quotes(one_page(rows, mark(*(row.box() for row in rows))))
    assert quote == "an example of self-attention, GPT-4 and multi-GPU with layout, costly."


def test_the_page_knows_better_whether_a_hyphen_is_real() -> None:
    rows = lines("the blue-green plan and the selfmade one", "in blue-", "green but self-", "made")
    (quote,) = quotes(one_page(rows, mark(*(row.box() for row in rows[1:]))))
    assert quote == "in blue-green but selfmade"


def test_ligatures_are_letters() -> None:
    maker = Maker()
    maker.font(
        "F3",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding << /BaseEncoding /WinAnsiEncoding"
        " /Differences [1 /fi /fl] >> >>",
    )
    maker.page("BT /F3 10 Tf 1 0 0 1 72 700 Tm (ef\\001cient \\002ow) Tj ET", [mark((70, 695, 300, 708))])
    assert quotes(maker.data()) == ["efficient flow"]


def test_ligatures_named_after_their_letters_are_spelled_out() -> None:
    maker = Maker()
    maker.font(
        "F3",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding << /Type /Encoding"
        " /Differences [16 /quotedblleft 27 /f_f_i /T_h /f_l] >> >>",
    )
    maker.page(
        "BT /F3 10 Tf 1 0 0 1 72 700 Tm (\\034e e\\033cient \\035ow) Tj ET",
        [mark((70, 695, 106, 708)), mark((70, 695, 300, 708))],
    )
    data = maker.data()
    assert quotes(data) == ["The effic", "The efficient flow"]
    assert marked(data)[0].after == "ient flow"


def test_a_code_that_means_two_ligatures_stays_unknown() -> None:
    maker = Maker()
    for name, glyph in (("F3", "f_i"), ("F4", "f_l")):
        maker.font(
            name,
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding << /Type /Encoding"
            f" /Differences [27 /{glyph}] >> >>",
        )
    maker.page("BT /F3 10 Tf 1 0 0 1 72 700 Tm (\\033x) Tj ET", [mark((70, 695, 300, 708))])
    assert "f" not in quotes(maker.data())[0]


def test_letters_beyond_the_first_plane_are_whole() -> None:
    maker = Maker()
    table = maker.stream(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
        " 2 beginbfchar <41> <D835DC5F> <42> <D842DFB7> endbfchar endcmap end"
    )
    maker.font("F3", f"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode {table} 0 R >>")
    maker.page("BT /F3 10 Tf 1 0 0 1 72 700 Tm (xA = B1) Tj ET", [mark((70, 695, 300, 708))])
    (found,) = marked(maker.data())
    assert (found.quote, found.doubts) == ("x\U0001d45f = \U00020bb71", ())


def test_letters_printed_across_the_page_are_not_marked_with_the_words() -> None:
    maker = Maker()
    printed = "BT /F1 150 Tf 1 0 0 1 60 650 Tm (DRAFT) Tj ET"
    maker.page(f"{printed}\n{drawn(LEFT)}", [mark(LEFT[2].box("column row 2")), mark(LEFT[2].box("2"))])
    assert quotes(maker.data()) == ["column row 2", "2"]


@pytest.mark.parametrize("kind", ["Highlight", "Underline"])
def test_large_letters_are_marked_by_a_strip_in_their_lower_half(kind: str) -> None:
    maker = Maker()
    title = "BT /F1 30 Tf 1 0 0 1 72 730 Tm (Comma, quotes\\042) Tj ET"
    maker.page(f"{title}\n{drawn(LEFT)}", [mark((72, 724, 396, 735), kind=kind)])
    assert quotes(maker.data()) == ['Comma, quotes"']


def chinese(maker: Maker, encoding: str = "UniGB-UCS2-H") -> str:
    """A font of Chinese letters that are one em wide."""
    info = "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
    letters = maker.add(f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light {info} /DW 1000 >>")
    return maker.font(
        "F2",
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{encoding}"
        f" /DescendantFonts [{letters} 0 R] >>",
    )


def wide(text: str) -> str:
    return f"<{text.encode('utf-16-be').hex()}>"


def test_chinese_has_no_spaces_inside_and_joins_across_lines() -> None:
    maker = Maker()
    chinese(maker)
    maker.page(
        f"BT /F2 10 Tf 1 0 0 1 72 700 Tm [{wide('分布')} -400 {wide('式 系统，')}] TJ ET"
        f" BT /F2 10 Tf 1 0 0 1 72 686 Tm {wide('调度与 GPU 集群')} Tj ET",
        [mark((70, 680, 300, 712))],
    )
    assert quotes(maker.data()) == ["分布式系统，调度与 GPU 集群"]


def test_letters_without_unicode_are_flagged() -> None:
    maker = Maker()
    info = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    letters = maker.add(f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd {info} /DW 600 >>")
    maker.font(
        "F2",
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [{letters} 0 R] >>",
    )
    maker.page("BT /F2 10 Tf 1 0 0 1 72 700 Tm <00410042E000> Tj ET", [mark((70, 695, 300, 712))])
    (found,) = marked(maker.data())
    assert found.doubts == ("no-unicode",)
    assert found.quote


def test_latin_letters_without_any_space_are_flagged() -> None:
    run = Line(20, 700, "thequickbrownfoxjumpsoverthelazydogandthenrunsaway")
    url = Line(20, 650, "https://example.org/thequickbrownfoxjumpsoverthelazydog")
    found = marked(one_page([run, url], mark(run.box()), mark(url.box())))
    assert [each.doubts for each in found] == [("no-spaces",), ()]


# Letters that stand alone one under another are vertical writing, one line of it.
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=8).filter(
    lambda words: len("".join(words)) > 1
)


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_any_run_of_words_is_read_back(rows: list[list[str]], data: st.DataObject) -> None:
    page = lines(*(" ".join(words) for words in rows))
    first = data.draw(st.integers(0, len(page) - 1))
    last = data.draw(st.integers(first, len(page) - 1))
    (quote,) = quotes(one_page(page, mark(*(row.box() for row in page[first : last + 1]))))
    assert quote == " ".join(row.text for row in page[first : last + 1])


def test_a_note_is_told_by_what_stands_around_it() -> None:
    left, bottom, _, _ = LEFT[3].box()
    rect = f"{left - 20} {bottom} {left - 10} {bottom + 10}"
    maker = Maker()
    maker.page(drawn(LEFT), [f"<< /Type /Annot /Subtype /Text /Rect [{rect}] /Contents (why) >>"])
    (found,) = marked(maker.data())
    assert found.before.endswith(LEFT[3].text)
    assert found.after.startswith(LEFT[4].text)
    assert (found.quote, found.comment) == ("", "why")
