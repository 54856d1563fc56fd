"""YAML as mappings, lists and text, and nothing else.

The events of the parser are put together here, which takes half the time of its own constructor and
tells where a key stands twice.
"""

from __future__ import annotations

from typing import Any

from notes_tui.errors import UnreadableFileError
from notes_tui.model.text import storable


def parse(text: str, file: str) -> tuple[object, list[tuple[str, int]]]:
    """The one document in a text, and the keys that stand twice in a mapping with their lines."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(storable(text))
    builder = _Builder(loader)
    try:
        return builder.document(), builder.repeated
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it is not YAML"
        raise UnreadableFileError(
            f"{file or 'the text'}{line}: {problem}", hint="mend the YAML there"
        ) from error
    except RecursionError as error:
        raise UnreadableFileError(f"{file or 'the text'}: nested too deeply") from error
    finally:
        loader.dispose()


class _Builder:
    """Puts the events of one document together."""

    def __init__(self, loader: Any) -> None:
        import yaml

        self.loader = loader
        self.next = loader.get_event
        self.scalar, self.alias = yaml.ScalarEvent, yaml.AliasEvent
        self.sequence, self.sequence_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
        self.mapping_end = yaml.MappingEndEvent
        self.document_start = yaml.DocumentStartEvent
        self.anchors: dict[str, object] = {}
        self.repeated: list[tuple[str, int]] = []

    def document(self) -> object:
        """The value of the first document, ``None`` where there is none."""
        self.next()
        if not isinstance(self.next(), self.document_start):
            return None
        return self.value(self.next())

    def value(self, event: Any) -> object:
        """The value that begins with an event."""
        if isinstance(event, self.scalar):
            value: object = event.value
        elif isinstance(event, self.alias):
            return self.anchors.get(event.anchor or "", "")
        elif isinstance(event, self.sequence):
            value = self._list()
        else:
            value = self._mapping()
        if event.anchor:
            self.anchors[event.anchor] = value
        return value

    def _list(self) -> list[object]:
        values: list[object] = []
        while not isinstance(event := self.next(), self.sequence_end):
            values.append(self.value(event))
        return values

    def _mapping(self) -> dict[str, object]:
        values: dict[str, object] = {}
        while not isinstance(event := self.next(), self.mapping_end):
            key = event.value if isinstance(event, self.scalar) else str(self.value(event))
            if key in values:
                self.repeated.append((key, event.start_mark.line + 1))
            values[key] = self.value(self.next())
        return values
