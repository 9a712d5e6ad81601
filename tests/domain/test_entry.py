"""How the cell of an actual is read: value, finding and the better value that is offered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import indicator, stored

from aso_xl.domain.catalogue import (
    FORMAT_MISLEADS,
    PERCENT_FRACTION,
    PERCENT_UNCLEAR,
    RAISED_TEXT,
    STRUCK_CELL,
    IssueKind,
)
from aso_xl.domain.cells import CellValue
from aso_xl.domain.entry import Reading, is_extreme, is_percent_format, read
from aso_xl.domain.plan import BLANK, Actual, Indicator

COUNT = indicator()
SHARE = indicator("48.0", "60.0", unit="%")
RISING = indicator("0.5", "60", unit="%")
FALLING = indicator("-60", "0.5", unit="%", signed=True)
OVER = indicator("99", "105", unit="%", over_100=True)


@pytest.mark.parametrize("kind", [FORMAT_MISLEADS, STRUCK_CELL])
def test_a_figure_whose_look_leaves_it_open_is_none(kind: IssueKind) -> None:
    assert read(stored(120, flaw=kind), COUNT) == Reading(BLANK, kind)


def test_a_look_that_leaves_nothing_open_is_read() -> None:
    assert read(stored(120, flaw=RAISED_TEXT), COUNT) == Reading(Actual(Decimal(120)))


@pytest.mark.parametrize(
    ("of", "value", "whole"),
    [
        (SHARE, 1, "100"),
        (SHARE, 0.485, "48.5"),
        (SHARE, 48, "48"),
        (SHARE, 1.5, "1.5"),
        (OVER, 1.02, "102"),
    ],
)
def test_what_a_percent_format_shows_is_offered(of: Indicator, value: float, whole: str) -> None:
    found = read(stored(value, number_format="0.0%"), of)
    assert (found.kind, found.better) == (PERCENT_FRACTION, Decimal(whole))


@pytest.mark.parametrize(("value", "of"), [(0, SHARE), (0.485, COUNT)])
def test_zero_and_what_is_no_share_are_not_questioned(value: CellValue, of: Indicator) -> None:
    found = read(stored(value, number_format="0%"), of)
    assert (found.kind, found.better) == (None, None)


@pytest.mark.parametrize(
    ("of", "value", "kind"),
    [
        (RISING, 0.49, PERCENT_FRACTION),
        (RISING, 0.5, PERCENT_UNCLEAR),
        (FALLING, 0.5, PERCENT_UNCLEAR),
        (FALLING, 0.51, PERCENT_FRACTION),
        (FALLING, -0.4, PERCENT_UNCLEAR),
        (indicator(None, None, unit="%"), 0.4, None),
        (indicator("10", "20", unit="%"), 0.99, PERCENT_FRACTION),
        (indicator("10", "20", unit="%"), 1, None),
    ],
)
def test_a_small_share_may_be_meant_from_the_least_to_the_greatest_known_value(
    of: Indicator, value: float, kind: IssueKind | None
) -> None:
    assert read(stored(value), of).kind == kind


@pytest.mark.parametrize(
    ("number", "extreme"),
    [
        *(("0", False), ("0E-30", False), ("1E15", False), ("-1E-15", False)),
        *(("1E16", True), ("1E-16", True), ("NaN", True), ("-Infinity", True)),
    ],
)
def test_what_excel_does_not_hold_is_extreme(number: str, extreme: bool) -> None:
    assert is_extreme(Decimal(number)) is extreme


@pytest.mark.parametrize(
    ("number_format", "percent"),
    [("0%", True), ('0.0"%"', False), ("0\\%", False), ("General", False), ('"約"0%', True)],
)
def test_only_a_percent_sign_outside_quotes_multiplies(number_format: str, percent: bool) -> None:
    assert is_percent_format(number_format) is percent
