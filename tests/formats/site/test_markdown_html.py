"""Notes as HTML: what people write is laid out, what harms is gone, what is monstrous takes bounded time."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.site import to_html


def test_bold_beside_chinese_punctuation_is_bold() -> None:
    assert "<strong>注意：</strong>这里" in to_html("**注意：**这里")


def test_tables_code_and_footnotes_are_laid_out() -> None:
    html = to_html(
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n```python\nx = 1 < 2\n```\n\nSee[^1].\n\n[^1]: There.\n"
    )
    assert "<td>1</td>" in html
    assert '<pre><code class="language-python">x = 1 &lt; 2\n</code></pre>' in html
    assert 'href="#fn:0-1"' in html
    assert '<li id="fn:0-1">' in html


def test_lists_indented_by_two_nest_and_may_begin_below_text() -> None:
    html = to_html("Points:\n- a\n  - b\n- [x] done\n")
    assert re.sub(r"\s+", "", html) == "<p>Points:</p><ul><li>a<ul><li>b</li></ul></li><li>☑done</li></ul>"


@pytest.mark.parametrize("math", ["$a_b * c_d$", r"$\{x\}$", "$$E=mc^2$$", r"\(a_b\)", r"\[x * y * z\]"])
def test_math_stays_as_it_is_written(math: str) -> None:
    assert f'<span class="math">{math}</span>' in to_html(f"Then {math} holds *now*.")


def test_math_on_its_own_lines_is_not_taken_for_lists_or_headings() -> None:
    math = "$$\na_1 = 1\n# b\n\n- c\n$$"
    assert f'<div class="math">{math}</div>' in to_html(f"Text\n\n{math}\n\nMore")


def test_prices_and_code_are_not_math() -> None:
    html = to_html("It costs $5 and $6, and `$x$`.")
    assert "math" not in html
    assert "<code>$x$</code>" in html


def test_footnotes_of_two_texts_of_a_page_stay_apart() -> None:
    text = "a[^1]\n\n[^1]: b\n"
    assert 'id="fn:1-1"' in to_html(text, 1)
    assert to_html(text, 1) == to_html(text, 1)


HARM = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)", "![x](data:image/svg+xml;base64,AAAA)", "[x](file:///etc/passwd)",
    "<a href='javascript:alert(1)'>x</a>", "<a href=' &#106;avascript:alert(1)'>x</a>", "<iframe src=https://x></iframe>",
    "<style>body{display:none}</style>", "<p style='position:fixed'>x</p>", "<form action=https://x><input></form>",
    "<svg onload=alert(1)>", "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>", "<base href=https://x>",
    "<meta http-equiv=refresh content='0;url=https://x'>", "<a href='//x.org'>x</a>", "<b id=location>x</b>",
    "<object data=x></object>", "<!--<script>-->", "<p onclick\n=alert(1)>x", "<https://x.org/\"onclick=alert(1)>",
)  # fmt: skip


@pytest.mark.parametrize("text", HARM)
def test_what_could_do_harm_is_gone(text: str) -> None:
    html = to_html(f"before {text} after")
    found = re.findall(r"<[^>]*>", html)
    assert "after" in html
    for tag in found:
        assert not re.search(
            r"(?i)script|data:|file:|\son\w+=|style|<(?:iframe|svg|math|form|base|meta|object)", tag
        ), html
        assert not re.search(r'(?:href|src)="(?!https?:|mailto:|#|x")', tag), html


def test_links_to_the_web_mail_and_inside_stay() -> None:
    html = to_html("[a](https://a.org) <mailto:b@c.org> [d](../d.html) https://e.org/x_y_z. ![f](fig/f.png)")
    for kept in ('href="https://a.org"', 'href="../d.html"', 'href="https://e.org/x_y_z"', 'src="fig/f.png"'):
        assert kept in html
    assert html.count("noopener") == 4 or html.count("noopener") == 3


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000, "![[" * 20_000, "[a](" * 9_000, "<a " * 9_000, "<div>" * 100_000, "> " * 9_000, "1. " * 3_000,
        "\n".join("  " * depth + "- x" for depth in range(400)), "*" * 20_000, "$a " * 5_000, "$$a\n" * 5_000,
        "~~a" * 5_000, "<p>" * 50_000, "a\n- b\n" * 3_000, "x" * 2_000_000, "http://" * 5_000, "\\[" * 5_000,
    ],
)  # fmt: skip
def test_monstrous_notes_take_bounded_time(text: str) -> None:
    start = process_time()
    assert to_html(text)
    assert process_time() - start < 20


@given(st.text(st.sampled_from("ab *_`$[](){}<>!#|~-\\\n\t&;:/\"'=1.注：")))
def test_any_text_becomes_html_without_scripts(text: str) -> None:
    html = to_html(text)
    assert "<script" not in html.lower()
    assert html == to_html(text)


def test_a_monstrous_note_leaves_no_trace_in_the_next_one() -> None:
    assert to_html("1. " * 3_000).startswith("<pre>")
    assert to_html("Plain.") == "<p>Plain.</p>"
