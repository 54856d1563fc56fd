"""Lists of names as people write them: ``A. Ng, Fei-Fei Li & Rob V. van Nieuwpoort et al.``"""

from __future__ import annotations

import re
from dataclasses import dataclass

from notes_tui.model.item import Creator


@dataclass(frozen=True, slots=True)
class People:
    """The creators in a text, and whether the text says there are more."""

    creators: tuple[Creator, ...]
    and_others: bool


_OTHERS = re.compile(
    r"[\s,;]*\b(?:et\.?\s*al\b\.?|and\s+others|and\s+\d+\s+(?:others|more)|etc\b\.?)|(?<=[a-z])et\.?\s+al\b\.?"
    r"|[\s,;]*(?:…|\.{3}|等人?)[\s.]*$",
    re.IGNORECASE,
)
_GLUE = re.compile(r"\s*Authors?\s+Info\s*(?:&|and)\s*(?:Claims|Affiliations)", re.IGNORECASE)
_MARKS = re.compile(r"[*†‡§¶⋆✉📧^]+|(?<=[^\W\d_])\d(?:\s*,\s*\d)*\b|\$\^?\{?[^$]*\}?\$")
_SEPARATORS = re.compile(r"\s*[;；，、•·|]\s*|\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*")
_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]")
_SUFFIXES = re.compile(r"(?:Jr|Sr|II|III|IV|PhD|Ph\.D)\.?", re.IGNORECASE)
_PARTICLE = re.compile(
    r"(?:al|bin|da|das|de|del|della|den|der|di|dos|du|el|la|le|ten|ter|van|von|zu|y|e|d'|'t|st\.?)"
)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‐])*")
_NO_NAME = frozenset(
    "the of for and in on with to from by at an proceedings conference university institute laboratory lab labs"
    " research group team college school department science sciences technology technologies academy center centre"
    " inc corp ltd google microsoft meta facebook nvidia openai deepmind amazon aws alibaba baidu tencent huawei"
    " bytedance intel ibm apple mit cmu stanford berkeley ucb eth epfl tsinghua pku paper code pdf arxiv github"
    " learning neural network networks deep model models training system systems data language large efficient"
    " transformer transformers inference using via towards toward survey attention distributed parallel framework"
    " intelligence recognition computation computing surveys letters reviews magazine bulletin mining open"
    " journal transactions ieee acm usenix workshop symposium international annual preprint vol no pp".split()
)


def read_people(text: str) -> People:
    """The names in a text that is a list of names, in its order; ``Family, G.`` pairs are put together."""
    text = _GLUE.sub("", " ".join(text.split()))
    without = _OTHERS.sub("", text)
    and_others = without != text
    plain = _MARKS.sub("", _BRACKETS.sub("", without)).strip(" .,;:")
    parts = [part.strip(" ,;:") for part in _SEPARATORS.split(plain)]
    turned = _TURNED_LIST.fullmatch(plain)
    names = re.split(r"\s+and\s+", plain) if turned else _join_pairs([part for part in parts if part], text)
    return People(tuple(Creator.from_name(_turned(name)) for name in names), and_others)


_TURNED_NAME = r"(?:(?:van|von|de|der|den|del|da|di|le|la)\s+)*[^\W\d_a-z][\w'’.-]*,\s*[^\W\d_][^,]{0,40}?"
_TURNED_LIST = re.compile(rf"{_TURNED_NAME}(?:\s+and\s+{_TURNED_NAME})+")
_GIVEN = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:\s[A-Z]\.?)*")
_INITIALS_BEHIND = re.compile(
    r"(?P<family>(?:(?:[a-z]{2,3}|De|Van|Von|Der|Le|La|Da|Di|Del|El)\s+){0,2}[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+)*)"
    r"\s+(?P<given>[A-Z](?:[\s-]?[A-Z]){0,2})"
)


def _turned(name: str) -> str:
    """``Shoham Y`` as ``Shoham, Y``: initials without stops stand behind the family name."""
    found = _INITIALS_BEHIND.fullmatch(name)
    return f"{found['family']}, {found['given']}" if found else name


def _join_pairs(parts: list[str], text: str) -> list[str]:
    """``[Xiao, W., Ren, S.]`` as ``[Xiao, W. | Ren, S.]``: initials alone belong to the name before them.

    Some styles turn the first name round and no other: ``LeCun, Yann, Yoshua Bengio``, ``He, Kaiming, et al.``
    """
    names: list[str] = []
    if len(parts) > 1 and " " not in parts[0] and _GIVEN.fullmatch(parts[1]):
        alone = len(parts) == 2 and re.search(
            r",\s*et\.?\s*al\b|^[^\s,]+,\s*[^\s,]+(?:\s[A-Z]\.?)*[\s.]*$", text
        )
        if alone or (len(parts) > 2 and all(" " in part for part in parts[2:])):
            parts = [f"{parts[0]}, {parts[1]}", *parts[2:]]
    for part in parts:
        alone = re.fullmatch(r"(?:[A-Z]\.[\s-]?){1,4}[A-Z]?|[A-Z]", part) or _SUFFIXES.fullmatch(part)
        if alone and names and "," not in names[-1] and " " not in names[-1].replace("van ", "").strip():
            names[-1] = f"{names[-1]}, {part}"
        elif not _SUFFIXES.fullmatch(part):
            names.append(part)
    return names


_INSTITUTIONS = re.compile(
    r"\b(?:Univ\w*|Institute\w*|Labs?|Laborator\w+|Research|Academy|College|School|Inc|UC|MIT|CMU|UMich|ETH|EPFL|KAIST|PKU|THU"
    r"|SJTU|USTC|ZJU|HKUST|CUHK|HKU|NUS|NTU|UIUC|UCLA|UCSD|UCB|UW|UT|Stanford|Berkeley|Princeton|Harvard|Cornell|Rice|Tsinghua"
    r"|Google|DeepMind|Microsoft|MSR|Meta|Facebook|Apple|Amazon|AWS|NVIDIA|Nvidia|IBM|Intel|AMD|OpenAI|Alibaba|Tencent|Baidu"
    r"|ByteDance|Huawei|Databricks|Snowflake|Salesforce|Adobe|Yandex|Samsung|Anthropic|Hugging ?Face|LMSYS|AllenAI|AI2"
    r"|Oxford|Cambridge|Caltech|Yale|Columbia|NYU|MILA|Mila|INRIA|Inria|KTH|TUM|KU Leuven|Meituan|Xiaomi|NAVER|Naver)\b"
)


def looks_like_institutions(text: str) -> bool:
    """Whether a line names where people work: ``UC Berkeley & Stanford``, ``Google``."""
    words = [word for word in re.split(r"[\s,;/&+]+", text.strip(" .")) if word]
    if not words or len(words) > 24 or not _INSTITUTIONS.search(text):
        return False
    if words[-1].lower() in ("link", "links", "book", "blog", "store", "paper", "post", "cto", "ceo"):
        return False
    return all(
        word[0].isupper() or word in ("of", "and", "the", "at", "for", "de", "et", "al.") for word in words
    )


_FAMILY = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+)*")


def _is_family(people: People) -> bool:
    return _FAMILY.fullmatch(people.creators[0].name) is not None


def are_family_names(text: str) -> bool:
    """Whether a text is two or three family names and nothing else: ``Candea & Fox``."""
    names = re.split(r"\s*(?:,|&|\band\b)\s*", text.strip(" .,;"))
    return 2 <= len(names) <= 3 and all(
        _FAMILY.fullmatch(name) and name.lower() not in _NO_NAME for name in names
    )


def looks_like_people(text: str) -> bool:
    """Whether a text reads as names of persons: several, or one with ``et al.``"""
    text = _GLUE.sub("", text.strip(" .,;:"))
    if not text or len(text) > 4000 or re.search(r"https?://|[?!:=<>#]", text):
        return False
    people = read_people(text)
    if not people.creators:
        return False
    fit = sum(is_person(creator.name) for creator in people.creators)
    if people.and_others and (
        fit == len(people.creators) or (len(people.creators) == 1 and _is_family(people))
    ):
        return True
    return len(people.creators) >= 2 and fit >= 0.8 * len(people.creators)


_NICKNAME = re.compile(r"\s[\"“'‘][^\W\d_]{2,12}[\"”'’]\s")


def is_person(name: str) -> bool:
    """Whether a name has the shape of a person's: two to five capitalised words, none of them a thing's."""
    words = _NICKNAME.sub(" ", name).split()
    if not 2 <= len(words) <= 6 or any(word.strip(".,").lower() in _NO_NAME for word in words):
        return False
    if not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    if not name.isupper() and any(re.search(r"[A-Z]{3}|[A-Z]-[A-Z]{2}", word) for word in words):
        return False
    capitals = [word for word in words if not _PARTICLE.fullmatch(word)]
    return len(capitals) >= 2 and all(word[0].isupper() or not word[0].isascii() for word in capitals)
