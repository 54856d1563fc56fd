"""When two descriptions are the same work, and what a work is called.

Three answers are possible. *Same* needs evidence that does not lie: identifiers that agree while the
titles do not speak against it, or titles that are equal once case, hyphens and punctuation are set
aside. *Doubtful* is a proposal for a person, with its reason. Everything else is *different*: a shared
link, repository, short name or citekey proves nothing, and neither does likeness alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from notes_tui.model.identifiers import ids_by_kind, ids_of
from notes_tui.model.item import Creator, Reference
from notes_tui.model.titles import (
    FUNCTION_WORDS,
    likeness,
    normalise_title,
    numbers_differ,
    split_short_name,
    title_key,
)

__all__ = [
    "Comparison", "Match", "Proposal", "Verdict", "compare", "head_of", "in_another_issue", "likeness", "make_citekey", "match", "match_keys",
    "normalise_title", "numbers_differ", "scored", "split_short_name", "title_key",
]  # fmt: skip


ALIKE = 0.9
"""From this likeness on two titles are proposed as one work."""
ALIKE_WITH_LINK = 0.6
"""The same, where the two share a link."""


class Verdict(StrEnum):
    """How sure two descriptions are of one work."""

    SAME = "same"
    DOUBTFUL = "doubtful"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict and, in words for a person, what it rests on."""

    verdict: Verdict
    reason: str
    score: float = 0.0
    """From 0 to 1, how much speaks for one work: see :func:`resemblance`."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate that may be the same work, and why one could think so."""

    candidate: Reference
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for a reference: the same work, if one is certain, and the doubtful ones."""

    same: Reference | None
    reason: str
    proposals: tuple[Proposal, ...]


def _different(reason: str) -> Comparison:
    return Comparison(Verdict.DIFFERENT, reason)


def _doubtful(reason: str) -> Comparison:
    return Comparison(Verdict.DOUBTFUL, reason)


def _same(reason: str) -> Comparison:
    return Comparison(Verdict.SAME, reason)


def compare(first: Reference, second: Reference) -> Comparison:
    """Whether two references describe one work; the order of the two does not matter."""
    if (first.type == "software") != (second.type == "software"):
        return _different("one is software, the other is not")
    shared = sorted(ids_of(first) & ids_of(second))
    if not title_key(first.title) or not title_key(second.title):
        return _same(f"same {_id_words(shared)}") if shared else _different("one has no title")
    titles = _compare_titles(first, second)
    if shared:
        return _compare_with_ids(first, second, shared, titles)
    if titles.verdict is not Verdict.DIFFERENT and in_another_issue(first, second):
        return _different("they stand in two issues of one journal")
    if titles.verdict is not Verdict.SAME:
        return titles
    contradiction = _contradiction(first, second)
    if contradiction:
        return _doubtful(f"{titles.reason}, but {contradiction}")
    return titles


def scored(first: Reference, second: Reference) -> Comparison:
    """:func:`compare`, with a score by which pairs are put in order."""
    found = compare(first, second)
    return replace(found, score=1.0 if found.verdict is Verdict.SAME else resemblance(first, second))


def resemblance(first: Reference, second: Reference) -> float:
    """How much speaks for one work, from 0 to 1: seven tenths from the titles, two from the creators, one from the year.

    What one of the two does not say counts half; a shared identifier adds three tenths.
    """
    titles = max(likeness(first.title, second.title), likeness(_rest(first), _rest(second)))
    one, two = _name_words(first.creators), _name_words(second.creators)
    creators = len(one & two) / min(len(one), len(two)) if one and two else 0.5
    known = first.year is not None and second.year is not None
    years = max(1 - abs((first.year or 0) - (second.year or 0)) / 4, 0) if known else 0.5
    shared = 0.3 if ids_of(first) & ids_of(second) else 0.0
    return round(min(0.7 * titles + 0.2 * creators + 0.1 * years + shared, 0.99), 2)


def _compare_with_ids(
    first: Reference, second: Reference, shared: list[str], titles: Comparison
) -> Comparison:
    words = f"same {_id_words(shared)}"
    if titles.verdict is Verdict.SAME:
        return _same(f"{words} and {titles.reason}")
    if numbers_differ(_rest(first), _rest(second)) and not _one_is_the_others_name(first, second):
        return _doubtful(f"{words}, but the titles differ in a number")
    if _one_is_the_others_name(first, second) or _agree(first.title, second.title):
        return _same(f"{words} and titles that agree")
    return _doubtful(f"{words}, but the titles disagree")


def _compare_titles(first: Reference, second: Reference) -> Comparison:
    if title_key(first.title) == title_key(second.title):
        if numbers_differ(first.title, second.title):
            return _different("the titles differ in a number")
        if _is_bare_name(first.title) and not _corroborated(first, second):
            return _doubtful("the same name, and nothing else to tell by")
        return _same("the same title")
    first_name, first_rest = split_short_name(first.title)
    second_name, second_rest = split_short_name(second.title)
    if title_key(first_rest) == title_key(second_rest) and not numbers_differ(first_rest, second_rest):
        if first_name and second_name:
            if numbers_differ(first_name, second_name):
                return _different("the titles differ in a number")
            return _doubtful(f"the same title under two names, {first_name} and {second_name}")
        words = len(normalise_title(first_rest).split())
        if (words >= 5 or (words >= 3 and _corroborated(first, second))) and not _led_by_others(
            first, second
        ):
            return _same("the same title, once with its short name")
        return _doubtful("the same title, once with a name before it")
    return _likeness_verdict(first, second)


def _likeness_verdict(first: Reference, second: Reference) -> Comparison:
    if numbers_differ(first.title, second.title):
        return _different("the titles differ in a number")
    alike = max(likeness(first.title, second.title), likeness(_rest(first), _rest(second)))
    if alike >= (0.96 if _no_creator_in_common(first, second) else ALIKE):
        return _doubtful(f"titles alike ({alike:.0%})")
    linked = {link.url for link in first.links} & {link.url for link in second.links}
    if linked and alike >= ALIKE_WITH_LINK and not _no_creator_in_common(first, second):
        return _doubtful(f"titles alike ({alike:.0%}) and a link in common")
    if _one_is_the_others_name(first, second) and _corroborated(first, second):
        return _doubtful("one title is the other's short name")
    if _one_is_the_others_beginning(first, second) and _corroborated(first, second):
        return _doubtful("one title is the other's without what follows")
    return _different("the titles differ")


def _agree(first: str, second: str) -> bool:
    """Whether two titles that are not equal can be of one work whose identifier agrees."""
    one, two = split_short_name(first), split_short_name(second)
    if one[0] and title_key(one[0]) == title_key(two[0]):
        return likeness(first, second) >= 0.5
    keys = title_key(first), title_key(second)
    return likeness(one[1], two[1]) >= 0.75 or (min(map(len, keys)) >= 12 and _begins(keys[0], keys[1]))


def _begins(first: str, second: str) -> bool:
    return first.startswith(second) or second.startswith(first)


def _rest(reference: Reference) -> str:
    return split_short_name(reference.title)[1]


def _name_keys(reference: Reference) -> set[str]:
    return {title_key(reference.title_short), title_key(split_short_name(reference.title)[0])} - {""}


def _one_is_the_others_name(first: Reference, second: Reference) -> bool:
    return title_key(first.title) in _name_keys(second) or title_key(second.title) in _name_keys(first)


_SUBTITLE = re.compile(r": |[.?!] |\s[-–—]\s")


def head_of(title: str) -> str:
    """The key of what a long title says before its subtitle; ``""`` where it has none or that is short."""
    head = _SUBTITLE.split(title, maxsplit=1)[0]
    return title_key(head) if head != title and head.count(" ") >= 3 else ""


def _one_is_the_others_beginning(first: Reference, second: Reference) -> bool:
    one, two = title_key(first.title), title_key(second.title)
    return one == head_of(second.title) or two == head_of(first.title)


def _is_bare_name(title: str) -> bool:
    """Whether the title is so short that two works could bear it: one word, or two in Latin script."""
    normal = normalise_title(title)
    return len(normal.split()) <= (2 if normal.isascii() else 1) and len(normal) < 24


def _corroborated(first: Reference, second: Reference) -> bool:
    """Whether something besides the title speaks for one work, and nothing against it."""
    if _contradiction(first, second):
        return False
    links = {link.url for link in first.links} & {link.url for link in second.links}
    same_issue = bool(first.venue) and first.venue == second.venue and first.year == second.year
    return bool(links) or same_issue or bool(_name_words(first.creators) & _name_words(second.creators))


def _contradiction(first: Reference, second: Reference) -> str:
    """What speaks against one work although the titles are equal; ``""`` where nothing does."""
    one, two = ids_by_kind(first), ids_by_kind(second)
    for kind in ("arxiv", "isbn"):
        if one.get(kind) and two.get(kind) and not one[kind] & two[kind]:
            return f"the {_ID_NAMES[kind]} differs"
    if _no_creator_in_common(first, second):
        return "no creator is the same"
    if {first.type, second.type} & _BOOKS and {first.type, second.type} & _PAPERS:
        return "one is a book, the other a paper"
    strangers = not (_name_words(first.creators) & _name_words(second.creators))
    dois = one.get("doi"), two.get("doi")
    return "the DOI differs" if strangers and all(dois) and dois[0] != dois[1] else ""


def in_another_issue(first: Reference, second: Reference) -> bool:
    """Whether two references name two issues of one journal, and years or pages that differ as well.

    So do the columns of a journal that have one title in every issue, corrections and replies.
    """
    volumes = [each.extra.get("volume", "").strip() for each in (first, second)]
    issues = [each.extra.get("issue", "").strip() for each in (first, second)]
    pages = [re.findall(r"\w+", each.extra.get("page", "")) for each in (first, second)]
    if not all(volumes) or not (volumes[0] != volumes[1] or (all(issues) and issues[0] != issues[1])):
        return False
    years = first.year, second.year
    elsewhere = (all(years) and years[0] != years[1]) or (all(pages) and pages[0] != pages[1])
    from notes_tui.model.venue import short_venue

    venues = [short_venue(each.venue).casefold() for each in (first, second)]
    return elsewhere and bool(venues[0]) and venues[0] == venues[1]


_BOOKS = frozenset(("book", "thesis"))
_PAPERS = frozenset(("paper-conference", "article-journal"))


def _no_creator_in_common(first: Reference, second: Reference) -> bool:
    one, two = _name_words(first.creators), _name_words(second.creators)
    return bool(one and two and not one & two)


def _led_by_others(first: Reference, second: Reference) -> bool:
    """Whether both name creators, and the first of neither is among those of the other."""
    one, two = _name_words(first.creators), _name_words(second.creators)
    leads = _name_words(first.creators[:1]) & two | _name_words(second.creators[:1]) & one
    return bool(one and two) and not leads


def _name_words(creators: Iterable[Creator]) -> set[str]:
    words: set[str] = set()
    for creator in creators:
        if creator.family:
            words.update(
                word for word in normalise_title(creator.name).split() if len(word) > 1 or not word.isascii()
            )
    return words


_ID_NAMES = {
    "arxiv": "arXiv id",
    "doi": "DOI",
    "openreview": "OpenReview id",
    "acl": "ACL id",
    "isbn": "ISBN",
}


def _id_words(shared: list[str]) -> str:
    return " and ".join(_ID_NAMES[identifier.partition(":")[0]] for identifier in shared)


def match(reference: Reference, candidates: Iterable[Reference]) -> Match:
    """The candidate that is certainly the same work, and those that may be, in the order given."""
    same: list[tuple[int, Reference, str]] = []
    proposals: list[Proposal] = []
    for candidate in candidates:
        comparison = compare(reference, candidate)
        if comparison.verdict is Verdict.SAME:
            evidence = len(ids_of(reference) & ids_of(candidate)) * 2
            evidence += title_key(reference.title) == title_key(candidate.title)
            same.append((evidence, candidate, comparison.reason))
        elif comparison.verdict is Verdict.DOUBTFUL:
            proposals.append(Proposal(candidate, comparison.reason))
    if not same:
        return Match(None, "", tuple(proposals))
    best = max(same, key=lambda found: found[0])
    others = tuple(Proposal(found[1], found[2]) for found in same if found is not best)
    return Match(best[1], best[2], others + tuple(proposals))


def match_keys(reference: Reference) -> frozenset[str]:
    """Keys for an index of candidates: two references that are the same work share at least one."""
    keys = {f"title:{title_key(title)}" for title in (reference.title, _rest(reference)) if title_key(title)}
    return ids_of(reference) | keys


_INSIGNIFICANT = FUNCTION_WORDS | {"new", "novel", "approach", "toward", "towards", "one", "that", "this"}
_TRANSLITERATED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ŋ": "n"}
)


_LONGEST_NAME = 24
"""Letters of a short name that a citekey still takes whole."""


def _ascii_letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_TRANSLITERATED))
    return re.sub(r"[^a-z0-9]+", "", plain)


def _significant_words(title: str) -> list[str]:
    words = [_ascii_letters(word) for word in re.split(r"[\W_]+", title)]
    return [word for word in words if word and word not in _INSIGNIFICANT] or [word for word in words if word]


def make_citekey(reference: Reference, taken: Container[str]) -> str:
    """A citekey for the work that is not in ``taken``: small letters and digits, safe in BibTeX and file names.

    The short name and the year where there is a short name (``antman2020``); else the first creator's
    family name, the year and the first significant word of the title; else words of the title and
    the year. A title in letters without an ASCII form gives none: its venue and year make the key, so that
    ``大语言模型综述`` at OSDI is ``osdi2024``. A letter tells clashing keys apart.
    """
    year = "" if reference.year is None else str(reference.year)
    name = _ascii_letters(reference.title_short or split_short_name(reference.title)[0])
    words = _significant_words(reference.title)
    family = _ascii_letters(reference.creators[0].short) if reference.creators else ""
    if name and len(name) <= _LONGEST_NAME:
        stem = name + year
    elif family:
        stem = family[:24] + year + (words[0][:24] if words else "")
    else:
        named = reference.title.isascii() or not all(map(str.isdecimal, words))
        stem = ("".join(words[:3])[:40] if named else _ascii_letters(reference.venue)[:24]) or "item"
        stem += year
    suffix = 0
    while (key := stem + _suffix(suffix)) in taken:
        suffix += 1
    return key


def _suffix(number: int) -> str:
    """``""``, ``a``, ``b``, … ``z``, ``aa``, …"""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
