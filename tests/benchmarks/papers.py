"""Made-up papers with what readers do to them: reading over years, tags, notes, annotations.

The n-th paper of a seed is the same in a library of any size, but for its citekey and title where another
one had them first.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from notes_tui.model.item import Annotation, Creator, Link, Note, Reference
from tests.benchmarks import vocabulary as v

SEED = 2026
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
"""The day the library is looked at; nothing in it is younger."""
BEGINNING = datetime(2014, 1, 6, 9, tzinfo=UTC)
"""When its reader began to collect."""
AREAS = (
    "systems learning moe scheduling inference training storage databases networks vision language agents theory"
    " security compilers hardware robotics biology privacy methods"
).split()
STATUSES = ("unread", "queued", "reading", "read", "skimmed", "studied", "dropped")
_STATUS_WEIGHTS = (50, 10, 4, 24, 6, 2, 4)
_ROLES = (
    ("claim", "#ffd400"), ("method", "#5fb236"), ("result", "#2ea8e5"), ("question", "#ff6666"),
    ("definition", "#a28ae5"), ("todo", "#f19837"), ("quote", "#aaaaaa"), ("", "#ffd400"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a reader: ``kind`` and ``value`` as the store names them."""

    kind: str
    value: str
    page: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A reference and what its reader did with it."""

    reference: Reference
    added: datetime
    pages: int
    happenings: tuple[Happening, ...]
    tags: tuple[str, ...]
    notes: tuple[Note, ...]
    annotations: tuple[Annotation, ...]
    pdf: tuple[str, ...]
    """The text of the pages of its PDF, for the few that have one."""


def papers(number: int, seed: int = SEED) -> Iterator[Paper]:
    """So many papers, one at a time, each title and citekey once."""
    keys: set[str] = set()
    titles: set[str] = set()
    for place in range(number):
        paper = _paper(random.Random((seed << 32) + place))
        reference = paper.reference
        while reference.title.lower() in titles:
            reference = replace(reference, title=f"{reference.title} Revisited")
        titles.add(reference.title.lower())
        key = _free_key(reference, keys)
        keys.add(key.lower())
        yield replace(paper, reference=replace(reference, citekey=key))


def _free_key(reference: Reference, taken: set[str]) -> str:
    family = reference.creators[0].family or reference.creators[0].literal
    word = next(
        (word for word in reference.title.lower().replace(":", " ").split() if word.isalpha()), "paper"
    )
    stem = "".join(letter for letter in family.lower() if letter.isalpha()) + str(reference.year) + word
    key, number = stem, 1
    while key.lower() in taken:
        number += 1
        key = f"{stem}{number}"
    return key


def _paper(chance: random.Random) -> Paper:
    reference = _reference(chance)
    added = max(
        BEGINNING + (NOW - BEGINNING) * chance.betavariate(1.6, 1.1),
        datetime(reference.year or 2014, 1, 5, tzinfo=UTC),
    )
    pages = chance.choice((8, 10, 12, 13, 14, 16, 18, 24, 32))
    happenings = tuple(_happenings(chance, added, pages))
    notes = tuple(_notes(chance, added)) if chance.random() < 0.2 else ()
    marked = chance.random() < 0.1
    return Paper(
        reference=reference,
        added=added,
        pages=pages,
        happenings=happenings,
        tags=_tags(chance),
        notes=notes,
        annotations=tuple(_annotations(chance, added, pages)) if marked else (),
        pdf=tuple(_prose(chance, 320) for _ in range(6)) if chance.random() < 0.01 else (),
    )


def _reference(chance: random.Random) -> Reference:
    year = min(2026, max(1971, 2026 - int(chance.expovariate(1 / 6))))
    name = v.system_name(chance) if chance.random() < 0.35 else ""
    venue = v.venues().one(chance)
    arxiv = ""
    if venue == "arXiv" or chance.random() < 0.3:
        arxiv = f"{max(year, 2007) % 100:02}{chance.randint(1, 12):02}.{chance.randint(0, 29999):05}"
    doi = ""
    if venue != "arXiv" and chance.random() < 0.7:
        doi = f"10.1145/{chance.randint(1_000_000, 9_999_999)}.{chance.randint(1_000_000, 9_999_999)}"
    extra = {"page": f"{(first := chance.randint(1, 900))}-{first + 12}"} if doi else {}
    return Reference(
        type="article" if venue == "arXiv" else chance.choice(("paper-conference", "paper-conference", "article-journal")),
        title=f"{name}: {_title(chance)}" if name else _title(chance),
        title_short=name,
        creators=tuple(_creators(chance)),
        venue=venue,
        year=year,
        doi=doi,
        arxiv=arxiv,
        abstract=_prose(chance, chance.randint(90, 200)) if chance.random() < 0.4 else "",
        links=tuple(_links(chance, name, doi, arxiv)),
        extra=extra,
    )  # fmt: skip


_JOINTS = ("for", "with", "in", "via", "of", "on", "under", "and", "from", "without")


def _title(chance: random.Random) -> str:
    if chance.random() < 0.02:
        return "".join(v.chinese_words().draw(chance, chance.randint(6, 11)))
    words = v.title_words().draw(chance, max(3, round(chance.gauss(6.5, 1.8))))
    words = [word if word.isupper() else word[:1].upper() + word[1:] for word in words]
    place = chance.randint(2, len(words) - 1)
    return " ".join([*words[:place], chance.choice(_JOINTS), *words[place:]])


def _creators(chance: random.Random) -> Iterator[Creator]:
    for family in v.families().draw(chance, min(14, 1 + int(chance.expovariate(1 / 3.2)))):
        yield Creator(family, " ".join(f"{letter}." for letter in chance.choices("ABCDEHJKLMRSTXYZ", k=chance.choice((1, 1, 2)))))  # fmt: skip


def _links(chance: random.Random, name: str, doi: str, arxiv: str) -> Iterator[Link]:
    if doi:
        yield Link("paper", f"https://doi.org/{doi}")
    if arxiv:
        yield Link("paper", f"https://arxiv.org/abs/{arxiv}")
        yield Link("pdf", f"https://arxiv.org/pdf/{arxiv}")
    if chance.random() < 0.15:
        yield Link("code", f"https://github.com/example/{(name or 'code').lower()}-{chance.randint(1, 9999)}")


def _happenings(chance: random.Random, added: datetime, pages: int) -> Iterator[Happening]:
    """What a reader did, in its order, between the arrival and :data:`NOW`."""
    status = chance.choices(STATUSES, _STATUS_WEIGHTS)[0]
    at = added
    for value in _way_to(status, chance):
        at += (NOW - at) * chance.random() * 0.5
        yield Happening("status", value, None, at)
        if value == "reading":
            for page in sorted(chance.sample(range(2, pages + 1), chance.randint(1, 3))):
                at += (NOW - at) * chance.random() * 0.05
                yield Happening("progress", "", page, at)
    if status in ("read", "skimmed", "studied"):
        if chance.random() < 0.6:
            yield Happening("opened", "pdf", None, at)
        if chance.random() < 0.5:
            at += timedelta(minutes=chance.randint(1, 90)) if at + timedelta(hours=2) < NOW else timedelta()
            yield Happening("rating", str(chance.choices(range(1, 6), (1, 3, 8, 7, 3))[0]), None, at)


def _way_to(status: str, chance: random.Random) -> tuple[str, ...]:
    if status == "unread":
        return ()
    if status in ("queued", "skimmed"):
        return (status,)
    return (
        ("queued", status)
        if chance.random() < 0.4
        else ("queued", "reading", status)[-chance.randint(1, 3) :]
    )


def _tags(chance: random.Random) -> tuple[str, ...]:
    if chance.random() > 0.35:
        return ()
    tags = []
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4))):
        area = AREAS[min(int(chance.expovariate(1 / 5)), len(AREAS) - 1)]
        under = v.RESEARCH_WORDS[min(int(chance.expovariate(1 / 4)), 24)]
        tags.append(area if chance.random() < 0.4 else f"{area}/{under}")
    return tuple(dict.fromkeys(tags))


def _annotations(chance: random.Random, added: datetime, pages: int) -> Iterator[Annotation]:
    for _ in range(chance.randint(1, 12)):
        role, color = chance.choice(_ROLES)
        page = chance.randint(1, pages)
        said = chance.random()
        comment = ""
        if said < 0.4:
            comment = _chinese(chance, 12) if said < 0.2 else _prose(chance, 12)
        yield Annotation(
            id=f"{chance.getrandbits(40):010x}", kind="highlight", page=page, page_label=str(page),
            quote=_prose(chance, chance.randint(8, 45)), comment=comment, role=role, color=color,
            created=(added + (NOW - added) * chance.random()).isoformat(timespec="seconds"),
        )  # fmt: skip


def _notes(chance: random.Random, added: datetime) -> Iterator[Note]:
    """The main note, and now and then another; half of them Chinese."""
    chinese = chance.random() < 0.5
    titles = ["", *(["Meeting"] if chance.random() < 0.1 else [])]
    for title in titles:
        at = (added + (NOW - added) * chance.random()).isoformat(timespec="seconds")
        body = _chinese_note(chance) if chinese else _english_note(chance)
        yield Note(title, body, created=at, modified=at)


def _english_note(chance: random.Random) -> str:
    words = v.title_words().draw(chance, 6)
    parts = [
        "## Summary", _prose(chance, chance.randint(30, 90)),
        "## Method", *(f"- **{word}**: {_prose(chance, chance.randint(6, 18))}" for word in words[:4]),
        f"The cost is $O(n \\log n)$ in the number of {words[4]}s, see `{words[5]}()`.",
        f"> {_prose(chance, 25)}",
        "## Open questions", f"- [ ] {_prose(chance, 10)}\n- [x] {_prose(chance, 8)}",
    ]  # fmt: skip
    if chance.random() < 0.2:
        parts.append(f"```python\nfor {words[0]} in range(8):\n    step({words[0]})\n```")
    return "\n\n".join(parts[: chance.randint(2, len(parts))]) + "\n"


def _chinese_note(chance: random.Random) -> str:
    name = v.system_name(chance)
    parts = [
        "## 摘要", _chinese(chance, chance.randint(30, 80)),
        f"**注意：**{name} 与{_chinese(chance, 10)}",
        "## 方法", *(f"{place}. {_chinese(chance, chance.randint(8, 20))}" for place in range(1, 4)),
        f"> {_prose(chance, 15)}",
        "## 问题", f"- [ ] {_chinese(chance, 9)}\n- [x] {_chinese(chance, 7)}",
    ]  # fmt: skip
    return "\n\n".join(parts[: chance.randint(2, len(parts))]) + "\n"


def _prose(chance: random.Random, number: int) -> str:
    """Sentences of so many words in all."""
    words = v.prose_words().draw(chance, number)
    place = 0
    while place < number:
        words[place] = words[place].capitalize()
        end = min(place + chance.randint(9, 26), number)
        words[end - 1] += "."
        if end - place > 14:
            words[place + 6] += ","
        place = end
    return " ".join(words)


def _chinese(chance: random.Random, number: int) -> str:
    """Chinese sentences of so many words in all, an English one among them here and there."""
    words = v.chinese_words().draw(chance, number)
    for place in range(5, number, 9):
        words[place] += chance.choice("，，。；")
        if chance.random() < 0.2:
            words[place] += f" {v.title_words().one(chance)} "
    return "".join(words) + "。"
