"""Merging files: the library's changes go in, everything the user wrote stays byte for byte."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.vault import yaml_text
from notes_tui.formats.vault.document import merge_documents, take_apart

BASE = """---
citekey: antman2020
read_status: unread
title: AntMan
tags:
  - gpu
added: "2026-01-01"
collections: []
---

# AntMan

Body.
"""


def test_a_changed_value_is_spliced_in_and_the_users_layout_stays() -> None:
    ours = BASE.replace("unread", "read").replace("title: AntMan", 'title: "AntMan: Scaling"')
    theirs = """---
# mine
my_score: 9
title:    'AntMan'   # the short one
citekey: antman2020
tags: [gpu, mine]   # flow
read_status: unread # not yet

added: "2026-01-01"
collections: []
---
# AntMan

Body.
My line.
"""
    merged = merge_documents(BASE, ours, theirs)
    assert not merged.conflicts
    assert merged.text == theirs.replace("unread #", "read #").replace("'AntMan'", '"AntMan: Scaling"')


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ("tags:\n  - gpu\n", "tags:\n  - gpu\n  - new\n"),
        ("tags:\n- mine # c\n- gpu\n", "tags:\n- mine # c\n- gpu\n- new\n"),
        ("tags:\n    - gpu\n    - mine\n", "tags:\n    - gpu\n    - mine\n    - new\n"),
        ("tags: [gpu]\n", "tags: [gpu, new]\n"),
        ("tags: []\n", "tags:\n  - new\n"),
        ("tags:\n", "tags:\n  - new\n"),
        ("", "tags:\n  - new\n"),
    ],
)
def test_list_elements_are_added_in_the_users_layout(theirs: str, expected: str) -> None:
    ours = BASE.replace("  - gpu\n", "  - gpu\n  - new\n")
    merged = merge_documents(BASE, ours, BASE.replace("tags:\n  - gpu\n", theirs))
    assert not merged.conflicts
    assert merged.text == BASE.replace("tags:\n  - gpu\n", expected)


def test_what_one_side_took_from_a_list_is_gone_and_what_the_other_added_is_there() -> None:
    ours = BASE.replace("  - gpu\n", "  - better\n")
    merged = merge_documents(BASE, ours, BASE.replace("  - gpu\n", "  - gpu\n  - mine\n"))
    assert not merged.conflicts
    assert yaml.safe_load(take_apart(merged.text).front)["tags"] == ["better", "mine"]


def test_new_keys_stand_where_the_library_has_them_and_gone_keys_go() -> None:
    ours = BASE.replace("title: AntMan\n", "title: AntMan\nrating: 4\n").replace('added: "2026-01-01"\n', "")
    theirs = BASE.replace("citekey: antman2020\n", "citekey: antman2020\nmine: 1\n")
    merged = merge_documents(BASE, ours, theirs)
    assert merged.text == theirs.replace("title: AntMan\n", "title: AntMan\nrating: 4\n").replace(
        'added: "2026-01-01"\n', ""
    )


def test_a_scalar_changed_on_both_sides_is_a_conflict() -> None:
    merged = merge_documents(BASE, BASE.replace("unread", "read"), BASE.replace("unread", "reading"))
    (conflict,) = merged.conflicts
    assert conflict.line == 3
    assert conflict.ours == ("read_status: read",)
    assert conflict.theirs == ("read_status: reading",)


def test_the_same_value_written_another_way_is_no_conflict() -> None:
    ours, theirs = BASE.replace("unread", "read"), BASE.replace("unread", "'read'")
    assert merge_documents(BASE, ours, theirs).text == theirs


def test_conflicts_of_the_body_name_their_line_in_the_file() -> None:
    merged = merge_documents(BASE, BASE.replace("Body", "Ours"), BASE.replace("Body", "Theirs"))
    assert [conflict.line for conflict in merged.conflicts] == [13]


@pytest.mark.parametrize(
    "change",
    [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n"), lambda text: text.rstrip("\n")],
)
def test_mark_line_ends_and_missing_final_newline_stay(change: object) -> None:
    assert callable(change)
    ours = BASE.replace("unread", "read").replace("  - gpu\n", "  - gpu\n  - new\n")
    assert merge_documents(BASE, ours, change(BASE)).text == change(ours)


def test_a_front_matter_that_was_removed_is_not_put_back() -> None:
    theirs = take_apart(BASE).body
    merged = merge_documents(BASE, BASE.replace("Body.", "Body.\n\nMore."), theirs)
    assert merged.text == theirs.replace("Body.", "Body.\n\nMore.")
    assert not merged.conflicts


def test_a_broken_front_matter_is_merged_as_lines() -> None:
    theirs = BASE.replace("title: AntMan", "title: [AntMan")
    merged = merge_documents(BASE, BASE.replace("unread", "read"), theirs)
    assert merged.text == theirs.replace("unread", "read")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_every_text_is_written_as_a_scalar_that_reads_back(text: str) -> None:
    line = f"key: {yaml_text.scalar(text)}\n"
    assert line.count("\n") == 1
    assert yaml.safe_load(line) == {"key": text}
    assert yaml.load(line, Loader=yaml.CBaseLoader) == {"key": text}
    flow = yaml_text.block("key", [yaml_text.flow({"a": text, "b": [text, text]}), yaml_text.scalar(text)])
    assert yaml.safe_load(flow) == {"key": [{"a": text, "b": [text, text]}, text]}


@given(st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9_ :#.,+-]{0,12}", fullmatch=True))
def test_words_that_yaml_knows_are_quoted(text: str) -> None:
    assert yaml.safe_load(f"key: {yaml_text.scalar(text)}\n") == {"key": text}


keys = st.sampled_from(["citekey", "title", "venue", "mine", "my_score"])
fronts = st.lists(
    st.one_of(
        st.tuples(keys, st.sampled_from(["a", '"b"', "c # x", "", "null"])).map(
            lambda pair: f"{pair[0]}: {pair[1]}\n"
        ),
        st.tuples(st.just("tags"), st.lists(st.sampled_from("abcd"), unique=True, max_size=4)).map(
            lambda pair: yaml_text.block(*pair)
        ),
        st.just("# comment\n"),
        st.just("\n"),
    ),
    max_size=6,
    unique_by=lambda line: line.split(":")[0],
).map("".join)


@given(fronts, fronts, fronts)
def test_merging_front_matter_is_right_for_every_key(base: str, ours: str, theirs: str) -> None:
    merged = merge_documents(*(f"---\n{front}---\nbody\n" for front in (base, ours, theirs)))
    if merged.conflicts:
        return
    old, mine, current, found = (
        {
            key: value or None
            for key, value in (
                yaml.safe_load(take_apart(text).front if "---" in text else text) or {}
            ).items()
        }
        for text in (base, ours, theirs, merged.text)
    )
    for key in {*old, *mine, *current, *found} - {"tags"}:
        wanted = current.get(key) if mine.get(key) == old.get(key) else mine.get(key)
        assert found.get(key) == wanted
    tags = [set(each.get("tags") or []) for each in (old, mine, current, found)]
    assert tags[3] == (tags[1] & tags[2]) | ((tags[1] | tags[2]) - tags[0]) | (tags[0] & tags[1] & tags[2])
    if mine == old and theirs != base:
        assert merged.text == f"---\n{theirs}---\nbody\n"
