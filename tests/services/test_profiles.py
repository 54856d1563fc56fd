"""Vaults of every layout: they keep the promises of the plain one, and look as their readers expect."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import yaml

from notes_tui.errors import InvalidValueError
from notes_tui.formats import vault as layout
from notes_tui.formats.vault.document import take_apart
from notes_tui.model.item import Annotation, Attachment, Reference
from notes_tui.services import capturing, collecting, editing, listing, reading, sharing, syncing, writing
from notes_tui.services.exporting import export_text
from notes_tui.services.syncing import SyncWish
from notes_tui.services.vault import export_vault
from notes_tui.services.vault_importing import import_vault
from notes_tui.store import dumping, items
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES, AddItem
from tests.services import test_syncing as both_ways
from tests.services.git_clones import bare, clone, prepare
from tests.services.test_syncing import edit, inside, paper, stamps

OTHERS = (layout.OBSIDIAN, layout.RESEARCH_SPACE)


@pytest.fixture(params=OTHERS, ids=lambda each: each.name)
def profile(request: pytest.FixtureRequest) -> layout.Profile:
    found: layout.Profile = request.param
    return found


@pytest.fixture
def vault(tmp_path: Path, profile: layout.Profile) -> Path:
    """A new vault that says which layout it is to have."""
    settings = tmp_path / "vault" / layout.SETTINGS
    settings.parent.mkdir(parents=True)
    settings.write_text(layout.settings_text(profile))
    return tmp_path / "vault"


for name, test in vars(both_ways).copy().items():
    if name.startswith("test_") and "vault" in inspect.signature(test).parameters:
        globals()[name] = test
del name, test


def tree(folder: Path) -> dict[str, bytes]:
    return {inside(folder, path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fill(store: Store, add_item: AddItem) -> tuple[int, int]:
    """Two items with a bit of everything that a file can say."""
    first = add_item("AntMan: Dynamic | [GPU] Clusters", title_short="AntMan", venue="OSDI", year=2020)
    second = add_item("Gandiva", title_short="Gandiva")
    for tag in ("machine learning", "moe/expert routing", "my_tag", "a _b", "2024", "C++", "机器 学习"):
        writing.add_tag(store, tag, [first])
    editing.edit(store, first, {"creators": "Xiao, Wencong; Plato", "links": "code:https://example.org/a"})
    editing.rekey(store, second, "Gandiva:2018")
    with store.step("linked"):
        items.link(store, first, second)
    writing.save_note(store, first, "See [[gandiva]] and ![[figures/a.png]].\n")
    writing.save_note(store, first, "More.\n", title="Ideas")
    writing.annotate(store, first, Annotation(page=3, quote="Marked."))
    reading.mark(store, "reading", [first], allowed=STATUSES, page=7)
    collecting.create(store, "Research Space")
    collecting.put(store, "research-space", [first], section=("Cluster: Scheduling",))
    collecting.put(store, "research-space", [second], section=("Other > things", "cluster scheduling"))
    return first, second


def test_an_exported_vault_makes_the_same_library_and_the_same_files(
    store: Store, add_item: AddItem, profile: layout.Profile, tmp_path: Path
) -> None:
    fill(store, add_item)
    export_vault(store, tmp_path / "one", profile=profile.name)
    before = stamps(tmp_path / "one")
    again = export_vault(store, tmp_path / "one", profile=profile.name)
    assert (again.new, again.changed, stamps(tmp_path / "one")) == ([], [], before)
    with open_store(tmp_path / "other.db", create=True) as other:
        other.clock = store.clock
        report = import_vault(other, tmp_path / "one", statuses=STATUSES)
        assert report.problems == []
        assert export_text(other, "json") == export_text(store, "json")
        export_vault(other, tmp_path / "two", profile=profile.name)
        assert tree(tmp_path / "two") == tree(tmp_path / "one")
    with open_store(tmp_path / "third.db", create=True) as third:
        third.clock = store.clock
        assert syncing.sync(third, tmp_path / "one").problems == []
        assert export_text(third, "json") == export_text(store, "json")
        assert stamps(tmp_path / "one") == before


def test_every_way_of_changing_a_file_and_the_library_at_once_is_kept(
    store: Store, add_item: AddItem, profile: layout.Profile, vault: Path
) -> None:
    first, _ = fill(store, add_item)
    syncing.sync(store, vault)
    path = paper(vault, items.by_id(store, first).citekey)
    lines = path.read_text().split("\n")
    turned = [*lines[:1], "my_score: 9", "cssclasses: [wide]", *lines[1:]]
    path.write_text("\n".join(turned) + "\n## Mine\n\nA paragraph 路由.\n")
    writing.add_tag(store, "new tag", [first])
    writing.remove_tag(store, "machine learning", [first])
    editing.edit(store, first, {"title": "AntMan: Another Title", "creators": "Xiao, Wencong; Ren, Shiru"})
    reading.mark(store, "reading", [first], allowed=STATUSES, page=9)
    report = syncing.sync(store, vault)
    assert report.is_complete
    text = path.read_text()
    assert "my_score: 9\ncssclasses: [wide]\n" in text
    assert text.count("A paragraph 路由.") == 1
    with open_store(vault.parent / "other.db", create=True) as other:
        other.clock = store.clock
        syncing.sync(other, vault)
        assert export_text(other, "json") == export_text(store, "json")
    again = syncing.sync(store, vault)
    assert (again.written, again.came_in) == (0, 0)
    assert set(items.by_id(store, first).tags) >= {"new tag", "a _b", "C++", "2024"}


def test_another_layout_for_a_vault_that_has_one_is_refused(
    store: Store, add_item: AddItem, profile: layout.Profile, tmp_path: Path
) -> None:
    add_item("AntMan")
    syncing.sync(store, tmp_path / "vault", SyncWish(profile=profile.name))
    before = tree(tmp_path / "vault")
    for wrong in ("plain", "adopted", "nothing"):
        with pytest.raises(InvalidValueError, match=wrong):
            syncing.sync(store, tmp_path / "vault", SyncWish(profile=wrong))
        with pytest.raises(InvalidValueError, match=wrong):
            export_vault(store, tmp_path / "vault", profile=wrong)
    with (
        open_store(tmp_path / "other.db", create=True) as other,
        pytest.raises(InvalidValueError, match="plain"),
    ):
        syncing.sync(other, tmp_path / "vault", SyncWish(profile="plain"))
    assert tree(tmp_path / "vault") == before
    assert syncing.sync(store, tmp_path / "vault", SyncWish(profile=profile.name)).written == 0


def test_a_folder_keeps_its_place_when_title_and_topic_change_and_others_come(
    store: Store, add_item: AddItem, tmp_path: Path
) -> None:
    first, _ = fill(store, add_item)
    vault = tmp_path / "vault"
    syncing.sync(store, vault, SyncWish(profile="research-space"))
    place = vault / "Cluster Scheduling" / "AntMan" / "README.md"
    assert place.is_file()
    editing.edit(store, first, {"title_short": "Other", "title": "Other"})
    collecting.take(store, "research-space", [first])
    newcomer = add_item("AntMan, told again", title_short="ANTMAN")
    collecting.put(store, "research-space", [newcomer], section=("cluster scheduling",))
    syncing.sync(store, vault)
    assert "title: Other\n" in place.read_text()
    there = paper(vault, items.by_id(store, newcomer).citekey)
    assert re.fullmatch(r"Cluster Scheduling/ANTMAN-[0-9a-f]{8}/README\.md", inside(vault, there))
    assert syncing.sync(store, vault).written == 0


def test_figures_stand_beside_the_paper_and_stay_as_their_owner_has_them(
    store: Store, add_item: AddItem, tmp_path: Path
) -> None:
    first, second = fill(store, add_item)
    picture, gone = tmp_path / "fig 1.png", tmp_path / "gone.png"
    picture.write_bytes(b"\x89PNG\xff")
    with store.step("figures attached"):
        for item_id, path in ((first, picture), (second, gone)):
            dumping.add_attachment(store, item_id, Attachment(str(path), "figure"))
    vault = tmp_path / "vault"
    syncing.sync(store, vault, SyncWish(profile="research-space"))
    there = vault / "Cluster Scheduling" / "AntMan" / "figures" / "fig 1.png"
    assert there.read_bytes() == b"\x89PNG\xff"
    assert not list(vault.rglob("gone.png"))
    there.write_bytes(b"mine")
    before = stamps(vault)
    again = syncing.sync(store, vault)
    writing.append_note(store, first, "More.")
    syncing.sync(store, vault)
    assert (again.written, again.problems, there.read_bytes()) == (0, [], b"mine")
    assert set(stamps(vault)) == set(before)


def test_a_new_folder_below_a_topic_is_a_paper_named_like_it(store: Store, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    syncing.sync(store, vault, SyncWish(profile="research-space"))
    path = vault / "MoE" / "Switch Transformers" / "README.md"
    path.parent.mkdir(parents=True)
    path.write_text("Routing 路由.\n")
    assert len(syncing.sync(store, vault).added) == 1
    [item_id] = listing.find(store, "路由")
    assert items.by_id(store, item_id).title == "Switch Transformers"
    assert path.read_text().endswith("\nRouting 路由.\n")
    assert syncing.sync(store, vault).written == 0


def test_names_for_the_quick_switcher_follow_the_title_from_either_side(
    store: Store, add_item: AddItem, tmp_path: Path
) -> None:
    item_id = add_item("AntMan", title_short="AM")
    vault = tmp_path / "vault"
    syncing.sync(store, vault, SyncWish(profile="obsidian"))
    path = paper(vault, items.by_id(store, item_id).citekey)

    def aliases() -> list[str]:
        fields = yaml.safe_load(take_apart(path.read_text()).front)
        return [*fields["aliases"]]

    assert aliases() == ["AntMan", "AM"]
    edit(path, "aliases:\n", "aliases:\n  - the ant\n")
    edit(path, "title: AntMan", "title: AntMan by file")
    syncing.sync(store, vault)
    assert sorted(aliases()) == ["AM", "AntMan by file", "the ant"]
    editing.edit(store, item_id, {"title": "AntMan by program"})
    syncing.sync(store, vault)
    assert sorted(aliases()) == ["AM", "AntMan by program", "the ant"]
    item = items.by_id(store, item_id)
    assert (item.title, item.aliases) == ("AntMan by program", ())
    assert syncing.sync(store, vault).written == 0


def test_an_adopted_folder_with_records_is_imported(store: Store, tmp_path: Path) -> None:
    from notes_tui.services.adopting import adopt

    folder = tmp_path / "own"
    (folder / "AntMan").mkdir(parents=True)
    (folder / "AntMan" / "README.md").write_text("# AntMan: Dynamic Scaling on GPU Clusters\n\nWords 调度.\n")
    adopt(store, folder)
    syncing.sync(store, folder, SyncWish(keep_records=True))
    with open_store(tmp_path / "other.db", create=True) as other:
        report = import_vault(other, folder, statuses=STATUSES)
        assert report.problems == []
        [found] = listing.find(other, "调度")
        [known] = listing.find(store, "调度")
        assert items.by_id(other, found).citekey == items.by_id(store, known).citekey


def test_machines_that_share_a_vault_by_git_end_up_the_same(
    store: Store, add_item: AddItem, profile: layout.Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(monkeypatch, tmp_path)
    remote = bare(tmp_path / "remote.git")
    first, _ = fill(store, add_item)
    picture = tmp_path / "figure.png"
    picture.write_bytes(b"\x89PNG")
    with store.step("figure attached"):
        dumping.add_attachment(store, first, Attachment(str(picture), "figure"))
    wish = SyncWish(push=True, profile=profile.name)
    here = clone(remote, tmp_path / "here").vault
    assert sharing.sync(store, here, wish).problems == []
    with open_store(tmp_path / "other.db", create=True) as other:
        other.clock = store.clock
        there = clone(remote, tmp_path / "there").vault
        assert sharing.sync(other, there, wish).problems == []
        assert {inside(there, path) for path in there.rglob("*.png")} == {
            inside(here, path) for path in here.rglob("*.png")
        }
        key = items.by_id(store, first).citekey
        known = items.key_owner(other, key) or 0
        writing.add_tag(store, "from here", [first])
        writing.add_tag(other, "from there", [known])
        reading.mark(other, "read", [known], allowed=STATUSES)
        index = there / profile.index
        index.write_text(index.read_text() + "\nWords of mine.\n")
        edit(paper(here, key), "More.\n", "More, by file.\n")
        with other.step("item added"):
            capturing.insert(other, Reference(title="Only there", citekey="only-there"))
        for each, folder in ((store, here), (other, there), (store, here), (other, there)):
            assert sharing.sync(each, folder, wish).problems == []
        assert export_text(other, "json") == export_text(store, "json")
        assert tree(here / ".notes-tui") == tree(there / ".notes-tui")
        assert (here / profile.index).read_text() == index.read_text()
        assert index.read_text().endswith("\nWords of mine.\n")
        assert {"from here", "from there", "machine learning"} <= set(items.by_id(store, first).tags)
        assert sharing.sync(store, here, wish).written == 0
