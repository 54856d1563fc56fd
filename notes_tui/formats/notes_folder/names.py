"""What names of files and folders say: which are figures, which are generic, and the title, venue and year in a name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from notes_tui.model.identifiers import arxiv_id
from notes_tui.model.titles import likeness, normalise_title, title_key
from notes_tui.model.venue import find_venue, is_known_venue, venue_in_brackets

NOTE_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
PICTURE_SUFFIXES = tuple(
    ".png .jpg .jpeg .gif .svg .webp .bmp .tif .tiff .eps .avif .heic .drawio .excalidraw".split()
)

_FIGURES = frozenset(
    "figures figure figs fig images image imgs img assets asset pics pic pictures picture photos photo media attachments"
    " attachment screenshots screenshot static resources resource res illustrations graphics plots diagrams 图片 图 插图 附件"
    " 截图 imgs_ pngs png jpg svg _resources _assets _images".split()
)
_PDFS = frozenset("pdf pdfs files file fulltext originals original 原文 论文原文 文献".split())
_CODE = frozenset(
    "code codes src source scripts script node_modules vendor dist build site _site public themes theme layouts venv env"
    " __pycache__ tests test benchmark benchmarks lib libs bin tools tool packages config configs deploy docker 代码"
    " bower_components target".split()
)
GENERIC = frozenset(
    "notes note misc others other docs doc blog blogs papers paper reading readings literature references reference"
    " general random drafts draft inbox archive terms glossary skills meetings ideas concepts people todo ideas posts _posts content source pages books book surveys survey"
    " topics topic wiki 论文 笔记 其他 其它 杂项 文献 综述 阅读 未分类 论文笔记 阅读笔记".split()
)
_MAIN_NOTES = frozenset(
    "readme index note notes summary main paper reading review _index readingnotes papernotes papernote readingnote"
    " 笔记 论文笔记 阅读笔记 总结 读书笔记".split()
)
_MERE_LISTS = re.compile(
    r".*[ _-](?:moc|toc)|moc|toc|_?sidebar|_?navbar|_?coverpage|table[ _-]?of[ _-]?contents|目录|索引|导航",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"_?(?:readme|summary|_?index|toc|contents?|table[ _-]?of[ _-]?contents|_?sidebar|_?navbar|_?coverpage|home|moc|awesome"
    r"|(?:paper|reading)[ _-]?lists?|papers|目录|索引|论文列表|书单|阅读列表|导航|_legacy_readme|readme[-_.]\w{2}(?:[-_]\w{2})?"
    r"|.*[ _-](?:moc|index|toc))",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"licen[sc]e|contributing|changelog|changes|code[_-]of[_-]conduct|security|todo|to[_-]do|roadmap|agents|claude"
    r"|copilot[_-].*|skill|authors|faq|install(ation)?|usage|about(me)?|context|plan|news|acknowledg\w+|pull[_-]request.*"
    r"|issue[_-].*|glossary|terms|acronyms|abbreviations|术语.*|更新日志|待办.*|待读.*|计划.*|.*[ _-]todo|missing[_-]paper.*"
    r"|knowledge[_-]graph|third[_-]party.*|to[_ -]?read(?:ing)?(?:[_ -]list)?|reading[_ -]list|wish[_ -]?list|backlog",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"ref(?:erence)?s?\s+-\s.*|(?:weekly|monthly|daily|meeting|group|lab)[ _-].*|.*[ _-](?:cheat[ _-]?sheet|glossary|meeting)"
    r"|(?:组会|周报|月报|日报|会议|讨论|想法|杂记|随笔).*|.*(?:组会|周报|月报|周记|随笔|术语表)",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"(?:\w+[ _-]){0,2}_?(?:templates?|模板|模版|boilerplate|skeleton)(?:[ _-]\w+){0,2}", re.IGNORECASE
)
_DIARY_FOLDER = re.compile(
    r"(?:daily|diary|diaries|journals?|日记|日志|周报|周记|weekly|logs?)(?:[ _-]?notes?)?", re.IGNORECASE
)
_DATE = r"(?:19|20)?\d{2}[-_.年/]?(?:0?[1-9]|1[0-2])[-_.月/]?(?:0?[1-9]|[12]\d|3[01])日?"
_DIARY = re.compile(
    rf"{_DATE}(?:[ _~-]+(?:to[ _-])?{_DATE})?(?:[ _-]*(?:[a-z]{{3,9}}day|周.|星期.|日记|周报|日报|notes?|log|papers?[ _-]reading"
    r"|论文阅读(?:总结)?|阅读总结|week\w*))?|\d{4}[-_ ]?w(?:eek)?[-_ ]?\d{1,2}|(?:19|20)\d{2}[-_.](?:0[1-9]|1[0-2])"
    rf"|week[ _-]?\d+|第.{1, 3}周|{_DATE}.*(?:日报|速递|周报|digest|daily|arxiv[-_ ]\w+)",
    re.IGNORECASE,
)


def stem(path: str) -> str:
    """The name of a file without its folder and its last ending."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def is_note_file(path: str) -> bool:
    """Whether a file is Markdown, by its name."""
    return path.lower().endswith(NOTE_SUFFIXES)


def is_picture(path: str) -> bool:
    """Whether a file is a picture, by its name."""
    return path.lower().endswith(PICTURE_SUFFIXES)


def holds_figures(name: str) -> bool:
    """Whether a folder of that name holds what belongs to the notes beside it."""
    plain = name.lower()
    return plain in _FIGURES or plain.endswith(
        (".assets", "_files", ".files", "_images", "_imgs", "-images", "_figs")
    )


def holds_pdfs(name: str) -> bool:
    """Whether a folder of that name is a drawer for PDFs and no topic."""
    return name.lower() in _PDFS


def holds_code(name: str) -> bool:
    """Whether a folder of that name holds code or a built site."""
    return name.lower() in _CODE


def is_main_note(path: str) -> bool:
    """Whether a file is called ``README``, ``notes`` and the like."""
    return re.sub(r"[\s_-]+", "", stem(path).lower()) in _MAIN_NOTES


def is_list_name(path: str) -> bool:
    """Whether a file is called like a table of contents."""
    return bool(_LISTS.fullmatch(stem(path)))


def is_mere_list(path: str) -> bool:
    """Whether a file by its name is a table of contents and can be nothing else."""
    return bool(_MERE_LISTS.fullmatch(stem(path)))


def is_dated(name: str) -> bool:
    """Whether a name is a day, a month or a week."""
    return bool(
        _DIARY.fullmatch(name.strip())
        or _DIARY_FOLDER.fullmatch(name)
        or re.fullmatch(r"(?:19|20)\d{2}|\d{2}\.\d{2}", name)
    )


def is_template(name: str) -> bool:
    """Whether a file or folder is called a template."""
    return bool(_TEMPLATE.fullmatch(name))


def no_paper_name(path: str) -> str:
    """Why a file of that name is no note on a paper; empty where its name does not say so."""
    folders, name = path.split("/")[:-1], stem(path)
    if any(map(is_template, (name, *folders))):
        return "it is a template"
    if _ABOUT.fullmatch(name):
        return "it is about the folder, not about a paper"
    dated = any(map(_DIARY_FOLDER.fullmatch, folders)) and re.match(_DATE, name)
    if dated or _DIARY.fullmatch(name.strip()):
        return "it is a diary"
    if _REFERENCE.fullmatch(name):
        return "it is a note on something else than a paper"
    return ""


@dataclass(frozen=True, slots=True)
class NameParts:
    """A file or folder name taken apart."""

    title: str
    """Its words; with the separators of a slug as spaces."""
    venue: str = ""
    year: int | None = None
    arxiv: str = ""
    is_marked: bool = False
    """Whether a venue, a year or an identifier stands in it as people mark papers."""

    @property
    def words(self) -> int:
        """How many words the title has; each Chinese character counts half."""
        return word_count(self.title)


def word_count(title: str) -> int:
    """How many words a title has; two characters of a script without spaces are one."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in title)
    return (
        len(re.findall(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*", re.sub(r"[^\x00-\u2e7f]", " ", title)))
        + wide // 2
    )


_BRACKET = re.compile(r"^\s*[\[【(（](?P<inside>[^\])】）]{2,30})[\])】）][\s_-]*(?P<rest>.*)$", re.DOTALL)
_BRACKET_BEHIND = re.compile(
    r"^(?P<rest>.*\S)\s*[\[【(（](?P<inside>[^\])】）]{2,30})[\])】）]\s*$", re.DOTALL
)
_YEAR_FIRST = re.compile(r"^(?P<year>(?:19[5-9]|20[0-4])\d)(?:[\s_-]+|\.\s*)(?P<rest>\D.*)$", re.DOTALL)
_VENUE_FIRST = re.compile(
    r"^(?P<inside>[A-Za-z&]{2,12}[\s_'’-]?(?:(?:19|20)\d{2}|\d{2}))(?:[\s_-]+|\.\s+|:\s*)(?P<rest>\D.{3,})$",
    re.DOTALL,
)
_VENUE_BEHIND = re.compile(
    r"^(?P<rest>.{3,}?)[\s_-]+(?P<inside>[A-Za-z&]{2,12}[\s_'’-]?(?:(?:19|20)\d{2}|\d{2}))$", re.DOTALL
)
_DATES_BEHIND = re.compile(
    r"(?:[\s_-]+(?P<year>(?:19[5-9]|20[0-4])\d))?[\s_-]+(?:(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$"
)
_YEAR_BEHIND = re.compile(r"^(?P<rest>.*\D)[\s_-]+(?P<year>(?:19[5-9]|20[0-4])\d)$")
_DATE_FIRST = re.compile(r"^(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])[\s_-]+(?=\D)")
_NUMBER_FIRST = re.compile(
    r"^(?:no\.?\s*)?(?:\d{1,3}(?:[._、]|\s*-)\s*|\d{2,3}[\s_-]+)(?=[^\W\d])", re.IGNORECASE
)
_ARXIV_IN = re.compile(r"(?<![\d.])(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?!\d)")
NOTE_WORDS = re.compile(
    r"(?:[\s_-]*[（(【\[]?\s*(?:(?:论文|文献|paper)?(?:阅读|学习|读书|精读|解读|reading)?\s*(?:笔记|notes?|总结|解读|阅读|精读|summary|review))\s*[）)】\]]?)\s*$",
    re.IGNORECASE,
)


def take_apart(name: str) -> NameParts:
    """What a name without its ending says: ``[2016 ICRA] An …``, ``2017 cryoSPARC …``, ``a-deep-…-2017-200118``."""
    text = unicodedata.normalize("NFC", name).strip()
    venue, year, marked = "", None, False
    found_id = _ARXIV_IN.search(text)
    arxiv = arxiv_id(found_id[1]) if found_id else ""
    if found_id:
        text = (text[: found_id.start()] + text[found_id.end() :]).strip(" _-[]()")
        text = re.sub(r"^arxiv[\s:_-]*|[\s:_-]*arxiv$", "", text, flags=re.IGNORECASE)
    text = _DATE_FIRST.sub("", text)
    text = _NUMBER_FIRST.sub("", text)
    dated = _DATES_BEHIND.search(text)
    if dated and dated.start() > 3:
        year, text = int(dated["year"]) if dated["year"] else None, text[: dated.start()]
    for pattern in (_BRACKET, _BRACKET_BEHIND, _VENUE_FIRST, _VENUE_BEHIND):
        found = pattern.match(text)
        known_only = pattern in (_VENUE_FIRST, _VENUE_BEHIND)
        said = (
            _venue_year(found["inside"], known_only=known_only) if found and found["rest"].strip() else None
        )
        if found and said:
            venue, year, text, marked = said[0] or venue, said[1] or year, found["rest"], True
    for behind in (_YEAR_FIRST, _YEAR_BEHIND):
        found = behind.match(text)
        if found and year is None:
            year, text, marked = int(found["year"]), found["rest"], True
    plain = NOTE_WORDS.sub("", text)
    title = plain_words(plain if re.search(r"\w", plain) else text)
    return NameParts(title, venue, year, arxiv, marked or bool(arxiv) or bool(dated and dated["year"]))


def _venue_year(inside: str, *, known_only: bool) -> tuple[str, int | None] | None:
    """The venue and year that a mark in a name gives, ``None`` where it is no such mark."""
    year = re.search(r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)", inside)
    found = find_venue(inside) or (None if known_only else venue_in_brackets(inside))
    if known_only and not (found and is_known_venue(found.venue)):
        return None
    if found and (found.year is not None or year or is_known_venue(inside)):
        return found.venue, found.year or (int(year[0]) if year else None)
    if year:
        words = (inside[: year.start()] + inside[year.end() :]).strip(" ,.'_-")
        return (words, int(year[0])) if len(words.split()) <= 2 else None
    return None


def plain_words(name: str) -> str:
    """A name as words: the separators of a slug become spaces, ``Name_ Rest`` and ``Name-- Rest`` a colon."""
    text = re.sub(r"(?<=\w)(?:_|--?|：)\s+(?=\w)|(?<=\w)--(?=\w)", ": ", name.strip())
    if " " not in text.replace(": ", "") and len(re.findall(r"[-_+.]", text)) >= 2:
        separator = (
            "_"
            if text.count("_") >= 2
            else "+"
            if text.count("+") >= 2
            else "-"
            if text.count("-") >= 2
            else "[-_]"
        )
        text = re.sub(re.escape(separator) if len(separator) == 1 else separator, " ", text)
        text = re.sub(r"(?<=\w)-\s+(?=\w)", ": ", text)
    elif "_" in text:
        text = (
            re.sub(r"(?<=\w)_(?=[A-Z])", ": ", text, count=1)
            if text.count("_") == 1 and " " in text
            else text
        )
        text = text.replace("_", " ")
    return " ".join(re.sub(r":(?=\S)", ": ", text).split()).strip(" -_")


def same_name(first: str, second: str) -> bool:
    """Whether two names are the same but for case, hyphens and separators, or one begins with the other."""
    one, two = _key(first), _key(second)
    if not one or not two:
        return False
    short, long = sorted((one, two), key=len)
    return one == two or (
        len(short) >= 3 and (long.startswith(short) or long.endswith(short)) and len(short) * 2 >= len(long)
    )


def is_nearly(first: str, second: str) -> bool:
    """Whether two names are the same, or all but: ``FasSwap`` in a folder ``FaaSwap``."""
    return same_name(first, second) or likeness(first.replace("_", " "), second.replace("_", " ")) >= 0.75


def is_name(text: str) -> bool:
    """Whether a file name is the name of something, ``Optimus-CC``, and neither a title nor a mere number."""
    parts = take_apart(text)
    return bool(re.search(r"[A-Z]", parts.title)) and 0 < parts.words <= 3 and not parts.arxiv


def _key(name: str) -> str:
    return title_key(name.replace("_", " "))


def names_in(folder: str) -> tuple[str, ...]:
    """The names a folder name is made of: ``TASO_MetaFlow``, ``TASO (& MetaFlow)``."""
    parts = re.split(r"\s*(?:[&+,，、]|_| and |(?<=\w)\s+-\s+)\s*", re.sub(r"[()（）]", " ", folder))
    return tuple(filter(None, (normalise_title(part) for part in parts)))


def topic_name(folder: str) -> str:
    """A folder name as a heading: without the marks that sort it, ``>Topic-MoE`` is ``MoE``."""
    plain = re.sub(r"^[>#@!~+\s]+", "", folder)
    plain = re.sub(r"^(?:sub)?topic\s*[-_:：]\s*(?=\S)", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r"^\d{1,3}\s*[-_.、]\s*(?=\D)", "", plain)
    return " ".join(plain.replace("_", " ").split()) or folder
