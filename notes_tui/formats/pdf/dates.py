"""Dates as PDFs write them (ISO 32000-2, 7.9.4): ``D:20240131120000+01'00'``, cut off anywhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from notes_tui.model.times import iso

_DATE = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d\d)?(?P<day>\d\d)?(?P<hour>\d\d)?(?P<minute>\d\d)?(?P<second>\d\d)?"
    r"\s*(?:Z|(?P<sign>[+-])(?P<hours>\d\d)'?(?P<minutes>\d\d)?)?",
    re.ASCII,
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d.*", re.ASCII)


def iso_date(text: str) -> str:
    """The moment in ISO 8601 with zone; ``""`` for what is no date. Without a zone it is taken as UTC."""
    text = text.strip()
    try:
        if _ISO.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return iso(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        found = _DATE.match(text)
        return iso(_moment(found)) if found else ""
    except ValueError:
        return ""


def _moment(found: re.Match[str]) -> datetime:
    offset = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    return datetime(
        int(found["year"]),
        int(found["month"] or 1),
        int(found["day"] or 1),
        int(found["hour"] or 0),
        int(found["minute"] or 0),
        min(int(found["second"] or 0), 59),
        tzinfo=timezone(-offset if found["sign"] == "-" else offset),
    )
