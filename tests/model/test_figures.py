"""Pictures in notes: found whatever stands around them, written so that they are found again."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.model.figures import (
    figure_link,
    image,
    is_named_by_content,
    joined,
    led_to,
    local_link,
    names_of_pictures,
    pictures,
    with_destinations,
)

SHA = "0123456789abcdef" * 4
NAMES = st.text(st.sampled_from("abc 图é._-()[]%#?&'\"+~"), min_size=1, max_size=12).filter(
    lambda name: name.strip() == name and set(name) - {"."}
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![The queue](figures/a.png)", [("The queue", "figures/a.png")]),
        ("a ![x](a.png) b ![](b.PNG)", [("x", "a.png"), ("", "b.PNG")]),
        ('![x](<a b.png> "title")', [("x", "a b.png")]),
        ("![x](./figs/../a%20b.png)", [("x", "a b.png")]),
        ("![x [y] \\] z](../img/a(1).png)", [("x [y] ] z", "../img/a(1).png")]),
        ("![x](figs\\a.png)", [("x", "figs/a.png")]),
        ("- ![x](a.png)\n> ![y](b.png)", [("x", "a.png"), ("y", "b.png")]),
        ("| ![x](a.png) | ![y](b.png) |", [("x", "a.png"), ("y", "b.png")]),
        ("[![x](a.png)](https://x.org)", [("x", "a.png")]),
        ("<IMG width=3 src='a.png' alt='x &amp; y'>", [("x & y", "a.png")]),
        ("![[a.png]] ![[b.png|300]] ![[c.png|The c]]", [("", "a.png"), ("", "b.png"), ("The c", "c.png")]),
        ("![x](https://x.org/a.png) ![x](//x.org/a.png) ![x](data:image/png;base64,x)", [("x", "")] * 3),
        ("![x](/abs/a.png) ![x](~/a.png) ![x](C:\\a.png) ![x](file:///a.png)", [("x", "")] * 4),
        ("![x](a.pdf) ![x](a) ![x](.) ![x](a.png%00)", [("x", "")] * 4),
        ("`![x](a.png)` ``![x](a.png) ` `` \\![x](a.png)", []),
        (
            "```\n![x](a.png)\n```\n~~~~ md\n![x](b.png)\n~~~\n![x](c.png)\n~~~~\n![x](d.png)",
            [("x", "d.png")],
        ),
        ("`a` ![x](a.png) `b", [("x", "a.png")]),
        ("![x] (a.png) ![x](a.png", []),
        ("\r\n![x](a.png)\r\n", [("x", "a.png")]),
    ],
)
def test_pictures_are_found_where_a_note_shows_them(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.caption, each.link) for each in pictures(text)] == found


def test_paths_on_this_machine_are_told() -> None:
    text = "![x](</a b/c.png>) ![x](file:///a%20b/c.png) ![x](~/c.png) ![x](C:/c.png) ![x](//x.org/c.png) ![x](c.png)"
    assert [each.absolute for each in pictures(text)] == [
        "/a b/c.png",
        "/a b/c.png",
        "~/c.png",
        "C:/c.png",
        "",
        "",
    ]


@given(caption=st.text(max_size=30), folder=NAMES, name=NAMES)
def test_an_image_that_was_written_is_found_again(caption: str, folder: str, name: str) -> None:
    link = local_link(f"{folder}/{name}.png".translate({ord(each): f"%{ord(each):02X}" for each in "%#?"}))
    written = image(caption, link)
    if not link or "\n" in written:
        return
    [found] = pictures(f"before {written} behind")
    assert found.link == link
    assert (found.start, found.end) == (7, 7 + len(written))
    assert image(found.caption, found.link) == written


@given(st.text(st.sampled_from('![]()<>`\\ab."\n ~png/img src=|'), max_size=60))
def test_any_text_is_read_and_each_picture_stands_where_it_is_said_to(text: str) -> None:
    found = pictures(text)
    assert all(text[each.start : each.end][0] in "!<" for each in found)
    assert with_destinations(text, [(each, text[each.start : each.end]) for each in found]) == text
    assert all(each.end <= after.start for each, after in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["![", "![a", "![[a", '![](x "', "<img ", "`", "![(](", "![a](b", "<img src='"]
)
def test_reading_takes_no_time_beyond_reason(piece: str) -> None:
    begun = time.process_time()
    pictures((piece * 20_000)[:19_999] + "\n" + piece * 100_000)
    assert time.process_time() - begun < 5


def test_names_follow_from_the_content_and_are_safe() -> None:
    assert figure_link("My plot.PNG", SHA, ".png") == "figures/My_plot-01234567.png"
    assert figure_link("图 1.png", SHA, ".png") == "figures/图_1-01234567.png"
    assert figure_link("My_plot-01234567.png", SHA, ".png") == "figures/My_plot-01234567.png"
    for name in ("../../x.png", "con.png", "", ".png", "a/b\\c.png", "x" * 300):
        link = figure_link(name, SHA, ".png")
        assert link.count("/") == 1
        assert local_link(link.replace("%", "%25")) == link
        assert len(link.encode()) < 200
        assert is_named_by_content(link, SHA)
    assert not is_named_by_content("figures/own.png", SHA)


def test_paths_are_joined_and_never_leave_the_top() -> None:
    assert joined("papers", "figures/a.png") == "papers/figures/a.png"
    assert joined("a/b", "../c/./d.png") == "a/c/d.png"
    assert joined("a", "../../c.png") == ""
    assert joined("", "../c.png") == ""


def test_a_picture_led_elsewhere_keeps_what_else_is_said_of_it() -> None:
    text = 'x <img width="3" src="a.png" alt="old"> ![old](a.png)'
    html, markdown = pictures(text)
    assert led_to(text, html, "b c.png") == '<img src="b%20c.png" width="3" alt="old">'
    assert pictures(led_to(text, html, "b.png", 'new "x"'))[0].caption == 'new "x"'
    assert led_to(text, markdown, "b.png") == "![old](b.png)"
    assert led_to(text, markdown, "b.png", "new") == "![new](b.png)"
    assert names_of_pictures([text, "![](c/d.png) ![](https://x.org/e.png)"]) == {"a.png", "d.png"}
