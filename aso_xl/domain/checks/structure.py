"""What is wrong with the workbook itself, and definition cells that were changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ..baselines import number_of
from ..catalogue import COLUMN_RENAMED, DEFINITION_CHANGED, HIDDEN_ROW, TABLE_DOUBLED, VALUE_UNREAD
from ..cells import Cell
from ..fields import RULE, checked, defined
from ..ledger import Ledger, Oddity, Unread
from ..numerals import FiscalYear, is_no_value
from ..plan import Indicator, Plan
from ..shown import show
from ..text import bare
from .issue import Issue, issue


def check(ledger: Ledger) -> Iterator[Issue]:
    """Yield what the reader noticed, then every definition cell that differs from the plan."""
    for oddity in ledger.oddities:
        yield _noticed(oddity, ledger.plan)
    yield from _looks(ledger)
    yield from map(_unread, ledger.unread)
    noticed = {oddity.id for oddity in ledger.oddities if oddity.kind == HIDDEN_ROW}
    for indicator in ledger.plan.indicators():
        if not (row := ledger.rows.get(indicator.id)):
            continue
        if row.hidden and indicator.id not in noticed:
            yield replace(
                issue(HIDDEN_ROW, None, indicator, detail=f"({row.number}行目)"),
                sheet=row.sheet,
            )
        for field, label in checked(ledger.plan).items():
            cell = row.cells.get(field)
            if cell and not (cell.is_formula and indicator.revised):
                yield from _changed(cell, indicator, field, label)


def _looks(ledger: Ledger) -> Iterator[Issue]:
    """Yield what is to be said of the looks of all cells that stand for no figure."""
    rounds = frozenset(map(str, ledger.plan.rounds))
    for row in (*ledger.every_row(), *ledger.strays):
        name = ledger.plan.name_of(row.id)
        for field, cell in row.cells.items():
            if cell.flaw and (field not in rounds or row in ledger.strays):
                yield replace(issue(cell.flaw, cell), indicator=row.id or None, name=name)
    for cell in (*ledger.setting_cells.values(), *ledger.department_cells):
        if cell.flaw:
            yield issue(cell.flaw, cell)


def _noticed(oddity: Oddity, plan: Plan) -> Issue:
    name = plan.name_of(oddity.id)
    is_plain = not oddity.detail or oddity.detail in (name, oddity.sheet, oddity.cell)
    return replace(
        issue(oddity.kind, detail="" if is_plain else f"({oddity.detail})"),
        sheet=oddity.sheet or None,
        cell=oddity.cell or None,
        indicator=oddity.id or None,
        name=name,
    )


def table_findings(ledger: Ledger) -> tuple[str, ...]:
    """Return the messages on tables that stand twice or read otherwise, and on unread values.

    Whoever takes values from a workbook without showing its findings says at least these.
    """
    kinds = (TABLE_DOUBLED, COLUMN_RENAMED)
    noticed = (_noticed(o, ledger.plan) for o in ledger.oddities if o.kind in kinds)
    return tuple(found.message for found in (*noticed, *map(_unread, ledger.unread)))


def _unread(unread: Unread) -> Issue:
    """Return the finding of a typed cell that is not read: its value, and where it belongs."""
    place = f"({unread.instead})" if unread.instead else ""
    found = issue(VALUE_UNREAD, unread.cell, reason=unread.reason, instead=place)
    return replace(found, indicator=unread.id or None)


def _changed(cell: Cell, indicator: Indicator, field: str, label: str) -> Iterator[Issue]:
    said = defined(indicator, field)
    match said:
        case Decimal():
            same, expected = number_of(cell, indicator) == said, show(indicator, said)
        case FiscalYear():
            same, expected = _year(cell) == said, str(said)
        case None:
            same, expected = _is_empty(cell), "空欄"
        case _:
            expected = indicator.rule_label if field == RULE else str(said)
            same = bare(cell.text) == bare(expected) or (not expected and _is_empty(cell))
            same = same or (field == RULE and bare(cell.text) == indicator.rule.label)
    if cell.is_error or not same:
        at, shown = (cell, indicator), cell.text or "空欄"
        yield issue(DEFINITION_CHANGED, *at, label=label, value=shown, expected=expected)


def _year(cell: Cell) -> FiscalYear | None:
    try:
        return FiscalYear.parse(cell.text)
    except ValueError:
        return None


def _is_empty(cell: Cell) -> bool:
    return cell.text == "" or is_no_value(cell.text)
