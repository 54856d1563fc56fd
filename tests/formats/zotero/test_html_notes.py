"""Notes of Zotero as Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.site.markdown_html import to_html
from notes_tui.formats.zotero.html_notes import to_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain text", "plain text"),
        ('<div data-schema-version="8"><p>One</p>\n<p>Two<br>lines</p></div>', "One\n\nTwo  \nlines"),
        ("<p>a <strong>bold </strong>word, <em>soft</em> <s>gone</s></p>", "a **bold** word, *soft* ~~gone~~"),
        ("<h1>Title</h1><h2>Part</h2><p>x</p>", "# Title\n\n## Part\n\nx"),
        ("<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>", "- one\n- two\n  - deep"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<blockquote><p>said</p><p>more</p></blockquote>", "> said\n\n> more"),
        ("<pre>x = 1\n  y</pre>", "```\nx = 1\n  y\n```"),
        ('<p>see <a href="https://x.org/a">here</a></p>', "see [here](https://x.org/a)"),
        ('<p><a href="javascript:alert(1)">bad</a></p>', "bad"),
        ('<pre class="math">$$x^2$$</pre>', "$$x^2$$"),
        ("<p>1 &lt; 2 &amp; x*y [a]</p>", "1 < 2 & x\\*y [a]"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("<p>x<sup>2</sup></p><script>bad()</script>", "x<sup>2</sup>"),
        ("<p>注意：<strong>这里</strong>很重要</p>", "注意：**这里**很重要"),
        ("<p></p>", ""),
    ],
)  # fmt: skip
def test_what_the_editor_writes(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</li>", "</ul>", "<pre>", "</pre>", "<td>", "</tr>", "<tr>", "<a href=x>",
     "</a>", "<blockquote>", "</blockquote>", "<ol>", "<br>", "&lt;", "<!--", "text", " ", "\n", "</table>", "<h2>"]
)  # fmt: skip


@given(st.lists(_TAGS, max_size=30))
def test_no_html_however_broken_stops_the_reader(parts: list[str]) -> None:
    assert isinstance(to_markdown("".join(parts)), str)


@given(st.lists(st.text(alphabet="ab*_`[]#-1. ", min_size=1, max_size=12), min_size=1, max_size=3))
def test_words_come_out_as_they_are(words: list[str]) -> None:
    from html import escape

    html = "".join(f"<p>x{escape(word)}x</p>" for word in words)
    plain = to_html(to_markdown(html))
    for word in words:
        assert escape(" ".join(f"x{word}x".split()), quote=False) in plain
