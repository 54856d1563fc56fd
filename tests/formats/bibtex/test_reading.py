"""What people have in BibTeX files, read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.formats.bibtex import read
from notes_tui.model.imported import ImportedItem
from notes_tui.model.item import Creator, Link


def one(text: str) -> ImportedItem:
    imported = read(text)
    assert imported.problems == ()
    [item] = imported.items
    return item


ANTMAN = r"""
% a comment in between
@string{osdi = {Symposium on {OSDI}}}
@InProceedings{antman2020,
  author    = "Wencong Xiao and Ren, Shiru and others",
  title     = {{AntMan}: Dynamic Scaling on {GPU} Clusters --- a {S}tudy \& more},
  booktitle = osdi # " 2020",
  year      = 2020,
  month     = nov,
  pages     = {533--548},
  doi       = {https://doi.org/10.5555/a\_b},
  url       = {https://www.usenix.org/x\_y},
}
"""


def test_a_whole_entry() -> None:
    item = one(ANTMAN)
    reference = item.reference
    assert reference.citekey == "antman2020"
    assert reference.type == "paper-conference"
    assert reference.title == "AntMan: Dynamic Scaling on GPU Clusters — a Study & more"
    assert reference.creators == (Creator("Xiao", "Wencong"), Creator("Ren", "Shiru"))
    assert (reference.venue, reference.year) == ("Symposium on OSDI 2020", 2020)
    assert reference.doi == "10.5555/a_b"
    assert reference.links == (Link("paper", "https://www.usenix.org/x_y"),)
    assert reference.extra == {"et-al": "yes", "issued": "2020-11", "page": "533-548"}
    assert item.line == 4


def test_biblatex_fields() -> None:
    reference = one(
        r"""@article{k, author={A Bee}, title={One}, subtitle={Two}, date={2021-03-05}, journaltitle={J},
        number={2}, eprint={1706.03762v5}, eprinttype={arxiv}, eprintclass={cs.CL}, location={Rome},
        urldate={2022-01-01}, shorttitle={O}, ids={old, older}}"""
    ).reference
    assert reference.title == "One: Two"
    assert (reference.venue, reference.year, reference.arxiv) == ("J", 2021, "1706.03762")
    assert reference.title_short == "O"
    assert reference.extra == {
        "issued": "2021-03-05", "issue": "2", "publisher-place": "Rome", "accessed": "2022-01-01", "eprintclass": "cs.CL",
    }  # fmt: skip


@pytest.mark.parametrize(
    "entry",
    [
        "@article{k, journal={arXiv preprint arXiv:1706.03762}}",
        "@article{k, journal={CoRR}, volume={abs/1706.03762}}",
        "@article{k, journal={arXiv:1706.03762 [cs]}}",
        "@article{k, eprint={1706.03762}, archivePrefix={arXiv}, journal={arXiv}}",
        "@article{k, journal={arXiv}, doi={10.48550/arXiv.1706.03762}}",
        "@article{k, journal={arXiv}, url={https://arxiv.org/abs/1706.03762v2}}",
        "@misc{k, eprint={1706.03762}, archivePrefix={arXiv}, primaryClass={cs.CL}}",
    ],
)
def test_preprints_at_arxiv_in_all_spellings(entry: str) -> None:
    reference = one(entry).reference
    assert (reference.type, reference.venue, reference.arxiv) == ("article", "arXiv", "1706.03762")
    assert "volume" not in reference.extra


def test_an_identifier_of_another_archive_is_kept_as_such() -> None:
    reference = one("@misc{k, title={T}, eprint={hal-0123}, eprinttype={hal}}").reference
    assert reference.arxiv == ""
    assert reference.extra == {"eprint": "hal-0123", "eprinttype": "hal"}


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("@article{k, journal={Nature}}", "article-journal"),
        ("@article{k, entrysubtype={magazine}}", "article-magazine"),
        ("@conference{k, title={t}}", "paper-conference"),
        ("@incollection{k, title={t}}", "chapter"),
        ("@phdthesis{k, title={t}}", "thesis"),
        ("@techreport{k, title={t}}", "report"),
        ("@online{k, title={t}}", "webpage"),
        ("@software{k, title={t}}", "software"),
        ("@misc{k, title={t}}", "article"),
        ("@unheardof{k, title={t}}", "document"),
    ],
)
def test_entry_types(entry: str, kind: str) -> None:
    assert one(entry).reference.type == kind


def test_theses_and_reports_are_published_by_their_school() -> None:
    reference = one("@phdthesis{k, title={T}, school={MIT}}").reference
    assert reference.extra == {"genre": "PhD thesis", "publisher": "MIT"}


def test_parentheses_quotes_and_numbers_delimit() -> None:
    reference = one('@book(k, title = "On {"}Quotes{"} (all)", year = 1999)').reference
    assert (reference.title, reference.year) == ('On "Quotes" (all)', 1999)


def test_crossref_lends_what_is_missing_and_titles_move() -> None:
    imported = read(
        """@inproceedings{child, title={A}, crossref={Parent}, pages={1--2}}
        @proceedings{parent, title={Proc of X}, year={2019}, publisher={ACM}, doi={10.1/parent}, pages={1--999}}"""
    )
    child, parent = (item.reference for item in imported.items)
    assert (child.title, child.venue, child.year) == ("A", "Proc of X", 2019)
    assert child.extra == {"page": "1-2", "publisher": "ACM"}
    assert child.doi == ""
    assert parent.title == "Proc of X"


def test_xdata_lends_everything_and_is_no_item() -> None:
    imported = read(
        """@xdata{hub, publisher={Hub}, location={Oslo}, xdata={more}}
        @xdata{more, series={S}}
        @book{b, title={B}, xdata={hub}}"""
    )
    [book] = imported.items
    assert book.reference.extra == {"publisher": "Hub", "publisher-place": "Oslo", "collection-title": "S"}


def test_inheritance_in_a_circle_ends() -> None:
    chain = "".join(f"@book{{k{n}, title={{T}}, crossref={{k{(n + 1) % 3000}}}}}\n" for n in range(3000))
    assert len(read(chain).items) == 3000


def test_repeated_and_empty_keys_keep_every_entry() -> None:
    imported = read(
        "@misc{a, title={One}}\n@misc{a, title={Two}}\n@misc{, title={Three}}\n@misc{, title={Four}}"
    )
    assert [(item.reference.citekey, item.reference.title) for item in imported.items] == [
        ("a", "One"), ("a", "Two"), ("", "Three"), ("", "Four"),
    ]  # fmt: skip


def test_a_broken_entry_is_told_with_its_line_and_the_rest_comes_in() -> None:
    imported = read(
        "@misc{a, title={One}}\n\n@article{broken,\n  title = {never closed,\n  year = 2020\n}\n\n@misc{c, title={Three}}\n",
        file="refs.bib",
    )
    assert [item.reference.citekey for item in imported.items] == ["a", "c"]
    [problem] = imported.problems
    assert (problem.file, problem.line) == ("refs.bib", 3)
    assert "broken" in problem.message
    assert imported.refused == 1


def test_an_entry_without_a_bracket_is_told() -> None:
    imported = read("@misc{a, title={One}}\n@article lost, title={x}\n")
    assert len(imported.items) == 1
    assert [problem.line for problem in imported.problems] == [2]


def test_a_missing_comma_is_mended_and_told() -> None:
    imported = read("@misc{a,\n  title = {One}\n  year = {2020},\n  note = {N}\n}")
    [item] = imported.items
    assert (item.reference.title, item.reference.year) == ("One", 2020)
    assert [(problem.line, imported.refused) for problem in imported.problems] == [(2, 0)]


def test_a_field_that_stands_twice_keeps_both() -> None:
    reference = one(
        "@misc{a, title={T}, author={A Bee}, author={C Dee}, url={https://a.example}, url={https://b.example}, note={x}, note={y}}"
    ).reference
    assert [creator.family for creator in reference.creators] == ["Bee", "Dee"]
    assert [link.url for link in reference.links] == ["https://a.example", "https://b.example"]
    assert reference.extra == {"note": "x", "note-2": "y"}


JABREF = r"""
@Article{a,
  title = {T}, readstatus = {skimmed}, ranking = {rank4}, priority = {prio1}, groups = {Used, inner},
  keywords = {deep learning, a > b, R\&D}, comment = {First line.
  Second \& line.}, file = {:home/x.pdf:PDF}, owner = {me}, timestamp = {2020-01-01},
}
@Comment{jabref-meta: databaseType:biblatex;}
@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Used\;0\;1\;\;\;\;;
1 StaticGroup:outer\;0\;1\;\;\;\;;
2 StaticGroup:inner\;0\;1\;\;\;\;;
1 ExplicitGroup:old style\;0\;a\;b\;\;;
}
"""


def test_what_jabref_keeps() -> None:
    item = one(JABREF)
    assert item.tags == ("Used", "outer/inner", "priority/1", "old style")
    assert item.keywords == ("deep learning", "a/b", "R&D")
    assert (item.read_status, item.rating) == ("skimmed", 4)
    assert [note.body for note in item.notes] == ["First line.\nSecond & line."]
    assert item.reference.extra == {"keyword": "deep learning, a > b, R&D"}


def test_what_mendeley_and_the_astronomers_keep() -> None:
    item = one(
        r"@article{a, title={T}, journal={\apj}, mendeley-groups={Reading/Soon,Done}, mendeley-tags={x}}"
    )
    assert item.reference.venue == "apj"
    assert (item.tags, item.keywords) == (("Reading/Soon", "Done"), ("x",))


@pytest.mark.parametrize(
    ("word", "status"),
    [("read", "read"), ("To Read", "queued"), ("in progress", "reading"), ("whatever", "whatever")],
)
def test_read_statuses_in_peoples_words(word: str, status: str) -> None:
    assert one(f"@misc{{a, title={{T}}, readstatus={{{word}}}}}").read_status == status


def test_links_of_all_kinds() -> None:
    links = one(
        r"@misc{a, title={T}, url={https://x.example/p}, pdf={https://x.example/p.pdf}, code={https://github.com/a/b},"
        r" howpublished={\url{https://x.example/h}}, eprint={https://x.example/e.pdf}}"
    ).reference.links
    assert {(link.kind, link.url) for link in links} == {
        ("paper", "https://x.example/p"), ("pdf", "https://x.example/p.pdf"), ("code", "https://github.com/a/b"),
        ("paper", "https://x.example/h"), ("pdf", "https://x.example/e.pdf"),
    }  # fmt: skip


def test_an_address_without_a_scheme_is_one() -> None:
    assert one("@misc{a, url={www.x.example/p\\_q}}").reference.links[0].url == "https://www.x.example/p_q"
    assert one("@misc{a, url={not available}}").reference.links == ()


def test_a_year_that_is_none_is_kept_in_words() -> None:
    reference = one("@misc{a, title={T}, year={in press}}").reference
    assert (reference.year, reference.extra) == (None, {"issued": "in press"})


def test_windows_line_ends_and_nothing_at_all() -> None:
    assert (
        one("@misc{a,\r\n title={T},\r\n abstract={One\r\n\r\n two}\r\n}\r\n").reference.abstract
        == "One\n\ntwo"
    )
    assert read("").items == ()


_PIECES = st.sampled_from(
    ["@article{", "@string{", "@comment{", "@preamble{", "@misc(", "key", ",", "title", "=", "{", "}", '"', "#", "\n", " ",
     "author", "crossref={key}", "and", "\\", "%", ")", "jabref-meta: grouping:", "1 StaticGroup:a\\;0\\;;", "year=2020"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_text_however_broken_stops_the_reader(text: str) -> None:
    imported = read(text)
    assert all(problem.line is not None and problem.line >= 1 for problem in imported.problems)


def test_keywords_of_biblatex_are_read_as_what_they_stand_for() -> None:
    reference = one("@thesis{k, title={T}, type={phdthesis}, institution={MIT}}").reference
    assert reference.extra == {"genre": "PhD thesis", "publisher": "MIT"}


def test_a_remark_before_a_field_does_not_hide_it_and_one_on_it_does() -> None:
    item = one("@misc{k,\n% the title\n title = {T},\n% note = {gone},\n year = 1999}")
    assert (item.reference.title, item.reference.year, item.reference.extra) == ("T", 1999, {})
