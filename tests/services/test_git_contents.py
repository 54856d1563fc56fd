"""Two versions of a file made one: whatever they hold, in either order, and nothing a side added is missing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.services.git.conflict_records import ConflictRecord, is_record, joined_records, read_record
from notes_tui.services.git.contents import is_vault_file, joined, settle

PATHS = (
    "papers/x.md", "index.md", "notes/深.md", ".notes-tui/items.jsonl", ".notes-tui/events/m.jsonl",
    ".notes-tui/collections/c.jsonl", ".notes-tui/vault.json", ".notes-tui/conflicts/0a.json", ".notes-tui/unknown",
)  # fmt: skip
CONTENTS = st.binary(max_size=60) | st.text(
    alphabet=st.sampled_from(list('abc\n\r-: "{}[]调\ufeff\x00')), max_size=60
).map(str.encode)
LINES = st.lists(st.sampled_from(["one", "two", "three", "四", "", "- five", "# six"]), max_size=12)


@given(st.sampled_from(PATHS), st.none() | CONTENTS, CONTENTS, CONTENTS)
@settings(max_examples=400)
def test_any_bytes_are_settled_alike_in_either_order(
    path: str, base: bytes | None, ours: bytes, theirs: bytes
) -> None:
    done = settle(path, base, ours, theirs)
    assert settle(path, base, theirs, ours) == done
    assert settle(path, base, ours, ours).content == ours
    if base is not None:
        assert settle(path, base, base, theirs).content == theirs


@given(LINES, LINES, LINES)
@settings(max_examples=300)
def test_every_line_that_a_side_added_is_in_the_file_or_in_a_record(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    before, mine, yours = ("".join(f"{line}\n" for line in lines).encode() for lines in (base, ours, theirs))
    done = settle("notes/x.md", before, mine, yours)
    kept = done.content.decode() + "".join(content.decode() for content in done.beside.values())
    shown = kept.encode().decode("unicode_escape").encode("latin-1", "replace").decode("utf-8", "replace")
    for line in {*ours, *theirs} - {*base}:
        assert line in kept or line in shown or json.dumps(line)[1:-1] in kept
    assert b"<<<<<<<" not in done.content
    assert b">>>>>>>" not in done.content


@pytest.mark.parametrize("versions", [("a", "b", "c"), ("b", "c", "a"), ("c", "a", "b"), ("c", "b", "a")])
def test_three_versions_of_a_line_end_alike_whoever_comes_first(versions: tuple[str, str, str]) -> None:
    def text(word: str) -> bytes:
        return f"---\ncitekey: x\nrating: {word}\n---\n\nFirst.\n\nSecond {word}.\n\nThird.\n".encode()

    base = text("0")
    first, second, third = versions
    once = settle("papers/x.md", base, text(first), text(second))
    twice = settle("papers/x.md", base, once.content, text(third))
    assert twice.content == text("c")
    assert once.beside.keys() == twice.beside.keys()
    for name, content in twice.beside.items():
        record = read_record(name, joined(name, content, once.beside[name]).decode())
        assert record is not None
        assert len(record.versions) == 3
        assert record.file == name


def test_lines_that_one_deleted_are_kept_where_the_other_changed_them() -> None:
    base = b"First.\n\nSecond.\n\nThird.\n"
    done = settle("x.md", base, b"First.\n\nThird.\n", base.replace(b"Second.", b"Second, changed."))
    assert b"Second, changed." in done.content
    assert len(done.beside) <= 1


def test_a_conflict_in_a_page_is_not_recorded() -> None:
    done = settle("index.md", b"# N\n\n1 paper\n", b"# N\n\n2 papers\n", b"# N\n\n3 papers\n")
    assert done.content == b"# N\n\n3 papers\n"
    assert done.beside == {}


def test_a_torn_record_never_takes_the_place_of_a_whole_one() -> None:
    whole = ConflictRecord("0a", "x.md", ("b",), (("c",), ("d",)))
    for torn in ("", "{", "[]", '{"path": 1}', '{"path": "x", "base": 3, "versions": []}', whole.text[:-9]):
        assert read_record(whole.file, torn) is None
        assert joined_records(whole.file, torn, whole.text) == whole.text
        assert joined_records(whole.file, whole.text, torn) == whole.text
    assert read_record(whole.file, whole.text) == whole
    assert is_record(whole.file)
    assert not is_record("conflicts/0a.json")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("x.md", True),
        ("a/b.md", True),
        (".notes-tui/vault.json", True),
        ("x.py", False),
        ("figures/x.png", False),
    ],
)
def test_notes_and_what_is_not_for_reading_are_the_vaults(path: str, expected: bool) -> None:
    assert is_vault_file(path) is expected
