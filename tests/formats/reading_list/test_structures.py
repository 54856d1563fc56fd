"""What surrounds entries in the lists that people keep: titles as headings, HTML, sloppy indentation, contents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.reading_list import read
from notes_tui.formats.reading_list.tidying import tidy
from notes_tui.model.reading_list import ReadingList


def titles(reading_list: ReadingList) -> list[str]:
    return [entry.reference.title for entry in reading_list.entries]


def test_a_title_in_bold_with_labelled_links_below_it_is_an_entry() -> None:
    found = read(
        "# Vision\n\n## 图像分类\n\n**Exploring Attention for Recognition**\n\n- 论文：https://arxiv.org/abs/2001.00001\n\n"
        "- 代码（即将开源）：https://github.com/a/b\n\n**Output Layers for Classification**\n\n论文：https://arxiv.org/abs/2001.00002\n\n"
        "代码：暂无\n\n**Detection**\n\n- [A Real Entry Here](https://arxiv.org/abs/2001.00003)\n"
    )
    assert titles(found) == [
        "Exploring Attention for Recognition",
        "Output Layers for Classification",
        "A Real Entry Here",
    ]
    assert [entry.section for entry in found.entries] == [
        ("图像分类",),
        ("图像分类",),
        ("图像分类", "Detection"),
    ]
    assert {link.kind for link in found.entries[0].reference.links} == {"paper", "code"}
    assert not found.problems


def test_a_title_as_a_heading_with_names_and_links_below_it_is_an_entry() -> None:
    found = read(
        "# Papers I read\n\n## Scheduling\n\n### Tiresias: A GPU Cluster Manager\n\nJuncheng Gu, Mosharaf Chowdhury\n\n"
        "[[paper](https://arxiv.org/abs/1901.00001)] [[code](https://github.com/a/b)]\n\n"
        "### [Gandiva: Introspective Cluster Scheduling](https://arxiv.org/abs/1801.00001)\n\nIt splits time.\n\n"
        "## Serving\n\n- [Orca: A Distributed Serving System](https://arxiv.org/abs/2201.00001)\n"
    )
    assert titles(found) == [
        "Tiresias: A GPU Cluster Manager",
        "Gandiva: Introspective Cluster Scheduling",
        "Orca: A Distributed Serving System",
    ]
    assert [entry.section for entry in found.entries] == [("Scheduling",), ("Scheduling",), ("Serving",)]
    assert [creator.family for creator in found.entries[0].reference.creators] == ["Gu", "Chowdhury"]
    assert found.sections == (("Scheduling",), ("Serving",))


def test_a_table_in_html_is_read_with_cells_over_several_rows() -> None:
    found = read(
        "# Models\n\n<table>\n<thead>\n<tr>\n<th rowspan='2'>Category</th><th>Model</th><th>Release Time</th><th>Link</th>\n</tr>\n"
        "<tr>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td rowspan='2'>Open<br>ones</td>\n<td>Alpha &amp; Omega</td>\n<td>2019/10</td>\n"
        "<td><a href='https://arxiv.org/abs/1910.00001'>Paper</a></td>\n</tr>\n<tr>\n<td>Beta</td>\n<td>2021/03</td>\n"
        '<td><a href="https://github.com/a/b">Code</a></td>\n</tr>\n</tbody>\n</table>\n'
    )
    assert titles(found) == ["Alpha & Omega", "Beta"]
    assert [entry.fields["category"] for entry in found.entries] == ["Open ones", "Open ones"]
    assert [entry.reference.year for entry in found.entries] == [2019, 2021]
    assert [entry.line for entry in found.entries] == [12, 18]
    assert found.entries[0].reference.arxiv == "1910.00001"


def test_a_list_in_html_is_a_list() -> None:
    found = read(
        "# List\n\n<ul>\n<li><a href='https://arxiv.org/abs/1910.00001'>First Paper of All</a></li>\n"
        "<li>Second Paper (OSDI'20)</li>\n</ul>\n"
    )
    assert titles(found) == ["First Paper of All", "Second Paper"]
    assert found.entries[1].line == 5


def test_bullets_indented_by_one_less_than_asked_stand_below_their_parent() -> None:
    found = read(
        "# List\n\n## Detection\n  * VGG [[Paper]](http://arxiv.org/pdf/1409.1556)\n"
        "   * Karen Simonyan and Andrew Zisserman, Very Deep Convolutional Networks, ICLR, 2015.\n"
        "  * Blur Removal\n   * Christian Schuler, Michael Hirsch, Learning to Deblur Pictures, CVPR, 2014.\n"
        "   * Jian Sun, Wenfei Cao, Learning a Network for Blur, CVPR, 2015.\n"
    )
    assert titles(found) == [
        "Very Deep Convolutional Networks",
        "Learning to Deblur Pictures",
        "Learning a Network for Blur",
    ]
    assert found.entries[0].reference.title_short == "VGG"
    assert found.entries[1].section == ("Detection", "Blur Removal")


def test_a_bullet_that_would_be_code_is_a_bullet_and_headings_need_no_blank() -> None:
    found = read("#List\n\n##Papers\n    - [Far Inside the Page](https://arxiv.org/abs/2001.00001)\n")
    assert found.title == "List"
    assert found.entries[0].section == ("Papers",)


def test_code_is_no_part_of_the_list() -> None:
    found = read(
        "# List\n\n```\n- [title](https://arxiv.org/abs/2001.00001)\n##no heading\n```\n\n- [Real](https://arxiv.org/abs/2001.00002)\n"
    )
    assert titles(found) == ["Real"]


@pytest.mark.parametrize("heading", ["Table of Contents\n===", "## Contents", "### Contents", "## 目录"])
def test_headings_below_the_contents_are_those_of_the_list(heading: str) -> None:
    found = read(
        f"# List of things\n\nWords.\n\n{heading}\n- [Papers](#papers)\n\n#### Survey\n- [A Survey of It](https://arxiv.org/abs/2001.00001)\n"
        "#### Systems\n- [B: A System](https://arxiv.org/abs/2001.00002)\n"
    )
    assert [entry.section for entry in found.entries] == [("Survey",), ("Systems",)]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("# Awesome Things\n\nA list.\n\n# Papers", "Awesome Things"),
        ("# Reading Roadmap of Learning\n\n- From old to new\n\n# Papers", "Reading Roadmap of Learning"),
        ("# CVPR2020-Code\n\n- [CNN](#cnn)\n\n# CNN", "CVPR2020-Code"),
        ("## 📒Introduction\n\nWords about it.\n\n## Papers", "things"),
        ("# Papers\n\n## Old\n- [Old One Indeed](https://arxiv.org/abs/1901.00001)\n\n# Tools", "things"),
    ],
)
def test_a_list_is_called_by_its_first_heading_if_that_is_no_part_of_it(head: str, title: str) -> None:
    found = read(f"{head}\n\n- [A Paper to Read](https://arxiv.org/abs/2001.00001)\n", file="things.md")
    assert found.title == title


def test_front_matter_is_no_text() -> None:
    found = read(
        "---\ndescription: >-\n  Since 2022.\n---\n\n# Things\n\n- [A Paper](https://arxiv.org/abs/2001.00001)\n"
    )
    assert (found.title, found.entries[0].line) == ("Things", 8)


def test_several_works_in_one_bullet_are_several_entries() -> None:
    found = read(
        "# List\n\n- [The File System](https://a.org/gfs.pdf) (2003) and [Bigtable: A Storage System](https://a.org/bt.pdf) (2006): Two parts.\n"
        "- [One Paper](https://arxiv.org/abs/2001.00001), [Jane Doe](https://doe.org) and [John Roe](https://roe.org)\n"
    )
    assert [(entry.reference.title, entry.reference.year) for entry in found.entries] == [
        ("The File System", 2003),
        ("Bigtable: A Storage System", 2006),
        ("One Paper", 2020),
    ]
    assert found.entries[1].fields["remark"] == "Two parts"


def test_a_work_below_another_one_is_an_entry_of_its_own() -> None:
    found = read(
        "# List\n\n1. **The Mythical Month**. [Brooks (1975)](https://a.org/mmm.pdf).\n"
        "    * How do committees invent?. [Conway (1968)](https://a.org/c.pdf).\n"
        "1. **Cryptography**. [Diffie, Hellman (1976)](https://a.org/dh.pdf)\n"
    )
    assert titles(found) == ["The Mythical Month", "How do committees invent?", "Cryptography"]
    assert [entry.reference.year for entry in found.entries] == [1975, 1968, 1976]
    assert [creator.name for creator in found.entries[2].reference.creators] == ["Diffie", "Hellman"]


def test_papers_hosted_beside_the_list_are_entries() -> None:
    found = read(
        "# List\n\n## Papers\n\n* :scroll: [Paxos Made Simple](paxos-made-simple.pdf)\n* [Contents of all](all.md)\n* [Chord](https://a.org/chord.pdf)\n"
    )
    assert titles(found)[0] == "Paxos Made Simple"
    assert found.entries[0].fields["file"] == "paxos-made-simple.pdf"
    assert found.entries[0].reference.links == ()


def test_bare_titles_below_a_heading_of_papers_are_entries_and_sentences_are_not() -> None:
    found = read(
        "# List\n\n## Tools\n- [Tool](https://github.com/a/b)\n\n## Papers\n### Basics\n- Language Models are Few-Shot Learners :star:\n"
        "- Please send us your paper\n\n## Overview of it\n- RLHF for Large Language Models\n"
    )
    assert titles(found) == ["Tool", "Language Models are Few-Shot Learners"]
    assert [problem.line for problem in found.problems] == [9]


def test_links_to_a_lists_own_parts_are_no_entries() -> None:
    page = "https://github.com/a/list"
    found = read(
        f"# List\n\n## Overview\n* [Tutorial]({page}#tutorial)\n* [Papers]({page}#papers)\n  * [Framework]({page}#framework)\n\n"
        "## Tutorial\n* [Multi-Agent Learning](http://a.org/marl.pdf) by Daan Bloembergen. AAMAS, 2014.\n"
    )
    assert titles(found) == ["Multi-Agent Learning"]


def test_a_list_of_one_conference_lends_its_name() -> None:
    found = read(
        "# CVPR-2023-Papers\n\n## Clustering\n* [Diversity in Clustering](http://arxiv.org/abs/2304.01042v1)\n"
        "* [Tool of the Year](https://github.com/a/b)\n* [Elsewhere](https://arxiv.org/abs/2304.01043) (ICML 2022)\n"
    )
    assert [(e.reference.venue, e.reference.year) for e in found.entries] == [
        ("CVPR", 2023),
        ("", None),
        ("ICML", 2022),
    ]


def test_a_link_to_no_doi_is_a_problem_with_its_line() -> None:
    found = read(
        "# List\n\n- [Good](https://doi.org/10.1145/3341301.3359646)\n- [Bad Paper](https://doi.org/10.1145)\n"
    )
    assert [(problem.line, "10.1145" in problem.message) for problem in found.problems] == [(4, True)]
    assert found.entries[1].reference.links[0].url == "https://doi.org/10.1145"


def test_paragraphs_of_a_bold_title_and_links_are_entries() -> None:
    found = read(
        "# List\n\n**Please note:** see [Link](https://a.org/n)\n\n## Data\n"
        "<b>Ball Shape Benchmark (2003)</b> [[Link]](http://a.org/ball/)\n<br>Many models in a format.\n\n"
        ":gem: <b>Nets on Point Sets (2017 CVPR)</b> [[Link]](https://a.org/p)\n"
    )
    assert [(e.reference.title, e.reference.venue, e.reference.year) for e in found.entries] == [
        ("Ball Shape Benchmark", "", 2003),
        ("Nets on Point Sets", "CVPR", 2017),
    ]
    assert found.entries[0].fields["remark"] == "Many models in a format"


@given(st.text(alphabet="-* ab#1.\n`<>", max_size=200))
def test_tidying_keeps_the_lines(text: str) -> None:
    assert tidy(text).count("\n") == text.count("\n")
