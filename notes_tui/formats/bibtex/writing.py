"""References to BibTeX: sorted by citekey, the same references the same bytes.

What is the reader's own (status, rating, tags, notes, files) is never written. The fields suit the
classic styles and biblatex alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from notes_tui.formats.bibtex import fields as tables
from notes_tui.formats.bibtex.blocks import MONTHS
from notes_tui.formats.bibtex.latex import from_unicode
from notes_tui.formats.bibtex.names import write_names
from notes_tui.model.csl import date_parts, names_from_text
from notes_tui.model.item import Link, Reference
from notes_tui.model.links import kind_of

_NOT_IN_KEYS = re.compile(r"[\s,{}\"#%~\\=@\x00-\x1f\x7f]+")
_IN_FRONT = (
    "author editor title shorttitle booktitle journal howpublished year month day date series volume number issue "
    "pages publisher address type edition doi eprint archiveprefix eprinttype primaryclass url".split()
)
_AT_THE_END = ("keywords", "note", "abstract")


def write(references: Iterable[Reference]) -> str:
    """A BibTeX file of the references."""
    used: set[str] = set()
    entries = sorted(references, key=lambda reference: (reference.citekey.lower(), reference.citekey))
    return "\n".join(_entry(reference, _key(reference.citekey, used)) for reference in entries)


def _key(citekey: str, used: set[str]) -> str:
    stem = _NOT_IN_KEYS.sub("_", citekey) or "item"
    key, number = stem, 1
    while key.lower() in used:
        number += 1
        key = f"{stem}-{number}"
    used.add(key.lower())
    return key


def _entry(reference: Reference, key: str) -> str:
    kind = tables.entry_type(reference.type, reference.extra.get("genre", ""))
    fields = _fields(reference, kind)
    fields["entrysubtype"] = tables.subtype(reference.type, kind, fields)
    lines = [f"  {name} = {fields[name]},\n" for name in _in_order(fields) if fields[name]]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _in_order(fields: Mapping[str, str]) -> list[str]:
    between = sorted(fields.keys() - set(_IN_FRONT) - set(_AT_THE_END))
    return [name for name in (*_IN_FRONT, *between, *_AT_THE_END) if name in fields]


def _fields(reference: Reference, kind: str) -> dict[str, str]:
    """The fields of an entry, each value with its delimiters."""
    others = bool(reference.creators) and reference.extra.get("et-al", "") == "yes"
    fields = {
        "author": _braced(write_names(reference.creators, others=others)),
        "title": _braced(protected_title(_one_line(reference.title))),
        "shorttitle": _text(reference.title_short),
        tables.venue_field(reference.type, reference.venue): _text(reference.venue),
        "year": "" if reference.year is None else _braced(str(reference.year)),
        "doi": _braced(_verbatim(reference.doi)),
        "eprint": _braced(_verbatim(reference.arxiv)),
        "archiveprefix": "{arXiv}" if reference.arxiv else "",
        "abstract": _braced(from_unicode(reference.abstract.strip())),
    }
    fields.update(_date_fields(reference))
    fields.update(_link_fields(reference.links))
    for name, value in sorted(reference.extra.items()):
        field = tables.field_of(name, reference.type)
        known_elsewhere = field in tables.DIRECT - _EXTRA_FIELDS or tables.is_readers_own(field)
        if field and not known_elsewhere and not fields.get(field) and name not in ("issued", "et-al"):
            fields[field] = _extra_value(field, value)
    if kind in tables.GENRES:
        fields["type"] = ""
    return fields


_EXTRA_FIELDS = frozenset(("eprint", "eprinttype", "howpublished"))


def _extra_value(field: str, value: str) -> str:
    if field in tables.NAME_FIELDS:
        return _braced(write_names(names_from_text(value)))
    if field == "pages":
        return _text(re.sub(r"(?<=\w)-(?=\w)", "--", value)).replace("-{}-", "--")
    return _text(value)


def _date_fields(reference: Reference) -> dict[str, str]:
    issued = reference.extra.get("issued", "")
    parts = date_parts(issued)
    if not issued or (reference.year is not None and str(reference.year) not in issued):
        return {}
    if not parts or parts[0] != reference.year:
        return {"date": _text(issued)}
    fields = {}
    if len(parts) > 1 and 1 <= parts[1] <= 12:
        fields["month"] = MONTHS[parts[1] - 1]
        if len(parts) > 2:
            fields["day"] = _braced(str(parts[2]))
    return fields


def _link_fields(links: Iterable[Link]) -> dict[str, str]:
    """The first page of the paper (or, without one, the first link) is ``url``; the rest go by their kind."""
    remaining = list(links)
    first = next((link for link in remaining if link.kind == "paper"), remaining[0] if remaining else None)
    fields = {"url": _braced(_address(first.url))} if first else {}
    for link in remaining:
        if not link.url or (link is first and kind_of(link.url, "paper") == link.kind):
            continue
        names = (link.kind, *(f"{link.kind}-{number}" for number in range(2, len(remaining) + 2)))
        fields[next(name for name in names if name not in fields)] = _braced(_address(link.url))
    return fields


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _text(text: str) -> str:
    return _braced(from_unicode(_one_line(text)))


def _braced(text: str) -> str:
    return "{" + text + "}" if text else ""


_URL_UNSAFE = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", "\n": "%0A", "\t": "%09"}


def _verbatim(text: str) -> str:
    """An address or identifier: not LaTeX, so signs that would break the entry are percent-encoded."""
    return re.sub(r"[{}\\\s]", lambda found: _URL_UNSAFE.get(found[0], "%20"), text.strip())


def _address(url: str) -> str:
    """An address; what at its end would be taken for the sign between two of them is percent-encoded."""
    return re.sub(r"[;,]+$", lambda found: quote(found[0]), _verbatim(url))


_WORD = re.compile(r"[^\W_]+")


def protected_title(title: str) -> str:
    """A title as LaTeX, with braces round the capitals that a style must not make small.

    Those are words with a capital inside (``GPU``, ``AntMan``), single capitals, words with digits and
    capitals, and, in a title that is not written in title case, every further word with a capital.
    """
    words = list(_WORD.finditer(title))
    long_words = [found[0] for found in words[1:] if len(found[0]) > 3 and found[0][0].isalpha()]
    in_title_case = sum(word[0].isupper() for word in long_words) * 2 >= len(long_words)
    latex, group, end = "", "", 0
    for found in words:
        between, word = title[end : found.start()], found[0]
        before = title[: found.start()].rstrip()
        if not _must_stay(word, begins=not before or before[-1] in ":.?!", in_title_case=in_title_case):
            latex, group = latex + _grouped(group) + from_unicode(between) + word, ""
        elif group and between in ("", "-", "\u2010", "\u2011"):
            group += between + word
        else:
            latex, group = latex + _grouped(group) + from_unicode(between), word
        end = found.end()
    return latex + _grouped(group) + from_unicode(title[end:])


def _grouped(words: str) -> str:
    return "{" + words + "}" if words else ""


def _must_stay(word: str, *, begins: bool, in_title_case: bool) -> bool:
    """Whether a style would take a capital from a word that needs it; a sentence's first letter is safe."""
    if len(word) == 1:
        return word.isupper() and word != "A" and not begins
    inner = word[1:] != word[1:].lower() or (word[0].isupper() and not word[1:].isalpha())
    return inner or (word[0].isupper() and not in_title_case and not begins)
