"""Small libraries with a vault, edited at random on both sides; every word written is followed.

A word (``zq0007z``, ``词0007末``) is written once and stands for whatever somebody wrote. It may leave the list of
words that must not be lost only where a side took it away on purpose.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from notes_tui.errors import NotesError
from notes_tui.model.item import Annotation, Item
from notes_tui.model.sync_report import SyncReport
from notes_tui.services import capturing, collecting, editing, journaling, reading, syncing, writing
from notes_tui.services.exporting import export_text
from notes_tui.store import items, notes
from notes_tui.store.database import Store
from notes_tui.store.vault import live_ids
from tests.conftest import STATUSES

WORD = re.compile(r"zq\d{4}z|词\d{4}末")
ODD_TEXTS = (
    "## Note\n\n{}",
    "## Annotations\n\n{}",
    "## {} ^n12345678\n\nunder it",
    "- p. 3 · claim ^a1b2c3d4e5\n  > {}",
    "```python\n# {}\n\n\n---\n```",
    "$$\n\\alpha_{{{}}} \\\\\n$$",
    "| a | b |\n|---|---|\n| {} | 慢 |",
    "---\n{}\n---",
    "# {}",
    "[[{}]] ![](figures/a.png) <b>&amp;</b> 🙂",
    "{}\r\nwith a return",
    "  indented {}  ",
    "{}\n\n\n\nfar below",
    "- {}\n- one\n- two",
)
"""What notes are made of, and what is easily taken for something of the program's."""


@dataclass
class Person:
    """Somebody who edits a library and its vault, by chance that can be repeated."""

    store: Store
    vault: Path
    chance: random.Random
    name: int = 0
    words: set[str] = field(default_factory=set)
    """Words that have to be somewhere."""
    lines: set[str] = field(default_factory=set)
    """Lines of front matter that are the user's own and have to stay as they are."""
    count: int = 0
    log: list[str] = field(default_factory=list)
    never: tuple[str, ...] = ()
    """What this person does not do."""

    def word(self) -> str:
        """A word that nobody wrote before."""
        number = self.name * 1000 + self.count
        self.count += 1
        made = f"zq{number:04d}z" if number % 3 else f"词{number:04d}末"
        self.words.add(made)
        return made

    def forget(self, text: str) -> None:
        """Somebody takes these words away on purpose."""
        self.words -= set(WORD.findall(text))

    def text(self) -> str:
        """A few lines that somebody writes."""
        kind = self.chance.randrange(len(ODD_TEXTS) * 2)
        shape = ODD_TEXTS[kind] if kind < len(ODD_TEXTS) else "Plain words {}, and more of them."
        return shape.format(self.word())

    def edited(self, text: str) -> str:
        """A text after one thing that people do to texts."""
        lines = text.split("\n")
        at = self.chance.randrange(len(lines))
        kind = self.chance.choice(["append", "append", "insert", "reword", "delete", "move", "bare"])
        self.log.append(f"  {kind} line {at}")
        if kind == "append":
            gap = "" if text.endswith("\n") or not text else "\n"
            return f"{text}{gap}\n{self.text()}\n"
        if kind == "insert":
            lines[at:at] = [self.text(), *([""] if self.chance.random() < 0.5 else [])]
        elif kind == "reword":
            lines[at] = f"{lines[at]} {self.word()}"
        elif kind == "delete":
            end = at + self.chance.randint(1, 3)
            self.forget("\n".join(lines[at:end]))
            del lines[at:end]
        elif kind == "move":
            end = at + self.chance.randint(1, 4)
            block = lines[at:end]
            del lines[at:end]
            to = self.chance.randint(0, len(lines))
            lines[to:to] = block
        elif kind == "bare":
            return text.rstrip("\n")
        return "\n".join(lines)

    # The library's side

    def item(self) -> Item | None:
        """One of the items."""
        ids = sorted(live_ids(self.store).items())
        return items.by_id(self.store, self.chance.choice(ids)[1]) if ids else None

    def change_library(self) -> None:
        """Do one of the things that people do in the program."""
        item = self.item()
        works = {name: work for name, work in self._library_works().items() if name not in self.never}
        name = self.chance.choice(sorted(works))
        if item is not None:
            self.log.append(f"library {name} {item.citekey}")
            try:
                works[name](item)
            except NotesError as error:
                self.log.append(f"  refused: {error}")

    def _library_works(self) -> dict[str, Callable[[Item], object]]:
        return {
            "note": self._note, "note2": self._note, "titled": self._titled, "annotate": self._annotate,
            "reannotate": self._reannotate, "title": self._title, "venue": self._venue, "tag": self._tag,
            "untag": self._untag, "mark": self._mark, "rate": self._rate, "progress": self._progress,
            "rekey": self._rekey, "add": self._add, "put": self._put, "take": self._take, "remove": self._remove,
            "undo": self._undo, "queue": self._queue, "view": self._view, "private": self._private,
        }  # fmt: skip

    def _note(self, item: Item) -> None:
        writing.save_note(self.store, item.item_id, self.edited(writing.read_note(self.store, item.item_id)))

    def _titled(self, item: Item) -> None:
        titles = [each.title for each in notes.of_item(self.store, item.item_id) if each.title]
        if titles and self.chance.random() < 0.6:
            title = self.chance.choice(titles)
            body = writing.read_note(self.store, item.item_id, title)
            if self.chance.random() < 0.2:
                self.forget(f"{title} {body}")
                writing.save_note(self.store, item.item_id, "", title=title)
            else:
                after = self.edited(body)
                if not after:
                    self.forget(title)
                writing.save_note(self.store, item.item_id, after, title=title)
        else:
            title = f"Ideas {self.word()}"
            writing.save_note(self.store, item.item_id, self.text(), title=title)

    def _annotate(self, item: Item) -> None:
        page = self.chance.choice([None, 1, 12])
        role = self.chance.choice(["", "claim", "弱点 · two"])
        quote = f"Marked {self.word()}\nover lines\n\nand more" if self.chance.random() < 0.6 else ""
        writing.annotate(
            self.store, item.item_id, Annotation(page=page, role=role, quote=quote, comment=self.text())
        )

    def _reannotate(self, item: Item) -> None:
        found = notes.annotations_of(self.store, item.item_id)
        if not found:
            return
        each = self.chance.choice(found)
        if self.chance.random() < 0.3:
            self.forget(f"{each.quote} {each.comment}")
            writing.remove_annotation(self.store, item.item_id, each.id)
        else:
            comment = f"{each.comment}\n{self.word()}"
            writing.change_annotation(self.store, item.item_id, each.id, comment=comment, page=7)

    def _title(self, item: Item) -> None:
        editing.edit(self.store, item.item_id, {"title": f"{item.title} {self.word()}: more"})

    def _venue(self, item: Item) -> None:
        self.forget(item.venue)
        editing.edit(self.store, item.item_id, {"venue": f"Conf {self.word()}", "year": "2024"})

    def _tag(self, item: Item) -> None:
        tag = self.chance.choice(["moe", "moe/routing", "慢", ""]) or self.word()
        writing.add_tag(self.store, tag, [item.item_id])

    def _untag(self, item: Item) -> None:
        if item.tags:
            tag = self.chance.choice(item.tags)
            self.forget(tag)
            writing.remove_tag(self.store, tag, [item.item_id])

    def _mark(self, item: Item) -> None:
        reading.mark(self.store, self.chance.choice(STATUSES), [item.item_id], allowed=STATUSES)

    def _rate(self, item: Item) -> None:
        reading.rate(self.store, self.chance.randint(0, 5), [item.item_id])

    def _progress(self, item: Item) -> None:
        reading.set_progress(
            self.store, [item.item_id], self.chance.randint(1, 9), self.chance.choice([None, 12])
        )

    def _rekey(self, item: Item) -> None:
        editing.rekey(self.store, item.item_id, f"key{self.name}x{self.chance.randint(0, 99)}")

    def _add(self, _: Item) -> None:
        capturing.add(self.store, [f"{self.word()}: a new paper {self.chance.randint(0, 9999)} (OSDI20)"])

    def _put(self, item: Item) -> None:
        slug = self.chance.choice(["mine", "yours"])
        with suppress(NotesError):
            collecting.create(self.store, slug)
        section = self.chance.choice([(), ("Part",), ("Part", "深")])
        position = self.chance.choice([None, 1])
        collecting.put(self.store, slug, [item.item_id], section=section, position=position)

    def _take(self, item: Item) -> None:
        if item.entries:
            collecting.take(self.store, item.entries[0].slug, [item.item_id])

    def _remove(self, item: Item) -> None:
        if len(live_ids(self.store)) > 2:
            if self.chance.random() < 0.3 and (gone := editing.trash(self.store)):
                editing.restore(self.store, [gone[0].item_id])
            else:
                editing.remove(self.store, [item.item_id])

    def _undo(self, _: Item) -> None:
        """Words that undo takes away are not lost."""
        steps = [step for step in journaling.steps(self.store) if not step.undone]
        if len(steps) > 5 and "taken in" not in steps[0].label:
            before = export_text(self.store, "json")
            journaling.undo(self.store)
            after = export_text(self.store, "json")
            self.words -= set(WORD.findall(before)) - set(WORD.findall(after))

    def _queue(self, item: Item) -> None:
        reading.mark(self.store, "queued", [item.item_id], allowed=STATUSES)
        reading.move_in_queue(self.store, item.item_id, -1)

    def _view(self, _: Item) -> None:
        writing.save_view(self.store, self.chance.choice(["hot", "cold"]), f"tag:{self.chance.choice('ab')}")

    def _private(self, item: Item) -> None:
        editing.edit(self.store, item.item_id, {"private": self.chance.choice(["yes", "no"])})

    # The files' side

    def files(self) -> list[Path]:
        """The files that are about items."""
        pages = ("collections", "tags", ".notes-tui", ".git")
        found = (path for path in self.vault.rglob("*.md") if path.name != "index.md")
        return sorted(path for path in found if path.relative_to(self.vault).parts[0] not in pages)

    def change_file(self) -> None:
        """Do one of the things that people do with an editor or in a shell."""
        works = {name: work for name, work in self._file_works().items() if name not in self.never}
        name = self.chance.choice(sorted(works))
        found = self.files()
        if found:
            path = self.chance.choice(found)
            self.log.append(f"file {name} {path.relative_to(self.vault)}")
            works[name](path)

    def _file_works(self) -> dict[str, Callable[[Path], object]]:
        return {
            "body": self._body, "body2": self._body, "body3": self._body, "own key": self._own_key,
            "reorder": self._reorder, "file tag": self._file_tag, "file untag": self._file_untag,
            "file status": self._file_status, "file rating": self._file_rating, "file title": self._file_title,
            "crlf": self._crlf, "mark": self._byte_mark, "move": self._move, "delete": self._delete,
            "file annotation": self._file_annotation, "file key": self._file_key, "new": self._new,
            "heading": self._heading, "file list": self._file_list,
        }  # fmt: skip

    def read(self, path: Path) -> tuple[str, str, str]:
        """A file's front matter and body with plain line ends, and what its line ends are."""
        text = path.read_bytes().decode()
        ends = "\r\n" if text.count("\n") == text.count("\r\n") and "\n" in text else "\n"
        text = text.replace("\r\n", "\n") if ends == "\r\n" else text
        if not text.removeprefix("\ufeff").startswith("---\n"):
            return "", text, ends
        front, _, body = text.partition("\n---\n")
        return front + "\n---\n", body, ends

    def write(self, path: Path, front: str, body: str, ends: str) -> None:
        """Put both back."""
        text = front + body
        path.write_bytes((text.replace("\n", ends) if ends != "\n" else text).encode())

    def _change_front(self, path: Path, change: Callable[[str], str]) -> None:
        front, body, ends = self.read(path)
        if front:
            self.write(path, change(front), body, ends)

    def _body(self, path: Path) -> None:
        front, body, ends = self.read(path)
        if ends == "\r\n":
            body = body.replace("\r", "")
        after = self.edited(body)
        self.write(path, front, after.replace("\r", "") if ends == "\r\n" else after, ends)

    def _own_key(self, path: Path) -> None:
        line = f"my_{self.word()}: {self.chance.choice(['9', '[a, b]', '{x: 1}', 'no  # why'])}  # mine"
        self.lines.add(line)

        def put(front: str) -> str:
            lines = front.split("\n")
            places = [at for at, each in enumerate(lines) if at and re.match(r"\w", each)]
            lines.insert(self.chance.choice([*places, len(lines) - 2]), line)
            return "\n".join(lines)

        if self.read(path)[0]:
            self._change_front(path, put)
        else:
            self.lines.discard(line)
            self.forget(line)

    def _reorder(self, path: Path) -> None:
        def turned(front: str) -> str:
            blocks: list[list[str]] = []
            for line in front.split("\n")[1:-2]:
                if re.match(r"\w", line) or not blocks:
                    blocks.append([])
                blocks[-1].append(line)
            self.chance.shuffle(blocks)
            head = front.split("\n")[0]
            return "\n".join([head, *(line for block in blocks for line in block), "---", ""])

        self._change_front(path, turned)

    def _file_tag(self, path: Path) -> None:
        word = self.word()

        def tagged(front: str) -> str:
            if "\ntags: []\n" in front:
                return front.replace("\ntags: []\n", f"\ntags: [{word}]\n", 1)
            if "\ntags: [" in front:
                return front.replace("\ntags: [", f"\ntags: [{word}, ", 1)
            return front.replace("\ntags:\n", f"\ntags:\n  - {word}\n", 1)

        before = self.read(path)[0]
        self._change_front(path, tagged)
        if self.read(path)[0] == before:
            self.words.discard(word)

    def _file_untag(self, path: Path) -> None:
        def untagged(front: str) -> str:
            found = re.search(r"\ntags:\n  - (.*)\n", front)
            if not found:
                return front
            self.forget(found[1])
            rest = front[found.end() :]
            return (
                front[: found.start()] + ("\ntags:\n" if rest.startswith("  - ") else "\ntags: []\n") + rest
            )

        self._change_front(path, untagged)

    def _file_status(self, path: Path) -> None:
        status = self.chance.choice([*STATUSES, "finished"])
        self._change_front(
            path, lambda front: re.sub(r"\nread_status: .*", f"\nread_status: {status}", front)
        )

    def _file_rating(self, path: Path) -> None:
        rating = self.chance.choice(["1", "5", "0", "great"])

        def rated(front: str) -> str:
            if "\nrating: " in front:
                return re.sub(r"\nrating: .*", f"\nrating: {rating}", front)
            return front.replace("\n---\n", f"\nrating: {rating}\n---\n", 1)

        self._change_front(path, rated)

    def _file_title(self, path: Path) -> None:
        def titled(front: str) -> str:
            found = re.search(r"\ntitle: (.*)", front)
            if not found:
                return front
            title = f"{found[1].strip(chr(34))} {self.word()}"
            return front.replace(found[0], f'\ntitle: "{title}"', 1)

        self._change_front(path, titled)

    def _crlf(self, path: Path) -> None:
        front, body, _ = self.read(path)
        ends = self.chance.choice(["\n", "\r\n"])
        self.write(path, front, body.replace("\r", ""), ends)

    def _byte_mark(self, path: Path) -> None:
        content = path.read_bytes()
        mark = "\ufeff".encode()
        path.write_bytes(content[3:] if content.startswith(mark) else mark + content)

    def _move(self, path: Path) -> None:
        folder = self.vault / self.chance.choice(["papers", "Systems", "Systems/深 层"])
        there = folder / f"moved {self.count} {self.chance.randint(0, 999)}.md"
        if not there.exists():
            folder.mkdir(parents=True, exist_ok=True)
            path.rename(there)

    def _delete(self, path: Path) -> None:
        """A deleted file deletes nothing but what stood in it alone."""
        if len(self.files()) > 2:
            text = path.read_text("utf-8")
            dump = export_text(self.store, "json")
            self.words -= set(WORD.findall(text)) - set(WORD.findall(dump))
            self.lines -= {line for line in self.lines if line in text}
            path.unlink()

    def _file_annotation(self, path: Path) -> None:
        front, body, ends = self.read(path)
        lines = body.split("\n")
        heads = [at for at, line in enumerate(lines) if re.match(r"- .*\^[0-9a-f]{10}$", line)]
        if not heads:
            return
        at = self.chance.choice(heads)
        end = next(
            (i for i in range(at + 1, len(lines)) if lines[i] and not lines[i].startswith(" ")), len(lines)
        )
        kind = self.chance.choice(["comment", "delete", "double", "role", "move"])
        self.log.append(f"  {kind}")
        if kind == "comment":
            lines.insert(at + 1, f"  More {self.word()}")
        elif kind == "delete":
            self.forget("\n".join(lines[at:end]))
            del lines[at:end]
        elif kind == "double":
            lines[end:end] = lines[at:end]
        elif kind == "role":
            lines[at] = lines[at].replace("- ", "- p. 4 · ", 1)
        else:
            block = lines[at:end]
            del lines[at:end]
            lines += [*block, ""]
        self.write(path, front, "\n".join(lines), ends)

    def _file_key(self, path: Path) -> None:
        key = f"file{self.name}x{self.chance.randint(0, 99)}"
        self._change_front(path, lambda front: re.sub(r"\ncitekey: .*", f"\ncitekey: {key}", front))

    def _new(self, _: Path) -> None:
        number = self.chance.randint(0, 9999)
        folder = self.vault / self.chance.choice(["papers", "Inbox"])
        folder.mkdir(parents=True, exist_ok=True)
        text = f"---\ncitekey: new{self.name}x{number}\ntitle: New {self.word()} {number}\n---\n\n# New\n\n{self.text()}\n"
        path = folder / f"new-{self.name}-{number}.md"
        if not path.exists():
            path.write_bytes(text.encode())

    def _heading(self, path: Path) -> None:
        front, body, ends = self.read(path)
        found = re.search(r"^## (.*) \^(n[0-9a-f]{8})$", body, re.MULTILINE)
        if found:
            after = f"## {found[1]} {self.word()} ^{found[2]}"
            self.write(path, front, body.replace(found[0], after, 1), ends)

    def _file_list(self, path: Path) -> None:
        def placed(front: str) -> str:
            if "\ncollections: []\n" in front:
                return front.replace(
                    "\ncollections: []\n", "\ncollections:\n  - {slug: mine, section: [Part]}\n", 1
                )
            return re.sub(r"\ncollections:\n  - .*\n(?!  - )", "\ncollections: []\n", front)

        self._change_front(path, placed)

    # Looking

    def all_files(self) -> dict[str, bytes]:
        """Every file of the vault but git's."""
        return {
            path.relative_to(self.vault).as_posix(): path.read_bytes()
            for path in sorted(self.vault.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.vault).parts
        }

    def stamps(self) -> dict[str, int]:
        """When each file was written."""
        return {path: (self.vault / path).stat().st_mtime_ns for path in self.all_files()}

    def sync(self) -> SyncReport:
        """Bring both sides together; nothing of either may be lost."""
        self.log.append("sync")
        return syncing.sync(self.store, self.vault)


def lost_words(person: Person, report: SyncReport) -> set[str]:
    """Words that stand nowhere: neither in the library, nor in a file, nor in a conflict."""
    shown = "".join(f"{each.conflict.mine}\n{each.conflict.theirs}" for each in report.conflicts)
    files = b"\n".join(person.all_files().values()).decode("utf-8", "replace")
    return person.words - set(WORD.findall(shown + files + export_text(person.store, "json")))


def check_sound(person: Person) -> None:
    """The database is whole, and every front matter is YAML that a strict reader takes."""
    assert person.store.value("PRAGMA integrity_check") == "ok"
    assert person.store.rows("PRAGMA foreign_key_check") == []
    for path in person.files():
        front = person.read(path)[0]
        if front:
            found = yaml.safe_load(front.removeprefix("\ufeff").strip("-\n") or "{}")
            assert isinstance(found, dict), path


def check_quiet(person: Person, report: SyncReport) -> None:
    """A second sync takes nothing in and writes nothing."""
    before, dump = person.stamps(), export_text(person.store, "json")
    again = person.sync()
    assert (again.written, again.came_in, again.events, again.moved, again.trashed) == (0, 0, 0, [], [])
    assert (person.stamps(), export_text(person.store, "json")) == (before, dump)
    assert [each.uid for each in again.conflicts] == [each.uid for each in report.conflicts]


def check_lines(person: Person) -> None:
    """What is the user's own in front matter stands as it was written."""
    files = b"\n".join(person.all_files().values()).decode("utf-8", "replace").replace("\r\n", "\n")
    assert [line for line in person.lines if f"\n{line}\n" not in files] == []


def some_items(person: Person, number: int = 3) -> None:
    """A small library with a little of everything."""
    titles = (
        "AntMan: Dynamic Scaling",
        "集群调度 for GPU clusters",
        "Gavel & Sons: #1 [draft]",
        "no: 'quotes' \"here\"",
    )
    for title in titles[:number]:
        capturing.add(person.store, [f"{title} (OSDI20)"])
    for item_id in live_ids(person.store).values():
        writing.save_note(
            person.store, item_id, f"First {person.word()}.\n\nSecond line.\n\n## Part\n\nThird.\n"
        )
        writing.annotate(person.store, item_id, Annotation(page=3, quote=f"Quoted {person.word()}."))
        writing.save_note(person.store, item_id, f"An idea {person.word()}.\n", title="Ideas: 一")
