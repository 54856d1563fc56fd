from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notes_tui.model import query as q
from notes_tui.model.item import Annotation, Creator, Link
from notes_tui.services import collecting, editing, listing, reading, writing
from notes_tui.store import search
from notes_tui.store.database import Store
from tests.conftest import STATUSES, AddItem, Clock


@pytest.fixture
def papers(store: Store, add_item: AddItem) -> dict[str, int]:
    ids = {
        "antman": add_item(
            "AntMan: Dynamic Scaling on GPU Clusters", title_short="AntMan", venue="OSDI", year=2020,
            type="paper-conference", creators=(Creator("Xiao", "Wencong"),), doi="10.1000/antman",
        ),
        "gavel": add_item(
            "Heterogeneity-Aware Cluster Scheduling Policies", title_short="Gavel", venue="OSDI", year=2020,
            type="paper-conference", links=(Link("code", "https://example.org/gavel"),),
        ),
        "bert": add_item("BERT [MASK] and [/b]", venue="NAACL", year=2019, arxiv="1810.04805"),
        "undated": add_item("Über naïve Façades"),
        "tool": add_item("C++ tools for everyone", type="software", year=2024),
    }  # fmt: skip
    collecting.create(store, "Reading Group")
    collecting.put(store, "reading-group", [ids["gavel"], ids["antman"]], section=["Cluster Scheduling"])
    collecting.put(store, "reading-group", [ids["bert"]], section=["Language", "Models"])
    return ids


def names(store: Store, papers: dict[str, int], text: str, **options: object) -> list[str]:
    by_id = {item_id: name for name, item_id in papers.items()}
    return [by_id[item_id] for item_id in listing.find(store, text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["gavel", "antman", "bert", "undated", "tool"]),
        ("scheduling", ["gavel"]),
        ("cluster*", ["gavel"]),
        ("gpu dynamic", ["antman"]),
        ("gpu policies", []),
        ("antman OR gavel", ["gavel", "antman"]),
        ('"cluster scheduling"', ["gavel"]),
        ('"scheduling cluster"', []),
        ("heterogeneity‐aware", ["gavel"]),
        ("ＡＮＴＭＡＮ", ["antman"]),
        ("uber naive facades", ["undated"]),
        ("u\u0308ber", ["undated"]),
        ("C++", ["tool"]),
        ("[MASK]", ["bert"]),
        ("[/b]", ["bert"]),
        ("author:xiao", ["antman"]),
        ("author:wencong", ["antman"]),
        ("venue:osdi", ["gavel", "antman"]),
        ("venue:os", []),
        ("year:2020", ["gavel", "antman"]),
        ("year:2019..2020", ["gavel", "antman", "bert"]),
        ("year:>2020", ["tool"]),
        ("year:<2020", ["bert"]),
        ("year:>=2020 -venue:osdi", ["tool"]),
        ("-year:2020", ["bert", "undated", "tool"]),
        ("type:software", ["tool"]),
        ("type:paper-conference", ["gavel", "antman"]),
        ("key:antman", ["antman"]),
        ("has:doi", ["antman"]),
        ("has:arxiv", ["bert"]),
        ("has:code", ["gavel"]),
        ("-has:code has:doi", ["antman"]),
        ("collection:reading-group", ["gavel", "antman", "bert"]),
        ('collection:"Reading Group" year:2020', ["gavel", "antman"]),
        ('section:"Cluster Scheduling"', ["gavel", "antman"]),
        ('section:"cluster scheduling" sort:key', ["antman", "gavel"]),
        ("section:models", ["bert"]),
        ("section:nowhere", []),
        ("sort:-year", ["tool", "gavel", "antman", "bert", "undated"]),
        ("sort:title", ["antman", "bert", "tool", "gavel", "undated"]),
        ("(antman OR bert) year:2019", ["bert"]),
        ("-(antman OR gavel OR bert)", ["undated", "tool"]),
        ("status:read", []),
        ("nosuchfield:antman", []),
        ("year:soon", []),
        ("((((", []),
        (")", []),
        ('"', []),
        ("]", ["bert"]),
        ("(antman", ["antman"]),
        ("rating:<=2", []),
        ("rating:0", ["gavel", "antman", "bert", "undated", "tool"]),
        ("antman " * 1500, ["antman"]),
        (" OR ".join(f"w{number}" for number in range(1500)) + " OR antman", ["antman"]),
        (" ".join(f"-year:{year}" for year in range(1500)), ["gavel", "antman", "bert", "undated", "tool"]),
    ],
)
def test_what_a_query_finds(store: Store, papers: dict[str, int], text: str, expected: list[str]) -> None:
    assert names(store, papers, text) == expected


def test_only_the_last_word_may_be_unfinished_and_only_while_typing(
    store: Store, papers: dict[str, int]
) -> None:
    assert names(store, papers, "sched") == []
    assert names(store, papers, "sched", unfinished=True) == ["gavel"]
    assert names(store, papers, "clus sched", unfinished=True) == []
    assert names(store, papers, "venue:os", unfinished=True) == ["gavel", "antman"]


def test_any_run_of_chinese_characters_is_found(store: Store, papers: dict[str, int]) -> None:
    writing.save_note(store, papers["bert"], "这是一篇关于集群调度的论文，方法很好。ｶﾀｶﾅ 한국어")
    for run in ("调度", "调", "集群调度的", "的论文", "カタカナ", "タカ", "국어"):
        assert names(store, papers, run) == ["bert"], run
    assert names(store, papers, "度调") == []
    assert names(store, papers, "note:调度") == ["bert"]
    assert names(store, papers, "title:调度") == []


def test_tags_notes_annotations_and_ratings_are_found(
    store: Store, papers: dict[str, int], clock: Clock
) -> None:
    writing.add_tag(store, "moe/routing", [papers["bert"]])
    writing.add_tag(store, "moe", [papers["tool"]])
    writing.annotate(
        store, papers["gavel"], Annotation(quote="wall of text", comment="why?", role="question")
    )
    reading.rate(store, 4, [papers["antman"]])
    reading.mark(store, "read", [papers["antman"]], allowed=STATUSES, date="2026-02-03")
    assert names(store, papers, "tag:moe") == ["bert", "tool"]
    assert names(store, papers, "tag:moe/routing") == ["bert"]
    assert names(store, papers, "tag:mo") == []
    assert names(store, papers, "routing") == ["bert"]
    assert names(store, papers, "quote:wall") == ["gavel"]
    assert names(store, papers, "role:question has:annotation") == ["gavel"]
    assert names(store, papers, "rating:>=4") == ["antman"]
    assert names(store, papers, "rating:<5 year:2020") == ["antman"]
    assert names(store, papers, "read:2026-02") == ["antman"]
    assert names(store, papers, "read:>=2026-02-04") == []
    assert names(store, papers, "added:2026-03-14") == ["gavel", "antman", "bert", "undated", "tool"]
    assert names(store, papers, "added:>2026-03") == []
    assert names(store, papers, "status:read") == ["antman"]


def test_a_scope_keeps_to_its_part_of_the_library(store: Store, papers: dict[str, int]) -> None:
    [collection] = collecting.collections(store)
    inside = search.Scope(collection.collection_id, ("Language",))
    assert names(store, papers, "", scope=inside) == ["bert"]
    assert names(store, papers, "antman", scope=inside) == []
    assert names(store, papers, "sort:year", scope=search.Scope(collection.collection_id)) == [
        "bert",
        "gavel",
        "antman",
    ]
    editing.remove(store, [papers["bert"]])
    assert names(store, papers, "", scope=inside) == []
    assert names(store, papers, "", scope=search.Scope(trash=True)) == ["bert"]


def test_a_word_that_is_not_found_brings_words_like_it(store: Store, papers: dict[str, int]) -> None:
    listing.find(store, "warm up the index")
    assert "scheduling" in listing.suggest(store, "schedulnig")


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    text=st.text(
        alphabet=st.sampled_from("ab()\"-:.*<>=[]{}^~+OR AND NOT NEARtagyearsort20调é\x00\n'%_\\"),
        max_size=40,
    )
)
def test_no_text_is_an_error(store: Store, papers: dict[str, int], text: str) -> None:
    for unfinished in (False, True):
        found = listing.find(store, text, unfinished=unfinished)
        assert set(found) <= set(papers.values())


@given(text=st.text(max_size=80))
def test_every_text_is_a_query(text: str) -> None:
    assert isinstance(q.parse(text), q.Query)


def test_sorting_by_what_does_not_exist_is_refused(store: Store, papers: dict[str, int]) -> None:
    with pytest.raises(listing.InvalidValueError, match="colour"):
        listing.find(store, "", sort="colour")
