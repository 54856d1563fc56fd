"""A note file as head and note, and a changed note put back with only its changed lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.whole_text import body_of, with_body

_LINE = st.sampled_from(
    ["", "# 标题", "text", "  - 一", "---", "title: x", "a\tb ", "```", "\x0c", "…\x85", "$x$"]
)
_BODY = st.lists(_LINE, max_size=12).map("\n".join)
_HEAD = st.sampled_from(
    ["", "\ufeff", "---\ntitle: X\n---\n", "\ufeff---\r\ntags: [a, b]\r\n---\r\n", '+++\ntitle = "x"\n+++\n']
)


@st.composite
def _files(draw: st.DrawFn) -> str:
    body = draw(_BODY)
    if draw(st.booleans()):
        body = body.replace("\n", "\r\n")
    return draw(_HEAD) + body


@given(_files())
def test_a_file_is_its_head_and_its_note(text: str) -> None:
    head, body = body_of(text)
    assert text.startswith(head)
    assert text[len(head) :].replace("\r\n", "\n") == body
    assert with_body(text, body) == text


@given(_files(), _BODY)
def test_a_changed_note_comes_back_out_and_the_head_stays(text: str, body: str) -> None:
    head, _ = body_of(text)
    changed = with_body(text, body)
    new_head, new_body = body_of(changed)
    # A head at the very end of a file has no line end; a note behind it needs one.
    assert new_head == head or (head[-1:] != "\n" and new_head.rstrip("\r\n") == head)
    assert new_body in (body, f"\n{body}")


@given(_files(), st.text(alphabet="ab漢 ", max_size=8))
def test_a_sentence_added_at_the_end_changes_no_line_before(text: str, sentence: str) -> None:
    body = body_of(text)[1]
    body += "" if not body or body.endswith("\n") else "\n"
    changed = with_body(text, f"{body}{sentence}")
    assert changed.startswith(text.removesuffix("\n").removesuffix("\r"))


def test_line_ends_of_the_file_are_those_of_new_lines() -> None:
    assert with_body("a\r\nb\r\n", "a\nnew\nb\n") == "a\r\nnew\r\nb\r\n"
    assert with_body("a\nb\r\nc\n", "a\nb\nc\nd\n") == "a\nb\r\nc\nd\n"


@pytest.mark.parametrize(
    "text", ["---\n\nSome prose, no keys.\n\n---\nmore", "----\na: b\n----\n", "text\n---\na: b\n---\n"]
)
def test_rules_with_prose_between_are_no_front_matter(text: str) -> None:
    assert body_of(text) == ("", text)


def test_front_matter_that_is_no_yaml_is_front_matter_all_the_same() -> None:
    text = "---\ntitle: Lucid: A Scheduler\ntags:\n  - moe\n---\nnote\n"
    assert body_of(text) == (text[:-5], "note\n")
    assert with_body(text, "other\n") == f"{text[:-5]}other\n"


def test_a_note_that_begins_like_front_matter_gives_its_file_none() -> None:
    changed = with_body("plain\n", "---\ntitle: x\n---\nplain\n")
    assert body_of(changed) == ("", "\n---\ntitle: x\n---\nplain\n")
