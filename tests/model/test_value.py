"""Values that behave as frozen dataclasses do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.value import Value


class Place(Value):
    """A page and what is marked on it."""

    page: int
    words: tuple[str, ...] = ()
    role: str = "claim"


class Other(Value):
    """The same fields, another kind."""

    page: int
    words: tuple[str, ...] = ()
    role: str = "claim"


@dataclass(frozen=True)
class Model:
    """What a dataclass makes of the same fields."""

    page: int
    words: tuple[str, ...] = ()
    role: str = "claim"


ARGUMENTS = st.lists(st.integers(0, 3), max_size=4)
NAMED = st.dictionaries(st.sampled_from(["page", "words", "role", "colour"]), st.integers(0, 3))


def made(kind: type[Any], values: list[int], named: dict[str, int]) -> object:
    """What a class makes of arguments, or that it refuses them."""
    try:
        return kind(*values, **named)
    except TypeError:
        return "refused"


@given(ARGUMENTS, NAMED, ARGUMENTS, NAMED)
def test_a_value_is_made_shown_and_compared_as_a_dataclass_is(
    values: list[int], named: dict[str, int], others: list[int], others_named: dict[str, int]
) -> None:
    first, second = made(Place, values, named), made(Place, others, others_named)
    like_first, like_second = made(Model, values, named), made(Model, others, others_named)
    assert repr(first).replace("Place", "Model") == repr(like_first)
    assert (first == second) == (like_first == like_second)
    if first == second:
        assert hash(first) == hash(second)
    assert first != made(Other, values, named) or first == "refused"


def test_a_value_stays_as_it_is() -> None:
    place = Place(3, ("one",))
    with pytest.raises(AttributeError, match="page"):
        place.page = 4  # type: ignore[misc]
    with pytest.raises(AttributeError, match="page"):
        del place.page
    assert (place.page, place.words, place.role) == (3, ("one",), "claim")


def test_a_value_is_matched_by_place() -> None:
    match Place(3, role="quote"):
        case Place(page, (), role):
            assert (page, role) == (3, "quote")
        case _:
            raise AssertionError


def test_a_value_is_copied_and_pickled() -> None:
    place = Place(3, ("one",))
    assert copy.deepcopy(place) == pickle.loads(pickle.dumps(place)) == place
