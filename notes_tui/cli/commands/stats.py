"""``stats``: how much was read."""

from __future__ import annotations

from collections.abc import Iterator

from notes_tui.cli.call import Call, pass_call
from notes_tui.cli.items import status_span
from notes_tui.cli.layout import Column, screen_width, table
from notes_tui.cli.output import Line, Span
from notes_tui.cli.verb import verb
from notes_tui.services import reading
from notes_tui.services.reading import Stats
from notes_tui.services.wording import count_of
from notes_tui.settings import Config

_BAR = 24
_NUMBER = Column(right=True)


@verb("stats", examples="notes-tui stats\nnotes-tui stats --json")
@pass_call
def command(call: Call) -> None:
    """Count items by status, what was marked in each month, and how far each collection is read."""
    stats = reading.stats(call.store(), call.config.status_names)
    call.answer(stats.as_dict(), _lines(stats, call.config))


def _lines(stats: Stats, config: Config) -> Iterator[Line]:
    yield Span(
        f"{count_of(stats.items, 'item')}, {count_of(stats.notes, 'note')},"
        f" {count_of(stats.annotations, 'annotation')}, {stats.rated:,} rated",
        "bold",
    )
    yield ""
    width = screen_width()
    statuses = [(name, number) for name, number in stats.statuses.items() if number]
    rows = [(status_span(name, config), str(number), bar(number, stats.items)) for name, number in statuses]
    yield from table(rows, (Column(), _NUMBER, Column()), width)
    if stats.months:
        yield ""
        yield Span("By month", "bold")
        months = [
            (month, ", ".join(f"{number} {name}" for name, number in counts.items()))
            for month, counts in stats.months.items()
        ]
        yield from table(months, (Column(), Column(flexible=True)), width)
    if stats.collections:
        yield ""
        yield Span("By collection", "bold")
        lists = [
            (
                str(each["title"]),
                f"{each['read']} of {each['items']}",
                bar(_whole(each["read"]), _whole(each["items"])),
            )
            for each in stats.collections
        ]
        yield from table(lists, (Column(), _NUMBER, Column()), width)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def bar(part: int, whole: int) -> Span:
    """A block bar of how much ``part`` is of ``whole``; nothing is drawn for nothing."""
    filled = -(-part * _BAR // whole) if whole else 0
    return Span("█" * filled + "░" * (_BAR - filled) if whole else "", "green")
