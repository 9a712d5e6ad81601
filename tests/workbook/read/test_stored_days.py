"""Days, times and formats as workbooks store them, against openpyxl's reading of the same."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, from_ISO8601

from aso_xl.workbook.read.file.days import MAC_EPOCH, WINDOWS_EPOCH, Moment, from_days, from_text
from aso_xl.workbook.read.file.number_formats import BUILT_IN, effect, is_date, is_duration

DAYS = st.integers(0, 2_957_003) | st.integers(0, 86_400 * 60_000).map(lambda s: s / 86_400)


@given(DAYS, st.sampled_from([WINDOWS_EPOCH, MAC_EPOCH]))
def test_days_since_the_epoch(number: float, epoch: dt.datetime) -> None:
    assert from_days(number, epoch) == from_excel(number, epoch)


@given(DAYS)
def test_durations(number: float) -> None:
    ours = from_days(number, WINDOWS_EPOCH, is_duration=True)
    assert isinstance(ours, dt.timedelta)
    assert abs(ours - from_excel(number, timedelta=True)) <= dt.timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0.5, dt.time(12)),
        (1, dt.datetime(1900, 1, 1)),
        (59, dt.datetime(1900, 2, 28)),
        (61, dt.datetime(1900, 3, 1)),
        (46_113.75, dt.datetime(2026, 4, 1, 18)),
        (0.999999999, dt.datetime(1900, 1, 1)),
    ],
)
def test_days_as_excel_shows_them(number: float, expected: Moment) -> None:
    assert from_days(number, WINDOWS_EPOCH) == expected


@pytest.mark.parametrize("number", [1e9, -1e9, 1e300])
def test_days_that_no_calendar_has(number: float) -> None:
    with pytest.raises((OverflowError, ValueError)):
        from_days(number, WINDOWS_EPOCH)


@given(st.datetimes(dt.datetime(1900, 1, 1)).map(lambda day: day.replace(microsecond=0)))
def test_days_and_times_written_out(moment: dt.datetime) -> None:
    for text in (moment.isoformat(), f"{moment.isoformat()}Z", moment.date().isoformat()):
        assert from_text(text) == from_ISO8601(text)
    assert from_text(moment.time().isoformat()) == moment.time()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-01T00:00:00.500", dt.datetime(2026, 5, 1, 0, 0, 0, 500_000)),
        ("T08:30:00", dt.time(8, 30)),
        ("PT25H1M30S", dt.timedelta(hours=25, minutes=1, seconds=30)),
        ("PT0.5S", dt.timedelta(milliseconds=500)),
    ],
)
def test_what_strict_workbooks_write(text: str, expected: Moment) -> None:
    assert from_text(text) == expected


@pytest.mark.parametrize("text", ["", "PT", "2026", "令和8年", "2026-02-30", "25:00:00", "1.5"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError):
        from_text(text)


@pytest.mark.parametrize("number", BUILTIN_FORMATS)
def test_built_in_formats_are_those_of_the_specification(number: int) -> None:
    """Number 44 lacks its semicolons in openpyxl; it is 43 with a currency sign."""
    ours, theirs = BUILT_IN[number], BUILTIN_FORMATS[43 if number == 44 else number]
    assert (is_date(ours), is_duration(ours)) == (
        is_date_format(theirs),
        is_timedelta_format(theirs),
    )
    assert ("%" in ours) == ("%" in theirs)
    assert [effect(ours, n) for n in (1234.5, -3, 0)] == [
        effect(theirs, n) for n in (1234.5, -3, 0)
    ]


@given(st.text('dmhys0#.,;%_\\"[]年月日 -G標準hSM*', max_size=12))
def test_formats_of_days_are_told_from_others(text: str) -> None:
    """Where quotes, brackets and escapes stand whole: openpyxl cuts the others elsewhere."""
    if text.count('"') % 2 == 0 and not set("\\_;[]*") & set(text):
        assert is_date(text) == is_date_format(text)
