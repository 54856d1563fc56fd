"""Two versions of a file made one: whatever they hold, in either order, and nothing a side added is missing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.formats.vault import ADOPTED
from notes_tui.services.git.conflict_records import ConflictRecord, is_record, joined_records, read_record
from notes_tui.services.git.contents import Rules, is_vault_file, joined, settle

PATHS = (
    "papers/x.md", "index.md", ".notes-tui/papers/x.md", "notes/深.md", ".notes-tui/items.jsonl", ".notes-tui/events/m.jsonl",
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
    if path != "index.md":
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


INDEX = """# Reading notes

*0 of 2 read*

- [ ] [One](papers/one.md), OSDI 2020
- [ ] [Two](papers/two.md)

Mine from before.

## Tags

- [gpu](tags/gpu.md) (1)
"""


def test_a_page_keeps_what_this_side_wrote_and_the_words_of_both() -> None:
    ours = INDEX.replace("0 of 2 read", "1 of 3 read").replace("[ ] [One]", "[x] [One]")
    ours = ours.replace(
        "- [ ] [Two](papers/two.md)\n", "- [ ] [Two](papers/two.md)\n- [ ] [Three](papers/3.md)\n"
    )
    theirs = INDEX.replace("0 of 2 read", "1 of 2 read, 1 reading").replace("[ ] [Two]", "[x] [Two]")
    theirs = theirs.replace("## Tags\n", "## Tags\n\n- [moe](tags/moe.md) (1)").replace(
        "Mine from before.", "Theirs now."
    )
    theirs += (
        "\n## Plan\n\nRead these first.\n\n## New section\n\n*0 of 1 read*\n\n- [ ] [Four](papers/4.md)\n"
    )
    done = settle("index.md", INDEX.encode(), ours.encode(), theirs.encode())
    expected = ours.replace("Mine from before.", "Theirs now.") + "\n## Plan\n\nRead these first.\n"
    assert done.content.decode() == expected
    assert done.beside == {}


def test_the_same_words_in_a_page_changed_on_both_sides_are_a_conflict() -> None:
    sides = (INDEX.replace("Mine from before.", f"Now by {name}.") for name in ("us", "them"))
    done = settle("index.md", INDEX.encode(), *(side.encode() for side in sides))
    assert b"Now by us." in done.content
    [record] = done.beside.values()
    assert b"Now by them." in record


def test_what_is_called_like_a_page_is_a_note_where_there_are_no_pages() -> None:
    base, ours, theirs = (f"# N\n\n*{number} of 3 read*\n".encode() for number in range(3))
    done = settle("index.md", base, ours, theirs, Rules(profile=ADOPTED))
    assert done.content == theirs
    assert len(done.beside) == 1


def test_fields_that_follow_from_events_are_no_conflict_where_these_are_merged() -> None:
    def note(status: str, rating: int, body: str) -> bytes:
        return f"---\ncitekey: x\nread_status: {status}\nrating: {rating}\n---\n\n{body}\n".encode()

    sides = note("unread", 1, "rating: 1"), note("read", 2, "rating: 2"), note("queued", 3, "rating: 3")
    assert len(settle("papers/x.md", *sides).beside) == 3
    done = settle("papers/x.md", *sides, Rules(with_events=True))
    [record] = done.beside.values()
    assert b'"rating: 2"' in record
    assert done.content.startswith(b"---\ncitekey: x\nread_status: ")


def test_items_kept_out_of_sight_are_merged_as_notes() -> None:
    base = b"---\ncitekey: x\nvenue: a\ntags:\n  - t\n---\n"
    path = ".notes-tui/papers/x.md"
    done = settle(
        path, base, base.replace(b"venue: a", b"venue: b"), base.replace(b"  - t\n", b"  - t\n  - u\n")
    )
    assert done.content == b"---\ncitekey: x\nvenue: b\ntags:\n  - t\n  - u\n---\n"


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
        ("figures/x.png", True),
    ],
)
def test_notes_figures_and_what_is_not_for_reading_are_the_vaults(path: str, expected: bool) -> None:
    assert is_vault_file(path) is expected
