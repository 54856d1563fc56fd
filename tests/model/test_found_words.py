from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.found_words import FoundWords


def found(query: str, text: str, **options: object) -> list[str]:
    return [text[start:end] for start, end in FoundWords(query, **options).spans(text)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("cluster gpu", "GPU Clusters: a cluster of GPUs", ["GPU", "cluster"]),
        ('"deep learning"', "Deep-learning and deep  Learning", ["Deep-learning", "deep  Learning"]),
        ("-cluster gpu", "gpu cluster", ["gpu"]),
        ("(moe OR tensor) year:2020", "tensor 2020 MoE", ["tensor", "MoE"]),
        ("调度", "集群调度与GPU调度", ["调度", "调度"]),
        ("gpu", "用GPU训练", ["GPU"]),
        ("naive", "naïve nai\u0308ve NAÏVE", ["naïve", "nai\u0308ve", "NAÏVE"]),
        ("ＡＢＣ", "abc ＡＢＣ", ["abc", "ＡＢＣ"]),
        ("カタカナ", "ｶﾀｶﾅ と カタカナ", ["ｶﾀｶﾅ", "カタカナ"]),
        ("ガス", "ｶﾞｽ", ["ｶﾞｽ"]),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8어", ["\u1112\u1161\u11ab\u1100\u116e\u11a8"]),
        ("heterogeneity-aware", "Heterogeneity‐Aware", ["Heterogeneity‐Aware"]),
        ("fi", "ﬁ", ["ﬁ"]),
        ("title:moe", "moe", []),
        ("", "anything", []),
        ("C++", "C++ and c", ["C", "c"]),
    ],
)
def test_words_are_found_as_the_index_compares_them(query: str, text: str, expected: list[str]) -> None:
    assert found(query, text) == expected


def test_a_field_counts_its_own_words_too() -> None:
    assert found("title:moe gpu", "moe gpu", field="title") == ["moe", "gpu"]


def test_only_the_last_word_may_be_unfinished() -> None:
    assert found("clus sched", "cluster scheduling", unfinished=True) == ["sched"]


def test_a_stretch_shows_words_in_their_context() -> None:
    text = "one two three four five six\nseven MoE eight nine ten eleven twelve"
    stretch = FoundWords("moe").stretch(text, around=12)
    assert stretch is not None
    assert (stretch.before, stretch.found, stretch.after) == ("…six seven ", "MoE", " eight nine…")
    assert FoundWords("absent").stretch(text) is None


@given(
    text=st.text(alphabet="aé\u0301ﬁ调カ\uff76\uff9e\u1112\u1161 -_ß한\n"),
    query=st.text(alphabet='aé调fi ka한-"', max_size=6),
)
def test_spans_lie_in_the_text_and_do_not_overlap(text: str, query: str) -> None:
    spans = FoundWords(query).spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] or before == after for before, after in pairwise(spans))
