"""Figures of notes in vaults: beside the note, brought back, followed, never outside."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from notes_tui.formats.vault import citekey_in
from notes_tui.model.figures import pictures
from notes_tui.model.vault import LAYOUTS
from notes_tui.services import (
    attaching,
    exporting,
    figures,
    importing,
    journaling,
    sharing,
    syncing,
    writing,
)
from notes_tui.services.adopting import adopt
from notes_tui.services.attaching import FigureNote
from notes_tui.services.site import export_site
from notes_tui.services.syncing import SyncWish
from notes_tui.services.vault import export_vault, plan_export
from notes_tui.services.vault_importing import import_vault
from notes_tui.store import attachments, items, notes
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES, AddItem
from tests.services.git_clones import bare, clone, git, prepare
from tests.services.pictures import BLUE, GREEN, RED, drawn


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def filled(store: Store, add_item: AddItem, tmp_path: Path) -> tuple[int, int]:
    """Two papers: one with two figures of one name in two notes, one that shows the first of these too."""
    first = add_item("AntMan: Dynamic Scaling", citekey="antman")
    second = add_item("Gandiva: Introspective", citekey="gandiva")
    one, other = drawn(tmp_path / "a/plot 图.png", RED), drawn(tmp_path / "b/plot 图.png", GREEN)
    writing.save_note(store, first, "The note.\n")
    attaching.attach(store, first, [str(one)], note=FigureNote(None, "The *queue* [x]"))
    attaching.attach(store, first, [str(other)], note=FigureNote("Questions"))
    attaching.attach(store, second, [str(one)])
    return first, second


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def paper(vault: Path, key: str) -> Path:
    [found] = (path for path in vault.rglob("*.md") if citekey_in(path.read_text()) == key)
    return found


def shown(vault: Path, key: str) -> list[bytes]:
    """The pictures that the file of an item leads to, read where its links say."""
    file = paper(vault, key)
    return [(file.parent / each.link).read_bytes() for each in pictures(file.read_text())]


def linked(store: Store, item_id: int) -> dict[str, str]:
    return {each.link: each.sha256 for each in attachments.linked_figures(store, [item_id])}


@pytest.mark.parametrize("profile", LAYOUTS)
def test_figures_stand_where_links_say_and_come_back_byte_for_byte(
    store: Store, filled: tuple[int, int], vault: Path, tmp_path: Path, profile: str
) -> None:
    assert export_vault(store, vault, profile=profile).problems == []
    assert shown(vault, "antman") == [RED, GREEN]
    assert shown(vault, "gandiva") == [RED]
    before = stamps(vault)
    again = export_vault(store, vault)
    assert (again.pages, again.problems, stamps(vault)) == ([], [], before)
    (tmp_path / "other").mkdir()
    with open_store(tmp_path / "other/notes.db", create=True) as other:
        other.clock = store.clock
        assert import_vault(other, vault, statuses=STATUSES).problems == []
        export_vault(other, tmp_path / "again", profile=profile)
        assert tree(tmp_path / "again") == tree(vault)
        assert len(list((tmp_path / "other/attachments").iterdir())) == 2
        assert syncing.sync(other, tmp_path / "again").written == 0
        assert syncing.sync(other, vault).problems == []
    assert tree(tmp_path / "again") == tree(vault)


def test_a_picture_that_two_notes_show_is_stored_once(
    store: Store, filled: tuple[int, int], vault: Path
) -> None:
    assert len(list((store.path.parent / "attachments").iterdir())) == 2
    export_vault(store, vault)
    assert len(list(vault.rglob("*.png"))) == 2


def test_a_dry_run_names_the_figures_and_writes_nothing(
    store: Store, filled: tuple[int, int], vault: Path
) -> None:
    plan = plan_export(store, vault)
    assert sum(path.endswith(".png") for path in plan.report.pages) == 2
    assert not vault.exists()
    drawn(vault / "papers/own.png", BLUE)
    (vault / "papers/new.md").write_text("# A New Paper\n\n![](own.png)\n")
    held = {*(store.path.parent / "attachments").iterdir()}
    report = syncing.sync(store, vault, SyncWish(dry_run=True))
    assert len(report.added) == 1
    assert {*(store.path.parent / "attachments").iterdir()} == held


@pytest.mark.parametrize("written", ["![The plot](figures/own.png)", '<img src="figures/own.png" width="3">', "![[own.png]]"])  # fmt: skip
def test_a_picture_put_beside_a_note_comes_in_with_a_sync(
    store: Store, add_item: AddItem, vault: Path, written: str
) -> None:
    item_id = add_item("AntMan: Dynamic Scaling", citekey="antman")
    syncing.sync(store, vault)
    file = paper(vault, "antman")
    drawn(file.parent / ("own.png" if "[[" in written else "figures/own.png"), BLUE)
    file.write_text(f"{file.read_text()}\n{written}\n")
    report = syncing.sync(store, vault)
    assert [(each.citekey, each.parts) for each in report.taken] == [("antman", ("note", "figures"))]
    [figure] = figures.of_item(store, item_id)
    assert Path(figure.place).read_bytes() == BLUE
    assert Path(figure.place).parent == store.path.parent / "attachments"
    before = stamps(vault)
    assert syncing.sync(store, vault).came_in == 0
    assert stamps(vault) == before
    journaling.undo(store)
    assert figures.of_item(store, item_id) == []
    assert syncing.sync(store, vault).came_in == 1
    assert [each.sha256 for each in figures.of_item(store, item_id)] == [figure.sha256]


def test_a_picture_that_comes_after_its_link_is_seen(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan: Dynamic Scaling", citekey="antman")
    writing.save_note(store, item_id, "![Later](figures/later.png)\n")
    syncing.sync(store, vault)
    paper(vault, "antman").write_text(paper(vault, "antman").read_text() + "More.\n")
    assert syncing.sync(store, vault).problems == []
    drawn(vault / "papers/figures/later.png", BLUE)
    assert [each.parts for each in syncing.sync(store, vault).taken] == [("figures",)]
    assert list(linked(store, item_id)) == ["figures/later.png"]
    assert syncing.sync(store, vault).came_in == 0


def test_a_changed_picture_is_a_new_content_and_the_old_one_stays_in_the_library(
    store: Store, filled: tuple[int, int], vault: Path, tmp_path: Path
) -> None:
    syncing.sync(store, vault)
    other_vault = tmp_path / "other vault"
    syncing.sync(store, other_vault)
    place = next(path for path in vault.rglob("*.png") if path.read_bytes() == RED)
    place.write_bytes(BLUE)
    report = syncing.sync(store, vault)
    assert sorted(each.citekey for each in report.taken) == ["antman", "gandiva"]
    assert (shown(vault, "antman"), shown(vault, "gandiva")) == ([BLUE, GREEN], [BLUE])
    assert syncing.sync(store, vault).came_in == 0
    syncing.sync(store, other_vault)
    assert (shown(other_vault, "antman"), shown(other_vault, "gandiva")) == ([BLUE, GREEN], [BLUE])
    stored = {path.read_bytes() for path in (store.path.parent / "attachments").iterdir()}
    assert stored == {RED, GREEN, BLUE}
    journaling.undo(store)
    assert {Path(each.place).read_bytes() for each in figures.of_item(store, filled[0])} == {RED, GREEN}


def test_a_deleted_picture_stays_in_the_library_and_an_export_writes_it_again(
    store: Store, filled: tuple[int, int], vault: Path
) -> None:
    syncing.sync(store, vault)
    for path in vault.rglob("*.png"):
        path.unlink()
    again = syncing.sync(store, vault)
    assert (again.came_in, again.written, again.problems) == (0, 0, [])
    assert all(Path(each.place).is_file() for each in figures.of_item(store, filled[0]))
    export_vault(store, vault)
    assert shown(vault, "antman") == [RED, GREEN]


def test_what_no_note_shows_any_more_goes_unless_its_owner_put_it_there(
    store: Store, filled: tuple[int, int], vault: Path
) -> None:
    first, second = filled
    syncing.sync(store, vault)
    own = drawn(vault / "papers/figures/own.png", BLUE)
    file = paper(vault, "gandiva")
    file.write_text(f"{file.read_text()}\n![](figures/own.png)\n")
    syncing.sync(store, vault)
    for item_id in filled:
        writing.save_note(store, item_id, "No figures.\n")
        writing.save_note(store, item_id, "", title="Questions")
    report = syncing.sync(store, vault)
    assert sum(path.endswith(".png") for path in report.out.removed) == 2
    assert [*vault.rglob("*.png")] == [own]
    assert len(attachments.of_items(store, [first, second], "figure")) == 4
    assert syncing.sync(store, vault).written == 0


def test_undoing_an_attached_figure_takes_its_file_out_of_the_vault(
    store: Store, add_item: AddItem, vault: Path, tmp_path: Path
) -> None:
    item_id = add_item("AntMan: Dynamic Scaling", citekey="antman")
    syncing.sync(store, vault)
    attaching.attach(store, item_id, [str(drawn(tmp_path / "x.png"))])
    assert shown(vault, "antman") == [RED]
    journaling.undo(store)
    syncing.sync(store, vault)
    assert (shown(vault, "antman"), [*vault.rglob("*.png")]) == ([], [])
    journaling.redo(store)
    syncing.sync(store, vault)
    assert shown(vault, "antman") == [RED]


def test_a_picture_in_the_vault_that_a_note_written_here_links_to_comes_in(
    store: Store, add_item: AddItem, vault: Path
) -> None:
    item_id = add_item("AntMan: Dynamic Scaling", citekey="antman")
    syncing.sync(store, vault)
    drawn(vault / "papers/figures/own.png", BLUE)
    writing.save_note(store, item_id, "![](figures/own.png)\n")
    syncing.sync(store, vault)
    syncing.sync(store, vault)
    assert list(linked(store, item_id)) == ["figures/own.png"]
    assert syncing.sync(store, vault).came_in == 0


HOSTILE = (
    "../../outside.png", "../../../../../../etc/outside.png", "/etc/outside.png", "file:///etc/outside.png",
    ".git/hooks.png", "../.notes-tui/x.png", "linked.png", "linked/x.png", "figures/../../../outside.png",
    "..%2F..%2Foutside.png", "~/outside.png", "C:\\outside.png", "..\\..\\outside.png", "fifo.png",
)  # fmt: skip


@pytest.mark.parametrize("destination", HOSTILE)
def test_nothing_outside_is_read(
    store: Store, add_item: AddItem, vault: Path, tmp_path: Path, destination: str
) -> None:
    item_id = add_item("AntMan: Dynamic Scaling", citekey="antman")
    syncing.sync(store, vault)
    secret = drawn(tmp_path / "outside.png", BLUE)
    drawn(tmp_path / "away/x.png", BLUE)
    for name in (".git/hooks.png", ".notes-tui/x.png", "papers/.git/hooks.png"):
        drawn(vault / name, BLUE)
    (vault / "papers/linked.png").symlink_to(secret)
    (vault / "papers/linked").symlink_to(tmp_path / "away")
    os.mkfifo(vault / "papers/fifo.png")
    file = paper(vault, "antman")
    file.write_text(f"{file.read_text()}\n![x](<{destination}>)\n")
    syncing.sync(store, vault)
    assert linked(store, item_id) == {}
    assert not (store.path.parent / "attachments").exists()


@pytest.mark.parametrize("link", HOSTILE[:-1])
def test_nothing_outside_is_written(
    store: Store, add_item: AddItem, vault: Path, tmp_path: Path, link: str
) -> None:
    item_id = add_item("AntMan: Dynamic Scaling", citekey="antman")
    attaching.attach(store, item_id, [str(drawn(tmp_path / "x.png"))])
    with store.step("a link of somebody else's"):
        [file] = attachments.of_items(store, [item_id])
        store.run(
            "UPDATE attachments SET extra = json_set(extra, '$.link', ?) WHERE id = ?", (link, file.row_id)
        )
        notes.put(store, item_id, "", f"![x](<{link}>)\n")
    (vault / "papers").mkdir(parents=True)
    (tmp_path / "away").mkdir()
    (vault / "papers/linked").symlink_to(tmp_path / "away")
    (vault / "papers/linked.png").symlink_to(tmp_path / "nowhere.png")
    export_vault(store, vault)
    there = {path for path in tmp_path.rglob("*.png") if path.is_file() and path.parts[-2] != "attachments"}
    assert there == {tmp_path / "x.png"}
    assert not (tmp_path / "nowhere.png").exists()


@pytest.mark.parametrize("way", ["dump", "vault"])
@pytest.mark.parametrize("is_shown", [True, False])
def test_what_comes_in_cannot_name_another_file_of_this_machine(
    store: Store, filled: tuple[int, int], vault: Path, tmp_path: Path, way: str, is_shown: bool
) -> None:
    secret = drawn(tmp_path / "secret.png", BLUE)
    export_vault(store, vault)
    said = exporting.export_text(store, "json")
    with open_store(tmp_path / "other.db", create=True) as other:
        if way == "dump":
            importing.import_text(other, _naming(said, secret, is_shown), file="library.json")
        else:
            records = vault / ".notes-tui/items.jsonl"
            records.write_text(_naming(records.read_text(), secret, is_shown))
            import_vault(other, vault, statuses=STATUSES)
        assert len(attachments.all_of_kind(other, "figure")) == 3
        export_site(other, tmp_path / "site")
        export_vault(other, tmp_path / "out", profile="research-space")
    came = {**tree(tmp_path / "site"), **tree(tmp_path / "out")}
    assert secret.read_bytes() not in came.values()


def _naming(text: str, secret: Path, is_shown: bool) -> str:
    """A dump or records in which every figure is called by the place of another file, and bears no link."""
    text = re.sub(r'"name": "[0-9a-f]{64}\.png"', f'"name": "{secret}"', text)
    assert str(secret) in text
    return text if is_shown else re.sub(r'"link": "figures/[^"]*"', '"link": null', text)


def test_what_is_no_picture_is_told_once_and_left(store: Store, add_item: AddItem, vault: Path) -> None:
    item_id = add_item("AntMan: Dynamic Scaling", citekey="antman")
    syncing.sync(store, vault)
    drawn(vault / "papers/words.png", b"these are words")
    with open(drawn(vault / "papers/huge.png"), "r+b") as file:
        file.truncate(200 << 20)
    note = paper(vault, "antman")
    note.write_text(f"{note.read_text()}\n![x](words.png) ![y](huge.png) ![z](none.png)\n")
    report = syncing.sync(store, vault)
    assert [each.file for each in report.problems] == ["papers/words.png", "papers/huge.png"]
    assert "neither a PDF nor a picture" in report.problems[0].message
    assert "too large" in report.problems[1].message
    assert (linked(store, item_id), syncing.sync(store, vault).problems) == ({}, [])


def test_another_file_of_the_name_is_left_as_it_is(
    store: Store, add_item: AddItem, vault: Path, tmp_path: Path
) -> None:
    item_id = add_item("AntMan: Dynamic Scaling", citekey="antman")
    attaching.attach(store, item_id, [str(drawn(tmp_path / "x.png"))])
    there = drawn(vault / "papers" / next(iter(linked(store, item_id))), BLUE)
    report = export_vault(store, vault)
    assert ["another file" in each.message for each in report.problems] == [True]
    assert there.read_bytes() == BLUE


def test_figures_of_private_notes_stay_out_of_a_vault_with_a_remote(
    store: Store, filled: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(monkeypatch, tmp_path)
    there = clone(bare(tmp_path / "remote.git"), tmp_path / "here").vault
    writing.set_note_private(store, filled[0], True, title="Questions")
    assert sharing.sync(store, there).problems == []
    assert [path.read_bytes() for path in there.rglob("*.png")] == [RED]
    mark = attachments.figures_with(store, figures.of_item(store, filled[0])[1].sha256)[0].sha256
    assert not any(mark[:8].encode() in content for content in tree(there).values())
    assert len(linked(store, filled[0])) == 2
    writing.set_note_private(store, filled[0], False, title="Questions")
    sharing.sync(store, there)
    assert {path.read_bytes() for path in there.rglob("*.png")} == {RED, GREEN}
    writing.set_note_private(store, filled[0], True, title="Questions")
    sharing.sync(store, there)
    assert [path.read_bytes() for path in there.rglob("*.png")] == [RED]


def test_machines_that_share_a_vault_by_git_have_each_others_figures(
    store: Store, filled: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(monkeypatch, tmp_path)
    remote = bare(tmp_path / "remote.git")
    here = clone(remote, tmp_path / "here").vault
    wish = SyncWish(push=True)
    assert sharing.sync(store, here, wish).problems == []
    assert sum(path.endswith(".png") for path in git(here, "ls-files", "-z").split("\0")) == 2
    (tmp_path / "other").mkdir()
    with open_store(tmp_path / "other/notes.db", create=True) as other:
        other.clock = store.clock
        there = clone(remote, tmp_path / "there").vault
        assert sharing.sync(other, there, wish).problems == []
        known = items.key_owner(other, "antman") or 0
        assert {Path(each.place).read_bytes() for each in figures.of_item(other, known)} == {RED, GREEN}
        attaching.attach(other, known, [str(drawn(tmp_path / "c/plot 图.png", BLUE))])
        attaching.attach(store, filled[0], [str(drawn(tmp_path / "d/plot 图.png", BLUE[:-1] + b"x"))])
        for machine, folder in ((other, there), (store, here), (other, there)):
            assert sharing.sync(machine, folder, wish).problems == []
        assert {path: content for path, content in tree(here).items() if ".git/" not in path} == {
            path: content for path, content in tree(there).items() if ".git/" not in path
        }
        assert len(linked(store, filled[0])) == len(linked(other, known)) == 4
        quiet = sharing.sync(store, here, wish)
        assert (quiet.came_in, quiet.written) == (0, 0)


def test_an_adopted_folder_keeps_its_figures_where_they_are(
    store: Store, tmp_path: Path, vault: Path
) -> None:
    space = tmp_path / "space"
    drawn(space / "Scheduling/AntMan/img/own.png", GREEN)
    note = space / "Scheduling/AntMan/AntMan.md"
    note.write_text("# AntMan: Dynamic Scaling on GPU Clusters\n\n![The scale](img/own.png)\n")
    adopt(store, space, statuses=STATUSES)
    before = tree(space)
    assert syncing.sync(store, space).problems == []
    assert tree(space) == before
    [item_id] = [each.item_id for each in attachments.all_of_kind(store, "figure")]
    [figure] = figures.of_item(store, item_id)
    assert (figure.caption, figure.place) == ("The scale", str(space / "Scheduling/AntMan/img/own.png"))
    attaching.attach(store, item_id, [str(drawn(tmp_path / "new.png", BLUE))], note=FigureNote(None, "New"))
    syncing.sync(store, space)
    [link] = re.findall(r"!\[New\]\((figures/new-[0-9a-f]{8}\.png)\)", note.read_text())
    assert (note.parent / link).read_bytes() == BLUE
    assert set(tree(space)) - set(before) == {f"Scheduling/AntMan/{link}"}
    export_vault(store, vault)
    assert {path.read_bytes() for path in vault.rglob("*.png")} == {GREEN, BLUE}


def test_a_note_that_moves_has_its_figures_where_it_is_now(
    store: Store, filled: tuple[int, int], vault: Path
) -> None:
    syncing.sync(store, vault)
    (vault / "mine").mkdir()
    paper(vault, "antman").rename(vault / "mine/a.md")
    syncing.sync(store, vault)
    assert shown(vault, "antman") == [RED, GREEN]
    assert shown(vault, "gandiva") == [RED]
    assert len(list((vault / "papers").rglob("*.png"))) == 1
    assert syncing.sync(store, vault).written == 0


def test_a_picture_that_two_machines_changed_is_one_of_theirs_and_the_other_is_kept(
    store: Store, add_item: AddItem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(monkeypatch, tmp_path)
    remote = bare(tmp_path / "remote.git")
    here, wish = clone(remote, tmp_path / "here").vault, SyncWish(push=True)
    item_id = add_item("AntMan: Dynamic Scaling", citekey="antman")
    writing.save_note(store, item_id, "![The plot](own.png)\n")
    drawn(here / "papers/own.png", RED)
    sharing.sync(store, here, wish)
    sharing.sync(store, here, wish)
    (tmp_path / "other").mkdir()
    with open_store(tmp_path / "other/notes.db", create=True) as other:
        other.clock = store.clock
        there = clone(remote, tmp_path / "there").vault
        sharing.sync(other, there, wish)
        known = items.key_owner(other, "antman") or 0
        drawn(here / "papers/own.png", GREEN)
        drawn(there / "papers/own.png", BLUE)
        for _ in range(2):
            for machine, folder in ((store, here), (other, there)):
                sharing.sync(machine, folder, wish)
        quiet = [sharing.sync(machine, folder, wish) for machine, folder in ((store, here), (other, there))]
        assert [(each.came_in, each.written, each.problems) for each in quiet] == [(0, 0, [])] * 2
        trees = [
            {path: content for path, content in tree(each).items() if ".git/" not in path}
            for each in (here, there)
        ]
        assert trees[0] == trees[1]
        assert {content for path, content in trees[0].items() if path.endswith(".png")} == {GREEN, BLUE}
        assert linked(store, item_id) == linked(other, known)
        for machine, each in ((store, item_id), (other, known)):
            held = {
                Path(figure.place).read_bytes() for figure in figures.of_item(machine, each) if figure.place
            }
            assert shown(here, "antman")[0] in held
