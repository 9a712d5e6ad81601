"""Days and times as a workbook stores them: counted in days, or (strict workbooks) written out."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

WINDOWS_EPOCH: Final = dt.datetime(1899, 12, 30)
MAC_EPOCH: Final = dt.datetime(1904, 1, 1)
_NO_LEAP_DAY: Final = 60
"""The 29th of February 1900, which Excel believes in: days before it are one further on."""

_DURATION: Final = re.compile(
    r"PT(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?", re.ASCII
)

Moment = dt.datetime | dt.date | dt.time | dt.timedelta


def from_days(number: float, epoch: dt.datetime, *, is_duration: bool = False) -> Moment:
    """Return the moment that is stored as days since ``epoch``, to the millisecond.

    Less than a day is a time. Raise OverflowError or ValueError for days that no calendar has.
    """
    since = dt.timedelta(milliseconds=round(number * 86_400_000))
    if is_duration:
        return since
    if 0 <= number < 1 and not since.days:
        return (epoch + since).time()
    if 0 < number < _NO_LEAP_DAY and epoch == WINDOWS_EPOCH:
        since += dt.timedelta(days=1)
    return epoch + since


def from_text(text: str) -> Moment:
    """Return the day, time, both, or duration of ISO 8601. Raise ValueError for other text."""
    if duration := _DURATION.fullmatch(text):
        hours, minutes, seconds = (float(part or 0) for part in duration.groups())
        return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    text = text.removesuffix("Z")
    if "T" in text.strip("T"):
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    if ":" in text:
        return dt.time.fromisoformat(text).replace(tzinfo=None)
    return dt.date.fromisoformat(text)
