"""What stands at an address."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.model.item import LINK_KINDS
from notes_tui.model.links import arxiv_in, doi_in, kind_of


@pytest.mark.parametrize(
    ("url", "label", "kind"),
    [
        ("https://arxiv.org/abs/1802.05799", "pdf", "paper"),
        ("https://arxiv.org/pdf/2006.15704", "", "pdf"),
        ("https://dl.acm.org/doi/pdf/10.1145/3302424.3303953", "", "pdf"),
        ("https://openreview.net/pdf?id=Hkc-TeZ0W", "link", "pdf"),
        ("https://github.com/baidu-research/PaSE/raw/master/docs/PaSE_ipdps2021.pdf", "ieee", "pdf"),
        ("https://github.com/NVIDIA/Megatron-LM", "", "code"),
        ("https://flexflow.github.io/", "", "project"),
        ("https://example.org/", "Project page", "project"),
        ("https://example.org/publication/x", "Paper", "paper"),
        ("https://example.org/", "Video", "other"),
        ("https://example.org/", "", "other"),
        ("http://[broken", "", "other"),
    ],
)
def test_the_address_tells_before_the_label(url: str, label: str, kind: str) -> None:
    assert kind_of(url, label) == kind


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("https://arxiv.org/abs/2405.07719v5", "2405.07719"),
        ("https://export.arxiv.org/pdf/1910.01578.pdf", "1910.01578"),
        ("arXiv preprint arXiv:2004.13336, 2020.", "2004.13336"),
        ("arXiv 2312.07104", "2312.07104"),
        ("https://huggingface.co/papers/2310.01889", "2310.01889"),
        ("https://arxiv.org/abs/2105.144500", ""),
        ("2105.14450 of something", ""),
    ],
)
def test_arxiv_ids_are_found_without_version(text: str, identifier: str) -> None:
    assert arxiv_in(text) == identifier


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://dl.acm.org/doi/abs/10.1145/3458817.3476145", "10.1145/3458817.3476145"),
        ("https://link.springer.com/chapter/10.1007/978-3-031-12597-3_10", "10.1007/978-3-031-12597-3_10"),
        ("https://doi.org/10.1000/ABC?x=1", "10.1000/abc"),
        ("https://dl.acm.org/doi/10.5555/3433701.3433727", ""),
        ("https://doi.org/10.48550/arXiv.2301.00010", ""),
        ("https://example.org/10.1000/abc", ""),
    ],
)
def test_dois_are_found_where_they_resolve(url: str, doi: str) -> None:
    assert doi_in(url) == doi


@settings(deadline=None)
@given(st.text(), st.text())
def test_every_address_has_a_kind(url: str, label: str) -> None:
    assert kind_of(url, label) in LINK_KINDS
