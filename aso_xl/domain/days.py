"""Days as people write them: 「9月30日(水)」, 「令和9年9月末」, 「2027/9/30」."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from .numerals import FiscalYear
from .text import narrow

_DAY: Final = re.compile(
    r"(?:(?P<year>(?<![0-9])[0-9]{4}|(?:令和|平成|R|H)\s*(?:元|[0-9]{1,2}))\s*(?:年|[-/.])\s*)?"
    r"(?<![0-9])(?P<month>[0-9]{1,2})\s*(?:月|[-/.])\s*(?:(?P<day>[0-9]{1,2})(?![0-9])|(?P<last>末))"
)


def day_in(text: str, since: dt.date | None = None) -> dt.date | None:
    """Return the first day that a text names; None where it names none.

    A day without its year is the first such day from ``since`` on; without that it is none.
    """
    found = _DAY.search(narrow(text))
    if found is None:
        return None
    if found["year"]:
        return _day("".join(found["year"].split()), found)
    if since is None:
        return None
    days = (_day(str(year), found) for year in range(since.year, since.year + 5))
    return next((day for day in days if day and day >= since), None)


def _day(year: str, found: re.Match[str]) -> dt.date | None:
    try:
        of, month = FiscalYear.parse(year).year, int(found["month"])
        last = calendar.monthrange(of, month)[1]
        return dt.date(of, month, last if found["last"] else int(found["day"]))
    except ValueError:
        return None
