"""What the head of a note says about the paper it is on: title, names, venue, identifiers, links.

The title is looked for where people put it: front matter, a labelled line, the first heading, a BibTeX
entry, the name of the file or its folder, and taken from the place that most looks like a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from notes_tui.formats.notes_folder.front import Fields, fields_of, reader_part
from notes_tui.formats.notes_folder.labels import Label, Labelled, labelled_lines, without_label
from notes_tui.formats.notes_folder.marks import Heading, Target, Top, local_path, plain, targets_in
from notes_tui.formats.notes_folder.names import (
    NOTE_WORDS,
    NameParts,
    is_main_note,
    stem,
    take_apart,
    word_count,
)
from notes_tui.model.adoption import FrontMatter
from notes_tui.model.identifiers import arxiv_id, doi
from notes_tui.model.item import Creator, Link
from notes_tui.model.links import arxiv_in, doi_in, kind_of
from notes_tui.model.people import looks_like_people, read_people
from notes_tui.model.text import one_line
from notes_tui.model.titles import normalise_title, split_short_name, title_key
from notes_tui.model.venue import find_venue, short_venue, year_in
from notes_tui.model.whole_text import body_of

_NEAR = 14
"""Lines with words that are near the top."""
_SECTIONS = re.compile(
    r"(?:\d{0,2}[.、)\s]*|[一二三四五六七八九十]{1,2}[、.\s]*)(?P<name>abstract|introduction|background|motivations?|problems?(?: statement| definition)?|contributions?|methods?|methodology|approach(?:es)?"
    r"|proposed method|model|architecture|design|implementation|experiments?(?: results?)?|evaluations?|results?(?: and discussions?)?|discussions?|ablation(?: stud(?:y|ies))?"
    r"|related works?|conclusions?|limitations?|future works?|key (?:ideas?|points?|contributions?|insights?|takeaways?)|main (?:ideas?|contributions?)|summary|takeaways?|strengths?"
    r"|weakness(?:es)?|pros|cons|pros and cons|notes|questions?|references?|datasets?|loss(?: functions?)?|tl;?dr|overview|details?|metadata|my thoughts|thoughts|comments?"
    r"|basic info(?:rmation)?|preliminar(?:y|ies)|problem formulation|bibtex|citation"
    r"|摘要|简介|引言|介绍|背景|研究背景|动机|研究动机|贡献|主要贡献|方法|模型|模型结构|网络结构|算法|实验|实验结果|实验部分|结果|结论|总结|相关工作|创新点|问题|存在问题|讨论|局限|不足"
    r"|参考文献|核心思想|主要内容|论文信息|基本信息|论文概述|概述|思考|个人思考|评价|优点|缺点|细节|论文目的|数据集|损失函数|启发|一句话总结|解决的问题|要解决的问题|文章思路|论文笔记|阅读笔记|笔记)",
    re.IGNORECASE,
)
_GENERIC_TITLES = re.compile(
    r"(?:my |paper |reading |论文|阅读|文献|读书|学习)*(?:notes?|readme|untitled|paper|papers|paper (?:notes?|reading|review|summary)|reading|review|论文|笔记|阅读笔记|论文笔记|论文阅读|论文阅读笔记|论文解读"
    r"|文献笔记|table of contents?|contents?|toc|目录|index|home|title|info(?:rmation)?|paper information|meta(?:data)?|links?|resources?|todo|part \w+|chapter \w+)",
    re.IGNORECASE,
)
_SPEAKS_OF_PAPER = re.compile(
    r"\b(?:this|the) (?:paper|work|article|authors?)\b|\bauthors?\b|\bwe (?:propose|present|introduce|show)\b|\bproposed?\b|\bpapers?\b|论文|本文|这篇|该文|文章|作者|提出了?|文中|原文",
    re.IGNORECASE,
)
_BIBTEX = re.compile(
    r"@(?:article|inproceedings|misc|conference|incollection|phdthesis|techreport|book|unpublished)\s*\{",
    re.IGNORECASE,
)
_BIB_FIELD = re.compile(
    r"(?<=[,\s{])(?P<key>title|year|eprint|doi|journal|booktitle|author)\s*=\s*(?:\{(?P<braced>(?:[^{}]|\{[^{}]*\})*)\}|\"(?P<quoted>[^\"]*)\"|(?P<bare>\d+))",
    re.IGNORECASE,
)
_MAY_IDENTIFY = re.compile(r"arxiv|ar5iv|huggingface|10\.\d{4}|doi", re.IGNORECASE)
_DOI_SAID = re.compile(r"\bdoi\b\W{0,6}(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
_MARK_BEHIND = re.compile(r"\s*[(（\[【](?P<inside>[^()（）\[\]【】]{2,50})[)）\]】]\s*$")
_MARK_BEFORE = re.compile(r"^\s*[\[【(（](?P<inside>[^\]】)）]{2,30})[\]】)）]\s*[:：-]?\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class NoteHead:
    """What a note says, and what speaks for its being about a paper."""

    title: str
    source: str
    """Where the title was found, in words."""
    is_titled: bool
    """Whether the title looks like that of a paper."""
    title_short: str = ""
    creators: tuple[Creator, ...] = ()
    venue: str = ""
    year: int | None = None
    doi: str = ""
    arxiv: str = ""
    links: tuple[Link, ...] = ()
    pdfs: tuple[str, ...] = ()
    """Paths inside the folder of PDFs that it links to."""
    pictures: tuple[str, ...] = ()
    front: FrontMatter = field(default_factory=FrontMatter)
    evidence: tuple[str, ...] = ()
    """What marks it as a note on a paper by itself."""
    hints: int = 0
    """How much else speaks for it: sections, words, the shape of its title."""

    @property
    def score(self) -> int:
        """How much speaks for a note on a paper."""
        return 3 * len(self.evidence) + self.hints


def read_head(text: str, path: str) -> NoteHead:
    """The head of a note file at a path."""
    return _Reader(text, path).read()


class _Reader:
    """Reads one note."""

    def __init__(self, text: str, path: str) -> None:
        head, self.body = body_of(text)
        self.fields: Fields = fields_of(text) if len(head) > 5 else {}
        self.folder = path.rpartition("/")[0]
        self.name = NameParts("") if is_main_note(path) else take_apart(stem(path))
        self.top = Top(self.body)
        self.near = self.top.near(_NEAR)
        self.labelled: dict[Label, Labelled] = {}
        for each in labelled_lines(self.top, self.top.near(30)):
            self.labelled.setdefault(each.label, each)
        self.bibtex = _bibtex(self.body)
        self.evidence: list[str] = []

    def read(self) -> NoteHead:
        """Everything at once."""
        title, source, labelled = self._title()
        venue, year, title = _marks_of(title)
        title = one_line(title)
        links = list(self._links())
        arxiv, doi_said = self._ids(links)
        venue, year = self._venue(venue, year)
        creators = self._creators()
        pdfs, pictures = self._local()
        self._gather(labelled, arxiv or doi_said, links, venue, year, creators)
        return NoteHead(
            title=title, source=source, is_titled=_looks_like_title(title) or labelled,
            title_short=self._short_name(title), creators=creators, venue=venue, year=year, doi=doi_said, arxiv=arxiv,
            links=tuple(Link(kind_of(each.to, each.words), each.to) for each in links),
            pdfs=pdfs, pictures=pictures,
            front=reader_part(self.fields), evidence=tuple(self.evidence), hints=self._hints(title),
        )  # fmt: skip

    # --- the title ---------------------------------------------------------------------------------

    def _title(self) -> tuple[str, str, bool]:
        """The title, where it stood, and whether it stood behind a label."""
        for key in ("papertitle", "title", "标题", "论文标题", "name"):
            said = " ".join(self.fields.get(key, ()))
            if said and not _is_generic(said):
                bare, labelled = without_label(NOTE_WORDS.sub("", plain(said)) or said)
                return bare, "its front matter", labelled
        said_by = self.labelled.get("title")
        if said_by and not _is_generic(said_by.value) and not _is_address(said_by.value):
            return without_label(said_by.value)[0], "a line that says so", True
        return self._best_title()

    def _best_title(self) -> tuple[str, str, bool]:
        heading, labelled = self._heading()
        name = self.name.title
        if labelled or (_looks_like_title(heading) and not _is_weaker(heading, name)):
            return heading, "its first heading", labelled
        if self.bibtex.get("title"):
            return self.bibtex["title"], "its BibTeX entry", False
        if _looks_like_title(name) and not _is_generic(name):
            return name, "the name of the file", False
        return (heading, "its first heading", False) if heading else (name, "the name of the file", False)

    def _heading(self) -> tuple[str, bool]:
        """The first heading near the top that is no section, and whether a label stood before it."""
        passed: set[int] = set()
        for heading in self.top.headings[:3]:
            words = plain(heading.words)
            bare, labelled = without_label(NOTE_WORDS.sub("", words) or words)
            if heading.line > self.top.near(12) or heading.level in passed:
                break
            if is_section(bare):
                passed.add(heading.level)
            elif bare and not _is_generic(bare) and self._may_be_title(heading, bare):
                return bare, labelled
        return "", False

    def _may_be_title(self, heading: Heading, words: str) -> bool:
        """Whether a heading is no section of an unknown name: of the first level, the only one of its, or a title."""
        is_alone = sum(each.level == heading.level for each in self.top.headings) == 1
        return heading.level < 2 or is_alone or _looks_like_title(words) or not self.name.title

    def _short_name(self, title: str) -> str:
        said = self.labelled.get("name")
        if said and len(said.value) < 30:
            return said.value
        return split_short_name(title)[0]

    # --- the rest ------------------------------------------------------------------------------------

    def _links(self) -> Iterator[Target]:
        """Links near the top that are of the work itself: in the title, on a labelled line, or to a paper."""
        marked = {
            each.line for label, each in self.labelled.items() if label in ("link", "code", "title", "venue")
        }
        marked |= {heading.line for heading in self.top.headings[:1]}
        seen: set[str] = set()
        for key in (
            "url",
            "link",
            "paperurl",
            "paperlink",
            "pdf",
            "arxivurl",
            "code",
            "github",
            "链接",
            "论文链接",
        ):
            for value in self.fields.get(key, ()):
                for target in targets_in(value):
                    if target.to not in seen and _is_address(target.to):
                        seen.add(target.to)
                        yield target
        for target in self.top.targets(self.near):
            kind = kind_of(target.to, target.words)
            is_new = _is_address(target.to) and target.to not in seen and not target.is_picture
            if is_new and (kind in ("paper", "pdf", "code") or target.line in marked):
                seen.add(target.to)
                yield target

    def _ids(self, links: list[Target]) -> tuple[str, str]:
        """The arXiv id and the DOI that the note gives for its paper."""
        texts = [value for key in ("arxiv", "arxivid", "eprint") for value in self.fields.get(key, ())]
        arxiv = next((found for text in texts if (found := arxiv_id(text))), "")
        dois = [found for value in self.fields.get("doi", ()) if (found := doi(value))]
        said = self.labelled.get("link")
        near = [each.to for each in links]
        near += [self.top.plain_line(number) for number in range(self.near)]
        near = [text for text in near if _MAY_IDENTIFY.search(text)]
        named = [found for text in ([said.markdown] if said else []) + near if (found := arxiv_in(text))]
        if said and not named and arxiv_id(said.value):
            named = [arxiv_id(said.value)]
        dois += [found for text in near if (found := doi_in(text) or _doi_said(text))]
        dois.append(doi(self.bibtex.get("doi", "")))
        is_told = bool(named) and (bool(said) or len(set(named)) == 1 or self._first(named))
        arxiv = arxiv or self.name.arxiv or (named[0] if is_told else "")
        return arxiv or arxiv_id(self.bibtex.get("eprint", "")), next(filter(None, dois), "").lower()

    def _first(self, named: list[str]) -> bool:
        """Whether the first identifier stands in the very first lines."""
        first = " ".join(self.top.lines[: self.top.near(5)])
        return bool(named) and named[0] in first

    def _venue(self, venue: str, year: int | None) -> tuple[str, int | None]:
        said = " ".join(
            value
            for key in ("venue", "conference", "journal", "publication", "booktitle", "会议", "期刊")
            for value in self.fields.get(key, ())
        )
        labelled = self.labelled.get("venue")
        for text in filter(None, (said, labelled.value if labelled else "")):
            named = find_venue(text)
            venue = venue or (named.venue if named else short_venue(text) if len(text) < 60 else "")
            year = year or (named.year if named else None) or year_in(text)
        dated = self.labelled.get("year")
        years = [*self.fields.get("year", ()), *([dated.value] if dated else []), self.bibtex.get("year", "")]
        year = year or self.name.year or next((found for text in years if (found := year_in(text))), None)
        return venue or self.name.venue, year

    def _creators(self) -> tuple[Creator, ...]:
        said = self.fields.get("authors", ()) or self.fields.get("author", ()) or self.fields.get("作者", ())
        labelled = self.labelled.get("authors")
        if said and (
            self.fields.get("authors")
            or any(self.fields.get(key) for key in ("doi", "arxiv", "venue", "year"))
        ):
            names = [plain(each) for each in said]
            several = names[0] if len(names) == 1 else ", ".join(names)
            return read_people(several).creators if len(names) == 1 else tuple(map(Creator.from_name, names))
        if labelled and looks_like_people(labelled.value):
            return read_people(labelled.value).creators
        return ()

    def _local(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The PDFs inside the folder that the note links to, and the pictures it shows."""
        pdfs, pictures = dict[str, None](), dict[str, None]()
        for line in self.body.split("\n"):
            if "](" in line or "[[" in line or "src" in line or "href" in line:
                for target in targets_in(line):
                    path = local_path(target.to, self.folder)
                    if path.lower().endswith(".pdf"):
                        pdfs.setdefault(path)
                    elif path and target.is_picture:
                        pictures.setdefault(path)
        return tuple(pdfs), tuple(pictures)

    # --- what speaks for a paper ------------------------------------------------------------------

    def _gather(
        self, labelled: bool, identifier: str, links: list[Target], venue: str, year: int | None,
        creators: tuple[Creator, ...],
    ) -> None:  # fmt: skip
        """Note down what marks the note as one on a paper."""
        front = reader_part(self.fields)
        tags = {tag.lower() for tag in front.tags}
        kinds = {
            value.lower()
            for key in ("type", "contenttype", "category", "categories")
            for value in self.fields.get(key, ())
        }
        told = (
            (bool(identifier), "an identifier near its top"),
            (any(kind_of(each.to, each.words) in ("paper", "pdf") for each in links), "a link to a paper near its top"),
            (labelled, "a label before its title"),
            (self.name.is_marked, "the venue or year in its name"),
            (bool(creators) or len(self.labelled.keys() & {"authors", "venue", "link", "year", "code"}) > 1, "lines with names, venue or links"),
            (bool(self.bibtex), "a BibTeX entry"),
            (bool(front.read_status or front.rating or front.read_on), "what its front matter says of its reader"),
            (bool(self.fields.keys() & {"doi", "arxiv", "arxivid", "citekey", "venue", "conference", "journal", "bibtex", "publication"}), "its front matter"),
            (bool((tags | kinds) & {"paper", "papers", "literature", "论文", "论文笔记", "paper-note", "paper-notes", "literature-note", "papernote", "文献"}), "its tags"),
            (bool(venue and year) and not self.name.is_marked, "a venue and a year"),
        )  # fmt: skip
        self.evidence += [words for holds, words in told if holds]

    def _hints(self, title: str) -> int:
        sections = {
            match["name"].lower()
            for each in self.top.headings
            if (match := _SECTIONS.fullmatch(plain(each.words).rstrip(" :：")))
        }
        points = min(len(sections), 3)
        points += 2 if _looks_like_title(title) else 0
        beginning = self.body[:6_000]
        points += bool(_SPEAKS_OF_PAPER.search(beginning))
        points += bool(NOTE_WORDS.search(self.name.title)) or bool(
            re.search(r"\bet\s+al\b|\bSOTA\b|baseline", beginning)
        )
        return points


def is_section(words: str) -> bool:
    """Whether a heading is that of a section rather than a title."""
    return bool(_SECTIONS.fullmatch(words.strip().rstrip(" :："))) or bool(
        re.match(r"\d+(?:\.\d+)+\.?\s", words)
    )


def _is_generic(words: str) -> bool:
    bare = words.strip(" :：#*-_.")
    return not re.search(r"\w", bare) or bool(_GENERIC_TITLES.fullmatch(bare)) or "{{" in words


def _is_address(text: str) -> bool:
    return bool(re.match(r"(?:https?://|www\.)\S+$", text.strip(), re.IGNORECASE))


def _looks_like_title(title: str) -> bool:
    """Whether words are long enough for the title of a paper and no sentence of a note."""
    if not title or _is_generic(title) or is_section(title):
        return False
    short, rest = split_short_name(title)
    return word_count(title) >= 4 or (bool(short) and word_count(rest) >= 2)


def _is_weaker(heading: str, name: str) -> bool:
    """Whether the name of the file is a title and the heading is something else, such as that of a section."""
    if not _looks_like_title(name):
        return False
    one, two = set(normalise_title(heading).split()), set(normalise_title(name).split())
    alike = len(one & two) / max(min(len(one), len(two)), 1)
    return alike < 0.4 and title_key(name)[:12] != title_key(heading)[:12] and heading.isascii() is False


def _marks_of(title: str) -> tuple[str, int | None, str]:
    """Venue and year that stand in brackets round a title, and the title without them: ``X (OSDI'20)``."""
    venue, year = "", None
    for pattern in (_MARK_BEHIND, _MARK_BEFORE):
        found = pattern.search(title)
        rest = (title[: found.start()] + title[found.end() :]).strip() if found else ""
        parts: NameParts | None = take_apart(f"[{found['inside']}] x") if found else None
        if found and rest and parts and parts.is_marked and parts.title == "x":
            venue, year, title = venue or parts.venue, year or parts.year, rest
    return venue, year, title.strip(" -–—:：|")


def _doi_said(text: str) -> str:
    """The DOI behind a label: ``DOI：10.1109/…``."""
    found = _DOI_SAID.search(text)
    return doi(found["doi"]) if found else ""


def _bibtex(body: str) -> dict[str, str]:
    """The fields of the BibTeX entry in a note, if it holds exactly one."""
    places = [found.start() for found in _BIBTEX.finditer(body)]
    if len(places) != 1:
        return {}
    found: dict[str, str] = {}
    for each in _BIB_FIELD.finditer(body[places[0] : places[0] + 4_000]):
        value = each["braced"] or each["quoted"] or each["bare"] or ""
        found.setdefault(each["key"].lower(), " ".join(re.sub(r"[{}]|\\[a-zA-Z]+|\\", "", value).split()))
    return found
