"""CSL-JSON both ways."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.csl_json import read, recognises, write
from notes_tui.model.imported import ImportedItem
from notes_tui.model.item import Creator, Link, Reference
from tests.references import distinct_references


def one(data: object) -> ImportedItem:
    imported = read(json.dumps([data]))
    assert imported.problems == ()
    [item] = imported.items
    return item


def test_a_reference_as_other_programs_write_it() -> None:
    item = one(
        {
            "id": "http://zotero.org/x/1", "citation-key": "xiao2020", "type": "paper-conference",
            "title": "AntMan: <i>Dynamic</i> Scaling", "shortTitle": "AntMan", "container-title": "OSDI",
            "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}, {"literal": "Alibaba"}],
            "issued": {"date-parts": [["2020", 11, "4"]]}, "DOI": "https://doi.org/10.5555/x", "volume": 3,
            "URL": "https://x.example/p", "note": "PMID: 12\nA remark", "keyword": "gpu, scaling", "page": "1-2",
            "editor": [{"family": "Lee", "given": "Ann"}], "accessed": {"date-parts": [[2021, 1]]}, "abstract": "A\n\nB",
        }
    )  # fmt: skip
    reference = item.reference
    assert (reference.citekey, reference.type) == ("xiao2020", "paper-conference")
    assert (reference.title, reference.title_short) == ("AntMan: Dynamic Scaling", "AntMan")
    assert reference.creators == (Creator("van der Berg", "Jan"), Creator(literal="Alibaba"))
    assert (reference.venue, reference.year, reference.doi) == ("OSDI", 2020, "10.5555/x")
    assert reference.links == (Link("paper", "https://x.example/p"),)
    assert reference.abstract == "A\n\nB"
    assert reference.extra == {
        "issued": "2020-11-04", "volume": "3", "page": "1-2", "editor": "Lee, Ann", "accessed": "2021-01",
        "note": "A remark", "PMID": "12", "keyword": "gpu, scaling",
    }  # fmt: skip
    assert item.keywords == ("gpu", "scaling")


@pytest.mark.parametrize(
    "made",
    [
        "http://zotero.org/users/1/items/ABCD",
        "12",
        12,
        "123/ABCDEFGH",
        "ITEM-1",
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    ],
)
def test_ids_that_a_program_made_for_itself_are_no_citekeys(made: object) -> None:
    assert one({"id": made, "title": "T"}).reference.citekey == ""
    assert one({"id": made, "citation-key": "a", "title": "T"}).reference.citekey == "a"


@pytest.mark.parametrize(
    "data",
    [
        {"number": "arXiv:1706.03762"},
        {"note": "arXiv: 1706.03762 [cs]"},
        {"URL": "https://arxiv.org/abs/1706.03762v3"},
        {"DOI": "10.48550/arXiv.1706.03762"},
        {"custom": {"arxiv": "1706.03762"}},
    ],
)
def test_arxiv_ids_wherever_they_stand(data: dict[str, object]) -> None:
    assert one({"type": "article", "title": "T", **data}).reference.arxiv == "1706.03762"


@pytest.mark.parametrize(
    ("issued", "year", "extra"),
    [
        ({"date-parts": [[2020]]}, 2020, {}),
        ({"date-parts": [[2020, 3], [2020, 5]]}, 2020, {"issued": "2020-03/2020-05"}),
        ({"literal": "spring 2020"}, 2020, {"issued": "spring 2020"}),
        ({"raw": "2020-05"}, 2020, {"issued": "2020-05"}),
        ("2020", 2020, {}),
        ({"literal": "in press"}, None, {"issued": "in press"}),
        ({"date-parts": [[None]]}, None, {}),
        ({}, None, {}),
    ],
)
def test_dates_in_every_form(issued: object, year: int | None, extra: dict[str, str]) -> None:
    reference = one({"type": "book", "title": "T", "issued": issued}).reference
    assert (reference.year, dict(reference.extra)) == (year, extra)


def test_what_is_written_is_csl() -> None:
    text = write(
        [
            Reference(
                citekey="b", type="software", title="Tool", arxiv="1706.03762", year=2020,
                links=(Link("code", "https://github.com/a/b"), Link("paper", "https://x.example/p")),
                extra={"editor": "Lee, Ann; {The Board}", "issued": "2020-03", "method": "own"},
            ),
            Reference(citekey="a", title="First"),
        ]
    )  # fmt: skip
    assert json.loads(text) == [
        {"id": "a", "type": "article", "title": "First"},
        {
            "id": "b", "type": "software", "title": "Tool", "issued": {"date-parts": [[2020, 3]]},
            "URL": "https://x.example/p", "editor": [{"family": "Lee", "given": "Ann"}, {"literal": "The Board"}],
            "custom": {
                "arxiv": "1706.03762", "links": [{"kind": "code", "url": "https://github.com/a/b"}],
                "extra": {"method": "own"},
            },
        },
    ]  # fmt: skip
    assert text.endswith("]\n")


@settings(max_examples=200)
@given(distinct_references())
def test_what_is_written_reads_back_the_same(written: list[Reference]) -> None:
    imported = read(write(written))
    assert {item.reference.citekey: item.reference for item in imported.items} == {
        reference.citekey: reference for reference in written
    }


@given(distinct_references())
def test_the_order_of_the_references_does_not_matter(written: list[Reference]) -> None:
    assert write(written) == write(reversed(written))


@pytest.mark.parametrize("text", ["", "{", "3", '"x"', "[1, 2", "[" * 100_000])
def test_what_is_no_csl_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFileError):
        read(text)


def test_parts_that_are_no_references_are_told() -> None:
    imported = read(
        '[{"title": "T"}, 7, {}, {"id": 12, "author": "x", "title": ["T2"], "issued": [3]}]', file="a.json"
    )
    assert [item.reference.title for item in imported.items] == ["T", "T2"]
    assert [(problem.file, problem.message) for problem in imported.problems] == [
        ("a.json", "reference 2 is no CSL reference"), ("a.json", "reference 3 is no CSL reference"),
    ]  # fmt: skip
    assert imported.refused == 2


def test_lone_surrogates_do_not_come_through() -> None:
    assert read(r'[{"title": "a\ud800b\u0000"}]').items[0].reference.title == "a\ufffdb"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "type",
                    "title",
                    "author",
                    "issued",
                    "date-parts",
                    "custom",
                    "links",
                    "editor",
                    "URL",
                    "note",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.lists(_JSON, max_size=4))
def test_no_json_however_odd_stops_the_reader(data: list[object]) -> None:
    imported = read(json.dumps(data))
    assert len(imported.items) + imported.refused == len(data)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('[{"id": "a", "type": "book"}]', True),
        ("[]", True),
        ('{"items": [{"title": "x"}]}', True),
        ('{"readme": "# List"}', False),
        ("[link](https://x.example)", False),
    ],
)
def test_csl_is_recognised(text: str, known: bool) -> None:
    assert recognises(text) is known
