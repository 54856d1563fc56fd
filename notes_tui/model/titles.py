"""What titles say: their comparable form, the short name in them, the numbers in them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HYPHENS = dict.fromkeys(map(ord, "-‐‑‒–—―−﹘﹣－⁃~_/"), " ")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"), "")
_SOFT = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF))


_ASCII_PUNCTUATION = re.compile(r"[^a-z0-9+<=>#]|(?<![a-z0-9])#")


@lru_cache(maxsize=4_096)
def normalise_title(text: str) -> str:
    """The title in the form in which titles are compared: words in lower case, single spaces.

    Compatibility forms, accents on Latin letters, hyphens and punctuation are set aside; letters of
    every script, digits and signs that carry meaning (``C++``, ``C#``, ``P=NP``) stay.
    """
    if text.isascii():
        plain = text.lower().translate(_APOSTROPHES).translate(_HYPHENS).replace("&", " and ")
        return " ".join(_ASCII_PUNCTUATION.sub(" ", plain).split())
    folded = text
    for _ in range(4):
        before, folded = folded, _fold(folded)
        if folded == before:
            break
    return folded


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().translate(_SOFT)
    text = text.translate(_APOSTROPHES).translate(_HYPHENS).replace("&", " and ")
    kept: list[str] = []
    for char in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(char)
        if category[0] == "M":
            if kept and (not kept[-1].isascii() or kept[-1] in "<=>"):
                kept.append(char)
        elif (
            category[0] in "LN"
            or (category == "Sm" and char != "|")
            or (char == "#" and kept and kept[-1].isalnum())
        ):
            kept.append(char)
        else:
            kept.append(" ")
    return " ".join(unicodedata.normalize("NFKC", "".join(kept)).split())


def title_key(text: str) -> str:
    """The normalised title without its spaces, so that ``pre-training`` and ``pretraining`` are one."""
    return normalise_title(text).replace(" ", "")


FUNCTION_WORDS = frozenset(
    "a an the of in on for from to with without via by at as and or vs is are be can do does not beyond towards"
    " toward using under over into between through how why what when where who which it its your our we you".split()
)
_NO_NAME = frozenset(
    "survey review tutorial paper code blog video book course note notes slides appendix editorial preface comment"
    " correction erratum retracted poster demo abstract introduction overview update position talk keynote part"
    " chapter link links pdf arxiv project website homepage title author authors venue year date github doi http"
    " https summary tldr almost how why when what not too self un semi more over de re in no deep quasi really the"
    " some all very perhaps maybe near nearly".split()
)
_COMMON = frozenset(
    "learning deep machine neural network networks language model models data large small training inference system"
    " systems computing computer optimization parallel parallelism distributed analysis vision graph graphs transfer"
    " reinforcement federated efficient fast scalable memory sequence attention transformer transformers image images"
    " video speech natural processing scheduling serving cloud edge gpu gpus hardware software architecture design"
    " performance evaluation prediction classification detection segmentation recognition generation generative"
    " artificial intelligence ai ml llm llms foundation knowledge representation supervised unsupervised dynamic static"
    " online offline stochastic gradient descent convolutional recurrent adversarial multi modal case study".split()
)
_PARENTHESISED = re.compile(r"[(（]([^()（）]{1,40})[)）]\s+(\S.*)", re.DOTALL)
_PREFIXED = re.compile(r"([^:：]{1,60}?)\s*(?::\s+|：\s*)(\S.*)", re.DOTALL)
_SHAPED = re.compile(r"\w*[a-z]\w*[A-Z]|\w*\d|[A-Z]{2}|\w+[+^]")


@lru_cache(maxsize=4_096)
def split_short_name(title: str) -> tuple[str, str]:
    """``(AntMan, Dynamic Scaling …)`` of ``AntMan: Dynamic Scaling …`` or ``(Gavel) …``; else ``("", title)``."""
    title = title.strip()
    for pattern in (_PARENTHESISED, _PREFIXED):
        parts = pattern.fullmatch(title)
        if parts and (_is_name(parts[1]) if pattern is _PREFIXED else parts[1].lower() not in _NO_NAME):
            return parts[1].strip(), parts[2].strip()
    return "", title


def _is_name(text: str) -> bool:
    """Whether the words before a colon name a thing rather than begin a sentence."""
    words = text.split()
    lower = [re.sub(r"\W+$", "", word).lower() for word in words]
    if not words or not any(char.isalnum() for char in text) or re.search(r"[,;?!.…](\s|$)", text):
        return False
    if len(words) == 1:
        return lower[0] not in _NO_NAME
    shaped = any(_SHAPED.match(word) for word in words)
    if len(words) > (4 if shaped else 3) or any(word in FUNCTION_WORDS | _NO_NAME for word in lower):
        return False
    return shaped or not (lower[0].endswith("ing") or all(word in _COMMON for word in lower))


_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {word: str(number) for number, word in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


def _numbers(text: str) -> list[str]:
    found: list[str] = []
    for token in _NUMBERS.findall(unicodedata.normalize("NFKC", text).casefold()):
        if token[0].isdecimal():
            whole = re.sub(r",(?=\d{3}(?!\d))", "", token)
            found.append(
                ".".join(part.lstrip("0") or "0" for part in re.split(r"[.,]", _ascii_digits(whole)))
            )
        elif token in _NUMBER_WORDS:
            found.append(_NUMBER_WORDS[token])
    return sorted(found)


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def numbers_differ(first: str, second: str) -> bool:
    """Whether two titles speak of different numbers: ``Part I`` and ``Part II``, ``100B`` and ``10B``."""
    return _numbers(first) != _numbers(second)


def likeness(first: str, second: str) -> float:
    """How alike two titles are, from 0 to 1, whatever the order of their words."""
    from rapidfuzz import fuzz

    one, two = normalise_title(first), normalise_title(second)
    if not one or not two:
        return 0.0
    return max(fuzz.ratio(one, two), fuzz.token_sort_ratio(one, two)) / 100
