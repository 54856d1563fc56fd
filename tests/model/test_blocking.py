"""Which items of a library are compared: every disturbed title finds its own, strangers are left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.blocking import likely_pairs, outline_of
from notes_tui.model.identity import Verdict, compare
from notes_tui.model.item import Link, Reference

WORDS = (
    "elastic adaptive heterogeneous scheduling placement training inference serving memory kernel graph sharding pipeline"
    " tensor checkpoint recovery network cluster fairness latency throughput sparse mixture expert routing attention"
).split()
TITLES = st.lists(st.sampled_from(WORDS), min_size=5, max_size=9, unique=True).map(" ".join)


def pairs(*references: Reference) -> set[tuple[int, int]]:
    return likely_pairs([outline_of(number, each) for number, each in enumerate(references)])


def titled(*titles: str) -> set[tuple[int, int]]:
    return pairs(*(Reference(title=title) for title in titles))


@given(TITLES, st.integers(0, 4), st.data())
def test_a_title_with_a_mistyped_word_finds_its_own(title: str, place: int, data: st.DataObject) -> None:
    words = title.split()
    letter = data.draw(st.integers(1, len(words[place]) - 1))
    words[place] = words[place][:letter] + words[place][letter + 1 :]
    assert titled(title, "another work altogether", " ".join(words)) == {(0, 2)}


@given(TITLES, st.randoms(use_true_random=False))
def test_words_in_another_order_are_found(title: str, random: object) -> None:
    words = title.split()
    assert titled(title, " ".join(reversed(words))) == {(0, 1)}


def test_equal_titles_are_found_however_many_have_them() -> None:
    found = titled(*["The Very Same Title"] * 60)
    assert all((number, number + 1) in found for number in range(59))


def test_strangers_that_share_common_words_are_not_compared() -> None:
    assert (
        titled("Scheduling Training Jobs on GPU Clusters", "Serving Inference Requests on GPU Clusters")
        == set()
    )


def test_a_shared_identifier_is_enough() -> None:
    first = Reference(title="One Title", doi="10.1145/1")
    assert pairs(first, Reference(title="Quite Different", doi="10.1145/1")) == {(0, 1)}


def test_a_short_name_leads_to_the_title_it_stands_for_and_not_to_its_namesakes() -> None:
    bare = Reference(title="Gandiva")
    whole = Reference(title="Gandiva: Introspective Cluster Scheduling for Deep Learning")
    other = Reference(title="Gandiva: A Language for Bows and Arrows")
    assert pairs(whole, other) == set()
    assert pairs(bare, whole, other) == {(0, 1), (0, 2)}


def test_a_title_is_found_without_its_subtitle() -> None:
    assert titled(
        "Scaling Laws for Neural Models", "Scaling Laws for Neural Models: A Second Look at Data"
    ) == {(0, 1)}


def test_a_link_counts_where_few_share_it() -> None:
    def at(title: str) -> Reference:
        return Reference(title=title, links=(Link("paper", "https://x.example/overview"),))

    alike = at("Exploring Dimensions of Parallel Networks"), at("Exploring Dimensions of the Networks")
    assert pairs(*alike) == {(0, 1)}
    assert pairs(*alike, *(at(f"{word} alone") for word in WORDS)) == set()


def test_software_is_not_paired_with_the_paper_about_it() -> None:
    paper = Reference(title="A Library for Training Models")
    assert pairs(paper, Reference(title=paper.title, type="software")) == set()


def test_chinese_titles_are_compared_by_their_characters() -> None:
    assert titled("面向深度学习训练任务的集群调度系统研究", "面向深度学习训练任务的集群调度系统探究") == {
        (0, 1)
    }


@given(st.lists(TITLES, min_size=2, max_size=6, unique=True))
def test_nothing_certain_is_left_out(titles: list[str]) -> None:
    references = [Reference(title=each) for title in titles for each in (title, f"Name: {title.title()}")]
    found = pairs(*references)
    for low, first in enumerate(references):
        for high in range(low + 1, len(references)):
            if compare(first, references[high]).verdict is Verdict.SAME:
                assert (low, high) in found


def test_an_identifier_that_a_program_gave_to_many_proves_nothing() -> None:
    same_id = [Reference(title=letter * 8, arxiv="1011.1669") for letter in "abcdefghijkl"]
    assert pairs(*same_id) == set()
    assert pairs(*same_id[:4]) == {(low, high) for high in range(4) for low in range(high)}
