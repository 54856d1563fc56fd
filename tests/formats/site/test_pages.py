"""The pages: whole, escaped, and every link inside the site leads somewhere."""

from __future__ import annotations

import json
import re

import pytest

from notes_tui.formats import site
from notes_tui.model.dump import DumpedCollection
from notes_tui.model.item import Annotation, Creator, Entry, HistoryEvent, Item, ItemDetail, Link, Note
from notes_tui.model.outline import outlines
from tests.conftest import HOSTILE_TITLES

ITEM = Item(
    citekey="antman2020",
    title="AntMan: <b>Scaling</b> & more",
    title_short="AntMan",
    creators=(Creator("Xiao", "Wencong"),),
    type="paper-conference",
    venue="OSDI",
    year=2020,
    read_status="read",
    rating=4,
    tags=("gpu", "moe/routing"),
    links=(Link("paper", "https://example.org/a?b=1&c=2"), Link("other", "javascript:alert(1)")),
    entries=(Entry("a b", ("Section",), 1, "", ""),),
)
DETAIL = ItemDetail(
    ITEM,
    (Note("", "The **note**.\n"), Note("More <i>", "text")),
    (Annotation(id="a1b2c3d4e5", quote="idle\nGPUs <x>", page=5, role="claim", comment="Really?"),),
    (
        HistoryEvent("antman2020", "2026-01-02T10:00:00+01:00", "status", None, "read", 3),
        HistoryEvent("antman2020", "2026-01-03T10:00:00+01:00", "opened", None, None, None),
        HistoryEvent("antman2020", "2026-01-04T10:00:00+01:00", "rating", None, 4, None),
    ),
)
LOOK = site.Look("My <notes>", {"antman2020": "papers/antman2020.html"}, {"read": "●"}, ("read",))
LISTS = outlines([DumpedCollection(slug="a b", title="List & co")], [ITEM])


def test_the_page_of_an_item_shows_everything_about_it() -> None:
    html = site.item_page(DETAIL, LOOK, {"a b": "List & co"})
    for shown in (
        "<h1>AntMan: &lt;b&gt;Scaling&lt;/b&gt; &amp; more</h1>", "Wencong Xiao", "OSDI · 2020 · conference paper", "● ",
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">paper (example.org)</a>',
        'href="../index.html#tag=moe%2Frouting"', 'href="../index.html#list=a%20b">List &amp; co › Section</a>',
        '<figure id="a-a1b2c3d4e5">', "idle\nGPUs &lt;x&gt;", "p. 5 · claim", "<p>Really?</p>", "<strong>note</strong>",
        "<h2>More &lt;i&gt;</h2>", "unread → read, p. 3", "rated 4 of 5", "2026-01-02",
    ):  # fmt: skip
        assert shown in html
    assert "alert" not in html
    assert "2026-01-03" not in html


def test_the_index_lists_the_sections_and_carries_the_words_to_search() -> None:
    html = site.index_page(LISTS, [DETAIL], LOOK)
    assert "<title>My &lt;notes&gt;</title>" in html
    assert '<section data-list="a b" id="list-a%20b">' in html
    assert 'href="papers/antman2020.html"' in html
    assert "1 of 1 read" in html
    found = re.search(r'<script type="application/json" id="words">(.*?)</script>', html)
    assert found
    words = json.loads(found[1])["antman2020"]
    assert "wencong xiao" in words
    assert "the **note**." in words
    assert "<" not in found[1]


def test_only_the_script_of_the_index_may_run() -> None:
    assert "script-src &#x27;none&#x27;" in site.item_page(DETAIL, LOOK, {})
    index = site.index_page(LISTS, [DETAIL], LOOK)
    assert re.search(r"script-src &#x27;sha256-[\w+/=]+&#x27;", index)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", index)


@pytest.mark.parametrize(
    "title", [*HOSTILE_TITLES, "x" * 3000, '"><script>alert(1)</script>', "</script><script>"]
)
def test_titles_of_any_kind_are_shown_and_never_run(title: str) -> None:
    item = Item(
        citekey="x", title=title, tags=('"><b>',), venue="<i>", entries=(Entry("a b", (), 1, "", ""),)
    )
    look = site.Look("T", {"x": "papers/x.html"}, {}, ())
    detail = ItemDetail(item, (), (), ())
    lists = outlines([DumpedCollection(slug="a b", title=title)], [item])
    for html in (site.index_page(lists, [detail], look), site.item_page(detail, look, {"a b": title})):
        assert "<script>alert" not in html
        assert html.count("<script") == (2 if 'id="words"' in html else 0)
        assert not any(ord(each) < 32 and each not in "\n\t" for each in html)
        assert "<b>" not in html
