"""Values of front matter and records, read as what a key is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from notes_tui.formats.vault.yaml_nodes import Value

Values = Mapping[str, object] | Mapping[str, Value]


def text_of(values: Values, key: str) -> str:
    """The text under a key, empty where there is none."""
    found = values.get(key)
    return found if isinstance(found, str) else ""


def number_of(values: Values, key: str) -> int | None:
    """The whole number under a key, written as one or as text."""
    found = values.get(key)
    if isinstance(found, str) and found.isdecimal() and len(found) < 10:
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def elements_of(values: Values, key: str) -> list[object]:
    """The elements under a key; a text alone counts as one."""
    found = values.get(key)
    return list(found) if isinstance(found, list) else [found] if isinstance(found, str) and found else []


def texts_of(values: Values, key: str) -> tuple[str, ...]:
    """The texts among the elements under a key."""
    return tuple(each for each in elements_of(values, key) if isinstance(each, str))


def mapping_of(value: object) -> Mapping[str, object]:
    """A mapping, empty where it is none."""
    return value if isinstance(value, dict) else {}


def text_mapping_of(value: object) -> dict[str, str]:
    """A mapping of texts; what is empty is left out."""
    pairs: Iterable[tuple[object, object]] = value.items() if isinstance(value, dict) else ()
    return {str(key): str(each) for key, each in pairs if each is not None}
