"""Front matter that people wrote by hand: keys in many spellings, values of many shapes, YAML that is none.

Every value is text. Where YAML cannot be read (a colon in a title is enough), lines are read one by one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

from notes_tui.model.adoption import FrontMatter
from notes_tui.model.whole_text import body_of

Fields = Mapping[str, tuple[str, ...]]
"""Keys in small letters without separators; every value as a list."""

_LONGEST = 50_000
_FENCES = re.compile(r"\A\ufeff?(?:---|\+\+\+).*\n|(?:---|\.\.\.|\+\+\+)[ \t]*\r?\n?\Z")
_KEY = re.compile(r"[\"']?(?P<key>[\w .$@-]{1,40}?)[\"']?\s*:(?:\s+(?P<value>.*))?$")
_READ = {
    "unread": "toread todo unread notstarted new backlog inbox wanttoread false no 未读 待读 想读 未开始".split(),
    "queued": "queued queue next planned 排队 计划".split(),
    "reading": "reading inprogress ongoing started doing wip active current 在读 正在读 阅读中 进行中".split(),
    "read": "read done finished complete completed true yes processed 已读 读完 完成 已完成 已读完".split(),
    "skimmed": "skimmed skim scanned 略读 泛读 粗读 浏览".split(),
    "studied": "studied deepread intensive reread 精读 细读".split(),
    "dropped": "dropped abandoned skipped rejected 放弃 弃读".split(),
}
_STATUSES = {word: status for status, words in _READ.items() for word in words}
_STATUS_KEYS = ("readstatus", "readingstatus", "status", "state", "progress", "read", "状态", "阅读状态")
_RATING_KEYS = ("rating", "score", "stars", "star", "recommend", "评分", "推荐度", "推荐指数")
_DATE_KEYS = (
    "readdate", "dateread", "readon", "readat", "finished", "finishedon", "datefinished", "completed",
    "datecompleted", "readingdate", "阅读日期", "阅读时间", "读完日期",
)  # fmt: skip
_TAG_KEYS = ("tags", "tag", "keywords", "keyword", "topics", "topic", "标签", "关键词")
_DAY = re.compile(r"(?P<y>(?:19|20)\d{2})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})")


def fields_of(text: str) -> Fields:
    """The keys and values in the front matter of a file; none where it has none."""
    head = body_of(text)[0]
    front = _FENCES.sub("", head.replace("\r\n", "\n"))
    if len(head) < 6 or len(front) > _LONGEST:
        return {}
    if head.lstrip("\ufeff").startswith("+++"):
        return _toml(front)
    pairs = _yaml(front) or list(_by_line(front))
    return {_plain_key(key): tuple(filter(None, map(str.strip, values))) for key, values in pairs}


def _plain_key(key: str) -> str:
    return re.sub(r"[\s_.$@-]+", "", key).lower()


def _toml(front: str) -> Fields:
    try:
        loaded = tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for key, value in loaded.items():
        several = value if isinstance(value, list) else [value]
        found[_plain_key(key)] = tuple(str(each) for each in several if not isinstance(each, dict | list))
    return found


def _yaml(front: str) -> list[tuple[str, list[str]]]:
    """Keys of a YAML mapping with the scalars below each, in order; empty where it is no such mapping."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    pairs: list[tuple[str, list[str]]] = []
    depth, key = 0, ""
    try:
        for event in yaml.parse(front, Loader=loader):
            if isinstance(event, yaml.CollectionStartEvent):
                if depth == 0 and not isinstance(event, yaml.MappingStartEvent):
                    return []
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
                key = "" if depth == 1 else key
            elif isinstance(event, yaml.ScalarEvent) and depth == 1:
                if not key:
                    key = event.value
                    pairs.append((key, []))
                else:
                    pairs[-1][1].append("" if event.value in ("null", "~") else event.value)
                    key = ""
            elif isinstance(event, yaml.ScalarEvent) and pairs:
                pairs[-1][1].append(event.value)
            elif isinstance(event, yaml.AliasEvent) and depth == 1:
                key = ""
    except (yaml.YAMLError, ValueError):
        return []
    return pairs


def _by_line(front: str) -> Iterator[tuple[str, list[str]]]:
    """Keys and values line by line, with the list elements below a key."""
    key, values = "", list[str]()
    for line in front.split("\n"):
        found = _KEY.match(line)
        element = re.match(r"\s*-\s+(.*)$", line)
        if found and not line.startswith((" ", "\t", "-")):
            if key:
                yield key, values
            key, values = found["key"], _split_flow(found["value"] or "")
        elif element and key:
            values.append(_unquoted(element[1]))
    if key:
        yield key, values


def _split_flow(value: str) -> list[str]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]") and not value.startswith("[["):
        return [_unquoted(each) for each in value[1:-1].split(",")]
    return [_unquoted(value)]


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def reader_part(fields: Fields) -> FrontMatter:
    """Tags, read status, rating and the day it was read, as far as the front matter says them."""
    return FrontMatter(
        tags=tuple(dict.fromkeys(_tags(fields))),
        read_status=_status(fields),
        rating=_rating(fields),
        read_on=next(
            (day for key in _DATE_KEYS for value in fields.get(key, ()) if (day := _day(value))), ""
        ),
    )


def _tags(fields: Fields) -> Iterator[str]:
    for key in _TAG_KEYS:
        values = fields.get(key, ())
        if len(values) == 1:
            parts = re.split(r"[,，;；、]", values[0])
            values = tuple(parts if len(parts) > 1 or "#" not in values[0] else values[0].split())
        for value in values:
            tag = _linked(value).strip(" #\"'")
            if tag and len(tag) < 60:
                yield tag


def _linked(value: str) -> str:
    """The name in ``[[name]]`` or ``[[note|name]]``."""
    found = re.fullmatch(r"\s*\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]\s*", value)
    return found[1] if found else value


def _status(fields: Fields) -> str:
    for key in _STATUS_KEYS:
        for value in fields.get(key, ()):
            word = re.sub(r"[^\w]+|_", "", value.lower())
            if word in _STATUSES:
                return "" if _STATUSES[word] == "unread" else _STATUSES[word]
    return ""


def _rating(fields: Fields) -> int | None:
    for key in _RATING_KEYS:
        for value in fields.get(key, ()):
            stars = value.count("⭐") or value.count("★")
            number = re.fullmatch(r"\s*([1-5])(?:\.0+)?\s*(?:/\s*5|分|星|stars?)?\s*", value)
            if number or 1 <= stars <= 5:
                return int(number[1]) if number else stars
    return None


def _day(value: str) -> str:
    found = _DAY.search(value)
    if not found or not (1 <= int(found["m"]) <= 12 and 1 <= int(found["d"]) <= 31):
        return ""
    return f"{found['y']}-{int(found['m']):02}-{int(found['d']):02}"
