"""Names as BibTeX writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.bibtex.names import read_names, write_names
from notes_tui.model.item import Creator


@pytest.mark.parametrize(
    ("text", "family", "given_name"),
    [
        ("Xiao, Wencong", "Xiao", "Wencong"),
        ("Wencong Xiao", "Xiao", "Wencong"),
        ("van der Berg, Jan", "van der Berg", "Jan"),
        ("Jan van der Berg", "van der Berg", "Jan"),
        ("Jean de La Fontaine", "de La Fontaine", "Jean"),
        ("King, Jr., Martin Luther", "King", "Martin Luther Jr."),
        ("Fulton, James E., Jr.", "Fulton", "James E. Jr."),
        ("Martin Luther King Jr.", "King", "Martin Luther Jr."),
        (r"Lecun, Yann and others", "Lecun", "Yann"),
        (r"{\'E}mile Zola", "Zola", "Émile"),
        (r"Kurt G{\"o}del", "Gödel", "Kurt"),
        ("Garcia Molina, Hector", "Garcia Molina", "Hector"),
        ("Barnes~Smith, Ann", "Barnes Smith", "Ann"),
        ("{Barnes and Noble}, Ann", "Barnes and Noble", "Ann"),
        ("family=Berg, given=Jan, prefix=van der", "van der Berg", "Jan"),
        ("张, 三", "张", "三"),
    ],
)
def test_one_name_is_split_right(text: str, family: str, given_name: str) -> None:
    assert read_names(text)[0] == (Creator(family=family, given=given_name),)


def test_a_body_in_braces_and_a_single_word_are_literal() -> None:
    names, _ = read_names("{The {NVIDIA} Corporation} and OpenAI and {\\'Ecole and Co}")
    assert [name.literal for name in names] == ["The NVIDIA Corporation", "OpenAI", "École and Co"]


def test_others_are_told_apart_from_people() -> None:
    names, others = read_names("A. Bee and C. Dee and others")
    assert ([name.family for name in names], others) == (["Bee", "Dee"], True)


@pytest.mark.parametrize(
    "text", ["Ann Bee, Cy Dee, Eve Eff", "Ann Bee; Cy Dee; Eve Eff", "Bee, Ann; Dee, Cy; Eff, Eve"]
)
def test_people_listed_without_and_are_told_apart(text: str) -> None:
    assert [name.family for name in read_names(text)[0]] == ["Bee", "Dee", "Eff"]


_part = st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S")), min_size=1).map(
    lambda text: " ".join(text.split())
)


def _settled(creators: tuple[Creator, ...]) -> tuple[Creator, ...]:
    return read_names(write_names(creators))[0]


@given(st.lists(st.builds(Creator, family=_part, given=_part) | st.builds(Creator, literal=_part)).map(tuple))
def test_names_written_read_back_as_the_same_names(creators: tuple[Creator, ...]) -> None:
    once = _settled(creators)
    assert _settled(once) == once
    assert len(once) == len(creators)


@given(
    st.lists(
        st.builds(
            Creator,
            family=st.sampled_from(["Xiao", "van der Berg", "Ó Dálaigh", "a, b", "x and y", "50%", "调"]),
            given=st.sampled_from(["Ann", "J. R.", "Jean-Luc Jr.", "{x}", "度"]),
        )
        | st.builds(Creator, literal=st.sampled_from(["OpenAI", "Barnes and Noble", "A, B & C", "others"]))
    ).map(tuple)
)
def test_names_survive_exactly(creators: tuple[Creator, ...]) -> None:
    assert _settled(creators) == creators
