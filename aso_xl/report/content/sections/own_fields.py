"""追加の欄: what a plan asks for beside its figures, as it was written; blanks are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Protocol, TypeVar, assert_never

from ....domain.cells import Row
from ....domain.entry import note_of
from ....domain.field_declaration import Field, Type
from ....domain.fields import added
from ....domain.ledger import Ledger
from ....domain.numerals import decimals_of, format_number
from ....domain.plan import GOAL_WORD, FieldPlace, Goal, Indicator, Measure, Plan
from ....domain.words import NONE
from ..blocks import Align, Block, TableCell
from ..origins import of_cell
from .lists import ListColumn, list_table
from .names import key, key_of_text
from .wording import short_title


class HasId(Protocol):
    """What a row of the workbook is about: an indicator, a 施策 or a goal."""

    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=HasId)


def own_fields(plan: Plan, at: FieldPlace) -> tuple[Field, ...]:
    """Return the fields that the plan adds at a place and documents print."""
    return tuple(added(each) for each in plan.fields if each.at == at and each.is_printed)


def text_of(row: Row | None, field: Field) -> str:
    """Return what is written in a field, a number with its unit; "" for nothing."""
    if row is None or field.key not in row.cells:
        return ""
    value = note_of(row.cells[field.key], field)
    if isinstance(value, Decimal):
        return format_number(value, decimals_of(value), field.unit)
    return value or ""


def written_fields(fields: Iterable[Field], rows: Iterable[Row | None]) -> tuple[Field, ...]:
    """Return the fields in which one of the rows has something written."""
    every = tuple(rows)
    return tuple(field for field in fields if any(text_of(row, field) for row in every))


def field_words(fields: Iterable[Field]) -> str:
    """Return fields as a caption names them: 「決算額・今後の方向性」."""
    return "・".join(field.word for field in fields)


def of_indicators(
    ledger: Ledger, indicators: Iterable[Indicator], called: str, name: str
) -> Iterator[Block]:
    """Yield the table of what is written beside indicators; nothing where nothing is."""
    numbers = ledger.plan.printed_numbers
    heads = (
        ListColumn[Indicator]("番号", 17, "center", lambda each: TableCell(numbers[each.id])),
        ListColumn[Indicator]("指標", 54, "left", lambda each: TableCell(each.name)),
    )
    fields = own_fields(ledger.plan, "indicator")
    yield from _table(fields, tuple(indicators), ledger.rows, heads, f"{called} 指標", name)


def of_measures(
    ledger: Ledger,
    measures: Iterable[Measure],
    called: str,
    name: str,
    fields: Sequence[Field] | None = None,
) -> Iterator[Block]:
    """Yield the table of what is written beside measures, in some of the fields or in all;
    nothing where nothing is.
    """
    heads = (ListColumn[Measure]("施策", 54, "left", lambda each: TableCell(each.printed_name)),)
    fields = own_fields(ledger.plan, "measure") if fields is None else fields
    yield from _table(fields, tuple(measures), ledger.measures, heads, f"{called} 施策", name)


def of_goal(ledger: Ledger, goal: Goal) -> Iterator[Block]:
    """Yield the table of what is written of a goal, a field a row; nothing where nothing is."""
    row = ledger.goals.get(goal.id)
    fields = written_fields(own_fields(ledger.plan, "goal"), (row,))
    if fields:
        words = field_words(fields)
        yield list_table(
            f"{goal.printed_number} {words}",
            (
                ListColumn("項目", 30, "left", lambda f: TableCell(f.word), is_short=True),
                ListColumn("内容", 133, "left", lambda f: _cell(f, ledger.goals, "", goal)),
            ),
            fields,
            f"{goal.printed_number}について書かれた{words}。",
            f"goaltexts_{goal.number}",
            tuple(key_of_text(field.key) for field in fields),
        )


def of_goals(ledger: Ledger) -> Iterator[Block]:
    """Yield what is written of all goals in one table, a goal a row; nothing where nothing is."""
    goals, rows = ledger.plan.goals, ledger.goals
    written = [each for each in goals if any(_texts_of_goal(ledger, each))]
    fields = written_fields(own_fields(ledger.plan, "goal"), rows.values())
    if written and fields:
        words = field_words(fields)
        yield list_table(
            f"{GOAL_WORD}ごとの{words}",
            (
                ListColumn[Goal](GOAL_WORD, 40, "left", lambda each: TableCell(short_title(each))),
                *columns_of(fields, rows, NONE),
            ),
            written,
            f"{GOAL_WORD}{len(written)}つについて書かれた{words}。",
            "goaltexts",
            tuple(str(each.number) for each in written),
        )


def _texts_of_goal(ledger: Ledger, goal: Goal) -> Iterator[str]:
    row = ledger.goals.get(goal.id)
    return (text_of(row, field) for field in own_fields(ledger.plan, "goal"))


def columns_of(
    fields: Iterable[Field], rows: Mapping[str, Row], blank: str
) -> Iterator[ListColumn[HasId]]:
    """Yield a column for each field of what has rows.

    ``blank`` stands for nothing where something is asked for, a dash where it is not.
    """
    for field in fields:
        align: Align = "left" if field.is_text else "right"
        nothing = NONE if field.optional else blank
        yield ListColumn(
            field.word, _width(field.type), align, partial(_cell, field, rows, nothing)
        )


def _width(type_: Type) -> int:
    match type_:
        case Type.TEXT:
            return 60
        case Type.NUMBER | Type.ACTUAL:
            return 24
        case Type.CHOICE | Type.DEPARTMENTS:
            return 14
        case _:
            assert_never(type_)


def _cell(field: Field, rows: Mapping[str, Row], blank: str, item: HasId) -> TableCell:
    text = text_of(rows.get(item.id), field) or blank
    return TableCell(text, origin=of_cell(item.id, field.key))


def _table(
    fields: Sequence[Field],
    items: Sequence[Item],
    rows: Mapping[str, Row],
    heads: Sequence[ListColumn[Item]],
    called: str,
    name: str,
) -> Iterator[Block]:
    written = [each for each in items if any(text_of(rows.get(each.id), f) for f in fields)]
    shown = written_fields(fields, (rows.get(each.id) for each in written))
    if shown:
        words = field_words(shown)
        yield list_table(
            f"{called}の{words}",
            (*heads, *columns_of(shown, rows, NONE)),
            written,
            f"{called}{len(written)}件の{words}。",
            name,
            tuple(key(each.id) for each in written),
        )
