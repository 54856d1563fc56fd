"""What captured lines say about works."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import InvalidValueError
from notes_tui.model.captured import has_stand_in, reference_from, references_of
from notes_tui.model.item import Link
from notes_tui.model.text import one_line


@pytest.mark.parametrize(
    ("line", "arxiv"),
    [
        ("1706.03762v5", "1706.03762"),
        ("arXiv:1706.03762v5 [cs.CL] 12 Jun 2017", "1706.03762"),
        ("1706.03762v2.pdf", "1706.03762"),
        ("https://arxiv.org/pdf/1706.03762v5.pdf", "1706.03762"),
        ("https://arxiv.org/html/1706.03762v7#S3", "1706.03762"),
        ("http://export.arxiv.org/abs/1706.03762", "1706.03762"),
        ("arxiv.org/abs/cs/0112017v1", "cs/0112017"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136v2", "math.GT/0309136"),
        ("https://huggingface.co/papers/2401.12345", "2401.12345"),
        ("https://doi.org/10.48550/arXiv.1706.03762", "1706.03762"),
    ],
)
def test_arxiv_in_any_form(line: str, arxiv: str) -> None:
    reference = reference_from(line)
    assert (reference.arxiv, reference.title, reference.doi) == (arxiv, f"arXiv:{arxiv}", "")
    assert has_stand_in(reference)


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("doi:10.1145/3341301.3359646.", "10.1145/3341301.3359646"),
        ("https://dx.doi.org/10.1145/3341301.3359646", "10.1145/3341301.3359646"),
        ("https://dl.acm.org/doi/pdf/10.1145/3341301.3359646?download=true", "10.1145/3341301.3359646"),
        ("https://dl.acm.org/citation.cfm?doid=1327452.1327492", "10.1145/1327452.1327492"),
        ("https://link.springer.com/chapter/10.1007/978-3-030-58452-8_13", "10.1007/978-3-030-58452-8_13"),
        ("https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf", "10.1007/s11263-015-0816-y"),
        ("https://www.nature.com/articles/s41586-021-03819-2", "10.1038/s41586-021-03819-2"),
        ("https://www.biorxiv.org/content/10.1101/2020.12.10.419473v1.full.pdf", "10.1101/2020.12.10.419473"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0123456", "10.1371/journal.pone.0123456"),
        ("https://www.frontiersin.org/articles/10.3389/fnins.2020.00001/full", "10.3389/fnins.2020.00001"),
        ("https://ieeexplore.ieee.org/document/8953877", ""),
        ("https://dl.acm.org/doi/10.5555/3488766.3488796", ""),
    ],
)  # fmt: skip
def test_the_doi_of_publishers_pages(line: str, doi: str) -> None:
    reference = reference_from(line)
    assert reference.doi == doi
    assert reference.links[0].kind in ("paper", "pdf")
    assert has_stand_in(reference)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("https://www.usenix.org/conference/osdi20/presentation/xiao", ("paper-conference", "OSDI", 2020)),
        ("https://aclanthology.org/2020.acl-main.747.pdf", ("paper-conference", "ACL", 2020)),
        ("https://proceedings.mlr.press/v97/tan19a.html", ("paper-conference", "ICML", 2019)),
        ("https://papers.nips.cc/paper/2017/hash/3f5ee243547d-Abstract.html", ("paper-conference", "NeurIPS", 2017)),
        ("https://papers.nips.cc/paper/7181-attention-is-all-you-need.pdf", ("paper-conference", "NeurIPS", None)),
        ("https://openreview.net/forum?id=rJl-b3RcF7", ("article", "", None)),
        ("github.com/microsoft/DeepSpeed", ("software", "", None)),
    ],
)  # fmt: skip
def test_what_other_addresses_say(line: str, expected: tuple[str, str, int | None]) -> None:
    reference = reference_from(line)
    assert (reference.type, reference.venue, reference.year) == expected


def test_titles_that_stand_in_an_address() -> None:
    page = "https://openaccess.thecvf.com/content_CVPR_2020/html/He_Momentum_Contrast_for_Learning_CVPR_2020_paper.html"
    assert reference_from(page).title == "Momentum Contrast for Learning"
    old = "https://papers.nips.cc/paper/7181-attention-is-all-you-need.pdf"
    assert reference_from(old).title == "Attention is all you need"


@pytest.mark.parametrize(
    "line",
    [
        "Attention Is All You Need (https://arxiv.org/abs/1706.03762).",
        "Attention Is All You Need, arXiv preprint arXiv:1706.03762, 2017",
        "[1706.03762] Attention Is All You Need",
        "- **Attention Is All You Need** arXiv:1706.03762v5 [cs.CL]",
        "3. “Attention Is All You Need” <https://arxiv.org/pdf/1706.03762>",
    ],
)
def test_the_words_beside_an_identifier_are_the_title(line: str) -> None:
    [reference] = references_of(line)
    assert (reference.title, reference.arxiv) == ("Attention Is All You Need", "1706.03762")


def test_identifiers_alone_are_as_many_works_as_they_name() -> None:
    found = references_of("1706.03762 2302.11665, 10.1145/3341301.3359646")
    assert [(each.arxiv, each.doi) for each in found] == [
        ("1706.03762", ""), ("2302.11665", ""), ("", "10.1145/3341301.3359646"),
    ]  # fmt: skip
    [one] = references_of(
        "https://arxiv.org/abs/1706.03762 https://arxiv.org/pdf/1706.03762 https://github.com/a/b"
    )
    assert [link.kind for link in one.links] == ["paper", "pdf", "code"]


def test_brackets_of_an_address_stay() -> None:
    line = "Lancet https://doi.org/10.1016/S0140-6736(20)30183-5"
    assert reference_from(line).links == (Link("paper", line.partition(" ")[2]),)
    assert reference_from(f"({line})").doi == "10.1016/s0140-6736(20)30183-5"


@pytest.mark.parametrize(
    "line", ["The PDF 1.7 standard and 2010.5 things", "C++20 and/or Rust 12/1234567", "长标题：调度"]
)
def test_titles_with_numbers_stay_titles(line: str) -> None:
    reference = reference_from(line)
    assert (reference.title, reference.arxiv, reference.doi) == (line, "", "")


@pytest.mark.parametrize("line", ["", "()", " - ", "…"])
def test_a_line_without_words_is_refused(line: str) -> None:
    with pytest.raises(InvalidValueError):
        references_of(line)


@given(st.text(max_size=300))
def test_any_line_is_taken_or_refused(line: str) -> None:
    try:
        found = references_of(line)
    except InvalidValueError:
        return
    assert found
    for reference in found:
        assert reference.title
        assert reference.title == one_line(reference.title)
