"""Adopting a folder of notes in place: everything is taken in, nothing of the folder is written, again changes nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notes_tui.errors import InvalidValueError, NotesError, UnreadableFileError
from notes_tui.model.adoption import AdoptionReport
from notes_tui.model.item import Entry
from notes_tui.services import adopting, capturing, collecting, editing, journaling, listing, reading, writing
from notes_tui.services.keys import find_item
from notes_tui.services.vault import export_vault
from notes_tui.store import collections, items, notes
from notes_tui.store import vault as bases
from notes_tui.store.database import Store, open_store
from tests.conftest import AddItem

ANTMAN = "# AntMan: Dynamic Scaling on GPU Clusters for Deep Learning\r\n\r\n调度器在集群里的设计。\r\n"
FOLDER: dict[str, str | bytes] = {
    "README.md": "# Space\n\n1. **Scheduling**:\n    - *Lucid: A Non-intrusive, Scalable Scheduler for Training Jobs* (ASPLOS23)\n",
    "Scheduling/AntMan/README.md": ANTMAN,
    "Scheduling/AntMan/figures/scale.png": b"\x89PNG antman",
    "Scheduling/Lucid/Lucid.pdf": b"%PDF-1.4 lucid",
    "Serving/>Topic-MoE/𝜆-Scale/notes.md": '---\ntitle: "𝜆-Scale: Fast Scaling of Experts"\ntags: [moe, 推理]\nstatus: done\n'
    "date_read: 2024-05-01\nrating: 4\n---\n专家并行的笔记\n",
    "Serving/Orca/README.md": "# Orca: Serving of Transformers by Iterations\n\n连续批处理\n",
    "Serving/Orca/SOURCE_CODE.md": "# Code\n\n引擎入口\n",
    "Serving/Orca/Orca.pdf": b"%PDF-1.4 orca",
    "weekly/2024-05-01.md": "# 2024-05-01\n",
}


def make(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, byte for byte."""
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return root


def state(root: Path) -> dict[str, tuple[bytes, int, int]]:
    """Bytes, inode and time of every file, and every folder."""
    return {
        str(path.relative_to(root)): (
            path.read_bytes() if path.is_file() else b"", path.stat().st_ino, path.stat().st_mtime_ns,
        )
        for path in root.rglob("*")
    }  # fmt: skip


@pytest.fixture
def space(tmp_path: Path) -> Path:
    """A folder of notes."""
    return make(tmp_path / "Space", FOLDER)


def numbers(report: AdoptionReport) -> tuple[int, int, int, int]:
    """Added, matched, updated, unchanged."""
    return report.added, report.matched, report.updated, report.unchanged


def body(store: Store, key: str, title: str = "") -> str:
    """The text of a note."""
    return writing.read_note(store, find_item(store, key), title)


def test_everything_comes_in_and_nothing_is_written(store: Store, space: Path) -> None:
    before = state(space)
    report = adopting.adopt(store, space)
    assert numbers(report) == (4, 0, 0, 0)
    assert report.entries == 4
    assert state(space) == before
    assert body(store, "AntMan") == ANTMAN.replace("\r\n", "\n")
    assert body(store, "Orca", "SOURCE_CODE") == "# Code\n\n引擎入口\n"
    for phrase in ("调度器", "专家并行", "连续批处理", "引擎入口"):
        assert len(listing.find(store, phrase)) == 1
    assert {each.path: each.reason for each in report.skipped} == {
        "README.md": "it is about the folder as a whole",
        "weekly/2024-05-01.md": "it is a diary",
    }


def test_topics_become_sections_in_the_order_of_the_folder(store: Store, space: Path) -> None:
    report = adopting.adopt(store, space)
    view = collecting.show(store, report.collection)
    assert view.collection.title == "Space"
    assert [(entry.section, item.title_short) for entry, item in view.entries] == [
        (("Scheduling",), "Lucid"),
        (("Scheduling",), "AntMan"),
        (("Serving",), "Orca"),
        (("Serving", ">Topic-MoE"), "𝜆-Scale"),
    ]


def test_front_matter_becomes_tags_and_dated_events(store: Store, space: Path) -> None:
    adopting.adopt(store, space)
    item = listing.detail(store, find_item(store, "𝜆-Scale")).item
    assert (item.read_status, item.rating, item.tags) == ("read", 4, ("moe", "推理"))
    assert reading.history(store, item.item_id)[0].at.startswith("2024-05-01")
    assert body(store, item.citekey) == "专家并行的笔记\n"


def test_pdfs_and_figures_are_linked_where_they_lie(store: Store, space: Path) -> None:
    adopting.adopt(store, space)
    attached = items.by_id(store, find_item(store, "Lucid")).attachments
    assert [(each.path, each.kind, len(each.sha256)) for each in attached] == [
        (str(space / "Scheduling/Lucid/Lucid.pdf"), "pdf", 64)
    ]
    figure = items.by_id(store, find_item(store, "AntMan")).attachments[0]
    assert (figure.kind, Path(figure.path).read_bytes()) == ("figure", b"\x89PNG antman")


def test_a_list_tells_the_title_of_a_pdf_alone(store: Store, space: Path) -> None:
    report = adopting.adopt(store, space)
    item = items.by_id(store, find_item(store, "Lucid"))
    assert item.title == "Lucid: A Non-intrusive, Scalable Scheduler for Training Jobs"
    assert (item.venue, item.year) == ("ASPLOS", 2023)
    [planned] = [each for each in report.papers if each.citekey == item.citekey]
    assert [guess.reason for guess in planned.paper.guesses][-1] == "README.md line 4"


def test_again_changes_nothing(store: Store, space: Path) -> None:
    adopting.adopt(store, space)
    steps = len(journaling.steps(store))
    again = adopting.adopt(store, space)
    assert numbers(again) == (0, 4, 0, 4)
    assert len(journaling.steps(store)) == steps


def test_a_plan_says_the_same_and_writes_nothing_anywhere(store: Store, space: Path) -> None:
    snapshots: list[str] = []
    store.snapshot = snapshots.append
    before = state(space)
    plan = adopting.plan_adoption(store, space)
    assert numbers(plan) == (4, 0, 0, 0)
    assert state(space) == before
    assert listing.find(store) == []
    assert snapshots == []
    assert bases.vaults(store) == {}
    done = adopting.adopt(store, space)
    assert [each.citekey for each in plan.papers] == [each.citekey for each in done.papers]


def test_one_undo_takes_all_back_and_merge_bases_too(store: Store, space: Path) -> None:
    before = state(space)
    adopting.adopt(store, space)
    journaling.undo(store)
    assert listing.find(store) == []
    assert collections.all_collections(store) == []
    [vault] = bases.vaults(store)
    assert bases.written_files(store, vault) == {}
    journaling.redo(store)
    assert len(listing.find(store, "-type:document")) == 4
    assert numbers(adopting.adopt(store, space)) == (0, 4, 0, 4)
    assert state(space) == before


def test_new_papers_and_changed_notes_come_in(store: Store, space: Path) -> None:
    adopting.adopt(store, space)
    make(space, {"Scheduling/Sia/README.md": "# Sia: Goodput-optimized Cluster Scheduling\n\n异构\n",
                 "Serving/Orca/README.md": "# Orca: Serving of Transformers by Iterations\n\n连续批处理与调度\n"})  # fmt: skip
    report = adopting.adopt(store, space)
    assert numbers(report) == (1, 4, 1, 3)
    assert body(store, "Orca").endswith("连续批处理与调度\n")
    names = [item.title_short for _, item in collecting.show(store, report.collection).entries]
    assert names == ["Lucid", "AntMan", "Sia", "Orca", "𝜆-Scale"]


def test_a_note_changed_on_both_sides_is_left_to_sync(store: Store, space: Path) -> None:
    adopting.adopt(store, space)
    key = find_item(store, "AntMan")
    make(space, {"Scheduling/AntMan/README.md": ANTMAN + "theirs\r\n"})
    writing.append_note(store, key, "mine")
    mine = body(store, "AntMan")
    report = adopting.adopt(store, space)
    assert body(store, "AntMan") == mine
    assert "`sync` merges them" in report.proposals[0].reason
    [vault] = bases.vaults(store)
    assert bases.base_of(store, vault, "Scheduling/AntMan/README.md") == ANTMAN


def test_a_note_changed_here_alone_stays(store: Store, space: Path) -> None:
    adopting.adopt(store, space)
    writing.append_note(store, find_item(store, "AntMan"), "mine")
    mine = body(store, "AntMan")
    assert numbers(adopting.adopt(store, space)) == (0, 4, 0, 4)
    assert body(store, "AntMan") == mine


def test_a_moved_folder_is_the_same_paper_with_its_history(store: Store, space: Path) -> None:
    adopting.adopt(store, space)
    antman = find_item(store, "AntMan")
    reading.mark(store, "read", [antman], allowed=("read",))
    shutil.move(space / "Scheduling/AntMan", space / "Serving/Old name")
    shutil.move(space / "Scheduling/Lucid", space / "Serving/L")
    report = adopting.adopt(store, space)
    assert numbers(report) == (0, 4, 2, 2)
    item = items.by_id(store, antman)
    assert (item.read_status, item.note_count, len(item.attachments)) == ("read", 1, 1)
    assert item.attachments[0].path == str(space / "Serving/Old name/figures/scale.png")
    assert [entry.section for entry in item.entries] == [("Serving",)]
    [vault] = bases.vaults(store)
    assert "Scheduling/AntMan/README.md" not in bases.written_files(store, vault)
    assert numbers(adopting.adopt(store, space)) == (0, 4, 0, 4)


def test_two_folders_that_swap_their_names_keep_their_papers(store: Store, space: Path) -> None:
    adopting.adopt(store, space)
    antman, orca = find_item(store, "AntMan"), find_item(store, "Orca")
    for old, new in (
        ("Scheduling/AntMan", "x"),
        ("Serving/Orca", "Scheduling/AntMan"),
        ("x", "Serving/Orca"),
    ):
        shutil.move(space / old, space / new)
    report = adopting.adopt(store, space)
    assert report.added == 0
    assert "调度器" in writing.read_note(store, antman)
    assert "连续批处理" in writing.read_note(store, orca)


def test_the_whole_folder_can_move(store: Store, space: Path, tmp_path: Path) -> None:
    adopting.adopt(store, space)
    moved = tmp_path / "elsewhere" / "Space"
    moved.parent.mkdir()
    shutil.move(space, moved)
    report = adopting.adopt(store, moved)
    assert report.added == 0
    assert list(bases.vaults(store).values()) == [os.path.realpath(moved)]
    assert items.by_id(store, find_item(store, "Lucid")).attachments[0].path.startswith(str(moved))


def test_papers_join_items_that_are_certainly_the_same(store: Store, space: Path, add_item: AddItem) -> None:
    antman = add_item("AntMan: Dynamic Scaling on GPU Clusters for Deep Learning", title_short="AntMan")
    writing.save_note(store, antman, "my own words\n")
    report = adopting.adopt(store, space)
    assert numbers(report) == (3, 1, 1, 0)
    assert writing.read_note(store, antman) == "my own words\n"
    assert writing.read_note(store, antman, "AntMan") == ANTMAN.replace("\r\n", "\n")
    assert numbers(adopting.adopt(store, space)) == (0, 4, 0, 4)


def test_a_bare_short_name_joins_where_topic_or_text_agree(
    store: Store, tmp_path: Path, add_item: AddItem
) -> None:
    kiln = add_item("Firing Models in Small Ovens of Clay", title_short="Kiln")
    glaze = add_item("Glazes That Adapt to Heterogeneous Pots", title_short="Glaze")
    other = add_item("Something Else Entirely", title_short="Potter")
    with store.step("list"):
        row = collections.insert(store, slug="pots", title="Pots", kind="list", sections=[["Ovens"]])
        collections.put_entries(store, row, [(kiln, Entry("pots", ("Ovens",), 1, "Kiln", "Kiln"))], None)
    folder = make(tmp_path / "mine", {
        "Ovens/Kiln/Kiln.pdf": b"%PDF kiln",
        "Ovens/Glaze/README.md": "# Glaze\n\nAdapts glazes to heterogeneous pots.\n",
        "Ovens/Potter/Potter.pdf": b"%PDF potter",
    })  # fmt: skip
    report = adopting.adopt(store, folder)
    reasons = {each.paper.path: (each.is_new, each.reason) for each in report.papers}
    assert reasons["Ovens/Kiln"] == (False, "the short name Kiln and the topic it stands under")
    assert reasons["Ovens/Glaze"][0] is False
    assert writing.read_note(store, glaze).startswith("# Glaze")
    assert reasons["Ovens/Potter"][0] is True
    assert items.by_id(store, other).attachments == ()


def test_two_notes_on_one_work_are_one_item_with_both(store: Store, tmp_path: Path) -> None:
    title = "# Kiln: Firing Models in Small Ovens\n\n"
    folder = make(
        tmp_path / "mine", {"A/Kiln/README.md": f"{title}one\n", "B/Kiln/README.md": f"{title}two\n"}
    )
    report = adopting.adopt(store, folder)
    assert numbers(report)[:2] == (1, 1)
    assert (body(store, "Kiln"), body(store, "Kiln", "Kiln")) == (f"{title}one\n", f"{title}two\n")
    assert len(collecting.show(store, report.collection).entries) == 2
    assert numbers(adopting.adopt(store, folder)) == (0, 2, 0, 2)


def test_older_encodings_are_read_and_stay(store: Store, tmp_path: Path) -> None:
    note = "# Kiln: Firing Models in Small Ovens\n\n窑炉的调度\n".encode("gb18030")
    folder = make(tmp_path / "mine", {"A/Kiln/README.md": note})
    adopting.adopt(store, folder)
    assert len(listing.find(store, "窑炉")) == 1
    assert (folder / "A/Kiln/README.md").read_bytes() == note
    assert numbers(adopting.adopt(store, folder)) == (0, 1, 0, 1)


def test_a_collection_of_the_same_name_is_left_alone(store: Store, space: Path) -> None:
    collecting.create(store, "Space")
    report = adopting.adopt(store, space)
    assert report.collection == "space-2"
    assert collecting.show(store, "space").entries == ()


def test_entries_that_a_person_moved_stay(store: Store, space: Path, add_item: AddItem) -> None:
    report = adopting.adopt(store, space)
    mine = add_item("A Paper of My Own")
    collecting.put(store, report.collection, [mine], position=1)
    adopting.adopt(store, make(space, {"Scheduling/Sia/README.md": "# Sia: Goodput-optimized Scheduling\n"}))
    shown = [item.title for _, item in collecting.show(store, report.collection).entries]
    assert shown[0] == "A Paper of My Own"
    assert len(shown) == 6


def test_what_lies_in_the_trash_stays_there(store: Store, space: Path) -> None:
    adopting.adopt(store, space)
    editing.remove(store, [find_item(store, "AntMan")])
    report = adopting.adopt(store, space)
    assert (report.added, report.matched) == (0, 3)
    assert report.proposals[0].reason == "it is in the trash and stays there"


def test_a_tag_that_was_taken_off_does_not_come_back(store: Store, space: Path) -> None:
    adopting.adopt(store, space)
    key = find_item(store, "𝜆-Scale")
    writing.remove_tag(store, "moe", [key])
    adopting.adopt(store, space)
    assert items.by_id(store, key).tags == ("推理",)


def test_links_are_not_followed_and_broken_files_are_told(store: Store, space: Path, tmp_path: Path) -> None:
    outside = make(tmp_path / "outside", {"secret.md": "# Secret: A Paper That Must Not Come In\n"})
    (space / "Serving" / "link").symlink_to(outside)
    (space / "Serving" / "link.md").symlink_to(outside / "secret.md")
    make(space, {"Serving/Bad/README.md": b"# Bad\x00\x01\x02"})
    report = adopting.adopt(store, space)
    skipped = {each.path: each.reason for each in report.skipped}
    assert skipped["Serving/link"] == skipped["Serving/link.md"] == "it is a link or no plain file"
    assert skipped["Serving/Bad/README.md"] == "it is no text"
    assert [problem.file for problem in report.problems] == ["Serving/Bad/README.md"]
    assert listing.find(store, "Secret") == []


def test_what_cannot_be_adopted_is_refused(store: Store, tmp_path: Path, add_item: AddItem) -> None:
    add_item("A Paper")
    (tmp_path / "empty").mkdir()
    export_vault(store, tmp_path / "vault")
    for folder, error in (
        ("nowhere", UnreadableFileError),
        ("empty", UnreadableFileError),
        ("vault", InvalidValueError),
    ):
        with pytest.raises(error):
            adopting.adopt(store, tmp_path / folder)
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(NotesError, match="it is a file"):
        adopting.plan_adoption(store, tmp_path / "file")


_NAMES = st.sampled_from(
    ["README.md", "notes.md", "Kiln.md", "a.pdf", "Kiln.pdf", "figures/a.png", "2024-05-01.md", "x.py"]
)
_PLACES = st.sampled_from(["", "Topic/", "Topic/Kiln/", "Topic/[2016 ICRA] Glaze/", ">Sub: &/𝜆/", "pdf/"])
_TEXTS = st.sampled_from(
    ["", "# Kiln\n", "# Kiln: Firing Models in Small Ovens\r\n\r\n窑炉\r\n", "---\ntags: [a]\nrating: 3\n---\n# Glaze [MASK]\n",
     "- [x](Topic/Kiln)\n" * 5, "# Paper: [The Potter's Wheel of Models](https://arxiv.org/abs/2301.00010)\n\n本文\n", "\ufeff{{title}} {{x}}"]
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.tuples(_PLACES, _NAMES).map("".join), _TEXTS, min_size=1, max_size=9))
def test_adopting_any_folder_twice_adds_nothing_and_writes_nothing(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = make(Path(place) / "mine", files)
        before = state(root)
        with open_store(Path(place) / "notes.db", create=True) as store:
            try:
                first = adopting.adopt(store, root)
            except UnreadableFileError:
                return
            taken = {
                path
                for each in first.papers
                for path in (
                    *(note.file.path for note in each.paper.notes),
                    *each.paper.pdfs,
                    *each.paper.figures,
                )
            }
            assert taken | {each.path for each in first.skipped} == set(files)
            again = adopting.adopt(store, root)
            assert (again.added, again.updated, again.unchanged) == (0, 0, len(first.papers))
            assert state(root) == before


def test_words_of_files_on_no_paper_are_found_and_can_be_edited(store: Store, space: Path) -> None:
    make(space, {"Serving/README.md": "# Serving\n\n在线推理的几条路线\n", "2024-05-01.md": "下雨，读书。\n"})
    before = state(space)
    report = adopting.adopt(store, space)
    assert report.kept >= 2
    [found] = listing.find(store, "几条路线")
    assert listing.find(store, "下雨") == [found]
    assert state(space) == before
    [note] = [each for each in notes.of_item(store, found) if "路线" in each.body]
    writing.append_note(store, found, "补一条", title=note.title)
    assert (space / "Serving/README.md").read_text("utf-8").endswith("几条路线\n\n补一条\n")
    again = adopting.adopt(store, space)
    assert (again.kept, again.added, again.updated) == (0, 0, 0)


def test_a_note_that_bears_the_title_of_a_known_paper_is_on_it(store: Store, space: Path) -> None:
    [item] = capturing.add(store, ["Gandiva: Introspective Cluster Scheduling"]).items
    make(space, {"Misc/words.md": "# Gandiva: Introspective Cluster Scheduling\n\n时间片\n"})
    adopting.adopt(store, space)
    assert listing.find(store, "时间片") == [item.item_id]
