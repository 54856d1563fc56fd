"""Whatever a viewer does to the annotations of a file, the report says exactly that, and own words stay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notes_tui.formats.pdf.reading import page_texts, read_pdf
from notes_tui.model.item import Annotation
from notes_tui.services import highlighting, listing, writing
from notes_tui.services.highlighting import Reading, Taken
from notes_tui.settings import ROLES
from notes_tui.store.attachments import AttachedFile
from notes_tui.store.database import Store
from tests.conftest import AddItem
from tests.services.annotated_pdfs import NEW_PAGE, PAGES, Mark, paper, written

PLACES = [
    Mark(page, words, kind=kind, comment=f"on {words}" if kind == "Text" else "")
    for page, lines in enumerate(PAGES, 1)
    for line in lines
    for words, kind in ((line.text[8:15], "Highlight"), (line.text[24:31], "Text"))
]
"""Highlights and notes that do not touch each other, on words that stand once."""
COLORS = ("1 0.83 0", "1 0.4 0.4", "0.37 0.7 0.21")
NAMINGS = ("own", "none", "one for all", "numbered at each save")


@dataclass(frozen=True)
class Change:
    """What happens to each mark between two savings."""

    fates: dict[int, str]
    """By place: ``kept``, ``deleted``, ``added``, ``comment``, ``colour`` or ``longer``."""
    naming: str
    page_put_in: bool
    order: int

    def before(self) -> bytes:
        """The file as it was."""
        return paper(*self._named([PLACES[at] for at, fate in self.fates.items() if fate != "added"]))

    def after(self) -> bytes:
        """The file as it is then."""
        marks = [_changed(PLACES[at], fate) for at, fate in self.fates.items() if fate != "deleted"]
        marks = marks[self.order :] + marks[: self.order]
        marks = [replace(each, page=each.page + self.page_put_in) for each in self._named(marks)]
        return paper(*marks, pages=(NEW_PAGE, *PAGES) if self.page_put_in else PAGES)

    def _named(self, marks: list[Mark]) -> list[Mark]:
        return [replace(each, name=self._name(at, each)) for at, each in enumerate(marks)]

    def _name(self, at: int, each: Mark) -> str:
        own = f"the one on {each.words} of page {each.page}"
        return {"own": own, "one for all": "annotation", "numbered at each save": f"n{at}"}.get(
            self.naming, ""
        )

    def count(self, *fates: str) -> int:
        """How many marks have one of these fates."""
        return sum(fate in fates for fate in self.fates.values())


def _changed(mark: Mark, fate: str) -> Mark:
    if fate == "comment":
        return replace(mark, comment="said later")
    if fate == "colour":
        return replace(mark, color=COLORS[1])
    if fate == "longer":
        line = next(each.text for each in PAGES[mark.page - 1] if mark.words in each.text)
        return replace(mark, words=line[line.index(mark.words) :][: len(mark.words) + 5])
    return mark


CHANGES = st.builds(
    Change,
    st.dictionaries(
        st.integers(0, len(PLACES) - 1),
        st.sampled_from(("kept", "kept", "deleted", "added", "comment", "colour", "longer")),
        min_size=2,
    ),
    st.sampled_from(NAMINGS), st.booleans(), st.integers(0, 3),
).filter(lambda each: each.count("kept", "comment", "colour", "longer") > 0)  # fmt: skip


def take(store: Store, item_id: int, place: Path, before: list[tuple[int, str]]) -> Taken:
    """Read the file into the library, knowing the text it had before."""
    now = list(page_texts(place))
    file = AttachedFile(item_id=item_id, path=str(place), kind="pdf", extra={"key": "the file"})
    reading = Reading(
        file, read_pdf(place), new_pages=lambda: now, old_pages=lambda: before, is_other_version=False
    )
    with store.step("read"):
        return highlighting.take(store, reading, "uid", ROLES)


def marked(store: Store, item_id: int) -> list[Annotation]:
    return list(listing.detail(store, item_id).annotations)


@given(CHANGES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_fate_is_told(
    store: Store, add_item: AddItem, tmp_path_factory: pytest.TempPathFactory, change: Change
) -> None:
    item_id = add_item("Dynamic Scaling")
    place = written(tmp_path_factory.mktemp("pdf") / "a.pdf", change.before())
    before = list(page_texts(place))
    take(store, item_id, place, [])
    known = {each.id: each for each in marked(store, item_id)}
    for uid, words in zip(known, ("my own\n  词", "x", "y"), strict=False):
        writing.change_annotation(store, item_id, uid, comment=words, role="todo")
    own = {each.id: (each.comment, each.role) for each in marked(store, item_id) if each.role == "todo"}
    written(place, change.after())
    taken = take(store, item_id, place, before)
    changed = ("comment", "colour", "longer")
    moved = (*changed, "kept") if change.page_put_in else changed
    assert (taken.added, taken.gone, taken.updated) == (
        change.count("added"), change.count("deleted"), change.count(*moved),
    )  # fmt: skip
    assert taken.placed == len(taken.unplaced) == 0
    after = {each.id: each for each in marked(store, item_id)}
    assert {uid: (after[uid].comment, after[uid].role) for uid in own} == own
    assert len(after) == len(known) + change.count("added")
    assert take(store, item_id, place, list(page_texts(place))).changed == 0
