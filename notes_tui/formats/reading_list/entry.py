"""One entry of a list: its line, and the lines below it that say more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notes_tui.formats.reading_list.details import read_detail, read_rest
from notes_tui.formats.reading_list.front import strip_front
from notes_tui.formats.reading_list.headings import venue_of
from notes_tui.formats.reading_list.heads import read_title, split_title
from notes_tui.formats.reading_list.kinds import OTHER_TYPES, type_of, type_of_heading, type_of_paper
from notes_tui.formats.reading_list.labels import SHORTCODE, Draft, is_venue_label, take_labels
from notes_tui.formats.reading_list.runs import Line
from notes_tui.formats.reading_list.shapes import document_beside
from notes_tui.model.item import Link, Reference
from notes_tui.model.links import arxiv_in, doi_in
from notes_tui.model.people import is_person, looks_like_people, read_people
from notes_tui.model.reading_list import ListEntry
from notes_tui.model.venue import is_preprint, venue_of_address


def read_entry(
    lines: Sequence[Line], below: Sequence[Line], section: tuple[str, ...], first_line: int
) -> ListEntry | None:
    """The entry in a bullet or paragraph; ``below`` are the lines under it. ``None`` where no title is found."""
    words, details = _without_check_box(lines[0]), [*lines[1:], *below]
    head = words.without_all(SHORTCODE)
    among = next(filter(None, map(type_of_heading, reversed(section))), "")
    draft = Draft(
        arxiv=arxiv_in(_WITHOUT_ADDRESSES.sub(" ", head.text)),
        by_people=among in ("book", "motion_picture", "webpage"),
    )
    beside = next(filter(None, (document_beside(span.url) for span in head.links)), "")
    if beside:
        draft.fields["file"] = beside
    line = strip_front(take_labels(head, draft), draft)
    title, rest = split_title(line, draft)
    read_title(title, draft)
    if not _names_a_work(draft.title):
        title, rest = _title_of_links(head), Line("")
        read_title(title, draft)
        for span in head.links:
            draft.add_link(span)
    if not _names_a_work(draft.title):
        return None
    read_rest(rest, draft)
    for detail in details:
        for row in detail.rows():
            read_detail(row, draft)
    text = "\n".join(
        " ".join(row.split()) for one in (words, *details) for row in one.text.split("\n") if row.strip()
    )
    return finish(draft, text, section, head.number + first_line)


def _names_a_work(title: str) -> bool:
    """Whether words may be a title: letters, and more than a date."""
    named = re.search(r"\w{2}|\w\W?\d|[^\W\d_][+#]", title)
    return bool(named) and not re.fullmatch(r"[A-Z][a-z]{2,8}\.? (?:19|20)\d{2}", title)


def _title_of_links(line: Line) -> str:
    """What to call an entry that is nothing but a link: its words, else the repository or the paper it leads to."""
    for span in line.links:
        words = line.text[span.start : span.end]
        if "://" not in words and (len(words.split()) > 2 or is_venue_label(words)):
            return words
        repository = re.fullmatch(r"https?://(?:github|gitlab)\.com/[\w.-]+/([\w.-]+?)(?:\.git)?/?", span.url)
        if "://" in words and (repository or arxiv_in(span.url)):
            return repository[1] if repository else f"arXiv:{arxiv_in(span.url)}"
    return ""


_WITHOUT_ADDRESSES = re.compile(r"https?://\S+")
_CHECK_BOX = re.compile(r"\s*\[[ xX✓✔-]?\]\s+")


def _without_check_box(line: Line) -> Line:
    """The line without the box that its reader ticks: it is no word of the entry."""
    box = _CHECK_BOX.match(line.text)
    rest = line.part(box.end(), len(line.text)) if box else line
    return rest if re.search(r"\w", rest.text) else line


def finish(draft: Draft, text: str, section: tuple[str, ...], line: int) -> ListEntry:
    """The entry a draft amounts to."""
    if draft.arxiv:
        draft.links = [_as_said(link, draft.arxiv) for link in draft.links]
    own = [link.url for link in draft.links if link.kind in ("paper", "pdf")]
    draft.arxiv = draft.arxiv or next(filter(None, map(arxiv_in, own)), "")
    kind = type_of(draft, section)
    if kind in OTHER_TYPES:
        _take_names_in_title(draft, kind)
    if kind == "software":
        _describe(draft)
    _name_title_link(draft, kind)
    _take_heading(draft, section)
    if not draft.venue:
        _take_venue_of_links(draft)
    fields = dict(draft.fields)
    if draft.and_others:
        fields["et-al"] = "yes"
    extra = {key: fields.pop(key) for key in _BIBLIOGRAPHIC if key in fields}
    reference = Reference(
        type=kind if kind in OTHER_TYPES else type_of_paper(draft.venue, extra),
        title=draft.title,
        title_short=draft.title_short,
        creators=draft.creators,
        venue=draft.venue,
        year=_year(draft),
        doi=next(filter(None, map(doi_in, own)), ""),
        arxiv=draft.arxiv,
        links=tuple(draft.links),
        extra=extra,
    )
    return ListEntry(
        section=section,
        title=draft.own_title or draft.title,
        text=text,
        reference=reference,
        fields=fields,
        line=line,
    )


def _year(draft: Draft) -> int | None:
    """The year told; for a preprint without one, that of its arXiv number."""
    year = draft.year or draft.date_year
    if draft.arxiv and year is None and is_preprint(draft.venue) and re.match(r"\d{4}\.", draft.arxiv):
        return 2000 + int(draft.arxiv[:2])
    return year


_BY_IN_TITLE = re.compile(r"(?P<title>.{3,}?),?\s+[Bb]y\s+(?P<names>[A-Z].{3,})")


_AUTHOR_BEHIND = re.compile(r"(?P<title>.{3,}),\s+(?P<names>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,2})")


def _take_names_in_title(draft: Draft, kind: str) -> None:
    """``Deep Learning by Ian Goodfellow and Yoshua Bengio``: books, talks and courses are often listed so."""
    found = None if draft.creators else _BY_IN_TITLE.fullmatch(draft.title)
    if kind == "book" and not draft.creators:
        found = found or _AUTHOR_BEHIND.fullmatch(draft.title)
    if found and (looks_like_people(found["names"]) or is_person(found["names"])):
        people = read_people(found["names"])
        draft.title, draft.creators, draft.and_others = found["title"], people.creators, people.and_others


def _as_said(link: Link, arxiv: str) -> Link:
    """A link to another arXiv paper than the words name is not the paper's: words beat a link."""
    other = arxiv_in(link.url)
    return Link("other", link.url) if other and other != arxiv else link


def _describe(draft: Draft) -> None:
    """What stands behind the name of a piece of software describes it."""
    if draft.name_and_more:
        draft.title, more = draft.name_and_more
        draft.own_title, draft.title_short = draft.title, ""
        draft.fields.setdefault("description", more)
    elif "remark" in draft.fields and "description" not in draft.fields:
        draft.fields["description"] = draft.fields.pop("remark")


def _take_venue_of_links(draft: Draft) -> None:
    """Where no words tell the venue, an address can: a publisher's, else the preprint server's."""
    for link in draft.links:
        found = venue_of_address(link.url)
        if found and (draft.year is None or found.year in (None, draft.year)):
            draft.add_venue(found.venue, found.year)
            return
    if draft.arxiv:
        draft.add_venue("arXiv", None)


def _take_heading(draft: Draft, section: tuple[str, ...]) -> None:
    """What an entry does not say of itself, the headings above it may: ``ICML 2021``."""
    venue, year = venue_of(section)
    if venue and not draft.venue:
        draft.add_venue(venue, year)
    elif year is not None and draft.year is None and draft.date_year is None:
        draft.date_year = year


def _name_title_link(draft: Draft, kind: str) -> None:
    """The link on a title leads to the work: a page we do not know is the paper's, or the project's."""
    main = draft.title_link
    if main and main.kind == "other" and (kind == "software" or kind not in OTHER_TYPES):
        draft.title_link = Link("project" if kind == "software" else "paper", main.url)
        draft.links = [draft.title_link if link.url == main.url else link for link in draft.links]


_BIBLIOGRAPHIC: tuple[str, ...] = ("volume", "issue", "page", "et-al")
