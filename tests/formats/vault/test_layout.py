"""A library becomes files and the files become the library again, with the same bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.formats import vault
from notes_tui.model.dump import Dump, DumpedAnnotation, DumpedCollection, DumpedItem
from notes_tui.model.filenames import same_file
from notes_tui.model.item import Annotation, Attachment, Creator, Entry, Item, Link, Note, Progress
from notes_tui.model.vault import VaultEvent

EVERYTHING = vault.Selection()
ANTMAN = DumpedItem(
    uid="u1",
    item=Item(
        citekey="antman2020",
        title="AntMan: Dynamic Scaling",
        title_short="AntMan",
        venue="OSDI",
        year=2020,
        read_status="read",
        rating=4,
        tags=("gpu", "moe/routing"),
        added="2026-01-01T10:00:00+01:00",
        entries=(
            Entry(
                "lists", ("Scheduling", "Clusters"), 1, "AntMan", "AntMan [OSDI'20]", {"method": "scaling"}
            ),
        ),
        attachments=(Attachment("a.pdf", "pdf", "", "abc"),),
        related=("secret",),
    ),
    relations=(("secret", "related"),),
    pages=12,
    locked=("title",),
    queue_place=0,
    notes=(Note("", "My note", created="2026-01-02T10:00:00+01:00"), Note("Private", "hush\n", True)),
    annotations=(
        DumpedAnnotation(Annotation(id="a1b2c3d4e5", quote="q\n", page=3, color="#ffd400"), {"pdf": 1}),
    ),
)
SECRET = DumpedItem(
    uid="u2", item=Item(citekey="secret", title="Hidden plans", private=True, tags=("hidden",))
)
TRASHED = DumpedItem(uid="u3", item=Item(citekey="gone", title="Gone", trashed="2026-01-01"))
LIBRARY = Dump(
    items=(ANTMAN, TRASHED, SECRET),
    collections=(
        DumpedCollection(
            slug="lists", title="Lists [of] *papers*", sections=(("Scheduling", "Clusters"), ("Empty",))
        ),
        DumpedCollection(slug="own", title="Own", hidden=True, extra={"a": [1]}, created="2026-01-01"),
    ),
    views=(("z", "tag:gpu"), ("a", "status:unread")),
)
EVENTS = (
    VaultEvent(
        uid="e2", citekey="antman2020", kind="retraction", value="", page=None, at="2026-01-02T10:00:00+01:00",
        recorded="2026-01-02T09:00:00+00:00", machine="m1", retracts="e1",
    ),
    VaultEvent(
        uid="e1", citekey="antman2020", kind="status", value="read", page=3, at="2026-01-01T10:00:00+01:00",
        recorded="2026-01-01T09:00:00+00:00", machine="m1",
    ),
    VaultEvent(
        uid="e3", citekey="secret", kind="opened", value="", page=None, at="2026-01-01", recorded="2026", machine="m 2",
    ),
)  # fmt: skip


def files_of(
    dump: Dump, events: tuple[VaultEvent, ...] = (), selection: vault.Selection = EVERYTHING
) -> dict[str, str]:
    return {each.path: each.text for each in vault.texts(dump, events, selection)}


def test_every_live_item_has_a_file_and_every_list_and_tag_a_page() -> None:
    files = files_of(LIBRARY, EVENTS)
    assert {path for path in files if not path.startswith(".")} == {
        "index.md",
        "papers/antman2020.md",
        "papers/secret.md",
        "collections/lists.md",
        "collections/own.md",
        "tags/gpu.md",
        "tags/moe.md",
        "tags/moe/routing.md",
        "tags/hidden.md",
    }


def test_the_index_reads_like_a_reading_list() -> None:
    text = files_of(LIBRARY)["index.md"]
    assert text.startswith(
        """# Reading notes

*1 of 2 read*

## [Lists \\[of\\] \\*papers\\*](collections/lists.md)

*1 of 1 read*

### Scheduling

#### Clusters

*1 of 1 read*

- [x] [AntMan: Dynamic Scaling](papers/antman2020.md), OSDI 2020 · ★★★★
"""
    )
    assert "## In no list\n\n- [ ] [Hidden plans](papers/secret.md)\n" in text
    assert "- [moe](tags/moe.md) (1)\n  - [routing](tags/moe/routing.md) (1)\n" in text
    assert text.endswith("## Hidden lists\n\n- [Own](collections/own.md) (0)\n")


def test_every_link_of_every_page_leads_to_a_file() -> None:
    files = files_of(LIBRARY)
    for path in files:
        if path.endswith(".md") and not path.startswith("papers/"):
            for target in re.findall(r"\]\(([^)]*)\)", files[path]):
                folder = path.split("/")[:-1]
                for step in target.split("/"):
                    folder = folder[:-1] if step == ".." else [*folder, step]
                assert "/".join(folder) in files


def test_the_files_make_the_library_again_byte_for_byte() -> None:
    files = files_of(LIBRARY, EVENTS)
    content = vault.read(files)
    assert not content.dump.problems
    assert files_of(content.dump, content.events) == files
    (item, _) = content.dump.items
    assert item == replace(ANTMAN, notes=tuple(replace(each) for each in ANTMAN.notes))
    assert content.dump.collections == LIBRARY.collections
    assert content.dump.views == LIBRARY.views
    assert set(content.events) == set(EVENTS)


def test_nothing_private_is_in_any_file_of_a_vault_without_it() -> None:
    files = files_of(LIBRARY, EVENTS, vault.Selection(with_private=False))
    assert files
    for path, text in files.items():
        assert not re.search('secret|[^"]hidden|hush|Private', path + text), path


def test_a_choice_of_items_leaves_out_the_rest() -> None:
    files = files_of(LIBRARY, EVENTS, vault.Selection(citekeys={"secret"}))
    assert "papers/antman2020.md" not in files
    assert "antman" not in files["index.md"]
    assert "collections/lists.md" not in files


def test_without_the_hidden_folder_the_files_alone_make_a_library() -> None:
    files = {path: text for path, text in files_of(LIBRARY, EVENTS).items() if not path.startswith(".")}
    content = vault.read(files)
    assert [each.item.citekey for each in content.dump.items] == ["antman2020", "secret"]
    assert content.dump.items[0].notes[0].body == "My note\n"
    assert content.dump.items[0].annotations[0].annotation.page == 3


def test_broken_files_are_problems_and_the_rest_is_read() -> None:
    files = files_of(LIBRARY, EVENTS)
    files["papers/broken.md"] = "---\na: [\n---\n"
    files["papers/plain.md"] = "# My own page\n"
    files["papers/twin.md"] = files["papers/antman2020.md"]
    files[".notes-tui/items.jsonl"] += "{broken\n"
    content = vault.read(files)
    assert {problem.file for problem in content.dump.problems} == {
        "papers/broken.md",
        "papers/plain.md",
        "papers/twin.md",
        ".notes-tui/items.jsonl",
    }
    assert len(content.dump.items) == 2


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
some_words = words.filter(lambda text: bool(text.strip()))
keys = st.text("abCD:/._-é调", min_size=1, max_size=5)
cleaned = st.text("abc 调\n>-^·#", max_size=12).map(str.strip)
creators = st.one_of(
    st.builds(Creator, family=some_words, given=words), st.builds(Creator, literal=some_words)
)
items = st.builds(
    Item,
    citekey=keys,
    title=words,
    title_short=words,
    type=st.sampled_from(["article", "software"]),
    creators=st.lists(creators, max_size=2).map(tuple),
    venue=words,
    year=st.none() | st.integers(1, 3000),
    doi=words,
    arxiv=words,
    abstract=words,
    links=st.lists(st.builds(Link, st.sampled_from(["paper", "code"]), some_words), max_size=2).map(tuple),
    extra=st.dictionaries(some_words, words, max_size=2),
    aliases=st.lists(keys, max_size=2, unique=True).map(tuple),
    read_status=st.sampled_from(["unread", "read", "my own"]),
    rating=st.none() | st.integers(1, 5),
    progress=st.none() | st.builds(Progress, st.integers(1, 99), st.none() | st.integers(1, 99)),
    tags=st.lists(st.text("abAB/", min_size=1, max_size=3), max_size=3, unique_by=str.lower).map(tuple),
    added=words,
    private=st.booleans(),
    entries=st.lists(
        st.builds(
            Entry,
            st.sampled_from(["one", "Two:"]),
            st.lists(some_words, max_size=2).map(tuple),
            st.integers(1, 1),
            words,
            words,
            st.dictionaries(some_words, some_words, max_size=1),
        ),
        max_size=2,
    ).map(lambda found: tuple(sorted(found, key=lambda entry: entry.slug, reverse=True))),
)
notes = st.lists(
    st.builds(Note, st.one_of(st.just(""), some_words.map(lambda text: " ".join(text.split())).filter(bool)), words.filter(bool)),
    max_size=3,
    unique_by=lambda note: note.title,
).map(lambda found: tuple(sorted(found, key=lambda note: note.title)))  # fmt: skip
dumped = st.builds(
    DumpedItem,
    uid=st.just("u"),
    item=items,
    notes=notes,
    annotations=st.lists(
        st.builds(
            DumpedAnnotation,
            st.builds(
                Annotation,
                id=st.from_regex(r"[0-9a-f]{10}", fullmatch=True),
                kind=st.sampled_from(["highlight", "note", "ink"]),
                page=st.none() | st.integers(1, 9),
                page_label=cleaned,
                quote=cleaned,
                comment=cleaned,
                role=cleaned,
                color=words,
            ),
        ),
        max_size=2,
        unique_by=lambda each: each.annotation.id,
    ).map(tuple),
)
libraries = st.builds(
    Dump,
    items=st.lists(dumped, max_size=4, unique_by=lambda each: same_file(each.item.citekey)).map(
        lambda found: tuple(sorted(found, key=lambda each: each.item.citekey.lower()))
    ),
    collections=st.tuples(
        st.builds(DumpedCollection, slug=st.just("one"), title=words, description=words),
        st.builds(DumpedCollection, slug=st.just("Two:"), title=words, source=words, hidden=st.booleans()),
    ),
    views=st.lists(st.tuples(some_words, words), max_size=2).map(tuple),
)


def with_places(library: Dump) -> Dump:
    """The library with every entry at a place of its own, as a store keeps them."""
    places = {"one": count(1), "Two:": count(1)}
    items = tuple(
        replace(
            each,
            item=replace(
                each.item,
                entries=tuple(
                    replace(entry, position=next(places[entry.slug])) for entry in each.item.entries
                ),
            ),
        )
        for each in library.items
    )
    return replace(library, items=items)


@given(libraries.map(with_places))
@settings(max_examples=60, deadline=None)
def test_any_library_comes_back_from_its_files(library: Dump) -> None:
    files = files_of(library)
    assert len({same_file(path) for path in files}) == len(files)
    content = vault.read(files)
    assert not content.dump.problems
    assert files_of(content.dump, content.events) == files
    for before, after in zip(library.items, content.dump.items, strict=True):
        assert after.notes == before.notes
        assert [each.annotation for each in after.annotations] == [
            each.annotation for each in before.annotations
        ]
        assert replace(after.item, entries=(), links=(), extra={}) == replace(
            before.item, entries=(), links=(), extra={}
        )


@given(st.dictionaries(st.sampled_from(["papers/a.md", "x.md", ".notes-tui/items.jsonl", ".notes-tui/events/m.jsonl", ".notes-tui/collections/c.jsonl"]), st.text()))  # fmt: skip
def test_reading_any_files_never_fails(files: dict[str, str]) -> None:
    vault.read(files)


def test_what_is_private_is_not_named_where_another_item_was_said_to_be_different() -> None:
    items = tuple(
        replace(
            each,
            relations=((*each.relations, ("secret", "different"))) if each.item.related else each.relations,
        )
        for each in LIBRARY.items
    )
    library = replace(LIBRARY, items=items)
    shown = "".join(files_of(library, EVENTS, vault.Selection()).values())
    assert '"different"' in shown
    hidden = "".join(files_of(library, EVENTS, vault.Selection(with_private=False)).values())
    assert '"different"' not in hidden
