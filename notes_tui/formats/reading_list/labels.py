"""Links that are called ``pdf``, ``Code`` or ``AAAI 2022``: they belong to an entry without being its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from notes_tui.formats.reading_list.runs import Line, Span
from notes_tui.model.item import Creator, Link, LinkKind
from notes_tui.model.links import arxiv_in, kind_of
from notes_tui.model.venue import find_venue, is_known_venue, is_preprint

SHORTCODE = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:|(?<=[a-z]:):[a-z][a-z0-9_+-]{1,30}:")
"""An emoji by its name, such as ``:star:``."""
CUT = "\x1f"
"""Stands where a label was: a title does not run across it."""


@dataclass(slots=True)
class Draft:
    """What has been understood of an entry so far."""

    title: str = ""
    own_title: str = ""
    """The title with the list's own name before or behind it."""
    title_short: str = ""
    creators: tuple[Creator, ...] = ()
    and_others: bool = False
    venue: str = ""
    year: int | None = None
    date_year: int | None = None
    """A year that stands before the entry as a date; one beside the venue beats it."""
    arxiv: str = ""
    links: list[Link] = field(default_factory=list)
    title_link: Link | None = None
    name_and_more: tuple[str, str] | None = None
    """A linked name and the words behind its colon, where the title was put together from them."""
    by_people: bool = False
    """Whether it stands among books, courses or talks, where two words behind a title are who made it."""
    fields: dict[str, str] = field(default_factory=dict)

    def add_link(self, span: Span, label: str = "", kind: LinkKind | None = None) -> Link | None:
        """Keep a link if it leads anywhere outside the list's own page and folder."""
        url = absolute(span.url)
        if not url:
            return None
        link = Link(kind or kind_of(url, label or span.label), url)
        if url not in {known.url for known in self.links}:
            self.links.append(link)
        return link

    def add_venue(self, venue: str, year: int | None) -> None:
        """Take a venue unless a better one is known: published beats preprint, a year beats none."""
        if venue and (not self.venue or (is_preprint(self.venue) and not is_preprint(venue))):
            self.venue = venue
            self.year = year if year is not None else self.year
        elif self.year is None and year is not None:
            self.year = year

    def add_remark(self, text: str) -> None:
        """Keep words that no field holds."""
        text = re.sub(r":[a-z_]+:|:star\b", "", text).strip(" |,;:·•-–—\x1f")
        if text.count(")") > text.count("("):
            text = text.removesuffix(")").strip()
        if len(text) > 1 and any(char.isalnum() for char in text):
            self.fields["remark"] = "\n".join(filter(None, (self.fields.get("remark", ""), text)))


def absolute(url: str) -> str:
    """The address with a scheme, ``""`` for an anchor, an empty one or a path beside the list."""
    url = url.strip().replace("\n", "").rstrip("\\")
    if re.match(r"(?:https?|ftp)://[^/\s]", url, re.IGNORECASE):
        return url
    if re.match(r"www\.[\w-]+\.", url, re.IGNORECASE):
        return f"https://{url}"
    if re.match(r"(?:arxiv|github|openreview|doi|dl\.acm)\.\w+/", url, re.IGNORECASE):
        return f"https://{url}"
    return f"https:{url}" if url.startswith("//") and "." in url else ""


_LABEL_WORDS = frozenset(
    "paper papers pdf arxiv abs abstract html doi link links url here code codes github git gitlab repo repository"
    " source sources official unofficial implementation impl project projects page projectpage homepage home website web"
    " webpage site demo video videos youtube slide slides talk poster blog post article dataset data datasets model"
    " models weights checkpoint checkpoints huggingface hugging face hf openreview usenix acm ieee springer nature"
    " science doc docs documentation supp supplementary supplemental appendix bib bibtex cite citation note notes"
    " personal my review summary news media press tutorial colab notebook tweet twitter thread podcast reddit zhihu"
    " pytorch tensorflow tf keras jax mxnet caffe paddle matlab python torch download full text version extended"
    " journal conference preprint tech technical report leaderboard benchmark api app playground star stars semantic"
    " scholar reading read more pub publication publisher proceedings the and for with our original author authors"
    " free online ebook book materials material course presentation recording interview readme wiki license test"
    " 论文 代码 项目 主页 链接 博客 视频 解读 知乎 原文 笔记 官网 中文 翻译 pdf论文 开源 数据集 网页 地址 reference"
    " references high performance implementations c++ r julia java c matlab scala go rust supplement material amazon".split()
)
_LABEL_NAME = re.compile(
    r"(?:(?:authors?|venue|conference|journal|published(?: in)?|publication|year|date|code|codes|paper|papers|link|links|pdf|url"
    r"|github|project(?: page)?|homepage|home ?page|website|web|demo|video|videos|slides?|blog|dataset|datasets?|data|model|models"
    r"|keywords?|tags?|task|tasks|affiliations?|institutions?|institutes?|organi[sz]ations?|tl;?dr|abstract|summary|notes?"
    r"|comments?|source|implementation|official(?: code)?|repo|supp\w*|poster|talk|reference|bibtex)\s?\d?"
    r"|(?:论文|代码|下载|链接|地址|主页|项目|解读|视频|数据集?|和|与|原文|博客|开源|官方|中文|翻译|笔记|作者|单位|机构|会议|期刊|年份|时间|日期|标题"
    r"|关键词|摘要|备注|发表|源码|模型|演示|参考|文章|报道|知乎|demo|pdf|code|paper|github|\d)+)"
    r"\s*(?:[(（][^()（）]*[)）])?\s*[:：]\s*",
    re.IGNORECASE,
)


def label_before(text: str) -> str:
    """The label that begins a line with its colon: ``Code:``, ``论文2：``; ``""`` where there is none."""
    found = _LABEL_NAME.match(text.lstrip("*_ "))
    return text[: len(text) - len(text.lstrip("*_ "))] + found[0] if found else ""


_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,6}(?:/\S*)?|dl\.acm", re.IGNORECASE)


_CITED = re.compile(
    r"(?P<names>[A-Z][\w'’.-]+(?:(?:,\s*|\s+and\s+|\s*&\s*|\s+)[A-Z][\w'’.-]+){0,6}?)(?P<others>\s+et\.?\s+al\.?)?"
    r",?\s*[(\[]?(?P<year>(?:19|20)\d{2})[a-z]?[)\]]?"
)


_SEASON = re.compile(
    r"(?:spring|summer|fall|autumn|winter|q\d|version|edition|workshop|volume|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?"
    r"|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$"
)


def _cited(label: str) -> re.Match[str] | None:
    """The names and the year in a link called ``Ziv, Lempel (1977)``; a venue with its year is none."""
    found = _CITED.fullmatch(label.strip())
    if found is None or venues_in_label(found["names"] + " " + found["year"]):
        return None
    words = re.findall(r"\w+", found["names"].lower())
    return None if any(map(_SEASON.match, words)) or all(word in _LABEL_WORDS for word in words) else found


def venues_in_label(text: str) -> bool:
    """Whether a label names a venue we know."""
    found = find_venue(text)
    return found is not None and is_known_venue(found.venue)


def is_label(text: str, *, at_front: bool = False) -> bool:
    """Whether a link of that name says what stands behind it instead of naming a work."""
    plain = re.sub(r"[^\w\s.'’+:/@&-]+", " ", text).strip(" .:-/+&'’_")
    if not plain or text.lower().startswith(("http://", "https://")):
        return True
    if arxiv_in(plain) and len(plain) < 30:
        return True
    words = [word.strip(".:'’-") for word in re.split(r"[\s/&+_-]+", plain.lower()) if word.strip(".:'’-")]
    if len(words) <= 5 and all(word in _LABEL_WORDS or word.isdigit() for word in words):
        return True
    if not at_front and (_DOMAIN.fullmatch(plain) or _cited(text)):
        return True
    return is_venue_label(plain)


def is_venue_label(text: str) -> bool:
    """Whether a text is a venue with or without its year and nothing much besides."""
    text = text.strip(" .,;:[]()（）【】")
    if not text or len(text) > 60:
        return False
    if is_known_venue(text):
        return True
    found = find_venue(text)
    if not found or found.year is None:
        return False
    left = (text[: found.start] + text[found.end :]).strip(" .,;:-–'’()[]")
    return len(left) <= 3 or bool(_BESIDE_VENUE.fullmatch(left))


_BESIDE_VENUE = re.compile(
    r"(?:\b(?:acm|ieee|usenix|proc|proceedings|of|the|oral|spotlight|poster|highlight|workshops?|findings|main|long|short"
    r"|demo|industry|track|best|paper|outstanding|award|tutorial|companion|accepted|to|appear|and|in|on|jan|feb|mar|apr"
    r"|may|jun|jul|aug|sep|oct|nov|dec|preprint|bench|datasets?|benchmarks?|\d{1,4})\b[\s.,;:&/()-]*)+",
    re.IGNORECASE,
)


def take_labels(line: Line, draft: Draft) -> Line:
    """The line without its label links; each one is kept in the draft, a venue among them as the venue."""
    for span in reversed(line.links):
        label = line.text[span.start : span.end]
        at_front = not re.search(r"\w", line.text[: span.start])
        bracketed = _in_brackets(line.text, span)
        named = at_front and not bracketed and re.match(r"\s*(?:[:：]|[-–—]\s)", line.text[span.end :])
        if (named and label.strip()) or not (
            is_label(label, at_front=at_front) or _bracketed_name(line, span, label)
        ):
            continue
        line = _cut(line, span, bracketed)
        draft.links[:0] = [link for link in _one_link(span, label, draft) if link.url not in _urls(draft)]
    return line


def _urls(draft: Draft) -> set[str]:
    return {link.url for link in draft.links}


def _one_link(span: Span, label: str, draft: Draft) -> list[Link]:
    cited = _cited(label)
    if cited and not draft.creators:
        names = re.split(r"\s*(?:,|&|\band\b)\s*", cited["names"])
        draft.creators, draft.and_others = (
            tuple(map(Creator.from_name, filter(None, names))),
            bool(cited["others"]),
        )
        draft.year = draft.year or int(cited["year"])
    words = re.sub(
        r"^(?:paper|pdf|code|slides?|poster)[\s-]+(?=[A-Za-z]{2,}[\s'’-]?\d)",
        "",
        label.strip("[]() "),
        flags=re.IGNORECASE,
    )
    venue = find_venue(words) if is_venue_label(words) else None
    if venue:
        draft.add_venue(venue.venue, venue.year)
    draft.arxiv = draft.arxiv or (arxiv_in(label) if "://" not in label else "")
    url = absolute(span.url)
    return [Link(kind_of(url, "paper" if cited else label or span.label), url)] if url else []


def _in_brackets(text: str, span: Span) -> bool:
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    return before.endswith(("[", "(", "（", "【")) and after.startswith(("]", ")", "）", "】"))


def _bracketed_name(line: Line, span: Span, label: str) -> bool:
    """A link in brackets behind other words, such as ``[[llm-awq]](…)``: the name of the code, not of the work."""
    if not re.search(r"\w{2}", line.text[: span.start]):
        return False
    inside = label.strip()
    return _in_brackets(line.text, span) or (inside.startswith("[") and inside.endswith("]"))


def _cut(line: Line, span: Span, bracketed: bool) -> Line:
    start, end = span.start, span.end
    if bracketed:
        start = len(line.text[:start].rstrip()) - 1
        end += len(line.text[end:]) - len(line.text[end:].lstrip()) + 1
    return line.without(start, end, f" {CUT} ")
