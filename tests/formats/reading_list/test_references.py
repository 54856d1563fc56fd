"""References as bibliographies set them, inside lists: names first, volumes, dates, names turned round."""

from __future__ import annotations

import pytest

from notes_tui.formats.reading_list import read
from notes_tui.formats.reading_list.citations import find_issue, split_author_and_date, split_citation
from notes_tui.model.item import Reference


def reference(markdown: str, section: str = "Papers on it") -> Reference:
    """What the one entry of a list says."""
    found = read(f"# List\n\n## {section}\n\n{markdown}\n")
    assert (len(found.entries), found.problems) == (1, ())
    return found.entries[0].reference


@pytest.mark.parametrize(
    ("markdown", "people", "title", "venue", "year"),
    [
        (
            "* N Wang, DY Yeung, Learning a Deep Compact Representation, NIPS, 2013. [[Paper]](http://a.org/p.pdf)",
            "N Wang; DY Yeung", "Learning a Deep Compact Representation", "NeurIPS", 2013,
        ),
        (
            "* Osendorfer, Christian, Hubert Soyer, and Patrick van der Smagt, Fast Sparse Coding of Images, ICONIP, 2014.",
            "Christian Osendorfer; Hubert Soyer; Patrick van der Smagt", "Fast Sparse Coding of Images", "ICONIP", 2014,
        ),
        (
            '**[6]** Szegedy, Christian, et al. "**Going deeper with convolutions**." Proceedings of the IEEE Conference on Computer '
            "Vision and Pattern Recognition. 2015. [[pdf]](http://a.org/g.pdf) **(GoogLeNet)** :star::star:",
            "Christian Szegedy", "Going deeper with convolutions", "CVPR", 2015,
        ),
        (
            '**[2]** Hinton, Geoffrey E., Simon Osindero, and Yee-Whye Teh. "**A fast learning algorithm**." Neural computation 18.7 '
            "(2006): 1527-1554. [[pdf]](http://a.org/h.pdf)",
            "Geoffrey E. Hinton; Simon Osindero; Yee-Whye Teh", "A fast learning algorithm", "Neural computation", 2006,
        ),
        (
            "- [Wang, L., & Lim, E. P. (2023). Zero-Shot Recommendation using Large Models. *arXiv preprint arXiv:2304.03153*.]"
            "(https://arxiv.org/pdf/2304.03153)",
            "L. Wang; E. P Lim", "Zero-Shot Recommendation using Large Models", "arXiv", 2023,
        ),
        (
            "* [Game theory](https://a.org/g.pdf) by Nowé A, De Hauwere Y M, Shoham Y. Artificial Intelligence, 2007.",
            "A Nowé; Y M De Hauwere; Y Shoham", "Game theory", "Artificial Intelligence", 2007,
        ),
        (
            "- **Kernels From Information (Machine Learning 2016)**\n  - Neumann, Marion and Garnett, Roman\n  - [[Paper]](https://a.org/k.pdf)",
            "Marion Neumann; Roman Garnett", "Kernels From Information", "Machine Learning", 2016,
        ),
        (
            '* **LR-Net**: "Local Relation Networks", CVPRW, 2019 (*JD*). [[Paper](https://arxiv.org/abs/1904.11491)]',
            "", "Local Relation Networks", "CVPRW", 2019,
        ),
        (
            '* **Axial**: "Axial Attention in Transformers", arXiv, 2019 (rejected by ICLR 2020). [[Paper](https://arxiv.org/abs/1912.12180)]',
            "", "Axial Attention in Transformers", "arXiv", 2019,
        ),
        (
            "1. **Graphs: A Review.** AI Open 2020. [paper](https://a.org/g.pdf)\n\n    *Jie Zhou, Ganqu Cui.*",
            "Jie Zhou; Ganqu Cui", "Graphs: A Review", "", 2020,
        ),
        (
            "* Zachary C. Lipton, [A Critical Review](http://arxiv.org/pdf/1506.00019v1.pdf), arXiv:1506.00019",
            "Zachary C. Lipton", "A Critical Review", "arXiv", 2015,
        ),
        (
            '* Lukas Burget, Jan "Honza" Cernocky, *Language Model of Things*, Interspeech 2010 [[Paper](http://a.org/m.pdf)]',
            'Lukas Burget; Jan "Honza" Cernocky', "Language Model of Things", "Interspeech", 2010,
        ),
        (
            "* GRN [[Paper](http://a.org/b.pdf)]\n  * Mike Schuster and Kuldip K. Paliwal, *Gated Networks*, Trans. on Signal Processing 1997",
            "Mike Schuster; Kuldip K. Paliwal", "Gated Networks", "Trans. on Signal Processing", 1997,
        ),
        (
            "- [2023/04] **MiniGPT-4: Enhancing Vision.** *Deyao Zhu. arXiv.*[[paper](https://arxiv.org/abs/2304.10592)]",
            "Deyao Zhu", "MiniGPT-4: Enhancing Vision", "arXiv", 2023,
        ),
        ("- 1979, [Access Path Selection](https://dl.acm.org/citation.cfm?id=5), SIGMOD", "", "Access Path Selection", "SIGMOD", 1979),
        (
            "* [Asymmetric learning](https://a.org/a.pdf) by Könönen V. Web Intelligence and Agent Systems, 2004.",
            "V Könönen", "Asymmetric learning", "Web Intelligence and Agent Systems", 2004,
        ),
        (
            "- [Gaussian processes](https://a.org/g.pdf) - Carl Edward Rasmussen and Christopher K. I. Williams 2005",
            "Carl Edward Rasmussen; Christopher K. I. Williams", "Gaussian processes", "", 2005,
        ),
        (
            "- [Taming compiler fuzzers, 2013](https://a.org/f.pdf)",
            "", "Taming compiler fuzzers", "", 2013,
        ),
        (
            "**Editing Models: Problems and Methods, EMNLP 2023 Main Conference Paper**. [[paper](https://arxiv.org/abs/2305.13172)]",
            "", "Editing Models: Problems and Methods", "EMNLP", 2023,
        ),
        (
            "**Text Embeddings Reveal Text** \\\n*John X. Morris, Alexander M. Rush*  \\\narXiv- Oct 2023 [[Paper](https://a.org/t.pdf)]",
            "John X. Morris; Alexander M. Rush", "Text Embeddings Reveal Text", "arXiv", 2023,
        ),
        (
            "- [Autotuning](https://a.org/m.pdf) - Amir H. Ashouri and John Cavazos. ACM Transactions on Architecture (TACO) 2017.",
            "Amir H. Ashouri; John Cavazos", "Autotuning", "TACO", 2017,
        ),
    ],
)  # fmt: skip
def test_references_of_many_styles(markdown: str, people: str, title: str, venue: str, year: int) -> None:
    found = reference(markdown)
    assert "; ".join(creator.name for creator in found.creators) == people
    assert (found.title, found.venue, found.year) == (title, venue, year)


def test_volume_issue_and_pages_are_kept() -> None:
    found = reference(
        'Mnih, Volodymyr, et al. "**Human-level control**." Nature 518.7540 (2015): 529-533. [[pdf]](https://a.org/n.pdf)'.join(
            ("**[1]** ", "")
        )
    )
    assert dict(found.extra) == {"volume": "518", "issue": "7540", "page": "529-533", "et-al": "yes"}
    assert found.type == "article-journal"


@pytest.mark.parametrize(
    ("section", "markdown", "kind", "people"),
    [
        ("Books", "* [Machine Learning](http://a.org/ml) - Tom M. Mitchell 1997", "book", "Tom M. Mitchell"),
        ("Books", "* [Deep Learning by Ian Goodfellow and Yoshua Bengio](http://a.org/dl)", "book", "Ian Goodfellow; Yoshua Bengio"),
        ("Courses", "* [Computer Vision](http://a.org/cv) - Steve Seitz (University of Washington)", "webpage", "Steve Seitz"),
        ("Tutorials and talks", "* [Unreasonable](http://a.org/u) Yann LeCun (NYU) 2014", "motion_picture", "Yann LeCun"),
        ("Tools", "- [radamsa](https://gitlab.com/a/radamsa) - A fuzzer of the [driller paper](https://a.org/d.pdf).", "software", ""),
        ("Classic System Design", "* [The File System](http://a.org/gfs.html) (2003): An append-only system.", "article", ""),
        ("Datasets", "- [HH-RLHF](https://github.com/a/hh)", "dataset", ""),
    ],
)  # fmt: skip
def test_kinds_follow_the_section_and_the_address(
    section: str, markdown: str, kind: str, people: str
) -> None:
    found = reference(markdown, section)
    assert found.type == kind
    assert "; ".join(creator.name for creator in found.creators) == people


@pytest.mark.parametrize(
    ("heading", "venue"),
    [
        ("Network and Distributed System Security Symposium (NDSS)", "NDSS"),
        ("IEEE Symposium on Security and Privacy (IEEE S&P)", "IEEE S&P"),
        ("ACM CCS", "CCS"),
        ("ArXiv (Fuzzing with Learning)", "arXiv"),
    ],
)
def test_a_heading_lends_the_venue_in_its_brackets(heading: str, venue: str) -> None:
    assert reference("- [Fuzzing of Many Things](https://a.org/f.pdf)", heading).venue == venue


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("- [x] [Done: A Paper](https://arxiv.org/abs/2001.00001)", "Done: A Paper"),
        ("- P^2 (MLSys 2022)", "P^2"),
        ("- 大语言模型综述（OSDI 2020）", "大语言模型综述"),
        ("- [CVPR 2015](http://a.org/cvpr15/) - Jun 2015", "CVPR 2015"),
        ("- https://github.com/a/Awesome-Things", "Awesome-Things"),
        ("- Joint Scheduling of Things (OSDI'22) [also in [2.1](#21-x)]", "Joint Scheduling of Things"),
        ("- Interleaving for deep learning training (`Muri`) (SIGCOMM'22)", "Interleaving for deep learning training"),
        ("- [The Datacenter as a Computer](https://a.org/d.pdf): Two people explain what such machines are.", "The Datacenter as a Computer"),
        ("- [Training Efficiency with C4](https://a.org/c4.pdf): A Communication-Driven Approach", "Training Efficiency with C4: A Communication-Driven Approach"),
    ],
)  # fmt: skip
def test_titles_without_what_is_no_part_of_them(markdown: str, title: str) -> None:
    found = read(f"# List\n\n{markdown}\n- [Another Paper](https://arxiv.org/abs/2001.00009)\n")
    assert found.entries[0].reference.title == title
    assert "[x]" not in found.entries[0].text


@pytest.mark.parametrize(
    "text",
    [
        "Attention Is All You Need",
        "Speed, Accuracy, and Cost, OSDI 2020",
        "Vision Models, Language Models, arXiv 2020",
        "",
    ],
)
def test_titles_are_no_references(text: str) -> None:
    assert split_citation(text) is None
    assert split_author_and_date(text) is None
    assert find_issue(text) is None
