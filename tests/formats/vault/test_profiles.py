"""Layouts of vaults: paths, links, and front matter in the forms of Obsidian."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.formats import vault
from notes_tui.formats.vault.document import take_apart
from notes_tui.formats.vault.properties import read_tag, written_tag
from notes_tui.model.dump import Dump, DumpedItem
from notes_tui.model.filenames import same_file
from notes_tui.model.item import Creator, Entry, Item, Link, Progress
from tests.formats.vault.test_layout import LIBRARY, files_of, libraries, with_places

OBSIDIAN = vault.Selection(profile=vault.OBSIDIAN)
BY_TOPIC = vault.Selection(profile=vault.RESEARCH_SPACE)


def library_of(*items: Item) -> Dump:
    return Dump(items=tuple(DumpedItem(uid=item.citekey, item=item) for item in items))


def listed(citekey: str, short: str, *sections: tuple[str, str]) -> Item:
    entries = tuple(Entry(slug, (section,), at, "", "") for at, (slug, section) in enumerate(sections, 1))
    return Item(citekey=citekey, title=f"{short}: a title", title_short=short, entries=entries)


def fields_of(text: str) -> dict[str, object]:
    found = yaml.safe_load(take_apart(text).front)
    assert isinstance(found, dict)
    return found


@given(libraries.map(with_places), st.sampled_from([OBSIDIAN, BY_TOPIC]))
@settings(max_examples=60, deadline=None)
def test_any_library_comes_back_from_the_files_of_any_layout(
    library: Dump, selection: vault.Selection
) -> None:
    files = files_of(library, selection=selection)
    assert len({same_file(path) for path in files}) == len(files)
    content = vault.read(files)
    assert not content.dump.problems
    assert files_of(content.dump, content.events, selection) == files
    for before, after in zip(library.items, content.dump.items, strict=True):
        assert replace(after.item, entries=(), links=(), extra={}) == replace(
            before.item, entries=(), links=(), extra={}
        )
        assert after.notes == before.notes


@given(st.text() | st.text("ab_x 2/-#0f"))
def test_every_tag_comes_back_from_its_form_and_the_form_is_a_tag(tag: str) -> None:
    written = written_tag(tag)
    assert read_tag(written) == tag
    if tag:
        assert re.fullmatch(r"[\w/-]+", written)
        assert not written.replace("/", "").isdigit()


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("gpu", "gpu"),
        ("moe/expert-routing", "moe/expert-routing"),
        ("machine learning", "machine__learning"),
        ("my_tag", "my_tag"),
        ("C++", "C_x2b__x2b_"),
        ("2024", "_x32_024"),
        ("机器 学习", "机器__学习"),
    ],
)
def test_forms_of_tags(tag: str, written: str) -> None:
    assert written_tag(tag) == written


FULL = Item(
    citekey="antman2020",
    aliases=("antman",),
    title="AntMan: Dynamic Scaling",
    title_short="AntMan",
    creators=(Creator("Xiao", "Wencong"), Creator(literal="OpenAI, Inc."), Creator(literal="Plato")),
    links=(Link("paper", "https://example.org/a"), Link("other", "paper: no address")),
    tags=("machine learning", "moe/routing"),
    progress=Progress(3, 12),
    related=("gandiva2018", "a:b"),
    extra={"publisher": "USENIX: yes", "note to self": ""},
    entries=(
        Entry("research-space", ("Cluster Scheduling",), 1, "", ""),
        Entry("own", ("a > b", "c]] d"), 1, "", ""),
    ),
)


def test_properties_are_texts_numbers_and_lists_of_texts() -> None:
    fields = fields_of(files_of(library_of(FULL), selection=OBSIDIAN)["papers/antman2020.md"])
    assert fields["aliases"] == ["AntMan: Dynamic Scaling", "AntMan", "antman"]
    assert fields["citekey_aliases"] == ["antman"]
    assert fields["tags"] == ["machine__learning", "moe/routing"]
    assert fields["creators"] == ["Xiao, Wencong", {"literal": "OpenAI, Inc."}, "Plato"]
    assert fields["links"] == ["paper: https://example.org/a", "other: paper: no address"]
    assert fields["progress"] == "3/12"
    assert fields["related"] == ["[[gandiva2018]]", "[[a_b|a:b]]"]
    assert fields["extra"] == ["publisher: USENIX: yes", "note to self: "]
    assert fields["collections"] == [
        "[[collections/research-space|research-space > Cluster Scheduling]]",
        {"slug": "own", "section": ["a > b", "c]] d"]},
    ]


def test_a_file_of_properties_is_read_as_it_was_meant_and_as_people_type() -> None:
    files = files_of(library_of(FULL), selection=OBSIDIAN)
    [item] = vault.read(files).dump.items
    assert replace(item.item, entries=()) == replace(FULL, entries=())
    path = "papers/antman2020.md"
    typed = (
        files[path]
        .replace('"[[gandiva2018]]"', '"[[papers/gandiva2018|Gandiva: Introspective]]"')
        .replace("  - moe/routing\n", '  - moe/routing\n  - "#new"\n')
        .replace('"3/12"', "5")
    )
    [again] = vault.read(files | {path: typed}).dump.items
    assert again.item.related == ("gandiva2018", "a:b")
    assert again.item.tags == ("machine learning", "moe/routing", "new")
    assert again.item.progress == Progress(5, None)


def test_wiki_links_lead_from_every_page_to_a_file() -> None:
    files = files_of(LIBRARY, selection=OBSIDIAN)
    found = {
        path: re.findall(r"\[\[([^\[\]|]+)\|[^\[\]|]+\]\]", text)
        for path, text in files.items()
        if path.endswith(".md") and not path.startswith("papers/")
    }
    assert found["index.md"][:2] == ["collections/lists", "papers/antman2020"]
    assert "papers/antman2020" in found["tags/moe/routing.md"]
    assert "- [x] [[papers/antman2020|AntMan: Dynamic Scaling]], OSDI 2020 · ★★★★\n" in files["index.md"]
    assert "](" not in files["index.md"]
    assert {f"{target}.md" for targets in found.values() for target in targets} <= files.keys()


def paths_of(*items: Item, places: dict[str, str] | None = None) -> dict[str, str]:
    return vault.RESEARCH_SPACE.paths(items, places or {})


def test_folders_are_topics_and_short_names() -> None:
    assert paths_of(
        listed("a", "AntMan", ("other", "Papers"), ("research-space", "Cluster: Scheduling")),
        listed("b", "Gandiva", ("other", "cluster scheduling")),
        listed("c", "Con"),
        listed("d", "Any", ("other", "Tags")),
        Item(citekey="e", title="A/B: what? 𝜆 & 调度 " + "long " * 20),
        Item(citekey="f"),
    ) == {
        "a": "Cluster Scheduling/AntMan/README.md",
        "b": "Cluster Scheduling/Gandiva/README.md",
        "c": "Unsorted/_Con/README.md",
        "d": "Tags papers/Any/README.md",
        "e": "Unsorted/A B what 𝜆 & 调度 long long long long long long long/README.md",
        "f": "Unsorted/f/README.md",
    }


def test_two_papers_of_one_name_have_folders_of_their_own_where_case_is_ignored() -> None:
    paths = paths_of(listed("a", "Tiresias"), listed("b", "tiresias"), listed("c", "Gandiva"))
    assert paths["a"] == "Unsorted/Tiresias/README.md"
    assert re.fullmatch(r"Unsorted/tiresias-[0-9a-f]{8}/README\.md", paths["b"])


def test_a_new_paper_makes_room_for_those_that_have_their_places() -> None:
    places = {"a": "cluster scheduling/AntMan/README.md"}
    paths = paths_of(
        listed("a", "New name", ("other", "New topic")),
        listed("b", "AntMan", ("other", "Cluster Scheduling")),
        places=places,
    )
    assert paths["a"] == places["a"]
    assert re.fullmatch(r"cluster scheduling/AntMan-[0-9a-f]{8}/README\.md", paths["b"])


def test_the_first_page_of_a_research_space_lists_topics() -> None:
    files = files_of(LIBRARY, selection=BY_TOPIC)
    assert files["README.md"].startswith(
        """# Reading notes

*1 of 2 read*

## Clusters

*1 of 1 read*

- [x] [AntMan: Dynamic Scaling](Clusters/AntMan/README.md), OSDI 2020 · ★★★★

## Unsorted

*0 of 1 read*

- [ ] [Hidden plans](Unsorted/Hidden%20plans/README.md)

## Lists

- [Lists \\[of\\] \\*papers\\*](collections/lists.md) (1)

## Hidden lists

- [Own](collections/own.md) (0)

## Tags
"""
    )


@pytest.mark.parametrize(
    ("profile", "path", "is_page", "is_item", "is_for_papers"),
    [
        (vault.PLAIN, "README.md", False, True, False),
        (vault.PLAIN, "papers/x.md", False, True, True),
        (vault.PLAIN, "index.md", True, False, False),
        (vault.OBSIDIAN, "tags/x.md", True, False, False),
        (vault.RESEARCH_SPACE, "README.md", True, False, False),
        (vault.RESEARCH_SPACE, "index.md", False, True, False),
        (vault.RESEARCH_SPACE, "Topic/Name/README.md", False, True, True),
        (vault.RESEARCH_SPACE, "Topic/Name/more.md", False, True, False),
        (vault.RESEARCH_SPACE, "Topic/README.md", False, True, False),
        (vault.RESEARCH_SPACE, "collections/x.md", True, False, False),
        (vault.RESEARCH_SPACE, ".notes-tui/a/b/README.md", False, False, False),
        (vault.ADOPTED, "Topic/Name/README.md", False, False, False),
        (vault.ADOPTED, ".notes-tui/papers/x.md", False, True, True),
    ],
)
def test_what_a_file_is_depends_on_its_place(
    profile: vault.Profile, path: str, is_page: bool, is_item: bool, is_for_papers: bool
) -> None:
    said = (profile.is_page(path), profile.is_item_file(path), profile.is_for_papers(path))
    assert said == (is_page, is_item, is_for_papers)
