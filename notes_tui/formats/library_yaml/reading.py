"""From the text of a library file to a reading list, by a schema that names what does not fit it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from notes_tui.errors import UnreadableFileError
from notes_tui.formats.library_yaml.plain import parse
from notes_tui.formats.library_yaml.variables import CSL_VARIABLES
from notes_tui.model.item import CSL_TYPES, LINK_KINDS, Creator, Link, Reference
from notes_tui.model.reading_list import Correction, ListEntry, Problem, ReadingList

_OWN_KEYS = frozenset(
    "id type title title-short author container-title-short issued DOI URL abstract custom".split()
)


@dataclass(slots=True)
class _Reader:
    """Walks the parsed document, turns it into model objects and notes what does not fit the schema."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def problem(self, where: str, message: str) -> None:
        self.problems.append(Problem(self.file, None, f"{where}: {message}"))

    def text(self, value: object, where: str) -> str:
        if isinstance(value, str):
            return value
        self.problem(where, f"text expected, not {_kind(value)}")
        return ""

    def mapping(self, value: object, where: str) -> dict[str, object]:
        if isinstance(value, dict):
            return {key: inner for key, inner in value.items() if isinstance(key, str)}
        self.problem(where, f"keys and values expected, not {_kind(value)}")
        return {}

    def texts(self, value: object, where: str) -> tuple[str, ...]:
        return tuple(self.text(part, where) for part in self.sequence(value, where))

    def sequence(self, value: object, where: str) -> list[object]:
        if isinstance(value, list):
            return value
        self.problem(where, f"a list expected, not {_kind(value)}")
        return []

    def number(self, value: object, where: str) -> int | None:
        text = self.text(value, where).strip()
        if re.fullmatch(r"-?\d{1,9}", text):
            return int(text)
        if text:
            self.problem(where, f"a whole number expected, not “{text}”")
        return None

    def known(self, data: Mapping[str, object], keys: Iterable[str], where: str) -> None:
        for key in sorted(data.keys() - set(keys)):
            self.problem(where, f"unknown key “{key}”")


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "keys and values"
    return "a list" if isinstance(value, list) else "text"


def read(text: str, *, file: str = "") -> ReadingList:
    """The reading list in a library file; what does not fit the schema is among its problems.

    Text that is no YAML, or YAML that holds no references, raises :class:`UnreadableFileError`.
    """
    document, repeated = parse(text, file)
    if not isinstance(document, dict) or "references" not in document:
        raise UnreadableFileError(
            f"{file or 'the text'}: no library file",
            hint="a library file is YAML with the keys collection, references and entries",
        )
    reader = _Reader(file)
    for key, line in repeated:
        reader.problems.append(Problem(file, line, f"the key “{key}” stands twice"))
    reader.known(document, ("collection", "references", "entries", "corrections"), "file")
    header = reader.mapping(document.get("collection", {}), "collection")
    reader.known(header, ("slug", "title", "description", "source", "sections"), "collection")
    references = _references(reader, document["references"])
    entries = (
        _entries(reader, document["entries"], references)
        if "entries" in document
        else tuple(_plain_entry(reference) for reference in references.values())
    )
    sections = reader.sequence(header.get("sections", []), "collection: sections")
    return ReadingList(
        slug=reader.text(header.get("slug", ""), "collection: slug"),
        title=reader.text(header.get("title", ""), "collection: title"),
        description=reader.text(header.get("description", ""), "collection: description"),
        source=reader.text(header.get("source", ""), "collection: source"),
        sections=tuple(reader.texts(section, "collection: sections") for section in sections)
        or tuple(dict.fromkeys(entry.section for entry in entries if entry.section)),
        entries=entries,
        corrections=_corrections(reader, document.get("corrections", [])),
        problems=tuple(reader.problems),
    )


def _references(reader: _Reader, value: object) -> dict[str, Reference]:
    references: dict[str, Reference] = {}
    for position, part in enumerate(reader.sequence(value, "references"), 1):
        data = reader.mapping(part, f"references: {position}")
        citekey = reader.text(data.get("id", ""), f"references: {position}: id")
        if not citekey:
            reader.problem(f"references: {position}", "no id")
        elif citekey in references:
            reader.problem(f"references: {citekey}", "the id stands twice")
        else:
            references[citekey] = _reference(reader, data, f"references: {citekey}")
    return references


def _reference(reader: _Reader, data: dict[str, object], where: str) -> Reference:
    custom = reader.mapping(data.get("custom", {}), f"{where}: custom")
    kind = reader.text(data.get("type", "article"), f"{where}: type")
    if kind not in CSL_TYPES:
        reader.problem(f"{where}: type", f"“{kind}” is no CSL type")
        kind = "document"
    extra = {
        key: reader.text(inner, f"{where}: custom: {key}")
        for key, inner in custom.items()
        if key not in ("arxiv", "links", "related")
    }
    for key in data.keys() - _OWN_KEYS:
        if key in CSL_VARIABLES:
            extra[key] = reader.text(data[key], f"{where}: {key}")
        else:
            reader.problem(where, f"unknown key “{key}”")
    venue = data.get("container-title-short") or extra.pop("container-title", "")
    return Reference(
        citekey=reader.text(data.get("id", ""), f"{where}: id"),
        type=kind,
        title=reader.text(data.get("title", ""), f"{where}: title"),
        title_short=reader.text(data.get("title-short", ""), f"{where}: title-short"),
        creators=_creators(reader, data.get("author", []), f"{where}: author"),
        venue=reader.text(venue, f"{where}: container-title-short"),
        year=_year(reader, data.get("issued"), f"{where}: issued"),
        doi=reader.text(data.get("DOI", ""), f"{where}: DOI"),
        arxiv=reader.text(custom.get("arxiv", ""), f"{where}: custom: arxiv"),
        abstract=reader.text(data.get("abstract", ""), f"{where}: abstract"),
        links=_links(reader, custom.get("links", []), data.get("URL", ""), where),
        extra=dict(sorted(extra.items())),
        related=reader.texts(custom.get("related", []), f"{where}: custom: related"),
    )


def _creators(reader: _Reader, value: object, where: str) -> tuple[Creator, ...]:
    creators = []
    for part in reader.sequence(value, where):
        names = {key: reader.text(name, where) for key, name in reader.mapping(part, where).items()}
        reader.known(
            names,
            (
                "family",
                "given",
                "literal",
                "suffix",
                "dropping-particle",
                "non-dropping-particle",
                "comma-suffix",
            ),
            where,
        )
        creators.append(Creator.from_dict(names))
    return tuple(creator for creator in creators if creator.name)


def _year(reader: _Reader, value: object, where: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, str):
        return reader.number(value[:4], where)
    date = reader.mapping(value, where)
    reader.known(date, ("date-parts", "season", "circa", "literal", "raw"), where)
    parts = reader.sequence(date.get("date-parts", []), where)
    first = reader.sequence(parts[0], where) if parts else []
    return reader.number(first[0], where) if first else None


def _links(reader: _Reader, value: object, url: object, where: str) -> tuple[Link, ...]:
    links = []
    for part in reader.sequence(value, f"{where}: custom: links"):
        data = reader.mapping(part, f"{where}: custom: links")
        reader.known(data, ("kind", "url"), f"{where}: custom: links")
        kind = next((known for known in LINK_KINDS if known == data.get("kind")), None)
        if kind is None:
            reader.problem(f"{where}: custom: links", f"the kind is one of {', '.join(LINK_KINDS)}")
        links.append(Link(kind or "other", reader.text(data.get("url", ""), f"{where}: custom: links: url")))
    main = reader.text(url, f"{where}: URL")
    if main and main not in {link.url for link in links}:
        links.insert(0, Link("paper", main))
    return tuple(links)


_ENTRY_KEYS = ("item", "section", "title", "text", "fields", "line")


def _entries(reader: _Reader, value: object, references: Mapping[str, Reference]) -> tuple[ListEntry, ...]:
    entries = []
    for position, part in enumerate(reader.sequence(value, "entries"), 1):
        where = f"entries: {position}"
        data = reader.mapping(part, where)
        reader.known(data, _ENTRY_KEYS, where)
        citekey = reader.text(data.get("item", ""), f"{where}: item")
        if citekey not in references:
            reader.problem(f"{where}: item", f"no reference has the id “{citekey}”")
            continue
        fields = reader.mapping(data.get("fields", {}), f"{where}: fields")
        entries.append(
            ListEntry(
                section=reader.texts(data.get("section", []), f"{where}: section"),
                title=reader.text(data.get("title", ""), f"{where}: title"),
                text=reader.text(data.get("text", ""), f"{where}: text"),
                reference=references[citekey],
                fields={key: reader.text(inner, f"{where}: fields: {key}") for key, inner in fields.items()},
                line=reader.number(data["line"], f"{where}: line") if "line" in data else None,
            )
        )
    return tuple(entries)


def _plain_entry(reference: Reference) -> ListEntry:
    return ListEntry(section=(), title=reference.title, text=reference.title, reference=reference)


def _corrections(reader: _Reader, value: object) -> tuple[Correction, ...]:
    corrections = []
    for position, part in enumerate(reader.sequence(value, "corrections"), 1):
        where = f"corrections: {position}"
        data = reader.mapping(part, where)
        reader.known(data, ("entry", "field", "was", "now", "reason"), where)
        words = {
            key: reader.text(data.get(key, ""), f"{where}: {key}")
            for key in ("field", "was", "now", "reason")
        }
        corrections.append(
            Correction(entry=reader.number(data.get("entry", ""), f"{where}: entry") or 0, **words)
        )
    return tuple(corrections)
