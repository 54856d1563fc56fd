"""Titles in comparable form, short names in them, numbers in them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.model.titles import likeness, normalise_title, numbers_differ, split_short_name, title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Inter‑ and Intra–Operator Parallelism", "inter- and intra-operator parallelism"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("Poincaré Embeddings", "Poincare embeddings"),
        ("Who's Who? {BERT} & Friends.", "whos who bert and friends"),
        ("ﬁne-tuning", "fine tuning"),
    ],
)
def test_one_title_in_two_spellings_is_the_same(one: str, other: str) -> None:
    assert normalise_title(one) == normalise_title(other)


def test_a_lost_hyphen_or_blank_does_not_change_the_key() -> None:
    assert title_key("Memorybalanced pre-training") == title_key("Memory-Balanced pretraining")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Programming in C", "Programming in C++"),
        ("Tour of C", "Tour of C#"),
        ("On P=NP", "On P≠NP"),
        ("调度", "度调"),
    ],
)
def test_signs_and_letters_that_carry_meaning_stay(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


def test_letters_of_other_scripts_stay() -> None:
    assert normalise_title("「深度学习」：调度 ｶﾞｲﾄﾞ") == "深度学习 調度 ガイド".replace("調", "调")
    assert normalise_title("й") != normalise_title("и")


@settings(deadline=None)
@given(st.text())
def test_a_normal_title_is_normal_already(text: str) -> None:
    assert normalise_title(normalise_title(text)) == normalise_title(text)


@settings(deadline=None)
@given(st.text())
def test_composition_and_surrounding_space_do_not_matter(text: str) -> None:
    assert normalise_title(unicodedata.normalize("NFD", text)) == normalise_title(
        unicodedata.normalize("NFC", text)
    )
    assert normalise_title(f"  {text}\n") == normalise_title(text)


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_takes_no_short_cut_to_another_form(text: str) -> None:
    assert normalise_title(f"é {text} é").split() == ["e", *normalise_title(text).split(), "e"]


@pytest.mark.parametrize(
    ("title", "name", "rest"),
    [
        ("AntMan: Dynamic Scaling on GPU Clusters", "AntMan", "Dynamic Scaling on GPU Clusters"),
        ("(Gavel) Heterogeneity-Aware Scheduling", "Gavel", "Heterogeneity-Aware Scheduling"),
        ("DeepSpeed Ulysses: System Optimizations", "DeepSpeed Ulysses", "System Optimizations"),
        ("P^2: Reductions", "P^2", "Reductions"),
        ("精灵：调度方法", "精灵", "调度方法"),
        ("Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", "", ""),
        ("Operator Fusion in XLA: Analysis and Evaluation", "", ""),
        ("Sequence parallelism: Long sequence training", "", ""),
        ("Deep Learning: A Primer", "", ""),
        ("(Almost) Free Lunch", "", ""),
        ("Survey: Where We Are", "", ""),
        ("No name at all", "", ""),
        ("", "", ""),
    ],
)
def test_a_short_name_is_told_from_the_beginning_of_a_sentence(title: str, name: str, rest: str) -> None:
    assert split_short_name(title) == (name, rest or title)


@settings(deadline=None)
@given(st.text())
def test_splitting_keeps_all_words(text: str) -> None:
    name, rest = split_short_name(text)
    assert title_key(name) + title_key(rest) == title_key(text) or not name


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("A Survey, Part I", "A Survey, Part II", True),
        ("A 100B Model", "A 10B Model", True),
        ("ZeRO", "ZeRO 2", True),
        ("Training in 1 Hour", "Training in one hour", False),
        ("10,000 GPUs", "10000 GPUs", False),
        ("GPT-2", "GPT 2", False),
        ("2.5D Methods", "2.50D Methods", True),
        ("四 ４", "四 4", False),
    ],
)
def test_numbers_tell_works_apart(one: str, other: str, differ: bool) -> None:
    assert numbers_differ(one, other) is differ
    assert numbers_differ(other, one) is differ


@settings(deadline=None)
@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))
