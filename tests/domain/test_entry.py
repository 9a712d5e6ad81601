"""How the cell of an actual is read: value, finding and the better value that is offered."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import indicator, ledger_of, stored, third

from aso_xl.domain.catalogue import (
    FORMAT_MISLEADS,
    NOT_A_NUMBER,
    NUMERAL_READ,
    PERCENT_FRACTION,
    PERCENT_UNCLEAR,
    RAISED_TEXT,
    STRUCK_CELL,
    IssueKind,
)
from aso_xl.domain.cells import CellValue
from aso_xl.domain.entry import (
    Reading,
    is_extreme,
    is_percent_format,
    mark_of,
    note_of,
    notes_of,
    read,
)
from aso_xl.domain.field_declaration import Field, Owner, Type
from aso_xl.domain.fields import measure_fields
from aso_xl.domain.plan import BLANK, Actual, Indicator, Mark, Verdict

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


@pytest.mark.parametrize(
    ("unit", "value", "number_format", "misleads"),
    [
        ("人", 120, '0"万"', True),
        ("人", 120, '#,##0.0"億人"', True),
        ("万人", 120, '0"万人"', False),
        ("人", 120, '0"人"', False),
        ("人", 0, '0"万"', False),
    ],
)
def test_a_format_that_writes_a_scale_behind_the_digits_misleads(
    unit: str, value: int, number_format: str, misleads: bool
) -> None:
    plain = Reading(Actual(Decimal(value)))
    expected = Reading(BLANK, FORMAT_MISLEADS) if misleads else plain
    assert read(stored(value, number_format=number_format), indicator(unit=unit)) == expected


def test_blanks_are_no_figure_and_digits_as_text_are_one() -> None:
    assert read(stored("\u3000 "), COUNT) == Reading(BLANK)
    assert read(stored("48"), SHARE) == Reading(Actual(Decimal(48)), NUMERAL_READ, Decimal(48))


def test_the_place_of_a_rank_is_no_number_of_people() -> None:
    assert read(stored("全国3位"), COUNT) == Reading(BLANK, NOT_A_NUMBER, Decimal(3))


def test_the_word_of_an_actual_is_its_mark_or_its_verdict() -> None:
    assert mark_of(Actual(mark=Mark.PENDING)) == "集計中"
    assert mark_of(Actual(verdict=Verdict.MISSED)) == "未達成"
    assert mark_of(Actual(Decimal(5))) is None


BUDGET = Field("budget", "決算額", 10, Owner.DEPARTMENT, Type.NUMBER, unit="千円")
TEXT = Field("remark", "備考", 10, Owner.DEPARTMENT)


@pytest.mark.parametrize(
    ("field", "value", "note"),
    [
        (BUDGET, 1200, Decimal(1200)),
        (BUDGET, 0.1 + 0.2, Decimal("0.3")),
        (BUDGET, "１，２００千円", Decimal(1200)),
        (BUDGET, "未定", "未定"),
        (BUDGET, True, "True"),
        (BUDGET, None, None),
        (BUDGET, " ", None),
        (TEXT, " 増えた ", "増えた"),
        (TEXT, "120", "120"),
        (TEXT, "", None),
    ],
)
def test_a_note_is_a_number_where_its_field_is_one(
    field: Field, value: CellValue, note: str | Decimal | None
) -> None:
    found = note_of(stored(value), field)
    assert (type(found), found) == (type(note), note)


def test_the_notes_of_a_row_are_named_by_field_and_one_without_cells_has_none() -> None:
    plan = replace(third(), fields=())
    fields = measure_fields(plan)
    row = ledger_of(plan, {"1-01": {"problems": None}}).measures["1-01"]
    assert notes_of(fields, row) == {"efforts": "文", "problems": None, "direction": "文"}
    assert notes_of(fields, None) == dict.fromkeys(("efforts", "problems", "direction"))
