"""Lists that live: a newer state of a list comes in, and what is new, gone or elsewhere waits in an inbox.

Nothing but the collection changes: no item, note or status goes with an entry that its list dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from notes_tui.errors import InvalidValueError, UnreadableFileError
from notes_tui.model.joining import address_key
from notes_tui.model.list_news import NEWS_KINDS, ListedEntry, News, news_between
from notes_tui.model.reading_list import ReadingList
from notes_tui.model.report import ImportReport
from notes_tui.model.text import one_line
from notes_tui.services import importing, list_importing, reading
from notes_tui.services.importing import ImportOptions
from notes_tui.services.sources import read_source
from notes_tui.services.wording import count_of
from notes_tui.settings import BUNDLED, STATUS_NAMES, bundled_texts
from notes_tui.store import collections, inbox, items
from notes_tui.store.bulk import PlacedEntry
from notes_tui.store.collections import Collection
from notes_tui.store.database import Store

Download = Callable[[str], tuple[str, str]]
"""Gives the text at an address, and the name of the file it is."""
_LARGE = 500


@dataclass(frozen=True, slots=True)
class ListUpdate:
    """What an update did to the library, and what happened to the list."""

    report: ImportReport
    news: tuple[News, ...]
    citekeys: dict[int, str]

    def as_dict(self) -> dict[str, object]:
        """The shape of ``import --json`` with a list for each kind of news.

        An entry that went to another section stands under ``moved`` and under ``resectioned``.
        """
        by_kind: dict[str, object] = {
            kind: [each.as_dict(self.citekeys.get(each.item_id)) for each in self.news if _is_of(each, kind)]
            for kind in NEWS_KINDS
        }
        return self.report.as_dict() | by_kind


def _is_of(news: News, kind: str) -> bool:
    if kind == "resectioned":
        return news.kind in ("resectioned", "retitled") and news.was_section != news.section
    return news.kind == kind or (kind == "moved" and news.crossed)


class _DryRunError(Exception):
    """Ends a step that is not to be kept."""


def is_address(source: str) -> bool:
    """Whether a source is to be asked from the network."""
    return source.lower().startswith(("http://", "https://"))


def update(
    store: Store, slug: str, source: str = "", options: ImportOptions | None = None,
    *, download: Download | None = None,
) -> ListUpdate:  # fmt: skip
    """Bring a collection up to a newer state of its list, as one undo step; what happened goes to its inbox.

    ``source`` is a file or an address; without one it is where the list came from, or the state of a bundled list
    that came with the program. Raises :class:`UnknownCollectionError`, :class:`InvalidValueError` where no source is
    known, :class:`UnreadableFileError` for what is no list, and what ``download`` raises.
    """
    collection = collections.by_slug(store, slug)
    options = replace(options or ImportOptions(), collection=collection.slug)
    source = source or _own_source(collection)
    name, listed = _reading(collection, source, options, download)
    if len(listed.entries) >= _LARGE and not options.dry_run:
        store.take_snapshot("import")
    done: ListUpdate | None = None
    try:
        with store.step("") as step:
            done = _take_in(store, collection, listed, name, options)
            if is_address(source) and collection.source != source:
                collections.update(store, collection.collection_id, {"source": source})
            step.label = done.report.label = _label(collection, done.news)
            if options.dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    if done is None:
        raise InvalidValueError(f"{slug}: nothing was read", hint="try again")
    return done


def _own_source(collection: Collection) -> str:
    if collection.slug in BUNDLED:
        return ""
    if is_address(collection.source):
        return collection.source
    raise InvalidValueError(
        f"{collection.slug}: where its list lies now is not known",
        hint="`notes-tui collection update SLUG FILE` names the newer file or address",
    )


def _reading(
    collection: Collection, source: str, options: ImportOptions, download: Download | None
) -> tuple[str, ReadingList]:
    if not source:
        name, text = next(each for each in bundled_texts() if each[0].startswith(f"{collection.slug}."))
    elif is_address(source):
        if download is None:
            raise InvalidValueError(f"{source}: it is an address", hint="save the list and name the file")
        text, name = download(source)
    else:
        name, text = source, read_source(Path(source))
    listed = importing.read_text(text, file=name, format=options.format)
    if not isinstance(listed, ReadingList):
        raise UnreadableFileError(f"{name}: it is no reading list", hint="`notes-tui import FILE` takes it")
    if not listed.entries:
        raise UnreadableFileError(f"{name}: no entry in it was understood", hint="check that it is the list")
    return name, listed


def _take_in(
    store: Store, collection: Collection, listed: ReadingList, name: str, options: ImportOptions
) -> ListUpdate:
    before, marks = list_importing.listed_entries(store, collection.slug)
    titles = _listed(store, before)
    report = importing.bring_in(store, listed, file=name, options=replace(options, dry_run=False))
    after, _ = list_importing.listed_entries(store, collection.slug)
    news = news_between(titles, _listed(store, after), lambda entry: list_importing.mark_of(entry) in marks)
    inbox.put(store, collection.collection_id, news)
    return ListUpdate(report, tuple(news), _citekeys(store, news))


def _listed(store: Store, placed: Sequence[PlacedEntry]) -> list[ListedEntry]:
    found = items.by_ids(store, list({each.item_id for each in placed}), with_entries=False)
    links = {item.item_id: frozenset(address_key(link.url) for link in item.links) for item in found}
    return [
        ListedEntry(
            item_id=each.item_id, title=each.entry.title, text=each.entry.text, section=each.entry.section,
            position=each.entry.position, addresses=links.get(each.item_id, frozenset()),
        )
        for each in placed
    ]  # fmt: skip


def _citekeys(store: Store, news: Sequence[News]) -> dict[int, str]:
    found = items.by_ids(store, list({each.item_id for each in news}), with_entries=False)
    return {item.item_id: item.citekey for item in found}


def _label(collection: Collection, news: Sequence[News]) -> str:
    return f"{one_line(collection.title)} updated: {news_words(news)}"


def news_words(news: Sequence[News]) -> str:
    """News in a few words: ``3 new, 1 gone``."""
    names = dict(zip(NEWS_KINDS, ("new", "gone", "moved", "retitled", "re-sectioned"), strict=True))
    numbers = {kind: sum(each.kind == kind for each in news) for kind in NEWS_KINDS}
    return (
        ", ".join(f"{numbers[kind]} {names[kind]}" for kind in NEWS_KINDS if numbers[kind]) or "nothing new"
    )


@dataclass(frozen=True, slots=True)
class ListInbox:
    """What has not been seen of one list."""

    slug: str
    title: str
    news: tuple[News, ...]
    citekeys: dict[int, str]

    def as_dict(self) -> dict[str, object]:
        """``{slug, title, news}``, each of the news with its ``kind`` and ``at``."""
        return {
            "slug": self.slug, "title": self.title,
            "news": [
                {"kind": each.kind, "at": each.at} | each.as_dict(self.citekeys.get(each.item_id)) for each in self.news
            ],
        }  # fmt: skip


def unseen(store: Store, slug: str = "") -> list[ListInbox]:
    """The inbox of one list, or of all that have anything in it. Raises :class:`UnknownCollectionError`."""
    slugs = [collections.by_slug(store, slug).slug] if slug else list(inbox.counts(store))
    found: list[ListInbox] = []
    for each in slugs:
        collection = collections.by_slug(store, each)
        news = inbox.of_collection(store, collection.collection_id)
        found.append(ListInbox(collection.slug, collection.title, tuple(news), _citekeys(store, news)))
    return found


def unseen_counts(store: Store) -> dict[str, int]:
    """How much has not been seen, by the slug of the list."""
    return inbox.counts(store)


def mark_seen(store: Store, news_ids: Sequence[int]) -> tuple[int, str]:
    """Take news out of the inbox; nothing else changes. Returns how many, and the change in words."""
    with store.step("") as step:
        number = inbox.remove(store, news_ids)
        step.label = f"{count_of(number, 'change')} of lists seen"
        return number, step.label


def settle(
    store: Store, news: Sequence[News], status: str = "", *, allowed: Sequence[str] = STATUS_NAMES
) -> tuple[int, str]:
    """Give the items of some news a read status, if one is named, and count the news as seen; one undo step.

    Returns how many news there were, and the change in words. Raises :class:`InvalidValueError` for a status that is
    not ``allowed``.
    """
    with store.step("") as step:
        if status:
            reading.mark(
                store, status, list({each.item_id for each in news if each.item_id}), allowed=allowed
            )
        number = inbox.remove(store, [each.news_id for each in news])
        told = f"{status}: " if status else "seen: "
        named = one_line(news[0].title) if len(news) == 1 else count_of(number, "change")
        step.label = f"{told}{named}"
        return number, step.label
