"""Where the interface was left, so that it opens there again. Nothing of it belongs to the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from notes_tui.services.browsing import Place
from notes_tui.store import notes
from notes_tui.store.database import Store

_KEY = "interface"


@dataclass(frozen=True, slots=True)
class Left:
    """How the interface looked when it was left."""

    place: Place | None = None
    item_id: int = 0
    """The item under the cursor; 0 where there was none."""
    folded: tuple[str, ...] = ()
    """Panes folded away: ``sidebar``, ``detail``."""
    open_nodes: tuple[str, ...] | None = None
    """Nodes of the first pane that were open; ``None`` where it was never said."""
    theme: str = ""
    sort: str = ""
    group: str = ""
    """By what the list was grouped."""
    exported_to: str = ""
    """The folder of the last export."""
    hints_done: bool = False
    """Whether the line of first hints has served its turn."""


def where_left(store: Store) -> Left:
    """How the interface was left; the built-in values where nothing usable is remembered."""
    state = notes.state(store, _KEY)
    if not isinstance(state, Mapping):
        return Left()
    item_id, open_nodes = state.get("item"), state.get("open")
    return Left(
        place=Place.from_state(state.get("place")),
        item_id=item_id if isinstance(item_id, int) else 0,
        folded=_texts(state.get("folded")),
        open_nodes=_texts(open_nodes) if isinstance(open_nodes, list) else None,
        theme=_text(state.get("theme")),
        sort=_text(state.get("sort")),
        group=_text(state.get("group")),
        exported_to=_text(state.get("exported_to")),
        hints_done=state.get("hints_done") is True,
    )


def leave(store: Store, left: Left) -> None:
    """Remember how the interface looks, where that is news. A read-only home is left as it is."""
    if store.read_only or where_left(store) == left:
        return
    notes.remember(
        store,
        _KEY,
        {
            "place": left.place.as_state() if left.place else None,
            "item": left.item_id,
            "folded": list(left.folded),
            "open": list(left.open_nodes) if left.open_nodes is not None else None,
            "theme": left.theme,
            "sort": left.sort,
            "group": left.group,
            "exported_to": left.exported_to,
            "hints_done": left.hints_done,
        },
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
