"""What a search finds agrees with reading every text, whatever the words, the script or the way they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes_tui.model import query as q
from notes_tui.model.item import Annotation, Reference
from notes_tui.services import capturing, writing
from notes_tui.store import derived, pdf_pages, search
from notes_tui.store.database import Store, open_store

_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−－", "-"))
_CJK = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
TITLES = (
    "Cluster Scheduling for Deep Learning",
    "Deep‐Learning schedulers: a naïve Café",
    "集群调度 with GPUs",
    "ｶﾀｶﾅ and カタカナ, ガス",
    "한국어 논문",
    "MoE routing",
    "Transformer",
    "",
)
NOTES = (
    "调度方法很好。GPU集群",
    "uses MoE; deep nets",
    "e\u0301tude of the cluster",
    "",
    "한국 カタカナ",
    "ＡＢＣ full width",
)
QUOTES = ("scheduling is hard", "方法", "", "routing tokens")
PAGES = ("deep routing of tokens", "调度", "cluster étude", "")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("oracle")
    with open_store(folder / "notes.db", create=True) as store:
        number = 0
        for title in TITLES:
            for note, quote, page in zip(NOTES, QUOTES * 2, PAGES * 2, strict=False):
                number += 1
                with store.step("added"):
                    item_id = capturing.insert(store, Reference(title=title, year=2000 + number % 4))
                if note:
                    writing.save_note(store, item_id, note)
                if quote:
                    writing.annotate(store, item_id, Annotation(quote=quote))
                if page and number % 3 == 0:
                    sha256 = f"{number:064d}"
                    store.run(
                        "INSERT INTO attachments (uid, item_id, path, kind, sha256, added) VALUES (?, ?, '', 'pdf', ?, '')",
                        (sha256, item_id, sha256),
                    )
                    pdf_pages.put(store, sha256, [(1, page)])
        derived.refresh_order(store)
        yield store


def spoken(text: str) -> list[str]:
    """The words of a text, simply: one a run of letters, one a Chinese, Japanese or Korean character."""
    folded = unicodedata.normalize("NFKC", text).translate(_HYPHENS).casefold()
    plain = "".join(
        unicodedata.normalize("NFD", each)[0] if each < "\u0250" else each
        for each in _CJK.sub(r" \g<0> ", folded)
    )
    return [word for word in re.split(r"[\W_]+", plain) if word]


def stands_in(text: str, phrase: list[str], *, prefix: bool) -> bool:
    """Whether words stand side by side in a text."""
    there = spoken(text)
    for start in range(len(there) - len(phrase) + 1):
        *middle, last = there[start : start + len(phrase)]
        if middle == phrase[:-1] and (last.startswith(phrase[-1]) if prefix else last == phrase[-1]):
            return True
    return False


def texts(store: Store) -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = {}
    for row in store.rows("SELECT id, title, citekey FROM items WHERE trashed = ''"):
        found[row[0]] = {"title": [row[1]], "": [row[1], row[2]], "note": [], "quote": []}
    for name, sql in (
        ("note", "SELECT item_id, body FROM notes"),
        ("quote", "SELECT item_id, quote FROM annotations"),
    ):
        for item_id, text in store.tuples(sql):
            found[item_id][name].append(text)
            found[item_id][""].append(text)
    for item_id, sha256 in store.tuples("SELECT item_id, sha256 FROM attachments"):
        found[item_id][""] += [text for _, text in pdf_pages.pages_of(store, sha256) or ()]
    return found


def holds(node: q.Node, own: dict[str, list[str]], year: int) -> bool:
    match node:
        case q.And(parts):
            return all(holds(part, own, year) for part in parts)
        case q.Or(parts):
            return any(holds(part, own, year) for part in parts)
        case q.Not(part):
            return not holds(part, own, year)
        case q.Words(text, _) if not spoken(text):
            return text.strip() in own["title"][0]
        case q.Words(text, prefix):
            return any(stands_in(each, spoken(text), prefix=prefix) for each in own[""])
        case q.FieldIs(name, value, prefix):
            return any(stands_in(each, spoken(value), prefix=prefix) for each in own[name])
        case q.FieldRange(_, low, high):
            return int(low) <= year <= int(high)


WORDS = st.sampled_from(
    [
        "cluster", "CLUSTER", "schedul", "scheduling", "deep", "deep-learning", "deep–learning", "learning", "naive",
        "naïve", "cafe", "cafe\u0301", "调", "调度", "度调", "集群调度", "方法很", "gpu", "GPU集群", "gpus", "カタカナ",
        "ｶﾀ", "ガ", "ｶﾞｽ", "한국", "국어", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "moe", "routing", "tokens", "etude",
        "ＡＢＣ", "abc", "full", "absent", "transformer", "tr", "of",
    ]
)  # fmt: skip
TERMS = st.one_of(
    WORDS.map(q.Words),
    st.tuples(WORDS, WORDS).map(lambda pair: q.Words(" ".join(pair))),
    WORDS.map(lambda word: q.Words(word, prefix=True)),
    st.tuples(st.sampled_from(["title", "note", "quote"]), WORDS).map(lambda pair: q.FieldIs(*pair)),
    st.integers(2000, 2003).map(lambda year: q.FieldRange("year", str(year), str(year))),
)
TREES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        inner.map(q.Not),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: q.And(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: q.Or(tuple(parts))),
    ),
    max_leaves=6,
)


@settings(max_examples=250, deadline=None)
@given(node=TREES)
def test_any_query_finds_what_reading_everything_finds(library: Store, node: q.Node) -> None:
    own = texts(library)
    years = dict(library.tuples("SELECT id, year FROM items"))
    expected = {item_id for item_id, mine in own.items() if holds(node, mine, years[item_id])}
    listed = search.find(library, q.Query(node))
    order = [row[0] for row in library.tuples("SELECT id FROM items ORDER BY list_order, id")]
    assert listed == [item_id for item_id in order if item_id in expected]
    ranked = search.find(library, q.Query(node, (q.SortKey("rank"),)))
    assert sorted(ranked) == sorted(expected)
    assert search.find(library, q.Query(node, (q.SortKey("rank"),)), limit=3) == ranked[:3]
    assert search.count(library, q.Query(node)) == len(expected)


@settings(max_examples=250, deadline=None)
@given(
    text=st.text(st.sampled_from('调度方法集群カタ한국ab -"('), min_size=1, max_size=8), spread=st.booleans()
)
def test_a_typed_text_finds_where_it_stands(library: Store, text: str, spread: bool) -> None:
    node = q.parse(text, unfinished=spread).where
    own = texts(library)
    expected = {item_id for item_id, mine in own.items() if holds(node, mine, 0)}
    assert set(search.find(library, q.Query(node))) == expected


@pytest.mark.parametrize("few", [1, 10**9])
def test_the_way_a_query_is_run_does_not_change_what_it_finds(
    library: Store, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = ["deep", "cluster year:2001", "has:note 调度", "-moe deep", "moe OR year:2002", "status:unread routing -of",
               "has:annotation deep", "-has:note cluster", "key:c deep", "note:moe routing"]  # fmt: skip
    plain = {text: search.find(library, q.parse(text)) for text in queries}
    monkeypatch.setattr(search, "_FEW", few)
    for text, found in plain.items():
        where = q.parse(text).where
        assert search.find(library, q.Query(where)) == found
        assert sorted(search.find(library, q.Query(where, (q.SortKey("rank"),)))) == sorted(found)


def test_a_hit_in_the_title_comes_before_one_in_the_note(library: Store) -> None:
    ranked = search.find(library, q.parse("routing sort:rank"))
    titles = [library.value("SELECT title FROM items WHERE id = ?", (item_id,)) for item_id in ranked]
    in_title = ["routing" in str(title) for title in titles]
    assert in_title == sorted(in_title, reverse=True)
    assert any(in_title)
    assert not all(in_title)
