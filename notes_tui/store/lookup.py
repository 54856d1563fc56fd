"""Finding the item that is the same work as a reference, through the indexes: one rule for one and for many."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from notes_tui.model.candidates import CandidateKey, candidate_keys
from notes_tui.model.identifiers import ids_of
from notes_tui.model.identity import Match, match
from notes_tui.model.item import Item, Link, Reference
from notes_tui.store import bulk, items
from notes_tui.store.database import Row, Store


class Lookup:
    """Finds candidates; identifiers without an index are read once, when they are first asked for."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._others: Mapping[str, Sequence[int]] | None = None

    def candidates(self, keys: Sequence[Sequence[CandidateKey]]) -> dict[int, list[int]]:
        """Row ids of the items that answer to one of the keys of each reference, by its number; the trash too."""
        wanted = [(number, kind, key) for number, several in enumerate(keys) for kind, key in several]
        found = bulk.candidates(self.store, (each for each in wanted if each[1] != "other"))
        for number, kind, key in wanted:
            if kind == "other":
                known = found.get(number, [])
                new = [item_id for item_id in self._with_id(key) if item_id not in known]
                if new:
                    found[number] = known + new
        return found

    def _with_id(self, identifier: str) -> Sequence[int]:
        if self._others is None:
            others: dict[str, list[int]] = {}
            for row in self.store.rows(_WITH_OTHER_IDS):
                for each in ids_of(identified(row)):
                    others.setdefault(each, []).append(row["id"])
            self._others = others
        return self._others.get(identifier, ())


_WITH_OTHER_IDS = """SELECT id, type, title, title_short, doi, arxiv, links, extra FROM items WHERE links LIKE '%openreview.net/%'
    OR links LIKE '%acl%' OR doi LIKE '10.18653/%' OR doi LIKE '10.3115/%' OR extra LIKE '%"ISBN"%'"""


def identified(row: Row) -> Reference:
    """What identifies the item of a row: kind of work, titles, ids and links."""
    links = tuple(_links(row["links"]))
    extra = json.loads(row["extra"]) if '"ISBN"' in row["extra"] else {}
    return Reference(
        type=row["type"], title=row["title"], title_short=row["title_short"], doi=row["doi"], arxiv=row["arxiv"],
        links=links, extra=extra,
    )  # fmt: skip


def identified_items(store: Store) -> Iterator[tuple[int, Reference, str]]:
    """Every item outside the trash by what identifies it: row id, titles, ids and links, normalised title."""
    for row in store.rows(
        """SELECT id, type, title, title_short, title_key, doi, arxiv, links, extra FROM items
        WHERE trashed = '' ORDER BY id"""
    ):
        yield row["id"], identified(row), row["title_key"]


def _links(text: str) -> Iterator[Link]:
    for link in json.loads(text) if text != "[]" else ():
        yield Link(link["kind"], link["url"])


def candidate_ids(store: Store, reference: Reference) -> list[int]:
    """Row ids of items outside the trash that share an identifier, a normalised title or a key with a reference."""
    found = Lookup(store).candidates([candidate_keys(reference)]).get(0, [])
    return [item.item_id for item in items.by_ids(store, found, with_entries=False) if not item.trashed]


def matching(store: Store, reference: Reference) -> Match:
    """What the library knows of a reference: the same work, if one is certain, and doubtful ones."""
    return match(reference, items.by_ids(store, candidate_ids(store, reference)))


def same_work(store: Store, reference: Reference) -> int | None:
    """The row id of the item that certainly is this work."""
    same = matching(store, reference).same
    return same.item_id if isinstance(same, Item) else None


def with_address(store: Store, url: str) -> list[Item]:
    """Items outside the trash among whose links an address may stand; its scheme does not count."""
    part = url.partition("://")[2].removeprefix("www.").rstrip("/") or url
    rows = store.rows(
        "SELECT id FROM items WHERE trashed = '' AND instr(lower(links), lower(?)) > 0 ORDER BY id", (part,)
    )
    return items.by_ids(store, [row[0] for row in rows], with_entries=False)


def with_file(store: Store, path: str, sha256: str) -> int | None:
    """The row id of the item outside the trash that has a file attached, by its place or its content."""
    found = store.value(
        """SELECT a.item_id FROM attachments a JOIN items i ON i.id = a.item_id WHERE i.trashed = ''
        AND (a.path = ?1 OR (a.sha256 = ?2 AND a.sha256 <> '')) ORDER BY a.id LIMIT 1""",
        (path, sha256),
    )
    return found if isinstance(found, int) else None
