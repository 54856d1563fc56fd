"""Lines that say what they are: ``**Authors**: …``, ``| 论文标题 | … |``, ``### Paper:`` and the line below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from notes_tui.formats.notes_folder.marks import Top, plain

Label = Literal["title", "authors", "venue", "year", "link", "code", "name"]

_NAMES: dict[Label, str] = {
    "title": "title|paper title|paper|paper name|full title|original title|article|publication title|标题|论文标题|论文题目|题目|题名"
    "|论文名称|论文名|文章标题|文章题目|论文|文章|原标题|英文标题|英文题目|完整标题|题 目|标 题",
    "authors": "authors?|author list|author s|by|written by|first author|作者|论文作者|作者列表|全部作者",
    "venue": "venue|conference|journal|published(?: in| at)?|publication(?: venue)?|publisher|conf|会议|期刊|会议期刊|期刊会议|发表|发表于|出处"
    "|发表会议|发表期刊|论文来源|发表刊物|刊物|会议 期刊|发表情况",
    "year": "year|published date|publication (?:date|year)|年份|发表年份|发表时间|发表日期|出版年份|年",
    "link": "link|links|url|paper link|paper url|arxiv|arxiv id|arxiv link|arxiv version|pdf|pdf link|doi|链接|论文链接|论文地址|原文|原文链接|地址|原文地址|文章链接|paper address|论文下载",
    "code": "code|codes|github|source code|code link|repo|repository|project|project page|implementation|代码|代码链接|代码地址|代码仓库|源码|项目|项目地址|项目主页|开源代码",
    "name": "short name|abbreviation|acronym|简称|缩写|简称缩写|系统名|模型名",
}
_PATTERNS = [(label, re.compile(names, re.IGNORECASE)) for label, names in _NAMES.items()]
_LABELLED = re.compile(r"^(?P<label>[^:：|]{1,40}?)\s*[:：|]\s*(?P<value>\S.*)$")
_MAY_LABEL = re.compile(r"[:：|]")
_ALONE = re.compile(r"\s*(?:[-*+•]\s+\S|\*\*[^*]+\*\*\s*$).{1,30}$|\s*\*\*[^*]{1,30}\*\*\s*$")
"""A line that may hold nothing but a label: a short entry of a list, or bold words."""
_ENTRY = re.compile(r"\s*(?:[-*+•>#|]|\d+[.)]|\*\*)")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_CITATION = re.compile(r"\[[JCMD]\][.,]|\barXiv preprint\b|\bet al\.,? .*\b(?:19|20)\d\d\b", re.IGNORECASE)
_LEAD = re.compile(r"^[\s>|*+•·-]*(?:\d{1,2}(?:\.\d+)*[.)、]?\s+)?")


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a line says it is, its words, its Markdown, and its line from 0."""

    label: Label
    value: str
    markdown: str
    line: int


def labelled_lines(top: Top, until: int) -> Iterator[Labelled]:
    """The labelled lines before a line, in order."""
    headings = {heading.line for heading in top.headings}
    for number, line in enumerate(top.lines[:until]):
        if number not in headings and not _MAY_LABEL.search(line) and not _ALONE.match(line):
            continue
        words = plain(_LEAD.sub("", line.lstrip("# \t"))).rstrip("|").strip()
        found = _LABELLED.match(words)
        label = label_of(found["label"]) if found else None
        if found and label:
            yield Labelled(label, found["value"].strip(" |"), line, number)
        elif number in headings or _ALONE.match(line):
            label = label_of(words.rstrip(" :："))
            value = _value_below(top, number, headings) if label else None
            if label and value:
                yield Labelled(label, value[0], value[1], number + 1)


def _value_below(top: Top, number: int, headings: set[int]) -> tuple[str, str] | None:
    """The words and the Markdown of what stands below a label that has a line to itself."""
    filled = (each for each in range(number + 1, min(number + 4, len(top.lines))) if top.lines[each].strip())
    below = next(filled, None)
    if below is None or below in headings:
        return None
    line = top.lines[below]
    if number not in headings and not (line[:2].isspace() or not _ENTRY.match(line)):
        return None
    after = top.lines[below + 1] if below + 1 < len(top.lines) else ""
    goes_on = (
        after.strip() and below + 1 not in headings and not _ENTRY.match(after) and not _ADDRESS.search(line)
    )
    markdown = f"{line} {after}" if goes_on and number not in headings else line
    words = plain(_LEAD.sub("", markdown))
    return None if _CITATION.search(words) else (words, markdown)


@lru_cache(maxsize=4_096)
def label_of(words: str) -> Label | None:
    """The label that some words are, whatever stands between them; ``None`` for other words."""
    name = " ".join(re.sub(r"[^\w\s]|_", " ", words.lower()).split())
    return next((label for label, pattern in _PATTERNS if pattern.fullmatch(name)), None)


_BEFORE_TITLE = re.compile(
    r"^(?:[【\[「『〖(（]\s*(?:[^】\]」』〗)）]{0,12}?(?:论文|笔记|文献|阅读|精读|解读|paper|notes?|reading|review|summary|survey|综述|翻译|摘要|分享)[^】\]」』〗)）]{0,16})\s*[】\]」』〗)）]\s*[:：|-]?\s*"
    r"|(?:paper(?:\s*(?:reading|notes?|review|title|summary))?|论文(?:阅读|笔记|精读|解读|标题|题目|名称|学习|分享|翻译)*|文献(?:阅读|笔记)*|(?:阅读|读书|学习)笔记|title|标题|题目"
    r"|notes?(?:\s+(?:on|for|of))?|reading notes?(?:\s+(?:on|for|of))?|summary(?:\s+of)?|review(?:\s+of)?|paper\s*\d{1,3})\s*(?:[:：|｜—]|\s-\s|(?=[“\"《]))\s*"
    r"|notes?\s+(?:on|for|of)\s+(?=[A-Z\"“])|论文(?:阅读)?(?:笔记)?(?:之|《)\s*)",
    re.IGNORECASE,
)


def without_label(title: str) -> tuple[str, bool]:
    """A heading without the label before its title, and whether it had one: ``【论文笔记】X``, ``Paper: X``."""
    text, had = title.strip(), False
    for _ in range(2):
        found = _BEFORE_TITLE.match(text)
        if not found or not text[found.end() :].strip():
            break
        text, had = text[found.end() :].strip(), True
    quoted = re.fullmatch(
        r"[《“\"'‘「](?P<inside>[^《》“”\"]+)[》”\"'’」]\s*(?P<rest>[^\w]*|.{0,10}笔记)", text
    )
    return (quoted["inside"].strip(), had) if quoted else (text.strip("》"), had)
