"""Dates and times: ISO 8601 with zone everywhere, dates typed by people accepted in the usual forms."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from notes_tui.errors import InvalidValueError

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def iso(moment: datetime) -> str:
    """``2026-11-21T23:04:05+01:00``: a moment to the second, with its offset."""
    return moment.isoformat(timespec="seconds")


def iso_exact(moment: datetime) -> str:
    """A moment to the microsecond, with its offset."""
    return moment.isoformat(timespec="microseconds")


def iso_of_utc(text: str) -> str:
    """A time that another program wrote in UTC, mostly without saying so, to the second; ``""`` for none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return iso(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def parse_when(text: str, now: datetime) -> str:
    """The effective time a person means by ``2026-11-20``, ``yesterday`` or a full ISO time.

    A date alone means today's time of day on today's date and noon on any other. Raises
    :class:`InvalidValueError` for what is no date and for a day that has not come.
    """
    word = text.strip().lower()
    named = {"today": 0, "yesterday": 1}
    try:
        if word in named or _DATE.fullmatch(word):
            day = now.date() - timedelta(days=named[word]) if word in named else date.fromisoformat(word)
            moment = now if day == now.date() else datetime.combine(day, time(12), now.tzinfo)
        else:
            moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidValueError(
            f"date {text!r}", hint="write it as 2026-11-20, today, yesterday, or a full ISO 8601 time"
        ) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=now.tzinfo)
    if moment > now + timedelta(minutes=5):
        raise InvalidValueError(f"date {text!r} is in the future", hint="events are dated when they happened")
    return iso(moment)


def ago(at: str, now: datetime) -> str:
    """How long ago an ISO time was, in words for a list: ``today``, ``3 days ago``, ``2025-02-11``."""
    try:
        day = datetime.fromisoformat(at).astimezone(now.tzinfo).date()
    except ValueError:
        return at[:10]
    days = (now.date() - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 31 else day.isoformat()
