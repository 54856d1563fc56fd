"""The converter of the bundled library, on small documents of the same shapes."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from notes_tui.formats.library_yaml import read, write
from notes_tui.model.reading_list import Correction, ReadingList

SCRIPT = Path(__file__).parents[2] / "library" / "convert.py"

OUTLINE = """First List


Notes.

  1. Scheduling:
    • AntMan: Dynamic Scaling on GPU Clusters for Deep Learning (OSDI20)
    • (Tofu) Supporting Very Large Models using Automatic Dataflow Graph Partitioning (EuroSys19)
    • ZeRO: Memory Optimizations Toward Training Trillion Parameter Models (arxiv20)
    • Alpa: Automating Inter- and Intra-Operator Parallelism for Distributed Deep Learning (OSDI22)
"""

MARKDOWN = """# Second List

## Projects

- [Alpa: Auto Parallelization for Large-Scale Neural Networks](https://github.com/alpa-projects/alpa)

## Papers

- Zero: Memory optimizations toward training trillion parameter models [[pdf](https://arxiv.org/abs/1910.02054)]
    - SC20: International Conference for High Performance Computing. IEEE, 2020, pp. 1–16.
    - Samyam Rajbhandari, Jeff Rasley, Olatunji Ruwase, Yuxiong HeAuthors Info & Claims
- Automatic sharding of weight update in training [[pdf](https://arxiv.org/abs/1802.05799)] [[GitHub]]()
    - arXiv preprint arXiv:2004.13336, 2020.
    - Yuanzhong Xu, HyoukJoong Lee
- Tofu [[pdf](https://dl.acm.org/doi/pdf/10.1145/3302424.3303953)]
    - Minjie Wang et al., EuroSys 2019
"""

CORRECTIONS = {
    "first-list": (
        Correction(entry=2, field="item", was="(Tofu) Supporting Very Large Models", now="tofu2019", reason="Tofu in the second list"),
    ),
    "second-list": (
        Correction(entry=3, field="links", was="https://arxiv.org/abs/1802.05799", now="https://arxiv.org/abs/2004.13336", reason="another's link"),
        Correction(entry=3, field="links", was="[[GitHub]]()", now="", reason="it leads nowhere"),
        Correction(
            entry=3, field="title", was="Automatic sharding of weight update in training",
            now="Automatic Sharding of Weight Update in Training", reason="capitals",
        ),
        Correction(entry=2, field="creators", was="Yuxiong HeAuthors Info & Claims", now="Yuxiong He", reason="glued"),
        Correction(entry=4, field="item", was="Tofu", now="tofu2019", reason="the name of the system"),
    ),
}  # fmt: skip
DOCUMENTS = {"one.txt": OUTLINE, "two.md": MARKDOWN}


@pytest.fixture(scope="module")
def converter() -> Iterator[ModuleType]:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("library_convert", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def bare(slug: str, corrections: tuple[Correction, ...] = ()) -> str:
    """A library file before its first conversion."""
    return write(ReadingList(title="", slug=slug, corrections=corrections))


def files() -> dict[str, str]:
    return {slug: bare(slug, corrections) for slug, corrections in CORRECTIONS.items()}


def test_documents_become_library_files_with_each_work_once(converter: ModuleType) -> None:
    result = converter.convert(DOCUMENTS, files())
    first, second = read(result["first-list"]), read(result["second-list"])
    assert [entry.reference.citekey for entry in first.entries] == [
        "antman2020",
        "tofu2019",
        "zero2020",
        "alpa2022",
    ]
    assert [entry.reference.citekey for entry in second.entries] == [
        "alpa",
        "zero2020",
        "xu2020automatic",
        "tofu2019",
    ]
    assert (first.title, first.sections) == ("First List", (("Scheduling",),))


def test_the_best_of_all_lists_is_united(converter: ModuleType) -> None:
    result = converter.convert(DOCUMENTS, files())
    references = {
        entry.reference.citekey: entry.reference for text in result.values() for entry in read(text).entries
    }
    zero = references["zero2020"]
    assert zero.title == "ZeRO: Memory Optimizations Toward Training Trillion Parameter Models"
    assert (zero.venue, zero.year, zero.extra["page"], zero.type) == ("SC", 2020, "1–16", "paper-conference")
    assert [creator.family for creator in zero.creators] == ["Rajbhandari", "Rasley", "Ruwase", "He"]
    tofu = references["tofu2019"]
    assert tofu.title == "Supporting Very Large Models using Automatic Dataflow Graph Partitioning"
    assert (tofu.title_short, tofu.doi, tofu.extra["et-al"]) == ("Tofu", "10.1145/3302424.3303953", "yes")
    assert (references["alpa"].related, references["alpa2022"].related) == (("alpa2022",), ("alpa",))


def test_corrections_are_applied_and_stay_in_the_file(converter: ModuleType) -> None:
    second = read(converter.convert(DOCUMENTS, files())["second-list"])
    sharding = second.entries[2]
    assert [link.url for link in sharding.reference.links] == ["https://arxiv.org/abs/2004.13336"]
    assert sharding.reference.title == "Automatic Sharding of Weight Update in Training"
    assert sharding.title == "Automatic sharding of weight update in training"
    assert second.corrections == CORRECTIONS["second-list"]


def test_converting_again_changes_no_byte(converter: ModuleType) -> None:
    once = converter.convert(DOCUMENTS, files())
    assert converter.convert(DOCUMENTS, once) == once


@pytest.mark.parametrize(
    ("correction", "message"),
    [
        (Correction(entry=1, field="title", was="Not said", now="x", reason="y"), "does not say"),
        (Correction(entry=9, field="title", was="", now="x", reason="y"), "no entry 9"),
        (Correction(entry=1, field="colour", was="", now="x", reason="y"), "no field"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(
    converter: ModuleType, correction: Correction, message: str
) -> None:
    with pytest.raises(converter.ConversionError, match=message):
        converter.convert({"one.txt": OUTLINE}, {"first-list": bare("first-list", (correction,))})


def test_contradictions_must_be_settled_by_hand(converter: ModuleType) -> None:
    other = OUTLINE.replace("First List", "Other List").replace("OSDI20", "OSDI21")
    with pytest.raises(converter.ConversionError, match="OSDI in 2020, 2021"):
        converter.convert(
            {"one.txt": OUTLINE, "other.txt": other},
            {slug: bare(slug) for slug in ("first-list", "other-list")},
        )
    settled = bare(
        "other-list", (Correction(entry=1, field="year", was="OSDI21", now="2020", reason="a slip"),)
    )
    result = converter.convert(
        {"one.txt": OUTLINE, "other.txt": other}, {"first-list": bare("first-list"), "other-list": settled}
    )
    assert read(result["other-list"]).entries[0].reference.year == 2020


def test_a_file_without_its_document_is_refused(converter: ModuleType) -> None:
    with pytest.raises(converter.ConversionError, match="no document for second-list"):
        converter.convert({"one.txt": OUTLINE}, files())


def test_the_command_line_asks_for_a_folder(converter: ModuleType, tmp_path: Path) -> None:
    said: list[str] = []
    assert converter.main([], said.append) == 2
    assert converter.main([str(tmp_path)], said.append) == 1
    assert said[0].startswith("usage")
    assert said[1].startswith("error")
