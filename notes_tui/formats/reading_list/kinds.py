"""What kind of work an entry is about: a paper, software, a book, a post, a video, a course."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from notes_tui.formats.reading_list.labels import Draft
from notes_tui.model.venue import type_for_venue

_VIDEO_HOSTS = re.compile(r"(^|\.)(youtube\.com|youtu\.be|bilibili\.com|vimeo\.com|ted\.com)$")
_POST_HOSTS = re.compile(
    r"(^|\.)(medium\.com|substack\.com|dev\.to|zhuanlan\.zhihu\.com|towardsdatascience\.com|blog\.[\w.-]+)$"
)
_BOOK_HOSTS = re.compile(
    r"(^|\.)(amazon\.[a-z.]+|oreilly\.com|manning\.com|packtpub\.com|leanpub\.com|goodreads\.com)$"
)
_SOFTWARE_SECTION = re.compile(
    r"\b(projects?|softwares?|tools?|toolkits?|toolbox(es)?|frameworks?|librar(y|ies)|libraies|open.?source|implementations?|repos?"
    r"|repositories|packages?|platforms?|engines?|systems?|code|codebases?|apps?|applications?|plugins?|clients?)\b|工具|框架|项目|开源",
    re.IGNORECASE,
)
_SECTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(e?books?)\b|书籍|图书", re.IGNORECASE), "book"),
    (re.compile(r"\b(blogs?|posts?|articles?)\b|博客", re.IGNORECASE), "post-weblog"),
    (re.compile(r"\b(videos?|talks?|lectures?)\b|视频", re.IGNORECASE), "motion_picture"),
    (re.compile(r"\b(data ?sets?)\b|数据集", re.IGNORECASE), "dataset"),
    (
        re.compile(r"\b(courses?|tutorials?|websites?|resources|communit(y|ies))\b|课程|教程", re.IGNORECASE),
        "webpage",
    ),
)


OTHER_TYPES = frozenset(("software", "book", "post-weblog", "motion_picture", "dataset", "webpage"))
"""Types of what is no paper."""


def type_of(draft: Draft, venue: str, section: tuple[str, ...]) -> str:
    """The CSL type of an entry, from what was found and the section it stands in."""
    main = draft.title_link
    kinds = {link.kind for link in draft.links}
    if venue or draft.creators or draft.arxiv or kinds & {"paper", "pdf"} or main is None:
        named = (
            draft.title_link is not None and draft.title_link.kind == "code" and not (venue or draft.creators)
        )
        return (
            "software"
            if named and not kinds & {"paper", "pdf"} and not draft.arxiv
            else type_for_venue(venue)
        )
    if main.kind == "code":
        return "software"
    host = urlsplit(main.url).netloc.lower()
    for pattern, kind in (
        (_VIDEO_HOSTS, "motion_picture"),
        (_POST_HOSTS, "post-weblog"),
        (_BOOK_HOSTS, "book"),
    ):
        if pattern.search(host):
            return kind
    if "/blog" in main.url.lower():
        return "post-weblog"
    innermost = " ".join(section[-1:])
    for pattern, kind in _SECTIONS:
        if pattern.search(innermost):
            return kind
    if main.kind == "project" or _SOFTWARE_SECTION.search(innermost):
        return "software"
    return "article" if len(draft.title.split()) >= 5 else "webpage"
