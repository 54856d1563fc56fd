"""Whole lists: what they come wrapped in, their sections, tables, and what is not understood."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.formats.reading_list import markdown_of, read, slug_of

OUTLINE = """Research Room


Notes on papers read during daily research.

  1. Cluster Scheduling:
    • AntMan: Dynamic Scaling on GPU Clusters for Deep Learning (OSDI20)
    • (Gavel) Heterogeneity-Aware Cluster Scheduling Policies for Deep Learning Workloads (OSDI20)
  2. Training Hyperparameters:
    • (DistBelief) Large Scale Distributed Deep Networks (x)
"""

MARKDOWN = """# Awesome Training

A curated list of papers about training.

## Contents
- [Projects](#projects)
- [Papers](#papers)

## Projects
- [Megatron-LM: Training Transformer Models at Scale](https://github.com/NVIDIA/Megatron-LM)

## Papers
### Pipelines
- [Zero Bubble Pipeline Parallelism](https://arxiv.org/abs/2401.10241) by Penghui Qi et al., ICLR 2024

### Hybird Parallelism

## Contribute
Open an [issue](https://github.com/NVIDIA/Megatron-LM/issues).
- Read the [guide](https://example.org/guide)
"""

PAGE = f"""An index of lists

https://github.com/Example/awesome-training

A curated list of papers and projects about training
https://github.com/Example/awesome-training

List: awesome-training

README

{MARKDOWN}"""

TABLES = """# Methods

## Pipelines only:

| Name | Description | Organization or author | Paper | Framework | Year | Auto Methods
| --- | --- | --- | --- | --- | --- | --- |
| ColocRL(REINFORCE) | Discovers partitions | Google Brain | [mlr.press](http://proceedings.mlr.press/v70/mirhoseini17a.pdf) | Tensorflow | PMLR 70, 2017 | Reinforce
|[OptCNN](https://github.com/flexflow/FlexFlow) | for CNN | Stanford | [arxiv](https://arxiv.org/pdf/1802.04924.pdf), | FlexFlow | 2018 on arxiv, ICML 2018 | Dynamic Programming |
|[FlexFlow](https://github.com/flexflow/FlexFlow) | a framework | Stanford | | | SysML 2019 | MCMC

# Classify the methods

## Learned

| Name | Method Type | Parallelism | Year |
| --- | --- | --- | --- |
| ColocRL | Reinforcement | MP | 2017 |
| FlexFlow | MCMC | DP+TP | 2019 |
| OptCNN | dynamic programming | DP+TP | 2018 |

## Pictures

![img](pipelines.png)
"""


def titles(markdown: str) -> list[str]:
    return [entry.reference.title for entry in read(markdown).entries]


def test_an_outline_in_plain_text() -> None:
    outline = read(OUTLINE, file="research.txt")
    assert (outline.title, outline.slug) == ("Research Room", "research-room")
    assert outline.description == "Notes on papers read during daily research."
    assert outline.sections == (("Cluster Scheduling",), ("Training Hyperparameters",))
    assert [
        (entry.line, entry.reference.title_short, entry.reference.venue, entry.reference.year)
        for entry in outline.entries
    ] == [
        (7, "AntMan", "OSDI", 2020),
        (8, "Gavel", "OSDI", 2020),
        (10, "DistBelief", "", None),
    ]
    assert outline.entries[1].text.startswith("(Gavel) ")
    assert not outline.problems


def test_markdown_with_contents_and_contributions() -> None:
    found = read(MARKDOWN)
    assert found.title == "Awesome Training"
    assert found.description == "A curated list of papers about training."
    assert found.sections == (("Projects",), ("Papers", "Pipelines"), ("Papers", "Hybird Parallelism"))
    assert [entry.section for entry in found.entries] == [("Projects",), ("Papers", "Pipelines")]
    assert [entry.reference.type for entry in found.entries] == ["software", "paper-conference"]
    assert not found.problems


def test_a_services_page_around_the_markdown_keeps_its_line_numbers() -> None:
    found = read(PAGE, file="page.txt")
    assert found.slug == "awesome-training"
    assert found.source == "https://github.com/Example/awesome-training"
    assert found.description == "A curated list of papers and projects about training"
    lines = PAGE.split("\n")
    assert all(entry.reference.title in lines[(entry.line or 0) - 1] for entry in found.entries)
    assert (
        markdown_of(PAGE).split("\n")[(found.entries[0].line or 0) - 1]
        == lines[(found.entries[0].line or 0) - 1]
    )


def test_a_services_json_carries_the_list_in_readme() -> None:
    data = {"url": "https://github.com/Example/awesome-training", "readme": MARKDOWN.replace("\n", "\r\n"),
            "repository": {"full_name": "Example/awesome-Training", "description": "Papers"}}  # fmt: skip
    found = read(json.dumps(data))
    assert (found.title, found.slug, found.description) == ("awesome-Training", "awesome-training", "Papers")
    assert len(found.entries) == 2


@pytest.mark.parametrize("text", ["{", '{"readme": 1}', "[]", "", "\ufeff", "just words", "# Only a title"])
def test_what_holds_no_list_has_no_entries(text: str) -> None:
    found = read(text, file="folder/README.md")
    assert found.entries == ()
    assert found.slug


def test_a_table_says_in_its_header_what_its_columns_hold() -> None:
    colocrl, optcnn, flexflow = read(TABLES).entries
    assert colocrl.section == ("Methods", "Pipelines only")
    assert (colocrl.title, colocrl.reference.title, colocrl.reference.venue, colocrl.reference.year) == (
        "ColocRL(REINFORCE)", "ColocRL", "ICML", 2017,
    )  # fmt: skip
    assert colocrl.fields["organization"] == "Google Brain"
    assert colocrl.fields["framework"] == "Tensorflow"
    assert colocrl.fields["method"] == "Reinforce"
    assert [link.kind for link in optcnn.reference.links] == ["code", "pdf"]
    assert (optcnn.reference.arxiv, optcnn.reference.venue) == ("1802.04924", "ICML")
    assert (flexflow.reference.venue, flexflow.reference.year) == ("MLSys", 2019)
    assert colocrl.text.startswith("ColocRL(REINFORCE) | Discovers partitions | Google Brain | mlr.press")


def test_a_table_of_known_names_adds_its_columns_to_them() -> None:
    colocrl, optcnn, flexflow = read(TABLES).entries
    assert {key: colocrl.fields[key] for key in ("class", "method_type", "parallelism", "class_year")} == {
        "class": "Learned", "method_type": "Reinforcement", "parallelism": "MP", "class_year": "2017",
    }  # fmt: skip
    assert optcnn.fields["method_type"] == "dynamic programming"
    assert flexflow.fields["method_type"] == "MCMC"
    assert read(TABLES).sections == (("Methods", "Pipelines only"),)


def test_titles_dates_and_groups_in_table_cells() -> None:
    found = read(
        "## A\n\n|Date|Title|Paper|Code|Recom|\n|:---:|:---:|:---:|:---:|:---:|\n"
        "|2023.11|🔥[**LightSeq**] Sequence Level Parallelism(@UC Berkeley etc)| [[pdf]](https://arxiv.org/pdf/2310.03294.pdf)"
        "|[[LightSeq]](https://github.com/RulinShao/LightSeq)|⭐️⭐️ |\n"
        "|2022.08|[LLM.int8()] 8-bit Matrix Multiplication(@Meta)|[[pdf]](https://arxiv.org/pdf/2208.07339.pdf)|⚠️|⭐️ |\n"
    )
    first, second = found.entries
    assert (first.reference.title_short, first.reference.title) == ("LightSeq", "Sequence Level Parallelism")
    assert (first.reference.year, first.fields["organization"]) == (2023, "UC Berkeley etc")
    assert second.reference.title == "8-bit Matrix Multiplication"


def test_bold_lines_details_and_categories_are_sections() -> None:
    found = read(
        "# L\n\n## Papers\n\n**Serving**\n\n- Orca: Serving (OSDI22)\n\n**Training**\n\n- Gandiva: Scheduling (OSDI18)\n\n"
        "<details>\n<summary>Older</summary>\n\n- Parameter Server (OSDI14)\n\n</details>\n\n## Models\n\n"
        "- Transformers\n  - [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n  - [BERT](https://arxiv.org/abs/1810.04805)\n"
    )
    assert [entry.section for entry in found.entries] == [
        ("Papers", "Serving"), ("Papers", "Training"), ("Papers", "Training", "Older"),
        ("Models", "Transformers"), ("Models", "Transformers"),
    ]  # fmt: skip


def test_headings_lend_their_year_and_venue() -> None:
    found = read(
        "# L\n\n## 2021 Venues\n\n- [Zen-NAS](https://example.org/a.pdf) (ICCV)\n\n## OSDI 2020\n\n- [AntMan](https://example.org/b.pdf)\n\n## Before 2015\n\n- [Old](https://example.org/c.pdf)\n"
    )
    assert [(entry.reference.venue, entry.reference.year) for entry in found.entries] == [
        ("ICCV", 2021),
        ("OSDI", 2020),
        ("", None),
    ]


def test_remarks_below_an_entry_are_no_entries() -> None:
    found = read(
        "# L\n\n## S\n\n* Punica: Serving (arXiv 2310.18547) \\[[Code](https://github.com/punica-ai/punica)]\n  * UW & Duke University\n  * A system to serve models\n    * Route new requests\n"
    )
    assert len(found.entries) == 1
    assert found.entries[0].fields["organization"] == "UW & Duke University"
    assert found.entries[0].fields["remark"] == "A system to serve models\nRoute new requests"


def test_paragraphs_may_be_entries() -> None:
    assert titles(
        "# L\n\n## S\n\n**[1]** LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton. \"**Deep learning**.\" Nature (2015). "
        "[[pdf]](https://example.org/a.pdf)\n\n**Momentum Contrast** \\\n*Kaiming He, Haoqi Fan* \\\nCVPR 2020. [[Paper](https://arxiv.org/abs/1911.05722)]\n"
    ) == ["Deep learning", "Momentum Contrast"]  # fmt: skip


def test_a_list_of_bare_titles_is_a_list() -> None:
    assert titles("# Books\n\n* The Art of Computer Programming\n* Paxos Made Simple\n") == [
        "The Art of Computer Programming", "Paxos Made Simple",
    ]  # fmt: skip


def test_lines_not_understood_are_reported_with_their_numbers() -> None:
    found = read(
        "# L\n\n## S\n\n- AntMan: Dynamic Scaling (OSDI20)\n- Gandiva: Introspection (OSDI18)\n- ?\n\n| A | B |\n|---|---|\n| - | [x](https://example.org/y) |\n",
        file="l.md",
    )
    assert [(problem.file, problem.line) for problem in found.problems] == [("l.md", 7), ("l.md", 9)]
    assert len(found.entries) == 2


def test_legends_and_acronyms_are_neither_entries_nor_problems() -> None:
    found = read(
        "# L\n\n| | G | RL |\n|---|---|---|\n| Explanation | gradient | learning |\n\n## S\n\n- AntMan: Dynamic Scaling (OSDI20)\n\n## Acronyms\n\n- LLM: Large Language Model\n"
    )
    assert (len(found.entries), found.problems) == (1, ())


def test_reading_twice_gives_the_same() -> None:
    assert read(PAGE) == read(PAGE)


@pytest.mark.parametrize(
    "line",
    [
        "Aa Bb, " * 3000,
        "Aa. " * 3000,
        "(" * 3000,
        "[a](https://a.b) " * 1000,
        "a - " * 3000,
        "a" + " " * 5000 + "b",
        "OSDI20 " * 2000,
    ],
)
def test_no_line_holds_the_reader_up(line: str) -> None:
    began = time.process_time()
    read(f"# L\n\n## S\n\n- Title by {line} (OSDI20)\n")
    assert time.process_time() - began < 5


MARKS = st.sampled_from(
    [
        "https://a.b/c",
        "[x](https://a.b)",
        "OSDI20",
        "et al.",
        "\n- ",
        "\n## ",
        "\n|",
        "<details>",
        "<br>",
        *"[]()*_`|#-•\n\\<>!:.,&@ ",
    ]
)


@settings(deadline=None)
@given(st.lists(MARKS | st.text(max_size=8), max_size=60).map("".join))
def test_any_text_is_read(text: str) -> None:
    found = read(text)
    for entry in found.entries:
        assert entry.reference.title
        assert entry.line
        assert entry.line <= text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(problem.line for problem in found.problems)


def test_slugs_are_short_names_for_commands() -> None:
    assert slug_of("Research Space") == "research-space"
    assert slug_of("  Hybrid Parallelism & Framework! ") == "hybrid-parallelism-framework"
    assert slug_of("调度 论文") == "调度-论文"
    assert slug_of("!!!") == "list"


@pytest.mark.parametrize(
    ("file", "source"),
    [("/home/me/lists/papers.md", ""), ("https://example.org/papers.md", "https://example.org/papers.md")],
)
def test_only_an_address_on_the_web_is_kept_as_the_source_of_a_list(file: str, source: str) -> None:
    assert (
        read("# Papers\n\n- [A title of a paper](https://example.org/a) (OSDI 2020)\n", file=file).source
        == source
    )
