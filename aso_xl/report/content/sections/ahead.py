"""このままの歩み: where straight lines through the values of the rounds lead in the target year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from ....domain.achievement import Achievement
from ....domain.ledger import Ledger
from ....domain.numerals import FiscalYear
from ....domain.outlook import once
from ....domain.plan import Plan
from ....domain.shown import show, show_end, show_target
from ....domain.steps import Step, values_until
from ....domain.straight_line import StraightLine, line_of
from ..blocks import (
    Block,
    DataTable,
    Figure,
    Heading,
    NoteLine,
    Notes,
    Paragraph,
    Reference,
    TableCell,
)
from ..origins import OfCells, OfCount, OfLine, OfRules, Origin, of, of_cell
from .lists import ListColumn, list_table, number_width
from .names import row_key
from .wording import folded, numbers_of

_RULE: Final = NoteLine(
    "※確定した年度と今回の実績値のうち、最初と最新の値を結ぶ直線を、目標年度まで延ばしたものです。"
    "予測ではありません。実績値が2年分ない指標、目標年度の値が出た指標、定性の指標、"
    "いくつかの年度の値を合わせる指標、維持する目標、直線があり得ない値(0を下回るなど)になる指標は、"
    "示しません。",
    OfRules(),
)


class _Ahead(NamedTuple):
    achievement: Achievement
    line: StraightLine


def ahead(ledger: Ledger, steps: tuple[Step, ...]) -> Iterator[Block]:
    """Yield what comes if the values go on as they did; nothing where no line can be drawn."""
    rows = tuple(_rows(ledger, steps)) if steps else ()
    if not rows:
        return
    missing = [row for row in rows if not row.line.is_met]
    reaching = [row for row in rows if row.line.is_met]
    yield Heading("このままの歩みでの見通し")
    yield Paragraph(
        (
            "実績値がこのままの歩みで進んだとき、目標年度に目標に届かない指標は",
            Figure("say_ahead", f"{len(missing)}件", _of(missing, rows)),
            "、届く指標は",
            Figure("say_ahead_met", f"{len(reaching)}件", _of(reaching, rows)),
            "です。",
            *(("届かない指標を、", Reference("ahead"), "に示します。") if missing else ()),
        )
    )
    if missing:
        yield _table(ledger.plan, missing)
    yield Notes((*_named(ledger.plan, reaching), _RULE), "ahead_notes")


def _of(rows: Sequence[_Ahead], among: Sequence[_Ahead]) -> OfCount:
    """Return the origin of how many figures there are."""
    every = partial(_figures, among)
    return OfCount("items", partial(_figures, rows), among=every)


def _figures(rows: Sequence[_Ahead]) -> list[Achievement]:
    return [row.achievement for row in rows]


def _rows(ledger: Ledger, steps: tuple[Step, ...]) -> Iterator[_Ahead]:
    """Yield the figures with a line, each once; of several values that are one indicator, each."""
    for listed in once(steps[-1].summary):
        for each in listed.parts:
            line = line_of(each.indicator, values_until(ledger, each.indicator, steps))
            if line:
                yield _Ahead(each, line)


def _named(plan: Plan, rows: Sequence[_Ahead]) -> Iterator[str]:
    """Yield the note that names what reaches its target."""
    ends = (
        f"{numbers_of(plan, row.achievement)} {row.achievement.indicator.name}"
        f"({row.line.year}に{show_end(row.achievement.indicator, row.line)})"
        for row in rows
    )
    if rows:
        origin = OfCells(tuple(cell for row in rows for cell in _cells(row)))
        yield NoteLine(f"※このままの歩みで目標に届く指標: {'、'.join(ends)}", origin)


def _cells(row: _Ahead) -> Iterator[tuple[str, str]]:
    """Yield the cells of the two values that the line is drawn through."""
    own = row.achievement.indicator
    for year, _ in (row.line.first, row.line.newest):
        yield own.id, str(year + own.lag)


def _table(plan: Plan, rows: Sequence[_Ahead]) -> DataTable:
    def number(row: _Ahead) -> TableCell:
        return TableCell(numbers_of(plan, row.achievement))

    width = number_width(row.achievement for row in rows)
    return list_table(
        "このままの歩みでは目標に届かない指標",
        (
            ListColumn("番号", width, "center", number),
            ListColumn("指標", 55, "left", lambda row: TableCell(row.achievement.indicator.name)),
            ListColumn("最初の値", 33, "right", lambda row: _dated(row, "first", *row.line.first)),
            ListColumn("最新の値", 33, "right", lambda row: _dated(row, "now", *row.line.newest)),
            ListColumn("このままの\n歩みなら", 33, "right", _end),
            ListColumn("目標値", 30, "right", _target),
        ),
        rows,
        f"指標{len(rows)}件の、最初と最新の実績値、直線を延ばした目標年度の値、目標値。",
        "ahead",
        tuple(row_key(row.achievement) for row in rows),
    )


def _dated(row: _Ahead, field: str, year: FiscalYear, value: Decimal) -> TableCell:
    own = row.achievement.indicator
    origin = of_cell(own.id, str(year + own.lag))
    return _figure(row, field, f"{year} {folded(show(own, value))}", origin)


def _end(row: _Ahead) -> TableCell:
    end = show_end(row.achievement.indicator, row.line)
    origin = OfLine(row.achievement, row.line)
    return _figure(row, "end", f"{row.line.year} {folded(end)}", origin)


def _target(row: _Ahead) -> TableCell:
    text = folded(show_target(row.achievement.indicator))
    return _figure(row, "target", text, of(row.achievement, "final"))


def _figure(row: _Ahead, field: str, text: str, origin: Origin) -> TableCell:
    return TableCell(text, figure=f"ahead_{row_key(row.achievement)}_{field}", origin=origin)
