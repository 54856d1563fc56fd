"""The text of a dump: the standard library's own form, made an item at a time."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from notes_tui.formats import dump
from notes_tui.model.dump import Dump, DumpedAnnotation, DumpedCollection, DumpedItem
from notes_tui.model.item import Annotation, Creator, Item, Link

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
EXTRAS = st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), VALUES, max_size=4)


@given(st.lists(EXTRAS, max_size=4), st.booleans())
def test_a_dump_has_the_form_that_json_gives_it(extras: list[dict[str, object]], with_lists: bool) -> None:
    items = tuple(
        DumpedItem(
            uid=f"u{number}",
            item=Item(
                citekey=f"k{number}",
                title="“A”\n\\ \u2028 调度",
                creators=(Creator("Xiao", "W."),),
                links=(Link("pdf", "https://example.org/x"),),
            ),
            annotations=(DumpedAnnotation(Annotation(id=f"a{number}"), extra), DumpedAnnotation(Annotation(id=f"b{number}"))),
        )
        for number, extra in enumerate(extras)
    )  # fmt: skip
    lists = (DumpedCollection(slug="one", title="One", extra=extras[0] if extras else {}),)
    text = dump.write(Dump(items=items, collections=lists if with_lists else (), views=(("v", "tag:x"),)))
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
    assert [each.annotations[0].extra for each in dump.read(text).items] == extras
