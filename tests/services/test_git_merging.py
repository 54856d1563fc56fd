"""Three clones of one vault: whatever is edited where, and whoever syncs first, nothing is lost."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from notes_tui.services.git import CONFLICTS, GitError, read_record
from tests.services.git_clones import Clone, bare, clone, git, prepare

NOTE = """---
citekey: {key}
read_status: unread
title: A Paper called {key}
type: article
tags: []
---

# A Paper called {key}

First line.

Second line.

Third line.
"""
EVENTS = ".notes-tui/events"


@pytest.fixture(autouse=True)
def _git_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


def clones(folder: Path, inside: str = "") -> list[Clone]:
    """Three clones of a vault with two papers."""
    remote = bare(folder / "remote.git")
    first = clone(remote, folder / "a", inside)
    for key in ("one", "two"):
        first.write(f"papers/{key}.md", NOTE.format(key=key))
    first.write(".notes-tui/.gitattributes", "*.jsonl merge=union\n")
    first.write(".notes-tui/items.jsonl", '{"citekey": "one"}\n{"citekey": "two"}\n')
    first.sync()
    return [first, clone(remote, folder / "b", inside), clone(remote, folder / "c", inside)]


def settle(machines: list[Clone]) -> dict[str, bytes]:
    """Sync until nothing moves; every machine then has the same files."""
    for each in (*machines, *machines):
        each.sync()
    first, *others = [each.files() for each in machines]
    for other in others:
        assert other == first
    return first


@pytest.mark.parametrize("order", itertools.permutations(range(3)))
def test_the_order_of_syncing_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    machines = clones(tmp_path, "my notes/Überblick")
    for each, word in zip(machines, ("alpha", "beta", "gamma"), strict=True):
        each.change("papers/one.md", "tags: []", f"tags:\n  - {word}")
        each.change("papers/one.md", "Third line.\n", f"Third line.\n\nAdded as {word}.\n")
        each.change("papers/two.md", "Second line.", f"Second line, {word}.")
        each.write(f"{EVENTS}/{word}.jsonl", f'{{"recorded": "1", "uid": "{word}"}}\n')
        each.write(f"papers/{word}.md", NOTE.format(key=word))
    found = settle([machines[number] for number in order])
    one = found["papers/one.md"].decode()
    for word in ("alpha", "beta", "gamma"):
        assert one.count(f"  - {word}\n") == one.count(f"Added as {word}.\n") == 1
        assert f"papers/{word}.md" in found
        assert f"{EVENTS}/{word}.jsonl" in found
    [record] = [read_record(path, found[path].decode()) for path in found if path.startswith(CONFLICTS)]
    assert record is not None
    assert record.path == "papers/two.md"
    assert record.base == ("Second line.",)
    assert "Second line, gamma." in found["papers/two.md"].decode()
    assert record.versions == tuple((f"Second line, {word}.",) for word in ("alpha", "beta", "gamma"))
    assert "<<<<" not in one + found["papers/two.md"].decode()
    assert git(machines[0].top, "status", "--porcelain") == ""


def test_two_merges_of_the_same_edits_give_the_same_files(tmp_path: Path) -> None:
    first, second, _ = clones(tmp_path)
    for each, word in ((first, "alpha"), (second, "beta")):
        each.change("papers/one.md", "Second line.", f"Second line, {word}.")
        each.change("papers/one.md", "title: A Paper called one", f"title: {word}")
        each.change("papers/two.md", "tags: []", f"tags: [{word}]")
        each.commit()
    git(first.top, "remote", "add", "peer", str(second.top))
    git(second.top, "remote", "add", "peer", str(first.top))
    for each in (first, second):
        git(each.top, "fetch", "-q", "peer")
    for each in (first, second):
        git(each.top, "branch", "-q", "--set-upstream-to", "peer/main")
        git(each.top, "config", "branch.main.merge", "refs/remotes/peer/main")
        git(each.top, "config", "branch.main.remote", ".")
        assert each.tree.pull().kind == "merged"
    assert first.files() == second.files()
    assert sum(path.startswith(CONFLICTS) for path in first.files()) == 2
    git(first.top, "config", "branch.main.merge", "refs/heads/main")
    git(first.top, "config", "branch.main.remote", "peer")
    before = first.files()
    assert first.tree.pull().kind == "merged"
    assert first.files() == before


def test_a_settled_conflict_is_settled_everywhere(tmp_path: Path) -> None:
    machines = first, second, third = clones(tmp_path)
    first.change("papers/one.md", "Second line.", "Second line, alpha.")
    second.change("papers/one.md", "Second line.", "Second line, beta.")
    settle(machines)
    [record] = [path for path in second.files() if path.startswith(CONFLICTS)]
    (second.vault / record).unlink()
    second.change("papers/one.md", "Second line, beta.", "Second line, alpha and beta.")
    third.change("papers/one.md", "First line.", "The first line.")
    found = settle(machines)
    assert not any(path.startswith(CONFLICTS) for path in found)
    assert "The first line.\n\nSecond line, alpha and beta.\n" in found["papers/one.md"].decode()


def test_what_one_deletes_and_another_changes_stays(tmp_path: Path) -> None:
    machines = first, second, _ = clones(tmp_path)
    (first.vault / "papers/one.md").unlink()
    second.change("papers/one.md", "Third line.", "Third line, changed.")
    first.sync()
    pulled = second.sync()
    assert pulled.restored == ("papers/one.md",)
    assert "Third line, changed." in settle(machines)["papers/one.md"].decode()


def test_what_one_deletes_and_nobody_changes_is_gone(tmp_path: Path) -> None:
    machines = first, second, _ = clones(tmp_path)
    (first.vault / "papers/one.md").unlink()
    second.change("papers/two.md", "Third line.", "Third line, changed.")
    assert "papers/one.md" not in settle(machines)


@pytest.mark.parametrize("first_to_sync", [0, 1])
def test_a_renamed_file_takes_in_what_others_changed(tmp_path: Path, first_to_sync: int) -> None:
    machines = first, second, _ = clones(tmp_path)
    (first.vault / "topic").mkdir()
    (first.vault / "papers/one.md").rename(first.vault / "topic/renamed.md")
    first.change("topic/renamed.md", "First line.", "The first line, and much more than there was before.")
    second.change("papers/one.md", "Third line.", "Third line, changed.")
    machines[first_to_sync].sync()
    found = settle(machines)
    assert "papers/one.md" not in found
    text = found["topic/renamed.md"].decode()
    assert "The first line, and much more" in text
    assert "Third line, changed." in text


def test_two_names_for_one_file_become_one(tmp_path: Path) -> None:
    machines = first, second, third = clones(tmp_path)
    for each, name in ((first, "papers/b.md"), (second, "papers/a.md"), (third, "papers/one.md")):
        (each.vault / "papers/one.md").rename(each.vault / name)
        each.change(name, "Third line.\n", f"Third line.\n\nIn {name}.\n")
    found = settle(machines)
    assert "papers/one.md" not in found
    assert "papers/b.md" not in found
    text = found["papers/a.md"].decode()
    assert all(f"In papers/{name}.md." in text for name in ("a", "b", "one"))


def test_a_file_replaced_by_a_similar_one_is_no_renamed_file(tmp_path: Path) -> None:
    machines = first, second, _ = clones(tmp_path)
    (first.vault / "papers/one.md").unlink()
    first.write("papers/three.md", NOTE.format(key="three"))
    second.change("papers/one.md", "Third line.", "Third line, changed.")
    found = settle(machines)
    assert found["papers/three.md"].decode() == NOTE.format(key="three")
    assert "Third line, changed." in found["papers/one.md"].decode()


def test_notes_without_front_matter_are_followed_by_their_likeness(tmp_path: Path) -> None:
    machines = first, second, _ = clones(tmp_path)
    plain = "# A note\n\n" + "".join(f"Line {number} of it.\n" for number in range(20))
    first.write("Topic/A/README.md", plain)
    settle(machines)
    (first.vault / "Topic/A").rename(first.vault / "Topic/B")
    second.change("Topic/A/README.md", "Line 3 of it.", "Line 3, changed.")
    found = settle(machines)
    assert "Topic/A/README.md" not in found
    assert "Line 3, changed." in found["Topic/B/README.md"].decode()


def test_the_same_file_made_twice_is_merged_and_another_one_of_its_name_kept(tmp_path: Path) -> None:
    machines = first, second, _ = clones(tmp_path)
    for each, word in ((first, "alpha"), (second, "beta")):
        text = NOTE.format(key="three").replace("tags: []", f"tags: [{word}]")
        each.write("papers/three.md", text + f"\nSaid by {word}.\n")
        each.write("papers/four.md", NOTE.format(key=f"four-{word}"))
    found = settle(machines)
    three = found["papers/three.md"].decode()
    assert "Said by alpha." in three
    assert "Said by beta." in three
    assert three.count("citekey:") == three.count("Third line.") == 1
    fours = [text.decode() for path, text in found.items() if path.startswith("papers/four")]
    assert sorted(fours) == [NOTE.format(key="four-alpha"), NOTE.format(key="four-beta")]


def test_text_in_another_encoding_is_merged_byte_by_byte(tmp_path: Path) -> None:
    machines = first, second, _ = clones(tmp_path)
    lines = [f"第{number}行".encode("gbk") for number in range(9)]
    place = "notes/老.md"
    (first.vault / "notes").mkdir()
    (first.vault / place).write_bytes(b"\n".join(lines) + b"\n")
    settle(machines)
    for each, number in ((first, 1), (second, 7)):
        changed = [*lines[:number], "改".encode("gbk"), *lines[number + 1 :]]
        (each.vault / place).write_bytes(b"\n".join(changed) + b"\n")
    found = settle(machines)[place].decode("gbk").splitlines()
    assert [found[1], found[7]] == ["改", "改"]


def test_files_that_are_not_the_vaults_are_merged_as_git_does(tmp_path: Path) -> None:
    machines = first, second, _ = clones(tmp_path, "notes")
    code = "".join(f"line {number}\n" for number in range(30))
    (first.top / "code.py").write_text(code)
    git(first.top, "add", "code.py")
    git(first.top, "commit", "-qm", "Code")
    settle(machines)
    for each, number in ((first, 3), (second, 25)):
        (each.top / "code.py").write_text(code.replace(f"line {number}\n", f"changed {number}\n"))
        each.change("papers/one.md", "Third line.\n", f"Third line.\n\nAdded {number}.\n")
    git(first.top, "mv", "code.py", "renamed.py")
    for each in (first, second):
        git(each.top, "commit", "-qam", "Code")
    settle(machines)
    assert not (first.top / "code.py").exists()
    text = (second.top / "renamed.py").read_text()
    assert "changed 3\n" in text
    assert "changed 25\n" in text
    assert "Added 3." in first.read("papers/one.md")
    assert "Added 25." in first.read("papers/one.md")


def test_a_conflict_outside_of_the_vault_stops_the_merge(tmp_path: Path) -> None:
    first, second, _ = clones(tmp_path, "notes")
    for each, word in ((first, "alpha"), (second, "beta")):
        (each.top / "code.py").write_text(f"{word}\n")
        git(each.top, "add", "code.py")
        git(each.top, "commit", "-qm", "Code")
        each.change("papers/one.md", "Third line.", f"Third {word}.")
    first.sync()
    second.commit()
    before = second.files(), git(second.top, "rev-parse", "HEAD")
    with pytest.raises(GitError, match=r"not the vault's .*: code\.py; nothing was merged") as raised:
        second.tree.pull()
    assert "git pull" in raised.value.hint
    assert (second.files(), git(second.top, "rev-parse", "HEAD")) == before
    assert git(second.top, "status", "--porcelain") == ""


def test_records_of_both_sides_are_joined_and_sorted(tmp_path: Path) -> None:
    machines = first, second, _ = clones(tmp_path)
    events = ".notes-tui/events/shared.jsonl"
    for each, word in ((first, "b"), (second, "a")):
        each.change(".notes-tui/items.jsonl", "}\n", "}\n" + f'{{"citekey": "one-{word}"}}\n')
        each.write(events, "".join(f'{{"recorded": "{n}", "uid": "{word}{n}"}}\n' for n in range(3)))
    found = settle(machines)
    keys = ["one", "one-a", "one-b", "two"]
    assert found[".notes-tui/items.jsonl"].decode() == "".join(f'{{"citekey": "{key}"}}\n' for key in keys)
    assert len(found[events].splitlines()) == 6


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_folder_in_place_of_a_note_keeps_both(tmp_path: Path, order: tuple[int, int]) -> None:
    machines = clones(tmp_path)
    (machines[0].vault / "papers/one.md").unlink()
    machines[0].write("papers/one.md/more.md", "more\n")
    machines[1].change("papers/one.md", "Third line.", "Third line, changed.")
    for number in order:
        machines[number].sync()
    found = settle(machines)
    assert found["papers/one.md/more.md"] == b"more\n"
    [other] = [path for path in found if path.startswith("papers/one-")]
    assert "Third line, changed." in found[other].decode()


def test_notes_under_a_yaml_key_in_quotes_are_followed_too(tmp_path: Path) -> None:
    machines = first, second, _ = clones(tmp_path)
    for key in ("yes", "a: b", "调度"):
        first.write(f"papers/{len(key)}{key[0]}.md", NOTE.format(key=f"'{key}'"))
    settle(machines)
    for key in ("yes", "a: b", "调度"):
        name = f"papers/{len(key)}{key[0]}.md"
        (first.vault / name).rename(first.vault / f"{name}.moved.md")
        second.change(name, "Third line.", f"Third line, {key}.")
    found = settle(machines)
    for key in ("yes", "a: b", "调度"):
        name = f"papers/{len(key)}{key[0]}.md"
        assert name not in found
        assert f"Third line, {key}." in found[f"{name}.moved.md"].decode()
