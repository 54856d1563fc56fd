"""Text put into Markdown comes out as the same text; links lead to the web or nowhere."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notes_tui.model.markdown import heading, inline, is_web_address, link, relative_link, web_link
from notes_tui.model.text import one_line

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
texts = st.text(st.sampled_from("ab 调*_`[]()<>!#~\\&;:|-+.1$/\"'=\n")) | st.text()


def shown(html: str) -> str:
    """The text of HTML without elements."""
    assert "<" not in html, html
    return unescape(html)


@given(texts)
@example("BERT [MASK] and [/b]")
@example("a_b_c __init__ *x* **y** `z` <b> &amp; \\* [t](u) ![i](u) ~~s~~ <https://x.org>")
@example("\\")
def test_a_text_comes_out_as_it_went_in(text: str) -> None:
    assert shown(MARKDOWN.renderInline(inline(text))).strip() == one_line(text).strip()


@given(texts)
def test_a_text_in_a_link_comes_out_as_it_went_in(text: str) -> None:
    html = MARKDOWN.renderInline(link(text, "papers/x.md"))
    assert html.startswith('<a href="papers/x.md">')
    assert html.endswith("</a>")
    assert (
        shown(html.removeprefix('<a href="papers/x.md">').removesuffix("</a>")).strip()
        == one_line(text).strip()
    )


@given(texts, st.integers(1, 8))
def test_a_heading_is_one_heading(text: str, level: int) -> None:
    line = heading(level, text)
    tokens = MARKDOWN.parse(line)
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert tokens[0].tag == f"h{min(level, 6)}"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//x.org", "http://[", "https://x\x1b.org", "a\u202eb", ""]
)  # fmt: skip
def test_what_does_not_lead_to_the_web_is_no_link(url: str) -> None:
    assert not is_web_address(url)
    assert web_link(url) == ""


@pytest.mark.parametrize(
    "url", ["https://x.org/a(b)c", "http://x.org/a b(", "mailto:a@b.org", "HTTPS://X.org/<a>", "https://x.org/a_b*c*`d`\\"]
)  # fmt: skip
def test_addresses_work_as_destinations(url: str) -> None:
    html = MARKDOWN.renderInline(link("text", web_link(url)))
    assert html.startswith('<a href="')
    assert html.endswith('">text</a>')


def test_paths_keep_letters_and_lose_what_breaks_links() -> None:
    assert relative_link("papers/调度 (1) #?.md") == "papers/调度%20%281%29%20%23%3F.md"
