"""The tables between BibTeX (with biblatex) and CSL: entry types and field names, both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping

from notes_tui.model.item import CSL_TYPES

ENTRY_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
    "proceedings": "book", "mvproceedings": "book", "book": "book", "mvbook": "book", "booklet": "pamphlet",
    "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter", "incollection": "chapter",
    "suppcollection": "chapter", "collection": "book", "mvcollection": "book", "reference": "book",
    "mvreference": "book", "inreference": "entry-encyclopedia", "manual": "book", "phdthesis": "thesis",
    "mastersthesis": "thesis", "bachelorsthesis": "thesis", "thesis": "thesis", "techreport": "report",
    "report": "report", "misc": "article", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "webpage": "webpage", "software": "software", "softwareversion": "software", "softwaremodule": "software",
    "dataset": "dataset", "data": "dataset", "patent": "patent", "unpublished": "manuscript",
    "periodical": "periodical", "suppperiodical": "article-journal", "artwork": "graphic", "image": "figure",
    "audio": "song", "music": "song", "movie": "motion_picture", "video": "motion_picture",
    "standard": "standard", "review": "review", "letter": "personal_communication", "performance": "performance",
    "legislation": "legislation", "jurisdiction": "legal_case", "commentary": "book", "preprint": "article",
}  # fmt: skip
"""CSL types by entry type; an entry type that is not here is a ``document``."""

GENRES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "bachelorsthesis": "Bachelor’s thesis",
}

KEYWORDS_OF_TYPES = {
    "phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis", "techreport": "Technical report", "resreport": "Research report",
    "software": "Software", "datacd": "Data CD", "audiocd": "Audio CD", "patent": "Patent", "patentus": "U.S. patent",
    "patenteu": "European patent", "patentde": "German patent", "patentfr": "French patent",
    "patentuk": "British patent", "patreqde": "German patent request", "patreqeu": "European patent request",
    "patreqfr": "French patent request", "patrequk": "British patent request", "patrequs": "U.S. patent request",
}  # fmt: skip
"""What biblatex's keywords in the field ``type`` stand for."""

_WRITTEN_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "paper-conference": "inproceedings", "book": "book", "chapter": "incollection", "pamphlet": "booklet",
    "entry-encyclopedia": "inreference", "thesis": "thesis", "report": "techreport", "webpage": "online",
    "software": "software", "dataset": "dataset", "patent": "patent", "manuscript": "unpublished",
    "periodical": "periodical", "graphic": "artwork", "figure": "image", "song": "audio",
    "motion_picture": "video", "standard": "standard", "review": "review",
    "personal_communication": "letter", "performance": "performance", "legislation": "legislation",
    "legal_case": "jurisdiction",
}  # fmt: skip

_SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
_PREPRINT_VENUES = re.compile(
    r"(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|techrxiv|ssrn|research square|preprints?)\b", re.IGNORECASE
)
ARXIV_VENUE = re.compile(
    r"(?:arxiv(?:\.org)?(?: e-?prints?| preprint)?|corr)(?:[\s,:]*(?:arxiv|abs|\d).*)?", re.IGNORECASE
)
"""What ``journal`` says where it means arXiv: ``arXiv preprint arXiv:1706.03762``, ``CoRR``."""


def csl_type(entry_type: str, fields: Mapping[str, str]) -> str:
    """The CSL type of an entry, by its type, its subtype and its journal."""
    subtype = fields.get("entrysubtype", "").strip("{} ").lower()
    if subtype in _SUBTYPES or subtype in CSL_TYPES:
        return _SUBTYPES.get(subtype, subtype)
    journal = fields.get("journal") or fields.get("journaltitle") or ""
    if entry_type == "article" and _PREPRINT_VENUES.match(journal.lstrip("{ ")):
        return "article"
    return ENTRY_TYPES.get(entry_type, "document")


def entry_type(csl: str, genre: str) -> str:
    """The entry type a CSL type is written as."""
    if csl == "thesis":
        return next((name for name, words in GENRES.items() if words == genre), "thesis")
    return _WRITTEN_TYPES.get(csl, "misc")


def subtype(csl: str, written_type: str, fields: Mapping[str, str]) -> str:
    """The ``entrysubtype`` without which the CSL type would not be read back; mostly empty."""
    if csl_type(written_type, fields) == csl:
        return ""
    return next((name for name, known in _SUBTYPES.items() if known == csl), csl if csl in CSL_TYPES else "")


_IN_A_BOOK = frozenset(("paper-conference", "chapter", "entry-encyclopedia", "entry-dictionary"))
_IN_A_JOURNAL = frozenset(
    ("article-journal", "article-magazine", "article-newspaper", "review", "review-book")
)


def venue_field(csl: str, venue: str) -> str:
    """The field that holds the venue of a work of this type."""
    if csl in _IN_A_BOOK:
        return "booktitle"
    return "journal" if csl in _IN_A_JOURNAL or NO_VENUE.match(venue) else "howpublished"


NO_VENUE = re.compile(
    r"https?://|(?:accessed|available|retrieved|online|website|web ?page|url)\b", re.IGNORECASE
)
"""What ``howpublished`` begins with where it names no venue."""


def numbered_by_issue(csl: str) -> bool:
    """Whether ``number`` means the issue of a journal for this type."""
    return csl in _IN_A_JOURNAL or csl in ("article", "periodical")


VARIABLES = {
    "volume": "volume", "issue": "issue", "pages": "page", "publisher": "publisher", "address": "publisher-place",
    "series": "collection-title", "edition": "edition", "isbn": "ISBN", "issn": "ISSN", "type": "genre",
    "eventtitle": "event-title", "venue": "event-place", "eventdate": "event-date", "urldate": "accessed",
    "origdate": "original-date", "language": "language", "version": "version", "note": "note",
    "keywords": "keyword", "chapter": "chapter-number", "pagetotal": "number-of-pages",
    "volumes": "number-of-volumes", "pmid": "PMID", "pmcid": "PMCID", "pubstate": "status",
    "shortjournal": "container-title-short", "part": "part-number", "library": "call-number",
    "origpublisher": "original-publisher", "origtitle": "original-title", "origlocation": "original-publisher-place",
}  # fmt: skip
"""CSL variables in ``extra`` by field name. Names that are not here keep their own."""

FIELDS = {variable: name for name, variable in VARIABLES.items()}
"""Field names by CSL variable."""

OTHER_NAMES = {
    "location": "address", "langid": "language", "numpages": "pagetotal",
    "school": "publisher", "institution": "publisher", "lccn": "library",
}  # fmt: skip
"""Field names that mean the same as another one, used where that one is absent."""

NAME_FIELDS = frozenset(
    (
        "editor",
        "translator",
        "editora",
        "editorb",
        "editorc",
        "bookauthor",
        "annotator",
        "commentator",
        "director",
    )
)
"""Fields besides ``author`` that hold names. In ``extra`` they stand as CSL's one-line names."""

NAME_VARIABLES = {"bookauthor": "container-author"}


def variable(name: str, csl: str) -> str:
    """The name a field's value has in ``extra``, for a work of this type."""
    if name == "number":
        return "issue" if numbered_by_issue(csl) else "number"
    return VARIABLES.get(name) or NAME_VARIABLES.get(name, name)


def field_of(name: str, csl: str) -> str:
    """The field a variable of ``extra`` is written as; empty where it would not be read back as the same."""
    fields = {"issue": "number" if numbered_by_issue(csl) else "issue", "container-author": "bookauthor"}
    field = fields.get(name) or FIELDS.get(name, name)
    survives = _FIELD_NAME.fullmatch(field) and field not in OTHER_NAMES and variable(field, csl) == name
    return field if survives else ""


_FIELD_NAME = re.compile(r"[a-z][a-z0-9_.+:-]*")

READERS_OWN = frozenset(
    "file pdf-file localfile local-url owner timestamp creationdate modificationdate date-added date-modified "
    "groups readstatus read-status ranking rating priority printed relevance qualityassured quality annote "
    "annotation comment review username mendeley-tags mendeley-groups biburl bibsource bdsk-url".split()
)
"""Fields that say something about a reader or a machine and not about the work. They never leave."""


def is_readers_own(name: str) -> bool:
    """Whether a field is the reader's or a machine's own."""
    return name in READERS_OWN or name.startswith(("bdsk-", "jabref-", "__"))


DIRECT = frozenset(
    "author title subtitle titleaddon shorttitle year date month day doi url eprint archiveprefix eprinttype arxivid "
    "abstract journal journaltitle journalsubtitle booktitle booksubtitle howpublished crossref xdata xref "
    "ids entrysubtype related relatedtype pdf".split()
)
"""Fields that other parts of a reference hold, and those that only serve the file."""
