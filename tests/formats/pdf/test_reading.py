"""What a PDF says: its identity, its outline, its annotations, and what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.pdf.reading import page_texts, read_pdf, read_pdf_bytes
from notes_tui.model.pdf import Box, Heading, Reply
from tests.formats.pdf.making import ID, Line, Maker, annotation, drawn, lines, mark, one_page

ROWS = lines("Heading one", "some words below it", "Heading two", "other words below that")


def test_the_file_is_known_by_its_bytes_and_by_its_own_id(tmp_path: Path) -> None:
    data = one_page(ROWS)
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    found = read_pdf(path)
    assert (found.sha256, found.pdf_id, found.pages) == (hashlib.sha256(data).hexdigest(), ID, 1)
    assert (found.page_labels, found.annotations, found.problems, found.complete) == ((), (), (), True)


KINDS = {
    "Highlight": "highlight", "Underline": "underline", "StrikeOut": "strikeout", "Squiggly": "squiggly",
    "Text": "note", "FreeText": "text", "Ink": "ink", "Stamp": "stamp", "Square": "area", "Circle": "area",
    "Line": "area", "Polygon": "area", "PolyLine": "area",
}  # fmt: skip


def test_every_kind_has_its_name() -> None:
    found = read_pdf_bytes(one_page(ROWS, *(annotation(kind) for kind in KINDS)))
    assert [each.kind for each in found.annotations] == list(KINDS.values())
    assert all(each.box == Box(10, 10, 30, 30) and each.page == 1 for each in found.annotations)


def test_popups_links_and_forms_are_none_and_further_kinds_are_counted() -> None:
    data = one_page(ROWS, *map(annotation, ("Popup", "Link", "Widget", "Caret", "Redact", "Caret", "Odd")))
    found = read_pdf_bytes(data)
    assert (found.annotations, found.others) == ((), {"Caret": 2, "Redact": 1})
    assert found.problems == ("2 of the kind Caret are not taken", "1 of the kind Redact is not taken")


def test_all_that_is_written_in_an_annotation_comes_out() -> None:
    written = mark(
        ROWS[1].box("some words"),
        NM="(an-id)", T="(A. Reader)", Contents="(first\\rsecond \\344)", C="[1 0.5 0]",
        M="(D:20240131120000+01'30')", CreationDate="(D:2023)", AP="<< /N 1 0 R >>",
    )  # fmt: skip
    (found,) = read_pdf_bytes(one_page(ROWS, written)).annotations
    assert (found.id, found.author, found.comment, found.color) == (
        "an-id",
        "A. Reader",
        "first\nsecond ä",
        "#ff8000",
    )
    assert (found.modified, found.created) == ("2024-01-31T12:00:00+01:30", "2023-01-01T00:00:00+00:00")
    assert (found.quote, len(found.quads)) == ("some words", 1)


@pytest.mark.parametrize(
    ("entry", "color"),
    [
        ("[0.2]", "#333333"),
        ("[0 1 1 0]", "#ff0000"),
        ("[1 0.8313 0]", "#ffd400"),
        ("[7 0 0]", "#ff0000"),
        ("(red)", ""),
        ("null", ""),
    ],
)
def test_colours_of_all_spaces_become_rgb(entry: str, color: str) -> None:
    (found,) = read_pdf_bytes(one_page(ROWS, annotation("Text", C=entry))).annotations
    assert found.color == color
    (without,) = read_pdf_bytes(one_page(ROWS, annotation("Text"))).annotations
    assert without.color == ""


def test_rich_text_counts_where_there_is_no_plain_text() -> None:
    rich = "(<body><p>One &amp; <b>two</b></p><p>three</p></body>)"
    data = one_page(ROWS, annotation("Text", RC=rich), annotation("Text", RC=rich, Contents="(plain)"))
    assert [each.comment for each in read_pdf_bytes(data).annotations] == ["One & two\nthree", "plain"]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("D:20240229235960Z", "2024-02-29T23:59:59+00:00"),
        ("20240102", "2024-01-02T00:00:00+00:00"),
        ("D:20240102030405-08'00'", "2024-01-02T03:04:05-08:00"),
        ("2024-01-02T03:04:05+02:00", "2024-01-02T03:04:05+02:00"),
        ("D:20241399", ""),
        ("yesterday", ""),
        ("D:20240102030405+99'99'", ""),
    ],
)
def test_dates_in_the_forms_that_programs_write(written: str, iso: str) -> None:
    (found,) = read_pdf_bytes(one_page(ROWS, annotation("Text", M=f"({written})"))).annotations
    assert found.modified == iso


def with_replies(*replies: Callable[[int], str]) -> bytes:
    """A note that is object ``number``, and annotations that refer to it."""
    maker = Maker()
    number = maker.add(annotation("Text", Contents="(question)", NM="(q)"))
    maker.page(drawn(ROWS), [number, *(reply(number) for reply in replies)])
    return maker.data()


def test_replies_are_joined_to_what_they_answer_by_date() -> None:
    data = with_replies(
        lambda number: annotation("Text", IRT=f"{number} 0 R", Contents="(later)", T="(B)", M="(D:2024)"),
        lambda number: annotation("Text", IRT=f"{number} 0 R", Contents="(first)", T="(A)", M="(D:2023)"),
        lambda number: annotation(
            "Text", IRT=f"{number} 0 R", State="(Accepted)", Contents="(Accepted by A)"
        ),
    )
    (found,) = read_pdf_bytes(data).annotations
    assert found.replies == (
        Reply("", "A", "first", "2023-01-01T00:00:00+00:00"),
        Reply("", "B", "later", "2024-01-01T00:00:00+00:00"),
    )


def test_replies_to_replies_belong_to_the_first() -> None:
    maker = Maker()
    note = maker.add(annotation("Highlight", NM="(n)"))
    reply = maker.add(annotation("Text", IRT=f"{note} 0 R", Contents="(one)", M="(D:2023)"))
    other = maker.add(annotation("Text", IRT=f"{reply} 0 R", Contents="(two)", M="(D:2024)"))
    maker.page(drawn(ROWS), [other, reply, note])
    (found,) = read_pdf_bytes(maker.data()).annotations
    assert [each.text for each in found.replies] == ["one", "two"]


def test_replies_that_answer_nothing_are_kept_as_notes() -> None:
    maker = Maker()
    one, two = maker.add(b""), maker.add(b"")
    maker.objects[one - 1] = annotation("Text", IRT=f"{two} 0 R", Contents="(one)").encode()
    maker.objects[two - 1] = annotation("Text", IRT=f"{one} 0 R", Contents="(two)").encode()
    lost = annotation("Text", IRT="99 0 R", Contents="(three)")
    maker.page(drawn(ROWS), [one, two, lost])
    found = read_pdf_bytes(maker.data()).annotations
    assert sorted([each.comment, *(reply.text for reply in each.replies)] for each in found) in (
        [["one", "two"], ["three"]],
        [["three"], ["two", "one"]],
    )


def test_twins_keep_their_own_replies() -> None:
    maker = Maker()
    twins = [maker.add(annotation("Text", Contents="(same)")) for _ in range(2)]
    reply = annotation("Text", IRT=f"{twins[1]} 0 R", Contents="(to the second)")
    maker.page(drawn(ROWS), [*twins, reply])
    found = read_pdf_bytes(maker.data()).annotations
    assert [len(each.replies) for each in found] == [0, 1]


def test_a_caret_with_words_to_be_put_in_is_an_area() -> None:
    found = read_pdf_bytes(one_page(ROWS, annotation("Caret", Contents="(very)"), annotation("Caret")))
    assert [(each.kind, each.comment) for each in found.annotations] == [("area", "very")]
    assert found.others == {"Caret": 1}


@pytest.mark.parametrize("caret_leads", [True, False])
def test_a_struck_word_takes_the_comment_of_the_caret_it_is_grouped_with(caret_leads: bool) -> None:
    maker = Maker()
    box = ROWS[1].box("words")
    if caret_leads:
        caret = maker.add(annotation("Caret", Contents="(better)", NM="(c)"))
        struck = maker.add(mark(box, kind="StrikeOut", IRT=f"{caret} 0 R", RT="/Group"))
    else:
        struck = maker.add(mark(box, kind="StrikeOut"))
        caret = maker.add(annotation("Caret", Contents="(better)", IRT=f"{struck} 0 R", RT="/Group"))
    reply = annotation("Text", Contents="(indeed)", IRT=f"{caret} 0 R")
    maker.page(drawn(ROWS), [caret, struck, reply])
    read = read_pdf_bytes(maker.data())
    (found,) = read.annotations
    assert (found.kind, found.quote, found.comment) == ("strikeout", "words", "better")
    assert ([each.text for each in found.replies], read.others) == (["indeed"], {})


def outlined(*entries: str, first: int = 0) -> Maker:
    """A document of two pages whose outline has these entries; ``{n}`` is the next, ``{up}`` the outline."""
    maker = Maker()
    pages = [
        maker.page(drawn(ROWS), [mark(row.box("words")) for row in (ROWS[1], ROWS[3])]) for _ in range(2)
    ]
    root = maker.add(b"")
    numbers = [root + 1 + place for place in range(len(entries))]
    for place, entry in enumerate(entries):
        following = numbers[(place + 1) % len(numbers)]
        maker.add(entry.format(up=root, next=following, one=pages[0], two=pages[1]))
    maker.objects[root - 1] = f"<< /Type /Outlines /First {numbers[first]} 0 R >>".encode()
    maker.catalog = f"/Outlines {root} 0 R"
    return maker


def test_annotations_stand_under_the_nearest_heading() -> None:
    maker = outlined(
        "<< /Title (One) /Parent {up} 0 R /Next {next} 0 R /Dest [{one} 0 R /XYZ 72 712 0] >>",
        "<< /Title (Two) /Parent {up} 0 R /Next {next} 0 R /Dest [{one} 0 R /FitH 688] >>",
        "<< /Title (Three) /Parent {up} 0 R /Dest [{two} 0 R /Fit] >>",
    )
    found = read_pdf_bytes(maker.data())
    assert found.outline == (
        Heading("One", 1, 1, 712, 72), Heading("Two", 1, 1, 688), Heading("Three", 1, 2, None),
    )  # fmt: skip
    assert [each.heading for each in found.annotations] == ["One", "Two", "Three", "Three"]


def test_an_outline_in_a_circle_comes_to_an_end() -> None:
    maker = outlined(
        "<< /Title (One) /Next {next} 0 R /First {next} 0 R >>",
        "<< /Title (Two) /Next {next} 0 R /First {next} 0 R >>",
    )
    assert [each.title for each in read_pdf_bytes(maker.data()).outline] == ["One", "Two"]


def test_a_heading_of_the_second_column_comes_after_the_first_column() -> None:
    right = lines("Right heading", "words on the right", x=330)
    maker = Maker()
    page = maker.page(drawn([*ROWS, *right]), [mark(ROWS[3].box("words")), mark(right[1].box("words"))])
    entry = maker.add(f"<< /Title (Right) /Dest [{page} 0 R /XYZ 330 712 0] >>")
    maker.catalog = f"/Outlines {maker.add(f'<< /First {entry} 0 R >>')} 0 R"
    assert [each.heading for each in read_pdf_bytes(maker.data()).annotations] == ["", "Right"]


def test_pages_have_labels() -> None:
    maker = Maker(catalog="/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 7 /P (A-) >>] >>")
    for _ in range(3):
        maker.page(drawn(ROWS), [annotation("Text")])
    found = read_pdf_bytes(maker.data())
    assert found.page_labels == ("i", "A-7", "A-8")
    assert [(each.page, each.page_label) for each in found.annotations] == [(1, "i"), (2, "A-7"), (3, "A-8")]


TITLE = "BT /F1 18 Tf 1 0 0 1 72 740 Tm (A System for Reading) Tj ET BT /F1 18 Tf 1 0 0 1 72 718 Tm (and Notes) Tj ET\n"


def guessed(content: str, info: str = "", name: str = "x.pdf") -> tuple[str, str, str]:
    maker = Maker(info=info)
    maker.page(content)
    found = read_pdf_bytes(maker.data(), name=name)
    return found.title, found.doi, found.arxiv


def test_the_work_is_guessed_from_metadata_and_the_first_page() -> None:
    plain = drawn(ROWS)
    assert guessed(TITLE + plain) == ("A System for Reading and Notes", "", "")
    assert (
        guessed(TITLE + plain, "/Title (Microsoft Word - final2.docx)")[0] == "A System for Reading and Notes"
    )
    assert guessed(plain, "/Title (The Real One) /doi (10.1145/3477132.3483562)") == (
        "The Real One", "10.1145/3477132.3483562", "",
    )  # fmt: skip
    assert guessed(drawn(lines("see https://doi.org/10.1000/xyz.7.", "more words")))[1] == "10.1000/xyz.7"
    stamp = drawn([Line(72, 30, "arXiv:2301.00010v2 [cs.DC] 3 Jan 2023")])
    assert guessed(TITLE + stamp)[2] == "2301.00010"
    assert guessed(TITLE + plain, name="/somewhere/1706.03762v5.pdf")[2] == "1706.03762"
    cited = drawn(lines("as in [3] arXiv preprint arXiv:1706.03762, 2017"))
    assert guessed(TITLE + cited)[2] == ""


def test_a_page_of_one_size_has_no_title() -> None:
    assert guessed(drawn(lines(*["the same size of letters on every line"] * 20)))[0] == ""


PASSWORD = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"hello, world" * 100, "it is no PDF"),
        (b"\x00" * 5000, "it is no PDF"),
        (b"%PDF-1.7\n", "it is damaged"),
        (Maker().data(PASSWORD), "asks for a password"),
        (Maker().data("/Encrypt << /Filter /Odd /V 9 >>"), "encrypted"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_hint(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    for read in (read_pdf, lambda name: list(page_texts(name))):
        with pytest.raises(UnreadableFileError) as caught:
            read(path)
        assert reason in caught.value.detail
        assert str(path) in caught.value.detail
        assert caught.value.hint


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.pdf", "a\x00b.pdf"):
        with pytest.raises(UnreadableFileError):
            read_pdf(path)


def test_pages_are_given_as_they_are_asked_for(tmp_path: Path) -> None:
    maker = Maker()
    for number in range(3):
        maker.page(drawn(lines(f"words of page {number}", "and more")) if number != 1 else "")
    path = tmp_path / "a.pdf"
    path.write_bytes(maker.data())
    texts = page_texts(path)
    assert next(texts) == (1, "words of page 0 and more")
    assert list(texts) == [(3, "words of page 2 and more")]


def test_time_that_is_used_up_leaves_an_incomplete_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(ROWS, mark(ROWS[1].box())))
    found = read_pdf(path, seconds=0)
    assert (found.complete, found.annotations) == (False, ())
    assert any("longer than" in problem for problem in found.problems)
    assert list(page_texts(path, seconds=0)) == []


@pytest.mark.parametrize("count", ["1048575", "-3", "(a)"])
def test_pages_that_are_not_there_are_told_quickly(count: str) -> None:
    data = one_page(ROWS, mark(ROWS[1].box("words"))).replace(b"/Count 1 ", b"/Count %s " % count.encode())
    found = read_pdf_bytes(data, seconds=20)
    assert [each.quote for each in found.annotations] in (["words"], [])
    assert found.complete == (not found.problems)


def test_odd_annotations_do_no_harm() -> None:
    odd = (
        annotation("Text", rect="1e39 (a) nan 4"), annotation("Highlight", QuadPoints="[1e38 -1e38 1e400 0 0 0 1 1]"),
        annotation("Ink", rect="5 5 1 1"), "(text)", "null", "[1 2]", "<< >>", "<< /Subtype (Text) /Rect 7 >>",
        annotation("Text", Contents="<FEFFD800>", NM="[1]", T="99", M="(D:)"),
    )  # fmt: skip
    found = read_pdf_bytes(one_page(ROWS, *odd)).annotations
    assert [each.kind for each in found][:3] == ["note", "highlight", "ink"]
    assert "place" in found[0].doubts
    assert found[2].box == Box(1, 1, 5, 5)
    assert all(each.comment.encode("utf-8") is not None for each in found)


def test_many_annotations_are_read_in_bounded_time() -> None:
    page = lines(*["some text to read here in this line"] * 40)
    marks = [mark(page[number % 40].box("read"), NM=f"(n{number})", M="(D:2024)") for number in range(3_000)]
    found = read_pdf_bytes(one_page(page, *marks), seconds=30)
    assert len(found.annotations) == 3_000
    assert {each.quote for each in found.annotations} == {"read"}


def test_many_replies_to_twins_are_read_in_bounded_time() -> None:
    maker = Maker()
    twins = [maker.add(annotation("Text", Contents="(same)")) for _ in range(2)]
    replies = [annotation("Text", IRT=f"{twins[1]} 0 R", Contents=f"({number})") for number in range(2_500)]
    maker.page(drawn(ROWS), [*twins, *replies])
    found = read_pdf_bytes(maker.data(), seconds=30).annotations
    assert sum(len(each.replies) for each in found) == 2_500


def cut(data: bytes, before: bytes) -> bytes:
    return data[: data.index(before)]


def test_of_a_file_that_was_cut_off_the_rest_is_read(tmp_path: Path) -> None:
    maker = Maker()
    for _ in range(3):
        maker.page(drawn(ROWS), [mark(ROWS[1].box("words"))])
    data = maker.data()
    last_page = data.rindex(b"/Type /Page ")
    without_catalog = data.replace(b"/Type /Catalog", b"/Type /Cut_off").replace(
        b"/Type /Pages", b"/Type /Other"
    )
    for damaged, pages in (
        (cut(data, b"xref\n"), 3),
        (cut(without_catalog, b"xref\n"), 3),
        (data[:last_page], 2),
    ):
        found = read_pdf_bytes(damaged)
        assert [each.quote for each in found.annotations] == ["words"] * pages
        assert not found.complete
        assert any("cut off" in problem for problem in found.problems)
    path = tmp_path / "a.pdf"
    path.write_bytes(cut(data, b"xref\n"))
    assert [number for number, _ in page_texts(path)] == [1, 2, 3]


@given(st.integers(0, 2_000), st.binary(max_size=20))
def test_damage_anywhere_is_read_or_told(at: int, junk: bytes) -> None:
    data = one_page(ROWS, mark(ROWS[1].box("words")))
    damaged = data[: at % len(data)] + junk + data[at % len(data) + len(junk) :]
    for bytes_ in (damaged, data[: at % len(data)]):
        told = ""
        try:
            read_pdf_bytes(bytes_, seconds=20)
        except UnreadableFileError as error:
            told = error.hint
        assert told or b"%PDF-" in bytes_
