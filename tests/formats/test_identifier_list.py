"""Plain lists of identifiers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.formats import format_of
from notes_tui.formats.identifier_list import read, recognises
from notes_tui.model.item import Link

LIST = """# to read
1706.03762
arXiv:2301.00010v2 [cs.CL]
cs/0112017
https://arxiv.org/pdf/2005.14165.pdf
10.1145/3341301.3359630
doi: 10.1000/xyz(1999)2:3
https://doi.org/10.1038/nature14539.
https://www.usenix.org/conference/osdi20/presentation/xiao
https://github.com/microsoft/nnfusion

- 1810.04805  BERT: Pre-training of Deep Bidirectional Transformers
1512.03385, 1409.1556
this line says nothing
"""


def test_every_way_to_write_an_identifier() -> None:
    imported = read(LIST, file="ids.txt")
    assert [(each.reference.arxiv, each.reference.doi, each.line) for each in imported.items] == [
        ("1706.03762", "", 2), ("2301.00010", "", 3), ("cs/0112017", "", 4), ("2005.14165", "", 5),
        ("", "10.1145/3341301.3359630", 6), ("", "10.1000/xyz(1999)2:3", 7), ("", "10.1038/nature14539", 8),
        ("", "", 9), ("", "", 10), ("1810.04805", "", 12), ("1512.03385", "", 13), ("1409.1556", "", 13),
    ]  # fmt: skip
    assert imported.items[7].reference.links == (
        Link("paper", "https://www.usenix.org/conference/osdi20/presentation/xiao"),
    )
    assert imported.items[8].reference.type == "software"
    assert imported.items[9].reference.title == "BERT: Pre-training of Deep Bidirectional Transformers"
    assert [each.stand_in for each in imported.items[:1]] == ["arXiv:1706.03762"]
    assert [(each.line, each.message) for each in imported.problems] == [
        (14, "no arXiv id, DOI or address: this line says nothing")
    ]
    assert imported.refused == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (LIST, "ids"),
        ("10.1145/3341301.3359630\n10.1145/1\n10.1145/3368089.3409740", "ids"),
        ("https://arxiv.org/abs/1706.03762", "ids"),
        ("# List\n\n- [A paper](https://arxiv.org/abs/1706.03762) (2017)\n- [B](https://x.org)", "list"),
        ("@misc{a, doi={10.1/2}}", "bibtex"),
        ("TY  - JOUR\nER  - \n", "ris"),
    ],
)
def test_a_list_of_identifiers_is_told_from_other_texts(text: str, name: str) -> None:
    found = format_of(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["Dear reader,\nnothing here.", "a\nb\nc"])
def test_a_text_without_identifiers_is_none(text: str) -> None:
    assert not recognises(text)
    with pytest.raises(UnreadableFileError, match="no line names"):
        read(text)


@given(st.text(alphabet="aA10.2/:-vX[]() \nhtps", max_size=80))
def test_no_text_stops_the_reader(text: str) -> None:
    recognises(text)
    try:
        imported = read(text)
    except UnreadableFileError:
        return
    assert len(imported.problems) == imported.refused
