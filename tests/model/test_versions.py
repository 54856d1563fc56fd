"""Where else a work appeared: kept when descriptions of it join, told apart from another spelling."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.item import Reference
from notes_tui.model.joining import additions
from notes_tui.model.versions import FIELD, Version, joined_versions, lines_of, versions_of
from tests.references import VENUES, references

SOSP = Reference(title="T", type="paper-conference", venue="SOSP", year=2019, doi="10.1145/1")


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        (Reference(title="T", venue="TOCS", year=2021, doi="10.1145/2"), ["TOCS · 2021 · doi:10.1145/2"]),
        (Reference(title="T", venue="arXiv", year=2018, arxiv="1806.03377"), ["arXiv · 2018 · arXiv:1806.03377"]),
        (Reference(title="T", venue="arXiv", year=2019, arxiv="1806.03377"), []),
        (Reference(title="T", doi="10.1145/2"), ["doi:10.1145/2"]),
        (Reference(title="T", venue="SOSP", year=2020), []),
        (Reference(title="T", venue="Proc. of the 27th Symposium", year=2019), []),
        (Reference(title="T", venue="NSDI", year=2019), ["NSDI · 2019"]),
        (Reference(title="T"), []),
    ],
)  # fmt: skip
def test_another_version_is_kept_and_another_spelling_is_none(other: Reference, kept: list[str]) -> None:
    joined = replace(SOSP, **additions(SOSP, other))  # type: ignore[arg-type]
    assert (joined.venue, joined.year, joined.doi) == ("SOSP", 2019, "10.1145/1")
    assert lines_of(versions_of(joined)) == kept
    assert additions(joined, other) == {}


def test_a_preprint_that_was_published_keeps_its_year() -> None:
    preprint = Reference(title="T", venue="arXiv", year=2018, arxiv="1806.03377")
    joined = replace(preprint, **additions(preprint, SOSP))  # type: ignore[arg-type]
    assert (joined.venue, joined.year) == ("SOSP", 2019)
    assert versions_of(joined) == (Version("arXiv", 2018, "", "1806.03377"),)


def test_merging_keeps_another_year_of_the_same_place() -> None:
    other = replace(SOSP, year=2021)
    assert joined_versions(SOSP, other) == ""
    assert joined_versions(SOSP, other, every_year=True) == "SOSP · 2021 · doi:10.1145/1"


def test_signs_of_the_line_itself_do_no_harm() -> None:
    odd = Reference(venue="A · B | doi:x", year=2001, doi="10.1/a")
    text = joined_versions(SOSP, odd)
    [version] = versions_of(Reference(extra={FIELD: text}))
    assert (version.year, version.doi) == (2001, "10.1/a")


@given(references(), references(), VENUES)
def test_what_is_joined_once_is_joined_for_good(first: Reference, second: Reference, venue: str) -> None:
    second = replace(second, venue=venue)
    once = replace(first, **additions(first, second))  # type: ignore[arg-type]
    assert additions(once, second) == {}
    text = once.extra.get(FIELD, "")
    assert " | ".join(sorted(each.text for each in versions_of(once))) == text


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for version in versions_of(Reference(extra={FIELD: text})):
        assert version.text
        assert set(version.as_dict()) == {"venue", "year", "doi", "arxiv"}
