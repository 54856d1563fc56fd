"""Library files: what goes in comes out, and what does not fit is named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.library_yaml import read, write
from notes_tui.model.item import Creator, Link, Reference
from notes_tui.model.reading_list import Correction, ListEntry, ReadingList

SMALL = """collection:
  slug: small
  title: A small list
  sections:
  - [Papers, Scheduling]
  - [Papers, Later]

references:
- id: gavel2020
  type: paper-conference
  title: Heterogeneity-Aware Cluster Scheduling Policies for Deep Learning Workloads
  title-short: Gavel
  author:
  - {family: Narayanan, given: Deepak}
  - {literal: The Authors}
  container-title-short: OSDI
  issued: {date-parts: [[2020]]}
  page: 481–498
  DOI: 10.1145/1
  URL: https://arxiv.org/abs/2008.09213
  custom:
    arxiv: '2008.09213'
    links:
    - {kind: code, url: 'https://github.com/stanford-futuredata/gavel'}
    - {kind: paper, url: 'https://arxiv.org/abs/2008.09213'}
    related: [gavel]
    et-al: 'yes'

entries:
- item: gavel2020
  section: [Papers, Scheduling]
  title: '(Gavel) Heterogeneity-Aware #1: yes'
  text: |-
    (Gavel) Heterogeneity-Aware
    Deepak Narayanan et al.
  fields:
    framework: 'no'
  line: 7

corrections:
- entry: 1
  field: year
  was: '2019'
  now: '2020'
  reason: the list is a year behind
"""


def test_a_file_is_read_by_its_schema() -> None:
    small = read(SMALL, file="small.yaml")
    assert small.problems == ()
    (entry,) = small.entries
    assert entry.reference == Reference(
        citekey="gavel2020",
        type="paper-conference",
        title="Heterogeneity-Aware Cluster Scheduling Policies for Deep Learning Workloads",
        title_short="Gavel",
        creators=(Creator("Narayanan", "Deepak"), Creator(literal="The Authors")),
        venue="OSDI",
        year=2020,
        doi="10.1145/1",
        arxiv="2008.09213",
        links=(
            Link("code", "https://github.com/stanford-futuredata/gavel"),
            Link("paper", "https://arxiv.org/abs/2008.09213"),
        ),
        extra={"et-al": "yes", "page": "481–498"},
        related=("gavel",),
    )
    assert (entry.section, entry.line, dict(entry.fields)) == (
        ("Papers", "Scheduling"),
        7,
        {"framework": "no"},
    )
    assert small.sections[1] == ("Papers", "Later")
    assert small.corrections == (
        Correction(entry=1, field="year", was="2019", now="2020", reason="the list is a year behind"),
    )


def test_a_file_is_written_in_the_same_bytes() -> None:
    assert write(read(SMALL)) == SMALL


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("title-short: Gavel", "title-shrot: Gavel", "references: gavel2020: unknown key “title-shrot”"),
        ("type: paper-conference", "type: paper", "references: gavel2020: type: “paper” is no CSL type"),
        ("line: 7", "line: seven", "entries: 1: line: a whole number expected, not “seven”"),
        (
            "section: [Papers, Scheduling]",
            "section: Papers",
            "entries: 1: section: a list expected, not text",
        ),
        ("title: A small list", "title: [A, small]", "collection: title: text expected, not a list"),
        (
            "kind: code",
            "kind: repository",
            "custom: links: the kind is one of paper, pdf, code, project, other",
        ),
        ("- item: gavel2020", "- item: gavel2021", "entries: 1: item: no reference has the id “gavel2021”"),
        ("  slug: small", "  slug: small\n  slug: smaller", "the key “slug” stands twice"),
        ("- id: gavel2020\n  type", "- type", "references: 1: no id"),
        ("{family: Narayanan, given: Deepak}", "Narayanan", "author: keys and values expected, not text"),
    ],
)
def test_what_does_not_fit_is_named_and_the_rest_is_read(before: str, after: str, message: str) -> None:
    assert before in SMALL
    found = read(SMALL.replace(before, after, 1), file="small.yaml")
    assert message in "\n".join(problem.message for problem in found.problems)
    assert all(problem.file == "small.yaml" for problem in found.problems)


@pytest.mark.parametrize("text", ["", "a: [", "- 1", "title: x", "a:\n\t- b", "[" * 5000, "%YAML"])
def test_what_is_no_library_file_is_refused_with_its_name(text: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"small\.yaml"):
        read(text, file="small.yaml")


def test_a_broken_file_is_refused_with_the_line() -> None:
    with pytest.raises(UnreadableFileError, match="line 3"):
        read("collection:\n  slug: small\n references: [", file="small.yaml")


def test_a_yaml_library_without_its_fast_part_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    fast = read(SMALL)
    monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    assert read(SMALL) == fast


def test_references_alone_are_a_list_of_them() -> None:
    found = read(
        "references:\n- id: a\n  title: One\n  container-title: The Journal\n  issued: '2001-03'\n  URL: https://a.b/c\n"
    )
    (entry,) = found.entries
    assert (entry.title, entry.reference.venue, entry.reference.year) == ("One", "The Journal", 2001)
    assert entry.reference.links == (Link("paper", "https://a.b/c"),)


def test_anchors_stand_for_what_they_name() -> None:
    found = read("references:\n- id: a\n  title: &same One\n- id: b\n  title: *same\n")
    assert [entry.title for entry in found.entries] == ["One", "One"]


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\x85\u2028\u2029"), max_size=20
)
WORDS = TEXT | st.sampled_from(
    [
        "no",
        "2301.00010",
        "1e3",
        "~",
        "- a",
        "{a: b}",
        "# c",
        "'",
        '"',
        "a: b",
        "one\ntwo",
        " x ",
        "0x1F",
        "1_000",
        "12:30",
    ]
)
CREATORS = st.builds(Creator, family=WORDS.filter(bool), given=WORDS) | st.builds(
    Creator, literal=WORDS.filter(bool)
)
REFERENCES = st.builds(
    Reference,
    citekey=st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True),
    type=st.sampled_from(["article", "software", "book"]),
    title=WORDS,
    title_short=WORDS,
    creators=st.lists(CREATORS, max_size=3).map(tuple),
    venue=WORDS,
    year=st.none() | st.integers(1, 2999),
    doi=WORDS,
    arxiv=WORDS,
    abstract=WORDS,
    links=st.lists(
        st.builds(Link, kind=st.sampled_from(["paper", "code"]), url=WORDS.filter(bool)),
        max_size=3,
        unique=True,
    ).map(tuple),
    extra=st.dictionaries(st.sampled_from(["volume", "page", "framework", "et-al"]), WORDS.filter(bool)),
    related=st.lists(WORDS, max_size=2).map(tuple),
)


@settings(deadline=None)
@given(st.lists(REFERENCES, max_size=4, unique_by=lambda reference: reference.citekey), st.data())
def test_any_list_survives_writing_and_reading(references: list[Reference], data: st.DataObject) -> None:
    entries = tuple(
        ListEntry(
            section=data.draw(st.lists(WORDS, max_size=2).map(tuple)),
            title=data.draw(WORDS),
            text=data.draw(WORDS),
            reference=reference,
            fields=data.draw(st.dictionaries(WORDS.filter(bool), WORDS, max_size=2)),
            line=data.draw(st.none() | st.integers(1, 10**6)),
        )
        for reference in references
    )
    whole = ReadingList(title=data.draw(WORDS), slug="x", sections=(("A",),), entries=entries)
    text = write(whole)
    again = read(text)
    assert again == whole
    assert write(again) == text
