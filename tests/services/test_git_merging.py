"""Three clones of one vault: whatever is edited where, and whoever syncs first, nothing is lost."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from notes_tui.services.git import CONFLICTS, read_record
from tests.services.git_clones import Clone, bare, clone, git, prepare

NOTE = """---
citekey: {key}
read_status: unread
title: A Paper called {key}
type: article
tags: []
---

# A Paper called {key}

First line.

Second line.

Third line.
"""
EVENTS = ".notes-tui/events"


@pytest.fixture(autouse=True)
def _git_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


def clones(folder: Path, inside: str = "") -> list[Clone]:
    """Three clones of a vault with two papers."""
    remote = bare(folder / "remote.git")
    first = clone(remote, folder / "a", inside)
    for key in ("one", "two"):
        first.write(f"papers/{key}.md", NOTE.format(key=key))
    first.write(".notes-tui/.gitattributes", "*.jsonl merge=union\n")
    first.write(".notes-tui/items.jsonl", '{"citekey": "one"}\n{"citekey": "two"}\n')
    first.sync()
    return [first, clone(remote, folder / "b", inside), clone(remote, folder / "c", inside)]


def settle(machines: list[Clone]) -> dict[str, bytes]:
    """Sync until nothing moves; every machine then has the same files."""
    for each in (*machines, *machines):
        each.sync()
    first, *others = [each.files() for each in machines]
    for other in others:
        assert other == first
    return first


@pytest.mark.parametrize("inside", ["", "my notes/Überblick"])
@pytest.mark.parametrize("order", itertools.permutations(range(3)))
def test_the_order_of_syncing_does_not_matter(tmp_path: Path, order: tuple[int, ...], inside: str) -> None:
    machines = clones(tmp_path, inside)
    for each, word in zip(machines, ("alpha", "beta", "gamma"), strict=True):
        each.change("papers/one.md", "tags: []", f"tags:\n  - {word}")
        each.change("papers/one.md", "Third line.\n", f"Third line.\n\nAdded as {word}.\n")
        each.change("papers/two.md", "Second line.", f"Second line, {word}.")
        each.write(f"{EVENTS}/{word}.jsonl", f'{{"recorded": "1", "uid": "{word}"}}\n')
        each.write(f"papers/{word}.md", NOTE.format(key=word))
    found = settle([machines[number] for number in order])
    one = found["papers/one.md"].decode()
    for word in ("alpha", "beta", "gamma"):
        assert one.count(f"  - {word}\n") == one.count(f"Added as {word}.\n") == 1
        assert f"papers/{word}.md" in found
        assert f"{EVENTS}/{word}.jsonl" in found
    [record] = [read_record(path, found[path].decode()) for path in found if path.startswith(CONFLICTS)]
    assert record is not None
    assert record.path == "papers/two.md"
    assert record.base == ("Second line.",)
    assert record.versions == tuple((f"Second line, {word}.",) for word in ("alpha", "beta", "gamma"))
    assert "<<<<" not in one + found["papers/two.md"].decode()
    assert git(machines[0].top, "status", "--porcelain") == ""
