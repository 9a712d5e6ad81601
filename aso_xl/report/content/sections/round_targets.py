"""年度ごとの目標値: the targets of single rounds beside the final one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ....domain.fields import TARGET, TARGET_YEAR, target_of
from ....domain.numerals import FiscalYear
from ....domain.plan import Indicator, Plan
from ....domain.shown import show_asked, show_written
from ....domain.words import NONE
from ..blocks import Block, Heading, Notes, TableCell
from ..origins import OfCells, of_cell
from .lists import ListColumn, list_table
from .names import key
from .wording import folded


def round_targets(plan: Plan) -> Iterator[Block]:
    """Yield the table of the targets by round; nothing for a plan without any."""
    indicators = [each for each in plan.indicators() if each.targets]
    if not indicators:
        return
    given = {round_ for each in indicators for round_, _ in each.targets}

    def number(indicator: Indicator) -> TableCell:
        return TableCell(plan.printed_numbers[indicator.id])

    yield Heading("年度ごとの目標値", 2)
    yield list_table(
        "年度ごとの目標値",
        (
            ListColumn("番号", 17, "center", number),
            ListColumn("指標", 62, "left", lambda each: TableCell(each.name)),
            *(
                ListColumn(str(round_), 28, "right", partial(_target, round_))
                for round_ in plan.rounds
                if round_ in given
            ),
            ListColumn("最終の目標値(年度)", 40, "right", _final),
        ),
        indicators,
        f"指標{len(indicators)}件の、評価年度ごとの目標値と最終の目標値。",
        "targets",
        tuple(key(each.id) for each in indicators),
    )
    note = (
        "「－」の年度は、次に定めのある年度の目標(なければ最終の目標値)を評価年度の目標とします。"
    )
    yield Notes((f"※列の年度は、評価年度です。{note}",), "targets_notes")


def _target(round_: FiscalYear, indicator: Indicator) -> TableCell:
    value = dict(indicator.targets).get(round_)
    text = NONE if value is None else show_written(indicator, value) + indicator.rule_label
    origin = of_cell(indicator.id, target_of(round_).key)
    return TableCell(folded(text), figure=f"targets_{key(indicator.id)}_{round_}", origin=origin)


def _final(indicator: Indicator) -> TableCell:
    year = f"({indicator.target_year})" if indicator.target_year else ""
    text = folded(show_asked(indicator)) + year
    origin = OfCells(((indicator.id, TARGET), (indicator.id, TARGET_YEAR)))
    return TableCell(text, figure=f"targets_{key(indicator.id)}_final", origin=origin)
