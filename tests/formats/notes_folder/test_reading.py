"""Folders of notes in the shapes people keep them: what is a paper, a topic, a list, or nothing of these."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats.notes_folder import read_folder, with_lists
from notes_tui.model.adoption import FolderReading, FoundFile
from notes_tui.model.item import Reference
from notes_tui.model.reading_list import ListEntry

PAPER = "# {0}: Scheduling of Training Jobs on Shared Clusters\n\n作者提出一种方法。\n"


def read(files: Mapping[str, str | None], name: str = "") -> FolderReading:
    """What a folder with these files holds; only Markdown has a text."""
    return read_folder([FoundFile(path, 1, 1, text) for path, text in files.items()], name)


def papers(reading: FolderReading) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Title and topic by path."""
    return {each.path: (each.reference.title, each.topic) for each in reading.papers}


def reasons(reading: FolderReading) -> dict[str, str]:
    """Why each file was skipped."""
    return {each.path: each.reason for each in reading.skipped}


def test_a_folder_for_each_paper_under_topics() -> None:
    reading = read({
        "README.md": "# Space\n\nPersonal notes.\n",
        "Scheduling/AntMan/README.md": PAPER.format("AntMan"),
        "Scheduling/AntMan/AntMan.pdf": None,
        "Scheduling/AntMan/figures/a b.png": None,
        "Serving/>Topic-MoE/Klotski/Klotski.pdf": None,
        "Memory:Cache & Storage/𝜆-Scale/notes.md": "没有标题的笔记\n",
        "Scheduling/Gavel/Heterogeneity-Aware Cluster Scheduling Policies for Deep Learning.pdf": None,
        "Communication/Optimus-CC.pdf": None,
    })  # fmt: skip
    assert papers(reading) == {
        "Communication/Optimus-CC.pdf": ("Optimus-CC", ("Communication",)),
        "Memory:Cache & Storage/𝜆-Scale": ("𝜆-Scale", ("Memory:Cache & Storage",)),
        "Scheduling/AntMan": ("AntMan: Scheduling of Training Jobs on Shared Clusters", ("Scheduling",)),
        "Scheduling/Gavel": (
            "Heterogeneity-Aware Cluster Scheduling Policies for Deep Learning",
            ("Scheduling",),
        ),
        "Serving/>Topic-MoE/Klotski": ("Klotski", ("Serving", ">Topic-MoE")),
    }
    antman = next(each for each in reading.papers if each.path == "Scheduling/AntMan")
    assert (antman.pdfs, antman.figures) == (
        ("Scheduling/AntMan/AntMan.pdf",),
        ("Scheduling/AntMan/figures/a b.png",),
    )
    gavel = next(each for each in reading.papers if each.path == "Scheduling/Gavel")
    assert gavel.reference.title_short == "Gavel"
    assert reasons(reading) == {"README.md": "it is about the folder as a whole"}


def test_two_papers_in_one_folder_and_several_notes_on_one() -> None:
    reading = read({
        "Graphs/TASO_MetaFlow/README.md": PAPER.format("TASO"),
        "Graphs/TASO_MetaFlow/TASO.pdf": None,
        "Graphs/TASO_MetaFlow/MetaFlow.pdf": None,
        "Graphs/Alpa/README.md": PAPER.format("Alpa"),
        "Graphs/Alpa/SOURCE_CODE.md": "# Source code\n\n入口\n",
        "Graphs/Alpa/notes/discussion.md": "# Discussion\n",
        "Graphs/Pollux/BUGS.md": "# Bugs\n",
    })  # fmt: skip
    found = {each.path: [note.title for note in each.notes] for each in reading.papers}
    assert found == {
        "Graphs/Alpa": ["", "SOURCE_CODE", "discussion"],
        "Graphs/Pollux": ["BUGS"],
        "Graphs/TASO_MetaFlow": [""],
        "Graphs/TASO_MetaFlow/MetaFlow.pdf": [],
    }


@pytest.mark.parametrize(
    ("path", "text", "title", "venue", "year"),
    [
        ("[2016 ICRA] An Information Gain Formulation for Mapping.md", "# Method\n\nx\n", "An Information Gain Formulation for Mapping", "ICRA", 2016),
        ("2017 cryoSPARC Algorithms for Structure.md", "# cryoSPARC: Algorithms for Structure\n", "cryoSPARC: Algorithms for Structure", "", 2017),
        ("a-deep-cascade-of-networks-for-images-2017-200118.md", "### Paper:\n\nA Deep Cascade of Networks for Images\n\n### Author:\n\nJo Doe, Ann Roe\n\n### Year:\n\n2017\n", "A Deep Cascade of Networks for Images", "", 2017),
        ("enet.md", "# [ENet: A Network for Real-Time Segmentation](https://arxiv.org/abs/1606.02147) \n\nTags: x\n", "ENet: A Network for Real-Time Segmentation", "arXiv", 2016),
        ("Exokernel.md", "#[Exokernel: An Architecture for Resource Management](https://example.org/e.pdf)\n\n## Key ideas\n", "Exokernel: An Architecture for Resource Management", "", None),
        ("x.md", "Attention for Pots and Pans\n===\n\n> OSDI'20, [paper](https://doi.org/10.1000/x)\n", "Attention for Pots and Pans", "", None),
        ("y.md", "# 【论文笔记】Firing Models in Small Ovens (EuroSys'23)\n", "Firing Models in Small Ovens", "EuroSys", 2023),
        ("z.md", "# 论文：Firing Models in Small Ovens\n\n会议：OSDI 2021\n", "Firing Models in Small Ovens", "OSDI", 2021),
        ("w.md", "- **Title**: Firing Models in Small Ovens\n- **Venue**: SOSP 2019\n", "Firing Models in Small Ovens", "SOSP", 2019),
        ("t.md", "| 论文标题 | Firing Models in Small Ovens |\n|--|--|\n| 会议 | NSDI 2022 |\n", "Firing Models in Small Ovens", "NSDI", 2022),
        ("k.md", "---\ntitle: \"Kiln: Firing Models\"\nvenue: OSDI\nyear: 2021\n---\nbody\n", "Kiln: Firing Models", "OSDI", 2021),
        ("2301.00010v2.md", "# Firing Models in Small Ovens\n", "Firing Models in Small Ovens", "arXiv", 2023),
        ("Firing Models in Small Ovens 阅读笔记.md", "# Introduction\n\n本文\n", "Firing Models in Small Ovens", "", None),
        ("b.md", "本文\n\n```bibtex\n@article{x, title={Firing {M}odels in Small Ovens}, year={2020}}\n```\n", "Firing Models in Small Ovens", "", 2020),
        ("Kiln_ Firing Models in Small Ovens.md", "- 20201109\n-----\n\n本文主要\n", "Kiln: Firing Models in Small Ovens", "", None),
    ],
)  # fmt: skip
def test_one_file_for_each_paper(path: str, text: str, title: str, venue: str, year: int | None) -> None:
    [paper] = read({f"Topic/{path}": text}, "paper-notes").papers
    assert (paper.reference.title, paper.reference.venue, paper.reference.year) == (title, venue, year)
    assert paper.topic == ("Topic",)


def test_identifiers_come_from_near_the_top() -> None:
    cited = "\n\nfurther text\n" * 20 + "https://arxiv.org/abs/1706.03762\n"
    [paper] = read(
        {"T/kiln.md": f"# Kiln: Firing of Models\n\narXiv:2301.00010v2, https://doi.org/10.1145/3.4\n{cited}"}
    ).papers
    assert (paper.reference.arxiv, paper.reference.doi) == ("2301.00010", "10.1145/3.4")
    [other] = read({"T/kiln.md": f"# Kiln: Firing of Models in Ovens\n\n本文\n{cited}"}).papers
    assert other.reference.arxiv == ""


def test_what_is_no_note_on_a_paper_is_listed_with_its_reason() -> None:
    reading = read({
        **{f"Papers/[2020] Paper Number {n} about Ovens.md": "本文\n" for n in range(4)},
        "SUMMARY.md": "# Summary\n\n- [a](Papers/a.md)\n- [b](Papers/b.md)\n- [c](Papers/c.md)\n",
        "Papers/README.md": "# Papers\n\nWhat I read.\n",
        "templates/paper.md": "---\ntitle: {{title}}\n---\n",
        "daily/2024-05-01.md": "今天读了\n",
        "2024-W18.md": "周报\n",
        "LLM MOC.md": "- [[a]]\n",
        "todo.md": "- read\n",
        "Papers/empty.md": "",
        "Ref - Transformer.md": "# Transformer\n",
        "digest.md": "".join(f"## [P{n}](https://arxiv.org/abs/2301.0000{n})\n\n一句话\n\n" for n in range(4)),
        "scripts/README.md": "# Scripts\n",
        "data.csv": None,
        "img/x.png": None,
    })  # fmt: skip
    assert len(reading.papers) == 4
    assert reasons(reading) == {
        "2024-W18.md": "it is a diary",
        "daily/2024-05-01.md": "it is a diary",
        "data.csv": "it is no note, PDF or figure",
        "digest.md": "it is on several papers",
        "img/x.png": "no note shows this picture",
        "LLM MOC.md": "it is a list of papers",
        "Papers/empty.md": "it is empty",
        "Papers/README.md": "it is about the folder as a whole",
        "Ref - Transformer.md": "it is a note on something else than a paper",
        "scripts/README.md": "it lies in a folder of code",
        "SUMMARY.md": "it is a list of papers",
        "templates/paper.md": "it is a template",
        "todo.md": "it is about the folder, not about a paper",
    }


def test_pdfs_join_the_note_that_has_their_name_or_links_to_them() -> None:
    reading = read({
        "A/kiln.md": "# [Kiln: Firing of Models](../assets/pdfs/xyz.pdf)\n\n本文\n",
        "A/glaze.md": "# Glaze: Colours of Models\n\n本文 ![](img/g.png)\n",
        "A/glaze.pdf": None,
        "A/img/g.png": None,
        "assets/pdfs/xyz.pdf": None,
        "assets/pdfs/alone.pdf": None,
    })  # fmt: skip
    assert {each.path: (each.pdfs, each.figures) for each in reading.papers} == {
        "A/kiln.md": (("assets/pdfs/xyz.pdf",), ()),
        "A/glaze.md": (("A/glaze.pdf",), ("A/img/g.png",)),
        "assets/pdfs/alone.pdf": (("assets/pdfs/alone.pdf",), ()),
    }


def test_front_matter_in_many_spellings() -> None:
    text = (
        "---\nTitle: Kiln: Firing\nTags: #moe, 推理\nStatus: 已读\nRating: ★★★★\nRead on: 2024/5/1\n---\nx\n"
    )
    [paper] = read({"T/k.md": text}, "papers").papers
    front = paper.front
    assert (front.tags, front.read_status, front.rating, front.read_on) == (
        ("moe", "推理"),
        "read",
        4,
        "2024-05-01",
    )
    toml = '+++\ntitle = "Kiln: Firing"\nauthors = ["Ada Glaze"]\nyear = 2024\ntags = ["a", "b"]\n+++\nx\n'
    [other] = read({"T/k.md": toml}, "papers").papers
    assert (other.reference.title, other.front.tags) == ("Kiln: Firing", ("a", "b"))


def test_lists_give_titles_and_the_order() -> None:
    text = "# X\n\n- Zeta\n- Alpha\n"
    reading = read(
        {"README.md": text, "T/Alpha/Alpha.pdf": None, "T/Zeta/Zeta.pdf": None, "S/Beta/Beta.pdf": None}
    )
    entries = [
        ListEntry(section=("T",), title=name, text=name, line=number,
                  reference=Reference(title=f"{name}: A System for Many Models", title_short=name, venue="OSDI", year=2020))
        for number, name in enumerate(("Zeta", "Alpha"), 3)
    ]  # fmt: skip
    told = with_lists(reading, {"README.md": text}, {"README.md": entries})
    assert [(each.reference.title, each.reference.year) for each in told.papers] == [
        ("Zeta: A System for Many Models", 2020),
        ("Alpha: A System for Many Models", 2020),
        ("Beta", None),
    ]
    assert told.papers[0].guesses[-1].reason == "README.md line 3"


def test_a_list_does_not_overrule_what_a_note_says() -> None:
    reading = read(
        {"README.md": "- x\n", "T/Kiln/README.md": "# Kiln: Firing Models in Small Ovens of Clay\n"}
    )
    entry = ListEntry(section=(), title="Kiln", text="Kiln", line=1,
                      reference=Reference(title="Kiln: Something Entirely Different Again", title_short="Kiln", venue="OSDI"))  # fmt: skip
    told = with_lists(reading, {"README.md": "- x\n"}, {"README.md": [entry]})
    assert told.papers == reading.papers


def test_labels_with_a_line_of_their_own() -> None:
    text = (
        "# Kiln解读\n\n## 简介\n\n烧制的新方法\n\n- 论文标题\n\n    Bridging the Gap Between Ovens and Pots via\n"
        "Adaptive Firing\n- 论文地址\n\n    http://arxiv.org/abs/1912.02424\n- 论文源码\n\n## 介绍\n\n背景\n"
    )
    empty = "# Glaze解读\n\n## 简介\n\n论文中\n\n- 论文标题\n- 论文地址\n- 论文源码\n\n## 介绍\n"
    cited = "# **Oven: Networks for Baking Bread**\n\n## Article\n\n- Lutz S, Smolic A. Oven[J]. arXiv preprint arXiv:1807.10088, 2018.\n"
    reading = read(
        {"Kiln/README.md": text, "Glaze/README.md": empty, "Oven/Oven-notes.md": cited}, "PaperReadings"
    )
    assert [(each.reference.title, each.reference.arxiv) for each in reading.papers] == [
        ("Glaze", ""),
        ("Bridging the Gap Between Ovens and Pots via Adaptive Firing", "1912.02424"),
        ("Oven: Networks for Baking Bread", "1807.10088"),
    ]


def test_a_labelled_doi_and_no_arxiv_id() -> None:
    text = "# Real-Time Co-Simulator for Power Systems\n\n**年份：** 2018 [pdf:E01]\n**DOI：** 10.1109/ACCESS.2018.2862893 [pdf:E01]\n"
    [paper] = read({"papers/2REETHNT-yang-2018.md": text}).papers
    assert (paper.reference.doi, paper.reference.arxiv) == ("10.1109/access.2018.2862893", "")


def test_where_nearly_all_notes_say_what_they_are_on_the_rest_are_not_on_papers() -> None:
    said = "## {0}\n- 作者：Ada Glaze\n- [文章链接](https://arxiv.org/abs/1504.{1})\n\n### 1. Motivation\n"
    files: dict[str, str | None] = {
        f"CV/{name}/{name.lower()}_net.md": said.format(name, 10_000 + place)
        for place, name in enumerate(("Kiln", "Glaze", "Oven", "Clay", "Slip", "Wheel", "Bisque", "Raku"))
    }
    reading = read(
        files
        | {"CV/Basic/NMS/nms.md": "## NMS\n- PyTorch\n\n### 1. NMS\n", "CUDA/README.md": "# CUDA\n\n学习\n"}
    )
    assert [each.reference.title for each in reading.papers] == sorted(
        name for name in ("Kiln", "Glaze", "Oven", "Clay", "Slip", "Wheel", "Bisque", "Raku")
    )


def test_notes_on_something_else_beside_papers_are_told_apart() -> None:
    files: dict[str, str | None] = {
        f"{name}.md": PAPER.format(name) for name in ("AntMan", "Orca", "Lucid", "Sia", "Hare")
    }
    files |= {
        "Bert.md": "双向编码器，掩码预测。\n" * 40,
        "OctConv笔记.md": "## Abatract\n\n本文把图分为高低频\n\n## 1. Introduction\n",
    }
    files |= {
        f"cpp/{name}.md": f"# {name}\n\n值不能改变\n"
        for name in ("const", "sort", "C++11", "QT", "Threads and All Their Objects")
    }
    files |= {
        "环境配置.md": "# 环境配置的几个步骤\n\n安装\n",
        "tool/README.md": "# tool\n\n阅读源代码\n",
        "tool/x.md": "# x\n\n类\n",
    }
    reading = read(files, "PaperReading")
    titles = {path: title for path, (title, _) in papers(reading).items()}
    assert titles.keys() == {
        "AntMan.md",
        "Orca.md",
        "Lucid.md",
        "Sia.md",
        "Hare.md",
        "Bert.md",
        "OctConv笔记.md",
    }
    assert (titles["Bert.md"], titles["OctConv笔记.md"]) == ("Bert", "OctConv")


_PARTS = st.sampled_from(
    ["README.md", "a.md", "B.pdf", "figures", "x.png", "Topic", "[2020] T", "2024-05-01", "pdf", "src", ">t"]
)
_TEXT = st.sampled_from(["", "# T\n", "---\na: [b\n---\n", "![](x.png)\n\n===\n", "<h1>A B C D</h1>", "- [x](y.md)\n" * 6, "{{a}}{{b}}", "\\[$$ 论文：", "@article{x,"])  # fmt: skip
_BITS = st.sampled_from(["# ", "## ", "- ", "**DOI：** 10.1109/ACCESS.2018.2862893 ", "Paper:", "- 论文标题\n", "作者：A B, C D\n", "[paper](", "https://arxiv.org/abs/2301.00010", ")", "2301.00010v2", "---\n", "title: ", "\n", "\n\n    ", "@article{x, title={A B}, year=2020}\n", "(OSDI'20)", "【论文笔记】", "[J].", "Deep Nets for Cats and Dogs", "论文中作者提出"])  # fmt: skip


@given(
    st.dictionaries(
        st.lists(_PARTS, min_size=1, max_size=4).map("/".join),
        _TEXT | st.text(max_size=60) | st.lists(_BITS, max_size=12).map("".join),
        max_size=12,
    )
)
def test_every_file_is_taken_or_listed_and_never_both(files: dict[str, str]) -> None:
    folders = {path[:place] for path in files for place in range(len(path)) if path[place] == "/"}
    kept = {
        path: text if path.endswith(".md") else None for path, text in files.items() if path not in folders
    }
    reading = read(kept)
    notes = [note.file.path for each in reading.papers for note in each.notes]
    pdfs = [path for each in reading.papers for path in each.pdfs]
    figures = {path for each in reading.papers for path in each.figures}
    assert len(notes) == len(set(notes))
    assert len(pdfs) == len(set(pdfs))
    assert set(notes) | set(pdfs) | (figures & kept.keys()) | reasons(reading).keys() == kept.keys()
    assert not set(notes) & reasons(reading).keys()
    assert all(each.reference.title for each in reading.papers)


def test_many_files_in_one_folder_cost_no_more_each_than_few() -> None:
    def cost(number: int) -> float:
        files: dict[str, str | None] = {
            f"T/paper-{n}.md": f"# Paper {n} on Ovens and Pots\n\n本文\n" for n in range(number)
        }
        files |= {f"T/paper-{n}.pdf": None for n in range(number)} | {
            f"P{n}/P{n}.pdf": None for n in range(number)
        }
        begun = time.process_time()
        assert len(read(files).papers) == 2 * number
        return (time.process_time() - begun) / number

    cost(50)
    assert cost(1_600) < 5 * cost(100)
