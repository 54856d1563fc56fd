"""A reading list as Markdown: it reads well, and the reader of lists understands it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats import list_markdown, reading_list
from notes_tui.model.dump import DumpedCollection
from notes_tui.model.item import Creator, Entry, Item, Link, Progress
from notes_tui.model.outline import outlines

DONE = ("read",)
ANTMAN = Item(
    citekey="antman2020",
    title="AntMan: Dynamic Scaling on GPU Clusters",
    title_short="AntMan",
    creators=(Creator("Xiao", "Wencong"), Creator("Ren", "Shiru")),
    venue="OSDI",
    year=2020,
    links=(
        Link("code", "https://github.com/alibaba/GPU-scheduler-for-deep-learning"),
        Link("paper", "https://www.usenix.org/antman"),
        Link("other", "javascript:alert(1)"),
    ),
    read_status="read",
    rating=4,
    entries=(Entry("space", ("Scheduling", "Clusters"), 1, "", ""),),
)
GAVEL = Item(
    citekey="gavel2020",
    title="Heterogeneity-Aware Cluster Scheduling Policies",
    title_short="Gavel",
    read_status="reading",
    progress=Progress(5, 12),
    venue="OSDI",
    year=2020,
    entries=(Entry("space", ("Scheduling", "Clusters"), 2, "", ""), Entry("other", (), 1, "", "")),
)
SPACE = DumpedCollection(
    slug="space", title="Research Space", description="What I read.", sections=(("Empty",),)
)
OTHER = DumpedCollection(slug="other", title="Other")


def test_one_list_gives_its_sections_to_the_file() -> None:
    text = list_markdown.write(
        "Research Space",
        outlines([SPACE], [ANTMAN, GAVEL]),
        remarks={"antman2020": "Start *here*"},
        done=DONE,
    )
    assert (
        text
        == """# Research Space

What I read.

## Scheduling

### Clusters

- [x] [AntMan: Dynamic Scaling on GPU Clusters](https://www.usenix.org/antman) by Wencong Xiao, Shiru Ren (OSDI 2020) \
[[code](https://github.com/alibaba/GPU-scheduler-for-deep-learning)]
  - ★★★★ · Start \\*here\\*
- [ ] (Gavel) Heterogeneity-Aware Cluster Scheduling Policies (OSDI 2020)
  - reading · p. 5/12
"""
    )


def test_several_lists_become_sections_and_the_rest_stands_at_the_end() -> None:
    alone = Item(citekey="alone", title="Alone")
    text = list_markdown.write(
        "Reading list", outlines([SPACE, OTHER], [ANTMAN, GAVEL]), [alone], remarks={}, done=DONE
    )
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "# Reading list", "## Research Space", "### Scheduling", "#### Clusters", "## Other", "## Others",
    ]  # fmt: skip
    assert text.endswith("## Others\n\n- [ ] Alone\n")


def test_the_list_comes_in_again_as_it_was() -> None:
    text = list_markdown.write("Research Space", outlines([SPACE], [ANTMAN, GAVEL]), remarks={}, done=DONE)
    found = reading_list.read(text)
    assert found.title == "Research Space"
    assert not found.problems
    first, second = (entry.reference for entry in found.entries)
    assert [entry.section for entry in found.entries] == [("Scheduling", "Clusters")] * 2
    for name in ("title", "title_short", "creators"):
        assert getattr(first, name) == getattr(ANTMAN, name)
    assert (second.title, second.title_short, second.year) == (GAVEL.title, GAVEL.title_short, 2020)
    assert {(each.kind, each.url) for each in first.links} == {
        (each.kind, each.url) for each in ANTMAN.links[:2]
    }


@given(st.text(), st.text(max_size=20), st.text(max_size=20))
def test_any_item_takes_one_line_without_control_characters(title: str, name: str, remark: str) -> None:
    item = replace(
        ANTMAN, title=title, title_short=name, venue=remark, creators=(Creator(literal=name),), entries=()
    )
    text = list_markdown.write(title, [], [item], remarks={item.citekey: remark}, done=DONE)
    lines = text.splitlines()
    assert lines[2].startswith("- [x] ")
    assert all(line.startswith("  - ") for line in lines[3:])
    assert len(lines) <= 4
    assert not any(ord(character) < 32 and character != "\n" for character in text)
