"""``duplicates``: pairs of items that may be one work, with reasons; what was said to be different stays so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from notes_tui.errors import InvalidValueError
from notes_tui.model.blocking import likely_pairs, outline_of
from notes_tui.model.identity import Verdict, scored
from notes_tui.model.item import Item
from notes_tui.services.wording import count_of, name_of
from notes_tui.store import items, lookup, merging
from notes_tui.store.database import Store

_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two items that may be one work."""

    item: Item
    """The one with more on it: the one to keep, if nothing speaks for the other."""
    candidate: Item
    reason: str
    score: float
    """From 0 to 1, how much speaks for one work; 1 where it is certain."""
    certain: bool
    """Whether an import would have joined the two."""

    def as_dict(self) -> dict[str, object]:
        """``{citekey, candidate, reason, score, certain, title, candidate_title}``."""
        return {
            "citekey": self.item.citekey, "candidate": self.candidate.citekey, "reason": self.reason,
            "score": self.score, "certain": self.certain, "title": self.item.title or None,
            "candidate_title": self.candidate.title or None,
        }  # fmt: skip


def find(store: Store, check: Callable[[], object] = lambda: None) -> list[Duplicate]:
    """Pairs outside the trash that may be one work, the likeliest first; none that was said to be two works.

    ``check`` is called again and again meanwhile, and may end it by raising.
    """
    outlines = [
        outline_of(item_id, reference, normal)
        for item_id, reference, normal in lookup.identified_items(store)
    ]
    pairs = sorted(likely_pairs(outlines, check) - merging.pairs_apart(store))
    found: list[Duplicate] = []
    for start in range(0, len(pairs), _CHUNK):
        check()
        found += _compared(store, pairs[start : start + _CHUNK])
    return sorted(
        found, key=lambda each: (-each.score, each.item.citekey.lower(), each.candidate.citekey.lower())
    )


def _compared(store: Store, pairs: Sequence[tuple[int, int]]) -> list[Duplicate]:
    ids = list(dict.fromkeys(item_id for pair in pairs for item_id in pair))
    chosen = {item.item_id: item for item in items.by_ids(store, ids, with_entries=False)}
    found: list[Duplicate] = []
    for low, high in pairs:
        comparison = scored(chosen[low], chosen[high])
        if comparison.verdict is not Verdict.DIFFERENT:
            keep, other = sorted((chosen[low], chosen[high]), key=_weight)
            certain = comparison.verdict is Verdict.SAME
            found.append(Duplicate(keep, other, comparison.reason, comparison.score, certain))
    return found


def _weight(item: Item) -> tuple[int, int, int]:
    """Places first what people wrote on, then what says most, then what came first."""
    written = item.note_count + item.annotation_count + len(item.tags) + bool(item.rating)
    written += item.read_status != "unread"
    filled = sum(
        map(
            bool,
            (item.title_short, item.creators, item.venue, item.year, item.doi, item.arxiv, item.abstract),
        )
    )
    return -written, -filled, item.item_id


def set_apart(store: Store, item_id: int, other_ids: Sequence[int]) -> tuple[int, str]:
    """Remember that items are not the work that another is; they are proposed no more.

    Returns how many pairs are new, and the change in words. Raises :class:`InvalidValueError` where an item
    would be different from itself.
    """
    with store.step("") as step:
        chosen = items.by_ids(store, [item_id, *other_ids], with_entries=False)
        if item_id in other_ids:
            raise InvalidValueError(f"{chosen[0].citekey} is named twice", hint="name two items")
        number = sum(merging.set_apart(store, item_id, other_id) for other_id in dict.fromkeys(other_ids))
        named = name_of(chosen[1]) if len(chosen) == 2 else count_of(len(chosen) - 1, "item")
        step.label = f"{named} set apart from {name_of(chosen[0])}"
        return number, step.label
