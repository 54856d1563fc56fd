"""Files come in: bibliographies with what their readers kept in them, once, and in one undo step."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from notes_tui.errors import InvalidValueError, UnreadableFileError
from notes_tui.model.item import Item, Link, Reference
from notes_tui.model.report import ImportReport
from notes_tui.services import (
    capturing,
    collecting,
    editing,
    exporting,
    importing,
    journaling,
    reading,
    writing,
)
from notes_tui.services.importing import ImportOptions
from notes_tui.store import items, search
from notes_tui.store.database import Store, open_store
from tests.conftest import STATUSES, AddItem, Clock
from tests.references import distinct_references

BIB = r"""
@inproceedings{antman2020, title = {{AntMan}: Dynamic Scaling on {GPU} Clusters for Deep Learning},
  author = {Xiao, Wencong and Ren, Shiru}, booktitle = {OSDI}, year = {2020}, keywords = {gpu, scaling},
  readstatus = {read}, ranking = {rank4}, comment = {Two ideas.}}
@article{vaswani, title = {Attention Is All You Need}, journal = {arXiv preprint arXiv:1706.03762}, year = 2017,
  author = {Vaswani, Ashish and others}}
@misc{untitled, year = 1999, author = {Someone, Else}}
"""


def bring(store: Store, text: str, file: str = "refs.bib", **options: object) -> ImportReport:
    return importing.import_text(store, text, file=file, options=ImportOptions(**options))  # type: ignore[arg-type]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.matched, report.updated, report.unchanged


def item(store: Store, key: str) -> Item:
    return items.by_id(store, items.resolve(store, key))


def dump(store: Store) -> str:
    return exporting.export_text(store, "json")


def test_a_bibliography_brings_items_with_all_that_was_kept_in_it(store: Store) -> None:
    report = bring(store, BIB)
    assert counts(report) == (3, 0, 0, 0)
    assert (report.entries, report.problems, report.proposals) == (3, [], [])
    antman = items.detail(store, items.resolve(store, "AntMan2020"))
    assert antman.item.tags == ("gpu", "scaling")
    assert (antman.item.read_status, antman.item.rating) == ("read", 4)
    assert antman.main_note == "Two ideas."
    assert item(store, "vaswani").arxiv == "1706.03762"


def test_the_name_a_title_begins_with_is_its_short_name(store: Store) -> None:
    bring(store, BIB)
    assert item(store, "AntMan").citekey == "antman2020"


def test_a_second_import_adds_nothing_and_leaves_no_undo_step(store: Store) -> None:
    bring(store, BIB)
    before = dump(store)
    assert counts(bring(store, BIB)) == (0, 3, 0, 3)
    assert dump(store) == before
    assert len(journaling.steps(store)) == 1


def test_one_undo_takes_an_import_back(store: Store) -> None:
    before = dump(store)
    report = bring(store, BIB)
    assert report.label == "3 items added from refs.bib"
    journaling.undo(store)
    assert dump(store) == before


def test_a_dry_run_reports_the_same_and_writes_nothing(store: Store) -> None:
    before = dump(store)
    assert counts(bring(store, BIB, dry_run=True)) == (3, 0, 0, 0)
    assert dump(store) == before
    assert journaling.steps(store) == []


def test_an_interrupted_import_leaves_nothing(store: Store) -> None:
    before = dump(store)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    many = "\n".join(f"@misc{{k{number}, title={{Work number {number}}}}}" for number in range(300))
    with pytest.raises(KeyboardInterrupt):
        bring(store, many, progress=stop)
    assert dump(store) == before


def test_progress_is_told(store: Store) -> None:
    told: list[tuple[int, int]] = []
    many = "\n".join(f"@misc{{k{number}, title={{Work number {number}}}}}" for number in range(250))
    bring(store, many, progress=lambda done, total: told.append((done, total)))
    assert told == [(100, 250), (200, 250)]


def test_an_item_that_is_there_is_filled_and_not_overwritten(store: Store, add_item: AddItem) -> None:
    item_id = add_item("AntMan: Dynamic Scaling on GPU Clusters for Deep Learning", venue="OSDI", year=2021)
    writing.save_note(store, item_id, "My own note.")
    report = bring(store, BIB)
    assert counts(report) == (2, 1, 1, 0)
    detail = items.detail(store, item_id)
    assert (detail.item.year, len(detail.item.creators)) == (2021, 2)
    assert detail.main_note == "My own note."
    assert [(each.citekey, each.reason) for each in report.proposals] == [
        (detail.item.citekey, "its note differs from the imported one and was left as it is")
    ]


def test_fields_corrected_by_hand_stay_even_when_empty(store: Store, add_item: AddItem) -> None:
    item_id = add_item("AntMan: Dynamic Scaling on GPU Clusters for Deep Learning", venue="OSDI")
    editing.edit(store, item_id, {"venue": "", "year": ""})
    bring(store, BIB)
    found = items.by_id(store, item_id)
    assert (found.venue, found.year) == ("", None)
    assert len(found.creators) == 2


def test_what_was_done_since_stays(store: Store, clock: Clock) -> None:
    bring(store, BIB)
    antman = items.resolve(store, "antman2020")
    clock.move(days=1)
    reading.mark(store, "reading", [antman], allowed=STATUSES)
    reading.rate(store, 0, [antman])
    writing.remove_tag(store, "gpu", [antman])
    before = dump(store)
    assert counts(bring(store, BIB)) == (0, 3, 0, 3)
    assert dump(store) == before


def test_a_users_own_key_replaces_the_key_of_an_item_nobody_touched(store: Store, add_item: AddItem) -> None:
    old = items.by_id(store, add_item("Attention Is All You Need", arxiv="1706.03762")).citekey
    bring(store, BIB)
    found = item(store, old)
    assert (found.citekey, found.aliases) == ("vaswani", (old,))


def test_a_users_own_key_is_an_alias_of_an_item_in_use(store: Store, add_item: AddItem) -> None:
    item_id = add_item("Attention Is All You Need", arxiv="1706.03762")
    writing.add_tag(store, "nlp", [item_id])
    old = items.by_id(store, item_id).citekey
    bring(store, BIB)
    found = items.by_id(store, item_id)
    assert (found.citekey, found.aliases) == (old, ("vaswani",))


def test_one_work_under_two_keys_is_one_item_with_an_alias(store: Store) -> None:
    twice = "@misc{a, title={A Study of Dynamic Scaling in Clusters}}\n@misc{b, title={A study of dynamic-scaling in clusters.}}"
    assert counts(bring(store, twice)) == (1, 1, 1, 0)
    assert item(store, "b").citekey == "a"
    assert counts(bring(store, twice)) == (0, 2, 0, 2)


def test_a_repeated_key_on_different_works_keeps_both_and_comes_in_once(store: Store) -> None:
    text = "@misc{smith, title={On Pipelines and Their Uses}}\n@misc{smith, title={A Theory of Caches}}\n@misc{smith, year=1990}"
    assert counts(bring(store, text)) == (3, 0, 0, 0)
    assert {found.citekey for found in _all(store)} == {"smith", "smitha", "smithb"}
    before = dump(store)
    assert counts(bring(store, text)) == (0, 3, 0, 3)
    assert dump(store) == before


def test_empty_keys_and_records_without_a_title_come_in_once(store: Store) -> None:
    text = "@misc{, title={One Work}}\n@misc{, title={Another Work}}\n@misc{, year=1990, author={A Bee}}\n@misc{, title={Gemini}}"
    assert counts(bring(store, text)) == (4, 0, 0, 0)
    assert counts(bring(store, text)) == (0, 4, 0, 4)


def test_titles_that_differ_in_a_number_and_software_stay_apart(store: Store) -> None:
    text = (
        "@article{a, title={Scaling Language Models, Part 1}}\n@article{b, title={Scaling Language Models, Part 2}}\n"
        "@software{c, title={Scaling Language Models, Part 1}}"
    )
    assert counts(bring(store, text)) == (3, 0, 0, 0)


def test_a_shared_link_joins_nothing(store: Store) -> None:
    text = "@misc{a, title={One Work}, url={https://github.com/x/y}}\n@misc{b, title={Another}, url={https://github.com/x/y}}"
    assert counts(bring(store, text)) == (2, 0, 0, 0)


def test_doubtful_works_stay_apart_and_are_proposed(store: Store, add_item: AddItem) -> None:
    add_item("Dynamic Scaling on GPU Clusters for Deep Learning Training", doi="10.1000/x")
    report = bring(store, "@misc{a, title={A Completely Different Thing}, doi={10.1000/x}}")
    assert counts(report) == (1, 0, 0, 0)
    [pair] = report.proposals
    assert (pair.citekey, "titles" in pair.reason) == ("a", True)
    assert bring(store, "@misc{a, title={A Completely Different Thing}, doi={10.1000/x}}").proposals == []


def test_an_item_in_the_trash_stays_there(store: Store) -> None:
    bring(store, BIB)
    editing.remove(store, [items.resolve(store, "vaswani")])
    report = bring(store, BIB)
    assert counts(report) == (0, 3, 0, 3)
    assert [pair.reason for pair in report.proposals] == ["it is in the trash and stays there"]


def test_items_can_be_put_into_a_collection(store: Store) -> None:
    bring(store, BIB, collection="My Thesis")
    view = collecting.show(store, "my-thesis")
    assert [found.citekey for _, found in view.entries] == ["antman2020", "vaswani", "untitled"]
    bring(store, BIB, collection="my thesis")
    assert len(collecting.show(store, "my-thesis").entries) == 3


def test_problems_have_file_and_line_and_the_rest_comes_in(store: Store) -> None:
    text = (
        "@misc{a, title={One}, readstatus={half-heard}}\n@misc{b, title={Never closed\n\n@misc{c, title={Three}, keywords={"
        + "x" * 200
        + "}}"
    )
    report = bring(store, text)
    assert report.added == 2
    assert [(problem.file, problem.line) for problem in report.problems] == [
        ("refs.bib", 2),
        ("refs.bib", 4),
        ("refs.bib", 1),
    ]
    assert report.refused == 1


def test_hostile_records_come_in_safely(store: Store) -> None:
    text = '[{"id": "a\\ud800", "title": "BERT [MASK] \\u001b[31m and \\u0000", "custom": {"extra": {"x\\ud800": "y"}}}]'
    assert bring(store, text, "x.json").added == 1
    [found] = _all(store)
    assert found.title == "BERT [MASK] \x1b[31m and"
    assert counts(bring(store, text, "x.json")) == (0, 1, 0, 1)


def test_what_cannot_be_read_changes_nothing(store: Store, tmp_path: Path) -> None:
    for name, content in (
        ("x.json", b"{}"),
        ("x.txt", b"words only"),
        ("x.bib", b"%PDF-1.4"),
        ("x.json", b"[1,"),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(UnreadableFileError):
            importing.import_file(store, file)
    with pytest.raises(InvalidValueError):
        bring(store, BIB, format="word")
    assert journaling.steps(store) == []


def _all(store: Store) -> list[Item]:
    return items.by_ids(store, [row[0] for row in store.rows("SELECT id FROM items ORDER BY id")])


def test_the_search_index_follows(store: Store) -> None:
    bring(store, BIB)
    search.refresh(store)
    assert store.count("SELECT count(*) FROM search WHERE search MATCH 'attention'") == 1


@pytest.mark.parametrize("format", ["bibtex", "csl-json", "ris"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=distinct_references(4))
def test_importing_our_own_export_changes_nothing(
    format: str, written: list[Reference], tmp_path: Path
) -> None:
    (tmp_path / "round.db").unlink(missing_ok=True)
    with open_store(tmp_path / "round.db", create=True) as store:
        with store.step("made"):
            for reference in written:
                items.insert(store, reference)
        before = dump(store)
        report = bring(store, exporting.export_text(store, format), "", format=format)
        assert report.added == report.updated == 0
        assert dump(store) == before


def test_importing_our_own_export_changes_nothing_however_odd_the_items(
    store: Store, add_item: AddItem
) -> None:
    add_item("Gemini")
    add_item("Gemini", creators=())
    add_item("")
    add_item("", year=1999)
    add_item("Same Title Twice Here", doi="10.1000/a")
    add_item("Same Title Twice Here")
    add_item(
        "BERT [MASK] and [/b] {x} $y$ \\z",
        links=(Link("other", "https://x.example/{a}"), Link("pdf", "https://x.example/a b")),
    )
    add_item(
        "Links say it",
        links=(
            Link("paper", "https://arxiv.org/abs/1706.03762"),
            Link("paper", "https://doi.org/10.1000/xyz"),
        ),
    )
    add_item(
        "Preprint",
        arxiv="1706.03761",
        extra={"keyword": "a, b", "issued": "c. 1999", "Odd Name": "x", "url": "y"},
    )
    before = dump(store)
    for format in ("bibtex", "csl-json", "ris"):
        report = bring(store, exporting.export_text(store, format), "", format=format)
        assert (format, report.added, report.updated) == (format, 0, 0)
        assert dump(store) == before


def test_private_words_of_a_reader_are_in_no_bibliography(store: Store) -> None:
    bring(store, BIB)
    antman = items.resolve(store, "antman2020")
    writing.save_note(store, antman, "SECRET words")
    writing.add_tag(store, "SECRETTAG", [antman])
    for format in ("bibtex", "csl-json", "ris"):
        text = exporting.export_text(store, format)
        assert "SECRET" not in text
        assert "rank" not in text


def test_many_files_are_one_step(store: Store) -> None:
    other = "TY  - JOUR\nTI  - Another Work Altogether\nER  - \n"
    report = importing.import_files(store, [("a.bib", lambda: BIB), ("b.ris", lambda: other)])
    assert (report.added, report.label) == (4, "4 items added from 2 files")
    journaling.undo(store)
    assert store.count("SELECT count(*) FROM items") == 0


@pytest.mark.parametrize(
    ("known", "arriving"),
    [
        ({"url": "https://openreview.net/forum?id=aB3-x"}, {"url": "https://openreview.net/pdf?id=aB3-x"}),
        ({"url": "https://www.aclweb.org/anthology/P19-1001/"}, {"doi": "10.18653/v1/P19-1001"}),
        ({"doi": "10.18653/v1/P19-1001"}, {"url": "https://aclanthology.org/P19-1001.pdf"}),
    ],
)
def test_an_identifier_in_an_address_joins_titles_that_agree(
    store: Store, known: dict[str, str], arriving: dict[str, str]
) -> None:
    for key, title, fields in (
        ("a", "Dynamic Scaling of Training Jobs on Clusters", known),
        ("b", "Dynamically Scaling Training Jobs on Clusters", arriving),
    ):
        text = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
        report = bring(store, f"@misc{{{key}, title = {{{title}}}, {text}}}")
    assert counts(report) == (0, 1, 1, 0)
    assert capturing.add(store, [next(iter(arriving.values()))]).known == ("b",)


def test_a_key_that_is_taken_gets_a_letter_and_renames_nothing(store: Store) -> None:
    bring(store, "@misc{xiao, title = {One Work of Some Kind}}")
    bring(store, "@misc{xiao, title = {Quite Another Thing Altogether}}")
    assert item(store, "xiao").title == "One Work of Some Kind"
    assert item(store, "xiaoa").title == "Quite Another Thing Altogether"


def test_a_list_of_identifiers_joins_what_is_there_and_names_the_rest(
    store: Store, add_item: AddItem
) -> None:
    known = add_item("Attention Is All You Need", arxiv="1706.03762")
    text = "1706.03762\nhttps://doi.org/10.1145/3341301.3359630\n2301.00010v2\n"
    assert counts(bring(store, text, "to-read.txt")) == (2, 1, 1, 0)
    assert items.by_id(store, known).title == "Attention Is All You Need"
    assert item(store, "arxiv230100010").title == "arXiv:2301.00010"
    assert counts(bring(store, text, "to-read.txt")) == (0, 3, 0, 3)


def test_files_that_entries_name_are_linked_where_they_lie(store: Store, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "one.pdf").write_bytes(b"%PDF-1.4\n")
    bibliography = tmp_path / "refs.bib"
    bibliography.write_text(
        "@misc{one, title={One}, file={:papers/one.pdf:PDF;Slides:gone.pdf:application/pdf}}\n",
        encoding="utf-8",
    )
    report = importing.import_file(store, bibliography)
    assert [each.path for each in item(store, "one").attachments] == [
        str(tmp_path / "papers" / "one.pdf"),
        str(tmp_path / "gone.pdf"),
    ]
    assert [problem.message for problem in report.problems] == [
        f"1 attached file not found, first {tmp_path / 'gone.pdf'}"
    ]
    assert counts(importing.import_file(store, bibliography)) == (0, 1, 0, 1)


def test_an_invalid_doi_is_told_and_kept_in_words(store: Store) -> None:
    report = bring(store, "@misc{one,\n title={One},\n doi={pending}}")
    assert [(problem.line, problem.message) for problem in report.problems] == [(1, "“pending” is no DOI")]
    assert (item(store, "one").doi, item(store, "one").extra) == ("", {"doi": "pending"})
    assert report.refused == 0


def test_a_large_import_is_taken_back_whole_and_indexes_are_as_before(store: Store) -> None:
    many = "\n".join(f"@misc{{k{number}, title={{Work number {number}}}}}" for number in range(2500))
    schema = [tuple(row) for row in store.rows("SELECT name, sql FROM sqlite_master ORDER BY name")]
    before = dump(store)
    assert counts(bring(store, many + "\n@misc{again, title={Work number 7}, year=1999}")) == (2500, 1, 1, 0)
    assert [tuple(row) for row in store.rows("SELECT name, sql FROM sqlite_master ORDER BY name")] == schema
    assert (item(store, "k7").year, item(store, "again").citekey) == (1999, "k7")
    assert search.refresh(store) == 2500
    journaling.undo(store)
    assert dump(store) == before
    journaling.redo(store)
    assert item(store, "k2499").title == "Work number 2499"


def test_private_items_are_in_no_bibliography_unless_asked_for(store: Store) -> None:
    bring(store, BIB)
    editing.edit(store, items.resolve(store, "vaswani"), {"private": "yes"})
    for format in ("bibtex", "csl-json", "ris"):
        assert "vaswani" not in exporting.export_text(store, format)
        assert "vaswani" not in exporting.export_text(store, format, [items.resolve(store, "vaswani")])
        assert "vaswani" in exporting.export_text(store, format, include_private=True)


@pytest.mark.parametrize("through", ["bibtex", "csl-json", "ris"])
def test_importing_an_export_in_another_format_changes_nothing(store: Store, through: str) -> None:
    bring(store, BIB)
    bring(
        store,
        """@inbook{chapter, title={A {Chapter}: on $x^2$ \\& more}, author={{World Health Organization} and van der
        Berg, Jan and others}, editor={Müller, Å.}, booktitle={The Book}, chapter={3}, pages={1--2}, isbn={978-3-16-148410-0},
        date={2021-03-05}, url={http://x.org/a;}, doi={not a doi}, keywords={a, b}, series={S}, edition={2}}""",
    )
    before = dump(store)
    report = bring(store, exporting.export_text(store, through), "", format=through)
    assert counts(report) == (0, 4, 0, 4)
    assert dump(store) == before


def test_names_cut_off_stay_cut_off_in_an_export(store: Store) -> None:
    bring(store, BIB)
    assert "author = {Vaswani, Ashish and others}" in exporting.export_text(store, "bibtex")
