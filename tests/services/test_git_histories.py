"""Random edits on three machines, synced in a random order: all end alike, and every word is somewhere."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from notes_tui.model.item import Annotation
from notes_tui.services import reading, writing
from notes_tui.services.git import CONFLICTS
from notes_tui.services.vault import export_vault
from notes_tui.store.database import Store
from tests.conftest import STATUSES, AddItem
from tests.services.git_clones import Clone, bare, clone, git, prepare

ROUNDS = 8


class Machine:
    """A clone with somebody who edits its files, one word at a time."""

    def __init__(self, vault: Clone, name: str, chance: random.Random) -> None:
        self.vault = vault
        self.name = name
        self.chance = chance
        self.words: list[str] = []

    def word(self) -> str:
        """A word that nobody wrote before."""
        self.words.append(f"{self.name}{len(self.words):03d}调")
        return self.words[-1]

    def note(self) -> str:
        """One of the notes."""
        return self.chance.choice(sorted(path for path in self.vault.files() if path.startswith("papers/")))

    def edit(self) -> None:
        """Do one of the things that people do."""
        self.chance.choice(
            [self.append, self.append, self.insert, self.reword, self.tag, self.event, self.rename, self.add]
        )()

    def append(self) -> None:
        """A paragraph at the end."""
        path = self.note()
        self.vault.write(path, f"{self.vault.read(path)}\nAdded {self.word()}.\n")

    def insert(self) -> None:
        """A line between two lines of the note."""
        path = self.note()
        lines = self.vault.read(path).splitlines(keepends=True)
        start = lines.index("---\n", 1) + 2
        lines.insert(self.chance.randint(start, len(lines)), f"- inserted {self.word()}\n")
        self.vault.write(path, "".join(lines))

    def reword(self) -> None:
        """A line that gets other words, which takes none of another one away."""
        path = self.note()
        lines = self.vault.read(path).splitlines(keepends=True)
        places = [place for place, line in enumerate(lines) if line.startswith("Line ")]
        if places:
            place = self.chance.choice(places)
            lines[place] = f"{lines[place].rstrip()} {self.word()}\n"
            self.vault.write(path, "".join(lines))

    def tag(self) -> None:
        """One more tag."""
        path = self.note()
        text = self.vault.read(path)
        old = "\ntags: []\n" if "\ntags: []\n" in text else "\ntags:\n"
        self.vault.change(path, old, f"\ntags:\n  - {self.word()}\n")

    def event(self) -> None:
        """One more event of this machine."""
        path = f".notes-tui/events/{self.name}.jsonl"
        before = self.vault.read(path) if path in self.vault.files() else ""
        number = len(self.words)
        self.vault.write(path, f'{before}{{"recorded": "{number:03d}", "uid": "{self.word()}"}}\n')

    def rename(self) -> None:
        """A note in another place."""
        path = self.note()
        (self.vault.vault / path).rename(self.vault.vault / f"papers/{self.name}-{len(self.words)}.md")
        self.words.append(
            f"citekey: {citekey_of(self.vault.read(f'papers/{self.name}-{len(self.words)}.md'))}"
        )

    def add(self) -> None:
        """A note of a new paper."""
        word = self.word()
        text = f"---\ncitekey: new-{word}\ntags: []\n---\n\n# New {word}\n\nLine one.\n\nLine two.\n"
        self.vault.write(f"papers/new-{word}.md", text)


def citekey_of(text: str) -> str:
    """What a note says of its item."""
    return next(line for line in text.splitlines() if line.startswith("citekey: ")).removeprefix("citekey: ")


def some_library(store: Store, add_item: AddItem) -> None:
    """A few items with all that a vault shows."""
    for number in range(5):
        item = add_item(f"Paper {number}: 调度", citekey=f"paper{number}", venue="OSDI", year=2020 + number)
        writing.save_note(store, item, "".join(f"Line {each}.\n\n" for each in range(6)))
        writing.annotate(store, item, Annotation(quote=f"quoted {number}", page=number + 1))
        writing.add_tag(store, "shared" if number else "alone", [item])
        reading.mark(store, "reading", [item], allowed=STATUSES)


@pytest.mark.parametrize("seed", range(6))
def test_machines_that_edit_at_random_end_alike(
    seed: int, store: Store, add_item: AddItem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(monkeypatch, tmp_path)
    some_library(store, add_item)
    remote = bare(tmp_path / "remote.git")
    first = clone(remote, tmp_path / "a", "notes")
    export_vault(store, first.vault)
    first.sync()
    chance = random.Random(seed)
    clones = [first, *(clone(remote, tmp_path / name, "notes") for name in "bc")]
    machines = [Machine(each, each.top.name, chance) for each in clones]
    known = first.files()
    for _ in range(ROUNDS):
        for each in machines:
            for _ in range(chance.randint(0, 3)):
                each.edit()
        for each in chance.sample(machines, chance.randint(1, 2)):
            each.vault.sync()
    for each in (*machines, *machines):
        each.vault.sync()
    check(machines, known)


def check(machines: list[Machine], known: dict[str, bytes]) -> None:
    found = machines[0].vault.files()
    for each in machines:
        assert each.vault.files() == found
        assert git(each.vault.top, "status", "--porcelain") == ""
    written = b"".join(found.values()).decode()
    spelt = written.replace("\\u8c03", "调")
    assert [word for each in machines for word in each.words if word not in spelt] == []
    for path, content in known.items():
        if path.startswith(".notes-tui/events/"):
            assert set(content.splitlines()) <= set(found[path].splitlines())
    keys = [citekey_of(text.decode()) for path, text in found.items() if path.startswith("papers/")]
    assert len(keys) == len(set(keys))
    assert "<<<<<<<" not in written
    assert all(b"versions" in text for path, text in found.items() if path.startswith(CONFLICTS))
