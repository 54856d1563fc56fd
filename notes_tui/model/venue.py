"""Venues: the short name people use for a conference or journal, and the year beside it.

Lists write ``OSDI20``, ``[VLDB'25]``, ``NIPS2019``, ``in Proceedings of the 27th ACM Symposium on
Operating Systems Principles, 2019, pp. 1–15.``; all of that becomes a short name and a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CONFERENCES = (
    "OSDI SOSP NSDI EuroSys ATC FAST ASPLOS ISCA MICRO HPCA SC PPoPP PLDI POPL OOPSLA CGO PACT ICS HPDC IPDPS ICPP"
    " CLUSTER CCGrid SoCC SIGCOMM CoNEXT INFOCOM MobiCom MobiSys SenSys IMC SIGMETRICS NeurIPS ICML ICLR AAAI IJCAI"
    " UAI AISTATS COLT KDD WWW SIGIR CIKM WSDM RecSys ICDM ICDE VLDB SIGMOD PODS EDBT CIDR ACL EMNLP NAACL EACL"
    " AACL COLING CoNLL LREC CVPR ICCV ECCV WACV BMVC ACCV 3DV MICCAI ICIP ICPR ICASSP Interspeech ICRA IROS RSS CoRL"
    " HRI CHI UIST CSCW IUI CCS NDSS DSN RAID ICSE FSE ESEC/FSE ASE ISSTA ICSME SANER DAC ICCAD DATE ASP-DAC FPGA FCCM"
    " FPL ISSCC Middleware Euro-Par PODC SPAA DISC HotOS HotNets HotStorage HotCloud APSys SIGGRAPH SIGSPATIAL MLSys"
    " SODA STOC FOCS CRYPTO EUROCRYPT ICALP COLM SIGCSE ITiCSE ISMIR ICMR ICME MMSys AAMAS ICAPS GECCO L4DC CAV TACAS"
    " ESOP ICFP ECOOP SLE MASCOTS ICAC IISWC ISPASS ISMM LCTES ICCD HiPC CF HPCC JSSPP SYSTOR APNet SOSR ANCS ICNP"
    " ICDCS SRDS UCC IC2E DEBS SSDBM DASFAA ECML PKDD PAKDD ICWSM ASONAM EuroMLSys MSST EACL MLHC CHIL ISWC ESWC JCDL"
    " TREC CLEF SemEval INLG SIGDIAL ICTIR ECIR ITCS GLOBECOM"
).split()
_JOURNALS = (
    "TPDS TC TCAD TPAMI IJCV TIP TMM TNNLS TKDE TKDD TODS TOCS TOS TACO TOPLAS TOSEM TSE TON TMC JSAC TDSC TIFS TOG"
    " TVCG TVLSI TACL JMLR TMLR JAIR CACM PNAS CSUR TIST TOIS TNSE TCC TSC TBD RA-L RAL TRO TASLP JACM SICOMP PIEEE"
).split()
_PREPRINTS = "arXiv bioRxiv medRxiv TechRxiv SSRN ChemRxiv OpenReview".split()
_SPELLINGS = {name.casefold(): name for name in (*_CONFERENCES, *_JOURNALS, *_PREPRINTS)} | {
    "corr": "arXiv",
    "arxiv.org": "arXiv",
    "arxiv preprint": "arXiv",
    "nips": "NeurIPS",
    "neurlps": "NeurIPS",
    "sysml": "MLSys",
    "euro-sys": "EuroSys",
    "usenix atc": "ATC",
    "usenixatc": "ATC",
    "usenix security": "USENIX Security",
    "pvldb": "VLDB",
    "europar": "Euro-Par",
    "ppop": "PPoPP",
    "acmmm": "ACM MM",
    "acm mm": "ACM MM",
    "acm multimedia": "ACM MM",
    "mm": "ACM MM",
    "nature": "Nature",
    "science": "Science",
    "s&p": "IEEE S&P",
    "ieee s&p": "IEEE S&P",
    "oakland": "IEEE S&P",
    "the web conference": "WWW",
    "webconf": "WWW",
    "pami": "TPAMI",
    "t-pami": "TPAMI",
    "acm computing surveys": "ACM Computing Surveys",
    "appl.sci.": "Applied Sciences",
    "appl. sci.": "Applied Sciences",
    "nature communications": "Nature Communications",
    "nature medicine": "Nature Medicine",
    "nature machine intelligence": "Nature Machine Intelligence",
    "sigmod record": "SIGMOD Record",
    "journal of machine learning research": "JMLR",
    "ieee transactions on computers": "TC",
}
_WITH_WORKSHOPS = "CVPR ICCV ECCV WACV ACCV BMVC ICDE NeurIPS ICLR ICML AAAI IPDPS ICRA".split()
_SPELLINGS |= {f"{name.casefold()}w": f"{name}W" for name in _WITH_WORKSHOPS}
_IN_FULL: tuple[tuple[str, str], ...] = (
    ("principles and practice of parallel programming", "PPoPP"),
    ("architectural support for programming languages", "ASPLOS"),
    ("european conference on computer systems", "EuroSys"),
    ("operating systems principles", "SOSP"),
    ("operating systems design and implementation", "OSDI"),
    ("networked systems design", "NSDI"),
    ("annual technical conference", "ATC"),
    ("file and storage technologies", "FAST"),
    ("hot topics in operating systems", "HotOS"),
    ("hot topics in networks", "HotNets"),
    ("symposium on cloud computing", "SoCC"),
    ("conference for high performance computing", "SC"),
    ("high performance computing, networking", "SC"),
    ("high-performance parallel and distributed computing", "HPDC"),
    ("high-performance computer architecture", "HPCA"),
    ("high performance computer architecture", "HPCA"),
    ("symposium on computer architecture", "ISCA"),
    ("symposium on microarchitecture", "MICRO"),
    ("programming language design and implementation", "PLDI"),
    ("conference on supercomputing", "ICS"),
    ("parallel and distributed processing symposium", "IPDPS"),
    ("european conference on parallel", "Euro-Par"),
    ("conference on parallel processing", "ICPP"),
    ("conference on cluster computing", "CLUSTER"),
    ("conference on computer communications", "INFOCOM"),
    ("principles of distributed computing", "PODC"),
    ("distributed computing systems", "ICDCS"),
    ("neural information processing systems", "NeurIPS"),
    ("conference on machine learning", "ICML"),
    ("conference on learning representations", "ICLR"),
    ("machine learning and systems", "MLSys"),
    ("conference on artificial intelligence", "AAAI"),
    ("joint conference on artificial intelligence", "IJCAI"),
    ("artificial intelligence and statistics", "AISTATS"),
    ("knowledge discovery and data mining", "KDD"),
    ("research and development in information retrieval", "SIGIR"),
    ("information and knowledge management", "CIKM"),
    ("vldb endowment", "VLDB"),
    ("very large data bases", "VLDB"),
    ("management of data", "SIGMOD"),
    ("conference on data engineering", "ICDE"),
    ("north american chapter", "NAACL"),
    ("european chapter of the association", "EACL"),
    ("transactions of the association for computational linguistics", "TACL"),
    ("association for computational linguistics", "ACL"),
    ("empirical methods in natural language", "EMNLP"),
    ("conference on computational linguistics", "COLING"),
    ("computer vision and pattern recognition", "CVPR"),
    ("european conference on computer vision", "ECCV"),
    ("international conference on computer vision", "ICCV"),
    ("acoustics, speech", "ICASSP"),
    ("conference on robotics and automation", "ICRA"),
    ("journal of machine learning research", "JMLR"),
    ("transactions on parallel and distributed systems", "TPDS"),
    ("pattern analysis and machine intelligence", "TPAMI"),
    ("transactions on knowledge and data", "TKDE"),
    ("acm computing surveys", "ACM Computing Surveys"),
    ("communications of the acm", "CACM"),
    ("acm sigcomm", "SIGCOMM"),
    ("computer and communications security", "CCS"),
    ("conference on software engineering", "ICSE"),
    ("web conference", "WWW"),
    ("world wide web", "WWW"),
    ("symposium on security and privacy", "IEEE S&P"),
    ("network and distributed system security", "NDSS"),
    ("usenix security symposium", "USENIX Security"),
    ("foundations of software engineering", "FSE"),
    ("automated software engineering", "ASE"),
    ("software testing and analysis", "ISSTA"),
    ("code generation and optimization", "CGO"),
    ("parallel architectures and compilation", "PACT"),
    ("transactions on architecture and code optimization", "TACO"),
    ("mobile computing and networking", "MobiCom"),
    ("web search and data mining", "WSDM"),
    ("intelligent robots and systems", "IROS"),
    ("conference on robot learning", "CoRL"),
    ("human factors in computing", "CHI"),
    ("design automation conference", "DAC"),
    ("medical image computing", "MICCAI"),
    ("uncertainty in artificial intelligence", "UAI"),
    ("applications of computer vision", "WACV"),
)
_JOURNAL_NAMES = frozenset(name.casefold() for name in _JOURNALS) | {
    "nature",
    "science",
    "acm computing surveys",
    "applied sciences",
    "nature communications",
    "nature medicine",
    "nature machine intelligence",
    "sigmod record",
}
_PREPRINT_NAMES = frozenset(name.casefold() for name in _PREPRINTS)


def short_venue(text: str) -> str:
    """The short name of a venue written in any form; a text that names none we know comes back trimmed."""
    text = " ".join(text.split())
    known = _SPELLINGS.get(text.casefold())
    text = text.strip(" .,;:()[]")
    known = known or _SPELLINGS.get(text.casefold())
    if known:
        return known
    full = text.casefold()
    return next((short for phrase, short in _IN_FULL if phrase in full), text)


def is_known_venue(text: str) -> bool:
    """Whether the text, whole, is a venue we know."""
    text = re.sub(r"^(?:ACM|IEEE|USENIX)\s+(?=[A-Z]+$)", "", text.strip())
    short = short_venue(text)
    return short.casefold() in _SPELLINGS or short != " ".join(text.split()).strip(" .,;:()[]")


def is_preprint(venue: str) -> bool:
    """Whether a short name is a preprint server."""
    return venue.casefold() in _PREPRINT_NAMES


def type_for_venue(venue: str) -> str:
    """The CSL type of what appears at a venue, ``article`` (a preprint) where there is none."""
    if not venue or is_preprint(venue):
        return "article"
    name = venue.casefold()
    if name in _JOURNAL_NAMES or re.search(
        r"\b(journal|trans(actions|\.)?|letters|magazine|record|reviews?|surveys|neural computation|bulletin)(?!\w)",
        name,
    ):
        return "article-journal"
    return "paper-conference"


@dataclass(frozen=True, slots=True)
class VenueYear:
    """A venue and a year found together in a text."""

    venue: str
    year: int | None
    start: int
    end: int


_YEAR = r"(?:(?P<year>(?:19|20)\d{2})(?!\d)|(?P<short>['’‘`]\s?\d{2}|\d{2})(?!\d))"
_BY_LENGTH = sorted(map(re.escape, _SPELLINGS), key=len, reverse=True)
_NAME = rf"(?P<name>{'|'.join(_BY_LENGTH)})"
_KNOWN = re.compile(rf"(?<![\w./-]){_NAME}(?P<gap>[\s,_/-]{{0,2}}['’‘`]?[\s]?){_YEAR}", re.IGNORECASE)
_KNOWN_ALONE = re.compile(rf"(?<![\w./-]){_NAME}(?![\w-])", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d{{2}})(?:\s+on|\s+in)?[\s,-]+{_NAME}(?!\w)", re.IGNORECASE
)
_ACRONYM = re.compile(
    rf"(?<![\w./-])(?P<name>[A-Z][A-Za-z&+-]*[A-Z][A-Za-z&+-]*)(?P<gap>\s?['’‘`]?\s?){_YEAR}"
)
_PLAIN_YEAR = re.compile(r"(?<![\d.:/-])(?:19[5-9]\d|20[0-4]\d)(?![\d:/]|[.-]\d)")
_NOT_YEARS = re.compile(
    r"\bpp?\.?\s*[\d\s]+(?:[-–—]+[\d\s]+)?|\b(?:vol|no)\b\.?\s*\d+|arxiv\s*:?\s*\d{4}\.\d+\S*", re.IGNORECASE
)


_DATES = re.compile(r"(?<![\d./-])((?:19|20)\d{2})[./-](?:0?[1-9]|1[0-2])(?:[./-]\d{1,2})?(?![\d./-])")


def year_in(text: str) -> int | None:
    """The last plausible year in the text that is no page, volume or arXiv number."""
    text = _NOT_YEARS.sub(lambda found: " " * len(found[0]), text)
    years = _PLAIN_YEAR.findall(text) or _DATES.findall(text)
    return int(years[-1]) if years else None


def _year_of(found: re.Match[str]) -> int:
    if found["year"]:
        return int(found["year"])
    number = int(re.sub(r"\D", "", found["short"]))
    return number + (1900 if number > 60 else 2000)


def _short_year_is_plain(found: re.Match[str]) -> bool:
    """Whether a two-digit year stands apart without apostrophe, as in ``SOSP 23``."""
    return bool(found["short"]) and found["gap"].isspace() and found["short"].isdigit()


def venues_in(text: str) -> Iterator[VenueYear]:
    """Every venue with its year in a text, known names first in each place; overlaps are left out."""
    taken: list[tuple[int, int]] = []
    for pattern in (_YEAR_FIRST, _KNOWN, _ACRONYM):
        for found in pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            name = found["name"]
            if pattern is _ACRONYM and (_short_year_is_plain(found) or _NO_ACRONYM.fullmatch(name)):
                continue
            if not _written_as_name(name):
                continue
            year = int(found["year"]) if pattern is _YEAR_FIRST else _year_of(found)
            taken.append(found.span())
            yield VenueYear(short_venue(name.rstrip("-+&")), year, *found.span())


def _written_as_name(text: str) -> bool:
    """Whether the letters are a venue's and not a word that happens to be spelled like one."""
    if text.casefold() in _WORDS_TOO:
        return text in _SPELLINGS.values() or (len(text) > 2 and text.isupper())
    return len(text) > 4 or not text.islower()


_WORDS_TOO = frozenset(
    "fast date micro clear alt cluster disc raid nature science middleware cf sc mm www pact disc slam rss chi"
    " ton tip tops tac rap rail cav acl ics mobile sle foc tc slip".split()
)
_NO_ACRONYM = re.compile(
    r"(?:AI|ML|DL|GPT|LLM|BERT|MPI|CUDA|HTTP|TCP|IPv|MP|ISO|RFC|TPUv|GPU|CPU|COVID|SARS)[A-Za-z&+-]*"
)


_PMLR = re.compile(r"\bPMLR\s*(?:v(?:ol)?\.?\s*)?(?P<volume>\d{1,3})\b", re.IGNORECASE)
_PMLR_VOLUMES = {
    "28": 2013, "32": 2014, "37": 2015, "48": 2016, "70": 2017, "80": 2018, "97": 2019, "119": 2020, "139": 2021, "162": 2022,
    "202": 2023, "235": 2024, "267": 2025,
}  # fmt: skip
"""Volumes of the Proceedings of Machine Learning Research that are a whole ICML, and its year."""


_BRACKETED = re.compile(
    r"(?P<name>[A-Za-z][\w&@/.+-]*?(?:[ -][A-Za-z][\w&@/.+-]*?){0,3})[\s,]*(?:['’‘`]\s?)?(?P<year>(?:19|20)\d{2}|\d{2})"
)


def venue_in_brackets(text: str) -> VenueYear | None:
    """The venue and year that a bracket holds and nothing else, known or not: ``CHEOPS 22``, ``aiDM2020``."""
    found = _BRACKETED.fullmatch(text.strip(" ."))
    if not found or len(re.findall(r"[A-Z]", found["name"])) < 2 or _NO_ACRONYM.fullmatch(found["name"]):
        return None
    year = int(found["year"])
    if year < 100:
        year += 1900 if year > 60 else 2000
    return VenueYear(short_venue(found["name"]), year, 0, len(text))


def find_venue(text: str) -> VenueYear | None:
    """The venue a text names: a published one before a preprint, the last one where there are several."""
    found = sorted(venues_in(text), key=lambda one: one.start)
    published = [one for one in found if not is_preprint(one.venue)]
    if published or found:
        return (published or found)[-1]
    full = text.casefold()
    volume = _PMLR.search(text)
    if volume and volume["volume"] in _PMLR_VOLUMES:
        return VenueYear("ICML", year_in(text) or _PMLR_VOLUMES[volume["volume"]], *volume.span())
    for phrase, short in _IN_FULL:
        if phrase in full:
            return VenueYear(short, year_in(text), 0, len(text))
    alone = [one for one in _KNOWN_ALONE.finditer(text) if _written_as_name(one[0])]
    if alone:
        name = short_venue(alone[-1][0])
        return VenueYear(name, year_in(text), *alone[-1].span())
    return None


_ADDRESSES: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"usenix\.org/(?:conference|system/files|legacy/event[s]?)/(?P<name>atc|osdi|nsdi|fast|hotos)(?P<short>\d\d)"
    ),
    re.compile(r"(?P<name>neurips|nips)\.cc/paper(?:_files/paper)?/(?P<year>\d{4})"),
    re.compile(r"proceedings\.(?P<name>mlsys)\.org/paper(?:_files/paper)?/(?P<year>\d{4})"),
    re.compile(r"openaccess\.thecvf\.com/(?:content/|content_)?(?P<name>CVPR|ICCV|WACV)_?(?P<year>\d{4})"),
    re.compile(r"aclanthology\.org/(?P<year>\d{4})\.(?P<name>acl|emnlp|naacl|eacl|aacl|coling|tacl)-"),
    re.compile(r"10\.18653/v1/(?P<year>\d{4})\.(?P<name>acl|emnlp|naacl|eacl|aacl|coling)-", re.IGNORECASE),
    re.compile(r"(?P<name>vldb)\.org/pvldb/"),
    *(
        re.compile(
            rf"acl(?:anthology\.org|web\.org/anthology)/(?:papers/\w/\w\d\d/)?(?P<{name}>{letter})(?P<short>\d\d)-"
        )
        for letter, name in (("P", "ACL"), ("D", "EMNLP"), ("N", "NAACL"), ("E", "EACL"), ("C", "COLING"))
    ),
)


def venue_of_address(url: str) -> VenueYear | None:
    """The venue that a publisher's address names."""
    for pattern in _ADDRESSES:
        found = pattern.search(url)
        if found:
            groups = found.groupdict()
            short, long = groups.get("short"), groups.get("year")
            year = 2000 + int(short) if short else int(long) if long else None
            name = groups.get("name") or next(key for key in groups if key.isupper())
            return VenueYear(short_venue(name), year, *found.span())
    volume = re.search(r"proceedings\.mlr\.press/v(\d+)/", url)
    if volume and volume[1] in _PMLR_VOLUMES:
        return VenueYear("ICML", _PMLR_VOLUMES[volume[1]], *volume.span())
    return None
