"""From a reading list to the text of a library file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from notes_tui.formats.library_yaml.variables import CSL_VARIABLES
from notes_tui.model.item import Reference
from notes_tui.model.reading_list import Correction, ListEntry, ReadingList

_LIKE_A_NUMBER = re.compile(r"[-+.\d][\d_.,:eExXoObB+-]*")
"""What some reader of YAML could take for a number, a date or a time."""


class _Flow(dict[str, Any]):
    """A mapping written on one line."""


class _FlowList(list[Any]):
    """A list written on one line."""


def write(reading_list: ReadingList) -> str:
    """The library file of a reading list; the same list gives the same bytes.

    A reference without citekey cannot be named by its entry: give every reference one first.
    """
    references = {entry.reference.citekey: entry.reference for entry in reading_list.entries}
    header = {
        "slug": reading_list.slug,
        "title": reading_list.title,
        "description": reading_list.description,
        "source": reading_list.source,
        "sections": [_FlowList(section) for section in reading_list.sections],
    }
    parts: list[tuple[str, object]] = [
        ("collection", _filled(header)),
        ("references", [_reference_data(reference) for reference in references.values()]),
        ("entries", [_entry_data(entry) for entry in reading_list.entries]),
    ]
    if reading_list.corrections:
        parts.append(("corrections", [_correction_data(one) for one in reading_list.corrections]))
    return "\n".join(_dump({name: value}) for name, value in parts)


def _filled(data: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if value not in ("", None, [], {}, ())}


def _reference_data(reference: Reference) -> dict[str, object]:
    extra = dict(sorted(reference.extra.items()))
    custom = {
        "arxiv": reference.arxiv,
        "links": [_Flow(link.as_dict()) for link in reference.links],
        "related": _FlowList(reference.related),
        **{key: value for key, value in extra.items() if key not in CSL_VARIABLES},
    }
    main = next((link.url for link in reference.links if link.kind == "paper"), "")
    return _filled(
        {
            "id": reference.citekey,
            "type": reference.type,
            "title": reference.title,
            "title-short": reference.title_short,
            "author": [_Flow(_filled(creator.as_dict())) for creator in reference.creators],
            "container-title-short": reference.venue,
            "issued": None if reference.year is None else _Flow({"date-parts": [[reference.year]]}),
            **{key: value for key, value in extra.items() if key in CSL_VARIABLES},
            "DOI": reference.doi,
            "URL": main or (reference.links[0].url if reference.links else ""),
            "abstract": reference.abstract,
            "custom": _filled(custom),
        }
    )


def _entry_data(entry: ListEntry) -> dict[str, object]:
    return _filled(
        {
            "item": entry.reference.citekey,
            "section": _FlowList(entry.section),
            "title": entry.title,
            "text": entry.text,
            "fields": dict(entry.fields),
            "line": entry.line,
        }
    )


def _correction_data(correction: Correction) -> dict[str, object]:
    return {
        "entry": correction.entry,
        "field": correction.field,
        "was": correction.was,
        "now": correction.now,
        "reason": correction.reason,
    }


def _dump(data: Mapping[str, object]) -> str:
    import yaml

    class Dumper(yaml.SafeDumper):
        """The safe dumper with our one-line shapes and literal blocks; nothing is ever an alias."""

        def ignore_aliases(self, data: object) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        style = "|" if "\n" in value else "'" if _LIKE_A_NUMBER.fullmatch(value) else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    def mapping(dumper: yaml.SafeDumper, value: _Flow) -> yaml.MappingNode:
        return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)

    def sequence(dumper: yaml.SafeDumper, value: Sequence[object]) -> yaml.SequenceNode:
        return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)

    Dumper.add_representer(str, text)
    Dumper.add_representer(_Flow, mapping)
    Dumper.add_representer(_FlowList, sequence)
    return yaml.dump(
        data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False
    )
