"""Lines become flowing text: hyphens, spaces, Chinese, and what looks wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.pdf import words


def joined(*lines: str, seen: str = "") -> str:
    return words.joined([words.clean(line) for line in lines], lambda: words.words_within([seen]))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("exam-", "ple"), "example"),
        (("paral-", "lelism"), "parallelism"),
        (("self-", "attention"), "self-attention"),
        (("self-", "ishness"), "selfishness"),
        (("state-of-the-", "art"), "state-of-the-art"),
        (("high-", "lights"), "highlights"),
        (("high-", "performance"), "high-performance"),
        (("GPU-", "based"), "GPU-based"),
        (("multi-", "GPU"), "multi-GPU"),
        (("k-", "means"), "k-means"),
        (("in-", "terface"), "interface"),
        (("graph-", "ics"), "graphics"),
        (("Mc-", "Keen"), "McKeen"),
        (("Monte-", "Carlo"), "Monte-Carlo"),
        (("closely-", "related"), "closely-related"),
        (("GPT-", "4"), "GPT-4"),
        (("3-", "D"), "3-D"),
        (("soft\u00ad", "Hyphen"), "softHyphen"),
        (("exam\u2010", "ple"), "example"),
        ((f"exam{words.LINE_HYPHEN}", "ple"), "example"),
        ((f"10{words.LINE_HYPHEN}", "20"), "10-20"),
        (("a dash -", "and more"), "a dash - and more"),
        (("range 1-", "2"), "range 1-2"),
        (("one", "", "two"), "one two"),
        (("ends with-",), "ends with-"),
        (("分布式", "系统"), "分布式系统"),
        (("中文，", "English"), "中文，English"),
        (("距", "“恢复”"), "距“恢复”"),
        (("中文", "English"), "中文 English"),
        (("한국어", "문장"), "한국어 문장"),
    ],
)
def test_lines_are_joined(lines: tuple[str, ...], text: str) -> None:
    assert joined(*lines) == text


@pytest.mark.parametrize(
    ("seen", "text"),
    [("a cost-aware plan", "cost-aware"), ("costaware", "costaware"), ("costaware cost-aware", "cost-aware")],
)
def test_what_the_page_has_elsewhere_decides(seen: str, text: str) -> None:
    assert joined("cost-", "aware", seen=seen) == text


def test_the_page_is_looked_at_only_for_a_hyphen() -> None:
    def never() -> frozenset[str]:
        raise AssertionError

    assert words.joined(["one", "two-three", "four"], never) == "one two-three four"


def test_a_word_divided_at_the_end_of_a_line_is_no_evidence() -> None:
    assert words.words_within(["the compound-word is com-", "pound"]) == {
        "the",
        "compound-word",
        "is",
        "pound",
    }


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("e\ufb03cient \ufb02ow", "efficient flow"),
        ("a\u00a0b\u2003c \t d", "a b c d"),
        ("分 布 式 ， 系统", "分布式，系统"),
        ("与 GPU 集群", "与 GPU 集群"),
        ("한국어 문장", "한국어 문장"),
        ("（ 全角 ）", "（全角）"),
        ("\u2f08\u2f00", "人一"),
        ("x² ½ ａ", "x² ½ ａ"),
        ("e\u0301\x00\x1b[0m", "é[0m"),
    ],
)
def test_a_line_is_cleaned(line: str, text: str) -> None:
    assert words.clean(line) == text


@pytest.mark.parametrize(
    ("text", "unmapped", "doubts"),
    [
        ("plain words", 0, ()),
        ("\ue001\ue002 a", 0, ("no-unicode",)),
        ("abc\ufffd", 0, ("no-unicode",)),
        ("looks right but is not", 18, ("no-unicode",)),
        ("one odd letter in a long enough run of words", 1, ()),
        ("wordswithoutanyspacesinalongrunofplainletters", 0, ("no-spaces",)),
        ("https://example.org/wordswithoutanyspacesinalongrun", 0, ()),
        ("长" * 60, 0, ()),
        ("0123456789" * 6, 0, ()),
    ],
)
def test_what_looks_wrong_is_told(text: str, unmapped: int, doubts: tuple[str, ...]) -> None:
    assert words.doubts_about(text, unmapped) == doubts


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_text_is_joined_on_one_line_and_loses_no_letter(lines: list[str]) -> None:
    cleaned = [words.clean(line) for line in lines]
    text = words.joined(cleaned, lambda: frozenset())
    assert text == " ".join(text.split())
    assert sum(map(str.isalnum, text)) == sum(map(str.isalnum, "".join(cleaned)))
