"""How the values of an item stand in front matter. Profiles differ in this; what they mean is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from notes_tui.formats.vault import yaml_text
from notes_tui.formats.vault.yaml_nodes import Value
from notes_tui.model.item import Creator, Item, Link, Progress


class Forms:
    """Values with all their parts: creators, links and places in lists are small mappings."""

    made_keys: tuple[str, ...] = ()
    """Keys that follow from others and are not read."""

    def creator(self, creator: Creator) -> str:
        """A name as an element of a list; like all that is returned here, it is YAML already."""
        if creator.family and creator.given and not creator.literal:
            return f"{{family: {yaml_text.scalar(creator.family)}, given: {yaml_text.scalar(creator.given)}}}"
        return yaml_text.flow(filled(creator.as_dict()))

    def link(self, link: Link) -> str:
        """An address with its kind as an element of a list."""
        return f"{{kind: {yaml_text.scalar(link.kind)}, url: {yaml_text.scalar(link.url)}}}"

    def place(self, slug: str, section: Sequence[str]) -> str:
        """A place in a reading list as an element of a list."""
        return _place(slug, tuple(section))

    def tag(self, tag: str) -> str:
        """A tag as an element of a list."""
        return yaml_text.scalar(tag)

    def related(self, citekey: str) -> str:
        """Another item as an element of a list."""
        return yaml_text.scalar(citekey)

    def progress(self, progress: Progress) -> str:
        """The page reached, of how many."""
        reached = {"page": progress.page} | ({"pages": progress.pages} if progress.pages else {})
        return yaml_text.flow(reached)

    def extra(self, values: Mapping[str, str]) -> str:
        """Whole lines with the fields that have no key of their own."""
        return yaml_text.mapping("extra", values)

    def names(self, item: Item) -> str:
        """Whole lines with the other names an item goes by."""
        return (
            yaml_text.block("aliases", [yaml_text.scalar(key) for key in item.aliases])
            if item.aliases
            else ""
        )

    def plain(self, fields: Mapping[str, Value]) -> Mapping[str, Value]:
        """Front matter that was read, with every value in the form that this class gives it."""
        return fields


def filled(values: Mapping[str, str]) -> dict[str, str]:
    """A mapping without what is empty."""
    return {key: value for key, value in values.items() if value}


def place_of(slug: str, section: Sequence[str]) -> dict[str, object]:
    """A place in a list as a mapping."""
    return {"slug": slug, "section": list(section)} if section else {"slug": slug}


@lru_cache(maxsize=4_096)
def _place(slug: str, section: tuple[str, ...]) -> str:
    return yaml_text.flow(place_of(slug, section))


PLAIN_FORMS = Forms()
