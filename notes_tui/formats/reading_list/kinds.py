"""What kind of work an entry is about: a paper, software, a book, a post, a video, a course."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from notes_tui.formats.reading_list.labels import Draft
from notes_tui.model.venue import is_known_venue, type_for_venue

_VIDEO_HOSTS = re.compile(r"(^|\.)(youtube\.com|youtu\.be|bilibili\.com|vimeo\.com|ted\.com)$")
_POST_HOSTS = re.compile(
    r"(^|\.)(medium\.com|substack\.com|dev\.to|zhuanlan\.zhihu\.com|towardsdatascience\.com|blog\.[\w.-]+)$"
)
_BOOK_HOSTS = re.compile(
    r"(^|\.)(amazon\.[a-z.]+|oreilly\.com|manning\.com|packtpub\.com|leanpub\.com|goodreads\.com)$"
)
_SOFTWARE_SECTION = re.compile(
    r"\b(projects?|softwares?|tools?|toolkits?|toolbox(es)?|frameworks?|librar(y|ies)|libraies|open.?source|implementations?|repos?"
    r"|repositories|packages?|codebases?|apps?|plugins?|clients?)\b|工具|框架|项目|开源"
    r"|^(systems|platforms?|engines?|code|applications?)$",
    re.IGNORECASE,
)
_SECTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(e?books?)\b|书籍|图书", re.IGNORECASE), "book"),
    (re.compile(r"\b(blogs?|posts?|articles?)\b|博客", re.IGNORECASE), "post-weblog"),
    (re.compile(r"\b(videos?|talks?|lectures?)\b|视频", re.IGNORECASE), "motion_picture"),
    (re.compile(r"\b(data ?sets?)\b|数据集", re.IGNORECASE), "dataset"),
    (
        re.compile(r"\b(courses?|tutorials?|websites?|communit(y|ies))\b|课程|教程", re.IGNORECASE),
        "webpage",
    ),
)


OTHER_TYPES = frozenset(("software", "book", "post-weblog", "motion_picture", "dataset", "webpage"))
"""Types of what is no paper."""


def type_of(draft: Draft, section: tuple[str, ...]) -> str:
    """The CSL type of an entry, from what was found and the sections it stands in."""
    kinds = {link.kind for link in draft.links}
    main = draft.title_link
    published = bool(draft.venue or draft.creators or draft.arxiv or draft.year or kinds & {"paper", "pdf"})
    short = len(draft.title.split()) <= 4
    told = next(filter(None, map(type_of_heading, reversed(section))), "")
    if main and main.kind == "code" and not (draft.venue or draft.creators):
        if told == "dataset" and not draft.arxiv:
            return told
        if not (draft.arxiv or kinds & {"paper", "pdf"}) or (short and told == "software"):
            return "software"
    if published:
        return _published_type(draft, told)
    if main is None and "code" in kinds and (short or told == "software"):
        return told if told == "dataset" else "software"
    return _type_of_page(draft, told, short=short)


def _type_of_page(draft: Draft, told: str, *, short: bool) -> str:
    """The type of what is no paper: by the host of its address, else by its section."""
    main = draft.title_link
    link = main or next(iter(draft.links), None)
    if link is None:
        return told if told in ("book", "software") and short else "article"
    host = urlsplit(link.url).netloc.lower()
    for pattern, kind in (
        (_VIDEO_HOSTS, "motion_picture"),
        (_POST_HOSTS, "post-weblog"),
        (_BOOK_HOSTS, "book"),
    ):
        if pattern.search(host):
            return kind
    if "/blog" in link.url.lower():
        return "post-weblog"
    if told:
        return told
    if main and main.kind == "project":
        return "software"
    return "webpage" if main and len(draft.title.split()) < 5 else "article"


def _published_type(draft: Draft, told: str) -> str:
    """The type of what has a venue, a year, names or a paper's address; a book stays a book."""
    bare = not (draft.venue or draft.arxiv)
    if bare and any(_BOOK_HOSTS.search(urlsplit(link.url).netloc.lower()) for link in draft.links):
        return "book"
    linked = {link.kind for link in draft.links} & {"paper", "pdf"}
    if bare and not linked and told in ("book", "motion_picture", "post-weblog", "webpage", "dataset"):
        return told
    return type_of_paper(draft.venue, draft.fields)


def type_of_paper(venue: str, numbers: Mapping[str, str]) -> str:
    """The CSL type of a paper: a venue with volumes that is no conference we know is a journal."""
    kind = type_for_venue(venue)
    in_volume = "volume" in numbers and kind == "paper-conference" and not is_known_venue(venue)
    return "article-journal" if in_volume else kind


def type_of_heading(heading: str) -> str:
    """The CSL type of what stands below a heading: ``Books``, ``Open Source Tools``; ``""`` where it tells none."""
    if _SOFTWARE_SECTION.search(heading):
        return "software"
    return next((kind for pattern, kind in _SECTIONS if pattern.search(heading)), "")
