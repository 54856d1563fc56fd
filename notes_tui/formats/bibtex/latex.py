"""LaTeX in fields to Unicode, and back.

Most fields hold no LaTeX, and of the rest most hold braces, accents and escaped signs alone. Those are
done here by table; pylatexenc, a hundred times slower, reads the formulas and macros that are left.
What :func:`from_unicode` writes is always within the table.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Any

_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip

# While a text is being read, signs that braces and backslashes could be mistaken for are held back as
# noncharacters, which no text contains.
# Two more keep a letter apart from the macro before it (``\Dash\TeX``) and a space from one that would take it.
_BACKSLASH, _OPEN, _CLOSE, _DOLLAR, _TILDE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
_APART, _SPACE = "\ufdd5", "\ufdd6"
_RELEASE = str.maketrans(
    {_BACKSLASH: "\\", _OPEN: "{", _CLOSE: "}", _DOLLAR: "$", _TILDE: "~", _APART: None, _SPACE: " "}
)
_HOLD = str.maketrans({"\\": _BACKSLASH, "{": _OPEN, "}": _CLOSE, "$": _DOLLAR, "~": _TILDE})
_SIGNS = {
    "&": "&", "%": "%", "_": "_", "#": "#", "$": _DOLLAR, "{": _OPEN, "}": _CLOSE, " ": _SPACE, "\n": _SPACE,
    "-": "", "/": "", ",": _SPACE, ";": _SPACE, ":": _SPACE, "!": "",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "textbackslash": _BACKSLASH, "textasciitilde": _TILDE, "textasciicircum": "^",
    "textbraceleft": _OPEN, "textbraceright": _CLOSE, "textunderscore": "_", "textdollar": _DOLLAR,
    "textquotesingle": "'", "textquotedbl": '"', "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textendash": "–", "textemdash": "—", "textless": "<",
    "textgreater": ">", "textbar": "|", "textellipsis": "…", "dots": "…", "ldots": "…", "textregistered": "®",
    "texttrademark": "™", "textcopyright": "©", "copyright": "©", "textdegree": "°", "textperiodcentered": "·",
    "textbullet": "•", "S": "§", "P": "¶", "pounds": "£", "texteuro": "€", "euro": "€", "LaTeX": "LaTeX",
    "TeX": "TeX", "BibTeX": "BibTeX", "slash": "/", "relax": "", "newblock": "",
}  # fmt: skip
_STYLES = "emph|textit|textbf|textsc|texttt|textrm|textsf|textup|textsl|textnormal|text|mbox|mathrm|enquote|uppercase|url|nolinkurl|path"
_HREF = re.compile(r"\\href\s*\{[^{}]*\}\s*(?=\{)")
_VERBATIM = re.compile(r"\\(?:verb\*?|path|url)([|+!])(.*?)(?:\1|$)")
_ACCENT = re.compile(
    r"""\\(?:(["'`^~=.])\s*|([Hcvudbkr])(?:\s+|(?=\{)))(?:\{\s*(\\?[A-Za-z])\s*\}|([A-Za-z])|\\([ij])(?![A-Za-z])\s*)"""
)
_SIGN = re.compile(r"\\([&%_#${} \n\-/,;:!])")
_LETTER = re.compile(rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\s+|\{{\}})?")
_STYLE = re.compile(rf"\\(?:{_STYLES})(?=\{{)")
_MATHEMATICS = re.compile(r"(?<!\\)(\$\$?)[^$]*(?<!\\)\1|\\\((?:[^\\]|\\[^()])*+\\\)", re.DOTALL)
_ARGUMENT = r"\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}"
_MACRO = re.compile(
    rf"(\\(?:[A-Za-z]+\*?|[^A-Za-z]|$)(?:\s*(?:\[[^\[\]{{}}\\]*\]\s*)?{_ARGUMENT})*\s*)", re.DOTALL
)
_TRACES = ("\\", "{", "}", "$", "~", "--", "``", "''")
"""Without any of these a text stands for itself."""
_DEEPEST = 60


_ENTITY = re.compile(r"(?<!\\)&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")


def to_unicode(text: str) -> str:
    """The text a field's LaTeX stands for, its white space left as it is.

    Publishers' sites leave entities of HTML in their BibTeX; those are read too.
    """
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text.replace(_MANGLED_AMPERSAND, r"\&"))
    return _read(text) if any(map(text.__contains__, _TRACES)) else text


_MANGLED_AMPERSAND = r"{\&}amp$\mathsemicolon$"


def _read(text: str) -> str:
    if "\\" in text:
        text = _HREF.sub("", text)
        text = _VERBATIM.sub(lambda found: found[2].translate(_HOLD), text)
    if "$" in text or r"\(" in text:
        parts, end = [], 0
        for found in _MATHEMATICS.finditer(text):
            parts += [_read_words(text[end : found.start()]), _converted(found[0])]
            end = found.end()
        text = "".join([*parts, _read_words(text[end:])])
    else:
        text = _read_words(text)
    return unicodedata.normalize("NFC", text.translate(_RELEASE))


def _read_words(text: str) -> str:
    """Text outside mathematics, some signs still held back. What no table has, pylatexenc reads."""
    if "\\" in text:
        text = _ACCENT.sub(_accented, text)
        text = _SIGN.sub(lambda found: _SIGNS[found[1]], text)
        text = _LETTER.sub(lambda found: _APART + _LETTERS[found[1]], text)
        text = _STYLE.sub("", text)
        if "\\" in text:
            return "".join(
                _converted(part) if number % 2 else _plain(part)
                for number, part in enumerate(_MACRO.split(text))
            )
    return _plain(text)


def _plain(text: str) -> str:
    if "-" in text:
        text = text.replace("---", "—").replace("--", "–")
    text = text.replace("``", "“").replace("''", "”")
    return _unbraced(text).replace("~", " ")


def _accented(found: re.Match[str]) -> str:
    accent = found[1] or found[2]
    letter = (found[3] or found[4] or found[5]).lstrip("\\")
    return unicodedata.normalize("NFC", letter + _COMBINING[accent])


def _unbraced(text: str) -> str:
    return text.replace("{", "").replace("}", "")


@lru_cache(maxsize=4_096)
def _converted(latex: str) -> str:
    """A formula, or a macro with its arguments, as pylatexenc reads it."""
    from pylatexenc.latexwalker import LatexWalkerError

    if _depth(latex) > _DEEPEST:
        return _unbraced(latex)
    # A percent sign begins no comment in BibTeX.
    plain = _STYLE.sub("", re.sub(r"(?<!\\)%", r"\%", latex))
    try:
        read: str = _converter().latex_to_text(plain)
    except (LatexWalkerError, LookupError, TypeError, ValueError, AttributeError):
        return _unbraced(latex)
    if not read.strip() and (named := _NAMED.fullmatch(latex)) and named[1] not in _SIZES:
        return named[1]
    return _SCRIPT.sub(_scripted, read.replace("\u00a0", " ").replace("~", _TILDE))


_NAMED = re.compile(r"\\([A-Za-z]*[a-z][A-Z][A-Za-z]*|[A-Z]{2,}[A-Za-z]*)(?:\{\}|\s)*")
"""A macro that is called after what it writes: ``\\PiCTeX``."""
_SIZES = frozenset(("Large", "LARGE", "Huge", "HUGE", "MakeUppercase", "MakeLowercase"))
_SCRIPT = re.compile(r"([_^])([0-9+-]+)(?!\.?\d|/)")
_SUBSCRIPTS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def _scripted(found: re.Match[str]) -> str:
    return found[2].translate(_SUBSCRIPTS if found[1] == "_" else _SUPERSCRIPTS)


def _depth(text: str) -> int:
    depth = deepest = 0
    for sign in re.findall(r"[{}]", text):
        depth += 1 if sign == "{" else -1
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=1)
def _converter() -> Any:
    import logging

    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    # Faults of the LaTeX in a field are no news for the terminal; the text comes out all the same.
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    names = ("textbraceleft", "textbraceright", "textasciicircum", "LaTeX", "TeX", "BibTeX")
    context = get_default_latex_context_db()
    context.add_context_category(
        "bibliographies",
        prepend=True,
        macros=[MacroTextSpec(name, simplify_repl=_LETTERS[name].translate(_RELEASE)) for name in names],
    )
    return LatexNodes2Text(latex_context=context, math_mode="text", keep_comments=True)


_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "_": r"\_", "#": r"\#", "$": r"\$",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}~^&%_#$]")
# Pairs that TeX's fonts join into another sign, and a line that would look like a new entry.
_JOINED = re.compile(r"-(?=-)|`(?=`)|'(?=')|[?!](?=`)")
_AT_LINE_START = re.compile(r"^(\s*)@", re.MULTILINE)


def from_unicode(text: str) -> str:
    """Text as LaTeX: signs with a meaning escaped, everything else left as UTF-8."""
    escaped = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
    return _AT_LINE_START.sub(r"\1{@}", _JOINED.sub(r"\g<0>{}", escaped))
