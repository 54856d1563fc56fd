"""Words that come from a viewer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.services.quoting import undivided


@pytest.mark.parametrize(
    ("selected", "quote"),
    [
        ("rerun the queue exper-\niment with\nother quotas", "rerun the queue experiment with\nother quotas"),
        ("sched-\r\n  uling of gra-  \ndients", "scheduling of gradients"),
        ("a state-of-\nthe-art self-\nattention", "a state-of-the-art self-attention"),
        ("one co-ordinate and co-\nordinate", "one co-ordinate and co-ordinate"),
        ("from 1-\n2 and so on -\nthen", "from 1-2 and so on -\nthen"),
        ("ends with a hy-\n", "ends with a hy-\n"),
        ("one line, well-known", "one line, well-known"),
        ("", ""),
    ],
)
def test_words_that_a_line_divides_are_put_together(selected: str, quote: str) -> None:
    assert undivided(selected) == quote


@given(st.text(alphabet="ab-\n \r\u00ad"))
def test_nothing_but_hyphens_and_white_space_is_lost(selected: str) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char in "ab")

    assert letters(undivided(selected)) == letters(selected)
    assert undivided(undivided(selected)) == undivided(selected)
