"""Days as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.days import day_in

SINCE = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027/9/25", dt.date(2027, 9, 25)),
        ("2027-09-25 00:00:00", dt.date(2027, 9, 25)),
        ("令和9年9月25日(土)", dt.date(2027, 9, 25)),
        ("R9.9.25", dt.date(2027, 9, 25)),
        ("Ｒ９．９．２５", dt.date(2027, 9, 25)),
        ("令和元年12月31日", dt.date(2019, 12, 31)),
        ("令和 9年 2月末日", dt.date(2027, 2, 28)),
        ("2028年2月末", dt.date(2028, 2, 29)),
        ("2027年2月30日", None),
        ("2027年13月1日", None),
        ("9月30日", None),
        ("きのう", None),
        ("0000/1/1", None),
        ("", None),
    ],
)
def test_a_whole_day_is_read_however_it_is_written(text: str, day: dt.date | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9月30日(水)", dt.date(2027, 9, 30)),
        ("11月26日", dt.date(2026, 11, 26)),
        ("11/25まで", dt.date(2027, 11, 25)),
        ("12月末", dt.date(2026, 12, 31)),
        ("2月29日", dt.date(2028, 2, 29)),
        ("2025/9/30", dt.date(2025, 9, 30)),
        ("月末", None),
    ],
)
def test_a_day_without_its_year_is_the_first_one_since(text: str, day: dt.date | None) -> None:
    assert day_in(text, SINCE) == day


@given(st.dates(dt.date(2019, 5, 1), dt.date(2099, 12, 31)), st.text(max_size=20))
def test_every_day_comes_back_and_no_text_stops_it(day: dt.date, text: str) -> None:
    words = f"{day.month}月{day.day}日"
    for written in (f"{day:%Y-%m-%d}", f"令和{day.year - 2018}年{words}", f"{day:%Y/%m/%d}"):
        assert day_in(written.replace("令和1年", "令和元年")) == day
    assert day_in(words, day) == day
    assert day_in(text, SINCE) is None or isinstance(day_in(text, SINCE), dt.date)
