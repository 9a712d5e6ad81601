"""Kinds of settings: what may be chosen, what is read from a cell and what stands in it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import third

from aso_xl.domain.setting_declaration import (
    Choice,
    Day,
    Number,
    Percent,
    Round,
    Setting,
    SettingType,
    Words,
)

PLAN = third()
CHOICE = Choice({"含める": True, "除く": False})


@pytest.mark.parametrize(
    ("kind", "is_number", "choices"),
    [
        (Words(), False, ()),
        (Day(), False, ()),
        (Round(), False, ("R7", "R8", "R9", "R10", "R11")),
        (CHOICE, False, ("含める", "除く")),
        (Number(), True, ()),
        (Percent(), True, ()),
    ],
)
def test_what_may_stand_in_a_cell(
    kind: SettingType, is_number: bool, choices: tuple[str, ...]
) -> None:
    assert (kind.is_number, kind.choices(PLAN)) == (is_number, choices)


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (Words(), "検証", "検証"),
        (Words(), "", None),
        (Round(), PLAN.rounds[1], "R8"),
        (CHOICE, False, "除く"),
        (Number(), 52, 52),
        (Number(), None, None),
        (Percent(), Decimal("75.5"), 75.5),
        (Percent(), Decimal(80), 80),
        (Percent(is_share=True), Decimal("0.8"), 80),
    ],
)
def test_what_stands_in_the_cell_of_a_value(
    kind: SettingType, value: object, cell: str | float | None
) -> None:
    shown = kind.shown(value)
    assert (type(shown), shown) == (type(cell), cell)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-09-30 00:00:00", "9月30日(水)"),
        ("2026/9/1", "9月1日(火)"),
        ("2026/2/30", "2026/2/30"),
        ("９月末\nまで", "９月末 まで"),
    ],
)
def test_a_day_is_written_out_and_words_stay(text: str, day: str) -> None:
    assert Day().read(text, PLAN) == day


@pytest.mark.parametrize("text", ["0.8", "1"])
def test_a_share_is_no_percentage(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        Percent().read(text, PLAN)
    assert Percent().read("1.5", PLAN) == Decimal("1.5")
    assert Percent(is_share=True).read("0", PLAN) == 0


def test_a_setting_may_be_blank_is_short_and_is_needed_unless_it_says_otherwise() -> None:
    usual = Setting("項目", "説明", Words())
    assert (usual.must, usual.long, usual.optional) == (False, False, False)
