"""File names: safe everywhere, unique where case is ignored, the same for the same library."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.filenames import (
    MAX_BYTES,
    safe_name,
    safe_stem,
    same_file,
    unique_stems,
    unique_tag_paths,
)

keys = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["CON", "con", "nul.txt", "COM¹", "lpt9", "..", ".", "", "a.", "a ", "A", "a", "a:b", "a/b"]
    ),
    st.text("aA:/._-é", max_size=4),
)


@pytest.mark.parametrize("key", ["antman2020", "Xiao_2020+b", "smith-2019", "x1"])
def test_plain_keys_stay_as_they_are(key: str) -> None:
    assert safe_stem(key) == key


@pytest.mark.parametrize(
    ("key", "stem"),
    [
        ("DBLP:conf/osdi/XiaoR20", "DBLP_conf_osdi_XiaoR20"),
        ("../../etc/passwd", "etc_passwd"),
        ("CON", "_CON"),
        ("aux.notes", "_aux.notes"),
        ("trailing...", "trailing"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("", "untitled"),
        ("调度系统", "调度系统"),
        ("𝜆-calculus", "𝜆-calculus"),
        ("🎉", "untitled"),
        ("a\x1b[31mb\u202ec", "a_31mb_c"),
    ],
)
def test_what_is_not_safe_is_replaced(key: str, stem: str) -> None:
    assert safe_stem(key) == stem


def test_long_keys_are_cut_and_stay_apart() -> None:
    first, second = safe_stem("调" * 3000 + "a"), safe_stem("调" * 3000 + "b")
    assert first != second
    assert len(first.encode()) <= MAX_BYTES


@given(st.lists(keys, max_size=12))
def test_names_are_safe_and_unique_where_case_is_ignored(some: list[str]) -> None:
    stems = unique_stems(some)
    assert set(stems) == set(some)
    assert len({same_file(stem) for stem in stems.values()}) == len(stems)
    for stem in stems.values():
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', stem)
        assert not stem.startswith((".", "-", " "))
        assert not stem.endswith((".", " "))
        assert stem.upper().split(".")[0] not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9", "COM¹"}
        assert 0 < len(stem.encode()) <= MAX_BYTES + 1


@given(st.lists(keys, max_size=8, unique=True), st.randoms())
def test_names_do_not_depend_on_the_order(some: list[str], shuffler: random.Random) -> None:
    shuffled = list(some)
    shuffler.shuffle(shuffled)
    assert unique_stems(shuffled) == unique_stems(some)


def test_the_key_written_like_its_name_keeps_it() -> None:
    stems = unique_stems(["a:b", "a_b", "A_B"])
    assert stems["A_B"] == "A_B"
    assert stems["a_b"].startswith("a_b-")
    assert stems["a:b"].startswith("a_b-")


def test_nested_tags_become_folders() -> None:
    assert unique_tag_paths(["moe", "moe/routing", "C++"]) == {
        "moe": "moe",
        "moe/routing": "moe/routing",
        "C++": "C++",
    }


def test_a_tag_folder_never_takes_the_name_of_a_tag_page() -> None:
    paths = unique_tag_paths(["a", "a.md/b"])
    assert paths["a"] + ".md" != paths["a.md/b"].split("/")[0]


@given(st.lists(st.text("ab/.A", min_size=1, max_size=5), max_size=8))
def test_tag_pages_never_share_a_file(tags: list[str]) -> None:
    paths = unique_tag_paths(tags)
    assert len({same_file(path) for path in paths.values()}) == len(paths)
    assert all(".." not in path.split("/") and "" not in path.split("/") for path in paths.values())


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Cluster: Scheduling", "Cluster Scheduling"),
        ("Memory/Cache Storage", "Memory Cache Storage"),
        ("C++ & 𝜆 (调度)", "C++ & 𝜆 (调度)"),
        ("..", ""),
        ("  .hidden. ", "hidden"),
        ("NUL", "_NUL"),
        ("con.txt", "_con.txt"),
        ("Data Parallelism + Intra-layer Model Parallelism (or Tensor Parallelism)", "Data Parallelism + Intra-layer Model Parallelism (or Tensor"),
        ("调" * 40, "调" * 19),
        ("a" * 70, "a" * 60),
    ],
)  # fmt: skip
def test_names_of_folders_read_like_their_words(words: str, name: str) -> None:
    assert safe_name(words) == name


@given(st.text())
def test_names_of_folders_are_names_on_every_system(words: str) -> None:
    name = safe_name(words)
    assert len(name.encode("utf-8", "surrogatepass")) <= 61
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name == name.strip(" ").rstrip(".")
    assert name.isprintable()
    assert safe_name(name) == name
