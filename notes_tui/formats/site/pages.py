"""The pages of the site: an index that can be searched, and one page an item."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from urllib.parse import quote, urlsplit

from notes_tui.formats.site.markdown_html import to_html
from notes_tui.model.item import Annotation, HistoryEvent, Item, ItemDetail, creators_line
from notes_tui.model.markdown import is_web_address
from notes_tui.model.outline import Outline, OutlineSection, named_title, unlisted
from notes_tui.model.text import ellipsis, fold, one_line, printable

STYLE = "style.css"
_NO_FIGURES: Mapping[str, str] = {}
_NOTE_WORDS = 3000
"""Characters of an item's notes that the index can be searched for."""
_TYPES = {
    "paper-conference": "conference paper", "article-journal": "journal article", "article": "preprint",
    "motion_picture": "video", "post-weblog": "blog post", "webpage": "web page",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What every page of a site needs to know."""

    title: str
    places: Mapping[str, str]
    """The page of each item, by citekey."""
    glyphs: Mapping[str, str]
    """The sign of each read status."""
    done: Collection[str]


def style() -> str:
    """The style sheet of all pages."""
    return _resource(STYLE)


@cache
def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _text(text: str) -> str:
    return escape(one_line(text))


def _page(title: str, body: Iterable[str], *, up: str = "", script: str = "") -> str:
    allowed = f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" if script else "'none'"
    policy = f"script-src {allowed}; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'"
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta name="referrer" content="no-referrer">\n',
        f'<title>{_text(ellipsis(title, 200))}</title>\n<link rel="stylesheet" href="{up}{STYLE}">\n</head>\n',
        *body,
        f"<script>{script}</script>\n" if script else "",
        "</html>\n",
    ]
    return "".join(parts)


def index_page(outlines: Sequence[Outline], details: Sequence[ItemDetail], look: Look) -> str:
    """The first page: every list with its sections, searchable from a field on top."""
    items = [detail.item for detail in details]
    shown = [each for each in outlines if not each.header.hidden]
    hidden = [each for each in outlines if each.header.hidden]
    words = json.dumps({each.item.citekey: _words(each) for each in details}, ensure_ascii=False)
    body = [
        f'<body>\n<header>\n<h1>{_text(look.title)}</h1>\n<p class="quiet">{_counts(items, look)}</p>\n</header>\n',
        *_form(items, [*shown, *hidden]),
        '<div class="shelf">\n<ul class="lists">\n',
        *(_list_link(each, look) for each in [*shown, *hidden]),
        "</ul>\n<main>\n",
        *(part for each in [*shown, *hidden] for part in _list_parts(each, look)),
        *_plain_section("In no list", unlisted(items, outlines), look),
        '<p id="none" hidden>Nothing fits. Fewer words or filters may help.</p>\n</main>\n</div>\n',
        '<script type="application/json" id="words">',
        words.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
        "</script>\n</body>\n",
    ]
    return _page(look.title, body, script=_resource("search.js"))


def _words(detail: ItemDetail) -> str:
    """What the search field finds an item by."""
    item = detail.item
    notes = "\n".join(f"{note.title}\n{note.body}" for note in detail.notes)
    marked = "\n".join(f"{each.quote}\n{each.comment}\n{each.role}" for each in detail.annotations)
    parts = [
        item.citekey, item.title, item.title_short, *(each.name for each in item.creators), item.venue,
        str(item.year or ""), *item.tags, item.abstract[:_NOTE_WORDS], notes[:_NOTE_WORDS], marked[:_NOTE_WORDS],
    ]  # fmt: skip
    return " ".join(fold("\n".join(filter(None, parts))).split())


def _counts(items: Sequence[Item], look: Look) -> str:
    statuses = Counter(item.read_status for item in items)
    done = sum(number for status, number in statuses.items() if status in look.done)
    others = [
        f", {number} {_text(status)}"
        for status, number in sorted(statuses.items())
        if status not in look.done and status != "unread"
    ]
    return f"{done} of {len(items)} read{''.join(others)}"


def _form(items: Sequence[Item], outlines: Sequence[Outline]) -> Iterator[str]:
    statuses = sorted({item.read_status for item in items})
    tags = {tag.lower(): tag for item in items for tag in item.tags}
    yield '<form class="find" role="search" hidden>\n'
    yield '<input type="search" name="q" placeholder="Search titles, people, notes (/)" aria-label="Search">\n'
    yield from _select("status", "any status", [(each, each) for each in statuses])
    yield from _select("list", "all lists", [(each.header.slug, each.header.title) for each in outlines])
    if tags:
        yield from _select("tag", "all tags", [(tags[key], tags[key]) for key in sorted(tags)])
    else:
        yield '<input type="hidden" name="tag">\n'
    yield '<output class="quiet"></output>\n</form>\n'


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'<select name="{name}" aria-label="{name}"><option value="">{label}</option>'
    for value, words in options:
        yield f'<option value="{escape(value)}">{_text(ellipsis(words, 60))}</option>'
    yield "</select>\n"


def _anchor(slug: str) -> str:
    return f"list-{quote(slug, safe='')}"


def _list_link(outline: Outline, look: Look) -> str:
    items = _items_of(outline.sections)
    link = f'<a href="#{escape(_anchor(outline.header.slug))}">{_text(outline.header.title)}</a>'
    return f"<li>{link} <small>{_counts(items, look)}</small></li>\n"


def _items_of(sections: Iterable[OutlineSection]) -> list[Item]:
    return list({each.item.citekey: each.item for section in sections for each in section.entries}.values())


def _list_parts(outline: Outline, look: Look) -> Iterator[str]:
    header = outline.header
    count = f"<small>{_counts(_items_of(outline.sections), look)}</small>"
    yield f'<section data-list="{escape(header.slug)}" id="{escape(_anchor(header.slug))}">\n'
    yield f"<h2>{_text(header.title)} {count}</h2>\n"
    yield f'<p class="quiet">{_text(header.description)}</p>\n' if header.description else ""
    above: tuple[str, ...] = ()
    for section in outline.sections:
        if not section.entries:
            continue
        yield "<section>\n"
        for depth, words in section.new_headings(above):
            level = min(depth + 2, 6)
            yield f"<h{level}>{_text(words)}</h{level}>\n"
        above = section.path
        yield from _item_list((each.item for each in section.entries), look)
        yield "</section>\n"
    yield "</section>\n"


def _plain_section(title: str, items: Sequence[Item], look: Look) -> Iterator[str]:
    if items:
        yield f"<section>\n<h2>{title}</h2>\n"
        yield from _item_list(items, look)
        yield "</section>\n"


def _item_list(items: Iterable[Item], look: Look) -> Iterator[str]:
    yield '<ul class="items">\n'
    for item in items:
        tags = escape("\n".join(item.tags))
        yield (
            f'<li data-key="{escape(item.citekey)}" data-status="{escape(item.read_status)}" data-tags="{tags}">'
            f"{_status(item, look)}"
            f'<a class="title" href="{_address(look.places[item.citekey])}">{_text(ellipsis(named_title(item), 300))}</a>'
            f'<span class="quiet">{_about(item, look)}</span></li>\n'
        )
    yield "</ul>\n"


def _address(place: str) -> str:
    return escape(quote(place))


def _status(item: Item, look: Look) -> str:
    kind = "done" if item.read_status in look.done else "" if item.read_status == "unread" else "doing"
    glyph = look.glyphs.get(item.read_status, "•")
    return f'<span class="status {kind}">{escape(glyph)} <span class="word">{_text(item.read_status)}</span></span>'


def _about(item: Item, look: Look) -> str:
    parts = [_text(creators_line(item.creators)), _text(f"{item.venue} {item.year or ''}")]
    if item.read_status not in ("unread", "read"):
        parts.append(_text(item.read_status))
    if item.progress and item.read_status not in look.done:
        parts.append(_progress(item))
    if item.rating:
        parts.append(_stars(item.rating))
    parts += [f'<span class="tag">#{_text(tag)}</span>' for tag in item.tags]
    return " · ".join(filter(None, parts))


def _stars(rating: int) -> str:
    return f'<span class="stars" title="{rating} of 5">{"★" * rating}{"☆" * (5 - rating)}</span>'


def _progress(item: Item) -> str:
    if item.progress is None:
        return ""
    return f"p. {item.progress.page}" + (f" of {item.progress.pages}" if item.progress.pages else "")


def item_page(
    detail: ItemDetail, look: Look, lists: Mapping[str, str], figures: Mapping[str, str] = _NO_FIGURES
) -> str:  # fmt: skip
    """The page of an item. ``lists`` gives the titles of collections by slug, ``figures`` where pictures are."""
    item = detail.item
    body = [
        '<body class="page">\n<nav><a class="back" href="../index.html">← '
        + _text(look.title)
        + "</a></nav>\n",
        f"<main>\n<h1>{_text(named_title(item))}</h1>\n",
        *_head_parts(item, look, lists),
        f"<h2>Abstract</h2>\n<p>{_text(item.abstract)}</p>\n" if item.abstract else "",
        *_annotation_parts(detail.annotations),
        *_note_parts(detail, figures),
        *_history_parts(detail.history),
        "</main>\n</body>\n",
    ]
    return _page(named_title(item), body, up="../")


def _head_parts(item: Item, look: Look, lists: Mapping[str, str]) -> Iterator[str]:
    if item.creators:
        yield f"<p>{', '.join(_text(each.name) for each in item.creators)}</p>\n"
    kind = _TYPES.get(item.type, item.type.replace("-", " ").replace("_", " "))
    where = " · ".join(filter(None, (_text(item.venue), str(item.year or ""), _text(kind))))
    yield f'<p class="quiet">{where} · <code>{_text(item.citekey)}</code></p>\n'
    badges = [_status(item, look), _progress(item), _stars(item.rating) if item.rating else ""]
    badges += [f'<a class="tag" href="{_index_link("tag", tag)}">#{_text(tag)}</a>' for tag in item.tags]
    yield f'<ul class="badges">{"".join(f"<li>{badge}</li>" for badge in badges if badge)}</ul>\n'
    links = "".join(
        f'<a href="{escape(url)}" rel="noopener noreferrer">{_text(words)}</a>' for words, url in _links(item)
    )
    yield f'<p class="links">{links}</p>\n' if links else ""
    places = dict.fromkeys((each.slug, each.section) for each in item.entries if each.slug in lists)
    named = [
        f'<a href="{_index_link("list", slug)}">{_text(" › ".join((lists[slug], *section)))}</a>'
        for slug, section in places
    ]
    yield f'<p class="quiet">In {", ".join(named)}</p>\n' if named else ""


def _index_link(field: str, value: str) -> str:
    return escape(f"../index.html#{field}={quote(value, safe='')}")


def _links(item: Item) -> Iterator[tuple[str, str]]:
    for link in item.links:
        if is_web_address(link.url):
            host = (urlsplit(link.url.strip()).hostname or "").removeprefix("www.")
            yield f"{link.kind} ({host})" if host else link.kind, link.url.strip()
    if item.doi:
        yield f"doi:{item.doi}", f"https://doi.org/{quote(item.doi)}"
    if item.arxiv:
        yield f"arXiv:{item.arxiv}", f"https://arxiv.org/abs/{quote(item.arxiv)}"


def _annotation_parts(annotations: Sequence[Annotation]) -> Iterator[str]:
    if annotations:
        yield "<h2>Annotations</h2>\n"
    for place, each in enumerate(annotations, 1):
        anchor = f' id="a-{each.id}"' if each.id.isalnum() and each.id.isascii() else ""
        label = each.page_label or (str(each.page) if each.page is not None else "")
        about = " · ".join(filter(None, (f"p. {_text(label)}" if label else "", _text(each.role))))
        yield f"<figure{anchor}>\n"
        yield f"<blockquote>{escape(printable(each.quote))}</blockquote>\n" if each.quote else ""
        comment = to_html(printable(each.comment), 1000 + place) if each.comment else ""
        yield f'<div class="note">\n{comment}\n</div>\n' if comment else ""
        yield f"<figcaption>{about}</figcaption>\n" if about else ""
        yield "</figure>\n"


def _note_parts(detail: ItemDetail, figures: Mapping[str, str]) -> Iterator[str]:
    addresses = {destination: f"../{path}" for destination, path in figures.items()}
    for place, note in enumerate(detail.notes):
        yield f"<h2>{_text(note.title) or 'Note'}</h2>\n"
        yield f'<article class="note">\n{to_html(printable(note.body), place, addresses)}\n</article>\n'


def _history_parts(history: Sequence[HistoryEvent]) -> Iterator[str]:
    told = [each for each in history if each.kind != "opened"]
    if told:
        yield '<h2>History</h2>\n<ul class="history">\n'
        for each in told:
            yield f'<li><time datetime="{escape(each.at)}">{_text(each.at[:10])}</time>{_told(each)}</li>\n'
        yield "</ul>\n"


def _told(event: HistoryEvent) -> str:
    if event.kind == "status":
        page = f", p. {event.page}" if event.page is not None else ""
        return f"{_text(str(event.before or 'unread'))} → {_text(str(event.after))}{page}"
    if event.kind == "rating":
        return f"rated {event.after} of 5" if event.after else "no longer rated"
    return f"page {event.page}"
