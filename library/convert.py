"""Makes the bundled library from the documents its lists come from: ``convert.py FOLDER``.

Every document in the folder is read as any reading list is. The corrections that stand in the library
files are applied to what was read, works that are certainly the same are united over all lists, and the
files are written again: with the same documents and corrections, byte for byte the same files.
Where lists contradict each other and no correction settles it, nothing is written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from notes_tui.formats import library_yaml, reading_list
from notes_tui.model.identity import Verdict, compare, make_citekey, match_keys, split_short_name, title_key
from notes_tui.model.item import Creator, Link, Reference
from notes_tui.model.links import kind_of
from notes_tui.model.reading_list import Correction, ListEntry, ReadingList
from notes_tui.model.venue import is_preprint, type_for_venue


class ConversionError(Exception):
    """The documents and the corrections do not fit together."""


@dataclass(slots=True, eq=False)
class Told:
    """One entry of a list as corrected, with the work it belongs to once that is known."""

    slug: str
    position: int
    entry: ListEntry
    item: str = ""
    """The citekey that a correction gives."""
    settled: frozenset[str] = frozenset()
    """Fields that a correction has settled: they beat what other lists say."""
    work: list[Told] = field(default_factory=list)


# --- corrections ------------------------------------------------------------------------------------


def correct(entry: ListEntry, corrections: Sequence[Correction], source: str) -> Told:
    """The entry with its corrections applied; each must quote what the source says there."""
    reference, item = entry.reference, ""
    for one in corrections:
        if one.was and one.was not in source and one.was not in _values(reference, one.field):
            raise ConversionError(f"entry {one.entry}: the source does not say “{one.was}”")
        if one.field == "item":
            item = one.now
        else:
            reference = _corrected(reference, one)
    settled = frozenset(one.field for one in corrections)
    return Told("", 0, replace(entry, reference=reference), item, settled)


def _values(reference: Reference, name: str) -> Sequence[str]:
    value = getattr(reference, name, "")
    return [value] if isinstance(value, str) else [str(value)]


_TEXTS: Mapping[str, Callable[[Reference, str], Reference]] = {
    "title": lambda reference, now: replace(reference, title=now),
    "title_short": lambda reference, now: replace(reference, title_short=now),
    "venue": lambda reference, now: replace(reference, venue=now),
    "doi": lambda reference, now: replace(reference, doi=now),
    "arxiv": lambda reference, now: replace(reference, arxiv=now),
    "type": lambda reference, now: replace(reference, type=now),
}


def _corrected(reference: Reference, one: Correction) -> Reference:
    if one.field in _TEXTS:
        return _TEXTS[one.field](reference, one.now)
    if one.field == "year":
        return replace(reference, year=int(one.now))
    if one.field == "creators":
        return replace(reference, creators=_corrected_creators(reference.creators, one))
    if one.field == "links":
        return replace(reference, links=_corrected_links(reference.links, one))
    raise ConversionError(f"entry {one.entry}: no field “{one.field}”")


def _corrected_creators(creators: tuple[Creator, ...], one: Correction) -> tuple[Creator, ...]:
    right = tuple(Creator.from_name(name) for name in one.now.split("; "))
    kept = [creator for creator in creators if creator.name != one.was]
    if all(creator in kept for creator in right):
        return tuple(kept)
    place = next((place for place, creator in enumerate(creators) if creator.name == one.was), len(kept))
    return (*kept[:place], *right, *kept[place:])


def _corrected_links(links: tuple[Link, ...], one: Correction) -> tuple[Link, ...]:
    corrected = []
    for link in links:
        if link.url != one.was:
            corrected.append(link)
        elif one.now:
            corrected.append(Link(kind_of(one.now, link.kind), one.now))
    return tuple(corrected)


# --- uniting ----------------------------------------------------------------------------------------


def unite(told: Sequence[Told]) -> list[list[Told]]:
    """The entries of each work together: by certain sameness, and by the citekeys of corrections."""
    for one in told:
        one.work = [one]
    by_key: dict[str, list[Told]] = {}
    for one in told:
        for key in sorted(match_keys(one.entry.reference)):
            for other in by_key.setdefault(key, []):
                same = compare(one.entry.reference, other.entry.reference).verdict is Verdict.SAME
                if same and not (one.item and other.item and one.item != other.item):
                    _join(one, other)
            by_key[key].append(one)
    by_item: dict[str, Told] = {}
    for one in told:
        if one.item:
            _join(by_item.setdefault(one.item, one), one)
    order = {one: place for place, one in enumerate(told)}
    works = {id(one.work): one.work for one in told}
    for work in works.values():
        work.sort(key=order.__getitem__)
        if len({one.item for one in work if one.item}) > 1:
            raise ConversionError(f"two citekeys for {work[0].entry.title}")
    return list(works.values())


def _join(first: Told, second: Told) -> None:
    if first.work is not second.work:
        first.work.extend(second.work)
        for one in second.work:
            one.work = first.work


def merged(work: Sequence[Told]) -> Reference:
    """The best of what the lists say about one work."""
    told = [one.entry.reference for one in work]
    at = _best_venue(work)
    place = told[at]
    title = _best_title(work)
    creators = max((one.creators for one in told), key=len)
    extra = dict(place.extra)
    extra.pop("et-al", None)
    if any(one.creators == creators and "et-al" in one.extra for one in told):
        extra["et-al"] = "yes"
    return Reference(
        citekey=next((one.item for one in work if one.item), ""),
        type=_type(work, place),
        title=title,
        title_short=_best_name(work, title),
        creators=creators,
        venue=place.venue,
        year=_year(work, place),
        doi=_only(work, "doi", [one.doi for one in told]),
        arxiv=_only(work, "arxiv", [one.arxiv for one in told]),
        links=_united_links(told),
        extra=extra,
    )


def _type(work: Sequence[Told], place: Reference) -> str:
    types = [one.entry.reference.type for one in work]
    settled = [kind for kind, one in zip(types, work, strict=True) if "type" in one.settled]
    papers = [kind for kind in types if kind != "software"]
    if settled or not papers:
        return (settled or types)[0]
    return type_for_venue(place.venue) if place.venue else papers[0]


def _rank(venue: str) -> int:
    if not venue:
        return 0
    return 1 if is_preprint(venue) else 2 if venue.endswith(" Workshop") else 3


def _best_venue(work: Sequence[Told]) -> int:
    """Place of the entry whose venue counts: settled by hand, else published before workshop before preprint."""
    ranks = [_rank(one.entry.reference.venue) + 10 * ("venue" in one.settled) for one in work]
    best = [place for place, rank in enumerate(ranks) if rank == max(ranks)]
    _only(work, "venue", [work[place].entry.reference.venue for place in best])
    details = [place for place in best if set(work[place].entry.reference.extra) - {"et-al"}]
    return (details or best)[0]


def _year(work: Sequence[Told], place: Reference) -> int | None:
    same_venue = [one for one in work if one.entry.reference.venue == place.venue]
    hand = [one for one in same_venue if "year" in one.settled]
    years = {one.entry.reference.year for one in (hand or same_venue)} - {None}
    if len(years) > 1:
        raise ConversionError(
            f"{work[0].entry.title}: {place.venue} in {', '.join(map(str, sorted(filter(None, years))))}"
        )
    return next(iter(years), None) or next(
        (one.entry.reference.year for one in work if one.entry.reference.year), None
    )


def _only(work: Sequence[Told], name: str, values: Iterable[str]) -> str:
    """The one value that all lists which tell it agree on."""
    told = dict.fromkeys(filter(None, values))
    if len(told) > 1:
        raise ConversionError(f"{work[0].entry.title}: {name} is {' or '.join(told)}")
    return next(iter(told), "")


def _best_title(work: Sequence[Told]) -> str:
    """The title settled by hand, else the fullest in the capitals of titles."""
    hand = [one.entry.reference.title for one in work if "title" in one.settled]
    return hand[0] if hand else max((one.entry.reference.title for one in work), key=_quality)


def _quality(title: str) -> tuple[bool, bool, float]:
    name, rest = split_short_name(title)
    words = [word for word in rest.split() if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words) / len(words) if words else 0.0
    return len(title.split()) > 2, bool(name), capitals


def _best_name(work: Sequence[Told], title: str) -> str:
    hand = [one.entry.reference.title_short for one in work if "title_short" in one.settled]
    prefix = split_short_name(title)[0]
    if hand or prefix:
        return hand[0] if hand else prefix
    names = [one.entry.reference.title_short for one in work]
    bare = [one.entry.reference.title for one in work if len(one.entry.reference.title.split()) <= 2]
    return next((name for name in (*names, *bare) if name), "")


def _united_links(told: Iterable[Reference]) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    for reference in told:
        for link in reference.links:
            links.setdefault(link.url, link)
    return tuple(links.values())


# --- the whole --------------------------------------------------------------------------------------


def name_works(works: Sequence[Sequence[Told]]) -> dict[int, Reference]:
    """The united reference of every work, with citekey and relations, by the identity of the work."""
    references = [merged(work) for work in works]
    taken = {reference.citekey for reference in references if reference.citekey}
    for place, reference in enumerate(references):
        if not reference.citekey:
            references[place] = replace(reference, citekey=make_citekey(reference, taken))
            taken.add(references[place].citekey)
    return {
        id(work): _related(reference, references) for work, reference in zip(works, references, strict=True)
    }


def _related(reference: Reference, others: Iterable[Reference]) -> Reference:
    """The reference with its relations: a piece of software and a paper of the same name."""
    name = title_key(reference.title_short)
    related = [
        other.citekey
        for other in others
        if name
        and title_key(other.title_short) == name
        and {other.type == "software", reference.type == "software"} == {True, False}
    ]
    return replace(reference, related=tuple(related))


def convert(documents: Mapping[str, str], files: Mapping[str, str]) -> dict[str, str]:
    """New texts of library files, from the documents by name and the present files by slug."""
    present = {slug: library_yaml.read(text, file=f"{slug}.yaml") for slug, text in files.items()}
    sources = _by_slug(documents)
    missing = [slug for slug in present if slug not in sources]
    if missing:
        raise ConversionError(f"no document for {', '.join(missing)}")
    told = [one for slug in present for one in _told(slug, *sources[slug], present[slug].corrections)]
    works = unite(told)
    references = name_works(works)
    result = {}
    for slug, library in present.items():
        read = sources[slug][0]
        entries = [replace(one.entry, reference=references[id(one.work)]) for one in told if one.slug == slug]
        united = replace(
            read,
            slug=slug,
            title=library.title or read.title,
            description=library.description or read.description,
            source=library.source or (read.source if "://" in read.source else ""),
            entries=tuple(entries),
            corrections=library.corrections,
        )
        result[slug] = library_yaml.write(united)
    return result


def _by_slug(documents: Mapping[str, str]) -> dict[str, tuple[ReadingList, str]]:
    found = {}
    for name, text in documents.items():
        read = reading_list.read(text, file=name)
        found[read.slug] = (read, reading_list.markdown_of(text, file=name))
    return found


def _told(slug: str, read: ReadingList, source: str, corrections: Sequence[Correction]) -> list[Told]:
    lines = source.split("\n")
    ends = [entry.line or 0 for entry in read.entries[1:]] + [len(lines) + 1]
    told = []
    for position, (entry, end) in enumerate(zip(read.entries, ends, strict=True), 1):
        start = (entry.line or 1) - 1
        words = "\n".join(lines[start : end - 1])
        one = correct(entry, [c for c in corrections if c.entry == position], words)
        told.append(replace(one, slug=slug, position=position))
    beyond = [c.entry for c in corrections if not 1 <= c.entry <= len(told)]
    if beyond:
        raise ConversionError(f"{slug}: no entry {beyond[0]} to correct")
    return told


def main(arguments: Sequence[str], say: Callable[[str], object] = print) -> int:
    """Convert the documents of a folder into the library files beside this script."""
    if len(arguments) != 1:
        say("usage: convert.py FOLDER_OF_DOCUMENTS")
        return 2
    here = Path(__file__).parent
    documents = {
        path.name: path.read_text("utf-8") for path in sorted(Path(arguments[0]).iterdir()) if path.is_file()
    }
    files = {path.stem: path.read_text("utf-8") for path in (here / f"{slug}.yaml" for slug in ORDER)}
    try:
        converted = convert(documents, files)
    except ConversionError as error:
        say(f"error: {error}")
        return 1
    for slug, text in converted.items():
        if text != files[slug]:
            (here / f"{slug}.yaml").write_text(text, "utf-8", newline="\n")
            say(f"{slug}: written")
        else:
            say(f"{slug}: unchanged")
    return 0


ORDER = ("research-space", "awesome-distributed-ml", "training-system", "awesome-auto-parallelism")
"""The lists in the order in which their words for a work are preferred."""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
