"""Venues and years as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.model.venue import (
    find_venue,
    short_venue,
    type_for_venue,
    venue_in_brackets,
    venue_of_address,
    year_in,
)


@pytest.mark.parametrize(
    ("text", "venue", "year"),
    [
        ("OSDI20", "OSDI", 2020),
        ("arxiv23", "arXiv", 2023),
        ("NIPS19", "NeurIPS", 2019),
        ("VLDB'25", "VLDB", 2025),
        ("EuroSys' 26", "EuroSys", 2026),
        ("SysML 2019", "MLSys", 2019),
        ("Euro-Sys 2019", "EuroSys", 2019),
        ("PMLR 139, 2021", "ICML", 2021),
        ("2018 on arxiv, NIPS2019", "NeurIPS", 2019),
        ("2020 on arxiv; PPoPP 21", "PPoPP", 2021),
        ("TPDS vol.33 no.3 2022", "TPDS", 2022),
        ("Appl.sci. 2021, 11", "Applied Sciences", 2021),
        ("ACM Computing Surveys 2020", "ACM Computing Surveys", 2020),
        ("SC20: International Conference for High Performance Computing. IEEE, 2020, pp. 1–16.", "SC", 2020),
        ("arXiv preprint arXiv:2006.15704, 2020.", "arXiv", 2020),
        ("Proceedings of the VLDB Endowment, vol. 16, no. 12, pp. 3848–3860, 2023", "VLDB", 2023),
        ("International Conference on Machine Learning. PMLR, 2023, pp. 16 639–16 653.", "ICML", 2023),
        ("Advances in neural information processing systems", "NeurIPS", None),
        ("Proceedings of the 27th ACM Symposium on Operating Systems Principles", "SOSP", None),
        ("European Conference on Parallel Processing. Springer, 2022,pp. 155–170.", "Euro-Par", 2022),
        ("2023 IEEE International Conference on Cluster Computing (CLUSTER).", "CLUSTER", 2023),
    ],
)
def test_venue_and_year_are_found(text: str, venue: str, year: int | None) -> None:
    found = find_venue(text)
    assert found is not None
    assert (found.venue, found.year) == (venue, year)


@pytest.mark.parametrize(
    "text", ["", "x", "2021", "GPT4 and fast 16-bit training", "a date 2020 years ago", "LLM2"]
)
def test_no_venue_is_found_where_there_is_none(text: str) -> None:
    assert find_venue(text) is None


def test_brackets_may_hold_a_venue_nobody_knows() -> None:
    found = venue_in_brackets("aiDM2020")
    assert found is not None
    assert (found.venue, found.year) == ("aiDM", 2020)
    assert venue_in_brackets("a remark 20") is None


def test_years_are_no_pages_volumes_or_arxiv_numbers() -> None:
    assert year_in("vol. 2019, pp. 1999–2010, arXiv:2006.15704, 2022") == 2022
    assert year_in("pp. 1999–2010") is None


@pytest.mark.parametrize(
    ("url", "venue", "year"),
    [
        ("https://usenix.org/system/files/atc21-eliad.pdf", "ATC", 2021),
        ("https://proceedings.neurips.cc/paper/2019/file/x-Paper.pdf", "NeurIPS", 2019),
        ("https://aclanthology.org/2023.acl-long.134/", "ACL", 2023),
        ("http://proceedings.mlr.press/v70/mirhoseini17a/mirhoseini17a.pdf", "ICML", 2017),
    ],
)
def test_publishers_addresses_name_the_venue(url: str, venue: str, year: int | None) -> None:
    found = venue_of_address(url)
    assert found is not None
    assert (found.venue, found.year) == (venue, year)
    assert venue_of_address("https://example.org/osdi20") is None


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("", "article"),
        ("arXiv", "article"),
        ("TPDS", "article-journal"),
        ("OSDI", "paper-conference"),
        ("Big Data Review", "article-journal"),
    ],
)
def test_a_venue_gives_the_type(venue: str, kind: str) -> None:
    assert type_for_venue(venue) == kind


@settings(deadline=None)
@given(st.text())
def test_short_names_stay_as_they_are(text: str) -> None:
    assert short_venue(short_venue(text)) == short_venue(text)
    find_venue(text)
