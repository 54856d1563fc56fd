"""Exporting to a vault: repeatable, and what its owner wrote stays."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml

from notes_tui.errors import UnwritableFileError
from notes_tui.model.item import Annotation, Entry, Reference
from notes_tui.services import editing, exporting, journaling, reading, writing
from notes_tui.services.vault import export_vault, plan_export
from notes_tui.services.vault_importing import import_vault, is_vault
from notes_tui.store import collections, items
from notes_tui.store.database import Store, open_store
from tests.conftest import HOSTILE_TITLES, STATUSES, AddItem


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Where the vault goes."""
    return tmp_path / "my vault"


@pytest.fixture
def antman(store: Store, add_item: AddItem) -> int:
    """An item with a note, an annotation, tags, events and a place in a list."""
    item_id = add_item("AntMan: Dynamic Scaling", title_short="AntMan", venue="OSDI", year=2020)
    writing.save_note(store, item_id, "First line.\n\nLast line.\n")
    writing.annotate(store, item_id, Annotation(quote="GPUs are idle", page=5, role="claim"))
    writing.add_tag(store, "gpu", [item_id])
    reading.mark(store, "reading", [item_id], allowed=STATUSES)
    with store.step("list"):
        slug = collections.insert(
            store, slug="scheduling", title="Scheduling", kind="own", sections=[["Clusters"]]
        )
        collections.put_entries(
            store, slug, [(item_id, Entry("scheduling", ("Clusters",), 1, "AntMan", "AntMan OSDI'20"))], None
        )
    return item_id


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of every file: both change when a file is written."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def note_of(folder: Path, name: str = "antman2020") -> Path:
    return folder / "papers" / f"{name}.md"


def test_a_plan_says_what_would_happen_and_writes_nothing(store: Store, antman: int, vault: Path) -> None:
    plan = plan_export(store, vault)
    assert plan.report.summary == "1 new, 0 changed"
    assert not vault.exists()
    report = export_vault(store, vault)
    assert report.as_dict()["notes"] == 1
    assert plan_export(store, vault).report.summary == "0 new, 0 changed"


def test_a_second_export_writes_no_file(store: Store, antman: int, vault: Path) -> None:
    assert export_vault(store, vault).is_complete
    before = stamps(vault)
    assert {"index.md", "papers/antman2020.md", "collections/scheduling.md", "tags/gpu.md"} <= before.keys()
    report = export_vault(store, vault)
    assert stamps(vault) == before
    assert report.as_dict()["written"] == 0
    assert report.unchanged == 1


def test_only_files_that_differ_are_written(
    store: Store, antman: int, add_item: AddItem, vault: Path
) -> None:
    add_item("Other")
    export_vault(store, vault)
    before = stamps(vault)
    writing.save_note(store, antman, "New text.\n")
    report = export_vault(store, vault)
    after = stamps(vault)
    assert {path for path in after if after[path] != before[path]} == {"papers/antman2020.md"}
    assert report.changed == ["papers/antman2020.md"]


def test_words_and_keys_of_the_owner_stay_while_the_librarys_changes_arrive(
    store: Store, antman: int, vault: Path
) -> None:
    export_vault(store, vault)
    path = note_of(vault)
    mine = (
        path.read_text()
        .replace("citekey: antman2020\n", "citekey: antman2020\n# a remark\nmy_score: 9\n")
        .replace("Last line.\n", "Last line.\n\n## My heading\n\nMy own paragraph.\n")
    )
    path.write_text(mine)
    editing.edit(store, antman, {"title": "AntMan: Scaling, Revised"})
    reading.mark(store, "read", [antman], allowed=STATUSES)
    writing.save_note(store, antman, "First line, corrected.\n\nLast line.\n")
    writing.annotate(store, antman, Annotation(comment="Really?", page=6))
    report = export_vault(store, vault)
    assert report.is_complete
    text = path.read_text()
    fields = yaml.safe_load(text.split("---\n")[1])
    assert fields["my_score"] == 9
    assert fields["read_status"] == "read"
    assert fields["title"] == "AntMan: Scaling, Revised"
    for words in (
        "# a remark\n",
        "First line, corrected.",
        "## My heading\n\nMy own paragraph.\n",
        "Really?",
        "GPUs are idle",
    ):
        assert text.count(words) == 1
    before = stamps(vault)
    export_vault(store, vault)
    assert stamps(vault) == before


def test_the_same_lines_changed_on_both_sides_are_a_conflict_and_the_file_stays(
    store: Store, antman: int, vault: Path
) -> None:
    export_vault(store, vault)
    path = note_of(vault)
    mine = path.read_text().replace("Last line.", "My last line.")
    path.write_text(mine)
    writing.save_note(store, antman, "First line.\n\nThe library's last line.\n")
    for _ in range(2):
        report = export_vault(store, vault)
        assert path.read_text() == mine
        assert not report.is_complete
        ((conflict,),) = [each.conflicts for each in report.conflicts]
        assert conflict.theirs == ("My last line.",)
    path.write_text(mine.replace("My last line.", "The library's last line."))
    assert export_vault(store, vault).is_complete


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.rstrip(b"\n"),
    ],
)
def test_line_ends_mark_and_missing_final_newline_stay(
    store: Store, antman: int, vault: Path, change: object
) -> None:
    assert callable(change)
    export_vault(store, vault)
    path = note_of(vault)
    path.write_bytes(change(path.read_bytes()))
    reading.mark(store, "read", [antman], allowed=STATUSES)
    export_vault(store, vault)
    fresh = vault.with_name("fresh")
    export_vault(store, fresh)
    assert path.read_bytes() == change(note_of(fresh).read_bytes())


def test_a_file_that_was_there_before_is_never_overwritten(store: Store, antman: int, vault: Path) -> None:
    note_of(vault).parent.mkdir(parents=True)
    note_of(vault).write_text("mine\n")
    (vault / "index.md").write_text("my index\n")
    report = export_vault(store, vault)
    assert note_of(vault).read_text() == "mine\n"
    assert (vault / "index.md").read_text() == "my index\n"
    assert {each.file for each in report.problems} == {"papers/antman2020.md", "index.md"}


def test_files_of_what_is_gone_go_unless_somebody_wrote_in_them(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    first, second = add_item("First"), add_item("Second")
    writing.add_tag(store, "x/y", [first])
    export_vault(store, vault)
    note_of(vault, "second").write_text(note_of(vault, "second").read_text() + "Mine.\n")
    editing.remove(store, [first, second])
    report = export_vault(store, vault)
    assert set(report.removed) == {"papers/first.md", "tags/x.md", "tags/x/y.md", ".notes-tui/items.jsonl"}
    assert report.left == ["papers/second.md"]
    assert not note_of(vault, "first").exists()
    assert not (vault / "tags").exists()
    assert note_of(vault, "second").read_text().endswith("Mine.\n")
    journaling.undo(store)
    assert export_vault(store, vault).is_complete
    assert note_of(vault, "second").read_text().endswith("Mine.\n")


def test_a_changed_title_renames_no_file_and_a_new_citekey_takes_the_file_along(
    store: Store, antman: int, vault: Path
) -> None:
    export_vault(store, vault)
    note_of(vault).write_text(note_of(vault).read_text() + "\nMine.\n")
    editing.edit(store, antman, {"title": "Another Title"})
    export_vault(store, vault)
    assert note_of(vault).exists()
    editing.rekey(store, antman, "scaling2020")
    report = export_vault(store, vault)
    assert report.is_complete
    assert not note_of(vault).exists()
    text = note_of(vault, "scaling2020").read_text()
    assert text.endswith("\nMine.\n")
    assert "citekey: scaling2020\n" in text
    assert "(papers/scaling2020.md)" in (vault / "index.md").read_text()


def test_a_file_its_owner_moved_is_found_again(store: Store, antman: int, vault: Path) -> None:
    export_vault(store, vault)
    moved = vault / "my folder" / "antman.md"
    moved.parent.mkdir()
    os.replace(note_of(vault), moved)
    reading.mark(store, "read", [antman], allowed=STATUSES)
    assert export_vault(store, vault).is_complete
    assert not note_of(vault).exists()
    assert "read_status: read\n" in moved.read_text()
    assert "(my%20folder/antman.md)" in (vault / "index.md").read_text()
    before = stamps(vault)
    export_vault(store, vault)
    assert stamps(vault) == before


def test_a_deleted_file_is_written_again(store: Store, antman: int, vault: Path) -> None:
    export_vault(store, vault)
    note_of(vault).unlink()
    assert export_vault(store, vault).new == ["papers/antman2020.md"]
    assert note_of(vault).exists()


def test_a_vault_whose_folder_was_moved_keeps_its_bases(store: Store, antman: int, vault: Path) -> None:
    export_vault(store, vault)
    note_of(vault).write_text(note_of(vault).read_text() + "\nMine.\n")
    elsewhere = vault.with_name("elsewhere")
    os.rename(vault, elsewhere)
    reading.mark(store, "read", [antman], allowed=STATUSES)
    report = export_vault(store, elsewhere)
    assert report.is_complete
    assert report.changed == ["papers/antman2020.md"]
    assert note_of(elsewhere).read_text().endswith("\nMine.\n")


def test_the_vault_of_another_library_is_refused(
    store: Store, antman: int, vault: Path, tmp_path: Path
) -> None:
    export_vault(store, vault)
    before = contents(vault)
    with (
        open_store(tmp_path / "other.db", create=True) as other,
        pytest.raises(UnwritableFileError, match="another"),
    ):
        export_vault(other, vault)
    assert contents(vault) == before


def test_a_crash_half_way_leaves_whole_files_and_the_next_export_goes_on(
    store: Store, antman: int, add_item: AddItem, vault: Path
) -> None:
    for number in range(5):
        add_item(f"Paper {number}")
    reference = vault.with_name("reference")
    export_vault(store, reference)
    export_vault(store, vault)
    store.run("DELETE FROM vault_files WHERE vault_id = (SELECT max(id) FROM vaults)")
    store.run("DELETE FROM meta WHERE key LIKE 'vault.%'")
    for name in ("paper1", "paper3"):
        note_of(vault, name).unlink()
    (vault / "papers" / ".paper1.md.99999999.part").write_text("half")
    assert export_vault(store, vault).is_complete
    assert contents(vault) == contents(reference)


@pytest.fixture
def with_links(vault: Path, tmp_path: Path) -> Path:
    """A vault with links that lead out of it."""
    outside = tmp_path / "outside"
    outside.mkdir()
    vault.mkdir()
    (vault / "tags").symlink_to(outside)
    (vault / "papers").mkdir()
    (outside / "target.md").write_text("outside\n")
    note_of(vault).symlink_to(outside / "target.md")
    (vault / "collections").symlink_to(vault / "collections")
    return outside


def test_links_out_of_the_vault_are_not_followed(
    store: Store, antman: int, vault: Path, with_links: Path
) -> None:
    report = export_vault(store, vault)
    assert contents(with_links) == {"target.md": b"outside\n"}
    assert {each.file for each in report.problems} == {
        "papers/antman2020.md",
        "tags/gpu.md",
        "collections/scheduling.md",
    }
    assert (vault / "index.md").exists()


def test_files_that_are_no_text_are_left_alone(store: Store, antman: int, vault: Path) -> None:
    export_vault(store, vault)
    note_of(vault).write_bytes(b"\xff\xfe\x00\xd8")
    reading.mark(store, "read", [antman], allowed=STATUSES)
    report = export_vault(store, vault)
    assert note_of(vault).read_bytes() == b"\xff\xfe\x00\xd8"
    assert [each.file for each in report.problems] == ["papers/antman2020.md"]


def test_a_part_of_the_library_can_be_exported_and_grows(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    first, second = add_item("First"), add_item("Second")
    assert export_vault(store, vault, [first]).new == ["papers/first.md"]
    assert not note_of(vault, "second").exists()
    report = export_vault(store, vault, [second])
    assert report.new == ["papers/second.md"]
    assert note_of(vault, "first").exists()
    index = (vault / "index.md").read_text()
    assert "papers/first.md" in index
    assert "papers/second.md" in index


def _make_shared(vault: Path) -> None:
    (vault / ".git").mkdir(parents=True)
    (vault / ".git" / "config").write_text('[core]\n\tbare = false\n[remote "origin"]\n\turl = x\n')


def test_what_is_private_stays_out_of_a_vault_with_a_remote(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    secret, other = add_item("Hushed plans"), add_item("Open")
    writing.add_tag(store, "quiet", [secret])
    editing.edit(store, secret, {"private": "yes"})
    reading.mark(store, "read", [secret, other], allowed=STATUSES)
    (vault / ".git").mkdir(parents=True)
    (vault / ".git" / "config").write_text("[core]\n")
    assert len(export_vault(store, vault).new) == 2
    shutil.rmtree(vault)
    _make_shared(vault)
    report = export_vault(store, vault / "notes")
    assert report.left_out == 1
    assert report.new == ["papers/open.md"]
    for path, content in contents(vault / "notes").items():
        assert b"ushed" not in content, path
        assert b"quiet" not in content, path
    assert len(export_vault(store, vault / "notes", include_private=True).new) == 1


def test_every_hostile_title_and_key_makes_a_safe_file(store: Store, vault: Path) -> None:
    keys = [
        "CON",
        "a:b",
        "a/b",
        "A_B2",
        "../../etc",
        "调度",
        "🎉",
        "𝜆",
        "x" * 300,
        "-rf",
        ".hid",
        "a\x1b[31m",
    ]
    titles = [
        *HOSTILE_TITLES,
        "x" * 3000,
        "../../etc/passwd",
        "CON",
        "𝜆 🎉 <script>alert(1)</script>",
        "# *x*",
    ]
    with store.step("items"):
        for key, title in zip(keys, titles, strict=True):
            items.insert(store, Reference(citekey=key, title=title))
    report = export_vault(store, vault)
    assert report.is_complete
    assert len(report.new) == len(titles)
    found = set()
    for path in (vault / "papers").iterdir():
        text = path.read_text()
        fields = yaml.safe_load(text.split("---\n")[1])
        found.add((fields["citekey"], fields["title"]))
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert found == set(zip(keys, titles, strict=True))
    assert {path.name for path in vault.iterdir()} == {"papers", "index.md", ".notes-tui"}


def test_a_vault_brings_the_whole_library_back(
    store: Store, antman: int, add_item: AddItem, vault: Path, tmp_path: Path
) -> None:
    add_item("Other", doi="10.1/x")
    writing.save_note(store, antman, "No line end", title="Further")
    writing.annotate(store, antman, Annotation(quote="a\n\n> b", comment="- c\n\n    code"))
    reading.rate(store, 4, [antman])
    reading.mark(store, "studied", [antman], allowed=STATUSES)
    journaling.undo(store)
    writing.save_view(store, "Mine", "tag:gpu")
    export_vault(store, vault)
    assert is_vault(vault)
    with open_store(tmp_path / "other.db", create=True) as other:
        report = import_vault(other, vault, statuses=STATUSES)
        assert report.added == 2
        assert not report.problems
        again = tmp_path / "again"
        export_vault(other, again)
        assert contents(again) == contents(vault)
        assert exporting.export_text(other, "json") == exporting.export_text(store, "json")
        assert import_vault(other, vault, statuses=STATUSES).as_dict()["unchanged"] == 2
        assert exporting.export_text(other, "json") == exporting.export_text(store, "json")


def test_what_was_written_into_the_files_comes_back_with_the_vault(
    store: Store, antman: int, vault: Path, tmp_path: Path
) -> None:
    export_vault(store, vault)
    text = note_of(vault).read_text().replace("read_status: reading", "read_status: read\nrating: 5")
    note_of(vault).write_text(text.replace("tags:\n", "tags:\n  - mine\n") + "\nAdded by hand.\n")
    with open_store(tmp_path / "other.db", create=True) as other:
        assert import_vault(other, vault, statuses=STATUSES, dry_run=True).added == 1
        assert other.count("SELECT count(*) FROM items") == 0
        import_vault(other, vault, statuses=STATUSES)
        row = other.row("SELECT read_status, rating FROM items")
        assert row is not None
        assert tuple(row) == ("read", 5)
        assert other.value("SELECT body FROM notes") == "First line.\n\nLast line.\n\nAdded by hand.\n"
        assert {each[0] for each in other.rows("SELECT tag FROM item_tags")} == {"gpu", "mine"}


def test_a_folder_that_is_no_vault_is_not_written_to_as_a_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnwritableFileError, match="it is a file"):
        export_vault(store, tmp_path / "file")


def test_annotations_keep_their_ids_and_the_note_its_bytes(store: Store, antman: int, vault: Path) -> None:
    body = "$a_b$ <b>x</b>\r\n\tcode\n\n[[wiki]] ![](x.png)\n| a | b |\n"
    writing.save_note(store, antman, body)
    export_vault(store, vault)
    assert note_of(vault).read_bytes().endswith(b"\n## Note\n\n" + body.encode())


def test_a_vault_comes_in_again_after_its_import_was_taken_back(
    store: Store, antman: int, vault: Path, tmp_path: Path
) -> None:
    export_vault(store, vault)
    with open_store(tmp_path / "other.db", create=True) as other:
        import_vault(other, vault, statuses=STATUSES)
        journaling.undo(other)
        assert other.count("SELECT count(*) FROM items") == 0
        import_vault(other, vault, statuses=STATUSES)
        assert exporting.export_text(other, "json") == exporting.export_text(store, "json")
        journaling.undo(other)
        journaling.redo(other)
        assert exporting.export_text(other, "json") == exporting.export_text(store, "json")


def test_retractions_in_a_circle_are_left_out(store: Store, antman: int, vault: Path, tmp_path: Path) -> None:
    export_vault(store, vault)
    events = next((vault / ".notes-tui" / "events").iterdir())
    line = '{"recorded": "2026", "uid": "%s", "citekey": "antman2020", "kind": "retraction", "at": "2026", "retracts": "%s"}\n'
    events.write_text(
        events.read_text() + line % ("c1", "c2") + line % ("c2", "c1") + line % ("c3", "gone") + "{}\n[]\n"
    )
    with open_store(tmp_path / "other.db", create=True) as other:
        report = import_vault(other, vault, statuses=STATUSES)
        assert len(report.problems) == 2
        assert exporting.export_text(other, "json") == exporting.export_text(store, "json")
        journaling.undo(other)
