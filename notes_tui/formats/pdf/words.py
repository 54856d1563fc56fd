"""Letters on lines become words: hyphens joined, ligatures resolved, no spaces inside Chinese.

A hyphen at the end of a line is joined away where a word was divided, and stays where the compound has
one of its own. Which of the two it is, the rest of the page tells first (``self-attention`` or
``selfattention`` within a line), then the shape of the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from notes_tui.model.pdf import Doubt

LINE_HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at the end of a line."""
NOTHING = "\u2060"
"""A sign without width, which cleaned text does not have."""

_WIDE = (
    "\u2e80-\u2fdf\u3000-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff9f\U00020000-\U0003ffff"
)
"""Scripts that have no spaces between words, with their punctuation; Korean has spaces."""
_MARKS = "\u2018\u2019\u201c\u201d\u2014\u2026\u00b7"
"""Signs that Chinese shares with Latin: quotation marks, dash, ellipsis, middle dot."""
_FULL_STOPS = "\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
"""Punctuation that brings its own space along."""
_SPACE_IN_WIDE = re.compile(
    f"(?<=[{_WIDE}])[ \\t]+(?=[{_WIDE}{_MARKS}])|(?<=[{_MARKS}])[ \\t]+(?=[{_WIDE}])"
    f"|(?<=[{_FULL_STOPS}])[ \\t]+|[ \\t]+(?=[{_FULL_STOPS}])"
)
_WIDE_CHARACTER = re.compile(f"[{_WIDE}]")
_COMPATIBILITY = re.compile("[\ufb00-\ufb06\u2e80-\u2fdf\uf900-\ufaff\u0132\u0133\u01c4-\u01cc]")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\ufeff]+")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200c\u200d\u2060]")
_HYPHENS = "-\u00ad\u2010" + LINE_HYPHEN
_DIVIDED = re.compile(rf"([^\W\d_][\w'’-]*)([{_HYPHENS}])$")
_BEGINNING = re.compile(r"[\w'’]+")
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:[-\u2010][\w'’]+)*")

_PREFIXES = frozenset(
    "self well ill all cross half quasi pseudo high low long short large small fine coarse full end state real"
    " open closed top bottom left right two three four five six seven eight nine ten single double multi non first"
    " second third one zero few many best worst better worse co same data model task user time real-time hand"
    " deep wide free hard soft hot cold black white cost energy memory compute bandwidth latency application problem"
    " context domain language machine computer human rule graph tree block layer node cluster server client peer"
    " look built make read write off lower upper fourth fifth state-of-the".split()
)
"""First halves that mostly keep their hyphen."""
_ADVERBS = ("ally", "ely", "rly", "tly")
"""Ends of first halves that are words (``closely-related``)."""
_SUFFIXES = re.compile(
    r"(?:i[sz](?:e[drs]?|ing|ation\w*|able)|it(?:y|ies)|is[mt]s?|ish\w*|less\w*|ness\w*|er(?:s|n|ed|ing)?|est|en(?:ed|ing|s|ess)?|ly|ing\w*"
    r"|ed|light\w*|tude\w*|lish\w*|ship\w*|age[sd]?|ment\w*|ance\w*|ence\w*|able|ible|al\w{0,2}|ful\w*|ward\w*|tion\w*"
    r"|ics|ical\w*|dom|tom|pl(?:y|ied|ies|ication\w*|icative|iers?)|ler|ling|most|self|selves|put\w*|set\w*|line[sd]?|loads?|ware)$"
)
"""Second halves that are no words of their own, or that grow together with what stands before them."""


def clean(line: str) -> str:
    """The text of a line with ordinary spaces, resolved ligatures and nothing invisible."""
    if line.isascii():
        return " ".join(_INVISIBLE.sub("", line).split())
    line = _SPACES.sub(" ", _INVISIBLE.sub("", line)).strip()
    line = _COMPATIBILITY.sub(lambda found: unicodedata.normalize("NFKC", found[0]), line)
    line = unicodedata.normalize("NFC", line)
    return _SPACE_IN_WIDE.sub("", line) if _WIDE_CHARACTER.search(line) else line


def joined(lines: Sequence[str], seen: Callable[[], frozenset[str]]) -> str:
    """One flowing text of lines that were cleaned.

    ``seen`` gives the words of the surroundings in lower case (see :func:`words_within`); it is called
    only where a hyphen has to be judged.
    """
    text: list[str] = []
    last = ""
    for line in lines:
        if not line:
            continue
        if not last:
            text.append(line)
        else:
            glue, cut = _glue(last, line, seen)
            if cut:
                text[-1] = text[-1][:-1]
            text.append(glue + line)
        last = line
    return _plain_hyphens("".join(text))


def words_within(lines: Sequence[str]) -> frozenset[str]:
    """The words that stand whole within lines, in lower case, compounds with their hyphens."""
    found = set()
    for line in lines:
        words = _WORD.findall(line.lower().replace("\u2010", "-"))
        if words and line[-1:] in _HYPHENS:
            words.pop()
        found.update(words)
    return frozenset(found)


def _plain_hyphens(text: str) -> str:
    if text.isascii():
        return text
    return " ".join(text.replace(LINE_HYPHEN, "-").replace("\u00ad", "").split())


def _glue(last: str, line: str, seen: Callable[[], frozenset[str]]) -> tuple[str, bool]:
    """What stands between two lines, and whether the hyphen at the end of the first goes."""
    if _SPACE_IN_WIDE.match(f"{last[-1]} {line[0]}", 1):
        return "", False
    if len(last) < 2 or last[-1] not in _HYPHENS or not last[-2].isalnum():
        return " ", False
    divided, beginning = _DIVIDED.search(last), _BEGINNING.match(line)
    if last[-1] == "\u00ad" or not (divided and beginning):
        return "", last[-1] == "\u00ad"
    return "", _is_divided_word(divided[1], beginning[0], seen)


def _is_divided_word(first: str, second: str, seen: Callable[[], frozenset[str]]) -> bool:
    """Whether a hyphen between two halves is there only because the line ended."""
    words = seen()
    together, compound = (first + second).lower(), f"{first}-{second}".lower()
    if compound in words or together in words:
        return compound not in words
    tail = first.rpartition("-")[2]
    if not second[0].islower():
        return tail == "Mc"
    if len(tail) == 1 or "-" in first or (tail.isupper() and len(tail) > 1) or any(map(str.isdigit, tail)):
        return False
    if tail.endswith(_ADVERBS):
        return False
    return tail.lower() not in _PREFIXES or bool(_SUFFIXES.match(second))


def doubts_about(text: str, unmapped: int) -> tuple[Doubt, ...]:
    """What looks wrong with marked words of which ``unmapped`` letters had no Unicode value."""
    letters = sum(not char.isspace() for char in text)
    strange = sum(_is_strange(char) for char in text) if not text.isascii() else 0
    found: list[Doubt] = []
    if letters and max(unmapped, strange) * 10 > letters:
        found.append("no-unicode")
    if any(len(run) >= _LONG_RUN and _is_run_of_words(run) for run in text.split()):
        found.append("no-spaces")
    return tuple(found)


_LONG_RUN = 40
_ADDRESS = re.compile(r"://|www\.|@|/|\\|_|\d{4}")


def _is_strange(char: str) -> bool:
    return unicodedata.category(char) in ("Co", "Cn", "Cs") or char == "\ufffd"


def _is_run_of_words(run: str) -> bool:
    """Whether a long run of characters is Latin prose whose spaces are lost, and no address."""
    latin = sum(char.isalpha() and char < "\u0250" for char in run)
    return latin >= _LONG_RUN and latin * 10 >= len(run) * 8 and not _ADDRESS.search(run)
