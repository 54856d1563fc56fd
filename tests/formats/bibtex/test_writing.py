"""BibTeX written: escaped, protected, sorted, without what is the reader's own, and read back the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from notes_tui.formats.bibtex import read, write
from notes_tui.formats.bibtex.writing import protected_title
from notes_tui.model.item import Creator, Link, Reference
from tests.references import distinct_references, references


def test_an_entry_as_it_is_written() -> None:
    reference = Reference(
        citekey="antman2020",
        type="paper-conference",
        title="AntMan: Dynamic Scaling on GPU Clusters & more at 50%",
        title_short="AntMan",
        creators=(
            Creator("Xiao", "Wencong"),
            Creator("van der Berg", "Jan"),
            Creator(literal="Alibaba Group"),
        ),
        venue="OSDI",
        year=2020,
        doi="10.5555/a_b",
        arxiv="2001.00001",
        links=(Link("paper", "https://x.example/a_b"), Link("code", "https://github.com/a/b")),
        extra={"page": "533-548", "issued": "2020-11-04", "publisher": "Müller_1"},
    )
    assert write([reference]) == (
        "@inproceedings{antman2020,\n"
        "  author = {Xiao, Wencong and van der Berg, Jan and {Alibaba Group}},\n"
        "  title = {{AntMan}: Dynamic Scaling on {GPU} Clusters \\& more at 50\\%},\n"
        "  shorttitle = {AntMan},\n"
        "  booktitle = {OSDI},\n"
        "  year = {2020},\n"
        "  month = nov,\n"
        "  day = {4},\n"
        "  pages = {533--548},\n"
        "  publisher = {Müller\\_1},\n"
        "  doi = {10.5555/a_b},\n"
        "  eprint = {2001.00001},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://x.example/a_b},\n"
        "  code = {https://github.com/a/b},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("BERT: Pre-training of Deep Transformers", "{BERT}: Pre-training of Deep Transformers"),
        ("A study of the Netherlands in winter", "A study of the {Netherlands} in winter"),
        ("Plan B for V100 and 4D parallelism", "Plan {B} for {V100} and {4D} parallelism"),
        ("LLM-GPU co-design", "{LLM-GPU} co-design"),
        ("what is C++ to me? Nothing", "what is {C}++ to me? Nothing"),
        ("", ""),
    ],
)
def test_capitals_that_a_style_would_lose_are_protected(title: str, latex: str) -> None:
    assert protected_title(title) == latex


@settings(max_examples=200)
@given(distinct_references())
def test_what_is_written_reads_back_the_same(written: list[Reference]) -> None:
    imported = read(write(written))
    assert imported.problems == ()
    by_key = {item.reference.citekey: item.reference for item in imported.items}
    assert by_key == {reference.citekey: _at_arxiv(reference) for reference in written}


def _at_arxiv(reference: Reference) -> Reference:
    """A preprint with an arXiv id and no venue is one at arXiv."""
    is_there = reference.type == "article" and reference.arxiv and not reference.venue
    return replace(reference, venue="arXiv") if is_there else reference


@given(distinct_references())
def test_the_order_of_the_references_does_not_matter(written: list[Reference]) -> None:
    assert write(written) == write(reversed(written))


@given(references())
def test_writing_what_was_read_gives_the_same_bytes(reference: Reference) -> None:
    text = write([_at_arxiv(reference)])
    assert write(item.reference for item in read(text).items) == text


def test_what_is_the_readers_own_never_leaves() -> None:
    text = write(
        [
            Reference(
                citekey="a",
                title="T",
                extra={
                    "file": "/somewhere/x.pdf", "owner": "me", "readstatus": "read", "annote": "secret", "groups": "g",
                    "bdsk-file-1": "b", "ranking": "rank1", "note": "public",
                },
            )
        ]
    )  # fmt: skip
    assert text == "@misc{a,\n  title = {T},\n  note = {public},\n}\n"


def test_keys_are_made_fit_for_bibtex_and_stay_apart() -> None:
    text = write([Reference(citekey="a b", title="One"), Reference(citekey="a,b", title="Two")])
    assert [item.reference.citekey for item in read(text).items] == ["a_b", "a_b-2"]


@given(references())
def test_braces_are_balanced_as_bibtex_counts_them(reference: Reference) -> None:
    depth = 0
    for sign in write([replace(reference, abstract="{ } \\{ \\} }}} {{")]):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0


def test_an_address_that_ends_in_a_separator_reads_back_as_the_same_address() -> None:
    text = write([Reference(citekey="k", links=(Link("paper", "https://x.org/a;"),))])
    assert "url = {https://x.org/a%3B}" in text
