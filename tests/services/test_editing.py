from __future__ import annotations

import pytest

from notes_tui.errors import (
    AmbiguousItemError,
    CitekeyTakenError,
    EditConflictError,
    InvalidValueError,
    UnknownItemError,
)
from notes_tui.model.item import Creator, Link
from notes_tui.services import capturing, collecting, editing, journaling, keys, listing, reading, writing
from notes_tui.store.database import Store
from tests.conftest import HOSTILE_TITLES, STATUSES, AddItem


def item_of(store: Store, item_id: int) -> listing.Item:
    return listing.detail(store, item_id).item


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("https://arxiv.org/abs/2301.00010v3", {"arxiv": "2301.00010", "title": "arXiv:2301.00010"}),
        ("arXiv:2301.00010", {"arxiv": "2301.00010", "title": "arXiv:2301.00010"}),
        ("2301.00010", {"arxiv": "2301.00010"}),
        ("https://doi.org/10.1145/3341301.3359646", {"doi": "10.1145/3341301.3359646"}),
        ("10.1145/3341301.3359646", {"doi": "10.1145/3341301.3359646"}),
        ("A Plain Title of a Paper", {"title": "A Plain Title of a Paper", "type": "article"}),
        (
            "AntMan: Dynamic Scaling https://example.org/a.pdf",
            {"title": "AntMan: Dynamic Scaling", "title_short": "AntMan"},
        ),
        ("https://github.com/some/tool", {"type": "software", "title": "github.com/some/tool"}),
        ("深度学习集群调度", {"title": "深度学习集群调度"}),
    ],
)
def test_anything_can_be_captured(store: Store, line: str, expected: dict[str, str]) -> None:
    [item] = capturing.add(store, [line]).items
    assert {name: getattr(item, name) for name in expected} == expected


def test_capturing_the_same_work_again_leads_to_it(store: Store) -> None:
    [first] = capturing.add(store, ["https://arxiv.org/abs/2301.00010"]).items
    again = capturing.add(store, ["arXiv:2301.00010v2"])
    assert again.known == (first.citekey,)
    assert again.new == ()


def test_several_lines_are_one_step(store: Store) -> None:
    assert len(capturing.add(store, ["One Title", "", "Another Title"]).new) == 2
    journaling.undo(store)
    assert listing.find(store) == []


def test_nothing_cannot_be_captured(store: Store) -> None:
    for lines in ([], [" "], ["()"]):
        with pytest.raises(InvalidValueError):
            capturing.add(store, lines)


def test_fields_are_corrected_from_text_and_undone(store: Store, add_item: AddItem) -> None:
    item_id = add_item("Wrong", year=1999)
    edited = editing.edit(
        store, item_id,
        {"title": "Right", "author": "Xiao, Wencong; Ada Lovelace", "year": "2020", "url": "https://example.org/p code:https://example.org/c"},
    )  # fmt: skip
    item = edited.item
    assert (item.title, item.year) == ("Right", 2020)
    assert item.creators == (Creator("Xiao", "Wencong"), Creator("Lovelace", "Ada"))
    assert item.links == (Link("paper", "https://example.org/p"), Link("code", "https://example.org/c"))
    assert edited.changes["year"] == ("1999", "2020")
    assert listing.find(store, "right") == [item_id]
    journaling.undo(store)
    assert item_of(store, item_id).title == "Wrong"


def test_every_field_reads_back_as_it_is_shown(store: Store, add_item: AddItem) -> None:
    item_id = add_item(
        "T", creators=(Creator("van Rossum", "Guido"), Creator(literal="A Group")), doi="10.1000/x", arxiv="2301.00010",
        links=(Link("pdf", "https://example.org/x.pdf"),), venue="OSDI", year=2020, abstract="a\n\nb",
    )  # fmt: skip
    item = item_of(store, item_id)
    values = {name: editing.field_text(item, name) for name in editing.FIELDS}
    assert editing.edit(store, item_id, values).changes == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", "soon"), ("year", "12345"), ("type", "paper"), ("doi", "nonsense"), ("arxiv", "nonsense"),
        ("links", "javascript:alert(1)"), ("links", "file:///etc/passwd"), ("private", "maybe"), ("pages", "0"),
        ("citekey", "a b"), ("citekey", ""), ("citekey", "../x"), ("colour", "red"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_with_its_field(
    store: Store, add_item: AddItem, field: str, value: str
) -> None:
    item_id = add_item()
    with pytest.raises(InvalidValueError) as caught:
        editing.edit(store, item_id, {"title": "changed", field: value})
    assert field.split("_")[0].rstrip("s") in caught.value.detail
    assert item_of(store, item_id).title == "A Paper on Something"


def test_a_new_citekey_leaves_the_old_one_as_an_alias(store: Store, add_item: AddItem) -> None:
    item_id = add_item("Some Paper")
    old = item_of(store, item_id).citekey
    editing.rekey(store, item_id, "mine2026")
    assert keys.find_item(store, old) == keys.find_item(store, "MINE2026") == item_id
    assert item_of(store, item_id).aliases == (old,)
    editing.rekey(store, item_id, old)
    assert item_of(store, item_id).aliases == ("mine2026",)


def test_a_citekey_or_alias_of_another_item_is_taken(store: Store, add_item: AddItem) -> None:
    first, second = add_item("First"), add_item("Second")
    editing.rekey(store, first, "one")
    editing.rekey(store, first, "uno")
    for taken in ("uno", "One"):
        with pytest.raises(CitekeyTakenError):
            editing.rekey(store, second, taken)


def test_items_answer_to_many_keys(store: Store, add_item: AddItem) -> None:
    item_id = add_item("AntMan: Scaling", title_short="AntMan", doi="10.1000/ABC", arxiv="2301.00010")
    for key in (
        "antman",
        "ANTMAN",
        "10.1000/abc",
        "https://doi.org/10.1000/abc",
        "2301.00010",
        "arXiv:2301.00010v2",
    ):
        assert keys.find_item(store, key) == item_id, key


def test_an_ambiguous_or_unknown_key_is_refused_with_candidates(store: Store, add_item: AddItem) -> None:
    add_item("Gemini: Checkpoints", title_short="Gemini", year=2023)
    add_item("Gemini: A Family", title_short="Gemini", year=2024)
    with pytest.raises(AmbiguousItemError) as caught:
        keys.find_item(store, "gemini")
    assert "gemini2023" in caught.value.hint
    assert "gemini2024" in caught.value.hint
    with pytest.raises(UnknownItemError) as unknown:
        keys.find_items(store, ["gemini2023", "checkpoint"])
    assert "gemini2023" in unknown.value.hint


def test_the_trash_keeps_everything_until_it_is_emptied(store: Store, add_item: AddItem) -> None:
    item_id = add_item("Gone")
    writing.save_note(store, item_id, "words")
    reading.mark(store, "read", [item_id], allowed=STATUSES)
    editing.remove(store, [item_id])
    assert listing.find(store) == []
    with pytest.raises(UnknownItemError, match="gone"):
        keys.find_item(store, "gone")
    assert [item.title for item in editing.trash(store)] == ["Gone"]
    editing.restore(store, [item_id])
    assert listing.detail(store, item_id).main_note == "words"
    editing.remove(store, [item_id])
    editing.empty_trash(store)
    assert editing.trash(store) == []
    assert store.count("SELECT count(*) FROM events") == 0
    journaling.undo(store)
    journaling.undo(store)
    assert listing.detail(store, item_id).main_note == "words"
    assert listing.detail(store, item_id).item.read_status == "read"


def test_collections_keep_order_and_sections(store: Store, add_item: AddItem) -> None:
    ids = [add_item(title) for title in ("One", "Two", "Three")]
    collecting.create(store, "Mine & Yours")
    collecting.put(store, "mine-yours", ids[:2], section=["A"])
    collecting.put(store, "mine-yours", [ids[2], ids[0]], section=["B"], position=1)
    view = collecting.show(store, "mine-yours")
    assert [(entry.position, entry.section, item.title) for entry, item in view.entries] == [
        (1, ("B",), "Three"), (2, ("A",), "One"), (3, ("A",), "Two"),
    ]  # fmt: skip
    collecting.take(store, "Mine & Yours", [ids[0]])
    assert [entry.position for entry, _ in collecting.show(store, "mine-yours").entries] == [1, 2]
    journaling.undo(store)
    assert len(collecting.show(store, "mine-yours").entries) == 3
    with pytest.raises(InvalidValueError):
        collecting.create(store, "mine yours")


def test_removing_a_collection_trashes_only_what_nobody_touched(store: Store, add_item: AddItem) -> None:
    untouched, tagged, shared = (add_item(title) for title in ("One", "Two", "Three"))
    for title in ("List", "Other"):
        collecting.create(store, title)
    collecting.put(store, "list", [untouched, tagged, shared])
    collecting.put(store, "other", [shared])
    writing.add_tag(store, "mine", [tagged])
    assert [item.title for item in collecting.untouched_items(store, "list")] == ["One"]
    assert collecting.remove(store, "list", trash_untouched=True)[0] == 1
    assert listing.find(store) == [shared, tagged]
    journaling.undo(store)
    assert listing.find(store) == [untouched, tagged, shared]


def test_hostile_titles_are_kept_and_named_safely(store: Store, add_item: AddItem) -> None:
    for title in HOSTILE_TITLES:
        item_id = add_item(title)
        assert item_of(store, item_id).title == title
        label = reading.mark(store, "read", [item_id], allowed=STATUSES).label
        assert label.isprintable()
        assert len(label) < 80


def test_a_field_changed_elsewhere_meanwhile_is_not_overwritten(store: Store, add_item: AddItem) -> None:
    item_id = add_item("Base", year=2020)
    editing.edit(store, item_id, {"title": "Theirs"})
    with pytest.raises(EditConflictError) as caught:
        editing.edit(
            store, item_id, {"title": "Mine", "year": "2021"}, base={"title": "Base", "year": "2020"}
        )
    assert (caught.value.mine, caught.value.theirs) == ("Mine", "Theirs")
    assert item_of(store, item_id).year == 2020
    editing.edit(store, item_id, {"year": "2021"}, base={"year": "2020"})
    assert item_of(store, item_id).year == 2021


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("van der Berg, Jan", [("van der Berg", "Jan")]),
        ("Ada Lovelace, Alan Turing", [("Lovelace", "Ada"), ("Turing", "Alan")]),
        ("Ada Lovelace and Alan Turing", [("Lovelace", "Ada"), ("Turing", "Alan")]),
        ("Turing, Alan", [("Turing", "Alan")]),
    ],
)
def test_names_are_read_as_people_write_them(
    store: Store, add_item: AddItem, text: str, names: list[tuple[str, str]]
) -> None:
    item = editing.edit(store, add_item(), {"creators": text}).item
    assert [(each.family, each.given) for each in item.creators] == names


def test_the_number_of_pages_can_be_set_alone(store: Store, add_item: AddItem) -> None:
    edited = editing.edit(store, add_item(), {"pages": "12"})
    assert edited.changes == {"pages": ("", "12")}
    assert edited.item.progress is None


def test_what_was_touched_in_any_way_is_not_trashed_with_its_list(store: Store, add_item: AddItem) -> None:
    ids = [add_item(title) for title in ("One", "Two", "Three", "Four")]
    collecting.create(store, "Mine")
    collecting.put(store, "mine", ids)
    editing.rekey(store, ids[0], "own-key")
    editing.edit(store, ids[1], {"private": "yes"})
    reading.rate(store, 5, [ids[2]])
    collecting.hide(store, "mine")
    overview = listing.overview(store)
    assert (overview.total, overview.statuses) == (3, (("unread", 3),))
    assert reading.stats(store, STATUSES).items == 3
    assert collecting.remove(store, "mine", trash_untouched=True)[0] == 1
    assert [item.title for item in editing.trash(store)] == ["Four"]


def test_a_place_beyond_the_end_is_the_end(store: Store, add_item: AddItem) -> None:
    ids = [add_item(title) for title in ("One", "Two", "Three")]
    collecting.create(store, "Mine")
    collecting.put(store, "mine", ids[:1], position=50)
    collecting.put(store, "mine", ids[1:], position=1)
    assert [(entry.position, item.title) for entry, item in collecting.show(store, "mine").entries] == [
        (1, "Two"), (2, "Three"), (3, "One"),
    ]  # fmt: skip


def test_a_short_name_is_found_in_any_case_of_any_script(store: Store, add_item: AddItem) -> None:
    item_id = add_item("Éclair: Something", title_short="Éclair")
    assert keys.find_item(store, "éCLAIR") == item_id


def test_bibtex_can_be_captured_beside_lines(store: Store) -> None:
    text = "A Plain Title\n@article{foo2020,\n  title={Some {Great} Title}, author={Berg, Jan and Lee, Ann}, year=2020}\n"
    plain, entry = capturing.add(store, text.splitlines()).items
    assert plain.title == "A Plain Title"
    assert (entry.citekey, entry.title, entry.year) == ("foo2020", "Some Great Title", 2020)
    assert [creator.family for creator in entry.creators] == ["Berg", "Lee"]
    assert capturing.add(store, [text.splitlines()[-2], text.splitlines()[-1]]).known == ("foo2020",)


def test_a_key_in_another_case_that_is_also_a_short_name_is_ambiguous(
    store: Store, add_item: AddItem
) -> None:
    tool = add_item("Alpa: A Tool", title_short="Alpa", type="software")
    paper = add_item("Alpa: A Paper", title_short="Alpa", type="paper-conference", year=2022)
    assert (keys.find_item(store, "alpa"), keys.find_item(store, "alpa2022")) == (tool, paper)
    assert keys.find_item(store, "ALPA2022") == paper
    with pytest.raises(AmbiguousItemError, match="Alpa"):
        keys.find_item(store, "Alpa")
