"""Make a realistic library of any size: ``python -m tests.benchmarks.generate HOME --papers 100000 [--bib FILE]``.

Papers come from :mod:`tests.benchmarks.papers`: titles, creators and venues as unevenly frequent as in
life, two fifths with abstracts, half with a reading history, a third with tags, a fifth with notes (half
of those Chinese), a tenth with annotations, one in a hundred with the text of a PDF. They stand in reading
lists with sections. The same number and seed give the same library, byte for byte in its dump.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path

from notes_tui.formats import bibtex
from notes_tui.model.item import Entry, Item, Reference
from notes_tui.services.home import init_home, open_home
from notes_tui.settings import Home
from notes_tui.store import attachments, bulk, collections, derived, events, notes, pdf_pages, search
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store
from tests.benchmarks import vocabulary
from tests.benchmarks.papers import NOW, SEED, Paper, papers

_BATCH = 5_000
_MACHINE = "00000000000000000001"


def generate(home: Path, number: int, seed: int = SEED, bib: Path | None = None) -> None:
    """Make a home with so many papers, and a bibliography of them; every row is in the search index."""
    place = Home(home)
    init_home(place, empty=True)
    references: list[Reference] = []
    with open_home(place) as store:
        store.clock = lambda: NOW
        store.run("PRAGMA synchronous=OFF")
        made = papers(number, seed)
        with store.transaction():
            store.run("INSERT OR REPLACE INTO meta VALUES ('machine', ?)", (_MACHINE,))
            while batch := list(islice(made, _BATCH)):
                _store(store, home, batch, seed)
                if bib is not None:
                    references += (paper.reference for paper in batch)
            _lists(store, number, seed)
            derived.refresh_items(store, range(1, number + 1))
            derived.refresh_order(store)
        search.refresh(store)
        store.run("PRAGMA wal_checkpoint(TRUNCATE)")
    if bib is not None:
        bib.write_text(bibtex.write(references), encoding="utf-8")


def _store(store: Store, home: Path, batch: Sequence[Paper], seed: int) -> None:
    """Put papers in, whose row ids follow on those that are there."""
    first = bulk.next_item_id(store)
    numbered = list(enumerate(batch, first))
    bulk.insert_rows(store, [bulk.row_of(_item(item_id, paper)) for item_id, paper in numbered])
    store.run_many(
        "UPDATE items SET uid = ?, added = ?, pages = ? WHERE id = ?",
        (
            (_uid(seed, "item", item_id), paper.added.isoformat(timespec="seconds"), paper.pages, item_id)
            for item_id, paper in numbered
        ),
    )
    bulk.add_tags(store, ((item_id, tag) for item_id, paper in numbered for tag in paper.tags))
    events.insert_known(store, _events(numbered, seed))
    for item_id, paper in numbered:
        for note in paper.notes:
            notes.put_known(store, item_id, note)
        for annotation in paper.annotations:
            notes.put_annotation(store, item_id, annotation)
        if paper.pdf:
            _attach(store, home, item_id, paper)


def _item(item_id: int, paper: Paper) -> Item:
    reference = paper.reference
    return Item(
        item_id=item_id, citekey=reference.citekey, type=reference.type, title=reference.title,
        title_short=reference.title_short, creators=reference.creators, venue=reference.venue, year=reference.year,
        doi=reference.doi, arxiv=reference.arxiv, abstract=reference.abstract, links=reference.links,
        extra=reference.extra,
    )  # fmt: skip


def _uid(seed: int, *parts: object) -> str:
    return hashlib.sha256(repr((seed, *parts)).encode()).hexdigest()[:20]


def _events(
    numbered: Sequence[tuple[int, Paper]], seed: int
) -> Iterator[tuple[str, int, str, str, int | None, str, str, str]]:
    for item_id, paper in numbered:
        for place, each in enumerate(paper.happenings):
            recorded = (each.at + timedelta(microseconds=place)).isoformat(timespec="microseconds")
            at = each.at.isoformat(timespec="seconds")
            yield (
                _uid(seed, item_id, place),
                item_id,
                each.kind,
                each.value,
                each.page,
                at,
                recorded,
                _MACHINE,
            )


def _attach(store: Store, home: Path, item_id: int, paper: Paper) -> None:
    """Attach bytes that stand for a PDF; the text of its pages is in the store already, so nothing reads them."""
    content = b"%PDF-1.4\n" + "\n\f".join(paper.pdf).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    path = home.resolve() / "attachments" / f"{paper.reference.citekey}.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    attachments.put(
        store,
        AttachedFile(
            item_id=item_id, path=str(path), kind="pdf", sha256=sha256, extra={"pages": len(paper.pdf)}
        ),
    )  # fmt: skip
    pdf_pages.put(store, sha256, enumerate(paper.pdf, 1))


def _lists(store: Store, number: int, seed: int) -> None:
    """Reading lists with sections: the first the largest, all together a quarter as many entries as papers."""
    chance = random.Random(seed)
    count = 3 + round(number**0.25)
    whole = sum(1 / (place + 1) for place in range(count))
    titles = dict(store.tuples("SELECT id, title FROM items"))
    for place in range(count):
        size = max(1, round(number / 4 / whole / (place + 1)))
        title = " ".join(word.capitalize() for word in vocabulary.title_words().draw(chance, 2))
        sections = _sections(chance, 2 + round(size**0.4))
        collection_id = collections.insert(
            store, slug=f"list-{place + 1}-{title.lower().replace(' ', '-')}", title=f"Awesome {title}",
            kind="own" if place % 4 == 3 else "list", sections=sections,
        )  # fmt: skip
        chosen = chance.sample(range(1, number + 1), min(size, number))
        ends = sorted(chance.choices(range(size), k=len(sections) - 1))
        entries = [
            (
                item_id,
                Entry("", sections[sum(end < nth for end in ends)], nth, titles[item_id], titles[item_id]),
            )
            for nth, item_id in enumerate(chosen, 1)
        ]
        collections.append_entries(store, collection_id, entries)


def _sections(chance: random.Random, number: int) -> list[tuple[str, ...]]:
    """Heading paths; every third is one deeper than the one before it."""
    paths: list[tuple[str, ...]] = []
    for place in range(number):
        words = " ".join(word.capitalize() for word in vocabulary.title_words().draw(chance, 2))
        above = paths[-1][:1] if place % 3 and paths else ()
        paths.append((*above, f"{words} {place + 1}"))
    return paths


def main() -> None:
    """Read the command line and make the library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="a folder that is not there yet or is empty")
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--bib", type=Path, help="write the same library as BibTeX, too")
    options = parser.parse_args()
    if (options.home / "notes.db").exists():
        parser.error(f"{options.home} holds a library already")
    started = time.perf_counter()
    generate(options.home, options.papers, options.seed, options.bib)
    size = (options.home / "notes.db").stat().st_size / 1e6
    print(f"{options.papers:,} papers, {size:.0f} MB, in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
