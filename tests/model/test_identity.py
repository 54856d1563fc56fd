"""Which descriptions are one work, and how works are named."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.model.identity import Verdict, compare, make_citekey, match, match_keys, scored
from notes_tui.model.item import Creator, Link, Reference
from tests.references import references

PIPEDREAM = Reference(
    title="PipeDream: Generalized Pipeline Parallelism for DNN Training",
    title_short="PipeDream",
    arxiv="1806.03377",
    type="paper-conference",
    venue="SOSP",
    year=2019,
)
HOROVOD = Reference(
    title="Horovod: fast and easy distributed deep learning in TensorFlow", arxiv="1802.05799"
)


def verdict(one: Reference, other: Reference) -> Verdict:
    """The verdict, which may not depend on the order."""
    result = compare(one, other).verdict
    assert compare(other, one).verdict is result
    return result


def test_equal_titles_are_the_same_work_whatever_their_spelling() -> None:
    assert (
        verdict(PIPEDREAM, Reference(title="Pipedream: generalized pipeline parallelism for dnn training"))
        is Verdict.SAME
    )


def test_agreeing_ids_join_titles_that_do_not_disagree() -> None:
    preprint = Reference(
        title="PipeDream: Fast and Efficient Pipeline Parallel DNN Training", arxiv="1806.03377"
    )
    assert verdict(PIPEDREAM, preprint) is Verdict.SAME
    assert verdict(PIPEDREAM, Reference(title="PipeDream", arxiv="1806.03377")) is Verdict.SAME
    assert verdict(PIPEDREAM, Reference(arxiv="1806.03377")) is Verdict.SAME


def test_a_wrong_id_does_not_join_titles_that_disagree() -> None:
    wrong = Reference(title="Automatic cross-replica sharding of weight update", arxiv=HOROVOD.arxiv)
    assert verdict(HOROVOD, wrong) is Verdict.DOUBTFUL
    assert "disagree" in compare(HOROVOD, wrong).reason


def test_an_id_does_not_join_titles_with_different_numbers() -> None:
    one = Reference(title="A Survey of Schedulers, Part I", doi="10.1145/1")
    assert verdict(one, replace(one, title="A Survey of Schedulers, Part II")) is not Verdict.SAME


def test_a_name_before_the_title_is_certain_only_for_a_title_that_says_something() -> None:
    title = "Heterogeneity-Aware Cluster Scheduling Policies for Deep Learning Workloads"
    assert verdict(Reference(title=title), Reference(title=f"Gavel: {title}")) is Verdict.SAME
    assert verdict(Reference(title="A Survey"), Reference(title="Gavel: A Survey")) is Verdict.DOUBTFUL


def test_one_title_under_two_names_is_for_a_person_to_settle() -> None:
    title = "Statistical Multiplexing with Model Parallelism for Deep Learning Serving"
    alpaserve, beta = Reference(title=f"AlpaServe: {title}"), Reference(title=f"Beta: {title}")
    assert verdict(alpaserve, beta) is Verdict.DOUBTFUL
    assert verdict(replace(alpaserve, arxiv="2302.11665"), replace(beta, arxiv="2302.11665")) is Verdict.SAME


def test_likeness_alone_only_proposes() -> None:
    one = Reference(title="Hydro: Surrogate-Based Hyperparameter Tuning Service in Datacenters")
    other = Reference(title="Hydro: Surrogate-Based Hyperparameter Tuning Service in the Datacenter")
    assert verdict(one, other) is Verdict.DOUBTFUL


@pytest.mark.parametrize("shared", ["link", "name", "nothing"])
def test_a_shared_link_or_name_joins_nothing(shared: str) -> None:
    repository = (Link("code", "https://github.com/flexflow/FlexFlow"),) if shared == "link" else ()
    name = "DSP" if shared == "name" else ""
    one = Reference(title="Efficient GNN Training with Multiple GPUs", title_short=name, links=repository)
    other = Reference(
        title="Dynamic Sequence Parallelism for Multi-Dimensional Transformers",
        title_short=name,
        links=repository,
    )
    assert verdict(one, other) is Verdict.DIFFERENT


def test_a_bare_name_joins_only_with_something_to_speak_for_it() -> None:
    one = Reference(title="Gemini", venue="SOSP", year=2023)
    assert verdict(one, Reference(title="Gemini")) is Verdict.DOUBTFUL
    assert verdict(one, Reference(title="Gemini", venue="SOSP", year=2023)) is Verdict.SAME
    assert (
        verdict(
            Reference(title="AutoMap", arxiv="2112.02958"), Reference(title="Auto-MAP", arxiv="2007.04069")
        )
        is Verdict.DOUBTFUL
    )


def test_software_and_the_paper_about_it_are_two() -> None:
    paper = Reference(title="FlexFlow", type="paper-conference", arxiv="1807.05358")
    assert verdict(paper, replace(paper, type="software")) is Verdict.DIFFERENT


def test_equal_titles_by_other_people_are_doubtful() -> None:
    one = Reference(title="Deep Learning Systems in Practice", creators=(Creator("LeCun", "Yann"),))
    other = replace(one, creators=(Creator("Goodfellow", "Ian"),))
    assert verdict(one, other) is Verdict.DOUBTFUL
    assert (
        verdict(one, replace(one, creators=(Creator("Yann", "LeCun"), Creator("Hinton", "Geoffrey"))))
        is Verdict.SAME
    )


def test_the_best_candidate_is_taken_and_doubtful_ones_are_proposed() -> None:
    like = Reference(title="PipeDream: Generalised Pipeline Parallelism for DNN Training", citekey="like")
    same = replace(PIPEDREAM, citekey="same")
    found = match(
        replace(PIPEDREAM, title="Pipedream: generalized pipeline parallelism for DNN training"),
        [HOROVOD, like, same],
    )
    assert found.same is same
    assert [proposal.candidate for proposal in found.proposals] == [like]
    assert match(HOROVOD, []).same is None


TITLES = st.sampled_from(
    [
        "Gandiva: Introspective Cluster Scheduling",
        "Introspective Cluster Scheduling",
        "Gandiva",
        "gandiva.",
        "",
        "Part I",
        "Part II",
    ]
) | st.text(max_size=30)
REFERENCES = st.builds(
    Reference,
    title=TITLES,
    type=st.sampled_from(["article", "software"]),
    arxiv=st.sampled_from(["", "2301.00010", "2301.00011"]),
    doi=st.sampled_from(["", "10.1145/1", "10.48550/arXiv.2301.00010"]),
    venue=st.sampled_from(["", "OSDI"]),
)


@settings(deadline=None)
@given(REFERENCES, REFERENCES)
def test_the_same_work_shares_a_key_and_order_does_not_matter(one: Reference, other: Reference) -> None:
    result = compare(one, other)
    assert compare(other, one).verdict is result.verdict
    assert result.reason
    if result.verdict is Verdict.SAME:
        assert match_keys(one) & match_keys(other)


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        (Reference(title="AntMan: Dynamic Scaling on GPU Clusters", year=2020), "antman2020"),
        (Reference(title="Heterogeneity-Aware Policies", title_short="Gavel", year=2020), "gavel2020"),
        (
            Reference(
                title="On the Theory of Schedules", creators=(Creator("van Nieuwpoort", "Rob V."),), year=2022
            ),
            "vannieuwpoort2022theory",
        ),
        (Reference(title="The Theory of Schedules"), "theoryschedules"),
        (Reference(title="Erdős: Größe", year=1999), "erdos1999"),
        (Reference(title="调度", year=2024), "item2024"),
        (Reference(title="大语言模型综述：2024", venue="OSDI", year=2024), "osdi2024"),
        (Reference(), "item"),
        (
            Reference(
                title="Amazon SageMaker Model Parallelism: A Framework",
                creators=(Creator("Karakus", "Can"),),
                year=2021,
            ),
            "karakus2021amazon",
        ),
    ],
)
def test_citekeys_speak(reference: Reference, key: str) -> None:
    assert make_citekey(reference, ()) == key


def test_a_clash_gets_a_letter() -> None:
    taken = {"optimus2018", *(f"optimus2018{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")}
    reference = Reference(title="Optimus: Schedulers", year=2018)
    assert make_citekey(reference, {"optimus2018"}) == "optimus2018a"
    assert make_citekey(reference, taken) == "optimus2018aa"


@settings(deadline=None)
@given(REFERENCES, st.sets(st.sampled_from(["gandiva", "item", "gandivaa"])))
def test_citekeys_are_free_safe_and_always_the_same(reference: Reference, taken: set[str]) -> None:
    key = make_citekey(reference, taken)
    assert key not in taken
    assert re.fullmatch(r"[a-z0-9]+", key)
    assert key == make_citekey(reference, taken)


LEE = (Creator("Lee", "Ann"),)


@pytest.mark.parametrize(
    ("one", "other", "expected", "words"),
    [
        (Reference(title="Deep Learning of Things", type="book", creators=LEE), Reference(title="Deep Learning of Things", type="article-journal", creators=LEE),
         Verdict.DOUBTFUL, "one is a book"),
        (Reference(title="Session on Systems and Data", doi="10.1/1"), Reference(title="Session on Systems and Data", doi="10.1/2"),
         Verdict.DOUBTFUL, "the DOI differs"),
        (Reference(title="Session on Systems and Data", doi="10.1/1", creators=LEE), Reference(title="Session on Systems and Data", doi="10.1/2", creators=LEE),
         Verdict.SAME, "the same title"),
        (Reference(title="Scaling Laws for Neural Models: A Second Look", creators=LEE), Reference(title="Scaling Laws for Neural Models", creators=LEE),
         Verdict.DOUBTFUL, "without what follows"),
        (Reference(title="HotLanes: Conversion of Lanes on the Northern Road", creators=(Creator("Kim", "Bo"), *LEE)),
         Reference(title="Conversion of Lanes on the Northern Road", creators=(Creator("Ono", "Aki"), *LEE)), Verdict.DOUBTFUL, "with a name before it"),
        (Reference(title="Scaling Laws for Neural Models: A Second Look"), Reference(title="Scaling Laws for Neural Models"), Verdict.DIFFERENT, "differ"),
        (Reference(title="Scheduling Jobs on Large Clusters", creators=LEE), Reference(title="Scheduling Job on Large Clusters", creators=(Creator("Kim", "Bo"),)),
         Verdict.DOUBTFUL, "titles alike"),
        (Reference(title="Scheduling Jobs on Large Clusters", creators=LEE), Reference(title="Scheduling Jobs on Charged Clusters", creators=(Creator("Kim", "Bo"),)),
         Verdict.DIFFERENT, "differ"),
    ],
)  # fmt: skip
def test_what_speaks_for_one_work_and_against_it(
    one: Reference, other: Reference, expected: Verdict, words: str
) -> None:
    assert verdict(one, other) is expected
    assert words in compare(one, other).reason


@given(references(), references())
def test_scores_lie_between_0_and_1_and_order_does_not_matter(one: Reference, other: Reference) -> None:
    found = scored(one, other)
    assert 0 <= found.score <= 1
    assert found.score == scored(other, one).score
    assert (found.score == 1) is (found.verdict is Verdict.SAME)


def _column(volume: str, issue: str, page: str, year: int | None = None, doi: str = "") -> Reference:
    extra = {"volume": volume, "issue": issue, "page": page}
    return Reference(
        title="The Typographer's Inn of Peter",
        venue="TUGboat",
        year=year,
        creators=LEE,
        extra=extra,
        doi=doi,
    )


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (_column("18", "4", "242-245"), Verdict.SAME),
        (_column("18", "4", "242–245"), Verdict.SAME),
        (_column("18", "", "242"), Verdict.SAME),
        (_column("18", "4", "1-2"), Verdict.SAME),
        (_column("19", "4", "1-2"), Verdict.DIFFERENT),
        (_column("18", "5", "1-2"), Verdict.DIFFERENT),
        (_column("19", "4", "242-245", 1998), Verdict.DIFFERENT),
        (_column("19", "4", "242-245", 1997), Verdict.SAME),
        (replace(_column("19", "4", "1-2"), venue="CACM"), Verdict.SAME),
    ],
)
def test_a_column_with_one_title_in_every_issue_is_many_works(other: Reference, expected: Verdict) -> None:
    assert verdict(_column("18", "4", "242-245", 1997), other) is expected


def test_an_identifier_outweighs_a_mistyped_volume() -> None:
    assert (
        verdict(_column("18", "4", "1-2", doi="10.1/a"), _column("19", "4", "3", doi="10.1/a"))
        is Verdict.SAME
    )


def test_names_that_differ_in_a_number_are_of_two_works() -> None:
    rest = "Open Weights for Everybody Who Asks"
    assert (
        verdict(Reference(title=f"Llamas: {rest}"), Reference(title=f"Llamas 2: {rest}")) is Verdict.DIFFERENT
    )
    assert (
        verdict(Reference(title=f"Llamas: {rest}"), Reference(title=f"Alpacas: {rest}")) is Verdict.DOUBTFUL
    )
