"""The four bundled lists: complete, in order, each work once, and readable in no time."""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from notes_tui.formats.library_yaml import read, write
from notes_tui.model.identifiers import ids_of
from notes_tui.model.identity import Verdict, compare
from notes_tui.model.item import Reference
from notes_tui.model.reading_list import ListEntry, ReadingList

LIBRARY = Path(__file__).parents[2] / "library"
RESEARCH, DISTRIBUTED, TRAINING, AUTO = (
    "research-space", "awesome-distributed-ml", "training-system", "awesome-auto-parallelism",
)  # fmt: skip
AUTO_TOP = "Published methods of auto-parallelism, including"
HYBRID = "Hybird Parallelism"

SECTIONS: dict[str, dict[tuple[str, ...], int]] = {
    RESEARCH: {
        ("Cluster Scheduling",): 15, ("Hybrid Parallelism",): 4, ("Data Parallelism",): 3, ("Tensor Parallelism",): 2,
        ("Pipeline",): 3, ("Graph Optimization",): 4, ("Memory/Cache Storage",): 4, ("AI Compilation",): 2,
        ("Training Hyperparameters",): 2, ("Communication",): 3, ("Training",): 13, ("Inference",): 15,
        ("Cluster Trace Analysis",): 3, ("Serverless",): 1, ("HPC",): 1, ("Performance Modeling",): 8, ("Survey",): 1,
    },
    DISTRIBUTED: {
        ("Open Source Projects",): 14, ("Papers", "Survey"): 2, ("Papers", "Pipeline Parallelism"): 9,
        ("Papers", "Sequence Parallelism"): 5, ("Papers", "Mixture-of-Experts System"): 8,
        ("Papers", "Graph Neural Networks System"): 3, ("Papers", "Hybrid Parallelism & Framework"): 5,
        ("Papers", "Memory Efficient Training"): 6, ("Papers", "Tensor Movement"): 8,
        ("Papers", "Auto Parallelization"): 10, ("Papers", "Communication Optimization"): 7,
        ("Papers", "Fault-tolerant Training"): 3, ("Papers", "Inference and Serving"): 9, ("Papers", "Applications"): 5,
    },
    TRAINING: {
        (HYBRID, "Data Parallelism"): 6, (HYBRID, "Tensor Parallelism"): 4, (HYBRID, "Pipeline Parallelism"): 20,
        (HYBRID, "Sequence Parallelism"): 27, ("Auto Parallelism",): 0, ("Heterogeneous Parallelism",): 0,
    },
    AUTO: {
        (AUTO_TOP, "Pipeline Parallelism or Inter-layer Model Parallelism only"): 7,
        (AUTO_TOP, "Data Parallelism + Pipeline Parallelism (or Inter-layer Model Parallelism)"): 14,
        (AUTO_TOP, "Data Parallelism + Intra-layer Model Parallelism (or Tensor Parallelism)"): 10,
        (AUTO_TOP, "Data Parallelism + Model Parallelism (or Tensor Parallelism) + Pipeline Parallelism"): 7,
        (AUTO_TOP, "Other Interesting automatic work"): 1,
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def lists() -> dict[str, ReadingList]:
    """The bundled lists by slug."""
    return {
        slug: read((LIBRARY / f"{slug}.yaml").read_text("utf-8"), file=f"{slug}.yaml") for slug in SECTIONS
    }


@pytest.fixture(scope="module")
def items(lists: dict[str, ReadingList]) -> dict[str, Reference]:
    """Every work of the library by its citekey."""
    return {entry.reference.citekey: entry.reference for one in lists.values() for entry in one.entries}


def entry(lists: dict[str, ReadingList], slug: str, title: str) -> ListEntry:
    """The one entry of a list whose own title begins so."""
    (found,) = [entry for entry in lists[slug].entries if entry.title.startswith(title)]
    return found


def test_there_are_four_files_and_all_of_them_are_read_whole(lists: dict[str, ReadingList]) -> None:
    assert {path.stem for path in LIBRARY.glob("*.yaml")} == set(SECTIONS)
    assert [one.problems for one in lists.values()] == [(), (), (), ()]
    assert [one.slug for one in lists.values()] == list(SECTIONS)


@pytest.mark.parametrize("slug", SECTIONS)
def test_every_file_rewrites_to_itself(slug: str) -> None:
    text = (LIBRARY / f"{slug}.yaml").read_text("utf-8")
    assert write(read(text)) == text


@pytest.mark.parametrize("slug", SECTIONS)
def test_sections_in_order_with_their_entries(lists: dict[str, ReadingList], slug: str) -> None:
    one = lists[slug]
    assert list(one.sections) == list(SECTIONS[slug])
    counts = Counter(entry.section for entry in one.entries)
    assert {section: counts[section] for section in one.sections} == SECTIONS[slug]
    lines = [entry.line or 0 for entry in one.entries]
    assert all(first < second for first, second in pairwise(lines))


def test_counts_of_entries_items_papers_and_projects(
    lists: dict[str, ReadingList], items: dict[str, Reference]
) -> None:
    assert [len(one.entries) for one in lists.values()] == [84, 94, 57, 39]
    assert len(items) == 221
    assert Counter(item.type == "software" for item in items.values()) == {False: 207, True: 14}


def test_a_work_is_described_alike_in_all_files(
    lists: dict[str, ReadingList], items: dict[str, Reference]
) -> None:
    for one in lists.values():
        for each in one.entries:
            assert items[each.reference.citekey] == each.reference


def test_every_work_has_what_its_lists_give(items: dict[str, Reference]) -> None:
    for citekey, item in items.items():
        assert item.title, citekey
        assert item.title == item.title.strip()
        if item.type == "software":
            assert (item.year, item.venue) == (None, "")
        elif citekey not in ("distbelief", "mpe"):
            assert item.year, citekey
            assert item.venue, citekey
        assert all(link.url.startswith(("https://", "http://")) for link in item.links)


def test_no_two_works_are_certainly_the_same_or_share_an_identifier(items: dict[str, Reference]) -> None:
    works = list(items.values())
    for place, one in enumerate(works):
        for other in works[place + 1 :]:
            assert compare(one, other).verdict is not Verdict.SAME
            assert not ids_of(one) & ids_of(other)


@pytest.mark.parametrize(
    ("citekey", "entries"),
    [
        ("alpaserve2023", {"AlpaServe: Statistical", "Beta: Statistical"}),
        ("pipedream2bw2021", {"PipeDream-2BW", "Memory-Efficient Pipeline-Parallel"}),
        ("flexflow2019", {"FlexFlow", "Beyond Data and Model"}),
        ("optcnn2018", {"OptCNN", "Exploring Hidden Dimensions", "(OptCNN) Exploring"}),
        ("tofu2019", {"Tofu", "Supporting Very Large Models", "(Tofu) Supporting"}),
        ("sequenceparallelism2023", {"Sequence parallelism: Long", "Long Sequence Training"}),
        ("deepspeedulysses2024", {"DeepSpeed Ulysses", "System optimizations for"}),
        ("smartmoe2023", {"SmartMoE: Efficiently"}),
        ("hydro2023", {"Hydro: Surrogate-Based"}),
        (
            "pipedream2019",
            {"PipeDream", "PipeDream: generalized", "PipeDream: Generalized", "Pipedream: generalized"},
        ),
        ("taso2019", {"TASO", "TASO: Optimizing"}),
    ],
)
def test_one_work_under_several_titles(
    lists: dict[str, ReadingList], citekey: str, entries: set[str]
) -> None:
    own = [each.title for one in lists.values() for each in one.entries if each.reference.citekey == citekey]
    assert len(own) >= 2
    assert all(any(title.startswith(begin) for begin in entries) for title in own)
    assert all(any(title.startswith(begin) for title in own) for begin in entries)


@pytest.mark.parametrize(
    "citekeys",
    [
        ("dsp2023", "dsp2024"), ("automap2020", "automap2021"), ("optimus2018", "optimuscc2023"),
        ("alpa", "alpa2022"), ("flexflow", "flexflow2019", "optcnn2018"), ("pipedream2019", "pipedream2bw2021"),
        ("megatronlm", "megatronlm2019", "narayanan2021efficient"), ("tesseract2022", "bian2021maximizing"),
        ("horovod2018", "xu2020automatic"), ("zero2020", "zerooffload2021", "zeroinfinity2021"),
        ("tensoropt2020", "doublerecursive2021"), ("gpipe2019", "torchgpipe2020"), ("seqparallel2023", "sequenceparallelism2023"),
    ],
)  # fmt: skip
def test_works_that_only_look_alike_stay_apart(
    items: dict[str, Reference], citekeys: tuple[str, ...]
) -> None:
    assert len({items[citekey].title for citekey in citekeys}) == len(citekeys)


def test_projects_and_the_papers_about_them_are_linked(items: dict[str, Reference]) -> None:
    pairs = {
        (citekey, other)
        for citekey, item in items.items()
        if item.type == "software"
        for other in item.related
    }
    assert pairs == {
        ("megatronlm", "megatronlm2019"), ("colossalai", "colossalai2021"), ("oneflow", "oneflow2021"),
        ("meshtensorflow", "meshtensorflow2018"), ("flexflow", "flexflow2019"), ("alpa", "alpa2022"),
    }  # fmt: skip
    assert all(items[paper].related == (project,) for project, paper in pairs)


@pytest.mark.parametrize(
    ("citekey", "title", "name", "venue", "year"),
    [
        ("antman2020", "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning", "AntMan", "OSDI", 2020),
        ("gavel2020", "Heterogeneity-Aware Cluster Scheduling Policies for Deep Learning Workloads", "Gavel", "OSDI", 2020),
        ("distbelief", "Large Scale Distributed Deep Networks", "DistBelief", "", None),
        ("gpipe2019", "GPipe: Efficient Training of Giant Neural Networks using Pipeline Parallelism", "GPipe", "NeurIPS", 2019),
        ("horovod2018", "Horovod: fast and easy distributed deep learning in TensorFlow", "Horovod", "arXiv", 2018),
        ("zero2020", "ZeRO: Memory Optimizations Toward Training Trillion Parameter Models", "ZeRO", "SC", 2020),
        ("liu2024ring", "Ring Attention with Blockwise Transformers for Near-Infinite Context", "", "ICLR", 2024),
        ("pytorchddp2020", "PyTorch Distributed: Experiences on Accelerating Data Parallel Training", "PyTorch-DDP", "arXiv", 2020),
        ("mics2022", "MiCS: Near-Linear Scaling for Training Gigantic Model on Public Cloud", "MiCS", "VLDB", 2022),
        ("hdp2018", "A Hierarchical Model for Device Placement", "HDP", "ICLR", 2018),
        ("colocrl2017", "ColocRL", "ColocRL", "ICML", 2017),
        ("piper2021", "Piper: Multidimensional Planner for DNN Parallelization", "Piper", "NeurIPS", 2021),
        ("seqparallel2023", "Reducing Activation Recomputation in Large Transformer Models", "SeqParallel", "MLSys", 2023),
        ("chimera2021", "Chimera: Efficiently Training Large-Scale Neural Networks with Bidirectional Pipelines", "Chimera", "SC", 2021),
    ],
)  # fmt: skip
def test_titles_names_venues_and_years(
    items: dict[str, Reference], citekey: str, title: str, name: str, venue: str, year: int | None
) -> None:
    item = items[citekey]
    assert (item.title, item.title_short, item.venue, item.year) == (title, name, venue, year)


def test_the_fullest_list_of_creators_is_kept(items: dict[str, Reference]) -> None:
    assert [creator.name for creator in items["distmm2024"].creators] == [
        "Jun Huang", "Zhen Zhang", "Shuai Zheng", "Feng Qin", "Yida Wang",
    ]  # fmt: skip
    assert items["janus2023"].creators[-1].name == "Yimin Jiang"
    assert items["mcap2022"].creators[-1].family == "van Nieuwpoort"
    assert len(items["tutel2023"].creators) == 15
    assert [creator.name for creator in items["unity2022"].creators] == ["Colin Unger", "Zhihao Jia"]
    assert items["unity2022"].extra["et-al"] == "yes"
    assert "et-al" not in items["gpipe2019"].extra


def test_links_and_identifiers(items: dict[str, Reference]) -> None:
    assert {(link.kind, link.url) for link in items["pipedream2019"].links} == {
        ("paper", "https://dl.acm.org/doi/10.1145/3341301.3359646"),
        ("paper", "https://arxiv.org/abs/1806.03377"),
        ("code", "https://github.com/msr-fiddle/pipedream"),
        ("pdf", "https://arxiv.org/pdf/1806.03377.pdf"),
    }
    assert (items["pipedream2019"].doi, items["pipedream2019"].arxiv) == (
        "10.1145/3341301.3359646",
        "1806.03377",
    )
    assert items["zero2020"].doi == ""
    assert [link.kind for link in items["deepspeed"].links] == ["project"]
    kinds = Counter(link.kind for item in items.values() for link in item.links)
    assert kinds == {"paper": 131, "pdf": 36, "code": 34, "project": 3}


def test_faults_of_the_sources_are_mended_and_recorded(
    lists: dict[str, ReadingList], items: dict[str, Reference]
) -> None:
    training = {(one.entry, one.field, one.was): one.now for one in lists[TRAINING].corrections}
    assert training[3, "links", "https://arxiv.org/abs/1802.05799"] == "https://arxiv.org/abs/2004.13336"
    assert training[10, "links", "https://arxiv.org/abs/2105.144500"] == "https://arxiv.org/abs/2105.14450"
    assert training[1, "links", "[[GitHub]]()"] == ""
    assert (items["xu2020automatic"].arxiv, items["bian2021maximizing"].arxiv) == ("2004.13336", "2105.14450")
    for one in lists.values():
        assert all(1 <= each.entry <= len(one.entries) and each.reason for each in one.corrections)


def test_the_words_of_each_list_stay_on_its_entries(lists: dict[str, ReadingList]) -> None:
    assert entry(lists, RESEARCH, "(Gavel)").text == (
        "(Gavel) Heterogeneity-Aware Cluster Scheduling Policies for Deep Learning Workloads (OSDI20)"
    )
    assert entry(lists, DISTRIBUTED, "Beta:").text.endswith("Serving by Zhuohan Li et al., OSDI 2023")
    assert entry(lists, TRAINING, "Janus").text.split("\n")[2] == (
        "Juncai Liu, Jessie Hui Wang, Yimin JiangAuthors Info & Claims"
    )
    assert entry(lists, AUTO, "HetPipe").text.split(" | ")[5] == "USENIX 2020"


def test_the_last_list_keeps_its_columns_and_both_classifications(lists: dict[str, ReadingList]) -> None:
    flexflow = entry(lists, AUTO, "FlexFlow")
    assert dict(flexflow.fields) == {
        "description": "a deep learning framework that accelerates distributed DNN training by automatically "
        "searching for efficient parallelization strategies",
        "organization": "Zhihao Jia",
        "framework": "FlexFlow, compatible with PyTorch, Keras",
        "method": "MCMC",
        "class": "Machine-Learning Based Methods",
        "method_type": "MCMC",
        "parallelism": "DP+TP",
        "class_year": "2019",
    }
    classes = Counter(one.fields.get("class", "") for one in lists[AUTO].entries)
    assert classes == {"Machine-Learning Based Methods": 12, "Classic Algorithm Based Methods": 23, "": 4}
    assert entry(lists, AUTO, "AutoMap").fields["parallelism"] == "DP+TP"
    assert entry(lists, AUTO, "Auto-MAP").fields["parallelism"] == "DP or TP or PP"


def test_all_four_files_are_read_in_a_tenth_of_a_second() -> None:
    texts = [path.read_text("utf-8") for path in LIBRARY.glob("*.yaml")]
    spent = []
    for _ in range(5):
        began = time.process_time()
        for text in texts:
            read(text)
        spent.append(time.process_time() - began)
    assert min(spent) < 0.1
