"""References for property tests: such as people have, with the signs that formats stumble over."""

from __future__ import annotations

from hypothesis import strategies as st

from notes_tui.model.item import Creator, Link, Reference

_SIGNS = st.sampled_from([*"&%_#$~^{}\\\"'`@<>|=,;:.!?-/()[]*+", "--", "---", "``", "''", "%%", "\\&", "{}"])
_LETTERS = st.sampled_from(
    ["a", "GPU", "of", "Ünï", "ß", "İ", "调度", "ニューラル", "𝜆", "é", "x1", "and", "AntMan", "A"]
)
_WORDS = st.lists(st.one_of(_LETTERS, _SIGNS), min_size=1, max_size=4).map("".join)
LINES = st.lists(_WORDS, min_size=1, max_size=8).map(" ".join)
"""One line of text with no white space at its ends."""

NAMES = st.sampled_from(
    ["Xiao", "van der Berg", "Ó Dálaigh", "García Molina", "张", "Xu & Co", "O'Neil", "Lee-Smith"]
)
GIVEN = st.sampled_from(["Wencong", "J. R.", "Jean-Luc", "三", "M. Jr."])
CREATORS = st.one_of(
    st.builds(Creator, family=NAMES, given=GIVEN),
    st.builds(
        Creator,
        literal=st.sampled_from(["OpenAI", "The Research Group", "Barnes and Noble Inc", "A, B and C Ltd"]),
    ),
)
TYPES = st.sampled_from(
    "paper-conference article-journal article software book chapter thesis report webpage dataset patent standard "
    "graphic speech post-weblog entry-encyclopedia manuscript periodical".split()
)
CITEKEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9:_./+-]{0,14}", fullmatch=True).filter(
    lambda key: "://" not in key
)
_URLS = st.sampled_from(
    [
        "https://example.org/a_b?x=1&y=%7E#z",
        "https://example.org/paper.pdf",
        "https://github.com/o/n",
        "https://h.example/~u",
    ]
)
VENUES = st.one_of(
    st.just(""),
    st.sampled_from(["OSDI", "arXiv", "Journal of A & B", "Proc. of the 3rd {X}", "Nature"]),
    LINES,
)


def references() -> st.SearchStrategy[Reference]:
    """References that a bibliography can hold without loss."""
    return st.builds(
        Reference,
        citekey=CITEKEYS,
        type=TYPES,
        title=LINES,
        title_short=st.one_of(st.just(""), LINES),
        creators=st.lists(CREATORS, max_size=4).map(tuple),
        venue=VENUES,
        year=st.one_of(st.none(), st.integers(1450, 2100)),
        doi=st.sampled_from(["", "10.1145/3620666.3651359", "10.1000/a_b(c)d"]),
        arxiv=st.sampled_from(["", "1706.03762", "cs/0112017"]),
        abstract=st.one_of(st.just(""), LINES, st.tuples(LINES, LINES).map("\n\n".join)),
        links=st.one_of(
            st.just(()), _URLS.map(lambda url: (Link("paper", url),)),
            st.tuples(_URLS, _URLS).filter(lambda two: two[0] != two[1]).map(
                lambda two: (Link("paper", two[0]), Link("project", two[1]))
            ),
        ),
        extra=st.fixed_dictionaries(
            {},
            optional={
                "volume": st.integers(1, 99).map(str), "issue": st.sampled_from(["1", "2–3"]),
                "page": st.sampled_from(["1-11", "86", "e1234", "S1-S9"]), "publisher": LINES, "note": LINES,
                "keyword": st.sampled_from(["a, b", "deep learning; GPU"]), "edition": st.just("2"),
                "ISBN": st.just("978-3-16-148410-0"), "editor": st.just("Berg, Jan; {The Board}"),
                "collection-title": LINES, "primaryclass": st.just("cs.LG"),
            },
        ),
    )  # fmt: skip


def distinct_references(max_size: int = 6) -> st.SearchStrategy[list[Reference]]:
    """Several references, each with a citekey of its own."""
    return st.lists(references(), max_size=max_size, unique_by=lambda reference: reference.citekey.lower())
