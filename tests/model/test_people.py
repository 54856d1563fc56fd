"""Lists of names as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.model.people import looks_like_institutions, looks_like_people, read_people


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        (
            "Jun Huang, Zhen Zhang, Shuai Zheng， Feng Qin,Yida Wang",
            ["Huang", "Zhang", "Zheng", "Qin", "Wang"],
            False,
        ),
        ("Quan Zhou; Haiquan Wang; Xiaoyan Yu", ["Zhou", "Wang", "Yu"], False),
        (
            "Henk Dreuning, Henri E. Bal & Rob V. van Nieuwpoort ",
            ["Dreuning", "Bal", "van Nieuwpoort"],
            False,
        ),
        ("Shengqi Chen, Wenguang ChenAuthors Info & Claims", ["Chen", "Chen"], False),
        ("Zan Zong, Runqing Zhang, and Jidong Zhai", ["Zong", "Zhang", "Zhai"], False),
        ("Colin Unger, Zhihao Jia, et al.,", ["Unger", "Jia"], True),
        ("Jiangsu Du et al.", ["Du"], True),
        ("Felix Hill(University of Cambridge) et al.", ["Hill"], True),
        ("Xiao, W., Ren, S. and Li, Y.", ["Xiao", "Ren", "Li"], False),
        ("LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton", ["LeCun", "Bengio", "Hinton"], False),
    ],
)
def test_names_are_told_apart(text: str, names: list[str], others: bool) -> None:
    people = read_people(text)
    assert [creator.family for creator in people.creators] == names
    assert people.and_others is others
    assert looks_like_people(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Swap, Recompute, Partition", "Proceedings of Machine Learning and Systems, vol. 5, 2023.",
        "Scalable, Low-Cost Training", "https://example.org, Some One", "UC Berkeley & Stanford",
    ],
)  # fmt: skip
def test_other_lists_are_no_people(text: str) -> None:
    assert not looks_like_people(text)


def test_institutions_are_known_by_their_words() -> None:
    assert looks_like_institutions("UC Berkeley & AWS & Google")
    assert not looks_like_institutions("Generalize the search through Google")
    assert not looks_like_institutions("Wencong Xiao, Shiru Ren")


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    looks_like_people(text)
    looks_like_institutions(text)
    assert all(creator.name for creator in read_people(text).creators if creator.name.strip())
