from __future__ import annotations

import threading

import pytest

from notes_tui.errors import StoreError
from notes_tui.store.database import Store, open_store
from notes_tui.tui.latest import Latest


def test_the_latest_wish_is_done_next_and_ends_what_runs() -> None:
    started: list[str] = []
    stopped: list[str] = []
    latest: Latest[str] = Latest(started.append, lambda: stopped.append(started[-1]))
    latest.ask("g")
    for wish in ("ga", "gan", "gand"):
        latest.ask(wish)
    assert started == ["g"]
    assert stopped == ["g", "g", "g"]
    assert not latest.finished()
    assert started == ["g", "gand"]
    assert latest.finished()
    assert latest.is_idle


def test_a_query_that_runs_is_ended_from_another_thread(store: Store) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    errors: list[StoreError] = []
    handles: list[Store] = []
    ready = threading.Event()

    def work() -> None:
        with open_store(store.path) as own:
            handles.append(own)
            ready.set()
            with pytest.raises(StoreError) as caught:
                own.rows(endless)
            errors.append(caught.value)

    thread = threading.Thread(target=work)
    thread.start()
    ready.wait()
    while thread.is_alive():
        if not errors:
            handles[0].interrupt()
        thread.join(0.01)
    assert "interrupt" in str(errors[0])
