"""LaTeX in fields and Unicode: accents by table, mathematics by the parser, escapes both ways."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.bibtex.latex import from_unicode, to_unicode


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\"o}", "ö"),
        (r"M{\"{u}}ller", "Müller"),
        (r"Erd\H{o}s", "Erdős"),
        (r"\v Cech", "Čech"),
        (r"na{\"\i}ve na\"\i ve", "naïve naïve"),
        (r"\c{c}\aa\O{}{\ss}\L\l", "çåØßŁł"),
        (r"50\% of \#1 \& \$5 a\_b", "50% of #1 & $5 a_b"),
        (r"50% of it", "50% of it"),
        (r"{BERT}: {P}re-training", "BERT: Pre-training"),
        (r"pages 1--2 and --- so", "pages 1–2 and — so"),
        (r"``quoted'' and don't", "“quoted” and don't"),
        (r"a~b", "a b"),
        (r"$\alpha$-stable in $O(n^2)$", "α-stable in O(n²)"),
        (r"Cu$_2$O and H$_{2}$O at 10$^{-3}$ and $x_i$", "Cu₂O and H₂O at 10⁻³ and x_i"),
        (r"Cu$_{0.5}$ to the $x^{1/3}$", "Cu_0.5 to the x^1/3"),
        (r"with {\PiCTeX}, R\thinspace\&\thinspace D in {\Large type}", "with PiCTeX, R&D in type"),
        (r"one\Dash\TeX\ and \LaTeX\ Companion", "oneTeX and LaTeX Companion"),
        (r"see \verb+http://a.example/~x_y{}+ there", "see http://a.example/~x_y{} there"),
        (r"a \(x < y\) b $unclosed", "a x < y b $unclosed"),
        (r"\emph{very} \textbf{bold}", "very bold"),
        (r"\href{https://a.example/x_y}{a page}", "a page"),
        (r"\url{https://a.example/x_y}", "https://a.example/x_y"),
        (r"100\,000 \LaTeX{} users", "100 000 LaTeX users"),
        ("调度 without any", "调度 without any"),
        (r"R&amp;D {\&}amp$\mathsemicolon$ more &#8211; \&amp; AT&T; x", "R&D & more – &amp; AT&T; x"),
    ],
)
def test_latex_is_read_as_the_text_it_stands_for(latex: str, text: str) -> None:
    assert to_unicode(latex) == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))))
def test_what_is_escaped_reads_back_as_itself(text: str) -> None:
    read = to_unicode(from_unicode(text))
    assert unicodedata.normalize("NFC", read) == unicodedata.normalize("NFC", text)


_PIECES = [
    "\\href", "\\url", "\\begin", "\\end", "{itemize}", "\\frac", "\\sqrt", "[", "{", "}", "$", "$$", "\\(", "\\)",
    "%", "\\verb", "|", "\\def", "\\input{x}", "\\footnote", "&", "\\\\", "\\left", "a", " ", "\\'", '\\"', "~",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES)).map("".join))
def test_no_latex_however_broken_is_refused(latex: str) -> None:
    assert isinstance(to_unicode(latex), str)


def test_braces_nested_by_the_thousand_end_in_time() -> None:
    assert to_unicode("{" * 50_000 + r"\o x" + "}" * 50_000) == "øx"
    assert to_unicode(r"a\z" + "{" * 50_000 + "x" + "}" * 50_000) == "ax"
